"""Who is told that a draft, a pack or a set of documents waits for them, and when that ends."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from foundations.post.models import Message
from reports.copies import remarking
from reports.homeoffice import services
from reports.models import Document, Recipient, Side
from reports.services.documents import share_document, unshare_document
from reports.waiting import drafts_to_read, packs_to_read, sets_to_sign
from reviews.models import Review, Share
from reviews.proceedings.models import Stops
from reviews.reminders.models import Mailing
from reviews.reminders.queries import reasons_of
from reviews.reminders.services import send_reminders
from reviews.rules import Role, Stage
from reviews.services import withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_homeoffice import letter_of, pack_of, sent, version_of
from tests.factories.reports_release import proposed, signed_by
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def member(review):
    return with_role(Role.PANEL_MEMBER, review)


@pytest.fixture
def draft(review, chair):
    """Shared with the panel."""
    document = begun(review, title="What became of Ellen Quill")
    share_document(document, by=chair)
    return document


def a_conflict(user, review):
    seat = PanelMemberFactory(review=review, user=user)
    ConflictFactory(member=seat, participation=ParticipationFactory(review=review))


def told_on(day):
    """{user: what they are told of}"""
    return {
        one.user: [item.rule for item in one.items]
        for one in send_reminders(on=day)
        if not one.already_sent
    }


def whom(owed):
    return [set(one.user_ids) for one in owed]


# --- Drafts ---------------------------------------------------------------------------------------


def test_the_panel_is_told_of_a_draft_in_a_mail_that_says_nothing_of_it(draft, review, member):
    today = timezone.localdate()

    told = [told_on(today + TOMORROW), told_on(today + 2 * TOMORROW)]

    (message,), (mailing,) = Message.objects.all(), Mailing.objects.all()
    (reason,) = reasons_of(member, mailing)
    assert told == [{member: ["draft"]}, {}]
    assert message.subject == "1 thing is waiting for you in the reviews system"
    assert f"Review {review.reference}: 1" in message.body
    assert not any(word in message.body for word in ("Quill", "draft", "Overview"))
    assert (reason.page, reason.because) == (
        draft.get_absolute_url(),
        "because it was shared with you to read",
    )


def test_a_member_who_has_said_something_of_it_is_told_no_more(draft, review, chair, member):
    other = with_role(Role.PANEL_MEMBER, review)
    paragraph = paragraph_in(draft.sections.first(), "She asked for help.", by=chair)
    remarking.remark(
        paragraph,
        kind="comment",
        words="Whom?",
        version=paragraph.versions.get(),
        by=member,
        key=uuid.uuid4(),
    )

    assert whom(drafts_to_read([review])) == [{other.pk}]


def test_nobody_is_told_of_a_draft_that_a_conflict_keeps_from_them(draft, review, member):
    other = with_role(Role.PANEL_MEMBER, review)
    a_conflict(member, review)

    assert whom(drafts_to_read([review])) == [{other.pk}]


@pytest.mark.parametrize(
    "end",
    [
        lambda draft, by: unshare_document(draft, by=by),
        lambda draft, by: withdraw_share(Share.objects.get(), by=by),
        lambda draft, by: hold(ProceedingFactory(review=draft.review), Stops.SHARING),
    ],
    ids=["taken back", "drafts no longer shared", "a hold"],
)
def test_nobody_is_told_of_a_draft_that_they_no_longer_reach(end, draft, review, chair, member):
    end(draft, chair)

    assert list(drafts_to_read([review])) == []


def test_a_draft_that_is_shared_again_is_told_again(draft, review, chair, member):
    long_ago = timezone.now() - timedelta(days=30)
    Document.objects.filter(pk=draft.pk).update(shared_at=long_ago)
    share_document(draft, by=chair, shows_remarks=True)
    (before,) = drafts_to_read([review])

    withdraw_share(Share.objects.get(), by=chair)
    share_document(draft, by=chair)

    (after,) = drafts_to_read([review])
    assert before.due == timezone.localdate(long_ago)
    assert (after.due, after.user_ids) == (timezone.localdate(), {member.pk})


# --- Packs ----------------------------------------------------------------------------------------


def a_pack(review, by, *, to=Recipient.HOME_OFFICE):
    return pack_of(review, [version_of(begun(review), by=by)], by=by, to=to)


@pytest.fixture
def reader(review):
    return with_role(Role.HOME_OFFICE_READER, review)


@pytest.fixture
def pack(review, chair):
    one = a_pack(review, chair)
    sent(one, by=chair)
    return one


def test_the_home_offices_reader_is_told_of_a_pack_that_was_sent(pack, review, reader):
    told = told_on(timezone.localdate() + TOMORROW)

    (message,) = Message.objects.all()
    assert told == {reader: ["pack"]}
    assert f"Review {review.reference}: 1" in message.body


def test_a_pack_waits_for_nobody_before_it_is_sent_and_none_once_taken_back(review, chair, reader):
    one = a_pack(review, chair)
    before = whom(packs_to_read([review]))
    row = sent(one, by=chair)
    meanwhile = whom(packs_to_read([review]))
    sent(one, by=chair, on=timezone.localdate(), why="Another address", seen=row.pk)
    corrected = whom(packs_to_read([review]))

    other = a_pack(review, chair, to=Recipient.COMMISSIONER)
    sent(other, by=chair)

    assert (before, meanwhile, corrected) == ([], [{reader.pk}], [{reader.pk}])
    assert whom(packs_to_read([review])) == [{reader.pk}]


def test_a_pack_waits_since_it_was_first_said_to_have_gone_whatever_day_is_corrected(
    review, chair, reader, time_machine
):
    one = a_pack(review, chair)
    row = sent(one, by=chair)

    time_machine.move_to(row.at + 3 * TOMORROW)
    sent(one, by=chair, on=timezone.localdate(), why="It went later", seen=row.pk)

    (owed,) = packs_to_read([review])
    assert owed.due == timezone.localdate(row.at)


def test_a_pack_that_was_taken_back_and_sent_again_waits_since_it_was_sent_again(
    review, chair, reader, time_machine
):
    one = a_pack(review, chair)
    first = sent(one, by=chair)
    time_machine.move_to(first.at + 2 * TOMORROW)
    said = {"on": None, "to_whom": "", "why": "It had not gone", "seen": first.pk}
    back = services.record_sending(one, by=chair, key=uuid.uuid4(), **said)
    taken_back = list(packs_to_read([review]))

    time_machine.move_to(first.at + 5 * TOMORROW)
    again = sent(one, by=chair, why="It has now", seen=back.pk)

    (owed,) = packs_to_read([review])
    assert taken_back == []
    assert owed.due == timezone.localdate(again.at) > timezone.localdate(back.at)


@pytest.mark.parametrize("says_which", [True, False])
def test_a_letter_ends_it(says_which, pack, review, chair, reader):
    letter_of(review, by=chair, pack=pack if says_which else None)

    assert list(packs_to_read([review])) == []


def test_nobody_is_told_of_a_pack_at_a_stage_that_they_do_not_reach(pack, review, reader):
    Review.objects.filter(pk=review.pk).update(stage=Stage.DRAFTING)

    assert list(packs_to_read([review])) == []


# --- Sets -----------------------------------------------------------------------------------------


def test_each_side_is_told_of_a_set_until_it_has_signed(review, chair):
    coordinator = with_role(Role.COORDINATOR, review)
    release = proposed(review, by=chair)
    before = whom(sets_to_sign([review]))

    signed_by(release, Side.CHAIR, chair)
    between = whom(sets_to_sign([review]))
    told = told_on(timezone.localdate() + TOMORROW)
    signed_by(release, Side.PARTNERSHIP, coordinator)

    assert before == [{chair.pk, coordinator.pk}]
    assert (between, told) == ([{coordinator.pk}], {coordinator: ["release"]})
    assert whom(sets_to_sign([review])) == []


def test_a_hold_or_a_conflict_keeps_the_message_back_as_it_keeps_the_signature(review, chair):
    coordinator = with_role(Role.COORDINATOR, review)
    proposed(review, by=chair)
    a_conflict(coordinator, review)
    before = whom(sets_to_sign([review]))

    hold(ProceedingFactory(review=review), Stops.PUBLICATION)

    assert (before, whom(sets_to_sign([review]))) == ([{chair.pk}], [])


def test_somebody_from_elsewhere_is_told_of_nothing(draft, pack, review, chair):
    proposed(review, by=chair)
    UserFactory()

    told = told_on(timezone.localdate() + TOMORROW)

    assert told == {chair: ["release"]}
