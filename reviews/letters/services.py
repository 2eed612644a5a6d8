"""Making, changing and finishing letters, and the register of what became of them."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import MARKING
from foundations.vault.services import store
from reviews.letters import printing
from reviews.letters.facts import facts_of
from reviews.letters.kinds import RECIPIENT_OF, Recipient
from reviews.letters.models import Letter, RegisterLine
from reviews.letters.telling import tell_clock
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.wording.blocks import blocks_of
from reviews.wording.filling import fill, still_missing
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

# What a family should not read over a letter of condolence is a government marking.
FAMILY_MARKING = "Private and confidential"


class NotADraft(Exception):
    """The letter is finished or set aside."""


class NotFinished(Exception):
    """Only a finished letter that was not set aside has been sent."""


class AlreadySent(Exception):
    """What was sent cannot be set aside."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed the text since it was opened."""


class StillMissing(Exception):
    """The text still holds places to fill in; `args` names them."""


class KeyOfAnother(Http404):
    """The key came with the form of another review: what it made is not shown."""


class AlreadyCorrected(Exception):
    """Somebody has corrected this line of the register already."""


@transaction.atomic
def make_letter(review, *, kind, by, key, on, person=None, participation=None, reply_by=None):
    """A draft from the words in force. The same key again gives the first one's letter."""
    if found := _made_before(review, key):
        return found
    recipient = RECIPIENT_OF[Kind(kind)]
    wording = wording_for(kind, review.partnership, on)
    facts = facts_of(
        review,
        by=by,
        on=on,
        person=person,
        participation=participation,
        recipient=recipient,
        reply_by=reply_by,
    )
    letter = Letter(
        review=review,
        key=key,
        kind=kind,
        wording=wording,
        recipient=recipient,
        person=person,
        participation=participation,
        title=fill(wording.title, facts).text,
        text=fill(wording.text, facts).text,
        made_by=by,
    )
    letter.full_clean()
    letter.save()
    _tell(EventType.LETTER_MADE, letter, by=by)
    return letter


@transaction.atomic
def make_letters(review, *, kind, by, key, on, participations, reply_by=None):
    """The same letter to several agencies, none of which learns of the others."""
    return [
        make_letter(
            review,
            kind=kind,
            by=by,
            key=uuid.uuid5(key, str(part.pk)),
            on=on,
            participation=part,
            reply_by=reply_by,
        )
        for part in participations
    ]


@transaction.atomic
def register_letter_from_elsewhere(
    review, *, kind, title, on, how, by, key, today, person=None, participation=None, note=""
):
    """A letter that was written and sent before, or outside, this service: the register alone."""
    if found := _made_before(review, key):
        return found
    letter = Letter(
        review=review,
        key=key,
        kind=kind,
        is_from_elsewhere=True,
        recipient=RECIPIENT_OF[Kind(kind)],
        person=person,
        participation=participation,
        title=" ".join(title.split()),
        made_by=by,
        finished_at=timezone.now(),
        finished_by=by,
    )
    letter.full_clean()
    letter.save()
    _tell(EventType.LETTER_MADE, letter, by=by, elsewhere=True)
    write_in_register(
        letter, what=RegisterLine.What.SENT, on=on, how=how, by=by, key=key, today=today, note=note
    )
    return letter


@transaction.atomic
def change_letter(letter, *, title, text, seen, by):
    letter = _draft(letter)
    if letter.changes != seen:
        raise ChangedMeanwhile
    letter.title, letter.text = " ".join(title.split()), text.strip()
    letter.changes += 1
    letter.full_clean()
    letter.save(update_fields=["title", "text", "changes", "changed_at"])
    _tell(EventType.LETTER_CHANGED, letter, by=by)
    return letter


@transaction.atomic
def finish_letter(letter, *, by):
    """Make its files and keep them. From here on nothing about it changes."""
    letter = _draft(letter)
    if missing := still_missing(f"{letter.title}\n{letter.text}"):
        raise StillMissing(*missing)
    letter.finished_at, letter.finished_by = timezone.now(), by
    letter.word = _store(letter, _word(letter), "docx")
    letter.pdf = _store(letter, _pdf(letter), "pdf")
    letter.full_clean()
    letter.save(update_fields=["finished_at", "finished_by", "word", "pdf", "changed_at"])
    _tell(EventType.LETTER_FINISHED, letter, by=by, word=letter.word.sha256, pdf=letter.pdf.sha256)
    return letter


