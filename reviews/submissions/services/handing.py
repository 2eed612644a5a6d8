"""From the author's hands to the review's: handing in, signing off, entering on the agency's behalf.

Each move is a row that never changes. The same key again gives the first one's move.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from audit.models import EventType
from reviews.requests.services import moving
from reviews.requests.services.moving import KeyOfAnother
from reviews.submissions import emails
from reviews.submissions.models import Submission, SubmissionMove
from reviews.submissions.services.reading import read_file
from reviews.submissions.services.writing import (
    choose_points,
    locked,
    refuse_other_files,
    refuse_unless_draft,
    tell,
)
from reviews.submissions.states import NotNow, State, What, after

_EVENTS = {
    What.HANDED_IN: EventType.SUBMISSION_HANDED_IN,
    What.TAKEN_BACK: EventType.SUBMISSION_TAKEN_BACK,
    What.RETURNED_INSIDE: EventType.SUBMISSION_RETURNED_INSIDE,
    What.SIGNED_OFF: EventType.SUBMISSION_SIGNED_OFF,
    What.ENTERED: EventType.SUBMISSION_ENTERED,
}


class HandedInAgain(Exception):
    """What the sign-off officer looked at is not what waits now."""


class OwnWork(Exception):
    """Whoever worked on a version does not sign it off."""


@transaction.atomic
def hand_in(submission, *, by, key, note="", left_out=None, seen=None):
    """To the sign-off officer, who sees what changed. A file that waits for the scanner goes along.

    `left_out` are the rows that were lifted and are none; without it they stay as they were chosen.
    """
    submission = locked(submission)
    if found := _made_with(key, submission, What.HANDED_IN):
        return found
    after(What.HANDED_IN, submission.state)
    refuse_unless_draft(submission)
    _refuse_incomplete(submission)
    if submission.before and not note.strip():
        raise ValidationError({"note": "Say what changed since the version before"})
    _choose(submission, left_out, seen, by=by)
    submission.note = note.strip()
    submission.save(update_fields=["note"])
    made = _move(submission, What.HANDED_IN, by=by, key=key)
    emails.ask_for_sign_off(submission, because=made)
    return made


@transaction.atomic
def take_back(submission, *, by, key):
    """The author changes something before it is signed off."""
    submission = locked(submission)
    return _made_with(key, submission, What.TAKEN_BACK) or _move(
        submission, What.TAKEN_BACK, by=by, key=key
    )


@transaction.atomic
def return_inside(submission, *, by, key, reason):
    """Back to the author, with what the sign-off officer wants changed. The review learns nothing."""
    submission = locked(submission)
    if found := _made_with(key, submission, What.RETURNED_INSIDE):
        return found
    made = _move(submission, What.RETURNED_INSIDE, by=by, key=key, reason=reason)
    emails.say_that_it_came_back_inside(submission, because=made)
    return made


@transaction.atomic
def sign_off(submission, *, by, key, seen=None):
    """Sent to the review as it is, with a number of its own. Returns the receipt.

    Raises OwnWork for anybody who worked on it, whatever their role, and HandedInAgain where `seen`
    is not the handing in that waits.
    """
    submission = locked(submission)
    if _made_with(key, submission, What.SIGNED_OFF):
        return submission.move
    if by and by.pk in submission.authors():
        raise OwnWork
    after(What.SIGNED_OFF, submission.state)
    if seen and seen != submission.moves.filter(what=What.HANDED_IN).last().pk:
        raise HandedInAgain
    return _send(submission, What.SIGNED_OFF, by=by, key=key)


@transaction.atomic
def enter(submission, *, by, key, signed_by_words, reason, left_out=None, seen=None):
    """What came another way: which post of the agency signed it off, and how it came."""
    submission = locked(submission)
    if _made_with(key, submission, What.ENTERED):
        return submission.move
    after(What.ENTERED, submission.state)
    _refuse_incomplete(submission)
    if not submission.on_behalf:
        raise NotNow("The agency itself prepares this version")
    if not signed_by_words.strip():
        raise ValidationError({"signed_by_words": "Say which post of the agency signed it off"})
    _choose(submission, left_out, seen, by=by)
    submission.signed_by_words = signed_by_words.strip()
    submission.save(update_fields=["signed_by_words"])
    return _send(submission, What.ENTERED, by=by, key=key, reason=reason)


def _choose(submission, left_out, seen, *, by):
    refuse_other_files(submission, seen)
    if left_out is not None:
        choose_points(submission, left_out=left_out, by=by)


def _refuse_incomplete(submission):
    if submission.main is None:
        raise ValidationError({"file": "Upload the report first"})
    for file in submission.kept_files():
        if file.is_infected:
            raise ValidationError(
                {"file": f"Take out “{file.stored.name}” first: harmful software was found in it"}
            )


def _send(submission, what, *, by, key, reason=""):
    for file in submission.kept_files():
        if file.is_held:
            raise NotNow(
                "A file still waits to be checked for harmful software. Try again in a few minutes"
            )
        read_file(file)
    _refuse_incomplete(submission)
    receipt = moving.submit(
        submission.request,
        by=by,
        key=key,
        reason=reason,
        sha256=submission.main.stored.sha256,
        on_behalf=submission.on_behalf,
    )
    sent = Submission.objects.filter(request=submission.request)
    submission.number = (sent.aggregate(last=Max("number"))["last"] or 0) + 1
    submission.move = receipt
    _move(submission, what, by=by, key=key, reason=reason)
    return receipt


def _made_with(key, submission, what):
    found = SubmissionMove.objects.filter(key=key).first()
    if found and (found.submission_id, found.what) != (submission.pk, what):
        raise KeyOfAnother
    return found


def _move(submission, what, *, by, key, reason=""):
    """Write one move of a version that is locked. Raises NotNow."""
    made = SubmissionMove(
        submission=submission,
        key=key,
        what=what,
        before=submission.state,
        after=after(what, submission.state),
        reason=reason.strip(),
        by=by,
    )
    made.full_clean()
    made.save()
    submission.state = State(made.after)
    submission.save(update_fields=["state", "number", "move"])
    tell(_EVENTS[what], submission, by=by, version=submission.number)
    return made
