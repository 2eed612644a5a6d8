"""Sections and paragraphs as their pages show them, to one person."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import Truncator

from foundations.gov.prose import html_of, referred
from foundations.office.differences import pieces_of
from reports.blocks import Blocks
from reports.copies.queries import remarks_beside
from reports.models import Citation, Doubt, Paragraph, RemarkMove, SectionTemplate


@dataclass(frozen=True)
class Chip:
    """One thing that a paragraph rests on, with where it is read."""

    citation: Citation
    text: str
    href: str
    since: str = ""  # "Changed since", "Withdrawn since"


@dataclass(frozen=True)
class Shown:
    """A paragraph as it is read."""

    paragraph: Paragraph
    number: str
    html: str
    chips: list = field(default_factory=list)
    has_more: bool = False  # it rests on what this person may not read
    doubts: tuple = ()  # of the file that it came from, not settled yet
    remarks: tuple = ()  # what was said of it and is open, as far as this person may read it

    @property
    def called(self):
        """For those who hear a link alone."""
        if self.number:
            return f"paragraph {self.number}"
        if self.paragraph.is_block:
            return f"“{self.paragraph.get_block_display()}”"
        words = Truncator(" ".join(self.paragraph.text.split())).words(5, truncate=" …")
        return f"the paragraph “{words}”"


def shown_section(placed, outline, user):
    """[Shown], in order; a constant number of queries, and those of what is inserted."""
    blocks = Blocks(outline.document)
    rows = [one.paragraph for one in placed.paragraphs]
    chips, more = chips_of(rows, user)
    doubts, remarks = doubts_of(rows, user), remarks_beside(rows, user)
    return [
        Shown(
            paragraph=one.paragraph,
            number=one.number,
            html=_html(one.paragraph, outline, blocks),
            chips=chips.get(one.paragraph.pk, []),
            has_more=one.paragraph.pk in more,
            doubts=tuple(doubts.get(one.paragraph.pk, ())),
            remarks=tuple(remarks.get(one.paragraph.pk, ())),
        )
        for one in placed.paragraphs
    ]


def _html(paragraph, outline, blocks):
    text = blocks.shown(paragraph.block) if paragraph.is_block else paragraph.text
    return html_of(text, refer=outline.refer, footnotes=f"p{paragraph.pk}")


# --- What it rests on ---------------------------------------------------------------------------


def chips_of(paragraphs, user):
    """({id of the paragraph: [Chip]}, ids of those that rest on more than this person may read)"""
    rows = Citation.objects.live().filter(paragraph__in=paragraphs)
    seen = Citation.objects.visible_to(user).live().filter(paragraph__in=paragraphs)
    found, shown = {}, set()
    for one in seen.for_display().with_changes().order_by("pk"):
        shown.add(one.pk)
        found.setdefault(one.paragraph_id, []).append(_chip(one))
    more = {paragraph for pk, paragraph in rows.values_list("pk", "paragraph") if pk not in shown}
    return found, more


def _chip(citation):
    text, href = _CALLED[citation.source](citation.cited)
    return Chip(citation, text, href, _since(citation))


def _since(citation):
    cited = citation.cited
    gone = getattr(cited, "withdrawn_at", None) or getattr(cited, "removed_at", None)
    if gone:
        return "Withdrawn since" if citation.source == "entry" else "Taken away since"
    changed = getattr(cited, "changes", citation.changes_kept)
    return "Changed since" if changed != citation.version else ""


def _entry(one):
    whose = one.participation.agency.name if one.participation else "Review team"
    return f"{whose}, {one.date or 'no date'}", one.get_absolute_url()


def _answer(one):
    query = one.query
    review = query.participation.review
    text = f"Answer of {query.participation.agency} to query {query.number}"
    return text, reverse("reviews:query-detail", args=[review.reference, query.key])


def _passage(one):
    version = one.file.submission
    text = f"{version.participation.agency}, {version.title}, “{one.title}”"
    return text, f"{version.get_absolute_url()}#passage-{one.position}"


def _contact(one):
    who = one.correspondent
    text = f"{who}, {one.on or 'no date'}"
    return text, reverse("reviews:correspondent", args=[who.review.reference, who.pk])


def _by_its_name(one):
    return str(one), one.get_absolute_url()


_CALLED = {
    "entry": _entry,
    "finding": _by_its_name,
    "lesson": _by_its_name,
    "recommendation": _by_its_name,
    "answer": _answer,
    "passage": _passage,
    "minutes": lambda one: (f"{one.meeting}: {one}", one.get_absolute_url()),
    "contact": _contact,
}


def doubts_of(paragraphs, user):
    """{id of the paragraph: [Doubt]} of those that nobody has settled, for whoever may."""
    found = {}
    for one in (
        Doubt.objects.visible_to(user).open().filter(paragraph__in=paragraphs).order_by("pk")
    ):
        found.setdefault(one.paragraph_id, []).append(one)
    return found


# --- Beside it ----------------------------------------------------------------------------------


def guidance_of(section):
    """What its layout says of it, or None."""
    template = section.document.template_id
    if not (template and section.code):
        return None
    return SectionTemplate.objects.filter(template=template, code=section.code).first()


def neighbours_of(placed, outline):
    """(the section before, the section after), in the order of reading."""
    rows = outline.sections
    at = next(n for n, one in enumerate(rows) if one.section.pk == placed.section.pk)
    return (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)


def references_in(text, outline):
    """[(as it is kept, what it reads as)] of the references in a text."""
    pairs = dict.fromkeys(referred(text))
    return [
        (f"[[{kind}:{key}]]", outline.words_of(kind, key) or "something that was taken out")
        for kind, key in pairs
    ]


@dataclass(frozen=True)
class Step:
    """One version, with what it changed of the one before."""

    version: object
    pieces: tuple

    @property
    def kind(self):
        return self.version.get_kind_display()

    @property
    def suggested_by(self):
        """Whose text was accepted, where the version came of that."""
        taken = next(iter(self.version.taken_from.all()), None)
        return taken and taken.remark.by


def history_of(versions):
    """[Step], the newest first."""
    steps, before = [], ""
    taken = Prefetch("taken_from", RemarkMove.objects.select_related("remark__by"))
    for one in versions.order_by("number").prefetch_related(taken):
        steps.append(Step(one, pieces_of(before, one.text)))
        before = one.text
    return steps[::-1]
