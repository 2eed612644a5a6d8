"""Dates of a review in the words in which they may leave it.

A day on which somebody was born or died is that date wherever it is written: as the day of an entry in
a chronology, too, or as the last day that the terms of reference look at.
"""

from reviews.models import Person
from reviews.people.models import Identity
from reviews.people.publication import date_by_rule

# From what says most to what says nothing; a rule that gives ages lets no date of birth be said.
_RULES = ("exact", "month-year", "season", "year", "nothing")
_TITLE_PAGE = "month-year"


def sayer_of(review):
    """A function that puts a PartialDate into words: its own, or those that the rules for the births
    and deaths which it can mean let be said; "" where nothing may be."""
    secrets = list(_secrets(review))

    def say(date):
        rules = [rule for known, rule in secrets if _tells(date, known, rule)]
        return date_by_rule(max(rules, key=_RULES.index), date) if rules else str(date)

    return say


def _secrets(review):
    rows = Identity.objects.filter(review=review).select_related("person")
    for one in rows:
        birth, death = str(one.person.publish_birth), str(one.person.publish_death)
        yield one.birth, birth if birth in _RULES else "nothing"
        yield one.death, death


def _tells(date, known, rule):
    """Whether it can be that date. Where nothing may be said of one, another that is less exact than
    it is tells nothing of it."""
    (first, last), (begin, end) = _bounds(date), _bounds(known)
    if rule == "exact" or not (first and begin):
        return False
    if rule == "nothing":
        return begin <= first and last <= end
    return first <= end and begin <= last


def _bounds(date):
    return date.earliest or date.latest, date.latest or date.earliest


def death_in_words(review):
    """When those died whom it is about, for a title page: no day, and nothing finer than the rules."""
    rows = Identity.objects.filter(review=review, person__role=Person.Role.VICTIM)
    said = []
    for one in rows.select_related("person").order_by("pk"):
        rule = max(str(one.person.publish_death), _TITLE_PAGE, key=_RULES.index)
        said.append(date_by_rule(rule, one.death))
    return " and ".join(dict.fromkeys(filter(None, said)))