def _store(letter, content, ending):
    name = f"{letter.file_name}.{ending}"
    return store(content, name=name, scope=letter.review.vault_scope, is_ours=True)


def _word(letter):
    return printing.as_word(
        letter.title, blocks_of(letter.text), made_at=letter.finished_at, **_frame(letter)
    )


def _pdf(letter):
    return printing.as_pdf(letter.title, blocks_of(letter.text), **_frame(letter))


def _frame(letter):
    return {
        "above": letter.review.partnership.name,
        "reference": letter.review.reference,
        "marking": FAMILY_MARKING if letter.recipient == Recipient.FAMILY else MARKING,
    }


@transaction.atomic
def set_aside(letter, *, because, by):
    """A letter that will not be sent. It stays, with the reason."""
    letter = _locked(letter)
    if letter.is_set_aside:
        raise NotADraft
    if letter.sent and not letter.is_from_elsewhere:  # that one may be a line put in by mistake
        raise AlreadySent
    letter.set_aside_at, letter.set_aside_by = timezone.now(), by
    letter.set_aside_because = because.strip()
    letter.full_clean()
    letter.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_because", "changed_at"])
    _tell(EventType.LETTER_SET_ASIDE, letter, by=by)
    return letter


# --- The register -------------------------------------------------------------------------------


@transaction.atomic
def write_in_register(letter, *, what, on, how, by, key, today, note="", corrects=None):
    """One line: sent, acknowledged or came back. The same key again gives the first line."""
    letter = _locked(letter)
    if found := RegisterLine.objects.filter(key=key, letter=letter).first():
        return found
    if not letter.is_finished or letter.is_set_aside:
        raise NotFinished
    if corrects and (corrects.letter_id != letter.pk or hasattr(corrects, "corrected_by")):
        raise AlreadyCorrected
    _refuse_impossible(letter, what, on, today, corrects)
    if what == RegisterLine.What.SENT and letter.recipient == Recipient.FAMILY and not note.strip():
        _ask_why_despite_a_hold(letter, on, by=by)
    line = RegisterLine(
        letter=letter,
        key=key,
        what=what,
        on=on,
        how=how,
        note=note.strip(),
        corrects=corrects,
        recorded_by=by,
    )
    line.full_clean()
    line.save()
    _tell(
        EventType.LETTER_REGISTERED,
        letter,
        by=by,
        what=str(what),
        on=on,
        how=str(how),
        corrects=corrects.pk if corrects else None,
    )
    tell_clock(letter, line, today=today)
    return line


def _refuse_impossible(letter, what, on, today, corrects):
    """A letter is written, then sent, then acknowledged or returned, and none of it tomorrow."""
    made = timezone.localtime(letter.finished_at).date()
    if on > today:
        raise ValidationError({"on": "Enter today's date or an earlier one"})
    if what == RegisterLine.What.SENT:
        if on < made and not letter.is_from_elsewhere:
            raise ValidationError({"on": f"The letter was only finished on {made:%-d %B %Y}"})
        known = letter.acknowledged
        if corrects and known and known.on < on:
            raise ValidationError({"on": f"It was acknowledged on {known.on:%-d %B %Y}"})
        return
    sent = letter.sent
    if sent is None or corrects == sent:
        raise ValidationError({"what": "Record first that it was sent"})
    if on < sent.on:
        raise ValidationError({"on": f"The letter was only sent on {sent.on:%-d %B %Y}"})


def _ask_why_despite_a_hold(letter, on, *, by):
    """What has left has left: the register says so, with the reason."""
    way_out = "Say in the note why the letter was sent all the same."
    for what in (Stops.CONTACT, Stops.FAMILY):
        refuse_held(letter.review, what, letter.person, by=by, on=on, field="note", way_out=way_out)


# --- Beneath ------------------------------------------------------------------------------------


def _made_before(review, key):
    """What the first click of the same form made."""
    found = Letter.objects.filter(key=key).first()
    if found and found.review_id != review.pk:
        raise KeyOfAnother
    return found


def _locked(letter):
    return (
        Letter.objects.select_for_update(of=("self",))
        .select_related("review__partnership", "participation__agency")
        .get(pk=letter.pk)
    )


def _draft(letter):
    letter = _locked(letter)
    if not letter.is_draft:
        raise NotADraft
    return letter


def _tell(type_, letter, *, by, **data):
    record(
        type_,
        by=by,
        review=letter.review,
        target=letter,
        letter=letter.kind,
        recipient=letter.recipient,
        agency=letter.participation.agency.name if letter.participation_id else "",
        **data,
    )
