"""What an author should know of a file before handing it in."""

import io

import pikepdf
import pytest
from docx import Document

from foundations.office.inspection import Inspection, inspect
from foundations.office.tables import Refused
from tests.foundations.office import hostile, reports
from tests.foundations.office.corpus import (
    W,
    archive,
    deleted,
    docx_parts,
    inserted,
    paragraph,
    run,
)


def kinds(found):
    return [finding.kind for finding in found.findings]


def sentence(found, kind):
    return next(one.sentence for one in found.findings if one.kind == kind)


def word(body="", *, parts=(), links=()):
    made = docx_parts(body or paragraph("Words."), links=links)
    return inspect(archive({**made, **dict(parts)}), "imr.docx")


def test_what_the_file_says_of_itself():
    document = Document()
    document.core_properties.author = "A. Writer"
    document.core_properties.last_modified_by = "B. Reader"
    document.core_properties.title = "About nobody"
    document.core_properties.revision = 7
    found = inspect(reports.saved(document), "imr.docx")

    said = dict(found.metadata)
    assert [said[name] for name in ("Author", "Last changed by", "Title", "Revision")] == [
        "A. Writer",
        "B. Reader",
        "About nobody",
        "7",
    ]
    assert (
        sentence(found, "named")
        == "The file itself names: author A. Writer; last changed by B. Reader."
    )
    assert not found.has_serious


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2013-12-23T23:15:00Z", "23 December 2013, 23:15"),
        ("D:20131223231500+00'00'", "23 December 2013, 23:15"),
        ("D:20131223", "23 December 2013, 00:00"),
        ("D:20139923", "D:20139923"),
        ("The Tea Report", "The Tea Report"),
        ("Microsoft Word", "Microsoft Word"),
    ],
)
def test_moments_are_told_as_dates(written, shown):
    found = Inspection(kind="docx", metadata=(("Made", written),))

    assert found.facts == (("Made", shown),)


def test_tracked_changes_with_their_authors():
    found = word(paragraph(runs=run("Stays") + inserted(run("new")) + deleted("gone")))

    assert (found.changes, found.changed_by, found.has_serious) == (2, ("A",), True)
    assert sentence(found, "changes").startswith("2 tracked changes by A: whoever has the file")


def test_changes_of_looks_alone_are_told_apart():
    change = '<w:rPrChange w:id="1" w:author="C"><w:rPr/></w:rPrChange>'
    found = word(paragraph(runs=run("Words", f"<w:b/>{change}")))

    assert (kinds(found), found.has_serious) == (["formats"], False)


def test_comments_with_their_authors():
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="D">{paragraph("Why?")}</w:comment>'
        f'<w:comment w:id="2" w:author="E">{paragraph("Because.")}</w:comment></w:comments>'
    )
    found = word(parts=[("word/comments.xml", comments)], links=[("c", "comments", "comments.xml")])

    assert (found.comments, found.commented_by) == (2, ("D", "E"))
    assert sentence(found, "comments").startswith("2 comments by D, E,")


def test_hidden_words_are_counted():
    found = word(paragraph(runs=run("Seen") + run(" two words", "<w:vanish/>")))

    assert (found.hidden_words, kinds(found)) == (2, ["hidden"])


def test_a_template_and_links_inside_the_agency():
    parts = docx_parts(paragraph("Words."))
    parts["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/hyperlink" Target="file:///S:/cases" TargetMode="External"/>'
        '<Relationship Id="b" Type="http://x/hyperlink" Target="https://x.example" TargetMode="External"/>'
        "</Relationships>"
    )
    parts["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="t" Type="http://x/attachedTemplate" Target="file:///S:/t.dotx"'
        ' TargetMode="External"/></Relationships>'
    )
    found = inspect(archive(parts), "imr.docx")

    assert (found.links, found.inside_links, found.template) == (2, 1, "file:///S:/t.dotx")
    assert kinds(found) == ["template", "inside links"]


def test_a_plain_file_has_nothing_to_tell():
    assert kinds(word()) == []


@pytest.mark.parametrize("case", hostile.active(), ids=str)
def test_what_may_not_come_in_is_refused_by_the_gate(case):
    with pytest.raises(Refused):
        inspect(case.content, case.name)


# --- PDF ----------------------------------------------------------------------------------------


def pdf(change=lambda pdf: None, content=None):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or reports.printed())) as opened:
        change(opened)
        opened.save(out)
    return inspect(out.getvalue(), "imr.pdf")


def test_a_pdf_tells_its_author_and_its_remarks():
    def change(opened):
        opened.docinfo["/Author"] = "A. Writer"
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 10, 10],
            T=pikepdf.String("F"),
            Contents=pikepdf.String("Really?"),
        )
        opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(remark)])

    found = pdf(change)

    assert (found.comments, found.commented_by) == (1, ("F",))
    assert ("Author", "A. Writer") in found.metadata
    assert kinds(found) == ["comments", "named"]


def test_a_pdf_of_pictures_says_that_nobody_can_search_it():
    blank = pikepdf.new()
    blank.add_blank_page()
    out = io.BytesIO()
    blank.save(out)
    found = pdf(content=out.getvalue())

    assert (found.pages, found.pictures_only) == (1, 1)
    assert sentence(found, "pictures").startswith("1 page of 1 without text")


def test_a_pdf_with_a_form_and_layers():
    def change(opened):
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pikepdf.Dictionary(T="a")]))
        opened.Root.OCProperties = pikepdf.Dictionary()

    assert kinds(pdf(change)) == ["fields", "layers"]


def test_a_pdf_with_a_script_is_refused():
    def change(opened):
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    with pytest.raises(Refused, match="holds a program"):
        pdf(change)
