import hashlib
import io
import uuid
from datetime import date

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from foundations.vault.models import StoredFile
from reviews.proceedings.disclosure import services
from reviews.proceedings.disclosure.printing import as_pdf
from reviews.proceedings.models import (
    DisclosureSchedule,
    HandedLine,
    HandingOver,
    ScheduleLine,
    SensitivityMark,
)
from reviews.rules import Role
from reviews.services import merge_agencies
from tests.conftest import with_role
from tests.factories.chronologies import SourceFileFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_disclosure import (
    ScheduleFactory,
    ScheduleLineFactory,
    frozen,
    handed,
    marked,
    things,
)
from tests.factories.reviews_letters import finished_letter
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_terms import issued_terms
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db
SCHEDULE_QUERIES = 10


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def file(review):
    return SourceFileFactory(participation=ParticipationFactory(review=review))


@pytest.fixture
def terms(review, chair):
    return issued_terms(review, "Consider what was known", by=chair, panel=True)


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def test_a_file_is_a_line_with_the_digest_of_its_stored_bytes(review, chair, file):
    line = things(chair, review)["file", file.pk]

    assert line.sha256 == hashlib.sha256(bytes(file.stored.content)).hexdigest()
    assert (line.name, line.agencies) == (file.name, file.participation.agency.name)
    assert "call" not in line.description


def test_a_letter_that_was_not_sent_is_no_line(review, chair):
    letter = finished_letter(review, by=chair)

    assert ("letter", letter.pk) not in things(chair, review)


def test_a_mark_is_a_row_and_the_newest_counts(review, chair, terms):
    marked(terms, review, by=chair)
    marked(terms, review, by=chair, is_sensitive=False, reason="Published since")

    line = frozen(review, by=chair).lines.get(source="terms")

    assert SensitivityMark.objects.count() == 2
    assert (line.is_sensitive, line.reason) == (False, "Published since")


def test_a_schedule_stays_as_it_was_frozen(review, chair, file, terms):
    schedule = frozen(review, by=chair)
    marked(terms, review, by=chair)
    SourceFileFactory(participation=file.participation)

    assert list(schedule.lines.values_list("source", "is_sensitive")) == [
        ("file", None),
        ("terms", None),
    ]
    assert frozen(review, by=chair).lines.count() == 3


def test_a_second_click_freezes_once(review, chair, terms):
    key = uuid.uuid4()

    assert frozen(review, by=chair, key=key) == frozen(review, by=chair, key=key)


