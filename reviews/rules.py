"""Who may do what: the only such file. Read it from top to bottom.

Every right hangs on a Review, or on one agency's Participation in it. People hold roles; a role
holds rights; nothing else grants anything. Having a role in a review shows none of its rows by
itself: rows need a right to that kind of thing, one's own participation, or a live Share.

To change what a role may do, change GRANTS and run `script/manage sync_roles`.

The predicates take `access` (what reviews.access says of one person) and the row they ask about.
State is not a role: "submitted" and "withdrawn" are asked here, and again by the service.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "System administrator"
    COORDINATOR = "coordinator", "CSP coordinator"
    BOARD_READER = "board_reader", "Board reader"
    CHAIR = "chair", "Independent chair"
    PANEL_MEMBER = "panel_member", "Panel member"
    HOME_OFFICE_READER = "home_office_reader", "Home Office QA reader"
    IMR_AUTHOR = "imr_author", "Agency IMR author"
    SIGN_OFF_OFFICER = "sign_off_officer", "Agency sign-off officer"
    ACTION_LEAD = "action_lead", "Agency action lead"


# Where a role is held.
SITE_ROLES = frozenset({Role.ADMINISTRATOR})
PARTNERSHIP_ROLES = frozenset({Role.COORDINATOR, Role.BOARD_READER})
REVIEW_ROLES = frozenset({Role.CHAIR, Role.PANEL_MEMBER, Role.HOME_OFFICE_READER})
AGENCY_ROLES = frozenset({Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD})

# What its holder may let a colleague of the same agency do in their place, and for how long at most.
DELEGABLE = frozenset({Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER})
LONGEST_DELEGATION = timedelta(days=60)
# Nobody who runs the review acts in it for an agency by delegation.
LEADS_THE_REVIEW = frozenset({Role.COORDINATOR, Role.CHAIR})


class Stage(models.TextChoices):
    """Where a review stands, in the order of its life."""

    SCOPING = "scoping", "Scoping"
    DECISION = "decision", "Decision"
    COMMISSIONED = "commissioned", "Chair and panel being appointed"
    GATHERING = "gathering", "Gathering chronologies and IMRs"
    ANALYSIS = "analysis", "Panel analysis"
    DRAFTING = "drafting", "Drafting the overview report"
    SIGN_OFF = "sign_off", "With the partnership for sign-off"
    QUALITY_ASSURANCE = "quality_assurance", "With the Home Office"
    PUBLICATION = "publication", "Preparing publication"
    MONITORING = "monitoring", "Monitoring the action plan"
    CLOSED = "closed", "Closed"


class State(models.TextChoices):
    """Whether work goes on, whatever the stage."""

    RUNNING = "running", "Under way"
    SUSPENDED = "suspended", "Suspended"
    DISCONTINUED = "discontinued", "Discontinued"
    MERGED = "merged", "Merged into another review"
    CLOSED = "closed", "Closed"


# From these on the report is published, and its recommendations with it.
PUBLISHED = frozenset({Stage.MONITORING, Stage.CLOSED})
# In these a review is read and takes no more work.
ENDED = frozenset({State.DISCONTINUED, State.MERGED, State.CLOSED})


class Material(models.TextChoices):
    """The kinds of thing a chair can share."""

    CHRONOLOGY = "chronology", "Chronology"
    ACTION_PLAN = "action_plan", "Action plan"
    SUBMISSION = "submission", "IMR or information report"
    ANALYSIS = "analysis", "Findings, lessons and marks"
    MISMATCHES = "mismatches", "Mismatches between chronologies"
    DOCUMENTS = "documents", "Drafts of the report and what goes with it"


# While a hold stops sharing, none of these is shared, and what was shared is out of reach.
STOPPED_BY_A_HOLD = frozenset(Material) - {Material.ACTION_PLAN}
# What the review itself concludes is shared as a whole, and with the panel alone.
FOR_THE_PANEL_ALONE = frozenset({Material.ANALYSIS, Material.MISMATCHES, Material.DOCUMENTS})

# A share reaches the people of one of these roles; the others see all, or must never see it.
SHARE_WITH = frozenset({Role.PANEL_MEMBER}) | AGENCY_ROLES

# Some roles reach a review only while it stands at one of these stages.
STAGES_OF = {
    Role.HOME_OFFICE_READER: frozenset(
        {Stage.QUALITY_ASSURANCE, Stage.PUBLICATION, Stage.MONITORING, Stage.CLOSED}
    ),
}


@dataclass(frozen=True)
class Grant:
    review: frozenset[str] = frozenset()
    participation: frozenset[str] = frozenset()


_VIEW = frozenset({"view_review"})
_EVERYTHING_GATHERED = frozenset({"read_chronologies", "read_action_plan"})
_LEAD_THE_WORK = frozenset(
    {
        "share_material",
        "change_action_plan",
        "read_trail",
        "see_access",
        "lead_intake",
        "write_letters",
        "read_panel",
        "lead_panel",
        "read_clock",
        "write_terms",
        "keep_family_log",
        "keep_register",
        "read_proceedings",
        "lead_proceedings",
        "keep_course",
        "keep_meetings",
        "lead_requests",
        "lead_analysis",
        "write_documents",
    }
)
_OWN_PART = frozenset(
    {
        "view_participation",
        "read_own_entries",
        "read_own_actions",
        "answer_scoping",
        "raise_concern",
        "read_own_terms",
        "answer_requests",
    }
)

GRANTS = {
    Role.ADMINISTRATOR: Grant(),
    Role.COORDINATOR: Grant(
        review=_VIEW | _EVERYTHING_GATHERED | _LEAD_THE_WORK | {"run_review", "act_for_agencies"}
    ),
    Role.BOARD_READER: Grant(review=_VIEW | {"read_published_plan"}),
    Role.CHAIR: Grant(review=_VIEW | _EVERYTHING_GATHERED | _LEAD_THE_WORK),
    Role.PANEL_MEMBER: Grant(
        review=_VIEW | {"read_panel", "read_issued_terms", "read_meetings", "read_proceedings"}
    ),
    Role.HOME_OFFICE_READER: Grant(review=_VIEW | {"read_action_plan", "read_submitted"}),
    Role.IMR_AUTHOR: Grant(
        review=_VIEW, participation=_OWN_PART | {"change_own_entries", "delegate_role"}
    ),
    Role.SIGN_OFF_OFFICER: Grant(
        review=_VIEW,
        participation=_OWN_PART
        | {"change_own_entries", "submit_chronology", "sign_off_submissions", "delegate_role"},
    ),
    Role.ACTION_LEAD: Grant(
        review=_VIEW,
        participation=frozenset(
            {"view_participation", "read_own_actions", "update_own_actions", "raise_concern"}
        ),
    ),
}


# --- The installation ---------------------------------------------------------------------------


def can_administer(access):
    """Users and agencies of the installation; no case."""
    return access.holds(Role.ADMINISTRATOR)


def can_change_wordings(access):
    """The letters and other texts of a partnership; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_change_rule_sets(access):
    """The time limits of a partnership; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_change_task_lists(access):
    """The tasks of each stage; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_change_themes(access):
    """The words that entries are tied to; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_read_messages(access):
    """What was sent to whom, and whether it arrived; which messages is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_change_reminder_steps(access):
    """On which days people are reminded; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_ask_for_updates(access):
    """When people are asked for updates of actions, and who is silent; which partnership is asked by
    visible_to."""
    return access.holds(Role.COORDINATOR)


def can_see_board(access):
    """All reviews at once: coordinators, and whoever leads one; each sees their own."""
    return access.holds(Role.COORDINATOR) or bool(access.reviews_with("keep_course"))


def can_see_figures(access):
    """Counts of a partnership's reviews, none of them small."""
    return access.holds(Role.BOARD_READER) or access.holds(Role.COORDINATOR)


