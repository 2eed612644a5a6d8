"""What agencies of the demonstration were asked for: silent, late, at work, sent, nil, accepted."""

import uuid
from datetime import timedelta

from django.utils import timezone

from agencies.models import Agency
from foundations.dates import parse
from reviews.models import Participation
from reviews.requests.models import Request
from reviews.requests.services import answering, asking, extending, moving

_SPACE = uuid.UUID("1c7e5b52-9c1f-4a3e-8a55-6f5f3f0a7b21")
_NEW, _READ = "DARDR-2026-01", "DHR-2024-02"

# reference, kind, agencies, what exactly, why, asked days ago, due in days
_ASKED = [
    (_NEW, "chronology", ["Police", "Housing", "Northgate", "IDVA", "GP"], "",
     "You were in contact with FA 1, MA 1 or Child 1 within the timeframe.", 40, 12),
    (_NEW, "chronology", ["Children"], "",
     "Child 1 lived in the household within the timeframe.", 50, -9),
    (_NEW, "imr", ["Police", "Housing", "Northgate"], "Please look at the spring of 2023 closely.",
     "Your staff met FA 1 more than once within the timeframe.", 40, 30),
    (_NEW, "report", ["IDVA"], "", "A referral to you is recorded in April 2022.", 30, 5),
    (_NEW, "question", ["Housing"], "Was the transfer that FA 1 asked for in 2024 ever decided?",
     "Another record says that it was asked for, and nothing says what became of it.", 12, 9),
    (_NEW, "question", ["GP"], "Do records before January 2021 still exist?",
     "A letter of 2019 is spoken of elsewhere.", 12, 9),
    (_READ, "chronology", ["Police", "IDVA", "Housing", "Eastwold Probation Trust"], "",
     "You were in contact with FA 2 or MA 2 within the timeframe.", 500, -420),
    (_READ, "imr", ["Police", "Housing"], "",
     "Your staff met FA 2 more than once within the timeframe.", 60, 10),
    (_READ, "chronology", ["GP", "Adult care"], "",
     "You may have been in contact with FA 2 or MA 2.", 500, -430),
]  # fmt: skip


def ask_agencies(reviews, *, by):
    """`reviews` by reference; before their files come, so that these answer. Safe to repeat."""
    today, now = timezone.localdate(), timezone.now()
    for number, (reference, kind, agencies, what, why, ago, due) in enumerate(_ASKED):
        asking.ask_agencies(
            reviews[reference],
            participations=[part_of(reviews[reference], agency) for agency in agencies],
            key=_key("ask", number),
            kind=kind,
            what=what,
            why=why,
            due=today + timedelta(days=due),
            at=now - timedelta(days=ago),
            by=by,
        )


def answer_some(reviews, *, coordinator, chair, author):
    """Safe to repeat."""
    new, read = reviews[_NEW], reviews[_READ]
    now = timezone.now()
    for kind in ("chronology", "imr"):
        own = request_of(new, "Housing", kind)
        moving.open_request(own, by=author, at=now - timedelta(days=35))
        moving.begin(own, by=author, at=now - timedelta(days=30))
    _want_time(request_of(new, "Housing", "imr"), by=author)
    _draft(request_of(new, "Housing", "question"), by=author)
    for agency, kind, how in (
        ("Northgate", "imr", "By secure e-mail, one Word file."),
        ("IDVA", "report", "By secure e-mail, two pages."),
    ):
        moving.submit(
            request_of(new, agency, kind),
            by=coordinator,
            key=_key("came", agency),
            reason=how,
            on_behalf=True,
            at=now - timedelta(days=4),
        )
    moving.accept(request_of(new, "IDVA", "report"), by=chair, key=_key("accept", "IDVA"))
    _nil(
        request_of(new, "GP", "question"),
        by=coordinator,
        nil="destroyed",
        destroyed=parse("spring 2020").value,
        destroyed_under="Records retention schedule 2012, when a patient moves away",
    )
    _nil(request_of(read, "GP", "chronology"), by=coordinator, nil="nothing_known")
    _nil(request_of(read, "Adult care", "chronology"), by=coordinator, nil="out_of_scope")
    for agency in ("Police", "IDVA", "Eastwold Probation Trust", "GP"):
        request = request_of(read, agency, "chronology")
        if not request.is_open:
            moving.accept(request, by=chair, key=_key("accept", _READ, agency))


def _want_time(request, *, by):
    extending.ask_extension(
        request,
        by=by,
        key=_key("time"),
        until=request.first_due + timedelta(days=21),
        reason="The manager who has to be spoken with is away until the end of the month.",
    )


def _draft(request, *, by):
    text = "The request was entered on the system in March 2024. We are still looking for"
    answering.save_draft(request, by=by, text=text, seen=0)


def _nil(request, *, by, **said):
    answering.give_nil(
        request,
        by=by,
        key=_key("nil", request.pk),
        on_behalf=True,
        at=timezone.now() - timedelta(days=3),
        **said,
    )


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(map(str, words)))


def part_of(review, agency):
    return Participation.objects.get(review=review, agency=Agency.objects.named(agency)[0])


def request_of(review, agency, kind):
    return Request.objects.get(participation=part_of(review, agency), kind=kind)
