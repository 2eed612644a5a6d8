"""Bringing in an earlier report: keep it, choose, and save all of it in one go, or nothing.

The caller asked rules.py; state is asked again here, under the plan's lock.
"""

import re
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.earlier import bodies as leads
from actionplans.earlier.models import EarlierPoint, EarlierReport
from actionplans.importing import lock_plan
from actionplans.models import Action, Reach
from actionplans.resting.services import make_recommendation
from actionplans.rows.services import follow
from actionplans.services import KeyOfAnother
from actionplans.wording import key as plain
from audit.models import EventType
from audit.services import record
from findings.models import Finding
from findings.services.lessons import make_lesson
from findings.services.writing import make_finding
from foundations.dates import PartialDate
from foundations.vault.services import store

LONGEST_LINE = 500
LONGEST_NUMBER = 40
_MISSED = re.compile(r"\bmissed (?:an )?opportunit|\bopportunit\w+ (?:was|were) missed", re.I)
_GOOD = re.compile(r"\bgood practice\b", re.I)
_SYSTEMS = re.compile(
    r"\b(?:system|process|procedure|polic(?:y|ies)|commission|pathway)\w*\b", re.I
)
State = EarlierReport.State
Kind = EarlierPoint.Kind


class NotReady(Exception):
    """The report is saved or discarded already."""


class ChangedMeanwhile(Exception):
    """Somebody else chose something since the page was opened."""


class NeedsTerms(Exception):
    """Some findings stand under no term yet. `count` says how many."""

    def __init__(self, count):
        super().__init__(count)
        self.count = count


class NothingTaken(Exception):
    """Every point was left out."""


# --- Coming in ----------------------------------------------------------------------------------


@transaction.atomic
def upload(review, reading, *, content, name, sha256, by, key):
    """Keep a report that could be read, as it came. The same key gives the first one's report, and
    the same file that which was brought in, or is being looked at."""
    review = lock_plan(review)
    if found := EarlierReport.objects.filter(key=key).first():
        if found.review_id != review.pk:
            raise KeyOfAnother
        return found
    over = (State.DISCARDED, State.UNDONE)
    again = review.earlier_reports.filter(sha256=sha256).exclude(state__in=over)
    if found := again.order_by("-saved_at", "pk").first():
        return found
    stored = store(content, name=name, scope=review.vault_scope)
    report = EarlierReport.objects.create(
        review=review, stored=stored, name=stored.name, sha256=sha256, key=key, by=by
    )
    _keep(report, reading)
    record(
        EventType.FILE_UPLOADED,
        by=by,
        review=review,
        target=report,
        size=stored.size,
        sha256=stored.sha256,
    )
    return report


def _keep(report, reading):
    rows = {}
    for position, point in enumerate(reading.points, start=1):
        rows[id(point)] = EarlierPoint.objects.create(
            report=report,
            position=position,
            kind=point.kind,
            number=point.number[:LONGEST_NUMBER],
            text=point.text,
            parts=[[part.number, part.depth, part.text] for part in point.parts],
            heading=point.heading,
            group=point.group,
            leads=list(point.leads),
            lead_as_written=point.lead_as_written,
            places=point.places,
            doubts=point.doubts,
            finding_kind=_finding_kind(point),
        )
    for point in reading.points:
        if point.rests_on is not None:
            row = rows[id(point)]
            row.rests_on = rows[id(point.rests_on)]
            row.save(update_fields=["rests_on"])
    report.lines = [
        [
            fate.position,
            fate.shown[:LONGEST_LINE],
            rows[id(fate.point)].position if fate.point else None,
            fate.why,
        ]
        for fate in reading.fates
    ]
    report.bodies = leads.bodies_of(report.review, reading.points)
    report.doubts = reading.doubts
    report.save(update_fields=["lines", "bodies", "doubts"])


def _finding_kind(point):
    """A first guess, which somebody confirms in the preview."""
    if _MISSED.search(point.text):
        return Finding.Kind.MISSED
    if _GOOD.search(point.text):
        return Finding.Kind.GOOD
    return Finding.Kind.SYSTEMS if _SYSTEMS.search(point.text) else Finding.Kind.PRACTICE


# --- Choosing -----------------------------------------------------------------------------------


@transaction.atomic
def choose(report, chosen, *, seen, term_for_all=None, leave_out_findings=False):
    """`chosen`: {position: {"kind", "is_left_out", "term_id", "finding_kind"}} of some of its points."""
    report = _open(report, seen)
    for point in report.points.filter(position__in=chosen):
        for name, value in chosen[point.position].items():
            setattr(point, name, value)
        point.save(update_fields=["kind", "is_left_out", "term", "finding_kind"])
    of_findings = report.points.filter(kind=Kind.FINDING)
    if leave_out_findings:
        of_findings.update(is_left_out=True)
    if term_for_all is not None:
        of_findings.filter(term=None, is_left_out=False).update(term_id=term_for_all)
    return _changed(report)


@transaction.atomic
def choose_bodies(report, chosen, *, seen):
    """`chosen`: {name: whom it stands for}. What somebody has said, nobody included, is no doubt any
    more."""
    report = _open(report, seen)
    report.bodies = [
        [name, chosen.get(name, whom), "" if name in chosen else doubt]
        for name, whom, doubt in report.bodies
    ]
    return _changed(report)


@transaction.atomic
def discard(report, *, by):
    """Nothing of it is brought in; the file itself stays on record. Safe to repeat."""
    report = locked(report)
    if report.state == State.DISCARDED:
        return report
    if not report.is_open:
        raise NotReady
    report.state = State.DISCARDED
    report.save(update_fields=["state"])
    record(EventType.IMPORT_DISCARDED, by=by, review=report.review, target=report)
    return report


