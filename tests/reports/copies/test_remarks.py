"""Comments and suggested texts: said by the panel of what it read, settled by those who write."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from findings.services.locking import ChangedMeanwhile, TakenAway
from foundations.post.models import Message
from reports.copies import remarking
from reports.models import Done, Paragraph, ParagraphVersion, Remark, RemarkMove
from reports.services.documents import unshare_document
from reports.services.paragraphs import add_paragraph, change_paragraph, take_out_paragraph
from reports.services.sections import take_out_section
from reviews.proceedings.models import Stops
from reviews.reminders.models import Mailing
from reviews.reminders.services import send_reminders
from reviews.rules import Material, Role
from reviews.services import share, withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reports import begun, for_now, paragraph_in, shared
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def facts(review):
    document = begun(review)
    shared(document)
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


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def said_of(paragraph, by, **said):
    """By a member who has left since, or by one who stays."""
    said = {"version": newest(paragraph), "key": uuid.uuid4()} | said
    if by:
        return remarking.remark(paragraph, by=by, **said)
    with for_now(Role.PANEL_MEMBER, paragraph.section.document.review) as member:
        return remarking.remark(paragraph, by=member, **said)


def suggest(paragraph, text="She went to her doctor in June.", *, by=None, **said):
    return said_of(paragraph, by, **{"kind": "suggestion", "suggested": text} | said)


def comment(paragraph, words="Which doctor?", *, by=None, **said):
    return said_of(paragraph, by, **{"kind": "comment", "words": words} | said)


def accept(remark, text="She went to her doctor in June.", *, seen=0, **said):
    said = {"key": uuid.uuid4()} | said
    with for_now(Role.CHAIR, remark.paragraph.section.document.review) as chair:
        return remarking.accept(remark, text=text, seen=seen, by=chair, **said)


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
    shared(paragraph.section.document, shows_remarks=True)
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


def test_an_accepted_text_is_not_called_changed_and_keeps_its_comparison(
    client, paragraph, sign_in, review
):
    accept(suggest(paragraph))
    sign_in(Role.CHAIR, review)

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "Changed since they read it" not in page
    assert "What the suggestion changes" in page
    assert "<del>" in page


def test_members_read_the_text_of_another_that_went_in_and_not_what_stood_before(
    client, paragraph, panel
):
    shared(paragraph.section.document, shows_remarks=True)
    accept(suggest(paragraph))

    page = client.get(to("remark-list", paragraph)).content.decode()

    assert "She went to her doctor in June." in page
    assert "doctor in May" not in page


@pytest.mark.parametrize("what", ["paragraph", "section"])
def test_what_was_taken_out_no_member_reads_through_a_remark(client, paragraph, panel, what):
    shared(paragraph.section.document, shows_remarks=True)
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

    data = {"words": "One is missing.", "read": form["read"].value()}
    client.post(url, data | {"key": uuid.uuid4()})

    remark = Remark.objects.get()
    assert (remark.kind, remark.words) == ("comment", "One is missing.")
    with pytest.raises(ValidationError, match="has no text to change"):
        suggest(block, "Another table")


def test_who_comments_on_what_is_inserted_has_it_before_them_and_nothing_to_choose(
    facts, client, panel
):
    block = facts.document.sections.get(code="panel").paragraphs.get()
    PanelMemberFactory(review=facts.document.review, position="Head of Care")

    page = client.get(to("remark-add", block, block.pk))

    assert "Head of Care" in page.content.decode()
    assert "kind" not in page.context["form"].fields
    section = client.get(block.section.get_absolute_url()).content.decode()
    assert "Comment or suggest" not in section


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


def test_nothing_is_said_of_a_document_that_was_taken_back(paragraph, review):
    unshare_document(paragraph.section.document, by=with_role(Role.CHAIR, review))

    with pytest.raises(TakenAway):
        comment(paragraph)


# --- Who reads what -----------------------------------------------------------------------------


def test_a_member_reads_the_remarks_of_others_only_if_the_chair_chose_so(
    client, paragraph, panel, sign_in, review
):
    shared(paragraph.section.document, shows_remarks=True)
    theirs, own = comment(paragraph), comment(paragraph, by=panel)
    assert list(Remark.objects.visible_to(panel)) == [theirs, own]

    sign_in(Role.CHAIR, review)
    client.post(to("document-share", paragraph), {})

    assert list(Remark.objects.visible_to(panel)) == [own]


def test_no_member_is_told_what_keeps_a_remark_from_the_others(client, paragraph, panel):
    """Two of them could else ask the register whether somebody they guess at is in it."""
    shared(paragraph.section.document, shows_remarks=True)

    page = client.get(to("remark-add", paragraph, paragraph.pk)).content.decode()

    assert "and the other members of the panel, read what you say" in page
    assert "only those who write" not in page


def test_a_remark_with_a_real_name_is_marked_for_its_authors_and_read_by_no_other_member(
    client, paragraph, panel, sign_in, review
):
    person = PersonFactory(review=review, pseudonym="Aspen")
    IdentityFactory(person=person, names=["Zara Quill"])
    shared(paragraph.section.document, shows_remarks=True)
    named = comment(paragraph, "Zara Quill said otherwise.")
    own = comment(paragraph, "Was Zara Quill there?", by=panel)
    plain = comment(paragraph, "Which doctor?")
    url = to("remark-list", paragraph)
    member = client.get(url).content.decode()

    sign_in(Role.CHAIR, review)
    chair = client.get(url).content.decode()

    assert set(Remark.objects.visible_to(panel)) == {own, plain}
    assert "Holds a real name" not in member
    assert chair.count("Holds a real name") == 2
    assert named.words in chair
    assert "of Aspen. The other members of the panel do not read this." in chair


def test_what_was_said_while_each_read_their_own_is_not_opened_later(
    client, paragraph, panel, sign_in, review
):
    comment(paragraph, "To you alone.")

    sign_in(Role.CHAIR, review)
    client.post(to("document-share", paragraph), {"shows_remarks": "on"})
    later = comment(paragraph, "To all.")

    assert list(Remark.objects.visible_to(panel)) == [later]


def test_what_somebody_withdrew_the_others_do_not_read(paragraph, panel):
    shared(paragraph.section.document, shows_remarks=True)
    other = with_role(Role.PANEL_MEMBER, paragraph.section.document.review)
    theirs = comment(paragraph, by=other)

    remarking.withdraw(theirs, by=other, key=uuid.uuid4())

    assert list(Remark.objects.visible_to(panel)) == []


def test_a_hold_hides_the_remarks_with_the_draft(client, paragraph, panel, review):
    comment(paragraph, by=panel)
    assert client.get(to("remark-list", paragraph)).status_code == 200

    hold(ProceedingFactory(review=review), Stops.SHARING)

    assert client.get(to("remark-list", paragraph)).status_code == 404


def test_a_member_withdraws_their_own_and_nobody_elses(client, paragraph, panel):
    shared(paragraph.section.document, shows_remarks=True)
    own, theirs = comment(paragraph, by=panel), comment(paragraph)

    answers = [
        client.post(to("remark-withdraw", paragraph, one.pk), {"key": uuid.uuid4()}).status_code
        for one in (own, theirs)
    ]

    assert answers == [302, 403]
    assert [one.is_open for one in Remark.objects.order_by("pk")] == [False, True]


# --- Told ---------------------------------------------------------------------------------------


def test_its_authors_are_told_the_next_day_of_what_the_panel_said(paragraph, review):
    chair = with_role(Role.CHAIR, review)
    said = [comment(paragraph), suggest(paragraph)]
    settled = comment(paragraph)
    remarking.reply(settled, words="The record says so.", by=chair, key=uuid.uuid4())

    tomorrow = timezone.localdate() + timedelta(days=1)
    told = [one for _ in range(2) for one in send_reminders(on=tomorrow) if not one.already_sent]

    (message,) = Message.objects.all()
    (mailing,) = Mailing.objects.all()
    assert [one.user for one in told] == [mailing.user] == [chair]
    assert message.subject == "2 things are waiting for you in the reviews system"
    assert f"Review {review.reference}: 2" in message.body
    assert {one.item for one in mailing.reminders.all()} == {str(one.pk) for one in said}
    for words in ("Which doctor", "June", "Overview"):
        assert words not in message.body


def test_nobody_is_told_of_a_draft_that_a_conflict_keeps_from_them(paragraph, review):
    chair, coordinator = (with_role(role, review) for role in (Role.CHAIR, Role.COORDINATOR))
    seat = PanelMemberFactory(review=review, user=chair)
    ConflictFactory(member=seat, participation=ParticipationFactory(review=review))
    comment(paragraph)

    told = send_reminders(on=timezone.localdate() + timedelta(days=1))

    assert [one.user for one in told] == [coordinator]


# --- Settling -----------------------------------------------------------------------------------


def test_an_accepted_text_becomes_a_version_that_says_who_suggested_it(
    client, paragraph, sign_in, review
):
    by = with_role(Role.PANEL_MEMBER, review)
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
    assert f"As somebody suggested: {by.name}" in page


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


def test_who_declines_says_why_and_the_member_reads_it(client, paragraph, panel, chair):
    remark = suggest(paragraph, by=panel)
    with pytest.raises(ValidationError, match="Say why"):
        remarking.decline(remark, words=" ", by=chair, key=uuid.uuid4())

    remarking.decline(remark, words="The record says May.", by=chair, key=uuid.uuid4())

    assert "The record says May." in client.get(to("remark-list", paragraph)).content.decode()
    assert not Remark.objects.open().exists()


def test_an_answer_settles_a_comment_and_leaves_a_suggestion_open(paragraph, chair):
    asked, suggested = comment(paragraph), suggest(paragraph)

    for one in (asked, suggested):
        remarking.reply(one, words="We shall look.", by=chair, key=uuid.uuid4())

    assert list(Remark.objects.open()) == [suggested]
    assert [one.is_open for one in (asked, suggested)] == [False, True]


def test_what_is_settled_is_settled_once(paragraph, chair):
    remark, key = suggest(paragraph), uuid.uuid4()

    first, again = (accept(remark, key=key) for _ in range(2))

    assert first == again
    with pytest.raises(ValidationError, match="settled this already"):
        remarking.decline(remark, words="No", by=chair, key=uuid.uuid4())
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
    chair = sign_in(Role.CHAIR, review)
    url = to("remark-list", paragraph)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    def answered():
        remarking.reply(comment(paragraph), words="Yes.", by=chair, key=uuid.uuid4())

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
