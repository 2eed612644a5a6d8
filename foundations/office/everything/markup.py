"""What the XML parts of office files say beside their running text: attributes, links, properties."""

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
}
# Elements whose "val" is somebody's wording, and those whose "name" is.
VALUES = {
    "alias": "form fields", "tag": "form fields", "helpText": "form fields",
    "statusText": "form fields", "default": "form fields",
    "listItem": "form fields", "docVar": "document variables", "tblCaption": "alternative text",
    "tblDescription": "alternative text", "comboBox": "form fields",
}  # fmt: skip
NAMED = {
    "bookmarkStart": "bookmarks", "docPr": "alternative text", "cNvPr": "alternative text",
    "docVar": "document variables", "sheet": "sheet names", "definedName": "defined names",
    "table": "table names", "tableColumn": "table names", "attr": "other attributes",
    "cacheField": "pivot tables", "pivotTableDefinition": "pivot tables", "connection": "connections",
    "property": "document properties",
}  # fmt: skip
ITEMS = {"s": "pivot tables", "d": "pivot tables", "n": "pivot tables"}
TOLD_ELSEWHERE = {"lsdException", "latentStyles", "font", "style"}


def local(tag):
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def read_attributes(gathered, path, root):
    """Words in attributes, each once."""
    seen = set()
    for element in root.iter():
        if not element.attrib:
            continue
        tag = local(element.tag)
        if tag in TOLD_ELSEWHERE:
            continue
        for key, value in element.attrib.items():
            part = _part_of(tag, local(key))
            if part and value and (part, value) not in seen and not value.isspace():
                seen.add((part, value))
                gathered.add(part, f"{path}, {tag}", value)


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
    number = 0
    for element in root.iter():
        tag = local(element.tag)
        if tag == "p":
            text = "".join(_pieces(element))
        elif tag in ("t", "tab", "br") or any(
            local(one.tag) == "p" for one in element.iterancestors()
        ):
            continue
        else:
            text = element.text or ""
        if text.strip():
            number += 1
            gathered.add(part, f"{path}, {number}", text)


def _pieces(paragraph):
    for element in paragraph.iter():
        tag = local(element.tag)
        if tag in ("br", "tab", "line-break", "s"):
            yield " "
        if element.text and tag:
            yield element.text
        if element.tail and element is not paragraph and tag:
            yield element.tail


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
