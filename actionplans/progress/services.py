"""Reporting on a row of a plan. The caller asked rules.py; state is asked again here, under a lock."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.asking.answered import answer_rows
from actionplans.editing import moving
from actionplans.editing.words import is_same_target
from actionplans.importing import lock_plan
from actionplans.models import CLOSED, NAME_DOUBT, Recommendation, Status
from actionplans.progress.models import Answer, EvidenceFile, ProgressNote, Source
from actionplans.rows.models import PlanRow
from actionplans.rows.publication import due_of, published_on
from actionplans.rows.services import roll_up
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record
from foundations.dates import PartialDate
from foundations.vault.services import store
from reviews import rules
from reviews.access import access_of
from reviews.people.names import names_of

BOTH = "You say where it can be seen and why there is nothing to show. Leave one of them blank"
NOTHING_SHOWS_IT = "Say where it can be seen, add a file, or say why there is nothing to show"
CLOSED_ALREADY = (
    "This has been accepted as finished. Only the people who run the plan can open it again"
)
IN_THE_PAST = "The new date is before today. Give a date that is still to come"
NOT_A_DATE = "Give a date with a last day, for example 31 March 2027, March 2027 or autumn 2027"


@dataclass(frozen=True)
class Said:
    """What somebody reports, as it is kept."""

    answer: str
    words: str
    evidence: str
    why_none: str
    new_target: PartialDate
    why_moved: str
    files: tuple  # (name, content)

    @classmethod
    def of(cls, *, new_target, files, **texts):
        texts = {
            name: text.replace("\r\n", "\n").replace("\x00", "") for name, text in texts.items()
        }
        texts = {name: text.strip() for name, text in texts.items()}
        return cls(**texts, new_target=new_target or PartialDate.none(), files=tuple(files))

    @property
    def is_done(self):
        return self.answer == Answer.REPORTED

    @property
    def texts(self):
        return "\n".join((self.words, self.evidence, self.why_none, self.why_moved))


@transaction.atomic
def report(
    row,
    *,
    answer,
    words,
    by,
    key,
    seen,
    participation=None,
    on_behalf=False,
    files=(),
    evidence="",
    why_none="",
    new_target=None,
    why_moved="",
    source=Source.PAGE,
    on=None,
):
    """Keep a dated update, with the status it gives. The same key again gives the first one's note.

    `seen` is when the row was last reported on as its writer saw it: raises ChangedMeanwhile where
    somebody else reported since, so that nobody answers over words that they have not read. Done, and
    no longer right, wait for whoever runs the plan. `files` are (name, content) that passed the gate.
    Raises ValidationError with what to say beside which field.
    """
    review = lock_plan(row.review)
    if found := ProgressNote.objects.filter(key=key).first():
        if found.row_id != row.pk:
            raise KeyOfAnother
        return found
    row, recommendation = _locked(row, seen)
    said = Said.of(
        answer=str(answer),
        words=words,
        evidence=evidence,
        why_none=why_none,
        why_moved=why_moved,
        new_target=new_target,
        files=files,
    )
    runs_plan = bool(by) and rules.can_run_plan(access_of(by), review)
    refuse(said, row, runs_plan=runs_plan, on=on or timezone.localdate())
    note = ProgressNote.objects.create(
        recommendation=recommendation,
        row=row,
        participation=participation,
        key=key,
        answer=said.answer,
        note=said.words,
        evidence=said.evidence,
        why_none=said.why_none,
        status=status_after(said.answer, row, runs_plan=runs_plan),
        status_before=row.status,
        on_behalf=on_behalf,
        source=source,
        by=by,
    )
    for name, content in said.files:
        stored = store(content, name=name, scope=review.vault_scope)
        EvidenceFile.objects.create(note=note, stored=stored, name=stored.name)
    move = _move(row, recommendation, said, note)
    _settle(row, note)
    answer_rows([note])
    recommendation.doubts += doubts_of_names(note, said.texts)
    recommendation.save(update_fields=["doubts"])
    roll_up(recommendation)
    _tell(note, move, files=len(said.files))
    return note


def problems_of(row, *, by, on=None, **said):
    """What would be refused, as {field: messages}, without saving anything."""
    runs_plan = rules.can_run_plan(access_of(by), row.review)
    try:
        refuse(Said.of(**said), row, runs_plan=runs_plan, on=on or timezone.localdate())
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


def _locked(row, seen):
    recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=row.recommendation_id)
    )
    row = PlanRow.objects.select_for_update(of=("self",)).select_related("action").get(pk=row.pk)
    row.recommendation, row.review = recommendation, recommendation.review
    if recommendation.is_withdrawn or row.ended_at is not None or row.told_at != seen:
        raise ChangedMeanwhile(row.pk)
    return row, recommendation


def refuse(said, row, *, runs_plan, on):
    """Everything that is wrong at once, each beside its field."""
    problems = {}
    if said.answer not in Answer.values:
        problems["answer"] = "Say where it stands now"
    elif row.status in CLOSED and not runs_plan:
        problems["answer"] = CLOSED_ALREADY
    if not said.words and said.answer != Answer.NO_CHANGE:
        problems["words"] = "Say what was done" if said.is_done else "Say what has happened"
    if said.is_done and not (said.files or said.evidence or said.why_none):
        problems["evidence"] = NOTHING_SHOWS_IT
    problems |= _wrong_with_date(said, row, on=on)
    if problems:
        raise ValidationError(problems)


def _wrong_with_date(said, row, *, on):
    new = said.new_target
    if new.precision == "none":
        return (
            {"new_target": "Give the new date that this is the reason for"}
            if said.why_moved
            else {}
        )
    if said.answer in {Answer.REPORTED, Answer.SUPERSEDED}:
        return {"new_target": "What is done or no longer right needs no new date"}
    if new.latest is None or new.precision == "invalid":
        return {"new_target": NOT_A_DATE}
    if new.latest < on:
        return {"new_target": IN_THE_PAST}
    if row.due is not None and not said.why_moved and not is_same_target(new, row.target):
        return {"why_moved": "Say why the date moves"}
    return {}


def status_after(answer, row, *, runs_plan):
    """That something is no longer right is the lead's to say and not the lead's to settle."""
    if answer == Answer.NO_CHANGE or (answer == Answer.SUPERSEDED and not runs_plan):
        return row.status
    return Status(answer)


def _settle(row, note):
    row.status, row.told_at = note.status, note.at
    if row.status != Status.DONE:
        row.done_at = None
    row.save(update_fields=["status", "told_at", "done_at", "due", "first_due", "moves"])


def _move(row, recommendation, said, note):
    """The new target stands where the row's own does; what it was is kept. None: it did not move."""
    new = said.new_target
    if new.precision == "none":
        return None
    move = moving.of_row(row, new, reason=said.why_moved, by=note.by)
    if move is None:
        return None
    move.note = note
    move.save()
    place = row.action or recommendation
    if row.action:
        row.action.keep_file_words()
    place.target, place.target_as_written = new, new.text
    place.save(update_fields=_columns(place))
    row.due = due_of(row.target, partial(published_on, row.review))
    return move


