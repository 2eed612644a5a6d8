"""A number announced and the list below it: "ten agencies" and nine of them."""

import re

from reports.checking.contradictions.totals import NOT_LISTED, THING, TIME_WORDS
from reports.checking.lists_below import list_after
from reports.checking.numbers import NUMBER, said, worth
from reports.checking.values import Confidence, Contradiction, Kind

_LEADS = re.compile(
    rf"(?<![\w.,/£$-])(?P<n>{NUMBER}) (?:(?:of|the) )?(?:following )?(?P<thing>{THING}[a-zA-Z][a-zA-Z'-]*(?:s|people|children))\b(?P<rest>[^:]*):?\W*$",
    re.I,
)
_THEY_WERE = re.compile(
    r"\W*(?:they|these|those) (?:were|are|comprised?|included?)\s*(?:as follows)?\s*:\W*", re.I
)
_BEGINS = re.compile(
    rf"\W*(?:the |a total of |in all |in total )?(?P<n>{NUMBER}) (?P<thing>{THING}[a-zA-Z][a-zA-Z'-]*(?:s|people|children))\b",
    re.I,
)
_FOLLOWING = re.compile(rf"\bfollowing (?P<n>{NUMBER}) (?P<thing>{THING}[a-z][a-z'-]+s)\b", re.I)


def find(reading):
    for sentence in reading.narrative:
        if sentence.has_number or sentence.text.endswith(":"):
            yield from _listed(reading, sentence)


def _listed(reading, sentence):
    """ "The following nine agencies:" and the list below it."""
    match = _FOLLOWING.search(sentence.text) or _leading(sentence)
    if not match and _THEY_WERE.fullmatch(sentence.text) and sentence.before:
        yield from _below(reading, sentence.before, _BEGINS.match(sentence.before.text), sentence)
    if not match and (numbered := _BEGINS.match(sentence.text)):
        yield from _numbers_below(reading, sentence, numbered)
    if match and match.re is not _FOLLOWING and _is_table(list_after(reading, sentence)):
        return
    if not match or (
        sentence is not sentence.passage.sentences[-1] and not list_after(reading, sentence)
    ):
        return
    yield from _below(reading, sentence, match, sentence)


def _numbers_below(reading, sentence, match):
    """ "Sixteen agencies answered." and a list in which each item begins with how many."""
    items = list_after(reading, sentence)
    numbers = [_leading_number(passage.text[start:end]) for passage, start, end in items]
    total = worth(match["n"])
    if (
        len(items) > 1
        and all(numbers)
        and not _is_table(items)
        and abs(sum(numbers) - total) <= total / 3
    ):
        yield from _wrong_listed_sum(sentence, match, items, total, numbers)


def _below(reading, sentence, match, leading):
    """A count in one sentence, and the list that this or the next leads to."""
    items = list_after(reading, leading) if match else []
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
        f"The text announces {match['n'].lower()} {match['thing']}, and the list below it has {said(len(items))}.",
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
        f"The text speaks of {match['n'].lower()} {match['thing']}, and the numbers in the list below it come to {said(sum(numbers))}.",
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
        if match["thing"].split()[-1].lower() not in TIME_WORDS and not NOT_LISTED.search(
            lead[-25:] + match["rest"]
        ):
            found = match
    return found


def _is_dated_number(sentence, match):
    return any(d.start < match.end("n") and match.start("n") < d.end for d in sentence.dates)


def _is_table(items):
    """Rows, and no items: a number before a table seldom counts them."""
    return bool(items) and items[0][0].written[items[0][1] - 1 : items[0][1]] == "|"


def _leading_number(item):
    found = re.match(rf"\W*({NUMBER})\b(?![.)]|\s*(?:years|months|days|%))", item, re.I)
    return worth(found[1]) if found else 0
