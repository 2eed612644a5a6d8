"""Recommendations of one review that read nearly the same."""

from dataclasses import dataclass

from actionplans.alike import are_alike, holding_each, stems_of
from actionplans.models import Recommendation
from actionplans.resting.models import ToldApart


@dataclass(frozen=True)
class Pair:
    first: Recommendation
    second: Recommendation


def alike(review, user):
    """Pairs, agencies' own and the panel's alike, but for those that somebody told apart."""
    rows = Recommendation.objects.visible_to(user).live().filter(review=review)
    rows = {one.pk: one for one in rows.select_related("review", "own_point")}
    apart = set(
        ToldApart.objects.filter(first__in=rows, second__in=rows).values_list("first", "second")
    )
    return [
        Pair(rows[first], rows[second])
        for first, second in _near(stems_of(rows))
        if (first, second) not in apart and not _are_kin(rows[first], rows[second])
    ]


def _are_kin(first, second):
    """A whole and its part, or two parts of one whole, read alike by their nature."""
    return first.parent_id == second.pk or second.parent_id == first.pk


def _near(stems):
    """Pairs of ids, the smaller first. Only those that share a rarer word are compared at all."""
    holding = holding_each(stems)
    rare = {word for word, pks in holding.items() if len(pks) <= max(10, len(stems) // 4)}
    seen = set()
    for word in rare:
        pks = sorted(holding[word])
        seen |= {(a, b) for at, a in enumerate(pks) for b in pks[at + 1 :]}
    same = {}
    for pk, words in stems.items():
        same.setdefault(words, []).append(pk)
    for pks in same.values():  # word for word, however common the words
        pks = sorted(pks)
        seen |= {(a, b) for at, a in enumerate(pks) for b in pks[at + 1 :]}
    return sorted(pair for pair in seen if are_alike(stems[pair[0]], stems[pair[1]]))
