"""What may be said of somebody in anything that leaves the review, by the rule for each fact.

Nothing finer than the rule is ever said, and nothing finer than is known.
"""

from reviews.models import Person

_BANDS = ((16, "16 to 19"), (20, "20 to 24"), (25, "25 to 34"), (35, "35 to 44"), (45, "45 to 54"))
_OLDER = ((55, "55 to 64"), (65, "65 or over"))
_SEASONS = ("winter", "spring", "summer", "autumn")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def published_facts(person, identity, *, death):
    """(what, words) for each fact; no words where nothing may be said or nothing is known.

    `death` is the date of the death that the review is about: ages are counted there.
    """
    return [
        ("Birth or age", _birth(person.publish_birth, identity.birth, death)),
        ("Death", date_by_rule(person.publish_death, identity.death)),
        ("Where they lived", _address(person, identity)),
    ]


def _birth(rule, born, death):
    Rule = Person.PublishBirth  # noqa: N806
    if rule not in {Rule.AGE, Rule.AGE_BAND}:
        return date_by_rule(rule, born)
    ages = _ages(born, death)
    if ages is None:
        return ""
    if rule == Rule.AGE_BAND:
        bands = list(dict.fromkeys(_band(age) for age in ages))
        return " or ".join(bands)
    return f"aged {ages[0]}" if ages[0] == ages[1] else f"aged {ages[0]} or {ages[1]}"


def _ages(born, death):
    """The youngest and the oldest they can have been; None where that says too little."""
    if not (born.earliest and born.latest and death.earliest and death.latest):
        return None
    youngest, oldest = _years(born.latest, death.earliest), _years(born.earliest, death.latest)
    return (youngest, oldest) if youngest >= 0 and oldest - youngest <= 1 else None


def _years(start, end):
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _band(age):
    return next((words for least, words in reversed(_BANDS + _OLDER) if age >= least), "under 16")


def date_by_rule(rule, date):
    """A PartialDate in the words of a rule of birth or death, or coarser where less is known; "" where
    nothing may be said."""
    if rule == "nothing" or not (date.earliest and date.latest):
        return ""
    ways = ("exact", "month-year", "season", "year")
    for way in ways[ways.index(rule) :]:
        if words := _WAYS[way](date.earliest, date.latest):
            return words
    return ""


def _exact(first, last):
    return f"{first.day} {_MONTHS[first.month - 1]} {first.year}" if first == last else ""


def _month_year(first, last):
    same = (first.year, first.month) == (last.year, last.month)
    return f"{_MONTHS[first.month - 1]} {first.year}" if same else ""


def _season(first, last):
    return _season_of(first) if _season_of(first) == _season_of(last) else ""


def _season_of(day):
    season = _SEASONS[day.month % 12 // 3]
    if season != "winter":
        return f"{season} {day.year}"
    start = day.year if day.month == 12 else day.year - 1
    return f"winter {start}/{(start + 1) % 100:02}"


def _year(first, last):
    return str(first.year) if first.year == last.year else ""


_WAYS = {"exact": _exact, "month-year": _month_year, "season": _season, "year": _year}


def _address(person, identity):
    match person.publish_address:
        case Person.PublishAddress.ADDRESS:
            return "; ".join(identity.addresses)
        case Person.PublishAddress.AREA:
            return person.area
    return ""