def can_read_register(access):
    """The register of publications across reviews; which sets stand there is asked by visible_to."""
    return access.holds(Role.BOARD_READER) or access.holds(Role.COORDINATOR)


def can_read_published(access):
    """Published recommendations and their statuses, without what was reported on them."""
    return access.holds(Role.BOARD_READER)


def can_see_repeats(access):
    """What was recommended before is for those who read whole plans."""
    return bool(access.reviews_with("read_action_plan"))


def can_bring_plans(access):
    """A file with the plans of many reviews: whoever may bring the plan of one."""
    return bool(access.reviews_with("change_action_plan") - access.reviews_in_conflict)


def can_see_agencies(access):
    return can_administer(access) or access.holds(Role.COORDINATOR)


def can_change_agencies(access):
    return can_see_agencies(access)


def can_merge_agencies(access, reviews):
    """Only whoever runs every review it touches: a merge lets one agency's people see the other's."""
    return can_administer(access) or all(access.may("run_review", review) for review in reviews)


# --- One review ---------------------------------------------------------------------------------


def can_run_review(access, review):
    """Its particulars, stage, subjects, agencies and people."""
    return access.may("run_review", review)


def can_see_access(access, review):
    return access.may("see_access", review)


def can_read_trail(access, review):
    return access.may("read_trail", review)


