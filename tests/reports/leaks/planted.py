"""Files with one leak planted in one place, in every format. All names are made up."""

import base64
import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from docx import Document
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from reports.leaks.register import register_from_json

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAME = "Tamsin Quillfeather"

REGISTER = {
    "people": [
        {
            "pseudonym": "Adult A",
            "names": ["Tamsin Rose Quillfeather", "Tam"],
            "role": "victim",
            "born": "1962-05-03",
            "died": "6 October 2013",
            "publish": {"born": "age-band", "died": "season"},
            "addresses": ["12 Larkrise Street, Northbeck, NB7 4QX"],
            "numbers": ["NHS 943 476 5919", "07700 900123"],
        },
        {
            "pseudonym": "Adult B",
            "names": ["Jonathan Wróblewski"],
            "role": "perpetrator",
            "born": "11 March 1958",
        },
        {"pseudonym": "Child C", "names": ["May Quillfeather"], "role": "child", "born": "2004"},
    ],
    "professionals": ["Helena Smith", {"name": "Gordon Achterberg", "agency": "Northbeck Police"}],
    "places": ["Northbeck", {"name": "Brook Lane Surgery", "aliases": ["Brook Lane"]}],
}


def register(**more):
    return register_from_json(REGISTER | more)


# --- Word -----------------------------------------------------------------------------------------


def word(build=None, *, parts=None):
    """A Word document; `build` is given the python-docx document, `parts` are bytes by path."""
    document = Document()
    document.core_properties.author = "The partnership"
    document.add_paragraph("Nothing is told here.")
    if build:
        build(document)
    out = io.BytesIO()
    document.save(out)
    return with_parts(out.getvalue(), parts) if parts else out.getvalue()


