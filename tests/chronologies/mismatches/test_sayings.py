"""Which sentence of an entry tells of a thing, whose it is, and of which day."""

import pytest

from tests.chronologies.mismatches.telling import HOUSING, POLICE, SUPPORT, entries_of

pytestmark = pytest.mark.django_db
BOTH = ["MA 1", "MA 2"]


def test_of_several_answers_the_one_of_the_other_agency_is_quoted(told):
    told.agency("Weston Clinic")
    told(
        HOUSING,
        "12.03.2012",
        "The officer rang Weston Clinic, who said there was nothing that could be done. "
        "A similar response was received following a referral to Harbour and Wold Support.",
    )
    told(
        SUPPORT,
        "14.03.2012",
        "Eastmoor Housing Services referred MA 1. He was offered an appointment.",
    )

    (differing,) = [each for each in told.found() if each.kind == "differing-content"]

    assert "A similar response was received" in differing.explanation
    assert "nothing that could be done" not in differing.explanation


def test_what_somebody_wished_for_is_not_how_it_ended(told):
    told(
        POLICE,
        "12.03.2012",
        "MA 2 was arrested for assault despite MA 1's wish for no further action.",
        BOTH,
        action="MA 2 was cautioned.",
    )
    told(SUPPORT, "16.03.2012", "MA 1 said MA 2 was arrested, but not charged with assault.", BOTH)

    assert told.kinds() == []

    told(
        SUPPORT,
        "17.03.2012",
        "MA 1 said MA 2 was arrested for assault, but he was not pressing charges.",
        BOTH,
    )
    (found,) = told.found()

    assert "“MA 2 was cautioned”" in found.explanation
    assert "wish" not in found.explanation


@pytest.mark.parametrize(
    "text",
    [
        "MA 1 attended for an assessment, having been prompted by Eastmoor Housing Services.",
        "MA 1 came in, encouraged by Eastmoor Housing Services.",
        "MA 1 was advised by Eastmoor Housing Services to attend the drop-in.",
    ],
)
def test_whoever_moves_a_person_to_come_is_not_in_touch_with_where_he_comes(told, text):
    told(SUPPORT, "12.03.2012", text)

    assert told.kinds() == []


SEEN = "MA 1 was seen at the door. "


@pytest.mark.parametrize("word", ["Thereafter", "Subsequently", "Some time later"])
def test_a_step_told_as_later_is_received_long_after(told, word):
    told(
        HOUSING,
        "12.03.2012",
        f"{SEEN}{word} MA 1 moved. A referral was faxed to Harbour and Wold Support.",
    )
    told(SUPPORT, "20.05.2012", "Eastmoor Housing Services referred MA 1.")

    assert told.kinds() == []


@pytest.mark.parametrize("on", ["20.05.2012", "20.01.2012"])
def test_a_step_of_the_same_day_or_one_received_before_is_not_excused(told, on):
    later = "Later that day" if on == "20.05.2012" else "Thereafter"
    told(HOUSING, "12.03.2012", f"{SEEN}{later} MA 1 was referred to Harbour and Wold Support.")
    told(SUPPORT, on, "Eastmoor Housing Services referred MA 1.")

    assert told.kinds() != []


def test_a_near_entry_about_something_else_is_no_hint(told):
    told(SUPPORT, "12.03.2012", "MA 1 was referred to Eastmoor Housing Services.", BOTH)
    told(HOUSING, "20.05.2012", "Boiler serviced, tenant was out.", ["MA 2"])

    (found,) = told.found()

    assert len(entries_of(found)) == 1
    assert "The nearest of" not in found.explanation


def test_a_quotation_goes_on_after_a_colon(told):
    told(
        SUPPORT,
        "12.03.2012",
        "A referral for MA 1 was received from Eastmoor Housing Services:\nThe door was kicked in.",
    )

    (found,) = told.found()

    assert "Eastmoor Housing Services: The door was kicked in" in found.explanation


def test_what_they_agreed_to_do_is_not_the_agencys_to_do(told):
    told(
        SUPPORT,
        "12.03.2012",
        "MA 1 and MA 2 came in.",
        BOTH,
        action="They agreed to report the burglary to Northfield Police.",
    )

    (found,) = told.found()

    assert found.kind == "promised-not-done"
    assert "something to be done (12 March 2012)" in found.explanation


def test_word_that_comes_back_shows_that_it_was_done(told):
    told(
        SUPPORT,
        "12.03.2012",
        "MA 1 agreed to report the burglary to Northfield Police.",
    )
    told(
        SUPPORT,
        "26.03.2012",
        "An update was received from Northfield Police that the burglary was closed.",
    )

    assert "promised-not-done" not in {kind for kind, _ in told.kinds()}


def test_an_action_for_all_agencies_is_not_one_agencys(told):
    told(
        SUPPORT,
        "12.03.2012",
        "Two actions arose:\n1. Fit a panic alarm at the flat\n2. Flag the file",
        action="Action 1 has a target date of 02.04.2012.\n"
        "Action 2 was for all agencies to complete by 02.04.2012.",
    )

    (found,) = told.found()

    assert "And by all agencies: “2. Flag the file”" in found.explanation


def test_a_mark_of_quotation_is_kept_with_its_other(told):
    told(
        SUPPORT,
        "12.03.2012",
        "A referral was received from Eastmoor Housing Services as MA 1 was “not bothered”.",
    )

    (found,) = told.found()

    assert 'was "not bothered"' in found.explanation
