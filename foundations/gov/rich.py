"""A text box of Markdown over which the browser lays an editor that shows it as it reads.

Without scripts, and where its writer prefers plain text, it is the text box. What is sent is Markdown
either way: see foundations/gov/prose.py for what may stand in it.
"""

from csp.decorators import csp_update
from django import forms
from django.utils.html import format_html

# What is pasted is read into a document that is never shown, by this policy alone: ADR 13.
POLICY = {"trusted-types": ["dhr-clipboard"]}


class MarkdownBox(forms.Textarea):
    """Lines end in one sign, as they are kept and as they are counted beside the box; a browser sends
    two. What nobody touched stays the same, and what is told to fit does."""

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        return text and text.replace("\r\n", "\n")


def rich_text(rows=12):
    """The widget: a text box as any other to those who look for real names in what is typed."""
    return MarkdownBox(attrs={"rows": rows, "data-rich-text": True})


def help_of(always, marks):
    """The hint of such a box: `marks` tells how to type them, and is hidden while the editor shows."""
    return format_html("{} <span data-plain-only>{}</span>", always, marks)


class RichTextMixin:
    """Of a page with such a box; its template loads dist/js/editor.js in the head."""

    def dispatch(self, request, *args, **kwargs):
        return csp_update(POLICY)(super().dispatch)(request, *args, **kwargs)
