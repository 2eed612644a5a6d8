"""Attacks on plans: what stands beside a row that one's agency leads, and what a conflict hides."""

import uuid
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actionplans.asking.daily import ask_for_updates
from actionplans.asking.succession import hand_over
from actionplans.editing.services import change_action, words_of
from actionplans.models import RecommendationLead
from actionplans.papers.kinds import Kind
from actionplans.papers.services import Scope, keep_final
from actionplans.progress.models import DateMove, ProgressNote
from actionplans.rows.models import PlanRow
from actionplans.rows.services import follow
from actionplans.seeing.figures import figures_of
from actionplans.seeing.listing import Published, Seen
from actionplans.seeing.models import SavedFilter
from actionplans.sheet.models import SheetLine
from agencies.services import set_successor
from chronologies.marking.models import Theme
from foundations.dates import parse
from foundations.post.models import Message
from reviews.access import access_of
from reviews.drafts.models import Draft
from reviews.models import Review
from reviews.queries import trail_of
from reviews.rules import Material, Role, Stage, State
from reviews.services import give_role, share
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.actionplans_asking import RequestedRowFactory, UpdateRequestFactory
from tests.factories.actionplans_papers import final_paper
from tests.factories.actionplans_progress import (
    DecisionFactory,
    EvidenceFileFactory,
    ImpactFactory,
)
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db


def again(user):
    return User.objects.get(pk=user.pk)


def part_of(review, name):
    return ParticipationFactory(review=review, agency=AgencyFactory(name=name))


def led_in_parts(review, whole, *parts, action=None, **recommendation):
    """`whole` is accountable for the recommendation; each of `parts` leads an action of it."""
    one = RecommendationFactory(review=review, **recommendation)
    RecommendationLeadFactory(recommendation=one, participation=whole)
    rows = []
    for part in parts:
        RecommendationLeadFactory(recommendation=one, participation=part, is_accountable=False)
        rows.append(ActionFactory(recommendation=one, lead=part, **(action or {})).row)
    return rows


def in_conflict(user, review, part=None):
    member = PanelMemberFactory(review=review, user=user)
    ConflictFactory(member=member, participation=part)
    return again(user)


@pytest.fixture
def review(db):
    return ReviewFactory(stage=Stage.MONITORING, reference="DARDR-900")


@pytest.fixture
def ours(review):
    return part_of(review, "Quillshire Housing")


@pytest.fixture
def theirs(review):
    return part_of(review, "Marlow Police")


def plan_urls(review, row):
    ref = review.reference
    one = row.recommendation_id
    return [
        reverse("actionplans:row-detail", args=[ref, row.pk]),
        reverse("actionplans:row-update", args=[ref, row.pk]),
        reverse("actionplans:row-done", args=[ref, row.pk]),
        reverse("actionplans:recommendation-detail", args=[ref, one]),
        reverse("actionplans:plan", args=[ref]),
        reverse("actionplans:national", args=[ref]),
        reverse("actionplans:national-all"),
        reverse("actionplans:my-rows"),
        reverse("desk:plans"),
        reverse("desk:plans-changes"),
        reverse("desk:plans-charts"),
        reverse("desk:review-plans", args=[ref]),
        reverse("desk:review-plans-changes", args=[ref]),
        reverse("desk:review-plans-charts", args=[ref]),
    ]


# --- What stands beside a row of one's own --------------------------------------------------------


def test_what_a_file_claims_of_the_whole_is_not_told_to_who_leads_a_part(
    client, review, ours, theirs
):
    (row,) = led_in_parts(
        review,
        theirs,
        ours,
        claimed_status="completed",
        status_as_written="Finished by all but the vicar",
        decision_as_written="Parish decided",
        outcome="Parish outcome",
        scope="Parish scope",
        lead_role="Parish role",
        addressed_to="Parish addressee",
        level="national",
    )
    client.force_login(with_role(Role.ACTION_LEAD, review, ours))

    for url in plan_urls(review, row):
        words = client.get(url).content.decode()
        assert "the vicar" not in words, url
        assert "Parish" not in words, url
        assert "Claimed completed" not in words.replace(
            "Claimed completed, not confirmed</option>", ""
        ), url


