import hashlib
import io
import uuid
from datetime import date

import pypdf
import pytest
from django.urls import reverse
from docx import Document

from audit.models import Event
from reviews.letters.models import Letter, RegisterLine
from reviews.letters.services import change_letter, finish_letter, write_in_register
from reviews.rules import AGENCY_ROLES, REVIEW_ROLES, Role
from reviews.wording.kinds import Kind
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_letters import draft_letter, finished_letter

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory(reference="DARDR-7", partnership__name="Northvale")


@pytest.fixture
def chair(review, sign_in):
    return sign_in(Role.CHAIR, review)


def page(name, review, *more):
    return reverse(f"reviews:letter-{name}", args=[review.reference, *more])


def text_of(client, url):
    return client.get(url).content.decode()


def day(on=TODAY):
    return {"on_day": on.day, "on_month": on.month, "on_year": on.year}


# --- Making -------------------------------------------------------------------------------------


def test_every_kind_of_letter_is_offered(client, review, chair):
    text = text_of(client, page("choose", review))

    offered = [kind for kind in Kind if page("create", review, kind) in text]
    assert offered == [kind for kind in Kind if kind.startswith("letter-")]


@pytest.mark.parametrize("kind", [Kind.AGENDA, "letter-to-santa"])
def test_what_is_no_letter_does_not_exist(kind, client, review, chair):
    assert client.get(page("create", review, kind)).status_code == 404


def test_a_letter_to_the_home_office_is_made(client, review, chair):
    response = client.post(page("create", review, Kind.HOME_OFFICE_DECISION), {"key": uuid.uuid4()})

    letter = Letter.objects.get()
    assert response["Location"] == letter.get_absolute_url()
    assert (letter.to, letter.made_by) == ("The Home Office", chair)


def test_a_letter_to_a_family_member_speaks_of_a_pseudonym(client, review, chair):
    person = PersonFactory(review=review, pseudonym="MA 3", role="family")

    client.post(
        page("create", review, Kind.FAMILY_FIRST), {"person": person.pk, "key": uuid.uuid4()}
    )

    letter = Letter.objects.get()
    assert (letter.person, "Dear MA 3" in letter.text) == (person, True)


@pytest.mark.parametrize("role", ["victim", "perpetrator"])
def test_nobody_condoles_with_the_person_who_died_or_who_may_have_done_it(
    role, client, review, chair
):
    person = PersonFactory(review=review, role=role)
    url = page("create", review, Kind.FAMILY_FIRST)

    assert page_register(review) in text_of(client, url)
    response = client.post(url, {"person": person.pk, "key": uuid.uuid4()})

    assert response.status_code == 422
    assert not Letter.objects.exists()


def page_register(review):
    return reverse("reviews:register", args=[review.reference])


def test_agencies_get_a_letter_each(client, review, chair):
    parts = [ParticipationFactory(review=review) for _ in range(2)]
    data = {
        "participations": [part.pk for part in parts],
        "reply_by_day": 5,
        "reply_by_month": 12,
        "reply_by_year": 2026,
        "key": uuid.uuid4(),
    }

    for _ in range(2):
        response = client.post(page("create", review, Kind.AGENCY_SCOPING), data)

    assert response["Location"] == page("list", review)
    assert {letter.participation for letter in Letter.objects.all()} == set(parts)
    assert [letter for letter in Letter.objects.all() if "5 December 2026" not in letter.text] == []


@pytest.mark.parametrize(
    ("kind", "field"),
    [(Kind.FAMILY_FIRST, "person"), (Kind.AGENCY_IMR_REQUEST, "participations")],
)
def test_to_whom_must_be_chosen_among_those_of_the_review(kind, field, client, review, chair):
    elsewhere = PersonFactory() if field == "person" else ParticipationFactory()

    for chosen in ({}, {field: elsewhere.pk}):
        response = client.post(page("create", review, kind), {"key": uuid.uuid4(), **chosen})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


# --- Reading, changing, finishing ---------------------------------------------------------------


def test_the_page_of_a_draft_names_what_is_missing(client, review, chair):
    letter = draft_letter(review, by=chair, kind=Kind.COMMISSIONER_REPORT)

    text = text_of(client, letter.get_absolute_url())

    assert "Still to fill in: the date the report was completed." in text
    assert page("finish", review, letter.pk) not in text