def can_write_letters(access, review):
    """Make, read, send and register them: nobody else learns to whom the review writes."""
    return access.may("write_letters", review)


def can_share(access, review):
    return access.may("share_material", review)


def can_invite(access, review, role):
    """A coordinator invites everybody but coordinators, who come by appointment."""
    return role in REVIEW_ROLES | AGENCY_ROLES and access.may("run_review", review)


# --- Delegation ---------------------------------------------------------------------------------

# Whoever writes for an agency does not sign off what it wrote.
_OTHER_OF_TWO = {
    Role.IMR_AUTHOR: Role.SIGN_OFF_OFFICER,
    Role.SIGN_OFF_OFFICER: Role.IMR_AUTHOR,
}


def needs_another_person(role, held):
    """Whether somebody with the roles `held` for an agency must not get this one by delegation."""
    return _OTHER_OF_TWO.get(Role(role)) in held


def can_see_delegations(access, review):
    """The page; which of them it shows is another question."""
    return can_see_access(access, review) or access.may_in_any_part("delegate_role", review)


def can_delegate(access, holder):
    """One's own role, held in one's own right, and not one that was lent."""
    place = holder.role_group
    return (
        holder.user_id == access.user.pk
        and holder.delegation_id is None
        and place.role in DELEGABLE
        and access.may("delegate_role", place.participation)
    )


def can_end_delegation(access, delegation):
    """Whoever gave it, and the coordinator."""
    return delegation.is_live and (
        delegation.given_by_id == access.user.pk
        or access.may("run_review", delegation.participation.review)
    )


# --- Stages, tasks and state --------------------------------------------------------------------


def can_keep_course(access, review):
    """How the review went from stage to stage, and its tasks: for those who lead it."""
    return access.may("keep_course", review)


def can_change_course(access, review):
    """Moving, suspending, ending and opening again is the coordinator's."""
    return can_keep_course(access, review) and can_run_review(access, review)


# --- The clock ----------------------------------------------------------------------------------


def can_read_clock(access, review):
    """What is due when, and why it was put off: for those who lead the review."""
    return access.may("read_clock", review)


def can_change_clock(access, review):
    """Milestones, extensions and pauses are the coordinator's to record."""
    return can_read_clock(access, review) and can_run_review(access, review)


# --- Requests to agencies ------------------------------------------------------------------------


def can_lead_requests(access, review):
    """Ask agencies, give them more time, return and accept what comes: its leaders alone."""
    return access.may("lead_requests", review)


def can_answer_request(access, request):
    """The agency that was asked, or the coordinator on its behalf."""
    part = request.participation
    return access.may("answer_requests", part) or access.may("act_for_agencies", part.review)


