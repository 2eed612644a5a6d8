"""What the messages say: references and counts, never what about, whom, or for which agency."""

from collections import Counter

from django.conf import settings
from django.urls import reverse

from actionplans.asking.models import Step
from reviews.models import Participation
from reviews.reminders.posting import note, post

_REQUEST = """{what} in the reviews system:

{lines}

Answer all of them on one page, or with the spreadsheet that you can download there. "No change" is an
answer, too:

{link}

You get one such message for each month at most, unless a coordinator asks again.
"""

_SILENCE = """{what} in the reviews system:

{lines}

{why}

Sign in to see which they are:

{link}
"""

_WHY = {
    Step.LEADS: "You are told because you lead actions for the agency, and whoever was asked has not "
    "answered.",
    Step.COORDINATOR: "You are told because you coordinate the review, and neither those who were "
    "asked nor those who lead actions for the agency have answered.",
    Step.BOARD: "You are told because you read for the board, and nobody has answered since the "
    "coordinator was told.",
}


def subject_of(rows):
    return f"{_asked(rows)} in the reviews system"


def _asked(rows):
    return _counted(rows, "waits for your update", "wait for your update")


def send_request(request, rows, *, key):
    link = settings.SERVICE_URL + request.get_absolute_url()
    return _post(
        rows,
        key=f"updates:{request.pk}:{key}",
        to=request.user.email,
        subject=subject_of(rows),
        body=_REQUEST.format(what=_asked(rows), lines=_lines(rows), link=link),
    )


def send_silence(user, step, rows, *, partnership, on):
    what = _counted(
        rows, "was asked about and has no answer", "were asked about and have no answer"
    )
    return _post(
        rows,
        key=f"silence:{partnership.pk}:{step}:{user.pk}:{on}",
        to=user.email,
        subject=f"{what} in the reviews system",
        body=_SILENCE.format(
            what=what,
            lines=_lines(rows),
            why=_WHY[step],
            link=settings.SERVICE_URL + _page(step, partnership),
        ),
    )


def _page(step, partnership):
    if step == Step.LEADS:
        return reverse("actionplans:my-rows")
    if step == Step.COORDINATOR:
        return reverse("actionplans:asking", args=[partnership.slug])
    return reverse("reviews:review-list")


def _counted(rows, one, many):
    return f"1 action {one}" if len(rows) == 1 else f"{len(rows)} actions {many}"


def _lines(rows):
    counts = Counter(row.review.reference for row in rows)
    return "\n".join(f"Review {reference}: {n}" for reference, n in sorted(counts.items()))


def _post(rows, **message):
    """The coordinators of each review can follow it."""
    places = {row.lead_id or row.review: row for row in rows}
    first, *others = map(_about, places.values())
    posted = post(about=first, **message)
    for other in others:
        note(posted, other)
    return posted


def _about(row):
    return Participation(pk=row.lead_id, review=row.review) if row.lead_id else row.review
