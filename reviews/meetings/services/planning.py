"""Planning a meeting and its agenda. Nothing here tells anybody: see sending.py."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.meetings.models import AgendaLine, Meeting, MeetingMove
from reviews.models import Review
from reviews.wording.blocks import items_of
from reviews.wording.filling import fill
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

IN_CALENDARS = ("starts_at", "ends_at", "place", "link")


class NotOpen(Exception):
    """The meeting was held or cancelled: what is planned of it is settled."""


class AgendaGiven(Exception):
    """The agenda was given out: it stays as people have it."""


class KeyOfAnother(Http404):
    """The key came with the form of another review: what it made is not shown."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was opened."""


def tell(type_, meeting, *, by, **data):
    record(type_, by=by, review=meeting.review, target=meeting, meeting=meeting.number, **data)


def locked(meeting):
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("review__partnership")
        .get(pk=meeting.pk)
    )


def in_work(meeting):
    """Locked, in a review that still takes work."""
    meeting = locked(meeting)
    refuse_if_ended(meeting.review)
    return meeting


def still_open(meeting):
    meeting = in_work(meeting)
    if not meeting.is_open:
        raise NotOpen(meeting.pk)
    return meeting


@transaction.atomic
def plan_meeting(review, *, key, by, **particulars):
    """A draft with the agenda of the partnership's template. The same key gives the first one's."""
    # A second click waits here.
    refuse_if_ended(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
    if found := Meeting.objects.filter(key=key).first():
        if found.review_id != review.pk:
            raise KeyOfAnother
        return found
    last = Meeting.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting(review=review, key=key, number=last + 1, made_by=by, **particulars)
    meeting.wording = wording_for(Kind.AGENDA, review.partnership, timezone.localdate())
    meeting.full_clean()
    meeting.save()
    AgendaLine.objects.bulk_create(
        AgendaLine(meeting=meeting, position=position, text=text[:500])
        for position, text in enumerate(_items(meeting), start=1)
    )
    tell(EventType.MEETING_PLANNED, meeting, by=by)
    return meeting


def _items(meeting):
    review = meeting.review
    start, end = map(timezone.localtime, (meeting.starts_at, meeting.ends_at))
    subjects = review.people.filter(role__in=("victim", "perpetrator"))
    facts = {
        "review.reference": review.reference,
        "review.label": review.get_label_display(),
        "partnership.name": review.partnership.name,
        "subjects": " and ".join(f"{one} ({one.get_role_display().lower()})" for one in subjects),
        "meeting.title": str(meeting),
        "meeting.date": f"{start:%-d %B %Y}",
        "meeting.time": f"{start:%H:%M} to {end:%H:%M}",
        "meeting.place": meeting.where,
    }
    return items_of(fill(meeting.wording.text, facts).text)


@transaction.atomic
def change_meeting(meeting, *, seen, by, because="", **particulars):
    """Its name, time or place. Of what people may have in their calendars the old is kept, with the
    reason; they are told when somebody sends the change."""
    meeting = still_open(meeting)
    if meeting.changes != seen:
        raise ChangedMeanwhile(meeting.pk)
    changed = [name for name, value in particulars.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    if meeting.sent_at and set(changed) & set(IN_CALENDARS):
        _keep_old(meeting, because, by)
        meeting.sequence += 1
    for name in changed:
        setattr(meeting, name, particulars[name])
    meeting.changes += 1
    meeting.full_clean()
    meeting.save()
    tell(EventType.MEETING_CHANGED, meeting, by=by, fields=sorted(changed))
    return meeting


def _keep_old(meeting, because, by):
    if not because:
        raise ValidationError({"because": "Say why it changes: people were invited already."})
    before = {name: getattr(meeting, name) for name in IN_CALENDARS}
    move = MeetingMove(meeting=meeting, because=because, moved_by=by, **before)
    move.full_clean()
    move.save()


# --- The agenda ---------------------------------------------------------------------------------


def _agenda_open(meeting):
    meeting = still_open(meeting)
    if not meeting.is_agenda_open:
        raise AgendaGiven(meeting.pk)
    return meeting


@transaction.atomic
def add_item(meeting, *, text, key, by):
    """At the end. The same key again gives the first one's item."""
    meeting = _agenda_open(meeting)
    if found := meeting.agenda.filter(key=key).first():
        return found
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaLine(meeting=meeting, key=key, position=last + 1, text=text.strip())
    item.full_clean()
    item.save()
    tell(EventType.AGENDA_CHANGED, meeting, by=by, what="added")
    return item


@transaction.atomic
def change_item(item, *, text, number, before, by):
    """Other words, or another place (`number`, from 1; too high means last)."""
    meeting = _agenda_open(item.meeting)
    item = AgendaLine.objects.select_for_update().get(pk=item.pk)
    if item.text != before:
        raise ChangedMeanwhile(item.pk)
    item.text = text.strip()
    item.full_clean(exclude=["position"])
    item.save(update_fields=["text"])
    rows = [row for row in meeting.agenda.all() if row.pk != item.pk]
    rows.insert(number - 1, item)
    _number(rows)
    tell(EventType.AGENDA_CHANGED, meeting, by=by, what="changed")
    return item


@transaction.atomic
def remove_item(item, *, by):
    """Out of an agenda that nobody has; safe to repeat."""
    meeting = _agenda_open(item.meeting)
    gone, _ = meeting.agenda.filter(pk=item.pk).delete()
    if gone:
        _number(meeting.agenda.all())
        tell(EventType.AGENDA_CHANGED, meeting, by=by, what="removed")


def _number(rows):
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
