"""How the three reviews of the demonstration began."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from agencies.models import Agency, Partnership
from foundations.dates import PartialDate, parse
from reviews.intake.models import Notification, ReviewDecision
from reviews.intake.services import concerns, deciding, learning, notifying, scoping
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

_SPACE = uuid.UUID("0b6b7a0d-6a3e-4f0b-8f60-3b1b5d6f7a11")
_CHAIR_OF_PARTNERSHIP = "Chair of the partnership, with the consideration panel"

# reference, (manner, charge), decisions: outcome, day, day to look again, reasons, dissent, not met
_BEGINNINGS = [
    (
        "DARDR-2026-01",
        ("suicide", "no_charge"),
        [
            (
                "deferred",
                date(2026, 1, 12),
                date(2026, 2, 9),
                "The coroner had not yet said how FA 1 died, and two agencies had not answered.",
                "The specialist service would have decided at once: the history of coercive control was plain.",
                {2: "unknown"},
            ),
            (
                "review",
                date(2026, 2, 9),
                None,
                "Every criterion is met. Five agencies knew FA 1, and each saw only a part of what she lived with.",
                "",
                {},
            ),
        ],
    ),
    (
        "DHR-2024-02",
        ("homicide", "charged"),
        [
            (
                "review",
                date(2024, 4, 18),
                None,
                "FA 2 was killed by her former partner, who has been charged. Agencies had known of abuse since 2015.",
                "",
                {},
            )
        ],
    ),
    (
        "DHR-2022-01",
        ("homicide", "charged"),
        [
            (
                "review",
                date(2022, 9, 5),
                None,
                "FA 3 was killed by her husband. Several services had been in contact with both.",
                "Probation held that its own review would have been enough.",
                {},
            )
        ],
    ),
]


def begin_reviews(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    for reference, (manner, charge), decisions in _BEGINNINGS:
        review = reviews[reference]
        if ReviewDecision.objects.filter(review=review).exists():
            continue
        deciding.describe(review, seen=0, by=by, manner=manner, charge=charge)
        for number, decision in enumerate(decisions):
            _decide(review, number, *decision, by=by)


def _decide(review, number, outcome, day, again, reasons, dissent, not_met, *, by):
    criteria = wording_for(Kind.DECISION_CRITERIA, review.partnership, timezone.localdate())
    deciding.decide(
        review,
        seen=number,
        criteria=[
            (text, not_met.get(position, "yes"))
            for position, text in enumerate(criteria.items, start=1)
        ],
        criteria_source=str(criteria),
        by=by,
        outcome=outcome,
        decided_on=day,
        look_again_on=again,
        decided_by=_CHAIR_OF_PARTNERSHIP,
        reasons=reasons,
        dissent=dissent,
    )


# --- Deaths that are no review yet ----------------------------------------------------------------

# The same death told twice, and one that another partnership reviews. Every name is invented.
_TOLD = [
    {
        "source": "police",
        "from_whom": "Millbrook Constabulary, Major Crime Team",
        "told_on": date(2026, 11, 3),
        "manner": "unexplained",
        "charge": "investigation",
        "death": "1 November 2026",
        "name": "Rowan Ellery Fenwick",
        "born": "14 June 1979",
        "address": "A flat in the east of Millbrook",
        "circumstances": "Found at home by a neighbour. Two earlier calls about a former partner.",
        "others": "A former partner, and two children aged 9 and 12 who are with relatives.",
        "contacts": "Incident room, 01632 960114",
    },
    {
        "source": "agency",
        "from_whom": "Northgate Hospitals NHS Trust, safeguarding team",
        "told_on": date(2026, 11, 9),
        "manner": "homicide",
        "charge": "charged",
        "death": "early November 2026",
        "name": "FENWICK, Rowan",
        "born": "14 June 1979",
        "address": "",
        "circumstances": "Brought to the emergency department, where death was confirmed.",
        "others": "",
        "contacts": "Named nurse for safeguarding, 01632 960221",
    },
    {
        "source": "family",
        "from_whom": "By telephone to the coordinator",
        "told_on": date(2026, 10, 12),
        "manner": "suicide",
        "charge": "nobody_named",
        "death": "summer 2026",
        "name": "Ashby Merrow",
        "born": "1991",
        "address": "In the next county",
        "circumstances": "A sister told us of years of controlling behaviour by a husband.",
        "others": "A sister, who wishes to be contacted by letter only.",
        "contacts": "Through the coordinator",
    },
]


def tell_of_deaths(*, by):
    """What waits for the coordinator; safe to repeat."""
    partnership = Partnership.objects.get(name="Safer Millbrook Partnership")
    told = [_tell(partnership, number, dict(words), by=by) for number, words in enumerate(_TOLD)]
    if told[-1].is_open:
        notifying.close_notification(
            told[-1],
            because=Notification.ClosedBecause.ELSEWHERE,
            note="The neighbouring partnership was told in writing on 13 October 2026.",
            by=by,
        )


def _tell(partnership, number, words, *, by):
    death, born = (parse(words.pop(name)).value for name in ("death", "born"))
    key = uuid.uuid5(_SPACE, f"notification {number}")
    return notifying.notify(partnership, key=key, death=death, born=born, by=by, **words)


# --- What agencies were asked, and what could not wait ---------------------------------------------

_NONE = PartialDate.none()
# agency: answer, or None while it owes one
_ANSWERS = {
    "Police": {"FA 1": ("February 2021", "autumn 2025"), "MA 1": ("2012", "autumn 2025")},
    "Housing": {"FA 1": ("2019", "2025")},
    "GP": {"FA 1": ("1998", "September 2025"), "Child 1": ("2016", "2025")},
    "Northgate": {"FA 1": ("March 2022", "March 2022")},
    "IDVA": {},
    "Children": None,
}
_DESTROYED = {
    "Northgate": ("some", "2024", "Emergency department photographs schedule, two years"),
}


def ask_and_act(review, part_of, *, coordinator, chair, author):
    """`part_of` finds an agency's part by its short name; safe to repeat."""
    if not part_of(review, "Police").scoping_requests.exists():
        _ask(review, part_of, by=coordinator)
    _act(review, part_of, coordinator=coordinator, chair=chair, author=author)


