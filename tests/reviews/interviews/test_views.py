import io
import uuid
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from reviews.interviews.models import Interview
from reviews.proceedings.models import Stops
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_interviews import interview
from tests.factories.reviews_proceedings import ProceedingFactory, hold
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import handed_in, sent
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]


@pytest.fixture
def imr():
    return asked(ParticipationFactory(), kind="imr")


@pytest.fixture
def author(imr):
    return with_role(Role.IMR_AUTHOR, imr.review, imr.participation)


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def page(name, imr, *more):
    return reverse(f"reviews:interview-{name}", args=[imr.review.reference, imr.pk, *more])


def form(**more):
    return {
        "state": "held",
        "post": "Housing officer",
        "on_0": "14",
        "on_1": "3",
        "on_2": "2026",
        "on_3": "",
        "by_whom": "IMR author",
        "about": "Training",
        "agreement": "agreed",
        "answered_by": "Senior investigating officer",
        "answered_on_0": "1",
        "answered_on_1": "3",
        "answered_on_2": "2026",
        "answered_on_3": "",
        "agreed_to": "Training alone",
        "conditions": "",
        "why_not": "",
        "key": str(uuid.uuid4()),
    } | more


def boxes(client, url, **more):
    """The names that the page gives the boxes of a date."""
    content = client.get(url).content.decode()
    data = form(**more)
    if 'name="on_day"' in content:
        for field in ("on", "answered_on"):
            for at, part in enumerate(("day", "month", "year", "text")):
                data[f"{field}_{part}"] = data.pop(f"{field}_{at}")
    return data


def test_an_author_records_an_interview_and_finds_it(signed_in, imr):
    url = page("add", imr)

    response = signed_in.post(url, boxes(signed_in, url), follow=True)

    content = response.content.decode()
    assert response.redirect_chain == [(page("list", imr), 302)]
    assert "14 March 2026, by IMR author" in content
    assert "Agreed beforehand: Senior investigating officer, 1 March 2026" in content
    assert "1 held" in signed_in.get(imr.get_absolute_url()).content.decode()


def test_what_is_said_of_no_answer_is_not_kept(signed_in, imr):
    url = page("add", imr)

    signed_in.post(url, boxes(signed_in, url, agreement="not_needed", why_not="Nobody is charged"))

    row = Interview.objects.get()
    assert (row.answered_by, row.agreed_to, row.why_not) == ("", "", "Nobody is charged")
    assert not row.answered_on


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"agreement": "waiting"}, "It was held: choose what was said before"),
        ({"agreement": "agreed", "agreed_to": ""}, "Say what they agreed to"),
        ({"agreement": "refused", "answered_by": ""}, "Enter which post answered"),
        ({"agreement": "not_asked"}, "Say why"),
        ({"post": ""}, "Enter the post of whoever is interviewed"),
    ],
)
def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(more, said, signed_in, imr):
    url = page("add", imr)

    response = signed_in.post(url, boxes(signed_in, url, **more))

    content = response.content.decode()
    assert response.status_code == 422
    assert said in content
    assert "Training" in content
    assert Interview.objects.count() == 0


def test_a_hold_is_said_before_and_stands_beside_the_day(signed_in, imr):
    hold(
        ProceedingFactory(review=imr.review, body="Crown Court at Nowhere"),
        Stops.STAFF,
        starts_on=date(2026, 3, 1),
        last_day=date(2026, 12, 24),
    )
    url = page("add", imr)
    sentence = "A hold stops interviews with staff until the end of 24 December 2026."

    shown = signed_in.get(url).content.decode()
    response = signed_in.post(url, boxes(signed_in, url))

    assert sentence in shown
    assert "Crown Court" not in shown
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors["on"])


