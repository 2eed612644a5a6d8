"""Taking out again what an earlier report brought in: all that nothing rests on yet, in one go.

What somebody has worked with since stays, each with the reason, and is taken away by itself or not at
all. Nothing is deleted: every row keeps its words, and the file stays on record.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actionplans.earlier.models import EarlierPoint, EarlierReport
from actionplans.earlier.services import ChangedMeanwhile, NotReady, locked
from actionplans.models import Action, ProgressNote, Recommendation
from actionplans.resting.models import RecommendationLesson, RecommendationVersion
from actionplans.resting.services import take_away
from audit.models import EventType
from audit.services import record
from findings.models import Evidence, FindingVersion, LessonFinding, LessonVersion
from findings.services.lessons import take_away_lesson
from findings.services.writing import take_away_finding

Kind = EarlierPoint.Kind


class NothingGoes(Exception):
    """Somebody has worked with all of it since."""


@dataclass(frozen=True)
class Fate:
    """What becomes of a row that the report made."""

    point: EarlierPoint
    why_it_stays: str = ""

    @property
    def row(self):
        return self.point.became

    @property
    def goes(self):
        return not self.why_it_stays


def fates_of(report):
    """[Fate] of each row that the report made and that is still there, in a constant number of
    queries: recommendations first, since what rests on something keeps it."""
    points = report.points.filter(is_there_already=False).select_related(
        "finding__review", "lesson__review", "recommendation__review", "report"
    )
    made = [point for point in points if point.became and not point.is_gone]
    of = {kind: [point for point in made if point.kind == kind] for kind in Kind}
    fates = _recommendations(report, of[Kind.RECOMMENDATION])
    going = {fate.row.pk for fate in fates if fate.goes}
    lessons = _lessons(report, of[Kind.LESSON], going)
    going = {fate.row.pk for fate in lessons if fate.goes}
    return [*fates, *lessons, *_findings(report, of[Kind.FINDING], going)]


def sign_of(fates):
    """Of what goes, so that no more is taken away than somebody was shown."""
    ids = sorted(fate.point.pk for fate in fates if fate.goes)
    return hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()


@transaction.atomic
def undo(report, *, reason, seen, by):
    """`seen`: the sign of what the page said would go. A second click finds that it is done."""
    report = locked(report)
    if report.state == EarlierReport.State.UNDONE:
        return report
    if report.state != EarlierReport.State.SAVED:
        raise NotReady
    fates = fates_of(report)
    if sign_of(fates) != seen:
        raise ChangedMeanwhile
    going = [fate for fate in fates if fate.goes]
    if not going:
        raise NothingGoes
    for fate in going:
        _TAKE_AWAY[fate.point.kind](fate.row, reason=reason, by=by)
    report.state, report.undone_at, report.undone_by = (
        EarlierReport.State.UNDONE,
        timezone.now(),
        by,
    )
    report.save(update_fields=["state", "undone_at", "undone_by"])
    counts = Counter(fate.point.kind for fate in going)
    record(
        EventType.EARLIER_REPORT_UNDONE,
        by=by,
        review=report.review,
        target=report,
        **{f"{kind}s": counts[kind] for kind in Kind},
        stayed=len(fates) - len(going),
    )
    return report


_TAKE_AWAY = {
    Kind.RECOMMENDATION: take_away,
    Kind.LESSON: take_away_lesson,
    Kind.FINDING: take_away_finding,
}


# --- Why something stays ------------------------------------------------------------------------


def _recommendations(report, points):
    pks = [point.recommendation_id for point in points]
    below = {"recommendation__in": pks}
    reasons = [
        (_ids(ProgressNote.objects.filter(**below)), "Progress was reported on it."),
        (
            _ids(Action.objects.live().filter(key__isnull=False, **below)),
            "An action was added to it.",
        ),
        (_ids(RecommendationVersion.objects.filter(**below)), "It was changed here."),
        (
            set(Recommendation.objects.filter(same_as__in=pks).values_list("same_as", flat=True)),
            "Another recommendation was called the same.",
        ),
        (_said_by_others(report, "recommendation", pks), _ANOTHER),
    ]
    return [
        Fate(
            point,
            _first(reasons, point.recommendation_id)
            if point.recommendation.is_draft
            else "It is in the plan, where it is answered.",
        )
        for point in points
    ]


def _lessons(report, points, going):
    pks = [point.lesson_id for point in points]
    ties = RecommendationLesson.objects.live().filter(lesson__in=pks)
    ties = ties.filter(recommendation__withdrawn_at=None).exclude(recommendation__in=going)
    reasons = [
        (_ids(ties, "lesson"), "A recommendation that stays rests on it."),
        (_ids(LessonVersion.objects.filter(lesson__in=pks), "lesson"), "It was changed here."),
        (_said_by_others(report, "lesson", pks), _ANOTHER),
    ]
    return [Fate(point, _first(reasons, point.lesson_id)) for point in points]


def _findings(report, points, going):
    pks = [point.finding_id for point in points]
    ties = LessonFinding.objects.live().filter(finding__in=pks, lesson__removed_at=None)
    reasons = [
        (
            _ids(Evidence.objects.live().filter(finding__in=pks), "finding"),
            "Evidence was put under it.",
        ),
        (_ids(ties.exclude(lesson__in=going), "finding"), "A lesson that stays rests on it."),
        (_ids(FindingVersion.objects.filter(finding__in=pks), "finding"), "It was changed here."),
        (_said_by_others(report, "finding", pks), _ANOTHER),
    ]
    return [Fate(point, _first(reasons, point.finding_id)) for point in points]


_ANOTHER = "Another report that was brought in says the same."


def _said_by_others(report, kind, pks):
    others = EarlierPoint.objects.filter(report__state=EarlierReport.State.SAVED)
    return _ids(others.exclude(report=report).filter(**{f"{kind}__in": pks}), kind)


def _ids(rows, name="recommendation"):
    return set(rows.values_list(name, flat=True))


def _first(reasons, pk):
    return next((why for pks, why in reasons if pk in pks), "")
