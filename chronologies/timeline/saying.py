"""The counts of a timeline in sentences."""

from dataclasses import dataclass

from chronologies.timeline import queries


@dataclass(frozen=True)
class Said:
    """How many entries are drawn, and how many are not and why: none is left out without a word."""

    drawn: str
    undated: str
    outside: str


def said_of(timeline):
    return Said(_drawn(timeline), _undated(timeline), _outside(timeline))


def _day(day):
    return f"{day.day} {day:%B} {day.year}"


def many(n, one="entry", more="entries"):
    return f"{n:,} {one if n == 1 else more}"


def _drawn(timeline):
    n = timeline.inside
    if not n:
        return "No dated entry is drawn."
    if timeline.is_crowded:
        return (
            f"{many(n)} stand in this period: too many to draw each of them, so columns show how "
            f"many there are{_keys_beside(timeline)}. Choose a shorter period to see each entry."
        )
    wide = sum(not item.is_exact for item in timeline.items)
    bars = ", 1 of them as a bar because its date is not one day" if wide else ""
    if wide > 1:
        bars = f", {wide:,} of them as bars because their dates are not one day"
    return f"{many(n)} {'is' if n == 1 else 'are'} drawn{bars}.{_beyond(timeline)}"


def _beyond(timeline):
    """What would squeeze all else into a corner, were it drawn where it is in time."""
    before, after = timeline.beyond
    if not (before or after):
        return ""
    first, last = timeline.span
    ends = [(before, "before", first), (after, "after", last)]
    said = " and ".join(f"{n:,} {which} {_day(day)}" for n, which, day in ends if n)
    lie, stand = ("lies", "stands") if before + after == 1 else ("lie", "stand")
    return f" In whole or in part, {said} {lie} beyond the picture and {stand} at its edge, with an arrow."


def _keys_beside(timeline):
    n = len(timeline.items)
    if not n:
        return ""
    return (
        f", with {'the first ' if n == timeline.most else ''}{many(n, 'key event', 'key events')}"
    )


def _undated(timeline):
    n = timeline.undated
    if not n:
        return ""
    crowded = any(place.undated > queries.MOST_UNDATED for place in timeline.places)
    return (
        f"{n:,} {'has' if n == 1 else 'have'} no date and {'stands' if n == 1 else 'stand'} below "
        f"the lanes{', of an agency with many of them as a number' if crowded else ''}."
    )


def _outside(timeline):
    n, before, after = timeline.outside, timeline.before, timeline.after
    if not n:
        return ""
    where = ""
    if before and after:
        where = f": {before:,} before it and {after:,} after it"
    elif before or after:
        where = f", {'before' if before else 'after'} it"
    return f"{n:,} {'falls' if n == 1 else 'fall'} outside this period{where}."
