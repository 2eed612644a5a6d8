import datetime as dt
import uuid

import pytest

from actionplans.models import Action, Recommendation, Status
from actionplans.progress.models import Answer, DateMove, ProgressNote, Source
from actionplans.progress.services import report
from actionplans.rows.models import PlanRow
from actionplans.services import KeyOfAnother, NotReady
from actionplans.sheet import services
from actionplans.sheet.models import Keep, Kind, PlanSheet
from actionplans.sheet.reading import NotASheet, read_pasted, read_workbook
from audit.models import Event
from chronologies.marking.models import Theme
from foundations.dates import parse
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from reviews.services import end_appointment
from tests.actionplans.sheet.sheets import Edited, pasted
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    PlanImportFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
REASON = "Agreed by the group"


@pytest.fixture
def whole():
    link = RecommendationLeadFactory(
        recommendation__due="March 2030", recommendation__number="3", recommendation__position=1
    )
    return link.recommendation


@pytest.fixture
def action(whole):
    one = RecommendationFactory(review=whole.review, number="4", position=2)
    due = parse("May 2030").value
    return ActionFactory(
        recommendation=one,
        number="4.1",
        text="Write a course",
        target=due,
        target_as_written=due.text,
    )


@pytest.fixture
def coordinator(whole):
    return with_role(Role.COORDINATOR, whole.review)


@pytest.fixture
def edited(whole, action, coordinator):
    """Row 2 is the recommendation, row 3 the action."""
    return Edited(whole.review, coordinator)


@pytest.fixture
def bring(whole, coordinator):
    def run(edited, *, review=None, key=None):
        content = edited.content()
        return services.bring(
            review or whole.review,
            read_workbook(content, "plan.xlsx"),
            source=PlanSheet.Source.FILE,
            name="plan.xlsx",
            content=content,
            reason=REASON,
            by=coordinator,
            key=key or uuid.uuid4(),
        )

    return run


@pytest.fixture
def save(bring, coordinator):
    def run(edited):
        return services.save(bring(edited), by=coordinator)

    return run


def paste(review, by, headings, *rows):
    return services.bring(
        review,
        read_pasted(pasted(headings, *rows)),
        source=PlanSheet.Source.PASTE,
        name="Pasted rows",
        reason=REASON,
        by=by,
        key=uuid.uuid4(),
    )


# --- Keeping ------------------------------------------------------------------------------------


def test_a_sheet_changes_nothing_before_it_is_saved(edited, bring, action):
    edited.put(3, "Action", "Teach it")

    sheet = bring(edited)

    action.refresh_from_db()
    assert action.text == "Write a course"
    assert (sheet.counts[Kind.CHANGED], sheet.counts[Kind.UNCHANGED]) == (1, 1)
    assert sheet.can_be_saved


def test_a_second_click_keeps_one_sheet(edited, bring):
    key = uuid.uuid4()

    assert bring(edited, key=key) == bring(edited, key=key)
    assert PlanSheet.objects.count() == 1


def test_the_key_of_another_review_shows_nothing_of_it(edited, bring):
    key = uuid.uuid4()
    bring(edited, key=key)

    with pytest.raises(KeyOfAnother):
        bring(edited, review=ReviewFactory(), key=key)


def test_a_sheet_of_another_review_is_refused_whole(edited, bring):
    with pytest.raises(NotASheet, match="another review"):
        bring(edited, review=ReviewFactory())

    assert PlanSheet.objects.count() == 0


def test_a_sheet_taken_before_the_plan_changed_says_so(edited, bring, whole):
    whole.addressed_to = "The Home Office"
    whole.save()

    assert bring(edited).is_outdated


def test_a_sheet_of_the_plan_as_it_stands_says_nothing_of_the_kind(edited, bring):
    assert not bring(edited).is_outdated


# --- Saving -------------------------------------------------------------------------------------


def test_the_words_lead_owner_and_date_of_an_action_are_saved(edited, save, whole, action):
    part = ParticipationFactory(review=whole.review)
    person = with_role(Role.ACTION_LEAD, whole.review, part)
    edited.put(3, "Action", "Write and teach a course")
    edited.put(3, "Lead agency", part.agency.name)
    edited.put(3, "Owner", person.email)
    edited.put(3, "Target date", "July 2031")

    sheet = save(edited)

    action.refresh_from_db()
    row = action.row
    assert sheet.state == PlanSheet.State.SAVED
    assert (action.text, action.lead) == ("Write and teach a course", part)
    assert (row.lead, row.owner, row.due) == (part, person, dt.date(2031, 7, 31))


