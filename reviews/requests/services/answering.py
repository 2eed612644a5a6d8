"""What an agency answers in words, and what it has typed so far."""

import hashlib
import uuid

from django.db import transaction

from foundations.dates import PartialDate
from reviews.requests import emails
from reviews.requests.models import Request, RequestAnswer, RequestDraft
from reviews.requests.services.moving import begin, locked, made_with, move
from reviews.requests.states import RECEIPTS, NotNow, What

SENT = "sent"  # of a version of a report, in reviews.submissions.states, which builds on this


class ChangedMeanwhile(Exception):
    """Somebody else has saved other words since. `args[0]` is the draft as it is now."""


@transaction.atomic
def give_nil(
    request,
    *,
    by,
    key,
    nil,
    destroyed=None,
    destroyed_under="",
    note="",
    on_behalf=False,
    at=None,
):
    """Nothing known, out of scope, or destroyed (when, under which policy). Returns the receipt.

    Raises NotNow also where something was prepared that would be passed over.
    """
    request = locked(request)
    if found := made_with(key, request, What.NIL):
        return found
    if why := work_in_hand(request, on_behalf=on_behalf):
        raise NotNow(why)
    made = move(request, What.NIL, by=by, key=key, on_behalf=on_behalf, at=at)
    _keep(
        made,
        nil=nil,
        destroyed=destroyed or PartialDate.none(),
        destroyed_under=destroyed_under.strip(),
        text=note.strip(),
    )
    return made


def work_in_hand(request, *, on_behalf):
    """Why it cannot be said that there is nothing, in a sentence; "" where nothing was prepared."""
    waiting = request.submissions.filter(on_behalf=on_behalf).exclude(state=SENT)
    if waiting.filter(files__isnull=False, files__removed_at=None).exists():
        return "Files lie here that were not sent. Take them out first, if there is nothing to send"
    said = request.moves.filter(what__in=[*RECEIPTS, What.RETURNED]).order_by("pk").last()
    if said and said.what == What.READY and not on_behalf:
        return "What your agency has was handed in for sign-off, so it cannot be said that there is nothing"
    return ""


@transaction.atomic
def answer_question(request, *, by, key, text, seen=None, on_behalf=False, at=None):
    """The words as sent, with their digest on the receipt. The draft has served, unless somebody
    else went on with it since the sender saw it (`seen`)."""
    request = locked(request)
    if found := made_with(key, request, What.SUBMITTED):
        return found
    text = text.strip()
    draft = RequestDraft.objects.filter(request=request, on_behalf=on_behalf).first()
    if draft and seen is not None and draft.changes != seen and draft.text.strip() != text:
        raise ChangedMeanwhile(draft)
    made = move(
        request,
        What.SUBMITTED,
        by=by,
        key=key,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        on_behalf=on_behalf,
        at=at,
    )
    _keep(made, text=text)
    if draft:
        draft.delete()
    return made


def _keep(made, **words):
    answer = RequestAnswer(request=made.request, move=made, **words)
    answer.full_clean()
    answer.save()


@transaction.atomic
def save_draft(request, *, by, text, seen, on_behalf=False):
    """`seen` is the number of changes that the writer saw. Saving the same words changes nothing."""
    request = begin(request, by=by, on_behalf=on_behalf)
    draft = RequestDraft.objects.filter(request=request, on_behalf=on_behalf).first()
    if draft is None:
        draft = RequestDraft(request=request, on_behalf=on_behalf)
    if draft.text == text and draft.pk:
        return draft
    if draft.changes != seen:
        raise ChangedMeanwhile(draft)
    draft.text, draft.saved_by = text, by
    draft.changes += 1
    draft.full_clean(exclude=["text"])  # an emptied box is a draft too
    draft.save()
    return draft


@transaction.atomic
def say_complete(participation, *, by, key, sha256="", note=""):
    """The agency's author has put in all of the chronology: its sign-off officers have a message.

    Returns the receipt. Raises NotNow where nothing is asked for any more.
    """
    asked = Request.objects.filter(participation=participation, kind=Request.Kind.CHRONOLOGY)
    request = asked.filter(moves__key=key).first() or asked.open().order_by("pk").first()
    if request is None:
        raise NotNow("No chronology is asked for now")
    request = locked(request)
    if found := made_with(key, request, What.READY):
        return found
    begin(request, by=by)
    request.refresh_from_db(fields=["state"])
    made = move(request, What.READY, by=by, key=key, reason=note, sha256=sha256)
    emails.ask_for_sign_off(request, because=made)
    return made


def chronology_came(participation, *, by, on_behalf=False):
    """The agency submitted its chronology: that answers what it was asked. In its transaction."""
    asked = Request.objects.open().filter(participation=participation, kind=Request.Kind.CHRONOLOGY)
    for request in asked:
        move(locked(request), What.SUBMITTED, by=by, key=uuid.uuid4(), on_behalf=on_behalf)
