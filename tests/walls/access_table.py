"""Who reaches which page: written from the design and the rules in words, page by page.

Each line is to be read aloud: "the page reaches these people; these people see the thing but their
role does not reach (403); for everybody else who is signed in it does not exist (404)". Whoever
adds a page adds a line, and asks the chair rather than the code what it must say.
"""

from dataclasses import dataclass

# --- People, by where they stand ----------------------------------------------------------------

# They have no role in the review that is asked about, or not yet.
OUTSIDE = frozenset(
    {
        "stranger",
        "administrator",
        "home_office_before",
        "deputy_until_passed",
        "coordinator_elsewhere",
        "chair_elsewhere",
        "board_reader_elsewhere",
        "panel_member_elsewhere",
        "home_office_reader_elsewhere",
        "author_elsewhere",
        "officer_elsewhere",
        "lead_elsewhere",
    }
)
COORDINATOR = frozenset({"coordinator"})
LEADERS = COORDINATOR | {"chair"}
# The chair asked this one to check what an agency sent.
ASKED = frozenset({"panel_asked"})
PANEL = frozenset({"panel", "panel_unshared", "panel_until_passed"}) | ASKED
PANEL_SHARED = frozenset({"panel_shared"})
# A board reads of a plan what is published, on a page of its own.
BOARD = frozenset({"board_reader"})
READERS_OF_PLAN = frozenset({"home_office_at_qa"})

# The deputy has the author's role by delegation; see OUTSIDE for when its last day has passed.
WRITERS_OF_OURS = frozenset({"author_own", "officer_own", "deputy_own"})
OURS = WRITERS_OF_OURS | {"lead_own"}
THEIRS = frozenset(
    {
        "author_other",
        "author_other_unshared",
        "author_other_until_passed",
        "officer_other",
        "lead_other",
    }
)
THEIRS_SHARED = frozenset({"author_other_shared"})

IN_REVIEW = LEADERS | PANEL | PANEL_SHARED | BOARD | READERS_OF_PLAN | OURS | THEIRS | THEIRS_SHARED
SIGNED_IN = IN_REVIEW | OUTSIDE
COORDINATORS = COORDINATOR | {"coordinator_elsewhere"}
ADMINISTRATOR = frozenset({"administrator"})

# What was shared with somebody in review one.
GIVEN = PANEL_SHARED | THEIRS_SHARED


@dataclass(frozen=True)
class Page:
    reach: frozenset
    refused: frozenset = frozenset()
    form: bool = False  # takes a POST
    reads: bool = True  # answers a GET
    # What a small form of those whom the page reaches is answered with.
    posted: tuple = (302, 422)

    def status(self, who):
        if who == "signed_out":
            return 302
        if who in self.reach:
            return 200
        return 403 if who in self.refused else 404


def page(reach, *, refuses=frozenset(), **more):
    return Page(frozenset(reach), frozenset(refuses) - frozenset(reach), **more)


def of_review(reach, **more):
    """A page of the review: those in it know that there is such a page; others know of no review."""
    return page(reach, refuses=IN_REVIEW, **more)


def of_house(reach, **more):
    """A page of the installation, which is no secret."""
    return page(reach, refuses=SIGNED_IN, **more)


# An agency's part is visible to its own people and to those who read every chronology.
def of_part(reach, **more):
    return page(reach, refuses=LEADERS | OURS, **more)


# An entry is visible to its agency's chronology people, the leaders, and whoever it is shared with.
SEE_ENTRY = LEADERS | WRITERS_OF_OURS | GIVEN
# Context from the review team is shared only with the whole chronology.
SEE_CONTEXT = LEADERS | PANEL_SHARED
SEE_COMBINED = LEADERS | GIVEN
# A recommendation is visible to those who read the plan, to the agency that leads it, when shared.
SEE_RECOMMENDATION = LEADERS | READERS_OF_PLAN | OURS | GIVEN
SEE_PLAN = SEE_RECOMMENDATION | THEIRS

# An agency's writers read the terms issued to them; the panel reads what was issued at all.
SEE_OUR_TERMS = LEADERS | PANEL | PANEL_SHARED | WRITERS_OF_OURS
WRITERS_OF_THEIRS = (THEIRS | THEIRS_SHARED) - {"lead_other"}
SEE_TERMS = SEE_OUR_TERMS | WRITERS_OF_THEIRS

SEE_PANEL = LEADERS | PANEL | PANEL_SHARED

# Findings, lessons and counts are shared as a whole, and with the panel alone.
SEE_ANALYSIS = LEADERS | PANEL_SHARED

# Documents are shared one by one, and with the panel alone.
SEE_DOCUMENTS = LEADERS | PANEL_SHARED