def test_the_text_is_changed(client, review, chair):
    letter = draft_letter(review)

    client.post(
        page("change", review, letter.pk),
        {"title": "A request", "text": "Please search.\n- <b>all</b>", "seen": 0},
    )

    text = text_of(client, letter.get_absolute_url())
    assert "<li>&lt;b&gt;all&lt;/b&gt;</li>" in text
    assert page("finish", review, letter.pk) in text


def test_two_people_do_not_write_over_each_other(client, review, chair):
    letter = draft_letter(review)
    change_letter(letter, title="Theirs", text="Theirs", seen=0, by=chair)

    response = client.post(
        page("change", review, letter.pk), {"title": "Mine", "text": "Mine", "seen": 0}
    )

    assert response.status_code == 422
    assert "Mine</textarea>" in response.content.decode()
    letter.refresh_from_db()
    assert letter.text == "Theirs"


def test_a_draft_with_something_missing_is_not_finished(client, review, chair):
    letter = draft_letter(review, kind=Kind.COMMISSIONER_REPORT)

    response = client.post(page("finish", review, letter.pk))

    assert response.status_code == 422
    assert "the date the report was completed" in response.context["form"].non_field_errors()[0]


def test_a_second_click_on_finish_leads_to_the_letter(client, review, chair):
    letter = change_letter(draft_letter(review), title="T", text="Words", seen=0, by=chair)

    first, second = (client.post(page("finish", review, letter.pk)) for _ in range(2))

    assert first["Location"] == second["Location"] == letter.get_absolute_url()
    assert Event.objects.filter(type="letter.finished").count() == 1


@pytest.mark.parametrize("name", ["change", "finish"])
def test_the_forms_of_a_draft_lead_back_when_it_is_finished(name, client, review, chair):
    letter = finished_letter(review)

    response = client.get(page(name, review, letter.pk))

    assert response["Location"] == letter.get_absolute_url()


def test_a_letter_is_set_aside(client, review, chair):
    letter = finished_letter(review)

    client.post(page("set-aside", review, letter.pk), {"because": "A wrong date"})

    text = text_of(client, letter.get_absolute_url())
    assert "A wrong date" in text
    assert page("register", review, letter.pk) not in text


# --- Files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("word", lambda content: [p.text for p in Document(io.BytesIO(content)).paragraphs]),
        ("pdf", lambda content: pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()),
    ],
)
def test_the_file_that_is_downloaded_is_the_one_that_was_made(file, read, client, review, chair):
    draft = draft_letter(review)
    change_letter(draft, title="T", text="Please search every record.", seen=0, by=chair)
    letter = finish_letter(draft, by=chair)

    response = client.get(page(f"{file}-file", review, letter.pk))

    assert "Please search every record." in read(response.content)
    assert hashlib.sha256(response.content).hexdigest() == getattr(letter, file).sha256
    event = Event.objects.get(type="file.downloaded")
    assert (event.target, event.data["sha256"]) == (
        f"reviews.letter:{letter.pk}",
        getattr(letter, file).sha256,
    )


def test_the_name_of_a_file_says_nothing_of_whom_it_is_to(client, review, chair):
    letter = finished_letter(review)

    response = client.get(page("word-file", review, letter.pk))

    assert response["Content-Disposition"] == (
        f'attachment; filename="DARDR-7 letter {letter.pk}.docx"'
    )


def test_a_draft_has_no_file(client, review, chair):
    letter = draft_letter(review)

    assert client.get(page("pdf-file", review, letter.pk)).status_code == 404


# --- The register -------------------------------------------------------------------------------


