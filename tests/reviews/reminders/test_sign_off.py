"""Inside an agency: whoever may sign off is reminded, and whoever it was returned to."""

import uuid
from datetime import date, timedelta

import pytest

from reviews.reminders.models import Mailing, Step
from reviews.reminders.services import send_reminders
from reviews.requests.services import moving
from reviews.rules import Role
from reviews.submissions.services.handing import hand_in, return_inside, sign_off, take_back
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews_reminders import ReminderStepsFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import SubmissionFactory, handed_in

pytestmark = pytest.mark.django_db
HANDED_IN = date(2026, 11, 16)
LATER = date(2027, 6, 1)  # the request itself is due long after


def after(days):
    return HANDED_IN + timedelta(days=days)


def reminded(on):
    """{address: [(what, step)]} of what is sent on a day."""
    return {
        one.user.email: [
            (item.rule, item.step)
            for item in Mailing.objects.get(user=one.user, day=on).reminders.order_by("rule")
        ]
        for one in send_reminders(on=on)
        if not one.already_sent
    }


@pytest.fixture
def waiting(part, author):
    """A version that the author handed in, of something due far ahead."""
    submission = handed_in(part, by=author)
    submission.request.due = LATER
    submission.request.save(update_fields=["due"])
    return submission


def test_officers_are_reminded_after_the_days_inside_and_nobody_before(waiting, officer):
    assert [reminded(after(days)) for days in (1, 4)] == [{}, {}]

    assert reminded(after(5)) == {officer.email: [("sign_off", Step.DUE)]}
    assert reminded(after(6)) == {}
    assert reminded(after(8)) == {officer.email: [("sign_off", Step.OVERDUE)]}


def test_the_days_are_the_partnerships(waiting, officer, review):
    ReminderStepsFactory(partnership=review.partnership, days_inside=2)

    assert reminded(after(2)) == {officer.email: [("sign_off", Step.DUE)]}


def test_the_coordinator_learns_nothing_of_what_goes_on_inside(waiting, officer, coordinator):
    assert set(reminded(after(40))) == {officer.email}


def test_whoever_worked_on_it_is_not_asked_to_sign_it_off(waiting, part, officer):
    second = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    take_back(waiting, by=second, key=uuid.uuid4())
    hand_in(waiting, by=second, key=uuid.uuid4())

    assert set(reminded(after(12))) == {officer.email}


def test_a_return_is_the_authors_to_put_right(waiting, author, officer):
    return_inside(waiting, by=officer, key=uuid.uuid4(), reason="Page 3")

    assert reminded(after(5)) == {author.email: [("returned_inside", Step.DUE)]}
    assert reminded(after(12)) == {
        author.email: [("returned_inside", Step.OVERDUE)],
        officer.email: [("returned_inside", Step.LEAD)],
    }


def test_handed_in_again_it_waits_anew(waiting, author, officer, time_machine):
    reminded(after(5))
    return_inside(waiting, by=officer, key=uuid.uuid4(), reason="Page 3")
    time_machine.move_to("2026-11-23 10:00 +0000")
    hand_in(waiting, by=author, key=uuid.uuid4())

    assert reminded(after(7)) == {}
    assert reminded(after(12)) == {officer.email: [("sign_off", Step.DUE)]}


def test_what_was_sent_or_is_no_longer_asked_for_is_owed_by_nobody(part, author, officer):
    sent = handed_in(part, by=author)
    withdrawn = handed_in(request=asked(part, kind="report"), by=author)
    sign_off(sent, by=officer, key=uuid.uuid4())
    moving.withdraw(withdrawn.request, by=UserFactory(), key=uuid.uuid4(), reason="Not needed")

    assert reminded(after(9)) == {}


def test_it_comes_in_one_message_with_all_else(waiting, officer, part):
    second = handed_in(request=asked(part, kind="report"))
    second.request.due = LATER
    second.request.save(update_fields=["due"])

    assert reminded(after(5)) == {officer.email: [("sign_off", Step.DUE)] * 2}
    assert Mailing.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_however_many_wait(
    count, part, author, officer, django_assert_max_num_queries
):
    for _ in range(count):
        submission = SubmissionFactory(request__participation=part, begun_by=author)
        submission.moves.create(
            key=uuid.uuid4(), what="handed_in", before="draft", after="waiting", by=author
        )
        submission.state = "waiting"
        submission.save()

    with django_assert_max_num_queries(34):
        send_reminders(on=after(5), dry_run=True)
