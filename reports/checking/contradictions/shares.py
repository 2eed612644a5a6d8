"""Shares that cannot be so: "35% (94 of 258)", parts of a whole above or below a hundred, a total of a table."""

import itertools
import re

from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind

_SHARE = r"(?P<share>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent)"
_OF = rf"(?P<part>{NUMBER}) ?(?:/|out of|of|of the) ?(?P<whole>{NUMBER})"
_SHARE_OF = re.compile(
    rf"{_SHARE}(?: of [\w -]{{1,40}})?,? ?[\[(,]? ?(?:or |i\.e\. )?{_OF}\b|\b{_OF.replace('part', 'part2').replace('whole', 'whole2')}(?: [\w-]+){{0,4}},? ?(?:[\[(]|or |i\.e\. )(?:or )?{_SHARE.replace('share', 'share2')}",
    re.I,
)
_EACH = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent)", re.I)
_PARTS_OF_ONE = re.compile(
    r"\b(?:remaining|the rest|respectively|remainder|made up|comprised|comprising|breakdown)\b",
    re.I,
)
_ANSWERS = re.compile(
    r"\b(?:did not know|don't know|disagreed|unsure|undecided|no opinion|no answer)\b", re.I
)
_NEXT_ANSWER = re.compile(r" [^.;%]{2,50}?(?:,| and|, and) (?:the other )?", re.I)
_ROUNDING = 0.55  # of one in a hundred
_WHOLE = (98.5, 101.5)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_CELL = re.compile(r"^\s*(?:\*\*)?(\d[\d,]*(?:\.\d+)?)(?:\*\*)?\s*$")


def find(reading):
    for sentence in reading.sentences:
        if not sentence.has_number:
            continue
        yield from _wrong_shares(sentence)
        yield from _not_a_whole(sentence)
    for passage in reading.passages:
        yield from _wrong_totals_of_table(passage)


def _wrong_shares(sentence):
    for match in _SHARE_OF.finditer(sentence.text):
        said = match["share"] or match["share2"]
        part, whole = (
            worth(match["part"] or match["part2"]),
            worth(match["whole"] or match["whole2"]),
        )
        decimals = len(said.partition(".")[2])
        if not whole or part > whole or part < 1:
            continue
        share = 100 * part / whole
        if abs(share - float(said)) > _ROUNDING / 10**decimals + (0.45 if not decimals else 0.1):
            yield Contradiction(
                Kind.SHARES,
                (sentence.place(match.start(), match.end()),),
                f"{part:g} of {whole:g} is {share:.{max(decimals, 1)}f}%, not {said}%.",
                Confidence.HIGH,
            )


def _not_a_whole(sentence):
    """Shares of one whole, said to be all of it, that do not come to a hundred."""
    shares = list(_EACH.finditer(sentence.text))
    is_whole = _PARTS_OF_ONE.search(sentence.text) or _is_answered_once(sentence.text, shares)
    if len(shares) < 2 or not is_whole:
        return
    total = sum(float(match[1]) for match in shares)
    if not _WHOLE[0] <= total <= _WHOLE[1] and not _is_share_of_share(sentence.text):
        yield Contradiction(
            Kind.SHARES,
            (sentence.place(shares[0].start(), shares[-1].end()),),
            f"The shares are said to make up a whole and come to {total:g}%.",
            Confidence.MEDIUM,
        )


def _is_answered_once(text, shares):
    """ "45% agreed, 35% disagreed and 30% did not know": three answers and more, of which each gave one."""
    between = [text[one.end() : other.start()] for one, other in itertools.pairwise(shares)]
    return (
        len(shares) > 2
        and bool(_ANSWERS.search(text))
        and all(_NEXT_ANSWER.fullmatch(words) for words in between)
    )


def _is_share_of_share(text):
    return bool(
        re.search(
            r"\b(?:of these|of whom|of which|compared|increase|rose|fell|more|less|than|rate)\b",
            text,
            re.I,
        )
    )


def _wrong_totals_of_table(passage):
    rows = [
        match for match in _ROW.finditer(passage.text) if not re.fullmatch(r"[\s|:-]+", match[1])
    ]
    if len(rows) < 4 or not re.match(r"\s*(?:\*\*)?\s*(?:grand )?total\b", rows[-1][1], re.I):
        return
    cells = [[_CELL.match(cell) for cell in row[1].split("|")] for row in rows[1:]]
    if len({len(row) for row in cells}) > 1:
        return
    for column in list(zip(*cells, strict=True))[1:]:
        if all(column):
            *parts, total = (float(cell[1].replace(",", "")) for cell in column)
            if sum(parts) != total:
                yield Contradiction(
                    Kind.SHARES,
                    (passage.place(*rows[-1].span()),),
                    f"The column comes to {sum(parts):g}, and its total is given as {total:g}.",
                    Confidence.HIGH,
                )
