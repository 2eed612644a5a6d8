"""A version of the plan, the statement or the chronology as a file."""

import io

import pikepdf
from django.utils import timezone

from actionplans.papers import printing
from reports.models import Kind
from reports.papers import entries_drawn


def content_of(gathered, format_):
    """(bytes, how many pages or None). Raises RenderFailed where no PDF comes out."""
    room = entries_drawn if gathered.kind == Kind.CHRONOLOGY else printing
    content = room.drawn(gathered.paper, format_, made_at=timezone.localtime(gathered.at))
    if format_ != "pdf":
        return content, None
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return content, len(pdf.pages)
