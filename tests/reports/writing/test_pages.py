"""The pages on which documents are written, as their authors and the panel use them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from reports.models import Citation, Document, Paragraph, Section
from reports.outline import Outline
from reports.services.citing import cite
from reports.services.documents import share_document, unshare_document
from reports.services.paragraphs import change_paragraph, take_out_paragraph
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import finding_in
from tests.factories.reports import begun, paragraph_in, shared
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


@pytest.fixture
def facts(document):
    return document.sections.get(code="background")


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def write(client, section, text="She told her **sister**.", **said):
    said = {"text": text, "kind": "numbered", "place": "last", "key": uuid.uuid4()} | said
    return client.post(to("paragraph-add", section.document, section.pk), said)


# --- Beginning ----------------------------------------------------------------------------------


def test_a_document_is_begun_from_the_layout(client, review, chair):
    url = reverse("reports:document-begin", args=[review.reference])
    layouts = client.get(url).context["form"].layouts
    said = {
        "template": next(pk for pk, one in layouts.items() if one.kind == "overview-2016"),
        "title": "Overview report: Aspen",
        "key": uuid.uuid4(),
    }

    first, second = client.post(url, said), client.post(url, said)

    (document,) = Document.objects.filter(review=review)
    assert first["Location"] == second["Location"] == document.get_absolute_url()
    page = client.get(document.get_absolute_url()).content.decode()
    assert "4 Methodology" not in page
    assert "5 Methodology" in page
    assert "Overview report: Aspen" in page
    assert document.sections.get(code="panel").paragraphs.get().block == "panel"


def test_every_layout_of_the_house_can_be_begun(review):
    made = [
        begun(review, layout) for layout in ("overview-2013", "executive-summary", "family-copy")
    ]

    assert [one.sections.exists() for one in made] == [True, True, True]


def test_a_real_name_in_the_title_is_doubted(client, review, chair):
    IdentityFactory(person=PersonFactory(review=review, pseudonym="Aspen"), names=["Zara Quill"])
    url = reverse("reports:document-begin", args=[review.reference])

    response = client.post(url, {"title": "The death of Zara Quill", "key": uuid.uuid4()})

    assert response.status_code == 422
    assert "is a real name in this review. Write “Aspen” instead" in response.content.decode()


# --- Writing ------------------------------------------------------------------------------------


def test_a_paragraph_is_written_and_read(client, facts, chair):
    response = write(client, facts)

    page = client.get(response["Location"]).content.decode()
    assert "She told her <strong>sister</strong>." in page
    assert "<strong>13.1</strong>" in page


def test_a_second_click_writes_it_once(client, facts, chair):
    key = uuid.uuid4()

    write(client, facts, key=key)
    write(client, facts, key=key)

    assert facts.paragraphs.count() == 1


def test_a_paragraph_is_written_after_another(client, facts, chair):
    first = paragraph_in(facts, "One")
    paragraph_in(facts, "Three")
    url = to("paragraph-add", facts.document, facts.pk)

    chosen = client.get(url, {"after": first.pk}).context["form"].initial["place"]
    write(client, facts, "Two", place=chosen)

    assert list(facts.paragraphs.in_order().values_list("text", flat=True)) == [
        "One",
        "Two",
        "Three",
    ]


def test_program_text_and_pictures_from_elsewhere_are_shown_as_typed(client, facts, chair):
    write(
        client,
        facts,
        "<script>alert(1)</script> ![x](https://far.example/x.png) [y](javascript:alert(1))",
    )

    page = client.get(facts.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_a_paragraph_of_two_million_letters_is_refused_and_kept_in_the_box(client, facts, chair):
    text = "word " * 400_000

    response = write(client, facts, text)

    assert response.status_code == 422
    assert not facts.paragraphs.exists()
    assert text.strip()[-500:] in response.content.decode()


def test_a_real_name_in_a_paragraph_is_doubted(client, review, facts, chair):
    IdentityFactory(person=PersonFactory(review=review, pseudonym="Aspen"), names=["Zara Quill"])

    response = write(client, facts, "Then Zara Quill rang her doctor.")

    assert response.status_code == 422
    assert "Write “Aspen” instead" in response.content.decode()
    assert not facts.paragraphs.exists()


def test_words_that_were_typed_are_kept_for_their_writer(client, facts, chair):
    url = to("paragraph-add", facts.document, facts.pk)

    client.post(url, {"_draft": "keep", "text": "Half a sent", "kind": "numbered"})

    assert "Half a sent" in client.get(url, {"_draft": "use"}).content.decode()
    assert not facts.paragraphs.exists()


def test_a_real_name_is_told_while_it_is_typed(client, review, facts, chair):
    IdentityFactory(person=PersonFactory(review=review, pseudonym="Aspen"), names=["Zara Quill"])
    url = to("paragraph-add", facts.document, facts.pk)

    said = client.post(url, {"_draft": "keep", "text": "Then Zara Quill rang"}).content.decode()

    assert "“Zara Quill” is a real name in this review.</strong> Write “Aspen” instead." in said


def test_how_it_reads_is_shown_without_saving_it(client, facts, chair):
    one = paragraph_in(facts, "As it was")
    url = to("paragraph-change", facts.document, one.pk)
    said = {"text": "**Bold**, as [[13.1]] says", "kind": "numbered", "seen": 0}

    page = client.post(url, said | {"preview": "yes"}).content.decode()

    one.refresh_from_db()
    assert "<strong>Bold</strong>, as <a" in page
    assert "**Bold**, as [[13.1]] says</textarea>" in page
    assert one.text == "As it was"


def test_how_it_reads_says_which_number_saving_refuses(client, facts, chair):
    url = to("paragraph-add", facts.document, facts.pk)
    said = {"text": "As [[13.9]] says, and [[13.9]]", "kind": "numbered"}

    page = client.post(url, said | {"preview": "yes"}).content.decode()

    refused = "Nothing in this document has the number 13.9. Correct [[13.9]], or take it out."
    assert page.count(f"{refused} Until then it is not saved.") == 1


def test_a_number_typed_into_words_that_were_kept_is_what_had_it_when_it_was_typed(
    client, facts, chair
):
    first, one = (paragraph_in(facts, text) for text in ("First.", "As it was."))
    url = to("paragraph-change", facts.document, one.pk)
    form = client.get(url).context["form"]
    typed = {"text": "As [[13.1]] says.", "kind": "numbered", "numbers": form["numbers"].value()}
    client.post(url, typed | {"seen": 0, "_draft": "keep"})
    write(client, facts, "Before all of them.", place="start")

    again = client.get(url, {"_draft": "use"}).context["form"]
    names = ("text", "kind", "seen", "numbers")
    said = {name: again[name].value() for name in names}
    shown = client.post(url, said | {"preview": "yes"}).content.decode()
    client.post(url, said)

    one.refresh_from_db()
    assert one.text == f"As [[p:{first.key}]] says."
    assert ">13.2</a> says." in shown


def test_lines_that_nobody_touched_make_no_new_version(client, facts, chair):
    one = paragraph_in(facts, "- In May\n- In June")

    said = {"text": "- In May\r\n- In June", "kind": "numbered", "seen": 0}
    response = client.post(to("paragraph-change", facts.document, one.pk), said)

    assert response.status_code == 302
    assert one.versions.count() == 1


def test_what_is_counted_as_short_enough_is_taken(client, facts, chair):
    text = "\n\n".join(["A" * 9_998] * 5)

    response = write(client, facts, text.replace("\n", "\r\n"))

    assert (len(text), response.status_code) == (49_998, 302)
    assert facts.paragraphs.get().text == text


def test_what_was_written_on_after_the_first_click_is_not_lost_at_the_second(client, facts, chair):
    key = uuid.uuid4()

    first, same = (write(client, facts, "She rang.", key=key) for _ in range(2))
    more = write(client, facts, "She rang. Nobody came.", key=key)

    assert [one.status_code for one in (first, same, more)] == [302, 302, 422]
    assert "She rang. Nobody came.</textarea>" in more.content.decode()
    assert "was saved already, and you have changed it" in more.content.decode()
    assert facts.paragraphs.get().text == "She rang."


# --- Two authors at once ------------------------------------------------------------------------


def test_beside_words_that_were_kept_stands_what_it_says_now(client, facts, chair):
    first, one = (paragraph_in(facts, text) for text in ("First.", "As it was."))
    url = to("paragraph-change", facts.document, one.pk)
    words = f"Mine, as [[p:{first.key}]]."
    client.post(url, {"text": words, "kind": "numbered", "seen": 0, "_draft": "keep"})
    change_paragraph(one, text="Theirs.", kind="numbered", seen=0, by=UserFactory())

    page = client.get(url, {"_draft": "use"})

    assert page.context["theirs"] == (("Text", "Theirs."), ("Kind", "Numbered"))
    assert "Theirs." in page.content.decode()
    assert page.context["references"] == [(f"[[p:{first.key}]]", "13.1")]


def test_the_second_of_two_authors_sees_both_texts_and_chooses(client, facts, chair):
    one = paragraph_in(facts, "As it was")
    url = to("paragraph-change", facts.document, one.pk)

    client.post(url, {"text": "The first one’s", "kind": "numbered", "seen": 0})
    second = client.post(url, {"text": "The second one’s", "kind": "numbered", "seen": 0})

    page = second.content.decode()
    one.refresh_from_db()
    assert second.status_code == 422
    assert "The first one’s" in page
    assert "The second one’s" in page
    assert one.text == "The first one’s"

    seen = second.context["form"]["seen"].value()
    client.post(url, {"text": "Both together", "kind": "numbered", "seen": seen})

    one.refresh_from_db()
    assert one.text == "Both together"
    assert [version.text for version in one.versions.order_by("number")] == [
        "As it was",
        "The first one’s",
        "Both together",
    ]


def test_the_history_says_who_changed_what_and_when(client, facts, chair):
    one = paragraph_in(facts, "She told nobody.")
    url = to("paragraph-change", facts.document, one.pk)
    client.post(url, {"text": "She told her sister.", "kind": "numbered", "seen": 0})

    page = client.get(to("paragraph-history", facts.document, one.pk)).content.decode()

    assert f"by {chair}" in page
    assert "<del>" in page
    assert "her sister" in page


# --- Order, out and back ------------------------------------------------------------------------


def test_a_paragraph_is_moved_by_its_page(client, document, facts, chair):
    one = paragraph_in(facts, "One")
    analysis = document.sections.get(code="analysis")
    paragraph_in(analysis, "Other")

    client.post(to("paragraph-move", document, one.pk), {"place": f"{analysis.pk}:start"})

    assert [row.text for row in analysis.paragraphs.in_order()] == ["One", "Other"]


def test_a_paragraph_is_moved_within_its_section(client, document, facts, chair):
    one, two = paragraph_in(facts, "One"), paragraph_in(facts, "Two")

    client.post(to("paragraph-move", document, one.pk), {"place": f"{facts.pk}:{two.pk}"})

    assert [row.text for row in facts.paragraphs.in_order()] == ["Two", "One"]


@pytest.mark.parametrize(
    ("page", "said", "done"),
    [
        ("paragraph-change", {"text": "New", "seen": 0}, "Saved. What it said before is kept."),
        ("paragraph-move", {"place": ""}, "Paragraph moved."),
    ],
)
def test_what_was_done_with_a_paragraph_stands_beside_it_alone_and_at_the_top_once(
    client, document, facts, chair, page, said, done
):
    one, two = paragraph_in(facts, "One"), paragraph_in(facts, "Two")
    said = {"kind": "numbered", "key": uuid.uuid4()} | said
    said |= {"place": f"{facts.pk}:{two.pk}"} if "place" in said else {}

    shown = client.post(to(page, document, one.pk), said, follow=True)

    main = shown.content.decode().split("<main")[1]
    beside = main.split(f'id="p-{one.key}"')[1].split('id="p-')[0]
    assert shown.redirect_chain[-1][0] == f"{facts.get_absolute_url()}#p-{one.key}"
    assert (main.count(done), main.split('id="p-')[0].count(done), beside.count(done)) == (2, 1, 1)
    assert done not in client.get(facts.get_absolute_url()).content.decode()


def test_a_paragraph_is_moved_to_the_end_of_another_section(client, document, facts, chair):
    one = paragraph_in(facts, "One")
    analysis = document.sections.get(code="analysis")
    paragraph_in(analysis, "Other")

    client.post(to("paragraph-move", document, one.pk), {"place": f"{analysis.pk}:last"})

    assert [row.text for row in analysis.paragraphs.in_order()] == ["Other", "One"]


def test_what_was_taken_out_is_found_and_brought_back(client, document, facts, chair):
    one = paragraph_in(facts, "One")

    client.post(to("paragraph-remove", document, one.pk))
    without = client.get(facts.get_absolute_url()).content.decode()
    gone = client.get(to("removed", document)).content.decode()
    history = client.get(to("paragraph-history", document, one.pk)).content.decode()
    client.post(to("paragraph-bring-back", document, one.pk))

    assert "One</p>" not in without
    assert "One" in gone
    assert "Taken out on" in history
    assert "One</p>" in client.get(facts.get_absolute_url()).content.decode()


def test_a_change_of_what_was_taken_out_meanwhile_leads_to_where_it_is(client, facts, chair):
    one = paragraph_in(facts, "One")
    url = to("paragraph-change", facts.document, one.pk)
    take_out_paragraph(one, by=chair)

    assert client.get(url).status_code == 404


def test_a_section_is_added_within_another_moved_and_taken_out(client, document, facts, chair):
    client.post(
        to("section-add", document),
        {
            "heading": "The police",
            "is_numbered": "on",
            "place": f"within:{facts.pk}",
            "key": uuid.uuid4(),
        },
    )
    police = Section.objects.get(heading="The police")
    within = client.get(police.get_absolute_url()).content.decode()
    analysis = document.sections.get(code="analysis")
    client.post(to("section-move", document, police.pk), {"place": f"after:{analysis.pk}"})
    beside = client.get(police.get_absolute_url()).content.decode()
    client.post(to("section-remove", document, police.pk))

    assert "13.1 The police" in within
    assert "17 The police" in beside
    assert client.get(police.get_absolute_url()).status_code == 404
    client.post(to("section-bring-back", document, police.pk))
    assert client.get(police.get_absolute_url()).status_code == 200


def test_a_heading_is_changed(client, document, facts, chair):
    client.post(
        to("section-change", document, facts.pk),
        {"heading": "What happened", "is_numbered": "on", "seen": 0},
    )

    assert "13 What happened" in client.get(document.get_absolute_url()).content.decode()


# --- What is inserted ---------------------------------------------------------------------------


def test_what_is_inserted_follows_the_data(client, review, document, chair):
    person = PersonFactory(review=review, pseudonym="Aspen", role="victim")
    section = document.sections.get(code="confidentiality")

    first = client.get(section.get_absolute_url()).content.decode()
    type(person).objects.filter(pk=person.pk).update(pseudonym="Birch")
    second = client.get(section.get_absolute_url()).content.decode()

    assert "Aspen" in first
    assert "Aspen" not in second
    assert "Birch" in second


@pytest.mark.parametrize(
    "block",
    ["terms", "panel", "contributors", "delay", "counts", "entries", "lessons", "glossary"],
)
def test_what_has_nothing_to_show_yet_says_so(client, facts, chair, block):
    url = to("paragraph-insert", facts.document, facts.pk)

    client.post(url, {"block": block, "place": "last", "key": uuid.uuid4()})

    assert (
        "will stand here once there is something to show"
        in client.get(facts.get_absolute_url()).content.decode()
    )


# --- Evidence -----------------------------------------------------------------------------------


@pytest.fixture
def entry(review):
    part = ParticipationFactory(review=review)
    return EntryFactory(review=review, participation=part, text="She rang at night")


def test_evidence_is_looked_for_cited_and_followed(client, facts, chair, entry):
    one = paragraph_in(facts)
    url = to("paragraph-cite", facts.document, one.pk, "entry")

    found = client.get(url, {"words": "night"}).content.decode()
    client.post(url, {"chosen": [entry.pk]})

    page = client.get(facts.get_absolute_url()).content.decode()
    assert "She rang at night" in found
    assert f'href="{entry.get_absolute_url()}"' in page
    assert one.citations.get().entry == entry


@pytest.mark.parametrize(
    "source", ["finding", "lesson", "recommendation", "passage", "answer", "minutes", "contact"]
)
def test_every_kind_of_evidence_has_its_page(client, facts, chair, source):
    one = paragraph_in(facts)

    response = client.get(to("paragraph-cite", facts.document, one.pk, source), {"words": "x"})

    assert response.status_code == 200


def test_unknown_evidence_has_none(client, facts, chair):
    one = paragraph_in(facts)

    assert client.get(to("paragraph-cite", facts.document, one.pk, "gossip")).status_code == 404


def test_what_changed_since_it_was_cited_says_so(client, review, facts, chair):
    finding = finding_in(review)
    one = paragraph_in(facts)
    cite(one, [finding], by=chair)
    before = client.get(facts.get_absolute_url()).content.decode()
    type(finding).objects.filter(pk=finding.pk).update(changes=1)

    after = client.get(facts.get_absolute_url()).content.decode()

    assert "Changed since" not in before
    assert "Changed since" in after


def test_who_writes_sees_what_rests_on_nothing(client, facts, chair, entry):
    one = paragraph_in(facts)

    before = client.get(facts.get_absolute_url()).content.decode()
    cite(one, [entry], by=chair)
    after = client.get(facts.get_absolute_url()).content.decode()

    assert ["Rests on nothing yet" in page for page in (before, after)] == [True, False]


def test_a_citation_is_taken_away(client, facts, chair, entry):
    one = paragraph_in(facts)
    (cited,) = cite(one, [entry], by=chair)

    client.post(to("uncite", facts.document, one.pk, cited.pk))

    assert list(Citation.objects.live()) == []
    assert Citation.objects.count() == 1


def test_a_section_asks_the_same_however_much_is_cited(client, review, facts, chair):
    part = ParticipationFactory(review=review)
    entries = [EntryFactory(review=review, participation=part) for _ in range(4)]
    cite(paragraph_in(facts), entries[:1], by=chair)
    with CaptureQueriesContext(connection) as few:
        client.get(facts.get_absolute_url())
    for _ in range(3):
        cite(paragraph_in(facts), entries, by=chair)

    with CaptureQueriesContext(connection) as many:
        client.get(facts.get_absolute_url())

    assert len(many) == len(few)


# --- Who ----------------------------------------------------------------------------------------


def test_the_panel_reads_what_was_shared_and_nothing_before_or_after(
    client, sign_in, review, document, facts
):
    paragraph_in(facts, "She told her sister.")
    chair = with_role(Role.CHAIR, review)
    sign_in(Role.PANEL_MEMBER, review)

    before = client.get(facts.get_absolute_url()).status_code
    share_document(document, by=chair)
    during = client.get(facts.get_absolute_url())
    unshare_document(document, by=chair)
    after = client.get(facts.get_absolute_url()).status_code

    assert (before, during.status_code, after) == (404, 200, 404)
    assert "She told her sister." in during.content.decode()


def test_a_draft_is_taken_back_from_the_panel_also_after_the_review(
    client, review, document, chair
):
    share_document(document, by=chair)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    page = client.get(document.get_absolute_url()).content.decode()
    client.post(to("document-unshare", document))

    document.refresh_from_db()
    assert to("document-unshare", document) in page
    assert not document.is_shared


def test_the_panel_finds_no_other_draft_nor_any_way_to_write(client, sign_in, review, document):
    other = begun(review, "executive-summary", title="Summary")
    shared(document)
    sign_in(Role.PANEL_MEMBER, review)

    page = client.get(document.get_absolute_url()).content.decode()

    assert client.get(other.get_absolute_url()).status_code == 404
    assert "Share with the panel" not in page
    assert client.get(to("section-add", document)).status_code == 403
    assert client.get(to("removed", document)).status_code == 403


def test_that_the_panel_reads_inserted_entries_is_said_where_they_are_inserted_and_shared(
    client, sign_in, document, review, facts, chair, entry
):
    cite(paragraph_in(facts), [entry], by=UserFactory())
    block = paragraph_in(facts, "", kind="block", block="entries")
    inserting = client.get(to("paragraph-insert", document, facts.pk)).content.decode()
    sharing = client.get(to("document-share", document)).content.decode()
    shared(document)
    sign_in(Role.PANEL_MEMBER, review)

    page = client.get(block.section.get_absolute_url()).content.decode()

    assert entry.text in page
    assert "also those that are not shared with the panel" in inserting
    assert "Entries inserted from the data they read in full" in sharing


def test_evidence_that_the_panel_may_not_read_is_said_and_not_shown(
    client, sign_in, document, review, facts, entry
):
    cite(paragraph_in(facts), [entry], by=UserFactory())
    shared(document)
    sign_in(Role.PANEL_MEMBER, review)

    page = client.get(facts.get_absolute_url()).content.decode()

    assert "evidence that is not shared with you" in page
    assert entry.get_absolute_url() not in page
    assert entry.participation.agency.name not in page


@pytest.mark.parametrize("role", [Role.BOARD_READER, Role.HOME_OFFICE_READER])
def test_nobody_else_of_the_review_finds_a_draft(client, sign_in, review, document, role):
    shared(document)
    Review.objects.filter(pk=review.pk).update(stage="quality_assurance")
    sign_in(role, review)

    assert client.get(document.get_absolute_url()).status_code in {403, 404}


def test_a_review_that_ended_is_read_and_not_written(client, review, document, facts, chair):
    one = paragraph_in(facts, "She told her sister.")
    Review.objects.filter(pk=review.pk).update(state=State.DISCONTINUED)

    page = client.get(facts.get_absolute_url()).content.decode()
    response = client.post(
        to("paragraph-change", document, one.pk), {"text": "New", "kind": "numbered", "seen": 0}
    )

    assert response.status_code == 409
    assert "Write a paragraph" not in page
    assert Paragraph.objects.get(pk=one.pk).text == "She told her sister."


def test_reading_a_section_is_told_once_and_without_words(client, document, facts, chair):
    paragraph_in(facts, "She told her sister.")
    last = Event.objects.order_by("pk").last().pk

    client.get(facts.get_absolute_url())

    (event,) = Event.objects.filter(pk__gt=last)
    assert (event.type, event.data) == ("document.read", {"number": document.number, "rows": 1})


def test_a_new_section_stands_behind_the_numbered_ones_and_before_the_glossary(
    client, document, chair
):
    form = client.get(to("section-add", document)).context["form"]

    numbered = [one.section for one in Outline(document).sections if one.level == 1 and one.number]
    assert form["place"].value() == f"after:{numbered[-1].pk}"


def test_the_list_counts_what_the_contents_add_up_to(client, review, document, facts, chair):
    paragraph_in(facts)
    outline = Outline(document)
    written, inserted = (
        sum(getattr(one, what) for one in outline.sections) for what in ("written", "inserted")
    )

    page = client.get(reverse("reports:document-list", args=[review.reference]))

    ((line, _),) = page.context["documents"]
    assert (line.written, line.inserted) == (written, inserted)
    assert written == 1
    assert inserted > 0
    assert f"1 paragraph, and {inserted} from the data" in page.content.decode()


def test_a_text_that_is_too_long_is_refused_in_plain_words(client, facts, chair):
    response = write(client, facts, text="a" * 50_001)

    assert response.context["form"].errors["text"] == [
        "Use at most 50,000 characters. There are 50,001 now"
    ]


def test_a_layout_that_is_built_in_is_called_so(client, sign_in, review, document):
    sign_in(Role.COORDINATOR, review)
    slug = review.partnership.slug

    detail = client.get(reverse("reports:layout-detail", args=[slug, "overview-2016"]))
    create = client.get(reverse("reports:layout-create", args=[slug, "overview-2016"]))
    begun_from = client.get(document.get_absolute_url()).content.decode()

    assert "Used until your partnership has its own" in detail.content.decode()
    assert "2011" not in detail.content.decode()
    assert "a layout that is built in" in begun_from
    assert create.context["form"].fields["title"].label == "Name of this layout"