def test_a_date_that_moves_keeps_what_it_was_and_why(edited, save, action):
    edited.put(3, "Target date", "July 2031")
    edited.put(3, "Why it changes", "No trainer")

    save(edited)

    move = DateMove.objects.get(row=action.row)
    action.row.refresh_from_db()
    assert (move.old.text, move.new.text, move.reason) == ("May 2030", "July 2031", "No trainer")
    assert (action.row.moves, action.row.first_due) == (1, dt.date(2030, 5, 31))


def test_the_target_lead_and_owner_of_a_row_without_an_action_are_saved(edited, save, whole):
    part = ParticipationFactory(review=whole.review)
    edited.put(2, "Lead agency", part.agency.name)
    edited.put(2, "Owner", "Head of Training")
    edited.put(2, "Target date", "July 2031")

    save(edited)

    row = whole.rows.get()
    assert (row.lead, row.owner_as_written) == (part, "Head of Training")
    assert (row.due, row.first_due, row.moves) == (dt.date(2031, 7, 31), dt.date(2030, 3, 31), 1)
    assert DateMove.objects.get(row=row).reason == REASON
    assert [link.participation for link in whole.lead_links.all()] == [part]


def test_a_row_of_a_file_gets_another_date_too(edited, save, whole):
    Recommendation.objects.filter(pk=whole.pk).update(
        plan_import=PlanImportFactory(review=whole.review)
    )
    edited.put(2, "Target date", "July 2031")

    save(edited)

    assert whole.rows.get().due == dt.date(2031, 7, 31)


def test_words_written_here_change_and_what_they_were_is_kept(edited, save, whole):
    before = whole.text
    edited.put(2, "Recommendation", "Train every officer by Easter")

    save(edited)

    whole.refresh_from_db()
    assert whole.text == "Train every officer by Easter"
    version = whole.versions.get()
    assert (version.snapshot["text"], version.reason) == (before, REASON)


def test_level_theme_and_addressee_are_saved_once_for_the_recommendation(
    whole, action, coordinator, save
):
    ActionFactory(recommendation=action.recommendation, text="Teach it")
    theme = Theme.objects.create(partnership=whole.review.partnership, name="Sign language")
    edited = Edited(whole.review, coordinator)
    edited.put(3, "Level", "National")
    edited.put(4, "Theme", "Sign language")
    edited.put(4, "Addressed to", "The Home Office")

    save(edited)

    one = action.recommendation
    one.refresh_from_db()
    assert (one.level, one.theme, one.addressed_to) == ("national", theme, "The Home Office")


def test_joint_leads_are_saved_behind_the_one_that_answers(edited, save, whole, action):
    lead, joint = (ParticipationFactory(review=whole.review) for _ in range(2))
    edited.put(3, "Lead agency", lead.agency.name)
    edited.put(3, "Joint leads", joint.agency.name)

    save(edited)

    links = action.row.lead_links.all()
    assert [(link.participation, link.is_accountable) for link in links] == [
        (lead, True),
        (joint, False),
    ]


def test_an_agency_of_the_register_joins_the_review_as_a_lead(edited, save, whole, action):
    agency = AgencyFactory(name="Westshire Probation")
    edited.put(3, "Lead agency", "Westshire Probation")

    save(edited)

    part = whole.review.participations.get(agency=agency)
    assert part.is_lead_only
    assert action.row.lead_links.get().participation == part


def test_a_new_row_is_added_once_however_often_the_sheet_comes(edited, save, bring, action):
    edited.add(number="4", action="Teach it", target="June 2031")

    save(edited)
    again = bring(edited)

    new = Action.objects.get(text="Teach it")
    assert (new.recommendation, new.row.due) == (action.recommendation, dt.date(2031, 6, 30))
    assert again.changes == 0


def test_a_deleted_action_is_withdrawn_only_where_that_was_chosen(
    edited, bring, action, coordinator
):
    edited.put(2, "Level", "Local")
    edited.sheet.delete_rows(3)
    sheet = bring(edited)
    services.choose(sheet, keep=Keep.ASK, removes=True, by=coordinator)

    services.save(sheet, by=coordinator)

    action.refresh_from_db()
    assert action.withdrawn_at is not None


def test_done_is_reported_and_waits_to_be_accepted(edited, save, whole, coordinator):
    edited.put(2, "Status", "Done")
    edited.put(2, "Update", "All were trained")
    edited.put(2, "Where it can be seen", "The minutes of May")

    save(edited)

    note = ProgressNote.objects.get()
    assert (note.answer, note.evidence, note.source, note.by) == (
        Answer.REPORTED,
        "The minutes of May",
        Source.SHEET,
        coordinator,
    )
    assert whole.rows.get().status == Status.REPORTED


