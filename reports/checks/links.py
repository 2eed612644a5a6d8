"""Broken links of the thread from evidence to action, which the room that looks across all rooms adds
when the installation starts.

    links.register(broken_links)

`find(review, user)` gives [BrokenLink] in a constant number of queries, of what that person may see; or a
sentence that says why there is nothing to mend yet.
"""

from dataclasses import dataclass

from reports.checking.codes import digest_of
from reports.checking.values import Result
from reports.checks.found import Found, FoundItem

_FIND = []
KEY = "thread-whole"
QUESTION = "Does everything that the review concludes hang together, from evidence to action?"


@dataclass(frozen=True)
class BrokenLink:
    """`kind` says what is broken, `words` are those of the row, `to_do` is done at `href`."""

    kind: str
    name: str
    words: str
    to_do: str
    href: str


def register(find):
    _FIND.append(find)


def broken_links(review, user):
    """The FoundItem of them."""
    why, found = "", []
    for find in _FIND:
        told = find(review, user)
        if isinstance(told, str):
            why = told
        else:
            found += map(_found, told)
    return FoundItem(
        key=KEY,
        question=QUESTION,
        looked_at=why
        or "Findings, lessons, recommendations, actions, terms and reports of agencies.",
        result=str(Result.NOT_MET if found else Result.MET),
        to_do="Tie each, or say why it stands alone." if found else "",
        found=tuple(found),
    )


def _found(one):
    return Found(
        code=digest_of([one.kind, one.name, one.words]),
        message=f"{one.kind}: {one.name}. {one.words}".strip(),
        href=one.href,
        way=one.to_do,
    )
