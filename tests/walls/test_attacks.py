"""What was tried against the newer rooms by somebody who means it, and must never work again."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import close_account
from agencies.services import change_agency
from audit.models import EventType
from audit.services import record
from foundations.post.models import Message
from reviews.delegation.models import Delegation
from reviews.models import RoleHolder
from reviews.reminders.models import Mailing, Posting, Reminder
from reviews.reminders.services import send_reminders
from reviews.requests.models import Request, RequestMove
from reviews.requests.queries import people_of
from reviews.requests.services.chasing import chase
from reviews.requests.services.moving import return_request
from reviews.rules import Role
from reviews.services import (
    end_role,
    give_role,
    invite,
    merge_agencies,
    share,
    submit_chronology,
)
from reviews.submissions.services.handing import hand_in, return_inside, sign_off
from reviews.terms.queries import people_of as readers_of
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_reminders import (
    MailingFactory,
    MessageFactory,
    PostingFactory,
    ReminderFactory,
)
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import handed_in, report, with_file
from tests.walls.test_conflicts import in_conflict

pytestmark = pytest.mark.usefixtures("for_now")
NO_SUCH = 98765432
WHO_SEE_RECEIPTS = ("author_own", "officer_own", "coordinator", "chair")


def page(name, world, *more):
    return reverse(f"reviews:{name}", args=[world.rows.one.reference, *more])


def words(response):
    return " ".join(response.content.decode().split())


def client_of(world, name):
    return world.placements[name].client


# --- Numbers that tell who is there ---------------------------------------------------------------


@pytest.mark.parametrize("who", ["chair", "panel", "board_reader", "author_own", "lead_other"])
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("role-end", "holder"),
        ("invitation-again", "waited_for"),
        ("invitation-withdraw", "waited_for"),
        ("joint-end", "joint"),
    ],
)
def test_whoever_is_refused_is_refused_whatever_the_number(name, row, who, world):
    client, there = client_of(world, who), getattr(world.rows, row).pk

    statuses = {
        getattr(client, method)(page(name, world, pk)).status_code
        for pk in (there, NO_SUCH)
        for method in ("get", "post")
    }

    assert statuses == {403}


# --- Messages -------------------------------------------------------------------------------------


def lapsed(world):
    """The author's deputy on the day after, before any job has tidied it away."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rows = Delegation.objects.filter(pk=world.rows.delegation.pk)
    rows.update(begins_on=yesterday, until=yesterday)


def lender_gone(world):
    close_account(world.rows.delegation.given_by, by=None)


def in_conflict_with_ours(world):
    seat = PanelMemberFactory(review=world.rows.one, user=world.placements["deputy_own"].user)
    ConflictFactory(member=seat, participation=world.rows.ours.part)


