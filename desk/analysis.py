"""What the review makes of its evidence, on somebody's own pages."""

from django.urls import reverse

from chronologies.mismatches.queries import Standing, standings_of
from desk.tasks import Task
from reviews import rules
from reviews.access import access_of


class Analysis:
    """Of some reviews, in a constant number of queries."""

    def __init__(self, user, reviews):
        self.access = access_of(user)
        shown = [one for one in reviews if rules.can_read_mismatches(self.access, one)]
        self.mismatches_of = standings_of(user, shown) if shown else {}

    def marks(self, review):
        if rules.can_read_analysis(self.access, review):
            yield Task(
                "Events that several agencies describe",
                reverse("chronologies:event-list", args=[review.reference]),
                hint="Each agency’s account of them, side by side",
            )
        if rules.can_lead_analysis(self.access, review):
            yield Task(
                "Suggested marks",
                reverse("chronologies:suggestion-list", args=[review.reference]),
                hint="Key events, risk assessments and contacts that the entries’ words suggest",
            )

    def mismatches(self, review):
        if not rules.can_read_mismatches(self.access, review):
            return
        stands = self.mismatches_of.get(review.pk, Standing())
        leads = rules.can_lead_analysis(self.access, review)
        n = stands.unsettled if leads else stands.all
        said = f"{n} {'place' if n == 1 else 'places'} where two accounts do not fit"
        status, colour = _standing(stands) if leads else ("", "")
        yield Task(
            "Mismatches",
            reverse("chronologies:mismatch-list", args=[review.reference]),
            hint=f"{said}, not settled" if leads else said,
            status=status,
            colour=colour,
        )

    def waiting(self, review):
        """On a leader's own page: answers to look at, or what the finder is sure of."""
        if review.has_ended:
            return
        for task in self.mismatches(review):
            if task.status:
                yield task


def _standing(stands):
    """(in words, colour)"""
    if stands.answered:
        return f"{stands.answered} answered, waiting for you", "orange"
    if stands.open:
        return f"{stands.open} of high confidence", "yellow"
    return "", ""