def _ask(review, part_of, *, by):
    requests = scoping.ask_agencies(
        review,
        participations=[part_of(review, agency) for agency in _ANSWERS],
        due=timezone.localdate() + timedelta(days=10),
        names_sent="by secure e-mail, on the day of this request",
        by=by,
    )
    people = {person.pseudonym: person for person in review.people.all()}
    for request in requests:
        agency = next(
            name for name in _ANSWERS if request.participation.agency in Agency.objects.named(name)
        )
        if _ANSWERS[agency] is not None:
            _answer(request, agency, people, by=by)


def _answer(request, agency, people, *, by):
    how, when, policy = _DESTROYED.get(agency, ("no", "", ""))
    known = _ANSWERS[agency]
    scoping.answer_scoping(
        request,
        key=uuid.uuid5(_SPACE, f"scoping {agency}"),
        people={
            person: ("known", *(parse(day).value for day in known[pseudonym]))
            if pseudonym in known
            else ("not_known", _NONE, _NONE)
            for pseudonym, person in people.items()
        },
        by=by,
        on_behalf=True,
        records_secured=True,
        records_destroyed=how,
        destroyed=parse(when).value if when else _NONE,
        destroyed_under=policy,
    )


def _act(review, part_of, *, coordinator, chair, author):
    concern = concerns.raise_concern(
        review,
        key=uuid.uuid5(_SPACE, "concern"),
        text="MA 1 has told our repairs team that he is moving in with somebody who has a small child.",
        done_already="Told the police on 101, and our own safeguarding lead.",
        by=author,
        participation=part_of(review, "Housing"),
    )
    if concern.is_open and concern.owner is None:
        concerns.give_concern(concern, owner=part_of(review, "Children"), by=coordinator)
    early = learning.begin_action(
        review,
        key=uuid.uuid5(_SPACE, "early action"),
        learning="Repeated calls from neighbours were logged at the address and never linked to one another.",
        action="Show call handlers every call of the last year from or about the same address.",
        owner=part_of(review, "Police"),
        due=timezone.localdate() + timedelta(days=21),
        by=chair,
    )
    if not early.moves.exists() and not early.is_done:
        learning.move_action(
            early,
            due=early.due + timedelta(days=28),
            reason="The supplier of the system can change it only with its next release.",
            by=coordinator,
        )