def with_parts(content, parts):
    """A package with parts added. Relationships are not needed: every part is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            if member.filename not in parts:
                new.writestr(member, old.read(member))
        for path, part in parts.items():
            new.writestr(path, part)
    return out.getvalue()


def in_paragraph(xml):
    """A builder that adds a paragraph of this XML."""

    def build(document):
        document.element.body.insert(1, parse_xml(f"<w:p {W}>{xml}</w:p>"))

    return build


def run(text, properties="", tag="t"):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def _in_table(document):
    document.add_table(2, 2).cell(1, 1).text = f"Seen: {NAME}"


def _in_header(document):
    document.sections[0].header.paragraphs[0].text = NAME


def _in_footer(document):
    document.sections[0].footer.paragraphs[0].text = NAME


def _in_properties(document):
    document.core_properties.author = NAME


def story(root, inner):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {W}>{inner}</w:{root}>'.encode()


def _note(root, one):
    return story(root, f'<w:{one} w:id="3"><w:p>{run(NAME)}</w:p></w:{one}>')


def _holding_word():
    return with_parts(word(), {"word/embeddings/inner.docx": word(lambda d: d.add_paragraph(NAME))})


def _text_box(document):
    in_paragraph(
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"<w:p>{run(NAME)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )(document)


_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    f'<property fmtid="1" pid="2" name="Case"><v>{NAME}</v></property></Properties>'
).encode()
_PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    f'wordprocessingDrawing"><wp:docPr id="1" name="P" descr="{NAME}"/></wp:inline></w:drawing></w:r>'
)
_LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
    b'Target="file:///H:/Tamsin%20Quillfeather.docx" TargetMode="External"/></Relationships>'
)
_DELETED = f'<w:del w:id="1" w:author="X">{run(NAME, tag="delText")}</w:del>'
_INSERTED = f'<w:ins w:id="1" w:author="X">{run(NAME)}</w:ins>'

_CANVAS = (
    '<w:r><w:drawing><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:r><a:t>Tamsin Quill</a:t></a:r><a:r><a:t>feather</a:t></a:r></a:p></w:drawing></w:r>"
)
_LETTERED = f'<w:r><w:pict><v:textpath xmlns:v="v" string="{NAME.upper()}"/></w:pict></w:r>'
_SMART = (
    f'<w:smartTag><w:smartTagPr><w:attr w:name="ID" w:val="{NAME}"/></w:smartTagPr></w:smartTag>'
)
_PICKED = f'<w:r><w:fldChar><w:ffData><w:ddList><w:listEntry w:val="{NAME}"/></w:ddList></w:ffData></w:fldChar></w:r>'
_CHOSEN = f'<w:sdt><w:sdtPr><w:dropDownList w:lastValue="{NAME}"/></w:sdtPr><w:sdtContent/></w:sdt>'
_LED = '<w:r><w:pict><v:shape xmlns:v="v" href="mailto:tamsin.quillfeather@x.org"/></w:pict></w:r>'
_SECOND = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f"<mc:Choice><w:t>x</w:t></mc:Choice><mc:Fallback><w:t>{NAME}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)
_CUT = "Tamsin <b>Quill</b>feather"


def _part(path, xml):
    return lambda: word(parts={path: xml.encode()})


def _setting(xml):
    return _part("word/other.xml", f"<w:settings {W}>{xml}</w:settings>")


# (where it is planted, the file, the part that must be told)
WORD = {
    "canvas": (lambda: word(in_paragraph(_CANVAS)), "body, drawings"),
    "lettering": (lambda: word(in_paragraph(_LETTERED)), "drawings"),
    "smart tag": (lambda: word(in_paragraph(_SMART)), "other attributes"),
    "entry of an old list": (lambda: word(in_paragraph(_PICKED)), "form fields"),
    "last choice": (lambda: word(in_paragraph(_CHOSEN)), "other attributes"),
    "where a drawing leads": (lambda: word(in_paragraph(_LED)), "other attributes"),
    "second form": (lambda: word(in_paragraph(_SECOND)), "body"),
    "remark in the markup": (
        lambda: word(in_paragraph(f"<!-- {NAME} -->")),
        "remarks in the markup",
    ),
    "remark inside a word": (
        lambda: word(in_paragraph(run("Tamsin Quill<!-- x -->feather"))),
        "body",
    ),
    "text of a list's number": (_setting(f'<w:lvlText w:val="{NAME} %1"/>'), "other attributes"),
    "subject of letters": (_setting(f'<w:mailSubject w:val="{NAME}"/>'), "other attributes"),
    "attribute of custom XML": (_part("customXml/i.xml", f'<a b="{NAME}"/>'), "other attributes"),
    "words among elements": (
        _part("customXml/i.xml", f"<a>Seen: <t>x</t> {_CUT}</a>"),
        "other parts",
    ),
    "words in words": (
        _part("customXml/i.xml", "<p>Tam<i>sin<b/></i> Quill<u>feat<b>he</b></u>r</p>"),
        "other parts",
    ),
    "name of a part": (_part("word/media/Tamsin Quillfeather.xml", "<a/>"), "names of parts"),
    "body": (lambda: word(lambda d: d.add_paragraph(f"She was {NAME}.")), "body"),
    "runs": (lambda: word(in_paragraph(run("Tam") + run("sin Quill") + run("feather"))), "body"),
    "table": (lambda: word(_in_table), "body"),
    "header": (lambda: word(_in_header), "header"),
    "footer": (lambda: word(_in_footer), "footer"),
    "footnote": (
        lambda: word(parts={"word/footnotes.xml": _note("footnotes", "footnote")}),
        "footnotes",
    ),
    "endnote": (
        lambda: word(parts={"word/endnotes.xml": _note("endnotes", "endnote")}),
        "endnotes",
    ),
    "comment": (
        lambda: word(parts={"word/comments.xml": _note("comments", "comment")}),
        "comments",
    ),
    "inserted": (lambda: word(in_paragraph(_INSERTED)), "body, inserted text"),
    "deleted": (lambda: word(in_paragraph(_DELETED)), "body, deleted text"),
    "hidden": (lambda: word(in_paragraph(run(NAME, "<w:vanish/>"))), "body, hidden text"),
    "white": (
        lambda: word(in_paragraph(run(NAME, '<w:color w:val="FFFFFF"/>'))),
        "body, white text",
    ),
    "text box": (lambda: word(_text_box), "body"),
    "alternative text": (lambda: word(in_paragraph(_PICTURE)), "alternative text"),
    "author of a change": (
        lambda: word(in_paragraph(f'<w:ins w:id="1" w:author="{NAME}">{run("x")}</w:ins>')),
        "names of authors",
    ),
    "core properties": (lambda: word(_in_properties), "document properties"),
    "custom properties": (
        lambda: word(parts={"docProps/custom.xml": _CUSTOM}),
        "document properties",
    ),
    "bookmark": (
        lambda: word(in_paragraph('<w:bookmarkStart w:id="1" w:name="Tamsin_Quillfeather"/>')),
        "bookmarks",
    ),
    "link": (lambda: word(parts={"word/_rels/header9.xml.rels": _LINK}), "links"),
    "field code": (
        lambda: word(in_paragraph(run(f' AUTHOR "{NAME}" ', tag="instrText"))),
        "body, field codes",
    ),
    "embedded document": (_holding_word, "embedded file “inner.docx”: body"),
    "custom XML": (
        lambda: word(parts={"customXml/item9.xml": f"<a><b>{NAME}</b></a>".encode()}),
        "other parts",
    ),
}


# --- Excel ----------------------------------------------------------------------------------------


def workbook(build):
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    book.active["A1"] = "Nothing is told here."
    build(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hidden_sheet(book):
    sheet = book.create_sheet("Old")
    sheet["B2"], sheet.sheet_state = NAME, "veryHidden"


def _hidden_row(book):
    book.active["B3"] = NAME
    book.active.row_dimensions[3].hidden = True


def _hidden_column(book):
    book.active["C1"] = NAME
    book.active.column_dimensions["C"].hidden = True


def _set(attribute):
    def build(book):
        setattr(book.properties, attribute, NAME)

    return build


def _defined(book):
    book.defined_names["Tamsin_Quillfeather"] = DefinedName(
        "Tamsin_Quillfeather", attr_text="Plan!$A$1"
    )


def _cell(place, value):
    def build(book):
        book.active[place] = value

    return build


def _cell_comment(book):
    book.active["A1"].comment = Comment(f"Ask {NAME}", "The partnership")


def _header_of_sheet(book):
    book.active.oddHeader.center.text = NAME


def _link_of_cell(book):
    book.active["A1"].hyperlink = "file:///H:/Tamsin%20Quillfeather.xlsx"


def _beside_cells(xml, more=""):
    """`xml` stands behind the cells, as it would of a program that writes otherwise than ours."""

    def make():
        content = workbook(lambda book: None)
        path = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read(path).decode()
        sheet = sheet.replace("</sheetData>", f"</sheetData>{xml}{more}")
        return with_parts(content, {path: sheet.encode()})

    return make


_FILTER = (
    "<autoFilter ref='A1:B9'><filterColumn colId='0'><filters>"
    f"<filter val='{NAME}'/></filters></filterColumn></autoFilter>"
)
_CHECK = (
    "<extLst><ext><x:dataValidation xmlns:x='x'><x:formula1><x:f>&quot;"
    f"{NAME},x&quot;</x:f></x:formula1></x:dataValidation></ext></extLst>"
)
_PROMPT = f"<dataValidations><dataValidation prompt='{NAME}'/></dataValidations>"
_LINKS = "<hyperlink ref='A1' display='there'/>" * 16_000
_LONG = f"<hyperlinks>{_LINKS}</hyperlinks>"
_PATH = (
    "<x:absPath xmlns:x='x' url='C:\\Tamsin Quillfeather\\'/>",
    f"<connections><connection sourceFile='{NAME}.csv'/></connections>",
    f"<pivotCacheDefinition refreshedBy='{NAME}'/>",
    f"<styleSheet><numFmt formatCode='&quot;{NAME}&quot;'/></styleSheet>",
)


def _in_part(xml):
    return lambda: with_parts(workbook(lambda book: None), {"xl/other.xml": xml.encode()})


def _spaced_formula():
    cell = f"<row r='9'><c r='B9' t='str'>\n<f>IF(A1=1,\"{NAME}\",1)</f><v>1</v></c></row>"
    content = workbook(lambda book: None)
    path = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(path).decode()
    return with_parts(
        content, {path: sheet.replace("</sheetData>", f"{cell}</sheetData>").encode()}
    )


EXCEL = {
    "saved filter": (_beside_cells(_FILTER), "other attributes"),
    "check of a later Excel": (_beside_cells(_CHECK), "formulas"),
    "prompt before much else": (_beside_cells(_PROMPT, _LONG), "form fields"),
    "formula behind white space": (_spaced_formula, "formulas"),
    **{
        f"attribute {number}": (_in_part(xml), "other attributes")
        for number, xml in enumerate(_PATH, start=1)
    },
    "cell": (lambda: workbook(_cell("B2", NAME)), "sheet “Plan”"),
    "hidden sheet": (lambda: workbook(_hidden_sheet), "hidden sheet “Old”"),
    "hidden row": (lambda: workbook(_hidden_row), "sheet “Plan”, hidden row"),
    "hidden column": (lambda: workbook(_hidden_column), "sheet “Plan”, hidden column"),
    "sheet name": (lambda: workbook(lambda book: book.create_sheet(NAME)), "sheet names"),
    "formula": (lambda: workbook(_cell("B2", f'=IF(A1="{NAME}",1,0)')), "formulas"),
    "cell comment": (lambda: workbook(_cell_comment), "cell comments"),
    "header": (lambda: workbook(_header_of_sheet), "headers and footers"),
    "defined name": (lambda: workbook(_defined), "defined names"),
    "link": (lambda: workbook(_link_of_cell), "links"),
    "properties": (lambda: workbook(_set("lastModifiedBy")), "document properties"),
}


# --- PDF ------------------------------------------------------------------------------------------


def paper(drawing=b"", build=None):
    """A PDF of one page. `drawing` is its content stream; `build` is given the pikepdf file."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    drawing = drawing or b"BT /F1 12 Tf 50 700 Td (Nothing is told here.) Tj ET"
    page.obj.Contents = pikepdf.Stream(pdf, drawing)
    if build:
        build(pdf)
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def saved_over(content, drawing):
    """The same PDF with another drawing on its page, saved behind the first as programs do."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    return _behind(
        content, number, b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawing), drawing)
    )


def titled(pdf):
    pdf.docinfo["/Title"] = NAME


def titled_again(content):
    """The same PDF with another title, saved behind the first."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = pdf.docinfo.objgen[0]
    return _behind(content, number, b"<</Title (Overview report)>>", b"/Info %d 0 R" % number)


