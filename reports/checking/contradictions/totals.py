"""A total against its parts in one sentence: "four children: two sons and one daughter"."""

import re

from reports.checking.numbers import NUMBER, numbers_in, said, worth
from reports.checking.values import Confidence, Contradiction, Kind

THING = r"(?:(?:[A-Za-z][\w'&/-]*) ){0,4}?"
_MADE_OF = re.compile(
    rf"(?<![\w.,/£$-])(?P<total>{NUMBER}) (?P<thing>{THING}[a-z][a-z'-]+s|children|people|IMRs)(?: in total| in all| altogether)?"
    r"(?: (?:to|from|by|with|about|for|in|at|of) (?:(?!of |and )[\w'&]+ ?){1,4}?)?"
    rf"(?P<joint> ?[:(\[–—]| - |,? (?:comprising|consisting of|made up of|being|namely|that is|i\.e\.),?:?|,? of (?:whom|which|these),?)",
    re.I,
)
_OF_THE = re.compile(
    rf"\b(?P<joint>of (?:the|these|those|all)) (?P<total>{NUMBER}) (?P<thing>{THING}[a-z][a-z'-]+s|children|people|IMRs|staff|women|men)(?: [\w' ]{{1,30}})?,",
    re.I,
)
_NOT_PARTS = re.compile(
    rf"\baged? (?:between )?{NUMBER}(?:(?:,| and|,? to| &) {NUMBER})*|\b{NUMBER}[- ](?:years?|months?|weeks?|days?)\b(?:[- ]old)?|(?:£|\$)\d[\d,]*|\d+(?:\.\d+)? ?(?:%|per ?cent)|\bone (?:another|of|day)\b|\b(?:no one|each one|at one)\b",
    re.I,
)
_REST = re.compile(r"\b(?:the (?:other|remaining|rest)|remainder|remaining)\b", re.I)
_INNER = re.compile(r"\[[^\]]*\]|\([^)]*\)")
NOT_LISTED = re.compile(
    r"\b(?:based on|between|every|per|after|within|aged|over|under|more than|at least|about|including|include[sd]?|for example|such as|e\.g|some of|of these|of the)\b",
    re.I,
)
_UNITS = "years months weeks days hours minutes times occasions pounds metres miles cans bottles"
TIME_WORDS = frozenset(_UNITS.split())
_NO_PARTS = 4  # times the total: these numbers count something else
_WHOLE_INLINE = 3


_APPOSED = re.compile(
    rf"(?<![\w.,/£$-])(?P<total>{NUMBER}) (?P<thing>{THING}[a-z][a-z'-]+s|children|people)(?: [\w'&]+){{0,5}}?(?P<joint>[;,])"
    rf"(?= {NUMBER} [^,;.]+(?:[,;] {NUMBER} [^,;.]+)*,? and {NUMBER} [^,;.]+\.?\W*$)",
    re.I,
)


def find(reading):
    for sentence in reading.counting:
        yield from _inline(sentence)


def _inline(sentence):
    for match in (
        *_MADE_OF.finditer(sentence.text),
        *_OF_THE.finditer(sentence.text),
        *_APPOSED.finditer(sentence.text),
    ):
        total = worth(match["total"])
        if (
            total != int(total)
            or total < 2
            or match["thing"].split()[-1].lower() in TIME_WORDS
            or _is_dated(sentence, match)
        ):
            continue
        rest = _rest(sentence.text, match)
        parts = _parts(rest, sentence, match.end())
        if len(parts) >= 2:
            yield from _wrong_sum(sentence, match, total, parts, rest)
        elif not parts and (
            "[" in match["joint"] or "(" in match["joint"] or ":" in match["joint"]
        ):
            yield from _wrong_enumeration(sentence, match, total, rest)


def _is_dated(sentence, match):
    return any(
        d.start < match.end("total") and match.start("total") < d.end for d in sentence.dates
    )


