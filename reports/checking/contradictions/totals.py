"""A total against its parts: "four children: two sons and one daughter", "ten agencies" and a list of nine."""

import re

from reports.checking.numbers import NUMBER, numbers_in, said, worth
from reports.checking.values import Confidence, Contradiction, Kind

_THING = r"(?:(?:[A-Za-z][\w'&/-]*) ){0,4}?"
_MADE_OF = re.compile(
    rf"(?<![\w.,/£$-])(?P<total>{NUMBER}) (?P<thing>{_THING}[a-z][a-z'-]+s|children|people|IMRs)(?: in total| in all| altogether)?"
    r"(?: (?:to|from|by|with|about|for|in|at|of) (?:(?!of |and )[\w'&]+ ?){1,4}?)?"
    rf"(?P<joint> ?[:(\[–—]| - |,? (?:comprising|consisting of|made up of|being|namely|that is|i\.e\.),?:?|,? of (?:whom|which|these),?)",
    re.I,
)
_OF_THE = re.compile(
    rf"\b(?P<joint>of (?:the|these|those|all)) (?P<total>{NUMBER}) (?P<thing>{_THING}[a-z][a-z'-]+s|children|people|IMRs|staff|women|men)(?: [\w' ]{{1,30}})?,",
    re.I,
)
_NOT_PARTS = re.compile(
    rf"\baged? (?:between )?{NUMBER}(?:(?:,| and|,? to| &) {NUMBER})*|\b{NUMBER}[- ](?:years?|months?|weeks?|days?)\b(?:[- ]old)?|(?:£|\$)\d[\d,]*|\d+(?:\.\d+)? ?(?:%|per ?cent)|\bone (?:another|of|day)\b|\b(?:no one|each one|at one)\b",
    re.I,
)
_REST = re.compile(r"\b(?:the (?:other|remaining|rest)|remainder|remaining)\b", re.I)
_INNER = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_LEADS = re.compile(
    rf"(?<![\w.,/£$-])(?P<n>{NUMBER}) (?:(?:of|the) )?(?:following )?(?P<thing>{_THING}[a-zA-Z][a-zA-Z'-]*(?:s|people|children))\b(?P<rest>[^:]*):?\W*$",
    re.I,
)
_THEY_WERE = re.compile(
    r"\W*(?:they|these|those) (?:were|are|comprised?|included?)\s*(?:as follows)?\s*:\W*", re.I
)
_BEGINS = re.compile(
    rf"\W*(?:the |a total of |in all |in total )?(?P<n>{NUMBER}) (?P<thing>{_THING}[a-zA-Z][a-zA-Z'-]*(?:s|people|children))\b",
    re.I,
)
_FOLLOWING = re.compile(rf"\bfollowing (?P<n>{NUMBER}) (?P<thing>{_THING}[a-z][a-z'-]+s)\b", re.I)
_NOT_LISTED = re.compile(
    r"\b(?:based on|between|every|per|after|within|aged|over|under|more than|at least|about|including|include[sd]?|for example|such as|e\.g|some of|of these|of the)\b",
    re.I,
)
_TIME_WORDS_WORDS = (
    "years months weeks days hours minutes times occasions pounds metres miles cans bottles"
)
_TIME_WORDS = frozenset(_TIME_WORDS_WORDS.split())
_WHOLE_INLINE = 3


_APPOSED = re.compile(
    rf"(?<![\w.,/£$-])(?P<total>{NUMBER}) (?P<thing>{_THING}[a-z][a-z'-]+s|children|people)(?: [\w'&]+){{0,5}}?(?P<joint>[;,])"
    rf"(?= {NUMBER} [^,;.]+(?:[,;] {NUMBER} [^,;.]+)*,? and {NUMBER} [^,;.]+\.?\W*$)",
    re.I,
)


def find(reading):
    for sentence in reading.narrative:
        if sentence.has_number:
            yield from _inline(sentence)
        if sentence.has_number or sentence.text.endswith(":"):
            yield from _listed(reading, sentence)


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
            or match["thing"].split()[-1].lower() in _TIME_WORDS
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
        and not _NOT_LISTED.search(rest)
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


def _listed(reading, sentence):
    """ "The following nine agencies:" and the list below it."""
    match = _FOLLOWING.search(sentence.text) or _leading(sentence)
    if not match and _THEY_WERE.fullmatch(sentence.text) and sentence.before:
        yield from _below(reading, sentence.before, _BEGINS.match(sentence.before.text), sentence)
    if not match and (numbered := _BEGINS.match(sentence.text)):
        yield from _numbers_below(reading, sentence, numbered)
    if not match or (
        sentence is not sentence.passage.sentences[-1] and not reading.list_after(sentence)
    ):
        return
    yield from _below(reading, sentence, match, sentence)


def _numbers_below(reading, sentence, match):
    """ "Sixteen agencies answered." and a list in which each item begins with how many."""
    items = reading.list_after(sentence)
    numbers = [_leading_number(passage.text[start:end]) for passage, start, end in items]
    total = worth(match["n"])
    if len(items) > 1 and all(numbers) and abs(sum(numbers) - total) <= total / 3:
        yield from _wrong_listed_sum(sentence, match, items, total, numbers)


def _below(reading, sentence, match, leading):
    """A count in one sentence, and the list that this or the next leads to."""
    items = reading.list_after(leading) if match else []
    total = worth(match["n"]) if match else 0
    if (
        len(items) < 2
        or total == len(items)
        or total != int(total)
        or _is_dated_number(sentence, match)
    ):
        return
    numbers = [_leading_number(passage.text[start:end]) for passage, start, end in items]
    if all(numbers):
        yield from _wrong_listed_sum(sentence, match, items, total, numbers)
        return
    first, last = items[0], items[-1]
    yield Contradiction(
        Kind.TOTALS,
        (
            sentence.place(match.start("n"), match.end("thing")),
            first[0].place(first[1], first[2]),
            last[0].place(last[1], last[2]),
        ),
        f"The text announces {match['n']} {match['thing']}, and the list below it has {said(len(items))}.",
        Confidence.HIGH
        if leading.text.rstrip().endswith(":") or match.re is _FOLLOWING
        else Confidence.MEDIUM,
    )


def _wrong_listed_sum(sentence, match, items, total, numbers):
    if sum(numbers) == total or sum(numbers) < 2:
        return
    yield Contradiction(
        Kind.TOTALS,
        (
            sentence.place(match.start("n"), match.end("thing")),
            *(p.place(a, b) for p, a, b in items),
        ),
        f"The text speaks of {match['n']} {match['thing']}, and the numbers in the list below it come to {said(sum(numbers))}.",
        Confidence.MEDIUM,
    )


def _leading(sentence):
    if not sentence.text.rstrip().endswith(":") and not re.search(
        r"\b(?:were|are|as follows|below|comprised of|comprised|of)\W*$", sentence.text
    ):
        return None
    found = None
    for match in _LEADS.finditer(sentence.text):
        lead = sentence.text[: match.start()]
        if match["thing"].split()[-1].lower() not in _TIME_WORDS and not _NOT_LISTED.search(
            lead[-25:] + match["rest"]
        ):
            found = match
    return found


def _is_dated_number(sentence, match):
    return any(d.start < match.end("n") and match.start("n") < d.end for d in sentence.dates)


def _leading_number(item):
    found = re.match(rf"\W*({NUMBER})\b(?![.)]|\s*(?:years|months|days|%))", item, re.I)
    return worth(found[1]) if found else 0
