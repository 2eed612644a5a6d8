"""A world with everything in it that a wall can stand between.

Two partnerships. Review `one` has three agencies: `ours` (whose rows are asked about), `theirs`
and `third`. Review `two`, of the other partnership, has `ours` again and a body of its own.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.services import invite as invite_account
from actionplans import drafting as plan_drafting
from actionplans import services as plans
from actionplans.many.models import PlanBatch
from actionplans.models import Status
from actionplans.progress.models import Answer
from actionplans.progress.settled import ImpactCheck
from chronologies import services as chronologies
from chronologies.models import Export
from chronologies.versions import keep_version
from foundations.dates import parse
from foundations.vault.services import store
from reviews.access import forget
from reviews.delegation.models import Delegation
from reviews.delegation.services import delegate
from reviews.letters.services import set_aside, write_in_register
from reviews.models import Appointment, Review, RoleHolder, Share
from reviews.people.services import change_person, relate, set_identity
from reviews.rules import AGENCY_ROLES, FOR_THE_PANEL_ALONE, REVIEW_ROLES, Material, Role, Stage
from reviews.services import invite, share
from reviews.terms.services import add_term, begin_version, change_frame, issue
from reviews.wording.kinds import Kind
from reviews.wording.services import install_house_wordings
from tests.chronologies.files import csv_of
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.actionplans_progress import (
    DateMoveFactory,
    DecisionFactory,
    EvidenceFileFactory,
    ImpactFactory,
    VerdictFactory,
)
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_clock import RuleSetFactory, TimeLimitFactory, start_clock
from tests.factories.reviews_letters import draft_letter, finished_letter
from tests.factories.reviews_lifecycle import gone_through, mark_task, own_list
from tests.factories.reviews_wording import WordingFactory
from tests.walls.asking_rows import ask_for_updates_of_actions
from tests.walls.begun_rows import begin_by_mistake
from tests.walls.check_rows import check_documents
from tests.walls.copies_rows import speak_of_the_draft
from tests.walls.editing_rows import change_actions
from tests.walls.family_rows import keep_log
from tests.walls.finding_rows import conclude
from tests.walls.intake_rows import begin
from tests.walls.interview_rows import interview_staff
from tests.walls.marking_rows import mark_entries
from tests.walls.meeting_rows import meet
from tests.walls.mismatch_rows import disagree
from tests.walls.national_rows import answer_nationally
from tests.walls.office_rows import go_to_the_home_office
from tests.walls.panel_rows import seat_panel
from tests.walls.papers_rows import make_papers
from tests.walls.plan_rows import lead_together
from tests.walls.proceedings_rows import go_on_beside, keep_schedule
from tests.walls.query_rows import check_and_query
from tests.walls.release_rows import release_documents
from tests.walls.reminder_rows import remind
from tests.walls.render_rows import draw_documents
from tests.walls.report_rows import write_documents
from tests.walls.request_rows import ask
from tests.walls.scan_rows import look_through_files
from tests.walls.seeing_rows import look_over_plans
from tests.walls.sheet_rows import bring_a_sheet
from tests.walls.submission_rows import hand_over
from tests.walls.thread_rows import tie_the_thread
from tests.walls.wordpages_rows import bring_word_files

DOUBT = {"column": "date", "heading": "Date", "message": "Which year?", "settled": False}
PLAN_DOUBT = {"kind": "date", "message": "Which year?", "settled": False}


@dataclass
class Placement:
    """Somebody standing somewhere; `state` is set up for the time of each of their requests."""

    name: str
    user: object = None
    client: Client = None
    state: tuple = ()

    def __post_init__(self):
        self.client = Client(raise_request_exception=False)
        if self.user:
            self.client.force_login(self.user)

    @contextmanager
    def standing(self):
        """Everything done inside is undone afterwards."""
        with transaction.atomic():
            point = transaction.savepoint()
            try:
                for prepare in self.state:
                    prepare()
                yield self.client
            finally:
                transaction.savepoint_rollback(point)


@dataclass
class World:
    placements: dict = field(default_factory=dict)
    rows: SimpleNamespace = field(default_factory=SimpleNamespace)

    def add(self, name, user=None, *state):
        self.placements[name] = Placement(name, user, state=state)


def part_with_rows(review, agency, *, mark):
    """An agency's part with one row of every kind that hangs on it."""
    by = UserFactory()
    line = [mark(words, review.reference, agency.pk) for words in ("Shouting", "Attended")]
    part = ParticipationFactory(review=review, agency=agency)
    import_ = chronologies.upload(
        review,
        part,
        content=csv_of(("12.03.2011", "MA 1", *line)),
        name="chronology.csv",
        by=by,
        key=uuid.uuid4(),
    )
    chronologies.run_now(import_)
    import_.refresh_from_db()
    chronologies.accept_mapping(import_, by=by)
    entry = EntryFactory(
        participation=part,
        review=review,
        created_by=by,
        doubts=[dict(DOUBT)],
        source_file=import_.source_file,
        part_kind="csv",
        row=2,
    )
    keep_version(entry, by=by, reason="A word was wrong", on_behalf=False)
    recommendation = RecommendationFactory(review=review, doubts=[dict(PLAN_DOUBT)])
    RecommendationLeadFactory(recommendation=recommendation, participation=part)
    action = ActionFactory(recommendation=recommendation)
    MilestoneFactory(recommendation=recommendation)
    UpdateFactory(recommendation=recommendation)
    said = partial(mark, review=review.reference, place=agency.pk, kind="plan")
    DecisionFactory(
        recommendation=recommendation,
        by=by,
        rationale=said("It can be done"),
        condition=said("If funded"),
        body=said("Cabinet"),
        post=said("Member for adults"),
    )
    shown_by = report_on(action.row, part, by=by, mark=partial(mark, review=review.reference))
    return SimpleNamespace(
        part=part,
        import_=import_,
        entry=entry,
        recommendation=recommendation,
        row=action.row,
        shown_by=shown_by,
        author=by,
    )