def test_done_without_evidence_keeps_the_whole_sheet_out(edited, bring, action, coordinator):
    edited.put(2, "Status", "Done")
    edited.put(2, "Update", "All were trained")
    edited.put(3, "Action", "Teach it")
    sheet = bring(edited)

    with pytest.raises(NotReady):
        services.save(sheet, by=coordinator)

    action.refresh_from_db()
    assert action.text == "Write a course"


def test_the_same_sheet_again_changes_nothing(edited, save, bring):
    edited.put(2, "Status", "At risk")
    edited.put(2, "Update", "The trainer was ill")
    edited.put(3, "Target date", "July 2031")
    edited.put(3, "Level", "Local")

    save(edited)

    assert (bring(edited).changes, ProgressNote.objects.count()) == (0, 1)


def test_a_second_click_saves_once(edited, bring, coordinator):
    edited.put(3, "Target date", "July 2031")
    sheet = bring(edited)

    services.save(sheet, by=coordinator)
    services.save(sheet, by=coordinator)

    assert DateMove.objects.count() == 1


def test_what_changed_since_it_was_shown_is_shown_again(edited, bring, whole, coordinator):
    edited.put(2, "Addressed to", "The police")
    sheet = bring(edited)
    whole.addressed_to = "The Home Office"
    whole.save()

    after = services.save(sheet, by=coordinator)

    assert (after.state, after.problem) == (PlanSheet.State.PREVIEWED, services.MEANWHILE)
    assert after.counts["conflicts"] == 1
    whole.refresh_from_db()
    assert whole.addressed_to == "The Home Office"


def test_a_conflict_is_saved_as_somebody_chose(edited, bring, whole, coordinator):
    edited.put(2, "Addressed to", "The police")
    whole.addressed_to = "The Home Office"
    whole.save()
    sheet = bring(edited)

    services.choose(sheet, keep=Keep.SHEET, removes=False, by=coordinator)
    services.save(sheet, by=coordinator)

    whole.refresh_from_db()
    assert whole.addressed_to == "The police"


def test_a_conflict_that_is_chosen_again_loses_nothing(edited, bring, whole, coordinator):
    edited.put(2, "Addressed to", "The police")
    whole.addressed_to = "The Home Office"
    whole.save()
    sheet = bring(edited)
    before = services.choose(sheet, keep=Keep.PLAN, removes=False, by=coordinator)
    shown = before.lines.shown().count()
    again = services.choose(sheet, keep=Keep.PLAN, removes=True, by=coordinator)

    chosen = services.choose(sheet, keep=Keep.SHEET, removes=False, by=coordinator)
    services.save(chosen, by=coordinator)

    assert (before.counts, before.changes, shown) == (again.counts, 0, 0)
    assert (before.counts[Kind.UNCHANGED], chosen.counts[Kind.UNCHANGED]) == (2, 1)
    whole.refresh_from_db()
    assert whole.addressed_to == "The police"


def test_a_conflict_below_another_change_is_saved_at_the_first_click(
    edited, bring, whole, action, coordinator
):
    edited.put(2, "Addressed to", "The police")
    edited.put(3, "Action", "Teach it")
    action.text = "Write two courses"
    action.save()
    sheet = bring(edited)

    services.choose(sheet, keep=Keep.SHEET, removes=False, by=coordinator)
    after = services.save(sheet, by=coordinator)

    assert (after.state, after.problem) == (PlanSheet.State.SAVED, "")


def test_a_report_that_came_after_the_preview_is_not_written_over(
    edited, bring, whole, coordinator
):
    edited.put(2, "Update", "All is well")
    sheet = bring(edited)
    report(
        whole.rows.get(),
        answer=Answer.SLIPPED,
        words="No trainer",
        by=coordinator,
        key=uuid.uuid4(),
        seen=None,
    )

    after = services.save(sheet, by=coordinator)

    assert after.state == PlanSheet.State.PREVIEWED
    assert ProgressNote.objects.count() == 1


def test_where_one_row_is_refused_nothing_is_saved(edited, bring, whole, action, coordinator):
    person = with_role(Role.ACTION_LEAD, whole.review, whole.lead_links.get().participation)
    edited.put(3, "Action", "Teach it")
    edited.put(2, "Owner", person.email)
    sheet = bring(edited)
    PlanSheet.objects.filter(pk=sheet.pk).update(reason="")
    sheet.refresh_from_db()

    after = services.save(sheet, by=coordinator)

    assert after.state == PlanSheet.State.PREVIEWED
    assert "Say why" in after.problem
    assert whole.rows.get().owner is None