def _behind(content, number, thing, more=b""):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root, size = pdf.Root.objgen[0], pdf.trailer.Size
    before = content.rpartition(b"startxref")[2].split()[0]
    at = len(content) + 1
    body = b"\n%d 0 obj\n%b\nendobj\n" % (number, thing)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n"
    end = len(content) + len(body)
    return content + body + table % (number, at, size, root, more, before, end)


SHOWN = f"BT /F1 12 Tf 50 700 Td ({NAME}) Tj ET".encode()
_UNDER_BOX = SHOWN + b" 0 g 40 690 300 30 re f"


def _remark(pdf):
    remark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9],
        Contents=pikepdf.String(f"Ask {NAME}"),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(remark)])


def _outline(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def _attached(pdf):
    pdf.attachments["inner.txt"] = pikepdf.AttachedFileSpec(
        pdf, NAME.encode(), filename="inner.txt"
    )


def _attached_to_a_remark(pdf):
    """With its description inside the remark, as some programs write it."""
    stream = pikepdf.Stream(pdf, NAME.encode())
    stream.Type = pikepdf.Name.EmbeddedFile
    held = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F="inner.txt",
        EF=pikepdf.Dictionary(F=pdf.make_indirect(stream)),
    )
    remark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=held
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(remark)])


def _info(pdf):
    pdf.docinfo["/Author"] = NAME


