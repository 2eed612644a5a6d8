"""Real names that came in from Word, or were kept: shown before they are taken over, and before they go out."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word

from reports.checks.looking import look
from reports.models import AccuracyRound
from reports.outline import Outline
from reports.services.citing import cite
from reports.services.documents import share_document
from reports.services.paragraphs import change_paragraph
from reviews.models import Share
from reviews.rules import Role
from reviews.services import withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import LessonFactory
from tests.factories.reports import DocumentFactory, paragraph_in, section_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory
from tests.reports.word import existing, made

pytestmark = pytest.mark.django_db

NAME = "Zara Quillfeather"


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def pseudonym(review):
    return IdentityFactory(person__review=review, names=[NAME]).person.pseudonym


@pytest.fixture(autouse=True)
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def section(review):
    return section_in(DocumentFactory(review=review), "The facts")


@pytest.fixture
def police(review):
    agency = AgencyFactory(name="Westmark Police")
    return ParticipationFactory(review=review, agency=agency)


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def texts(document):
    return [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]


def errors(response):
    return dict(response.context["form"].errors)


# --- In from Word -------------------------------------------------------------------------------


def brought_back(client, document, *changes):
    """The page of a file in which words were retyped."""
    taken = client.post(to("word-take-away", document), {"key": uuid.uuid4()}, follow=True)
    content = b"".join(taken.streaming_content) if taken.streaming else taken.content
    file = Word(io.BytesIO(content))
    for old, new in changes:
        made.retype(made.paragraph(file, old), old, new)
    form = {"file": SimpleUploadedFile("report.docx", existing.saved(file)), "key": uuid.uuid4()}
    return client.post(to("word", document), form).url


def test_a_change_that_holds_a_real_name_is_flagged_and_left_out_of_all(client, section, pseudonym):
    document = section.document
    for text in ("The officer called twice.", "Nobody wrote it down at all."):
        paragraph_in(section, text)
    url = brought_back(client, document, ("The officer", NAME), ("Nobody", "No one"))

    page = client.get(url)
    client.post(url, {"all": "1", "safe": page.context["safe"]})

    assert [one["named"] for one in page.context["lines"]] == [((NAME, pseudonym),), ()]
    assert "1 change holds a real name of the register" in page.content.decode()
    assert texts(document) == ["The officer called twice.", "No one wrote it down at all."]


def test_a_real_name_that_is_ticked_is_accepted(client, section, pseudonym):
    paragraph_in(section, "The officer called twice.")
    url = brought_back(client, section.document, ("The officer", NAME))
    (line,) = client.get(url).context["lines"]

    client.post(url, {"accept": [line["change"].id]})

    assert texts(section.document) == [f"{NAME} called twice."]


def test_a_brought_in_paragraph_with_a_real_name_is_a_doubt_without_the_name(
    client, review, pseudonym
):
    word = existing.Document()
    word.add_heading("The facts", 1)
    word.add_paragraph(f"1.1 {NAME} was 34.")
    file = SimpleUploadedFile("a.docx", existing.saved(word))
    form = {"file": file, "kind": "overview", "key": uuid.uuid4()}
    url = client.post(reverse("reports:brought-upload", args=[review.reference]), form).url

    page = client.get(url).content.decode()
    client.post(url)

    (doubt,) = review.documents.get().doubts.filter(text__contains="real name")
    assert "1 place in it holds a real name of the register" in page
    assert doubt.paragraph.text == f"{NAME} was 34."
    assert f"“{pseudonym}”" in doubt.text
    assert NAME not in doubt.text


# --- Out to others ------------------------------------------------------------------------------


def test_the_panel_reads_a_real_name_only_once_it_is_said_to_be_meant(client, section, pseudonym):
    document = section.document
    paragraph_in(section, f"{NAME} was 34.")
    url = to("document-share", document)

    page = client.get(url)
    refused = client.post(url, {})
    document.refresh_from_db()
    shared_at_once = document.is_shared
    said = client.post(url, {"meant": page.context["form"].fields["meant"].widget.attrs["value"]})

    document.refresh_from_db()
    assert [(one.called, one.said) for one in page.context["named"]] == [
        ("Paragraph 1.1", ((NAME, pseudonym),))
    ]
    assert (refused.status_code, list(errors(refused)), shared_at_once) == (422, ["meant"], False)
    assert (said.status_code, document.is_shared) == (302, True)


def test_a_real_name_in_a_cited_entry_is_asked_about_until_its_words_change(
    client, review, section, chair
):
    IdentityFactory(person__review=review, person__pseudonym="Aspen", names=["Zara Quill-Feather"])
    document = section.document
    entry = EntryFactory(review=review, participation=None, text="Zara Quill-Feather rang.")
    cite(paragraph_in(section, "Somebody rang."), [entry], by=chair)
    paragraph_in(section, "", kind="block", block="entries")
    url = to("document-share", document)
    page = client.get(url)
    meant = page.context["form"].fields["meant"].widget.attrs["value"]

    refused = client.post(url, {})
    type(entry).objects.filter(pk=entry.pk).update(text="Zara Quill-Feather rang twice.")
    of_other_words = client.post(url, {"meant": meant})
    type(entry).objects.filter(pk=entry.pk).update(text="Zara Quill-Feather rang.")
    said = client.post(url, {"meant": meant})

    document.refresh_from_db()
    assert [(one.called, one.said) for one in page.context["named"]] == [
        (
            "“Entries that the document cites”, inserted in 1 The facts",
            (("Zara Quill-Feather", "Aspen"),),
        )
    ]
    assert (refused.status_code, list(errors(refused))) == (422, ["meant"])
    assert (of_other_words.status_code, said.status_code) == (422, 302)
    assert document.is_shared


def test_a_real_name_in_a_lesson_is_asked_about(review, section, pseudonym, chair):
    LessonFactory(review=review, text=f"{NAME} was never asked.")
    paragraph_in(section, "", kind="block", block="lessons")

    with pytest.raises(ValidationError) as refused:
        share_document(section.document, by=chair)

    assert list(refused.value.message_dict) == ["meant"]


def test_what_was_meant_of_one_text_is_not_of_another(client, section, pseudonym):
    paragraph = paragraph_in(section, f"{NAME} was 34.")
    url = to("document-share", section.document)
    meant = client.get(url).context["form"].fields["meant"].widget.attrs["value"]
    text = f"Zara came. {NAME} was 34."
    change_paragraph(paragraph, text=text, kind="numbered", seen=0, by=UserFactory())

    assert client.post(url, {"meant": meant}).status_code == 422


def test_drafts_that_were_taken_back_are_asked_about_again(client, section, pseudonym, chair):
    document = section.document
    share_document(document, by=chair)
    paragraph_in(section, f"{NAME} was 34.")
    again = client.post(to("document-share", document), {"shows_remarks": "on"})
    withdraw_share(Share.objects.get(), by=chair)

    refused = client.post(to("document-share", document), {})

    assert (again.status_code, refused.status_code) == (302, 422)


def test_a_real_name_that_is_cited_after_sharing_is_told_to_those_who_write_alone(
    client, sign_in, review, section, pseudonym, chair
):
    document = section.document
    paragraph = paragraph_in(section, "Somebody rang.")
    paragraph_in(section, "", kind="block", block="entries")
    entry = EntryFactory(review=review, participation=None, text=f"{NAME} rang.")
    cite(paragraph, [entry], by=chair)
    not_shared = client.get(document.get_absolute_url())
    type(entry).objects.filter(pk=entry.pk).update(text="She rang.")
    share_document(document, by=chair)
    before = client.get(document.get_absolute_url())
    late = EntryFactory(review=review, participation=None, text=f"{NAME} rang twice.")
    cite(paragraph, [late], by=chair)

    now = client.get(document.get_absolute_url())
    sign_in(Role.PANEL_MEMBER, review)
    member = client.get(document.get_absolute_url())

    assert not_shared.context["named"] == before.context["named"] == []
    assert [(one.called, one.said) for one in now.context["named"]] == [
        ("“Entries that the document cites”, inserted in 1 The facts", ((NAME, pseudonym),))
    ]
    assert "The panel reads this now:" in now.content.decode()
    assert (member.status_code, member.context["named"]) == (200, [])
    assert "real name of the register" not in member.content.decode()


def sent(client, page, url, paragraph, **said):
    due = timezone.localdate() + timedelta(days=9)
    form = {"chosen": [paragraph.pk], "seen": page.context["form"].initial["seen"]}
    day = {f"due_{part}": getattr(due, part) for part in ("day", "month", "year")}
    return client.post(url, form | day | {"key": uuid.uuid4()} | said)


def test_an_agency_gets_a_real_name_only_once_it_is_said_to_be_meant(
    client, section, police, pseudonym
):
    with_role(Role.IMR_AUTHOR, police.review, police)
    named = paragraph_in(section, f"Westmark Police knew {NAME}.")
    other = paragraph_in(section, "Westmark Police came.")
    url = to("round-send", section.document, police.pk)
    page = client.get(url)
    meant = page.context["form"].fields["meant"].widget.attrs["value"]

    refused = sent(client, page, url, named)
    without = sent(client, page, url, other)
    with_it = sent(client, page, url, named, meant=meant)

    assert (refused.status_code, list(errors(refused))) == (422, ["meant"])
    assert (without.status_code, with_it.status_code) == (302, 302)
    assert AccuracyRound.objects.count() == 2


def test_nothing_is_sent_to_an_agency_of_which_nobody_has_joined(client, section, police):
    paragraph = paragraph_in(section, "Westmark Police came.")
    url = to("round-send", section.document, police.pk)

    page = client.get(url)
    refused = sent(client, page, url, paragraph)

    assert "Nobody of Westmark Police has joined this review" in page.content.decode()
    assert (refused.status_code, AccuracyRound.objects.count()) == (422, 0)


def test_real_names_are_an_item_before_it_is_submitted(section, pseudonym):
    paragraph_in(section, f"{NAME} was 34.")

    (item,) = (one for one in look(section.document).items if one.key == "no-real-names")

    (found,) = item.found
    assert [side.quote for side in found.sides] == [NAME]
    assert f"write “{pseudonym}” instead" in found.message
