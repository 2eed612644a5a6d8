import pytest

from reviews.requests.states import OPEN, TRANSITIONS, NotNow, State, What, after

# The states in words, told once more and on their own.
FOLLOWS = {
    (What.OPENED, "asked"): "opened",
    (What.BEGUN, "asked"): "in_progress",
    (What.BEGUN, "opened"): "in_progress",
    (What.SUBMITTED, "asked"): "submitted",
    (What.SUBMITTED, "opened"): "submitted",
    (What.SUBMITTED, "in_progress"): "submitted",
    (What.SUBMITTED, "returned"): "submitted",
    (What.SUBMITTED, "nil"): "submitted",
    (What.NIL, "asked"): "nil",
    (What.NIL, "opened"): "nil",
    (What.NIL, "in_progress"): "nil",
    (What.NIL, "returned"): "nil",
    (What.RETURNED, "submitted"): "returned",
    (What.RETURNED, "nil"): "returned",
    (What.RETURNED, "accepted"): "returned",
    (What.ACCEPTED, "submitted"): "accepted",
    (What.ACCEPTED, "nil"): "accepted",
    (What.WITHDRAWN, "asked"): "withdrawn",
    (What.WITHDRAWN, "opened"): "withdrawn",
    (What.WITHDRAWN, "in_progress"): "withdrawn",
    (What.WITHDRAWN, "returned"): "withdrawn",
}
STAYING = {
    What.READY,
    What.EXTENSION_ASKED,
    What.EXTENSION_GIVEN,
    What.EXTENSION_REFUSED,
    What.CHASED,
}


@pytest.mark.parametrize("what", [what for what in What if what != What.ASKED])
@pytest.mark.parametrize("before", State)
def test_what_follows(what, before):
    if what in STAYING:
        expected = before if before in OPEN else None
    else:
        expected = FOLLOWS.get((what, before))

    if expected is None:
        with pytest.raises(NotNow):
            after(what, before)
    else:
        assert after(what, before) == expected


def test_a_request_begins_once():
    assert after(What.ASKED, "") == State.ASKED
    with pytest.raises(NotNow):
        after(What.ASKED, State.ASKED)


def test_a_refusal_says_how_it_stands():
    with pytest.raises(NotNow, match="It has been accepted already"):
        after(What.EXTENSION_ASKED, State.ACCEPTED)
    with pytest.raises(NotNow, match="Nothing has been submitted yet"):
        after(What.ACCEPTED, State.OPENED)


def test_everything_that_happens_is_in_the_table():
    assert set(TRANSITIONS) == set(What)
