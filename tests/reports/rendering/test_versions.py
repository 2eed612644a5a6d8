"""Versions of a document: asked for on a page, made by a worker, downloaded, and never changed."""

import hashlib
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from actionplans.resting.services import put_into_plan
from audit.models import Event
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Rendering
from reports.rendering.gathered import Gathered
from reports.services.paragraphs import change_paragraph
from reports.services.renderings import ask_for_rendering
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def paragraph(document):
    return paragraph_in(document.sections.get(code="background"), "She asked for help.")


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def ask(document, by, **said):
    said = {"variant": "confidential", "format_": "html", "has_plan": False} | said
    return ask_for_rendering(document, by=by, key=uuid.uuid4(), **said)


def made(document, by, **said):
    rendering = ask(document, by, **said)
    run_job(Job.objects.get(key=rendering.job_key).pk)
    return Rendering.objects.get(pk=rendering.pk)


def told():
    rows = Event.objects.filter(type__startswith="document.version")
    return list(rows.order_by("seq").values_list("type", flat=True))


# --- Final --------------------------------------------------------------------------------------


def test_a_final_version_waits_for_recommendations_that_nobody_has_agreed(
    client, document, paragraph, review, chair
):
    RecommendationFactory(review=review, number="1", text="Train every officer", position=1)
    draft = RecommendationFactory(
        review=review, number="2", text="Look again", position=2, is_draft=True
    )
    said = {"variant": "anonymised", "format": "html", "is_final": "on", "key": uuid.uuid4()}

    refused = client.post(to("rendering-ask", document), said)
    put_into_plan(review, [draft], by=chair)
    taken = client.post(to("rendering-ask", document), said)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Recommendation 2: not agreed yet" in refused.content.decode()
    assert "Recommendation 1" not in refused.content.decode()


def test_a_recommendation_drafted_after_a_final_version_was_asked_for_stops_it(
    document, paragraph, review, chair
):
    asked = ask(document, chair, variant="anonymised", is_final=True)
    RecommendationFactory(review=review, number="1", text="Look again", is_draft=True)

    job = Job.objects.get(key=asked.job_key)
    run_job(job.pk)

    job.refresh_from_db()
    assert job.problem.startswith("Recommendation 1: not agreed yet.")
    assert Rendering.objects.get().stored is None


def test_a_draft_version_shows_recommendations_that_nobody_has_agreed(
    document, paragraph, review, chair
):
    RecommendationFactory(review=review, number="1", text="Look again", is_draft=True)

    assert "Look again" in made(document, chair).stored.content.decode()


# --- Made ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_a_version_is_made_and_kept_with_what_it_says(format_, document, paragraph, chair):
    one = made(document, chair, format_=format_)

    content = one.stored.content
    assert one.sha256 == hashlib.sha256(content).hexdigest()
    assert (one.pages or 0) >= (3 if format_ == "pdf" else 0)
    said = Gathered.from_json(one.values)
    assert said.version == one.number == 1
    assert "She asked for help." in [each.text for _, each in said.paragraphs]
    assert (
        one.stored.name
        == f"{document.review.reference} overview report confidential version 1.{format_}"
    )


def test_its_events_say_what_was_made_and_no_words(document, paragraph, chair):
    one = made(document, chair)

    assert told() == ["document.version_asked", "document.version_made"]
    event = Event.objects.get(type="document.version_made")
    assert event.data["sha256"] == one.sha256


def test_a_version_stays_as_it_was_made(document, paragraph, chair):
    one = made(document, chair)
    before = one.stored.content

    change_paragraph(paragraph, text="Other words.", kind="numbered", seen=0, by=chair)

    again = Rendering.objects.get(pk=one.pk)
    assert again.stored.content == before
    assert "Other words." not in str(again.values)
    assert made(document, chair).number == 2


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"variant": "anonymised"}, {"pages": 9}])
def test_the_database_keeps_what_was_made(change, document, chair):
    one = made(document, chair)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Rendering.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Rendering.objects.filter(pk=one.pk)._raw_delete("default")


def test_what_is_asked_for_cannot_become_something_else(document, chair):
    one = ask(document, chair)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Rendering.objects.filter(pk=one.pk).update(variant="anonymised")


def test_the_same_key_again_gives_the_first_one(document, chair):
    key = uuid.uuid4()
    said = {"variant": "confidential", "format_": "pdf", "has_plan": False, "by": chair}

    first = ask_for_rendering(document, key=key, **said)

    assert ask_for_rendering(document, key=key, **said) == first
    assert Job.objects.filter(kind="reports.render").count() == 1


# --- Refused ------------------------------------------------------------------------------------


