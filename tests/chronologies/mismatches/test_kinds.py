"""One scenario for each kind of mismatch that the finder names."""

import pytest

from tests.chronologies.mismatches.telling import HOUSING, POLICE, SUPPORT, entries_of

pytestmark = pytest.mark.django_db


def test_a_referral_that_nobody_received(told):
    sent = told(HOUSING, "12.03.2012", "The officer referred MA 1 to Harbour and Wold Support.")

    (found,) = told.found()

    assert (found.kind, found.missing_from.agency.name) == ("sent-no-receipt", SUPPORT)
    assert entries_of(found) == [sent]
    assert {part.participation.agency.name for part in found.parts.all()} == {HOUSING, SUPPORT}
    assert found.date == sent.date
    assert found.explanation == (
        "Eastmoor Housing Services records contact made with Harbour and Wold Support (12 March 2012): "
        "“The officer referred MA 1 to Harbour and Wold Support”. "
        "No matching entry supplied by Harbour and Wold Support."
    )


def test_a_receipt_of_what_nobody_sent(told):
    told(SUPPORT, "12.03.2012", "A referral for MA 1 was received from Northfield Police.")

    assert told.kinds() == [("receipt-no-sending", POLICE)]


def test_one_contact_of_which_two_accounts_differ(told):
    one = told(
        POLICE,
        "12.03.2012",
        "MA 2 said MA 1 had threatened him. Referred to Harbour and Wold Support.",
    )
    other = told(
        SUPPORT, "13.03.2012", "Northfield Police referred MA 1 and said there were no threats."
    )

    (found,) = told.found()

    assert (found.kind, found.missing_from, found.confidence) == ("differing-content", None, "high")
    assert set(entries_of(found)) == {one, other}
    assert "no threats" in found.explanation
    assert "had threatened him" in found.explanation


def test_an_event_that_a_text_dates_otherwise(told):
    event = told(POLICE, "03.02.1999", "MA 2 stabbed MA 1 in the arm.", persons=["MA 1", "MA 2"])
    account = told(
        SUPPORT,
        "12.03.2012",
        "MA 1 disclosed that he was stabbed by MA 2 in 2004.",
        ["MA 1", "MA 2"],
    )

    (found,) = told.found()

    assert (found.kind, entries_of(found)) == ("differing-date", [account, event])
    assert "gives the event as 2004" in found.explanation


def test_an_old_event_told_again_as_if_it_were_new(told):
    event = told(
        POLICE,
        "03.02.2010",
        "MA 2 scalded MA 1 with boiling water from a kettle.",
        ["MA 1", "MA 2"],
    )
    again = told(
        SUPPORT,
        "12.03.2012",
        "MA 1 told the worker that MA 2 had scalded him with a kettle.",
        ["MA 1", "MA 2"],
    )

    (found,) = told.found()

    assert (found.kind, entries_of(found)) == ("differing-date", [event, again])


