"""What the chair shared with somebody one by one, on their own pages."""

from collections import defaultdict

from desk.tasks import Task
from reviews.access import access_of
from reviews.rules import Material
from reviews.submissions.models import Submission


class Shared:
    """Versions that are neither of one's own agency nor of a review that one leads; in one query."""

    def __init__(self, user, reviews):
        access = access_of(user)
        self.rows = defaultdict(list)
        rows = Submission.objects.visible_to(user).sent().for_display()
        rows = rows.filter(
            pk__any_of=access.shared_rows(Material.SUBMISSION),
            request__participation__review__in=reviews,
        )
        own, led = access.parts_with("answer_requests"), access.reviews_with("lead_requests")
        for version in rows.exclude(request__participation__any_of=own):
            if version.review.pk not in led:
                self.rows[version.review.pk].append(version)

    def given(self, review):
        for version in self.rows.get(review.pk, []):
            yield Task(
                f"{version.title}: {version.participation.agency}",
                version.get_absolute_url(),
                hint="Shared with you to read",
            )
