"""Looks for mismatches and keeps what was found: new, changed, gone, found again.

A mismatch is known again by its key, whatever its words; a judgement stays with it, and says by the
digest of the evidence whether it was about the same. One look at a review at a time.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from chronologies.mismatches.finding.engine import Engine
from chronologies.mismatches.finding.explaining import date_of
from chronologies.mismatches.models import (
    Mismatch,
    MismatchEntry,
    MismatchPart,
    MismatchPassage,
)
from chronologies.mismatches.services.gathering import gather
from chronologies.mismatches.services.neighbours import neighbourhood
from foundations.dates import PartialDate
from foundations.post.jobs import job_kind, queue_job
from foundations.post.models import Job
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review

KIND = "chronologies.mismatches"
_LOCK = 0x4D49534D  # of our own among advisory locks


@dataclass(frozen=True)
class Looked:
    """What one look did, in numbers."""

    found: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0
    read: int = 0  # entries that were read anew
    looked_at: int = 0  # entries that findings may hang on


@transaction.atomic
def refresh(review, entries=None):
    """Look at a whole review, or at what these entries (ids) touch, and keep what was found."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, review.pk])
    review = Review.objects.get(pk=review.pk)
    refuse_if_ended(review)
    case = gather(review)
    engine = Engine(case)
    scope = neighbourhood(review, engine, entries) if entries else None
    found = engine.find(scope)
    looked = _Keeping(review, engine, found, scope).keep()
    record(
        EventType.MISMATCHES_FOUND,
        by=None,
        review=review,
        found=looked.found,
        added=looked.added,
        changed=looked.changed,
        gone=looked.gone,
    )
    return looked


class _Keeping:
    """Brings the rows of a review in line with what was found."""

    def __init__(self, review, engine, found, scope):
        self.review, self.engine, self.found, self.scope = review, engine, found, scope
        self.now = timezone.now()
        self.notes = {note.id: note for note in engine.case.notes}

    def keep(self):
        rows = {row.key: row for row in Mismatch.objects.filter(review=self.review)}
        links = _links_of(self.review)
        wanted = {self.key_of(each): each for each in self.found}
        new = [
            self._filled(Mismatch(review=self.review, key=k), wanted[k])
            for k in wanted.keys() - rows.keys()
        ]
        Mismatch.objects.bulk_create(sorted(new, key=lambda row: row.key), batch_size=500)
        changed = []
        for key in sorted(wanted.keys() & rows.keys()):
            before = _values(rows[key])
            if _values(self._filled(rows[key], wanted[key])) != before:
                rows[key].changed_at = self.now
                changed.append(rows[key])
        gone = [
            row
            for key, row in rows.items()
            if key not in wanted and row.gone_at is None and self._was_looked_at(row, links)
        ]
        for row in gone:
            row.gone_at = self.now
        if changed or gone:
            Mismatch.objects.bulk_update(changed + gone, _FIELDS, batch_size=500)
        self._link({row.key: row for row in (*rows.values(), *new)}, wanted, links)
        read = self.engine.reader.read_count
        looked_at = len(self.scope) if self.scope is not None else len(self.engine.case.accounts)
        return Looked(len(wanted), len(new), len(changed), len(gone), read, looked_at)

    def _was_looked_at(self, row, links):
        """Only what hangs on an entry that was looked at can have gone."""
        if self.scope is None:
            return True
        entries = links.entries.get(row.pk, ())
        of_report = not entries or row.pk in links.passages
        return of_report or entries[0] in self.scope

    def key_of(self, each):
        """What it is about; not its words, nor which kind it is taken for."""
        anchor = f"passage {each.passages[0]}" if each.anchor is None else each.anchor
        return hashlib.sha256(f"{anchor}|{each.about}".encode()).hexdigest()

    def _filled(self, row, each):
        row.kind, row.also_kinds, row.confidence = each.kind, list(each.also), each.confidence
        row.explanation, row.missing_from_id = each.explanation, each.missing_from
        row.date, row.evidence, row.gone_at = self._date(each), self._evidence(each), None
        return row

    def _date(self, each):
        if each.anchor is None:
            return each.date or PartialDate.none()
        return date_of(self.engine.index.by_id[each.anchor])

    def _evidence(self, each):
        """A digest of every word and date that it rests on."""
        said = []
        for pk in sorted(each.entries):
            account = self.engine.index.by_id[pk]
            date = [str(value) for value in account.date]
            said.append([pk, date, account.text, account.action, account.comment, account.source])
        said += [[note.id, note.text] for pk in each.passages if (note := self.notes.get(pk))]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    # --- Links ---------------------------------------------------------------------------------------

    def _link(self, rows, wanted, links):
        parts, entries, passages, stale = [], [], [], []
        for key, each in wanted.items():
            row = rows[key]
            bodies = tuple(b for b in each.bodies if b is not None)
            if (
                links.parts.get(row.pk, ()) == tuple(sorted(bodies))
                and links.entries.get(row.pk, ()) == each.entries
                and links.passages.get(row.pk, ()) == each.passages
            ):
                continue
            stale.append(row.pk)
            parts += [MismatchPart(mismatch=row, participation_id=body) for body in bodies]
            entries += [
                MismatchEntry(mismatch=row, entry_id=pk, position=n)
                for n, pk in enumerate(each.entries)
            ]
            passages += [
                MismatchPassage(mismatch=row, passage_id=pk, position=n)
                for n, pk in enumerate(each.passages)
            ]
        for model, links_ in (
            (MismatchPart, parts), (MismatchEntry, entries), (MismatchPassage, passages),
        ):  # fmt: skip
            model.objects.filter(mismatch__in=stale).delete()
            model.objects.bulk_create(links_, batch_size=1000)


