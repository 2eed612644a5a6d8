"""Looks through a sentence with the register of planted.py."""

from reports.leaks.engine import Scanner
from tests.reports.leaks import planted

SCANNER = Scanner(planted.register())


def found(text, *, scanner=SCANNER):
    """(severity, kind, words, person) of everything in a text."""
    return [
        (one.severity, one.kind, text[start:end], one.person)
        for start, end, one in scanner.found_in(text)
    ]


def words_of(text, *, person="Adult A"):
    return [words for _, _, words, who in found(text) if who == person]
