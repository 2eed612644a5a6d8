"""Keeping the log of contact with family and others. Nothing is changed; rows are added."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.family.models import (
    ContactDetails,
    ContactEntry,
    ContactHold,
    Correspondent,
    EngagementDecision,
    Wish,
    WishAnswer,
)
from reviews.models import Review
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held


class AlreadyCorrected(Exception):
    """Somebody has corrected this entry already: the later one is to be corrected."""


class KeyOfAnother(Exception):
    """The key came with the form of another review or person: what it made is not shown."""


@transaction.atomic
def add_correspondent(review, *, standing, by, key, person=None, relation="", **particulars):
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a second click waits
    if found := _made_before(Correspondent, key, review=review):
        return found
    correspondent = Correspondent(
        review=review,
        key=key,
        person=person,
        relation=" ".join(relation.split()),
        standing=standing,
        added_by=by,
        **particulars,
    )
    if person and person.review_id != review.pk:
        raise ValidationError({"person": "That person is in another review."})
    _save(correspondent)
    _tell(EventType.CORRESPONDENT_ADDED, correspondent, by=by, standing=str(standing))
    return correspondent


@transaction.atomic
def record_contact(correspondent, *, on, direction, by, key, today, corrects=None, **said):
    """One contact as it was. `corrects` is the entry that this one stands instead of.

    Raises ValidationError where the day lies in a hold, because a contact then must not be made;
    one that was made all the same is recorded after the hold was moved, with the reason for that.
    """
    correspondent = _locked(correspondent)
    if found := _made_before(ContactEntry, key, correspondent=correspondent):
        return found
    if corrects and (
        corrects.correspondent_id != correspondent.pk
        or ContactEntry.objects.filter(corrects=corrects).exists()
    ):
        raise AlreadyCorrected
    entry = ContactEntry(
        correspondent=correspondent,
        key=key,
        on=on,
        direction=direction,
        corrects=corrects,
        recorded_by=by,
        **{
            name: value.strip() if isinstance(value, str) else value for name, value in said.items()
        },
    )
    if entry.terms and entry.terms.review_id != correspondent.review_id:
        raise ValidationError({"terms": "Those terms are of another review."})
    if entry.letter and entry.letter.person_id != correspondent.person_id:
        raise ValidationError({"letter": "That letter went to somebody else."})
    refuse_impossible(correspondent.hold, entry, today=today)
    _refuse_held(correspondent, entry)
    _save(entry)
    _tell(
        EventType.CONTACT_RECORDED,
        correspondent,
        by=by,
        entry=entry.pk,
        direction=str(direction),
        corrects=corrects.pk if corrects else None,
    )
    return entry


def refuse_impossible(hold, entry, *, today):
    """A contact has a day, not in the future; the review's own is not in a hold, nor is the next."""
    if not entry.on.is_bounded:
        raise ValidationError({"on": "Enter when it was; a month or a year is enough"})
    if entry.on.earliest and entry.on.earliest > today:
        raise ValidationError({"on": "A contact that is still to come cannot be recorded"})
    if entry.next_on and entry.on.earliest and entry.next_on < entry.on.earliest:
        raise ValidationError({"next_on": "Plan the next contact for a day after this one"})
    if hold is None:
        return
    until = f"{hold.not_before:%-d %B %Y}"
    if entry.next_on and entry.next_on < hold.not_before:
        raise ValidationError({"next_on": f"Nobody may contact them before {until}"})
    if entry.direction != ContactEntry.Direction.THEIRS and _can_be_in(hold, entry.on):
        raise ValidationError(
            {
                "on": f"Nobody may contact them before {until}. If it was before "
                f"{hold.set_on:%-d %B %Y}, when that was agreed, enter the day"
            }
        )


def _refuse_held(correspondent, entry):
    """What a hold of a proceeding stops: contact with this person, or giving the family material."""
    review, person, by = correspondent.review, correspondent.person, entry.recorded_by
    if entry.next_on:
        refuse_held(review, Stops.CONTACT, person, by=by, on=entry.next_on, field="next_on")
    if entry.direction == ContactEntry.Direction.THEIRS:
        return
    refuse_held(review, Stops.CONTACT, person, by=by, on=entry.on, field="on")
    for given in ("terms", "draft"):
        if getattr(entry, given):
            refuse_held(review, Stops.FAMILY, by=by, on=entry.on, field=given)


def _can_be_in(hold, date):
    starts_before_its_end = date.earliest is None or date.earliest < hold.not_before
    ends_after_its_start = date.latest is None or date.latest >= hold.set_on
    return starts_before_its_end and ends_after_its_start


