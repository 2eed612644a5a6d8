"""Changes to an action plan. The caller asked rules.py; state is asked again here, under a lock."""

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from actionplans import drafting, importing, previewing
from actionplans.importing import lock_plan
from actionplans.models import PlanImport, Recommendation
from audit.models import EventType
from audit.services import record
from foundations.office import problem_copy
from foundations.vault.services import store

MEANWHILE = (
    "The action plan changed while you were looking at this page. "
    "Nothing was saved. Look at the changes below again before you save them."
)


class KeyOfAnother(Http404):
    """The key came with a form of another review or row: what it made is not shown."""


class NotReady(Exception):
    """The import is not at the step that was asked for."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the recommendation first, or withdrew it."""


# --- Doubts -------------------------------------------------------------------------------------


@transaction.atomic
def settle_doubt(recommendation, number, *, by):
    """Somebody looked: the row is right as it stands. Safe to repeat."""
    recommendation = _locked(recommendation)
    if not 0 <= number < len(recommendation.doubts):
        raise ChangedMeanwhile(recommendation.pk)
    doubt = recommendation.doubts[number]
    if not doubt["settled"]:
        doubt["settled"] = True
        recommendation.save(update_fields=["doubts"])
        record(
            EventType.DOUBT_SETTLED,
            by=by,
            review=recommendation.review,
            target=recommendation,
            column=doubt["kind"] or "reading",
        )
    return recommendation


def _locked(recommendation):
    recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=recommendation.pk)
    )
    if recommendation.is_withdrawn:
        raise ChangedMeanwhile(recommendation.pk)
    return recommendation


# --- Imports, step by step ----------------------------------------------------------------------


@transaction.atomic
def upload(review, draft, *, content, by, key):
    """Keep a file that could be read, as it came. The same key again gives the first import."""
    if found := _import_with(key, review):
        return found
    stored = store(content, name=draft.name, scope=review.vault_scope)
    try:
        with transaction.atomic():
            import_ = PlanImport.objects.create(
                review=review, stored=stored, name=stored.name, key=key, by=by
            )
    except IntegrityError:  # the other click was quicker: keep its file, not this one
        stored.delete()
        return _import_with(key, review)
    record(
        EventType.FILE_UPLOADED,
        by=by,
        review=review,
        target=import_,
        size=stored.size,
        sha256=stored.sha256,
    )
    _show(import_, draft)
    return import_


def _import_with(key, review):
    found = PlanImport.objects.filter(key=key).first()
    if found and found.review_id != review.pk:
        raise KeyOfAnother
    return found


@transaction.atomic
def set_mapping(import_, *, mapping):
    """The user says what the columns hold."""
    import_ = _open(import_)
    import_.mapping, import_.is_mapping_checked = mapping, True
    _show(import_, _read(import_))
    return import_


@transaction.atomic
def accept_mapping(import_):
    """The columns were guessed right."""
    import_ = _open(import_)
    import_.is_mapping_checked = True
    import_.save()
    return import_


@transaction.atomic
def set_further(import_, *, is_further):
    """Whether the file holds further recommendations, or corrects those of an earlier one."""
    import_ = _open(import_)
    import_.is_further = is_further
    _show(import_, _read(import_))
    return import_


@transaction.atomic
def save_import(import_, *, by):
    """Save what was previewed, or show it again when saving would now do something else.

    A second click finds that it is done.
    """
    lock_plan(import_.review)
    import_ = _locked_import(import_.pk)
    if import_.state == PlanImport.State.SAVED:
        return import_
    if import_.state != PlanImport.State.PREVIEWED or not import_.can_be_saved:
        raise NotReady(import_.pk)
    draft = _read(import_)
    comparison = _compared(import_, draft)
    if comparison.sign != import_.summary.get("sign"):
        import_.problem = MEANWHILE
        _show(import_, draft)
        return import_
    import_.summary = previewing.shown(draft, comparison)
    importing.save_compared(comparison, draft, import_, by=by)
    _mark_saved(import_, comparison, by=by)
    return import_


@transaction.atomic
def discard_import(import_, *, by):
    """Nothing of the file is taken over; the file itself stays on record."""
    import_ = _open(import_)
    import_.state = PlanImport.State.DISCARDED
    import_.save()
    record(EventType.IMPORT_DISCARDED, by=by, review=import_.review, target=import_)
    return import_


def with_problems(import_):
    """The file as it came, with a column that says what is wrong with each row."""
    return problem_copy(import_.stored.content, import_.name, drafting.problems_of(_read(import_)))


def _locked_import(pk):
    return (
        PlanImport.objects.select_for_update(of=("self",))
        .select_related("by", "review", "replaces")
        .get(pk=pk)
    )


def _open(import_):
    import_ = _locked_import(import_.pk)
    if import_.state != PlanImport.State.PREVIEWED:
        raise NotReady(import_.pk)
    return import_


def _read(import_):
    return drafting.read_draft(
        import_.stored.content,
        import_.name,
        import_.review,
        mapping=import_.mapping or None,
    )


def _compared(import_, draft):
    return importing.compare(draft, import_.review, is_further=import_.is_further)


def _show(import_, draft):
    if draft.plan is None:
        import_.replaces = None
        import_.summary = {"counts": draft.counts, "columns": draft.columns}
        import_.problem = draft.problem
    else:
        comparison = _compared(import_, draft)
        import_.replaces = comparison.replaces
        import_.summary = previewing.shown(draft, comparison)
        if import_.problem != MEANWHILE:
            import_.problem = ""
    import_.save()


def _mark_saved(import_, comparison, *, by):
    import_.state, import_.saved_at = PlanImport.State.SAVED, timezone.now()
    import_.replaces, import_.by, import_.problem = comparison.replaces, by, ""
    import_.save()


# --- Without a web page -------------------------------------------------------------------------


@transaction.atomic
def save_file(draft, content, review, *, mapping, by, key):
    """What the command does once a file has been read: compare and save in one go."""
    lock_plan(review)
    comparison = importing.compare(draft, review)
    stored = store(content, name=draft.name, scope=review.vault_scope)
    import_ = PlanImport.objects.create(
        review=review,
        stored=stored,
        name=stored.name,
        key=key,
        by=by,
        mapping=mapping or {},
        is_mapping_checked=True,
        summary=previewing.shown(draft, comparison),
    )
    importing.save_compared(comparison, draft, import_, by=by)
    _mark_saved(import_, comparison, by=by)
    return comparison
