"""What pages say of what a recommendation rests on, and of agencies' own that can be taken over."""

from dataclasses import dataclass

from django.db.models import Max, OuterRef, Q, Subquery

from actionplans.models import Level, Recommendation
from actionplans.resting.models import RecommendationLesson, RecommendationVersion, ToldApart
from actionplans.wording import key as plain
from chronologies.marking.models import Theme
from findings.models import Lesson
from reviews.models import Participation
from reviews.submissions.models import OwnPoint, Submission


def lessons_of(one, user):
    """The live ties of a recommendation to lessons that this reader may see."""
    ties = RecommendationLesson.objects.visible_to(user).live().filter(recommendation=one)
    return (
        ties.filter(lesson__removed_at=None)
        .select_related("lesson__review")
        .order_by("lesson__number")
    )


def lessons_left(one, user):
    """Lessons that it could rest on besides."""
    tied = RecommendationLesson.objects.live().filter(recommendation=one).values("lesson")
    lessons = Lesson.objects.visible_to(user).live().filter(review=one.review)
    return lessons.exclude(pk__in=tied).order_by("number")


def parts_of(review, user):
    """Whoever can lead: the agencies of the review, those that only lead included."""
    parts = Participation.objects.visible_to(user).filter(review=review)
    return parts.select_related("agency").order_by("agency__name")


def history_of(one, user):
    """What it said before, newest first: (version, [(label, words)])."""
    versions = RecommendationVersion.objects.visible_to(user).filter(recommendation=one)
    versions = list(versions.select_related("by"))
    wanted = {pk for version in versions for pk in version.snapshot["leads"]}
    names = dict(
        Participation.objects.visible_to(user)
        .filter(pk__in=wanted)
        .values_list("pk", "agency__name")
    )
    themes = Theme.objects.in_bulk({version.snapshot.get("theme") for version in versions} - {None})
    return [(version, _said(version.snapshot, names, themes)) for version in versions]


def _said(snapshot, names, themes):
    """Versions from before these were asked have no level, addressee or theme."""
    leads = [names[pk] for pk in snapshot["leads"] if pk in names]
    level = snapshot.get("level")
    said = [
        ("Number", snapshot["number"]),
        ("Recommendation", snapshot["text"]),
        ("Who leads", ", ".join(leads) or "Nobody"),
        ("Level", Level(level).label if level else ""),
        ("Addressed to", snapshot.get("addressed_to")),
        ("Theme", themes.get(snapshot.get("theme"))),
    ]
    return [(label, value) for label, value in said if value or label == "Number"]


def told_apart_from(one, user):
    """[(other, reason)] of those that read like it and, as somebody said, are not the same."""
    said = ToldApart.objects.visible_to(user).filter(Q(first=one) | Q(second=one))
    return [
        (apart.second if apart.first_id == one.pk else apart.first, apart.reason)
        for apart in said.select_related("first__review", "second__review").order_by("pk")
    ]


def called_the_same(one, user):
    """(the one that it is the same as, those that were called the same as it), of what they see."""
    rows = Recommendation.objects.visible_to(user).select_related("review")
    stays = rows.filter(pk=one.same_as_id).first() if one.same_as_id else None
    return stays, list(rows.filter(same_as=one).order_by("position", "pk"))


@dataclass(frozen=True)
class Own:
    """A recommendation of an agency's own report, and the one that it became."""

    point: OwnPoint
    became: Recommendation | None
    from_earlier_version: bool = False

    @property
    def part(self):
        return self.point.file.submission.request.participation


def own_of(review, user):
    """[Own] of the version that each agency sent last, in the order of the agencies."""
    newest = (
        Submission.objects.sent()
        .filter(request=OuterRef("file__submission__request"))
        .order_by()
        .values("request")
        .annotate(last=Max("number"))
        .values("last")
    )
    points = (
        OwnPoint.objects.visible_to(user)
        .kept()
        .filter(
            kind=OwnPoint.Kind.RECOMMENDATION,
            file__removed_at=None,
            file__submission__request__participation__review=review,
            file__submission__number=Subquery(newest),
        )
        .select_related("file__submission__request__participation__agency")
        .order_by("file__submission__request__participation__agency__name", "file", "position")
    )
    taken, by_words = {}, {}
    there = Recommendation.objects.visible_to(user).standing().filter(review=review)
    for one in there.filter(own_point__isnull=False).select_related(
        "review", "same_as__review", "own_point__file__submission__request"
    ):
        taken[one.own_point_id] = one.same_as or one
        part = one.own_point.file.submission.request.participation_id
        by_words[part, plain(one.text)] = one.same_as or one
    return [_own(point, taken, by_words) for point in points]


def _own(point, taken, by_words):
    if point.pk in taken:
        return Own(point, taken[point.pk])
    part = point.file.submission.request.participation_id
    before = by_words.get((part, plain(point.text)))
    return Own(point, before, from_earlier_version=before is not None)
