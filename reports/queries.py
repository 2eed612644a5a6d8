"""Sections and paragraphs as their pages show them, to one person."""

from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import Truncator

from foundations.gov.prose import html_of, referred
from foundations.office.differences import pieces_of
from reports.blocks import Blocks
from reports.copies.queries import remarks_beside
from reports.empty import has_something
from reports.models import Citation, Doubt, Paragraph, RemarkMove, SectionTemplate
from reports.references import with_numbers
from reports.standing import since


@dataclass(frozen=True)
class Chip:
    """One thing that a paragraph rests on, with where it is read."""

    citation: Citation
    text: str
    href: str
    since: str = ""  # as for standing.since


@dataclass(frozen=True)
class Shown:
    """A paragraph as it is read."""

    paragraph: Paragraph
    number: str
    html: str
    chips: list = field(default_factory=list)
    has_more: bool = False  # it rests on what this person may not read
    doubts: tuple = ()  # of the file or the document that it came from, not settled yet
    remarks: tuple = ()  # what was said of it and is open, as far as this person may read it

    @property
    def called(self):
        """For those who hear a link alone."""
        return _called(self.paragraph, self.number)


def _called(paragraph, number):
    if number:
        return f"paragraph {number}"
    if paragraph.is_block:
        return f"“{paragraph.get_block_display()}”"
    words = Truncator(" ".join(paragraph.text.split())).words(5, truncate=" …")
    return f"the paragraph “{words}”"


def shown_section(placed, outline, user):
    """[Shown], in order; a constant number of queries, and those of what is inserted."""
    return _shown(placed.paragraphs, outline, user, refer=outline.refer)


def shown_whole(placed, outline, user):
    """[(PlacedSection, [Shown])] of several sections that stand on one page, in as many queries as one of
    them takes; what refers to something on the page leads to where it stands there."""
    marks = {f"{kind}-{key}" for kind, key in _keys_on_the_page(placed)}

    def refer(kind, key):
        found, mark = outline.refer(kind, key), f"{kind}-{key}"
        return (found[0], f"#{mark}") if found and mark in marks else found

    rows = [one for section in placed for one in section.paragraphs]
    shown = iter(_shown(rows, outline, user, refer=refer))
    return [(one, list(islice(shown, len(one.paragraphs)))) for one in placed]


def _keys_on_the_page(placed):
    for section in placed:
        yield "s", section.section.key
        yield from (("p", one.paragraph.key) for one in section.paragraphs)


def _shown(placed, outline, user, *, refer):
    blocks = Blocks(outline.document)
    rows = [one.paragraph for one in placed]
    chips, more = chips_of(rows, user)
    doubts, remarks = doubts_of(rows, user), remarks_beside(rows, user)
    return [
        Shown(
            paragraph=one.paragraph,
            number=one.number,
            html=_html(one, blocks, refer),
            chips=chips.get(one.paragraph.pk, []),
            has_more=one.paragraph.pk in more,
            doubts=tuple(doubts.get(one.paragraph.pk, ())),
            remarks=tuple(remarks.get(one.paragraph.pk, ())),
        )
        for one in placed
    ]


def _html(placed, blocks, refer):
    paragraph, called = placed.paragraph, _called(placed.paragraph, placed.number)
    text = blocks.shown(paragraph.block) if paragraph.is_block else paragraph.text
    return html_of(text, refer=refer, footnotes=f"p{paragraph.pk}", called=called)


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
    return Chip(citation, text, href, since(citation))


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


def neighbours_of(placed, outline, *, only_written):
    """(the section before, the section after), in the order of reading; with `only_written` the nearest in
    which a paragraph stands."""
    rows = outline.sections
    at = next(n for n, one in enumerate(rows) if one.section.pk == placed.section.pk)
    before, after = rows[:at][::-1], rows[at + 1 :]
    return tuple(
        next((one for one in side if has_something(one) or not only_written), None)
        for side in (before, after)
    )


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


def history_of(versions, outline):
    """[Step], the newest first; references read as the numbers that they have today."""
    steps, before = [], ""
    taken = Prefetch("taken_from", RemarkMove.objects.select_related("remark__by"))
    for one in versions.order_by("number").prefetch_related(taken):
        text = with_numbers(one.text, outline)
        steps.append(Step(one, pieces_of(before, text)))
        before = text
    return steps[::-1]