def test_an_anonymised_version_with_a_name_is_refused_with_its_places(document, chair):
    person = PersonFactory(review=document.review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    row = paragraph_in(document.sections.get(code="background"), "Zara Quillfeather rang.^[Q]")

    one = made(document, chair, variant="anonymised")

    number = Gathered.from_json(made(document, chair).values).words_of("p", str(row.key))
    assert not one.is_made
    assert {
        "kind": "name",
        "person": "MA 7",
        "severity": "high",
        "where": f"paragraph {number}",
    } in one.places
    assert "Quillfeather" not in str(one.places)
    assert told()[:2] == ["document.version_asked", "document.version_refused"]


@pytest.mark.parametrize("where", ["heading", "footnote", "table"])
def test_names_are_looked_for_in_every_part(where, document, chair):
    IdentityFactory(person=PersonFactory(review=document.review), names=["Zara Quillfeather"])
    section = document.sections.get(code="background")
    texts = {
        "footnote": "She rang.^[Told by Zara Quillfeather]",
        "table": "| Who | What |\n|---|---|\n| Zara Quillfeather | rang |",
    }
    if where == "heading":
        type(section).objects.filter(pk=section.pk).update(heading="Zara Quillfeather")
    else:
        paragraph_in(section, texts[where])

    assert made(document, chair, variant="anonymised").is_refused


def test_an_anonymised_version_in_which_nothing_is_found_is_made(document, paragraph, chair):
    assert made(document, chair, variant="anonymised").is_made


def test_a_confidential_version_is_never_refused(document, chair):
    IdentityFactory(person=PersonFactory(review=document.review), names=["Zara Quillfeather"])
    paragraph_in(document.sections.get(code="background"), "Zara Quillfeather rang.")

    assert made(document, chair).is_made


def test_nothing_is_made_for_somebody_who_writes_no_more(document, chair):
    one = ask(document, chair)
    chair.groups.clear()
    chair.roles.all().delete()

    run_job(Job.objects.get(key=one.job_key).pk)

    job = Job.objects.get(key=one.job_key)
    assert job.state == Job.State.FAILED
    assert "no longer yours" in job.problem


def test_an_ended_review_takes_no_version_more(document, chair):
    one = ask(document, chair)
    Review.objects.filter(pk=document.review.pk).update(state=State.CLOSED)

    run_job(Job.objects.get(key=one.job_key).pk)

    assert Job.objects.get(key=one.job_key).state == Job.State.FAILED
    document.review.refresh_from_db()
    with pytest.raises(ReviewEnded):
        ask(document, chair)


# --- Pages --------------------------------------------------------------------------------------


def test_a_version_is_asked_for_watched_and_downloaded(client, document, paragraph, chair):
    said = {"variant": "confidential", "format": "html", "key": uuid.uuid4()}
    answer = client.post(to("rendering-ask", document), said)
    one = Rendering.objects.get()
    assert answer.url == one.get_absolute_url()
    assert "It will begin in a moment." in client.get(answer.url).content.decode()

    run_job(Job.objects.get(key=one.job_key).pk)

    page = client.get(answer.url).content.decode()
    one.refresh_from_db()
    assert one.sha256 in page
    file = client.get(to("rendering-file", document, one.pk))
    assert hashlib.sha256(file.content).hexdigest() == one.sha256
    assert "version 1.html" in file["Content-Disposition"]
    assert Event.objects.filter(type="file.downloaded").exists()


def test_a_page_that_waits_reads_once(client, document, chair):
    one = ask(document, chair)

    answers = [
        client.get(one.get_absolute_url(), headers=headers).status_code
        for headers in ({}, *[{"HX-Request": "true"}] * 3)
    ]

    assert answers == [200] * 4
    assert Event.objects.filter(type="document.read").count() == 1


def test_a_page_that_waits_goes_on_when_it_is_made(client, document, chair):
    one = made(document, chair)

    answer = client.get(one.get_absolute_url(), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == one.get_absolute_url()


def test_a_refused_version_names_its_places_and_has_no_file(client, document, chair):
    person = PersonFactory(review=document.review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    paragraph_in(document.sections.get(code="background"), "Zara Quillfeather rang.")
    one = made(document, chair, variant="anonymised")

    page = client.get(one.get_absolute_url()).content.decode()

    assert "of MA 7" in page
    assert "Quillfeather" not in page
    assert client.get(to("rendering-file", document, one.pk)).status_code == 404


def test_the_places_of_a_refused_version_lead_to_the_paragraphs(client, document, chair):
    person = PersonFactory(review=document.review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    section = document.sections.get(code="background")
    told = paragraph_in(section, "Zara Quillfeather rang.")
    one = made(document, chair, variant="anonymised")

    page = client.get(one.get_absolute_url())
    found = client.get(page.context["scan"].get_absolute_url()).content.decode()

    where = f"{section.get_absolute_url()}#p-{told.key}"
    assert {href for place, href in page.context["places"] if place["person"]} == {where}
    assert f'href="{where}"' in page.content.decode()
    assert "all not decided" in page.content.decode()
    assert f'href="{where}">Go to paragraph' in found


def test_what_stands_under_a_heading_without_a_number_is_told_by_the_heading(
    client, document, chair
):
    person = PersonFactory(review=document.review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    section = document.sections.filter(is_numbered=False).order_by("position").first()
    paragraph_in(section, "Zara Quillfeather rang.")
    one = made(document, chair, variant="anonymised")

    scan = client.get(one.get_absolute_url()).context["scan"]
    found = client.get(scan.get_absolute_url()).content.decode()

    where = f"{section.get_absolute_url()}#s-{section.key}"
    assert f'href="{where}">Go to “{section.heading}”' in found


def test_no_version_says_that_it_has_a_plan_which_holds_nothing(client, document, chair):
    form = {"variant": "confidential", "format": "html", "has_plan": "on", "key": uuid.uuid4()}

    refused = client.post(to("rendering-ask", document), form)

    assert (refused.status_code, document.renderings.count()) == (422, 0)
    assert list(refused.context["form"].errors) == ["has_plan"]


def test_versions_are_listed_with_what_became_of_them(client, document, chair):
    made(document, chair)
    ask(document, chair)

    page = client.get(to("rendering-list", document)).content.decode()

    assert page.index("Version 2") < page.index("Version 1")
    assert "Being made" in page
    assert "Made" in page


def test_another_author_sees_how_far_it_is(client, document, chair, sign_in):
    one = ask(document, with_role(Role.COORDINATOR, partnership=document.review.partnership))

    page = client.get(one.get_absolute_url()).content.decode()

    assert "It will begin in a moment." in page
