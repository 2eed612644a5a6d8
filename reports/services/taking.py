"""The words of one document as the first words of another: copied with all that they rest on. From then
on each of the two goes its own way."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from foundations.gov.prose import REFERENCE, UNKNOWN, escaped
from reports.empty import empty_of
from reports.layouts.alike import FITTING
from reports.models import CITED, MOST, Citation, Document, Doubt, Paragraph, ParagraphVersion
from reports.outline import Outline

FROZEN = (
    "{n} within {whose} became plain words here, and no longer {follows} its numbers: {words}. Look whether {it} "
    "still {leads} where {it} should."
)


@dataclass(frozen=True)
class Taken:
    """How many paragraphs were taken, of how many that are written in the other document; `without` are
    the headings under which somebody has to write still, and `frozen` what those paragraphs are called in which
    references became plain words; beside each of these stands a doubt."""

    many: int
    of: int
    without: tuple[str, ...]
    frozen: tuple[str, ...] = ()


def source_of_words(review, source):
    """The document as it is now, of a locked review. Raises ValidationError for what has no words to give."""
    found = Document.objects.live().filter(review=review, pk=source.pk).first()
    if found is None:
        raise ValidationError({"words_from": "That document was taken away meanwhile."})
    if found.is_from_data:
        raise ValidationError({"words_from": "Nobody writes that document. Choose another one"})
    found.review = review
    return found


def take_words(document, source, *, by):
    """Into a document that was just begun: the written paragraphs of each section with the same code, or
    one that fits; none stands in two sections. What refers to a paragraph that was taken too refers to the
    new one; other references become words, and a doubt beside the paragraph says which. Returns {"taken": paragraphs,
    "cited": citations, "frozen": references that became words}."""
    outline = Outline(source, texts=True)
    sections = [one.section for one in Outline(document).sections if one.section.code]
    gathered, placed = _gathered(outline), []
    given = _given([one.code for one in sections], gathered)
    for section in sections:
        placed += _placed(section, gathered.get(given.get(section.code), ()), by=by)
    frozen = _refer(placed, outline, document)
    Paragraph.objects.bulk_create([new for _, new in placed])
    ParagraphVersion.objects.bulk_create([_first_version(new, by) for _, new in placed])
    whose = _called(source, document)
    Doubt.objects.bulk_create(_doubt(document, new, words, whose) for new, words in frozen)
    return {
        "taken": len(placed),
        "cited": _cite({old.pk: new for old, new in placed}, by=by),
        "frozen": sum(len(words) for _, words in frozen),
    }


def taken(document, source):
    """A Taken, of two documents between which words were taken."""
    versions = ParagraphVersion.objects.filter(
        paragraph__section__document=document, origin=ParagraphVersion.Origin.TAKEN
    )
    outline = Outline(document)
    doubted = set(document.doubts.exclude(paragraph=None).values_list("paragraph", flat=True))
    return Taken(
        many=versions.values("paragraph").distinct().count(),
        of=sum(one.written for one in Outline(source).sections),
        without=tuple(one.section.heading for one in empty_of(outline.sections)),
        frozen=tuple(
            one.number or f"under {placed.title}"
            for placed, one in outline.paragraphs
            if one.paragraph.pk in doubted
        ),
    )


# --- Which, and where ---------------------------------------------------------------------------


def _gathered(outline):
    """{code: [Paragraph]}: what stands in a section without a code belongs to the one around it."""
    codes, found = {}, {}
    for one in outline.sections:
        section = one.section
        codes[section.pk] = code = section.code or codes.get(section.parent_id, "")
        found.setdefault(code, []).extend(each.paragraph for each in one.paragraphs)
    return found


def _given(codes, gathered):
    """{code of a section: that of the section whose words it is given}, for `codes` in the order of reading.
    The words of each are given once: to the section that they fit best, the first of those."""
    written = {code for code, rows in gathered.items() if any(not one.is_block for one in rows)}
    choices = {code: (code, *FITTING.get(code, ())) for code in codes}
    given = {}
    for rank in range(max(map(len, choices.values()), default=0)):
        for code, ranked in choices.items():
            fits = code not in given and rank < len(ranked) and ranked[rank] in written
            if fits:
                given[code] = ranked[rank]
                written.discard(ranked[rank])
    return given


def _placed(section, rows, *, by):
    """[(Paragraph, its unsaved copy)]; what is inserted in both stands at the same place in both."""
    inserted = {one.block: one for one in section.paragraphs.live() if one.is_block}
    meets = [one.block for one in rows if one.is_block and one.block in inserted]
    position = len(inserted) - len(set(meets))
    placed = []
    for one in rows:
        if not one.is_block:
            position += 1
            copy = Paragraph(section=section, position=position, kind=one.kind, made_by=by)
            placed.append((one, copy))
        elif here := inserted.pop(one.block, None):
            position += 1
            here.position = position
            here.save(update_fields=["position"])
    return placed


# --- What they say ------------------------------------------------------------------------------


def _refer(placed, outline, document):
    """Gives each copy its text. Returns [(copy, words that stand in the place of a reference)] of those copies in
    which there are any."""
    new_keys = {str(old.key): new.key for old, new in placed}
    whose = _called(outline.document, document)
    found = []

    def words(frozen, match):
        kind, key = match.groups()
        if kind == "p" and key in new_keys:
            return f"[[p:{new_keys[key]}]]"
        said = outline.words_of(kind, key)
        frozen.append(f"{said} of {whose}" if said else UNKNOWN)
        return f"{escaped(said)} of {escaped(whose)}" if said else UNKNOWN

    for old, new in placed:
        found.append((new, []))
        new.text = REFERENCE.sub(partial(words, found[-1][1]), old.text)
        if len(new.text) > MOST:
            number = outline.placed_paragraph(old)[1].number or "without a number"
            raise ValidationError(
                {"words_from": f"Paragraph {number} is too long. Divide it first"}
            )
    return [(new, frozen) for new, frozen in found if frozen]


def _doubt(document, paragraph, words, whose):
    is_one = len(words) == 1
    said = FROZEN.format(
        n="A reference" if is_one else f"{len(words)} references",
        whose=whose,
        follows="follows" if is_one else "follow",
        words=", ".join(f"“{one}”" for one in dict.fromkeys(words)),
        it="it" if is_one else "they",
        leads="leads" if is_one else "lead",
    )
    return Doubt(document=document, paragraph=paragraph, kind=Doubt.Kind.PLACE, text=said)


def _called(source, document):
    """In plain words."""
    if source.kind == document.kind:
        return f"“{source.title}”"
    return f"the {source.get_kind_display().lower()}"


def _first_version(paragraph, by):
    return ParagraphVersion(
        paragraph=paragraph,
        number=1,
        what=ParagraphVersion.What.WRITTEN,
        kind=paragraph.kind,
        text=paragraph.text,
        origin=ParagraphVersion.Origin.TAKEN,
        by=by,
    )


def _cite(copies, *, by):
    """What each rests on, at the version that was meant. Returns how many."""
    sources = [f"{name}_id" for name in CITED]
    rows = Citation.objects.live().filter(paragraph__in=copies).order_by("pk")
    return len(
        Citation.objects.bulk_create(
            Citation(
                paragraph=copies[one.paragraph_id],
                version=one.version,
                made_by=by,
                **{name: getattr(one, name) for name in sources},
            )
            for one in rows
        )
    )
