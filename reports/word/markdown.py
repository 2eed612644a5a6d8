"""Markdown of a paragraph to values, and back.

What is read: bold, italics, struck through, lists, quotations, tables, links, `^[footnotes]`, and
`[[p:KEY]]` or `[[s:KEY]]` for the number of another paragraph or section; a new line is a new line.
Anything else stays the text it is.
"""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from foundations.gov.links import leads_to_us
from reports.word.text import (
    Break,
    Grid,
    Items,
    Note,
    Plain,
    Quotation,
    Reference,
    Words,
    bare,
    tidy,
)

REFERENCE = re.compile(r"\[\[([ps]):([A-Za-z0-9_-]{1,64})\]\]")
LOOKS = {"strong": "bold", "em": "italic", "s": "struck"}
HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
LINKS = re.compile(r"(https?://|mailto:)", re.I)
# Signs that would begin a list, a quotation or a heading at the start of a line.
STARTS = re.compile(r"(?m)^( {0,3})([>#|]|[-+](?=\s|$)|-(?=--)|(\d{1,9})([.)])(?=\s|$))")
SIGNS = re.compile(r"[\\*_`]|~~")
EVERY_SIGN = re.compile(r"[\\*_`\[\]<>&|^!#~]")
EDGE = re.compile(r"^(\W*)(.*?)(\W*)$", re.S)
# Beyond what anybody means, and beyond which the reader would lose text.
TOO_DEEP = re.compile(r"(?m)^(?: {60}|(?: *(?:[>+*-]|\d{1,9}[.)]) *){30})")
DEEPEST = 100  # lists and quotations within each other: beyond it the reader would lose text


