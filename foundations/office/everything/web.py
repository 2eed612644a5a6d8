"""A web page with everything in it: text, attributes, remarks, scripts, and files coded into it."""

import base64
import binascii
import re
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

from foundations.office import delimited

LOOKED_AT = (
    "text", "attributes", "comments", "scripts and styles", "links", "alternative text", "embedded files",
)  # fmt: skip
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
     "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "del", "tt", "big"]
)  # fmt: skip
_PARTS = {"alt": "alternative text", "href": "links", "src": "links", "action": "links"}
_LOOKS = frozenset(
    [
        "class",
        "style",
        "type",
        "rel",
        "lang",
        "width",
        "height",
        "colspan",
        "rowspan",
        "charset",
        "role",
        "scope",
        "method",
        "target",
        "tabindex",
    ]
)
_CODED = ("script", "style")
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),(.*)", re.S)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
_ENDINGS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "text/plain": "txt",
    "text/csv": "csv",
    "image/png": "png",
    "image/jpeg": "jpg",
}
_SHORTEST_DATA = 24


def read(gathered, content, name, read_one):
    text, _, guessed = delimited.decode(content)
    gathered.looked_at(*LOOKED_AT)
    page = _Page(gathered, read_one)
    page.feed(text)
    page.close()
    page.block()
    if guessed:
        gathered.unread("some characters, whose coding is not clear")


class _Page(HTMLParser):
    def __init__(self, gathered, read_one):
        super().__init__(convert_charrefs=True)
        self.gathered, self.read_one = gathered, read_one
        self.pieces, self.started, self.files = [], 1, 0
        self.inside, self.hidden = "", []

    def handle_starttag(self, tag, attributes):
        if tag not in _INLINE:
            self.block()
        if tag in _CODED:
            self.inside = tag
        line = self.getpos()[0]
        found = dict(attributes)
        if tag not in _VOID:
            is_hidden = "hidden" in found or _HIDDEN.search(found.get("style") or "")
            self.hidden.append((tag, bool(is_hidden)))
        for key, value in attributes:
            if value and key not in _LOOKS:
                self._attribute(tag, key, value, line)

    def _attribute(self, tag, key, value, line):
        if _DATA.match(value):
            self._file(value)
        else:
            self.gathered.add(
                _PARTS.get(key, "attributes"), f"line {line}, {key} of <{tag}>", value
            )

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in _INLINE:
            self.block()
        if tag == self.inside:
            self.inside = ""
        while any(one == tag for one, _ in self.hidden):
            if self.hidden.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.inside:
            self.gathered.add("scripts and styles", f"line {self.getpos()[0]}", data)
            return
        if not self.pieces:
            self.started = (
                self.getpos()[0] + len(data[: len(data) - len(data.lstrip())].split("\n")) - 1
            )
        self.pieces.append((data, any(is_hidden for _, is_hidden in self.hidden)))

    def handle_comment(self, data):
        self.gathered.add("comments", f"line {self.getpos()[0]}", data)

    def handle_decl(self, declaration):
        if not declaration.lower().startswith("doctype html"):
            self.gathered.add("other markup", f"line {self.getpos()[0]}", declaration)

    def handle_pi(self, data):
        self.gathered.add("other markup", f"line {self.getpos()[0]}", data)

    def unknown_decl(self, data):
        self.gathered.add("other markup", f"line {self.getpos()[0]}", data)

    def block(self):
        """What stood since the last block, as one text: a name may be half in bold."""
        marks, at = [], 0
        for data, is_hidden in self.pieces:
            if is_hidden:
                marks.append([at, at + len(data), "hidden text"])
            at += len(data)
        text = "".join(data for data, _ in self.pieces)
        self.gathered.add("text", f"line {self.started}", text, marks=marks)
        self.pieces = []

    def _file(self, value):
        kind, coding, data = _DATA.match(value).groups()
        self.files += 1
        try:
            content = (
                base64.b64decode(data + "==") if "base64" in coding else unquote_to_bytes(data)
            )
        except (binascii.Error, ValueError):
            self.gathered.unread(f"file {self.files} coded into the page")
            return
        if len(content) >= _SHORTEST_DATA:
            name = f"file {self.files} coded into the page.{_ENDINGS.get(kind, kind.rpartition('/')[2])}"
            self.gathered.embed(content, name, self.read_one)


_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
