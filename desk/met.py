"""Meetings of reviews, and what was promised there, on somebody's pages."""

from django.urls import reverse
from django.utils import timezone

from desk.tasks import Task, counted
from reviews import rules
from reviews.access import access_of
from reviews.meetings.models import Meeting, MeetingAction


class Met:
    """Of some reviews, in a constant number of queries."""

    def __init__(self, user, reviews, *, on):
        self.access = access_of(user)
        meetings = Meeting.objects.visible_to(user).filter(review__in=reviews)
        self.upcoming = counted(meetings.upcoming(at=timezone.now()), "review")
        promised = MeetingAction.objects.visible_to(user).filter(meeting__review__in=reviews).open()
        self.promised = counted(promised, "meeting__review")
        self.owed = counted(promised.owed_by(user), "meeting__review")
        self.late = counted(promised.filter(due__lt=on), "meeting__review")

    def meetings(self, review):
        if rules.can_see_meetings(self.access, review):
            n = self.upcoming.get(review.pk, 0)
            yield Task(
                "Meetings",
                reverse("reviews:meeting-list", args=[review.reference]),
                hint="Agendas, papers, minutes and decisions",
                status=f"{n} to come" if n else "",
                colour="blue" if n else "",
            )

    def promised_there(self, review):
        n, late = self.promised.get(review.pk, 0), self.late.get(review.pk, 0)
        if n or rules.can_see_meetings(self.access, review):
            yield Task(
                "Actions of meetings",
                reverse("reviews:meeting-actions", args=[review.reference]),
                hint="What was promised at a meeting, and by when",
                status=f"{late} overdue" if late else f"{n} to do" if n else "",
                colour="red" if late else "blue" if n else "",
            )

    def own_promises(self, review):
        """On somebody's home page: what they or their agency have to do."""
        if self.owed.get(review.pk):
            yield from self.promised_there(review)
