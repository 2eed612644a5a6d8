"""The data form: what the data of a review say for it, and what somebody says instead."""

import uuid

import pytest
from django.urls import reverse

from reports.homeoffice import services
from reports.homeoffice.fields import GROUPS, UNKNOWN
from reports.homeoffice.form import form_of, unknown_in
from reports.models import FormAnswer
from reviews.intake.models import Circumstances, Manner
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, RelationshipFactory, date

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def victim(review):
    return PersonFactory(review=review, pseudonym="FA 1", role="victim")


@pytest.fixture
def other(review):
    return PersonFactory(review=review, pseudonym="MA 2", role="perpetrator")


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def known_as(person, *, born="", died=""):
    said = {
        name: date(text).to_json() for name, text in {"born": born, "died": died}.items() if text
    }
    return IdentityFactory(person=person, **said)


def line(review, code, person=None):
    lines = [one for part in form_of(review) for one in part.lines]
    return next(one for one in lines if (one.field.code, one.person) == (code, person))


def value(review, code, person=None):
    return line(review, code, person).value


def answer(review, by, why="The coroner’s finding", key=None, **values):
    return services.answer_form(
        review,
        {code.replace("_", "-"): said for code, said in values.items()},
        why=why,
        seen=services.newest_answer(review),
        by=by,
        key=key or uuid.uuid4(),
    )


def test_what_nobody_said_is_unknown_and_never_no(review, victim, other):
    parts = form_of(review)

    said = {one.value for part in parts for one in part.lines if one.known is None}
    assert said == {UNKNOWN}
    known = {one.field.code for part in parts for one in part.lines if not one.is_unknown}
    assert known == {"csp", "multiple-victims"}


def test_each_person_is_asked_about_in_their_role(review, victim, other):
    PersonFactory(review=review, pseudonym="MA 3", role="perpetrator")

    assert [part.heading for part in form_of(review)] == [
        "The incident",
        "The case",
        "Victim: FA 1",
        "Perpetrator: MA 2",
        "Perpetrator: MA 3",
    ]


def test_no_field_of_a_group_comes_twice():
    for group in GROUPS:
        codes = [field.code for field in group.fields]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("died", "said"),
    [
        ("12 May 2024", "May 2024"),
        ("May 2024", "May 2024"),
        ("autumn 2013", "autumn 2013"),
        ("2013", "2013"),
    ],
)
def test_the_death_is_said_to_the_month_and_no_finer_than_it_is_known(died, said, review, victim):
    known_as(victim, died=died)

    assert value(review, "death") == said


@pytest.mark.parametrize(
    ("born", "band"),
    [("3 March 1989", "35-44"), ("1989", UNKNOWN), ("1985", "35-44"), ("2010", UNKNOWN)],
)
def test_an_age_is_said_only_where_one_band_fits(born, band, review, victim):
    known_as(victim, born=born, died="12 May 2024")

    assert value(review, "age", victim) == band


def test_a_tie_that_several_words_of_the_library_fit_is_a_hint(review, victim, other):
    RelationshipFactory(person=other, other=victim, kind="partner")

    one = line(review, "relationship", victim)

    assert one.value == UNKNOWN
    assert one.source == "The register of people: MA 2 is husband, wife or partner of FA 1"


def test_a_tie_that_one_word_of_the_library_fits_is_said(review, victim, other):
    RelationshipFactory(person=victim, other=other, kind="parent")

    assert value(review, "relationship", victim) == "Parent"


def test_a_child_of_the_perpetrator_is_not_called_a_parent(review, victim, other):
    RelationshipFactory(person=other, other=victim, kind="parent")

    assert value(review, "relationship", victim) == UNKNOWN


@pytest.mark.parametrize(
    ("manner", "kind", "code", "said"),
    [
        (Manner.HOMICIDE, "former_partner", "intimate-partner-violence", "Yes"),
        (Manner.UNEXPLAINED, "former_partner", "intimate-partner-violence", UNKNOWN),
        (Manner.HOMICIDE, "sibling", "familial-homicide", "Yes"),
        (Manner.HOMICIDE, "sibling", "parricide", UNKNOWN),
        (Manner.HOMICIDE, "parent", "parricide", "Yes"),
    ],
)
def test_the_case_follows_from_the_tie_and_the_manner(
    manner, kind, code, said, review, victim, other
):
    Circumstances.objects.create(review=review, manner=manner)
    RelationshipFactory(person=victim, other=other, kind=kind)

    assert value(review, code) == said


def test_who_cared_for_whom_is_taken_from_the_register(review, victim, other):
    RelationshipFactory(person=other, other=victim, kind="carer")

    assert value(review, "carer-for-victim", other) == "Yes"
    assert value(review, "carer", victim) == UNKNOWN