@pytest.mark.parametrize("gone", [lapsed, lender_gone, in_conflict_with_ours])
def test_no_message_goes_to_somebody_whom_its_link_would_refuse(gone, world):
    rows, deputy = world.rows, world.placements["deputy_own"].user
    part = rows.ours.part
    before = [deputy in people_of(part), deputy in readers_of(rows.one, part)]

    gone(world)

    assert before == [True, True]
    assert deputy not in people_of(part)
    assert deputy not in readers_of(rows.one, part)
    assert client_of(world, "deputy_own").get(rows.request.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("gone", [lapsed, lender_gone, in_conflict_with_ours])
def test_nobody_is_reminded_of_what_they_cannot_open(gone, world):
    rows, deputy = world.rows, world.placements["deputy_own"].user
    gone(world)
    RoleHolder.objects.filter(role_group__participation=rows.ours.part).exclude(
        user=deputy
    ).delete()

    send_reminders(on=rows.request.due)

    assert not Mailing.objects.filter(user=deputy).exists()


def test_who_was_reminded_by_hand_is_not_told_of_an_agency_in_conflict(world):
    """The chair reminds it; the coordinator must not learn that it owes anything, nor who it is."""
    rows = world.rows
    in_conflict(world, "coordinator", rows.theirs.part)
    key = uuid.uuid4()
    chase([rows.theirs.request, rows.ours.request], by=rows.chair, key=key)
    theirs = world.placements["author_other"].user
    sent = Message.objects.get(key=f"chase:{key}:{theirs.pk}")
    client = client_of(world, "coordinator")

    listed = words(client.get(reverse("reviews:message-list")))

    assert theirs.email not in listed
    assert client.get(reverse("reviews:message-detail", args=[sent.pk])).status_code == 404
    assert world.placements["author_own"].user.email in listed


def test_who_acts_for_two_agencies_is_reminded_by_hand_of_both(world):
    rows, user = world.rows, world.placements["author_own"].user
    give_role(
        user=user, role=Role.IMR_AUTHOR, review=rows.one, participation=rows.third.part, by=None
    )

    chase([rows.ours.request, rows.third.request], by=rows.chair, key=uuid.uuid4())

    about = Posting.objects.filter(message__to=user.email, message__key__startswith="chase:")
    assert set(about.values_list("participation", flat=True)) == {
        rows.ours.part.pk,
        rows.third.part.pk,
    }


@pytest.mark.parametrize("other", ["two", "conflict"])
def test_words_of_a_message_that_is_about_more_are_not_shown(other, world, settings):
    """A reminder counts by reference: also the reviews of another partnership."""
    settings.DEMO = True
    rows = world.rows
    message = MessageFactory(body=f"Review {rows.two.reference}: 3")
    PostingFactory(review=rows.one, message=message)
    PostingFactory(
        review=rows.two if other == "two" else rows.one,
        participation=None if other == "two" else rows.theirs.part,
        message=message,
    )
    if other == "conflict":
        in_conflict(world, "coordinator", rows.theirs.part)

    shown = client_of(world, "coordinator").get(
        reverse("reviews:message-detail", args=[message.pk])
    )

    assert (shown.status_code, rows.two.reference in words(shown)) == (200, False)


def test_a_message_is_settled_in_ones_own_reviews_alone(world):
    rows = world.rows
    foreign = PostingFactory(review=rows.two, message=rows.ours.message)

    client_of(world, "coordinator").post(
        reverse("reviews:message-detail", args=[rows.ours.message.pk]), {"what": "settle"}
    )

    foreign.refresh_from_db()
    own = Posting.objects.filter(message=rows.ours.message, review=rows.one)
    assert foreign.settled_at is None
    assert not own.filter(settled_at=None).exists()


def test_why_did_i_get_this_tells_nothing_after_the_role_for_that_agency_ended(world):
    """Still in the review for another agency, they must not follow what the first one does."""
    rows, user = world.rows, world.placements["author_own"].user
    mailing = MailingFactory(user=user)
    ReminderFactory(
        mailing=mailing,
        review=rows.one,
        participation=rows.ours.part,
        rule="request",
        item=str(rows.request.pk),
    )
    client, url = client_of(world, "author_own"), mailing.get_absolute_url()
    before = words(client.get(url))
    give_role(
        user=user, role=Role.IMR_AUTHOR, review=rows.one, participation=rows.third.part, by=None
    )
    for holder in user.roles.filter(role_group__participation=rows.ours.part):
        end_role(holder, by=rows.coordinator)

    after = words(client.get(url))

    assert ("Still open" in before, "Still open" in after) == (True, False)
    assert rows.request.get_absolute_url() not in after


def test_a_reminder_of_ones_panel_is_ones_own_without_an_agency(world):
    user = world.placements["panel"].user
    reminder = ReminderFactory(mailing=MailingFactory(user=user), review=world.rows.one)
    other = User.objects.get(pk=world.placements["author_own"].user.pk)

    assert list(Reminder.objects.visible_to(User.objects.get(pk=user.pk))) == [reminder]
    assert not Reminder.objects.visible_to(other).filter(pk=reminder.pk).exists()


def test_tomorrow_says_nothing_of_an_agency_in_conflict_or_of_another_partnership(
    world, time_machine
):
    rows = world.rows
    in_conflict(world, "coordinator", rows.theirs.part)
    Request.objects.filter(pk=rows.theirs.request.pk).update(
        due=timezone.localdate() + timedelta(days=1)
    )
    url = reverse("reviews:message-tomorrow")

    told = {one.email for one in client_of(world, "coordinator").get(url).context["planned"]}

    assert world.placements["author_other"].user.email not in told
    assert world.placements["author_elsewhere"].user.email not in told


# --- Who has access, and invitations ----------------------------------------------------------------


def test_the_people_of_an_agency_in_conflict_are_not_on_the_list_of_access(world):
    rows, client = world.rows, client_of(world, "coordinator")
    theirs = world.placements["author_other"].user
    holder = theirs.roles.first()
    before = theirs.email in words(client.get(page("access", world)))
    in_conflict(world, "coordinator", rows.theirs.part)

    assert before
    assert theirs.email not in words(client.get(page("access", world)))
    assert client.post(page("role-end", world, holder.pk)).status_code == 404
    assert RoleHolder.objects.filter(pk=holder.pk).exists()


def test_withdrawing_an_invitation_leaves_what_one_must_not_see(world):
    rows = world.rows
    for part in (rows.ours.part, rows.theirs.part):
        user, _ = invite(
            email="both@agency.example",
            role=Role.ACTION_LEAD,
            review=rows.one,
            participation=part,
            by=None,
        )
    in_conflict(world, "coordinator", rows.theirs.part)

    response = client_of(world, "coordinator").post(page("invitation-withdraw", world, user.pk), {})

    left = user.roles.values_list("role_group__participation", flat=True)
    assert (response.status_code, list(left)) == (302, [rows.theirs.part.pk])


def test_looking_at_a_list_tells_nobody_who_has_an_account_elsewhere(world):
    rows = world.rows
    people = [
        world.placements["author_elsewhere"].user.email,
        world.placements["coordinator_elsewhere"].user.email,
        "nobody@agency.example",
    ]
    url, client = page("invite-many", world), client_of(world, "coordinator")

    rows = client.post(url, {"people": "\n".join(people), "role": "panel_member"}).context["rows"]

    assert {(row.outcome, row.said) for row in rows} == {(rows[2].outcome, rows[2].said)}


# --- Delegation -----------------------------------------------------------------------------------


def lend_form(key):
    last = timezone.localdate() + timedelta(days=5)
    return {
        "email": "colleague@agency.example",
        "until_day": last.day,
        "until_month": last.month,
        "until_year": last.year,
        "key": key,
    }


def test_the_key_of_anothers_delegation_lends_and_shows_nothing(world):
    rows, before = world.rows, Delegation.objects.count()
    url = page("delegation-create", world, rows.holder.pk)

    response = client_of(world, "author_own").post(url, lend_form(rows.delegation.pk))

    assert (response.status_code, Delegation.objects.count()) == (404, before)


def test_nobody_ends_or_sees_the_delegation_of_another_agency_by_its_number(world):
    given = world.rows.delegation.pk
    for who in ("author_other", "officer_other", "author_elsewhere", "lead_own", "panel"):
        client = client_of(world, who)
        assert client.post(page("delegation-end", world, given), {}).status_code == 404, who
    assert Delegation.objects.get(pk=given).ended_at is None


# --- Requests -------------------------------------------------------------------------------------


def test_a_link_tells_nobody_else_that_it_leads_anywhere(world):
    theirs = reverse("reviews:request-link", args=[world.rows.theirs.request.key])
    missing = reverse("reviews:request-link", args=[uuid.uuid4()])
    for who in ("author_own", "lead_other", "panel", "board_reader", "author_elsewhere"):
        answers = {client_of(world, who).get(url).status_code for url in (theirs, missing)}
        assert answers == {404}, who


def test_a_receipt_is_found_under_its_own_request_alone(world):
    rows = world.rows
    client = client_of(world, "author_own")
    for name in ("request-receipt", "request-receipt-file"):
        for request, receipt in (
            (rows.request, rows.receipt),
            (rows.nil, rows.theirs.receipt),
            (rows.theirs.nil, rows.theirs.receipt),
            (rows.nil, rows.request.moves.first()),
        ):
            url = page(name, world, request.pk, receipt.pk)
            assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["request-nil", "request-extension", "request-answer"])
