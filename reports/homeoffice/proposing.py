"""What may be the points of a letter: proposed from its text, for somebody to confirm.

Such letters thank, praise, then list what is to be looked at. What stands in a list is proposed; where
the letter has no list, the paragraphs that ask for something. Everything else stands beside it, so that
whoever confirms sees what was not proposed.
"""

import re
from dataclasses import asdict, dataclass

from foundations.office.naming import ending
from foundations.office.passages import can_be_read, passages_of

_LISTED = re.compile(r"(?:[•▪◦●○*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)", re.I)
_ASKS = re.compile(
    r"\b(?:should|please|recommend\w*|suggest\w*|consider\w*|would (?:benefit|be helpful|like)"
    r"|needs? to|could (?:be|have)|ensure|clarif\w+|correct\w*|amend\w*|add(?:ed|ing)?|remov\w+"
    r"|missing|unclear|further (?:detail|explanation|analysis))\b",
    re.I,
)
_FURNITURE = re.compile(
    r"(?:dear|yours (?:sincerely|faithfully)|thank you for|copy to|cc\b|tel\b|www\.|email)", re.I
)
_SHORTEST = 3  # words of a paragraph that asks for something


@dataclass(frozen=True)
class Proposed:
    """Texts in the order of the letter; `doubts` are sentences on how far it could be read. `unread`
    says why there is nothing, where there is nothing."""

    proposed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    unread: str = ""

    def to_json(self):
        texts = {name: list(getattr(self, name)) for name in ("proposed", "beside", "doubts")}
        return asdict(self) | texts


def proposed_in(content, name):
    """Raises Refused, with one sentence, for a file that cannot be opened."""
    if not can_be_read(name):
        return Proposed(unread=f"A file of this kind (.{ending(name)}) is not read out.")
    found = passages_of(content, name)
    texts = [one for passage in found.passages for one in _texts(passage)]
    if not texts:
        return Proposed(unread="No text was found in the file. It may be a picture of a letter.")
    listed = [is_listed for _, is_listed in texts]
    asks = listed if sum(listed) else [_asks(text) for text, _ in texts]
    chosen = [text for (text, _), yes in zip(texts, asks, strict=True) if yes]
    beside = [text for (text, _), yes in zip(texts, asks, strict=True) if not yes]
    return Proposed(tuple(chosen), (*beside, *found.margins), tuple(_doubts(found)))


def _doubts(found):
    yield from found.doubts
    if not found.is_whole:
        yield "Some words of the file could not be read out. Compare with the letter itself."


def _texts(passage):
    """[(text, whether it stands in a list)] of a heading and what is under it."""
    if passage.heading:
        yield passage.title, False
    for block in passage.blocks:
        text = " ".join(block.text.split())
        mark = _LISTED.match(text)
        if text:
            is_listed = bool(block.kind == "paragraph" and (block.label or mark))
            yield (text[mark.end() :] if mark else text), is_listed


def _asks(text):
    long_enough = len(text.split()) >= _SHORTEST
    return bool(long_enough and _ASKS.search(text) and not _FURNITURE.match(text))