def test_a_theme_is_told_only_where_the_recommendation_is_read_whole(review, ours, theirs):
    theme = Theme.objects.create(name="Coercion", partnership=review.partnership)
    (row,) = led_in_parts(review, theirs, ours, theme=theme, level="national", decision="deferred")
    user, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    share(
        review,
        material=Material.ACTION_PLAN,
        with_role=Role.PANEL_MEMBER,
        participation=ours,
        by=chair,
    )
    other = ReviewFactory(stage=Stage.MONITORING)
    give_role(user=user, role=Role.PANEL_MEMBER, review=other, by=None)
    share(other, material=Material.ACTION_PLAN, with_role=Role.PANEL_MEMBER, by=chair)
    seen = Seen(again(user), on=timezone.localdate(), now=timezone.now())

    assert row in seen.rows
    assert list(seen.chosen({"theme": str(theme.pk)})) == []
    assert list(seen.chosen({"level": "national"})) == []
    assert list(seen.chosen({"decision": "deferred"})) == []


def test_whoever_led_it_once_does_not_read_what_it_says_now(client, review, ours, theirs):
    one = RecommendationFactory(review=review, text="In the old words")
    link = RecommendationLeadFactory(recommendation=one, participation=ours)
    row = one.rows.get()
    client.force_login(with_role(Role.ACTION_LEAD, review, ours))
    ActionFactory(recommendation=one, lead=theirs)
    link.delete()
    RecommendationLeadFactory(recommendation=one, participation=theirs)
    type(one).objects.filter(pk=one.pk).update(text="In quite other words")
    follow(review)

    for url in plan_urls(review, row):
        assert "quite other words" not in client.get(url).content.decode(), url


# --- Conflicts of interest ------------------------------------------------------------------------


def test_a_board_reader_with_a_conflict_reads_no_row_beside_one_of_that_agency(
    review, ours, theirs
):
    third = part_of(review, "Third")
    mine, other = led_in_parts(review, third, ours, theirs)
    board = in_conflict(with_role(Role.BOARD_READER, review), review, theirs)

    seen = Published(board, on=timezone.localdate(), now=timezone.now())

    assert other not in seen.rows
    assert mine not in seen.rows


def test_the_trail_names_no_successor_with_which_its_reader_has_a_conflict(review, ours):
    coordinator = with_role(Role.COORDINATOR, review)
    RecommendationLeadFactory(recommendation__review=review, participation=ours)
    successor = AgencyFactory(name="Successor Homes")
    set_successor(ours.agency, successor=successor, on=date(2026, 1, 1), by=coordinator)
    ours.refresh_from_db()
    hand_over(review, ours.agency, by=coordinator)
    new = review.participations.get(agency=successor)
    chair = in_conflict(with_role(Role.CHAIR, review), review, new)

    told = [event.data for event in trail_of(review, access_of(chair))]

    assert "Successor Homes" not in str(told)


def test_why_a_date_moved_while_another_led_is_hidden_with_a_conflict(client, review, ours, theirs):
    one = RecommendationFactory(review=review)
    row = ActionFactory(recommendation=one, lead=theirs, target=parse("March 2030").value).row

    boss = with_role(Role.COORDINATOR, review)
    change_action(
        row.action,
        replace(words_of(row.action), lead=ours, target=parse("May 2031").value),
        reason="Marlow let us down",
        by=boss,
    )
    chair = in_conflict(with_role(Role.CHAIR, review), review, theirs)
    client.force_login(chair)
    assert PlanRow.objects.visible_to(chair).filter(pk=row.pk).exists()

    assert not DateMove.objects.visible_to(chair).exists()
    for url in plan_urls(review, row):
        assert "Marlow" not in client.get(url).content.decode(), url


# --- Asking ---------------------------------------------------------------------------------------


