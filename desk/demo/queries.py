"""What the review asked back: a report that came, was checked, and went back with three queries, of
which one is accepted, one answered and one open."""

import uuid
from datetime import timedelta

from django.utils import timezone

from desk.demo.requests import part_of, request_of
from reviews.checking.lists import checklist_for, install
from reviews.checking.models import QualityCheck
from reviews.checking.queries import receipts_of
from reviews.checking.services.marking import Marked, mark
from reviews.querying.services import answering, deciding, raising, sending
from reviews.requests.services import asking, moving

_SPACE = uuid.UUID("7d0f6a27-54cf-4c4a-9a38-0d3b8a0f8c55")
_REVIEW, _AGENCY = "DARDR-2026-01", "Housing"

_ASKED = (
    "The report says that the repair request was passed on. No entry of that was supplied. To whom "
    "was it passed, and when?",
    "The second visit in spring 2023 has no outcome. Is one recorded?",
    "Which of the two tenancy reviews looked at who lived in the household?",
)
# What is marked otherwise than "met", and why.
_FOUND = {
    "contacts": ("partly", "One visit has no outcome."),
    "together": ("partly", "What was passed on to others is not followed up."),
    "equality": ("not_met", "Not mentioned."),
}


def ask_back(reviews, *, coordinator, chair, author):
    """Safe to repeat."""
    review, now = reviews[_REVIEW], timezone.now()
    part = part_of(review, _AGENCY)
    install()
    asking.ask_agencies(
        review,
        participations=[part],
        key=_key("ask"),
        kind="report",
        what="",
        why="Repairs and visits are spoken of in another record.",
        due=timezone.localdate() - timedelta(days=2),
        at=now - timedelta(days=30),
        by=coordinator,
    )
    request = request_of(review, _AGENCY, "report")
    moving.submit(
        request,
        by=coordinator,
        key=_key("came"),
        reason="By secure e-mail, three pages.",
        on_behalf=True,
        at=now - timedelta(days=6),
    )
    receipt = receipts_of(request).last()
    if not QualityCheck.objects.filter(receipt=receipt).exists():
        _check(request, receipt, by=chair, at=now - timedelta(days=5))
    queries = [
        raising.raise_query(
            part,
            request=request,
            text=text,
            by=chair,
            key=_key("query", number),
            at=now - timedelta(days=5),
        )
        for number, text in enumerate(_ASKED)
    ]
    sending.return_with(
        request,
        queries=queries,
        by=chair,
        key=_key("return"),
        reason="Thank you. Three things are not clear to us yet.",
        due=timezone.localdate() + timedelta(days=9),
        at=now - timedelta(days=5),
    )
    _answer(queries, author=author, chair=chair, now=now)


def _check(request, receipt, *, by, at):
    items = checklist_for(
        request.kind, request.review.partnership, timezone.localdate(at)
    ).items.all()
    found = [Marked(item.pk, *_FOUND.get(item.code, ("met", "")), 0) for item in items]
    mark(receipt, found, by=by, finish=True, at=at)


def _answer(queries, *, author, chair, now):
    first, second, _ = queries
    answering.answer(
        first,
        by=author,
        key=_key("answer", 0),
        kind="explained",
        text="To the contractor on the same day. The order is kept in the repairs system, which was "
        "not searched before.",
        at=now - timedelta(days=3),
    )
    deciding.accept(first, by=chair, key=_key("accept", 0), at=now - timedelta(days=2))
    answering.answer(
        second,
        by=author,
        key=_key("answer", 1),
        kind="no_record",
        text="Neither the tenancy file nor the diary of the officer has one.",
        at=now - timedelta(days=1),
    )


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(map(str, words)))
