"""What a review knows, as the values that `reports.checking` lays beside a text.

Whoever asks writes the documents of the review: nothing here asks who looks.
"""

from typing import NamedTuple

from django.utils import timezone

from actionplans.models import Recommendation
from actionplans.resting.models import RecommendationLesson
from findings.models import Lesson
from findings.terms import Terms
from foundations.dates import PartialDate
from reports.checking.facts import (
    Facts,
    LessonFact,
    PanelRow,
    PersonFact,
    RecommendationFact,
    TermFact,
)
from reviews.meetings.models import Meeting
from reviews.panel.models import PanelMember
from reviews.people.models import Identity


def facts_of(review, today=None):
    """The Facts of a review; a constant number of queries."""
    today = today or timezone.localdate()
    terms = Terms(review)
    numbers = _numbers(review)
    return Facts(
        people=tuple(_people(review)),
        terms=tuple(_terms(terms)) or None,
        period=_period(terms.version),
        panel=tuple(_panel(review)),
        lessons=tuple(_lessons(review, numbers)) or None,
        recommendations=tuple(RecommendationFact(one.number, one.text) for one in numbers.values())
        or None,
        counts=_counts(review, numbers),
        reported=PartialDate(f"{today:%-d %B %Y}", today, today, "day"),
        is_being_written=True,
    )


def _people(review):
    identities = {one.person_id: one for one in Identity.objects.filter(review=review)}
    for person in review.people.order_by("pk"):
        known = identities.get(person.pk)
        yield PersonFact(
            pseudonym=person.pseudonym,
            role=person.role,
            born=_bounded(known.birth) if known else None,
            died=_bounded(known.death) if known else None,
        )


def _bounded(date):
    return date if date.earliest and date.latest else None


def _terms(terms):
    for one in terms.current:
        if not one.is_line:
            yield TermFact(str(one.number), one.text)


def _period(version):
    """From the first day that the terms look at to the last; None where no terms were issued."""
    if version is None:
        return None
    start, end = version.scope_from, version.scope_to
    words = " to ".join(str(one) for one in (start, end) if one)
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        return PartialDate(words, None, None, "invalid")
    return PartialDate(words, earliest, latest, "range")


def _panel(review):
    """Who sits on it now; what a report says of somebody who left stands in their row."""
    rows = PanelMember.objects.filter(review=review).sitting().in_order()
    for one in rows.select_related("agency"):
        agency = one.agency.name if one.agency_id else one.organisation
        yield PanelRow(one.name, one.position or _as(one), agency)


def _as(member):
    """A chair's or an author's role is what they are on the panel as."""
    return member.get_capacity_display() if member.capacity != "member" else ""


class _Numbered(NamedTuple):
    number: str
    text: str
    is_whole: bool


def _numbers(review):
    """{id: _Numbered} of the recommendations, numbered as the document shows them."""
    rows = Recommendation.objects.live().filter(review=review)
    rows = rows.order_by("is_draft", "position", "pk")
    return {
        one.pk: _Numbered(str(one.number or place), one.text, one.parent_id is None)
        for place, one in enumerate(rows, start=1)
    }


def _lessons(review, numbers):
    ties = {}
    rows = RecommendationLesson.objects.live().filter(recommendation__in=list(numbers))
    for lesson, recommendation in rows.values_list("lesson", "recommendation"):
        ties.setdefault(lesson, []).append(numbers[recommendation].number)
    for one in Lesson.objects.live().filter(review=review).order_by("number"):
        yield LessonFact(
            number=str(one.number),
            text=one.text,
            recommendations=tuple(ties.get(one.pk, ())),
            why_none=one.why_no_recommendation,
        )


def _counts(review, numbers):
    """Only what has happened: of a review that keeps no meetings here, nobody knows how many there were.
    A recommendation counts once, whatever its parts."""
    held = Meeting.objects.filter(
        review=review, kind=Meeting.Kind.PANEL, state=Meeting.State.HELD
    ).count()
    wholes = sum(one.is_whole for one in numbers.values())
    counts = {"panel meetings": held, "recommendations in all": wholes}
    return {what: many for what, many in counts.items() if many}
