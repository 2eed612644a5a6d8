import io
from datetime import date

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from audit.models import Event
from chronologies.reading import ChronologyReader
from foundations.dates import parse
from foundations.office.reading import stream_file
from reviews.requests.workbook import COLUMNS, ROWS, chronology_template
from reviews.rules import Role
from reviews.wording.kinds import Kind
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_requests import answered_nil, asked
from tests.factories.reviews_terms import draft_terms, issued_terms
from tests.factories.reviews_wording import WordingFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


def take(client, name, request, *more):
    return client.get(
        reverse(f"reviews:request-{name}", args=[request.review.reference, request.pk, *more])
    )


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    )


@pytest.fixture
def part():
    review = ReviewFactory(scope_from=parse("2015").value, scope_to=parse("March 2024").value)
    PersonFactory(review=review, pseudonym="FA 1")
    PersonFactory(review=review, pseudonym="MA 1", role="perpetrator")
    return ParticipationFactory(review=review)


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


# --- The chronology template --------------------------------------------------------------------


def read(content, people=("FA 1", "MA 1")):
    with stream_file(content, "chronology.xlsx") as document:
        reader = ChronologyReader(document, known_persons=people)
        return list(reader.outcomes()), reader


def filled(review, *rows):
    book = openpyxl.load_workbook(io.BytesIO(chronology_template(review)))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ENTRIES = [
    ("04/05/2011", "22:15", "FA 1", "FA 1 rang the duty team.", "Referred.", "Late", "Call log"),
    ("spring 2012", "", "FA 1, MA 1", "Both came to the front desk.", "", "", "Case record"),
    (date(2013, 2, 1), None, "MA 1", "MA 1 missed an appointment.", "None.", "", "Other"),
]


def test_what_is_filled_in_is_read_without_a_mapping_and_the_example_is_no_entry(part):
    outcomes, reader = read(filled(part.review, *ENTRIES))

    entries = [one for one in outcomes if type(one).__name__ == "ReadEntry"]
    others = [one for one in outcomes if type(one).__name__ != "ReadEntry"]
    assert [entry.text for entry in entries] == [row[3] for row in ENTRIES]
    assert [str(entry.date) for entry in entries] == [
        "4 May 2011",
        "spring 2012",
        "1 February 2013",
    ]
    assert set(reader.mapping) == {
        "date",
        "time",
        "person",
        "text",
        "action",
        "comment",
        "source",
    }
    assert reader.unmapped_columns == []
    assert len(outcomes) == reader.rows_read
    assert {type(one).__name__ for one in others} <= {"NotEntry"}
    assert [doubt for entry in entries for doubt in entry.doubts] == []


def test_an_agency_may_throw_the_example_away_or_fill_in_nothing(part):
    outcomes, _ = read(chronology_template(part.review))

    assert "ReadEntry" not in {type(one).__name__ for one in outcomes}


def test_the_template_helps_and_refuses_nothing(part):
    book = openpyxl.load_workbook(io.BytesIO(chronology_template(part.review)))
    sheet = book.worksheets[0]

    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [title for title, _, _ in COLUMNS]
    offered = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert set(offered) == {f"C3:C{ROWS + 1}", f"G3:G{ROWS + 1}"}
    assert offered[f"C3:C{ROWS + 1}"].formula1 == '"FA 1,MA 1"'
    assert not any(one.showErrorMessage for one in offered.values())
    assert sheet["A5"].number_format == "General" or sheet.column_dimensions["A"].width > 10


def test_a_pseudonym_that_looks_like_a_formula_stays_text():
    review = ReviewFactory()
    PersonFactory(review=review, pseudonym="=1+1")

    book = openpyxl.load_workbook(io.BytesIO(chronology_template(review)))

    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_review_without_subjects_has_a_template_too():
    assert chronology_template(ReviewFactory())


# --- The Word template --------------------------------------------------------------------------