def test_nobody_is_told_of_the_silence_of_rows_that_a_conflict_hides(
    review, ours, theirs, time_machine
):

    time_machine.move_to("2026-12-06 10:00 +0000")
    third = part_of(review, "Third")
    with_role(Role.ACTION_LEAD, review, ours)
    mine, _ = led_in_parts(review, third, ours, theirs)
    assert PlanRow.objects.filter(lead=ours).exists()
    coordinator = in_conflict(with_role(Role.COORDINATOR, review), review, theirs)
    assert not PlanRow.objects.visible_to(coordinator).filter(pk=mine.pk).exists()
    ask_for_updates(on=date(2026, 12, 5))
    time_machine.move_to("2026-12-24 10:00 +0000")
    ask_for_updates(on=date(2026, 12, 24))

    assert not Message.objects.filter(to=coordinator.email).exists()


def test_the_board_is_told_nothing_of_a_plan_that_is_not_published(ours, review, time_machine):

    Review.objects.filter(pk=review.pk).update(stage=Stage.DRAFTING)
    time_machine.move_to("2026-12-06 10:00 +0000")
    with_role(Role.ACTION_LEAD, review, ours)
    board = with_role(Role.BOARD_READER, review)
    RecommendationLeadFactory(recommendation__review=review, participation=ours)
    ask_for_updates(on=date(2026, 12, 5))
    time_machine.move_to("2027-01-01 10:00 +0000")
    ask_for_updates(on=date(2027, 1, 1))

    assert Message.objects.exists()
    assert not Message.objects.filter(to=board.email).exists()


# --- Ids of others --------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(db):
    """A review of another partnership, with a row of its own."""
    review = ReviewFactory(stage=Stage.MONITORING, reference="DARDR-901")
    part = part_of(review, "Elsewhere Trust")
    link = RecommendationLeadFactory(recommendation__review=review, participation=part)
    return SimpleNamespace(
        review=review,
        part=part,
        row=link.recommendation.rows.get(),
        lead=with_role(Role.ACTION_LEAD, review, part),
    )


@pytest.fixture
def mine(review, ours):
    link = RecommendationLeadFactory(recommendation__review=review, participation=ours)
    return link.recommendation.rows.get()


def url(name, review, *args):
    return reverse(f"actionplans:{name}", args=[review.reference, *args])


def test_a_lead_reports_on_no_row_of_another(client, review, ours, theirs, elsewhere):
    link = RecommendationLeadFactory(recommendation__review=review, participation=theirs)
    other = link.recommendation.rows.get()
    client.force_login(with_role(Role.ACTION_LEAD, review, ours))

    for of, row in ((review, other), (review, elsewhere.row), (elsewhere.review, elsewhere.row)):
        for name in ("row-detail", "row-update", "row-done", "row-impact", "row-settle"):
            said = {"answer": "on_track", "words": "Mine now", "key": str(uuid.uuid4())}
            assert client.get(url(name, of, row.pk)).status_code == 404
            assert client.post(url(name, of, row.pk), said).status_code == 404
    assert not ProgressNote.objects.exists()


def test_a_request_takes_no_row_but_its_own(client, review, ours, theirs, mine, elsewhere):
    link = RecommendationLeadFactory(recommendation__review=review, participation=ours)
    not_asked = link.recommendation.rows.get()
    lead = with_role(Role.ACTION_LEAD, review, ours)
    request = UpdateRequestFactory(partnership=review.partnership, user=lead)
    RequestedRowFactory(request=request, row=mine)
    RequestedRowFactory(request=request, row=elsewhere.row)  # theirs once, and no longer
    client.force_login(lead)
    page = reverse("actionplans:request-detail", args=[request.pk])
    said = {"key": str(uuid.uuid4())}
    for row in (not_asked, elsewhere.row):
        said |= {f"row-{row.pk}-seen": "", f"row-{row.pk}-answer": "no_change"}

    shown = client.get(page).content.decode()
    client.post(page, said)

    assert elsewhere.row.text not in shown
    assert elsewhere.review.reference not in shown
    assert not ProgressNote.objects.exists()
    client.force_login(elsewhere.lead)
    for name in ("request-detail", "request-sheet", "request-return"):
        assert client.get(reverse(f"actionplans:{name}", args=[request.pk])).status_code == 404