def report_on(row, part, *, by, mark):
    """One update with everything that an update may have; nothing of it can be changed later."""
    said = partial(mark, place=part.agency_id, kind="plan")
    note = ProgressNoteFactory(
        recommendation=row.recommendation,
        row=row,
        participation=part,
        by=by,
        note=said("Done so far"),
        evidence=said("On our intranet"),
        why_none=said("Nothing else"),
    )
    silent = partial(mark, place=part.agency_id, kind="plan")
    DateMoveFactory(
        note=note,
        by=by,
        old_as_written=silent("By spring"),
        reason=silent("The trainer left"),
    )
    shown = f"Week,Course\n1,{said('Held for forty')}\n".encode()
    scope = row.recommendation.review.vault_scope
    return EvidenceFileFactory(
        note=note, name=said("courses"), stored=store(shown, name="courses.csv", scope=scope)
    )


def reported_done(review, part, *, by, mark):
    """A row that was sent back once and waits again; somebody looked whether practice changed."""
    said = partial(mark, review=review.reference, place=part.agency_id, kind="plan")
    one = RecommendationFactory(review=review)
    RecommendationLeadFactory(recommendation=one, participation=part)
    row = one.rows.live().get()
    reported = {
        "recommendation": one,
        "row": row,
        "participation": part,
        "by": by,
        "answer": Answer.REPORTED,
        "status": Status.REPORTED,
    }
    first = ProgressNoteFactory(note=said("All trained"), **reported)
    VerdictFactory(note=first, reason=said("Where is the register?"))
    ProgressNoteFactory(note=said("Here it is"), **reported)
    ImpactFactory(row=row, by=by, how=said("An audit"), by_whom=said("Quality group"))
    ImpactCheck.objects.create(row=row, due=timezone.localdate())
    row.status = Status.REPORTED
    row.save(update_fields=["status"])
    return row


