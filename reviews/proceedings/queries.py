"""What a hold stops on a day, and how many proceedings and holds a review has."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews import rules
from reviews.access import access_of
from reviews.proceedings.models import Hold, Proceeding, Stops


def holds_on(review, what, person=None, *, on=None):
    """The holds that can stop this on a day, or in a time known roughly; whoever may see them.

    Contact with nobody in particular is stopped by no hold: each names its people.
    """
    on = on or timezone.localdate()
    first, last = (on, on) if isinstance(on, date) else (on.earliest, on.latest)
    holds = Hold.objects.filter(review=review, stops=what).can_stop(first, last)
    if what == Stops.CONTACT:
        holds = holds.filter(people=person) if person else holds.none()
    return list(holds.for_display())


def refuse_held(review, what, person=None, *, by=None, on=None, field=None, way_out=""):
    """Raises ValidationError, in a plain sentence, where a hold stops this. It holds for everybody."""
    for hold in holds_on(review, what, person, on=on):
        said = f"{_sentence_for(hold, by)} {way_out}".strip()
        raise ValidationError({field: said} if field else said)


def sentences_for(user, review, what, *, on):
    """What a page says of the holds that stop this, to whoever must keep to them."""
    return [_sentence_for(hold, user) for hold in holds_on(review, what, on=on)]


def _sentence_for(hold, by):
    """In full for whoever leads the review. An agency learns what is stopped and until when, not
    because of what; whoever has a conflict with the agency it is about learns no more than that."""
    access = access_of(by) if by else None
    if access and hold.proceeding.participation_id in access.conflicts:
        return f"A hold stops {hold.stopped}."
    if access is None or rules.can_lead_proceedings(access, hold.review):
        return hold.sentence
    until = f"the end of {hold.last_day:%-d %B %Y}" if hold.last_day else "further notice"
    return f"A hold stops {hold.stopped} until {until}. Whoever coordinates the review says more."


def sharing_is_held(review):
    """Whoever may see the hold: those it keeps from sharing can be in conflict with its agency."""
    return bool(holds_on(review, Stops.SHARING))


def reviews_held(reviews, what, *, on):
    """Ids of those of the reviews in which a hold stops this on a day; it holds for everybody."""
    holds = Hold.objects.filter(review__in=reviews, stops=what).can_stop(on, on)
    return holds.values_list("review", flat=True)


def banner_for(user, review, *whats, person=None, on=None):
    """The holds in force that a page must say, as far as this person may see them."""
    on = on or timezone.localdate()
    holds = Hold.objects.visible_to(user).filter(review=review, stops__in=whats)
    found = holds.can_stop(on, on).for_display()
    if person is None:
        return list(found)
    return [hold for hold in found if hold.stops != Stops.CONTACT or person in hold.people.all()]


@dataclass
class Beside:
    """What goes on beside one review, in numbers."""

    proceedings: int = 0
    open: int = 0
    holds: int = 0


def beside_of(user, reviews, *, on):
    """{review id: Beside}, as far as this person may see it."""
    found = {}
    rows = Proceeding.objects.visible_to(user).filter(review__in=reviews)
    for proceeding in rows.prefetch_related("statuses"):
        one = found.setdefault(proceeding.review_id, Beside())
        one.proceedings += 1
        one.open += proceeding.is_open
    holds = Hold.objects.visible_to(user).filter(review__in=reviews).can_stop(on, on)
    for review_id in holds.values_list("review", flat=True):
        found[review_id].holds += 1
    return found
