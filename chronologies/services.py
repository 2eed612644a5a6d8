"""Changes to a chronology. The caller asked rules.py; state is asked again here, under a lock."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from chronologies import importing
from chronologies.importing import ReasonNeeded, lock_place
from chronologies.mismatches.services.refreshing import look_again as look_for_mismatches
from chronologies.models import (
    ChronologyImport,
    ColumnMapping,
    Entry,
    Export,
    SourceFile,
)
from chronologies.naming import doubts_of_names, names_known
from chronologies.versions import keep_version
from foundations.office import problem_copy
from foundations.post.jobs import queue_job, run_job
from foundations.post.models import Job
from foundations.vault.models import StoredFile
from foundations.vault.services import store
from reviews import rules
from reviews.access import access_of
from reviews.lifecycle.ended import sentence

MEANWHILE = (
    "The chronology changed while you were looking at this page. "
    "Nothing was saved. Look at the changes below again before you save them."
)


SUBMITTED_MEANWHILE = (
    "The chronology was submitted while you were looking at this page. "
    "Nothing was saved. To change it now, give a reason."
)


NO_LONGER = (
    "Whoever asked for this may no longer change this chronology. Nothing was saved. "
    "Somebody who may can upload the file again."
)


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew the entry first."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the entry first."""


class KeyOfAnother(Http404):
    """The key came with somebody else's form, or one of another place: what it made is not shown."""


class NotReady(Exception):
    """The import is not at the step that was asked for."""


# --- Entries, by hand ---------------------------------------------------------------------------


@transaction.atomic
def add_entry(review, participation, *, by, key, content, on_behalf=False):
    """One entry typed in. The same key again gives the first one's entry."""
    lock_place(review, participation)
    if found := Entry.objects.filter(key=key).first():
        if (found.review_id, found.participation) != (review.pk, participation):
            raise KeyOfAnother
        return found
    last = Entry.objects.in_place(review, participation).aggregate(last=Max("position"))["last"]
    entry = Entry(
        review=review,
        participation=participation,
        position=(last or 0) + 1,
        key=key,
        created_by=by,
        on_behalf=on_behalf,
        **content,
    )
    entry.doubts = doubts_of_names(entry, names_known(review, participation))
    entry.full_clean(exclude=["search"])
    entry.save()
    _tell(EventType.ENTRY_ADDED, entry, by=by, on_behalf=on_behalf)
    look_for_mismatches(review, entries=[entry.pk])
    return entry


@transaction.atomic
def change_entry(entry, *, by, content, seen, reason="", on_behalf=False):
    """Keep what the entry said, then change it. `seen` is the number of versions the editor saw."""
    entry = _locked(entry)
    if entry.versions.count() != seen:
        raise ChangedMeanwhile(entry.pk)
    changed = sorted(name for name, value in content.items() if getattr(entry, name) != value)
    if not changed:
        return entry
    _need_reason(entry, reason)
    keep_version(entry, by=by, reason=reason, on_behalf=on_behalf)
    for name in changed:
        setattr(entry, name, content[name])
    entry.is_date_inherited = entry.is_date_inherited and "date" not in changed
    entry.doubts = [
        doubt | {"settled": doubt["settled"] or _answers(changed, doubt)} for doubt in entry.doubts
    ]
    names = names_known(entry.review, entry.participation)
    entry.doubts += [doubt for doubt in doubts_of_names(entry, names) if _answers(changed, doubt)]
    entry.changed_at, entry.changed_by = timezone.now(), by
    entry.full_clean(exclude=["search"])
    entry.save()
    _tell(EventType.ENTRY_CHANGED, entry, by=by, on_behalf=on_behalf, fields=changed)
    look_for_mismatches(entry.review, entries=[entry.pk])
    return entry


def _answers(changed, doubt):
    """A doubt about a field is settled by whoever changes that field."""
    return {"person": "persons"}.get(doubt["column"], doubt["column"]) in changed


@transaction.atomic
def withdraw_entry(entry, *, by, reason, on_behalf=False):
    """Take an entry out of the chronology. It stays on record, with the reason."""
    entry = _locked(entry)
    keep_version(entry, by=by, reason=reason, on_behalf=on_behalf)
    entry.withdrawn_at, entry.withdrawn_by = timezone.now(), by
    entry.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _tell(EventType.ENTRY_WITHDRAWN, entry, by=by, on_behalf=on_behalf)
    look_for_mismatches(entry.review, entries=[entry.pk])
    return entry