def test_a_request_takes_nothing_on_a_review_that_has_ended(client, review, ours, mine):
    lead = with_role(Role.ACTION_LEAD, review, ours)
    request = UpdateRequestFactory(partnership=review.partnership, user=lead)
    RequestedRowFactory(request=request, row=mine)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED, stage=Stage.CLOSED)
    client.force_login(lead)
    said = {f"row-{mine.pk}-seen": "", f"row-{mine.pk}-answer": "no_change"}

    response = client.post(
        reverse("actionplans:request-detail", args=[request.pk]), said | {"key": str(uuid.uuid4())}
    )

    assert response.status_code in {302, 409, 422}
    assert not ProgressNote.objects.exists()


def test_a_sheet_says_the_same_of_a_row_elsewhere_and_of_none(client, review, mine, elsewhere):
    client.force_login(with_role(Role.COORDINATOR, review))
    found = []
    for pk in (elsewhere.row.pk, 987_654_321):
        text = f"Row\tNumber\tLevel\n{pk}\t1\tLocal"
        said = {"text": text, "reason": "Agreed", "key": str(uuid.uuid4())}
        client.post(url("sheet-paste", review), said)
        line = SheetLine.objects.order_by("pk").last()
        found.append((line.row, line.kind, line.problems, line.changes))

    assert found[0] == found[1]
    assert found[0][1] == "problem"


def test_many_rows_at_once_are_those_of_the_review(client, review, mine, elsewhere):
    client.force_login(with_role(Role.COORDINATOR, review))
    said = {"which": "chosen", "rows": [elsewhere.row.pk], "level": "local", "reason": "Agreed"}

    client.post(url("sheet-rows", review), said | {"key": str(uuid.uuid4())})

    assert not SheetLine.objects.exists()


def test_no_action_goes_to_people_or_agencies_of_another_review(client, review, mine, elsewhere):
    client.force_login(with_role(Role.COORDINATOR, review))
    one = mine.recommendation
    for sent in (
        {"lead": elsewhere.part.pk},
        {"joint_leads": [elsewhere.part.pk]},
        {"owner": elsewhere.lead.pk},
    ):
        said = {"text": "Write a course", "key": str(uuid.uuid4())} | sent
        assert client.post(url("action-add", review, one.pk), said).status_code == 422
    said = {"owner": elsewhere.lead.pk}
    assert client.post(url("row-owner", review, mine.pk), said).status_code == 422
    action = ActionFactory(recommendation=elsewhere.row.recommendation)
    for name in ("action-change", "action-remove"):
        assert client.post(url(name, review, one.pk, action.pk), {}).status_code == 404
    for what in (f"recommendation {elsewhere.row.recommendation_id} up", f"action {action.pk} up"):
        assert client.post(url("plan-order", review), {"what": what}).status_code == 404


def test_what_was_said_before_is_for_who_reads_both(client, review, ours):
    text = "Train every officer of the service in the assessment of coercive control"
    before = ReviewFactory(partnership=review.partnership, stage=Stage.MONITORING)
    Review.objects.filter(pk=before.pk).update(created_at="2020-01-01T00:00:00Z")
    part = ParticipationFactory(review=before, agency=ours.agency)
    earlier = RecommendationFactory(review=before, text=text, status="done")
    RecommendationLeadFactory(recommendation=earlier, participation=part)
    type(earlier).objects.filter(pk=earlier.pk).update(status="done")
    later = RecommendationFactory(review=review, text=text)
    RecommendationLeadFactory(recommendation=later, participation=ours)
    judge = reverse("desk:repeat-judge", args=[review.reference, later.pk, earlier.pk])

    client.force_login(with_role(Role.COORDINATOR, review))
    assert client.get(judge).status_code == 200
    client.force_login(with_role(Role.CHAIR, review))
    assert client.get(judge).status_code == 404
    assert before.reference not in client.get(reverse("desk:said-before")).content.decode()
    page = client.get(url("recommendation-detail", review, later.pk)).content.decode()
    assert before.reference not in page


