"""What the plan, the statement or the chronology says at a moment, in one of its two variants."""

from dataclasses import replace

from django.utils import timezone

from actionplans.papers import services as papers
from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.kinds import Layout
from reports.models import Kind, Variant
from reports.papers.entries import chronology_of
from reports.papers.values import (
    GatheredPaper,
    PublicPaper,
    stretches_of,
    stretches_of_paper,
    with_texts,
)
from reports.papers.withholding import Withholding
from reports.rendering.dates import sayer_of

PAPERS = {Kind.ACTION_PLAN: PaperKind.PLAN, Kind.PROGRESS_STATEMENT: PaperKind.STATEMENT}


def gather_paper(
    review, kind, *, variant, at, by, title="", version=0, is_final=False, layout="", as_of=None
):
    """`at` is an aware datetime; `by` is whose rights decide what is in it, None for all of it. `layout` of an
    action plan is one of actionplans.papers.kinds.Layout; `as_of` the day as of which it speaks, else that of `at`.

    In the anonymised variant what is surely one of the people of the review, in whoever's words, is replaced by
    what may be said of them; the scan asks about the rest.
    """
    is_anonymised = variant == Variant.ANONYMISED
    is_public = is_final and is_anonymised
    withheld = Withholding(review) if is_anonymised else None
    if kind == Kind.CHRONOLOGY:
        paper = _chronology(review, by=by, at=at, withheld=withheld)
    else:
        paper = papers.draft(
            papers.scope_of(review),
            kind=PAPERS[kind],
            layout=layout or str(Layout.SEVEN),
            as_of=as_of or timezone.localdate(at),
            by=by,
        )
    paper = replace(paper, title=title or paper.title, is_draft=not is_final)
    if withheld:
        paper = _anonymised(paper, withheld)
    if version:
        paper = replace(paper, facts=(*paper.facts, ("Version", _version(version, is_final))))
    return GatheredPaper(
        kind=str(kind),
        variant=str(variant),
        version=version,
        made_at=at.isoformat(),
        is_public=is_public,
        paper=_public(paper) if is_public else paper,
    )


def _chronology(review, *, by, at, withheld):
    if withheld is None:
        return chronology_of(review, by=by, at=at)
    return chronology_of(review, by=by, at=at, say=sayer_of(review), counts=withheld.counts)


def _anonymised(paper, withheld):
    """With a note above the table that says how much was replaced."""
    first = with_texts(paper, withheld.from_stretches(stretches_of_paper(paper)))
    noted = _noted(first, withheld)
    _, *texts = withheld.as_decided(stretches_of(noted))
    changed = with_texts(noted, texts)
    return (
        noted if changed == noted else _noted(replace(changed, notes=changed.notes[:-1]), withheld)
    )


def _noted(paper, withheld):
    return replace(paper, notes=(*paper.notes, said_of(withheld.counts)))


def said_of(counts):
    """One sentence, which never says that nothing else tells who somebody is."""
    how_often = ", ".join(f"{kind}: {n}" for kind, n in sorted(counts.items()))
    return (
        "Anonymised. What is known of the people of the review was replaced by what may be said of them"
        f"{f' ({how_often})' if how_often else ''}."
    )


def _version(version, is_final):
    return str(version) if is_final else f"{version}, draft"


def _public(paper):
    return PublicPaper(**{name: getattr(paper, name) for name in paper.__dataclass_fields__})