@transaction.atomic
def settle_doubt(entry, number, *, by, on_behalf=False):
    """Somebody looked: the row is right as it stands. Safe to repeat."""
    entry = _locked(entry)
    if not 0 <= number < len(entry.doubts):
        raise ChangedMeanwhile(entry.pk)
    if not entry.doubts[number]["settled"]:
        entry.doubts[number]["settled"] = True
        entry.save(update_fields=["doubts"])
        _tell(
            EventType.DOUBT_SETTLED,
            entry,
            by=by,
            on_behalf=on_behalf,
            column=entry.doubts[number]["column"],
        )
    return entry


def _locked(entry):
    lock_place(entry.review, entry.participation)
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("review", "participation__review", "participation__agency")
        .get(pk=entry.pk)
    )
    if entry.is_withdrawn:
        raise AlreadyWithdrawn(entry.pk)
    return entry


def _need_reason(entry, reason):
    if entry.participation and entry.participation.is_submitted and not reason:
        raise ReasonNeeded(entry.pk)


def _tell(type_, entry, *, by, on_behalf, **data):
    part = entry.participation
    record(
        type_,
        by=by,
        review=entry.review,
        target=entry,
        agency=part.agency.name if part else "",
        on_behalf=on_behalf,
        after_submission=bool(part and part.is_submitted),
        **data,
    )


# --- Imports, step by step ----------------------------------------------------------------------


@transaction.atomic
def upload(review, participation, *, content, name, by, key, on_behalf=False):
    """Keep the file as it came and have it read. The same key again gives the first import."""
    if found := _import_with(key, review, participation):
        return found
    stored = store(content, name=name, scope=review.vault_scope)
    source_file = SourceFile.objects.create(
        review=review, participation=participation, stored=stored, name=stored.name, uploaded_by=by
    )
    try:
        with transaction.atomic():
            import_ = ChronologyImport.objects.create(
                source_file=source_file, key=key, by=by, on_behalf=on_behalf
            )
    except IntegrityError:  # the other click was quicker: keep its file, not this one
        source_file.delete()
        stored.delete()
        return _import_with(key, review, participation)
    record(
        EventType.FILE_UPLOADED,
        by=by,
        review=review,
        target=source_file,
        agency=participation.agency.name if participation else "",
        size=stored.size,
        sha256=stored.sha256,
        on_behalf=on_behalf,
    )
    _queue_reading(import_, by=by)
    return import_


def _import_with(key, review, participation):
    found = ChronologyImport.objects.select_related("source_file").filter(key=key).first()
    if found and (found.review, found.participation) != (review, participation):
        raise KeyOfAnother
    return found


def _queue_reading(import_, *, by):
    """A worker reads the file; what it finds is compared with the chronology and shown."""
    import_.state, import_.problem = ChronologyImport.State.UPLOADED, ""
    _queue(import_, "read", by=by)


def _queue(import_, step, *, by):
    import_.times_queued += 1
    import_.job_key = f"chronologies.{step}:{import_.pk}:{import_.times_queued}"
    import_.save()
    queue_job(f"chronologies.{step}", key=import_.job_key, by=by, import_id=import_.pk)


def locked_import(import_id):
    return (
        ChronologyImport.objects.select_for_update(of=("self",))
        .select_related(
            "by",
            "source_file__stored",
            "source_file__review",
            "source_file__participation__agency",
            "source_file__participation__review",
        )
        .defer("source_file__stored__body")
        .get(pk=import_id)
    )


@transaction.atomic
def set_mapping(import_, *, mapping, by):
    """The user says what the columns hold; it is remembered for files with the same headings."""
    import_ = _open(import_)
    _remember(import_, mapping, by=by)
    import_.mapping, import_.is_mapping_checked = mapping, True
    _queue_reading(import_, by=by)
    return import_


@transaction.atomic
def accept_mapping(import_, *, by):
    """The columns were guessed right, and need not be asked about again."""
    import_ = _open(import_)
    _remember(import_, import_.mapping, by=by)
    import_.is_mapping_checked = True
    import_.save()
    return import_


