"""Making papers: drafts, which nobody keeps, and final ones. The caller asked rules.py."""

import hashlib
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.papers.kinds import KEPT_FORMATS, Kind
from actionplans.papers.making import make
from actionplans.papers.models import PlanPaper
from actionplans.papers.placeholders import left_open
from actionplans.papers.printing import drawn
from actionplans.services import KeyOfAnother
from audit.models import EventType
from audit.services import record
from foundations.vault.services import store
from reviews.models import Review

NOT_YET = "Nobody knows yet how it will stand then. Choose today or a day before"
NO_REVIEW = "No review of this partnership goes on whose plan you run"


class LeftOpen(Exception):
    """Something in it was never filled in: `places` says where. Nothing is kept."""

    def __init__(self, places):
        super().__init__()
        self.places = places


class LookFirst(Exception):
    """What would be kept is not what its maker saw: `document` is. Nothing is kept."""

    def __init__(self, document):
        super().__init__()
        self.document = document


@dataclass(frozen=True)
class Scope:
    """What a paper is about: one review, or those of a partnership that one person runs."""

    partnership: object
    reviews: tuple
    review: object = None

    @property
    def key(self):
        """What its files are called."""
        return self.review.reference if self.review else self.partnership.slug

    @property
    def vault_scope(self):
        return self.review.vault_scope if self.review else f"partnership:{self.partnership.pk}"


def scope_of(review):
    return Scope(review.partnership, (review,), review)


def last_final(scope, *, kind, layout, as_of, papers):
    """The paper that a new one of this kind is compared with. `papers`: those its maker may read."""
    before = papers.of(scope).filter(kind=kind, layout=layout, as_of__lt=as_of)
    return before.order_by("-as_of", "-pk").first()


def alike(scope, *, kind, layout, as_of, papers):
    """Final papers of this kind that speak of the same day, the last one first."""
    return papers.of(scope).filter(kind=kind, layout=layout, as_of=as_of).order_by("-pk")


def draft(scope, *, kind, layout, as_of, by):
    """What the paper would say. Nothing is kept of it."""
    layout = layout if kind == Kind.PLAN else ""
    papers = PlanPaper.objects.visible_to(by) if by else PlanPaper.objects.all()
    return make(
        scope.reviews,
        above=scope.partnership.name,
        kind=kind,
        layout=layout,
        as_of=as_of,
        user=by,
        last=last_final(scope, kind=kind, layout=layout, as_of=as_of, papers=papers),
    )


@transaction.atomic
def keep_final(scope, *, kind, layout, as_of, is_given, by, key, on=None, seen=None):
    """Make a paper that is never changed. The same key again gives the first one's.

    `seen` is the digest of the paper that its maker was shown. Raises LookFirst where that is another,
    LeftOpen where something was never filled in, and RenderFailed where no PDF came out.
    """
    for review in sorted(scope.reviews, key=lambda one: one.pk):
        lock_plan(review)
    if found := PlanPaper.objects.filter(key=key).first():
        if found.review_ids != _ids(scope) or found.kind != kind:
            raise KeyOfAnother
        return found
    if not scope.reviews:
        raise ValidationError(NO_REVIEW)
    if as_of > (on or timezone.localdate()):
        raise ValidationError({"as_of": NOT_YET})
    document = draft(scope, kind=kind, layout=layout, as_of=as_of, by=by).as_final()
    if places := left_open(document):
        raise LeftOpen(places)
    if seen is not None and seen != digest_of(document):
        raise LookFirst(document)
    paper = PlanPaper(
        partnership=scope.partnership,
        review=scope.review,
        review_ids=_ids(scope),
        kind=kind,
        layout=document.layout,
        as_of=as_of,
        data=document.to_json(),
        sha256=digest_of(document),
        is_given=is_given,
        key=key,
        by=by,
        **_files(document, scope),
    )
    paper.save()
    for review in scope.reviews:
        record(
            EventType.PAPER_MADE,
            by=by,
            review=review,
            target=paper,
            paper=str(kind),
            as_of=as_of.isoformat(),
            rows=document.rows,
            sha256=paper.sha256,
            given=is_given,
        )
    return paper


def _ids(scope):
    return sorted(review.pk for review in scope.reviews)


def digest_of(document):
    said = json.dumps(document.to_json(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _files(document, scope):
    made_at = timezone.localtime()
    names = {"pdf": "pdf", "docx": "word", "html": "page"}
    return {
        names[format_]: store(
            drawn(document, format_, made_at=made_at),
            name=file_name(scope.key, document, format_),
            scope=scope.vault_scope,
            is_ours=True,
        )
        for format_ in KEPT_FORMATS
    }


def file_name(key, document, format_):
    """References and kinds alone: nobody is named in the name of a file."""
    draft_ = "draft " if document.is_draft else ""
    return f"{key} {draft_}{document.title.lower()} {document.as_of}.{format_}"


def reviews_of(partnership, ids):
    """Of these, what goes on in a partnership, by reference."""
    running = Review.objects.filter(partnership=partnership, pk__in=ids)
    return tuple(review for review in running.order_by("reference") if not review.has_ended)