def test_a_board_reader_finds_nothing_but_what_is_published(client, review, mine, ours):
    board = with_role(Role.BOARD_READER, review)
    ProgressNoteFactory(recommendation=mine.recommendation, note="Forty came")
    client.force_login(board)
    for name in ("desk:plans", "desk:plans-changes", "desk:plans-charts", "actionplans:my-rows"):
        words = client.get(reverse(name)).content.decode()
        assert mine.text not in words, name
        assert "Quillshire" not in words, name
    published = client.get(reverse("desk:plans-published")).content.decode()
    assert mine.text in published
    assert "Forty came" not in published
    for name in ("desk:review-plans", "desk:review-plans-changes", "desk:review-plans-charts"):
        assert client.get(reverse(name, args=[review.reference])).status_code == 403
    assert client.get(url("row-detail", review, mine.pk)).status_code in {403, 404}
    Review.objects.filter(pk=review.pk).update(stage=Stage.DRAFTING)
    assert mine.text not in client.get(reverse("desk:plans-published")).content.decode()
    query = {"review": review.reference, "words": "Train"}
    assert b"Train every" not in client.get(reverse("desk:plans-published"), query).content


def test_a_filter_is_its_owners_alone(client, review, ours):
    mine, other = (with_role(Role.COORDINATOR, review) for _ in range(2))
    saved = SavedFilter.objects.create(user=mine, key=uuid.uuid4(), name="Mine", chosen={})
    client.force_login(other)

    for name in ("filter-rename", "filter-first", "filter-remove"):
        assert (
            client.post(reverse(f"desk:{name}", args=[saved.pk]), {"name": "X"}).status_code == 404
        )


def test_drafts_are_in_no_list_of_a_lead_or_an_outside_reader(client, review, ours):
    one = RecommendationFactory(review=review, text="A secret draft of it", is_draft=True)
    RecommendationLeadFactory(recommendation=one, participation=ours)
    row = one.rows.first()
    for role, part in ((Role.ACTION_LEAD, ours), (Role.HOME_OFFICE_READER, None)):
        client.force_login(with_role(role, review, part))
        for page in plan_urls(review, row):
            assert b"A secret draft" not in client.get(page).content, (role, page)


def test_whoever_is_taken_off_by_a_sheet_reads_it_no_more(client, review, ours, theirs):
    (row,) = led_in_parts(review, theirs, ours)
    lead = with_role(Role.ACTION_LEAD, review, ours)
    client.force_login(with_role(Role.COORDINATOR, review))
    text = f"Row\tNumber\tLead agency\n{row.pk}\t{row.number}\tMarlow Police"
    client.post(
        url("sheet-paste", review), {"text": text, "reason": "Agreed", "key": str(uuid.uuid4())}
    )
    sheet = SheetLine.objects.get().sheet
    client.post(url("sheet-save", review, sheet.pk), {})
    sheet.refresh_from_db()
    assert sheet.state == "saved"

    client.force_login(lead)
    assert client.get(url("row-detail", review, row.pk)).status_code == 404
    page = url("recommendation-detail", review, row.recommendation_id)
    assert client.get(page).status_code == 404


# --- What was said while another led --------------------------------------------------------------


