"""`visible_to` itself, model by model: what no page may show is not even among the rows."""

import pytest
from django.apps import apps

from reviews.drafts.services import keep
from reviews.terms.services import confirm_reading
from tests.walls.canary import KIND_OF_MODEL, where

pytestmark = pytest.mark.usefixtures("for_now", "used_by_somebody")
OF_NOBODY = {"reviews.BankHoliday"}  # known to everybody who is signed in
# Of no review: tests/reviews/reminders and tests/actionplans/many ask their doors.
OF_A_PERSON = {"reviews.Mailing", "actionplans.PlanBatch", "actionplans.SavedFilter"}
# Kinds of things that are for coordinator and chair alone.
LED = {
    *("clock", "course", "family", "intake", "letter", "mismatch led", "panel led"),
    *("proceeding led", "report led"),
}
# Who sits there, and that and when something goes on beside the review; not a word more of it.
OF_THE_PANEL_TOO = {
    "reviews.PanelMember",
    "reviews.Proceeding",
    "reviews.ProceedingEvent",
    "reviews.ProceedingStatus",
}


@pytest.fixture
def used_by_somebody(world):
    """Rows that only a reader or writer makes: in the world nobody has done anything yet."""
    rows, ours = world.rows, world.rows.ours
    confirm_reading(rows.terms, participation=ours.part, by=ours.author)
    keep(ours.author, rows.one, ours.entry.get_absolute_url(), {"text": ["Half a sentence"]})


def doors():
    for model in apps.get_models():
        if hasattr(model._default_manager.all(), "visible_to"):
            yield model


def of_review(rows, review):
    return {row.pk for row in rows if _reference(row) == review.reference}


def _reference(row):
    """Of the review that a row belongs to, whatever it hangs on there."""
    for owner in ("version", "handing", "schedule", "line", "notification", "plan_import", "sheet"):
        if getattr(row, f"{owner}_id", None):
            return _reference(getattr(row, owner))
    return where(row)[0]


def of_partnership(rows, partnership):
    return {row.pk for row in rows if _partnership(row) == partnership.pk}


def _partnership(row):
    if getattr(row, "notification_id", None):
        return _partnership(row.notification)
    return getattr(row, "partnership_id", None)


OUTSIDE = ("stranger", "administrator", "coordinator_elsewhere", "author_elsewhere")


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_row_of_a_review_is_visible_from_outside(who, world):
    user, found = world.placements[who].user, {}
    for model in doors():
        if seen := of_review(model._default_manager.visible_to(user), world.rows.one):
            found[model._meta.label] = seen
    assert found == {}


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_row_of_a_partnership_is_visible_from_another(who, world):
    user, found = world.placements[who].user, {}
    for model in doors():
        rows = model._default_manager.visible_to(user)
        if seen := of_partnership(rows, world.rows.one.partnership):
            found[model._meta.label] = seen
    assert found == {}


@pytest.mark.parametrize("who", ["panel", "author_own", "lead_own", "board_reader"])
def test_rows_of_those_who_lead_are_visible_to_nobody_else_of_the_review(who, world):
    user, found = world.placements[who].user, {}
    for model in doors():
        if KIND_OF_MODEL.get(model._meta.label_lower) not in LED:
            continue
        if seen := of_review(model._default_manager.visible_to(user), world.rows.one):
            found[model._meta.label] = seen
    assert set(found) <= (OF_THE_PANEL_TOO if who == "panel" else set())


def test_whoever_had_an_account_once_sees_no_row_at_all(world):
    gone = world.rows.account

    assert not gone.is_active
    assert {
        model._meta.label for model in doors() if model._default_manager.visible_to(gone)
    } == set()


def test_the_world_has_a_row_behind_every_door(world):
    """Else the tests above would say nothing of it."""
    one, empty = world.rows.one, set()
    for model in doors():
        rows = model._default_manager.all()
        if not of_review(rows, one) and not of_partnership(rows, one.partnership):
            empty.add(model._meta.label)
    assert empty <= OF_NOBODY | OF_A_PERSON