def can_log_interviews(access, request):
    """Whom an agency interviewed for its report is the agency's to say, as is the report."""
    return request.is_for_a_file and can_answer_request(access, request)


def can_see_request(access, request):
    """The request itself and what surrounds it: the agency's people, and the leaders."""
    part = request.participation
    return access.may("answer_requests", part) or access.may("lead_requests", part.review)


def can_write_submission(access, request):
    """The version that is being prepared: by the agency, or by the coordinator on its behalf."""
    return request.is_for_a_file and can_answer_request(access, request)


def can_see_sign_off(access, request):
    """What waits inside the agency, for its own people; who decides on it is another question."""
    return access.may("answer_requests", request.participation)


def can_decide_sign_off(access, request):
    """Whoever has the role; of these nobody decides on their own work."""
    return access.may("sign_off_submissions", request.participation)


def can_sign_off(access, submission):
    """A second, senior person of the agency; nobody who worked on the version."""
    return (
        can_decide_sign_off(access, submission.request)
        and access.user.pk not in submission.authors()
    )


def can_send_chronology_again(access, participation):
    """After it was returned: for whoever may submit it, so that no author goes past the officer."""
    return access.may("submit_chronology", participation) or access.may(
        "act_for_agencies", participation.review
    )


# --- Quality checks and queries ------------------------------------------------------------------


def can_change_checklists(access):
    """What a check goes through; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


def can_check(access, request):
    """What came is checked, and queries raised about it, by the leaders and by whoever of the panel
    they asked to check it."""
    return can_lead_requests(access, request.review) or access.is_asked_to_check(request)


def can_query_entry(access, entry, request):
    """`request`: for the chronology in which it stands, where they may check that."""
    if entry.participation is None or entry.is_withdrawn:
        return False
    return can_lead_requests(access, entry.review) or (
        request is not None and can_check(access, request)
    )


def can_reword_query(access, query):
    """Before it goes: whoever may raise it."""
    return can_lead_requests(access, query.review) or (
        query.request is not None and access.is_asked_to_check(query.request)
    )


def can_decide_query(access, query):
    """Send it, accept or dispute the answer, ask again, withdraw: its leaders alone."""
    return can_lead_requests(access, query.review)


def can_send_answers(access, request):
    """What was returned goes again. A chronology through whoever may submit it."""
    if request.kind == "chronology":
        return can_send_chronology_again(access, request.participation)
    return can_answer_request(access, request)


def can_answer_query(access, query):
    """The agency that was asked, or the coordinator on its behalf."""
    part = query.participation
    return access.may("answer_requests", part) or access.may("act_for_agencies", part.review)


# --- Terms of reference -------------------------------------------------------------------------


def can_write_terms(access, review):
    return access.may("write_terms", review)


def can_read_issued_terms(access, review):
    """The panel's way to them: every issued version, whoever it went to."""
    return access.may("read_issued_terms", review)


def can_see_terms(access, review):
    """The pages; which versions they show is another question."""
    return (
        can_write_terms(access, review)
        or can_read_issued_terms(access, review)
        or access.may_in_any_part("read_own_terms", review)
    )


# --- Family and others --------------------------------------------------------------------------


def can_keep_family_log(access, review):
    """What family and friends said to the review is for those who lead it alone."""
    return access.may("keep_family_log", review)


# --- Parallel proceedings, holds and disclosure --------------------------------------------------


def can_read_proceedings(access, review):
    """That they exist, and when: for the panel too."""
    return access.may("read_proceedings", review)


def can_lead_proceedings(access, review):
    """Contacts, outcomes and holds are for those who lead the review."""
    return access.may("lead_proceedings", review)


# --- Chronologies -------------------------------------------------------------------------------


def can_read_combined(access, review):
    """The combined chronology shows all that a person may see: it needs a right or a share."""
    return access.may("read_chronologies", review) or access.shared_any(Material.CHRONOLOGY, review)


def can_see_own_chronology(access, participation):
    """The agency's own chronology page."""
    return access.may("read_own_entries", participation) or access.may(
        "read_chronologies", participation.review
    )