@pytest.mark.parametrize("has_action", [True, False])
def test_what_was_said_while_another_led_is_hidden_with_a_conflict(
    has_action, client, review, ours, theirs
):
    one = RecommendationFactory(review=review, due="March 2030")
    RecommendationLeadFactory(recommendation=one, participation=theirs)
    if has_action:
        ActionFactory(recommendation=one, lead=theirs, target=parse("March 2030").value)
    row = one.rows.live().get()
    boss = with_role(Role.COORDINATOR, review)
    ProgressNoteFactory(recommendation=one, row=row, note="Marlow and all others met", by=boss)
    ImpactFactory(row=row, how="An audit at Marlow")
    client.force_login(boss)
    for column, words in (("Target date", "May 2031"), ("Lead agency", "Quillshire Housing")):
        text = f"Row\tNumber\t{column}\n{row.pk}\t{row.number}\t{words}"
        said = {"text": text, "reason": "Marlow let us down", "key": str(uuid.uuid4())}
        client.post(url("sheet-paste", review), said)
        sheet = SheetLine.objects.order_by("pk").last().sheet
        client.post(url("sheet-save", review, sheet.pk), {})
        sheet.refresh_from_db()
        assert sheet.state == "saved"
    RecommendationLead.objects.filter(recommendation=one, participation=theirs).delete()
    chair = in_conflict(with_role(Role.CHAIR, review), review, theirs)
    client.force_login(chair)

    assert PlanRow.objects.visible_to(chair).filter(pk=row.pk).exists()
    for page in plan_urls(review, row):
        assert "Marlow" not in client.get(page).content.decode(), page


def test_a_request_says_nothing_of_the_review_that_one_has_left(client, ours, mine, elsewhere):
    review = mine.review
    lead = with_role(Role.ACTION_LEAD, review, ours)
    request = UpdateRequestFactory(partnership=review.partnership, user=lead)
    RequestedRowFactory(request=request, row=elsewhere.row)
    RequestedRowFactory(request=request, row=mine)
    client.force_login(lead)

    for name in ("request-detail", "request-return", "request-sheet"):
        page = client.get(reverse(f"actionplans:{name}", args=[request.pk]))
        assert page.status_code == 200
        assert elsewhere.review.reference.encode() not in page.content


def test_whoever_has_a_conflict_is_offered_nobody_of_that_agency(
    client, review, ours, theirs, mine
):
    person = with_role(Role.ACTION_LEAD, review, theirs)
    chair = in_conflict(with_role(Role.CHAIR, review), review, theirs)
    client.force_login(chair)
    add = url("action-add", review, mine.recommendation_id)

    for page in (add, url("row-owner", review, mine.pk)):
        words = client.get(page).content.decode()
        assert "Marlow" not in words
        assert person.email not in words
        assert f"{person}" not in words
    for sent in ({"lead": theirs.pk}, {"joint_leads": [theirs.pk]}, {"owner": person.pk}):
        said = {"text": "Write a course", "key": str(uuid.uuid4())} | sent
        assert client.post(add, said).status_code == 422
    for name in ("sheet-bring", "sheet-rows", "sheet-paste", "sheet-download", "paper-create"):
        assert client.get(url(name, review)).status_code == 403


def test_a_conflict_with_one_review_leaves_it_out_of_all_that_is_of_many(client, review, mine):
    other = ReviewFactory(
        partnership=review.partnership, stage=Stage.MONITORING, reference="DARDR-902"
    )
    part = part_of(other, "Otherwise Trust")
    link = RecommendationLeadFactory(
        recommendation__review=other,
        recommendation__level="national",
        recommendation__text="Of the other one",
        participation=part,
    )
    ProgressNoteFactory(recommendation=link.recommendation, note="Otherwise told")
    ask_for_updates(on=date(2026, 12, 5))
    coordinator = in_conflict(with_role(Role.COORDINATOR, review), other)
    client.force_login(coordinator)
    slug = review.partnership.slug
    pages = [
        *(reverse(f"desk:{name}") for name in ("plans", "plans-changes", "plans-charts")),
        reverse("desk:said-before"),
        reverse("actionplans:national-all"),
        *(
            reverse(f"actionplans:{name}", args=[slug])
            for name in ("asking", "asking-rows", "asking-tomorrow", "papers-list")
        ),
        reverse("actionplans:papers-draft", args=[slug])
        + "?kind=statement&format=html&as_of_day=1&as_of_month=1&as_of_year=2026",
        reverse("reviews:message-list"),
    ]

    for page in pages:
        words = client.get(page).content.decode()
        for told in ("Otherwise", "DARDR-902", "Of the other one"):
            assert told not in words, page


