"""Letters of the quality panel: their points, and what was done about each, round by round."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from openpyxl import Workbook

from findings.services.locking import TakenAway
from reports.homeoffice import letters
from reports.homeoffice.proposing import proposed_in
from reports.homeoffice.queries import points_of
from reports.models import LetterPoint, OfficeLetter, OfficeWithdrawal, PointAnswer
from reports.rendering.making import make
from reports.services.paragraphs import (
    bring_back_paragraph,
    change_paragraph,
    take_out_paragraph,
)
from reports.services.renderings import ask_for_rendering, keep_rendering
from reports.services.sections import bring_back_section, take_out_section
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, Stage, State
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reports_homeoffice import (
    POINTS,
    a_letter,
    letter_of,
    pack_of,
    points_in,
    sent,
    version_of,
)
from tests.factories.reviews import ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def document(review):
    return begun(review)


@pytest.fixture
def paragraph(document):
    return paragraph_in(document.sections.get(code="background"), "She rang in May.")


@pytest.fixture
def letter(review, document, paragraph, chair):
    """About a pack that was sent with the paragraph as it was."""
    pack = pack_of(review, [version_of(document, by=chair)], by=chair)
    sent(pack, by=chair)
    return letter_of(review, by=chair, pack=pack)


@pytest.fixture
def point(letter, chair):
    return points_in(letter, by=chair)[0]


def change(paragraph, text, by):
    paragraph.refresh_from_db()
    seen = paragraph.changes
    return change_paragraph(paragraph, text=text, kind="numbered", seen=seen, by=by)


def answer(point, by, how="paragraph", words="", paragraph=None, key=None):
    return letters.answer_point(
        point,
        how=how,
        words=words,
        paragraph=paragraph,
        called="13.1" if paragraph else "",
        by=by,
        key=key or uuid.uuid4(),
    )


def to(name, letter, *more):
    return reverse(f"reports:{name}", args=[letter.review.reference, letter.number, *more])


# --- Its points ---------------------------------------------------------------------------------


def test_what_stands_in_a_list_is_proposed_and_the_rest_stands_beside_it(letter):
    assert letter.read["proposed"] == list(POINTS)
    assert letter.read["beside"] == ["Thank you for the report.", "Yours sincerely"]


def test_a_letter_without_a_list_is_read_for_what_asks_for_something():
    content = a_letter(
        before="Thank you for this report, which should be read widely.",
        after="The review should explain why the daughter was not asked.",
    )

    found = proposed_in(content, "letter.docx")

    assert found.proposed == ("The review should explain why the daughter was not asked.",)


def test_what_stands_in_the_margin_of_a_letter_is_not_lost():
    file = Word(io.BytesIO(a_letter(*POINTS)))
    file.sections[0].header.paragraphs[0].text = "Interpersonal Abuse Unit"
    out = io.BytesIO()
    file.save(out)

    found = proposed_in(out.getvalue(), "letter.docx")

    assert found.proposed == POINTS
    assert "Interpersonal Abuse Unit" in " ".join(found.beside)


def test_a_letter_that_is_a_picture_says_that_nothing_was_read():
    out = io.BytesIO()
    Word().save(out)

    found = proposed_in(out.getvalue(), "letter.docx")

    assert found.unread == "No text was found in the file. It may be a picture of a letter."


def test_a_letter_is_entered_on_its_page_and_its_points_are_confirmed(client, review, chair):
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    file = SimpleUploadedFile("letter.docx", a_letter(*POINTS))

    client.post(
        reverse("reports:office-letter-add", args=[review.reference]),
        {"file": file, "outcome": "again", "key": uuid.uuid4()} | day,
    )
    letter = OfficeLetter.objects.get()
    form = client.get(letter.get_absolute_url()).context["form"]
    shown, seen = form["text"].value(), form["seen"].value()
    client.post(
        letter.get_absolute_url(),
        {"text": f"{shown}\n\nAnd a third.", "seen": seen, "key": uuid.uuid4()},
    )

    points = LetterPoint.objects.order_by("number").values_list("number", "text")
    assert list(points) == [(1, POINTS[0]), (2, POINTS[1]), (3, "And a third.")]


def test_two_who_confirm_the_same_proposal_do_not_enter_it_twice(client, letter, chair):
    form = client.get(letter.get_absolute_url()).context["form"]
    said = {name: form[name].value() for name in form.fields}
    points_in(letter, *POINTS, by=with_role(Role.CHAIR, letter.review))

    response = client.post(letter.get_absolute_url(), said)

    assert response.status_code == 422
    assert "Somebody else has changed this" in response.content.decode()
    assert list(letter.points.values_list("text", flat=True)) == list(POINTS)
    assert response.context["form"]["seen"].value() == "2"


def test_a_letter_of_tomorrow_is_refused(review, chair):
    with pytest.raises(ValidationError, match="an earlier one"):
        letter_of(review, by=chair, on=timezone.localdate() + timedelta(days=1))


# --- Its answers --------------------------------------------------------------------------------


def test_an_answer_keeps_the_paragraph_as_it_was_submitted_and_as_it_became(
    point, paragraph, chair
):
    change(paragraph, "She rang in May and in June.", chair)
    change(paragraph, "She rang in May, and in June again.", chair)

    kept = answer(point, chair, paragraph=paragraph)

    assert (kept.before.text, kept.after.text) == (
        "She rang in May.",
        "She rang in May, and in June again.",
    )


def test_a_paragraph_that_was_written_since_was_not_there(point, document, chair):
    new = paragraph_in(document.sections.get(code="background"), "The term MARAC means this.")

    kept = answer(point, chair, paragraph=new)

    assert (kept.before, kept.after.text) == (None, "The term MARAC means this.")


def test_a_paragraph_that_was_out_and_is_brought_back_was_not_there(
    review, document, paragraph, chair
):
    take_out_paragraph(paragraph, by=chair)
    pack = pack_of(review, [version_of(document, by=chair)], by=chair)
    sent(pack, by=chair)
    asked = points_in(letter_of(review, by=chair, pack=pack), "Say when she rang.", by=chair)[0]
    paragraph.refresh_from_db()
    bring_back_paragraph(paragraph, by=chair)

    kept = answer(asked, chair, paragraph=paragraph)

    assert (kept.before, kept.after.text) == (None, "She rang in May.")


def test_a_paragraph_whose_section_is_brought_back_was_not_there(
    review, document, paragraph, chair
):
    take_out_section(paragraph.section, by=chair)
    pack = pack_of(review, [version_of(document, by=chair)], by=chair)
    sent(pack, by=chair)
    asked = points_in(letter_of(review, by=chair, pack=pack), "Say when she rang.", by=chair)[0]
    paragraph.section.refresh_from_db()
    bring_back_section(paragraph.section, by=chair)

    assert answer(asked, chair, paragraph=paragraph).before is None


def test_what_is_changed_while_the_file_is_drawn_was_not_submitted(
    review, document, paragraph, chair
):
    said = {"variant": "confidential", "format_": "html", "has_plan": False}
    asked = ask_for_rendering(document, by=chair, key=uuid.uuid4(), **said)
    said = {"variant": "confidential", "version": 1, "with_plan": False}
    made = make(document, "html", at=timezone.now(), by=chair, **said)
    change(paragraph, "She rang in June.", chair)
    keep_rendering(asked, made.gathered, made.file)
    pack = pack_of(review, [asked], by=chair)
    sent(pack, by=chair)
    point = points_in(letter_of(review, by=chair, pack=pack), "Say when she rang.", by=chair)[0]

    assert answer(point, chair, paragraph=paragraph).before.text == "She rang in May."


def test_a_paragraph_that_says_what_it_said_answers_nothing(point, paragraph, chair):
    with pytest.raises(ValidationError, match="says what it said when it was submitted"):
        answer(point, chair, paragraph=paragraph)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [("not", "Say why nothing was changed"), ("elsewhere", "Say what was changed")],
)
def test_an_answer_without_a_paragraph_says_so_in_words(how, sentence, point, chair):
    with pytest.raises(ValidationError, match=sentence):
        answer(point, chair, how=how, words=" ")


def test_a_version_from_before_an_answered_paragraph_changed_is_said_to_be_older(
    review, document, point, paragraph, chair
):
    older = version_of(document, by=chair)
    change(paragraph, "She rang in June.", chair)
    answer(point, chair, paragraph=paragraph)
    newer = version_of(document, by=chair)

    first, second = (pack_of(review, [one], by=chair) for one in (older, newer))

    told = [
        [one for one in pack.missing if "does not hold that change" in one]
        for pack in (first, second)
    ]
    (said,) = told[0]
    assert f"version {older.number} was made on" in said
    assert f"which answers point {point.number} of letter {point.letter.number}" in said
    assert told[1] == []


def test_a_point_is_answered_again_and_the_earlier_answer_stays(letter, point, paragraph, chair):
    first = answer(point, chair, how="not", words="The panel did not agree.")
    change(paragraph, "She rang in June.", chair)
    second = answer(point, chair, paragraph=paragraph)

    one, other = points_of(letter)

    assert (one.answer, one.earlier) == (second, (first,))
    assert one.state == ("Answered: changed", "green")
    assert other.is_open


def test_a_second_letter_is_a_round_of_its_own_and_sees_what_went_since(
    review, letter, point, document, paragraph, chair
):
    change(paragraph, "She rang in June.", chair)
    again = pack_of(review, [version_of(document, by=chair)], by=chair)
    sent(again, by=chair)
    second = letter_of(review, by=chair, pack=again)
    (asked,) = points_in(second, "Say which June.", by=chair)

    with pytest.raises(ValidationError, match="when it was submitted"):
        answer(asked, chair, paragraph=paragraph)
    change(paragraph, "She rang in June 2011.", chair)

    assert second.number == 2
    assert answer(asked, chair, paragraph=paragraph).before.text == "She rang in June."


def test_the_pages_count_what_is_open(client, review, letter, point, chair):
    answer(point, chair, how="not", words="It is said in 3.2.")

    home = client.get(reverse("reports:home-office", args=[review.reference])).content.decode()

    assert "1 open point" in home
    assert "1 of 2 open" in home


def test_a_point_is_answered_on_its_page_by_the_number_of_the_paragraph(
    client, letter, point, document, paragraph, chair
):
    change(paragraph, "She rang in June.", chair)
    number = client.get(document.get_absolute_url()) and "13.1"
    form = {"how": "paragraph", "document": document.pk, "key": uuid.uuid4()}

    refused = client.post(to("office-answer", letter, 1), form | {"number": "99.9"})
    found = client.post(to("office-answer", letter, 1), form | {"number": number})

    assert (refused.status_code, found.status_code) == (422, 302)
    assert PointAnswer.objects.get().paragraph == paragraph
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "[taken out: </span>May" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_letter_is_shown_in_as_many_queries_whatever_it_asks_for(
    count, client, review, letter, document, paragraph, chair, django_assert_num_queries
):
    change(paragraph, "She rang in June.", chair)
    for one in points_in(letter, *["Say more."] * count, by=chair):
        answer(one, chair, paragraph=paragraph)
    client.get(letter.get_absolute_url())

    with django_assert_num_queries(13):
        client.get(letter.get_absolute_url())


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_the_answers_are_drawn_as_a_table(format_, client, letter, point, chair):
    answer(point, chair, how="not", words="It is said in 3.2.")

    response = client.get(to("office-answers-file", letter), {"format": format_})

    start = {"pdf": b"%PDF-", "docx": b"PK"}[format_]
    assert response.content.startswith(start)
    if format_ == "docx":
        (table,) = Word(io.BytesIO(response.content)).tables
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows == [
            ["Point", "What the letter says", "Answer", "Paragraph"],
            ["1", POINTS[0], "Nothing was changed. It is said in 3.2.", "–"],
            ["2", POINTS[1], "Not answered yet", "–"],
        ]


def test_the_answers_go_back_with_the_next_pack_which_says_what_is_open(
    review, letter, point, document, chair
):
    pack = pack_of(review, [version_of(document, by=chair)], by=chair)

    names = [one.name for one in pack.parts.all()]
    assert names[-2:] == ["04 answers to the home office.pdf", "05 answers to the home office.docx"]
    assert broken_rules(pack.parts.get(name=names[-2]).stored.content) == []
    assert pack.missing[-1] == "Points of the Home Office’s letters without an answer: 2."


# --- Entered by mistake -------------------------------------------------------------------------


def withdraw(letter, by, point=None, why="Of another review"):
    return letters.withdraw(letter, point=point, why=why, by=by, key=uuid.uuid4())


def test_a_point_that_was_withdrawn_is_open_no_more_and_stands_struck_through(
    client, review, letter, point, chair
):
    withdraw(letter, chair, point, why="It praises")

    home = client.get(reverse("reports:home-office", args=[review.reference])).content.decode()
    page = client.get(letter.get_absolute_url()).content.decode()

    assert "1 of 1 open" in home
    assert f"<del>{POINTS[0]}</del>" in page
    assert "This point was entered by mistake" in page
    assert "It praises" in page
    assert to("office-answer", letter, 1) not in page
    assert to("office-answer", letter, 2) in page


def test_a_point_that_was_withdrawn_is_not_answered(client, letter, point, chair):
    withdraw(letter, chair, point)

    with pytest.raises(TakenAway):
        answer(point, chair, how="not", words="Too late")
    response = client.get(to("office-answer", letter, 1))
    assert (response.status_code, response.url) == (302, letter.get_absolute_url())


def test_a_letter_that_was_withdrawn_takes_no_point_and_none_of_its_points_is_open(
    client, review, letter, point, chair
):
    withdraw(letter, chair)

    with pytest.raises(TakenAway):
        points_in(letter, "One more.", by=chair)
    assert LetterPoint.objects.open().count() == 0
    home = client.get(reverse("reports:home-office", args=[review.reference])).content.decode()
    assert f"<del>Letter 1, {letter.on:%-d %B %Y}</del>" in home
    page = client.get(letter.get_absolute_url())
    assert "This letter was entered by mistake" in page.content.decode()
    assert [one.state[0] for one in page.context["points"]] == ["Withdrawn", "Withdrawn"]


def test_what_a_withdrawn_point_says_does_not_go_back(client, letter, point, chair):
    answer(point, chair, how="not", words="It is said in 3.2.")
    withdraw(letter, chair, point)

    response = client.get(to("office-answers-file", letter), {"format": "docx"})

    (table,) = Word(io.BytesIO(response.content)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["1", "–", "Withdrawn: it was entered by mistake", "–"],
        ["2", POINTS[1], "Not answered yet", "–"],
    ]


def test_a_withdrawn_letter_goes_into_no_pack(review, letter, point, document, chair):
    withdraw(letter, chair)

    pack = pack_of(review, [version_of(document, by=chair)], by=chair)

    assert "answers" not in " ".join(one.name for one in pack.parts.all())
    assert not [one for one in pack.missing if "letters" in one]


def test_the_reader_finds_no_letter_that_was_entered_here_by_mistake(client, review, letter, chair):
    withdraw(letter, chair)
    Review.objects.filter(pk=review.pk).update(stage=Stage.QUALITY_ASSURANCE)
    client.force_login(with_role(Role.HOME_OFFICE_READER, review))

    home = client.get(reverse("reports:home-office", args=[review.reference]))
    assert home.context["letters"] == []
    assert client.get(to("office-letter-file", letter)).status_code == 404


def test_a_point_is_withdrawn_on_its_page_once_with_a_reason(client, letter, point, chair):
    url, said = to("office-withdraw", letter), {"what": "1", "key": uuid.uuid4()}

    unsaid = client.post(url, said)
    done = client.post(url, said | {"why": "It praises"})
    again = client.post(url, said | {"why": "It praises"})

    assert [unsaid.status_code, done.status_code, again.status_code] == [422, 302, 302]
    row = OfficeWithdrawal.objects.get()
    assert (row.point, row.letter, row.why, row.by) == (point, None, "It praises", chair)
    offered = [value for value, _ in client.get(url).context["form"].fields["what"].choices]
    assert offered == ["letter", "2"]


def test_what_was_withdrawn_once_is_not_withdrawn_again(letter, point, chair):
    withdraw(letter, chair, point)

    with pytest.raises(TakenAway):
        withdraw(letter, chair, point)


@pytest.mark.parametrize("model", [OfficeLetter, LetterPoint])
def test_what_was_asked_is_never_changed(model, point):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(number=7)


def test_a_withdrawal_is_never_changed(letter, point, chair):
    withdraw(letter, chair, point)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        OfficeWithdrawal.objects.update(why="Another reason")


def test_a_review_that_has_ended_takes_no_answer(review, point, chair):
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        answer(point, chair, how="not", words="Too late")


def test_the_reader_finds_the_letter_and_not_how_it_is_answered(client, review, letter, point):
    Review.objects.filter(pk=review.pk).update(stage=Stage.QUALITY_ASSURANCE)
    client.force_login(with_role(Role.HOME_OFFICE_READER, review))

    assert client.get(to("office-letter-file", letter)).status_code == 200
    assert client.get(letter.get_absolute_url()).status_code == 403
    assert client.get(to("office-answer", letter, 1)).status_code == 404


def _book():
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letter.xlsx", _book(), "is an Excel workbook. Upload a PDF"),
        ("letter.docx", _book(), "is an Excel workbook. Upload a PDF"),
        ("letter.txt", b"Dear all", "is plain text. Upload a PDF"),
        ("letter.jpg", b"\xff\xd8\xff\xe0" + b"0" * 99, "is a picture. Upload a PDF"),
        ("letter.docx", b"%PDF-1.7 Dear all", "is a PDF, but its name does not end in .pdf"),
        ("letter.docx", a_letter()[:600], "is damaged or was not completely copied"),
    ],
)
def test_a_file_of_another_kind_is_refused_beside_its_box_with_what_to_do(
    name, content, said, client, review, chair
):
    file = SimpleUploadedFile(name, content)

    response = client.post(
        reverse("reports:office-letter-add", args=[review.reference]), {"file": file}
    )

    (error,) = response.context["form"].errors["file"]
    assert error.startswith(f"“{name}” {said}")
    assert "(.xlsx)" not in error
    assert error in response.content.decode()
    assert not OfficeLetter.objects.exists()
