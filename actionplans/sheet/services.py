"""The way of an edited sheet into the plan: keep it, show what it would change, save all or nothing.

The caller asked rules.py; state is asked again here, under the plan's lock.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.services import KeyOfAnother, NotReady
from actionplans.sheet import comparing
from actionplans.sheet.models import Keep, Kind, PlanSheet, SheetLine
from actionplans.sheet.reading import Asked, NotASheet, Returned
from actionplans.sheet.saving import CannotSave, carry_out
from actionplans.sheet.standing import Plan
from actionplans.sheet.workbook import digest_of
from audit.models import EventType
from audit.services import record
from foundations.post.jobs import queue_job, run_job
from foundations.post.models import Job
from foundations.vault.services import store
from reviews.lifecycle.ended import ReviewEnded, sentence

MEANWHILE = (
    "The action plan changed while you were looking at this page. Nothing was saved. Look at the "
    "changes below again before you save them."
)
NO_LONGER = "Whoever asked for this may no longer change the plan. Nothing was saved."
KIND_OF_JOB = "actionplans.save_sheet"
AT_ONCE = 500  # rows that are saved while their sender waits: about two seconds
OF_ANOTHER = (
    "This sheet was downloaded from the plan of another review. Bring it there, or download the plan "
    "of this review to edit it"
)
State, Source = PlanSheet.State, PlanSheet.Source
_FIRST = {Kind.PROBLEM: 0, Kind.ADDED: 1, Kind.CHANGED: 1, Kind.REMOVED: 2, Kind.LEFT_OUT: 3}


# --- Bringing -----------------------------------------------------------------------------------


@transaction.atomic
def bring(review, returned, *, source, name, reason, by, key, content=None):
    """Keep what came back, with what it would change. The same key again gives the first one's sheet.

    Raises NotASheet of what was taken from the plan of another review.
    """
    if found := _sheet_with(key, review):
        return found
    if returned.reference and returned.reference != review.reference:
        raise NotASheet(OF_ANOTHER)
    review = lock_plan(review)
    stored = store(content, name=name, scope=review.vault_scope) if content else None
    try:
        with transaction.atomic():
            sheet = PlanSheet.objects.create(
                review=review,
                stored=stored,
                name=stored.name if stored else name,
                source=source,
                key=key,
                reason=reason.strip(),
                by_number=not any(row.id for row in returned.rows),
                taken=sorted(returned.taken),
                warnings=_warnings_of(returned),
                by=by,
            )
    except IntegrityError:  # the other click was quicker: keep its file, not this one
        if stored:
            stored.delete()
        return _sheet_with(key, review)
    if stored:
        record(
            EventType.FILE_UPLOADED,
            by=by,
            review=review,
            target=sheet,
            size=stored.size,
            sha256=stored.sha256,
        )
    plan = Plan(review, by)
    stood = digest_of(one for one in plan.rows if str(one.row.pk) in returned.taken)
    sheet.is_outdated = bool(returned.digest) and returned.digest != stood
    _show(sheet, _compared(sheet, plan, returned.rows))
    return sheet


def set_for_all(review, rows, values, *, reason, by, key):
    """The same lead, owner, target, level or theme for many rows at once. `values`: {column: text}."""
    asked = [Asked(at, dict(values), id=str(row.pk)) for at, row in enumerate(rows, start=1)]
    return bring(
        review,
        Returned(asked),
        source=Source.FORM,
        name=f"{len(asked):,} {'row' if len(asked) == 1 else 'rows'} at once",
        reason=reason,
        by=by,
        key=key,
    )


def _warnings_of(returned):
    repeated = [
        f"The heading “{heading}” stands there twice. Only the first of the columns was read."
        for heading in returned.repeated
    ]
    return [*returned.warnings, *repeated]


def _sheet_with(key, review):
    found = PlanSheet.objects.filter(key=key).first()
    if found and found.review_id != review.pk:
        raise KeyOfAnother
    return found


# --- Showing ------------------------------------------------------------------------------------


@transaction.atomic
def choose(sheet, *, keep, removes, by):
    """Whose words stay where two changed the same, and what becomes of rows that were deleted."""
    lock_plan(sheet.review)
    sheet = _open(sheet)
    sheet.keep, sheet.removes, sheet.problem = Keep(keep), removes, ""
    _show(sheet, _compared(sheet, Plan(sheet.review, by), _asked_of(sheet)))
    return sheet


def _compared(sheet, plan, rows):
    return comparing.compare(
        plan,
        rows,
        by_number=sheet.by_number,
        taken=frozenset(sheet.taken),
        keep=Keep(sheet.keep),
        removes=sheet.removes,
    )


def _asked_of(sheet):
    """In the order of the sheet: that of the page changes with what is chosen, and the sign with it."""
    return [Asked(**line.asked) for line in sheet.lines.filter(at__gt=0).order_by("at", "position")]


def _show(sheet, lines):
    """Keep what is not as the plan has it. Rows that were there and are unchanged need no second look:
    from here on only those that are missing count as taken. Those that only gave way to what somebody
    else changed are kept unseen: the choice may fall otherwise."""
    counts = comparing.counts_of(lines)
    compared_again = sheet.lines.filter(kind=Kind.UNCHANGED).count()
    unchanged = counts[Kind.UNCHANGED] + sheet.counts.get(Kind.UNCHANGED, 0) - compared_again
    sheet.counts = counts | {str(Kind.UNCHANGED): unchanged}
    sheet.sign = comparing.sign_of(lines)
    sheet.taken = [str(line.standing.row.pk) for line in lines if not line.asked]
    kept = [line for line in lines if line.kind is not Kind.UNCHANGED or line.gave_way]
    kept.sort(key=lambda line: (_FIRST.get(line.kind, len(_FIRST)), line.at))
    sheet.save()
    sheet.lines.all().delete()
    SheetLine.objects.bulk_create(
        [_line_of(sheet, at, line) for at, line in enumerate(kept, start=1)], batch_size=500
    )


def _line_of(sheet, position, line):
    asked = line.asked
    return SheetLine(
        sheet=sheet,
        position=position,
        at=line.at,
        row=line.standing and line.standing.row,
        number=line.number,
        kind=line.kind,
        asked=vars(asked) if asked else {},
        changes=line.changes,
        problems=[(problem.column or "", problem.message) for problem in line.problems],
        notes=line.notes,
    )


# --- Saving -------------------------------------------------------------------------------------


@transaction.atomic
def begin_saving(sheet, *, by):
    """Have what was shown saved. A second click finds that it has begun."""
    lock_plan(sheet.review)
    sheet = _locked(sheet)
    if sheet.state in (State.SAVING, State.SAVED) and not _was_given_up(sheet):
        return sheet
    if not sheet.can_be_saved and sheet.state != State.SAVING:
        raise NotReady(sheet.pk)
    sheet.state, sheet.problem, sheet.by = State.SAVING, "", by
    sheet.times_queued += 1
    sheet.job_key = f"{KIND_OF_JOB}:{sheet.pk}:{sheet.times_queued}"
    sheet.save()
    queue_job(KIND_OF_JOB, key=sheet.job_key, by=by, sheet_id=sheet.pk)
    return sheet


def _was_given_up(sheet):
    return sheet.state == State.SAVING and job_of(sheet).state == Job.State.FAILED


def job_of(sheet):
    """How far it is. Who may see a sheet may see that, whoever asked for it."""
    return Job.objects.get(key=sheet.job_key)


def save(sheet, *, by):
    """Begin to save, and wait where it is short. Returns the sheet as it stands then."""
    sheet = begin_saving(sheet, by=by)
    if sheet.state == State.SAVING and sheet.changes <= AT_ONCE:
        run_job(job_of(sheet).pk)
        sheet.refresh_from_db()
    return sheet


def save_all(sheet, *, by):
    """All of what was shown or nothing, in the transaction that marks the job done.

    With the rights that its asker has now, not with those they had when they asked; where saving
    would now do something else, it is shown again. Returns the result of the job.
    """
    try:
        lock_plan(sheet.review)
    except ReviewEnded:
        return _show_again(_locked(sheet), sentence(sheet.review))
    sheet = _locked(sheet)
    if sheet.state != State.SAVING:
        return {}
    if not PlanSheet.objects.visible_to(by).filter(pk=sheet.pk).exists():
        return _show_again(sheet, NO_LONGER)
    lines = _compared(sheet, Plan(sheet.review, by), _asked_of(sheet))
    if comparing.sign_of(lines) != sheet.sign:
        _show(sheet, lines)
        return _show_again(sheet, MEANWHILE)
    try:
        with transaction.atomic():
            carry_out(sheet, lines, by=by)
    except CannotSave as refusal:
        return _show_again(sheet, str(refusal))
    sheet.state, sheet.saved_at = State.SAVED, timezone.now()
    sheet.save()
    record(
        EventType.PLAN_SHEET_SAVED,
        by=by,
        review=sheet.review,
        target=sheet,
        source=str(sheet.source),
        added=sheet.counts[Kind.ADDED],
        changed=sheet.counts[Kind.CHANGED],
        removed=sheet.counts[Kind.REMOVED],
        reported=sum("report" in line.wants for line in lines),
        moved=sum("target" in line.wants for line in lines if line.kind == Kind.CHANGED),
        sha256=sheet.stored.sha256 if sheet.stored else "",
    )
    return {"saved": sheet.changes}


def _show_again(sheet, problem):
    sheet.state, sheet.problem = State.PREVIEWED, problem
    sheet.save()
    return {"refused": True}


@transaction.atomic
def discard(sheet, *, by):
    """Nothing of it is taken over; the file itself stays on record."""
    sheet = _open(sheet)
    sheet.state = State.DISCARDED
    sheet.save()
    sheet.lines.all().delete()
    record(EventType.IMPORT_DISCARDED, by=by, review=sheet.review, target=sheet)
    return sheet


def _locked(sheet):
    return PlanSheet.objects.select_for_update(of=("self",)).for_display().get(pk=sheet.pk)


def _open(sheet):
    sheet = _locked(sheet)
    if not sheet.is_open:
        raise NotReady(sheet.pk)
    return sheet