def test_the_key_of_another_agencys_receipt_gives_none(name, world):
    rows = world.rows
    until = rows.question.due + timedelta(days=7)
    form = {
        "key": rows.theirs.receipt.key,
        "nil": "nothing_known",
        "text": "An answer",
        "reason": "A post is vacant",
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
    }
    before = RequestMove.objects.count()

    response = client_of(world, "author_own").post(page(name, world, rows.question.pk), form)

    assert (response.status_code, RequestMove.objects.count()) == (404, before)


def test_nobody_is_asked_or_reminded_across_a_conflict_by_naming_it(world):
    rows = world.rows
    in_conflict(world, "coordinator", rows.theirs.part)
    client, before = client_of(world, "coordinator"), Message.objects.count()
    due = timezone.localdate() + timedelta(days=20)
    form = {
        "kind": "question",
        "participations": [rows.theirs.part.pk],
        "what": "Was it received?",
        "why": "Contact was recorded",
        "due_day": due.day,
        "due_month": due.month,
        "due_year": due.year,
        "key": uuid.uuid4(),
    }

    refused = client.post(page("request-ask", world), form)
    everyone = client.post(
        page("request-ask", world), form | {"participations": [], "everyone": "on"}
    )
    client.post(
        page("request-chase", world), {"key": uuid.uuid4(), "request": [rows.theirs.request.pk]}
    )

    assert refused.status_code == 422
    assert rows.theirs.part not in [one.part for one in everyone.context["preview"]]
    assert Message.objects.count() == before


