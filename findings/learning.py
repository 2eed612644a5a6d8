"""Lessons with what each rests on and what rests on it, and the agencies' own that wait to be taken
over."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from findings.models import Lesson, LessonFinding
from findings.queries import Change
from findings.resting import resting_on
from reviews.submissions.models import OwnPoint, Submission

PANEL = "The panel’s"


@dataclass(frozen=True)
class Line:
    lesson: Lesson
    findings: tuple = ()
    resting: tuple = ()  # of findings.resting.Resting

    @property
    def links(self):
        return [link for one in self.resting for link in one.links]

    @property
    def whose(self):
        return whose(self.lesson)


def whose(lesson):
    return str(lesson.participation.agency) if lesson.participation else PANEL


def lines_of(lessons, user):
    """In one query, and those of the rooms above."""
    lessons = list(lessons)
    findings, resting = findings_under(lessons, user), resting_on("lesson", lessons, user)
    return [
        Line(one, tuple(findings.get(one.pk, ())), tuple(resting.get(one.pk, ())))
        for one in lessons
    ]


def findings_under(lessons, user):
    """{id of the lesson: [Finding]}, of what was not taken away."""
    found = {}
    for tie in ties_of(lessons, user).standing():
        found.setdefault(tie.lesson_id, []).append(tie.finding)
    return found


def ties_of(lessons, user):
    rows = LessonFinding.objects.visible_to(user).live().filter(lesson__in=lessons)
    return rows.select_related("finding__review").order_by("finding__number")


def history_of(lesson):
    for version in lesson.versions.select_related("by"):
        kept = version.snapshot
        said = [
            ("Lesson", kept.get("text", "")),
            ("Why no recommendation", kept.get("why_no_recommendation", "")),
        ]
        yield Change(version.at, version.by, version.reason, tuple(one for one in said if one[1]))


@dataclass(frozen=True)
class OwnLesson:
    """A lesson of an agency's report that was taken over already, and as which."""

    point: OwnPoint
    lesson: Lesson


def own_points(review, user):
    """(those that wait, those that were taken over) of the newest version of each report.

    What an earlier version had in the same words was taken over with that.
    """
    sent = Submission.objects.visible_to(user).sent()
    newest = sent.filter(request=OuterRef("file__submission__request")).order_by("-number")
    rows = (
        OwnPoint.objects.visible_to(user)
        .kept()
        .filter(
            kind=OwnPoint.Kind.LESSON,
            file__submission__request__participation__review=review,
            file__submission=Subquery(newest.values("pk")[:1]),
        )
        .select_related("file__submission__request__participation__agency")
        .order_by("file__submission__request__participation__agency__name", "file", "position")
    )
    lessons = Lesson.objects.visible_to(user).live().filter(review=review, own_point__isnull=False)
    by_point, by_words = {}, {}
    for lesson in lessons.for_display():
        by_point[lesson.own_point_id] = lesson
        by_words[lesson.participation_id, _plain(lesson.own_point.text)] = lesson
    waiting, taken = [], []
    for point in rows:
        part = point.file.submission.participation
        lesson = by_point.get(point.pk) or by_words.get((part.pk, _plain(point.text)))
        if lesson:
            taken.append(OwnLesson(point, lesson))
        else:
            waiting.append(point)
    return waiting, taken


def _plain(text):
    return " ".join(text.split()).casefold()
