"""Makes office files by hand: the quirks that authors have, and the tricks that attackers have.

Everything is fictional, and the same bytes come out every time.
"""

import io
import struct
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache

MEGABYTE = 1024 * 1024
MADE_ON = (2024, 1, 1, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def archive(parts, *, method=zipfile.ZIP_DEFLATED):
    """A zip of {name: content}, or of (name, content) pairs where names repeat."""
    out = io.BytesIO()
    pairs = parts.items() if isinstance(parts, dict) else parts
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as written:
        warnings.simplefilter("ignore", UserWarning)  # a name that repeats is meant to
        for name, content in pairs:
            member = zipfile.ZipInfo(name, MADE_ON)
            member.compress_type = method
            written.writestr(member, content)
    return out.getvalue()


def relationships(*links):
    """Links are (id, last word of the type, target) or the same with "External"."""
    written = "".join(
        f'<Relationship Id="{link[0]}" Type="{R}/{link[1]}" Target="{link[2]}"'
        + (f' TargetMode="{link[3]}"' if len(link) > 3 else "")
        + "/>"
        for link in links
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{written}</Relationships>'


def content_types(main, kind):
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )


# --- Word -----------------------------------------------------------------------------------------


def docx_parts(body, *, styles="", numbering="", links=(), kind=f"{WORD}.document.main+xml"):
    parts = {
        "[Content_Types].xml": content_types("word/document.xml", kind),
        "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr/></w:body>'
            "</w:document>"
        ),
    }
    own = list(links)
    if styles:
        parts["word/styles.xml"] = f'{DECLARATION}<w:styles xmlns:w="{W}">{styles}</w:styles>'
        own.append(("s1", "styles", "styles.xml"))
    if numbering:
        parts["word/numbering.xml"] = (
            f'{DECLARATION}<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
        )
        own.append(("n1", "numbering", "numbering.xml"))
    parts["word/_rels/document.xml.rels"] = relationships(*own)
    return parts


def docx(body, **rest):
    return archive(docx_parts(body, **rest))


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text="", *, style="", listed=None, runs=None, mark=""):
    """`listed` is (list number, depth); `mark` are properties of the paragraph mark."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed:
        number, depth = listed
        properties += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs or (run(text) if text else '')}</w:p>"


def cell(*content, span=1, merge=""):
    """`content` are texts or XML; `merge` is "restart" or "continue"."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = "".join(part if part.startswith("<") else paragraph(part) for part in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or paragraph()}</w:tc>"


def row(*cells, properties=""):
    written = "".join(one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def table(*rows, widths=()):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def control(content):
    """A content control around anything."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def inserted(content):
    return f'<w:ins w:id="1" w:author="A">{content}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def field(*instructions):
    pieces = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return f'<w:p>{begin}{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


CHRONOLOGY = table(
    row("Date", "Event"),
    row("3 May 2011", "Home visit. No reply."),
    row("4 May 2011", "Telephone call."),
)


# --- Excel ----------------------------------------------------------------------------------------


def xlsx_parts(sheets, *, styles="", strings="", kind=f"{EXCEL}.sheet.main+xml", states=None):
    """`sheets` is {name: what goes inside <worksheet>}."""
    states = states or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{states.get(name, "visible")}" r:id="s{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    links = [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": content_types("xl/workbook.xml", kind),
        "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{DECLARATION}<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{listed}</sheets></workbook>'
        ),
    }
    if styles:
        parts["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{S}">{styles}</styleSheet>'
        links.append(("st", "styles", "styles.xml"))
    if strings:
        parts["xl/sharedStrings.xml"] = strings
        links.append(("ss", "sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = relationships(*links)
    for n, inside in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{DECLARATION}<worksheet xmlns="{S}" xmlns:r="{R}">{inside}</worksheet>'
        )
    return parts


def xlsx(sheets, **rest):
    return archive(xlsx_parts(sheets, **rest))


def text_cell(place, text, style=""):
    s = f' s="{style}"' if style else ""
    return f'<c r="{place}"{s} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_data(rows):
    """`rows` is {row number: cells, as texts in columns A, B, C or as XML}."""
    written = ""
    for number, cells in rows.items():
        inner = "".join(
            one if one.startswith("<c") else text_cell(f"{chr(65 + n)}{number}", one)
            for n, one in enumerate(cells)
            if one
        )
        written += f'<row r="{number}">{inner}</row>'
    return f"<sheetData>{written}</sheetData>"


def date_styles(*codes):
    """Cell styles: 0 is General, 1 and up show dates by these formats."""
    formats = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(codes, start=164)
    )
    styles = "".join(f'<xf numFmtId="{n}"/>' for n in range(164, 164 + len(codes)))
    return (
        f'<numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>{styles}</cellXfs>'
    )


VISITS = sheet_data(
    {1: ["Date", "Event"], 2: ["3 May 2011", "Home visit"], 3: ["4 May 2011", "Telephone call"]}
)


# --- Files to refuse ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    name: str
    content: bytes
    sentence: str

    def __str__(self):
        return self.name


def ole(*streams):
    """The start of an old binary office file, naming its streams."""
    names = b"".join(stream.encode("utf-16-le") + b"\x00\x00" for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(2048)


def with_part(parts, name, content):
    return archive({**parts, name: content})


def truncated(content):
    return content[: len(content) // 2]


def with_flag(content, flag):
    """The same zip, its members marked with a flag: 1 is encryption."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= flag
            at = changed.find(signature, at + 4)
    return bytes(changed)


def with_forged_size(content, name, size):
    """The same zip, claiming another unpacked size for a member in its directory."""
    changed = bytearray(content)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", changed, at + 28)[0]
        if changed[at + 46 : at + 46 + length] == name.encode():
            struct.pack_into("<I", changed, at + 24, size)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def with_overlap(content):
    """The same zip, its second member said to begin inside the first."""
    changed = bytearray(content)
    first = changed.find(b"PK\x01\x02")
    second = changed.find(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", changed, second + 42, struct.unpack_from("<I", changed, first + 42)[0])
    return bytes(changed)


def with_broken_middle(content):
    changed = bytearray(content)
    at = content.find(b"word/document.xml") + 60
    changed[at : at + 40] = bytes(255 - byte for byte in changed[at : at + 40])
    return bytes(changed)


def billion_laughs(root):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol">{laughs}]>'


def wide_sheet():
    return "<sheetData>" + f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>' + "</sheetData>"


@cache
def blank_rows(count=1_048_576, *, last=""):
    """A sheet whose formatting was drawn down to the last row, as "select all" does it."""
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, count))
    end = f'<row r="{count}">{text_cell(f"B{count}", last)}</row>' if last else ""
    data = VISITS.removesuffix("</sheetData>")
    return archive(xlsx_parts({"Visits": f"{data}{rows}{end}</sheetData>"}))
