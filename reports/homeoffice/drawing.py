"""The data form and the answers to letters as files: drawn as versions of documents are."""

import io
import uuid

from django.utils import timezone

from foundations.gov.prose import table_of
from foundations.office.pdf import MARKING
from foundations.office.writing import Sheet, write_workbook
from reports.homeoffice.form import as_rows
from reports.rendering.files import drawn
from reports.rendering.gathered import Gathered, GatheredParagraph, GatheredSection

FORM, ANSWERS = "Data form", "Answers to the Home Office"
FORM_HEADINGS = ("Field", "Answer", "How it is known")
ANSWER_HEADINGS = ("Point", "What the letter says", "Answer", "Paragraph")
NOTE = (
    "The fields are those of the national library of reviews, as far as they are known. Where nobody "
    "said anything the answer is “Unknown”, and never “No”."
)


def form_as_pdf(review, parts, *, version, at):
    """Raises RenderFailed where no PDF comes out."""
    sections = [_section("About this form", NOTE)]
    for part in parts:
        rows = [(line.field.label, line.value, line.source) for line in part.lines]
        sections.append(_section(part.heading, table_of(FORM_HEADINGS, rows)))
    return drawn(_gathered(review, FORM, sections, version=version, at=at), "pdf").content


def form_as_workbook(parts):
    out = io.BytesIO()
    sheet = Sheet(FORM, ("Of", *FORM_HEADINGS), as_rows(parts), widths=(30, 40, 40, 60))
    write_workbook([sheet], out, marking=MARKING)
    return out.getvalue()


def answers_as(format_, review, letters, *, version, at):
    """`letters`: [(OfficeLetter, [queries.Answered])]. Each point as it was asked, and what was done.

    Raises RenderFailed where no PDF comes out."""
    sections = []
    for letter, points in letters:
        rows = [
            (str(one.point.number), _line(one.asked), _line(one.said), one.paragraph or "–")
            for one in points
        ]
        heading = f"Letter {letter.number}, of {letter.on:%-d %B %Y}"
        table = table_of(ANSWER_HEADINGS, rows) or "No point of this letter was entered."
        sections.append(_section(heading, table))
    return drawn(_gathered(review, ANSWERS, sections, version=version, at=at), format_).content


def _line(text):
    return " ".join(text.split())


def _section(heading, text):
    paragraph = GatheredParagraph(number="", text=text, key=str(uuid.uuid4()), block=heading)
    return GatheredSection("", heading, 1, str(uuid.uuid4()), (paragraph,))


def _gathered(review, title, sections, *, version, at):
    return Gathered(
        title=title,
        kind=f"Review {review.reference}",
        above=review.partnership.name,
        reference=review.reference,
        variant="",
        version=version,
        is_draft=False,
        marking=MARKING,
        when="",
        made_at=timezone.localtime(at).isoformat(timespec="seconds"),
        sections=tuple(sections),
    )