def _metadata(pdf):
    with pdf.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:description"] = NAME


def _alternative(pdf):
    figure = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt=NAME)
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(
        Type=pikepdf.Name.StructTreeRoot, K=pdf.make_indirect(figure)
    )


def _linked(pdf):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/tamsin-quillfeather"),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])


def _stamped(pdf):
    """A stamp whose words stand in its drawing only."""
    page = pdf.pages[0].obj
    shown = pikepdf.Stream(
        pdf,
        SHOWN,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 400, 800],
        Resources=page.Resources,
    )
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[0, 0, 9, 9],
        AP=pikepdf.Dictionary(N=shown),
    )
    page.Annots = pikepdf.Array([pdf.make_indirect(stamp)])


def _form_in_xml(pdf):
    half = NAME.encode()[:9]
    pieces = [b"<x:data xmlns:x='x'><n>" + half, NAME.encode()[9:] + b"</n></x:data>"]
    held = [one for piece in pieces for one in ("datasets", pikepdf.Stream(pdf, piece))]
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.Array(held))


def _xmp(content):
    def build(pdf):
        pdf.Root.Metadata = pikepdf.Stream(
            pdf, content, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )

    return build


_ATTRIBUTE = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r pdf:Keywords='{NAME}'/></x:xmpmeta>"
_WIDE = f"\ufeff<x:xmpmeta><dc:title>{NAME}</dc:title></x:xmpmeta>".encode("utf-16-be")
_INSTEAD = b"/Span <</ActualText (%b)>> BDC BT /F1 12 Tf 50 700 Td (Adult A) Tj ET EMC"


