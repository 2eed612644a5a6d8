"""Fields of a text: which are not known, and putting facts in their place.

One pass of plain replacement: what is put in is never looked at again, and nothing is run.
"""

import re
from dataclasses import dataclass

from reviews.wording.kinds import known_fields, stands_for

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
_ONE_BRACE = re.compile(r"\{\s*(\w+(?:\.\w+)+)\s*\}")
_MISSING = re.compile(r"\[Still to fill in: ([^\]]*)\]")


@dataclass(frozen=True)
class Filled:
    text: str
    missing: tuple[str, ...]  # in words: "the date of the decision"


def problems(text, kind):
    """What is wrong with the fields of a text, as sentences; none when it can be used."""
    known = known_fields(kind)
    unknown = [name for name in _names(text) if name not in known]
    found = []
    for name in dict.fromkeys(unknown):
        found.append(f"“{_shown(name)}” is not a field of this text. {_listed(known)}")
    left = _FIELD.sub("", text)
    if "{{" in left or "}}" in left:
        found.append("A field must open with {{ and close with }}, on one line")
    for name in dict.fromkeys(_ONE_BRACE.findall(left)):
        found.append(f"“{{{name}}}” would stay as it is: a field has two braces, {_shown(name)}")
    if "{%" in left or "%}" in left:
        found.append(f"“{{%” is not used here. {_listed(known)}")
    return found


def _names(text):
    return [" ".join(match.split()) for match in _FIELD.findall(text)]


def _listed(known):
    if not known:
        return "This text has no fields"
    return "Its fields are " + ", ".join(map(_shown, known))


def _shown(name):
    """Not to be torn apart at the end of a line; the spaces mean nothing when it is copied."""
    return f"{{{{\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}}}}}"


def fill(text, values):
    """Put the facts in. A field without a fact stays visible, and is named in `missing`."""
    missing = []

    def fact(match):
        name = " ".join(match[1].split())
        if value := str(values.get(name) or "").strip():
            return value
        missing.append(stands_for(name))
        return f"[Still to fill in: {stands_for(name)}]"

    return Filled(_FIELD.sub(fact, text), tuple(dict.fromkeys(missing)))


def still_missing(text):
    """What a text that somebody has edited since still lacks, in words."""
    return tuple(dict.fromkeys(_MISSING.findall(text)))
