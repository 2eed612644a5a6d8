"""The second person of the agency: what they see, what they decide, and who is not one."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Event
from reviews.drafts.models import Draft
from reviews.rules import Role
from reviews.submissions.models import OwnPoint, Submission, SubmissionMove
from reviews.submissions.services.handing import hand_in, sign_off, take_back
from reviews.submissions.services.writing import remove_file
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_submissions import (
    appendix,
    handed_in,
    prepared,
    report,
    sent,
    with_file,
)
from tests.reviews.submissions.test_services import again
from tests.walls.test_at_once import at_once, clicks, meet  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def officer(part, client):
    user = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    client.force_login(user)
    return user


def page(submission, name="sign-off", *more):
    request = submission.request
    return reverse(f"reviews:submission-{name}", args=[request.review.reference, request.pk, *more])


def words(response):
    return " ".join(response.content.decode().split())


def seen(submission):
    return submission.moves.filter(what="handed_in").last().pk


def signing(submission, **more):
    return {"decision": "sign", "key": uuid.uuid4(), "seen": seen(submission)} | more


def returning(**more):
    return {"decision": "return", "key": uuid.uuid4(), "reason": "Page 3 says too little"} | more


# --- What they see ------------------------------------------------------------------------------


def test_of_the_first_version_the_officer_reads_the_whole_by_heading(part, officer, client):
    submission = handed_in(part)
    OwnPoint.objects.filter(text__startswith="Audit").update(is_left_out=True)

    text = words(client.get(page(submission)))

    assert "Involvement of the agency" in text
    assert "The practice saw MA 1 on two occasions." in text
    assert "A question that is asked once is not enough." in text
    assert text.count("Left out") == 1
    assert "Signed off" not in text
    (read,) = Event.objects.filter(type="submission.read")
    assert "version" not in read.data or read.data["version"] is None


def test_of_the_next_the_officer_sees_what_changed_and_the_authors_words(part, officer, client):
    first = sent(part)
    second = again(first)
    with_file(second, content=report("It also rang her twice."))
    with_file(second, content=appendix(), name="Letter.docx", part="appendix")
    hand_in(second, by=second.begun_by, key=uuid.uuid4(), note="Two calls were found")

    text = words(client.get(page(second)))

    assert "What changed since version 1" in text
    assert "Two calls were found" in text
    assert "[added: </span>It also rang her twice." in text
    assert "1 of 4 headings is not the same" in text
    assert "This report is about nobody." not in text
    assert "Letter.docx" in text
    assert "This report is about nobody." in words(client.get(page(second) + "?all=1"))


def test_an_appendix_that_did_not_go_along_is_named(part, officer, client):
    first = prepared(part)
    with_file(first, content=appendix(), name="Letter.docx", part="appendix")
    hand_in(first, by=first.begun_by, key=uuid.uuid4())
    sign_off(first, by=UserFactory(), key=uuid.uuid4())
    second = again(first)
    remove_file(second.appendices.get(), by=None)
    with_file(second, content=report("More"))
    hand_in(second, by=second.begun_by, key=uuid.uuid4(), note="Without the letter")

    text = words(client.get(page(second)))

    assert '<strong class="govuk-tag govuk-tag--red">' in text
    assert text.count("Letter.docx") == 1


def test_what_a_file_gives_away_stands_beside_it(part, officer, client):
    submission = handed_in(part)
    file = submission.main
    file.found = file.found | {"comments": 2, "commented_by": ["Reviewer 1"]}
    file.save()

    assert "2 comments by Reviewer 1" in words(client.get(page(submission)))


def test_the_officer_can_open_the_file_itself(part, officer, client):
    submission = handed_in(part)

    response = client.get(page(submission, "file", submission.main.pk))

    assert response.content == submission.main.stored.content
    assert response["Content-Disposition"].startswith("attachment")
    (event,) = Event.objects.filter(type="file.downloaded")
    assert event.data["document"] == "main"


def test_the_request_and_the_home_page_lead_there(part, officer, client):
    submission = handed_in(part)
    url = page(submission)

    assert url in client.get(submission.request.get_absolute_url()).content.decode()
    assert url in client.get("/").content.decode()
    assert url in client.get(part.review.get_absolute_url()).content.decode()


def test_nothing_waits_where_nothing_was_handed_in(part, officer, client):
    submission = prepared(part)

    response = client.get(page(submission), follow=True)

    assert "It is being prepared" in words(response)
    assert "Waits for you" not in words(client.get("/"))


# --- What they decide ---------------------------------------------------------------------------


def test_signing_off_leads_to_the_receipt(part, officer, client):
    submission = handed_in(part)

    response = client.post(page(submission), signing(submission), follow=True)

    submission.refresh_from_db()
    assert (submission.state, submission.number, submission.move.by) == ("sent", 1, officer)
    assert "Signed off and sent" in words(response)
    assert submission.main.stored.sha256 in words(response)


def test_returning_it_inside_needs_a_reason_and_keeps_the_words(part, officer, client):
    submission = handed_in(part)

    refused = client.post(page(submission), returning(reason=""))
    client.post(page(submission), {"_draft": "keep", "reason": "Page 3"})
    offered = client.get(page(submission))
    returned = client.post(page(submission), returning(), follow=True)

    submission.refresh_from_db()
    assert refused.status_code == 422
    assert "Say what is to be changed" in words(refused)
    assert "You have unsaved words here" in words(offered)
    assert submission.state == "draft"
    assert submission.moves.last().reason == "Page 3 says too little"
    assert "Returned inside your agency" in words(returned)
    assert not Draft.objects.exists()


def test_the_review_learns_nothing_of_a_return_inside(part, officer, client):
    submission = handed_in(part)
    client.post(page(submission), returning())
    client.force_login(with_role(Role.COORDINATOR, part.review))

    assert "Page 3" not in words(client.get(submission.request.get_absolute_url()))
    assert client.get(page(submission)).status_code == 403


def test_nobody_signs_off_what_they_have_not_seen(part, officer, client):
    submission = handed_in(part)
    form = signing(submission)
    take_back(submission, by=submission.begun_by, key=uuid.uuid4())
    with_file(submission, content=report("Put in quietly"), by=submission.begun_by)
    hand_in(submission, by=submission.begun_by, key=uuid.uuid4())

    response = client.post(page(submission), form)

    submission.refresh_from_db()
    assert (response.status_code, submission.state) == (422, "waiting")
    assert "handed in again after you opened this page" in words(response)
    assert "Put in quietly" in words(response)
    assert client.post(page(submission), signing(submission)).status_code == 302


def test_whoever_worked_on_it_reads_why_they_cannot(part, officer, client):
    submission = handed_in(part, by=officer)

    response = client.get(page(submission))
    posted = client.post(page(submission), signing(submission))

    assert "You worked on this version" in words(response)
    assert 'name="decision"' not in response.content.decode()
    assert (posted.status_code, Submission.objects.get().state) == (422, "waiting")
    assert "Waits for you" not in words(client.get("/"))
    assert client.post(page(submission), returning()).status_code == 422


def test_an_author_sees_what_the_officer_sees_and_decides_nothing(part, client):
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    submission = handed_in(part, by=author)
    client.force_login(author)

    response = client.get(page(submission))

    assert "Waiting for sign-off" in words(response)
    assert 'name="decision"' not in response.content.decode()
    assert client.post(page(submission), signing(submission)).status_code == 403


def test_a_second_click_finds_the_same_receipt(part, officer, client):
    submission = handed_in(part)
    form = signing(submission)

    first, second = (client.post(page(submission), form) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Submission.objects.sent().count() == 1


def test_whoever_comes_second_is_told_how_it_stands(part, officer, client):
    submission = handed_in(part)
    form = signing(submission)
    sign_off(submission, by=UserFactory(), key=uuid.uuid4())

    response = client.post(page(submission), form, follow=True)

    assert "It has been sent already." in words(response)


# --- Two at once --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["signs off, too", "returns it"])
def test_of_two_officers_at_once_one_decides(other, part):
    first, second = (with_role(Role.SIGN_OFF_OFFICER, part.review, part) for _ in range(2))
    submission = handed_in(part)
    url, forms = page(submission), [signing(submission), signing(submission)]
    if other == "returns it":
        forms[1] = returning()

    at_once(
        lambda: clicks(first, url, forms[0]),
        lambda: clicks(second, url, forms[1]),
    )

    decided = SubmissionMove.objects.filter(what__in=["signed_off", "returned_inside"])
    assert decided.count() == 1
    submission.refresh_from_db()
    assert submission.state == decided.get().after