def _place(pdf):
    where = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    pdf.Root.Dests = pikepdf.Dictionary({f"/{NAME.replace(' ', '')}": where})


def _photo(pdf):
    photo = pikepdf.Stream(
        pdf,
        jpeg(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Filter=pikepdf.Name.DCTDecode,
        Width=1,
        Height=1,
    )
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(P=photo)


def jpeg():
    """A picture that says something in a remark, and shows nothing."""
    remark = NAME.encode()
    return b"\xff\xd8\xff\xfe" + (2 + len(remark)).to_bytes(2) + remark + b"\xff\xd9"


def _taken_out(pdf):
    """A page that stands in the file, and not among its pages."""
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 595, 842],
        Resources=pdf.pages[0].obj.Resources,
        Contents=pikepdf.Stream(pdf, SHOWN),
    )
    pdf.Root.Kept = pdf.make_indirect(page)


def _drawn_nowhere(pdf):
    pdf.Root.Kept = pikepdf.Stream(
        pdf,
        SHOWN,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 595, 842],
        Resources=pdf.pages[0].obj.Resources,
    )


PDF = {
    "page that was taken out": (lambda: paper(build=_taken_out), "not shown"),
    "drawing no page shows": (lambda: paper(build=_drawn_nowhere), "not shown"),
    "stamp": (lambda: paper(build=_stamped), "annotations"),
    "form in XML": (lambda: paper(build=_form_in_xml), "form fields"),
    "metadata in an attribute": (lambda: paper(build=_xmp(_ATTRIBUTE.encode())), "metadata"),
    "metadata in wide letters": (lambda: paper(build=_xmp(_WIDE)), "metadata"),
    "words instead of others": (lambda: paper(_INSTEAD % NAME.encode()), "alternative text"),
    "name of a place": (lambda: paper(build=_place), "names of things"),
    "remark in a picture": (lambda: paper(build=_photo), "remarks inside pictures"),
    "page": (lambda: paper(SHOWN), "page"),
    "under a black box": (lambda: paper(_UNDER_BOX), "page"),
    "annotation": (lambda: paper(build=_remark), "annotations"),
    "outline": (lambda: paper(build=_outline), "outline"),
    "attachment": (lambda: paper(build=_attached), "embedded file “inner.txt”: text"),
    "file in a remark": (
        lambda: paper(build=_attached_to_a_remark),
        "embedded file “inner.txt”: text",
    ),
    "information": (lambda: paper(build=_info), "document properties"),
    "metadata": (lambda: paper(build=_metadata), "metadata"),
    "alternative text": (lambda: paper(build=_alternative), "alternative text"),
    "link": (lambda: paper(build=_linked), "links"),
}


