"""The mismatch finder on reviews of three sizes: seconds, results, and how the time grows.

Fifteen agencies write of two people over twelve years: contacts both ways, of which most are answered
at the other end, promises, incidents and everyday entries. Growth is told against n log n, and beside
it stands what one changed entry costs.
"""

import random
import sys
import time
from datetime import date, timedelta
from math import log

from agencies.models import Agency, name_key
from agencies.services import create_partnership
from bench.figures import median_seconds, seconds
from chronologies.mismatches.finding import reading
from chronologies.mismatches.finding.engine import Engine
from chronologies.mismatches.models import Mismatch
from chronologies.mismatches.services.gathering import gather
from chronologies.mismatches.services.neighbours import neighbourhood
from chronologies.mismatches.services.refreshing import refresh
from chronologies.models import Entry
from reviews.models import Participation, Person, Review
from reviews.rules import Stage

TARGET_SECONDS = 5
AGENCIES = (
    "Northfield Police", "Northfield Probation Trust", "Eastmoor Housing Services",
    "Wold Adult Social Care", "Wold Children's Services", "Larkhill Hospital NHS Foundation Trust",
    "Fenside Mental Health Trust", "Brook Lane Surgery", "Harbour and Wold Support",
    "Northfield Ambulance Service", "Lantern Recovery Project", "Quayside Women's Aid",
    "Northfield Fire and Rescue", "Millbrook Academy", "Weston Homes",
)  # fmt: skip
PEOPLE = ("Adult 1", "Adult 2", "Child 1")
EVERYDAY = (
    "{person} attended the appointment and discussed rent arrears, diet and sleep.",
    "Home visit. {person} was in good spirits; the kitchen was tidy and the dog was well.",
    "Telephone call from {person} asking about a parking permit and the bins.",
    "{person} did not attend. A letter was sent with a new time.",
    "Neighbours reported loud music and shouting; {person} apologised when spoken to.",
    "{person} had bruising to the left arm, said to be from a fall on the stairs.",
    "Review of the file. No change to the plan for {person}.",
)
SENT = (
    "The worker referred {person} to {other} for support with alcohol.",
    "{other} was contacted about {person} and told of the missed appointments.",
    "Information about {person} was shared with {other} by email.",
)
RECEIVED = (
    "{other} referred {person} for support with alcohol.",
    "A telephone call was received from {other} about {person}.",
    "Email from {other} with information about {person}.",
)
PROMISED = (
    "The worker agreed to send {person} a form for a mutual exchange.",
    "It was agreed that the manager would visit {person} with {other}.",
)
ANSWERED = 0.8
START = date(2008, 1, 1)


def measure(sizes):
    figures, times = {}, {}
    for entries in sizes.chronologies:
        review = _review(entries)
        times[entries] = _timed(lambda review=review: _whole(review), sizes.times)
        figures[f"{entries} entries"] = _of(review, entries, times[entries])
        sys.stderr.write(f"  {entries} entries: {times[entries]:.2f} s\n")
    smallest, largest = min(times), max(times)
    grown = times[largest] / times[smallest]
    figures["growth"] = {
        "from": smallest,
        "to": largest,
        "times_as_long": round(grown, 2),
        "times_as_long_by_n_log_n": round(largest * log(largest) / (smallest * log(smallest)), 2),
    }
    return figures


def _timed(work, times):
    return median_seconds({"it": work}, times)["it"]


def _whole(review):
    """As the first time: nothing is remembered of an earlier look."""
    reading._READ.clear()
    case = gather(review)
    return Engine(case).find()


def _of(review, entries, took):
    reading._READ.clear()
    start = time.perf_counter()
    looked = refresh(review)
    saved = time.perf_counter() - start
    found = Mismatch.objects.filter(review=review).current()
    entry = Entry.objects.filter(review=review, text__contains="referred").order_by("pk").first()
    engine = Engine(gather(review))
    scope = neighbourhood(review, engine, [entry.pk])
    return {
        "seconds": round(took, 3),
        "target_seconds": TARGET_SECONDS,
        "found": looked.found,
        "high_or_medium": found.exclude(confidence="low").count(),
        "seconds_with_keeping": round(saved, 3),
        "one_changed_entry": {
            "entries_looked_at": len(scope) if scope is not None else entries,
            "seconds_of_finding": round(seconds(lambda: engine.find(scope)), 3),
            "seconds_in_all": round(seconds(lambda: refresh(review, entries=[entry.pk])), 3),
        },
    }


# --- Reviews to look at ---------------------------------------------------------------------------


def _review(entries):
    chance = random.Random(entries)  # noqa: S311  the same rows in every run
    review = Review.objects.create(
        reference=f"FINDER-{entries}", partnership=_partnership(), stage=Stage.ANALYSIS
    )
    for pseudonym in PEOPLE:
        Person.objects.create(review=review, pseudonym=pseudonym)
    parts = [Participation.objects.create(review=review, agency=_agency(name)) for name in AGENCIES]
    rows = []
    while len(rows) < entries:
        rows += _happening(review, parts, chance)
    for position, row in enumerate(rows[:entries], start=1):
        row.position = position
    Entry.objects.bulk_create(rows[:entries], batch_size=2_000)
    return review


def _happening(review, parts, chance):
    one, other = chance.sample(parts, 2)
    day = START + timedelta(days=chance.randrange(4_380))
    person = chance.choice(PEOPLE)
    kind = chance.random()
    if kind < 0.7:
        return [_entry(review, one, day, person, chance.choice(EVERYDAY), other)]
    if kind < 0.75:
        return [_entry(review, one, day, person, chance.choice(PROMISED), other)]
    number = chance.randrange(len(SENT))
    rows = [
        _entry(review, one, day, person, SENT[number], other),
        _entry(
            review, other, day + timedelta(days=chance.randrange(4)), person, RECEIVED[number], one
        ),
    ]
    return rows if chance.random() < ANSWERED else [chance.choice(rows)]


def _entry(review, part, day, person, text, other):
    return Entry(
        review=review,
        participation=part,
        date_text=f"{day:%d.%m.%Y}",
        date_earliest=day,
        date_latest=day,
        date_precision="day",
        persons=[person],
        text=text.format(person=person, other=other.agency.name),
    )


def _agency(name):
    return Agency.objects.get_or_create(key=name_key(name), defaults={"name": name})[0]


def _partnership():
    return create_partnership(name="Wold Community Safety Partnership")
