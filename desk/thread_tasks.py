"""What the review's home says of the golden thread. Asked of one review, on its own page: it looks
through all of the thread."""

from django.urls import reverse

from desk.broken import count_of
from desk.tasks import Task
from reviews import rules


def thread_tasks(access, review):
    if rules.can_lead_analysis(access, review):
        n = count_of(review, access.user)
        yield Task(
            "Broken links of the golden thread",
            reverse("desk:broken-links", args=[review.reference]),
            hint="What rests on nothing, and what leads to nothing",
            status=f"{n} to mend" if n else "",
            colour="orange" if n else "",
        )
    if rules.can_bring_report(access, review) and not review.has_ended:
        yield Task(
            "Bring in an earlier report",
            reverse("actionplans:earlier-upload", args=[review.reference]),
            hint="Findings, lessons and recommendations that were written in Word",
        )