# --- HTML and text --------------------------------------------------------------------------------


def page(body):
    return f"<!doctype html><html lang=en><title>A page</title><body>{body}</body></html>".encode()


_CODED = base64.b64encode(NAME.encode()).decode()
_FRAME = "&lt;p&gt;Tam&lt;b&gt;sin&lt;/b&gt; Quillfeather&lt;/p&gt;"
_BY_NUMBER = "".join(f"\\u{ord(letter):04x}" for letter in NAME)
_IN_STYLE = "".join(f"\\{ord(letter):x} " for letter in NAME)
_ONE_FILE = "embedded file “file 1 coded into the page.txt”: text"
HTML = {
    "style of an element": (
        lambda: page(f"<p style=\"--who:'{NAME}'\">x</p>"),
        "attributes",
    ),
    "class": (lambda: page("<p class=tamsin-quillfeather>x</p>"), "attributes"),
    "tags of one's own": (lambda: page("<p>Tamsin Quill<x-y>feath</x-y>er</p>"), "text"),
    "drawn letters": (
        lambda: page("<svg><text><tspan>Tam</tspan><tspan>sin Quillfeather</tspan></text></svg>"),
        "text",
    ),
    "frame": (
        lambda: page(f'<iframe srcdoc="{_FRAME}"></iframe>'),
        "embedded file “page in a frame.html”: text",
    ),
    "letters as numbers": (
        lambda: page(f'<script>var who = "{_BY_NUMBER}"</script>'),
        "scripts and styles",
    ),
    "letters as numbers in a style": (
        lambda: page(f"<style>p::after {{ content: '{_IN_STYLE}' }}</style>"),
        "scripts and styles",
    ),
    "coded address": (lambda: page('<p cite="x?n=Tamsin%20Quillfeather">x</p>'), "attributes"),
    "file in a style": (
        lambda: page(f"<style>a {{ background: url(data:text/plain;base64,{_CODED}) }}</style>"),
        _ONE_FILE,
    ),
    "short file": (lambda: page(f"<a href='data:text/plain;base64,{_CODED}'>x</a>"), _ONE_FILE),
    "text": (lambda: page(f"<p>Seen: {NAME}</p>"), "text"),
    "half in bold": (lambda: page("<p>Tam<b>sin</b> Quill<i>feather</i></p>"), "text"),
    "alternative text": (lambda: page(f'<img src=x alt="{NAME}">'), "alternative text"),
    "attribute": (lambda: page(f'<p data-who="{NAME}">x</p>'), "attributes"),
    "comment": (lambda: page(f"<!-- was {NAME} -->"), "comments"),
    "script": (lambda: page(f'<script>var who = "{NAME}"</script>'), "scripts and styles"),
    "hidden": (lambda: page(f"<p hidden>{NAME}</p>"), "text, hidden text"),
    "link": (lambda: page('<a href="/tamsin-quillfeather">x</a>'), "links"),
    "coded file": (
        lambda: page(
            "<a href='data:text/plain;base64,VGFtc2luIFF1aWxsZmVhdGhlciB3YXMgaGVyZQ=='>x</a>"
        ),
        "embedded file “file 1 coded into the page.txt”: text",
    ),
}


def _open(xml):
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    return with_parts(
        _empty(), parts | {"content.xml": f'<o:d xmlns:o="o" xmlns:x="x">{xml}</o:d>'.encode()}
    )


def _empty():
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


