"""What went on beside a review of the demonstration: a trial that ended, an inquest to come."""

import uuid
from datetime import date

from django.utils import timezone

from foundations.dates import parse
from reviews.proceedings import services
from reviews.proceedings.disclosure import services as disclosure
from reviews.proceedings.disclosure.sources import material_of
from reviews.proceedings.models import DisclosureSchedule, ProceedingStatus, Stops

_SPACE = uuid.UUID("6f5a7f0e-52b7-4be2-9a55-0a3f4cf8c7d1")
_ASKED_BY = "Senior investigating officer"
_AGREED_BY = "The chair, with the coordinator"


def go_on_beside(review, *, by):
    """A trial with a hold that was released, and an inquest with one that stands."""
    if review.proceedings.exists():
        return
    _trial(review, by)
    _inquest(review, by)


def _trial(review, by):
    trial = services.add_proceeding(
        review, kind="trial", body="Crown Court", number="T20240417", by=by, key=_key("trial")
    )
    for what, on in (
        ("charge", "28 March 2024"),
        ("trial", "2 June 2025"),
        ("verdict", "20 June 2025"),
    ):
        _dated(trial, what, on, by)
    services.add_post(
        trial,
        post="Disclosure officer, major crime team",
        number="OP 117",
        by=by,
        key=_key("disclosure officer"),
    )
    (hold,) = services.begin_holds(
        trial,
        stops=[Stops.STAFF],
        asked_by=_ASKED_BY,
        starts_on=date(2024, 7, 1),
        reason="Members of staff are to give evidence",
        agreed_by=_AGREED_BY,
        by=by,
        key=_key("hold staff"),
        today=timezone.localdate(),
    )
    services.release_hold(
        hold,
        on=date(2025, 6, 23),
        because="The verdict was given and no appeal was lodged",
        agreed_by=_AGREED_BY,
        by=by,
        key=_key("release staff"),
        today=timezone.localdate(),
    )
    services.set_status(
        trial,
        status=ProceedingStatus.Status.CONCLUDED,
        on=parse("20 June 2025").value,
        outcome="Convicted of manslaughter",
        by=by,
        key=_key("trial ended"),
        today=timezone.localdate(),
    )


def _inquest(review, by):
    inquest = services.add_proceeding(
        review, kind="inquest", body="Coroner for the northern area", by=by, key=_key("inquest")
    )
    _dated(inquest, "opened", "9 April 2024", by)
    listed = _dated(inquest, "hearing", "18 August 2025", by)
    hearing = services.move_event(
        listed,
        on=parse("spring 2027").value,
        because="An expert’s report was late",
        by=by,
        key=_key("hearing moved"),
    )
    services.begin_holds(
        inquest,
        stops=[Stops.PUBLICATION],
        asked_by="Coroner’s officer",
        starts_on=date(2025, 7, 14),
        until_event=hearing,
        reason="Witnesses have still to be heard",
        agreed_by=_AGREED_BY,
        by=by,
        key=_key("hold publication"),
        today=timezone.localdate(),
    )


def _dated(proceeding, what, on, by):
    return services.record_event(
        proceeding,
        what=what,
        on=parse(on).value,
        by=by,
        key=_key(proceeding.kind, what),
    )


def keep_schedule(review, *, by):
    """Everything marked that the demonstration put there, frozen, and a part handed over."""
    if DisclosureSchedule.objects.filter(review=review).exists():
        return
    today, found = timezone.localdate(), material_of(by, review)
    for one in found:
        is_file = one.source == "file"
        disclosure.mark(
            one,
            review,
            is_sensitive=is_file,
            reason="Holds third parties’ records" if is_file else "Nothing about third parties",
            by=by,
            key=_key("mark", one.source, str(one.row)),
        )
    schedule = disclosure.freeze(review, by=by, key=_key("schedule"), today=today)
    disclosure.hand_over(
        schedule,
        list(schedule.lines.filter(source__in=("file", "terms"))[:3]),
        on=today,
        post="Disclosure officer, major crime team",
        request="Request of the major crime team, OP 117",
        by=by,
        key=_key("handed over"),
        today=today,
    )


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
