"""What a document says at a moment, in one of its two variants."""

from django.utils import timezone

from actionplans.papers import services as papers
from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.kinds import Layout
from foundations.office.pdf import MARKING
from reports.blocks import Blocks
from reports.empty import with_text
from reports.models import DRAFTS, Block, Kind, Paragraph, Variant
from reports.outline import Outline
from reports.papers.gathering import gather_paper
from reports.rendering.dates import death_in_words, sayer_of
from reports.rendering.gathered import Gathered, GatheredParagraph, GatheredSection
from reports.values import quoted

PUBLIC = "OFFICIAL"
SHEETS = frozenset({Kind.LEARNING_BRIEFING, Kind.FAMILY_COPY})


def gather(document, *, variant, version, at, by, with_plan=False, is_final=False):
    """`at` is an aware datetime; `by` is whose rights decide what the plan shows, None for all of it.

    The words of the authors are the same in both variants. What is inserted from the data says of the
    anonymised one no more than the rules for publication of the people of the review. A final one does
    not say that it is a draft; where it is anonymised as well, anybody may come to read it.
    """
    review = document.review
    if document.is_from_data:
        return gather_paper(
            review,
            document.kind,
            title=document.title,
            variant=variant,
            version=version,
            at=at,
            by=by,
            is_final=is_final,
        )
    say = sayer_of(review) if variant == Variant.ANONYMISED else str
    blocks = Blocks(document, say=say, is_final=is_final)
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
        sections=tuple(_shown(_sections(document, blocks), is_final)),
        plan=plan_of(review, by, at) if with_plan else None,
        has_chapters=document.kind == Kind.OVERVIEW,
        is_sheet=document.kind in SHEETS,
    )


def _shown(sections, is_final):
    """A heading without a number under which nothing stands, however deep, says nothing to whoever reads a final
    version. One with a number stays: others are counted from it."""
    sections = list(sections)
    kept = {one.key for one in with_text(sections)}
    return [one for one in sections if not is_final or one.number or one.key in kept]


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


def plan_of(review, by, at):
    """The plan as it stands at a moment, as `by` may see it; None where nothing is in it yet."""
    made = papers.draft(
        papers.scope_of(review),
        kind=PaperKind.PLAN,
        layout=Layout.SEVEN,
        as_of=timezone.localdate(at),
        by=by,
    )
    return made if made.rows else None
