"""How reviews begin, on somebody's pages: what cannot wait, what agencies were asked, what was decided."""

from collections import defaultdict

from django.urls import reverse

from desk.tasks import Task, counted
from reviews import rules
from reviews.access import access_of
from reviews.intake.models import EarlyAction, ReviewDecision, ScopingRequest, UrgentConcern


class Begun:
    """Of some reviews, in a constant number of queries."""

    def __init__(self, user, reviews):
        self.access = access_of(user)
        decisions = ReviewDecision.objects.visible_to(user).filter(review__in=reviews)
        self.decisions = {one.review_id: one for one in decisions.order_by("number")}
        concerns = UrgentConcern.objects.visible_to(user).open().filter(review__in=reviews)
        self.concerns = counted(concerns, "review")
        early = EarlyAction.objects.visible_to(user).filter(review__in=reviews)
        self.early = counted(early, "review")
        self.early_open = counted(early.open(), "review")
        self.asked = defaultdict(list)
        asked = ScopingRequest.objects.visible_to(user).for_display().with_latest_answer()
        for request in asked.filter(participation__review__in=reviews):
            self.asked[request.participation.review_id].append(request)

    def urgent(self, review):
        """What cannot wait for the report."""
        if rules.can_raise_concern(self.access, review):
            n = self.concerns.get(review.pk, 0)
            yield Task(
                "Urgent concerns",
                reverse("reviews:concern-list", args=[review.reference]),
                hint="Somebody may be in danger now",
                status=f"{n} open" if n else "",
                colour="red" if n else "",
            )
        leads = rules.can_lead_intake(self.access, review)
        n = self.early_open.get(review.pk, 0)
        if leads or self.early.get(review.pk):
            yield Task(
                "Immediate learning",
                reverse("reviews:early-actions", args=[review.reference]),
                hint="What is put right before there is a report",
                status=f"{n} to do" if n else "",
                colour="blue" if n else "",
            )

    def questions(self, review):
        """What an agency was asked before anybody decided on a review."""
        for request in self.asked.get(review.pk, []):
            if self.access.may("answer_scoping", request.participation):
                yield Task(
                    f"What does {request.participation.agency} know?",
                    reverse("reviews:scoping-detail", args=[review.reference, request.pk]),
                    hint=f"Due on {request.due:%-d %B %Y}",
                    status="Answered" if request.known else "Not answered",
                    colour="green" if request.known else "orange",
                )

    def beginning(self, review):
        if rules.can_lead_intake(self.access, review):
            decision = self.decisions.get(review.pk)
            yield Task(
                "Notification and decision",
                reverse("reviews:decision-list", args=[review.reference]),
                hint="What the partnership was told, and whether there is to be a review",
                status=decision.get_outcome_display() if decision else "No decision yet",
                colour="green" if decision else "grey",
            )
            asked = self.asked.get(review.pk, [])
            answered = sum(bool(request.known) for request in asked)
            yield Task(
                "Scoping",
                reverse("reviews:scoping-board", args=[review.reference]),
                hint="Which agencies knew these people, and how their records stand",
                status=f"{answered} of {len(asked)} answered" if asked else "Nobody asked yet",
                colour="grey" if not asked else "green" if answered == len(asked) else "orange",
            )
