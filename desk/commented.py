"""What the review said to an agency about its own entries, in the work of the agency's people."""

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from chronologies.marking.models import EntryComment
from desk.tasks import Task


class Commented:
    """Of some agencies' parts that are one's own, in one query."""

    def __init__(self, user, parts):
        self.parts, self.of_part = {}, {}
        for part in parts:
            self.parts.setdefault(part.review_id, []).append(part)
        if not self.parts:
            return
        rows = (
            EntryComment.objects.visible_to(user)
            .live()
            .filter(
                audience=EntryComment.Audience.AGENCY,
                entry__participation__in=parts,
                entry__withdrawn_at=None,
            )
        )
        rows = rows.order_by().values("entry__participation")
        for row in rows.annotate(
            n=Count("pk"),
            entries=Count("entry", distinct=True),
            entry=Max("entry"),
            last=Max("made_at"),
        ):
            self.of_part[row["entry__participation"]] = row

    def owed(self, review):
        for part in self.parts.get(review.pk, []):
            row = self.of_part.get(part.pk)
            if row is None:
                continue
            n, last = row["n"], timezone.localtime(row["last"])
            yield Task(
                f"Comments on the chronology of {part.agency}",
                self._way(review, part, row),
                hint=f"What the review says beside your entries, last on {last:%-d %B %Y}",
                status=f"{n} comment{'' if n == 1 else 's'}",
                colour="blue",
            )

    def _way(self, review, part, row):
        if row["entries"] == 1:
            return reverse("chronologies:entry-detail", args=[review.reference, row["entry"]])
        return f"{part.get_absolute_url()}?show=commented"
