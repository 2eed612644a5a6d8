"""What was said of a draft, and extracts with their answers, as their pages show them to one person."""

from dataclasses import dataclass, field

from foundations.gov.prose import html_of
from foundations.office.differences import pieces_of
from reports.copies.wording import html_with, numbers_in, typed
from reports.models import AccuracyRound, Done, ExtractAnswer, ExtractLine, Remark, RemarkMove
from reports.real_names import said_in as said_in_text

TAKEN_OUT = "Taken out of the document"


@dataclass(frozen=True)
class Said:
    """A remark, with what they read and what they suggest instead."""

    remark: Remark
    called: str  # "paragraph 5.3.4"
    href: str  # where the paragraph stands now; "" where it was taken out
    read: str  # HTML of what they read; "" where that is not this person's to read
    pieces: tuple  # what the suggested text changes of what they read
    is_changed: bool  # since they read it, and not because their text was accepted
    is_own: bool
    pieces_now: tuple = ()  # what the suggested text changes of what the paragraph says by now
    whose: str = ""  # the agency that said it of its extract
    named: tuple = ()  # pseudonyms of those whom it calls by a real name, for whoever may be told

    @property
    def who(self):
        by = str(self.remark.by or "somebody")
        return f"{by}, {self.whose}" if self.whose else by


@dataclass(frozen=True)
class Heading:
    title: str
    said: list = field(default_factory=list)


def said_of(document, outline, user, *, writes, names):
    """[Heading] with all remarks that this person may read, in the order of reading; `names`, those that
    this person may be told of."""
    rows = Remark.objects.visible_to(user).of(document).for_display().order_by("pk")
    headings = {}
    for placed in outline.sections:
        headings[placed.section.pk] = Heading(placed.title)
    gone = Heading(TAKEN_OUT)
    places = {
        one.paragraph.pk: (n, placed, one) for n, (placed, one) in enumerate(outline.paragraphs)
    }
    found = [(places.get(row.paragraph_id, (-1, None, None)), row) for row in rows]
    for (_, placed, one), row in sorted(found, key=lambda pair: (pair[0][0], pair[1].pk)):
        heading = headings[placed.section.pk] if placed else gone
        heading.said.append(_said(row, placed, one, outline, user, writes=writes, names=names))
    return [one for one in (*headings.values(), gone) if one.said]


def said_in(remark, outline, user, *, writes, names):
    """One of them."""
    placed, one = outline.placed_paragraph(remark.paragraph)
    return _said(remark, placed, one, outline, user, writes=writes, names=names)


def _said(row, placed, one, outline, user, *, writes, names):
    """What a paragraph said before is its authors' alone to read; one's own words stay one's own, and a text
    that went in as it was suggested is what the paragraph says."""
    read, own = row.version.text, row.by_id == user.pk
    changed = one is None or row.paragraph.text != read
    may_read = writes or not changed
    shows_text = may_read or own or (one is not None and row.suggested == row.paragraph.text)
    return Said(
        remark=row,
        called=_called(placed, one),
        href=f"{placed.section.get_absolute_url()}#p-{row.paragraph.key}" if placed else "",
        read=html_of(read, refer=outline.refer, footnotes=f"r{row.pk}") if may_read else "",
        pieces=_pieces(row, outline, read if may_read else "") if shows_text else (),
        pieces_now=_pieces(row, outline, row.paragraph.text) if writes and changed and one else (),
        is_changed=changed and not _was_accepted(row),
        is_own=own,
        whose=_whose(row),
        named=_pseudonyms(row, names),
    )


def _pseudonyms(row, names):
    found = said_in_text(names, f"{row.words}\n{row.suggested}")
    return tuple(dict.fromkeys(pseudonym for _, pseudonym in found))


def _was_accepted(row):
    return row.ended is not None and row.ended.what == Done.ACCEPTED


def _called(placed, one):
    if placed is None:
        return "a paragraph that was taken out"
    return f"paragraph {one.number}" if one.number else f"a paragraph of {placed.title}"


def _pieces(row, outline, before):
    if not row.suggested:
        return ()
    numbers = numbers_in(f"{before} {row.suggested}", outline)
    return pieces_of(typed(before, numbers), typed(row.suggested, numbers))


def _whose(row):
    return row.answer.line.round.participation.agency.name if row.answer_id else ""


def remarks_beside(paragraphs, user):
    """{id of the paragraph: [Remark]} of those that are open."""
    found = {}
    rows = Remark.objects.visible_to(user).open().filter(paragraph__in=paragraphs)
    for one in rows.for_display().order_by("pk"):
        found.setdefault(one.paragraph_id, []).append(one)
    return found


# --- Extracts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One paragraph of an extract, with the answer that counts and what became of it. `earlier`: what was
    said on the agency's behalf before that, which another answer took the place of."""

    line: ExtractLine
    html: str
    answer: ExtractAnswer | None
    pieces: tuple
    outcome: RemarkMove | None
    earlier: tuple = ()


def lines_of(round_, user):
    """[Line], in order, in a constant number of queries. What is not handed in yet its readers see."""
    rows = ExtractLine.objects.visible_to(user).filter(round=round_).select_related("version")
    answers, earlier = {}, {}
    given = ExtractAnswer.objects.visible_to(user).filter(line__round=round_)
    for one in given.select_related("by", "remark").order_by("pk"):
        before = answers.get(one.line_id)
        if before and before.on_behalf:
            earlier.setdefault(one.line_id, []).append(before)
        answers[one.line_id] = one
    outcomes = {}
    moves = RemarkMove.objects.visible_to(user).filter(remark__answer__in=answers.values())
    for move in moves.select_related("remark", "version", "by").order_by("pk"):
        outcomes[move.remark.answer_id] = move
    return [
        _line(one, answers.get(one.pk), outcomes, earlier.get(one.pk, ()))
        for one in rows.order_by("position")
    ]


def _line(line, answer, outcomes, earlier):
    proposed = answer.proposed if answer else ""
    before, numbers = line.version.text, line.references
    return Line(
        line=line,
        html=html_with(before, numbers, footnotes=f"e{line.pk}"),
        answer=answer,
        pieces=pieces_of(typed(before, numbers), typed(proposed, numbers)) if proposed else (),
        outcome=outcomes.get(answer.pk) if answer else None,
        earlier=tuple(earlier),
    )


@dataclass(frozen=True)
class Standing:
    """How one round stands, in words."""

    round: AccuracyRound
    state: str
    colour: str
    paragraphs: int


def standings_of(document, user, *, on):
    """[Standing] of every round of a document, the newest first."""
    rows = AccuracyRound.objects.visible_to(user).filter(document=document).for_display()
    counts = {}
    for pk in ExtractLine.objects.filter(round__in=rows).values_list("round", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return [
        Standing(one, *state_of(one, on=on), counts.get(one.pk, 0)) for one in rows.order_by("-pk")
    ]


def state_of(round_, *, on):
    """(in words, colour of its tag)"""
    if round_.withdrawn_at:
        return "Withdrawn", "grey"
    if round_.handed_in_at:
        return "Answered", "green"
    if late := round_.days_late(on):
        return f"No answer, {late} day{'' if late == 1 else 's'} late", "red"
    return "No answer yet", "orange"