def test_the_print_for_the_panel_leaves_out_an_agency_in_conflict(world, monkeypatch):
    rows, printed = world.rows, []
    monkeypatch.setattr(
        "reviews.requests.views.files.render_pdf", lambda html: printed.append(html) or b"%PDF"
    )
    in_conflict(world, "chair", rows.theirs.part)

    client_of(world, "chair").get(page("request-board-file", world))

    assert rows.ours.part.agency.name in printed[0]
    assert rows.theirs.part.agency.name not in printed[0]


def test_an_unfinished_answer_is_read_by_its_agency_alone(world):
    rows = world.rows
    url = page("request-answer", world, rows.question.pk)

    shown = {
        who: "So far" in words(client_of(world, who).get(url))
        for who in ("author_own", "officer_own", "coordinator", "chair", "author_other")
    }

    assert {who for who, is_shown in shown.items() if is_shown} == {"author_own", "officer_own"}


def test_no_author_sends_a_returned_chronology_past_the_sign_off_officer(world):
    rows = world.rows
    request = asked(rows.ours.part, kind="chronology", by=rows.coordinator)
    submit_chronology(rows.ours.part, by=world.placements["officer_own"].user)
    until = timezone.localdate() + timedelta(days=9)
    return_request(request, by=rows.chair, key=uuid.uuid4(), reason="A gap", due=until)
    url = page("request-answer", world, request.pk)

    statuses = {
        who: client_of(world, who).post(url, {"key": uuid.uuid4()}).status_code
        for who in ("author_own", "deputy_own", "chair", "officer_own")
    }

    assert statuses == {"author_own": 403, "deputy_own": 403, "chair": 403, "officer_own": 302}


@pytest.mark.parametrize("state", ["asked", "opened", "in_progress", "returned", "nil"])
def test_nobody_sends_a_report_without_file_and_sign_off_by_answering_no_query(state, world):
    rows = world.rows
    request = asked(rows.ours.part, kind="report", by=rows.coordinator)
    Request.objects.filter(pk=request.pk).update(state=state)
    url = page("query-answers-send", world, request.pk)

    client_of(world, "author_own").post(url, {"key": uuid.uuid4()})

    request.refresh_from_db()
    assert request.state == state
    assert not request.moves.filter(what="submitted").exists()


# --- Agencies that become one ---------------------------------------------------------------------


def test_a_merge_shows_nobody_more_than_the_chair_shared(world):
    rows, entries = world.rows, type(world.rows.ours.entry).objects
    share(
        rows.one,
        material="chronology",
        participation=rows.theirs.part,
        with_role=Role.PANEL_MEMBER,
        by=rows.chair,
    )
    user = world.placements["panel"].user
    before = entries.visible_to(User.objects.get(pk=user.pk)).count()

    merge_agencies(rows.theirs.part.agency, into=rows.ours.part.agency, by=rows.coordinator)

    after = entries.visible_to(User.objects.get(pk=user.pk))
    assert before
    assert not after.filter(pk=rows.ours.entry.pk).exists()


# --- The trail ------------------------------------------------------------------------------------


def told(world, name):
    """Each line once: that the trail is read stands on it, and moves the rest on."""
    said, number = {}, 1
    while True:
        context = client_of(world, name).get(page("trail", world), {"page": number}).context
        said |= {line.seq: (line.who, line.what) for line in context["lines"]}
        if not context["page_obj"].has_next():
            return list(said.values())
        number += 1


def test_that_an_agency_in_conflict_read_or_took_something_is_not_told(world):
    rows = world.rows
    theirs = world.placements["author_other"].user
    client = client_of(world, "author_other")
    client.get(rows.theirs.request.get_absolute_url())
    client.get(page("request-asked-file", world, rows.theirs.request.pk))
    client.get(page("request-receipt", world, rows.theirs.nil.pk, rows.theirs.receipt.pk))
    sent = [rows.theirs.reported.pk, 1, rows.theirs.submission_file.pk]
    assert client.get(page("submission-download", world, *sent)).status_code == 200
    in_conflict(world, "chair", rows.theirs.part)

    assert str(theirs) in {who for who, _ in told(world, "coordinator")}
    assert str(theirs) not in {who for who, _ in told(world, "chair")}


