"""What the four papers say, and as of which day."""

import uuid
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from actionplans.models import Status
from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.making import make
from actionplans.progress.deciding import decide
from actionplans.progress.models import Answer
from actionplans.progress.services import report
from actionplans.progress.settling import settle
from actionplans.seeing.listing import Seen
from foundations.dates import parse
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def at(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.fixture
def clock(time_machine):
    """Says when what is written next is written."""

    def moved_to(day):
        time_machine.move_to(at(day), tick=False)

    moved_to(date(2026, 1, 5))
    return moved_to


@pytest.fixture
def plan(clock):
    """A recommendation of January, led by one agency."""
    review = ReviewFactory()
    part = ParticipationFactory(review=review, agency__name="Northbank Police")
    one = RecommendationFactory(
        review=review, number="4", text="Train every officer", due="March 2026"
    )
    RecommendationLeadFactory(recommendation=one, participation=part)
    one.agency = part
    return one


def tell(one, words, *, answer=Answer.ON_TRACK, by=None, **more):
    row = one.rows.live().get()
    return report(
        row,
        answer=answer,
        words=words,
        by=by,
        key=uuid.uuid4(),
        seen=row.told_at,
        participation=one.agency,
        on=timezone.localdate(),
        **more,
    )


def paper_of(one, kind, *, as_of=TODAY, layout=Layout.SEVEN, last=None):
    return make(
        [one.review], above="A partnership", kind=kind, layout=layout, as_of=as_of, last=last
    )


def cells_of(paper, table=0, line=0):
    return [
        "\n".join(words.text for words in cell) for cell in paper.tables[table].lines[line].cells
    ]


# --- The progress statement ---------------------------------------------------------------------


def test_a_statement_has_decision_updates_officer_and_date(plan, clock):
    plan.lead_as_written = "Superintendent, Public Protection"
    plan.save()
    UpdateFactory(
        recommendation=plan,
        label="August 2015:",
        text="A course exists.",
        date=parse("August 2015").value,
    )
    decide(
        plan,
        answer="accepted",
        rationale="It can be done.",
        body="Cabinet",
        post="Member",
        decided_on=parse("2 January 2026").value,
        by=None,
        key=uuid.uuid4(),
    )
    clock(date(2026, 2, 10))
    tell(plan, "The course was held twice")

    cells = cells_of(paper_of(plan, Kind.STATEMENT))

    assert cells[:3] == ["4", "Train every officer", "Accepted"]
    assert cells[3].split("\n") == [
        "Cabinet: It can be done.",
        "August 2015: A course exists.",
        "February 2026: The course was held twice.",
    ]
    assert cells[4] == "Superintendent, Public Protection"
    assert cells[5].split("\n") == ["March 2026", "On track"]


def test_a_paper_knows_nothing_of_a_later_day(plan, clock):
    clock(date(2026, 2, 10))
    tell(plan, "The course was held")
    clock(date(2026, 3, 1))
    tell(
        plan,
        "The trainer left",
        answer=Answer.SLIPPED,
        new_target=parse("September 2026").value,
        why_moved="No trainer",
    )
    decide(
        plan,
        answer="rejected",
        rationale="Too dear",
        body="Cabinet",
        post="Member",
        decided_on=parse("1 March 2026").value,
        by=None,
        key=uuid.uuid4(),
    )

    before = cells_of(paper_of(plan, Kind.STATEMENT, as_of=date(2026, 2, 28)))
    after = cells_of(paper_of(plan, Kind.STATEMENT))

    assert before[2:] == [
        "",
        "February 2026: The course was held.",
        "Northbank Police",
        "March 2026\nOn track",
    ]
    assert after[2] == "Rejected"
    assert after[3].endswith(
        "March 2026: Slipped. The trainer left. Date moved from March 2026 to September 2026:"
        " No trainer."
    )
    assert after[5] == "September 2026\nSlipped\nmoved once, at first March 2026"


def test_what_is_accepted_later_was_only_reported_before(plan, clock):
    coordinator = with_role(Role.COORDINATOR, plan.review)
    clock(date(2026, 2, 10))
    note = tell(plan, "All trained", answer=Answer.REPORTED, evidence="The register")
    clock(date(2026, 3, 3))
    settle(note, is_accepted=True, by=coordinator, on=date(2026, 3, 3))

    before = cells_of(paper_of(plan, Kind.STATEMENT, as_of=date(2026, 2, 28)))
    after = cells_of(paper_of(plan, Kind.STATEMENT))

    assert before[5] == "March 2026\nReported done, not accepted yet"
    assert before[3] == "February 2026: Reported done. All trained. Shown by: The register."
    assert after[5] == "March 2026\nDone, accepted 3 March 2026"
    assert after[3].endswith("March 2026: Accepted as done.")


def test_a_recommendation_of_a_later_day_is_not_in_it(plan):
    paper = paper_of(plan, Kind.STATEMENT, as_of=date(2026, 1, 4))

    assert paper.tables[0].lines == ()


def test_a_recommendation_withdrawn_since_is_still_in_it(plan, clock):
    plan.withdrawn_at = at(date(2026, 6, 1))
    plan.save()

    assert len(paper_of(plan, Kind.STATEMENT, as_of=date(2026, 5, 31)).tables[0].lines) == 1
    assert paper_of(plan, Kind.STATEMENT).tables[0].lines == ()


def test_drafts_are_in_no_paper(plan):
    plan.is_draft = True
    plan.save()

    assert paper_of(plan, Kind.STATEMENT).tables[0].lines == ()


def test_two_agencies_are_told_apart_in_the_updates(plan, clock):
    other = ParticipationFactory(review=plan.review, agency__name="Northbank Housing")
    first = ActionFactory(recommendation=plan, number="1", text="Write", lead=plan.agency)
    second = ActionFactory(recommendation=plan, number="2", text="Teach", lead=other)
    clock(date(2026, 2, 10))
    for action, part, words in ((first, plan.agency, "Written"), (second, other, "Taught")):
        report(
            action.row,
            answer=Answer.ON_TRACK,
            words=words,
            by=None,
            key=uuid.uuid4(),
            seen=None,
            participation=part,
            on=date(2026, 2, 10),
        )

    cells = cells_of(paper_of(plan, Kind.STATEMENT))

    assert cells[3].split("\n") == [
        "February 2026: 4.1: Northbank Police. Written.",
        "February 2026: 4.2: Northbank Housing. Taught.",
    ]


def test_what_became_of_one_of_several_actions_stands_under_its_number(plan, clock):
    coordinator = with_role(Role.COORDINATOR, plan.review)
    ActionFactory(recommendation=plan, number="1", text="Write")
    row = ActionFactory(recommendation=plan, number="2", text="Teach").row
    clock(date(2026, 2, 10))
    note = report(
        row,
        answer=Answer.REPORTED,
        words="Taught",
        evidence="The register",
        by=None,
        key=uuid.uuid4(),
        seen=None,
        participation=plan.agency,
        on=date(2026, 2, 10),
    )
    settle(note, is_accepted=True, by=coordinator, on=date(2026, 2, 10))

    assert cells_of(paper_of(plan, Kind.STATEMENT))[3].split("\n") == [
        "February 2026: 4.2: Reported done. Taught. Shown by: The register.",
        "February 2026: 4.2: Accepted as done.",
    ]


def test_a_reason_that_says_the_opposite_is_named_beside_the_decision(plan):
    decide(
        plan,
        answer="accepted",
        rationale="We are unable to accept this at this time",
        body="Cabinet",
        post="Member",
        decided_on=parse("2 January 2026").value,
        by=None,
        key=uuid.uuid4(),
    )

    assert cells_of(paper_of(plan, Kind.STATEMENT))[2] == (
        "Accepted\nThe decision is “Accepted”, but its reason says “unable to accept”."
    )


def test_a_plan_that_contradicts_its_own_decision_is_named_beside_it(plan):
    said = "The decision is “Accept”, but the response says “unable to accept”."
    plan.decision, plan.decision_as_written = "accepted", "Accept"
    plan.flags = [{"kind": "decision contradicted", "column": "decision", "message": said}]
    plan.save()

    assert cells_of(paper_of(plan, Kind.STATEMENT))[2] == f"Accept\n{said}"


def test_what_a_plan_only_claims_is_named_above_the_table(plan):
    plan.claimed_status, plan.status_as_written = "completed", "Completed"
    plan.save()

    paper = paper_of(plan, Kind.PLAN)

    assert paper.notes == (
        "Claimed as completed by the plan, and not confirmed by anybody yet: 4.",
    )


# --- The statutory tables ------------------------------------------------------------------------


def test_the_seven_columns(plan):
    plan.scope, plan.outcome = "Local", "Ninety officers trained"
    plan.save()
    ActionFactory(recommendation=plan, number="", text="Write the course")
    ActionFactory(recommendation=plan, number="", text="Hold the course")
    MilestoneFactory(recommendation=plan, number="", text="Course agreed")

    paper = paper_of(plan, Kind.PLAN)

    assert [column.heading for column in paper.tables[0].columns] == [
        "Recommendation",
        "Scope of recommendation (i.e. local or regional)",
        "Action to take",
        "Lead agency",
        "Key milestones achieved in enacting recommendation",
        "Target date",
        "Date of completion and outcome",
    ]
    assert cells_of(paper) == [
        "4: Train every officer",
        "Local",
        "Write the course\nHold the course",
        "Northbank Police",
        "Course agreed",
        "March 2026",
        "Ninety officers trained",
    ]


def test_the_five_columns_stand_under_the_agencies(plan):
    paper = paper_of(plan, Kind.PLAN, layout=Layout.FIVE)

    assert [column.heading for column in paper.tables[0].columns] == [
        "Recommendation",
        "Lead agency",
        "Action(s) to take",
        "Key milestone",
        "Target date",
    ]
    assert paper.tables[0].lines[0].banner == "Northbank Police"
    assert cells_of(paper, line=1)[0] == "4: Train every officer"


# --- The exceptions report -----------------------------------------------------------------------


def found_in(paper):
    return {
        table.heading.rpartition(" (")[0]: [line.number for line in table.lines]
        for table in paper.tables
        if table.lines
    }


def test_what_is_late_silent_and_without_a_date(plan):
    RecommendationFactory(review=plan.review, number="5")

    assert found_in(paper_of(plan, Kind.EXCEPTIONS)) == {
        "Overdue": ["4"],
        "Silent": ["4", "5"],
        "No lead agency": ["5"],
        "No date": ["5"],
    }


def test_a_row_without_a_date_is_never_overdue(plan):
    RecommendationFactory(review=plan.review, number="5")

    paper = paper_of(plan, Kind.EXCEPTIONS, as_of=date(2030, 1, 1))

    assert found_in(paper)["Overdue"] == ["4"]


def test_what_is_new_in_the_plan_is_not_silent_yet(plan):
    young = paper_of(plan, Kind.EXCEPTIONS, as_of=date(2026, 2, 4))
    old = paper_of(plan, Kind.EXCEPTIONS, as_of=date(2026, 2, 6))

    assert ("Silent" in found_in(young), "Silent" in found_in(old)) == (False, True)
    assert old.tables[1].lines[0].cells[4][0].text == (
        "Nothing reported since it is followed, 5 January 2026"
    )


def test_an_action_alone_does_not_show_that_it_was_done(plan):
    plan.claimed_status = "completed"
    plan.save()
    ActionFactory(recommendation=plan, number="", text="Write the course")

    (line,) = paper_of(plan, Kind.EXCEPTIONS).tables[3].lines

    assert line.cells[4][0].text == (
        "The plan says completed, and gives no milestone, update, outcome or evidence"
    )


@pytest.mark.parametrize(("day", "silent"), [(5, 0), (6, 4)])
def test_a_paper_of_today_and_the_dashboard_mean_the_same(day, silent, plan, clock):
    """One row of each kind, on the day when some have been silent for as long as may be, and after."""
    coordinator = with_role(Role.COORDINATOR, plan.review)
    claims = ("completed", "superseded", "on track")
    ones = [
        RecommendationFactory(review=plan.review, claimed_status=claim, due=due)
        for claim in ("", *claims)
        for due in ("March 2025", "March 2027", "")
    ]
    for one in ones:
        one.agency = None
    clock(date(2026, 2, 5))
    tell(ones[0], "All trained", answer=Answer.REPORTED, evidence="The register")
    tell(ones[1], "The course was held")
    settle(
        tell(ones[2], "All trained", answer=Answer.REPORTED, evidence="The register"),
        is_accepted=True,
        by=coordinator,
        on=date(2026, 2, 5),
    )
    clock(date(2026, 2, day))
    seen = Seen(coordinator, on=timezone.localdate(), now=timezone.now())

    paper = make(
        [plan.review],
        above="",
        kind=Kind.EXCEPTIONS,
        layout="",
        as_of=timezone.localdate(),
        user=coordinator,
    )

    tables = {table.heading.rpartition(" (")[0]: table for table in paper.tables}
    for heading, asked in (
        ("Overdue", {"due": "overdue"}),
        ("Silent", {"silent": "on"}),
        ("Claimed, nothing shows it", {"standing": "claimed"}),
    ):
        listed = {row.recommendation_id for row in seen.chosen(asked)}
        assert {line.recommendation for line in tables[heading].lines} == listed, heading
    assert (len(tables["Overdue"].lines), len(tables["Silent"].lines)) == (2, silent)


def test_slipped_and_moved_twice(plan, clock):
    for month, target in ((2, "June 2026"), (6, "January 2027")):
        clock(date(2026, month, 1))
        tell(
            plan,
            "Later",
            answer=Answer.SLIPPED,
            new_target=parse(target).value,
            why_moved="No trainer",
        )

    paper = paper_of(plan, Kind.EXCEPTIONS, as_of=date(2026, 6, 30))

    assert found_in(paper) == {"Slipped or at risk": ["4"], "Date moved more than once": ["4"]}
    (line,) = paper.tables[6].lines
    assert line.cells[4][0].text == "Moved 2 times, at first March 2026; now January 2027"


def test_a_claim_that_nothing_shows_is_not_called_late(plan):
    plan.claimed_status = "completed"
    plan.save()

    paper = paper_of(plan, Kind.EXCEPTIONS)

    assert found_in(paper) == {"Claimed, nothing shows it": ["4"]}


def test_what_is_done_is_no_exception(plan, clock):
    clock(date(2026, 2, 10))
    note = tell(plan, "All trained", answer=Answer.REPORTED, evidence="The register")
    settle(
        note,
        is_accepted=True,
        by=with_role(Role.COORDINATOR, plan.review),
        on=date(2026, 2, 10),
    )

    assert found_in(paper_of(plan, Kind.EXCEPTIONS)) == {}


def test_a_date_that_counts_from_the_publication_is_late_by_the_day_it_means(plan):
    one = RecommendationFactory(review=plan.review, number="5", due="3 months after publication")
    one.rows.update(due=date(2026, 11, 10))

    paper = paper_of(plan, Kind.EXCEPTIONS)

    found = found_in(paper)
    assert (found["Overdue"], "No date" in found) == (["4", "5"], False)
    assert paper.tables[0].lines[1].cells[4][0].text == "Due by 10 November 2026: 10 days late"


# --- The summary ---------------------------------------------------------------------------------


def test_the_summary_counts_by_agency_and_says_what_changed(plan, clock):
    other = RecommendationFactory(review=plan.review, number="5")
    clock(date(2026, 10, 1))
    RecommendationFactory(review=plan.review, number="6")
    tell(plan, "All trained", answer=Answer.REPORTED, evidence="The register")

    paper = paper_of(plan, Kind.SUMMARY)

    by_agency, changed = paper.tables
    assert cells_of(paper) == ["All recommendations", "3", "0", "1", "2", "1", "0"]
    assert [line.cells[0][0].text for line in by_agency.lines] == [
        "All recommendations",
        "No agency named",
        "Northbank Police",
    ]
    counts = {line.cells[0][0].text: line.cells[1][0].text for line in changed.lines}
    assert changed.heading == "What changed since 21 August 2026"
    assert counts["New in the plan"] == "1"
    assert counts["Reported done, waiting for an answer"] == "1"
    assert counts["With a new update"] == "1"
    assert counts["Accepted as done"] == "0"
    assert other.status == Status.UNCONFIRMED


def test_the_summary_says_that_what_several_lead_counts_with_each_of_them(plan):
    assert paper_of(plan, Kind.SUMMARY).notes == ()
    joint = RecommendationFactory(review=plan.review, number="5")
    joint.leads.set(ParticipationFactory.create_batch(2, review=plan.review))

    paper = paper_of(plan, Kind.SUMMARY)

    assert paper.notes == (
        "1 of the recommendations is led by several agencies together, and counts with each of them.",
    )
    assert [line.cells[1][0].text for line in paper.tables[0].lines] == ["2", "1", "1", "1"]


def test_what_happened_to_something_new_in_the_plan_is_counted_too(plan, clock):
    clock(date(2026, 2, 10))
    tell(
        plan,
        "The trainer left",
        answer=Answer.SLIPPED,
        new_target=parse("4 March 2026").value,
        why_moved="No trainer",
    )
    decide(
        plan,
        answer="accepted",
        rationale="It can be done",
        body="Cabinet",
        post="Member",
        decided_on=parse("10 February 2026").value,
        by=None,
        key=uuid.uuid4(),
    )

    changed = paper_of(plan, Kind.SUMMARY, as_of=date(2026, 3, 6)).tables[1]

    assert {line.cells[0][0].text: line.cells[1][0].text for line in changed.lines} == {
        "New in the plan": "1",
        "Accepted as done": "0",
        "Reported done, waiting for an answer": "0",
        "Became overdue": "1",
        "Dates moved": "1",
        "Decisions given or changed": "1",
        "With a new update": "1",
    }


def test_a_paper_asks_the_same_number_of_questions_for_any_length(
    plan, django_assert_max_num_queries
):
    for number in range(12):
        one = RecommendationFactory(review=plan.review, number=str(100 + number))
        ActionFactory(recommendation=one)
        UpdateFactory(recommendation=one)

    with django_assert_max_num_queries(16):
        paper_of(plan, Kind.STATEMENT)