def plan_import(review, *, by, mark):
    text = mark("Train every officer", review.reference, "team", "plan file")
    content = f"Recommendation,Lead agency,Target date\n{text},Ours Police,March 2021\n".encode()
    draft = plan_drafting.read_draft(content, "plan.csv", review)
    import_ = plans.upload(review, draft, content=content, by=by, key=uuid.uuid4())
    return plans.accept_mapping(import_)


def export_of(review, *, by, places):
    return Export.objects.create(
        review=review,
        key=uuid.uuid4(),
        format="xlsx",
        job_key=f"chronologies.export:{uuid.uuid4()}",
        by=by,
        stored=store(b"a workbook", name=f"{review.reference} chronology.xlsx"),
        places=places,
        rows=1,
    )


def _terms(rows, mark):
    """A version that went to one agency and the panel, and the draft of the next."""
    review, ours, by = rows.one, rows.ours.part, rows.chair
    version = begin_version(review, by=by, on=timezone.localdate())
    for step, place, kind in (("issued", ours.agency_id, "issued terms"), ("draft", "", "terms")):
        say = partial(mark, review=review.reference, place=place, kind=kind)
        version = change_frame(
            version,
            purposes=say("To learn"),
            scope_from=parse("2015").value,
            scope_reason=say("First call"),
            why=say("Agreed"),
            seen=version.changes,
            by=by,
        )
        rows.terms_text = add_term(
            version, kind="term", text=say("Was it known?"), by=by, key=uuid.uuid4()
        )
        if step == "issued":
            issue(version, participations=[ours], panel=True, by=by)
            rows.terms, version = version, begin_version(review, by=by, on=timezone.localdate())
    rows.terms_draft = version


def _unmarked(words, review, place, kind="file", beside=()):
    return words


def build(mark=_unmarked):
    """One world, with somebody in every role and placement. `mark` replaces the words of files."""
    world = World()
    rows = world.rows
    one_place, two_place = PartnershipFactory(), PartnershipFactory()
    ours, theirs, third, elsewhere = (
        AgencyFactory(name=name)
        for name in ("Ours Police", "Theirs Housing", "Third Trust", "Elsewhere School")
    )
    rows.one = one = ReviewFactory(partnership=one_place, stage=Stage.GATHERING)
    rows.two = two = ReviewFactory(partnership=two_place, stage=Stage.QUALITY_ASSURANCE)
    for review in (one, two):
        PersonFactory(review=review, pseudonym="MA 1")
    _register(rows, mark)

    rows.coordinator = with_role(Role.COORDINATOR, one)
    rows.chair = with_role(Role.CHAIR, one)
    rows.ours = part_with_rows(one, ours, mark=mark)
    rows.theirs = part_with_rows(one, theirs, mark=mark)
    rows.third = part_with_rows(one, third, mark=mark)
    rows.foreign = part_with_rows(two, ours, mark=mark)
    rows.foreign_body = part_with_rows(two, elsewhere, mark=mark)
    lead_together(rows, mark, report_on)
    answer_nationally(rows, mark)
    rows.row_waiting = reported_done(one, rows.ours.part, by=rows.ours.author, mark=mark)
    rows.context = EntryFactory(
        participation=None, review=one, created_by=rows.coordinator, doubts=[dict(DOUBT)]
    )
    rows.plan_import = plan_import(one, by=rows.chair, mark=mark)
    rows.plan_batch = PlanBatch.objects.create(key=uuid.uuid4(), by=rows.coordinator)
    rows.plan_batch.parts.create(plan_import=rows.plan_import, rows=1)
    bring_a_sheet(rows, mark)
    rows.export = export_of(one, by=rows.chair, places=[rows.ours.part.pk])
    rows.share = share(
        one,
        material=Material.CHRONOLOGY,
        with_role=Role.ACTION_LEAD,
        with_participation=rows.third.part,
        by=rows.chair,
    )
    install_house_wordings()
    rows.wording = WordingFactory(
        partnership=one_place, kind=Kind.AGENDA, title="Agenda", text="1. {{ meeting.date }}"
    )
    begin(rows, one, mark=mark)
    rows.task_list, rows.task = own_list(one_place)
    gone_through(one, by=rows.coordinator)
    mark_task(one, rows.task, by=rows.coordinator)
    _clock(rows)
    _letters(rows, mark)
    seat_panel(rows)
    keep_log(rows)
    go_on_beside(rows)
    _terms(rows, mark)
    meet(rows, mark)
    ask(rows, mark)
    interview_staff(rows, mark)
    hand_over(rows, mark)
    check_and_query(rows, mark)
    disagree(rows, mark)
    conclude(rows, mark)
    mark_entries(rows)
    keep_schedule(rows, mark)
    remind(rows)
    ask_for_updates_of_actions(rows)
    tie_the_thread(rows, mark)
    make_papers(rows)
    look_over_plans(rows, mark)
    change_actions(rows, mark)
    write_documents(rows, mark)
    draw_documents(rows)
    go_to_the_home_office(rows, mark)
    check_documents(rows, mark)
    release_documents(rows, mark)
    bring_word_files(rows, mark)
    look_through_files(rows, mark)
    begin_by_mistake(rows)
    _people(world)
    speak_of_the_draft(world, mark)
    rows.holder = RoleHolder.objects.get(
        user=world.placements["author_own"].user, role_group__role=Role.IMR_AUTHOR
    )
    rows.waited_for, _ = invite(
        email="waited@agency.example",
        role=Role.ACTION_LEAD,
        review=one,
        participation=rows.third.part,
        by=None,
    )
    _lend(world)
    rows.appointment = Appointment.objects.get(user=world.placements["board_reader"].user)
    rows.account = UserFactory(is_active=False)
    _, rows.secret = invite_account(email="invited@agency.example", by=None)
    return world


