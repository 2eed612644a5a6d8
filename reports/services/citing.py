"""What a paragraph rests on: cited, and cited no longer. No row is ever changed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.services.evidence import refuse_unfit
from findings.services.locking import TakenAway, remove
from reports.models import CITED, Citation
from reports.services.locking import lock_paragraph

_SOURCE_OF = {model: name for name, model in CITED.items()}


@transaction.atomic
def cite(paragraph, rows, *, by):
    """`rows` are of the models of reports.models.CITED. What is cited already stays as it is. Returns
    what is new."""
    document, paragraph = lock_paragraph(paragraph)
    if not rows:
        raise ValidationError("Choose at least one thing to cite")
    made = []
    for row in rows:
        source = source_of(row)
        _REFUSE.get(source, refuse_unfit)(document.review, row)
        if paragraph.citations.live().filter(**{source: row}).exists():
            continue
        one = Citation(paragraph=paragraph, version=version_of(row), made_by=by, **{source: row})
        one.full_clean(exclude=["paragraph", "made_by"])
        one.save()
        made.append(one)
    if made:
        counts = {name: sum(one.source == name for one in made) for name in CITED}
        said = {name: n for name, n in counts.items() if n}
        _tell(EventType.CITED, document, paragraph, by=by, **said)
    return made


@transaction.atomic
def uncite(citation, *, by):
    document, paragraph = lock_paragraph(citation.paragraph)
    citation = Citation.objects.select_for_update(of=("self",)).get(pk=citation.pk)
    if not citation.is_live:
        raise TakenAway
    remove(citation, by=by)
    _tell(EventType.UNCITED, document, paragraph, by=by, source=citation.source)
    return citation


def source_of(row):
    return _SOURCE_OF[type(row)]


def version_of(row):
    """How often a row has been changed: which version of it is meant. What never changes has 0."""
    if hasattr(row, "changes"):
        return row.changes
    return row.versions.count() if hasattr(row, "versions") else 0


def _refuse_concluded(review, row):
    if row.review_id != review.pk:
        raise ValidationError("That is of another review.")
    if not row.is_live:
        raise ValidationError(f"{row} was taken away.")


def _refuse_recommendation(review, row):
    if row.review_id != review.pk:
        raise ValidationError("That is of another review.")
    if row.withdrawn_at:
        raise ValidationError(f"{row} was withdrawn.")


def _refuse_answer(review, row):
    if row.query.participation.review_id != review.pk:
        raise ValidationError("That answer is of another review.")


_REFUSE = {
    "finding": _refuse_concluded,
    "lesson": _refuse_concluded,
    "recommendation": _refuse_recommendation,
    "answer": _refuse_answer,
}


def _tell(type_, document, paragraph, *, by, **data):
    record(type_, by=by, review=document.review, target=paragraph, number=document.number, **data)
