"""A date in words of the calendar alone. What an agency wrote in the cell of a date may be a sentence,
and those words are for whoever may read its entry."""

from dataclasses import replace

from foundations.dates import PartialDate

# Of these the words are those that were written.
_AS_WRITTEN = frozenset({"relative", "invalid", "ongoing", "none"})


def in_calendar_words(date):
    """ "" where it has no bounds."""
    if date.precision not in _AS_WRITTEN:
        said = str(date)
        if said != date.text:
            return said
        if said := str(replace(date, text="", base=None)):
            return said
    if not date.is_bounded:
        return ""
    both = date.earliest and date.latest
    which = "range" if both else "after" if date.earliest else "by"
    return str(PartialDate("", date.earliest, date.latest, which))
