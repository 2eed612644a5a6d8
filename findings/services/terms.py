"""How far each agency answered each term, and which headings of its report bear on it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.models import TermAnswer, TermPassage
from findings.services.locking import (
    ChangedMeanwhile,
    KeyOfAnother,
    TakenAway,
    lock_review,
    remove,
)


@transaction.atomic
def judge(term, participation, *, verdict, by, key, seen=None, note=""):
    """Said anew each time; the last one counts. `seen` is the one that its writer had before them
    (0: none); where somebody was quicker, nothing is said over theirs."""
    lock_review(term.review)
    if found := TermAnswer.objects.filter(key=key).first():
        if (found.term_id, found.participation_id) != (term.pk, participation.pk):
            raise KeyOfAnother
        return found
    if participation.review_id != term.review_id or participation.is_lead_only:
        raise ValidationError("That agency gives no evidence in this review.")
    last = term.answers.filter(participation=participation).order_by("-pk").first()
    if seen is not None and seen != (last.pk if last else 0):
        raise ChangedMeanwhile
    if last and (last.verdict, last.note) == (verdict, note.strip()):
        return last
    answer = TermAnswer(
        term=term,
        participation=participation,
        key=key,
        verdict=verdict,
        note=note.strip(),
        by=by,
    )
    answer.full_clean(exclude=["by"])
    answer.save()
    _tell(
        EventType.TERM_ANSWER_JUDGED,
        term,
        by=by,
        agency=participation.agency.name,
        verdict=str(verdict),
    )
    return answer


@transaction.atomic
def tie(term, passages, *, by):
    """Headings of reports that were sent. What is tied already stays. Returns what is new."""
    lock_review(term.review)
    if not passages:
        raise ValidationError("Choose at least one heading")
    made = []
    for passage in passages:
        version = passage.file.submission
        if version.request.participation.review_id != term.review_id or not version.is_sent:
            raise ValidationError("That heading stands in nothing that was sent to this review.")
        link, created = TermPassage.objects.live().get_or_create(
            term=term, passage=passage, removed_at=None, defaults={"made_by": by}
        )
        if created:
            made.append(link)
            part = version.request.participation
            _tell(EventType.PASSAGE_TIED, term, by=by, agency=part.agency.name)
    return made


@transaction.atomic
def untie(link, *, by):
    lock_review(link.term.review)
    link = TermPassage.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not link.is_live:
        raise TakenAway
    remove(link, by=by)
    part = link.passage.file.submission.request.participation
    _tell(EventType.PASSAGE_UNTIED, link.term, by=by, agency=part.agency.name)
    return link


def _tell(type_, term, *, by, **data):
    record(type_, by=by, review=term.review, target=term, **data)
