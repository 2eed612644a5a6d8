"""A document that was begun by mistake is removed; whatever somebody wrote, made or was given stays."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from findings.services.locking import TakenAway
from reports.copies.remarking import remark
from reports.models import Document, Kind, Paragraph
from reports.services.checks import answer
from reports.services.documents import begin_from_data, share_document, unshare_document
from reports.services.paragraphs import take_out_paragraph
from reports.services.renderings import ask_for_rendering
from reports.services.sections import change_section
from reports.services.setting_aside import set_aside_document, why_it_stays
from reports.services.word import take_away
from reviews.drafts.services import keep
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review, RoleHolder
from reviews.rules import Role, State
from reviews.services import end_role
from tests.conftest import with_role
from tests.factories.reports import begun, for_now, paragraph_in, section_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def document(review, chair):
    return begun(review, by=chair)


def to(name, document):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number])


def again(document):
    return Document.objects.get(pk=document.pk)


def test_what_was_begun_by_mistake_stands_in_no_list_and_its_number_is_not_given_again(
    client, document, review, chair
):
    page = client.get(document.get_absolute_url()).content.decode()

    response = client.post(to("document-set-aside", document), follow=True)

    assert to("document-set-aside", document) in page
    assert response.redirect_chain == [
        (reverse("reports:document-list", args=[review.reference]), 302)
    ]
    assert list(response.context["documents"]) == []
    assert client.get(document.get_absolute_url()).status_code == 404
    assert (again(document).removed_by, begun(review).number) == (chair, document.number + 1)
    event = Event.objects.get(type="document.set_aside")
    assert (event.actor, event.data["number"]) == (f"user:{chair.pk}", document.number)


def test_the_place_of_what_is_made_from_data_is_free_again(review, chair):
    said = {"kind": Kind.ACTION_PLAN, "title": "Plan", "by": chair}
    first = begin_from_data(review, key=uuid.uuid4(), **said)

    set_aside_document(first, by=chair)

    assert begin_from_data(review, key=uuid.uuid4(), **said).is_live


def _write_and_take_out(document, by):
    take_out_paragraph(paragraph_in(document.sections.first(), by=by), by=by)


def _head(document, by):
    section = document.sections.first()
    said = {"is_numbered": True, "seen": section.changes, "by": by}
    change_section(section, heading="What Ann told", **said)


def _ask(document, by):
    said = {"variant": "confidential", "format_": "pdf", "has_plan": False, "key": uuid.uuid4()}
    ask_for_rendering(document, by=by, **said)


def _share_and_take_back(document, by):
    share_document(document, by=by)
    unshare_document(again(document), by=by)


def _answer(document, by):
    said = {"code": "person", "says": "yes", "reason": "", "seen": 0, "key": uuid.uuid4()}
    answer(document, by=by, **said)


def _remark_before_sharing_was_kept(document, by):
    """As with what was shared, and taken back, before the day of it was written down."""
    share_document(document, by=by)
    inserted = Paragraph.objects.filter(section__document=document).first()
    said = {"kind": "comment", "words": "Two are missing", "version": None, "key": uuid.uuid4()}
    with for_now(Role.PANEL_MEMBER, document.review) as member:
        remark(inserted, by=member, **said)
    unshare_document(again(document), by=by)
    Document.objects.filter(pk=document.pk).update(shared_at=None)


def _type(document, by):
    url = reverse(
        "reports:paragraph-add",
        args=[document.review.reference, document.number, document.sections.first().pk],
    )
    keep(by, document.review, url, {"text": ["She told her doc"]})


@pytest.mark.parametrize(
    ("touch", "why"),
    [
        (_write_and_take_out, "Somebody has written in it"),
        (_head, "Somebody has written in it"),
        (lambda document, by: section_in(document, "Ours", by=by), "Somebody has written in it"),
        (_ask, "A version of it was asked for"),
        (_share_and_take_back, "It was shared with the panel"),
        (
            lambda document, by: take_away(document, by=by, key=uuid.uuid4()),
            "It was taken away in Word",
        ),
        (_answer, "Somebody has answered what is asked"),
        (_remark_before_sharing_was_kept, "Somebody has said something"),
        (_type, "Somebody has typed words"),
    ],
    ids=["written", "heading", "section", "version", "shared", "word", "answer", "remark", "typed"],
)
def test_what_somebody_wrote_made_or_was_given_stays(touch, why, client, document, chair):
    touch(document, chair)
    url = to("document-set-aside", document)

    page = client.get(url, follow=True)
    refused = client.post(url)

    assert why in page.content.decode()
    assert page.redirect_chain == [(document.get_absolute_url(), 302)]
    assert refused.status_code == 422
    assert why in refused.content.decode()
    assert url not in client.get(document.get_absolute_url()).content.decode()
    assert again(document).is_live


def test_what_somebody_wrote_after_the_page_was_opened_stays(document, chair):
    assert why_it_stays(document) == ""
    paragraph_in(document.sections.first(), by=chair)

    with pytest.raises(ValidationError, match="Somebody has written in it"):
        set_aside_document(document, by=chair)


def test_what_is_being_typed_in_another_document_keeps_none_but_that(review, chair):
    first, *_, tenth = [begun(review, by=chair) for _ in range(10)]
    _type(tenth, chair)

    assert (first.number, tenth.number) == (1, 10)
    assert why_it_stays(first) == ""


def test_who_was_replaced_since_they_opened_the_page_removes_nothing(document, chair):
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        set_aside_document(document, by=chair)

    assert again(document).is_live


def test_it_is_removed_once_and_nobody_writes_in_it_afterwards(document, chair):
    section = document.sections.first()
    set_aside_document(document, by=chair)

    with pytest.raises(TakenAway):
        set_aside_document(document, by=chair)
    with pytest.raises(TakenAway):
        paragraph_in(section, by=chair)


def test_nothing_is_removed_once_the_review_is_closed(document, review, chair):
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        set_aside_document(Document.objects.get(pk=document.pk), by=chair)


def test_the_panel_is_not_offered_it(client, document, review, chair):
    share_document(document, by=chair)
    client.force_login(with_role(Role.PANEL_MEMBER, review))

    assert client.get(to("document-set-aside", document)).status_code == 403
