"""What authors write, as Markdown, made into HTML that is safe to show: the one place where that is done.

Bold, italics, lists, quotations, tables, footnotes (`^[in place]`), links, and references to another
paragraph or section of the same document (`[[p:KEY]]`, `[[s:KEY]]`). HTML in the text is shown as it
was typed. What comes out goes through a fixed list of tags and attributes as well, so that a fault in
one of the two lets nothing through.
"""

import re

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

# A paragraph or section, by the key that stays when its number changes.
_KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
REFERENCE = re.compile(rf"\[\[([ps]):({_KEY})\]\]")
UNKNOWN = "[refers to something that was taken away]"

_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "table_open": "govuk-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "link_open": "govuk-link",
}
_TAGS = {
    *("p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "a", "sup", "section", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "hr"),
}
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href", "id", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"tabindex", "role", "aria-label"},
}
_HREF = re.compile(r"https://|mailto:|#|/reviews/")


def html_of(text, *, refer=None, footnotes="", called=""):
    """HTML with the classes of the design system, marked as safe.

    `refer(kind, key)` gives (words, address) of what is referred to, or None where it is not there any
    more; an address of "" makes it words alone. `footnotes` keeps the footnotes of several texts on one
    page apart: give each text its own, of letters, figures and hyphens. `called` ("paragraph 5.3.4") keeps
    their tables apart for those who hear the page.
    """
    made = _MARKDOWN.render(text, {"refer": refer, "docId": footnotes, "called": called})
    clean = nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 it has just been through the list of tags


def with_references(text, words_of):
    """The Markdown with each reference in words: `words_of(kind, key)` gives them, or None."""
    return REFERENCE.sub(lambda match: words_of(*match.groups()) or UNKNOWN, text)


def referred(text):
    """[(kind, key)] of every reference in a text, in order."""
    return REFERENCE.findall(text)


def escaped(text):
    """Somebody's words in Markdown, as they are: nothing in them is a mark. Lines become spaces."""
    return re.sub(r"([\\`*_{}\[\]<>#+!|~^&-])", r"\\\1", " ".join(str(text).split()))


def table_of(headings, rows):
    """A Markdown table of plain words; "" without rows. Each row has a cell for each heading."""
    if not rows:
        return ""
    lines = [headings, ["---"] * len(headings), *rows]
    cells = [[one if one == "---" else escaped(one) for one in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


# --- The parser ---------------------------------------------------------------------------------


def _keep(tag, name, value):
    return value if name != "href" or _HREF.match(value) else None


def _reference(state, silent):
    found = REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"kind": found[1], "key": found[2]}
    state.pos = found.end()
    return True


def _referring(self, tokens, index, options, env):
    meta, refer = tokens[index].meta, env.get("refer")
    found = refer(meta["kind"], meta["key"]) if refer else None
    if found is None:
        return f"<strong>{_escape(UNKNOWN)}</strong>"
    words, href = map(_escape, found)
    return f'<a class="govuk-link" href="{href}">{words}</a>' if href else words


def _escape(text):
    return text.translate(str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}))


def _dress(state):
    for token in state.tokens:
        for one in (token, *(token.children or ())):
            if name := _CLASSES.get(one.type):
                one.attrSet("class", name)
            if one.type == "th_open":
                one.attrSet("scope", "col")


def _open_table(self, tokens, index, options, env):
    n = env["tables"] = env.get("tables", 0) + 1
    name = f"Table {n}" if n > 1 else "Table"
    label = _escape(f"{name} in {env['called']}" if env.get("called") else name)
    return (
        f'<div class="app-table" role="region" tabindex="0" aria-label="{label}">'
        f"{self.renderToken(tokens, index, options, env)}"
    )


def _close_table(self, tokens, index, options, env):
    return f"{self.renderToken(tokens, index, options, env)}</div>"


def _back_to_text(self, tokens, index, options, env):
    """The way back from a footnote, for those who hear it alone."""
    name = self.rules["footnote_anchor_name"](tokens, index, options, env)
    number = tokens[index].meta["id"] + 1
    label = f"Back to the text of footnote {number}"
    return f' <a class="govuk-link" href="#fnref{name}" aria-label="{label}">↩</a>'


def _made():
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"])
    # Headings are sections, and pictures and program text have no place in a report.
    parser.disable(["heading", "lheading", "image", "fence", "code", "backticks", "reference"])
    parser.use(footnote_plugin)
    parser.disable(["footnote_def", "footnote_ref"])
    parser.inline.ruler.before("link", "reference", _reference)
    parser.core.ruler.push("dress", _dress)
    rules = {
        "reference": _referring,
        "table_open": _open_table,
        "table_close": _close_table,
        "footnote_anchor": _back_to_text,
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


_MARKDOWN = _made()
