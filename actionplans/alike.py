"""Whether two texts of recommendations read nearly the same, by the words of full-text search."""

from django.db import connection

ALIKE = 0.6  # of the words of both, those that both have
MOST_OF_ONE = 0.9  # of the words of the shorter one
FEWEST_WORDS = 4

_STEMS = """
select r.id, tsvector_to_array(to_tsvector('english', r.text))
from actionplans_recommendation r where r.id = any(%s)
"""


def stems_of(ids):
    """{id: the words of a recommendation as PostgreSQL's full-text search has them}"""
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [list(ids)])
        return {pk: frozenset(words) for pk, words in cursor.fetchall()}


def holding_each(stems):
    """{word: the ids of the texts that have it}"""
    holding = {}
    for pk, words in stems.items():
        for word in words:
            holding.setdefault(word, []).append(pk)
    return holding


def are_alike(one, other):
    if not one or not other:
        return False
    both, fewer = len(one & other), min(len(one), len(other))
    if fewer < FEWEST_WORDS:
        return one == other
    return both / len(one | other) >= ALIKE or (
        both / fewer >= MOST_OF_ONE and fewer * 2 >= max(len(one), len(other))
    )
