import datetime as dt
import uuid

import pytest

from actionplans.models import Status
from actionplans.progress.models import Answer
from actionplans.progress.services import report
from actionplans.sheet.comparing import compare
from actionplans.sheet.models import Keep, Kind
from actionplans.sheet.reading import read_pasted, read_workbook
from actionplans.sheet.standing import Plan
from chronologies.marking.models import Theme
from reviews.rules import Role
from tests.actionplans.sheet.sheets import Edited, pasted
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    ActionFactory,
    PlanImportFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db
AHEAD = dt.date(2030, 3, 31)


@pytest.fixture
def whole():
    """A recommendation that is followed as it is."""
    link = RecommendationLeadFactory(
        recommendation__due="March 2027", recommendation__number="3", recommendation__position=1
    )
    return link.recommendation


@pytest.fixture
def action(whole):
    """The one action of another recommendation of the same plan."""
    one = RecommendationFactory(review=whole.review, number="4", position=2, due="May 2027")
    return ActionFactory(recommendation=one, number="4.1", text="Write a course")


@pytest.fixture
def coordinator(whole):
    return with_role(Role.COORDINATOR, whole.review)


@pytest.fixture
def edited(whole, action, coordinator):
    """Row 2 is the recommendation, row 3 the action."""
    return Edited(whole.review, coordinator)


def lines_of(edited, whole, coordinator, **more):
    returned = read_workbook(edited.content(), "plan.xlsx")
    more = {"by_number": False, "taken": returned.taken} | more
    return compare(Plan(whole.review, coordinator), returned.rows, **more)


@pytest.fixture
def compared(edited, whole, coordinator):
    def run(**more):
        return lines_of(edited, whole, coordinator, **more)

    return run


def problems(lines):
    return [(line.at, one.column, one.message) for line in lines for one in line.problems]


def paste(whole, coordinator, headings, *rows):
    returned = read_pasted(pasted(headings, *rows))
    return compare(Plan(whole.review, coordinator), returned.rows, by_number=True)


# --- What changes -------------------------------------------------------------------------------


def test_a_sheet_that_nobody_touched_changes_nothing(compared):
    assert [line.kind for line in compared()] == [Kind.UNCHANGED, Kind.UNCHANGED]


def test_a_changed_cell_is_shown_before_and_after(edited, compared):
    edited.put(3, "Action", "Write and teach a course")

    first, second = compared()

    assert (first.kind, second.kind) == (Kind.UNCHANGED, Kind.CHANGED)
    assert second.changes == [("Action", "Write a course", "Write and teach a course")]


def test_another_lead_is_found_by_any_of_its_names(edited, compared, whole):
    part = ParticipationFactory(
        review=whole.review, agency__name="Northbank Council", agency__short_name="NBC"
    )
    edited.put(3, "Lead agency", "NBC")

    line = compared()[1]

    assert line.changes == [("Lead agency", "", "Northbank Council")]
    assert line.wants["lead"].part == part


def test_an_agency_of_the_register_that_takes_no_part_joins_as_a_lead(edited, compared):
    AgencyFactory(name="Westshire Probation")
    edited.put(3, "Lead agency", "Westshire Probation")

    line = compared()[1]

    assert (line.kind, line.wants["lead"].part) == (Kind.CHANGED, None)
    assert line.notes == ["Westshire Probation is added to the review as a lead only."]


def test_an_unknown_agency_is_a_problem_beside_its_row(edited, compared):
    edited.put(3, "Lead agency", "Nobody Has Heard Of It")

    lines = compared()

    assert [(at, column) for at, column, _ in problems(lines)] == [(3, "Lead agency")]
    assert "not in the register of agencies" in problems(lines)[0][2]
    assert lines[1].changes == []


def test_an_owner_with_an_account_at_the_lead_agency_is_that_person(edited, compared, whole):
    part = whole.lead_links.get().participation
    person = with_role(Role.ACTION_LEAD, whole.review, part)
    edited.put(2, "Owner", person.email.upper())

    assert compared()[0].wants["owner"] == person