def can_see_beside(access, participation):
    """The agency's chronology, beside what else it handed in; which entries is asked by rows."""
    return can_see_own_chronology(access, participation) or can_read_combined(
        access, participation.review
    )


def can_import_chronology(access, participation):
    """The agency itself, or the coordinator on its behalf; not once the agency took no part."""
    return not participation.is_lead_only and (
        access.may("change_own_entries", participation)
        or access.may("act_for_agencies", participation.review)
    )


def can_import_context(access, review):
    """A chronology from the review team itself, which belongs to no agency."""
    return access.may("act_for_agencies", review)


def can_change_entry(access, entry):
    """An agency's words are changed by that agency, or by the coordinator on its behalf."""
    if entry.is_withdrawn:
        return False
    if entry.participation is None:
        return can_import_context(access, entry.review)
    return can_import_chronology(access, entry.participation)


def can_say_chronology_complete(access, participation):
    """Whoever puts it together for the agency, and leaves it to somebody else to submit it."""
    return (
        not participation.is_submitted
        and access.may("change_own_entries", participation)
        and not access.may("submit_chronology", participation)
    )


def can_submit_chronology(access, participation):
    return not participation.is_submitted and (
        access.may("submit_chronology", participation)
        or access.may("act_for_agencies", participation.review)
    )


# --- The analysis: marks, mismatches, findings, lessons ------------------------------------------


def can_lead_analysis(access, review):
    """Mark and group entries, judge mismatches, write findings and lessons."""
    return access.may("lead_analysis", review)


def can_read_analysis(access, review):
    """The pages of marks, findings and lessons; which rows they show is another question."""
    return can_lead_analysis(access, review) or access.shared_any(Material.ANALYSIS, review)


def can_keep_counts(access, review):
    """A count tells of every agency's entries: nobody with a conflict there asks for one."""
    return can_lead_analysis(access, review) and review.pk not in access.reviews_in_conflict


def can_read_mismatches(access, review):
    return can_lead_analysis(access, review) or access.shared_any(Material.MISMATCHES, review)


# --- The action plan ----------------------------------------------------------------------------


def can_see_plan(access, review):
    """The plan page; which rows it shows is another question."""
    return (
        access.may("read_action_plan", review)
        or access.shared_any(Material.ACTION_PLAN, review)
        or access.shared_any(Material.ANALYSIS, review)
        or access.may_in_any_part("read_own_actions", review)
    )


def can_import_plan(access, review):
    """A file of the plan holds every agency's rows: nobody with a conflict there brings or reads it."""
    return access.may("change_action_plan", review) and review.pk not in access.reviews_in_conflict


def can_write_recommendations(access, review):
    """Write them, take an agency's own over, tie them to lessons, add actions: the leaders."""
    return access.may("change_action_plan", review) and can_lead_analysis(access, review)


def can_bring_report(access, review):
    """An earlier report speaks of every agency, as a file of the plan does."""
    return can_lead_analysis(access, review) and can_import_plan(access, review)


def can_update_row(access, row):
    """The people of an agency that leads it, alone or with others, or whoever runs the plan."""
    return access.may("change_action_plan", row.review) or any(
        access.may("update_own_actions", link.participation) for link in row.lead_links.all()
    )


def can_run_plan(access, review):
    """Order it, give its rows to agencies and owners, accept what is reported done: its leaders."""
    return access.may("change_action_plan", review)


def reviews_with_papers(access):
    """Ids of those whose final papers somebody may be given: a plan's readers, and the board's."""
    return access.reviews_with("read_action_plan") | access.reviews_with("read_published_plan")


def can_read_papers(access, review):
    """The page of the papers that committees get; which of them it shows is another question."""
    return review.pk in reviews_with_papers(access)


def can_make_papers(access, review):
    """A paper speaks of every agency: nobody with a conflict there makes one."""
    return can_run_plan(access, review) and review.pk not in access.reviews_in_conflict


