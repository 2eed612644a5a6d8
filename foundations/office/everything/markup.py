"""What the XML parts of office files say beside their running text: attributes, links, properties."""

import re

from lxml import etree

from foundations.office.word_styles import parsed

# Attributes that people, or programs on their behalf, write words into; and where those belong.
ATTRIBUTES = {
    "descr": "alternative text",
    "alt": "alternative text",
    "title": "alternative text",
    "author": "names of authors",
    "initials": "names of authors",
    "lastModifiedBy": "names of authors",
    "userName": "names of authors",
    "userId": "names of authors",
    "displayName": "names of authors",
    "fullName": "names of authors",
    "instr": "field codes",
    "tooltip": "links",
    "display": "links",
    "location": "links",
    "displayText": "form fields",
    "prompt": "form fields",
    "promptTitle": "form fields",
    "error": "form fields",
    "errorTitle": "form fields",
    "caption": "other attributes",
    "comment": "other attributes",
    "uniqueName": "other attributes",
    "oddHeader": "headers",
    "string": "drawings",
}
# Elements whose "val" is somebody's wording, and those whose "name" is.
VALUES = {
    "alias": "form fields", "tag": "form fields", "helpText": "form fields",
    "statusText": "form fields", "default": "form fields", "listEntry": "form fields",
    "listItem": "form fields", "docVar": "document variables", "tblCaption": "alternative text",
    "tblDescription": "alternative text", "comboBox": "form fields",
}  # fmt: skip
NAMED = {
    "bookmarkStart": "bookmarks", "docPr": "alternative text", "cNvPr": "alternative text",
    "docVar": "document variables", "sheet": "sheet names", "definedName": "defined names",
    "table": "table names", "tableColumn": "table names", "attr": "other attributes",
    "cacheField": "pivot tables", "pivotTableDefinition": "pivot tables", "connection": "connections",
    "property": "document properties", "cmAuthor": "names of authors",
}  # fmt: skip
ITEMS = {"s": "pivot tables", "d": "pivot tables", "n": "pivot tables"}
# Whose attributes are names of fonts and of styles. The styles that people made are told by themselves.
OF_LOOKS = {
    "lsdException", "latentStyles", "font", "style", "rFonts", "latin", "ea", "cs", "sym", "buFont", "mathFont",
    "pStyle", "rStyle", "tblStyle", "basedOn", "next", "link",
}  # fmt: skip
ASIDE = "other attributes"
_NO_WORDS = re.compile(
    r"[-+]?[\d.,:% ]{0,9}|[0-9A-Fa-f]{8}|\{[0-9A-Fa-f-]{36}\}|\W*\w{0,3}\W*"
    r"|[a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}"  # a language: en-GB
)
_BLOCKS = {"p", "h"}
_SPACES = {"br", "tab", "line-break", "s"}


def local(tag):
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def read_attributes(gathered, path, root):
    """Words in attributes, each once: those that people write, and aside those that programs do."""
    seen = set()
    for element in root.iter(etree.Element):
        tag = local(element.tag)
        if not element.attrib or tag in OF_LOOKS:
            continue
        for key, value in element.attrib.items():
            part = _part_of(tag, local(key))
            if (part, value) in seen or not value or value.isspace():
                continue
            seen.add((part, value))
            if part:
                gathered.add(part, f"{path}, {tag}", value)
            elif not _NO_WORDS.fullmatch(value):
                gathered.add(ASIDE, f"{path}, {tag}", value, aside=True)
    read_remarks(gathered, path, root)


def read_remarks(gathered, path, root):
    """What was noted in the XML itself, which no program shows."""
    remarks = [*root.iter(etree.Comment), *root.itersiblings(etree.Comment, preceding=True)]
    for remark in (*remarks, *root.itersiblings(etree.Comment)):
        gathered.add("remarks in the markup", path, remark.text)


def _part_of(tag, key):
    if key == "val":
        return VALUES.get(tag)
    if key == "name":
        return NAMED.get(tag)
    if key == "v":
        return ITEMS.get(tag)
    return ATTRIBUTES.get(key)


def read_texts(gathered, part, path, root):
    """The words of a part of no known kind: paragraph by paragraph, or element by element."""
    for number, text in enumerate(texts_of(root), start=1):
        gathered.add(part, f"{path}, {number}", text)


def texts_of(root):
    """Each text: of a paragraph, or of the outermost element that has words of its own among others."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if local(element.tag) in _BLOCKS or _has_own(element):
            text = "".join(_pieces(element))
            if text.strip():
                yield text
        else:
            waiting.extend(reversed(element))


def _has_own(element):
    if element.text and not element.text.isspace():
        return True
    return any(child.tail and not child.tail.isspace() for child in element)


def _pieces(block):
    for event, element in etree.iterwalk(block, ("start", "end", "comment")):
        if event == "start":
            yield " " if local(element.tag) in _SPACES else ""
            yield element.text or ""
            continue
        if local(element.tag) in _BLOCKS:
            yield "\n"
        if element is not block:
            yield element.tail or ""


def read_properties(gathered, path, content):
    root = parsed(content)
    for element in () if root is None else root.iter():
        named = element.get("name")
        if named:
            gathered.add("document properties", path, named)
        if element.text and element.text.strip():
            gathered.add("document properties", named or local(element.tag), element.text)


def read_links(gathered, path, content):
    """Where the parts of a package lead outside the file."""
    root = parsed(content)
    for element in () if root is None else root:
        if (element.get("TargetMode") or "").lower() == "external":
            kind = (element.get("Type") or "").rpartition("/")[2]
            gathered.add("links", f"{path}, {kind}", element.get("Target") or "")