# --- Many rows: by a worker ---------------------------------------------------------------------


MAY_2030, JULY_2031 = dt.date(2030, 5, 31), dt.date(2031, 7, 31)


def due_of(action):
    return PlanRow.objects.get(action=action).due


@pytest.fixture
def queued(edited, bring, coordinator):
    edited.put(3, "Target date", "July 2031")
    return services.begin_saving(bring(edited), by=coordinator)


def test_many_rows_are_saved_by_a_worker(queued, action):
    assert (queued.state, due_of(action)) == (PlanSheet.State.SAVING, MAY_2030)

    job = run_job(services.job_of(queued).pk)

    queued.refresh_from_db()
    assert (queued.state, due_of(action)) == (PlanSheet.State.SAVED, JULY_2031)
    assert Job.objects.get(pk=job.pk).result == {"saved": 1}


def test_a_second_click_waits_for_the_same_worker(queued, coordinator):
    services.begin_saving(queued, by=coordinator)

    assert Job.objects.filter(kind=services.KIND_OF_JOB).count() == 1


def test_a_worker_saves_nothing_for_somebody_whose_role_has_ended(queued, action, coordinator):
    end_appointment(coordinator.appointments.get(), by=None)

    run_job(services.job_of(queued).pk)

    queued.refresh_from_db()
    assert (queued.state, queued.problem) == (PlanSheet.State.PREVIEWED, services.NO_LONGER)
    assert due_of(action) == MAY_2030


def test_a_worker_saves_nothing_in_a_review_that_ended_meanwhile(queued, action, whole):
    Review.objects.filter(pk=whole.review_id).update(state=State.DISCONTINUED)

    run_job(services.job_of(queued).pk)

    queued.refresh_from_db()
    assert queued.state == PlanSheet.State.PREVIEWED
    assert due_of(action) == MAY_2030


def test_what_a_worker_gave_up_is_tried_again(queued, action, coordinator):
    Job.objects.filter(key=queued.job_key).update(state=Job.State.FAILED, problem="It stopped.")

    after = services.save(queued, by=coordinator)

    assert (after.state, due_of(action)) == (PlanSheet.State.SAVED, JULY_2031)


def test_saving_leaves_one_event_with_counts(edited, save):
    edited.put(3, "Target date", "July 2031")
    edited.add(number="4", action="Teach it")

    sheet = save(edited)

    event = Event.objects.filter(type="plan.sheet_saved").get()
    assert event.target == f"actionplans.plansheet:{sheet.pk}"
    assert {name: event.data[name] for name in ("added", "changed", "removed", "source")} == {
        "added": 1,
        "changed": 1,
        "removed": 0,
        "source": "file",
    }


def test_an_ended_review_takes_no_sheet(edited, bring, whole, coordinator):
    edited.put(3, "Target date", "July 2031")
    sheet = bring(edited)
    Review.objects.filter(pk=whole.review_id).update(state=State.DISCONTINUED)

    with pytest.raises(ReviewEnded):
        services.save(sheet, by=coordinator)


def test_a_discarded_sheet_cannot_be_saved(edited, bring, coordinator):
    edited.put(3, "Target date", "July 2031")
    sheet = services.discard(bring(edited), by=coordinator)

    with pytest.raises(NotReady):
        services.save(sheet, by=coordinator)


# --- Pasted, and the same for many rows ---------------------------------------------------------


def test_pasted_rows_are_saved_the_same_way(whole, action, coordinator):
    sheet = paste(
        whole.review,
        coordinator,
        ("Number", "Action", "Target date"),
        ("4.1", "Write a course", "July 2031"),
        ("4", "Teach it", ""),
    )

    services.save(sheet, by=coordinator)

    assert action.row.__class__.objects.get(action=action).due == dt.date(2031, 7, 31)
    assert Action.objects.filter(recommendation=action.recommendation, text="Teach it").exists()


def test_the_same_is_set_for_many_rows(whole, action, coordinator):
    part = ParticipationFactory(review=whole.review)
    rows = [whole.rows.get(), action.row]
    values = {"lead": part.agency.name, "target": "July 2031", "level": "Regional"}

    sheet = services.set_for_all(
        whole.review, rows, values, reason=REASON, by=coordinator, key=uuid.uuid4()
    )
    services.save(sheet, by=coordinator)

    for row in rows:
        row.refresh_from_db()
        row.recommendation.refresh_from_db()
    assert {row.lead for row in rows} == {part}
    assert {row.due for row in rows} == {dt.date(2031, 7, 31)}
    assert {row.recommendation.level for row in rows} == {"regional"}