def test_an_owner_without_an_account_is_kept_as_a_name(edited, compared):
    edited.put(2, "Owner", "Head of Training")

    line = compared()[0]

    assert (line.wants["owner"], line.wants["owner_as_written"]) == (None, "Head of Training")
    assert "kept as a name only" in line.notes[0]


def test_a_target_in_other_words_for_the_same_days_is_no_change(edited, compared):
    edited.put(2, "Target date", "Mar 2027")

    assert compared()[0].kind == Kind.UNCHANGED


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("whenever it suits", "not a date that can be used"),
        ("31 September 2030", "not a date that can be used"),
        ("March 2019", "before today"),
        (None, "moved, not taken away"),
    ],
)
def test_a_date_that_cannot_be_used_is_a_problem(written, why, edited, compared):
    edited.put(2, "Target date", written)

    (found,) = problems(compared())

    assert found[:2] == (2, "Target date")
    assert why in found[2]


def test_level_and_theme_are_found_by_their_words(edited, compared, whole):
    Theme.objects.get_or_create(partnership=None, name="Housing")
    theme = Theme.objects.create(partnership=whole.review.partnership, name="Housing")
    edited.put(2, "Level", "national")
    edited.put(2, "Theme", "housing")

    assert compared()[0].wants == {"level": "national", "theme": theme}


def test_an_unknown_level_and_theme_are_problems(edited, compared):
    edited.put(2, "Level", "Galactic")
    edited.put(2, "Theme", "Dragons")

    assert [column for _, column, _ in problems(compared())] == ["Level", "Theme"]


def test_two_rows_of_one_recommendation_cannot_give_it_two_levels(action, whole, coordinator):
    ActionFactory(recommendation=action.recommendation, text="Teach it")
    edited = Edited(whole.review, coordinator)
    edited.put(3, "Level", "Local")
    edited.put(4, "Level", "National")

    found = problems(lines_of(edited, whole, coordinator))

    assert [at for at, _, _ in found] == [3, 4]
    assert "Rows 3, 4 give the same recommendation another level" in found[0][2]


def test_words_of_a_file_are_not_changed_by_a_sheet(edited, compared, whole):
    whole.plan_import = PlanImportFactory(review=whole.review)
    whole.save()
    edited.put(2, "Recommendation", "Train half of them")

    assert "an uploaded file or of an agency’s own report" in problems(compared())[0][2]


def test_words_of_a_file_that_have_actions_are_the_file_s_too(edited, compared, action):
    one = action.recommendation
    one.plan_import = PlanImportFactory(review=one.review, saved=True)
    one.save()
    edited.put(3, "Recommendation", "Other words")

    assert "A corrected file changes its own" in problems(compared())[0][2]


def test_words_written_here_are_changed(edited, compared):
    edited.put(2, "Recommendation", "Train every officer by Easter")

    assert compared()[0].wants == {"text": "Train every officer by Easter"}


# --- Rows that are not what they were -----------------------------------------------------------


def test_a_row_that_was_deleted_stays_in_the_plan_and_is_shown(edited, compared):
    edited.sheet.delete_rows(3)

    lines = compared()

    assert [line.kind for line in lines] == [Kind.UNCHANGED, Kind.LEFT_OUT]


def test_a_deleted_action_is_taken_out_where_that_was_chosen(edited, compared):
    edited.sheet.delete_rows(3)

    assert compared(removes=True)[1].kind == Kind.REMOVED


def test_a_deleted_recommendation_stays_whatever_was_chosen(edited, compared):
    edited.sheet.delete_rows(2)

    line = compared(removes=True)[1]

    assert line.kind == Kind.LEFT_OUT
    assert "Only an action is taken out" in line.notes[0]


def test_a_row_that_came_after_the_sheet_was_taken_is_not_missing(edited, compared, whole):
    RecommendationFactory(review=whole.review)

    assert [line.kind for line in compared()] == [Kind.UNCHANGED, Kind.UNCHANGED]


def test_a_renumbered_row_is_a_problem(edited, compared):
    edited.put(3, "Number", "7")

    assert problems(compared()) == [
        (3, "Number", "Its number in the plan is 4.1. Numbers stay as they are")
    ]


