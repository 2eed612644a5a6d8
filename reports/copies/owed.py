"""Extracts that wait for an agency, and answers and remarks that wait for the authors, for the
reminders."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from reports.models import AccuracyRound, Remark
from reports.models.accuracy import reviews_held
from reviews.panel.models import Conflict
from reviews.reminders.kinds import Owed, register
from reviews.rules import Role

_LEADS = "because it waits for those who lead the review"


def remind_of_copies():
    register(
        "extract",
        sentence="An agency was sent paragraphs of a draft to check by a day, and has not answered.",
        owed=extracts_unanswered,
    )
    register(
        "extract_came",
        sentence="An agency doubts what a draft says of it, and nobody has settled it.",
        owed=doubts_unsettled,
        because=_LEADS,
    )
    register(
        "remark",
        sentence="Somebody who reads a draft has said something of it, and nobody has settled it.",
        owed=remarks_unsettled,
        because=_LEADS,
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


def remarks_unsettled(reviews):
    """What the panel said of drafts: as long as it waits, they are told as of doubts, in the one message
    of a day. Whoever has any conflict in the review finds no draft of it."""
    rows = Remark.objects.open().filter(
        answer=None,
        paragraph__section__document__review__in=reviews,
        paragraph__section__document__removed_at=None,
    )
    conflicts = defaultdict(set)
    live = Conflict.objects.live().filter(member__review__in=reviews)
    for review, user in live.values_list("member__review", "member__user"):
        conflicts[review].add(user)
    for one in rows.select_related("paragraph__section__document__review").order_by("pk"):
        document, came = one.paragraph.section.document, timezone.localdate(one.at)
        where = [document.review.reference, document.number]
        yield Owed(
            item=str(one.pk),
            review=document.review,
            due=came,
            since=came,
            page=reverse("reports:remark-list", args=where),
            not_for=frozenset({one.by_id} | conflicts[document.review_id]) - {None},
            inside=True,
            for_leaders=True,
        )