def partnerships_with_papers(access):
    """Ids of those whose papers about several reviews somebody may look for."""
    return access.appointments[Role.COORDINATOR] | access.appointments[Role.BOARD_READER]


def can_read_papers_of_all(access, partnership):
    return partnership.pk in partnerships_with_papers(access)


def can_make_papers_of_all(access, partnership):
    """About the reviews of the partnership that they run, and no others."""
    return access.holds(Role.COORDINATOR, partnership)


def can_judge_repeats(access, review):
    """Whether a recommendation repeats an earlier one is for those who run its plan to say."""
    return can_run_plan(access, review)


# --- Documents: the overview report and its family ------------------------------------------------


def can_write_documents(access, review):
    """A document speaks of every agency: nobody with a conflict there writes one."""
    return access.may("write_documents", review) and review.pk not in access.reviews_in_conflict


def can_read_documents(access, review):
    """Their pages; which of them the panel finds there is another question."""
    shared = access.shared_any(Material.DOCUMENTS, review)
    return can_write_documents(access, review) or (
        shared and review.pk not in access.reviews_in_conflict
    )


def can_remark(access, review):
    """The panel says what it thinks of a draft beside it; its authors write in the draft itself."""
    return review.pk in reviews_with_drafts_shared(access) and not can_write_documents(
        access, review
    )


def can_hear_remarks(access, review):
    """The page of them; which of them it shows is another question."""
    return can_write_documents(access, review) or can_remark(access, review)


def reviews_with_drafts_shared(access):
    """Ids of those in which drafts are shared with somebody of the panel."""
    return access.reviews_sharing(Material.DOCUMENTS) - access.reviews_in_conflict


def can_check_extract(access, participation):
    """Whether what a draft tells of an agency is right: its people, or the coordinator for them."""
    return access.may("answer_requests", participation) or (
        access.may("act_for_agencies", participation.review)
        and can_write_documents(access, participation.review)
    )


def can_keep_family_copy(access, review):
    """What the family said of a draft is for those who write it and keep the log of contact."""
    return can_write_documents(access, review) and can_keep_family_log(access, review)


def can_read_submitted(access, review):
    """What went to the Home Office and what came back: those who write, and the Home Office's reader.
    Which packs and letters each finds is another question."""
    submitted = access.may("read_submitted", review)
    return can_write_documents(access, review) or (
        submitted and review.pk not in access.reviews_in_conflict
    )


def can_read_releases(access, review):
    """The register of what was released; which sets somebody finds there is another question."""
    return access.may("view_review", review) and review.pk not in access.reviews_in_conflict


def can_sign_as_chair(access, review):
    """Whoever leads the review for nobody but the review. The partnership signs beside the chair: who
    runs the review as well signs for the partnership alone."""
    return can_write_documents(access, review) and not can_run_review(access, review)


def can_sign_for_partnership(access, review):
    return can_write_documents(access, review) and can_run_review(access, review)


def can_publish(access, review):
    """Publish a set, take it down, withdraw it: the partnership's to do."""
    return can_sign_for_partnership(access, review)


def can_change_document_templates(access):
    """The sections of each layout; which partnership is asked by visible_to."""
    return access.holds(Role.COORDINATOR)


# --- Intake: being told, scoping, deciding, urgent concerns, immediate learning ------------------


def can_receive_notifications(access, partnership=None):
    """Coordinators, of the partnership where one is named; nobody else learns of a death yet."""
    return access.holds(Role.COORDINATOR, partnership)


def can_reveal_notified(access, notification):
    """Whom a notification is about: its coordinators, and the leaders once it is a review."""
    return can_receive_notifications(access, notification.partnership) or (
        notification.review is not None and can_lead_intake(access, notification.review)
    )


def can_lead_intake(access, review):
    """Read the notification and the decision; ask agencies; lead urgent concerns and learning."""
    return access.may("lead_intake", review)


def can_record_decision(access, review):
    """Whether there is to be a review is the partnership's to say, not the chair's."""
    return can_run_review(access, review) and can_lead_intake(access, review)