# --- Saving -------------------------------------------------------------------------------------


@transaction.atomic
def bring_in(report, *, seen, by):
    """Every point that was not left out, in one go. A second click finds that it is done."""
    report = locked(report)
    if report.state == State.SAVED:
        return report
    if not report.is_open:
        raise NotReady
    if report.changes != seen:
        raise ChangedMeanwhile
    points = list(report.points.taken().select_related("term", "rests_on"))
    if not points:
        raise NothingTaken
    if without := sum(point.needs_a_term for point in points):
        raise NeedsTerms(without)
    counts = _Taking(report, points, by=by).take()
    report.state, report.saved_at, report.saved_by = State.SAVED, timezone.now(), by
    report.save(update_fields=["state", "saved_at", "saved_by"])
    record(
        EventType.EARLIER_REPORT_TAKEN,
        by=by,
        review=report.review,
        target=report,
        sha256=report.sha256,
        **counts,
    )
    return report


class _Taking:
    """Finds what the review says already, and makes the rest."""

    def __init__(self, report, points, *, by):
        self.report, self.points, self.by = report, points, by
        review = self.review = report.review
        self.there = {
            Kind.FINDING: _by_words(review.findings.live()),
            Kind.LESSON: _by_words(review.lessons.live()),
            Kind.RECOMMENDATION: _by_words(review.recommendations.live()),
        }
        self.made = {}  # {id of a point: the row it became}
        self.agencies = leads.agencies_of(_named_by(report, points), by=by)

    def take(self):
        counts = {"findings": 0, "lessons": 0, "recommendations": 0, "there_already": 0}
        for kind, make in (
            (Kind.FINDING, self._finding),
            (Kind.LESSON, self._lesson),
            (Kind.RECOMMENDATION, self._recommendation),
        ):
            for point in self.points:
                if point.kind != kind:
                    continue
                words = plain(point.whole)
                row = self.there[kind].get(words)
                point.is_there_already = row is not None
                if row is None:
                    row = self.there[kind][words] = make(point, self._key_of(point))
                counts["there_already" if point.is_there_already else f"{kind}s"] += 1
                self.made[point.pk] = row
                setattr(point, kind, row)
                point.save(
                    update_fields=["is_there_already", "finding", "lesson", "recommendation"]
                )
        return counts

    def _key_of(self, point):
        """Of this report and place, so that nothing is made of it twice."""
        return uuid.uuid5(self.report.key, f"{point.kind}:{point.position}")

    def _below(self, point, kind):
        """What it rests on in the report, where that was brought in as one of these."""
        under = point.rests_on
        return (
            [self.made[under.pk]] if under and under.kind == kind and under.pk in self.made else []
        )

    def _finding(self, point, key):
        return make_finding(
            self.review,
            term=point.term,
            kind=point.finding_kind or Finding.Kind.PRACTICE,
            text=point.whole,
            by=self.by,
            key=key,
        )

    def _lesson(self, point, key):
        return make_lesson(
            self.review,
            text=point.whole,
            by=self.by,
            key=key,
            findings=self._below(point, Kind.FINDING),
            number_as_written=point.number,
        )

    def _recommendation(self, point, key):
        agencies = {
            self.agencies[name].pk: self.agencies[name]
            for name in point.leads
            if name in self.agencies
        }
        one = make_recommendation(
            self.review,
            text=point.text,
            number="" if self._is_taken(point.number) else point.number,
            reach=Reach.SINGLE if len(agencies) == 1 else Reach.MULTI,
            other_leads=list(agencies.values()),
            lessons=self._below(point, Kind.LESSON),
            group=point.group,
            by=self.by,
            key=key,
        )
        one.lead_as_written, one.number_as_written = point.lead_as_written, point.number
        one.save(update_fields=["lead_as_written", "number_as_written"])
        Action.objects.bulk_create(
            Action(
                recommendation=one,
                position=position,
                number=number[:LONGEST_NUMBER],
                text=text,
                target=PartialDate.none(),
                claimed_completed=PartialDate.none(),
            )
            for position, (number, _, text) in enumerate(point.parts, start=1)
        )
        follow(self.review, [one])
        return one

    def _is_taken(self, number):
        """A number that another one has would name two: this one is then numbered on."""
        return self.review.recommendations.live().filter(parent=None, number=number).exists()


def _by_words(rows):
    return {plain(row.text): row for row in rows}


def _named_by(report, points):
    """Of bodies that only points which were left out name, nothing is added to the register."""
    names = {name for point in points if point.kind == Kind.RECOMMENDATION for name in point.leads}
    return [body for body in report.bodies if body[0] in names]


# --- What every change asks first ---------------------------------------------------------------


def locked(report):
    """The report as it is now, while nobody else changes the plan."""
    lock_plan(report.review)
    return (
        EarlierReport.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=report.pk)
    )


def _open(report, seen):
    report = locked(report)
    if not report.is_open:
        raise NotReady
    if report.changes != seen:
        raise ChangedMeanwhile
    return report


def _changed(report):
    report.changes += 1
    report.save(update_fields=["bodies", "changes"])
    return report


def must_be(refusal):
    """The sentence of a refusal of `bring_in`."""
    if isinstance(refusal, NeedsTerms):
        n = refusal.count
        return (
            f"{n} {'finding has' if n == 1 else 'findings have'} no term of reference yet. Choose one for"
            f" {'it' if n == 1 else 'each'}, or leave {'it' if n == 1 else 'them'} out"
        )
    if isinstance(refusal, NothingTaken):
        return "Everything was left out, so there is nothing to bring in"
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return "Somebody else changed this meanwhile. Look at it again before you bring it in"
