"""Where the chronologies of the demonstration do not fit: a mismatch of every kind, some of them
judged, one asked about and answered, one whose evidence changed since."""

import uuid
from datetime import timedelta

from django.utils import timezone

from chronologies.mismatches.models import Judgement, Kind, Mismatch, Verdict
from chronologies.mismatches.services import asking, judging
from chronologies.mismatches.services.refreshing import refresh
from chronologies.services import add_entry, change_entry
from desk.demo.requests import part_of
from foundations.dates import parse
from reviews.querying.services import answering

_SPACE = uuid.UUID("0e1b9a5c-7e0b-4d51-8b8f-52f7b1f0c2a4")

# name, agency, date, whom it is about, what happened, what was done
_ENTRIES = [
    ("keys", "Police", "3 September 2020", ["FA 2"],
     "FA 2 came to the front desk and said that MA 2 had taken her keys.",
     "A referral was sent to Millbrook Homes for a change of locks."),
    ("call", "IDVA", "12 August 2019", ["FA 2", "MA 2"],
     "Telephone call received from Eastwold Probation Trust. MA 2 had spoken of following FA 2.",
     "Safety plan reviewed."),
    ("lip", "Police", "8 April 2022", ["FA 2"],
     "Attended after a neighbour’s call. FA 2 had a cut lip and a bruised cheek.",
     "Haven IDVA Service was told of it by telephone."),
    ("no injury", "IDVA", "8 April 2022", ["FA 2"],
     "Millbrook Constabulary telephoned about FA 2 after a neighbour’s call. There were no injuries.",
     "Letter sent."),
    ("scald", "Police", "17 October 2017", ["FA 2"],
     "FA 2 had been scalded on the arm with boiling water by MA 2.",
     "Photographs taken. FA 2 would not make a statement."),
    ("scald told", "Housing", "4 February 2020", ["FA 2"],
     "FA 2 told the officer that in 2016 MA 2 had scalded her arm with boiling water.",
     "Noted on the tenancy file."),
    ("camera", "Housing", "5 December 2022", ["FA 2"],
     "FA 2 asked for a camera above her door.",
     "The housing officer agreed to visit FA 2 within a week about the camera."),
    ("leaving", "Police", "15 July 2021", ["FA 2", "MA 2"],
     "FA 2 asked how she could leave. The officer wrote that MA 2 posed a high risk to FA 2.",
     "Advice given."),
    ("joint visit", "Police", "21 March 2023", ["FA 2"],
     "Joint visit to FA 2 with the housing officer of Millbrook Homes. She was anxious about the letterbox.",
     "Letterbox sealed."),
]  # fmt: skip

# Each is found on the entry of that name; the last on a heading of the police's report.
PLANTED = {
    Kind.SENT_NO_RECEIPT: "keys",
    Kind.RECEIPT_NO_SENDING: "call",
    Kind.DIFFERING_CONTENT: "no injury",
    Kind.DIFFERING_DATE: "scald told",
    Kind.PROMISED_NOT_DONE: "camera",
    Kind.ATTENDED_NOT_RECORDED: "joint visit",
    Kind.CHRONOLOGY_NOT_IN_IMR: "leaving",
    Kind.IMR_NOT_IN_CHRONOLOGY: None,
}


def disagree(review, *, coordinator, chair, author):
    """After the chronologies and reports have come. `author` writes for housing. Safe to repeat."""
    entries = {
        name: add_entry(
            review,
            part_of(review, agency),
            by=coordinator,
            key=_key("entry", name),
            on_behalf=True,
            content={
                "date": parse(on).value,
                "persons": persons,
                "text": text,
                "action": action,
            },
        )
        for name, agency, on, persons, text, action in _ENTRIES
    }
    if Judgement.objects.filter(mismatch__review=review).exists():
        return
    refresh(review)
    _judge(review, by=chair)
    _ask(review, chair=chair, author=author)
    _change(entries["no injury"], by=coordinator)
    refresh(review)


def planted(review, kind):
    """The mismatch of a kind, where it was planted."""
    rows = Mismatch.objects.filter(review=review, kind=kind)
    if name := PLANTED[Kind(kind)]:
        return rows.get(entry_links__entry__key=_key("entry", name), entry_links__position=0)
    return rows.get(passage_links__passage__text__contains=IN_THE_REPORT)


IN_THE_REPORT = "On 9 November 2018 officers took FA 2 to her sister’s home."


def _judge(review, *, by):
    for kind, verdict, reason in (
        (Kind.ATTENDED_NOT_RECORDED, Verdict.ACCEPTED,
         "The housing diary of that month was not kept. Both accounts stand."),
        (Kind.PROMISED_NOT_DONE, Verdict.NOT_MATERIAL,
         "The family told the review that a camera was fitted by somebody else."),
        (Kind.DIFFERING_CONTENT, Verdict.ACCEPTED,
         "The two workers spoke by telephone, and each wrote down what they understood."),
    ):  # fmt: skip
        row = planted(review, kind)
        judging.judge(
            row,
            verdict=verdict,
            reason=reason,
            by=by,
            key=_key("judged", kind),
            seen=judging.seen_of(row),
        )


def _ask(review, *, chair, author):
    """One that was answered, and one that has not been sent yet."""
    sent = asking.ask(
        planted(review, Kind.SENT_NO_RECEIPT),
        part_of(review, "Housing"),
        text="No matching entry was supplied in your chronology for a referral dated 3 September "
        "2020 that, by another account, was made to you about a change of locks. Was it received?",
        due=timezone.localdate() + timedelta(days=14),
        by=chair,
        key=_key("asked", "keys"),
    )
    answering.answer(
        sent,
        by=author,
        key=_key("answered", "keys"),
        kind="no_record",
        text="Neither the tenancy file nor the repairs system has a referral of that month.",
    )
    asking.ask(
        planted(review, Kind.RECEIPT_NO_SENDING),
        part_of(review, "Eastwold Probation Trust"),
        text="No matching entry was supplied in your chronology for a telephone call dated 12 "
        "August 2019 that, by another account, came from you. Was it made?",
        by=chair,
        key=_key("asked", "call"),
    )


def _change(entry, *, by):
    change_entry(
        entry,
        by=by,
        content={"text": f"{entry.text} The worker did not ask where FA 2 had been hurt."},
        seen=0,
        reason="The worker’s own notes were found.",
        on_behalf=True,
    )


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
