"""Which words of an entry a mismatch rests on, so that a page can mark them."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(r"“([^“”]+)”")
_CUT = re.compile(r"…|\.\.\.|\[[^\]]*\]")
_SHORTEST = 3
# One letter for one letter: the finder quotes in plain ones.
_PLAIN = str.maketrans("’‘“”–—\u00a0", "''\"\"-- ")


@dataclass(frozen=True)
class Run:
    words: str
    is_marked: bool = False


def quotes_of(explanation):
    """The words that an explanation quotes; of what was cut short, each piece."""
    pieces = [piece for quote in _QUOTED.findall(explanation) for piece in _CUT.split(quote)]
    trimmed = (piece.strip(" ,;:.–-") for piece in pieces)
    return [piece for piece in trimmed if len(piece) >= _SHORTEST]


def runs_of(text, phrases):
    """The text in runs, those of the phrases marked; however spaces, line breaks, cases and quotation
    marks differ."""
    plain = {phrase.translate(_PLAIN) for phrase in phrases if phrase.split()}
    wanted = sorted(plain, key=len, reverse=True)
    if not text or not wanted:
        return [Run(text)] if text else []
    either = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in wanted)
    runs, at = [], 0
    for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text.translate(_PLAIN), re.IGNORECASE):
        if found.start() > at:
            runs.append(Run(text[at : found.start()]))
        runs.append(Run(text[found.start() : found.end()], is_marked=True))
        at = found.end()
    return [*runs, Run(text[at:])] if at < len(text) else runs
