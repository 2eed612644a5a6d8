"""Comments and suggested texts: said by the panel of what it read, settled by those who write."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from findings.services.locking import ChangedMeanwhile, TakenAway
from reports.copies import remarking
from reports.models import Done, Paragraph, ParagraphVersion, Remark, RemarkMove
from reports.services.documents import share_document, unshare_document
from reports.services.paragraphs import add_paragraph, change_paragraph, take_out_paragraph
from reports.services.sections import take_out_section
from reviews.proceedings.models import Stops
from reviews.rules import Material, Role
from reviews.services import share, withdraw_share
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def facts(review):
    document = begun(review)
    share_document(document, by=UserFactory())
    return document.sections.get(code="background")


@pytest.fixture
def paragraph(facts):
    return paragraph_in(facts, "She went to her doctor in May.")


@pytest.fixture
def panel(sign_in, review):
    return sign_in(Role.PANEL_MEMBER, review)


def to(name, paragraph, *more):
    document = paragraph.section.document
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def newest(paragraph):
    return paragraph.versions.order_by("number").last()


def suggest(paragraph, text="She went to her doctor in June.", *, by=None, **said):
    said = {"kind": "suggestion", "version": newest(paragraph), "key": uuid.uuid4()} | said
    return remarking.remark(paragraph, suggested=text, by=by or UserFactory(), **said)


def comment(paragraph, words="Which doctor?", *, by=None, **said):
    said = {"kind": "comment", "version": newest(paragraph), "key": uuid.uuid4()} | said
    return remarking.remark(paragraph, words=words, by=by or UserFactory(), **said)


def accept(remark, text="She went to her doctor in June.", *, seen=0, **said):
    said = {"by": UserFactory(), "key": uuid.uuid4()} | said
    return remarking.accept(remark, text=text, seen=seen, **said)


def change(paragraph, text, seen=0):
    return change_paragraph(paragraph, text=text, kind="numbered", seen=seen, by=UserFactory())


# --- Making -------------------------------------------------------------------------------------


def test_a_suggestion_is_made_on_the_page_and_shown_beside_the_paragraph(
    client, paragraph, panel, sign_in, review
):
    url = to("remark-add", paragraph, paragraph.pk)
    page = client.get(url)
    form = page.context["form"]

    client.post(
        url,
        {
            "kind": "suggestion",
            "suggested": "She went to her doctor in June.",
            "words": "The surgery has no record of May.",
            "read": form["read"].value(),
            "key": uuid.uuid4(),
        },
    )

    (remark,) = Remark.objects.all()
    assert (remark.by, remark.version) == (panel, paragraph.versions.get())
    sign_in(Role.CHAIR, review)
    section = client.get(paragraph.section.get_absolute_url()).content.decode()
    assert "The surgery has no record of May." in section
    listed = client.get(to("remark-list", paragraph)).content.decode()
    assert "1 remark, 1 open" in listed
    assert "<del>" in listed
    assert "<ins>" in listed


def test_a_second_click_makes_one_remark(paragraph):
    key, version = uuid.uuid4(), newest(paragraph)

    first, second = (comment(paragraph, key=key, version=version) for _ in range(2))

    assert first == second
    assert Remark.objects.count() == 1


def test_what_was_read_is_shown_to_its_authors_after_the_paragraph_changed(
    client, paragraph, sign_in, review
):
    comment(paragraph)
    change(paragraph, "She went to a clinic.")
    sign_in(Role.CHAIR, review)

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "She went to her doctor in May." in page
    assert "Changed since they read it" in page


def test_words_that_are_not_shared_any_more_no_member_reads(client, paragraph, panel):
    share_document(paragraph.section.document, shows_remarks=True, by=UserFactory())
    comment(paragraph, "Is that so?")
    comment(paragraph, "Who says so?", by=panel)
    suggest(paragraph, "She went to her doctor in May, with a friend.")
    change(paragraph, "She went to a clinic.")

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "Is that so?" in page
    assert "Who says so?" in page
    assert "is for what the paragraph said before" in page
    assert "She went to her doctor in May" not in page


def test_a_member_goes_on_reading_the_text_that_they_suggested(client, paragraph, panel):
    suggest(paragraph, "She went to her surgery.", by=panel)
    change(paragraph, "She went to a clinic.")

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "She went to her surgery." in page
    assert "doctor in May" not in page


@pytest.mark.parametrize("what", ["paragraph", "section"])
def test_what_was_taken_out_no_member_reads_through_a_remark(client, paragraph, panel, what):
    share_document(paragraph.section.document, shows_remarks=True, by=UserFactory())
    suggest(paragraph, "She went to her doctor in May, with a friend.")
    own = comment(paragraph, "Is that so?", by=panel)

    if what == "paragraph":
        take_out_paragraph(paragraph, by=UserFactory())
    else:
        take_out_section(paragraph.section, by=UserFactory())

    assert list(Remark.objects.visible_to(panel)) == [own]
    page = client.get(to("remark-list", paragraph)).content.decode()
    assert "Is that so?" in page
    assert "doctor in May" not in page


def test_a_version_that_was_never_before_them_cannot_be_asked_for(client, paragraph, panel):
    change(paragraph, "She went to a clinic.")
    old = paragraph.versions.get(number=1)
    data = {"kind": "comment", "words": "What was it?", "read": str(old.pk), "key": uuid.uuid4()}

    response = client.post(to("remark-add", paragraph, paragraph.pk), data)

    assert response.status_code == 422
    assert Remark.objects.count() == 0


def test_a_text_that_was_changed_is_not_lost_beside_a_comment(client, paragraph, panel):
    url = to("remark-add", paragraph, paragraph.pk)
    read = client.get(url).context["form"]["read"].value()
    data = {"kind": "comment", "words": "It was June.", "suggested": "In June.", "read": read}

    response = client.post(url, data | {"key": uuid.uuid4()})

    assert response.status_code == 422
    assert "You changed the text. Choose to suggest it" in response.content.decode()
    assert Remark.objects.count() == 0


def test_a_suggestion_that_changes_nothing_is_refused(paragraph):
    with pytest.raises(ValidationError, match="Change the text, or write a comment"):
        suggest(paragraph, paragraph.text)


def test_what_is_inserted_from_the_data_is_commented_on(facts, client, panel):
    block = facts.document.sections.get(code="panel").paragraphs.get()
    url = to("remark-add", block, block.pk)
    form = client.get(url).context["form"]

    data = {"kind": "comment", "words": "One is missing.", "read": form["read"].value()}
    client.post(url, data | {"key": uuid.uuid4()})

    assert Remark.objects.get().words == "One is missing."
    with pytest.raises(ValidationError, match="has no text to change"):
        suggest(block, "Another table")


def test_a_number_that_somebody_types_is_kept_as_what_has_it(facts, paragraph):
    number = "13.1"

    made = suggest(paragraph_in(facts, "As said."), f"As said in [[{number}]].")

    assert made.suggested == f"As said in [[p:{paragraph.key}]]."


def put_before(paragraph):
    return add_paragraph(
        paragraph.section,
        text="First of all.",
        kind="numbered",
        after=None,
        by=UserFactory(),
        key=uuid.uuid4(),
    )


def test_a_reference_that_nobody_touched_leads_where_it_led_when_it_was_read(
    client, facts, paragraph, panel
):
    second = paragraph_in(facts, f"As [[p:{paragraph.key}]] says.")
    url = to("remark-add", second, second.pk)
    form = client.get(url).context["form"]
    put_before(paragraph)

    said = {"kind": "suggestion", "suggested": "As [[13.1]] says, in May.", "key": uuid.uuid4()}
    client.post(url, said | {name: form[name].value() for name in ("read", "numbers")})

    assert Remark.objects.get().suggested == f"As [[p:{paragraph.key}]] says, in May."


def test_a_comment_beside_a_text_that_nobody_touched_is_one_after_the_numbers_moved(
    client, facts, paragraph, panel
):
    second = paragraph_in(facts, f"As [[p:{paragraph.key}]] says.")
    url = to("remark-add", second, second.pk)
    form = client.get(url).context["form"]
    put_before(paragraph)

    names = ("suggested", "read", "numbers")
    said = {"kind": "comment", "words": "Does it?", "key": uuid.uuid4()}
    client.post(url, said | {name: form[name].value() for name in names})

    assert Remark.objects.get().words == "Does it?"


def test_nothing_is_said_of_a_document_that_was_taken_back(paragraph):
    unshare_document(paragraph.section.document, by=UserFactory())

    with pytest.raises(TakenAway):
        comment(paragraph)


# --- Who reads what -----------------------------------------------------------------------------


def test_a_member_reads_the_remarks_of_others_only_if_the_chair_chose_so(
    client, paragraph, panel, sign_in, review
):
    share_document(paragraph.section.document, shows_remarks=True, by=UserFactory())
    theirs, own = comment(paragraph), comment(paragraph, by=panel)
    assert list(Remark.objects.visible_to(panel)) == [theirs, own]

    sign_in(Role.CHAIR, review)
    client.post(to("document-share", paragraph), {})

    assert list(Remark.objects.visible_to(panel)) == [own]


def test_what_was_said_while_each_read_their_own_is_not_opened_later(
    client, paragraph, panel, sign_in, review
):
    comment(paragraph, "To you alone.")

    sign_in(Role.CHAIR, review)
    client.post(to("document-share", paragraph), {"shows_remarks": "on"})
    later = comment(paragraph, "To all.")

    assert list(Remark.objects.visible_to(panel)) == [later]


def test_what_somebody_withdrew_the_others_do_not_read(paragraph, panel):
    share_document(paragraph.section.document, shows_remarks=True, by=UserFactory())
    theirs = comment(paragraph)

    remarking.withdraw(theirs, by=theirs.by, key=uuid.uuid4())

    assert list(Remark.objects.visible_to(panel)) == []


def test_a_hold_hides_the_remarks_with_the_draft(client, paragraph, panel, review):
    comment(paragraph, by=panel)
    assert client.get(to("remark-list", paragraph)).status_code == 200

    hold(ProceedingFactory(review=review), Stops.SHARING)

    assert client.get(to("remark-list", paragraph)).status_code == 404


def test_a_member_withdraws_their_own_and_nobody_elses(client, paragraph, panel):
    share_document(paragraph.section.document, shows_remarks=True, by=UserFactory())
    own, theirs = comment(paragraph, by=panel), comment(paragraph)

    answers = [
        client.post(to("remark-withdraw", paragraph, one.pk), {"key": uuid.uuid4()}).status_code
        for one in (own, theirs)
    ]

    assert answers == [302, 403]
    assert [one.is_open for one in Remark.objects.order_by("pk")] == [False, True]


# --- Settling -----------------------------------------------------------------------------------


def test_an_accepted_text_becomes_a_version_that_says_who_suggested_it(
    client, paragraph, sign_in, review
):
    by = UserFactory(name="Hester Vane")
    remark, chair = suggest(paragraph, by=by), sign_in(Role.CHAIR, review)

    client.post(
        to("remark-settle", paragraph, remark.pk),
        {
            "what": "accepted",
            "text": remark.suggested,
            "words": "",
            "seen": 0,
            "key": uuid.uuid4(),
        },
    )

    paragraph.refresh_from_db()
    assert paragraph.text == "She went to her doctor in June."
    version = newest(paragraph)
    assert (version.number, version.origin, version.by) == (2, "suggested", chair)
    move = RemarkMove.objects.get()
    assert (move.what, move.version, move.is_word_for_word) == ("accepted", version, True)
    page = client.get(to("paragraph-history", paragraph, paragraph.pk)).content.decode()
    assert "As somebody suggested: Hester Vane" in page


def test_what_is_accepted_refers_to_what_it_referred_to_when_it_was_shown(
    client, facts, paragraph, sign_in, review
):
    second = paragraph_in(facts, "As is said above.")
    remark = suggest(second, f"As [[p:{paragraph.key}]] says.")
    sign_in(Role.CHAIR, review)
    url = to("remark-settle", second, remark.pk)
    form = client.get(url).context["form"]
    assert form["text"].value() == "As [[13.1]] says."
    put_before(paragraph)

    said = {name: form[name].value() for name in ("text", "seen", "numbers", "key")}
    client.post(url, said | {"what": "accepted", "words": ""})

    second.refresh_from_db()
    assert second.text == f"As [[p:{paragraph.key}]] says."


def test_a_text_for_a_paragraph_that_changed_meanwhile_writes_over_nothing(paragraph):
    remark = suggest(paragraph)
    change(paragraph, "She went to a clinic.")

    with pytest.raises(ChangedMeanwhile):
        accept(remark, seen=0)

    paragraph.refresh_from_db()
    assert paragraph.text == "She went to a clinic."
    assert Remark.objects.open().get() == remark


def test_both_texts_stand_on_the_page_where_it_changed_meanwhile(
    client, paragraph, sign_in, review
):
    remark = suggest(paragraph)
    sign_in(Role.CHAIR, review)
    change(paragraph, "She went to a clinic.")
    url = to("remark-settle", paragraph, remark.pk)
    data = {"what": "accepted", "text": remark.suggested, "seen": 0, "key": uuid.uuid4()}

    response = client.post(url, data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "She went to a clinic." in page
    assert "Put the two together" in page


def test_what_a_text_would_change_of_what_stands_there_now_is_shown(
    client, paragraph, sign_in, review
):
    remark = suggest(paragraph)
    change(paragraph, "She went to her doctor in May, alone.")
    sign_in(Role.CHAIR, review)

    page = client.get(to("remark-settle", paragraph, remark.pk))

    assert "changed after they read it" in page.content.decode()
    pieces = [(one.what, one.text) for one in page.context["one"].pieces_now]
    assert ("removed", "May, alone") in pieces
    assert ("added", "June") in pieces


def test_a_text_for_a_paragraph_that_was_taken_out_waits(paragraph):
    remark = suggest(paragraph)
    take_out_paragraph(paragraph, by=UserFactory())

    with pytest.raises(ValidationError, match="Bring it back before you accept"):
        accept(remark)


def test_who_declines_says_why_and_the_member_reads_it(client, paragraph, panel):
    remark = suggest(paragraph, by=panel)
    with pytest.raises(ValidationError, match="Say why"):
        remarking.decline(remark, words=" ", by=UserFactory(), key=uuid.uuid4())

    remarking.decline(remark, words="The record says May.", by=UserFactory(), key=uuid.uuid4())

    assert "The record says May." in client.get(to("remark-list", paragraph)).content.decode()
    assert not Remark.objects.open().exists()


def test_an_answer_settles_a_comment_and_leaves_a_suggestion_open(paragraph):
    asked, suggested = comment(paragraph), suggest(paragraph)

    for one in (asked, suggested):
        remarking.reply(one, words="We shall look.", by=UserFactory(), key=uuid.uuid4())

    assert list(Remark.objects.open()) == [suggested]
    assert [one.is_open for one in (asked, suggested)] == [False, True]


def test_what_is_settled_is_settled_once(paragraph):
    remark, key = suggest(paragraph), uuid.uuid4()

    first, again = (accept(remark, key=key) for _ in range(2))

    assert first == again
    with pytest.raises(ValidationError, match="settled this already"):
        remarking.decline(remark, words="No", by=UserFactory(), key=uuid.uuid4())
    assert [move.what for move in RemarkMove.objects.all()] == [Done.ACCEPTED]


def test_remarks_on_what_was_taken_out_are_still_listed(client, paragraph, sign_in, review):
    comment(paragraph)
    take_out_paragraph(paragraph, by=UserFactory())
    sign_in(Role.CHAIR, review)

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "Taken out of the document" in page
    assert "She went to her doctor in May." in page


@pytest.mark.parametrize("model", [Remark, RemarkMove])
def test_the_database_keeps_every_word(paragraph, model):
    accept(suggest(paragraph))

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        model.objects.update(words="Other words")
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_the_list_asks_no_more_where_more_was_said(client, paragraph, sign_in, review):
    sign_in(Role.CHAIR, review)
    url = to("remark-list", paragraph)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    def answered():
        remarking.reply(comment(paragraph), words="Yes.", by=UserFactory(), key=uuid.uuid4())

    answered()
    asked()
    few = asked()
    for _ in range(3):
        answered()
    assert asked() == few


def test_with_the_share_goes_the_page(client, paragraph, panel, review):
    comment(paragraph, by=panel)
    given = share(
        review, material=Material.DOCUMENTS, with_role=Role.PANEL_MEMBER, by=UserFactory()
    )

    withdraw_share(given, by=UserFactory())

    assert client.get(to("remark-list", paragraph)).status_code == 404
    assert Paragraph.objects.filter(pk=paragraph.pk).exists()
    assert ParagraphVersion.objects.count() == 1