# --- Sheets, papers and files of others -----------------------------------------------------------


def test_a_claim_of_the_whole_is_found_by_no_filter_of_who_leads_a_part(review, ours, theirs):
    (row,) = led_in_parts(review, theirs, ours, claimed_status="completed")
    lead = with_role(Role.ACTION_LEAD, review, ours)
    seen = Seen(again(lead), on=timezone.localdate(), now=timezone.now())

    assert list(seen.chosen({"standing": "claimed"})) == []
    assert figures_of(seen, seen.rows)["claimed"] == 0
    whole = with_role(Role.COORDINATOR, review)
    seen = Seen(again(whole), on=timezone.localdate(), now=timezone.now())
    assert list(seen.chosen({"standing": "claimed"})) == [row]


def test_a_sheet_or_paper_of_another_review_is_not_there(client, review, mine, elsewhere):
    client.force_login(with_role(Role.COORDINATOR, elsewhere.review))
    row = elsewhere.row
    text = f"Row\tNumber\tLevel\n{row.pk}\t{row.number}\tLocal"
    client.post(
        url("sheet-paste", elsewhere.review),
        {"text": text, "reason": "Agreed", "key": str(uuid.uuid4())},
    )
    sheet = SheetLine.objects.get().sheet
    paper = final_paper(elsewhere.review, by=with_role(Role.CHAIR, elsewhere.review), is_given=True)
    client.force_login(with_role(Role.COORDINATOR, review))

    for of in (review, elsewhere.review):
        for name in ("sheet-detail", "sheet-choices", "sheet-save", "sheet-discard", "sheet-file"):
            assert client.get(url(name, of, sheet.pk)).status_code == 404
            assert client.post(url(name, of, sheet.pk), {}).status_code in {404, 405}
    assert client.get(paper.get_absolute_url()).status_code == 404
    for format_ in ("pdf", "docx", "html", "xlsx"):
        page = reverse("actionplans:paper-file", args=[paper.pk, format_])
        assert client.get(page).status_code == 404
    slug = elsewhere.review.partnership.slug
    for name in ("papers-list", "papers-draft", "papers-create", "asking", "asking-rows"):
        assert client.get(reverse(f"actionplans:{name}", args=[slug])).status_code == 404


def test_a_paper_of_several_reviews_is_for_who_reads_all_of_them(client, review, mine):
    other = ReviewFactory(partnership=review.partnership, stage=Stage.MONITORING)
    RecommendationLeadFactory(
        recommendation__review=other, participation=part_of(other, "Otherwise Trust")
    )
    boss = with_role(Role.COORDINATOR, review)
    paper = keep_final(
        Scope(review.partnership, (review, other)),
        kind=Kind.STATEMENT,
        layout="",
        as_of=timezone.localdate(),
        is_given=True,
        by=boss,
        key=uuid.uuid4(),
    )
    client.force_login(with_role(Role.CHAIR, review))
    assert client.get(paper.get_absolute_url()).status_code == 404
    client.force_login(in_conflict(with_role(Role.BOARD_READER, review), other))
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert client.get(reverse("actionplans:paper-file", args=[paper.pk, "html"])).status_code == 404

    Review.objects.filter(pk=other.pk).update(state=State.CLOSED, stage=Stage.CLOSED)
    client.force_login(with_role(Role.BOARD_READER, review))
    before = trail_of(other).count()
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert trail_of(other).count() == before + 1  # who reads of a review stands in its trail


def test_a_file_is_found_on_its_own_row_alone(client, review, ours, theirs, mine):
    other = RecommendationLeadFactory(recommendation__review=review, participation=theirs)
    note = ProgressNoteFactory(recommendation=other.recommendation)
    file = EvidenceFileFactory(note=note)
    client.force_login(with_role(Role.ACTION_LEAD, review, ours))

    for row in (mine, note.row):
        assert client.get(url("row-evidence-file", review, row.pk, file.pk)).status_code == 404


