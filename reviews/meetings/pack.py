"""The pack of a meeting as one PDF: agenda, last minutes, and the papers that the panel has.

A PDF goes in as it is. Anything else cannot be turned into pages honestly, so it is named as a file
that travels separately.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string

from foundations.office.pdf import MARKING, Part, Supplied, render_parts
from reviews.meetings.models import AgendaLine, Paper
from reviews.meetings.queries import last_minutes
from reviews.terms.difference import texts_of
from reviews.wording.blocks import blocks_of


@dataclass(frozen=True)
class Made:
    content: bytes
    name: str
    papers: list


def papers_in(meeting, user):
    """What the panel has and this person may see."""
    rows = Paper.objects.visible_to(user).filter(meeting=meeting)
    return rows.for_the_panel().for_display()


def may_still_have(pack, user):
    """Whether this person may see today all that the pack holds or names."""
    visible = papers_in(pack.meeting, user).values_list("pk", flat=True)
    return set(pack.papers) <= set(visible)


def make(meeting, user, *, tell=None):
    """Written with the rights that this person has now."""
    papers = list(papers_in(meeting, user))
    reference = meeting.review.reference
    content = render_parts(
        _parts(meeting, user, papers, tell),
        title=f"Pack for {meeting}, {reference}",
    )
    return Made(
        content=content,
        name=f"{reference} meeting {meeting.number} pack.pdf",
        papers=[paper.pk for paper in papers],
    )


def _parts(meeting, user, papers, tell):
    steps = 2 + len(papers)
    yield _page(meeting, "pack_agenda", "Agenda", agenda=_agenda(meeting, user), papers=papers)
    if minutes := last_minutes(meeting, user):
        yield _page(
            meeting,
            "pack_minutes",
            f"Minutes of {minutes.meeting}",
            continues=True,
            minutes=minutes,
            blocks=blocks_of(minutes.text),
        )
    for number, paper in enumerate(papers, start=1):
        if tell:
            tell(number + 1, steps)
        if paper.terms_id:
            yield _terms(meeting, paper)
        elif paper.goes_into_the_pack:
            yield Supplied(paper.stored.content, paper.title)


def _agenda(meeting, user):
    return AgendaLine.objects.visible_to(user).filter(meeting=meeting)


def _terms(meeting, paper):
    version = paper.terms
    texts = texts_of([version])[version.pk]
    return _page(
        meeting,
        "pack_terms",
        paper.title,
        continues=True,
        version=version,
        purposes=blocks_of(version.purposes),
        terms=[text for text in texts if text.term.kind == "term"],
        lines=[text for text in texts if text.term.kind == "line"],
    )


def _page(meeting, template, label, **context):
    review = meeting.review
    facts = [("When", meeting.when), ("Where", meeting.where or "Not settled")]
    html = render_to_string(
        f"reviews/meetings/{template}.html",
        {
            "title": str(meeting),
            "kind": f"Review {review.reference}",
            "reference": review.reference,
            "marking": MARKING,
            "facts": facts,
            "heading": label,
            **context,
        },
    )
    return Part(html, label)
