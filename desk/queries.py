"""What matters to one person in their reviews, counted once for all of them."""

from django.urls import reverse

from actionplans.models import Recommendation
from chronologies.models import Entry
from desk.analysis import Analysis
from desk.asked import Asked
from desk.begun import Begun
from desk.commented import Commented
from desk.extracts import Extracts
from desk.met import Met
from desk.released import Releases
from desk.running import Running
from desk.shared import Shared
from desk.tasks import Section, Task, counted, listed, many, page
from desk.thread_tasks import thread_tasks
from desk.written import Written
from findings.models import Finding, Lesson
from reviews import rules
from reviews.access import access_of
from reviews.family.queries import Waiting, waiting_of
from reviews.models import Participation
from reviews.proceedings.queries import Beside, beside_of
from reviews.terms.queries import Standing, standings_of


class Desk:
    """Everything the tasks of some reviews count, in a constant number of queries."""

    def __init__(self, user, reviews, *, on):
        self.access = access = access_of(user)
        entries = Entry.objects.visible_to(user).live().filter(review__in=reviews)
        plans = Recommendation.objects.visible_to(user).live().filter(review__in=reviews)
        parts = Participation.objects.visible_to(user).contributing().filter(review__in=reviews)
        self.entries_of_part = counted(entries, "participation")
        self.entries = counted(entries, "review")
        self.recommendations = counted(plans, "review")
        whole = Recommendation.objects.read_as_a_whole(user).live().filter(review__in=reviews)
        self.overdue = counted(whole.overdue(on=on), "review")
        self.requests = Asked(user, reviews, on=on, entries=self.entries_of_part)
        self.shared = Shared(user, reviews)
        self.released = Releases(user, reviews, on=on)
        self.analysis = Analysis(user, reviews)
        self.begun = Begun(user, reviews)
        self.met = Met(user, reviews, on=on)
        self.running = Running(user, reviews)
        self.written = Written(user, reviews, released=self.released)
        self.terms_of = standings_of(user, reviews)
        self.family_of = waiting_of(user, reviews, on=on)
        self.beside_of = beside_of(user, reviews, on=on)
        found = Finding.objects.visible_to(user).live().filter(review__in=reviews)
        self.findings = counted(found, "review")
        self.bare = counted(found.without_evidence(), "review")
        lessons = Lesson.objects.visible_to(user).live().filter(review__in=reviews)
        self.lessons = counted(lessons, "review")
        self.own = {}
        mine = parts.filter(pk__in=access.parts_with("read_own_entries")).for_display()
        for part in mine:
            self.own.setdefault(part.review_id, []).append(part)
        self.commented = Commented(user, mine)
        self.extracts = Extracts(user, reviews, on=on)

    def agency(self, review):
        """Of an agency that was asked for it, the request's line says how the chronology stands."""
        asked = self.requests.for_chronologies(review)
        for part in self.own.get(review.pk, []):
            if part.pk in asked:
                continue
            n = self.entries_of_part.get(part.pk, 0)
            yield Task(
                f"Chronology of {part.agency}",
                part.get_absolute_url(),
                hint=many(n, "entry", "entries")
                if n
                else "Bring the Word, Excel or CSV file that you already have",
                status="Submitted" if part.is_submitted else "In progress" if n else "Not started",
                colour="green" if part.is_submitted else "blue" if n else "grey",
            )

    def deputies(self, review):
        if rules.can_see_delegations(self.access, review) and self.own.get(review.pk):
            yield page(
                "Acting for a colleague",
                "reviews:delegation-list",
                review,
                "Let somebody of your agency act in your role until a last day",
            )

    def evidence(self, review):
        if rules.can_read_combined(self.access, review):
            yield page(
                "Combined chronology",
                "chronologies:combined",
                review,
                many(self.entries.get(review.pk, 0), "entry", "entries") + " in time order",
            )

    def more_evidence(self, review):
        if rules.can_read_combined(self.access, review):
            yield page(
                "Timeline",
                "chronologies:timeline",
                review,
                "A lane for each agency, with the key events and what has no exact date",
            )
            yield page(
                "Agencies side by side",
                "chronologies:around",
                review,
                "What each of them has around a date, next to each other",
            )
        if rules.can_import_context(self.access, review):
            yield page(
                "Context from the review team",
                "chronologies:context-chronology",
                review,
                "A chronology that belongs to no agency",
            )

    def conclusions(self, review):
        """What the review makes of the evidence: for those who lead it, and the panel once shared."""
        if not rules.can_read_analysis(self.access, review):
            return
        yield page(
            "Terms by agencies",
            "findings:grid",
            review,
            "How far each agency answered each term of reference",
        )
        bare = self.bare.get(review.pk, 0)
        if not rules.can_lead_analysis(self.access, review):
            bare = 0  # what it rests on may be what is not shared
        yield Task(
            "Findings",
            reverse("findings:finding-list", args=[review.reference]),
            hint=many(self.findings.get(review.pk, 0), "finding", "findings")
            + " under the terms of reference",
            status=f"{bare} without evidence" if bare else "",
            colour="orange" if bare else "",
        )
        yield page(
            "Lessons",
            "findings:lesson-list",
            review,
            many(self.lessons.get(review.pk, 0), "lesson", "lessons")
            + ", the panel’s and the agencies’ own",
        )
        yield page("Counts", "findings:count-list", review, "Figures of the report")

    def plan(self, review):
        if not rules.can_see_plan(self.access, review):
            return
        whole = self.access.may("read_action_plan", review)
        n, overdue = self.recommendations.get(review.pk, 0), self.overdue.get(review.pk, 0)
        if not (n or whole):
            return  # an agency that leads nothing owes nothing here
        yield Task(
            "Action plan",
            reverse("actionplans:plan", args=[review.reference]),
            hint=many(n, "recommendation", "recommendations")
            + ("" if whole else " for you to see"),
            status=f"{overdue} overdue" if overdue else "",
            colour="red" if overdue else "",
        )

    def more_plan(self, review):
        if rules.can_import_plan(self.access, review) and not review.has_ended:
            yield page(
                "Import an action plan",
                "actionplans:import-upload",
                review,
                "From the Word or Excel table that you already have",
            )

    def waiting(self, review):
        """What nobody should have to look for, and only where something waits."""
        for task in (*self.begun.urgent(review), *self.family(review), *self.met.meetings(review)):
            if task.status and task.colour != "green":
                yield task

    def family(self, review):
        if not rules.can_keep_family_log(self.access, review):
            return
        waiting = self.family_of.get(review.pk, Waiting())
        yield Task(
            "Family and others",
            reverse("reviews:family", args=[review.reference]),
            hint=many(waiting.people, "person", "people")
            + " in the log of contact"
            + (f"; no contact for now with {waiting.left_alone}" if waiting.left_alone else ""),
            status=f"{waiting.due} waiting" if waiting.due else "",
            colour="orange" if waiting.due else "",
        )
        if waiting.wishes:
            yield Task(
                "What the report must answer",
                reverse("reviews:wish-list", args=[review.reference]),
                hint=many(waiting.wishes, "wish or question", "wishes and questions")
                + " of the family and others",
                status=f"{waiting.questions} not answered" if waiting.questions else "Answered",
                colour="orange" if waiting.questions else "green",
            )

    def beside(self, review):
        if not rules.can_read_proceedings(self.access, review):
            return
        beside = self.beside_of.get(review.pk, Beside())
        yield Task(
            "Parallel proceedings",
            reverse("reviews:proceedings", args=[review.reference]),
            hint=many(beside.proceedings, "trial, inquest or", "trials, inquests and")
            + f" other investigation{'' if beside.proceedings == 1 else 's'}, {beside.open} open",
            status=many(beside.holds, "hold", "holds") if beside.holds else "",
            colour="red" if beside.holds else "",
        )

    def terms(self, review):
        standing = self.terms_of.get(review.pk)
        if standing is None and not rules.can_write_terms(self.access, review):
            return  # until a version is issued to them
        status, colour = (standing or Standing()).state
        yield Task(
            "Terms of reference",
            reverse("reviews:terms", args=[review.reference]),
            hint="What the review is to find out, and from when to when",
            status=status,
            colour=colour,
        )