# --- Said by somebody ---------------------------------------------------------------------------


def test_what_somebody_says_stands_before_the_data_and_shows_what_these_say(review, victim, chair):
    answer(review, chair, multiple_victims="Yes")

    one = line(review, "multiple-victims")
    assert (one.value, one.source, one.data_say) == ("Yes", "The coroner’s finding", "No")


def test_only_what_is_changed_is_kept(review, victim, chair):
    kept = answer(review, chair, multiple_victims="No", coercive_control="Yes", stalking=UNKNOWN)

    assert [one.code for one in kept] == ["coercive-control"]


def test_the_same_click_twice_is_kept_once(review, chair):
    key, seen = uuid.uuid4(), services.newest_answer(review)
    said = {"why": "Read", "seen": seen, "by": chair, "key": key}

    first = services.answer_form(review, {"stalking": "Yes"}, **said)

    assert services.answer_form(review, {"stalking": "Yes"}, **said) == first


def test_a_field_is_filled_in_on_its_page(client, review, victim, chair):
    url = reverse("reports:data-form-change", args=[review.reference, f"victim-{victim.pk}"])
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields if name != "why"}

    response = client.post(url, said | {f"sex-{victim.pk}": "Female", "why": "Police report"})

    assert response.status_code == 302
    kept = FormAnswer.objects.get()
    assert (kept.code, kept.person, kept.value, kept.by) == ("sex", victim, "Female", chair)


def test_a_page_that_was_open_meanwhile_writes_over_nobody(client, review, chair):
    url = reverse("reports:data-form-change", args=[review.reference, "case"])
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields if name != "why"}
    answer(review, with_role(Role.CHAIR, review), stalking="Yes")

    response = client.post(url, said | {"separation": "Yes", "why": "Police report"})

    assert response.status_code == 422
    assert "Somebody else has changed this" in response.content.decode()
    assert value(review, "stalking") == "Yes"


def opened_on_its_page(client, url):
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if name != "why"}


def test_a_second_press_puts_back_nothing_that_was_only_left_as_it_was(client, review, chair):
    url = reverse("reports:data-form-change", args=[review.reference, "case"])
    said = opened_on_its_page(client, url) | {"separation": "Yes", "why": "Police report"}
    answer(review, with_role(Role.CHAIR, review), stalking="Yes")

    again = client.post(url, said).context["form"]
    assert again["stalking"].value() == "Yes"
    once_more = {name: again[name].value() for name in again.fields}
    assert client.post(url, once_more).status_code == 302

    assert (value(review, "stalking"), value(review, "separation")) == ("Yes", "Yes")


def test_a_second_press_with_the_boxes_as_they_were_sent_puts_nothing_back(client, review, chair):
    url = reverse("reports:data-form-change", args=[review.reference, "case"])
    said = opened_on_its_page(client, url) | {"separation": "Yes", "why": "Police report"}
    answer(review, with_role(Role.CHAIR, review), stalking="Yes")

    client.post(url, said | {"seen": services.newest_answer(review)})

    assert (value(review, "stalking"), value(review, "separation")) == ("Yes", "Yes")


def test_what_the_register_says_meanwhile_does_not_become_an_answer(
    client, review, victim, other, chair
):
    url = reverse("reports:data-form-change", args=[review.reference, f"victim-{victim.pk}"])
    said = opened_on_its_page(client, url) | {f"sex-{victim.pk}": "Female", "why": "Police report"}
    RelationshipFactory(person=victim, other=other, kind="parent")

    client.post(url, said)

    assert FormAnswer.objects.get().code == "sex"
    assert value(review, "relationship", victim) == "Parent"


def test_words_that_were_kept_follow_what_others_said_since(client, review, chair):
    url = reverse("reports:data-form-change", args=[review.reference, "case"])
    said = opened_on_its_page(client, url) | {"separation": "Yes"}
    client.post(url, said | {"_draft": "keep"})
    answer(review, with_role(Role.CHAIR, review), stalking="Yes")

    form = client.get(url, {"_draft": "use"}).context["form"]

    assert (form["stalking"].value(), form["separation"].value()) == ("Yes", "Yes")


def test_what_the_boxes_showed_cannot_be_made_up(client, review, chair):
    url = reverse("reports:data-form-change", args=[review.reference, "case"])
    said = opened_on_its_page(client, url) | {"shown": "e30:forged", "why": "Police report"}

    response = client.post(url, said)

    assert response.status_code == 422
    assert "Open this page again" in response.content.decode()


def test_the_page_counts_what_is_unknown(client, review, victim, chair):
    page = client.get(reverse("reports:data-form", args=[review.reference]))

    unknown, fields = unknown_in(form_of(review))
    assert f"{unknown} of {fields} fields are" in page.content.decode()
