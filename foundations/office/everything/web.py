"""A web page with everything in it: text, attributes, remarks, scripts, and files coded into it."""

import base64
import binascii
import re
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, unquote_to_bytes

from foundations.office import delimited

LOOKED_AT = (
    "text", "attributes", "comments", "scripts and styles", "links", "alternative text", "embedded files",
)  # fmt: skip
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
     "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "del", "tt", "big", "nobr", "strike",
     "acronym", "dfn", "data"]
)  # fmt: skip
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
     "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
     "header", "hr", "html", "legend", "li", "main", "menu", "meta", "nav", "noscript", "ol", "optgroup", "option", "p",
     "pre", "script", "section", "select", "style", "summary", "svg", "table", "tbody", "td", "text", "textarea",
     "tfoot", "th", "thead", "title", "tr", "ul"]
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
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),([^\s\"')]*)")
_WHOLE_DATA = re.compile(r"\s*data:([\w.+/-]*)((?:;[\w=.-]+)*),(.*)", re.S)
_OF_LOOKS = re.compile(r"(?:application/(?:x-)?)?font\b")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
_ENDINGS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "text/plain": "txt",
    "text/csv": "csv",
    "image/png": "png",
    "image/jpeg": "jpg",
}
_SHORTEST_PICTURE = 24


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
        self._edge(tag)
        if tag in _CODED:
            self.inside = tag
        line = self.getpos()[0]
        found = dict(attributes)
        if tag not in _VOID:
            is_hidden = "hidden" in found or _HIDDEN.search(found.get("style") or "")
            self.hidden.append((tag, bool(is_hidden)))
        for key, value in attributes:
            if value:
                self._attribute(tag, key, value, line)

    def _edge(self, tag):
        """Nobody knows of a tag that is not HTML whether it cuts words: they are told both ways."""
        if tag in _BLOCKS:
            self.block()
        elif tag not in _INLINE:
            self.pieces.append(None)

    def _attribute(self, tag, key, value, line):
        if key == "srcdoc":
            self.gathered.embed(value.encode(), "page in a frame.html", self.read_one)
            return
        if found := _WHOLE_DATA.match(value):
            self._file(*found.groups())
            return
        rest = self._without_files(value)
        part = _PARTS.get(key, "attributes")
        where = f"line {line}, {key} of <{tag}>"
        self.gathered.add(part, where, unquote(rest), aside=key in _LOOKS)

    def _without_files(self, text):
        """Reads the files that are coded into a text, and leaves the rest of it."""
        for match in _DATA.finditer(text):
            self._file(*match.groups())
        return _DATA.sub(" ", text)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self._edge(tag)
        if tag == self.inside:
            self.inside = ""
        while any(one == tag for one, _ in self.hidden):
            if self.hidden.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.inside:
            self._code(self._without_files(data), f"line {self.getpos()[0]}")
            return
        if not any(self.pieces):
            self.started = (
                self.getpos()[0] + len(data[: len(data) - len(data.lstrip())].split("\n")) - 1
            )
        self.pieces.append((data, any(is_hidden for _, is_hidden in self.hidden)))

    def _code(self, code, where):
        """As it is written, and as a program reads the letters that are written as numbers."""
        self.gathered.add("scripts and styles", where, code)
        if (meant := unescaped(code, self.inside)) != code:
            self.gathered.add("scripts and styles", where, meant, told_again=True)

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
        parts, part = [], []
        for piece in (*self.pieces, None):
            if piece is not None:
                part.append(piece)
            elif part:
                parts.append(part)
                part = []
        for part in parts:
            self._tell(part)
        if len(parts) > 1:
            self._tell([piece for part in parts for piece in part], told_again=True)
        self.pieces = []

    def _tell(self, pieces, **more):
        marks, at = [], 0
        for data, is_hidden in pieces:
            if is_hidden:
                marks.append([at, at + len(data), "hidden text"])
            at += len(data)
        text = "".join(data for data, _ in pieces)
        self.gathered.add("text", f"line {self.started}", text, marks=marks, **more)

    def _file(self, kind, coding, data):
        if _OF_LOOKS.match(kind):
            return
        self.files += 1
        try:
            content = (
                base64.b64decode(unquote(data) + "==")
                if "base64" in coding
                else unquote_to_bytes(data)
            )
        except (binascii.Error, ValueError):
            self.gathered.unread(f"file {self.files} coded into the page")
            return
        if len(content) >= _SHORTEST_PICTURE or not kind.startswith("image/"):
            name = f"file {self.files} coded into the page.{_ENDINGS.get(kind, kind.rpartition('/')[2])}"
            self.gathered.embed(content, name, self.read_one)


def unescaped(code, language):
    """With "\\u004a" of a script, or "\\4a " of a style, as the letter that it stands for."""

    def letter(match):
        number = int(next(filter(None, match.groups())), 16)
        return chr(number) if number <= sys.maxunicode else match[0]

    meant = (_IN_STYLES if language == "style" else _IN_SCRIPTS).sub(letter, code)
    return meant.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_IN_SCRIPTS = re.compile(r"\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})")
_IN_STYLES = re.compile(r"\\([0-9A-Fa-f]{1,6})[ \n]?")
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