def test_one_referral_under_two_dates(told):
    sent = told(HOUSING, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")
    came = told(SUPPORT, "20.05.2012", "Eastmoor Housing Services referred MA 1.")

    (found,) = told.found()

    assert (found.kind, found.also_kinds) == ("differing-date", ["sent-no-receipt"])
    assert entries_of(found) == [sent, came]


def test_a_promise_of_which_nothing_more_is_heard(told):
    told(HOUSING, "12.03.2012", "The officer agreed to send MA 1 a mutual exchange application.")

    assert told.kinds() == [("promised-not-done", HOUSING)]


def test_a_promise_that_was_kept(told):
    told(HOUSING, "12.03.2012", "The officer agreed to send MA 1 a mutual exchange application.")
    told(HOUSING, "19.03.2012", "Mutual exchange application sent to MA 1.")

    assert told.kinds() == []


def test_what_another_agency_was_asked_to_do(told):
    told(
        POLICE,
        "12.03.2012",
        "The sergeant asked Eastmoor Housing Services to change the locks and visit MA 1.",
    )

    (found,) = told.found()

    assert (found.kind, found.also_kinds) == ("sent-no-receipt", ["promised-not-done"])


def test_numbered_actions_with_a_day_to_finish_by(told):
    told(
        SUPPORT,
        "12.03.2012",
        "Two actions arose from the conference:\n1. Fit a panic alarm at the flat\n2. Flag the file",
        action="Action 1 has a target date of 02.04.2012.\nAction 2 is shown as complete.",
    )

    (found,) = told.found()

    assert found.kind == "promised-not-done"
    assert "panic alarm" in found.explanation
    assert "Flag the file" not in found.explanation


def test_a_joint_visit_that_one_side_does_not_record(told):
    told(SUPPORT, "12.03.2012", "Joint visit with Eastmoor Housing Services to MA 1.")

    assert told.kinds() == [("attended-not-recorded", HOUSING)]


def test_who_is_said_to_have_come_and_does_not_record_it(told):
    told(HOUSING, "12.03.2012", "MA 1 had smashed the window. Northfield Police attended.")
    told(
        HOUSING,
        "14.03.2012",
        "MA 1 reported a broken lock. Northfield Police attended and spoke to him.",
    )

    assert {kind for kind, _ in told.kinds()} <= {"attended-not-recorded"}


def test_the_same_injury_put_down_to_two_things(told):
    told(
        POLICE,
        "12.03.2012",
        "MA 2 had hit MA 1 with a bottle. Two fingers fractured.",
        ["MA 1", "MA 2"],
    )
    told(
        SUPPORT,
        "13.03.2012",
        "Two fractured fingers. MA 1 said he fell and fractured his fingers.",
        ["MA 1"],
    )

    (found,) = told.found()

    assert found.kind == "differing-content"
    assert "how it came about" in found.explanation


def test_two_ends_of_one_matter_for_the_police(told):
    told(
        POLICE,
        "12.03.2012",
        "MA 2 was arrested for assault on MA 1 and cautioned.",
        ["MA 1", "MA 2"],
    )
    told(
        SUPPORT,
        "16.03.2012",
        "MA 1 said MA 2 was arrested, but he was not pressing charges.",
        ["MA 1", "MA 2"],
    )

    (found,) = told.found()

    assert "how it ended" in found.explanation


def test_two_grades_of_one_risk(told):
    told(POLICE, "12.03.2012", "MA 2 presented a medium risk of harm to MA 1.", ["MA 1", "MA 2"])
    told(
        SUPPORT,
        "20.03.2012",
        "A DASH showed MA 1 was at high risk of harm from MA 2.",
        ["MA 1", "MA 2"],
    )

    (found,) = told.found()

    assert "the level of risk" in found.explanation


def test_the_risk_that_each_poses_to_the_other_is_not_compared(told):
    told(POLICE, "12.03.2012", "MA 2 presented a medium risk of harm to MA 1.", ["MA 1", "MA 2"])
    told(SUPPORT, "20.03.2012", "MA 1 presented a high risk of harm to MA 2.", ["MA 1", "MA 2"])

    assert told.kinds() == []


def test_why_an_agency_stopped(told):
    told(
        HOUSING,
        "12.03.2012",
        "Noted that Harbour and Wold Support closed the case because MA 1 went back to MA 2.",
    )
    told(
        SUPPORT,
        "14.03.2012",
        "Case was closed because three visits were cancelled by the landlord.",
    )

    assert "why it stopped" in told.found()[0].explanation


def test_what_was_known_before(told):
    told(POLICE, "12.03.2011", "MA 1 was suicidal and had taken an overdose.")
    told(
        SUPPORT,
        "12.03.2012",
        "The form notes no previous mental health issues such as being suicidal.",
    )

    assert "what was known before" in told.found()[0].explanation


def test_contact_between_two_others_of_which_neither_has_an_entry(told):
    told(
        POLICE,
        "12.03.2012",
        "We understand Eastmoor Housing Services was referring MA 1 to Harbour and Wold Support.",
    )

    (found,) = told.found()

    assert found.kind == "sent-no-receipt"
    assert {part.participation.agency.name for part in found.parts.all()} == {
        POLICE,
        HOUSING,
        SUPPORT,
    }


def test_what_is_said_outright_not_to_have_come(told):
    told(SUPPORT, "12.03.2012", "The letter from Northfield Police had not arrived.")

    assert told.kinds() == [("sent-no-receipt", SUPPORT)]
