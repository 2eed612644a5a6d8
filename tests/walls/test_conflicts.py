"""A live conflict of interest takes away what it concerns, whatever the role, at once."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reviews.intake.services.concerns import give_concern
from reviews.models import Participation, Review
from reviews.panel.models import Capacity
from reviews.panel.services import declaring
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.rules import Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.reviews_intake import (
    NotificationFactory,
    PossibleDuplicateFactory,
    UrgentConcernFactory,
)
from tests.factories.reviews_lifecycle import closed
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.usefixtures("for_now")


def seated(world, name):
    """The panel's row of somebody of the world."""
    user = world.placements[name].user
    return world.rows.one.panel.filter(user=user).first() or PanelMemberFactory(
        review=world.rows.one, user=user, capacity=Capacity.SUPPORT
    )


def in_conflict(world, name, part=None):
    return declaring.record_conflict(
        seated(world, name),
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )


def again(world, name):
    """The same person in their next request."""
    return User.objects.get(pk=world.placements[name].user.pk)


def _of_agencies():
    """Every kind of row that somebody may or may not see and that points at an agency's part."""
    for model in apps.get_models():
        if not hasattr(model._default_manager.all(), "visible_to"):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Participation:
                yield model, field.name


@pytest.mark.parametrize("name", ["chair", "coordinator"])
def test_no_row_of_the_agency_is_left_in_any_list(name, world):
    theirs = world.rows.theirs.part
    in_conflict(world, name, theirs)
    user = again(world, name)

    left = {
        f"{model._meta.label}.{field}"
        for model, field in _of_agencies()
        if model._default_manager.visible_to(user).filter(**{field: theirs}).exists()
    }

    assert left == {"reviews.Conflict.participation"}  # their own, so that they know of it


GOES_WITH_ANOTHER = {("mark", "counterpart"), ("accuracyround", "participation")}


def _seen_of(part, user):
    """{(model, field): ids} of an agency's rows that somebody sees, but for what goes with something else:
    marks that name it as the counterpart, with the other agency's entry; extracts, with the draft."""
    return {
        (model, field): set(
            model._default_manager.visible_to(user)
            .filter(**{field: part})
            .values_list("pk", flat=True)
        )
        for model, field in _of_agencies()
        if (model._meta.model_name, field) not in GOES_WITH_ANOTHER
    }


def _under(one):
    """{model: ids} of what hangs on a recommendation."""
    return {
        related.related_model: set(
            related.related_model._base_manager.filter(recommendation=one).values_list(
                "pk", flat=True
            )
        )
        for related in one._meta.related_objects
        if related.field.name == "recommendation"
    }


@pytest.mark.parametrize("name", ["chair", "coordinator"])
def test_what_the_other_agencies_have_stays(name, world):
    """But for what they see to together with the agency: it goes as a whole."""
    ours, together = world.rows.ours.part, _under(world.rows.led_together)
    before = _seen_of(ours, again(world, name))

    in_conflict(world, name, world.rows.theirs.part)

    after = _seen_of(ours, again(world, name))
    assert after == {of: ids - together.get(of[0], set()) for of, ids in before.items()}
    assert sum(map(len, after.values())) > 5


def test_rows_of_no_agency_stay(world):
    in_conflict(world, "chair", world.rows.theirs.part)

    found = type(world.rows.context).objects.visible_to(again(world, "chair"))

    assert world.rows.context in found


@pytest.mark.parametrize("name", ["chair", "coordinator", "panel", "author_own"])
def test_a_conflict_with_the_whole_review_closes_it(name, world):
    one = world.rows.one
    in_conflict(world, name)

    client = world.placements[name].client
    pages = ("desk:review-home", "chronologies:combined", "actionplans:plan", "reviews:panel-list")

    assert one not in Review.objects.visible_to(again(world, name))
    assert {client.get(reverse(page, args=[one.reference])).status_code for page in pages} == {404}


def test_it_closes_no_other_review(world):
    user = with_role(Role.CHAIR, world.rows.two)
    member = PanelMemberFactory(review=world.rows.one, user=user)
    declaring.record_conflict(
        member, key=uuid.uuid4(), nature="Kin", declared_on=timezone.localdate(), by=None
    )

    assert list(Review.objects.visible_to(User.objects.get(pk=user.pk))) == [world.rows.two]


def test_acting_for_the_agency_ends_with_a_conflict_with_it(world):
    in_conflict(world, "author_own", world.rows.ours.part)

    seen = Participation.objects.visible_to(again(world, "author_own"))

    assert list(seen) == []


def test_nothing_is_told_from_a_missing_row(world):
    rows, client = world.rows, world.placements["chair"].client
    in_conflict(world, "chair", rows.theirs.part)

    answers = {
        (name, pk): client.get(reverse(name, args=[rows.one.reference, pk])).status_code
        for name, pk in (
            ("chronologies:chronology", rows.theirs.part.pk),
            ("chronologies:entry-detail", rows.theirs.entry.pk),
            ("actionplans:recommendation-detail", rows.theirs.recommendation.pk),
            ("actionplans:import-detail", rows.plan_import.pk),
            ("actionplans:sheet-detail", rows.plan_sheet.pk),
        )
    }

    assert set(answers.values()) == {404}


