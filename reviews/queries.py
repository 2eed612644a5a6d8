"""Pictures that are not rows: who has access and why, and the trail in plain sentences."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from audit.models import Event, EventType
from audit.services import SYSTEM, stream_of
from reviews import rules
from reviews.clock.kinds import Milestone
from reviews.letters.kinds import letter_choices
from reviews.models import Person, RoleHolder
from reviews.panel.models import Capacity
from reviews.proceedings.models import Stops
from reviews.querying.models import Answer
from reviews.requests.models import Request
from reviews.rules import Material, Role, Stage
from reviews.submissions.models import Submission, SubmissionFile
from reviews.submissions.states import State


def role_holders(review, access):
    """Everybody with a role in a review, and what gave it to them; but nobody who has one for an
    agency that whoever asks has a conflict of interest with."""
    return (
        RoleHolder.objects.filter(
            access.clear_of_conflicts("role_group__participation"), role_group__review=review
        )
        .select_related(
            "user",
            "given_by",
            "role_group__participation__agency",
            "appointment__partnership",
            "delegation__given_by",
        )
        .order_by("role_group__role", "role_group__participation__agency__name", "user__email")
    )


def staff_known_to(access, agency):
    """To a coordinator, the people of their own reviews: that somebody acts for an agency says that
    some review has it in it. The administrator keeps all accounts."""
    staff = agency.staff.select_related("user")
    if rules.can_administer(access):
        return staff
    acting = RoleHolder.objects.filter(
        role_group__participation__agency=agency,
        role_group__review__in=access.reviews_with("run_review"),
    )
    return staff.filter(user__in=acting.values("user"))


def trail_of(review, access=None):
    """Without what names an agency that whoever reads it has a conflict of interest with, and
    without what people did who are in the review for such an agency alone. How a version comes
    about inside an agency is told once it was sent."""
    events = Event.objects.filter(stream=stream_of(review)).order_by("-seq")
    if access:
        events = events.exclude(type__in=_INSIDE, target__in=_in_preparation(review))
        events = events.exclude(type=EventType.REQUEST_READY, target__in=_not_answered(review))
    conflicts = access.conflicts if access else ()
    if conflicts:
        parts = review.participations.filter(pk__any_of=conflicts).select_related("agency")
        # The trail holds the name of its day: it may have been changed, or merged away, since.
        names = {name for part in parts for name in (part.agency.name, *part.agency.other_names)}
        names = sorted(names)
        for key in ("agency", "with_agency", "into", "successor"):
            events = events.filter(~Q(data__has_key=key) | ~Q(**{f"data__{key}__in": names}))
        events = events.exclude(actor__in=_people_of_those_alone(review, conflicts))
    return events


_INSIDE = (
    EventType.FILE_DOWNLOADED,
    EventType.SUBMISSION_READ,
    EventType.SUBMISSION_FILE_ADDED,
    EventType.SUBMISSION_FILE_REMOVED,
    EventType.SUBMISSION_POINTS_CHOSEN,
    EventType.SUBMISSION_HANDED_IN,
    EventType.SUBMISSION_TAKEN_BACK,
    EventType.SUBMISSION_RETURNED_INSIDE,
)


def _in_preparation(review):
    rows = Submission.objects.filter(request__participation__review=review, on_behalf=False)
    unsent = rows.exclude(state=State.SENT)
    files = SubmissionFile.objects.filter(submission__in=unsent).values_list("pk", flat=True)
    return [
        *(f"reviews.submission:{pk}" for pk in unsent.values_list("pk", flat=True)),
        *(f"reviews.submissionfile:{pk}" for pk in files),
    ]


def _not_answered(review):
    rows = Request.objects.of(review).open().values_list("pk", flat=True)
    return [f"reviews.request:{pk}" for pk in rows.order_by()]


def _people_of_those_alone(review, parts):
    held = RoleHolder.objects.filter(role_group__review=review)
    there = set(held.filter(role_group__participation__in=parts).values_list("user", flat=True))
    others = held.exclude(role_group__participation__in=parts).values_list("user", flat=True)
    return [f"user:{pk}" for pk in there - set(others)]


@dataclass(frozen=True)
class Line:
    seq: int
    at: datetime
    who: str
    what: str


# {name} stands for a key of the event's data; {target} for the person it was done to.
_SENTENCES = {
    EventType.ACCESS_REFUSED: "was refused a page that their role does not reach ({page})",
    EventType.INVITATION_REPEATED: "sent {target} a new link to join",
    EventType.ROLE_GIVEN: "gave {target} the role “{role}”{agency}",
    EventType.ROLE_ENDED: "ended the role “{role}” of {target}{agency}",
    EventType.ROLE_DELEGATED: "delegated the role “{role}” to {target}{agency} until {until}",
    EventType.DELEGATION_ENDED: "ended the delegation of the role “{role}” to {target}{agency}",
    EventType.REVIEW_CREATED: "opened the review",
    EventType.REVIEW_CHANGED: "changed the particulars of the review",
    EventType.STAGE_CHANGED: "moved the review from “{before}” to “{after}”",
    EventType.STATE_CHANGED: "recorded that the review was {what_kind}",
    EventType.COURSE_READ: "read the stages, the state or the tasks",
    EventType.TASK_MARKED: "marked a task",
    EventType.LETTER_MADE: "made a letter: {letter}{agency}",
    EventType.LETTER_CHANGED: "changed the text of a letter: {letter}{agency}",
    EventType.LETTER_FINISHED: "finished a letter: {letter}{agency}",
    EventType.LETTER_SET_ASIDE: "set a letter aside: {letter}{agency}",
    EventType.LETTER_REGISTERED: "recorded that a letter was {what}: {letter}{agency}",
    EventType.LETTERS_READ: "read the letters",
    EventType.REQUEST_ASKED: "asked{agency}: {request}, due on {due}",
    EventType.REQUEST_OPENED: "opened a request{agency}: {request}",
    EventType.REQUEST_BEGUN: "began to work on a request{agency}: {request}",
    EventType.REQUEST_READY: "handed in for sign-off{agency}: {request}",
    EventType.REQUEST_SUBMITTED: "submitted{agency}: {request}",
    EventType.REQUEST_RETURNED: "returned{agency}: {request}, due again on {due}",
    EventType.REQUEST_ACCEPTED: "accepted{agency}: {request}",
    EventType.REQUEST_NIL: "gave a nil answer{agency}: {request}",
    EventType.REQUEST_WITHDRAWN: "withdrew a request{agency}: {request}",
    EventType.REQUEST_EXTENSION_ASKED: "asked for more time{agency}: {request}, until {due}",
    EventType.REQUEST_EXTENSION_GIVEN: "gave more time{agency}: {request}, until {due}",
    EventType.REQUEST_EXTENSION_REFUSED: "refused more time{agency}: {request}",
    EventType.REQUEST_CHASED: "reminded by hand{agency}: {request}",
    EventType.SUBMISSION_FILE_ADDED: "added a file{agency}: {request}",
    EventType.SUBMISSION_FILE_REMOVED: "took out a file{agency}: {request}",
    EventType.SUBMISSION_POINTS_CHOSEN: "chose the agency’s own recommendations and lessons{agency}",
    EventType.SUBMISSION_HANDED_IN: "handed in for sign-off{agency}: {request}",
    EventType.SUBMISSION_TAKEN_BACK: "took back from sign-off{agency}: {request}",
    EventType.SUBMISSION_RETURNED_INSIDE: "returned inside the agency{agency}: {request}",
    EventType.SUBMISSION_SIGNED_OFF: "signed off{agency}: {request}, version {version}",
    EventType.SUBMISSION_ENTERED: "entered{agency}: {request}, version {version}",
    EventType.SUBMISSION_READ: "read{agency}: {request}, version {version}",
    EventType.INTERVIEW_RECORDED: "recorded an interview with staff{agency}: {request}",
    EventType.INTERVIEWS_READ: "read about interviews with staff{agency}",
    EventType.REQUESTS_READ: "read what agencies were asked for{agency}",
    EventType.QUERY_RAISED: "raised query {number}{agency}",
    EventType.QUERY_REWORDED: "put query {number} in other words{agency}",
    EventType.QUERY_SENT: "sent query {number}{agency}, due on {due}",
    EventType.QUERY_ANSWERED: "answered query {number}{agency}: {answer}",
    EventType.QUERY_ACCEPTED: "accepted the answer to query {number}{agency}",
    EventType.QUERY_DISPUTED: "disputed the answer to query {number}{agency}",
    EventType.QUERY_ASKED_AGAIN: "asked query {number} again{agency}, due on {due}",
    EventType.QUERY_WITHDRAWN: "withdrew query {number}{agency}",
    EventType.QUERIES_READ: "read queries and their answers{agency}",
    EventType.CHECK_ASKED: "asked a member of the panel to check{agency}: {request}",
    EventType.CHECK_ASKING_ENDED: "no longer asks a member of the panel to check{agency}: {request}",
    EventType.CHECK_BEGUN: "began a quality check{agency}: {request}",
    EventType.CHECK_MARKED: "marked items of a quality check{agency}: {request}, {items}",
    EventType.CHECK_FINISHED: "finished a quality check{agency}: {request}",
    EventType.CHECK_READ: "read a quality check{agency}: {request}",
    EventType.PERSON_ADDED: "added a subject",
    EventType.PANEL_READ: "read the panel list or what its members declared",
    EventType.PANEL_MEMBER_ADDED: "added somebody to the panel as “{capacity}”{agency}",
    EventType.PANEL_MEMBER_CHANGED: "changed the particulars of a member of the panel",
    EventType.PANEL_MEMBER_LEFT: "recorded that somebody left the panel (“{capacity}”)",
    EventType.DECLARED: "recorded a declaration of {kind} of a member of the panel",
    EventType.DECLARATION_WITHDRAWN: "withdrew a declaration of {kind} of a member of the panel",
    EventType.CONFLICT_RECORDED: "recorded a conflict of interest of a member of the panel with {conflict_with}",
    EventType.CONFLICT_ENDED: "ended a conflict of interest of a member of the panel with {conflict_with}",
    EventType.CONTRACT_AGREED: "recorded terms with the “{capacity}”: {days} days, {begins} to {ends}",
    EventType.DAY_USED: "recorded {days} days worked on {on}",
    EventType.DAY_WITHDRAWN: "withdrew {days} days worked on {on}",
    EventType.CHAIR_HANDED_OVER: "handed the chair over to {target}",
    EventType.JOINT_COMMISSION_BEGUN: "let {partnership} commission the review too",
    EventType.JOINT_COMMISSION_ENDED: "ended the joint commission of {partnership}",
    EventType.MEETINGS_READ: "read the meetings",
    EventType.MEETING_PLANNED: "planned meeting {meeting}",
    EventType.MEETING_CHANGED: "changed meeting {meeting}",
    EventType.AGENDA_CHANGED: "changed the agenda of meeting {meeting}",
    EventType.MEETING_SENT: "sent {mails} messages about meeting {meeting}",
    EventType.MEETING_CANCELLED: "cancelled meeting {meeting}",
    EventType.MEETING_HELD: "recorded that meeting {meeting} was held",
    EventType.INVITATION_RETURNED: "recorded that an invitation to meeting {meeting} came back",
    EventType.PAPER_ADDED: "added a paper to meeting {meeting}",
    EventType.PAPER_WITHDRAWN: "withdrew a paper of meeting {meeting}",
    EventType.PACK_MADE: "made the pack of meeting {meeting}",
    EventType.ATTENDANCE_RECORDED: "recorded who was at meeting {meeting}",
    EventType.MINUTES_WRITTEN: "wrote version {version} of the minutes of meeting {meeting}",
    EventType.MINUTES_SENT: "sent version {version} of the minutes of meeting {meeting} to the panel",
    EventType.MINUTES_AGREED: "recorded that the minutes of meeting {meeting} were agreed",
    EventType.MEETING_DECIDED: "recorded a decision of meeting {meeting}",
    EventType.MEETING_DECISION_WITHDRAWN: "withdrew a decision of meeting {meeting}",
    EventType.MEETING_ACTION_GIVEN: "recorded an action of meeting {meeting}{agency}, due {due}",
    EventType.MEETING_ACTION_MOVED: "moved the day of an action of meeting {meeting} to {due}",
    EventType.MEETING_ACTION_DONE: "said that an action of meeting {meeting} is done",
    EventType.MEETING_ACTION_CHASED: "chased an action of meeting {meeting}: {mails} messages",
    EventType.REGISTER_READ: "read the register of people",
    EventType.PERSON_CHANGED: "changed what the register says of {person}",
    EventType.PSEUDONYM_CHANGED: "gave {person} another pseudonym",
    EventType.IDENTITY_CHANGED: "entered who {person} really is",
    EventType.PASSWORD_WRONG: "gave a wrong password for a real name or a contact",
    EventType.IDENTITY_REVEALED: "looked up who {person} really is",
    EventType.RELATIONSHIP_ADDED: "added a relationship to the register",
    EventType.RELATIONSHIP_WITHDRAWN: "withdrew a relationship from the register",
    EventType.NAMES_REPLACED: "replaced {replaced} real names in an entry by pseudonyms{agency}",
    EventType.AGENCY_ADDED: "added {agency_name} to the review",
    EventType.PARTICIPATIONS_MERGED: "moved what {agency_name} held to {into}",
    EventType.CHRONOLOGY_SUBMITTED: "submitted the chronology of {agency_name}",
    EventType.SHARED: "shared “{material}”{agency} with “{role}”{with_agency}",
    EventType.UNSHARED: "ended a share of “{material}”{agency} with “{role}”",
    EventType.FILE_UPLOADED: "uploaded a file{agency}",
    EventType.FILE_DOWNLOADED: "downloaded a file{agency}",
    EventType.IMPORT_DISCARDED: "discarded an import{agency}",
    EventType.CHRONOLOGY_IMPORTED: "imported a chronology{agency}: {added} added, {changed} changed, {removed} withdrawn",
    EventType.ENTRY_ADDED: "added an entry by hand{agency}",
    EventType.ENTRY_CHANGED: "changed an entry{agency}",
    EventType.ENTRY_WITHDRAWN: "withdrew an entry{agency}",
    EventType.DOUBT_SETTLED: "settled a doubt about an entry{agency}",
    EventType.ENTRIES_READ: "read chronology entries{agency}",
    EventType.COMBINED_READ: "read the combined chronology",
    EventType.TIMELINE_READ: "read the timeline",
    EventType.EXPORTED: "exported {document} as {format}{of_rows}",
    EventType.PLAN_IMPORTED: "imported an action plan: {recommendations} recommendations",
    EventType.PLAN_READ: "read the action plan",
    EventType.PAPER_MADE: "made a final paper of the action plan as it stood on {as_of}: {rows} rows",
    EventType.RECOMMENDATION_MADE: "wrote recommendation {number}{agency}",
    EventType.RECOMMENDATION_CHANGED: "changed the words of recommendation {number}",
    EventType.RECOMMENDATION_RESTED: "rested recommendation {number} on lesson {lesson}",
    EventType.RECOMMENDATION_UNRESTED: "untied recommendation {number} from lesson {lesson}",
    EventType.RECOMMENDATIONS_MADE_ONE: "said that recommendation {number} is the same as {into}",
    EventType.RECOMMENDATIONS_TOLD_APART: "said that two recommendations are not the same",
    EventType.RECOMMENDATION_FOLLOWED: "changed how recommendation {number} is followed",
    EventType.REPEAT_JUDGED: "said whether a recommendation repeats one of an earlier review",
    EventType.ACTION_ADDED: "added an action to recommendation {number}{agency}",
    EventType.ACTION_CHANGED: "changed an action of recommendation {number}{agency}",
    EventType.ACTION_REMOVED: "took away an action of recommendation {number}{agency}",
    EventType.ROW_OWNER_SET: "said who sees to a part of the action plan",
    EventType.MILESTONES_CHANGED: "changed the milestones of recommendation {number}",
    EventType.PLAN_ORDERED: "changed the order of the action plan",
    EventType.THREAD_READ: "read the golden thread or its broken links",
    EventType.EARLIER_REPORT_READ: "looked at an earlier report that is to be brought in",
    EventType.EARLIER_REPORT_TAKEN: "brought in an earlier report: {findings} findings, {lessons} lessons, {recommendations} recommendations",
    EventType.EARLIER_REPORT_UNDONE: "took out again what an earlier report had brought in: {findings} findings, {lessons} lessons, {recommendations} recommendations",
    EventType.PROGRESS_ADDED: "noted progress{agency}",
    EventType.RECOMMENDATION_DECIDED: "recorded what was decided on recommendation {number}",
    EventType.PROGRESS_ACCEPTED: "accepted what was reported done{agency}",
    EventType.PROGRESS_RETURNED: "sent back what was reported done{agency}",
    EventType.IMPACT_TOLD: "said whether practice changed",
    EventType.NATIONAL_STEP_KEPT: "recorded what became of national recommendation {number}",
    EventType.TARGET_MOVED: "moved the target date of an action{agency}",
    EventType.TRAIL_READ: "read this trail",
    EventType.JOB_FAILED: "had a job that failed",
    EventType.NOTIFICATION_SETTLED: "joined a notification to the review",
    EventType.FAMILY_LOG_READ: "read the log of contact with family and others",
    EventType.CORRESPONDENT_ADDED: "added somebody to the log of contact",
    EventType.CONTACT_RECORDED: "recorded a contact with family or others",
    EventType.CONTACT_HELD: "said from when somebody in the log may be contacted",
    EventType.ENGAGEMENT_DECIDED: "recorded a decision on further contact",
    EventType.WISH_RECORDED: "recorded a wish or question of the family",
    EventType.WISH_ANSWERED: "answered a wish or question of the family",
    EventType.CONTACT_DETAILS_CHANGED: "entered how to reach somebody in the log",
    EventType.CONTACT_DETAILS_REVEALED: "looked up how to reach somebody in the log",
    EventType.PROCEEDINGS_READ: "read what goes on beside the review",
    EventType.PROCEEDING_ADDED: "added a parallel proceeding",
    EventType.PROCEEDING_DATED: "recorded a date of a parallel proceeding",
    EventType.PROCEEDING_MOVED: "moved a date of a parallel proceeding",
    EventType.PROCEEDING_STATUS: "recorded a parallel proceeding as {status}",
    EventType.PROCEEDING_POST_ADDED: "added a contact of a parallel proceeding",
    EventType.PROCEEDING_POST_ENDED: "ended a contact of a parallel proceeding",
    EventType.PROCEEDING_POST_REVEALED: "looked up how to reach a contact of a proceeding",
    EventType.HOLD_BEGUN: "put a hold on {stops}",
    EventType.HOLD_RELEASED: "released the hold on {stops}",
    EventType.DISCLOSURE_READ: "read what the review holds for disclosure",
    EventType.DISCLOSURE_MARKED: "marked a line for disclosure",
    EventType.DISCLOSURE_FROZEN: "froze disclosure schedule {number}: {lines} lines",
    EventType.DISCLOSURE_EXPORTED: "downloaded disclosure material ({what})",
    EventType.DISCLOSURE_HANDED: "recorded that {lines} lines were handed over for disclosure",
    EventType.TERMS_BEGUN: "began version {version} of the terms of reference",
    EventType.TERMS_CHANGED: "changed the draft of version {version} of the terms",
    EventType.TERM_ADDED: "added a term to the draft of version {version}",
    EventType.TERM_CHANGED: "changed a term in the draft of version {version}",
    EventType.TERM_WITHDRAWN: "took a term out of the draft of version {version}",
    EventType.TERMS_ISSUED: "issued version {version} of the terms of reference{to_whom}",
    EventType.TERMS_READ: "opened version {version} of the terms of reference",
    EventType.FINDINGS_READ: "read findings, lessons or counts",
    EventType.FINDING_MADE: "wrote finding {number}",
    EventType.FINDING_CHANGED: "changed finding {number}",
    EventType.FINDING_REMOVED: "took finding {number} away",
    EventType.EVIDENCE_ADDED: "put evidence under finding {number}",
    EventType.EVIDENCE_REMOVED: "took evidence away from under finding {number}",
    EventType.TERM_ANSWER_JUDGED: "said how far a term was answered{agency}",
    EventType.PASSAGE_TIED: "tied a heading of a report to a term{agency}",
    EventType.PASSAGE_UNTIED: "untied a heading of a report from a term{agency}",
    EventType.COUNT_MADE: "saved a count",
    EventType.COUNT_REMOVED: "took a count away",
    EventType.LESSON_MADE: "wrote lesson {number}{agency}",
    EventType.LESSON_CHANGED: "changed lesson {number}{agency}",
    EventType.LESSON_REMOVED: "took lesson {number} away{agency}",
    EventType.LESSON_RESTED: "rested lesson {number} on finding {finding}{agency}",
    EventType.LESSON_UNRESTED: "no longer rests lesson {number} on finding {finding}{agency}",
    EventType.TERMS_CONFIRMED: "said that they have read version {version} of the terms{agency}",
    EventType.INTAKE_READ: "read the notification, scoping, decision or concerns",
    EventType.CIRCUMSTANCES_CHANGED: "changed the circumstances of the case",
    EventType.REVIEW_DECIDED: "recorded decision {number}: {outcome}",
    EventType.SCOPING_ASKED: "asked {agency_name} what it knows, by {due}",
    EventType.SCOPING_ANSWERED: "answered what {agency_name} knows",
    EventType.CONCERN_RAISED: "raised an urgent concern{agency}",
    EventType.CONCERN_GIVEN: "gave an urgent concern to {owner}",
    EventType.CONCERN_CLOSED: "closed an urgent concern",
    EventType.EARLY_ACTION_BEGUN: "asked {agency_name} for an early action, by {due}",
    EventType.REMINDERS_SENT: "reminded people of what they owe: {people} people, {things} things",
    EventType.REMINDER_STEPS_MADE: "changed the days on which people are reminded",
    EventType.UPDATES_ASKED: "asked for updates: {people} people, {actions} actions",
    EventType.UPDATES_ASKED_AGAIN: "had people asked for updates: {people} people, {actions} actions",
    EventType.SILENCE_TOLD: "told people of actions without an answer: {people} people, "
    "{actions} actions",
    EventType.ASKING_SCHEDULE_MADE: "changed when updates of actions are asked for",
    EventType.LEAD_HANDED_OVER: "handed {actions} actions of {agency_name} over to {successor}",
    EventType.MESSAGE_SENT_AGAIN: "had a message that did not arrive sent again",
    EventType.MESSAGE_CAME_BACK: "recorded that a message came back",
    EventType.MESSAGE_SETTLED: "said that a message that did not arrive was dealt with",
    EventType.EARLY_ACTION_MOVED: "moved the day of an early action to {due}",
    EventType.EARLY_ACTION_DONE: "said that an early action{agency} is done",
    EventType.CLOCK_READ: "read the clock",
    EventType.MILESTONE_REACHED: "recorded {milestone}",
    EventType.MILESTONE_UNREACHED: "took back {milestone}",
    EventType.CLOCK_EXTENDED: "put off {milestone} to {until}",
    EventType.CLOCK_PAUSED: "paused the clock from {starts_on}",
    EventType.CLOCK_PAUSE_ENDED: "recorded the last day of a pause: {ends_on}",
    EventType.CLOCK_TOLD: "recorded who was told of a delay",
    EventType.CLOCK_TAKEN_BACK: "took back {what_kind} of the clock",
}


_LABELS = {
    "letter": dict(letter_choices()),
    "what": {"sent": "sent", "acknowledged": "acknowledged", "returned": "returned"},
    "role": dict(Role.choices),
    "request": dict(Request.Kind.choices),
    "answer": {code: f"“{label}”" for code, label in Answer.Kind.choices},
    "stops": {code: label.lower() for code, label in Stops.choices},
    "before": dict(Stage.choices),
    "after": dict(Stage.choices),
    "material": dict(Material.choices),
    "capacity": dict(Capacity.choices),
    "milestone": {code: f"“{label}”" for code, label in Milestone.choices},
    "what_kind": {"extension": "an extension", "pause": "a pause"},
    "outcome": {
        "review": "hold a review",
        "no_review": "hold no review",
        "other": "hold another kind of review",
        "deferred": "defer the decision",
    },
}


class _Words(defaultdict):
    def __missing__(self, key):
        return "—"


def in_sentences(events):
    """The events of one page, as sentences. Names are looked up now: the trail holds none."""
    events = list(events)
    names = _names(events)
    return [
        Line(
            seq=event.seq,
            at=event.at,
            who="The system" if event.actor == SYSTEM else names.get(event.actor, "Somebody"),
            what=_sentence(event, names),
        )
        for event in events
    ]


def _names(events):
    wanted = {event.actor for event in events}
    wanted |= {
        event.target.replace("accounts.user:", "user:")
        for event in events
        if event.target.startswith("accounts.user:")
    }
    ids = [int(actor.removeprefix("user:")) for actor in wanted if actor.startswith("user:")]
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=ids)} | _pseudonyms(
        events
    )


def _pseudonyms(events):
    beginning = "reviews.person:"
    ids = {
        int(event.target.removeprefix(beginning))
        for event in events
        if event.target.startswith(beginning)
    }
    people = Person.objects.filter(pk__in=ids) if ids else ()
    return {f"{beginning}{person.pk}": person.pseudonym for person in people}


def _sentence(event, names):
    data = event.data
    words = _Words(str, {key: str(value) for key, value in data.items()})
    words["agency_name"] = data.get("agency") or "an agency"
    words["agency"] = f" for {data['agency']}" if data.get("agency") else ""
    words["to_whom"] = f" to {data.get('agency') or 'the panel'}"
    words["page"] = words["page"].partition(":")[2].replace("-", " ")
    words["conflict_with"] = data.get("agency") or "the whole review"
    words["owner"] = data.get("agency") or "the review team"
    words["of_rows"] = f": {data['rows']} rows" if "rows" in data else ""
    words["document"] = data.get("document") or "the chronology"
    words["with_agency"] = f" of {data['with_agency']}" if data.get("with_agency") else ""
    words["version"] = data.get("version") or "in preparation"
    words["person"] = names.get(event.target, "somebody")
    words["target"] = names.get(event.target.replace("accounts.user:", "user:"), "somebody")
    for key, labels in _LABELS.items():
        words[key] = labels.get(data.get(key), words[key])
    template = _SENTENCES.get(event.type)
    sentence = template.format_map(words) if template else EventType(event.type).label.lower()
    return f"{sentence}, on the agency’s behalf" if data.get("on_behalf") else sentence
