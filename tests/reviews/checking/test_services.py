"""Checklists as data, going through one, and whom the chair asked to."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from chronologies.models import Entry
from foundations.post.models import Message
from reviews.checking import lists
from reviews.checking.house import ITEMS
from reviews.checking.models import Checked, Checklist, CheckMark, QualityCheck
from reviews.checking.queries import lines_of, newest_marks, receipts_of, summary_of
from reviews.checking.services import asking, marking
from reviews.checking.services.marking import Marked
from reviews.panel.services import declaring, members
from reviews.querying.models import Query
from reviews.requests.models import Request
from reviews.requests.services import moving
from reviews.requests.states import NotNow
from reviews.rules import Role
from reviews.submissions.models import Submission
from reviews.versions import NewerVersion
from tests.conftest import with_role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_checking import asked_to_check, items_of, marked, panel_member
from tests.factories.reviews_proceedings import ProceedingFactory, hold
from tests.factories.reviews_querying import in_days, raised, sent
from tests.factories.reviews_requests import answered_nil, asked, submitted
from tests.factories.reviews_submissions import prepared, report
from tests.factories.reviews_submissions import sent as handed_in

pytestmark = pytest.mark.django_db


def key():
    return uuid.uuid4()


@pytest.fixture
def part():
    return ParticipationFactory()


def again(user):
    """The same person in their next request."""
    return User.objects.get(pk=user.pk)


# --- Checklists ---------------------------------------------------------------------------------


def test_the_house_has_a_list_for_each_kind_of_thing_that_is_checked():
    lists.install()
    lists.install()

    assert set(ITEMS) == set(Checked)
    assert Checklist.objects.filter(partnership=None).count() == len(Checked)
    codes = set(Checklist.objects.get(kind="imr").items.values_list("code", flat=True))
    asked_for = {"independence", "terms", "chronology", "analysis", "smart", "equality"}
    assert asked_for <= codes


def make(partnership, **more):
    seen = lists.newest_for("imr", partnership)
    said = {
        "kind": "imr",
        "partnership": partnership,
        "title": "Local",
        "source": "Our protocol",
        "effective_from": today(),
        "items": [{"code": "own", "question": "Is it readable?"}],
        "seen": seen,
        "by": UserFactory(),
        "on": today(),
    }
    return lists.make_version(**said | more)


def test_a_partnerships_own_list_counts_from_its_day_and_for_itself_alone():
    ours, other = PartnershipFactory(), PartnershipFactory()

    later = make(ours, effective_from=today(2))

    assert lists.checklist_for("imr", ours, today()).is_house
    assert lists.checklist_for("imr", ours, today(2)) == later
    assert lists.checklist_for("imr", other, today(2)).is_house


def test_a_list_is_not_made_over_one_that_nobody_saw():
    ours = PartnershipFactory()
    house = lists.newest_for("imr", ours)
    make(ours)

    with pytest.raises(NewerVersion):
        make(ours, seen=house)


def test_an_empty_list_is_refused():
    with pytest.raises(ValidationError, match="at least one"):
        make(PartnershipFactory(), items=[])


# --- Going through one --------------------------------------------------------------------------


def test_each_save_keeps_what_is_new_and_the_marks_before_stay(part):
    request = submitted(part, kind="imr")
    first, second = items_of(request)[:2]
    by = UserFactory()
    receipt = receipts_of(request).first()

    check = marking.mark(
        receipt, [Marked(first.pk, "met", "", 0), Marked(second.pk, "", "", 0)], by=by
    )
    seen = newest_marks(check)[first.pk].pk
    marking.mark(receipt, [Marked(first.pk, "partly", "Page 3", seen)], by=by)

    assert CheckMark.objects.count() == 2
    line = lines_of(check)[0]
    assert (line.mark.outcome, line.mark.note) == ("partly", "Page 3")
    assert [mark.outcome for mark in line.earlier] == ["met"]
    assert QualityCheck.objects.count() == 1


def test_saving_the_same_again_marks_nothing(part):
    request = submitted(part, kind="imr")
    check = marked(request)
    marks = newest_marks(check)
    n = CheckMark.objects.count()

    marking.mark(
        receipts_of(request).first(),
        [Marked(pk, "met", "", mark.pk) for pk, mark in marks.items()],
        by=UserFactory(),
    )

    assert CheckMark.objects.count() == n


def test_nobody_marks_over_what_somebody_else_marked_meanwhile(part):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]
    marked(request, only=1)

    with pytest.raises(marking.MarkedMeanwhile) as late:
        marking.mark(
            receipts_of(request).first(), [Marked(item.pk, "not_met", "", 0)], by=UserFactory()
        )

    assert late.value.args[0] == [item.pk]


def test_a_check_is_finished_once_every_item_is_marked(part):
    request, by = submitted(part, kind="imr"), UserFactory()
    with pytest.raises(marking.NotAllMarked) as missing:
        marked(request, only=2, finish=True)

    assert missing.value.args[0] == len(items_of(request)) - 2
    assert not CheckMark.objects.exists()
    check = marked(request, by=by, finish=True)
    assert (check.is_over, check.finished_by) == (True, by)
    assert summary_of(lines_of(check)) == f"{len(items_of(request))} met"


def test_nothing_is_marked_in_a_finished_check(part):
    request = submitted(part, kind="imr")
    marked(request, finish=True)

    with pytest.raises(NotNow, match="finished already"):
        marked(request, outcome="partly")


def test_what_comes_next_has_a_check_of_its_own(part):
    request = submitted(part, kind="imr")
    first = marked(request, finish=True)
    moving.return_request(request, by=UserFactory(), key=key(), reason="Gaps", due=in_days())
    moving.submit(request, by=UserFactory(), key=key())

    second = marked(request, outcome="partly")

    assert first.receipt != second.receipt
    assert set(request.checks.all()) == {first, second}
    assert newest_marks(first).popitem()[1].outcome == "met"


def test_a_check_goes_on_with_the_list_that_it_was_begun_with(part):
    request = submitted(part, kind="imr")
    check = marked(request, only=1)
    make(part.review.partnership)

    again = marked(request, outcome="met", only=1)

    assert again.checklist == check.checklist


def test_the_database_keeps_marks_as_they_are(part):
    marked(submitted(part, kind="imr"), only=1)

    for change in ("delete from reviews_checkmark", "update reviews_checkmark set note = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


# --- Asking somebody of the panel ---------------------------------------------------------------


def test_who_is_asked_sees_what_came_and_nothing_else(part):
    submission = handed_in(part)
    other = handed_in(ParticipationFactory(review=part.review))
    member = panel_member(part.review)
    assert list(Submission.objects.visible_to(member.user)) == []

    asked_to_check(submission.request, member=member)

    user = again(member.user)
    assert list(Submission.objects.visible_to(user)) == [submission]
    assert list(Request.objects.to_check_by(user)) == [submission.request]
    assert other not in Submission.objects.visible_to(user)
    assert list(Request.objects.visible_to(user)) == []
    (told,) = Message.objects.filter(to=member.user.email)
    assert part.agency.name not in told.body + told.subject


def test_a_version_in_preparation_is_not_theirs(part):
    submission = handed_in(part)
    moving.return_request(
        submission.request, by=UserFactory(), key=key(), reason="Gaps", due=in_days()
    )
    prepared(request=submission.request, content=report("Seen again"))
    member = panel_member(part.review)

    asked_to_check(submission.request, member=member)

    assert list(Submission.objects.visible_to(again(member.user))) == [submission]


def test_who_checks_a_chronology_reads_that_agencys_alone(part):
    from reviews.services import submit_chronology

    request = asked(part, kind="chronology")
    entry = EntryFactory(participation=part, review=part.review)
    EntryFactory(participation=ParticipationFactory(review=part.review), review=part.review)
    submit_chronology(part, by=UserFactory())
    member = panel_member(part.review)

    asked_to_check(request, member=member)

    assert list(Entry.objects.visible_to(again(member.user))) == [entry]


def test_who_is_asked_sees_the_queries_also_before_they_go(part):
    request = submitted(part, kind="imr")
    query, other = raised(request), sent(part)
    member = panel_member(part.review)

    asked_to_check(request, member=member)

    assert list(Query.objects.visible_to(again(member.user))) == [query]
    assert other not in Query.objects.visible_to(again(member.user))


@pytest.mark.parametrize(
    "how", ["ended", "left", "conflict", "whole conflict", "role ended", "hold"]
)
def test_it_ends_at_once(part, how):
    submission = handed_in(part)
    marked(submission.request, only=1)
    member = panel_member(part.review)
    given = asked_to_check(submission.request, member=member)
    by = UserFactory()

    match how:
        case "ended":
            asking.end_asking(given, by=by)
        case "left":
            members.leave(member, on=today(), because="Retired", by=by)
        case "hold":
            trial = ProceedingFactory(review=part.review)
            hold(trial, "sharing", starts_on=today(), today=today())
        case "role ended":
            from reviews.services import end_role

            end_role(member.user.roles.get(), by=by)
        case _:
            declaring.record_conflict(
                member,
                key=key(),
                nature="Worked there",
                declared_on=today(),
                participation=part if how == "conflict" else None,
                by=by,
            )

    user = again(member.user)
    assert list(Request.objects.to_check_by(user)) == []
    for model in (Submission, QualityCheck, CheckMark, Query):
        assert list(model.objects.visible_to(user)) == []


def test_ending_it_twice_is_told(part):
    given = asked_to_check(submitted(part, kind="imr"))
    asking.end_asking(given, by=UserFactory())

    with pytest.raises(asking.AlreadyEnded):
        asking.end_asking(given, by=UserFactory())


def test_nobody_is_asked_who_may_not_see_it(part):
    request = submitted(part, kind="imr")
    of_agency = panel_member(part.review, agency=part.agency, organisation="")
    elsewhere = panel_member(ParticipationFactory().review)
    in_conflict = panel_member(part.review)
    declaring.record_conflict(
        in_conflict,
        key=key(),
        nature="Kin",
        declared_on=date(2026, 1, 1),
        participation=part,
        by=UserFactory(),
    )

    for member in (of_agency, elsewhere, in_conflict):
        with pytest.raises(ValidationError, match="somebody of the panel"):
            asked_to_check(request, member=member)


@pytest.mark.parametrize("make_request", [asked, answered_nil])
def test_nothing_is_checked_before_it_came(part, make_request):
    with pytest.raises(NotNow, match="Nothing has come"):
        asked_to_check(make_request(part, kind="imr"))


def test_what_was_found_is_never_the_agencys(part):
    request = submitted(part, kind="imr")
    marked(request, only=1, note="Thin on analysis")
    author = with_role(Role.IMR_AUTHOR, part.review, part)

    for model in (QualityCheck, CheckMark):
        assert list(model.objects.visible_to(author)) == []
    assert CheckMark.objects.visible_to(with_role(Role.CHAIR, part.review)).exists()
