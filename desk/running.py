"""What it takes to run reviews, on the pages of those who do."""

from django.urls import reverse

from desk.tasks import Task, counted, many, page
from reviews import rules
from reviews.access import access_of
from reviews.letters.models import Letter
from reviews.models import Participation
from reviews.reminders.queries import not_arrived


class Running:
    """Of some reviews, in a constant number of queries."""

    def __init__(self, user, reviews):
        self.access = access_of(user)
        parts = Participation.objects.visible_to(user).contributing().filter(review__in=reviews)
        self.parts = counted(parts, "review")
        self.submitted = counted(parts.filter(submitted_at__isnull=False), "review")
        self.not_arrived = not_arrived(user, reviews)
        letters = Letter.objects.visible_to(user).filter(review__in=reviews)
        self.letters = counted(letters, "review")
        self.came_back = counted(letters.came_back(), "review")

    def agencies(self, review):
        access = self.access
        if rules.can_run_review(access, review) or access.may("read_chronologies", review):
            said = f", {self.submitted.get(review.pk, 0)} submitted"
            yield page(
                "Agencies taking part",
                "desk:participation-list",
                review,
                many(self.parts.get(review.pk, 0), "agency", "agencies") + said,
            )

    def pages(self, review):
        access = self.access
        if rules.can_keep_course(access, review):
            yield page("Tasks", "reviews:tasks", review, "What is to be done, and by whom")
            yield page(
                "Stages and state", "reviews:course", review, "Where it stands, and since when"
            )
        if rules.can_read_panel(access, review):
            yield page("Panel", "reviews:panel-list", review, "Who sits on it, and as what")
        if rules.can_lead_panel(access, review):
            yield page(
                "Commissioning", "reviews:joint-list", review, "Alone or with another partnership"
            )
        if rules.can_write_letters(access, review):
            n = self.came_back.get(review.pk, 0)
            yield Task(
                "Letters",
                reverse("reviews:letter-list", args=[review.reference]),
                hint=many(self.letters.get(review.pk, 0), "letter", "letters")
                + " to the Home Office, agencies and family",
                status=f"{n} came back" if n else "",
                colour="red" if n else "",
            )
        if rules.can_run_review(access, review):
            n = self.not_arrived.get(review.pk, 0)
            yield Task(
                "Messages",
                f"{reverse('reviews:message-list')}?review={review.reference}",
                hint="What was sent by e-mail, and what will be",
                status=many(n, "not delivered", "not delivered") if n else "",
                colour="red" if n else "",
            )
        if rules.can_keep_register(access, review):
            yield page(
                "People", "reviews:register", review, "Pseudonyms, relationships, who they are"
            )
        if rules.can_share(access, review):
            yield page("Sharing", "reviews:share-list", review, "Who sees what is not theirs")
        if rules.can_see_access(access, review):
            yield page("Who has access", "reviews:access", review, "Everybody with a role, and why")
        if rules.can_read_trail(access, review):
            yield page("The trail", "reviews:trail", review, "All that was read and changed")
