"""What is said against calling a document finished, wherever a final version is made or signed."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from reports.copies import remarking
from reports.homeoffice import letters
from reports.models import Block, Kind, Layout, Side
from reports.outline import Outline
from reports.rendering.gathered import said_by
from reports.services.checks import keep_found
from reports.services.documents import begin_from_data, share_document
from reports.services.paragraphs import take_out_paragraph
from reports.unready import against, empty_in
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.findings import LessonFactory
from tests.factories.reports import (
    DocumentFactory,
    ParagraphFactory,
    begun,
    paragraph_in,
    section_in,
)
from tests.factories.reports_homeoffice import letter_of, pack_of, points_in, version_of
from tests.factories.reports_release import final, proposed, signed_by
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

EMPTY = "It is empty: nothing stands in any of its sections."
UNSEEN = "Nobody has looked yet at what is to be seen before it is submitted."


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def document(review):
    """Two sections, the second with two below it. Nothing stands in any."""
    document = DocumentFactory(review=review)
    section_in(document, "The facts")
    analysis = section_in(document, "Analysis")
    for heading in ("The police", "The council"):
        section_in(document, heading, parent=analysis)
    return document


def sections(document):
    return {one.heading: one for one in document.sections.all()}


def words_of(document, user):
    return [one.words for one in against(document, user)]


def text_of(client, url):
    return " ".join(client.get(url).content.decode().split())


# --- What is said -----------------------------------------------------------------------------------


def test_a_document_without_a_word_is_said_to_be_empty(document, chair):
    assert words_of(document, chair) == [EMPTY, UNSEEN]


def test_sections_in_which_nothing_stands_are_named_and_those_above_others_are_not(document, chair):
    paragraph = paragraph_in(sections(document)["The facts"])
    paragraph_in(sections(document)["The police"])
    first = empty_in(Outline(document).sections, named=True)

    take_out_paragraph(paragraph, by=chair)

    assert first == "Nothing stands in 1 section: “2.2 The council”."
    assert words_of(document, chair)[0] == (
        "Nothing stands in 2 sections: “1 The facts” and “2.2 The council”."
    )
    assert empty_in(Outline(document).sections) == "Nothing stands in 2 sections: 1 and 2.2."


def test_where_something_stands_everywhere_no_section_is_named(document, chair):
    for heading in ("The facts", "The police", "The council"):
        paragraph_in(sections(document)[heading])

    assert words_of(document, chair) == [UNSEEN]


def test_what_is_inserted_fills_a_section_once_it_has_something_to_show(document, review, chair):
    for heading in ("The police", "The council"):
        paragraph_in(sections(document)[heading])
    block = {"kind": "block", "block": Block.LESSONS}
    ParagraphFactory(section=sections(document)["The facts"], text="", **block)
    before = words_of(document, chair)

    LessonFactory(review=review)

    assert before == ["Nothing stands in 1 section: “1 The facts”.", UNSEEN]
    assert words_of(document, chair) == [UNSEEN]


def test_of_many_sections_some_are_named_and_the_others_counted(review):
    document = DocumentFactory(review=review)
    for n in range(15):
        section_in(document, f"Part {n}")
    paragraph_in(document.sections.first())

    said = empty_in(Outline(document).sections)

    assert said == (
        "Nothing stands in 14 sections: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more."
    )


def test_sections_without_a_number_are_counted_apart(review):
    document = DocumentFactory(review=review)
    for heading, is_numbered in (("Preface", False), ("The facts", True), ("Thanks", False)):
        section_in(document, heading, is_numbered=is_numbered)
    paragraph_in(section_in(document, "The end"))

    said = empty_in(Outline(document).sections)

    assert said == "Nothing stands in 3 sections: 1, beside 2 without a number."


def test_open_remarks_and_what_is_left_on_the_list_are_counted(document, review, chair):
    paragraph = paragraph_in(sections(document)["The facts"])
    share_document(document, by=chair)
    said = {"kind": "comment", "version": paragraph.versions.get()}
    said["by"] = with_role(Role.PANEL_MEMBER, review)
    settled, _ = (
        remarking.remark(paragraph, words=words, key=uuid.uuid4(), **said)
        for words in ("Whose doctor?", "Which?")
    )
    remarking.reply(settled, words="Hers.", by=chair, key=uuid.uuid4())
    keep_found(document, by=chair)

    _, remarks, listed = against(document, chair)

    where = [review.reference, document.number]
    assert (remarks.words, remarks.href) == (
        "1 remark is open.",
        reverse("reports:remark-list", args=where),
    )
    assert listed.words.startswith("Before it is submitted: ")
    assert listed.words.count("to look at") == 1
    assert listed.href == reverse("reports:checks", args=where)


def test_nothing_is_said_of_a_document_that_nobody_writes(review, chair):
    plan = begin_from_data(review, kind=Kind.ACTION_PLAN, title="Plan", by=chair, key=uuid.uuid4())

    assert against(plan, chair) == []


def test_what_is_open_of_a_document_is_fetched_once(document, chair):
    keep_found(document, by=chair)

    with CaptureQueriesContext(connection) as asked:
        said = words_of(document, chair)

    assert len(said) == 2
    assert sum('FROM "reports_foundbefore"' in one["sql"] for one in asked) == 1
    assert sum('FROM "reports_checkanswer"' in one["sql"] for one in asked) == 1


# --- Where it stands --------------------------------------------------------------------------------


def test_whoever_makes_a_version_reads_it_and_makes_it_all_the_same(
    client, document, review, chair
):
    url = reverse("reports:rendering-ask", args=[review.reference, document.number])

    page = text_of(client, url)
    made = client.post(
        url,
        {"variant": "anonymised", "format": "html", "is_final": "on", "key": uuid.uuid4()},
    )

    assert EMPTY in page
    assert UNSEEN in page
    assert made.status_code == 302
    assert document.renderings.get().is_final


def test_whoever_proposes_and_signs_a_set_reads_it_of_its_documents(client, review, chair):
    document = begun(review, Layout.EXECUTIVE_SUMMARY, by=chair)
    said = escape(words_of(document, chair)[0])
    version = final(document, chair)
    of_version = escape(empty_in(said_by(version.values).sections, named=True))
    propose = text_of(client, reverse("reports:release-propose", args=[review.reference]))
    release = proposed(review, by=chair, renderings=[version])
    for section in document.sections.all():
        paragraph_in(section, "She asked for help.", by=chair)

    url = reverse("reports:release-step", args=[review.reference, release.pk, "sign-off"])
    sign = text_of(client, url)

    assert words_of(document, chair) == [UNSEEN]
    assert said in propose
    assert said == of_version  # what is inserted and has nothing to show fills neither
    assert of_version in sign  # it stays as it is
    assert signed_by(release, Side.CHAIR, chair).pk


def test_whoever_proposes_and_signs_a_set_reads_what_the_home_office_still_waits_for(
    client, review, chair
):
    letter = letter_of(review, by=chair)
    points_in(letter, "Name the panel.", "Say who chaired it.", "Date it.", by=chair)
    first, _, last = letter.points.order_by("number")
    once = {"by": chair, "key": uuid.uuid4()}
    letters.answer_point(first, how="not", words="It is named in section 8.", **once)
    letters.withdraw(letter, point=last, why="Of another review", **once)
    release = proposed(review, by=chair)

    pages = [
        text_of(client, reverse("reports:release-propose", args=[review.reference])),
        text_of(
            client, reverse("reports:release-step", args=[review.reference, release.pk, "sign-off"])
        ),
    ]

    said = f'<a class="govuk-link" href="{letter.get_absolute_url()}">Points of letter 1 without an answer: 1.</a>'
    assert [said in page for page in pages] == [True, True]


def test_nothing_of_it_stands_where_a_set_is_called_off(client, review, chair):
    release = proposed(review, by=chair)

    url = reverse("reports:release-step", args=[review.reference, release.pk, "call-off"])

    assert "stands against" not in text_of(client, url)


def test_a_pack_says_that_a_report_is_empty_and_where(document, review, chair):
    empty = version_of(document, by=chair)
    paragraph_in(sections(document)["The facts"])
    begun_one = version_of(document, by=chair)

    said = [pack_of(review, [one], by=chair).missing for one in (empty, begun_one)]

    called = "Overview report, confidential, version"
    assert f"{called} 1: {EMPTY}" in said[0]
    assert f"{called} 2: Nothing stands in 2 sections: 2.1 and 2.2." in said[1]


def test_who_does_not_write_reads_none_of_it(client, sign_in, review):
    release = proposed(review, by=with_role(Role.CHAIR, review))
    sign_in(Role.PANEL_MEMBER, review)

    url = reverse("reports:release-step", args=[review.reference, release.pk, "sign-off"])

    assert client.get(url).status_code == 404
