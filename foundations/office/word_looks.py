"""What a Word document tells beside its text. Runs in the child process."""

import re

from foundations.office.cleaning import CONTROL
from foundations.office.word_styles import Styles, W, parsed, switch, value_of

CORE = {
    "creator": "Author",
    "lastModifiedBy": "Last changed by",
    "title": "Title",
    "subject": "Subject",
    "keywords": "Keywords",
    "description": "Comments on the file",
    "category": "Category",
    "revision": "Revision",
    "created": "Made",
    "modified": "Last changed",
    "lastPrinted": "Last printed",
}
APP = {"Company": "Organisation", "Manager": "Manager", "Template": "Template"}
CHANGES = {W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")}
FORMATS = {W + name for name in ("rPrChange", "pPrChange", "tblPrChange", "sectPrChange")}
PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$", re.I)
LONGEST = 200


def inspect(content, package):
    related = dict([*package.related("").values(), *package.related(package.main).values()])
    seen = _Seen(Styles(parsed(package.read(related.get("styles", "")))))
    for name in package.names.values():
        if PART.search(name) or name.lower() == package.main.lower():
            seen.look_at(parsed(package.read(name)))
    links = [target for name in package.names.values() for target in _links(package, name)]
    return {
        "kind": "docx",
        "metadata": [
            *_facts(package.read(related.get("core-properties", "docProps/core.xml")), CORE),
            *_facts(package.read(related.get("extended-properties", "docProps/app.xml")), APP),
            *_own_facts(package.read(related.get("custom-properties", "docProps/custom.xml"))),
        ],
        "changes": seen.changes,
        "formats": seen.formats,
        "changed_by": sorted(seen.changed_by),
        "comments": seen.comments,
        "commented_by": sorted(seen.commented_by),
        "hidden_words": seen.hidden_words,
        "embedded": [
            name.rpartition("/")[2]
            for name in package.names.values()
            if "/embeddings/" in name.lower()
        ],
        "template": next((target for kind, target in links if kind == "attachedTemplate"), ""),
        "links": sum(kind == "hyperlink" for kind, _ in links),
        "inside_links": sum(
            kind == "hyperlink"
            and not target.lower().startswith(("http:", "https:", "mailto:", "#"))
            for kind, target in links
        ),
    }


class _Seen:
    def __init__(self, styles):
        self.styles = styles
        self.changes = self.formats = self.comments = self.hidden_words = 0
        self.changed_by, self.commented_by = set(), set()

    def look_at(self, root):
        for element in () if root is None else root.iter():
            tag = element.tag
            if tag in CHANGES or tag in FORMATS:
                self.changes += tag in CHANGES
                self.formats += tag in FORMATS
                self.changed_by |= _named(element)
            elif tag == W + "comment":
                self.comments += 1
                self.commented_by |= _named(element)
            elif tag == W + "r" and self._is_hidden(element):
                words = "".join(text.text or "" for text in element.findall(W + "t"))
                self.hidden_words += len(words.split())

    def _is_hidden(self, run):
        properties = run.find(W + "rPr")
        own = switch(properties, "vanish")
        if own is not None:
            return own
        paragraph = next(run.iterancestors(W + "p"), None)
        style = None if paragraph is None else value_of(paragraph.find(W + "pPr"), "pStyle")
        return any(self.styles.hides(key) for key in (value_of(properties, "rStyle"), style) if key)


def _named(element):
    name = short(element.get(W + "author") or "")
    return {name} if name else set()


def _links(package, name):
    """(kind, target) of what a part points to outside the file."""
    if not name.lower().endswith(".rels"):
        return
    for element in parsed(package.read(name)):
        if (element.get("TargetMode") or "").lower() == "external":
            yield (
                (element.get("Type") or "").rpartition("/")[2],
                short(element.get("Target") or ""),
            )


def _facts(content, names):
    root = parsed(content)
    for element in () if root is None else root:
        label = names.get(element.tag.rpartition("}")[2])
        text = short(element.text or "")
        if label and text:
            yield [label, text]


def _own_facts(content):
    root = parsed(content)
    for element in () if root is None else root:
        text = short("".join(element.itertext()))
        if element.get("name") and text:
            yield [short(element.get("name")), text]


def short(text):
    return " ".join(CONTROL.sub("", text).split())[:LONGEST]
