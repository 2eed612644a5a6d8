"""Paragraphs in the hands of those who do not write: references as numbers, both ways."""

import re

from foundations.gov.prose import REFERENCE, html_of

ELSEWHERE = "another part of this document"
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_TYPED = re.compile(r"\[\[\s*(\d+(?:\.\d+)*)\s*\]\]")


def numbers_in(text, outline):
    """{"p:KEY": the number today} of what a text refers to. What has no number is not named: its
    heading may be what a reader of this paragraph alone does not know."""
    found = {}
    for kind, key in REFERENCE.findall(text):
        words = outline.words_of(kind, key) or ""
        if _NUMBER.fullmatch(words):
            found[f"{kind}:{key}"] = words
    return found


def typed(text, numbers):
    """The Markdown as somebody can type it: `[[5.3.2]]` for what has a number."""

    def number(match):
        found = numbers.get(f"{match[1]}:{match[2]}")
        return f"[[{found}]]" if found else match[0]

    return REFERENCE.sub(number, text)


def with_keys_of(text, numbers):
    """`[[5.3.2]]` as the key of what had that number when the text was given out."""
    keys = {number: key for key, number in numbers.items()}

    def key(match):
        return f"[[{keys[match[1]]}]]" if match[1] in keys else match[0]

    return _TYPED.sub(key, text)


def html_with(text, numbers, *, footnotes):
    """To read, with numbers that lead nowhere."""
    return html_of(
        text,
        refer=lambda kind, key: (numbers.get(f"{kind}:{key}", ELSEWHERE), ""),
        footnotes=footnotes,
    )