def test_a_plan_becomes_an_interview_and_a_correction_keeps_the_first(signed_in, imr, author):
    plan = interview(imr, by=author, state="planned", on="1 December 2026", agreement="waiting")
    url = page("correct", imr, plan.pk)

    signed_in.post(url, boxes(signed_in, url, because=""))
    held = Interview.objects.standing().get()
    url = page("correct", imr, held.pk)
    refused = signed_in.post(url, boxes(signed_in, url, because=""))
    signed_in.post(url, boxes(signed_in, url, because="Another team", post="Team leader"))

    assert held.follows == plan
    assert refused.status_code == 422
    content = signed_in.get(page("list", imr)).content.decode()
    assert "Another team" in content
    assert content.count("Replaced") == 2
    assert signed_in.get(url).status_code == 404


def test_the_coordinator_records_on_the_agencys_behalf_which_is_marked(client, imr):
    client.force_login(with_role(Role.COORDINATOR, imr.review))
    url = page("add", imr)

    client.post(url, boxes(client, url))

    assert Interview.objects.get().on_behalf
    assert "on the agency’s behalf" in client.get(page("list", imr)).content.decode()


def test_the_chair_reads_and_is_offered_nothing_else(client, imr, author):
    interview(imr, by=author)
    client.force_login(with_role(Role.CHAIR, imr.review))

    content = client.get(page("list", imr)).content.decode()

    assert "Housing officer" in content
    assert page("add", imr) not in content
    assert client.get(page("add", imr)).status_code == 403


def test_a_chronology_has_no_interviews(signed_in, imr):
    other = asked(imr.participation, kind="chronology")

    assert signed_in.get(page("list", other)).status_code == 404
    assert "Interviews with staff" not in signed_in.get(other.get_absolute_url()).content.decode()


def test_half_a_form_is_kept_for_its_writer(signed_in, imr):
    url = page("add", imr)

    signed_in.post(url, {"_draft": "keep", "about": "Half a sent"})

    assert "Half a sent" in signed_in.get(url + "?_draft=use").content.decode()


def test_the_list_for_the_report_is_a_tagged_pdf(signed_in, imr, author):
    interview(imr, by=author)

    response = signed_in.get(page("file", imr))

    content = b"".join(response)
    assert response["Content-Type"] == "application/pdf"
    assert broken_rules(content) == []
    reader = PdfReader(io.BytesIO(content))
    assert "Housing officer" in reader.pages[0].extract_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    count, signed_in, imr, author, django_assert_num_queries
):
    for _ in range(count):
        interview(imr, by=author)
    signed_in.get(page("list", imr))

    with django_assert_num_queries(11):
        signed_in.get(page("list", imr))


def test_they_stand_beside_the_report_for_its_agency_and_the_leaders_alone(client):
    version = sent()
    request = version.request
    part, review = request.participation, request.review
    interview(request, post="Night porter")
    share(
        review,
        material=Material.SUBMISSION,
        submission=version,
        with_role=Role.PANEL_MEMBER,
        by=with_role(Role.CHAIR, review),
    )
    where = [review.reference, request.pk]
    url = reverse("reviews:submission-detail", args=[*where, version.number])
    shown = {}
    for role in (Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.CHAIR, Role.PANEL_MEMBER):
        of_agency = part if role in {Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER} else None
        client.force_login(with_role(role, review, of_agency))
        content = client.get(url).content.decode()
        shown[role] = ("Night porter" in content, "1 held" in content)
        assert "Individual management review" in content

    assert shown == {
        Role.IMR_AUTHOR: (True, True),
        Role.SIGN_OFF_OFFICER: (True, True),
        Role.CHAIR: (True, True),
        Role.PANEL_MEMBER: (False, False),
    }


def test_the_sign_off_officer_sees_them_before_deciding(client):
    request = handed_in().request
    interview(request, post="Night porter")
    client.force_login(with_role(Role.SIGN_OFF_OFFICER, request.review, request.participation))

    url = reverse("reviews:submission-sign-off", args=[request.review.reference, request.pk])

    assert "Night porter" in client.get(url).content.decode()
