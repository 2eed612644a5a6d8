"""How a mismatch stands: worked out from its last judgement, from what it rests on now and from what
the agencies were asked, and kept nowhere. `MismatchQuerySet.with_state` says it for rows."""

from django.db import models


class State(models.TextChoices):
    OPEN = "open", "Open"
    TO_ASK = "to_ask", "To be asked"
    SENT = "sent", "Query sent"
    ANSWERED = "answered", "Answered"
    CHANGED = "changed", "Evidence changed since it was judged"
    ACCEPTED = "accepted", "Accepted as a difference"
    NOT_MATERIAL = "not_material", "Not material"
    GONE = "gone", "Gone"


# Nobody has to do anything about these.
SETTLED = frozenset({State.ACCEPTED, State.NOT_MATERIAL, State.GONE})
# Whom the leaders ask, and what is answered, is not the panel's.
LOOKED_INTO = frozenset({State.TO_ASK, State.SENT, State.ANSWERED, State.CHANGED})
IN_HAND = ("in_hand", "Being looked into")

COLOURS = {
    State.OPEN: "yellow",
    State.TO_ASK: "light-blue",
    State.SENT: "blue",
    State.ANSWERED: "orange",
    State.CHANGED: "orange",
    State.ACCEPTED: "green",
    State.NOT_MATERIAL: "grey",
    State.GONE: "grey",
}


def tag_of(state, *, leads):
    """(in words, colour)"""
    if not leads and state in LOOKED_INTO:
        return IN_HAND[1], "blue"
    return State(state).label, COLOURS[State(state)]


def told(counts, *, leads):
    """[(value of the filter, in words, how many)] of {state: how many}, in the order of their life;
    of the states in which there is one."""
    shown = {}
    for state in State:
        hidden = not leads and state in LOOKED_INTO
        told_as = IN_HAND if hidden else (state.value, state.label)
        shown[told_as] = shown.get(told_as, 0) + counts.get(state, 0)
    return [(*told_as, n) for told_as, n in shown.items() if n]
