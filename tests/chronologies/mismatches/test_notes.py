"""An agency's report against its own chronology, both ways."""

import pytest

from chronologies.mismatches.finding.case import Account, Body, Case, Note, Sitting, Survey
from chronologies.mismatches.finding.engine import Engine
from foundations.dates import parse


def account(pk, on, text):
    value = parse(on).value
    start, end = value.earliest.toordinal(), value.latest.toordinal()
    date = (value.earliest, value.latest, value.text, value.precision, value.circa, value.base)
    return Account(
        pk, 1, start, end, date, pk, ("MA 1",), text, words=frozenset(text.lower().split())
    )


def found(accounts, text):
    days = [a.start for a in accounts]
    case = Case(
        bodies=(Body(1, "Eastmoor Housing Services"), Body(2, "Harbour and Wold Support")),
        accounts=accounts,
        persons=("MA 1",),
        notes=(Note(7, 1, "4 Involvement", text),),
        survey=Survey(entries=len(accounts), spans={1: (min(days), max(days))}),
    )
    return [each for each in Engine(case).find() if each.kind.endswith(("chronology", "imr"))]


ROWS = [account(1, "02.01.2012", "Rent letter sent."), account(2, "20.12.2012", "Gas check done.")]


def test_what_a_report_dates_and_the_chronology_lacks():
    (one,) = found(
        ROWS,
        "On 14 June 2012 an officer visited MA 1. On 2 January 2012 a letter was sent to MA 1.",
    )

    assert (one.kind, one.passages, one.bodies) == ("imr-not-in-chronology", (7,), (1,))
    assert "14 June 2012" in one.explanation


def test_a_date_of_policy_is_no_event():
    assert found(ROWS, "The allocations policy was approved on 14 June 2012.") == []


def test_what_the_chronology_has_and_the_report_passes_over():
    rows = [*ROWS, account(3, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")]

    (one,) = found(rows, "On 2 January 2012 and on 20 December 2012 MA 1 was written to.")

    assert (one.kind, one.entries) == ("chronology-not-in-imr", (3,))


def test_what_both_have_is_not_reported():
    rows = [*ROWS, account(3, "12.03.2012", "MA 1 was referred to Harbour and Wold Support.")]

    assert (
        found(
            rows, "From 2 January 2012 to 20 December 2012. On 12 March 2012 MA 1 was referred on."
        )
        == []
    )


@pytest.mark.parametrize("text", ["", "MA 1 was known to the service."])
def test_a_report_without_dates_says_nothing_of_days(text):
    assert found(ROWS, text) == []


# --- Minutes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "kinds"), [({2}, ["attended-not-recorded"]), ({1, 2}, []), (set(), [])]
)
def test_minutes_that_do_not_list_who_says_they_were_there(present, kinds):
    rows = [*ROWS, account(3, "12.03.2012", "The manager attended the planning meeting.")]
    case = Case(
        bodies=(Body(1, "Eastmoor Housing Services"), Body(2, "Harbour and Wold Support")),
        accounts=rows,
        sittings=(Sitting(9, rows[2].start, frozenset(present)),),
        survey=Survey(entries=3),
    )

    assert [each.kind for each in Engine(case).find()] == kinds
