"""The pages on which reports come in from Word and documents go out to it and back."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Word

from reports.models import BroughtReport, Doubt, WordCopy, WordReturn
from reports.outline import Outline
from reports.services.paragraphs import change_paragraph
from reviews.rules import Role
from tests.factories.accounts import UserFactory
from tests.factories.reports import DocumentFactory, paragraph_in, section_in
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture(autouse=True)
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def document(review):
    found = DocumentFactory(review=review)
    facts = section_in(found, "The facts")
    for text in ("The officer called twice.", "Nobody wrote it down at all."):
        paragraph_in(facts, text)
    return found


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def sent(content, name="report.docx"):
    return {"file": SimpleUploadedFile(name, content), "key": uuid.uuid4()}


def bring(client, review, content, name="report.docx", kind="overview"):
    url = reverse("reports:brought-upload", args=[review.reference])
    return client.post(url, sent(content, name) | {"kind": kind})


def took(client, document):
    """The bytes that a click on the button brings."""
    form = {"key": uuid.uuid4()}
    response = client.post(to("word-take-away", document), form, follow=True)
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content) if response.streaming else response.content


def retyped(content, *changes):
    file = Word(io.BytesIO(content))
    for old, new in changes:
        made.retype(made.paragraph(file, old), old, new)
    return existing.saved(file)


def texts(document):
    return [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]


# --- An existing report -------------------------------------------------------------------------


def test_a_report_is_read_shown_and_saved(client, review):
    response = bring(client, review, existing.saved(existing.typed()))
    page = client.get(response.url).content.decode()
    saved = client.post(response.url)

    assert "THE FACTS BY AGENCY" in page
    assert "5 headings were recognised" in page
    assert "with 7 paragraphs, of which 6 have a number" in page
    document = review.documents.get()
    assert saved.url == document.get_absolute_url()
    numbers = [one.number for _, one in Outline(document).paragraphs if one.number]
    assert numbers == existing.NUMBERS


def test_a_briefing_is_brought_in_as_one(client, review):
    content = existing.saved(existing.typed())
    response = bring(client, review, content, kind="learning-briefing")
    page = client.get(response.url).content.decode()
    client.post(response.url)

    assert "Learning briefing. Title:" in page
    assert review.documents.get().kind == "learning-briefing"


def test_a_report_without_its_kind_is_asked_for_it(client, review):
    response = bring(client, review, existing.saved(existing.typed()), kind="")

    assert "Choose which document it is" in response.content.decode()
    assert BroughtReport.objects.count() == 0


def test_before_it_is_saved_there_is_no_document(client, review):
    bring(client, review, existing.saved(existing.typed()))

    assert (review.documents.count(), BroughtReport.objects.get().is_open) == (0, True)


def test_the_same_file_again_leads_to_what_was_made_of_it(client, review):
    content = existing.saved(existing.typed())
    first = bring(client, review, content)
    client.post(first.url)

    again = bring(client, review, content)

    assert again.url == first.url
    assert "nothing was added" in client.get(again.url).content.decode()


def test_what_is_passed_over_is_shown(client, review):
    word = existing.typed(styled=True)
    word.sections[0].header.paragraphs[0].text = "Running head"

    page = client.get(bring(client, review, existing.saved(word)).url).content.decode()

    assert "Header or footer: Running head" in page


def test_a_discarded_file_makes_no_document(client, review):
    bring(client, review, existing.saved(existing.typed()))
    one = BroughtReport.objects.get()

    client.post(reverse("reports:brought-discard", args=[review.reference, one.pk]))
    client.post(one.get_absolute_url())

    assert review.documents.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("report.docx", b"PK\x03\x04 damaged"), ("report.pdf", b"%PDF-1.7"), ("report.docx", b"")],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(name, content, client, review):
    response = bring(client, review, content, name)

    assert response.status_code == 422
    assert BroughtReport.objects.count() == 0


def test_a_doubt_stands_beside_its_paragraph_until_it_is_settled(client, review):
    lines = [line for line in existing.LINES if line[0] != "2.1.1"]
    client.post(bring(client, review, existing.saved(existing.typed(lines, styled=True))).url)
    document = review.documents.get()
    doubt = Doubt.objects.get(kind="number")
    section = doubt.paragraph.section.get_absolute_url()
    assert "In the file its number is 2.1.2." in client.get(section).content.decode()

    done = client.post(to("doubts", document), {"chosen": [doubt.pk], "here": "1"})

    assert done.url == section
    assert "In the file its number" not in client.get(section).content.decode()


def test_many_doubts_are_settled_at_once(client, review):
    client.post(bring(client, review, existing.saved(existing.typed())).url)
    document = review.documents.get()
    chosen = list(document.doubts.values_list("pk", flat=True))

    response = client.post(to("doubts", document), {"chosen": chosen})

    assert response.url == document.get_absolute_url()
    assert document.doubts.open().count() == 0


# --- Work in Word -------------------------------------------------------------------------------


def test_a_document_goes_to_word_and_what_is_ticked_comes_back(client, document):
    content = retyped(
        took(client, document), ("Nobody wrote", "No one wrote"), ("The officer", "An officer")
    )
    response = client.post(to("word", document), sent(content))
    page = client.get(response.url)
    _, second = page.context["lines"]
    assert "<del>" in page.content.decode()

    client.post(response.url, {"accept": [second["change"].id]})

    assert texts(document) == ["The officer called twice.", "No one wrote it down at all."]
    assert WordReturn.objects.get().copy == WordCopy.objects.get()
    assert "1 change accepted" in client.get(response.url).content.decode()


def test_all_that_nobody_else_changed_is_accepted_at_once(client, document):
    content = retyped(
        took(client, document), ("Nobody wrote", "No one wrote"), ("The officer", "An officer")
    )
    row = Outline(document, texts=True).paragraphs[0][1].paragraph
    change_paragraph(row, text="Changed here.", kind="numbered", seen=0, by=UserFactory())
    response = client.post(to("word", document), sent(content))
    page = client.get(response.url)
    said = page.content.decode()
    assert "Changed here meanwhile" in said
    assert "An officer called twice." in said

    client.post(response.url, {"all": "1", "safe": page.context["safe"]})

    assert texts(document) == ["Changed here.", "No one wrote it down at all."]


def test_what_others_refer_to_goes_only_where_it_is_ticked(client, document):
    (_, first), _ = Outline(document, texts=True).paragraphs
    paragraph_in(first.paragraph.section, f"See [[p:{first.paragraph.key}]] for the call.")
    file = Word(io.BytesIO(took(client, document)))
    gone = made.paragraph(file, "The officer")._p
    gone.getparent().remove(gone)
    response = client.post(to("word", document), sent(existing.saved(file)))

    page = client.get(response.url)

    (line,) = page.context["lines"]
    assert (line["change"].what, page.context["safe"]) == ("removed", [])
    assert [called for called, _ in line["referring"]] == ["Paragraph 1.3"]
    assert "refers to something that was taken away" in page.content.decode()
    client.post(response.url, {"accept": line["change"].id})
    assert len(texts(document)) == 2


def test_nothing_ticked_is_asked_again(client, document):
    content = retyped(took(client, document), ("Nobody wrote", "No one wrote"))
    response = client.post(to("word", document), sent(content))

    assert client.post(response.url, {}).status_code == 422
    assert WordReturn.objects.get().is_open


def test_somebody_who_was_quicker_is_shown_and_nothing_is_saved(client, document):
    content = retyped(took(client, document), ("Nobody wrote", "No one wrote"))
    response = client.post(to("word", document), sent(content))
    (line,) = client.get(response.url).context["lines"]
    row = Outline(document, texts=True).paragraphs[1][1].paragraph
    change_paragraph(row, text="Changed here.", kind="numbered", seen=0, by=UserFactory())

    page = client.post(response.url, {"accept": [line["change"].id]}, follow=True)

    assert "so nothing was saved" in page.content.decode()
    assert texts(document)[1] == "Changed here."


def test_a_file_of_another_document_is_refused_beside_the_box(client, document):
    other = DocumentFactory(review=document.review)
    paragraph_in(section_in(other, "The facts"), "The officer called twice.")

    response = client.post(to("word", document), sent(retyped(took(client, other))))

    assert response.status_code == 422
    assert "made from another document" in response.content.decode()
    assert WordReturn.objects.count() == 0


def test_comments_and_tracked_changes_of_the_file_are_told(client, document):
    file = Word(io.BytesIO(took(client, document)))
    one = made.paragraph(file, "Nobody wrote")
    file.add_comment(one.runs[0], text="Who said so?", author="A panel member")

    response = client.post(to("word", document), sent(existing.saved(file)))

    assert "A panel member on" in client.get(response.url).content.decode()


def test_a_file_that_changes_nothing_says_so(client, document):
    response = client.post(to("word", document), sent(retyped(took(client, document))))

    assert "The file changes nothing in the document." in client.get(response.url).content.decode()


def test_a_blank_file_is_refused_beside_the_box(client, review):
    response = bring(client, review, existing.saved(Word()))

    assert (response.status_code, BroughtReport.objects.count()) == (422, 0)
    assert "Nothing of a report is written in this file" in response.content.decode()


def test_references_are_numbers_where_changes_are_accepted(client, document):
    (_, first), _ = Outline(document, texts=True).paragraphs
    paragraph_in(first.paragraph.section, f"See [[p:{first.paragraph.key}]] for the call.")
    content = retyped(took(client, document), ("See", "Look at"))

    page = client.get(client.post(to("word", document), sent(content)).url).content.decode()

    assert "1.1 for the call." in page
    assert "[[p:" not in page
