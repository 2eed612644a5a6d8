"""Paragraphs of a draft that an agency was asked to check, in the work of the agency's people."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from desk.tasks import Task
from reports.copies.queries import state_of
from reports.models import AccuracyRound, ExtractAnswer, ExtractLine
from reviews.access import access_of


class Extracts:
    """Of some reviews, in one query, and none for whoever answers for no agency."""

    def __init__(self, user, reviews, *, on):
        self.on, self.of_review = on, {}
        parts = access_of(user).parts_with("answer_requests")
        if not parts:
            return
        rows = AccuracyRound.objects.visible_to(user).filter(participation__any_of=parts)
        answered = ExtractAnswer.objects.visible_to(user).filter(line=OuterRef("pk"))
        lines = ExtractLine.objects.filter(~Exists(answered), round=OuterRef("pk"))
        rows = rows.annotate(is_answered=~Exists(lines))
        for one in rows.filter(document__review__in=reviews).for_display().order_by("-pk"):
            self.of_review.setdefault(one.document.review_id, []).append(one)

    def owed(self, review):
        for one in self.of_review.get(review.pk, []):
            state, colour = state_of(one, on=self.on)
            if one.is_open:
                state = _of_open(one, state, is_late=colour == "red")
            yield Task(
                f"Is the draft accurate about {one.participation.agency}?",
                one.get_absolute_url(),
                hint=f"Extract {one.number}, sent on {timezone.localtime(one.sent_at):%-d %B %Y}, answer by {one.due:%-d %B %Y}",
                status=state,
                colour=colour,
            )


def _of_open(one, state, *, is_late):
    if one.is_answered:
        return "Answered, not handed in"
    return state if is_late else "To check"
