"""References from one paragraph to another: `[[5.3.2]]` as it is typed, `[[p:KEY]]` as it is kept, and
the number of the day wherever it is read."""

import re

from django.core.exceptions import ValidationError

from foundations.gov.prose import with_references
from reports.checking.plain import plain
from reports.outline import Outline

_POINT = re.compile(r"[-*+][ \t]+")  # the mark of a list
_RULE = re.compile(r"[|:\- \t]+")  # between the head of a table and its rows
_BAR = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_TYPED = re.compile(r"\[\[\s*(\d{1,4}(?:\.\d{1,4}){0,4})\s*\]\]")


def with_keys(text, outline, unknown=None):
    """The text with each typed number as the key of what has it; what has none stays, and goes into
    the list `unknown`."""

    def key(match):
        if found := outline.key_of(match[1]):
            return f"[[{found[0]}:{found[1]}]]"
        if unknown is not None:
            unknown.append(match[1])
        return match[0]

    return _TYPED.sub(key, text)


def with_numbers(text, outline):
    """The Markdown with each reference as the number that it has today, to be read beside its marks."""
    return with_references(text, outline.words_of)


def in_words(text, outline):
    """One line of plain words: numbers for references, and no marks. The cells of a table and the points
    of a list follow one another."""
    lines = with_numbers(text, outline).splitlines()
    told = "\n".join(_as_words(line.strip()) for line in lines)
    return " ".join(plain(told).split())


def _as_words(line):
    if not line.startswith("|"):
        return line[found.end() :] if (found := _POINT.match(line)) else line
    return "" if _RULE.fullmatch(line) else f"{'; '.join(_BAR.split(line.strip('| ')))};"


def kept(text, document):
    """The text with each typed number as the key of what has that number now. Raises ValidationError
    that names the numbers which nothing in the document has."""
    if not _TYPED.search(text):
        return text
    unknown = []
    text = with_keys(text, Outline(document), unknown)
    if unknown:
        raise ValidationError({"text": without_number(unknown)})
    return text


def without_number(unknown):
    """A sentence for each of the numbers that nothing in the document has."""
    return [_nothing(number) for number in dict.fromkeys(unknown)]


def _nothing(number):
    return f"Nothing in this document has the number {number}. Correct [[{number}]], or take it out"
