"""The reading log of the family's copy: which version, when, with whom, what they said, what was made of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from foundations.dates import parse
from reports.copies.family import record_change, record_reading
from reports.copies.family_forms import version_named
from reports.models import FamilyChange, FamilyReading, Format, Rendering, Variant
from reports.rendering.making import make
from reports.services.renderings import ask_for_rendering, keep_rendering
from reviews.proceedings.models import Stops
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    made = begun(review)
    paragraph_in(made.sections.get(code="background"), "She was kind.")
    return made


@pytest.fixture
def asked(document):
    return ask_for_rendering(
        document,
        variant=Variant.CONFIDENTIAL,
        format_=Format.HTML,
        has_plan=False,
        by=UserFactory(),
        key=uuid.uuid4(),
    )


@pytest.fixture
def version(document, asked):
    """Made some weeks ago."""
    with time_machine.travel(timezone.now() - timedelta(days=40), tick=False):
        made = make(
            document,
            asked.format,
            variant=asked.variant,
            version=asked.number,
            at=timezone.now(),
            by=asked.by,
            with_plan=False,
        )
        keep_rendering(asked, made.gathered, made.file)
    return Rendering.objects.get(pk=asked.pk)


@pytest.fixture
def mother(review):
    return CorrespondentFactory(review=review, relation="mother of FA 1")


def days_ago(n):
    return f"{timezone.localdate() - timedelta(days=n):%-d %B %Y}"


def read(version, correspondent, on=None, **said):
    by = with_role(Role.CHAIR, version.document.review)
    said = {"how": "aloud", "by": by, "key": uuid.uuid4()} | said
    return record_reading(
        version.document,
        correspondent=correspondent,
        rendering=version,
        on=parse(on or days_ago(20)).value,
        **said,
    )


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def test_a_reading_is_recorded_and_shown_with_what_was_made_of_it(
    client, document, version, mother, sign_in, review
):
    sign_in(Role.CHAIR, review)
    day = timezone.localdate() - timedelta(days=20)
    said = {
        "correspondent": mother.pk,
        "rendering": version.pk,
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
        "how": "aloud",
        "how_long": "two afternoons",
        "with_whom": "the chair and the advocate",
        "said": "It does not say that she sang.",
        "key": uuid.uuid4(),
    }

    for _ in range(2):
        client.post(to("family-add", document), said)
    reading = FamilyReading.objects.get()
    change = {"number": "13.1", "words": "We say so now.", "key": uuid.uuid4()}
    client.post(to("family-change", document, reading.pk), change)

    page = client.get(to("family-copy", document)).content.decode()
    for words in (
        "mother of FA 1",
        days_ago(20),
        f"Version {version.number} of",
        "How long: two afternoons",
        "With: the chair and the advocate",
        "It does not say that she sang.",
        "Paragraph 13.1",
        "We say so now.",
    ):
        assert words in page


def test_a_number_that_no_paragraph_has_is_refused(client, document, version, mother, sign_in):
    reading = read(version, mother)
    sign_in(Role.CHAIR, document.review)
    url = to("family-change", document, reading.pk)

    response = client.post(url, {"number": "99.9", "words": "Changed", "key": uuid.uuid4()})

    assert response.status_code == 422
    assert "No paragraph has the number 99.9" in response.content.decode()


def test_a_version_that_was_not_made_yet_was_read_by_nobody(asked, mother):
    with pytest.raises(ValidationError, match="a version of this document that was made"):
        read(asked, mother)


def test_a_reading_is_not_to_come(version, mother):
    day = timezone.localdate() + timedelta(days=2)

    with pytest.raises(ValidationError, match="still to come"):
        read(version, mother, on=f"{day:%-d %B %Y}")


def test_nobody_read_a_version_before_the_day_it_was_made(version, mother):
    with pytest.raises(ValidationError, match="This version was only made on") as refusal:
        read(version, mother, on=days_ago(42))

    assert list(refusal.value.message_dict) == ["on"]
    assert read(version, mother, on=days_ago(39)).pk


def test_the_day_of_a_version_is_that_of_the_clock_on_the_wall(version):
    version.at = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)

    assert "of 4 June 2026" in version_named(version)


def test_a_hold_on_sharing_with_the_family_refuses_a_reading_in_it(version, mother, review):
    today = timezone.localdate()
    hold(ProceedingFactory(review=review), Stops.FAMILY, starts_on=today)

    with pytest.raises(ValidationError, match="A hold stops"):
        read(version, mother, on=f"{today:%-d %B %Y}")

    assert read(version, mother, on=days_ago(20)).pk


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.HOME_OFFICE_READER])
def test_nobody_else_reads_the_log(version, mother, sign_in, review, role):
    read(version, mother)

    assert list(FamilyReading.objects.visible_to(sign_in(role, review))) == []


@pytest.mark.parametrize("model", [FamilyReading, FamilyChange])
def test_the_database_keeps_the_log(version, mother, model):
    reading = read(version, mother)
    record_change(reading, words="Changed", by=reading.by, key=uuid.uuid4())

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        model.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        model.objects.update(by=None)
