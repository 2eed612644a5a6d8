"""A document of the database as plain values, for whoever checks, draws or exports it."""

from foundations.gov.prose import with_references
from reports.blocks import Blocks
from reports.models import Paragraph
from reports.outline import Outline
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection


def to_written(document, outline=None, *, keeps_keys=False):
    """As it reads now: numbers counted, references in numbers, what is inserted made anew. A quotation
    is a Markdown quotation. An empty inserted piece is left out. With `keeps_keys`, references stay as
    they are kept, for what comes back with them."""
    outline = outline or Outline(document, texts=True)
    blocks = Blocks(document)
    sections = (
        WrittenSection(
            number=placed.number,
            heading=placed.section.heading,
            level=placed.level,
            paragraphs=tuple(_written(placed, outline, blocks, keeps_keys)),
            key=str(placed.section.key),
        )
        for placed in outline.sections
    )
    return WrittenDocument(title=document.title, sections=tuple(sections))


def _written(placed, outline, blocks, keeps_keys):
    for one in placed.paragraphs:
        text = markdown_of(one.paragraph, outline, blocks, keeps_keys=keeps_keys)
        if text:
            yield WrittenParagraph(number=one.number, text=text, key=str(one.paragraph.key))


def markdown_of(paragraph, outline, blocks, *, keeps_keys=False):
    """What a paragraph says, with references in words unless they are to be kept."""
    if paragraph.is_block:
        return blocks.text_of(paragraph.block)
    words_of = _kept_keys(outline) if keeps_keys else outline.words_of
    text = with_references(paragraph.text, words_of)
    return quoted(text) if paragraph.kind == Paragraph.Kind.QUOTATION else text


def _kept_keys(outline):
    """References as they are kept; what was taken out has no key that could come back."""
    return lambda kind, key: f"[[{kind}:{key}]]" if outline.words_of(kind, key) else None


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def unquoted(text):
    """The text of a Markdown quotation, or None where not all of it is one."""
    lines = text.splitlines()
    if not lines or not all(line.startswith(">") for line in lines):
        return None
    return "\n".join(line[1:].removeprefix(" ") for line in lines)
