"""References from one paragraph to another: `[[5.3.2]]` as it is typed, `[[p:KEY]]` as it is kept, and
the number of the day wherever it is read."""

import re

from django.core.exceptions import ValidationError

from reports.outline import Outline

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


def kept(text, document):
    """The text with each typed number as the key of what has that number now. Raises ValidationError
    that names the numbers which nothing in the document has."""
    if not _TYPED.search(text):
        return text
    unknown = []
    text = with_keys(text, Outline(document), unknown)
    if unknown:
        raise ValidationError({"text": [_nothing(number) for number in dict.fromkeys(unknown)]})
    return text


def _nothing(number):
    return f"Nothing in this document has the number {number}. Correct [[{number}]], or take it out"