def _lend(world):
    """An author's role is lent to somebody; once for as long as the world stands (over midnight,
    too), once until yesterday, and no job has taken them out of the role's group."""
    rows, today = world.rows, timezone.localdate()
    lender = with_role(Role.IMR_AUTHOR, rows.one, rows.ours.part)

    def lend(name, *state):
        user = UserFactory()
        given = delegate(
            RoleHolder.objects.get(user=lender),
            email=user.email,
            until=today + timedelta(days=2),
            key=uuid.uuid4(),
            on=today,
        )
        world.add(name, user, *state)
        return given

    rows.delegation = lend("deputy_own")
    passed = today - timedelta(days=1)
    old = lend(
        "deputy_until_passed",
        lambda: Delegation.objects.filter(pk=old.pk).update(begins_on=passed, until=passed),
    )


def _clock(rows):
    rows.extension, rows.pause = start_clock(rows.one, by=rows.coordinator)
    partnership, begins = rows.one.partnership, date(2027, 1, 1)
    rows.rule_set = RuleSetFactory(partnership=partnership, effective_from=begins)
    TimeLimitFactory(rule_set=rows.rule_set)


def _letters(rows, mark):
    """A draft, and one that was sent, whose words nothing may replace any more."""
    by, to = rows.chair, rows.ours.part
    rows.letter = draft_letter(rows.one, by=by, participation=to)
    set_aside(draft_letter(rows.one, by=by, participation=to), because="Twice", by=by)
    said = [mark(words, rows.one.reference, "team", "letter") for words in ("A request", "Search")]
    rows.letter_sent = finished_letter(
        rows.one, by=by, participation=to, title=said[0], text=said[1], on=timezone.localdate()
    )
    rows.register_line = write_in_register(
        rows.letter_sent,
        what="sent",
        on=timezone.localdate(),
        today=timezone.localdate(),
        how="post",
        note="Tracked",
        by=by,
        key=uuid.uuid4(),
    )


