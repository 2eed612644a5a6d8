"""Each branch of `visible_to` in the rooms of requests, delegation and messages, asked by itself.

The pages ask for the request first, so that a door behind it could stand open unseen.
"""

import pytest

from accounts.models import User
from reviews.delegation.models import Delegation
from reviews.reminders.models import Mailing, Posting, Reminder
from reviews.requests.models import RequestAnswer, RequestDraft, RequestMove
from reviews.requests.services.answering import save_draft
from reviews.services import end_role
from tests.factories.reviews_reminders import MailingFactory, PostingFactory, ReminderFactory
from tests.walls.test_conflicts import again, in_conflict

pytestmark = pytest.mark.usefixtures("for_now")
OF_REQUESTS = (RequestMove, RequestAnswer, RequestDraft)


def sees(world, who, row):
    return type(row).objects.visible_to(again(world, who)).filter(pk=row.pk).exists()


@pytest.mark.parametrize("who", ["panel", "board_reader", "lead_own", "author_other"])
@pytest.mark.parametrize("model", OF_REQUESTS)
def test_what_surrounds_a_request_is_its_agencys_and_the_leaders(model, who, world):
    ours = model.objects.filter(request__participation=world.rows.ours.part)

    assert ours.exists()
    assert not ours.visible_to(again(world, who)).exists()


@pytest.mark.parametrize("who", ["chair", "coordinator"])
@pytest.mark.parametrize("model", OF_REQUESTS)
def test_a_conflict_hides_what_surrounds_a_request(model, who, world):
    theirs = world.rows.theirs
    save_draft(theirs.question, by=world.rows.coordinator, text="For them", seen=0, on_behalf=True)
    in_conflict(world, who, theirs.part)

    seen = model.objects.visible_to(again(world, who))

    assert not seen.filter(request__participation=theirs.part).exists()


def test_unsent_words_are_those_of_whoever_writes_them(world):
    rows = world.rows
    own = RequestDraft.objects.get(request=rows.question, on_behalf=False)
    led = save_draft(rows.question, by=rows.coordinator, text="So far", seen=0, on_behalf=True)
    who = ("author_own", "officer_own", "coordinator", "chair")

    assert {name for name in who if sees(world, name, own)} == {"author_own", "officer_own"}
    assert {name for name in who if sees(world, name, led)} == {"coordinator"}


def test_a_delegation_is_seen_by_both_sides_and_the_leaders(world):
    given = world.rows.delegation

    assert {
        name for name in world.placements if name != "signed_out" and sees(world, name, given)
    } == {
        "deputy_own",
        "chair",
        "coordinator",
    }
    assert Delegation.objects.visible_to(given.given_by).filter(pk=given.pk).exists()


@pytest.mark.parametrize("who", ["chair", "coordinator"])
def test_a_conflict_hides_a_delegation(who, world):
    in_conflict(world, who, world.rows.ours.part)

    assert not sees(world, who, world.rows.delegation)


def test_whoever_left_the_agency_sees_no_delegation_there(world):
    given = world.rows.delegation
    for holder in given.given_by.roles.all():
        end_role(holder, by=None)

    assert not Delegation.objects.visible_to(User.objects.get(pk=given.given_by_id)).exists()


def test_a_closed_account_sees_no_mailing(world):
    mailing = MailingFactory(user=world.rows.account)

    assert not Mailing.objects.visible_to(mailing.user).exists()


def test_whoever_runs_a_review_follows_what_they_were_reminded_of(world):
    rows = world.rows
    row = ReminderFactory(
        mailing=rows.mailing, review=rows.one, participation=rows.theirs.part, item="another"
    )
    before = sees(world, "coordinator", row)
    in_conflict(world, "coordinator", world.rows.theirs.part)

    assert (before, sees(world, "coordinator", row)) == (True, False)


def test_a_reminder_of_no_agency_ends_with_the_review(world):
    mailing = MailingFactory(user=world.placements["panel"].user)
    row = ReminderFactory(mailing=mailing, review=world.rows.one)
    before = sees(world, "panel", row)
    for holder in world.placements["panel"].user.roles.all():
        end_role(holder, by=None)

    assert (before, sees(world, "panel", row)) == (True, False)
    assert not Reminder.objects.visible_to(again(world, "panel")).exists()


@pytest.mark.parametrize("who", ["chair", "panel", "board_reader", "author_own"])
def test_to_whom_messages_went_is_for_whoever_runs_the_review(who, world):
    assert not Posting.objects.visible_to(again(world, who)).exists()


def test_a_conflict_with_a_review_hides_its_messages_from_its_partnerships_coordinator(world):
    row = PostingFactory(review=world.rows.one)
    before = sees(world, "coordinator", row)
    in_conflict(world, "coordinator")

    assert (before, sees(world, "coordinator", row)) == (True, False)