def _remember(import_, mapping, *, by):
    if part := import_.participation:
        ColumnMapping.objects.update_or_create(
            agency=part.agency,
            headings=import_.summary["headings"],
            defaults={"mapping": mapping, "by": by},
        )


@transaction.atomic
def set_further(import_, *, is_further, by):
    """Whether the file holds further entries, or corrects one that was saved before."""
    import_ = _open(import_)
    if import_.is_further != is_further:
        import_.is_further = is_further
        _queue_reading(import_, by=by)
    return import_


@transaction.atomic
def look_again(import_, *, by):
    """Read the file once more: a worker gave up on it."""
    import_ = locked_import(import_.pk)
    if import_.is_open:
        _queue_reading(import_, by=by)
    return import_


def _open(import_):
    import_ = locked_import(import_.pk)
    if import_.state != ChronologyImport.State.PREVIEWED:
        raise NotReady(import_.pk)
    return import_


@transaction.atomic
def begin_saving(import_, *, by, reason="", on_behalf=False):
    """Have the previewed rows saved. A second click finds that it has begun."""
    import_ = locked_import(import_.pk)
    if import_.state in (ChronologyImport.State.SAVING, ChronologyImport.State.SAVED):
        return import_
    if import_.state != ChronologyImport.State.PREVIEWED or not import_.can_be_saved:
        raise NotReady(import_.pk)
    part = import_.participation
    if part and part.is_submitted and not reason:
        raise ReasonNeeded(import_.pk)
    import_.state, import_.problem, import_.reason = ChronologyImport.State.SAVING, "", reason
    import_.by, import_.on_behalf = by, on_behalf
    _queue(import_, "save", by=by)
    return import_


@transaction.atomic
def discard_import(import_, *, by):
    """Nothing of the file is taken over; the file itself stays on record."""
    import_ = locked_import(import_.pk)
    if import_.state not in (ChronologyImport.State.UPLOADED, ChronologyImport.State.PREVIEWED):
        raise NotReady(import_.pk)
    import_.state = ChronologyImport.State.DISCARDED
    import_.save()
    record(EventType.IMPORT_DISCARDED, by=by, review=import_.review, target=import_.source_file)
    return import_


def run_now(import_):
    """Do at once what was queued. A worker that was quicker makes this a look at its progress."""
    if job := Job.objects.filter(key=import_.job_key).first():
        run_job(job.pk)


def job_of(thing, user):
    """The job behind an import or an export, for whoever asked for it and for nobody else."""
    return Job.objects.belonging_to(user).filter(key=thing.job_key).first()


def with_problems(import_):
    """The file as it came, with a column that says what is wrong with each row."""
    file = import_.source_file
    content = file.stored.content
    problems = importing.problems_of(
        content, file.name, file.review, file.participation, mapping=import_.mapping
    )
    return problem_copy(content, file.name, problems)


# --- What the jobs do with an import ------------------------------------------------------------


def refuse_import(import_id, problem):
    import_ = locked_import(import_id)
    if import_.is_open:
        import_.state, import_.problem = ChronologyImport.State.REFUSED, problem
        import_.save()
    return {"refused": True}


def preview_import(import_id, draft, columns):
    """Show what saving would do. In the transaction that marks the job done."""
    import_ = locked_import(import_id)
    if import_.state == ChronologyImport.State.UPLOADED:
        import_.summary = {"columns": columns.described, "headings": columns.headings}
        if columns.is_known:
            import_.mapping, import_.is_mapping_checked = columns.mapping, True
        _show(import_, draft, _compared(import_, draft))
    return {"entries": draft.counts["entries"]}


def save_import(import_id, draft):
    """Save what was previewed, or show it again when saving would now do something else."""
    import_ = locked_import(import_id)
    if import_.state != ChronologyImport.State.SAVING:
        return {}
    if import_.by and not _may_import(import_):
        return refuse_import(import_id, NO_LONGER)
    if import_.review.has_ended:
        return refuse_import(import_id, sentence(import_.review))
    part = import_.source_file.participation = lock_place(import_.review, import_.participation)
    comparison = _compared(import_, draft)
    needs_reason = part is not None and part.is_submitted and not import_.reason
    if draft.is_refused or needs_reason or comparison.sign != import_.summary.get("sign"):
        import_.problem = SUBMITTED_MEANWHILE if needs_reason else MEANWHILE
        _show(import_, draft, comparison)
        return {"again": True}
    importing.save_compared(
        comparison,
        draft,
        import_.source_file,
        by=import_.by,
        on_behalf=import_.on_behalf,
        reason=import_.reason,
    )
    import_.state, import_.saved_at = ChronologyImport.State.SAVED, timezone.now()
    import_.save()
    return comparison.counts


