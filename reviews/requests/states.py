"""What can become of a request, in one table: nothing else decides it."""

from django.db import models


class State(models.TextChoices):
    ASKED = "asked", "Asked"
    OPENED = "opened", "Opened"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"
    NIL = "nil", "Nil answer"
    WITHDRAWN = "withdrawn", "Withdrawn"


class What(models.TextChoices):
    """What happened to a request, as its history says it."""

    ASKED = "asked", "Asked"
    OPENED = "opened", "Opened by the agency"
    BEGUN = "begun", "Work begun"
    READY = "ready", "Handed in for sign-off"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned to the agency"
    ACCEPTED = "accepted", "Accepted"
    NIL = "nil", "Nil answer given"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXTENSION_ASKED = "extension_asked", "More time asked for"
    EXTENSION_GIVEN = "extension_given", "More time given"
    EXTENSION_REFUSED = "extension_refused", "More time refused"
    CHASED = "chased", "Reminded by hand"


# The agency owes an answer.
OPEN = frozenset({State.ASKED, State.OPENED, State.IN_PROGRESS, State.RETURNED})
# The leaders owe a decision.
CAME = frozenset({State.SUBMITTED, State.NIL})
RECEIPTS = frozenset({What.SUBMITTED, What.NIL, What.READY})
EXTENSION = (What.EXTENSION_ASKED, What.EXTENSION_GIVEN, What.EXTENSION_REFUSED)

_STAYS = {state: state for state in OPEN}

# {what happens: {state before: state after}}; a state that is not there refuses it.
TRANSITIONS = {
    What.ASKED: {"": State.ASKED},
    What.OPENED: {State.ASKED: State.OPENED},
    What.BEGUN: {State.ASKED: State.IN_PROGRESS, State.OPENED: State.IN_PROGRESS},
    # Inside the agency: its author says that the chronology is all there.
    What.READY: _STAYS,
    # Records are found after "nothing known" too.
    What.SUBMITTED: dict.fromkeys([*sorted(OPEN), State.NIL], State.SUBMITTED),
    What.NIL: dict.fromkeys(sorted(OPEN), State.NIL),
    What.RETURNED: dict.fromkeys([State.SUBMITTED, State.NIL, State.ACCEPTED], State.RETURNED),
    What.ACCEPTED: dict.fromkeys([State.SUBMITTED, State.NIL], State.ACCEPTED),
    What.WITHDRAWN: dict.fromkeys(sorted(OPEN), State.WITHDRAWN),
    What.EXTENSION_ASKED: _STAYS,
    What.EXTENSION_GIVEN: _STAYS,
    What.EXTENSION_REFUSED: _STAYS,
    What.CHASED: _STAYS,
}

_STANDS = {
    State.SUBMITTED: "It has been submitted already",
    State.NIL: "A nil answer has been given already",
    State.ACCEPTED: "It has been accepted already",
    State.WITHDRAWN: "The request has been withdrawn",
}


class NotNow(Exception):
    """The message says, in a sentence, how the request stands."""


def allows(what, before):
    return before in TRANSITIONS[What(what)]


def after(what, before):
    """The state that follows. Raises NotNow."""
    if not allows(what, before):
        raise NotNow(_STANDS.get(before, "Nothing has been submitted yet"))
    return State(TRANSITIONS[What(what)][before])
