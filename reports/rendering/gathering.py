"""What a document says at a moment, in one of its two variants."""

from django.utils import timezone

from actionplans.papers import services as papers
from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.kinds import Layout
from foundations.office.pdf import MARKING
from reports.blocks import Blocks
from reports.models import DRAFTS, Block, Paragraph, Variant
from reports.outline import Outline
from reports.rendering.dates import death_in_words, sayer_of
from reports.rendering.gathered import Gathered, GatheredParagraph, GatheredSection
from reports.values import quoted

PUBLIC = "OFFICIAL"


def gather(document, *, variant, version, at, by, with_plan=False, is_final=False):
    """`at` is an aware datetime; `by` is whose rights decide what the plan shows, None for all of it.

    The words of the authors are the same in both variants. What is inserted from the data says of the
    anonymised one no more than the rules for publication of the people of the review. A final one does
    not say that it is a draft; where it is anonymised as well, anybody may come to read it.
    """
    review = document.review
    say = sayer_of(review) if variant == Variant.ANONYMISED else str
    return Gathered(
        title=document.title,
        kind=document.get_kind_display(),
        above=review.partnership.name,
        reference=review.reference,
        variant=str(variant),
        version=version,
        is_draft=document.state in DRAFTS and not is_final,
        marking=PUBLIC if is_final and variant == Variant.ANONYMISED else MARKING,
        when=death_in_words(review),
        made_at=at.isoformat(),
        sections=tuple(_sections(document, Blocks(document, say=say))),
        plan=_plan(review, by, at) if with_plan else None,
    )


def _sections(document, blocks):
    for placed in Outline(document, texts=True).sections:
        yield GatheredSection(
            number=placed.number,
            heading=placed.section.heading,
            level=placed.level,
            key=str(placed.section.key),
            paragraphs=tuple(_paragraphs(placed, blocks)),
        )


def _paragraphs(placed, blocks):
    """What is inserted and has nothing to show is left out."""
    for one in placed.paragraphs:
        paragraph = one.paragraph
        if text := _text(paragraph, blocks):
            block = Block(paragraph.block).label if paragraph.is_block else ""
            yield GatheredParagraph(one.number, text, str(paragraph.key), block)


def _text(paragraph, blocks):
    if paragraph.is_block:
        return blocks.text_of(paragraph.block)
    is_quoted = paragraph.kind == Paragraph.Kind.QUOTATION
    return quoted(paragraph.text) if is_quoted else paragraph.text


def _plan(review, by, at):
    """None where it has no recommendation yet."""
    made = papers.draft(
        papers.scope_of(review),
        kind=PaperKind.PLAN,
        layout=Layout.SEVEN,
        as_of=timezone.localdate(at),
        by=by,
    )
    return made if made.rows else None
