"""What a partnership can word for itself, and the fields that stand for facts in each text.

A field is a plain name from this closed list and nothing else: `{{ review.reference }}` is replaced
by text. Nothing that somebody types is ever run.
"""

from django.db import models


class Kind(models.TextChoices):
    HOME_OFFICE_DECISION = "letter-home-office-decision", "Letter to the Home Office: decision"
    HOME_OFFICE_NO_REVIEW = "letter-home-office-no-review", "Letter to the Home Office: no review"
    FAMILY_FIRST = "letter-family-first", "First letter to a family member"
    AGENCY_SCOPING = "letter-agency-scoping", "Scoping letter to an agency"
    AGENCY_IMR_REQUEST = "letter-agency-imr-request", "Letter asking an agency for its IMR"
    COMMISSIONER_REPORT = (
        "letter-commissioner-report",
        "Letter to the Domestic Abuse Commissioner with the report",
    )
    AGENDA = "agenda", "Agenda of a panel meeting"
    TERMS_PURPOSES = "terms-purposes", "Purposes in the terms of reference"
    DECISION_CRITERIA = "decision-criteria", "Criteria for the decision to review"
    IMR_TEMPLATE = "imr-template", "Template of an individual management review (IMR)"
    REPORT_TEMPLATE = "report-template", "Template of an information report"


def kind_choices():
    """Asked for when needed, so that a new kind needs no migration."""
    return Kind.choices


# What each field stands for, in words that can follow "Still to fill in:", and an example.
FIELDS = {
    "review.reference": ("the reference of the review", "DARDR-2026-03"),
    "review.label": (
        "what the partnership calls the review",
        "Domestic Abuse Related Death Review (DARDR)",
    ),
    "partnership.name": ("the name of the partnership", "Northvale Community Safety Partnership"),
    "subjects": ("the subjects by pseudonym", "MA 1 (victim) and MA 2 (perpetrator)"),
    "timeframe.from": ("the start of the timeframe", "January 2019"),
    "timeframe.to": ("the end of the timeframe", "March 2026"),
    "chair.name": ("the name of the chair", "the independent chair"),
    "notification.date": ("the date of the notification", "4 March 2026"),
    "decision.date": ("the date of the decision", "1 April 2026"),
    "decision.outcome": ("what was decided", "to hold a review"),
    "decision.reasons": ("the reasons for the decision", "The criteria for a review are met."),
    "report.due": ("the date the report is due", "1 October 2026"),
    "report.completed": ("the date the report was completed", "14 September 2026"),
    "clock.sentence": (
        "where the time stands",
        "The report is due on 1 October 2026.",
    ),
    "letter.date": ("the date of the letter", "2 April 2026"),
    "reply.by": ("the date to reply by", "16 April 2026"),
    "recipient.name": ("to whom it goes", "Northvale Housing"),
    "sender.name": ("who writes the letter", "the coordinator"),
    "sender.role": ("the role of who writes the letter", "CSP coordinator"),
    "terms.list": (
        "the terms of reference as issued to the agency",
        "1. Was risk recognised and assessed?\n2. Was information shared?",
    ),
    "lines.list": ("the key lines of enquiry", "1. Separation, and the months after it."),
    "meeting.title": ("the title of the meeting", "Second panel meeting"),
    "meeting.date": ("the date of the meeting", "12 May 2026"),
    "meeting.time": ("the time of the meeting", "10:00 to 12:30"),
    "meeting.place": ("the place of the meeting", "Town Hall, room 2"),
}

_REVIEW = ("review.reference", "review.label", "partnership.name", "subjects")
_LETTER = (
    *_REVIEW,
    "letter.date",
    "recipient.name",
    "sender.name",
    "sender.role",
    "chair.name",
    "clock.sentence",
)
_DECISION = ("notification.date", "decision.date", "decision.outcome", "decision.reasons")
_ASKING = (*_LETTER, "timeframe.from", "timeframe.to", "reply.by")
_WRITING = (
    *_REVIEW,
    "recipient.name",
    "timeframe.from",
    "timeframe.to",
    "reply.by",
    "terms.list",
    "lines.list",
)
_KNOWN = {
    Kind.HOME_OFFICE_DECISION: (*_LETTER, *_DECISION, "report.due"),
    Kind.HOME_OFFICE_NO_REVIEW: (*_LETTER, *_DECISION),
    Kind.FAMILY_FIRST: (*_LETTER, "reply.by"),
    Kind.AGENCY_SCOPING: _ASKING,
    Kind.AGENCY_IMR_REQUEST: _ASKING,
    Kind.COMMISSIONER_REPORT: (*_LETTER, "report.completed"),
    Kind.AGENDA: (*_REVIEW, "meeting.title", "meeting.date", "meeting.time", "meeting.place"),
    Kind.TERMS_PURPOSES: (),
    Kind.DECISION_CRITERIA: (),
    Kind.IMR_TEMPLATE: _WRITING,
    Kind.REPORT_TEMPLATE: _WRITING,
}


def known_fields(kind):
    """The fields that a text of this kind may name."""
    return _KNOWN[Kind(kind)]


def stands_for(field):
    return FIELDS[field][0]


def examples(kind):
    return {field: FIELDS[field][1] for field in known_fields(kind)}
