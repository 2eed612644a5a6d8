"""Puts the parts of a Word file together. Nobody's name goes into its properties."""

import io
import zipfile
from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from reports.word.base import to_xml
from reports.word.items import items_of
from reports.word.out import furniture
from reports.word.out.body import Body
from reports.word.out.styles import styles
from reports.word.out.xml import DECLARATION, clean, part, val, w

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering", "settings", "footnotes", "header", "footer")
FURNITURE = (
    '<w:headerReference w:type="default" r:id="header"/>'
    '<w:footerReference w:type="default" r:id="footer"/>'
)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # all that a zip can say


def as_word(document, looks, *, made_at, copy=""):
    """The bytes of a .docx. `document` is a WrittenDocument, `made_at` an aware datetime. `copy` is a
    key that travels in the file.

    Raises ValueError for a key that no bookmark can carry.
    """
    body = Body(document)
    text = part("document", body.write(furniture.front(document, looks), FURNITURE))
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relationships(
            ("word", f"{OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(document, made_at),
        "word/document.xml": text,
        "word/_rels/document.xml.rels": _relationships(
            *((name, f"{OFFICE}/{name}", f"{name}.xml") for name in PARTS),
            ("base", f"{OFFICE}/customXml", "../customXml/item1.xml"),
            links=body.runs.links,
        ),
        "customXml/item1.xml": to_xml(items_of(document), copy),
        "word/styles.xml": styles(),
        "word/numbering.xml": body.numbers.xml(),
        "word/settings.xml": _settings(),
        "word/footnotes.xml": body.notes.xml(),
        **_of_notes(body.notes),
        "word/header.xml": furniture.header(looks),
        "word/footer.xml": furniture.footer(looks),
    }
    return _zipped(parts)


def _of_notes(notes):
    """The relationships of the notes. Word refuses a file whose notes have links and none of these."""
    return (
        {"word/_rels/footnotes.xml.rels": _relationships(links=notes.links)} if notes.links else {}
    )


def _zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    return stream.getvalue()


def _types():
    overrides = [("document.main", "/word/document.xml")]
    overrides += [(name, f"/word/{name}.xml") for name in PARTS]
    said = "".join(
        f'<Override PartName="{path}" ContentType="{WORD}.{kind}+xml"/>' for kind, path in overrides
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'{said}<Override PartName="/docProps/core.xml" ContentType="application/vnd.'
        'openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relationships(*found, links=None):
    said = [f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, kind, to in found]
    for address, name in (links or {}).items():
        said.append(
            f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" '
            f'Target={quoteattr(clean(address))} TargetMode="External"/>'
        )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{"".join(said)}</Relationships>'


def _properties(document, made_at):
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(document.title))}</dc:title><dc:creator></dc:creator>"
        f"<dc:language>en-GB</dc:language>{when}</cp:coreProperties>"
    )


def _settings():
    """The mode of Word from 2013 on, without which it opens the file as one of 2007."""
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    return part(
        "settings",
        notes + w("compat", mode) + w("themeFontLang", val="en-GB") + val("decimalSymbol", "."),
    )
