import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Status
from actionplans.progress import queries, services, settling
from actionplans.progress.mine import my_rows
from actionplans.progress.models import Answer, ProgressNote
from actionplans.progress.settled import Impact, ImpactCheck, Verdict
from actionplans.progress.settling import ChangedMeanwhile
from actionplans.rows.models import PlanRow
from foundations.post.models import Message
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import ActionFactory, RecommendationLeadFactory, UpdateFactory
from tests.factories.actionplans_progress import ImpactFactory, VerdictFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 5, 1)


@pytest.fixture
def row():
    review = ReviewFactory(stage=Stage.MONITORING)
    link = RecommendationLeadFactory(recommendation__review=review, participation__review=review)
    return link.recommendation.rows.get()


def report(row, answer=Answer.REPORTED, **values):
    row.refresh_from_db()
    said = {"words": "All trained", "evidence": "Register", "by": UserFactory()} | values
    note = services.report(
        row, answer=answer, key=uuid.uuid4(), seen=row.told_at, participation=row.lead, **said
    )
    row.refresh_from_db()
    return note


def settle(note, accepted, **values):
    verdict = settling.settle(note, is_accepted=accepted, by=UserFactory(), on=ON, **values)
    note.row.refresh_from_db()
    return verdict


def address(name, row):
    return reverse(f"actionplans:{name}", args=[row.review.reference, row.pk])


# --- Accepted, or sent back ---------------------------------------------------------------------


def test_what_is_accepted_is_done_and_looked_at_in_half_a_year(row):
    verdict = settle(report(row), True)

    row.refresh_from_db()
    assert (row.status, row.done_at) == (Status.DONE, verdict.at)
    assert row.impact_check.due == dt.date(2026, 11, 1)


def test_done_is_reported_until_somebody_accepts_it(row):
    by = with_role(Role.COORDINATOR, row.review)

    def told():
        update, *_ = queries.updates_of(row, by)
        return update.said, update.colour

    note = report(row)
    assert told() == ("Reported done", "turquoise")
    settle(note, True)
    assert told() == ("Accepted as done", "green")


def test_another_day_to_look_can_be_set(row):
    settle(report(row), True, look_on=dt.date(2027, 1, 1))

    assert ImpactCheck.objects.get().due == dt.date(2027, 1, 1)


def test_what_is_sent_back_stands_as_before_however_often_it_was_reported(row):
    report(row, Answer.AT_RISK)
    report(row)
    note = report(row)

    settle(note, False, reason="Where is the register?")

    row.refresh_from_db()
    assert (row.status, row.done_at) == (Status.AT_RISK, None)


def test_sending_back_says_why(row):
    with pytest.raises(ValidationError) as refusal:
        settle(report(row), False, reason=" ")

    assert refusal.value.message_dict == {"reason": ["Say what is missing"]}


def test_the_agency_is_told_the_reference_and_nothing_else(row):
    lead = with_role(Role.ACTION_LEAD, row.review, row.lead)

    settle(report(row, by=lead), False, reason="Where is the register?")

    message = Message.objects.get()
    assert message.to == lead.email
    assert row.review.reference in message.body
    for word in ("register", "All trained", row.lead.agency.name, row.text):
        assert word not in message.body + message.subject


def test_the_same_again_changes_nothing_and_the_other_is_refused(row):
    note = report(row)
    first = settle(note, True)

    assert settle(note, True) == first
    with pytest.raises(ChangedMeanwhile):
        settle(note, False, reason="Late")


def test_what_was_overtaken_is_not_accepted(row):
    note = report(row)
    report(row, Answer.SLIPPED)

    with pytest.raises(ChangedMeanwhile):
        settle(note, True)


def test_no_longer_right_is_settled_the_same_way(row):
    report(row, Answer.ON_TRACK)
    settle(report(row, Answer.SUPERSEDED), True)

    row.refresh_from_db()
    assert (row.status, row.done_at) == (Status.SUPERSEDED, None)
    assert not ImpactCheck.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.COORDINATOR, 200), (Role.CHAIR, 200), (Role.ACTION_LEAD, 403)]
)
def test_who_accepts(client, sign_in, row, role, status):
    report(row)
    sign_in(role, row.review, row.lead if role == Role.ACTION_LEAD else None)

    assert client.get(address("row-settle", row)).status_code == status


def test_the_coordinator_accepts_on_a_page(client, sign_in, row):
    report(row)
    sign_in(Role.COORDINATOR, row.review)

    refused = client.post(address("row-settle", row), {"verdict": "returned"})
    answer = client.post(
        address("row-settle", row),
        {"verdict": "accepted", "look_on_day": "1", "look_on_month": "2", "look_on_year": "2090"},
    )

    assert (refused.status_code, answer.status_code) == (422, 302)
    row.refresh_from_db()
    assert row.status == Status.DONE
    assert client.get(address("row-settle", row)).url == row.get_absolute_url()


# --- Claims -------------------------------------------------------------------------------------


