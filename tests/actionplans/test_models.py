import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplans.models import Action, Milestone, ProgressNote, Recommendation, Status, Update
from foundations.dates import parse
from reviews.access import forget
from reviews.rules import Material, Role
from reviews.services import give_role, share
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2024, 6, 15)


@pytest.fixture
def led():
    """Two recommendations of one review, each led by another agency."""
    review = ReviewFactory()
    links = [
        RecommendationLeadFactory(
            recommendation=RecommendationFactory(review=review, position=position),
            participation__review=review,
        )
        for position in (1, 2)
    ]
    return review, [link.recommendation for link in links], [link.participation for link in links]


def seen_by(user):
    return list(Recommendation.objects.visible_to(user))


# --- The only door ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR], ids=lambda role: role.value)
def test_whoever_reads_the_plan_sees_every_row(led, role):
    review, rows, _ = led

    assert seen_by(with_role(role, review)) == rows


@pytest.mark.parametrize(
    "role", [Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD], ids=lambda role: role.value
)
def test_an_agency_sees_what_it_leads(led, role):
    review, rows, parts = led

    assert seen_by(with_role(role, review, parts[0])) == [rows[0]]


def test_a_panel_member_sees_nothing_until_it_is_shared(led):
    review, rows, _ = led
    member = with_role(Role.PANEL_MEMBER, review)
    before = seen_by(member)
    share(
        review,
        material=Material.ACTION_PLAN,
        with_role=Role.PANEL_MEMBER,
        by=with_role(Role.CHAIR, review),
    )
    forget(member)

    assert (before, seen_by(member)) == ([], rows)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COORDINATOR], ids=lambda role: role.value)
def test_the_same_role_in_another_review_sees_nothing(led, role):
    assert seen_by(with_role(role, ReviewFactory())) == []


def test_an_administrator_sees_nothing(led):
    assert seen_by(with_role(Role.ADMINISTRATOR)) == []


def test_a_row_that_two_of_my_agencies_lead_is_one_row(led):
    review, rows, parts = led
    RecommendationLeadFactory(recommendation=rows[0], participation=parts[1])
    person = with_role(Role.ACTION_LEAD, review, parts[0])
    give_role(user=person, role=Role.ACTION_LEAD, review=review, participation=parts[1], by=None)
    forget(person)

    assert seen_by(person) == rows
    assert Recommendation.objects.visible_to(person).count() == 2


@pytest.mark.parametrize(
    ("model", "factory"),
    [
        (Action, ActionFactory),
        (Milestone, MilestoneFactory),
        (Update, UpdateFactory),
        (ProgressNote, ProgressNoteFactory),
    ],
)
def test_what_hangs_on_a_row_is_seen_with_it(led, model, factory):
    review, rows, parts = led
    own, _ = [factory(recommendation=row) for row in rows]

    assert list(model.objects.visible_to(with_role(Role.ACTION_LEAD, review, parts[0]))) == [own]


# --- Due and overdue ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "values", "overdue"),
    [
        ("31.05.2024", {}, True),
        ("June 2024", {}, False),  # its last day is still to come
        ("15.06.2024", {}, False),  # today
        ("2023", {}, True),
        ("", {}, False),
        ("ongoing", {}, False),
        ("May 2024", {"status": Status.DONE}, False),
        ("May 2024", {"status": Status.SUPERSEDED}, False),
        ("May 2024", {"status": Status.AT_RISK}, True),
        ("May 2024", {"claimed_status": "completed"}, False),
        ("May 2024", {"claimed_status": "in progress"}, True),
        ("May 2024", {"claimed_status": "completed", "status": Status.ON_TRACK}, True),
        ("May 2024", {"decision": "rejected"}, False),
    ],
)
def test_overdue_is_past_the_last_day_it_can_mean(due, values, overdue):
    RecommendationFactory(due=due, **values)

    assert Recommendation.objects.overdue(on=ON).exists() is overdue


def test_one_of_which_nothing_is_followed_is_overdue_by_its_own_date():
    one = RecommendationFactory(due="May 2024")
    one.rows.update(ended_at=timezone.now())

    assert list(Recommendation.objects.overdue(on=ON)) == [one]


@pytest.mark.parametrize(
    ("own", "of_actions", "found"),
    [
        ("May 2024", ["June 2027", "July 2027"], "neither"),
        ("June 2027", ["June 2027", "May 2024"], "overdue"),
        ("May 2024", ["August 2024", "June 2027"], "soon"),
        ("May 2024", ["June 2027", "ongoing"], "undated"),
    ],
)
def test_its_actions_say_when_it_is_due(own, of_actions, found):
    one = RecommendationFactory(due=own)
    for due in of_actions:
        ActionFactory(recommendation=one, target=parse(due).value)
    lists = {
        "overdue": Recommendation.objects.overdue(on=ON),
        "soon": Recommendation.objects.due_between(ON, dt.date(2024, 9, 1)),
        "undated": Recommendation.objects.without_date(),
    }

    assert [name for name, rows in lists.items() if rows.exists()] == [
        name for name in lists if name == found
    ]


def test_without_date_are_those_that_cannot_be_late():
    undated = [RecommendationFactory(due=""), RecommendationFactory(due="ongoing")]
    RecommendationFactory(due="May 2024")

    assert set(Recommendation.objects.without_date()) == set(undated)


def test_due_between_counts_the_last_day():
    soon = RecommendationFactory(due="August 2024")
    RecommendationFactory(due="2024")

    assert list(Recommendation.objects.due_between(ON, dt.date(2024, 9, 1))) == [soon]


# --- Claims -------------------------------------------------------------------------------------


def test_a_claim_with_nothing_behind_it_is_found():
    bare = RecommendationFactory(claimed_status="completed")
    RecommendationFactory(claimed_status="in progress")

    assert list(Recommendation.objects.claimed_without_evidence()) == [bare]


@pytest.mark.parametrize(
    "factory", [ActionFactory, MilestoneFactory, UpdateFactory, ProgressNoteFactory]
)
def test_a_claim_with_something_behind_it_is_not(factory):
    factory(recommendation__claimed_status="completed")

    assert list(Recommendation.objects.claimed_without_evidence()) == []


def test_a_claim_with_an_outcome_is_backed():
    RecommendationFactory(claimed_status="completed", outcome="Two hundred officers attended.")

    assert list(Recommendation.objects.claimed_without_evidence()) == []


# --- Promises of the database -------------------------------------------------------------------


def test_a_note_is_never_changed():
    note = ProgressNoteFactory()
    note.note = "Something else"

    with pytest.raises(ValidationError):
        note.save()


def test_a_note_is_never_removed():
    note = ProgressNoteFactory()

    with pytest.raises(ValidationError):
        note.delete()


def test_an_agency_leads_a_row_once():
    link = RecommendationLeadFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationLeadFactory(
            recommendation=link.recommendation, participation=link.participation
        )


def test_nothing_is_part_of_itself():
    one = RecommendationFactory()
    one.parent = one

    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_a_note_confirms_something():
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressNoteFactory(status=Status.UNCONFIRMED)


def test_where_names_the_place_in_the_file():
    one = RecommendationFactory(part_kind="table", part="1", row=12)

    assert one.where == "table 1, row 12"


def test_agencies_of_a_lead_are_unique_per_row_but_not_per_review():
    review = ReviewFactory()
    part = ParticipationFactory(review=review)
    rows = [RecommendationFactory(review=review) for _ in range(2)]
    for row in rows:
        RecommendationLeadFactory(recommendation=row, participation=part)

    assert set(Recommendation.objects.led_by(part)) == set(rows)
