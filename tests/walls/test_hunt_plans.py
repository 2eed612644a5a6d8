"""Attacks on plans: what stands beside a row that one's agency leads, and what a conflict hides."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actionplans.asking.daily import ask_for_updates
from actionplans.asking.succession import hand_over
from actionplans.editing.services import change_action, words_of
from actionplans.progress.models import DateMove
from actionplans.rows.models import PlanRow
from actionplans.rows.services import follow
from actionplans.seeing.listing import Published, Seen
from agencies.services import set_successor
from chronologies.marking.models import Theme
from foundations.dates import parse
from foundations.post.models import Message
from reviews.access import access_of
from reviews.models import Review
from reviews.queries import trail_of
from reviews.rules import Material, Role, Stage
from reviews.services import give_role, share
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
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
        decision_as_written="ZZDECISION",
        outcome="ZZOUTCOME",
        scope="ZZSCOPE",
        lead_role="ZZROLE",
        addressed_to="ZZADDRESSEE",
        level="national",
    )
    client.force_login(with_role(Role.ACTION_LEAD, review, ours))

    for url in plan_urls(review, row):
        words = client.get(url).content.decode()
        assert "the vicar" not in words, url
        assert "ZZ" not in words, url
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
