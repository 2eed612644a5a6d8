"""Reporting on many rows at once: what `report` keeps of one, in as few queries as for one.

Of words alone: files, and dates that move, are said of one row at a time. Whoever calls this tells the
trail of all of it in one event.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actionplans.asking.answered import answer_rows
from actionplans.importing import lock_plan
from actionplans.models import Recommendation, Status
from actionplans.progress.models import ProgressNote, Source
from actionplans.progress.services import Said, doubts_of_names, refuse, status_after
from actionplans.rows.models import PlanRow
from actionplans.rows.services import roll_up_all
from actionplans.services import ChangedMeanwhile
from reviews import rules
from reviews.access import access_of

AT_ONCE = 500


@dataclass(frozen=True)
class Report:
    """`seen`: when the row was last reported on, as the writer saw it."""

    row: PlanRow
    key: object
    seen: object
    answer: str
    words: str
    evidence: str = ""
    why_none: str = ""
    participation: object = None
    on_behalf: bool = False

    @property
    def said(self):
        texts = {name: getattr(self, name) for name in ("words", "evidence", "why_none")}
        return Said.of(answer=str(self.answer), why_moved="", new_target=None, files=(), **texts)


@transaction.atomic
def report_all(review, reports, *, by, source=Source.SHEET, on=None):
    """Raises ChangedMeanwhile where somebody else reported since, and ValidationError."""
    review = lock_plan(review)
    runs_plan = rules.can_run_plan(access_of(by), review)
    rows = _locked_rows(review, reports)
    notes = []
    for report in reports:
        row, said = rows.get(report.row.pk), report.said
        if row is None or row.told_at != report.seen:
            raise ChangedMeanwhile(report.row.pk)
        refuse(said, row, runs_plan=runs_plan, on=on or timezone.localdate())
        notes.append(
            ProgressNote(
                recommendation=row.recommendation,
                row=row,
                participation=report.participation,
                key=report.key,
                answer=said.answer,
                note=said.words,
                evidence=said.evidence,
                why_none=said.why_none,
                status=status_after(said.answer, row, runs_plan=runs_plan),
                status_before=row.status,
                on_behalf=report.on_behalf,
                source=source,
                by=by,
            )
        )
    ProgressNote.objects.bulk_create(notes, batch_size=AT_ONCE)
    _settle(notes)
    answer_rows(notes)
    return notes


def _settle(notes):
    doubtful = []
    for note in notes:
        note.row.status, note.row.told_at = note.status, note.at
        if note.status != Status.DONE:
            note.row.done_at = None
        if doubts := doubts_of_names(note, f"{note.note}\n{note.evidence}\n{note.why_none}"):
            note.recommendation.doubts += doubts
            doubtful.append(note.recommendation)
    PlanRow.objects.bulk_create(
        [note.row for note in notes],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["status", "told_at", "done_at"],
        batch_size=AT_ONCE,
    )
    Recommendation.objects.bulk_update(doubtful, ["doubts"], batch_size=AT_ONCE)
    roll_up_all({note.recommendation_id: note.recommendation for note in notes}.values())


def _locked_rows(review, reports):
    """{id: row}, every row of one recommendation with the same object of it."""
    rows = PlanRow.objects.select_for_update(of=("self",)).live().filter(review=review)
    rows = rows.filter(pk__in=[report.row.pk for report in reports]).select_related("action")
    ones = Recommendation.objects.select_for_update(of=("self",)).live()
    ones = ones.filter(pk__in=[report.row.recommendation_id for report in reports])
    shared = {one.pk: one for one in ones.order_by("pk")}
    found = {}
    for row in rows.order_by("pk"):
        if row.recommendation_id in shared:
            row.recommendation = shared[row.recommendation_id]
            row.review = row.recommendation.review = review
            found[row.pk] = row
    return found
