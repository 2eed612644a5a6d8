"""The pages on which an earlier report is looked at, chosen from and brought in."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.earlier.models import EarlierReport
from actionplans.models import Recommendation
from findings.models import Finding, Lesson
from foundations.vault.models import StoredFile
from reviews.rules import Role
from tests.actionplans.earlier.reports import Report, whole
from tests.actionplans.earlier.test_services import brought, with_terms
from tests.factories.findings import a_term
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.foundations.office import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def url(name, review, *args):
    return reverse(f"actionplans:earlier-{name}", args=[review.reference, *args])


def send(client, review, content, name="report.docx"):
    file = SimpleUploadedFile(name, content)
    return client.post(url("upload", review), {"file": file, "key": uuid.uuid4()})


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def choices(points, **more):
    """The form as the page shows it, with some of it changed."""
    form = {}
    for point in points:
        form[f"kind_{point.position}"] = "out" if point.is_left_out else point.kind
        if point.kind == "finding":
            form[f"sort_{point.position}"] = point.finding_kind
            form[f"term_{point.position}"] = point.term_id or ""
    return form | {"seen": points[0].report.changes} | more


def test_the_whole_way_in(client, chair, review):
    term = a_term(review)
    response = send(client, review, whole().content)
    report = EarlierReport.objects.get()
    assert response["Location"] == report.get_absolute_url()
    preview = words(client.get(report.get_absolute_url()))
    assert "4 findings have no term of reference yet" in preview
    assert "Staff must see people alone." in preview

    response = client.post(
        report.get_absolute_url(), choices(report.points.all(), term_for_all=term.pk)
    )
    assert response.status_code == 302
    response = client.post(url("save", review, report.pk), {"seen": 1})
    assert response.status_code == 302

    assert [model.objects.count() for model in (Finding, Lesson, Recommendation)] == [4, 2, 3]
    done = words(client.get(report.get_absolute_url()))
    assert "Brought in on" in done
    assert "Became lesson 1" in done


def test_what_is_missing_is_said_and_nothing_is_saved(client, chair, review):
    report = brought(review)

    response = client.post(url("save", review, report.pk), {"seen": 0})

    assert response.status_code == 422
    assert "4 findings have no term of reference yet" in words(response)
    assert Lesson.objects.count() == 0


def test_a_point_left_out_stays_shown_as_that(client, chair, review):
    report = brought(review)
    first = report.points.first()

    client.post(
        report.get_absolute_url(),
        choices(report.points.all(), **{f"kind_{first.position}": "out"}),
    )

    first.refresh_from_db()
    assert first.is_left_out
    assert "Left out" in words(client.get(report.get_absolute_url()))


def test_somebody_was_quicker(client, chair, review):
    report = brought(review)
    form = choices(report.points.all())
    with_terms(report)

    response = client.post(report.get_absolute_url(), form)

    assert response.status_code == 422
    assert "Somebody else changed this meanwhile" in words(response)


def test_a_page_of_points_keeps_to_its_own(client, chair, review):
    many = Report().heading("Lessons learned")
    for n in range(30):
        many.text(f"{n + 1}. We must listen, {n}")
    report = brought(review, many)
    second = client.get(f"{report.get_absolute_url()}?page=2")
    points = list(second.context["form"].points)
    assert [point.position for point in points] == list(range(26, 31))

    response = client.post(f"{report.get_absolute_url()}?page=2", choices(points, kind_30="out"))

    assert response["Location"].endswith("?page=2")
    assert report.points.filter(is_left_out=True).count() == 1


def test_who_leads_is_said_once_for_each_name(client, chair, review):
    part = ParticipationFactory(review=review)
    report = brought(review)
    page = words(client.get(url("bodies", review, report.pk)))
    assert "“Westshire Police” is not in the register" in page

    client.post(url("bodies", review, report.pk), {"seen": 0, "body_0": f"agency:{part.agency_id}"})

    report.refresh_from_db()
    assert report.bodies[0] == ["Westshire Police", f"agency:{part.agency_id}", ""]


def test_every_paragraph_is_listed_with_what_became_of_it(client, chair, review):
    report = brought(review)

    every = client.get(url("lines", review, report.pk))
    not_taken = words(client.get(f"{url('lines', review, report.pk)}?only=not-taken"))

    assert every.context["page_obj"].paginator.count == len(report.lines)
    assert "It stands after the last of the list." in not_taken
    assert "Staff must see people alone." not in not_taken


def test_the_same_file_again_leads_to_what_was_brought_in(client, chair, review):
    report = brought(review)
    content = report.stored.content
    report = with_terms(report)
    client.post(url("save", review, report.pk), {"seen": report.changes})

    response = send(client, review, content)

    assert response["Location"] == report.get_absolute_url()
    assert "This file was brought in before" in words(client.get(response["Location"]))


def test_discarding(client, chair, review):
    report = brought(review)

    client.post(url("discard", review, report.pk))

    assert "Nothing of this report was brought in" in words(client.get(report.get_absolute_url()))
    assert client.post(url("save", review, report.pk), {"seen": 0}).status_code == 302


def test_the_file_comes_back_as_it_was(client, chair, review):
    report = brought(review)

    response = client.get(url("file", review, report.pk))

    assert response.content == report.stored.content
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("case", hostile.cases()[::6], ids=str)
def test_a_hostile_file_leaves_nothing(case, client, chair, review):
    response = send(client, review, case.content, case.name)

    assert response.status_code == 422
    assert [StoredFile.objects.count(), EarlierReport.objects.count()] == [0, 0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            Report().heading("Background").text("He was born.").content,
            "a.docx",
            "Lessons identified",
        ),
        (b"   ", "a.txt", "is empty"),
        (b"%PDF-1.7", "a.pdf", "not a Word document"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_box(client, chair, review, content, name, said):
    response = send(client, review, content, name)

    assert response.status_code == 422
    assert said in words(response)


def test_the_number_of_queries_does_not_grow(client, chair, review):
    few = brought(review, Report().heading("Lessons learned").text("1. Listen"))
    many = Report().heading("Recommendations")
    for n in range(20):
        many.text(f"{n + 1}. Do it, {n}")
    many = brought(review, many)
    client.get(few.get_absolute_url())

    counts = []
    for report in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(report.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_nothing_is_offered_to_be_brought_in_while_a_term_is_missing(client, chair, review):
    a_term(review)
    report = brought(review)
    first = report.points.filter(kind="finding").first()
    pages = (report.get_absolute_url(), url("save", review, report.pk))
    where = f"{report.get_absolute_url()}?page=1#point-{first.position}"

    for page in pages:
        response = client.get(page)
        assert where in response.content.decode()
        assert "Bring them in" not in words(response)

    with_terms(report)
    for page in pages:
        assert "Bring them in" in words(client.get(page))


def test_terms_are_named_as_everywhere_else(client, chair, review):
    a_term(review)
    report = brought(review)

    labels = [label for _, label in client.get(report.get_absolute_url()).context["terms"]]

    assert labels[0].startswith("Term 1: ")
    assert [label.partition(" ")[0] for label in labels] == sorted(
        (label.partition(" ")[0] for label in labels), reverse=True
    )


def test_who_leads_nothing_is_said_before_it_is_brought_in(client, chair, review):
    report = brought(review)
    preview = words(client.get(report.get_absolute_url()))
    assert "2 to check" in preview

    client.post(url("bodies", review, report.pk), {"seen": 0, "body_0": "", "body_1": ""})

    preview = words(client.get(report.get_absolute_url()))
    assert "to check" not in preview
    assert "2 left without a lead" in preview
    saving = words(client.get(url("save", review, report.pk)))
    assert "2 of the bodies that the report names are taken for nobody" in saving
    assert "Westshire Police, Northgate Housing" in saving
