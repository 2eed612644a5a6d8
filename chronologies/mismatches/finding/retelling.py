"""Dates that a text gives to something other than the entry itself."""

import re

from chronologies.mismatches.finding.facets import INCIDENT_STEMS
from chronologies.mismatches.finding.signals import Retold
from foundations.dates import find_dates

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FROM_DAYS = 60


def retold_in(account, sentence, words):
    """An event with a date of its own, well before the entry, in a sentence about an incident."""
    if account.first is None or not _YEAR.search(sentence):
        return []
    told = tuple(
        lexeme
        for lexeme in account.words
        if lexeme.startswith(INCIDENT_STEMS) and any(word.startswith(lexeme) for word in words)
    )
    if not told:
        return []
    found = []
    for date in find_dates(sentence, limits=False):
        value = date.reading.value
        if value.earliest and value.latest:
            start, end = value.earliest.toordinal(), value.latest.toordinal()
            if end < account.first - FROM_DAYS:
                found.append(Retold(start, end, date.text, sentence, told))
    return found
