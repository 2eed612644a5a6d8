"""What a PDF holds beside the letters of its pages, and what of it nobody can read."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from foundations.office.everything import everything_in

PLAIN = b"BT /F1 12 Tf 72 700 Td (Plain words stand here) Tj ET"
BY_NUMBER = b"BT /F1 12 Tf 72 700 Td <002D0044005100480003002A> Tj ET"
NO_MEANING = "page 1: its letters carry no meaning that can be read"


def _letters(**more):
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, **more)


def _by_number(pdf, **more):
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+Foo"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Foo"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        **more,
    )


def _paper(drawing=PLAIN, build=None):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Resources = Dictionary(Font=Dictionary(F1=_letters(Encoding=Name.WinAnsiEncoding)))
    page.Contents = Stream(pdf, drawing)
    if build:
        build(pdf, page)
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def _form(pdf, drawing, **resources):
    return Stream(
        pdf,
        drawing,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 100]),
        Resources=Dictionary(**resources),
    )


def _picture(pdf, content=b"\xff"):
    return Stream(pdf, content, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)


def _unread(build, drawing=PLAIN):
    return everything_in(_paper(drawing, build), "a.pdf").could_not_read


def test_letters_that_are_only_numbers_are_said_not_to_be_read():
    def build(pdf, page):
        page.Resources.Font.F1 = _by_number(pdf)

    assert _unread(build, BY_NUMBER) == (NO_MEANING,)


def test_letters_with_names_of_their_own_are_said_not_to_be_read():
    def build(pdf, page):
        names = [1, Name.g1, Name.g2, Name.g3, Name.g4]
        page.Resources.Font.F1 = _letters(Encoding=Dictionary(Differences=Array(names)))

    drawing = b"BT /F1 12 Tf 72 700 Td (\x01\x02\x03\x04 \x02\x03) Tj ET"
    assert _unread(build, drawing) == (NO_MEANING,)


def test_such_letters_inside_a_form_are_said_too():
    def build(pdf, page):
        font = pdf.make_indirect(_by_number(pdf))
        held = _form(pdf, BY_NUMBER, Font=Dictionary(F1=font))
        page.Resources.XObject = Dictionary(X=held)

    assert _unread(build, PLAIN + b" /X Do") == (NO_MEANING,)


def test_letters_by_number_that_keep_a_table_are_read():
    table = b"1 beginbfrange <0000> <FFFF> <0020> endbfrange"

    def build(pdf, page):
        page.Resources.Font.F1 = _by_number(pdf, ToUnicode=Stream(pdf, table))

    assert _unread(build, BY_NUMBER) == ()


def test_of_letters_that_no_drawing_uses_nothing_is_said():
    def build(pdf, page):
        page.Resources.Font.F2 = _by_number(pdf)

    assert _unread(build) == ()


def _inside_a_form(pdf, page):
    inner = _form(pdf, b"/P Do", XObject=Dictionary(P=_picture(pdf)))
    page.Resources.XObject = Dictionary(X=inner)


def _with_what_the_pages_share(pdf, page):
    held = page.Resources
    held.XObject = Dictionary(P=_picture(pdf))
    del page["/Resources"]
    page.Parent.Resources = held


def _in_a_remark(pdf, page):
    shown = _form(pdf, b"/P Do", XObject=Dictionary(P=_picture(pdf)))
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], AP=Dictionary(N=shown)
    )
    page.Annots = Array([pdf.make_indirect(remark)])


def _in_the_drawing(pdf, page):
    drawn = b" q BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"
    page.Contents = Stream(pdf, PLAIN + drawn)


@pytest.mark.parametrize(
    "build", [_inside_a_form, _with_what_the_pages_share, _in_a_remark, _in_the_drawing]
)
def test_a_picture_is_said_wherever_it_is_drawn(build):
    assert _unread(build) == ("what 1 picture on the pages show",)


def _broken_table(pdf, page):
    table = Stream(pdf, b"nothing that was pressed", Filter=Name.FlateDecode)
    page.Resources.Font.F1 = _by_number(pdf, ToUnicode=table)


def _broken_metadata(pdf, page):
    pdf.Root.Metadata = Stream(
        pdf, b"nothing that was pressed", Type=Name.Metadata, Filter=Name.FlateDecode
    )


def _broken_drawing(pdf, page):
    page.Contents = Stream(pdf, b"nothing that was pressed", Filter=Name.FlateDecode)


@pytest.mark.parametrize("build", [_broken_table, _broken_metadata, _broken_drawing])
def test_what_is_damaged_in_one_place_is_said_and_the_rest_is_read(build):
    def with_a_title(pdf, page):
        pdf.docinfo["/Title"] = "A title that stays"
        build(pdf, page)

    found = everything_in(_paper(build=with_a_title), "a.pdf")

    assert found.could_not_read != ()
    assert not any(one.startswith("“a.pdf”") for one in found.could_not_read)
    assert "A title that stays" in [one.text for one in found.stretches]
