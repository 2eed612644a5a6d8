"""What agencies were asked for: their own on their people's pages, all of it for the leaders."""

from collections import defaultdict

from django.urls import reverse

from desk.tasks import Task
from reviews import rules
from reviews.access import access_of
from reviews.checking.queries import asked_of
from reviews.querying.queries import owed_by as queries_owed_by
from reviews.querying.queries import queries_of, standing_of
from reviews.requests.models import Request
from reviews.requests.queries import gathering_of, how_far, owed_by, requests_of
from reviews.requests.states import State, What
from reviews.submissions.owed import page_of, waiting_inside


class Asked:
    """The requests of some reviews, the queries about what came, and what one was asked to check:
    one query each. `entries` are counted by agency's part."""

    def __init__(self, user, reviews, *, on, entries):
        self.user, self.on, self.entries = user, on, entries
        self.rows = requests_of(user, reviews)
        self.inside = waiting_inside(user, reviews)
        self.queries = queries_of(user, reviews)
        self.checks = asked_of(user, reviews)

    def for_chronologies(self, review):
        """Ids of the parts that were asked for one: its line leads to all there is of it."""
        return {
            request.participation_id
            for request in self.rows.get(review.pk, [])
            if request.kind == Request.Kind.CHRONOLOGY
        }

    def owed(self, review):
        """By when, and how far along; the open ones first."""
        answered = self._answered_all(review)
        for request in owed_by(self.user, self.rows.get(review.pk, [])):
            late = request.days_late(self.on)
            stands, colour = how_far(request)
            if request.pk in answered:
                stands, colour = "Answers to send", "orange"
            yield Task(
                f"{request.get_kind_display()}, asked of {request.participation.agency}",
                request.get_absolute_url(),
                hint=self._hint(request) + (f". {stands}" if late else ""),
                status=f"{late} day{'' if late == 1 else 's'} late" if late else stands,
                colour="red" if late else colour,
            )

    def waiting(self, review):
        """What goes to and fro inside somebody's agency before the review gets it."""
        if review.has_ended:
            return
        for one in self.inside.get(review.pk, []):
            asked = one.version.request
            yield Task(
                f"{asked.get_kind_display()} to {'sign off' if one.is_to_sign else 'put right'}",
                page_of(one.version),
                hint="Prepared by a colleague at " + asked.participation.agency.name
                if one.is_to_sign
                else "Returned by your sign-off officer",
                status="Waits for you",
                colour="orange",
            )
        yield from self._to_submit(review)

    def _to_submit(self, review):
        """Chronologies that an author says are complete, for whoever submits them for the agency."""
        access = access_of(self.user)
        for request in self.rows.get(review.pk, []):
            part = request.participation
            is_ready = request.is_open and request.said == What.READY
            if is_ready and access.may("submit_chronology", part) and not part.is_submitted:
                yield Task(
                    "Chronology to sign off",
                    reverse("chronologies:chronology-submit", args=[review.reference, part.pk]),
                    hint=f"Prepared by a colleague at {part.agency.name}",
                    status="Waits for you",
                    colour="orange",
                )

    def _hint(self, request):
        said = [f"Due on {request.due:%-d %B %Y}"]
        if request.waits_for_time:
            said.append("more time asked for")
        n = self.entries.get(request.participation_id, 0)
        if n and request.kind == Request.Kind.CHRONOLOGY:
            said.append(f"{n} {'entry' if n == 1 else 'entries'}")
        return ", ".join(said)

    def _answered_all(self, review):
        """Ids of the requests that were returned with queries, all of which have an answer, which the agency
        has still to send."""
        came_back = defaultdict(list)
        for query in self.queries.get(review.pk, []):
            if query.comes_with_request and query.request.state == State.RETURNED:
                came_back[query.request_id].append(query.is_open)
        return {pk for pk, open_ in came_back.items() if not any(open_)}

    def owed_queries(self, review):
        for query in queries_owed_by(self.user, self.queries.get(review.pk, [])):
            late = query.days_late(self.on)
            yield Task(
                f"Query {query.number} to {query.participation.agency}",
                query.get_absolute_url(),
                hint=f"Due on {query.day:%-d %B %Y}",
                status=f"{late} day{'' if late == 1 else 's'} late" if late else "To answer",
                colour="red" if late else "orange",
            )

    def to_check(self, review):
        """What the chair asked somebody of the panel to look at."""
        for request in self.checks.get(review.pk, []):
            yield Task(
                f"Check: {request.get_kind_display()} of {request.participation.agency}",
                reverse("reviews:check", args=[review.reference, request.pk]),
                hint="The chair asked you to look at what came",
                status="To check",
                colour="blue",
            )

    def answered(self, review):
        """On a leader's own page: what came, or waits for a decision, or is late."""
        for task in (*self.led(review), *self.led_queries(review)):
            if task.colour in {"orange", "red"}:
                yield task

    def led_queries(self, review):
        if not rules.can_lead_requests(access_of(self.user), review):
            return
        status, colour = standing_of(self.queries.get(review.pk, []), on=self.on)
        yield Task(
            "Queries to agencies",
            reverse("reviews:query-list", args=[review.reference]),
            hint="What agencies were asked about what they sent, and what they answered",
            status=status,
            colour=colour,
        )

    def led(self, review):
        if not rules.can_lead_requests(access_of(self.user), review):
            return
        status, colour = gathering_of(self.rows.get(review.pk, []), on=self.on).state
        yield Task(
            "Requests to agencies",
            reverse("reviews:request-board", args=[review.reference]),
            hint="Chronologies, IMRs, reports and answers: who owes what, and since when",
            status=status,
            colour=colour,
        )
