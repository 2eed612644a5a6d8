"""What can become of a query, in one table: nothing else decides it."""

from django.db import models

from reviews.requests.states import NotNow


class State(models.TextChoices):
    NOT_SENT = "not_sent", "Not sent yet"
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    ACCEPTED = "accepted", "Accepted"
    DISPUTED = "disputed", "Disputed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class What(models.TextChoices):
    """What happened to a query, as its history says it."""

    RAISED = "raised", "Raised"
    REWORDED = "reworded", "Put in other words"
    SENT = "sent", "Sent to the agency"
    ANSWERED = "answered", "Answered"
    ACCEPTED = "accepted", "Answer accepted"
    DISPUTED = "disputed", "Disputed: both accounts stand"
    ASKED_AGAIN = "asked_again", "Asked again"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Before these the agency knows of nothing.
BEFORE_IT_WENT = frozenset({What.RAISED, What.REWORDED})
# Neither side has to do anything any more.
SETTLED = frozenset({State.ACCEPTED, State.DISPUTED, State.WITHDRAWN})

# {what happens: {state before: state after}}; a state that is not there refuses it.
TRANSITIONS = {
    What.RAISED: {"": State.NOT_SENT},
    What.REWORDED: {State.NOT_SENT: State.NOT_SENT},
    What.SENT: {State.NOT_SENT: State.OPEN},
    # Until it is decided on, an agency that finds more says more; the first answer stays.
    What.ANSWERED: {State.OPEN: State.ANSWERED, State.ANSWERED: State.ANSWERED},
    What.ACCEPTED: {State.ANSWERED: State.ACCEPTED, State.DISPUTED: State.ACCEPTED},
    What.DISPUTED: {State.ANSWERED: State.DISPUTED},
    What.ASKED_AGAIN: dict.fromkeys([State.ANSWERED, State.ACCEPTED, State.DISPUTED], State.OPEN),
    What.WITHDRAWN: dict.fromkeys(
        [State.NOT_SENT, State.OPEN, State.ANSWERED, State.DISPUTED], State.WITHDRAWN
    ),
}

_STANDS = {
    State.NOT_SENT: "The query has not been sent yet",
    State.OPEN: "The query is with the agency, which has not answered yet",
    State.ANSWERED: "The query has been answered already",
    State.ACCEPTED: "The answer has been accepted already",
    State.DISPUTED: "The query is disputed already",
    State.WITHDRAWN: "The query has been withdrawn",
}


def allows(what, before):
    return before in TRANSITIONS[What(what)]


def after(what, before):
    """The state that follows. Raises NotNow."""
    if not allows(what, before):
        raise NotNow(_STANDS[State(before)])
    return State(TRANSITIONS[What(what)][before])