@transaction.atomic
def hold_contact(correspondent, *, not_before, set_on, why, by, key, today, agreed_with=""):
    """Nobody contacts them before a day; None lifts what stands. The days before it are kept."""
    correspondent = _locked(correspondent)
    if found := _made_before(ContactHold, key, correspondent=correspondent):
        return found
    if set_on > today:
        raise ValidationError({"set_on": "Enter today's date or an earlier one"})
    before = correspondent.hold
    if not_before is None and before is None:
        raise ValidationError({"not_before": "There is no day to lift"})
    hold = ContactHold(
        correspondent=correspondent,
        key=key,
        not_before=not_before,
        set_on=set_on,
        agreed_with=agreed_with.strip(),
        why=why.strip(),
        recorded_by=by,
    )
    _save(hold)
    _tell(
        EventType.CONTACT_HELD,
        correspondent,
        by=by,
        before=before.not_before if before else None,
        not_before=not_before,
    )
    return hold


@transaction.atomic
def decide_engagement(correspondent, *, outcome, decided_on, by, key, today, **said):
    """To write no further for now, with a day to look again; or to begin again."""
    correspondent = _locked(correspondent)
    if found := _made_before(EngagementDecision, key, correspondent=correspondent):
        return found
    if decided_on > today:
        raise ValidationError({"decided_on": "Enter today's date or an earlier one"})
    decision = EngagementDecision(
        correspondent=correspondent,
        key=key,
        outcome=outcome,
        decided_on=decided_on,
        recorded_by=by,
        **said,
    )
    if not decision.is_stop and not correspondent.is_left_alone:
        raise ValidationError({"outcome": "Nobody decided to make no further contact"})
    _save(decision)
    _tell(
        EventType.ENGAGEMENT_DECIDED,
        correspondent,
        by=by,
        outcome=str(outcome),
        revisit_on=decision.revisit_on,
    )
    return decision


@transaction.atomic
def record_wish(correspondent, *, kind, text, raised, by, key):
    correspondent = _locked(correspondent)
    if found := _made_before(Wish, key, correspondent=correspondent):
        return found
    wish = Wish(
        review=correspondent.review,
        correspondent=correspondent,
        key=key,
        kind=kind,
        text=text.strip(),
        raised=raised,
        recorded_by=by,
    )
    _save(wish)
    _tell(EventType.WISH_RECORDED, correspondent, by=by, wish=wish.pk, kind=str(kind))
    return wish


@transaction.atomic
def answer_wish(wish, *, outcome, text, by, key, today, where="", told_on=None):
    """How it was answered, or that it was not after all. The answers before it are kept."""
    wish = Wish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if found := _made_before(WishAnswer, key, wish=wish):
        return found
    if told_on and told_on > today:
        raise ValidationError({"told_on": "Enter today's date or an earlier one"})
    if outcome == WishAnswer.Outcome.REOPENED and wish.answer is None:
        raise ValidationError({"outcome": "It has not been answered yet"})
    answer = WishAnswer(
        wish=wish,
        key=key,
        outcome=outcome,
        where=where.strip(),
        text=text.strip(),
        told_on=told_on,
        recorded_by=by,
    )
    _save(answer)
    _tell(
        EventType.WISH_ANSWERED,
        wish.correspondent,
        by=by,
        wish=wish.pk,
        outcome=str(outcome),
        told=bool(told_on),
    )
    return answer


# --- How to reach them --------------------------------------------------------------------------


@transaction.atomic
def set_details(correspondent, *, text, by):
    correspondent = _locked(correspondent)
    details = ContactDetails(
        review=correspondent.review,
        correspondent=correspondent,
        text=text.strip(),
        recorded_by=by,
    )
    _save(details)
    _tell(EventType.CONTACT_DETAILS_CHANGED, correspondent, by=by)
    return details


@transaction.atomic
def reveal_details(correspondent, *, by):
    """How to reach them, or None if nobody has said. That it was asked is on the trail."""
    _tell(EventType.CONTACT_DETAILS_REVEALED, correspondent, by=by)
    return ContactDetails.objects.filter(correspondent=correspondent).first()


# --- Beneath ------------------------------------------------------------------------------------


def _locked(correspondent):
    return (
        Correspondent.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=correspondent.pk)
    )


def _made_before(model, key, **place):
    """What the first click of the same form made."""
    found = model.objects.filter(key=key).first()
    if found and any(getattr(found, name) != thing for name, thing in place.items()):
        raise KeyOfAnother
    return found


def _save(row):
    row.full_clean()
    row.save()


def _tell(type_, correspondent, *, by, **data):
    record(type_, by=by, review=correspondent.review, target=correspondent, **data)
