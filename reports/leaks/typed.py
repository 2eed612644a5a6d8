"""What the scan would say of words that are still being typed, for whoever keeps the register.

The register is read afresh each time and kept nowhere: a paragraph takes some hundredths of a second.
"""

import re
from dataclasses import dataclass

from reports.leaks.engine import Scanner
from reports.leaks.hits import LOW, RANK
from reports.leaks.of_review import register_of
from reviews import rules
from reviews.people.free_text import names_for

MOST_SHOWN = 10
# Marks that say how words look, or where they refer to, and nothing of what they mean.
_REFERENCE = re.compile(r"\[\[[^\]\n]{1,60}\]\]")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Told:
    """`names` are (real name, pseudonym), `hits` are (words, why) of grave and middle ones, the gravest first;
    `more` is how many hits are not among them."""

    names: tuple = ()
    hits: tuple = ()
    more: int = 0


def told_of(text, access, review):
    """A Told of Markdown. Who may not keep the register is told of names alone that they know already, and of
    nothing else: an answer would tell what the register holds."""
    plain = _ESCAPE.sub("", _REFERENCE.sub(" ", text))
    names = names_for(access, review).find(plain)
    said = sorted({(plain[one.start : one.end], one.whose) for one in names})
    if not plain.strip() or not rules.can_keep_register(access, review):
        return Told(tuple(said))
    hits = tuple(dict.fromkeys(_hits(plain, names, Scanner(register_of(review)))))
    return Told(tuple(said), hits[:MOST_SHOWN], max(0, len(hits) - MOST_SHOWN))


def _hits(plain, names, scanner):
    """(words, why) of what is grave or middle, and is no name that is told already."""
    found = sorted(scanner.found_in(plain), key=lambda one: (RANK[one[2].severity], one[0]))
    for start, end, one in found:
        is_told = any(name.start < end and start < name.end for name in names)
        if one.severity != LOW and not is_told:
            yield " ".join(plain[start:end].replace("*", "").split()), one.why
