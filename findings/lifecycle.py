"""What a review that is to be closed still has open of its findings and lessons."""

from findings.models import Finding, Lesson
from reviews.lifecycle import open_things


def _bare(user, review):
    return Finding.objects.visible_to(user).without_evidence().filter(review=review).count()


def _loose(user, review):
    return Lesson.objects.visible_to(user).without_finding().filter(review=review).count()


def tell_what_is_open():
    open_things.register(
        "bare-findings",
        one="finding without evidence",
        many="findings without evidence",
        page="findings:finding-list",
        count=_bare,
    )
    open_things.register(
        "loose-lessons",
        one="lesson that rests on no finding",
        many="lessons that rest on no finding",
        page="findings:lesson-list",
        count=_loose,
    )