def sections_of(review, user, *, on):
    """The sections of a review's home page that this person's roles reach, and no others."""
    desk = Desk(user, [review], on=on)
    sections = [
        Section(
            "Your agency",
            listed(
                desk.requests.waiting(review),
                desk.requests.owed_queries(review),
                desk.extracts.owed(review),
                desk.commented.owed(review),
                desk.requests.owed(review),
                desk.begun.questions(review),
                desk.agency(review),
                desk.deputies(review),
            ),
        ),
        Section("To check", listed(desk.requests.to_check(review))),
        Section("What cannot wait", listed(desk.begun.urgent(review))),
        Section("How it began", listed(desk.begun.beginning(review))),
        Section("Terms of reference", listed(desk.terms(review))),
        Section(
            "Requests to agencies",
            listed(desk.requests.led(review), desk.requests.led_queries(review)),
        ),
        Section("Family and others", listed(desk.family(review))),
        Section("Meetings", listed(desk.met.meetings(review), desk.met.promised_there(review))),
        Section("Beside the review", listed(desk.beside(review))),
        Section("Shared with you", listed(desk.shared.given(review))),
        Section("Evidence", listed(desk.evidence(review), desk.more_evidence(review))),
        Section(
            "Analysis",
            listed(
                desk.analysis.marks(review),
                desk.analysis.mismatches(review),
                desk.conclusions(review),
                thread_tasks(desk.access, review),
            ),
        ),
        Section(
            "Documents",
            listed(
                desk.written.documents(review),
                desk.written.home_office(review),
                desk.released.register(review),
            ),
        ),
        Section("Action plan", listed(desk.plan(review), desk.more_plan(review))),
        Section(
            "Running the review", listed(desk.running.agencies(review), desk.running.pages(review))
        ),
    ]
    return [section for section in sections if section.tasks]
