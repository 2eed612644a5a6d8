"""What was gathered, as a file: tagged PDF, a web page that stands alone, Word."""

import io
from dataclasses import dataclass

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

from actionplans.papers.printing import printed
from foundations.gov.prose import table_of
from foundations.office.pdf import render_pdf
from foundations.vault.downloads import DOCX, PDF
from reports.rendering.body import Body
from reports.word.out import Looks, as_word
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

MEDIA_TYPES = {"pdf": PDF, "html": "text/html; charset=utf-8", "docx": DOCX}
APPENDIX = "Appendix: action plan"
NOTES = "Footnotes"


@dataclass(frozen=True)
class Drawn:
    content: bytes
    pages: int | None = None  # of what has pages of its own


def drawn(gathered, format_):
    """The file. Raises RenderFailed where no PDF comes out."""
    return _WRITERS[format_](gathered)


def _context(gathered):
    body = Body(gathered)
    plan = gathered.plan
    return {
        "gathered": gathered,
        "sections": body.sections,
        "notes": body.notes,
        "plan_title": APPENDIX if plan else "",
        "notes_title": NOTES,
        "plan": plan,
        "plan_tables": [printed(table, table.lines) for table in plan.tables] if plan else [],
        "made_at": timezone.localtime(gathered.at),
    }


def _pdf(gathered):
    context = _context(gathered) | {
        "title": gathered.title,
        "reference": gathered.reference,
        "marking": gathered.marking,
    }
    content = render_pdf(render_to_string("reports/rendering/paper.html", context))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return Drawn(content, len(pdf.pages))


def _html(gathered):
    page = render_to_string("reports/rendering/page.html", _context(gathered))
    return Drawn(page.encode())


def _word(gathered):
    lines = (gathered.above, gathered.kind, gathered.when)
    looks = Looks(
        title_lines=tuple(filter(None, lines)),
        marking=gathered.marking,
        version=str(gathered.version or ""),
        is_draft=gathered.is_draft,
        head=gathered.reference,
    )
    written = gathered.as_written()
    if gathered.plan:
        sections = (*written.sections, _appendix(gathered.plan))
        written = WrittenDocument(title=written.title, sections=sections)
    return Drawn(as_word(written, looks, made_at=gathered.at))


def _appendix(plan):
    """Word takes plain cells: what stands in one of the plan follows one another there."""
    texts = [*plan.notes]
    for table in plan.tables:
        rows = [
            ["; ".join(words.text for words in cell) or "–" for cell in line.cells]
            for line in table.lines
            if not line.banner
        ]
        texts += [f"**{table.heading}**", table_of([one.heading for one in table.columns], rows)]
    paragraphs = tuple(WrittenParagraph(number="", text=text) for text in texts if text)
    return WrittenSection(number="", heading=APPENDIX, paragraphs=paragraphs)


_WRITERS = {"pdf": _pdf, "html": _html, "docx": _word}
