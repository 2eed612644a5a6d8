"""Two meetings of a panel: one that was held, with minutes and actions, and one to come."""

import uuid
from datetime import time, timedelta

from django.template.loader import render_to_string
from django.utils import timezone

from agencies.models import Agency
from foundations.office.pdf import FontsMissing, render_pdf
from reviews.meetings.models import Meeting
from reviews.meetings.services import actions, minutes, papers, planning, sending
from reviews.meetings.times import on_the_wall
from reviews.terms.models import TermsVersion

_SPACE = uuid.UUID("3c6c2c4e-2a0e-4a0c-9d0b-5b7a9e1f7d22")

_MINUTES = """# Conflicts of interest
Nobody declared a conflict. All signed the confidentiality agreement.

# Terms of reference
The panel agreed seven terms and two key lines of enquiry.

# Individual management reviews
- The police and the hospital have sent their chronologies.
- Housing asked for two more weeks, which the chair agreed.
"""


def hold_meetings(review, *, by, secretary):
    """Safe to repeat."""
    if Meeting.objects.filter(review=review).exists():
        return
    first = _plan(review, by, weeks=-5, place="Town Hall, room 2")
    sending.hold_meeting(first, by=by)
    _record(first, by)
    second = _plan(review, by, weeks=3, place="Town Hall, room 4")
    _hand_out(second, by)
    sending.send(second, seen=second.changes, with_agenda=True, by=secretary)
    _plan(review, by, weeks=9, place="")


def _plan(review, by, *, weeks, place):
    today = timezone.localdate()
    day = today + timedelta(weeks=weeks, days=1 - today.weekday())  # a Tuesday
    return planning.plan_meeting(
        review,
        key=_key(review, str(weeks)),
        by=by,
        starts_at=on_the_wall(day, time(10)),
        ends_at=on_the_wall(day, time(12, 30)),
        place=place,
    )


def _record(meeting, by):
    seats = list(meeting.review.panel.sitting().in_order())
    there = dict.fromkeys(seats, ("present", ""))
    there[seats[-1]] = ("deputy", "Team manager")
    there[seats[-2]] = ("apologies", "")
    minutes.record_attendance(meeting, members=there, others=["Minute taker"], by=by)
    written = minutes.write_minutes(meeting, text=_MINUTES, why="", seen=0, by=by)
    minutes.decide(
        meeting,
        key=_key(meeting, "decision"),
        text="Every agency that knew the people concerned is asked for an individual management review.",
        by=by,
    )
    _promise(meeting, seats, by)
    minutes.send_minutes(written, by=by)


def _promise(meeting, seats, by):
    day = timezone.localdate(meeting.starts_at)
    part = meeting.review.participations.get(agency=Agency.objects.named("Housing")[0])
    late = actions.give_action(
        meeting,
        key=_key(meeting, "housing"),
        text="Send the tenancy file and say which records are missing",
        participation=part,
        due=day + timedelta(weeks=2),
        by=by,
    )
    actions.chase_action(late, key=_key(meeting, "chase"), note="", by=by)
    if member := next((seat for seat in seats if seat.user and not seat.is_chair), None):
        actions.give_action(
            meeting,
            key=_key(meeting, "member"),
            text="Draft what the panel asks of services about separation",
            member=member,
            due=day + timedelta(weeks=7),
            by=by,
        )
    done = actions.give_action(
        meeting,
        key=_key(meeting, "coroner"),
        text="Ask the coroner’s officer for the date of the inquest",
        post="CSP coordinator",
        due=day + timedelta(weeks=1),
        by=by,
    )
    actions.finish_action(done, done="Asked by letter; no date has been set.", by=by)


def _hand_out(meeting, by):
    shared = {"meeting": meeting, "audience": "panel", "concerns": [], "by": by}
    if terms := TermsVersion.objects.issued().filter(review=meeting.review).first():
        papers.add_paper(
            key=_key(meeting, "terms"), title="Terms of reference", terms=terms, **shared
        )
    papers.add_paper(
        key=_key(meeting, "questions"),
        title="Questions for the second meeting",
        content=_questions(meeting),
        name="questions.pdf",
        **shared,
    )
    papers.add_paper(
        key=_key(meeting, "dates"),
        title="Dates of the agencies",
        content="Agency,Due\nHousing,December\nChildren’s services,January\n".encode(),
        name="dates.csv",
        **shared,
    )


def _questions(meeting):
    """A PDF of the demonstration's own; without a built typeface a page that says nothing."""
    blocks = [
        {"kind": "paragraph", "text": "For each agency that has sent its chronology:"},
        {
            "kind": "numbers",
            "lines": ["What was known of abuse?", "Who was told?", "What was promised?"],
        },
    ]
    context = {"title": "Questions for the second meeting", "blocks": blocks}
    html = render_to_string(
        "reviews/letters/pdf.html", context | {"reference": meeting.review.reference}
    )
    try:
        return render_pdf(html)
    except FontsMissing:
        return b"%PDF-1.4\n"


def _key(place, word):
    return uuid.uuid5(_SPACE, f"{place._meta.model_name}:{place.pk}:{word}")
