"""What the review's home says of the golden thread. Asked of one review, on its own page: it looks
through all of the thread."""

from django.urls import reverse

from desk.broken import count_of, why_nothing_is_broken
from desk.tasks import Task
from reviews import rules


def thread_tasks(access, review):
    if rules.can_lead_analysis(access, review):
        n = count_of(review, access.user)
        is_early = n and why_nothing_is_broken(review, access.user)
        yield Task(
            "Broken links of the golden thread",
            reverse("desk:broken-links", args=[review.reference]),
            hint="What rests on nothing, and what leads to nothing",
            status="" if not n else f"{n} not tied yet" if is_early else f"{n} to mend",
            colour="" if not n else "grey" if is_early else "orange",
        )
    if rules.can_bring_report(access, review) and not review.has_ended:
        yield Task(
            "Bring in an earlier report",
            reverse("actionplans:earlier-upload", args=[review.reference]),
            hint="Findings, lessons and recommendations that were written in Word",
        )