def _may_import(import_):
    """Asked again when a worker gets to it, with the rights that its asker has by then."""
    access = access_of(import_.by)
    if import_.participation:
        return rules.can_import_chronology(access, import_.participation)
    return rules.can_import_context(access, import_.review)


def _compared(import_, draft):
    return importing.compare_draft(
        draft, import_.review, import_.participation, is_further=import_.is_further
    )


def _show(import_, draft, comparison):
    import_.state = ChronologyImport.State.PREVIEWED
    import_.source_file.replaces = comparison.replaces
    import_.source_file.save(update_fields=["replaces"])
    import_.summary |= draft.to_json() | importing.shown_changes(comparison)
    import_.summary["counts"] |= comparison.counts
    import_.summary["sign"] = comparison.sign
    import_.save()


# --- Without a web page -------------------------------------------------------------------------


@transaction.atomic
def save_file(draft, content, review, participation, *, key):
    """What the command does once a file has been read: compare and save in one go."""
    lock_place(review, participation)
    stored = store(content, name=draft.name, scope=review.vault_scope)
    source_file = SourceFile.objects.create(
        review=review, participation=participation, stored=stored, name=stored.name
    )
    comparison = importing.compare_draft(draft, review, participation)
    importing.save_compared(comparison, draft, source_file, by=None, reason=FROM_COMMAND)
    ChronologyImport.objects.create(
        source_file=source_file,
        key=key,
        state=ChronologyImport.State.SAVED,
        saved_at=timezone.now(),
        mapping=draft.mapping,
        is_mapping_checked=True,
        reason=FROM_COMMAND,
        summary=draft.to_json() | {"counts": dict(draft.counts) | comparison.counts},
    )
    return comparison


FROM_COMMAND = "Imported by the system’s administrator from the command line."


# --- Exports ------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_export(review, *, format_, chosen, by, key, what=Export.What.CHRONOLOGY):
    """Have a worker write a long chronology to a file. The same key again gives the first one."""
    if found := _export_with(key, review, by):
        return found
    forget_expired_exports(at=timezone.now())
    try:
        with transaction.atomic():
            export = Export.objects.create(
                review=review,
                key=key,
                format=format_,
                what=what,
                chosen=chosen,
                by=by,
                job_key=f"chronologies.export:{key}",
            )
    except IntegrityError:  # the other click was quicker
        return _export_with(key, review, by)
    queue_job("chronologies.export", key=export.job_key, by=by, export_id=export.pk)
    return export


def _export_with(key, review, by):
    found = Export.objects.filter(key=key).first()
    if found and (found.review_id, found.by_id) != (review.pk, by.pk):
        raise KeyOfAnother
    return found


def forget_expired_exports(*, at):
    """Copies of a chronology do not pile up: after a day their bytes are gone."""
    expired = Export.objects.expired(at=at)
    stored = list(expired.exclude(stored=None).values_list("stored", flat=True))
    expired.delete()
    StoredFile.objects.filter(pk__in=stored).delete()


def keep_export(export_id, made):
    """The file is the asker's alone. In the transaction that marks the job done."""
    export = (
        Export.objects.select_for_update(of=("self",))
        .select_related("review", "by")
        .get(pk=export_id)
    )
    export.stored = store(
        made.content, name=made.name, scope=export.review.vault_scope, is_ours=True
    )
    export.places, export.rows = made.places, made.rows
    export.save(update_fields=["stored", "places", "rows"])
    record_export(made, export.review, by=export.by)
    return {"rows": made.rows}


def record_export(made, review, *, by):
    record(
        EventType.EXPORTED,
        by=by,
        review=review,
        document=made.document,
        format=made.format,
        rows=made.rows,
        places=made.places,
        sha256=made.sha256,
    )
