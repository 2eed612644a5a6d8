"""A change and its event are one: if either is lost, so is the other."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from actionplans import services as plans
from actionplans.asking import rounds as asking_rounds
from actionplans.asking import schedules as asking_schedules
from actionplans.asking.daily import ask_for_updates
from actionplans.asking.planning import lines_of as asking_lines
from actionplans.asking.planning import rows_of as asking_rows
from actionplans.asking.succession import hand_over
from actionplans.earlier import services as earlier
from actionplans.earlier.undoing import fates_of, sign_of, undo
from actionplans.editing import services as editing
from actionplans.editing.milestones import set_milestones
from actionplans.editing.ordering import move_recommendation
from actionplans.editing.words import ActionWords
from actionplans.progress import deciding as plan_deciding
from actionplans.progress import services as progress
from actionplans.progress import settling
from actionplans.resting import services as resting
from actionplans.resting.joining import call_one
from actionplans.rows.models import PlanRow
from actionplans.seeing import judging as repeats
from actionplans.seeing.repeats import digest_of
from actionplans.sheet import services as sheets
from agencies import services as register
from audit.models import Event
from chronologies import services as chronologies
from chronologies.marking.services import comments, marks, themes, ties
from chronologies.marking.services import events as marking_events
from chronologies.marking.suggesting.queries import suggestions_of
from chronologies.mismatches.services import asking as mismatch_asking
from chronologies.mismatches.services import judging
from findings.services import counts, evidence, lessons, writing
from findings.services import terms as term_answers
from foundations.dates import parse
from reports.copies import days, remarking, rounds
from reports.copies.family import record_change, record_reading
from reports.homeoffice import letters as office_letters
from reports.homeoffice import packs as office_packs
from reports.homeoffice import services as office
from reports.leaks import keeping
from reports.leaks.deciding import decide as decide_of_hits
from reports.leaks.looked import Looked
from reports.release import around, publishing
from reports.release import services as releases
from reports.rendering.making import make as make_version_of
from reports.rendering.telling import Place
from reports.services import (
    bringing,
    checks,
    citing,
    documents,
    paragraphs,
    renderings,
    sections,
    word,
)
from reports.services import templates as layouts
from reports.services.places import LAST
from reports.services.setting_aside import set_aside_document
from reviews import services as reviews
from reviews.checking import lists as checklists
from reviews.checking.services import asking as checking_asking
from reviews.clock import rule_sets
from reviews.clock import services as clock
from reviews.delegation import services as delegation
from reviews.family import services as family
from reviews.intake.services import concerns, deciding, learning, notifying, scoping
from reviews.inviting import services as inviting
from reviews.letters import services as letters
from reviews.lifecycle import services as lifecycle
from reviews.lifecycle.tasks import lists as task_lists
from reviews.lifecycle.tasks import services as tasks
from reviews.meetings.pack import Made
from reviews.meetings.services import actions, minutes, packs, papers, planning, sending
from reviews.models import RoleHolder
from reviews.panel.services import contracts, declaring, handing_over, joint, members
from reviews.people import services as people
from reviews.proceedings import services as proceedings
from reviews.querying.services import answering as query_answering
from reviews.querying.services import deciding as query_deciding
from reviews.querying.services import raising
from reviews.querying.services import sending as query_sending
from reviews.reminders import services as reminders
from reviews.reminders import steps as reminder_steps
from reviews.reminders.models import Posting
from reviews.requests.services import answering, chasing, extending, moving
from reviews.rules import Material, Role
from reviews.submissions.services import handing
from reviews.submissions.services import writing as submission_writing
from reviews.terms import services as terms
from reviews.wording import services as wordings
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.actionplans_papers import final_paper
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reports_homeoffice import a_letter, asked_for
from tests.factories.reviews import PersonFactory
from tests.factories.reviews_checking import asked_to_check
from tests.factories.reviews_checking import marked as checked
from tests.factories.reviews_disclosure import frozen, handed, marked
from tests.factories.reviews_family import contact, wish
from tests.factories.reviews_interviews import interview
from tests.factories.reviews_letters import draft_letter
from tests.factories.reviews_meetings import START, MeetingFactory, MinutesFactory
from tests.factories.reviews_proceedings import dated, hold, release
from tests.factories.reviews_querying import raised
from tests.factories.reviews_requests import asked, more_time_asked, submitted
from tests.factories.reviews_submissions import prepared, with_file
from tests.walls.copies_rows import drafts_shared, seen_to_send

pytestmark = pytest.mark.usefixtures("for_now")
DAY = date(2026, 5, 4)
KEY = "6f0f3a4e-8d9f-4c66-93a5-3f4d3a5b0a01"
AGREED = {"reason": "trial", "agreed_by": "the chair", "agreed_on": date(2026, 6, 1)}
CONTENT = {"text": "Written now", "date": parse("2011").value}


def _holder(rows):
    return RoleHolder.objects.filter(role_group__review=rows.one, appointment=None).first()


def _decline_a_suggestion(rows, by):
    entry = rows.third.entry
    type(entry).objects.filter(pk=entry.pk).update(text="He was arrested for assault.")
    (suggestion,) = suggestions_of(type(entry).objects.get(pk=entry.pk), by)
    marks.decline_suggestion(entry, suggestion.digest, by=by)


def version_of(rendering):
    made = make_version_of(
        rendering.document,
        rendering.format,
        variant=rendering.variant,
        version=rendering.number,
        at=timezone.now(),
        by=rendering.by,
        with_plan=False,
    )
    return made.gathered, made.file


def remark_of_the_panel(rows, by):
    drafts_shared(rows)
    version = rows.paragraph.versions.order_by("number").last()
    said = {"kind": "comment", "words": "By whom?", "by": rows.remark.by, "key": KEY}
    return remarking.remark(rows.paragraph, version=version, **said)


def withdraw_remark(rows, by):
    drafts_shared(rows)
    return remarking.withdraw(rows.remark, by=rows.remark.by, key=KEY)


def hand_in_extract(rows, by):
    ours = rows.holder.user
    rounds.answer_line(rows.extract_line, verdict="no_comment", by=ours, key=KEY)
    return rounds.hand_in(rows.round, by=ours)


def send_pack(rows, by, *, on):
    last = rows.office_pack.sendings.order_by("-pk").first()
    said = {"to_whom": "The unit", "why": "Wrong day", "seen": last.pk}
    return office.record_sending(rows.office_pack, on=on, by=by, key=KEY, **said)


def sign(release, side, *, by, key=KEY):
    return releases.sign_off(
        release, side=side, agreed_by="The board", seen=release.digest, by=by, key=key
    )


def publish(rows, *, by):
    """Signed by two, then put on the site."""
    for side, one in (("chair", rows.chair), ("partnership", by)):
        sign(rows.release_proposed, side, by=one, key=uuid.uuid4())
    releases.move_first_day(
        rows.release_proposed,
        to=today(),
        reason="All were told",
        agreed_by="Board",
        by=by,
        key=uuid.uuid4(),
    )
    return publishing.publish(
        rows.release_proposed,
        on=today(),
        title="Learning",
        addresses=["https://www.council.example/"],
        by=by,
        key=KEY,
    )


def settle(row, **said):
    return settling.settle(row.progress_notes.first(), **said)


def impact_of(row, *, by):
    PlanRow.objects.filter(pk=row.pk).update(status="done")
    return settling.tell_impact(row, changed="yes", how="Audit", by_whom="Group", by=by, key=KEY)


def report_on(row, **said):
    seen = PlanRow.objects.get(pk=row.pk).told_at
    return progress.report(row, answer="on_track", seen=seen, key=KEY, **said)


SERVICES = {
    "finding.made": lambda r, by: writing.make_finding(
        r.one, term=r.finding.term, kind="good", text="It was good", by=by, key=KEY
    ),
    "finding.changed": lambda r, by: writing.change_finding(
        r.finding,
        term=r.finding.term,
        kind="good",
        text="It was good",
        reason="Clearer",
        seen=r.finding.changes,
        by=by,
    ),
    "finding.removed": lambda r, by: writing.take_away_finding(r.finding, reason="No", by=by),
    "evidence.added": lambda r, by: evidence.put_under(r.finding, [r.third.entry], by=by),
    "evidence.removed": lambda r, by: evidence.take_away(r.evidence, by=by),
    "term.answer_judged": lambda r, by: term_answers.judge(
        r.finding.term, r.ours.part, verdict="nil", by=by, key=KEY
    ),
    "passage.tied": lambda r, by: term_answers.tie(
        term_answers.untie(r.term_passage, by=by).term, [r.passage], by=by
    ),
    "passage.untied": lambda r, by: term_answers.untie(r.term_passage, by=by),
    "count.made": lambda r, by: counts.make_count(
        r.one, title="Calls", question={}, by=by, key=KEY
    ),
    "count.removed": lambda r, by: counts.take_away_count(r.count, by=by),
    "lesson.made": lambda r, by: lessons.make_lesson(r.one, text="Learn", by=by, key=KEY),
    "lesson.changed": lambda r, by: lessons.say_why_none(
        r.lesson, why="Because", seen=r.lesson.changes, by=by
    ),
    "lesson.removed": lambda r, by: lessons.take_away_lesson(r.lesson, reason="No", by=by),
    "lesson.rested": lambda r, by: lessons.rest_on(r.lesson, [r.finding_of_team], by=by),
    "lesson.unrested": lambda r, by: lessons.rest_no_longer(r.lesson_finding, by=by),
    "document.begun": lambda r, by: documents.begin_document(
        r.one, template=r.layout, title="Summary", by=by, key=KEY
    ),
    "document.changed": lambda r, by: documents.rename_document(
        r.document, title="Another", seen=r.document.changes, by=by
    ),
    "document.set_aside": lambda r, by: set_aside_document(r.document_begun, by=r.chair),
    "document.shared": lambda r, by: documents.share_document(r.document_drafted, by=r.chair),
    "document.unshared": lambda r, by: documents.unshare_document(r.document, by=r.chair),
    "document.version_asked": lambda r, by: renderings.ask_for_rendering(
        r.document, variant="confidential", format_="pdf", has_plan=False, by=by, key=KEY
    ),
    "document.version_made": lambda r, by: renderings.keep_rendering(
        r.rendering_waiting, *version_of(r.rendering_waiting)
    ),
    "document.version_refused": lambda r, by: renderings.refuse_rendering(
        r.rendering_waiting, [Place("paragraph 1.1", "name", "", "high")]
    ),
    "scan.asked": lambda r, by: keeping.ask_for_scan(
        r.one, source="uploaded", name="a.txt", content=b"All is said.", by=by, key=KEY
    ),
    "scan.made": lambda r, by: keeping.finish_scan(r.scan_waiting, Looked((), ("text",))),
    "scan.decided": lambda r, by: decide_of_hits(
        r.scan, [0], verdict="change", by=r.chair, key=KEY, seen=999_999_999
    ),
    "office.form_answered": lambda r, by: office.answer_form(
        r.one,
        {"stalking": "Yes"},
        why="Read",
        seen=office.newest_answer(r.one),
        by=r.chair,
        key=uuid.UUID(KEY),
    ),
    "office.pack_asked": lambda r, by: asked_for(r.one, [r.rendering], by=r.chair, key=KEY),
    "office.pack_made": lambda r, by: office_packs.keep_pack(
        r.pack_asked, office_packs.make(r.pack_asked)
    ),
    "office.pack_sent": lambda r, by: send_pack(r, r.chair, on=timezone.localdate()),
    "office.pack_unsent": lambda r, by: send_pack(r, r.chair, on=None),
    "office.letter_came": lambda r, by: office_letters.enter_letter(
        r.one,
        content=a_letter("One"),
        name="letter.docx",
        on=DAY,
        outcome="again",
        pack=None,
        by=r.chair,
        key=KEY,
    ),
    "office.points_entered": lambda r, by: office_letters.enter_points(
        r.office_letter, ["More"], seen=3, by=r.chair, key=uuid.UUID(KEY)
    ),
    "office.withdrawn": lambda r, by: office_letters.withdraw(
        r.office_letter, why="Of another review", by=r.chair, key=KEY
    ),
    "office.point_answered": lambda r, by: office_letters.answer_point(
        r.letter_point, how="not", words="Because", by=r.chair, key=KEY
    ),
    "document.checked": lambda r, by: checks.answer(
        r.document, code="person", says="yes", reason="", seen=0, by=r.chair, key=KEY
    ),
    "document.check_kept": lambda r, by: checks.keep_found(r.document, by=by),
    "phrase.added": lambda r, by: checks.leave_out(
        r.one.partnership, words="snapped", why="Too many", by=by, key=KEY
    ),
    "phrase.removed": lambda r, by: checks.take_off(r.phrase, by=by),
    "release.proposed": lambda r, by: releases.propose(
        r.one, renderings=[r.rendering_final], not_before=today(), by=r.chair, key=KEY
    ),
    "release.signed": lambda r, by: sign(r.release_proposed, "chair", by=r.chair),
    "release.cooling_off": lambda r, by: releases.move_first_day(
        r.release_proposed, to=date(2030, 1, 1), reason="No", agreed_by="All", by=r.chair, key=KEY
    ),
    "release.called_off": lambda r, by: releases.call_off(
        r.release_proposed, reason="No", by=r.chair, key=KEY
    ),
    "release.published": lambda r, by: publish(r, by=r.coordinator),
    "release.take_down_day": lambda r, by: publishing.move_take_down(
        r.release, to=date(2040, 1, 1), reason="No", agreed_by="All", by=r.coordinator, key=KEY
    ),
    "release.taken_down": lambda r, by: releases.take_down(
        r.release, on=today(), done="Gone", by=r.coordinator, key=KEY
    ),
    "release.withdrawn": lambda r, by: releases.withdraw(
        r.release, on=today(), reason="No", done="Gone", by=r.coordinator, key=KEY
    ),
    "release.handed": lambda r, by: around.hand_over(
        r.release,
        audience="media",
        whom="All",
        how="email",
        on=today(),
        files=[r.release_file],
        by=r.chair,
        key=KEY,
    ),
    "release.planned": lambda r, by: around.plan(
        r.release, audience="other", what="Ring", whose="Chair", days=0, by=r.chair, key=KEY
    ),
    "release.plan_marked": lambda r, by: around.mark(
        r.release_step, what="done", on=today(), by=r.chair, key=KEY
    ),
    "document.brought": lambda r, by: bringing.save(r.report_brought, by=r.chair),
    "document.doubt_settled": lambda r, by: bringing.settle(
        r.document.doubts.all(), r.document, by=by
    ),
    "document.to_word": lambda r, by: word.take_away(r.document, by=r.chair, key=KEY),
    "document.from_word": lambda r, by: word.save(r.word_return, [], by=r.chair),
    "section.added": lambda r, by: sections.add_section(r.document, heading="More", by=by, key=KEY),
    "section.changed": lambda r, by: sections.change_section(
        r.section, heading="Other", is_numbered=True, seen=r.section.changes, by=by
    ),
    "section.moved": lambda r, by: sections.move_section(r.section, parent=None, after=LAST, by=by),
    "section.removed": lambda r, by: sections.take_out_section(r.section, by=by),
    "section.brought_back": lambda r, by: sections.bring_back_section(r.section_gone, by=by),
    "paragraph.added": lambda r, by: paragraphs.add_paragraph(
        r.section, kind="numbered", text="New", by=by, key=KEY
    ),
    "paragraph.changed": lambda r, by: paragraphs.change_paragraph(
        r.paragraph, text="Other", kind="numbered", seen=r.paragraph.changes, by=by
    ),
    "paragraph.moved": lambda r, by: paragraphs.move_paragraph(
        r.paragraph, section=r.section, after=LAST, by=by
    ),
    "paragraph.removed": lambda r, by: paragraphs.take_out_paragraph(r.paragraph, by=by),
    "document.family_reading": lambda r, by: record_reading(
        r.document,
        correspondent=r.correspondent,
        rendering=r.rendering,
        on=parse("February 2026").value,
        how="alone",
        by=r.chair,
        key=KEY,
    ),
    "document.family_change": lambda r, by: record_change(
        r.family_reading, words="It was so", by=r.chair, key=KEY
    ),
    "remark.made": remark_of_the_panel,
    "remark.settled": lambda r, by: remarking.decline(
        r.remark, words="So it was", by=r.chair, key=KEY
    ),
    "remark.withdrawn": withdraw_remark,
    "extract.sent": lambda r, by: rounds.send_round(
        r.document,
        r.ours.part,
        paragraphs=[r.extract_line.paragraph],
        due=timezone.localdate(),
        seen=seen_to_send(r),
        by=r.chair,
        key=KEY,
    ),
    "extract.answered": lambda r, by: rounds.answer_line(
        r.extract_line, verdict="accurate", by=r.holder.user, key=KEY
    ),
    "extract.handed_in": hand_in_extract,
    "extract.moved": lambda r, by: days.move_day(
        r.round, to=date(2090, 1, 1), why="Illness", seen=r.round.due, by=r.chair, key=KEY
    ),
    "extract.withdrawn": lambda r, by: rounds.withdraw_round(r.round, because="Early", by=r.chair),
    "paragraph.brought_back": lambda r, by: paragraphs.bring_back_paragraph(
        r.paragraph_gone, by=by
    ),
    "citation.added": lambda r, by: citing.cite(r.paragraph, [r.ours.entry], by=by),
    "citation.removed": lambda r, by: citing.uncite(r.citation, by=by),
    "document_template.made": lambda r, by: layouts.make_version(
        kind=r.layout.kind,
        partnership=r.one.partnership,
        title="Ours",
        source="The board",
        effective_from=today(),
        seen=r.layout,
        by=by,
        on=today(),
        key=KEY,
        sections=[{"code": "all", "heading": "All", "level": 1}],
    ),
    "user.invited": lambda r, by: accounts.invite(email="new@agency.example", by=by),
    "user.invitation_accepted": lambda r, by: accounts.accept_invitation(
        r.secret, name="New", password="three random words"
    ),
    "user.invitation_repeated": lambda r, by: inviting.send_again(
        list(r.waited_for.roles.all()), by=None
    ),
    "user.invitation_withdrawn": lambda r, by: inviting.withdraw(
        list(r.waited_for.roles.all()), by=by
    ),
    "user.closed": lambda r, by: accounts.close_account(UserFactory(), by=by),
    "user.reopened": lambda r, by: accounts.reopen_account(UserFactory(), by=by),
    "partnership.created": lambda r, by: register.create_partnership(name="New place", by=by),
    "agency.created": lambda r, by: register.create_agency(name="New body", by=by),
    "agency.changed": lambda r, by: register.change_agency(
        r.ours.part.agency, by=by, name="Renamed", short_name="", kind="police", aliases=[]
    ),
    "agency.succeeded": lambda r, by: register.set_successor(
        r.ours.part.agency, successor=r.third.part.agency, on=date(2020, 1, 1), by=by
    ),
    "agency.merged": lambda r, by: register.retire_duplicate(
        AgencyFactory(), into=AgencyFactory(), by=by
    ),
    "participation.merged": lambda r, by: reviews.merge_participations(
        agency=r.theirs.part.agency, into=AgencyFactory(), by=by
    ),
    "role.given": lambda r, by: reviews.give_role(
        user=UserFactory(), role=Role.PANEL_MEMBER, review=r.one, by=by
    ),
    "role.delegated": lambda r, by: delegation.delegate(
        r.holder, email="new@agency.example", until=today(), key=KEY, on=today()
    ),
    "role.delegation_ended": lambda r, by: delegation.end(r.delegation, by=by),
    "role.ended": lambda r, by: reviews.end_role(_holder(r), by=by),
    "review.created": lambda r, by: reviews.create_review(
        partnership=PartnershipFactory(), reference="DHR-NEW", by=by
    ),
    "review.changed": lambda r, by: reviews.change_review(r.one, by=by, scope_reason="Agreed"),
    "review.stage_changed": lambda r, by: lifecycle.set_stage(r.one, stage="analysis", by=by),
    "review.state_changed": lambda r, by: lifecycle.discontinue(
        r.one, on=timezone.localdate(), why="Withdrawn", agreed_by="The board", by=by, key=KEY
    ),
    "task.marked": lambda r, by: tasks.mark(
        r.one, code=r.task.code, state="started", by=by, key=KEY
    ),
    "task_list.made": lambda r, by: task_lists.make_version(
        kind=r.task_list.kind,
        partnership=r.one.partnership,
        title="Protocol",
        source="Protocol",
        effective_from=date(2030, 1, 1),
        tasks=[{"code": "new", "stage": "scoping", "title": "Look", "role": "chair"}],
        seen=r.task_list,
        by=by,
        on=date(2026, 11, 21),
    ),
    "person.added": lambda r, by: reviews.add_person(r.one, pseudonym="MA 9", role="other", by=by),
    "proceeding.added": lambda r, by: proceedings.add_proceeding(
        r.one, kind="inquest", body="A coroner", by=by, key=KEY
    ),
    "proceeding.dated": lambda r, by: dated(r.proceeding, by=by),
    "proceeding.moved": lambda r, by: proceedings.move_event(
        r.proceeding_event, on=parse("2028").value, because="Counsel", by=by, key=KEY
    ),
    "proceeding.status": lambda r, by: proceedings.set_status(
        r.proceeding,
        status="open",
        on=parse("May 2026").value,
        outcome="An appeal",
        by=by,
        key=KEY,
        today=date(2026, 6, 1),
    ),
    "proceeding.post": lambda r, by: proceedings.add_post(
        r.proceeding, post="Officer", by=by, key=KEY
    ),
    "proceeding.post_ended": lambda r, by: proceedings.end_post(
        r.proceeding_post, on=date(2026, 5, 1), because="Moved", by=by, today=date(2026, 5, 1)
    ),
    "proceeding.revealed": lambda r, by: proceedings.reveal_post(r.proceeding_post, by=by),
    "hold.begun": lambda r, by: hold(r.proceeding, "family", by=by, today=date(2026, 6, 1)),
    "disclosure.marked": lambda r, by: marked(r.terms, r.one, by=by),
    "disclosure.frozen": lambda r, by: frozen(r.one, by=by),
    "disclosure.handed": lambda r, by: handed(r.schedule, r.schedule.lines.none(), by=by),
    "hold.released": lambda r, by: release(r.hold, by=by, today=date(2026, 7, 1)),
    "family.added": lambda r, by: family.add_correspondent(
        r.one, standing="friend", relation="Friend of MA 1", by=by, key=KEY
    ),
    "family.contact": lambda r, by: contact(
        r.correspondent, "2 March 2026", by=by, direction="theirs"
    ),
    "family.held": lambda r, by: family.hold_contact(
        r.correspondent,
        not_before=None,
        set_on=date(2026, 5, 1),
        why="The trial is over",
        by=by,
        key=KEY,
        today=date(2026, 5, 1),
    ),
    "family.engagement": lambda r, by: family.decide_engagement(
        r.correspondent,
        outcome="resume",
        decided_on=date(2026, 5, 1),
        decided_by="The panel",
        reasons="They wrote",
        by=by,
        key=KEY,
        today=date(2026, 5, 1),
    ),
    "family.wish": lambda r, by: wish(r.correspondent, by=by),
    "family.answered": lambda r, by: family.answer_wish(
        r.wish, outcome="reopened", text="New facts", by=by, key=KEY, today=date(2026, 5, 1)
    ),
    "family.details": lambda r, by: family.set_details(r.correspondent, text="Elsewhere", by=by),
    "family.revealed": lambda r, by: family.reveal_details(r.correspondent, by=by),
    "person.changed": lambda r, by: people.change_person(
        r.person, seen=r.person.versions.count(), area="A city", by=by
    ),
    "person.renamed": lambda r, by: people.give_pseudonym(
        r.person,
        pseudonym="Rowan",
        chosen_by="family",
        reason="Asked for",
        seen=r.person.versions.count(),
        by=by,
    ),
    "identity.changed": lambda r, by: people.set_identity(
        r.person, names=["Zara"], born=parse("1989").value, died=parse("2024").value, by=by
    ),
    "identity.revealed": lambda r, by: people.reveal(r.person, by=by),
    "relationship.added": lambda r, by: people.relate(
        r.person, other=PersonFactory(review=r.one), kind="friend", by=by
    ),
    "relationship.withdrawn": lambda r, by: people.withdraw_relationship(r.relationship, by=by),
    "panel.added": lambda r, by: members.add_member(
        r.one, key=KEY, by=by, name="New", organisation="A body"
    ),
    "panel.changed": lambda r, by: members.change_member(
        r.seat, because="A new post", joined=parse("2026").value, position="Director", by=by
    ),
    "panel.left": lambda r, by: members.leave(r.seat, on=DAY, because="Retired", by=by),
    "panel.declared": lambda r, by: declaring.declare(
        r.seat, key=KEY, kind="confidentiality", made_on=DAY, by=by
    ),
    "panel.declaration_withdrawn": lambda r, by: declaring.withdraw_declaration(
        r.declaration, on=DAY, because="Entered twice", by=by
    ),
    "conflict.recorded": lambda r, by: declaring.record_conflict(
        r.seat, key=KEY, nature="Worked there", declared_on=DAY, participation=r.ours.part, by=by
    ),
    "conflict.ended": lambda r, by: declaring.end_conflict(
        r.conflict, on=DAY, because="Left that post", by=by
    ),
    "contract.agreed": lambda r, by: contracts.agree(
        r.seat,
        seen=2,
        begins_on=DAY,
        ends_on=date(2026, 12, 1),
        agreed_days=Decimal(30),
        because="A longer review",
        by=by,
    ),
    "contract.day_used": lambda r, by: contracts.use_day(
        r.seat, key=KEY, worked_on=DAY, days=Decimal(1), what="A meeting", by=by
    ),
    "contract.day_withdrawn": lambda r, by: contracts.withdraw_day(
        r.day_used, on=DAY, because="Entered twice", by=by
    ),
    "chair.handed_over": lambda r, by: handing_over.hand_over(
        r.seat,
        key=KEY,
        on=DAY,
        because="Unwell",
        email="next@chairs.example",
        capacity="chair",
        name="Next",
        organisation="None",
        by=by,
    ),
    "recommendation.made": lambda r, by: resting.make_recommendation(
        r.one, text="Train all", reach="multi", by=by, key=KEY
    ),
    "recommendation.changed": lambda r, by: resting.change_recommendation(
        r.ours.recommendation,
        text="Train some",
        number="1",
        reach="single",
        scope="",
        leads=[r.ours.part],
        reason="Clearer",
        seen=1,
        by=by,
    ),
    "recommendation.followed": lambda r, by: editing.change_following(
        r.ours.recommendation, level="regional", theme=None, addressed_to="", by=by
    ),
    "action.changed": lambda r, by: editing.change_action(
        r.action, ActionWords(text="Write two courses"), reason="Clearer", by=by
    ),
    "action.removed": lambda r, by: editing.remove_action(r.action, reason="Twice", by=by),
    "row.owner_set": lambda r, by: editing.set_row_owner(
        r.row_waiting, owner=None, owner_as_written="Head of training", by=by
    ),
    "milestones.changed": lambda r, by: set_milestones(
        r.ours.recommendation, ["Agreed"], reason="Clearer", by=by
    ),
    "plan.ordered": lambda r, by: move_recommendation(r.theirs.recommendation, up=True, by=by),
    "recommendation.issued": lambda r, by: resting.put_into_plan(r.one, [r.ours.draft], by=by),
    "recommendation.removed": lambda r, by: resting.take_away(r.ours.draft, reason="Twice", by=by),
    "recommendation.rested": lambda r, by: resting.rest_on(
        r.theirs.recommendation, [r.lesson], by=by
    ),
    "recommendation.unrested": lambda r, by: resting.rest_no_longer(r.tie, by=by),
    "recommendation.made_one": lambda r, by: call_one(r.ours.recommendation, r.ours.draft, by=by),
    "recommendation.repeat_judged": lambda r, by: repeats.judge_repeat(
        r.ours.recommendation,
        r.said_before,
        is_repeat=True,
        reason="Said twice",
        seen=digest_of(r.ours.recommendation, r.said_before),
        by=by,
        key=KEY,
    ),
    "recommendation.told_apart": lambda r, by: resting.tell_apart(
        r.theirs.recommendation, r.third.recommendation, by=by
    ),
    "action.added": lambda r, by: resting.add_action(
        r.ours.recommendation, text="Write a course", lead=r.ours.part, by=by, key=KEY
    ),
    "earlier.taken": lambda r, by: earlier.bring_in(r.earlier, seen=1, by=by),
    "earlier.undone": lambda r, by: undo(
        r.brought, reason="Wrong review", seen=sign_of(fates_of(r.brought)), by=by
    ),
    "joint.begun": lambda r, by: joint.begin_joint_commission(
        r.one, partnership=r.two.partnership, agreed_on=DAY, because="Both areas", by=by
    ),
    "joint.ended": lambda r, by: joint.end_joint_commission(
        r.joint, on=DAY, because="One area after all", by=by
    ),
    "letter.made": lambda r, by: draft_letter(r.one, by=by),
    "letter.changed": lambda r, by: letters.change_letter(
        r.letter, title="Request", text="Search", seen=0, by=by
    ),
    "letter.finished": lambda r, by: letters.finish_letter(
        letters.change_letter(
            draft_letter(r.one, by=by), title="Request", text="Search", seen=0, by=by
        ),
        by=by,
    ),
    "letter.set_aside": lambda r, by: letters.set_aside(r.letter, because="Twice", by=by),
    "letter.registered": lambda r, by: letters.write_in_register(
        r.letter_sent,
        what="acknowledged",
        on=r.register_line.on,
        today=r.register_line.on,
        how="email",
        by=by,
        key=KEY,
    ),
    "wording.made": lambda r, by: wordings.make_version(
        kind=r.wording.kind,
        partnership=r.one.partnership,
        title="Agenda",
        text="1. Welcome",
        source="Protocol",
        effective_from=date(2027, 1, 1),
        seen=r.wording,
        by=by,
        on=date(2027, 1, 1),
    ),
    "terms.begun": lambda r, by: terms.begin_version(r.two, by=by, on=date(2027, 1, 1)),
    "terms.changed": lambda r, by: terms.change_frame(
        r.terms_draft, why="Agreed", seen=r.terms_draft.changes, by=by
    ),
    "term.added": lambda r, by: terms.add_term(
        r.terms_draft, kind="line", text="Was it seen?", by=by, key=KEY
    ),
    "term.changed": lambda r, by: terms.change_term(
        r.terms_text, text="Was it heard?", number=1, seen=0, by=by
    ),
    "term.withdrawn": lambda r, by: terms.withdraw_term(r.terms_text, by=by),
    "terms.issued": lambda r, by: terms.issue(
        r.terms, participations=[r.third.part], panel=False, by=by
    ),
    "terms.confirmed": lambda r, by: terms.confirm_reading(
        r.terms, participation=r.ours.part, by=by
    ),
    "meeting.planned": lambda r, by: planning.plan_meeting(
        r.one, key=KEY, by=by, starts_at=START, ends_at=START + timedelta(hours=1)
    ),
    "meeting.changed": lambda r, by: planning.change_meeting(
        r.meeting_draft, seen=0, by=by, place="Library"
    ),
    "meeting.agenda_changed": lambda r, by: planning.add_item(
        r.meeting_draft, text="Media", key=KEY, by=by
    ),
    "meeting.sent": lambda r, by: sending.send(
        MeetingFactory(review=r.one, number=9, starts_at=timezone.now() + timedelta(days=1)),
        seen=0,
        with_agenda=False,
        by=by,
    ),
    "meeting.cancelled": lambda r, by: sending.cancel_meeting(
        r.meeting_draft, because="Trial", by=by
    ),
    "meeting.held": lambda r, by: sending.hold_meeting(r.meeting_draft, by=by),
    "meeting.returned": lambda r, by: sending.mark_returned(
        r.invitation, on=timezone.localdate(), by=by
    ),
    "meeting.paper_added": lambda r, by: papers.add_paper(
        r.meeting,
        key=KEY,
        title="Chart",
        audience="panel",
        concerns=[],
        content=b"a",
        name="a.csv",
        by=by,
    ),
    "meeting.paper_withdrawn": lambda r, by: papers.withdraw_paper(r.paper, because="Old", by=by),
    "meeting.pack_made": lambda r, by: packs.keep_pack(
        r.pack.pk, Made(content=b"a", name="a.pdf", papers=[])
    ),
    "meeting.attendance": lambda r, by: minutes.record_attendance(
        r.meeting, members={r.seat: ("present", "")}, others=[], by=by
    ),
    "minutes.written": lambda r, by: minutes.write_minutes(
        r.meeting, text="New", why="More", seen=2, by=by
    ),
    "minutes.sent": lambda r, by: minutes.send_minutes(r.minutes, by=by),
    "minutes.agreed": lambda r, by: minutes.agree_minutes(
        MinutesFactory(meeting=r.meeting, number=3, sent_at=timezone.now()),
        in_meeting=MeetingFactory(
            review=r.one, number=9, held=True, starts_at=START + timedelta(days=9)
        ),
        by=by,
    ),
    "meeting.decided": lambda r, by: minutes.decide(r.meeting, key=KEY, text="Ask", by=by),
    "meeting.decision_withdrawn": lambda r, by: minutes.withdraw_decision(
        r.meeting_decision, because="Wrong", by=by
    ),
    "meeting_action.given": lambda r, by: actions.give_action(
        r.meeting, key=KEY, text="Ask", due=date(2026, 4, 1), post="Clerk", by=by
    ),
    "meeting_action.moved": lambda r, by: actions.move_action(
        r.meeting_action, due=timezone.localdate() + timedelta(days=3), reason="Ill", by=by
    ),
    "meeting_action.done": lambda r, by: actions.finish_action(
        r.meeting_action, done="Written", by=by
    ),
    "meeting_action.chased": lambda r, by: actions.chase_action(
        r.meeting_action, key=KEY, note="Rang", by=by
    ),
    "circumstances.changed": lambda r, by: deciding.describe(
        r.one, seen=r.one.circumstances.changes, by=by, manner="survived", charge="unknown"
    ),
    "concern.raised": lambda r, by: concerns.raise_concern(
        r.one, key=KEY, text="At risk", done_already="", by=by
    ),
    "concern.given": lambda r, by: concerns.give_concern(r.concern, owner=r.theirs.part, by=by),
    "concern.closed": lambda r, by: concerns.close_concern(r.concern, closing="Safe", by=by),
    "early_action.begun": lambda r, by: learning.begin_action(
        r.one,
        key=KEY,
        learning="Not linked",
        action="Link",
        owner=r.ours.part,
        due=timezone.localdate(),
        by=by,
    ),
    "early_action.moved": lambda r, by: learning.move_action(
        r.early_action, due=timezone.localdate(), reason="Sooner", by=by
    ),
    "early_action.done": lambda r, by: learning.finish_action(r.early_action, done="Held", by=by),
    "scoping.asked": lambda r, by: scoping.ask_agencies(
        r.one, participations=[r.ours.part], due=timezone.localdate(), by=by
    ),
    "scoping.answered": lambda r, by: scoping.answer_scoping(
        r.scoping, key=KEY, people={}, by=by, records_destroyed="no"
    ),
    "notification.link_sent": lambda r, by: notifying.send_link(
        r.one.partnership, for_whom="Coroner", sent_to="new@agency.example", by=by
    ),
    "notification.link_ended": lambda r, by: notifying.end_link(r.notification_link, by=by),
    "notification.received": lambda r, by: notifying.notify(
        r.one.partnership,
        key=KEY,
        source="police",
        from_whom="Major Crime",
        told_on=date(2026, 3, 9),
        manner="homicide",
        charge="charged",
        death=parse("2025").value,
        name="Rowan Harper",
        born=parse("1984").value,
        circumstances="Found",
        contacts="Desk",
        by=by,
    ),
    "notification.compared": lambda r, by: notifying.decide_duplicate(
        r.possible_duplicate, verdict="different", by=by
    ),
    "notification.settled": lambda r, by: notifying.close_notification(
        r.notification, because="mistake", note="Sent twice", by=by
    ),
    "review.decided": lambda r, by: deciding.decide(
        r.two,
        seen=0,
        criteria=[("Somebody has died", "yes")],
        criteria_source="Version 1",
        by=by,
        outcome="review",
        decided_on=date(2026, 3, 9),
        decided_by="Chair of the partnership",
        reasons="Met",
    ),
    "updates.asked": lambda r, by: ask_for_updates(on=date(2030, 1, 6)),
    "updates.silence_told": lambda r, by: [
        ask_for_updates(on=on) for on in (date(2030, 1, 6), date(2030, 1, 30))
    ],
    "updates.asked_again": lambda r, by: asking_rounds.ask_by_hand(
        r.one.partnership,
        asking_lines(asking_rows(r.one.partnership), period=date(2030, 1, 1), on=date(2030, 1, 6)),
        period=date(2030, 1, 1),
        on=date(2030, 1, 6),
        by=by,
        key=uuid.uuid4(),
    ),
    "updates.schedule_made": lambda r, by: asking_schedules.make_version(
        partnership=r.one.partnership,
        title="Ours",
        source="The board",
        effective_from=date(2030, 1, 1),
        is_on=True,
        every_months=1,
        day=5,
        leads_after=7,
        coordinator_after=14,
        board_after=21,
        seen=1,
        by=by,
        on=date(2026, 11, 21),
        key=uuid.uuid4(),
    ),
    "plan.lead_handed_over": lambda r, by: hand_over_to_another(r),
    "reminders.sent": lambda r, by: reminders.send_reminders(on=date(2030, 1, 1)),
    "reminders.steps_made": lambda r, by: reminder_steps.make_version(
        partnership=r.one.partnership,
        title="Ours",
        source="The board",
        effective_from=date(2030, 1, 1),
        days=vars(r.reminder_steps),
        seen=1,
        by=by,
        on=date(2026, 11, 21),
        key=uuid.uuid4(),
    ),
    "message.sent_again": lambda r, by: reminders.send_again(r.message, by=by),
    "message.came_back": lambda r, by: reminders.came_back(r.mailing.message, by=by),
    "message.settled": lambda r, by: reminders.settle(
        Posting.objects.filter(message=r.message), by=by
    ),
    "rule_set.made": lambda r, by: rule_sets.make_version(
        kind=r.rule_set.kind,
        partnership=r.one.partnership,
        title="Protocol",
        source="Protocol",
        effective_from=date(2030, 1, 1),
        limits=[],
        seen=r.rule_set,
        by=by,
        on=date(2026, 11, 21),
    ),
    "bank_holiday.added": lambda r, by: rule_sets.add_bank_holiday(
        date(2031, 5, 9), "Proclaimed", source="The Gazette", by=by
    ),
    "clock.reached": lambda r, by: clock.reached(r.one, "decided", date(2026, 7, 1), by),
    "clock.unreached": lambda r, by: clock.not_reached(r.one, "notified", by, why="Wrong review"),
    "clock.extended": lambda r, by: clock.extend(
        r.one, "published", until=date(2027, 7, 1), by=by, **AGREED
    ),
    "clock.paused": lambda r, by: clock.pause(r.one, starts_on=date(2026, 6, 1), by=by, **AGREED),
    "clock.pause_ended": lambda r, by: clock.end_pause(r.pause, on=date(2026, 6, 30), by=by),
    "clock.told": lambda r, by: clock.tell(
        r.pause, whom="the Home Office", on=date(2026, 6, 2), by=by
    ),
    "clock.taken_back": lambda r, by: clock.take_back(r.extension, why="Wrong review", by=by),
    "request.asked": lambda r, by: asked(r.ours.part, kind="report", by=by),
    "request.opened": lambda r, by: moving.open_request(asked(r.ours.part, kind="report"), by=by),
    "request.begun": lambda r, by: answering.save_draft(
        asked(r.ours.part, kind="question"), by=by, text="Yes", seen=0
    ),
    "request.ready": lambda r, by: answering.say_complete(
        asked(r.theirs.part).participation, by=by, key=uuid.UUID(KEY)
    ),
    "request.submitted": lambda r, by: answering.answer_question(
        asked(r.ours.part, kind="question"), by=by, key=KEY, text="Yes"
    ),
    "request.nil": lambda r, by: answering.give_nil(
        asked(r.ours.part, kind="report"), by=by, key=KEY, nil="nothing_known"
    ),
    "request.returned": lambda r, by: moving.return_request(
        submitted(r.ours.part, kind="report"),
        by=by,
        key=KEY,
        reason="Gaps",
        due=timezone.localdate(),
    ),
    "request.accepted": lambda r, by: moving.accept(
        submitted(r.ours.part, kind="report"), by=by, key=KEY
    ),
    "request.withdrawn": lambda r, by: moving.withdraw(
        asked(r.ours.part, kind="report"), by=by, key=KEY, reason="Not needed"
    ),
    "request.extension_asked": lambda r, by: extending.ask_extension(
        asked(r.ours.part, kind="report"), by=by, key=KEY, until=today(60), reason="Busy"
    ),
    "request.extension_given": lambda r, by: extending.give_extension(
        asked(r.ours.part, kind="report"), by=by, key=KEY, until=today(60), reason="Panel moved"
    ),
    "request.extension_refused": lambda r, by: extending.refuse_extension(
        more_time_asked(r.ours.part), by=by, key=KEY, reason="Too late"
    ),
    "interview.recorded": lambda r, by: interview(
        asked(r.ours.part, kind="report"), by=by, on="March 2020", answered_on="March 2020"
    ),
    "submission.file_added": lambda r, by: with_file(
        submission_writing.begin(asked(r.ours.part, kind="report"), by=by), by=by
    ),
    "submission.file_removed": lambda r, by: submission_writing.remove_file(
        prepared(request=asked(r.ours.part, kind="report")).main, by=by
    ),
    "submission.points_chosen": lambda r, by: submission_writing.choose_points(
        prepared(request=asked(r.ours.part, kind="report")), left_out=[], by=by
    ),
    "submission.handed_in": lambda r, by: handing.hand_in(
        prepared(request=asked(r.ours.part, kind="report")), by=by, key=KEY
    ),
    "submission.taken_back": lambda r, by: handing.take_back(
        r.submission_next, by=by, key=uuid.UUID(KEY)
    ),
    "submission.returned_inside": lambda r, by: handing.return_inside(
        r.submission_next, by=by, key=KEY, reason="Page 3"
    ),
    "submission.signed_off": lambda r, by: handing.sign_off(r.submission_next, by=by, key=KEY),
    "submission.entered": lambda r, by: handing.enter(
        prepared(request=asked(r.ours.part, kind="report"), on_behalf=True),
        by=by,
        key=KEY,
        signed_by_words="Director",
        reason="By post",
    ),
    "checklist.made": lambda r, by: checklists.make_version(
        kind="imr",
        partnership=r.one.partnership,
        title="Checklist",
        source="Protocol",
        effective_from=date(2030, 1, 1),
        items=[{"code": "new", "question": "Is it readable?"}],
        seen=r.checklist,
        by=by,
        on=date(2026, 11, 21),
    ),
    "check.asked": lambda r, by: asked_to_check(r.checked, by=by),
    "check.asking_ended": lambda r, by: checking_asking.end_asking(r.asked_to_check, by=by),
    "check.begun": lambda r, by: checked(submitted(r.ours.part, kind="report"), by=by, only=0),
    "check.marked": lambda r, by: checked(submitted(r.ours.part, kind="report"), by=by, only=1),
    "check.finished": lambda r, by: checked(
        submitted(r.ours.part, kind="report"), by=by, finish=True
    ),
    "query.raised": lambda r, by: raised(r.checked, by=by),
    "query.reworded": lambda r, by: raising.reword(
        r.query_raised, text="Which day?", by=by, key=KEY
    ),
    "query.sent": lambda r, by: query_sending.send(
        [r.query_raised], due=today(60), by=by, key=uuid.UUID(KEY)
    ),
    "query.answered": lambda r, by: query_answering.answer(
        r.query, by=by, key=KEY, kind="no_record"
    ),
    "query.accepted": lambda r, by: query_deciding.accept(r.query, by=by, key=KEY),
    "query.disputed": lambda r, by: query_deciding.dispute(r.query, by=by, key=KEY, reason="Two"),
    "query.asked_again": lambda r, by: query_deciding.ask_again(
        r.query, by=by, key=KEY, text="And then?", due=today(60)
    ),
    "query.withdrawn": lambda r, by: query_deciding.withdraw(
        r.query, by=by, key=KEY, reason="Answered elsewhere"
    ),
    "request.chased": lambda r, by: chasing.chase(
        [asked(r.ours.part, kind="report")], by=by, key=uuid.UUID(KEY)
    ),
    "mismatch.judged": lambda r, by: judging.judge(
        r.mismatch,
        verdict="accepted",
        reason="Both stand",
        by=by,
        key=KEY,
        seen=judging.seen_of(r.mismatch),
    ),
    "mismatch.asked": lambda r, by: mismatch_asking.ask(
        r.mismatch, r.ours.part, text="Was it done?", by=by, key=uuid.UUID(KEY)
    ),
    "participation.added": lambda r, by: reviews.add_agency(r.one, agency=AgencyFactory(), by=by),
    "chronology.submitted": lambda r, by: reviews.submit_chronology(r.theirs.part, by=by),
    "share.given": lambda r, by: reviews.share(
        r.one, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=by
    ),
    "share.withdrawn": lambda r, by: reviews.withdraw_share(r.share, by=by),
    "entry.added": lambda r, by: chronologies.add_entry(
        r.one, r.ours.part, by=by, key=KEY, content=CONTENT
    ),
    "entry.changed": lambda r, by: chronologies.change_entry(
        r.ours.entry, by=by, content=CONTENT, seen=r.ours.entry.versions.count()
    ),
    "entry.withdrawn": lambda r, by: chronologies.withdraw_entry(
        r.ours.entry, by=by, reason="Twice"
    ),
    "entry.doubt_settled": lambda r, by: chronologies.settle_doubt(r.ours.entry, 0, by=by),
    "mark.set": lambda r, by: marks.set_mark(r.third.entry, kind="good", by=by, key=KEY),
    "mark.removed": lambda r, by: marks.remove_mark(r.entry_mark, by=by),
    "mark.declined": _decline_a_suggestion,
    "entry.tied": lambda r, by: ties.tie(r.third.entry, themes=[r.theme], by=by),
    "entry.untied": lambda r, by: ties.tie(r.ours.entry, seen_themes=[r.theme], by=by),
    "comment.added": lambda r, by: comments.add_comment(
        r.ours.entry, text="Ask", audience="panel", by=by, key=KEY
    ),
    "comment.removed": lambda r, by: comments.remove_comment(r.entry_comment, by=by),
    "event.grouped": lambda r, by: marking_events.put_together(
        [r.third.entry, r.context], by=by, key=KEY
    ),
    "event.ungrouped": lambda r, by: marking_events.dissolve(r.event, by=by),
    "event.not_one": lambda r, by: marking_events.say_not_one_event(r.ours.entry, r.context, by=by),
    "theme.added": lambda r, by: themes.add_theme(r.one.partnership, name="Dowry", group="", by=by),
    "theme.ended": lambda r, by: themes.end_theme(r.theme, by=by),
    "file.uploaded": lambda r, by: chronologies.upload(
        r.one, r.ours.part, content=b"Date,Event\n2011,A call\n", name="a.csv", by=by, key=KEY
    ),
    "import.discarded": lambda r, by: chronologies.discard_import(r.ours.import_, by=by),
    "progress.added": lambda r, by: report_on(r.ours.row, words="Held", by=by),
    "recommendation.decided": lambda r, by: plan_deciding.decide(
        r.ours.recommendation,
        answer="noted",
        rationale="For others",
        body="Cabinet",
        post="Member",
        decided_on=parse("2020").value,
        by=by,
        key=KEY,
    ),
    "progress.accepted": lambda r, by: settle(r.row_waiting, is_accepted=True, by=by),
    "progress.returned": lambda r, by: settle(
        r.row_waiting, is_accepted=False, reason="Where is it?", by=by
    ),
    "impact.told": lambda r, by: impact_of(r.ours.row, by=by),
    "progress.date_moved": lambda r, by: report_on(
        r.ours.row, words="Held", by=by, new_target=parse("2090").value, why_moved="Later"
    ),
    "paper.made": lambda r, by: final_paper(r.one, by=by),
    # Whoever saves sees the rows: to anybody else the sheet would change something else.
    "plan.sheet_saved": lambda r, by: sheets.save_all(
        sheets.begin_saving(r.plan_sheet, by=r.chair), by=r.chair
    ),
    "plan.imported": lambda r, by: plans.save_import(r.plan_import, by=by),
}


def hand_over_to_another(rows):
    """What the first agency leads goes to the third, which took over from it."""
    agency = rows.ours.part.agency
    agency.successor = rows.third.part.agency
    return hand_over(rows.one, agency, by=rows.coordinator)


def _count():
    return Event.objects.count()


@pytest.mark.parametrize("type_", SERVICES)
def test_a_change_leaves_its_event_and_takes_it_along(type_, world):
    by, before = UserFactory(), _count()
    with transaction.atomic():
        point = transaction.savepoint()

        SERVICES[type_](world.rows, by)

        told = list(Event.objects.order_by("-pk").values_list("type", flat=True))
        transaction.savepoint_rollback(point)
    assert type_ in told[: len(told) - before]
    assert _count() == before


@pytest.mark.parametrize("type_", SERVICES)
def test_a_change_that_cannot_be_told_is_not_made(type_, world, monkeypatch):
    """Where the trail refuses, the service raises, so that its transaction is undone."""

    class TrailDown(Exception):
        pass

    def refuse(*args, **kwargs):
        raise TrailDown

    for module in (
        "accounts.services",
        "actionplans.papers.services",
        "actionplans.asking.rounds",
        "actionplans.asking.succession",
        "actionplans.editing.ordering",
        "actionplans.editing.services",
        "actionplans.progress.deciding",
        "actionplans.progress.services",
        "actionplans.progress.settling",
        "agencies.services",
        "reviews.services",
        "reviews.clock.services",
        "reviews.clock.rule_sets",
        "reviews.delegation.ending",
        "reviews.delegation.services",
        "reviews.family.services",
        "reviews.intake.services.concerns",
        "reviews.intake.services.deciding",
        "reviews.intake.services.learning",
        "reviews.intake.services.notifying",
        "reviews.intake.services.scoping",
        "reviews.inviting.services",
        "reviews.letters.services",
        "reviews.proceedings.services",
        "reviews.proceedings.disclosure.services",
        "reviews.lifecycle.services",
        "reviews.panel.services.contracts",
        "reviews.panel.services.declaring",
        "reviews.panel.services.handing_over",
        "reviews.panel.services.joint",
        "reviews.panel.services.members",
        "reviews.people.services",
        "reviews.lifecycle.tasks.services",
        "reviews.meetings.services.planning",
        "reviews.requests.services.moving",
        "reviews.checking.services.asking",
        "reviews.checking.services.marking",
        "reviews.querying.services.moving",
        "reviews.submissions.services.writing",
        "reviews.reminders.services",
        "reviews.terms.services",
        "reviews.versions",
        "chronologies.services",
        "chronologies.mismatches.services.asking",
        "chronologies.mismatches.services.judging",
        "findings.services.counts",
        "findings.services.evidence",
        "findings.services.lessons",
        "findings.services.terms",
        "findings.services.writing",
        "reports.leaks.deciding",
        "reports.leaks.keeping",
        "reports.copies.family",
        "reports.copies.remarking",
        "reports.copies.rounds",
        "reports.homeoffice.letters",
        "reports.homeoffice.services",
        "reports.release.services",
        "reports.services.bringing",
        "reports.services.checks",
        "reports.services.citing",
        "reports.services.documents",
        "reports.services.paragraphs",
        "reports.services.renderings",
        "reports.services.sections",
        "reports.services.setting_aside",
        "reports.services.word",
        "chronologies.marking.services.entries",
        "chronologies.marking.services.events",
        "chronologies.marking.services.themes",
        "actionplans.services",
        "actionplans.resting.services",
        "actionplans.seeing.judging",
        "actionplans.earlier.services",
        "actionplans.earlier.undoing",
        "actionplans.importing",
        "actionplans.sheet.services",
    ):
        monkeypatch.setattr(f"{module}.record", refuse)

    with pytest.raises(TrailDown), transaction.atomic():
        SERVICES[type_](world.rows, UserFactory())
