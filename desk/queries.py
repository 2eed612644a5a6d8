"""What matters to one person in their reviews, counted once for all of them."""

from dataclasses import asdict

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Recommendation
from chronologies.models import Entry
from desk.analysis import Analysis
from desk.asked import Asked
from desk.commented import Commented
from desk.extracts import Extracts
from desk.released import Releases
from desk.shared import Shared
from desk.tasks import Section, Task
from desk.thread_tasks import thread_tasks
from findings.models import Finding, Lesson
from reports.models import Document, LetterPoint, Remark
from reviews import rules
from reviews.access import access_of
from reviews.family.queries import Waiting, waiting_of
from reviews.intake.models import EarlyAction, ReviewDecision, ScopingRequest, UrgentConcern
from reviews.letters.models import Letter
from reviews.meetings.models import Meeting, MeetingAction
from reviews.models import Participation
from reviews.proceedings.queries import Beside, beside_of
from reviews.reminders.queries import not_arrived
from reviews.terms.queries import Standing, standings_of


class Desk:
    """Everything the tasks of some reviews count, in a constant number of queries."""

    def __init__(self, user, reviews, *, on):
        self.access = access = access_of(user)
        entries = Entry.objects.visible_to(user).live().filter(review__in=reviews)
        plans = Recommendation.objects.visible_to(user).live().filter(review__in=reviews)
        parts = Participation.objects.visible_to(user).contributing().filter(review__in=reviews)
        self.entries_of_part = _counted(entries, "participation")
        self.entries = _counted(entries, "review")
        self.recommendations = _counted(plans, "review")
        whole = Recommendation.objects.read_as_a_whole(user).live().filter(review__in=reviews)
        self.overdue = _counted(whole.overdue(on=on), "review")
        self.parts = _counted(parts, "review")
        self.submitted = _counted(parts.filter(submitted_at__isnull=False), "review")
        decisions = ReviewDecision.objects.visible_to(user).filter(review__in=reviews)
        self.decisions = {one.review_id: one for one in decisions.order_by("number")}
        concerns = UrgentConcern.objects.visible_to(user).open().filter(review__in=reviews)
        self.concerns = _counted(concerns, "review")
        early = EarlyAction.objects.visible_to(user).filter(review__in=reviews)
        self.early = _counted(early, "review")
        self.early_open = _counted(early.open(), "review")
        self.requests = Asked(user, reviews, on=on, entries=self.entries_of_part)
        self.shared = Shared(user, reviews)
        self.released = Releases(user, reviews, on=on)
        self.analysis = Analysis(user, reviews)
        self.asked = {}
        asked = ScopingRequest.objects.visible_to(user).for_display().with_latest_answer()
        for request in asked.filter(participation__review__in=reviews):
            self.asked.setdefault(request.participation.review_id, []).append(request)
        self.terms_of = standings_of(user, reviews)
        self.family_of = waiting_of(user, reviews, on=on)
        meetings = Meeting.objects.visible_to(user).filter(review__in=reviews)
        self.upcoming = _counted(meetings.upcoming(at=timezone.now()), "review")
        promised = MeetingAction.objects.visible_to(user).filter(meeting__review__in=reviews).open()
        self.promised = _counted(promised, "meeting__review")
        self.owed = _counted(promised.owed_by(user), "meeting__review")
        self.late = _counted(promised.filter(due__lt=on), "meeting__review")
        self.beside_of = beside_of(user, reviews, on=on)
        self.not_arrived = not_arrived(user, reviews)
        letters = Letter.objects.visible_to(user).filter(review__in=reviews)
        self.letters = _counted(letters, "review")
        self.came_back = _counted(letters.came_back(), "review")
        found = Finding.objects.visible_to(user).live().filter(review__in=reviews)
        self.findings = _counted(found, "review")
        self.bare = _counted(found.without_evidence(), "review")
        lessons = Lesson.objects.visible_to(user).live().filter(review__in=reviews)
        self.lessons = _counted(lessons, "review")
        drafts = Document.objects.visible_to(user).live().filter(review__in=reviews)
        self.written = _counted(drafts, "review")
        points = LetterPoint.objects.visible_to(user).filter(letter__review__in=reviews)
        self.points = _counted(points.open(), "letter__review")
        said = Remark.objects.visible_to(user).open()
        said = said.filter(paragraph__section__document__in=drafts)
        self.said = _counted(said, "paragraph__section__document__review")
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
                hint=_many(n, "entry", "entries")
                if n
                else "Bring the Word, Excel or CSV file that you already have",
                status="Submitted" if part.is_submitted else "In progress" if n else "Not started",
                colour="green" if part.is_submitted else "blue" if n else "grey",
            )

    def deputies(self, review):
        if rules.can_see_delegations(self.access, review) and self.own.get(review.pk):
            yield _page(
                "Acting for a colleague",
                "reviews:delegation-list",
                review,
                "Let somebody of your agency act in your role until a last day",
            )

    def questions(self, review):
        """What an agency was asked before anybody decided on a review."""
        for request in self.asked.get(review.pk, []):
            if self.access.may("answer_scoping", request.participation):
                yield Task(
                    f"What does {request.participation.agency} know?",
                    reverse("reviews:scoping-detail", args=[review.reference, request.pk]),
                    hint=f"Due on {request.due:%-d %B %Y}",
                    status="Answered" if request.known else "Not answered",
                    colour="green" if request.known else "orange",
                )

    def evidence(self, review):
        if rules.can_read_combined(self.access, review):
            yield _page(
                "Combined chronology",
                "chronologies:combined",
                review,
                _many(self.entries.get(review.pk, 0), "entry", "entries") + " in time order",
            )

    def more_evidence(self, review):
        if rules.can_read_combined(self.access, review):
            yield _page(
                "Timeline",
                "chronologies:timeline",
                review,
                "A lane for each agency, with the key events and what has no exact date",
            )
            yield _page(
                "Agencies side by side",
                "chronologies:around",
                review,
                "What each of them has around a date, next to each other",
            )
        if rules.can_import_context(self.access, review):
            yield _page(
                "Context from the review team",
                "chronologies:context-chronology",
                review,
                "A chronology that belongs to no agency",
            )

    def conclusions(self, review):
        """What the review makes of the evidence: for those who lead it, and the panel once shared."""
        if not rules.can_read_analysis(self.access, review):
            return
        yield _page(
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
            hint=_many(self.findings.get(review.pk, 0), "finding", "findings")
            + " under the terms of reference",
            status=f"{bare} without evidence" if bare else "",
            colour="orange" if bare else "",
        )
        yield _page(
            "Lessons",
            "findings:lesson-list",
            review,
            _many(self.lessons.get(review.pk, 0), "lesson", "lessons")
            + ", the panel’s and the agencies’ own",
        )
        yield _page("Counts", "findings:count-list", review, "Figures of the report")

    def documents(self, review):
        if not rules.can_read_documents(self.access, review):
            return
        n = self.written.get(review.pk, 0)
        said = self.said.get(review.pk, 0) if rules.can_write_documents(self.access, review) else 0
        yield Task(
            "Documents",
            reverse("reports:document-list", args=[review.reference]),
            hint=_many(n, "document", "documents")
            if n
            else "The overview report and what goes with it",
            status=_many(said, "open remark", "open remarks") if said else "",
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
            status=_many(n, "open point", "open points") if n else "",
            colour="orange" if n else "",
        )

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
            hint=_many(n, "recommendation", "recommendations")
            + ("" if whole else " for you to see"),
            status=f"{overdue} overdue" if overdue else "",
            colour="red" if overdue else "",
        )

    def more_plan(self, review):
        if rules.can_import_plan(self.access, review) and not review.has_ended:
            yield _page(
                "Import an action plan",
                "actionplans:import-upload",
                review,
                "From the Word or Excel table that you already have",
            )

    def urgent(self, review):
        """What cannot wait for the report."""
        if rules.can_raise_concern(self.access, review):
            n = self.concerns.get(review.pk, 0)
            yield Task(
                "Urgent concerns",
                reverse("reviews:concern-list", args=[review.reference]),
                hint="Somebody may be in danger now",
                status=f"{n} open" if n else "",
                colour="red" if n else "",
            )
        leads = rules.can_lead_intake(self.access, review)
        n = self.early_open.get(review.pk, 0)
        if leads or self.early.get(review.pk):
            yield Task(
                "Immediate learning",
                reverse("reviews:early-actions", args=[review.reference]),
                hint="What is put right before there is a report",
                status=f"{n} to do" if n else "",
                colour="blue" if n else "",
            )

    def waiting(self, review):
        """What nobody should have to look for, and only where something waits."""
        for task in (*self.urgent(review), *self.family(review), *self.meetings(review)):
            if task.status and task.colour != "green":
                yield task

    def beginning(self, review):
        if rules.can_lead_intake(self.access, review):
            decision = self.decisions.get(review.pk)
            yield Task(
                "Notification and decision",
                reverse("reviews:decision-list", args=[review.reference]),
                hint="What the partnership was told, and whether there is to be a review",
                status=decision.get_outcome_display() if decision else "No decision yet",
                colour="green" if decision else "grey",
            )
            asked = self.asked.get(review.pk, [])
            answered = sum(bool(request.known) for request in asked)
            yield Task(
                "Scoping",
                reverse("reviews:scoping-board", args=[review.reference]),
                hint="Which agencies knew these people, and how their records stand",
                status=f"{answered} of {len(asked)} answered" if asked else "Nobody asked yet",
                colour="grey" if not asked else "green" if answered == len(asked) else "orange",
            )

    def family(self, review):
        if not rules.can_keep_family_log(self.access, review):
            return
        waiting = self.family_of.get(review.pk, Waiting())
        yield Task(
            "Family and others",
            reverse("reviews:family", args=[review.reference]),
            hint=_many(waiting.people, "person", "people")
            + " in the log of contact"
            + (f"; no contact for now with {waiting.left_alone}" if waiting.left_alone else ""),
            status=f"{waiting.due} waiting" if waiting.due else "",
            colour="orange" if waiting.due else "",
        )
        if waiting.wishes:
            yield Task(
                "What the report must answer",
                reverse("reviews:wish-list", args=[review.reference]),
                hint=_many(waiting.wishes, "wish or question", "wishes and questions")
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
            hint=_many(beside.proceedings, "trial, inquest or", "trials, inquests and")
            + f" other investigation{'' if beside.proceedings == 1 else 's'}, {beside.open} open",
            status=_many(beside.holds, "hold", "holds") if beside.holds else "",
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

    def meetings(self, review):
        if rules.can_see_meetings(self.access, review):
            n = self.upcoming.get(review.pk, 0)
            yield Task(
                "Meetings",
                reverse("reviews:meeting-list", args=[review.reference]),
                hint="Agendas, papers, minutes and decisions",
                status=f"{n} to come" if n else "",
                colour="blue" if n else "",
            )

    def promised_there(self, review):
        n, late = self.promised.get(review.pk, 0), self.late.get(review.pk, 0)
        if n or rules.can_see_meetings(self.access, review):
            yield Task(
                "Actions of meetings",
                reverse("reviews:meeting-actions", args=[review.reference]),
                hint="What was promised at a meeting, and by when",
                status=f"{late} overdue" if late else f"{n} to do" if n else "",
                colour="red" if late else "blue" if n else "",
            )

    def own_promises(self, review):
        """On somebody's home page: what they or their agency have to do."""
        if self.owed.get(review.pk):
            yield from self.promised_there(review)

    def agencies(self, review):
        access = self.access
        if rules.can_run_review(access, review) or access.may("read_chronologies", review):
            said = f", {self.submitted.get(review.pk, 0)} submitted"
            yield _page(
                "Agencies taking part",
                "desk:participation-list",
                review,
                _many(self.parts.get(review.pk, 0), "agency", "agencies") + said,
            )

    def running(self, review):
        access = self.access
        if rules.can_keep_course(access, review):
            yield _page("Tasks", "reviews:tasks", review, "What is to be done, and by whom")
            yield _page(
                "Stages and state", "reviews:course", review, "Where it stands, and since when"
            )
        if rules.can_read_panel(access, review):
            yield _page("Panel", "reviews:panel-list", review, "Who sits on it, and as what")
        if rules.can_lead_panel(access, review):
            yield _page(
                "Commissioning", "reviews:joint-list", review, "Alone or with another partnership"
            )
        if rules.can_write_letters(access, review):
            n = self.came_back.get(review.pk, 0)
            yield Task(
                "Letters",
                reverse("reviews:letter-list", args=[review.reference]),
                hint=_many(self.letters.get(review.pk, 0), "letter", "letters")
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
                status=_many(n, "not delivered", "not delivered") if n else "",
                colour="red" if n else "",
            )
        if rules.can_keep_register(access, review):
            yield _page(
                "People", "reviews:register", review, "Pseudonyms, relationships, who they are"
            )
        if rules.can_share(access, review):
            yield _page("Sharing", "reviews:share-list", review, "Who sees what is not theirs")
        if rules.can_see_access(access, review):
            yield _page(
                "Who has access", "reviews:access", review, "Everybody with a role, and why"
            )
        if rules.can_read_trail(access, review):
            yield _page("The trail", "reviews:trail", review, "All that was read and changed")


def listed(*groups):
    """As the task list of foundations.gov takes them."""
    return [asdict(task) for tasks in groups for task in tasks]


def _page(title, name, review, hint):
    return Task(title, reverse(name, args=[review.reference]), hint)


def _many(n, one, more):
    return f"{n} {one if n == 1 else more}"


def _counted(rows, by):
    counts = rows.order_by().values(by).annotate(n=Count("pk", distinct=True))
    return dict(counts.values_list(by, "n"))


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
                desk.questions(review),
                desk.agency(review),
                desk.deputies(review),
            ),
        ),
        Section("To check", listed(desk.requests.to_check(review))),
        Section("What cannot wait", listed(desk.urgent(review))),
        Section("How it began", listed(desk.beginning(review))),
        Section("Terms of reference", listed(desk.terms(review))),
        Section(
            "Requests to agencies",
            listed(desk.requests.led(review), desk.requests.led_queries(review)),
        ),
        Section("Family and others", listed(desk.family(review))),
        Section("Meetings", listed(desk.meetings(review), desk.promised_there(review))),
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
                desk.documents(review),
                desk.home_office(review),
                desk.released.register(review),
            ),
        ),
        Section("Action plan", listed(desk.plan(review), desk.more_plan(review))),
        Section("Running the review", listed(desk.agencies(review), desk.running(review))),
    ]
    return [section for section in sections if section.tasks]
