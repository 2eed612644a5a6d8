"""Recommendations of one review that read nearly the same."""

from dataclasses import dataclass

from django.db import connection

from actionplans.models import Recommendation
from actionplans.resting.models import ToldApart

ALIKE = 0.6  # of the words of both, those that both have
MOST_OF_ONE = 0.9  # of the words of the shorter one
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Pair:
    first: Recommendation
    second: Recommendation


_STEMS = """
select r.id, tsvector_to_array(to_tsvector('english', r.text))
from actionplans_recommendation r where r.id = any(%s)
"""


def alike(review, user):
    """Pairs, agencies' own and the panel's alike, but for those that somebody told apart."""
    rows = Recommendation.objects.visible_to(user).live().filter(review=review)
    rows = {one.pk: one for one in rows.select_related("review", "own_point")}
    apart = set(
        ToldApart.objects.filter(first__in=rows, second__in=rows).values_list("first", "second")
    )
    return [
        Pair(rows[first], rows[second])
        for first, second in _near(_stems(list(rows)))
        if (first, second) not in apart and not _are_kin(rows[first], rows[second])
    ]


def _are_kin(first, second):
    """A whole and its part, or two parts of one whole, read alike by their nature."""
    return first.parent_id == second.pk or second.parent_id == first.pk


def _stems(ids):
    """{id: the words of a recommendation as PostgreSQL's full-text search has them}"""
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [ids])
        return {pk: frozenset(words) for pk, words in cursor.fetchall()}


def _near(stems):
    """Pairs of ids, the smaller first. Only those that share a rarer word are compared at all."""
    holding = {}
    for pk, words in stems.items():
        for word in words:
            holding.setdefault(word, []).append(pk)
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
    return sorted(pair for pair in seen if _is_alike(stems[pair[0]], stems[pair[1]]))


def _is_alike(one, other):
    if not one or not other:
        return False
    both, fewer = len(one & other), min(len(one), len(other))
    if fewer < FEWEST_WORDS:
        return one == other
    return both / len(one | other) >= ALIKE or (
        both / fewer >= MOST_OF_ONE and fewer * 2 >= max(len(one), len(other))
    )
