from django.db import models


class EventType(models.TextChoices):
    """What can happen. Codes are kept for ever, because the trail is."""

    SIGNED_IN = "auth.signed_in", "Signed in"
    SIGN_IN_FAILED = "auth.sign_in_failed", "Failed to sign in"
    SIGNED_OUT = "auth.signed_out", "Signed out"
    PASSWORD_CHANGED = "auth.password_changed", "Password changed"
    ACCESS_REFUSED = "access.refused", "Access refused"
    USER_INVITED = "user.invited", "Person invited"
    INVITATION_ACCEPTED = "user.invitation_accepted", "Invitation accepted"
    INVITATION_REPEATED = "user.invitation_repeated", "Invitation sent again"
    INVITATION_WITHDRAWN = "user.invitation_withdrawn", "Invitation withdrawn"
    USER_CLOSED = "user.closed", "Account closed"
    USER_REOPENED = "user.reopened", "Account opened again"
    PARTNERSHIP_CREATED = "partnership.created", "Partnership created"
    AGENCY_CREATED = "agency.created", "Agency created"
    AGENCY_CHANGED = "agency.changed", "Agency changed"
    AGENCIES_MERGED = "agency.merged", "Agencies merged"
    AGENCY_SUCCEEDED = "agency.succeeded", "Agency succeeded by another"
    ROLE_GIVEN = "role.given", "Role given"
    ROLE_ENDED = "role.ended", "Role ended"
    ROLE_DELEGATED = "role.delegated", "Role delegated"
    DELEGATION_ENDED = "role.delegation_ended", "Delegation ended"
    REVIEW_CREATED = "review.created", "Review created"
    REVIEW_CHANGED = "review.changed", "Review changed"
    STAGE_CHANGED = "review.stage_changed", "Stage changed"
    STATE_CHANGED = "review.state_changed", "Review suspended, resumed, ended or opened again"
    TASK_MARKED = "task.marked", "Task marked"
    TASK_LIST_MADE = "task_list.made", "Task list made"
    COURSE_READ = "course.read", "Stages, state or tasks read"
    WORDING_MADE = "wording.made", "Wording made"
    RULE_SET_MADE = "rule_set.made", "Time limits made"
    BANK_HOLIDAY_ADDED = "bank_holiday.added", "Bank holiday added"
    PASSWORD_WRONG = "password.wrong", "Wrong password for a real name"
    LETTER_MADE = "letter.made", "Letter made"
    LETTER_CHANGED = "letter.changed", "Letter changed"
    LETTER_FINISHED = "letter.finished", "Letter finished"
    LETTER_SET_ASIDE = "letter.set_aside", "Letter set aside"
    LETTER_REGISTERED = "letter.registered", "Letter registered"
    LETTERS_READ = "letters.read", "Letters read"
    TERMS_BEGUN = "terms.begun", "Version of the terms begun"
    TERMS_CHANGED = "terms.changed", "Draft of the terms changed"
    TERM_ADDED = "term.added", "Term added to a draft"
    TERM_CHANGED = "term.changed", "Term changed in a draft"
    TERM_WITHDRAWN = "term.withdrawn", "Term taken out of a draft"
    TERMS_ISSUED = "terms.issued", "Terms issued"
    TERMS_READ = "terms.read", "Terms opened"
    TERMS_CONFIRMED = "terms.confirmed", "Terms confirmed as read"
    FAMILY_LOG_READ = "family.read", "Log of contact with family and others read"
    CORRESPONDENT_ADDED = "family.added", "Somebody added to the contact log"
    CONTACT_RECORDED = "family.contact", "Contact recorded"
    CONTACT_HELD = "family.held", "First day of contact set"
    ENGAGEMENT_DECIDED = "family.engagement", "Further contact decided"
    WISH_RECORDED = "family.wish", "Wish or question recorded"
    WISH_ANSWERED = "family.answered", "Wish or question answered"
    CONTACT_DETAILS_CHANGED = "family.details", "Contact details entered"
    CONTACT_DETAILS_REVEALED = "family.revealed", "Contact details looked up"
    PROCEEDINGS_READ = "proceedings.read", "Parallel proceedings read"
    PROCEEDING_ADDED = "proceeding.added", "Parallel proceeding added"
    PROCEEDING_DATED = "proceeding.dated", "Date of a proceeding recorded"
    PROCEEDING_MOVED = "proceeding.moved", "Date of a proceeding moved"
    PROCEEDING_STATUS = "proceeding.status", "Status of a proceeding recorded"
    PROCEEDING_POST_ADDED = "proceeding.post", "Contact of a proceeding added"
    PROCEEDING_POST_ENDED = "proceeding.post_ended", "Contact of a proceeding ended"
    PROCEEDING_POST_REVEALED = "proceeding.revealed", "Contact details of a proceeding looked up"
    HOLD_BEGUN = "hold.begun", "Hold begun"
    HOLD_RELEASED = "hold.released", "Hold released"
    DISCLOSURE_READ = "disclosure.read", "Disclosure schedule read"
    DISCLOSURE_MARKED = "disclosure.marked", "Line for disclosure marked"
    DISCLOSURE_FROZEN = "disclosure.frozen", "Disclosure schedule frozen"
    DISCLOSURE_EXPORTED = "disclosure.exported", "Disclosure schedule downloaded"
    DISCLOSURE_HANDED = "disclosure.handed", "Material handed over for disclosure"
    PERSON_ADDED = "person.added", "Subject added"
    PANEL_READ = "panel.read", "Panel read"
    PANEL_MEMBER_ADDED = "panel.added", "Panel member added"
    PANEL_MEMBER_CHANGED = "panel.changed", "Panel member changed"
    PANEL_MEMBER_LEFT = "panel.left", "Panel member left"
    DECLARED = "panel.declared", "Declaration recorded"
    DECLARATION_WITHDRAWN = "panel.declaration_withdrawn", "Declaration withdrawn"
    CONFLICT_RECORDED = "conflict.recorded", "Conflict of interest recorded"
    CONFLICT_ENDED = "conflict.ended", "Conflict of interest ended"
    CONTRACT_AGREED = "contract.agreed", "Contract agreed"
    DAY_USED = "contract.day_used", "Day used"
    DAY_WITHDRAWN = "contract.day_withdrawn", "Day used withdrawn"
    CHAIR_HANDED_OVER = "chair.handed_over", "Chair handed over"
    JOINT_COMMISSION_BEGUN = "joint.begun", "Joint commission begun"
    JOINT_COMMISSION_ENDED = "joint.ended", "Joint commission ended"
    MEETINGS_READ = "meeting.read", "Meetings read"
    MEETING_PLANNED = "meeting.planned", "Meeting planned"
    MEETING_CHANGED = "meeting.changed", "Meeting changed"
    AGENDA_CHANGED = "meeting.agenda_changed", "Agenda of a meeting changed"
    MEETING_SENT = "meeting.sent", "Invitations or changes of a meeting sent"
    MEETING_CANCELLED = "meeting.cancelled", "Meeting cancelled"
    MEETING_HELD = "meeting.held", "Meeting held"
    INVITATION_RETURNED = "meeting.returned", "Invitation came back"
    PAPER_ADDED = "meeting.paper_added", "Paper added to a meeting"
    PAPER_WITHDRAWN = "meeting.paper_withdrawn", "Paper of a meeting withdrawn"
    PACK_MADE = "meeting.pack_made", "Pack of a meeting made"
    ATTENDANCE_RECORDED = "meeting.attendance", "Attendance recorded"
    MINUTES_WRITTEN = "minutes.written", "Version of minutes written"
    MINUTES_SENT = "minutes.sent", "Minutes sent to the panel"
    MINUTES_AGREED = "minutes.agreed", "Minutes agreed"
    MEETING_DECIDED = "meeting.decided", "Decision of a meeting recorded"
    MEETING_DECISION_WITHDRAWN = "meeting.decision_withdrawn", "Decision of a meeting withdrawn"
    MEETING_ACTION_GIVEN = "meeting_action.given", "Action of a meeting given"
    MEETING_ACTION_MOVED = "meeting_action.moved", "Day of a meeting’s action moved"
    MEETING_ACTION_DONE = "meeting_action.done", "Action of a meeting done"
    MEETING_ACTION_CHASED = "meeting_action.chased", "Action of a meeting chased"
    REGISTER_READ = "register.read", "Register of people read"
    PERSON_CHANGED = "person.changed", "Person of the register changed"
    PSEUDONYM_CHANGED = "person.renamed", "Pseudonym changed"
    IDENTITY_CHANGED = "identity.changed", "Identity entered or changed"
    IDENTITY_REVEALED = "identity.revealed", "Identity revealed"
    RELATIONSHIP_ADDED = "relationship.added", "Relationship added"
    RELATIONSHIP_WITHDRAWN = "relationship.withdrawn", "Relationship withdrawn"
    NAMES_REPLACED = "entry.names_replaced", "Real names replaced by pseudonyms"
    AGENCY_ADDED = "participation.added", "Agency added to the review"
    PARTICIPATIONS_MERGED = "participation.merged", "Participations merged"
    CHRONOLOGY_SUBMITTED = "chronology.submitted", "Chronology submitted"
    REQUEST_ASKED = "request.asked", "Agency asked for something"
    REQUEST_OPENED = "request.opened", "Request opened by the agency"
    REQUEST_BEGUN = "request.begun", "Work on a request begun"
    REQUEST_SUBMITTED = "request.submitted", "What was asked for submitted"
    REQUEST_RETURNED = "request.returned", "What was submitted returned"
    REQUEST_ACCEPTED = "request.accepted", "What was submitted accepted"
    REQUEST_NIL = "request.nil", "Nil answer given"
    REQUEST_WITHDRAWN = "request.withdrawn", "Request withdrawn"
    REQUEST_EXTENSION_ASKED = "request.extension_asked", "More time asked for"
    REQUEST_EXTENSION_GIVEN = "request.extension_given", "More time given"
    REQUEST_EXTENSION_REFUSED = "request.extension_refused", "More time refused"
    REQUEST_CHASED = "request.chased", "Agency reminded by hand"
    REQUESTS_READ = "request.read", "Requests read"
    SHARED = "share.given", "Material shared"
    UNSHARED = "share.withdrawn", "Share withdrawn"
    FILE_UPLOADED = "file.uploaded", "File uploaded"
    FILE_DOWNLOADED = "file.downloaded", "File downloaded"
    IMPORT_DISCARDED = "import.discarded", "Import discarded"
    CHRONOLOGY_IMPORTED = "chronology.imported", "Chronology imported"
    ENTRY_ADDED = "entry.added", "Entry added"
    ENTRY_CHANGED = "entry.changed", "Entry changed"
    ENTRY_WITHDRAWN = "entry.withdrawn", "Entry withdrawn"
    DOUBT_SETTLED = "entry.doubt_settled", "Doubt settled"
    ENTRIES_READ = "entries.read", "Entries read"
    COMBINED_READ = "combined.read", "Combined chronology read"
    EXPORTED = "export.made", "Exported"
    PLAN_IMPORTED = "plan.imported", "Action plan imported"
    PLAN_READ = "plan.read", "Action plan read"
    PROGRESS_ADDED = "progress.added", "Progress noted"
    TRAIL_READ = "trail.read", "Trail read"
    JOB_FAILED = "job.failed", "Job failed"
    KEYS_ROTATED = "vault.rotated", "Keys changed"
    NOTIFICATION_LINK_SENT = "notification.link_sent", "Link to notify sent"
    NOTIFICATION_LINK_ENDED = "notification.link_ended", "Link to notify ended"
    NOTIFICATION_RECEIVED = "notification.received", "Notification received"
    NOTIFICATION_READ = "notification.read", "Notification read"
    NOTIFICATION_COMPARED = "notification.compared", "Two notifications compared"
    NOTIFICATION_SETTLED = "notification.settled", "Notification settled"
    INTAKE_READ = "intake.read", "Notification, scoping or decision read"
    CIRCUMSTANCES_CHANGED = "circumstances.changed", "Circumstances changed"
    REVIEW_DECIDED = "review.decided", "Decision recorded"
    SCOPING_ASKED = "scoping.asked", "Agency asked what it knows"
    SCOPING_ANSWERED = "scoping.answered", "Agency answered what it knows"
    CONCERN_RAISED = "concern.raised", "Urgent concern raised"
    CONCERN_GIVEN = "concern.given", "Urgent concern given to somebody"
    CONCERN_CLOSED = "concern.closed", "Urgent concern closed"
    EARLY_ACTION_BEGUN = "early_action.begun", "Early action begun"
    EARLY_ACTION_MOVED = "early_action.moved", "Early action put off"
    EARLY_ACTION_DONE = "early_action.done", "Early action done"
    CLOCK_READ = "clock.read", "Clock read"
    MILESTONE_REACHED = "clock.reached", "Milestone recorded"
    MILESTONE_UNREACHED = "clock.unreached", "Milestone taken back"
    CLOCK_EXTENDED = "clock.extended", "Due day put off"
    CLOCK_PAUSED = "clock.paused", "Clock paused"
    CLOCK_PAUSE_ENDED = "clock.pause_ended", "End of a pause recorded"
    CLOCK_TOLD = "clock.told", "Telling of a delay recorded"
    CLOCK_TAKEN_BACK = "clock.taken_back", "Extension or pause taken back"


def event_types():
    """Asked for when needed, so that a new type needs no migration."""
    return EventType.choices


class Event(models.Model):
    """One thing somebody did.

    Rows hold no foreign keys, so deleting a review cannot delete the record of who read it; they
    hold ids and counts, never names of people or narrative. Each stream (one a review, and
    "auth", "admin") is a hash chain. Only the database function `audit_record` writes here.
    """

    stream = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    type = models.CharField(max_length=50, choices=event_types)
    actor = models.CharField(max_length=40)
    target = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        ordering = ["stream", "-seq"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="audit_event_once_in_stream")
        ]

    def __str__(self):
        return f"{self.stream} {self.seq} {self.type}"


class Head(models.Model):
    """The newest link of a stream; locking it puts the writers of one stream in a queue."""

    stream = models.CharField(primary_key=True, max_length=80)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self):
        return f"{self.stream} {self.seq}"