def _note(state, silent):
    """^[text], as in other dialects of Markdown."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("note", "", 0)
        token.children = []
        state.md.inline.parse(state.src[state.pos + 2 : end], state.md, state.env, token.children)
    state.pos = end + 1
    return True


def _reference(state, silent):
    found = REFERENCE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"kind": found[1], "key": found[2]}
    state.pos = found.end()
    return True


def _reader(*, knows_lists=True):
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable(
        ["table", "strikethrough"]
    )
    reader.disable(["code", "fence", "hr", "heading", "lheading", "html_block", "reference"])
    reader.disable(["html_inline", "backticks"])
    if not knows_lists:
        reader.disable(["list", "blockquote"])
    reader.inline.ruler.before("link", "reference_to", _reference)
    reader.inline.ruler.before("link", "note", _note)
    return reader


READER, FLAT_READER = _reader(), _reader(knows_lists=False)


# --- Reading ------------------------------------------------------------------------------------


def blocks_of(text):
    """The blocks of a Markdown text."""
    reader = FLAT_READER if TOO_DEEP.search(text) else READER
    return tuple(_blocks(SyntaxTreeNode(reader.parse(text)).children))


def _blocks(nodes):
    for node in nodes:
        if node.type == "paragraph":
            if inlines := _inlines_of(node):
                yield Plain(inlines)
        elif node.type == "blockquote":
            yield Quotation(tuple(_blocks(node.children)))
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            is_numbered = node.type == "ordered_list"
            start = int(node.attrs.get("start", 1)) if is_numbered else 1
            yield Items(items, is_numbered, start)
        elif node.type == "table":
            rows = [row for part in node.children for row in part.children]
            yield Grid(tuple(tuple(_inlines_of(cell) for cell in row.children) for row in rows))


def _is_words(inline):
    return isinstance(inline, Words)


def _inlines_of(node):
    return tidy(one for child in node.children for one in _inlines(child.children, {}))


def _inlines(nodes, look):
    for node in nodes:
        if node.type == "text":
            yield Words(node.content, **look)
        elif node.type in ("softbreak", "hardbreak"):
            yield Break()
        elif node.type in LOOKS:
            yield from _inlines(node.children, look | {LOOKS[node.type]: True})
        elif node.type == "link":
            yield from _link(node, look)
        elif node.type == "image":
            yield Words(node.content, **look)
        elif node.type == "note":
            yield Note(tidy(_inlines(node.children, {})))
        elif node.type == "reference":
            yield Reference(**node.meta)


def leads_out(address):
    """Whether it is an address outside our pages that any reader can follow."""
    return bool(LINKS.match(address)) and not leads_to_us(address)


def _link(node, look):
    """What leads nowhere outside our pages keeps its words alone: their addresses are for nobody else."""
    address = str(node.attrs.get("href", ""))
    if leads_out(address):
        yield from _inlines(node.children, look | {"link": address})
        return
    yield from _inlines(node.children, look)
    is_told = HAS_SCHEME.match(address) and not leads_to_us(address)
    yield Words(f" ({address})" if is_told else "", **look)


# --- Writing ------------------------------------------------------------------------------------


def markdown_of(blocks):
    """The Markdown that reads as these blocks. A sign is escaped only where it would say something."""
    return "\n\n".join(_apart(blocks))


def _apart(blocks):
    """Two lists of a kind that follow each other would be read as one: the second changes its sign."""
    before, sign = None, 0
    for block in blocks:
        is_again = (
            isinstance(block, Items)
            and isinstance(before, Items)
            and block.is_numbered == before.is_numbered
        )
        sign = 1 - sign if is_again else 0
        before = block
        yield _block(block, sign)


def _block(block, sign=0):
    if isinstance(block, Plain):
        return _plain(block)
    if isinstance(block, Quotation):
        inner = markdown_of(block.blocks)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    if isinstance(block, Items):
        return _list(block, sign)
    return _grid(block)


def _list(block, sign):
    lines = []
    is_loose = any(_is_loose(item) for item in block.items)
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}{'.)'[sign]} " if block.is_numbered else f"{'-*'[sign]} "
        inner = markdown_of(item) if is_loose else "\n".join(_apart(item))
        first, *rest = inner.split("\n")
        lines.append(f"{mark}{first}".rstrip())
        lines += [f"{' ' * len(mark)}{line}" if line else "" for line in rest]
        if is_loose:
            lines.append("")
    return "\n".join(lines).strip("\n")


def _is_loose(item):
    """More than a line and the lists below it."""
    return any(not isinstance(block, Items) for block in item[1:]) or (
        bool(item) and not isinstance(item[0], Plain)
    )


def _grid(block):
    width = max((len(row) for row in block.rows), default=0)
    rows = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * width, *body])


def _cell(inlines):
    """A cell is one line. An upright stroke would end it."""
    text = _line(inlines).replace("\n", " / ")
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _plain(block):
    return _line(block.inlines)


def _line(inlines):
    """The lightest writing that reads as the same again."""
    inlines = tidy(inlines)
    wanted = (Plain(inlines),) if inlines else ()
    text = ""
    for write in (_light, _full, _with_edges_outside):
        text = write(inlines)
        if _is_same(text, wanted):
            return text
    if bare(blocks_of(text)) == bare(wanted):
        return text
    return _full([Words(one.text, link=one.link) if _is_words(one) else one for one in inlines])


def _is_same(text, wanted):
    return blocks_of(text) == wanted


def _light(inlines):
    return _written(inlines, lambda text: SIGNS.sub(_escape_light, text))


def _escape_light(match):
    if match[0] == "~~":
        return "\\~\\~"
    text, at = match.string, match.start()
    is_inside = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    return match[0] if match[0] == "`" or (match[0] == "_" and is_inside) else f"\\{match[0]}"


def _full(inlines):
    return _written(inlines, lambda text: EVERY_SIGN.sub(r"\\\g<0>", text))


def _is_set(one):
    return one.bold or one.italic or one.struck


def _with_edges_outside(inlines):
    """Emphasis that ends with a sign right before a letter cannot be written: the sign steps out."""
    found = []
    for one in inlines:
        if _is_words(one) and _is_set(one) and not one.link:
            before, text, after = EDGE.match(one.text).groups()
            found += [Words(before), replace(one, text=text), Words(after)]
        else:
            found.append(one)
    return _full(tidy(one for one in found if not _is_words(one) or one.text))


def _written(inlines, escape):
    text = "".join(_inline(one, escape) for one in inlines)
    return STARTS.sub(_escape_start, text)


def _escape_start(match):
    if match[3]:
        return f"{match[1]}{match[3]}\\{match[4]}"
    return f"{match[1]}\\{match[2]}"


def _inline(one, escape):
    if isinstance(one, Break):
        return "\n"
    if isinstance(one, Reference):
        return f"[[{one.kind}:{one.key}]]"
    if isinstance(one, Note):
        return f"^[{''.join(_inline(inner, escape) for inner in one.inlines)}]"
    marks = "*" * (2 * one.bold + one.italic)
    struck = "~~" * one.struck
    text = escape(one.text)
    if one.link:
        text = (
            f"[{text}](<{one.link}>)" if re.search(r"[\s()]", one.link) else f"[{text}]({one.link})"
        )
    return f"{struck}{marks}{text}{marks}{struck}"
