"""What each agency of a world was asked for, once in each state that a wall can stand between."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from reviews.requests.services import answering, extending, moving
from tests.factories.reviews_requests import asked


def ask(rows, mark):
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        _ask(each, mark)
    ours = rows.ours
    rows.request, rows.question = ours.request, ours.question
    rows.nil, rows.receipt = ours.nil, ours.receipt


def _ask(each, mark):
    """The database keeps what is said of a request, so that the words are marked from the first."""
    part, by = each.part, each.author
    say = partial(mark, review=part.review.reference, place=part.agency_id, kind="request")
    each.request = asked(part, kind="imr", by=by)
    moving.open_request(each.request, by=by)
    extending.ask_extension(
        each.request,
        by=by,
        key=uuid.uuid4(),
        until=timezone.localdate() + timedelta(days=90),
        reason=say("A post is vacant"),
    )
    each.question = asked(part, kind="question", by=by)
    answering.save_draft(each.question, by=by, text="So far", seen=0)
    each.nil = asked(part, kind="report", by=by)
    each.receipt = answering.give_nil(
        each.nil,
        by=by,
        key=uuid.uuid4(),
        nil="destroyed",
        destroyed_under=say("Schedule 8"),
        note=say("Two systems searched"),
    )
    for request in (each.request, each.question, each.nil):
        request.refresh_from_db()