def test_the_imr_template_has_the_shape_the_pseudonyms_and_the_terms(client, part, author):
    issued_terms(part.review, "Was risk assessed?", to=[part])
    request = asked(part, kind="imr")

    response = take(client, "template-file", request)

    document = Document(io.BytesIO(response.content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    text = "\n".join(p.text for p in document.paragraphs)
    assert headings[:3] == [
        "Introduction",
        "The people concerned",
        "The author, and independence",
    ]
    for heading in ("Methodology", "Analysis of involvement", "Lessons learnt", "Recommendations"):
        assert heading in headings
    assert "FA 1 (victim) and MA 1 (perpetrator)" in text
    assert "from 2015 to" in text
    assert text.count("Was risk assessed?") == 2
    assert part.agency.name in text
    assert f"{request.due:%-d %B %Y}" in text
    assert Event.objects.filter(type="file.downloaded").count() == 1


def test_a_partnership_words_its_own_template(client, part, author):
    WordingFactory(
        kind=Kind.IMR_TEMPLATE,
        partnership=part.review.partnership,
        title="Our form",
        text="# Only this\nFor {{ recipient.name }}",
        effective_from=timezone.localdate(),
    )

    response = take(client, "template-file", asked(part, kind="imr"))

    texts = [p.text for p in Document(io.BytesIO(response.content)).paragraphs]
    assert texts[1:] == ["Our form", "Only this", f"For {part.agency}"]


def test_terms_of_another_agency_and_drafts_are_not_in_it(client, part, author):
    other = ParticipationFactory(review=part.review)
    issued_terms(part.review, "Asked of others alone?", to=[other])
    draft_terms(part.review, "Still a draft?")
    request = asked(part, kind="imr")

    word = take(client, "template-file", request).content
    content = take(client, "asked-file", request).content

    assert broken_rules(content) == []
    pdf = text_of(content)
    text = "\n".join(p.text for p in Document(io.BytesIO(word)).paragraphs)
    for unseen in ("Asked of others alone?", "Still a draft?"):
        assert unseen not in text
        assert unseen not in pdf
    assert "None have been issued to you yet" in pdf


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("chronology", {"template-file": 404, "chronology-file": 200}),
        ("imr", {"template-file": 200, "chronology-file": 200}),
        ("report", {"template-file": 200, "chronology-file": 404}),
        ("question", {"template-file": 404, "chronology-file": 404}),
    ],
)
def test_each_kind_has_its_own_pack(kind, found, client, part, author):
    request = asked(part, kind=kind)

    assert {name: take(client, name, request).status_code for name in found} == found


def test_what_is_asked_can_be_taken_away(client, part, author):
    issued_terms(part.review, "Was risk assessed?", to=[part])
    request = asked(part, kind="question", what="Was the referral received?")

    text = text_of(take(client, "asked-file", request).content)

    for words in ("Was the referral received?", "Contact was recorded", "Was risk assessed?"):
        assert words in text


# --- Receipts and the print for the panel -------------------------------------------------------


def test_a_receipt_is_printed(client, part, author):
    request = answered_nil(part, nil="destroyed", destroyed_under="Schedule 8", by=author)
    receipt = request.moves.get(what="nil")

    content = take(client, "receipt-file", request, receipt.pk).content

    text = text_of(content)
    assert broken_rules(content) == []
    for words in (receipt.number, "Schedule 8", part.agency.name, author.name):
        assert words in text


def test_the_panel_gets_a_print(client, part):
    client.force_login(with_role(Role.COORDINATOR, part.review))
    asked(part)
    other = asked(ParticipationFactory(review=part.review), kind="imr")
    url = reverse("reviews:request-board-file", args=[part.review.reference])

    everything, imrs = client.get(url).content, client.get(url, {"kind": "imr"})

    assert broken_rules(everything) == []
    assert part.agency.name in text_of(everything)
    assert part.agency.name not in text_of(imrs.content)
    assert other.participation.agency.name in text_of(imrs.content)
    assert Event.objects.filter(type="export.made").count() == 2