def test_a_letter_is_sent_acknowledged_and_corrected(client, review, chair):
    letter = finished_letter(review)
    url = page("register", review, letter.pk)

    client.post(url, {"what": "sent", "how": "post", "key": uuid.uuid4(), **day()})
    client.post(url, {"what": "acknowledged", "how": "email", "key": uuid.uuid4(), **day()})
    line = RegisterLine.objects.get(what="sent")
    client.post(
        page("correct", review, letter.pk, line.pk),
        {"how": "secure", "key": uuid.uuid4(), **day()},
    )

    assert list(RegisterLine.objects.values_list("what", "how", "corrects")) == [
        ("sent", "post", None),
        ("acknowledged", "email", None),
        ("sent", "secure", line.pk),
    ]
    text = text_of(client, page("list", review))
    assert ("Acknowledged</strong>" in text, "Secure e-mail or portal" in text) == (True, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on_year": 2027}, "on"),
        ({"on_day": 20}, "on"),
        ({"what": "acknowledged"}, "what"),
        ({"what": ""}, "what"),
        ({"how": ""}, "how"),
    ],
)
def test_an_impossible_line_is_refused(changes, field, client, review, chair):
    letter = finished_letter(review)
    data = {"what": "sent", "how": "post", "key": uuid.uuid4(), **day()} | changes

    response = client.post(page("register", review, letter.pk), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert RegisterLine.objects.count() == 0


def test_a_line_of_another_letter_does_not_exist(client, review, chair):
    letter, other = finished_letter(review), finished_letter(review)
    line = write_in_register(
        other, what="sent", on=TODAY, today=TODAY, how="post", by=chair, key=uuid.uuid4()
    )

    assert client.get(page("correct", review, letter.pk, line.pk)).status_code == 404


def test_a_letter_that_came_back_stands_out(client, review, chair):
    letter = finished_letter(review)
    for what in ("sent", "returned"):
        write_in_register(
            letter, what=what, on=TODAY, today=TODAY, how="email", by=chair, key=uuid.uuid4()
        )

    assert "Came back</strong>" in text_of(client, page("list", review))
    assert list(Letter.objects.came_back()) == [letter]


@pytest.mark.parametrize("count", [1, 5])
def test_the_register_takes_as_many_queries_for_any_number(
    count, client, review, chair, django_assert_num_queries
):
    for number in range(count):
        person = PersonFactory(review=review, pseudonym=f"MA {number}")
        draft_letter(review, kind=Kind.FAMILY_FIRST, person=person)
    client.get(page("list", review))

    with django_assert_num_queries(10):
        client.get(page("list", review))


def elsewhere(**changes):
    letter = {
        "kind": Kind.COMMISSIONER_REPORT,
        "title": "The report",
        "how": "post",
        "key": uuid.uuid4(),
        **day(date(2025, 3, 4)),
    }
    return letter | changes


def test_a_letter_that_was_sent_elsewhere_is_registered(client, review, chair):
    data = elsewhere()

    codes = [client.post(page("from-elsewhere", review), data).status_code for _ in range(2)]

    letter = Letter.objects.get()
    assert (codes, letter.sent.on, letter.state[0]) == ([302, 302], date(2025, 3, 4), "Sent")
    text = text_of(client, letter.get_absolute_url())
    assert ("outside this service" in text, "Download" in text) == (True, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": Kind.AGENCY_SCOPING}, "participation"),
        ({"kind": Kind.FAMILY_FIRST}, "person"),
        ({"on_year": 2027}, "on"),
        ({"title": ""}, "title"),
    ],
)
def test_a_letter_from_elsewhere_that_cannot_be_is_refused(changes, field, client, review, chair):
    response = client.post(page("from-elsewhere", review), elsewhere(**changes))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Letter.objects.count() == 0


def test_a_letter_to_the_home_office_goes_to_no_agency(client, review, chair):
    part = ParticipationFactory(review=review)

    response = client.post(page("from-elsewhere", review), elsewhere(participation=part.pk))

    assert response.context["form"].errors == {
        "participation": ["This kind of letter goes to no agency: choose “No agency”"]
    }


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", sorted((REVIEW_ROLES | AGENCY_ROLES | {Role.BOARD_READER}) - {Role.CHAIR})
)
def test_nobody_else_reads_a_letter_not_even_its_agency(role, client, review, sign_in):
    review.stage = "quality_assurance"
    review.save()
    part = ParticipationFactory(review=review)
    letter = draft_letter(review, participation=part)
    sign_in(role, review, part if role in AGENCY_ROLES else None)

    found = [
        client.get(page("list", review)).status_code,
        client.get(letter.get_absolute_url()).status_code,
    ]

    assert found == [403, 404]  # the page is no secret, the letter is


@pytest.mark.parametrize("name", ["create", "from-elsewhere"])
def test_the_key_of_another_reviews_letter_tells_no_address_of_it(client, review, chair, name):
    other = draft_letter(ReviewFactory())
    kind = Kind.HOME_OFFICE_DECISION
    more = [kind] if name == "create" else []
    form = {
        "key": other.key,
        "kind": kind,
        "title": "Sent before",
        "how": "post",
        "on_day": "1",
        "on_month": "11",
        "on_year": "2026",
    }

    response = client.post(page(name, review, *more), form)

    assert (response.status_code, response.get("Location")) == (404, None)
    assert Letter.objects.count() == 1
