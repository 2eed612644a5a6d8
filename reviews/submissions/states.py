"""What can become of a version that an agency prepares, in one table: nothing else decides it."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    WAITING = "waiting", "Waiting for sign-off"
    SENT = "sent", "Sent"


class What(models.TextChoices):
    """What happened to a version, as its history says it."""

    HANDED_IN = "handed_in", "Handed in for sign-off"
    TAKEN_BACK = "taken_back", "Taken back by the agency"
    RETURNED_INSIDE = "returned_inside", "Returned by the sign-off officer"
    SIGNED_OFF = "signed_off", "Signed off and sent"
    ENTERED = "entered", "Entered on the agency’s behalf"


# {what happens: {state before: state after}}; a state that is not there refuses it.
TRANSITIONS = {
    What.HANDED_IN: {State.DRAFT: State.WAITING},
    What.TAKEN_BACK: {State.WAITING: State.DRAFT},
    What.RETURNED_INSIDE: {State.WAITING: State.DRAFT},
    What.SIGNED_OFF: {State.WAITING: State.SENT},
    What.ENTERED: {State.DRAFT: State.SENT},
}

_STANDS = {
    State.DRAFT: "It has not been handed in",
    State.WAITING: "It waits for sign-off already",
    State.SENT: "It has been sent already",
}


class NotNow(Exception):
    """The message says, in a sentence, how the version stands."""


def allows(what, before):
    return before in TRANSITIONS[What(what)]


def after(what, before):
    """The state that follows. Raises NotNow."""
    if not allows(what, before):
        raise NotNow(_STANDS[State(before)])
    return TRANSITIONS[What(what)][before]