@dataclass
class _Links:
    parts: dict
    entries: dict
    passages: dict


def _links_of(review):
    return _Links(
        {pk: tuple(sorted(ids)) for pk, ids in _grouped(MismatchPart, review, "participation_id", "pk").items()},
        _grouped(MismatchEntry, review, "entry_id", "position"),
        _grouped(MismatchPassage, review, "passage_id", "position"),
    )  # fmt: skip


def _grouped(model, review, column, order):
    found = {}
    rows = model.objects.filter(mismatch__review=review).order_by("mismatch", order)
    for mismatch, value in rows.values_list("mismatch_id", column):
        found[mismatch] = (*found.get(mismatch, ()), value)
    return found


_FIELDS = [
    "kind", "also_kinds", "confidence", "explanation", "missing_from", "evidence", "gone_at", "changed_at",
    "date_text", "date_earliest", "date_latest", "date_precision", "date_circa", "date_base",
]  # fmt: skip


def _values(row):
    return [
        row.kind, list(row.also_kinds), row.confidence, row.explanation, row.missing_from_id, row.evidence,
        row.gone_at, row.date,
    ]  # fmt: skip


# --- Looking again by itself --------------------------------------------------------------------------


@transaction.atomic
def look_again(review, *, entries=None):
    """Have a worker look again: at what these entries touch, or (None) at all of the review.

    What waits already takes more entries on, so that a morning's corrections are one look.
    """
    waiting = (
        Job.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(kind=KIND, state=Job.State.QUEUED, tries=0, payload__review_id=review.pk)
        .first()
    )
    if waiting is None:
        entries = sorted(set(entries)) if entries is not None else None
        key = f"{KIND}:{review.pk}:{uuid.uuid4().hex}"
        return queue_job(KIND, key=key, by=None, review_id=review.pk, entries=entries)
    if waiting.payload["entries"] is not None:
        more = None if entries is None else sorted({*waiting.payload["entries"], *entries})
        waiting.payload["entries"] = more
        waiting.save(update_fields=["payload"])
    return waiting


@job_kind(KIND)
def look(job):
    """Nothing slow happens before its effect: it reads and keeps under one lock, or not at all."""
    return partial(_look, job.payload["review_id"], job.payload["entries"])


def _look(review_id, entries):
    review = Review.objects.get(pk=review_id)
    if review.has_ended:
        return {}
    looked = refresh(review, entries=entries)
    return {"found": looked.found, "added": looked.added, "gone": looked.gone}