def _rest(text, match):
    """What is said of the parts: to the closing bracket, else to the end of the clause or sentence."""
    rest = text[match.end() :]
    opening = match["joint"].strip()[-1:] if match["joint"].strip() else ""
    if opening in "([" and opening:
        depth = 1
        for at, letter in enumerate(rest):
            depth += (letter in "([") - (letter in ")]")
            if depth == 0:
                return rest[:at]
        return rest
    return re.split(r"[.;](?:\s|$)", rest, maxsplit=1)[0]


def _parts(rest, sentence, offset):
    """[(start, value)] of the numbers that count parts, without ages, shares, names and what stands in brackets."""
    bare = _INNER.sub(lambda m: " " * len(m[0]), rest)
    bare = _NOT_PARTS.sub(lambda m: " " * len(m[0]), bare)
    for hidden in (*sentence.dates, *sentence.mentions):
        a, b = max(0, hidden.start - offset), max(0, hidden.end - offset)
        bare = bare[:a] + " " * (b - a) + bare[b:]
    parts = [(n.start, n.value) for n in numbers_in(bare) if n.value == int(n.value)]
    parts += [
        (m.start(), 1)
        for m in re.finditer(
            r"\b(?:an?|another) (?=(?:\w+ )?(?:son|daughter|brother|sister|boy|girl|man|woman|male|female|child)\b)",
            bare,
        )
    ]
    return sorted(parts)


def _wrong_sum(sentence, match, total, parts, rest):
    many = sum(value for _, value in parts)
    may_overlap = re.search(r"^,? ?of ", match["joint"], re.I) and not _REST.search(rest)
    if may_overlap and match.re is _OF_THE:
        return
    if (
        many == total
        or many > total * _NO_PARTS
        or (may_overlap and many < total)
        or _is_nested(total, [value for _, value in parts])
    ):
        return
    if may_overlap and any(word in rest.lower() for word in (" also ", " both ")):
        return
    is_sure = (
        match.re is not _APPOSED
        and not may_overlap
        and not re.search(
            r"\b(?:including|with|where|when|which|involv\w*|after|before|between)\b", rest, re.I
        )
    )
    yield Contradiction(
        Kind.TOTALS,
        (sentence.place(match.start(), match.end() + len(rest)),),
        f"{match['total'].capitalize()} {match['thing']} are named, and the parts come to {said(many)}.",
        Confidence.HIGH if is_sure else Confidence.MEDIUM,
    )


def _is_nested(total, values):
    """Some parts, from the first on, already make the total: the others are parts of parts."""
    running = 0
    for value in values:
        running += value
        if running == total:
            return True
    return False


def _wrong_enumeration(sentence, match, total, rest):
    """ "Three agencies (A, B, C and D)": the names counted, where the way they are joined leaves no doubt."""
    low, high = _how_many(rest)
    if (
        low >= _WHOLE_INLINE - 1
        and not low <= total <= high
        and not NOT_LISTED.search(rest)
        and not _is_clause(rest)
    ):
        yield Contradiction(
            Kind.TOTALS,
            (sentence.place(match.start(), match.end() + len(rest)),),
            f"{match['total'].capitalize()} {match['thing']} are named, and {said(low)} follow.",
            Confidence.MEDIUM,
        )


def _is_clause(rest):
    return (
        bool(re.search(r"\b(?:was|were|had|has|is|are|did|that|who|which|because|would)\b", rest))
        or len(rest.split()) > 60
    )


def _how_many(rest):
    """(least, most) things that are joined by commas or semicolons, "and" joining two or being part of a name."""
    rest = _INNER.sub("", rest)
    pieces = [p for p in re.split(r";" if ";" in rest else r",", rest) if p.strip(" .")]
    if len(pieces) < 2:
        return 0, 0
    ands = sum(
        len(re.findall(r"\band\b|&", piece)) for piece in pieces if not re.match(r"\s*and\b", piece)
    )
    return len(pieces), len(pieces) + ands
