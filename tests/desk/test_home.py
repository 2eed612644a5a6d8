"""The first page after signing in says what waits, to those whom it waits for."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.copies import remarking
from reports.services.documents import share_document
from reviews.rules import Role
from reviews.services import fan_out
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import EntryCommentFactory
from tests.factories.reports import begun, paragraph_in, section_in
from tests.factories.reports_release import published
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import NotificationFactory, UrgentConcernFactory
from tests.factories.reviews_lifecycle import discontinued
from tests.factories.reviews_meetings import MeetingFactory

pytestmark = pytest.mark.django_db
HOME = reverse("desk:home")


@pytest.fixture
def review():
    return ReviewFactory(reference="CSP-1", stage="gathering")


def shown(client):
    """{reference: {title of a task: its status}}"""
    work = client.get(HOME).context["work"]
    return {
        item.review.reference: {task["title"]: task["status"] for task in item.tasks}
        for item in work
    }


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_an_urgent_concern_stands_on_the_page_that_the_message_about_it_leads_to(
    role, client, review, sign_in
):
    UrgentConcernFactory(review=review)
    sign_in(role, review)

    assert shown(client)["CSP-1"]["Urgent concerns"] == "1 open"


def test_only_the_agency_that_deals_with_a_concern_finds_it(client, review, sign_in):
    part, other = (ParticipationFactory(review=review) for _ in range(2))
    UrgentConcernFactory(review=review, owner=part)

    sign_in(Role.IMR_AUTHOR, review, other)
    assert "Urgent concerns" not in shown(client)["CSP-1"]

    sign_in(Role.IMR_AUTHOR, review, part)
    assert shown(client)["CSP-1"]["Urgent concerns"] == "1 open"


def test_where_nothing_waits_nothing_is_said(client, review, sign_in):
    sign_in(Role.COORDINATOR, review)

    assert {"Urgent concerns", "Family and others", "Meetings"}.isdisjoint(shown(client)["CSP-1"])


def test_a_panel_member_finds_the_draft_that_was_shared(client, review, sign_in):
    chair = with_role(Role.CHAIR, review)
    draft = begun(review, by=chair)
    sign_in(Role.PANEL_MEMBER, review)
    assert "Documents" not in shown(client)["CSP-1"]

    share_document(draft, by=chair)

    assert shown(client)["CSP-1"]["Documents"] == ""


def test_a_board_reader_finds_what_was_published(client, review, sign_in):
    published(review)
    sign_in(Role.BOARD_READER, review)

    assert shown(client)["CSP-1"]["Releases"] == ""


def test_who_leads_finds_a_remark_that_waits(client, review, sign_in):
    chair = sign_in(Role.CHAIR, review)
    draft = begun(review, by=chair)
    paragraph = paragraph_in(section_in(draft), by=chair)
    share_document(draft, by=chair)
    member = with_role(Role.PANEL_MEMBER, review)
    said = {"kind": "comment", "words": "By whom?", "by": member, "key": uuid.uuid4()}
    remarking.remark(paragraph, version=paragraph.versions.get(), **said)

    assert shown(client)["CSP-1"]["Documents"] == "1 open remark"


@pytest.mark.time_machine("2026-03-01 10:00")
def test_a_panel_member_finds_the_meeting_that_is_to_come(client, review, sign_in):
    MeetingFactory(review=review, sent=True)
    sign_in(Role.PANEL_MEMBER, review)

    assert shown(client)["CSP-1"]["Meetings"] == "1 to come"


def test_coordinators_are_told_of_notifications_and_nobody_else(client, review, sign_in):
    NotificationFactory(partnership=review.partnership)

    for role, said in [(Role.COORDINATOR, "1 to look at"), (Role.CHAIR, None)]:
        sign_in(role, review)
        told = client.get(HOME).context["told_of"]
        assert [task["status"] for task in told] == [said] * bool(said)


def test_a_review_that_ended_comes_last_and_says_so(client, review, sign_in):
    user = sign_in(Role.COORDINATOR, review)
    ended = ReviewFactory(partnership=review.partnership, reference="CSP-2")
    fan_out(user.appointments.get(), ended)
    discontinued(ended, by=user)

    response = client.get(HOME)

    assert [item.review for item in response.context["work"]] == [review, ended]
    assert "Discontinued" in response.content.decode()


def test_the_page_asks_no_more_where_there_is_more(client, review, sign_in):
    user = sign_in(Role.COORDINATOR, review)
    client.get(HOME)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    few = asked()
    for n in range(3):
        more = ReviewFactory(partnership=review.partnership, reference=f"CSP-1{n}")
        fan_out(user.appointments.get(), more)
        UrgentConcernFactory(review=more)
        NotificationFactory(partnership=review.partnership)
    assert asked() == few


def test_what_is_next_leads_to_its_task(client, review, sign_in):
    sign_in(Role.COORDINATOR, review)

    response = client.get(review.get_absolute_url())

    code = response.context["next"].line.task.code
    assert reverse("reviews:task-mark", args=["CSP-1", code]) in response.content.decode()


def test_an_agency_finds_the_comments_on_its_own_entries(client, review, sign_in):
    part, other = (ParticipationFactory(review=review) for _ in range(2))
    entry, second = (EntryFactory(participation=part) for _ in range(2))
    EntryCommentFactory(entry=entry, audience="agency")
    EntryCommentFactory(entry=entry, audience="panel")
    EntryCommentFactory(entry=EntryFactory(participation=other), audience="agency")
    title = f"Comments on the chronology of {part.agency}"
    sign_in(Role.IMR_AUTHOR, review, part)

    assert shown(client)["CSP-1"][title] == "1 comment"
    assert href(client, title) == entry.get_absolute_url()

    EntryCommentFactory(entry=second, audience="agency")
    assert shown(client)["CSP-1"][title] == "2 comments"
    listed = client.get(href(client, title))
    assert {row.entry.pk for row in listed.context["rows"]} == {entry.pk, second.pk}
    assert title in client.get(review.get_absolute_url()).content.decode()


def href(client, title):
    (item,) = client.get(HOME).context["work"]
    return next(task["href"] for task in item.tasks if task["title"] == title)


def test_a_comment_that_was_taken_away_is_nobodys_work(client, review, sign_in):
    part = ParticipationFactory(review=review)
    comment = EntryCommentFactory(entry__participation=part, audience="agency")
    comment.removed_at = timezone.now()
    comment.save()
    sign_in(Role.IMR_AUTHOR, review, part)

    assert f"Comments on the chronology of {part.agency}" not in shown(client)["CSP-1"]