def test_claims_stay_claims_until_confirmed_and_bare_ones_come_first(client, sign_in, row):
    one = row.recommendation
    one.claimed_status = "completed"
    one.save()
    UpdateFactory(recommendation=one)
    bare = RecommendationLeadFactory(
        recommendation__review=row.review,
        recommendation__claimed_status="completed",
        participation__review=row.review,
    ).recommendation.rows.get()
    coordinator = sign_in(Role.COORDINATOR, row.review)

    assert list(queries.claimed(row.review, coordinator)) == [bare, row]
    page = client.get(reverse("actionplans:to-settle", args=[row.review.reference]))
    assert "Claimed completed, nothing shows it" in page.content.decode()

    settle(report(bare), True)
    assert list(queries.claimed(row.review, coordinator)) == [row]


# --- Whether practice changed -------------------------------------------------------------------


def tell(row, **values):
    said = {"changed": "partly", "how": "An audit", "by_whom": "Quality group"} | values
    return settling.tell_impact(row, by=UserFactory(), key=uuid.uuid4(), on=ON, **said)


def test_an_impact_check_is_due_answered_and_due_again(row):
    coordinator = with_role(Role.COORDINATOR, row.review)
    settle(report(row), True)

    def due(on):
        return [one.row for one in queries.to_settle(row.review, coordinator, on=on).due]

    assert (due(dt.date(2026, 10, 31)), due(dt.date(2026, 11, 1))) == ([], [row])
    tell(row, look_again=dt.date(2027, 6, 1))
    assert (due(dt.date(2026, 11, 1)), due(dt.date(2027, 6, 1))) == ([], [row])
    tell(row, changed="yes")
    assert due(dt.date(2030, 1, 1)) == []
    assert [one.changed for one in row.impacts.all()] == ["yes", "partly"]


def test_only_what_was_accepted_is_asked_about(row):
    with pytest.raises(ChangedMeanwhile):
        tell(row)


def test_answers_are_never_changed(row):
    note = report(row)
    for one in (VerdictFactory(note=note), ImpactFactory(row=row, by=None)):
        with pytest.raises(ValidationError):
            one.save()
        rows = type(one).objects.filter(pk=one.pk)
        for change in (lambda rows=rows: rows.update(by=UserFactory()), rows.delete):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                change()
    assert (Verdict.objects.count(), Impact.objects.count()) == (1, 1)


def test_the_lead_says_whether_practice_changed(client, sign_in, row):
    settle(report(row), True)
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    said = {"changed": "no", "how": "Nobody uses it", "by_whom": "Team", "key": uuid.uuid4()}

    refused = client.post(address("row-impact", row), {"changed": "no", "key": uuid.uuid4()})
    answers = [client.post(address("row-impact", row), said).status_code for _ in range(2)]

    assert (refused.status_code, answers) == (422, [302, 302])
    assert "Nobody uses it" in client.get(row.get_absolute_url()).content.decode()
    assert Impact.objects.count() == 1


# --- Mine ---------------------------------------------------------------------------------------


def test_mine_are_those_of_my_agency_late_and_silent_first(client, sign_in, row):
    part, now = row.lead, timezone.now()
    other = ParticipationFactory(review=row.review)
    theirs = ActionFactory(recommendation=row.recommendation, lead=other, text="Theirs").row
    quiet, late, told, asked = (
        ActionFactory(recommendation=row.recommendation, lead=part).row for _ in range(4)
    )
    PlanRow.objects.filter(pk=late.pk).update(due=ON - dt.timedelta(days=1), told_at=now)
    PlanRow.objects.filter(pk=told.pk).update(told_at=now)
    PlanRow.objects.filter(pk=asked.pk).update(status=Status.REPORTED, told_at=now)
    user = sign_in(Role.ACTION_LEAD, row.review, part)

    assert list(my_rows(user, on=ON, now=now)) == [late, quiet, told, asked]
    page = client.get(reverse("actionplans:my-rows")).content.decode()
    assert address("row-update", quiet) in page
    assert theirs.text not in page
    home = client.get(reverse("desk:home")).context["told_of"]
    assert [task["title"] for task in home] == ["Your actions"]


def test_mine_are_silent_as_soon_as_on_the_dashboards(row):
    now = timezone.now()
    dated, silent = (
        ActionFactory(recommendation=row.recommendation, lead=row.lead).row for _ in range(2)
    )
    PlanRow.objects.filter(pk=dated.pk).update(due=ON + dt.timedelta(days=9), told_at=now)
    PlanRow.objects.filter(pk=silent.pk).update(told_at=now - dt.timedelta(days=33))
    user = with_role(Role.ACTION_LEAD, row.review, row.lead)

    assert list(my_rows(user, on=ON, now=now)) == [silent, dated]


@pytest.mark.parametrize("count", [1, 3])
def test_my_actions_ask_as_often_for_many(count, client, sign_in, row, django_assert_num_queries):
    for _ in range(count):
        ActionFactory(recommendation=row.recommendation, lead=row.lead)
    sign_in(Role.ACTION_LEAD, row.review, row.lead)
    client.get(reverse("actionplans:my-rows"))

    with django_assert_num_queries(MINE):
        client.get(reverse("actionplans:my-rows"))


MINE = 9


def test_somebody_without_actions_is_told_so(client, sign_in, row):
    sign_in(Role.BOARD_READER, row.review)

    assert "Nothing to do" in client.get(reverse("actionplans:my-rows")).content.decode()
    assert ProgressNote.objects.count() == 0
