"""Messages whose fate the coordinator can follow. Every message of this room leaves through here."""

from foundations.post.outbox import queue_message
from reviews.reminders.models import Posting


def post(*, about, **message):
    """Queue a message about a Participation, a Review or a Partnership; None: about neither."""
    queued = queue_message(**message)
    note(queued, about)
    return queued


def note(message, about):
    if about is not None:
        Posting.objects.get_or_create(message=message, **_place(about))


def _place(about):
    kind = about._meta.model_name
    if kind == "participation":
        review = about.review
        return {
            "partnership_id": review.partnership_id,
            "review": review,
            "participation": about,
        }
    if kind == "review":
        return {"partnership_id": about.partnership_id, "review": about, "participation": None}
    return {"partnership": about, "review": None, "participation": None}
