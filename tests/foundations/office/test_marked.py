"""A Word file with its emphasis, bookmarks, numbers and comments, of which nothing is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.office import signs
from foundations.office.marked import MarkedTable, Piece, marked_of, text_of
from foundations.office.sequences import longest_run
from foundations.office.tables import Refused
from tests.foundations.office import hostile
from tests.foundations.office.corpus import (
    R,
    W,
    archive,
    cell,
    deleted,
    docx,
    docx_parts,
    inserted,
    paragraph,
    relationships,
    row,
    run,
    table,
)
from tests.foundations.office.test_words import NUMBERING, STYLES

STRONG = (
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
    "</w:style>"
)
BOLD_STYLE = '<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'


def read(body):
    return marked_of(
        docx(body, styles=STYLES + STRONG + BOLD_STYLE, numbering=NUMBERING), "report.docx"
    )


def bookmark(name, number=1):
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def field(code, shown):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def pieces(runs, **more):
    return read(paragraph(runs=runs, **more)).blocks[0].pieces


def test_bold_and_italics_that_an_author_set():
    found = pieces(
        run("a ")
        + run("b", "<w:b/>")
        + run("c", "<w:i/>")
        + run("d", "<w:b/><w:i/>")
        + run("e", '<w:b w:val="0"/>')
        + run("f", '<w:rStyle w:val="Strong"/>')
        + run("g", "<w:strike/>")
    )

    assert [(one.text, one.bold, one.italic, one.struck) for one in found] == [
        ("a ", False, False, False),
        ("b", True, False, False),
        ("c", False, True, False),
        ("d", True, True, False),
        ("e", False, False, False),
        ("f", True, False, False),
        ("g", False, False, True),
    ]


def test_what_a_style_makes_bold_is_no_emphasis():
    (found,) = read(paragraph(style="Loud", runs=run("a"))).blocks

    assert (found.pieces, found.bold) == ((Piece("text", "a"),), True)


def test_a_bookmark_stands_where_it_began():
    assert pieces(run("a") + bookmark("here") + run("b")) == (
        Piece("text", "a"),
        Piece("bookmark", "here"),
        Piece("text", "b"),
    )


def test_a_bookmark_between_paragraphs_is_of_the_next():
    found = read(paragraph("a") + bookmark("one") + bookmark("two", 2) + paragraph("b")).blocks

    assert [one.bookmarks for one in found] == [[], ["one", "two"]]


def test_a_field_that_refers_says_to_what_and_what_it_shows():
    assert pieces(run("see ") + field("REF dhr-p-1 \\n \\h", "5.3.4") + run(".")) == (
        Piece("text", "see "),
        Piece("field", "dhr-p-1", shown="5.3.4"),
        Piece("text", "."),
    )


def test_any_other_field_is_the_text_it_shows():
    assert pieces(field("PAGE", "7") + run("!")) == (Piece("text", "7!"),)


def test_fields_within_a_field():
    inner = field("REF inner \\h", "2")
    outer = field("IF x", "").replace(run(""), run("a") + inner)

    assert [(one.kind, one.text, one.shown) for one in pieces(outer)] == [
        ("text", "a", ""),
        ("field", "inner", "2"),
    ]


def test_words_that_are_raised_or_underlined_are_told():
    found = read(
        paragraph(
            runs=run("b", '<w:u w:val="single"/>')
            + run("c", '<w:u w:val="none"/>')
            + run("3")
            + run("rd", '<w:vertAlign w:val="superscript"/>')
            + run("2", '<w:vertAlign w:val="superscript"/>')
        )
    )

    assert [doubt.split(",")[0] for doubt in found.doubts] == [
        "1 stretch of words is raised or lowered",
        "1 stretch of words is underlined",
    ]


def test_signs_of_ours_in_a_file_are_left_out_and_told():
    found = read(paragraph(f"a{signs.BOLD}b{signs.NOTE}c"))

    assert found.blocks[0].text == "abc"
    assert found.doubts == ("Signs that belong to no alphabet were left out: 1 place.",)


def test_a_name_that_holds_our_signs_does_no_harm():
    runs = bookmark(f"a{signs.END}{signs.BOLD}b") + run("c") + field(f"REF x{signs.END}", "1")

    assert pieces(runs) == (
        Piece("bookmark", "ab"),
        Piece("text", "c"),
        Piece("field", "x", shown="1"),
    )


def test_tracked_changes_are_read_as_accepted():
    found = read(paragraph(runs=run("a") + inserted(run("b", "<w:b/>")) + deleted("c")))

    assert found.blocks[0].pieces == (Piece("text", "a"), Piece("text", "b", bold=True))
    assert found.changed


def test_a_table_with_merged_and_nested_cells():
    found = read(
        table(row("A", "B"), row(cell("C", span=2)), row("D", cell("E", table(row("F", "G")))))
    )

    outer, inner = found.blocks
    assert (outer.nested, inner.nested) == (False, True)
    assert [[one.covered for one in line] for line in outer.rows] == [
        [False, False],
        [False, True],
        [False, False],
    ]
    assert found.is_whole


def test_a_frame_of_one_column_is_not_a_table():
    found = read(table(row(cell("In a frame."))))

    assert not any(isinstance(one, MarkedTable) for one in found.blocks)
    assert (found.blocks[0].text, found.blocks[0].box) == ("In a frame.", True)


@pytest.mark.parametrize(
    "rows",
    [
        [row(cell("Heading"), properties="<w:tblHeader/>"), row(cell("One."))],
        [row(cell(paragraph("Heading", style="Head")), properties=""), row(cell("One."))],
    ],
    ids=["repeated", "our style"],
)
def test_a_table_of_one_column_whose_first_row_is_a_heading(rows):
    head = '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="Table heading"/></w:style>'

    (found,) = marked_of(docx(table(*rows), styles=head), "report.docx").blocks

    assert [[text_of(one.items[0][1]) for one in line] for line in found.rows] == [
        ["Heading"],
        ["One."],
    ]


def linked(text, key, place=""):
    anchor = f' w:anchor="{place}"' if place else ""
    return f'<w:hyperlink r:id="{key}"{anchor}>{run(text)}</w:hyperlink>'


def external(address):
    return relationships(("rId1", "hyperlink", address, "External"))


def test_a_link_of_a_note_leads_where_the_part_of_the_note_says():
    parts = docx_parts(
        paragraph(runs=linked("here", "rId1") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
                  '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        links=(
            ("rId1", "hyperlink", "https://body.example", "External"),
            ("f1", "footnotes", "footnotes.xml"),
            ("e1", "endnotes", "endnotes.xml"),
        ),
    )  # fmt: skip
    for kind in ("footnote", "endnote"):
        parts[f"word/{kind}s.xml"] = (
            f'<w:{kind}s xmlns:w="{W}" xmlns:r="{R}"><w:{kind} w:id="2">'
            f"{paragraph(runs=linked(kind, 'rId1', 'part'))}</w:{kind}></w:{kind}s>"
        )
        parts[f"word/_rels/{kind}s.xml.rels"] = external(f"https://{kind}.example")

    found = marked_of(archive(parts), "report.docx")

    assert found.blocks[0].pieces[0].link == "https://body.example"
    assert {one.text: one.link for pieces in found.notes.values() for one in pieces} == {
        "footnote": "https://footnote.example#part",
        "endnote": "https://endnote.example#part",
    }


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ('HYPERLINK "https://a.example/?b=1"', "https://a.example/?b=1"),
        ('hyperlink https://a.example \\o "A hint" \\l "place" \\n', "https://a.example#place"),
        ('HYPERLINK \\l "_Toc1"', "#_Toc1"),
        ("PAGEREF _Toc1 \\h", ""),
    ],
)
def test_a_link_made_by_a_field(code, address):
    simple = f"<w:fldSimple w:instr='{code}'>{run('there')}</w:fldSimple>"

    for made in (field(code, "there"), simple):
        found = pieces(made + run("."))
        assert "".join(one.text for one in found) == "there."
        assert [one.link for one in found if one.link] == [address] * bool(address)


def sign(font, place):
    return f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>'


def test_symbols_are_the_signs_that_their_font_draws():
    found = read(
        paragraph(
            runs=sign("Symbol", "F0B3") + sign("Symbol", "61") + sign("Symbol", "F0AE")
            + sign("Wingdings", "F0FC") + sign("Wingdings", "F0E0") + sign("Wingdings 2", "F052")
            + sign("Arial", "2264")
        )
    )  # fmt: skip

    assert (found.blocks[0].text, found.doubts) == ("≥α→✓→☑≤", ())
    assert found.is_whole


def test_symbols_that_nobody_knows_are_counted_and_told_in_notes_as_well():
    parts = docx_parts(
        paragraph(runs=run("a") + sign("Webdings", "F061") + sign("Own", "zz")
                  + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        links=(("f1", "footnotes", "footnotes.xml"),),
    )  # fmt: skip
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph(runs=sign("Own", "F0FC"))}'
        "</w:footnote></w:footnotes>"
    )

    found = marked_of(archive(parts), "report.docx")

    assert [one for one in found.doubts if "symbol" in one] == [
        "3 symbols were left out, because the file does not say which letter or sign it is. Compare the "
        "text with the file."
    ]


def test_a_note_that_is_not_there_or_stands_within_another_is_told():
    called = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    parts = docx_parts(
        paragraph(runs=run("a") + called.format(2) + called.format(9)),
        links=(("f1", "footnotes", "footnotes.xml"),),
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph(runs=run("b") + called.format(3))}'
        f'</w:footnote><w:footnote w:id="3">{paragraph("c")}</w:footnote></w:footnotes>'
    )

    found = marked_of(archive(parts), "report.docx")

    assert [one.text for one in found.notes["[1]"]] == ["b"]
    assert found.doubts == (
        "2 footnotes were left out: their words are not in the file, or they stand within another "
        "footnote.",
    )


def test_letters_are_counted_apart_from_the_reading():
    found = read(
        paragraph(runs=bookmark("name") + run("Four", "<w:b/>") + field("REF x \\h", "12"))
        + table(row("one", "two"))
    )

    assert (found.letters, found.placed) == (12, 12)


@pytest.mark.parametrize(
    "case", [one for one in hostile.cases() if one.name.endswith("docx")], ids=str
)
def test_what_the_gate_refuses_is_not_read(case):
    with pytest.raises(Refused):
        marked_of(case.content, case.name)


def test_a_document_without_words():
    assert marked_of(docx(""), "report.docx").blocks == ()


@given(st.permutations(range(8)))
def test_the_longest_run_grows_and_none_is_longer(places):
    found = longest_run(places)

    kept = [place for place in places if place in found]
    assert kept == sorted(kept)
    best = [1] * len(places)
    for at in range(len(places)):
        before = [best[one] for one in range(at) if places[one] < places[at]]
        best[at] = 1 + max(before, default=0)
    assert len(kept) == max(best)
