"""What was released, and what waits with it, on somebody's own pages."""

from collections import defaultdict

from django.urls import reverse
from django.utils.functional import cached_property

from desk.tasks import Task
from reports.models import Release, Released
from reports.release.steps import is_to_sign
from reviews import rules
from reviews.access import access_of
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import reviews_held


class Releases:
    """The sets of some reviews that this person finds, in a constant number of queries."""

    def __init__(self, user, reviews, *, on):
        self.access, self.on, self.reviews = access_of(user), on, reviews
        self.of = defaultdict(list)
        rows = Release.objects.visible_to(user).filter(review__in=reviews).order_by("number")
        for one in rows.prefetch_related("sign_offs"):
            self.of[one.review_id].append(one)

    @cached_property
    def held(self):
        """Ids of the reviews in which nothing is signed off or published today."""
        return set(reviews_held(self.reviews, Stops.PUBLICATION, on=self.on))

    def register(self, review):
        rows = self.of.get(review.pk, [])
        leads = rules.can_write_documents(self.access, review)
        if not rules.can_read_releases(self.access, review) or not (rows or leads):
            return
        out = sum(one.state == Released.PUBLISHED for one in rows)
        late = any(self._is_late(one) for one in rows)
        yield Task(
            "Releases",
            reverse("reports:release-list", args=[review.reference]),
            hint=f"{out} published" if out else "What is signed off and published",
            status="To be taken down" if late and leads else "",
            colour="red" if late and leads else "",
        )

    def waiting(self, review):
        """What this person has to do with a set today."""
        publishes = rules.can_publish(self.access, review)
        for one in self.of.get(review.pk, []):
            one.review = review
            if review.has_ended or review.pk in self.held:
                continue
            if self._waits_for_me(one):
                yield _task(one, "to be signed off")
            elif publishes and one.state == Released.SIGNED_OFF and one.not_before <= self.on:
                yield _task(one, "can be published")

    def _is_late(self, release):
        if release.state != Released.PUBLISHED:
            return False
        until = release.take_down_on
        return until is not None and until <= self.on

    def _waits_for_me(self, release):
        return release.state == Released.PROPOSED and is_to_sign(self.access, release)


def _task(release, what):
    title, href = f"{release}: {what}", release.get_absolute_url()
    return Task(title, href, status="Waits for you", colour="orange")


def to_take_down(user, *, on):
    """Sets whose day has come, in all reviews that the user runs: most of those have ended long ago."""
    access = access_of(user)
    rows = Release.objects.visible_to(user).to_take_down(on)
    rows = rows.filter(review__any_of=access.reviews_with("run_review"))
    for one in rows.select_related("review").order_by("take_down_on"):
        yield Task(
            f"{one.review}, {str(one).lower()}: to be taken down",
            one.get_absolute_url(),
            hint=f"It was to stand on the site until {one.take_down_on:%-d %B %Y}",
            status="Take it down",
            colour="red",
        )