def test_the_database_refuses_a_change_of_a_schedule(review, chair, terms):
    schedule = frozen(review, by=chair)
    handing = handed(schedule, list(schedule.lines.all()), by=chair)

    for row, change in (
        (schedule, {"frozen_on": date(2020, 1, 1)}),
        (schedule.lines.get(), {"is_sensitive": True}),
        (handing, {"post": "Somebody else"}),
        (handing.lines.get(), {"sha256": "0" * 64}),
    ):
        rows = type(row)._base_manager.filter(pk=row.pk)
        with pytest.raises(InternalError, match="kept as it is"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(InternalError, match="kept as it is"), transaction.atomic():
            rows._raw_delete("default")


def test_two_agencies_become_one_in_a_schedule_too(review, chair, file):
    schedule = frozen(review, by=chair)
    kept = ParticipationFactory(review=review)

    merge_agencies(file.participation.agency, into=kept.agency, by=None)

    assert list(schedule.lines.get().concerns.all()) == [kept]


def test_handing_over_keeps_the_digest_of_what_left(review, chair, file, terms):
    schedule = frozen(review, by=chair)

    handed(schedule, list(schedule.lines.all()), by=chair)

    of_file = HandedLine.objects.get(line__source="file")
    assert (of_file.sha256, of_file.made) == (file.stored.sha256, None)
    of_terms = HandedLine.objects.get(line__source="terms")
    content = bytes(of_terms.made.content)
    assert of_terms.sha256 == hashlib.sha256(content).hexdigest()
    assert content.startswith(b"PK")


def test_changed_bytes_are_not_handed_over(review, chair, file):
    schedule = frozen(review, by=chair)
    StoredFile.objects.filter(pk=file.stored_id).update(body=b"Something else")

    with pytest.raises(ValidationError, match="not those of the schedule"):
        handed(schedule, list(schedule.lines.all()), by=chair)

    assert not HandingOver.objects.exists()


def test_nothing_is_handed_over_before_its_schedule(review, chair, terms):
    schedule = frozen(review, by=chair)

    with pytest.raises(ValidationError, match="only frozen"):
        handed(schedule, list(schedule.lines.all()), by=chair, on=date(2020, 1, 1))


def test_a_conflict_hides_the_lines_and_refuses_a_schedule(client, review, chair, file, terms):
    schedule = frozen(review, by=chair)
    handed(schedule, list(schedule.lines.all()), by=chair)
    other = with_role(Role.CHAIR, review)
    member = PanelMemberFactory(review=review, user=other)
    ConflictFactory(member=member, participation=file.participation)

    lines = ScheduleLine.objects.visible_to(other)
    assert set(lines.values_list("source", flat=True)) == {"terms"}
    assert {source for source, _ in things(other, review)} == {"terms"}
    with pytest.raises(services.NotWhole):
        frozen(review, by=other)
    client.force_login(other)
    assert client.post(page("disclosure-freeze", review), {"key": uuid.uuid4()}).status_code == 422
    text = client.get(page("disclosure-schedule", review, schedule.pk)).content.decode()
    assert file.name not in text
    assert file.stored.sha256 not in text


def test_from_the_mark_to_the_workbook_by_the_pages(client, review, chair, file, terms):
    client.force_login(chair)
    client.post(
        page("disclosure-mark", review, "file", file.pk),
        {"is_sensitive": "yes", "reason": "=Third parties", "key": uuid.uuid4()},
    )
    response = client.post(page("disclosure-freeze", review), {"key": uuid.uuid4()})
    schedule = DisclosureSchedule.objects.get(review=review)
    assert response.url == schedule.get_absolute_url()
    line = schedule.lines.get(source="file")
    today = schedule.frozen_on
    client.post(
        page("disclosure-hand-over", review, schedule.pk),
        {
            "on_day": today.day,
            "on_month": today.month,
            "on_year": today.year,
            "post": "Disclosure officer",
            "request": "Request of 3 March",
            "lines": [line.pk],
            "key": uuid.uuid4(),
        },
    )

    shown = client.get(schedule.get_absolute_url()).content.decode()
    assert "Request of 3 March" in shown
    book = client.get(page("disclosure-download", review, schedule.pk))
    sheets = load_workbook(io.BytesIO(book.content))
    rows = list(sheets["Schedule"].values)
    assert rows[1][6:] == (file.stored.sha256, "Sensitive", "=Third parties")
    assert list(sheets["Handed over"].values)[1][4] == file.stored.sha256


def words_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_schedule_is_a_tagged_document_too(client, review, chair, file, terms):
    marked(terms, review, by=chair, reason="Written for the panel")
    schedule = frozen(review, by=chair)
    handed(schedule, list(schedule.lines.filter(source="terms")), by=chair)
    client.force_login(chair)

    response = client.get(page("disclosure-pdf-file", review, schedule.pk))

    assert response["Content-Type"] == "application/pdf"
    assert f"{review.reference} disclosure schedule 1.pdf" in response["Content-Disposition"]
    words = words_of(response.content)
    for said in ("Disclosure schedule 1", "Written for", "Handed over", "Request 1"):
        assert said in words
    assert broken_rules(response.content) == []
    event = Event.objects.get(type="disclosure.exported")
    assert event.data == {"what": "schedule", "format": "pdf"}


def test_the_document_keeps_to_what_its_asker_may_see(client, review, chair, file, terms):
    schedule = frozen(review, by=chair)
    other = with_role(Role.CHAIR, review)
    member = PanelMemberFactory(review=review, user=other)
    ConflictFactory(member=member, participation=file.participation)

    seen = words_of(as_pdf(other, schedule))

    assert "Terms of reference" in seen
    assert file.participation.agency.name not in seen
    assert file.participation.agency.name.split()[0] in words_of(as_pdf(chair, schedule))


@pytest.mark.parametrize("count", [1, 4])
def test_a_long_schedule_takes_as_many_questions_as_a_short_one(
    count, client, review, chair, terms, django_assert_num_queries
):
    schedule = ScheduleFactory(review=review, number=1)
    for position in range(1, count + 1):
        line = ScheduleLineFactory(
            schedule=schedule, position=position, source="terms", row=terms.pk
        )
        handed(schedule, [line], by=chair)
    client.force_login(chair)
    client.get(schedule.get_absolute_url())  # what is asked once and kept

    with django_assert_num_queries(SCHEDULE_QUERIES):
        response = client.get(schedule.get_absolute_url())

    assert len(response.context["lines"]) == len(response.context["handed"]) == count


def test_nothing_chosen_is_refused_beside_the_field(client, review, chair, terms):
    schedule = frozen(review, by=chair)
    client.force_login(chair)

    response = client.post(
        page("disclosure-hand-over", review, schedule.pk),
        {"post": "Disclosure officer", "request": "One", "key": uuid.uuid4()},
    )

    assert response.status_code == 422
    assert "Choose what was handed over" in response.content.decode()
    assert 'value="Disclosure officer"' in response.content.decode()