def test_what_another_body_decided_is_hidden_with_a_conflict_with_it(client, review, ours, theirs):
    one = RecommendationFactory(review=review)
    RecommendationLeadFactory(recommendation=one, participation=theirs)
    row = one.rows.get()
    DecisionFactory(recommendation=one, body="Marlow Police", rationale="Marlow cannot pay")
    client.force_login(with_role(Role.COORDINATOR, review))
    text = f"Row\tNumber\tLead agency\n{row.pk}\t{row.number}\tQuillshire Housing"
    client.post(
        url("sheet-paste", review), {"text": text, "reason": "Agreed", "key": str(uuid.uuid4())}
    )
    client.post(url("sheet-save", review, SheetLine.objects.get().sheet.pk), {})
    chair = in_conflict(with_role(Role.CHAIR, review), review, theirs)
    client.force_login(chair)

    assert PlanRow.objects.visible_to(chair).filter(pk=row.pk).exists()
    for page in plan_urls(review, row):
        assert "Marlow" not in client.get(page).content.decode(), page


def test_what_was_said_before_a_handing_over_is_hidden_with_a_conflict(client, review, theirs):
    boss = with_role(Role.COORDINATOR, review)
    link = RecommendationLeadFactory(recommendation__review=review, participation=theirs)
    row = link.recommendation.rows.get()
    ImpactFactory(row=row, how="An audit at Marlow")
    set_successor(
        theirs.agency,
        successor=AgencyFactory(name="Successor Force"),
        on=date(2026, 1, 1),
        by=boss,
    )
    theirs.agency.refresh_from_db()
    hand_over(review, theirs.agency, by=boss)
    chair = in_conflict(with_role(Role.CHAIR, review), review, theirs)
    client.force_login(chair)

    for page in plan_urls(review, row):
        assert "Marlow" not in client.get(page).content.decode(), page


def test_what_waits_to_be_saved_stands_in_a_review_that_its_writer_reaches(
    client, review, ours, mine, elsewhere
):
    lead = with_role(Role.ACTION_LEAD, review, ours)
    request = UpdateRequestFactory(partnership=review.partnership, user=lead)
    RequestedRowFactory(request=request, row=elsewhere.row)
    RequestedRowFactory(request=request, row=mine)
    client.force_login(lead)
    page = reverse("actionplans:request-detail", args=[request.pk])
    said = {f"row-{mine.pk}-seen": "", f"row-{mine.pk}-words": "Forty came", "_draft": "keep"}

    client.post(page, said | {"key": str(uuid.uuid4())})

    assert Draft.objects.get().review == review
    assert "Forty came" in client.get(f"{page}?_draft=use").content.decode()


def test_nothing_is_asked_of_or_handed_over_in_a_review_that_has_ended(client, review, ours, mine):
    with_role(Role.ACTION_LEAD, review, ours)
    boss = with_role(Role.COORDINATOR, review)
    set_successor(
        ours.agency, successor=AgencyFactory(name="Successor"), on=date(2026, 1, 1), by=boss
    )
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED, stage=Stage.CLOSED)
    client.force_login(boss)
    slug, agency = review.partnership.slug, ours.agency_id
    before = Message.objects.count()

    for name in ("asking-agency", "asking-hand-over"):
        page = reverse(f"actionplans:{name}", args=[slug, agency])
        client.post(page, {"key": str(uuid.uuid4())})
    for name, args in (
        ("row-update", (mine.pk,)),
        ("row-owner", (mine.pk,)),
        ("plan-order", ()),
        ("sheet-paste", ()),
        ("sheet-rows", ()),
        ("paper-create", ()),
        ("national-step-add", (mine.recommendation_id,)),
        ("decision-add", (mine.recommendation_id,)),
        ("recommendation-follow", (mine.recommendation_id,)),
        ("recommendation-milestones", (mine.recommendation_id,)),
        ("action-add", (mine.recommendation_id,)),
    ):
        assert client.post(url(name, review, *args), {}).status_code == 409, name

    assert Message.objects.count() == before
    assert mine.leads.get() == ours