def test_a_row_that_stands_there_twice_is_a_problem_on_both(edited, compared):
    edited.sheet.append([cell.value for cell in edited.sheet[3]])

    found = problems(compared())

    assert [at for at, _, _ in found] == [3, 4]
    assert "more than once: rows 3, 4" in found[0][2]


def test_a_row_of_another_review_is_a_problem(edited, compared):
    edited.put(3, "Row", str(ActionFactory().row.pk))

    assert "belongs to another" in problems(compared())[0][2]


@pytest.mark.parametrize("nonsense", ["abc", "99999999999999999999", "-1", "1.5"])
def test_an_id_that_is_none_is_a_problem_and_no_more(nonsense, edited, compared):
    edited.put(3, "Row", nonsense)

    assert [at for at, _, _ in problems(compared())] == [3]


# --- New rows -----------------------------------------------------------------------------------


def test_a_new_row_is_an_action_of_the_recommendation_whose_number_it_has(edited, compared, action):
    edited.add(number="4", action="Teach it", target="June 2030")

    line = compared()[2]

    assert (line.kind, line.recommendation) == (Kind.ADDED, action.recommendation)
    assert (line.wants["text"], line.wants["number"]) == ("Teach it", "")
    assert line.wants["target"].text == "June 2030"


def test_a_new_row_may_have_a_number_of_its_own(edited, compared, action):
    edited.add(number="4.2", action="Teach it")

    line = compared()[2]

    assert (line.recommendation, line.wants["number"]) == (action.recommendation, "4.2")


def test_a_new_row_may_have_a_date_that_has_passed(edited, compared):
    edited.add(number="4", action="Teach it", target="June 2019")

    assert compared()[2].kind == Kind.ADDED


def test_a_new_row_that_belongs_nowhere_is_a_problem(edited, compared):
    edited.add(action="Teach it")

    assert "cannot be told to which recommendation" in problems(compared())[0][2]


def test_a_new_row_that_is_in_the_plan_already_adds_nothing(edited, compared):
    edited.add(number="4", action="Write a course")

    assert compared()[2].kind == Kind.UNCHANGED


def test_two_new_rows_with_the_same_words_are_a_problem(edited, compared):
    edited.add(number="4", action="Teach it")
    edited.add(number="4", action="Teach it")

    assert [at for at, _, _ in problems(compared())] == [4, 5]


def test_progress_on_a_new_row_is_refused_and_not_lost(edited, compared):
    edited.add(number="4", action="Teach it", status="Done", update="Taught")

    assert [column for _, column, _ in problems(compared())] == ["Status", "Update"]


# --- Progress -----------------------------------------------------------------------------------


def test_done_without_evidence_is_refused(edited, compared):
    edited.put(2, "Status", "Done")
    edited.put(2, "Update", "All were trained")

    (found,) = problems(compared())

    assert found[:2] == (2, "Where it can be seen")


def test_done_with_what_shows_it_is_reported(edited, compared):
    edited.put(2, "Status", "Done")
    edited.put(2, "Update", "All were trained")
    edited.put(2, "Where it can be seen", "The minutes of May")

    line = compared()[0]

    assert line.kind == Kind.CHANGED
    assert line.wants["report"] == {
        "answer": Answer.REPORTED,
        "words": "All were trained",
        "evidence": "The minutes of May",
        "why_none": "",
    }


def test_another_status_needs_a_word_about_it(edited, compared):
    edited.put(2, "Status", "At risk")

    assert [column for _, column, _ in problems(compared())] == ["Update"]


def test_an_update_without_another_status_is_no_change_with_words(edited, compared):
    edited.put(2, "Update", "The trainer was ill")

    assert compared()[0].wants["report"]["answer"] == Answer.NO_CHANGE


@pytest.mark.parametrize("status", ["Not started", "Flying", "Amber"])
def test_a_status_that_nobody_reports_is_a_problem(status, edited, compared):
    edited.put(2, "Status", status)

    assert "cannot be reported here" in problems(compared())[0][2]


def test_the_same_report_again_is_no_change(edited, compared, whole, coordinator):
    edited.put(2, "Update", "The trainer was ill")
    report(
        whole.rows.get(),
        answer=Answer.NO_CHANGE,
        words="The trainer was ill",
        by=coordinator,
        key=uuid.uuid4(),
        seen=None,
    )

    assert compared()[0].kind == Kind.UNCHANGED


