"""The rows that a dashboard lists: what somebody may see of what they ask for, in an order."""

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from actionplans.models import Recommendation
from actionplans.rows.models import PlanRow, reads_parts
from actionplans.seeing import standing
from actionplans.seeing.groups import groups_for, groups_published, reads_whole
from reviews.access import access_of
from reviews.rules import Material

MONTH, QUARTER = timedelta(days=31), timedelta(days=92)
STANDINGS = {
    "open": ("Open", standing.OPEN),
    "waiting": ("Reported done, to be accepted", standing.WAITING),
    "claimed": ("Claimed, not confirmed", standing.CLAIMED),
    "done": ("Accepted as done", standing.DONE),
}
DUE = {
    "overdue": "Overdue",
    "month": "In the next 31 days",
    "quarter": "In the next 3 months",
    "later": "Later",
    "none": "No date",
}
ORDERS = {
    "": "Overdue and silent first",
    "due": "Target date, earliest first",
    "told": "Last update, longest ago first",
    "slip": "Most often moved first",
    "agency": "Lead agency",
    "plan": "Review, in the order of its plan",
}
_LATE_FIRST = (F("due").asc(nulls_last=True), "review_id", "pk")
_ORDERED = {
    "due": _LATE_FIRST,
    "told": (F("told_at").asc(nulls_first=True), "started_at", "pk"),
    "slip": ("-moves", *_LATE_FIRST),
    "agency": ("lead__agency__name", *_LATE_FIRST),
    "plan": ("review__reference", "recommendation__position", "action__position", "pk"),
}


class Seen:
    """The rows of plans that one person sees, of all reviews or of one, on a day."""

    def __init__(self, user, *, on, now, review=None):
        self.user, self.on, self.now, self.review = user, on, now, review
        self.access = access_of(user)
        self.groups = groups_for(self.access, now=now)

    @property
    def rows(self) -> QuerySet:
        rows = PlanRow.objects.visible_to(self.user).followed()
        return rows.filter(review=self.review) if self.review else rows

    @property
    def reads_plans(self):
        """Whether any row can be theirs to see; what is published alone is on a page of its own."""
        access = self.access
        parts = access.parts_with("read_own_actions") | access.parts_sharing(Material.ACTION_PLAN)
        return bool(parts or reads_whole(access))

    @property
    def overdue(self):
        return standing.overdue(self.on)

    @property
    def silent(self):
        return standing.silent(self.now)

    @property
    def claimed(self):
        """As far as this person is told what a file claims of a recommendation."""
        if not reads_parts(self.access):
            return standing.CLAIMED
        whole = Recommendation.objects.read_as_a_whole(self.user)
        own = Q(action__claimed_status__gt="")
        return standing.CLAIMED & (own | Q(recommendation__in=whole.values("pk")))

    def chosen(self, asked):
        """`asked`: {name of a filter: its value}; one that is blank leaves nothing out."""
        rows = self.rows
        for name, group in self.groups.items():
            if value := asked.get(name):
                rows = group.chosen(rows, value)
        if reference := asked.get("review"):
            rows = rows.filter(review__reference=reference)
        if value := asked.get("standing"):
            rows = rows.filter(self.claimed if value == "claimed" else STANDINGS[value][1])
        if asked.get("due"):
            rows = rows.filter(self._due(asked["due"]))
        if asked.get("silent"):
            rows = rows.filter(self.silent)
        if asked.get("moved"):
            rows = rows.filter(standing.MOVED)
        for word in asked.get("words", "").split():
            rows = rows.filter(
                Q(action__text__icontains=word) | Q(recommendation__text__icontains=word)
            )
        return rows

    def _due(self, when):
        match when:
            case "overdue":
                return self.overdue
            case "month":
                return standing.OPEN & Q(due__range=(self.on, self.on + MONTH))
            case "quarter":
                return standing.OPEN & Q(due__range=(self.on, self.on + QUARTER))
            case "later":
                return standing.OPEN & Q(due__gt=self.on + QUARTER)
        return standing.UNDATED

    def in_order(self, rows, order=""):
        if order:
            return rows.order_by(*_ORDERED[order])
        # Not an annotation: its joins would be in the count as well.
        return rows.order_by(standing.place(self.on, self.now), *_LATE_FIRST)


class Published(Seen):
    """The rows of published plans, as a board reads them: who leads, for what, and how it stands.

    Every count is of rows that stand in the list below it, so that none of them tells of another.
    """

    def __init__(self, user, *, on, now):
        super().__init__(user, on=on, now=now)
        self.groups = groups_published()

    @property
    def rows(self):
        return PlanRow.objects.published_to(self.user)
