"""Extracts that wait for an agency, and answers that wait for the authors, for the reminders."""

from django.utils import timezone

from reports.models import AccuracyRound, Remark
from reports.models.accuracy import reviews_held
from reviews.reminders.kinds import Owed, register
from reviews.rules import Role


def remind_of_extracts():
    register(
        "extract",
        sentence="An agency was sent paragraphs of a draft to check by a day, and has not answered.",
        owed=extracts_unanswered,
    )
    register(
        "extract_came",
        sentence="An agency doubts what a draft says of it, and nobody has settled it.",
        owed=doubts_unsettled,
        because="because it waits for those who lead the review",
    )


def extracts_unanswered(reviews):
    """Whoever cannot see an extract, because a hold stops sharing, is not reminded of it."""
    held = reviews_held(timezone.localdate())
    rows = AccuracyRound.objects.open().filter(document__review__in=reviews)
    rows = rows.exclude(document__review__in=held)
    for one in rows.select_related("document__review"):
        yield Owed(
            item=str(one.pk),
            review=one.document.review,
            due=one.due,
            since=timezone.localdate(one.sent_at),
            page=one.get_absolute_url(),
            part_id=one.participation_id,
            roles=(Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER),
        )


def doubts_unsettled(reviews):
    """It has no day: they are told on the day after it came, and once more while it waits."""
    doubts = Remark.objects.open().exclude(answer=None)
    rows = AccuracyRound.objects.filter(
        document__review__in=reviews,
        document__removed_at=None,
        lines__answers__remark__in=doubts,
    )
    for one in rows.select_related("document__review").distinct().order_by("pk"):
        came = timezone.localdate(one.handed_in_at)
        yield Owed(
            item=str(one.pk),
            review=one.document.review,
            due=came,
            since=came,
            page=one.get_absolute_url(),
            part_id=one.participation_id,
            not_for=frozenset({one.handed_in_by_id} - {None}),
            inside=True,
            for_leaders=True,
        )
