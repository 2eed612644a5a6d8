"""The logs of contact of the demonstration: in touch, left alone, not before the trial, and new."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from foundations.dates import parse
from reviews.family import services
from reviews.family.models import ContactEntry, Correspondent, EngagementDecision, How, Wish
from reviews.terms.models import TermsVersion

_SPACE = uuid.UUID("7c1d5c1e-3e0b-4d0a-8f5e-61c0a2f4b7d3")
_OURS, _THEIRS, _MET = ContactEntry.Direction.values
_CHAIR = "The chair"


def keep_logs(reviews, *, by):
    """`reviews` by reference; safe to repeat."""
    if Correspondent.objects.filter(review__in=reviews.values()).exists():
        return
    _write_to_a_mother(reviews["DARDR-2026-01"], by)
    _leave_alone(reviews["DARDR-2026-01"], by)
    _wait_for_the_trial(reviews["DARDR-2026-01"], by)
    _add(
        reviews["DARDR-2026-01"],
        by,
        relation="Colleague of FA 1 at the bakery",
        standing=Correspondent.Standing.WORK,
    )
    _tell_a_brother(reviews["DHR-2024-02"], by)


def _write_to_a_mother(review, by):
    mother = _add(
        review,
        by,
        relation="Mother of FA 1",
        standing=Correspondent.Standing.FAMILY,
        through=Correspondent.Through.ADVOCATE,
        prefers=How.TELEPHONE,
    )
    services.set_details(
        mother, text="Through the advocate at Lantern, 01632 960177, not on Mondays.", by=by
    )
    first = _contact(
        mother,
        by,
        "16 February 2026",
        _OURS,
        How.LETTER,
        leaflet=ContactEntry.Leaflet.FAMILY,
        leaflet_answer=ContactEntry.Answer.NOT_YET,
        advocate="Lantern homicide support",
        advocate_answer=ContactEntry.Answer.NOT_YET,
        response=ContactEntry.Response.AWAITED,
        note="First letter: condolence, what a review is, and that they may take part or not.",
    )
    _contact(
        mother,
        by,
        "17 February 2026",
        _OURS,
        How.LETTER,
        leaflet=ContactEntry.Leaflet.FAMILY,
        advocate="Lantern homicide support",
        response=ContactEntry.Response.AWAITED,
        note="First letter: condolence, what a review is, and that they may take part or not.",
        corrects=first,
        corrected_because="The letter went out a day later.",
    )
    _contact(
        mother,
        by,
        "early March 2026",
        _THEIRS,
        How.TELEPHONE,
        leaflet=ContactEntry.Leaflet.FAMILY,
        leaflet_answer=ContactEntry.Answer.ACCEPTED,
        advocate="Lantern homicide support",
        advocate_answer=ContactEntry.Answer.ACCEPTED,
        response=ContactEntry.Response.TAKES_PART,
        note="She wants to take part, with her advocate, and not in the weeks around the anniversary.",
    )
    _contact(
        mother,
        by,
        "14 May 2026",
        _MET,
        How.PERSON,
        by_whom=f"{_CHAIR}, with the advocate",
        terms=TermsVersion.objects.filter(review=review, number=1).first(),
        response=ContactEntry.Response.TAKES_PART,
        note="The terms were read together. She spoke of FA 1: her garden, her work, her singing.",
        next_on=timezone.localdate() - timedelta(days=5),
    )
    asked = _wish(
        mother, by, "question", "Why did nobody put the two calls together?", "14 May 2026"
    )
    _answer(asked, by, "report", "Chapter 5 sets the calls side by side.", where="5.3.2")
    _wish(mother, by, "question", "Did her surgery know that she was afraid?", "14 May 2026")
    _wish(mother, by, "wish", "That the report says who FA 1 was before anything else.", "May 2026")


def _leave_alone(review, by):
    sister = _add(review, by, relation="Sister of FA 1", standing=Correspondent.Standing.FAMILY)
    _contact(
        sister,
        by,
        "17 February 2026",
        _OURS,
        How.LETTER,
        leaflet=ContactEntry.Leaflet.FAMILY,
        advocate="Lantern homicide support",
        response=ContactEntry.Response.NONE,
    )
    services.decide_engagement(
        sister,
        outcome=EngagementDecision.Outcome.STOP,
        decided_on=date(2026, 4, 23),
        decided_by="The chair, with the panel",
        reasons="No answer came to two letters, and the advocate thinks that a third would be a burden.",
        revisit_on=date(2027, 2, 1),
        by=by,
        key=_key(review, "sister"),
        today=timezone.localdate(),
    )


def _wait_for_the_trial(review, by):
    person = review.people.get(pseudonym="MA 1")
    one = _add(
        review,
        by,
        person=person,
        standing=Correspondent.Standing.PERPETRATOR,
        through=Correspondent.Through.GOVERNOR,
        prefers=How.LETTER,
    )
    services.hold_contact(
        one,
        not_before=date(2027, 4, 12),
        set_on=date(2026, 3, 2),
        agreed_with="Senior investigating officer",
        why="Not before the end of the trial.",
        by=by,
        key=_key(review, "hold"),
        today=timezone.localdate(),
    )


def _tell_a_brother(review, by):
    brother = _add(review, by, relation="Brother of FA 2", standing=Correspondent.Standing.FAMILY)
    _contact(
        brother,
        by,
        "autumn 2025",
        _MET,
        How.VIDEO,
        leaflet=ContactEntry.Leaflet.FAMILY,
        leaflet_answer=ContactEntry.Answer.ACCEPTED,
        advocate="Lantern homicide support",
        advocate_answer=ContactEntry.Answer.HAS_ONE,
        draft=ContactEntry.Draft.PART,
        response=ContactEntry.Response.TAKES_PART,
        note="He said that she had not wanted that flat. It was all that she was offered, and it was two streets from where MA 2 lived.",
    )
    asked = _wish(
        brother, by, "draft", "The paragraph on the tenancy makes it sound like her choice.", "2025"
    )
    _answer(
        asked,
        by,
        "report",
        "Reworded: it now says that both names stood on the tenancy.",
        where="4.2.1",
        told_on=date(2026, 5, 20),
    )


# --- Beneath ------------------------------------------------------------------------------------


def _add(review, by, **said):
    key = _key(review, said.get("relation") or said["person"].pseudonym)
    return services.add_correspondent(review, by=by, key=key, **said)


def _contact(one, by, on, direction, how, *, by_whom=_CHAIR, **said):
    return services.record_contact(
        one,
        on=parse(on).value,
        direction=direction,
        how=how,
        by_whom=by_whom,
        by=by,
        key=_key(one.review, f"{one.pk} {on} {how}"),
        today=timezone.localdate(),
        **said,
    )


def _wish(one, by, kind, text, raised):
    return services.record_wish(
        one,
        kind=Wish.Kind(kind),
        text=text,
        raised=parse(raised).value,
        by=by,
        key=_key(one.review, text),
    )


def _answer(wish, by, outcome, text, **said):
    return services.answer_wish(
        wish,
        outcome=outcome,
        text=text,
        by=by,
        key=_key(wish.review, text),
        today=timezone.localdate(),
        **said,
    )


def _key(review, words):
    return uuid.uuid5(_SPACE, f"{review.reference}:{words}")