def _columns(place):
    return [
        field.name
        for field in place._meta.concrete_fields
        # As written, and as read; and what its file had said.
        if field.name.startswith("target_") or field.name == "file_words"
    ]


def doubts_of_names(note, texts):
    """A real name in what somebody reported who may not know whose it is: for those who do.

    Its writer is not told, because that would tell who is on the register; whoever keeps the register
    was asked while they typed. The note stays as it was written.
    """
    review = note.recommendation.review
    if note.by and rules.can_keep_register(access_of(note.by), review):
        return []
    if not names_of(review).find(texts):
        return []
    at = timezone.localtime(note.at)
    message = (
        "A real name of somebody in this review stands in the progress reported on "
        f"{at:%-d %B %Y at %H:%M}. Ask for it to be reported again with the pseudonym."
    )
    return [{"column": "progress", "message": message, "kind": NAME_DOUBT, "settled": False}]


def _tell(note, move, *, files):
    agency = note.participation.agency.name if note.participation else ""
    about = {"by": note.by, "review": note.recommendation.review, "target": note.row}
    record(
        EventType.PROGRESS_ADDED,
        **about,
        agency=agency,
        answer=note.answer,
        status=str(note.status),
        on_behalf=note.on_behalf,
        source=str(note.source),
        files=files,
    )
    if move:
        record(EventType.TARGET_MOVED, **about, agency=agency, moves=note.row.moves)