TABLE = {
    # --- the installation -----------------------------------------------------------------------
    "desk:home": of_house(SIGNED_IN),
    # The board is of the reviews that one leads; the counts are for those who read counts.
    "desk:board": of_house(COORDINATORS | {"chair", "chair_elsewhere"}),
    "desk:board-export": of_house(COORDINATORS | {"chair", "chair_elsewhere"}),
    "desk:figures": of_house(COORDINATORS | {"board_reader", "board_reader_elsewhere"}),
    # Everybody finds the sets that they find in their reviews, and no more.
    **{
        f"reports:register{step}": of_house(
            COORDINATORS | {"board_reader", "board_reader_elsewhere"}
        )
        for step in ("", "-export")
    },
    # Everybody finds the actions that they may see, and no more; a board what is published.
    **{
        f"desk:plans{step}": of_house(SIGNED_IN)
        for step in ("", "-export", "-changes", "-changes-export", "-charts")
    },
    **{
        f"desk:plans-published{step}": of_house(BOARD | {"board_reader_elsewhere"})
        for step in ("", "-export")
    },
    "desk:said-before": of_house(
        COORDINATORS
        | {"chair", "chair_elsewhere", "home_office_at_qa", "home_office_reader_elsewhere"}
    ),
    # One's own filters: nobody else knows of one.
    "desk:filter-save": of_house(SIGNED_IN, form=True),
    "desk:filter-rename": page(COORDINATOR, form=True),
    "desk:filter-remove": page(COORDINATOR, form=True),
    "desk:filter-first": page(COORDINATOR, form=True, reads=False),
    "desk:account-list": of_house(ADMINISTRATOR),
    "desk:account-close": of_house(ADMINISTRATOR, form=True),
    "desk:account-reopen": of_house(ADMINISTRATOR, form=True),
    "agencies:agency-list": of_house(COORDINATORS | ADMINISTRATOR),
    "agencies:agency-create": of_house(COORDINATORS | ADMINISTRATOR, form=True),
    "agencies:agency-detail": of_house(COORDINATORS | ADMINISTRATOR),
    "agencies:agency-change": of_house(COORDINATORS | ADMINISTRATOR, form=True),
    "agencies:agency-successor": of_house(COORDINATORS | ADMINISTRATOR, form=True),
    "agencies:agency-merge": of_house(COORDINATORS | ADMINISTRATOR, form=True),
    "reviews:review-list": of_house(SIGNED_IN),
    "reviews:review-create": of_house(COORDINATORS, form=True),
    "reviews:review-enter": of_house(COORDINATORS, form=True),
    "reviews:appointment-list": of_house(COORDINATORS | ADMINISTRATOR),
    "reviews:appoint": of_house(COORDINATORS | ADMINISTRATOR, form=True),
    # An appointment of another partnership does not exist for its coordinators.
    "reviews:appointment-end": page(
        COORDINATOR | ADMINISTRATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, form=True
    ),
    "reviews:wording-list": of_house(COORDINATORS),
    # The texts of another partnership do not exist for its coordinators.
    **{
        f"reviews:wording-{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {"detail": {}, "version": {}, "create": {"form": True}}.items()
    },
    "reviews:rule-set-list": of_house(COORDINATORS),
    "reviews:bank-holidays": of_house(COORDINATORS),
    # Which messages it shows is another question; those of another partnership do not exist.
    "reviews:message-list": of_house(COORDINATORS),
    "reviews:message-tomorrow": of_house(COORDINATORS),
    **{
        f"reviews:{step}": page(COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more)
        for step, more in {
            "message-detail": {"form": True},
            "reminder-steps": {},
            "reminder-steps-create": {"form": True},
        }.items()
    },
    # Why somebody was written to is told to them, here to the coordinator, and to nobody else.
    "reviews:reminder-why": page(COORDINATOR),
    "reviews:task-lists": of_house(COORDINATORS),
    # The task lists of another partnership do not exist for its coordinators.
    **{
        f"reviews:task-list-{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {"detail": {}, "version": {}, "create": {"form": True}}.items()
    },
    "reviews:checklists": of_house(COORDINATORS),
    # The checklists of another partnership do not exist for its coordinators.
    **{
        f"reviews:checklist-{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {"detail": {}, "version": {}, "create": {"form": True}}.items()
    },
    "reports:layouts": of_house(COORDINATORS),
    # The layouts of another partnership do not exist for its coordinators.
    **{
        f"reports:layout-{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {"detail": {}, "version": {}, "create": {"form": True}}.items()
    },
    "reports:blaming-phrases": page(
        COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, form=True
    ),
    # The time limits of another partnership do not exist for its coordinators.
    **{
        f"reviews:rule-set-{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {"detail": {}, "version": {}, "create": {"form": True}}.items()
    },
    # --- one review -----------------------------------------------------------------------------
    "desk:review-home": of_review(IN_REVIEW),
    "desk:participation-list": of_review(IN_REVIEW),
    **{
        f"desk:review-plans{step}": of_review(SEE_PLAN)
        for step in ("", "-export", "-changes", "-changes-export", "-charts")
    },
    # A repeat exists for whoever may read both recommendations, here those who lead both reviews.
    "desk:repeat-judge": page(LEADERS, form=True),
    # The thread is the leaders', and the panel's once the analysis is shared with it.
    "desk:thread": page(LEADERS | PANEL_SHARED, refuses=SEE_RECOMMENDATION),
    "desk:broken-links": of_review(LEADERS),
    # Whoever sees neither or only one of two recommendations learns of no pair.
    "desk:told-apart": page(LEADERS, refuses=READERS_OF_PLAN | GIVEN, form=True),
    "desk:called-one": page(LEADERS, refuses=PANEL_SHARED, form=True),
    "reviews:review-change": of_review(COORDINATOR, form=True),
    # Why and when a review moved, stood still or ended is its leaders'; to do it the coordinator's.
    "reviews:course": of_review(LEADERS),
    "reviews:tasks": of_review(LEADERS),
    "reviews:task-mark": of_review(LEADERS, form=True),
    **{
        f"reviews:{step}-review": of_review(COORDINATOR, form=True)
        for step in ("suspend", "resume", "discontinue", "merge", "close", "reopen")
    },
    "reviews:review-stage": of_review(COORDINATOR, form=True),
    "reviews:person-add": of_review(COORDINATOR, form=True),
    "reviews:participation-add": of_review(COORDINATOR, form=True),
    "reviews:access": of_review(LEADERS),
    "reviews:invite": of_review(COORDINATOR, form=True),
    "reviews:invite-many": of_review(COORDINATOR, form=True),
    "reviews:invitation-list": of_review(LEADERS),
    "reviews:invitation-again": of_review(COORDINATOR, form=True),
    "reviews:invitation-withdraw": of_review(COORDINATOR, form=True),
    "reviews:role-end": of_review(COORDINATOR, form=True),
    # Those who may lend their role find what they lent and were lent; the leaders see all.
    "reviews:delegation-list": of_review(LEADERS | WRITERS_OF_OURS | WRITERS_OF_THEIRS),
    # One's own role and nobody else's; what was lent is for who gave it and who has it.
    "reviews:delegation-create": page({"author_own"}, form=True),
    "reviews:delegation-end": page(COORDINATOR, refuses=LEADERS | {"deputy_own"}, form=True),
    "reviews:share-list": of_review(LEADERS),
    "reviews:share-create": of_review(LEADERS, form=True),
    # What was shared with whom is itself a row of those who share.
    "reviews:share-end": page(LEADERS, form=True),
    "reviews:trail": of_review(LEADERS),
    # The register of people. Its pseudonyms are everybody's in the review; all else the leaders'.
    "reviews:register": of_review(LEADERS),
    "reviews:person-detail": of_review(LEADERS),
    "reviews:person-change": of_review(LEADERS, form=True),
    "reviews:person-reveal": of_review(LEADERS, form=True),
    "reviews:person-identity": of_review(LEADERS, form=True),
    "reviews:genogram": of_review(LEADERS),
    "reviews:genogram-file": of_review(LEADERS),
    "reviews:relationship-add": of_review(LEADERS, form=True),
    "reviews:relationship-withdraw": page(LEADERS, form=True),
    "chronologies:person-rename": of_review(LEADERS, form=True),
    # --- one review: its panel ------------------------------------------------------------------
    "reviews:panel-list": of_review(SEE_PANEL),
    "reviews:panel-member-add": of_review(LEADERS, form=True),
    # The panel sees who is on it; what one of them declared is for the leaders (and for that one).
    "reviews:panel-member-detail": page(LEADERS, refuses=SEE_PANEL),
    "reviews:panel-member-change": page(LEADERS, refuses=SEE_PANEL, form=True),
    "reviews:panel-member-leave": page(LEADERS, refuses=SEE_PANEL, form=True),
    "reviews:panel-declare": page(LEADERS, refuses=SEE_PANEL, form=True),
    "reviews:conflict-record": page(LEADERS, refuses=SEE_PANEL, form=True),
    # A declaration, a conflict and a day are rows of those who lead the panel.
    "reviews:panel-declaration-withdraw": page(LEADERS, form=True),
    "reviews:conflict-end": page(LEADERS, form=True),
    "reviews:contract-day-withdraw": page(LEADERS, form=True),
    # What the chair is paid for is agreed by the coordinator; the chair enters their own days.
    "reviews:contract-terms": page(COORDINATOR, refuses=SEE_PANEL, form=True),
    "reviews:contract-day-add": page(LEADERS, refuses=SEE_PANEL, form=True),
    "reviews:chair-hand-over": page(COORDINATOR, refuses=SEE_PANEL, form=True),
    "reviews:joint-list": of_review(LEADERS),
    "reviews:joint-begin": of_review(COORDINATOR, form=True),
    "reviews:joint-end": of_review(COORDINATOR, form=True),
    # --- letters: to whom a review writes is known to its leaders alone ---------------------------
    "reviews:letter-list": of_review(LEADERS),
    "reviews:letter-choose": of_review(LEADERS),
    "reviews:letter-create": of_review(LEADERS, form=True),
    "reviews:letter-from-elsewhere": of_review(LEADERS, form=True),
    **{
        f"reviews:letter-{step}": page(LEADERS, **more)
        for step, more in {
            "detail": {},
            "change": {"form": True},
            "finish": {"form": True},
            "set-aside": {"form": True},
            "register": {"form": True},
            "correct": {"form": True},
            "word-file": {},
            "pdf-file": {},
        }.items()
    },
    # --- deaths that are no review yet: for the coordinators of the partnership ------------------
    "reviews:notification-list": of_house(COORDINATORS),
    "reviews:notification-create": of_house(COORDINATORS, form=True),
    "reviews:notification-links": of_house(COORDINATORS),
    "reviews:notification-link-send": of_house(COORDINATORS, form=True),
    # Nobody else learns that there is such a death, or such a link.
    "reviews:notification-link-end": page(COORDINATOR, form=True),
    "reviews:notification-duplicate": page(COORDINATOR, form=True),
    "reviews:notification-detail": page(COORDINATOR),
    "reviews:notification-reveal": page(COORDINATOR, form=True),
    "reviews:notification-close": page(COORDINATOR, form=True),
    "reviews:notification-open-review": page(COORDINATOR, form=True),
    # One that led to a review is its leaders' to read, and the partnership's to act on.
    "reviews:notification-detail of review": page(LEADERS),
    "reviews:notification-reveal of review": page(LEADERS, form=True),
    "reviews:notification-close of review": page(COORDINATOR, refuses=LEADERS, form=True),
    # --- one review: its clock, which no agency and no reader of the plan sees --------------------
    "reviews:clock": of_review(LEADERS),
    "reviews:clock-history": of_review(LEADERS),
    # The dates are the partnership's to record, not the chair's.
    "reviews:clock-reach": of_review(COORDINATOR, form=True),
    "reviews:clock-extend": of_review(COORDINATOR, form=True),
    "reviews:clock-pause": of_review(COORDINATOR, form=True),
    **{
        f"reviews:clock-{step}": page(COORDINATOR, refuses=LEADERS, form=True)
        for step in (
            "pause-end",
            "pause-told",
            "pause-take-back",
            "extension-told",
            "extension-take-back",
        )
    },
    # --- one review: how it began ---------------------------------------------------------------
    "reviews:decision-list": of_review(LEADERS),
    # Whether there is a review is the partnership's to say, not the chair's.
    "reviews:decision-create": of_review(COORDINATOR, form=True),
    "reviews:circumstances": of_review(LEADERS, form=True),
    # Any agency raises a concern, and sees those that it raised or deals with.
    "reviews:concern-list": of_review(LEADERS | OURS | THEIRS | THEIRS_SHARED),
    "reviews:concern-raise": of_review(LEADERS | OURS | THEIRS | THEIRS_SHARED, form=True),
    "reviews:concern-detail": page(LEADERS | OURS),
    "reviews:concern-give": page(LEADERS, refuses=OURS, form=True),
    "reviews:concern-close": page(LEADERS | OURS, form=True),
    "reviews:early-actions": of_review(LEADERS | OURS | THEIRS | THEIRS_SHARED),
    "reviews:early-action-create": of_review(LEADERS, form=True),
    "reviews:early-action-move": page(LEADERS, refuses=OURS, form=True),
    "reviews:early-action-done": page(LEADERS | {"lead_own"}, refuses=OURS, form=True),
    # An agency never learns which others were asked, or have answered.
    "reviews:scoping-board": of_review(LEADERS),
    "reviews:scoping-ask": of_review(LEADERS, form=True),
    "reviews:scoping-detail": page(LEADERS | WRITERS_OF_OURS),
    "reviews:scoping-answer": page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True),
    # --- one review: what agencies are asked for. An agency never learns whom else was asked ------
    "reviews:request-link": page(LEADERS | WRITERS_OF_OURS),
    "reviews:request-board": of_review(LEADERS),
    "reviews:request-board-file": of_review(LEADERS),
    "reviews:request-ask": of_review(LEADERS, form=True),
    "reviews:request-chase": of_review(LEADERS, form=True),
    **{
        f"reviews:request-{shown}": page(LEADERS | WRITERS_OF_OURS)
        for shown in (
            "detail",
            "asked-file",
            "template-file",
            "chronology-file",
            "receipt",
            "receipt-file",
        )
    },
    # Whom an agency interviewed for its report.
    "reviews:interview-list": page(LEADERS | WRITERS_OF_OURS),
    "reviews:interview-file": page(LEADERS | WRITERS_OF_OURS),
    "reviews:interview-add": page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True),
    "reviews:interview-correct": page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True),
    # The agency answers, or the coordinator on its behalf; the chair asks and judges.
    **{
        f"reviews:request-{step}": page(
            COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True, **more
        )
        for step, more in {
            "answer": {},
            "draft": {"reads": False},
            "nil": {},
            "extension": {},
        }.items()
    },
    **{
        f"reviews:request-{step}": page(LEADERS, refuses=WRITERS_OF_OURS, form=True)
        for step in ("extension-answer", "return", "accept", "withdraw")
    },
    # What an agency prepares is its own until it is sent; the coordinator prepares on its behalf, apart.
    "reviews:submission-prepare": page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True),
    "reviews:submission-hand-in": page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True),
    "reviews:submission-take-back": page(
        COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True, reads=False
    ),
    "reviews:submission-file-remove": page(WRITERS_OF_OURS, form=True, reads=False),
    "reviews:submission-receipt": page(WRITERS_OF_OURS),
    "reviews:submission-receipt-file": page(WRITERS_OF_OURS),
    "reviews:submission-receipt of sent": page(LEADERS | WRITERS_OF_OURS),
    "reviews:submission-receipt-file of sent": page(LEADERS | WRITERS_OF_OURS),
    "reviews:request-register": page(COORDINATOR, refuses=LEADERS | WRITERS_OF_OURS, form=True),
    # --- one review: checking what came, and asking about it. What was found is never the agency's --
    "reviews:check": page(LEADERS | ASKED, form=True),
    "reviews:check-detail": page(LEADERS | ASKED),
    # Whom the panel's member sees is the chair's to say; so is what becomes of what came.
    "reviews:check-ask": page(LEADERS, refuses=ASKED, form=True),
    "reviews:check-ask-end": page(LEADERS, refuses=ASKED, form=True),
    "reviews:query-raise": page(LEADERS | ASKED, form=True),
    "reviews:query-list": of_review(LEADERS),
    # A query that has not gone does not exist for the agency.
    "reviews:query-reword": page(LEADERS | ASKED, form=True),
    "reviews:query-send": page(LEADERS, refuses=ASKED, form=True),
    **{
        f"reviews:query-{shown}": page(LEADERS | WRITERS_OF_OURS)
        for shown in ("link", "detail", "answer-file")
    },
    # The agency answers, or the coordinator on its behalf; the chair asks and judges.
    **{
        name: page(COORDINATOR | WRITERS_OF_OURS, refuses=LEADERS, form=True)
        for name in (
            "reviews:query-answer",
            "reviews:query-answers-send",
            "chronologies:query-found",
        )
    },
    **{
        f"reviews:query-{step}": page(LEADERS, refuses=WRITERS_OF_OURS, form=True)
        for step in ("accept", "dispute", "again", "withdraw")
    },
    "chronologies:entry-query": page(LEADERS, refuses=SEE_ENTRY, form=True),
    # --- one review: what agencies hand in. What is not sent is the agency's alone; what was sent is
    # its leaders' too, and theirs whom it was shared with, who see nothing that surrounds it --------
    # All of the agency read what waits there; its officer decides.
    "reviews:submission-sign-off": page(
        WRITERS_OF_OURS, refuses=LEADERS, form=True, posted=(403, 422)
    ),
    "reviews:submission-file": page(WRITERS_OF_OURS),
    **{
        name: page(LEADERS | WRITERS_OF_OURS | GIVEN)
        for name in (
            "reviews:submission-detail",
            "reviews:submission-changes",
            "reviews:submission-download",
            "chronologies:beside",
        )
    },
    # --- one review: family and others, whom only its leaders write to and read of ---------------
    "reviews:family": of_review(LEADERS),
    "reviews:correspondent": of_review(LEADERS),
    "reviews:wish-list": of_review(LEADERS),
    **{
        f"reviews:{step}": of_review(LEADERS, form=True)
        for step in (
            "correspondent-add",
            "contact-add",
            "contact-correct",
            "contact-hold",
            "contact-details",
            "contact-details-enter",
            "engagement-decide",
            "wish-add",
            "wish-answer",
        )
    },
    # --- one review: its meetings ---------------------------------------------------------------
    "reviews:meeting-list": of_review(SEE_PANEL),
    "reviews:meeting-plan": of_review(LEADERS, form=True),
    # The panel reads what it was given for a meeting to which it was invited.
    **{
        f"reviews:{step}": of_review(SEE_PANEL)
        for step in ("meeting-detail", "meeting-calendar", "paper-file", "minutes-version")
    },
    **{
        f"reviews:{step}": of_review(LEADERS, form=True)
        for step in (
            "meeting-change",
            "meeting-send",
            "meeting-cancel",
            "meeting-hold",
            "meeting-invitation-returned",
            "agenda-add",
            "agenda-change",
            "agenda-remove",
            "paper-add",
            "paper-withdraw",
            "meeting-attendance",
            "minutes-write",
            "minutes-send",
            "minutes-agree",
            "meeting-decide",
            "meeting-decision-withdraw",
            "meeting-action-add",
        )
    },
    "reviews:meeting-pack-create": of_review(SEE_PANEL, form=True, reads=False, posted=(302,)),
    # A pack that a worker made is for whoever asked for it.
    **{
        f"reviews:{step}": page({"chair"}, refuses=IN_REVIEW - SEE_PANEL)
        for step in ("meeting-pack", "meeting-pack-file")
    },
    # An agency finds what it promised itself, and says when it is done.
    "reviews:meeting-actions": of_review(SEE_PANEL | OURS | THEIRS | THEIRS_SHARED),
    "reviews:meeting-action-done": page(
        LEADERS | {"lead_own"}, refuses=SEE_PANEL | OURS, form=True
    ),
    "reviews:meeting-action-move": page(LEADERS, refuses=SEE_PANEL | OURS, form=True),
    "reviews:meeting-action-chase": page(LEADERS, refuses=SEE_PANEL | OURS, form=True),
    # --- one review: what goes on beside it. That and when it does is the panel's too -------------
    "reviews:proceedings": of_review(SEE_PANEL),
    "reviews:proceeding": of_review(SEE_PANEL),
    **{
        f"reviews:{step}": of_review(LEADERS, form=True)
        for step in (
            "proceeding-add",
            "proceeding-date-add",
            "proceeding-date-move",
            "proceeding-status",
            "proceeding-post-add",
            "proceeding-post",
            "proceeding-post-end",
            "hold-begin",
            "hold-release",
            "disclosure-mark",
            "disclosure-freeze",
            "disclosure-hand-over",
        )
    },
    **{
        f"reviews:{shown}": of_review(LEADERS)
        for shown in (
            "disclosure",
            "disclosure-schedule",
            "disclosure-download",
            "disclosure-pdf-file",
            "disclosure-handed",
        )
    },
    # --- one review: terms of reference ---------------------------------------------------------
    "reviews:terms": of_review(SEE_TERMS),
    "reviews:terms-compare": of_review(SEE_TERMS),
    # A version that went to another agency does not exist for one's own.
    "reviews:terms-version": page(SEE_OUR_TERMS, refuses=IN_REVIEW - WRITERS_OF_THEIRS),
    "reviews:terms-confirm": page(
        SEE_OUR_TERMS - LEADERS,
        refuses=IN_REVIEW - WRITERS_OF_THEIRS,
        form=True,
        reads=False,
    ),
    "reviews:terms-readers": of_review(LEADERS),
    **{
        f"reviews:{step}": of_review(LEADERS, form=True)
        for step in (
            "terms-begin",
            "terms-change",
            "terms-issue",
            "term-add",
            "term-change",
            "term-withdraw",
        )
    },
    # --- chronologies: an agency's own ----------------------------------------------------------
    "chronologies:chronology": of_part(LEADERS | WRITERS_OF_OURS),
    "chronologies:entry-add": of_part(COORDINATOR | WRITERS_OF_OURS, form=True),
    "chronologies:import-upload": of_part(COORDINATOR | WRITERS_OF_OURS, form=True),
    "chronologies:import-list": of_part(COORDINATOR | WRITERS_OF_OURS),
    # Whoever may submit it does so; the author tells them that it is complete.
    "chronologies:chronology-complete": of_part(
        {"author_own", "deputy_own"}, form=True, reads=False
    ),
    "chronologies:chronology-submit": of_part(COORDINATOR | {"officer_own"}, form=True),
    "chronologies:chronology-export": of_part(
        LEADERS | WRITERS_OF_OURS, form=True, reads=False, posted=(200,)
    ),
    # --- chronologies: the review team's context ------------------------------------------------
    "chronologies:context-chronology": of_review(SEE_COMBINED),
    "chronologies:context-entry-add": of_review(COORDINATOR, form=True),
    "chronologies:context-import-upload": of_review(COORDINATOR, form=True),
    "chronologies:context-import-list": of_review(COORDINATOR),
    # --- chronologies: one entry ----------------------------------------------------------------
    "chronologies:entry-detail": page(SEE_ENTRY),
    "chronologies:entry-change": page(COORDINATOR | WRITERS_OF_OURS, refuses=SEE_ENTRY, form=True),
    "chronologies:entry-withdraw": page(
        COORDINATOR | WRITERS_OF_OURS, refuses=SEE_ENTRY, form=True
    ),
    "chronologies:doubt-settle": page(
        COORDINATOR | WRITERS_OF_OURS, refuses=SEE_ENTRY, form=True, reads=False, posted=(200, 302)
    ),
    # Whoever may change it and may know whose name it is.
    "chronologies:names-replace": page(COORDINATOR, refuses=SEE_ENTRY, form=True),
    "chronologies:entry-detail of context": page(SEE_CONTEXT),
    "chronologies:entry-change of context": page(COORDINATOR, refuses=SEE_CONTEXT, form=True),
    "chronologies:entry-withdraw of context": page(COORDINATOR, refuses=SEE_CONTEXT, form=True),
    "chronologies:names-replace of context": page(COORDINATOR, refuses=SEE_CONTEXT, form=True),
    "chronologies:doubt-settle of context": page(
        COORDINATOR, refuses=SEE_CONTEXT, form=True, reads=False, posted=(200, 302)
    ),
    # --- chronologies: files, which only their agency and whoever acts for it may see ------------
    **{
        f"chronologies:import-{step}": page(COORDINATOR | WRITERS_OF_OURS, **more)
        for step, more in {
            "detail": {},
            "columns": {"form": True},
            "kind": {"form": True},
            "save": {"form": True},
            "again": {"form": True, "reads": False},
            "discard": {"form": True},
            "problems": {},
            "file": {},
        }.items()
    },
    # --- chronologies: what the review says beside entries -----------------------------------------
    "chronologies:theme-list": of_house(COORDINATORS, form=True),
    # The themes of another partnership do not exist for its coordinators.
    "chronologies:theme-end": page(
        COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, form=True, reads=False
    ),
    **{
        f"chronologies:{name}": page(LEADERS, refuses=SEE_ENTRY, form=True)
        for name in ("mark-add", "entry-tie", "comment-add", "event-create")
    },
    **{
        f"chronologies:{name}": page(LEADERS, refuses=SEE_ENTRY, form=True, reads=False)
        for name in ("mark-remove", "comment-remove", "suggestion-take", "suggestion-decline")
    },
    "chronologies:suggestion-list": of_review(LEADERS),
    "chronologies:event-list": of_review(LEADERS | PANEL_SHARED),
    "chronologies:event-suggestions": of_review(LEADERS),
    "chronologies:event-accept": of_review(LEADERS, form=True, reads=False),
    "chronologies:event-decline": of_review(LEADERS, form=True, reads=False),
    # An event exists for those with whom the analysis is shared and who see an account of it.
    "chronologies:event-detail": page(LEADERS | PANEL_SHARED),
    "chronologies:event-dissolve": page(LEADERS, refuses=PANEL_SHARED, form=True, reads=False),
    "chronologies:account-remove": page(LEADERS, refuses=PANEL_SHARED, form=True, reads=False),
    # --- chronologies: combined -----------------------------------------------------------------
    "chronologies:combined": of_review(SEE_COMBINED),
    "chronologies:combined-undated": of_review(SEE_COMBINED),
    "chronologies:timeline": of_review(SEE_COMBINED),
    "chronologies:density": of_review(SEE_COMBINED),
    "chronologies:around": of_review(SEE_COMBINED),
    "chronologies:timeline-export": of_review(SEE_COMBINED, form=True, reads=False, posted=(200,)),
    "chronologies:export-create": of_review(SEE_COMBINED, form=True, reads=False, posted=(200,)),
    # A file that a worker made is for whoever asked for it.
    "chronologies:export-detail": page({"chair"}),
    "chronologies:export-file": page({"chair"}),
    # --- mismatches: the leaders', and the panel's to read once they are shared ------------------
    "chronologies:mismatch-list": of_review(LEADERS | PANEL_SHARED),
    "chronologies:mismatch-export": of_review(LEADERS | PANEL_SHARED),
    "chronologies:mismatch-look": of_review(LEADERS, form=True, reads=False),
    "chronologies:mismatch-detail": page(LEADERS | PANEL_SHARED),
    # What is made of one, and who is asked, is the leaders' alone.
    "chronologies:mismatch-judge": page(LEADERS, refuses=PANEL_SHARED, form=True),
    "chronologies:mismatch-query": page(LEADERS, refuses=PANEL_SHARED, form=True),
    # --- the analysis: findings, the grid, counts, lessons. Its leaders', and the panel's to read ---
    **{
        f"findings:{name}": of_review(SEE_ANALYSIS)
        for name in ("finding-list", "grid", "cell", "count-list", "lesson-list")
    },
    **{
        f"findings:{name}": page(SEE_ANALYSIS)
        for name in ("finding-detail", "count-detail", "lesson-detail")
    },
    **{
        f"findings:{name}": of_review(LEADERS, form=True)
        for name in (
            *("finding-create", "cell-judge", "cell-tie", "cell-untie", "count-create"),
            *("lesson-create", "lesson-own"),
        )
    },
    **{
        f"findings:{name}": page(LEADERS, refuses=SEE_ANALYSIS, form=True)
        for name in (
            *("finding-change", "finding-remove", "evidence-add", "evidence-add-passages"),
            *("evidence-add-minutes", "evidence-add-contacts", "evidence-note"),
            *("evidence-remove", "count-remove", "lesson-change", "lesson-why", "lesson-remove"),
            *("lesson-rest", "lesson-unrest"),
        )
    },
    # Whoever sees the thing itself sees that there is such a page; nobody else that there is a thing.
    "findings:cite-entry": page(LEADERS, refuses=SEE_ENTRY, form=True),
    "findings:cite-passage": page(LEADERS, refuses=WRITERS_OF_OURS | GIVEN, form=True),
    "findings:cite-minutes": page(LEADERS, refuses=SEE_PANEL, form=True),
    "findings:cite-contact": page(LEADERS, form=True),
    # --- documents: their authors', and the panel's to read while a draft is shared with it --------
    "reports:document-list": of_review(SEE_DOCUMENTS),
    "reports:document-begin": of_review(LEADERS, form=True),
    "reports:document-detail": page(SEE_DOCUMENTS),
    # What nobody writes is shared with no panel: it is its authors' until it is released.
    "reports:document-detail of data": page(LEADERS),
    # Nobody has shared what nobody wrote.
    "reports:document-set-aside": page(LEADERS, form=True),
    "reports:section-detail": page(SEE_DOCUMENTS),
    "reports:document-whole": page(SEE_DOCUMENTS),
    # How a section looks on paper is a file, and a file goes further.
    "reports:section-preview": page(LEADERS, refuses=SEE_DOCUMENTS),
    # What it used to say, and what was taken out of it, was never shared.
    "reports:removed": page(LEADERS, refuses=SEE_DOCUMENTS),
    "reports:paragraph-history": page(LEADERS, refuses=SEE_DOCUMENTS),
    # A version says how a document stood at some time: for its authors.
    **{
        f"reports:rendering-{step}": page(LEADERS, refuses=SEE_DOCUMENTS, **more)
        for step, more in {"list": {}, "ask": {"form": True}}.items()
    },
    **{f"reports:rendering-{step}": page(LEADERS) for step in ("detail", "file")},
    # How a draft falls short was never shared.
    "reports:checks": page(LEADERS, refuses=SEE_DOCUMENTS, form=True),
    "reports:check-answer": page(LEADERS, refuses=SEE_DOCUMENTS, form=True),
    # Everybody in the review has the register; what was published is no secret there.
    "reports:release-list": of_review(IN_REVIEW),
    "reports:release-propose": of_review(LEADERS, form=True),
    "reports:release-detail": page(IN_REVIEW),
    "reports:release-file": page(IN_REVIEW),
    # A set that waits to be signed off exists for its leaders alone.
    "reports:release-step": page(LEADERS, form=True),
    "reports:release-after": page(LEADERS, refuses=IN_REVIEW, form=True),
    "reports:section-bring-back": page(LEADERS, form=True),
    "reports:paragraph-bring-back": page(LEADERS, form=True),
    # Files of documents in Word are their authors' alone: what was brought tells of every agency.
    "reports:brought-upload": of_review(LEADERS, form=True),
    "reports:brought-detail": page(LEADERS, form=True),
    "reports:brought-discard": page(LEADERS, form=True),
    "reports:brought-file": page(LEADERS),
    "reports:doubts": page(LEADERS, refuses=SEE_DOCUMENTS, form=True),
    # What was found says where names stand: it is the authors' alone.
    "reports:scan-list": of_review(LEADERS, form=True),
    "reports:scan-detail": page(LEADERS),
    "reports:scan-decide": page(LEADERS, form=True, reads=False),
    "reports:word": page(LEADERS, refuses=SEE_DOCUMENTS, form=True),
    "reports:word-take-away": page(LEADERS, refuses=SEE_DOCUMENTS, form=True, reads=False),
    "reports:word-copy-file": page(LEADERS, refuses=SEE_DOCUMENTS),
    "reports:word-return": page(LEADERS, form=True),
    "reports:word-return-discard": page(LEADERS, form=True),
    "reports:word-return-file": page(LEADERS),
    # What is said of a draft: the panel says it, its authors settle it. Of an extract its agency knows.
    "reports:remark-list": page(SEE_DOCUMENTS),
    "reports:remark-add": page(PANEL_SHARED, refuses=LEADERS, form=True),
    "reports:remark-withdraw": page(PANEL_SHARED, refuses=LEADERS, form=True),
    # Who of the family read it is for those who write it and keep the log of contact.
    "reports:family-copy": page(LEADERS, refuses=SEE_DOCUMENTS),
    "reports:family-add": page(LEADERS, refuses=SEE_DOCUMENTS, form=True),
    "reports:family-change": page(LEADERS, form=True),
    "reports:round-send": page(LEADERS, form=True),
    "reports:round-detail": page(LEADERS | WRITERS_OF_OURS),
    "reports:round-file": page(LEADERS | WRITERS_OF_OURS),
    **{
        f"reports:round-{step}": page(LEADERS, refuses=WRITERS_OF_OURS, form=True)
        for step in ("day", "withdraw")
    },
    **{
        f"reports:round-{step}": page(
            COORDINATOR | WRITERS_OF_OURS, refuses=frozenset({"chair"}), form=True
        )
        for step in ("answer", "hand-in")
    },
    **{
        f"reports:{name}": page(LEADERS, refuses=SEE_DOCUMENTS, form=True)
        for name in (
            "remark-settle",
            *("document-rename", "document-share", "document-unshare"),
            *("section-add", "section-change", "section-move", "section-remove"),
            *("paragraph-add", "paragraph-insert", "paragraph-change", "paragraph-move"),
            *("paragraph-remove", "paragraph-cite", "uncite"),
        )
    },
    # --- the Home Office: what went there is open to its reader; the rest is its makers' alone -------
    "reports:home-office": of_review(LEADERS | READERS_OF_PLAN),
    "reports:data-form": of_review(LEADERS),
    "reports:data-form-change": of_review(LEADERS, form=True),
    "reports:pack-make": of_review(LEADERS, form=True),
    "reports:pack-sent": page(LEADERS, refuses=READERS_OF_PLAN, form=True),
    "reports:pack-file": page(LEADERS | READERS_OF_PLAN),
    "reports:office-letter-add": of_review(LEADERS, form=True),
    "reports:office-letter": page(LEADERS, refuses=READERS_OF_PLAN, form=True),
    "reports:office-letter-file": page(LEADERS | READERS_OF_PLAN),
    # How a letter is being answered is not said before it goes back.
    "reports:office-answers-file": page(LEADERS, refuses=READERS_OF_PLAN),
    "reports:office-withdraw": page(LEADERS, refuses=READERS_OF_PLAN, form=True),
    "reports:office-answer": page(LEADERS, form=True),
    # --- the action plan ------------------------------------------------------------------------
    "actionplans:plan": of_review(SEE_PLAN),
    "actionplans:plan-export": of_review(SEE_PLAN),
    "actionplans:recommendation-detail": page(SEE_RECOMMENDATION),
    "actionplans:decision-add": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True),
    # Of national recommendations whoever reads the plan sees what became of theirs.
    "actionplans:national": of_review(SEE_PLAN),
    "actionplans:national-all": of_house(SIGNED_IN),
    "actionplans:national-step-add": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True),
    # What waits to be accepted is for whoever runs the plan; my own actions are nobody's secret page.
    "actionplans:to-settle": of_review(LEADERS),
    "actionplans:row-settle": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True),
    "actionplans:my-rows": of_house(SIGNED_IN),
    # Who is asked for an update answers it, here the coordinator; to everybody else it does not exist.
    "actionplans:request-detail": page(COORDINATOR, form=True),
    "actionplans:request-sheet": page(COORDINATOR),
    "actionplans:request-return": page(COORDINATOR, form=True),
    # Whom another partnership asks does not exist for its coordinators.
    **{
        f"actionplans:{step}": page(
            COORDINATOR, refuses=SIGNED_IN - {"coordinator_elsewhere"}, **more
        )
        for step, more in {
            "asking": {},
            "asking-rows": {},
            "asking-tomorrow": {},
            "asking-schedule": {"form": True},
            "asking-agency": {"form": True},
            "asking-hand-over": {"form": True},
        }.items()
    },
    # A row is seen with its recommendation; only who leads it, or runs the plan, reports on it.
    **{f"actionplans:row-{step}": page(SEE_RECOMMENDATION) for step in ("detail", "evidence-file")},
    **{
        f"actionplans:row-{step}": page(
            LEADERS | {"lead_own"}, refuses=SEE_RECOMMENDATION, form=True
        )
        for step in ("update", "done", "impact")
    },
    "actionplans:doubt-settle": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True, reads=False),
    "actionplans:recommendation-create": of_review(LEADERS, form=True),
    "actionplans:recommendation-drafts": of_review(LEADERS, form=True),
    "actionplans:recommendation-remove": page(LEADERS, refuses=PANEL_SHARED, form=True),
    "actionplans:own-points": of_review(LEADERS, form=True),
    **{
        f"actionplans:{step}": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True)
        for step in (
            *("recommendation-change", "recommendation-rest", "recommendation-follow"),
            *("recommendation-milestones", "action-add", "action-change", "action-remove"),
        )
    },
    "actionplans:row-owner": page(LEADERS, refuses=SEE_RECOMMENDATION, form=True),
    "actionplans:plan-order": of_review(LEADERS, form=True),
    # What a recommendation rests on is told to those who may read lessons.
    "actionplans:recommendation-unrest": page(LEADERS, refuses=PANEL_SHARED, form=True),
    # An earlier report speaks of every agency.
    "actionplans:earlier-upload": of_review(LEADERS, form=True),
    **{
        f"actionplans:earlier-{step}": page(LEADERS, **more)
        for step, more in {
            "detail": {"form": True},
            "lines": {},
            "bodies": {"form": True},
            "save": {"form": True},
            "discard": {"form": True},
            "undo": {"form": True},
            "file": {},
        }.items()
    },
    # Papers are for whoever runs the plan; those that were given, for its readers and the board too.
    "actionplans:paper-list": of_review(LEADERS | READERS_OF_PLAN | BOARD),
    "actionplans:paper-draft": of_review(LEADERS),
    "actionplans:paper-create": of_review(LEADERS, form=True),
    "actionplans:papers-list": page(COORDINATOR | {"board_reader"}),
    "actionplans:papers-draft": page(COORDINATOR, refuses={"board_reader"}),
    "actionplans:papers-create": page(COORDINATOR, refuses={"board_reader"}, form=True),
    "actionplans:paper-detail": page(LEADERS | READERS_OF_PLAN | BOARD),
    "actionplans:paper-file": page(LEADERS | READERS_OF_PLAN | BOARD),
    # A file of many plans is its bringer's alone; another coordinator may not see all its reviews.
    "actionplans:batch-upload": of_house(COORDINATORS | {"chair", "chair_elsewhere"}, form=True),
    "actionplans:batch-detail": page(COORDINATOR),
    "actionplans:batch-columns": page(COORDINATOR, form=True),
    "actionplans:batch-save": page(COORDINATOR, form=True),
    # Many rows at once hold every agency's words, as a file of the plan does.
    "actionplans:sheet-rows": of_review(LEADERS, form=True),
    "actionplans:sheet-bring": of_review(LEADERS, form=True),
    "actionplans:sheet-paste": of_review(LEADERS, form=True),
    "actionplans:sheet-download": of_review(LEADERS),
    **{
        f"actionplans:sheet-{step}": page(LEADERS, **more)
        for step, more in {
            "detail": {},
            "choices": {"form": True},
            "save": {"form": True},
            "discard": {"form": True},
            "file": {},
        }.items()
    },
    "actionplans:import-upload": of_review(LEADERS, form=True),
    "actionplans:import-list": of_review(LEADERS),
    **{
        f"actionplans:import-{step}": page(LEADERS, **more)
        for step, more in {
            "detail": {},
            "columns": {"form": True},
            "kind": {"form": True},
            "save": {"form": True},
            "discard": {"form": True},
            "problems": {},
            "file": {},
        }.items()
    },
}

# Pages that need no role: (signed out, signed in). They show no case.
OPEN = {
    "live": (200, 200),
    "ready": (200, 200),
    "health": (503, 503),  # no worker runs beside the tests
    "accounts:invitation-accept": (200, 200),
    "reviews:notify": (200, 200),
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_reauthenticate": (302, 200),
    "account_change_password": (302, 200),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
}