def _register(rows, mark):
    """Each field of the register in use, and a version of it. What is sealed, no page shows."""
    rows.person = rows.one.people.get()

    def sealed(words):
        return mark(words, rows.one.reference, "team", "sealed")

    def dated(text):
        return replace(parse(text).value, text=sealed(text))

    for contact in ("By telephone", "By letter"):
        rows.identity = set_identity(
            rows.person,
            by=None,
            names=[sealed("Zara Quillfeather"), sealed("Zaz")],
            born=dated("3 March 1989"),
            died=dated("12 May 2024"),
            addresses=[sealed("9 Harbour Steps")],
            contact=sealed(contact),
            numbers=[sealed("NHS 999 000 0000")],
            note=sealed("Wears a red scarf"),
        )
    change_person(rows.person, seen=0, by=None, area="A town", reason="The family asked for it")
    child = PersonFactory(review=rows.one, pseudonym="FC 1", role="child")
    rows.relationship = relate(rows.person, other=child, kind="parent", note="Since birth", by=None)
    rows.person.refresh_from_db()


def _people(world):
    rows, add = world.rows, world.add
    one, two = rows.one, rows.two
    add("signed_out")
    add("stranger", UserFactory(password=make_password("three random words")))
    add("administrator", with_role(Role.ADMINISTRATOR))
    add("coordinator", rows.coordinator)
    add("chair", rows.chair)
    add("board_reader", with_role(Role.BOARD_READER, one))
    add("home_office_before", with_role(Role.HOME_OFFICE_READER, one))
    add(
        "home_office_at_qa",
        with_role(Role.HOME_OFFICE_READER, one),
        lambda: Review.objects.filter(pk=one.pk).update(stage=Stage.QUALITY_ASSURANCE),
    )
    add("panel_asked", rows.checker)
    _reached_by_shares(world, "panel", with_role(Role.PANEL_MEMBER, one), Role.PANEL_MEMBER)
    short = {
        Role.IMR_AUTHOR: "author",
        Role.SIGN_OFF_OFFICER: "officer",
        Role.ACTION_LEAD: "lead",
    }
    for role in AGENCY_ROLES:
        add(f"{short[role]}_own", with_role(role, one, rows.ours.part))
        add(f"{short[role]}_other", with_role(role, one, rows.theirs.part))
        add(f"{short[role]}_elsewhere", with_role(role, two, rows.foreign.part))
    author = with_role(Role.IMR_AUTHOR, one, rows.theirs.part)
    _reached_by_shares(world, "author_other", author, Role.IMR_AUTHOR, whose=rows.ours.part)
    for role in REVIEW_ROLES | {Role.COORDINATOR, Role.BOARD_READER}:
        add(f"{role}_elsewhere", with_role(role, two))


def _reached_by_shares(world, name, user, role, whose=None):
    """The same person without a share, with one, with one that was ended, with one too old."""
    rows = world.rows
    named = rows.theirs.part if whose else None

    def give():
        to = {"with_role": role, "with_participation": named, "by": rows.chair}
        kept = FOR_THE_PANEL_ALONE if role in AGENCY_ROLES else frozenset()
        for material in set(Material) - {Material.SUBMISSION} - kept:
            share(rows.one, material=material, participation=whose, **to)
        for each in (rows.ours, rows.theirs, rows.third):
            if whose in (None, each.part):
                share(rows.one, material=Material.SUBMISSION, submission=each.submission, **to)

    def end():
        Share.objects.filter(review=rows.one, with_role=role).update(
            withdrawn_at=timezone.now(), withdrawn_by=rows.chair
        )

    def age():
        Share.objects.filter(review=rows.one, with_role=role).update(
            until=timezone.localdate() - timedelta(days=1)
        )

    world.placements.setdefault(name, Placement(name, user))
    world.add(f"{name}_shared", user, give)
    world.add(f"{name}_unshared", user, give, end)
    world.add(f"{name}_until_passed", user, give, age)
    forget(user)
