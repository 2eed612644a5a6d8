"""How queries stand, for the pages of both sides."""

from collections import defaultdict
from dataclasses import dataclass, field

from reviews.access import access_of
from reviews.querying.about import WHOLE, Target, pointed_at, targets_of
from reviews.querying.models import Answer, Query
from reviews.querying.states import State

COLOURS = {
    State.NOT_SENT: "grey",
    State.OPEN: "blue",
    State.ANSWERED: "turquoise",
    State.ACCEPTED: "green",
    State.DISPUTED: "orange",
    State.WITHDRAWN: "grey",
}


@dataclass(frozen=True)
class Line:
    """A query as lists show it."""

    query: Query
    about: Target
    late: int  # days

    @property
    def tag(self):
        """(in words, colour)"""
        if self.late:
            return f"{self.late} day{'' if self.late == 1 else 's'} late", "red"
        return self.query.get_state_display(), COLOURS[State(self.query.state)]


def lines_of(queries, user, *, on):
    queries = list(queries)
    about = targets_of(queries, user)
    return [Line(query, about.get(query.pk, WHOLE), query.days_late(on)) for query in queries]


def lines_of_request(request, user, *, on):
    """Of one request, as far as this person may see them."""
    rows = Query.objects.visible_to(user).filter(request=request).for_display()
    return lines_of(rows.order_by("number"), user, on=on)


@dataclass(frozen=True)
class Given:
    """An answer with what it points at."""

    answer: Answer
    targets: list = field(default_factory=list)


def answers_of(query, user):
    """The newest last."""
    rows = list(Answer.objects.visible_to(user).filter(query=query).for_display())
    targets = pointed_at(rows, user)
    return [Given(row, targets.get(row.pk, [])) for row in rows]


# --- On somebody's own page ---------------------------------------------------------------------


def queries_of(user, reviews):
    """{review id: its queries that this person may see and that are not settled}, in one query."""
    found = defaultdict(list)
    rows = Query.objects.visible_to(user).unsettled().filter(participation__review__in=reviews)
    for query in rows.for_display().order_by("due", "pk"):
        found[query.participation.review_id].append(query)
    return found


def owed_by(user, queries):
    """Of these the open ones that this person's own agencies have to answer."""
    mine = access_of(user).parts_with("answer_requests")
    return [query for query in queries if query.is_open and query.participation_id in mine]


def standing_of(queries, *, on):
    """(in words, colour) for those who lead the review."""
    late = sum(bool(query.days_late(on)) for query in queries)
    answered = sum(query.state == State.ANSWERED for query in queries)
    open_ = sum(query.is_open for query in queries)
    kept = sum(query.state == State.NOT_SENT for query in queries)
    also = f", {kept} not sent yet" if kept else ""
    if answered:
        return f"{answered} answered, waiting for you{also}", "orange"
    if late:
        return f"{late} late{also}", "red"
    if open_:
        return f"{open_} open{also}", "blue"
    return (f"{kept} not sent yet", "yellow") if kept else ("", "")
