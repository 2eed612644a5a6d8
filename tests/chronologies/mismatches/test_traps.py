"""What looks like a mismatch and is none, and names by which an agency is known."""

import pytest

from agencies.services import add_alias, retire_duplicate, set_successor
from chronologies import services
from tests.chronologies.mismatches.telling import HOUSING, POLICE, SUPPORT, around
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory

pytestmark = pytest.mark.django_db

NOT_SENT = [
    "The officer did not refer MA 1 to Harbour and Wold Support.",
    "No referral was made to Harbour and Wold Support.",
    "MA 1 declined a referral to Harbour and Wold Support.",
    "MA 1 felt a referral to Harbour and Wold Support would be helpful.",
    "The officer considered whether to refer MA 1 to Harbour and Wold Support.",
    "MA 1 was supported by Harbour and Wold Support at the time.",
    "MA 1 did not want to involve Harbour and Wold Support.",
    "MA 1 should have been referred to Harbour and Wold Support.",
    "A joint visit with Harbour and Wold Support was arranged, then cancelled.",
]


@pytest.mark.parametrize("text", NOT_SENT)
def test_what_was_not_done_or_only_thought_of_is_no_contact(told, text):
    told(HOUSING, "12.03.2012", text)

    assert told.kinds() == []


def test_a_contact_that_both_sides_have_is_not_reported(told):
    told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")
    told(SUPPORT, "14.03.2012", "Referral received from Eastmoor Housing Services for MA 1.")

    assert told.kinds() == []


def test_a_persons_contact_with_the_agency_itself_is_its_own(told):
    told(POLICE, "12.03.2012", "MA 1 contacted Northfield Police and reported a theft.")

    assert told.kinds() == []


def test_a_team_of_the_same_agency_is_no_other_agency(told):
    told(
        HOUSING, "12.03.2012", "MA 1 was referred to another team within Eastmoor Housing Services."
    )

    assert told.kinds() == []


def test_one_receipt_answers_one_referral(told):
    told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")
    told(SUPPORT, "13.03.2012", "Eastmoor Housing Services referred MA 1.")
    second = told(SUPPORT, "30.03.2012", "Eastmoor Housing Services referred MA 1 a second time.")

    (found,) = told.found()

    assert (found.kind, found.entry_links.first().entry) == ("receipt-no-sending", second)


def test_a_month_widens_the_window(told):
    told(HOUSING, "March 2012", "MA 1 was referred to Harbour and Wold Support.")
    told(SUPPORT, "14.04.2012", "Eastmoor Housing Services referred MA 1.")

    assert told.kinds() == []


def test_a_referral_of_somebody_else_is_no_answer(told):
    told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.", ["MA 1"])
    told(SUPPORT, "13.03.2012", "Eastmoor Housing Services referred MA 2.", ["MA 2"])

    assert {missing for _, missing in told.kinds()} == {SUPPORT, HOUSING}


def test_an_alias_of_the_register_names_the_agency(told):
    add_alias(told.parts[SUPPORT].agency, name="The Lantern Project")
    told(HOUSING, "12.03.2012", "MA 1 was referred to the Lantern Project.")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]


@pytest.mark.parametrize("name", ["HWS", "H&WS"])
def test_initials_of_a_registered_name_do_too(told, name):
    told(HOUSING, "12.03.2012", f"MA 1 was referred to {name}.")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]


def test_a_code_that_an_entry_explains_names_it_everywhere(told):
    told(POLICE, "11.03.2011", "MA 1 was seen by Harbour and Wold Support [LIGHT].")
    told(HOUSING, "12.03.2012", "MA 1 was referred to LIGHT.")

    assert ("sent-no-receipt", SUPPORT) in told.kinds()


def test_a_post_that_only_one_agency_can_have_names_it(told):
    told(SUPPORT, "12.03.2012", "The worker telephoned the housing officer about MA 1.")
    told.refresh()

    assert [row.missing_from for row in told.rows()] == [told.parts[HOUSING]]


def test_a_post_that_two_agencies_may_have_names_neither(told):
    around(told, told.agency("Weston Housing Services").name)
    told(SUPPORT, "12.03.2012", "The worker telephoned the housing officer about MA 1.")

    assert told.kinds() == []


def test_the_body_that_came_before_names_its_successor(told):
    before = AgencyFactory(name="Old Quay Trust")
    set_successor(before, successor=told.parts[SUPPORT].agency, on=None, by=UserFactory())
    told(HOUSING, "12.03.2012", "MA 1 was referred to Old Quay Trust.")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]


def test_a_merged_agency_names_the_one_that_is_kept(told):
    twin = AgencyFactory(name="Beacon Outreach")
    retire_duplicate(twin, into=told.parts[SUPPORT].agency, by=UserFactory())
    told(HOUSING, "12.03.2012", "MA 1 was referred to Beacon Outreach.")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]


def test_a_withdrawn_entry_answers_nothing(told):
    told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")
    received = told(SUPPORT, "14.03.2012", "Eastmoor Housing Services referred MA 1.")
    assert told.kinds() == []

    services.withdraw_entry(received, by=UserFactory(), reason="Entered twice")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]


def test_several_without_an_entry_are_one_finding(told):
    told(
        SUPPORT,
        "12.03.2012",
        "Information requested from Northfield Police and Eastmoor Housing Services.",
    )

    (found,) = told.found()

    assert "No matching entry supplied by" in found.explanation
    assert {part.participation.agency.name for part in found.parts.all()} == {
        POLICE,
        HOUSING,
        SUPPORT,
    }
