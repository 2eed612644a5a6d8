"""Grades of risk in a sentence: how high, from whom and to whom."""

from chronologies.mismatches.finding.facets import GRADES
from chronologies.mismatches.finding.signals import Grade

_POSES = frozenset(
    ["posed", "poses", "pose", "posing", "presented", "presents", "present", "presenting"]
)
_FACES = frozenset(["faced", "faces", "facing", "at", "suffering"])
_OWN_VIEW = frozenset(["himself", "herself", "themselves", "denied"])
_NEAR = 3


def grades_in(sentence, words, mentions):
    """At most one: what a sentence says of fires or falls is not about people."""
    if "risk" not in words and "risks" not in words:
        return []
    places = [i for i, w in enumerate(words) if w in {"risk", "risks"}]
    graded = [(i, w) for i, w in enumerate(words) if w in GRADES]
    at = next((p for p in places if any(abs(i - p) <= _NEAR for i, _ in graded)), places[0])
    near = [(i, w) for i, w in graded if abs(i - at) <= _NEAR]
    tail = words[at + 1 : at + 3]
    if not near and "as" in words[at:]:  # "assessed the risk posed by X to Y as medium"
        near = [
            (i, w) for i, w in enumerate(words) if w in GRADES and i > at and words[i - 1] == "as"
        ]
    if not near or set(words) & _OWN_VIEW or tail[:2] == ["of", "fire"]:
        return []
    persons = [m for m in mentions if m.kind == "person"]
    of, to = _direction(words, at, persons)
    if of is None and to is None:
        return []
    word = near[0][1]
    return [Grade(GRADES[word], word, of, to, sentence)]


def _direction(words, at, persons):
    by = next((m for m in persons if m.lead in {"by", "from"}), None)
    to = next((m for m in persons if m.lead == "to" and m.start > at), None)
    free = next((m for m in persons if not m.lead and m.start < at), None)
    faces = free is not None and _FACES & set(words[free.end : at])
    if by is not None:
        return by.value, (to or free).value if (to or free) else None
    if faces:
        return None, free.value
    if free is not None and _POSES & set(words[free.end : at + 1]) | (
        {"as"} & set(words[free.start - 1 : free.start])
    ):
        return free.value, to.value if to else None
    if to is not None and free is not None:
        return free.value, to.value
    return (free.value, None) if free is not None and _POSES & set(words) else (None, None)
