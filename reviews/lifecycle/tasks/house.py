"""The house's own task lists, used until a partnership has made its own.

Written for this product from the usual life of a review. No source sets this list: each partnership
checks it against the guidance in force and makes its own version.
"""

from dataclasses import dataclass
from datetime import date

from reviews.models import Review
from reviews.rules import Role, Stage

SINCE = date(2011, 4, 13)
SOURCE = (
    "Built into this service from the usual life of a review, not an official text. To be checked "
    "against current guidance before use."
)
STATUTORY = frozenset({Review.Kind.STATUTORY, Review.Kind.JOINT})


@dataclass(frozen=True)
class Task:
    stage: Stage
    code: str
    title: str
    role: Role
    shown_by: str
    check: str = ""
    statutory: bool = False  # only where there is a report to the Home Office


_COORDINATOR, _CHAIR, _PANEL = Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER

TASKS = (
    Task(
        Stage.SCOPING,
        "notified",
        "Record who told the partnership, and when",
        _COORDINATOR,
        "The day of the notification",
        "notified",
    ),
    Task(
        Stage.SCOPING,
        "scoping",
        "Ask agencies what they know, and to secure their records",
        _COORDINATOR,
        "An answer of every agency that was asked",
        "scoping-answered",
    ),
    Task(
        Stage.SCOPING,
        "urgent-concerns",
        "Deal with urgent concerns",
        _COORDINATOR,
        "Every concern is closed with what was done",
        "concerns-closed",
    ),
    Task(
        Stage.DECISION,
        "decision",
        "Decide whether to hold a review",
        _COORDINATOR,
        "The decision with its reasons and any dissent",
        "decided",
    ),
    Task(
        Stage.DECISION,
        "home-office",
        "Tell the Home Office of the decision",
        _COORDINATOR,
        "The letter, and the day it was sent",
        "home-office-told",
        statutory=True,
    ),
    Task(
        Stage.DECISION,
        "family",
        "Tell the family, and offer an advocate",
        _COORDINATOR,
        "A first contact in the log",
        "family-told",
    ),
    Task(
        Stage.COMMISSIONED,
        "chair",
        "Appoint an independent chair",
        _COORDINATOR,
        "The chair on the panel list",
        "chair-appointed",
    ),
    Task(
        Stage.COMMISSIONED,
        "independence",
        "Record that chair and author are independent",
        _COORDINATOR,
        "Their declarations, in words that the report can give",
        "chair-independent",
    ),
    Task(
        Stage.COMMISSIONED,
        "contract",
        "Agree contract and days with chair and author",
        _COORDINATOR,
        "The terms of each contract",
        "contracts-agreed",
    ),
    Task(
        Stage.COMMISSIONED,
        "panel",
        "Bring the panel together, a specialist domestic abuse service among it",
        _CHAIR,
        "The panel list with agency, position and specialism",
    ),
    Task(
        Stage.COMMISSIONED,
        "confidentiality",
        "Have every member declare confidentiality",
        _CHAIR,
        "A declaration of every member",
        "panel-declared",
    ),
    Task(
        Stage.COMMISSIONED,
        "proceedings",
        "Find out about trial, inquest and other reviews",
        _COORDINATOR,
        "Contacts and dates agreed with police, prosecution and coroner",
    ),
    Task(
        Stage.GATHERING,
        "terms",
        "Agree and issue the terms of reference, with the family consulted",
        _CHAIR,
        "An issued version",
        "terms-issued",
    ),
    Task(
        Stage.GATHERING,
        "asked",
        "Ask agencies for their management reviews and chronologies",
        _COORDINATOR,
        "A letter to each, with the day by which to answer",
    ),
    Task(
        Stage.GATHERING,
        "chronologies",
        "Receive every agency’s chronology",
        Role.SIGN_OFF_OFFICER,
        "Every agency that takes part has submitted",
        "chronologies-submitted",
    ),
    Task(
        Stage.GATHERING,
        "quality",
        "Check the quality of what came, and have it signed off",
        _CHAIR,
        "Comments sent, answers received",
    ),
    Task(
        Stage.ANALYSIS,
        "combined",
        "Read the combined chronology for gaps and contradictions",
        _CHAIR,
        "Gaps and contradictions put to the agencies",
    ),
    Task(
        Stage.ANALYSIS,
        "analysed",
        "Analyse under each term of reference",
        _PANEL,
        "Minutes of the panel meetings",
    ),
    Task(
        Stage.ANALYSIS,
        "early-learning",
        "Finish what could not wait for the report",
        Role.ACTION_LEAD,
        "Every immediate action is done",
        "early-actions-done",
    ),
    Task(
        Stage.DRAFTING,
        "drafted",
        "Draft the overview report, the executive summary and the action plan",
        _CHAIR,
        "The three drafts",
    ),
    Task(
        Stage.DRAFTING,
        "plan",
        "Have the action plan here, with a lead and a date for each action",
        _COORDINATOR,
        "The imported plan",
        "plan-there",
    ),
    Task(
        Stage.DRAFTING,
        "family-draft",
        "Let the family read the draft, in private and without haste",
        _CHAIR,
        "The contact at which it was shared",
        "draft-shared",
    ),
    Task(
        Stage.DRAFTING,
        "wishes",
        "Answer what the family asked of the review",
        _CHAIR,
        "An answer to every wish and question",
        "wishes-answered",
    ),
    Task(
        Stage.DRAFTING,
        "accuracy",
        "Have panel and agencies check the facts",
        _PANEL,
        "Their comments, and what became of each",
    ),
    Task(
        Stage.SIGN_OFF,
        "signed-off",
        "Have the partnership sign off the report",
        _COORDINATOR,
        "The minute of the board, and the day of completion",
        "report-completed",
    ),
    Task(
        Stage.SIGN_OFF,
        "accepted",
        "Have each lead agency accept its actions",
        _COORDINATOR,
        "An acceptance of each",
    ),
    Task(
        Stage.QUALITY_ASSURANCE,
        "sent",
        "Send the report to the Home Office and the Commissioner",
        _COORDINATOR,
        "The day of sending",
        "sent",
        statutory=True,
    ),
    Task(
        Stage.QUALITY_ASSURANCE,
        "answered",
        "Answer the letter of the quality assurance panel point by point",
        _CHAIR,
        "The answer, and the letter that allows publication",
        statutory=True,
    ),
    Task(
        Stage.PUBLICATION,
        "told-before",
        "Tell family, agencies and press office of the day",
        _COORDINATOR,
        "Who was told, and when",
    ),
    Task(
        Stage.PUBLICATION,
        "published",
        "Publish the report",
        _COORDINATOR,
        "The day of publication",
        "published",
    ),
    Task(
        Stage.MONITORING,
        "plan-finished",
        "Follow every action to its end",
        Role.ACTION_LEAD,
        "Every recommendation is done or formally stopped",
        "plan-finished",
    ),
    Task(
        Stage.MONITORING,
        "shared",
        "Share the learning",
        _COORDINATOR,
        "A learning sheet, a briefing or an event",
    ),
)


def tasks_for(kind):
    return [task for task in TASKS if kind in STATUTORY or not task.statutory]
