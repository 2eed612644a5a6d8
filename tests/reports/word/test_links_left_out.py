"""What leads into this service, or to a place of one machine, is words when it comes back; and that is said."""

import io

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from foundations.office.marked import Piece
from reports.services import word
from reports.word.back import links
from reviews.rules import Role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing
from tests.reports.word.made import compared, edited, paragraph, retype
from tests.reports.word.test_there_and_back import back, taken

ASKED = "The practice asked once whether home was a safe place to be."
LEFT = "only links to web pages outside this service and to e-mail addresses are kept"


def link(one, words, *, address="", place=""):
    """Around the words in a paragraph of python-docx, as Word makes it; after the rest where it has none."""
    made = OxmlElement("w:hyperlink")
    if address:
        made.set(
            qn("r:id"), one.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
    if place:
        made.set(qn("w:anchor"), place)
    run = next((run for run in one.runs if run.text == words), None) or one.add_run(f" {words}")
    run._r.addprevious(made)
    made.append(run._r)


def with_link(begins, words, **to):
    return compared(edited(lambda file: link(paragraph(file, begins), words, **to)))


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ({"address": "../x"}, "../x"),
        ({"address": "report.docx"}, "report.docx"),
        ({"address": "/reviews/7"}, "/reviews/7"),
        ({"address": "file:///C:/plan.docx"}, "file:///C:/plan.docx"),
        ({"address": "#y"}, "#y"),
        ({"place": "y"}, "#y"),
    ],
)
def test_a_link_that_is_left_out_is_told_beside_the_change_and_its_words_stay(to, told):
    (change,) = with_link("The practice", "see there", **to).changes

    assert change.after == f"{ASKED} see there"
    (said,) = change.notes
    assert said.startswith(f"The link from “see there” to “{told}” is left out: {LEFT}.")


def test_a_link_into_our_own_pages_is_left_out_also_when_it_is_written_in_full(settings):
    settings.SERVICE_URL = "https://reviews.example"

    (change,) = with_link("The practice", "here", address="https://REVIEWS.example/7").changes

    assert (change.after, len(change.notes)) == (f"{ASKED} here", 1)


@pytest.mark.parametrize("address", ["https://a.example/b", "mailto:a@b.example"])
def test_a_link_that_leads_out_stays_and_nothing_is_said(address):
    (change,) = with_link("The practice", "there", address=address).changes

    assert (change.after, change.notes) == (f"{ASKED} [there]({address})", ())


def test_a_link_that_is_all_that_was_changed_is_told_above_the_changes():
    found = with_link("The practice", ASKED, address="../x")

    assert found.changes == ()
    (said,) = found.doubts
    assert said.startswith(f"2.2.1: The link from “{ASKED}” to “../x” is left out")


def test_a_heading_says_that_it_has_no_links():
    found = with_link("Housing", "Housing service", address="https://a.example")

    assert found.changes == ()
    assert found.doubts == (
        "2.1: The link from “Housing service” to “https://a.example” is left out: a heading has none. "
        "Its words stay.",
    )


def test_a_link_in_a_table_is_told():
    def change(file):
        (cell,) = [one for one in file.tables[-1]._cells if one.text == "March 2019"]
        link(cell.paragraphs[0], "March 2019", address="../x")

    found = compared(edited(change))

    assert found.changes == ()
    (said,) = found.doubts
    assert said.startswith("2.1.2: The link from “March 2019” to “../x” is left out")


def test_a_link_in_a_footnote_is_told():
    notes = {"1": (Piece("text", "See "), Piece("text", "page two", link="#two"))}

    (said,) = links.told((Piece("text", "Said."), Piece("note", "1")), notes)

    assert said.startswith("The link from “page two” to “#two” is left out")
    assert [one.link for one in links.kept(notes["1"])] == ["", ""]


@pytest.mark.django_db
def test_the_page_of_a_file_that_came_back_says_which_link_is_left_out(client, sign_in):
    review = ReviewFactory()
    chair = sign_in(Role.CHAIR, review)
    document = begun(review)
    row = paragraph_in(document.sections.get(code="background"), ASKED)
    file = Document(io.BytesIO(taken(document, chair)))
    retype(paragraph(file, "The practice"), "once", "twice")
    link(paragraph(file, "The practice"), "see there", address="../x")
    returned = back(document, existing.saved(file), chair)

    page = client.get(returned.get_absolute_url()).content.decode()
    word.save(returned, [one.id for one in word.compared(returned).changes], by=chair)

    row.refresh_from_db()
    assert f"The link from “see there” to “../x” is left out: {LEFT}." in page
    assert row.text == f"{ASKED.replace('once', 'twice')} see there"