# --- Changed meanwhile --------------------------------------------------------------------------


def somebody_moves(whole):
    whole.addressed_to = "The Home Office"
    whole.save()


def test_what_somebody_else_changed_meanwhile_stays_where_the_sheet_did_not_touch_it(
    edited, compared, whole
):
    somebody_moves(whole)
    edited.put(2, "Level", "Local")

    line = compared()[0]

    assert line.changes == [("Level", "", "Local")]


def test_two_who_changed_the_same_cell_are_a_conflict(edited, compared, whole):
    somebody_moves(whole)
    edited.put(2, "Addressed to", "The police")

    (problem,) = compared()[0].problems

    assert problem.is_conflict
    assert "It now says “The Home Office”" in problem.message


@pytest.mark.parametrize(
    ("keep", "changes"),
    [(Keep.PLAN, []), (Keep.SHEET, [("Addressed to", "The Home Office", "The police")])],
)
def test_a_conflict_ends_as_somebody_chose(keep, changes, edited, compared, whole):
    somebody_moves(whole)
    edited.put(2, "Addressed to", "The police")

    assert compared(keep=keep)[0].changes == changes


def test_a_report_over_one_that_was_not_read_is_a_conflict(edited, compared, whole, coordinator):
    report(
        whole.rows.get(),
        answer=Answer.SLIPPED,
        words="No trainer",
        by=UserFactory(),
        key=uuid.uuid4(),
        seen=None,
    )
    edited.put(2, "Status", "On track")
    edited.put(2, "Update", "All is well")

    assert [one.is_conflict for one in compared()[0].problems] == [True]
    assert compared(keep=Keep.PLAN)[0].kind == Kind.UNCHANGED
    assert compared(keep=Keep.SHEET)[0].changes[0] == ("Status", "Slipped", "On track")


# --- Pasted -------------------------------------------------------------------------------------


def test_pasted_rows_are_told_by_their_numbers(whole, action, coordinator):
    line = paste(whole, coordinator, ("Number", "Owner"), ("4.1", "Head of Training"))[0]

    assert (line.standing.row, line.kind) == (action.row, Kind.CHANGED)


def test_what_is_not_among_pasted_rows_is_not_missing(whole, action, coordinator):
    lines = paste(whole, coordinator, ("Number", "Owner"), ("4.1", "Head of Training"))

    assert len(lines) == 1


def test_a_pasted_number_that_several_rows_have_is_a_problem(whole, action, coordinator):
    ActionFactory(recommendation=action.recommendation, number="4.1", text="Teach it")

    lines = paste(whole, coordinator, ("Number", "Owner"), ("4.1", "Head of Training"))

    assert "More than one row" in problems(lines)[0][2]


@pytest.mark.parametrize("action", ["Teach it", ""])
def test_a_pasted_number_that_is_not_in_the_plan_is_said(action, whole, coordinator):
    lines = paste(whole, coordinator, ("Number", "Action"), ("99", action))

    assert "99 is not in the plan" in problems(lines)[0][2]


def test_a_pasted_row_with_a_known_number_and_other_words_changes_the_words(
    whole, action, coordinator
):
    line = paste(whole, coordinator, ("Number", "Action"), ("4.1", "Write two courses"))[0]

    assert line.changes == [("Action", "Write a course", "Write two courses")]


# --- Real names ---------------------------------------------------------------------------------


def test_a_real_name_in_a_cell_is_a_problem(edited, compared, whole):
    IdentityFactory(
        person=PersonFactory(review=whole.review, pseudonym="MA 1"), names=["Marian Ashdown"]
    )
    edited.put(2, "Update", "Marian Ashdown was trained")

    assert problems(compared()) == [
        (2, "Update", "“Marian Ashdown” is a real name in this review. Write “MA 1”")
    ]


def test_statuses_of_rows_are_those_of_the_plan(whole, coordinator):
    whole.rows.update(status=Status.AT_RISK)

    assert Plan(whole.review, coordinator).rows[0].texts["status"] == "At risk"
