"""What is written of reviews, on somebody's pages: the documents, what the Home Office says, what is out."""

from django.urls import reverse

from desk.tasks import Task, counted, many
from reports.models import Document, LetterPoint, Remark
from reviews import rules
from reviews.access import access_of


class Written:
    """Of some reviews, in a constant number of queries."""

    def __init__(self, user, reviews, *, released):
        self.access, self.released = access_of(user), released
        drafts = Document.objects.visible_to(user).live().filter(review__in=reviews)
        self.written = counted(drafts, "review")
        points = LetterPoint.objects.visible_to(user).filter(letter__review__in=reviews)
        self.points = counted(points.open(), "letter__review")
        said = Remark.objects.visible_to(user).open()
        said = said.filter(paragraph__section__document__in=drafts)
        self.said = counted(said, "paragraph__section__document__review")

    def documents(self, review):
        if not rules.can_read_documents(self.access, review):
            return
        n = self.written.get(review.pk, 0)
        said = self.said.get(review.pk, 0) if rules.can_write_documents(self.access, review) else 0
        yield Task(
            "Documents",
            reverse("reports:document-list", args=[review.reference]),
            hint=many(n, "document", "documents")
            if n
            else "The overview report and what goes with it",
            status=many(said, "open remark", "open remarks") if said else "",
            colour="orange" if said else "",
        )

    def home_office(self, review):
        if not rules.can_read_submitted(self.access, review):
            return
        n = self.points.get(review.pk, 0)
        yield Task(
            "Home Office",
            reverse("reports:home-office", args=[review.reference]),
            hint="What was submitted, and what its panel’s letters ask for",
            status=many(n, "open point", "open points") if n else "",
            colour="orange" if n else "",
        )

    def reports(self, review):
        """What one was given to read: drafts, what is with the Home Office, what was released. To those who
        write, what waits for them there."""
        writes = rules.can_write_documents(self.access, review)
        if (self.said if writes else self.written).get(review.pk):
            yield from self.documents(review)
        if not writes or self.points.get(review.pk):
            yield from self.home_office(review)
        if not writes:
            yield from self.released.register(review)