def test_an_end_gives_back_what_the_roles_give(world):
    conflict = in_conflict(world, "chair", world.rows.theirs.part)
    declaring.end_conflict(
        conflict, on=timezone.localdate(), because="Left that post", by=world.rows.coordinator
    )

    assert world.rows.theirs.entry in type(world.rows.theirs.entry).objects.visible_to(
        again(world, "chair")
    )


def test_nobody_ends_their_own_on_the_page_either(world):
    conflict = in_conflict(world, "chair", world.rows.theirs.part)
    url = reverse("reviews:conflict-end", args=[world.rows.one.reference, conflict.pk])

    own = world.placements["chair"].client.post(url, {})
    of_another = world.placements["coordinator"].client.get(url)

    assert (own.status_code, of_another.status_code) == (403, 200)


def test_an_export_made_before_is_not_handed_out_after(world):
    rows = world.rows
    type(rows.export).objects.filter(pk=rows.export.pk).update(places=[rows.theirs.part.pk])
    in_conflict(world, "chair", rows.theirs.part)

    url = reverse("chronologies:export-file", args=[rows.one.reference, rows.export.pk])

    assert world.placements["chair"].client.get(url).status_code in {403, 404}


def test_a_share_of_that_agencys_material_does_not_reach(world):
    rows = world.rows
    for part in (rows.ours.part, rows.theirs.part):
        share(
            rows.one,
            material="chronology",
            participation=part,
            with_role=Role.PANEL_MEMBER,
            until=timezone.localdate() + timedelta(days=1),
            by=rows.chair,
        )
    in_conflict(world, "panel", rows.theirs.part)

    seen = type(rows.ours.entry).objects.visible_to(again(world, "panel"))

    assert {entry.participation_id for entry in seen} == {rows.ours.part.pk}


def test_who_read_the_terms_there_is_not_told(world):
    rows = world.rows
    in_conflict(world, "chair", rows.ours.part)
    url = reverse("reviews:terms-readers", args=[rows.one.reference])

    places = [
        [place.name for place in world.placements[name].client.get(url).context["places"]]
        for name in ("chair", "coordinator")
    ]

    assert places == [["The panel"], [str(rows.ours.part.agency), "The panel"]]


def test_the_trail_does_not_name_that_agency(world):
    rows = world.rows
    url = reverse("reviews:trail", args=[rows.one.reference])
    in_conflict(world, "chair", rows.theirs.part)

    def told(name):
        words, page = "", 1
        while True:
            response = world.placements[name].client.get(url, {"page": page})
            words += " ".join(line.what for line in response.context["lines"])
            if not response.context["page_obj"].has_next():
                return words
            page += 1

    ours, theirs = str(rows.ours.part.agency), str(rows.theirs.part.agency)
    assert (ours in told("chair"), theirs in told("chair")) == (True, False)
    assert theirs in told("coordinator")


def test_that_a_concern_was_theirs_before_is_not_told(world):
    rows = world.rows
    concern = UrgentConcernFactory(review=rows.one)
    for part in (rows.theirs.part, rows.ours.part):
        give_concern(concern, owner=part, by=rows.coordinator)
    in_conflict(world, "chair", rows.theirs.part)
    url = reverse("reviews:concern-detail", args=[rows.one.reference, concern.pk])

    owners = world.placements["chair"].client.get(url).context["owners"]

    assert {row.owner for row in owners} <= {None, rows.ours.part}


def test_two_notifications_are_not_compared_by_whoever_must_not_see_one(world):
    rows = world.rows
    place = rows.one.partnership
    older = NotificationFactory(
        partnership=place, state="review", review=rows.one, settled_at=timezone.now()
    )
    newer = NotificationFactory(partnership=place)
    doubt = PossibleDuplicateFactory(notification=newer, other=older)
    url = reverse("reviews:notification-duplicate", args=[doubt.pk])
    client = world.placements["coordinator"].client
    before = client.get(url).status_code
    in_conflict(world, "coordinator")

    assert (before, client.get(url).status_code) == (200, 404)


def test_a_hold_about_that_agency_stops_without_saying_why(world):
    rows = world.rows
    trial = ProceedingFactory(review=rows.one, participation=rows.theirs.part)
    today = timezone.localdate()
    hold(trial, Stops.PUBLICATION, starts_on=today, today=today, asked_by="Their head of service")
    in_conflict(world, "chair", rows.theirs.part)

    def said(name):
        with pytest.raises(ValidationError) as refusal:
            refuse_held(rows.one, Stops.PUBLICATION, by=again(world, name))
        return refusal.value.messages[0]

    assert "Their head of service" in said("coordinator")
    assert said("chair") == "A hold stops publication."


def test_nobody_closes_a_review_of_which_they_do_not_see_all_that_is_open(world):
    in_conflict(world, "coordinator", world.rows.theirs.part)

    with pytest.raises(ValidationError, match="not all that is open"):
        closed(world.rows.one, by=again(world, "coordinator"), on=timezone.localdate())
