"""Preparing a version. Nothing that was sent is ever touched.

Whoever calls has asked rules.py, and a form has asked whether the file may come in
(`reviews.submissions.gate`).
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.office.naming import quoted
from foundations.vault.services import store
from reviews.requests.services import moving
from reviews.requests.services.moving import KeyOfAnother
from reviews.requests.states import What as RequestWhat
from reviews.requests.states import after as request_after
from reviews.submissions.models import OwnPoint, Submission, SubmissionFile
from reviews.submissions.states import NotNow, State

MOST_APPENDICES = 30
CHANGED_MEANWHILE = "The files have been changed meanwhile. Look at them again"

Part = SubmissionFile.Part


@transaction.atomic
def begin(request, *, by, on_behalf=False):
    """The version in preparation, begun now where there is none. Appendices go on into the next."""
    request = moving.begin(request, by=by, on_behalf=on_behalf)
    if not request.is_for_a_file:
        raise NotNow("A file answers a request for an IMR or a report")
    if found := _in_preparation(request, on_behalf):
        return found
    request_after(RequestWhat.SUBMITTED, request.state)
    made = Submission.objects.create(request=request, on_behalf=on_behalf, begun_by=by)
    if made.before:
        for file in made.before.appendices:
            SubmissionFile.objects.create(
                submission=made,
                key=uuid.uuid4(),
                part=file.part,
                stored=file.stored,
                carried_from=file,
                read_at=file.read_at,
                unread_because=file.unread_because,
                found=file.found,
            )
    return made


def _in_preparation(request, on_behalf):
    rows = Submission.objects.exclude(state=State.SENT)
    return rows.filter(request=request, on_behalf=on_behalf).first()


def locked(submission):
    """The version with its request locked, for as long as the transaction."""
    request = moving.locked(submission.request)
    fresh = Submission.objects.get(pk=submission.pk)
    fresh.request = request
    return fresh


def in_preparation(submission):
    """As `locked`. Raises NotNow where nothing can be changed in it."""
    fresh = locked(submission)
    refuse_unless_draft(fresh)
    return fresh


def refuse_unless_draft(submission):
    """Of one that is locked. Nobody works on what is no longer asked for."""
    if submission.state == State.WAITING:
        raise NotNow("It waits for sign-off. Take it back first")
    if submission.state == State.SENT:
        raise NotNow("It has been sent and cannot be changed. Begin the next version")
    request_after(RequestWhat.SUBMITTED, submission.request.state)


def refuse_other_files(submission, seen):
    """`seen`: ids of the files that were looked at, so that nobody hands in another's unseen."""
    if seen is not None and set(seen) != {file.pk for file in submission.kept_files()}:
        raise ValidationError({"files": CHANGED_MEANWHILE})


@transaction.atomic
def add_file(submission, *, content, name, part, key, by):
    """Keep a file as it came. Another report takes the place of the one that is there; the same
    appendix twice is refused. The same key again gives the first file."""
    submission = locked(submission)
    if found := SubmissionFile.objects.filter(key=key).first():
        if found.submission_id != submission.pk:
            raise KeyOfAnother
        return found
    refuse_unless_draft(submission)
    if part == Part.APPENDIX and submission.appendices.count() >= MOST_APPENDICES:
        raise ValidationError({"file": f"A version has at most {MOST_APPENDICES} appendices"})
    stored = store(content, name=name, scope=submission.review.vault_scope)
    _refuse_twice(submission, part, stored)
    if part == Part.MAIN and (earlier := submission.main):
        _remove(earlier, by=by)
    file = SubmissionFile.objects.create(
        submission=submission, key=key, part=part, stored=stored, uploaded_by=by
    )
    _tell(EventType.SUBMISSION_FILE_ADDED, file, by=by, size=stored.size, sha256=stored.sha256)
    return file


def _refuse_twice(submission, part, stored):
    same = submission.kept_files().filter(stored__sha256=stored.sha256).first()
    if same:
        raise ValidationError(
            {"file": f"This file is here already, as {quoted(same.stored.name)}. Nothing was added"}
        )
    before = submission.before
    main = before.main if before and part == Part.MAIN else None
    if main and main.stored.sha256 == stored.sha256:
        raise ValidationError(
            {
                "file": f"This is the same file as in version {before.number}. Choose the one that you changed"
            }
        )


@transaction.atomic
def remove_file(file, *, by):
    """Out of the version in preparation. The agency's history keeps it; a second click is nothing."""
    submission = in_preparation(file.submission)
    file = submission.files.get(pk=file.pk)
    if file.removed_at is None:
        _remove(file, by=by)
    return file


def _remove(file, *, by):
    file.removed_at, file.removed_by = timezone.now(), by
    file.save(update_fields=["removed_at", "removed_by"])
    _tell(EventType.SUBMISSION_FILE_REMOVED, file, by=by)


@transaction.atomic
def choose_points(submission, *, left_out, by, seen=None):
    """Which of the rows that were lifted are none: ids of OwnPoint rows of this report."""
    submission = in_preparation(submission)
    refuse_other_files(submission, seen)
    rows = OwnPoint.objects.filter(file=submission.main)
    rows.update(is_left_out=False)
    rows.filter(pk__in=left_out).update(is_left_out=True)
    counted = rows.values("is_left_out").annotate(n=Count("pk"))
    by_choice = {row["is_left_out"]: row["n"] for row in counted}
    tell(
        EventType.SUBMISSION_POINTS_CHOSEN,
        submission,
        by=by,
        kept=by_choice.get(False, 0),
        left_out=by_choice.get(True, 0),
    )


def _tell(type_, file, *, by, **data):
    tell(type_, file.submission, by=by, part=file.part, target=file, **data)


def tell(type_, submission, *, by, target=None, **data):
    part = submission.request.participation
    record(
        type_,
        by=by,
        review=part.review,
        target=target or submission,
        agency=part.agency.name,
        request=submission.request.kind,
        on_behalf=submission.on_behalf,
        **data,
    )