def test_what_goes_to_and_fro_inside_an_agency_is_told_once_it_is_sent(world):
    rows = world.rows
    waiting = rows.submission_next
    by, officer = rows.ours.author, world.placements["officer_own"].user
    return_inside(waiting, by=officer, key=uuid.uuid4(), reason="Too short")

    def inside(who):
        return [what for _, what in told(world, who) if "returned inside" in what]

    before = {who: len(inside(who)) for who in ("coordinator", "chair")}
    hand_in(waiting, by=by, key=uuid.uuid4(), note="Longer")
    sign_off(waiting, by=officer, key=uuid.uuid4())

    assert {who: len(inside(who)) for who in before} == {who: n + 1 for who, n in before.items()}


def test_that_a_version_is_looked_at_inside_is_told_once_it_is_sent(world):
    rows, officer = world.rows, world.placements["officer_own"].user
    client, version = client_of(world, "officer_own"), rows.submission_next
    request = rows.reported

    client.get(page("submission-sign-off", world, request.pk))
    client.get(page("submission-file", world, request.pk, rows.submission_next_file.pk))

    told_of = {what for who, what in told(world, "chair") if who == str(officer)}
    assert not {what for what in told_of if "read for" in what or "downloaded" in what}
    sign_off(version, by=officer, key=uuid.uuid4())
    told_of = {what for who, what in told(world, "chair") if who == str(officer)}
    assert len([what for what in told_of if "read for" in what or "downloaded" in what]) == 2


def test_a_file_that_was_taken_out_before_sending_stays_inside_the_agency(world):
    rows = world.rows
    by, officer = world.placements["author_own"].user, world.placements["officer_own"].user
    request = asked(rows.ours.part, kind="report", by=rows.coordinator)
    version = handed_in(request=request, by=by, name="Too frank.docx")
    first = version.moves.get(what="handed_in")
    return_inside(version, by=officer, key=uuid.uuid4(), reason="Too frank")
    with_file(version, content=report("Put otherwise"), name="Sent.docx", by=by)
    hand_in(version, by=by, key=uuid.uuid4())
    url = page("submission-receipt", world, request.pk, first.pk)
    before = client_of(world, "chair").get(url).status_code
    sign_off(version, by=officer, key=uuid.uuid4())

    shown = {who: "Too frank" in words(client_of(world, who).get(url)) for who in WHO_SEE_RECEIPTS}

    assert before == 404
    assert {who for who, is_shown in shown.items() if is_shown} == {"author_own", "officer_own"}


def test_the_list_of_messages_does_not_tell_what_happens_inside_an_agency(world):
    rows, by = world.rows, world.placements["author_own"].user
    request = asked(rows.ours.part, kind="report", by=rows.coordinator)
    before = set(Message.objects.values_list("pk", flat=True))
    version = handed_in(request=request, by=by)
    return_inside(
        version, by=world.placements["officer_own"].user, key=uuid.uuid4(), reason="Too frank"
    )
    sent = Message.objects.exclude(pk__in=before)

    assert sent.filter(key__startswith="sign-off:").exists()
    assert sent.filter(key__startswith="back-inside:").exists()
    assert sent.values("subject").distinct().count() == 1


def test_who_has_left_the_agency_is_not_told_that_their_work_came_back(world):
    rows = world.rows
    by, officer = world.placements["author_own"].user, world.placements["officer_own"].user
    request = asked(rows.ours.part, kind="report", by=rows.coordinator)
    waiting = handed_in(request=request, by=by)
    for holder in by.roles.all():
        end_role(holder, by=rows.coordinator)

    return_inside(waiting, by=officer, key=uuid.uuid4(), reason="Too short")

    told = set(
        Message.objects.filter(
            key__startswith=f"back-inside:{waiting.moves.last().pk}:"
        ).values_list("to", flat=True)
    )
    assert by.email not in told
    assert officer.email in told


def test_what_the_people_of_an_agency_in_conflict_did_is_not_told_without_its_name_either(world):
    rows, theirs = world.rows, world.placements["officer_other"].user
    record(EventType.TERMS_READ, by=theirs, review=rows.one, version=1)
    in_conflict(world, "chair", rows.theirs.part)

    assert str(theirs) in {who for who, _ in told(world, "coordinator")}
    assert str(theirs) not in {who for who, _ in told(world, "chair")}


def test_the_trail_does_not_tell_an_agency_in_conflict_by_its_former_name(world):
    rows = world.rows
    agency = rows.theirs.part.agency
    former = agency.name
    change_agency(
        agency, by=None, name="Renamed Homes", short_name="", kind=agency.kind, aliases=()
    )
    in_conflict(world, "chair", rows.theirs.part)

    def names(who):
        return any(former in what for _, what in told(world, who))

    assert (names("coordinator"), names("chair")) == (True, False)