OPEN = {
    "heading": (lambda: _open("<o:h>Of <o:span>Tam</o:span>sin Quillfeather</o:h>"), "other parts"),
    "link": (
        lambda: _open('<o:a x:href="mailto:tamsin.quillfeather@x.org">x</o:a>'),
        "other attributes",
    ),
    "name of a section": (
        lambda: _open(f'<o:section o:name="{NAME}"><o:p>x</o:p></o:section>'),
        "other attributes",
    ),
    "value": (lambda: _open(f'<o:field o:string-value="{NAME}"/>'), "other attributes"),
}
TEXT = {
    "txt": (lambda: f"1\nSeen: {NAME}\n".encode(), "text"),
    "md": (lambda: b"# Plan\n\n**Tam**sin *Quillfeather* was seen.\n", "text"),
    "csv": (lambda: f'Date,Seen\n2013,"{NAME}"\n'.encode(), "text"),
}


# --- Pictures -------------------------------------------------------------------------------------


def _chunk(kind, body):
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _png(kind, body):
    return b"\x89PNG\r\n\x1a\n" + _chunk(kind, body) + _chunk(b"IEND", b"")


def _tiff():
    """One fact, "artist", behind the list of facts."""
    name = NAME.encode() + b"\x00"
    fact = struct.pack("<HHII", 0x013B, 2, len(name), 26)
    return b"II*\x00" + struct.pack("<IH", 8, 1) + fact + bytes(4) + name


_PRESSED = zlib.compress(NAME.encode())
_IN_XMP = f"<x:xmpmeta><r dc:creator='{NAME}'/></x:xmpmeta>".encode()
PICTURES = {
    "a.jpg": jpeg,
    "b.jpg": lambda: b"\xff\xd8\xff\xe0\x00\x02" + _IN_XMP + b"\xff\xd9",
    "a.png": lambda: _png(b"zTXt", b"Author\x00\x00" + _PRESSED),
    "b.png": lambda: _png(b"iTXt", b"Author\x00\x01\x00en\x00\x00" + _PRESSED),
    "c.png": lambda: _png(b"eXIf", _tiff()),
    "a.tif": _tiff,
    "a.gif": lambda: b"GIF89a" + bytes(7) + b"\x21\xfe\x13" + NAME.encode() + b"\x00;",
}


# --- Every kind, in every format ------------------------------------------------------------------

KINDS = {
    "name": "Tamsin Quillfeather",
    "date of death": "died on 6 October 2013",
    "date of birth": "born 03/05/62",
    "age": "the victim, aged 51",
    "address": "12 Larkrise Street",
    "postcode": "NB7 4QX",
    "number": "07700 900123",
    "telephone number": "01632 960123",
    "NHS number": "NHS number 401 023 2137",
    "National Insurance number": "AB 12 34 56 C",
    "vehicle registration": "the car AB51 ABC",
    "reference number": "crime number 14/12345/13",
    "e-mail address": "somebody@example.com",
    "social media": "facebook.com/somebody.there",
    "school": "Thistle Primary School",
    "GP practice": "Thistledown Surgery",
    "employer": "Thistle Logistics",
    "combination": "a Polish butcher",
    "unknown name": "Callum Thornbury",
}


def _in_paragraphs(document):
    for text in KINDS.values():
        document.add_paragraph(f"It says {text}.")


def _in_cells(book):
    for row, text in enumerate(KINDS.values(), start=2):
        book.active.cell(row, 2, f"It says {text}.")


def _drawn():
    lines = " ".join(
        f"1 0 0 1 50 {780 - 20 * at} Tm (It says {text}.) Tj"
        for at, text in enumerate(KINDS.values())
    )
    return paper(f"BT /F1 12 Tf {lines} ET".encode())


def in_every_format():
    lines = [f"It says {text}." for text in KINDS.values()]
    return {
        "all.docx": word(_in_paragraphs),
        "all.xlsx": workbook(_in_cells),
        "all.pdf": _drawn(),
        "all.html": page("".join(f"<p>{line}</p>" for line in lines)),
        "all.txt": "\n".join(lines).encode(),
        "all.md": "\n\n".join(lines).encode(),
        "all.csv": "\n".join(f'{at},"{line}"' for at, line in enumerate(lines)).encode(),
    }
