"""A document of the database as plain values, for whoever checks, draws or exports it."""

from foundations.gov.prose import with_references
from reports.blocks import Blocks
from reports.models import Paragraph
from reports.outline import Outline
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection


def to_written(document, outline=None):
    """As it reads now: numbers counted, references in numbers, what is inserted made anew. A quotation
    is a Markdown quotation. An empty inserted piece is left out."""
    outline = outline or Outline(document, texts=True)
    blocks = Blocks(document)
    sections = (
        WrittenSection(
            number=placed.number,
            heading=placed.section.heading,
            level=placed.level,
            paragraphs=tuple(_written(placed, outline, blocks)),
            key=str(placed.section.key),
        )
        for placed in outline.sections
    )
    return WrittenDocument(title=document.title, sections=tuple(sections))


def _written(placed, outline, blocks):
    for one in placed.paragraphs:
        text = markdown_of(one.paragraph, outline, blocks)
        if text:
            yield WrittenParagraph(number=one.number, text=text, key=str(one.paragraph.key))


def markdown_of(paragraph, outline, blocks):
    """What a paragraph says, with references in words."""
    if paragraph.is_block:
        return blocks.text_of(paragraph.block)
    text = with_references(paragraph.text, outline.words_of)
    return quoted(text) if paragraph.kind == Paragraph.Kind.QUOTATION else text


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
