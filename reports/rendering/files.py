"""What was gathered, as a file: tagged PDF, a web page that stands alone, Word."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from foundations.gov.prose import table_of
from foundations.vault.downloads import DOCX, PDF, XLSX
from reports.papers.drawing import content_of
from reports.papers.values import GatheredPaper
from reports.rendering.paper import APPENDIX, Sheets, contents_of, context_of
from reports.word.out import Looks, as_word
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

MEDIA_TYPES = {"pdf": PDF, "html": "text/html; charset=utf-8", "docx": DOCX, "xlsx": XLSX}


@dataclass(frozen=True)
class Drawn:
    content: bytes
    pages: int | None = None  # of what has pages of its own


def drawn(gathered, format_, kept=None):
    """The file. `kept` are the parts of it that were drawn before, if it is one that is drawn in parts
    (reports.rendering.kept). Raises RenderFailed where no PDF comes out."""
    if isinstance(gathered, GatheredPaper):
        return Drawn(*content_of(gathered, format_))
    return _WRITERS[format_](gathered, kept)


def _pdf(gathered, kept):
    book = Sheets(gathered).book(kept)
    return Drawn(book.content, book.pages)


def _html(gathered, _):
    context = context_of(gathered)
    page = render_to_string(
        "reports/rendering/page.html", context | {"contents": contents_of(context)}
    )
    return Drawn(page.encode())


def _word(gathered, _):
    death = f"Death: {gathered.when}" if gathered.when else ""
    lines = (gathered.above, gathered.said_kind, death, gathered.said_variant)
    looks = Looks(
        title_lines=tuple(filter(None, lines)),
        marking=gathered.marking,
        version=str(gathered.version or ""),
        is_draft=gathered.is_draft,
        head=gathered.reference,
        contents=not gathered.is_sheet,
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