def can_answer_scoping(access, request):
    """The agency that was asked, or the coordinator on its behalf."""
    part = request.participation
    return access.may("answer_scoping", part) or access.may("act_for_agencies", part.review)


def can_raise_concern(access, review):
    """Any agency of the review, and its leaders."""
    return can_lead_intake(access, review) or access.may_in_any_part("raise_concern", review)


def can_close_concern(access, concern):
    """Whoever deals with it: the review's leaders, or the agency that it was given to."""
    return concern.is_open and (
        can_lead_intake(access, concern.review)
        or (concern.owner is not None and access.may("raise_concern", concern.owner))
    )


def can_finish_early_action(access, action):
    """The agency that has to do it, or the leaders."""
    return not action.is_done and (
        can_lead_intake(access, action.review) or access.may("update_own_actions", action.owner)
    )


def can_see_early_actions(access, review):
    """The page; which rows it shows is another question."""
    return can_lead_intake(access, review) or access.may_in_any_part("read_own_actions", review)


# --- The panel ----------------------------------------------------------------------------------


def can_read_panel(access, review):
    return access.may("read_panel", review)


def can_lead_panel(access, review):
    """The list, declarations and conflicts of interest: the coordinator and the chair."""
    return access.may("lead_panel", review)


def can_open_panel_member(access, member):
    """What a member declared is for those who lead the panel, and for that member."""
    return can_lead_panel(access, member.review) or _is_own_seat(access, member)


def can_declare(access, member):
    """Whoever leads the panel for everybody; a member for themselves."""
    return can_open_panel_member(access, member) and not member.has_left


def can_end_conflict(access, conflict):
    """Nobody lets themselves see again what they said they must not see."""
    return (
        conflict.is_live
        and can_lead_panel(access, conflict.member.review)
        and not _is_own_seat(access, conflict.member)
    )


def can_agree_contract(access, member):
    """What the chair and the author are paid for is the partnership's to agree."""
    return member.is_contracted and access.may("run_review", member.review)


def can_enter_days(access, member):
    """The coordinator; and whoever leads the panel, of their own days."""
    return member.is_contracted and (
        access.may("run_review", member.review)
        or (can_lead_panel(access, member.review) and _is_own_seat(access, member))
    )


def can_hand_over_chair(access, member):
    return member.is_chair and not member.has_left and access.may("run_review", member.review)


def can_commission_jointly(access, review):
    return access.may("run_review", review)


def _is_own_seat(access, member):
    return can_read_panel(access, member.review) and member.user_id == access.user.pk


# --- Meetings -----------------------------------------------------------------------------------


def can_keep_meetings(access, review):
    """Plan them, send invitations, write minutes, chase what was promised."""
    return access.may("keep_meetings", review)


def can_see_meetings(access, review):
    """The pages; which meetings, papers and minutes they show is another question."""
    return can_keep_meetings(access, review) or access.may("read_meetings", review)


def can_see_meeting_actions(access, review):
    """The page; an agency finds what it has to do itself."""
    return can_see_meetings(access, review) or access.may_in_any_part("read_own_actions", review)


def can_finish_meeting_action(access, action):
    """Whoever promised it, the people of the agency that did, or those who keep the meetings."""
    if action.is_done:
        return False
    own = action.member is not None and action.member.user_id == access.user.pk
    return (
        can_keep_meetings(access, action.review)
        or (own and can_see_meetings(access, action.review))
        or (
            action.participation is not None
            and access.may("update_own_actions", action.participation)
        )
    )


# --- The register of people ---------------------------------------------------------------------


def can_keep_register(access, review):
    """Who people are to one another, their pseudonyms, and what may be published of them."""
    return access.may("keep_register", review)


def can_reveal_identity(access, review):
    """Who they really are: the coordinator and the chair, each time with their password."""
    return can_keep_register(access, review)


def can_replace_names(access, entry):
    """Whoever may change the entry and may know whose name it is."""
    return can_change_entry(access, entry) and can_reveal_identity(access, entry.review)
