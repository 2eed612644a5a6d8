"""References from one paragraph to another: `[[5.3.2]]` as it is typed, `[[p:KEY]]` as it is kept, and
the number of the day wherever it is read."""

import re

from django.core.exceptions import ValidationError

from reports.outline import Outline

_TYPED = re.compile(r"\[\[\s*(\d{1,4}(?:\.\d{1,4}){0,4})\s*\]\]")


def kept(text, document):
    """The text with each typed number as the key of what has that number now. Raises ValidationError
    that names the numbers which nothing in the document has."""
    if not _TYPED.search(text):
        return text
    outline, unknown = Outline(document), []

    def key(match):
        if found := outline.key_of(match[1]):
            return f"[[{found[0]}:{found[1]}]]"
        unknown.append(match[1])
        return match[0]

    text = _TYPED.sub(key, text)
    if unknown:
        raise ValidationError({"text": [_nothing(number) for number in dict.fromkeys(unknown)]})
    return text


def _nothing(number):
    return f"Nothing in this document has the number {number}. Correct [[{number}]], or take it out"
