import pytest

from actionplans.models import Action, Recommendation, Status
from actionplans.rows.models import JointLead, PlanRow
from actionplans.rows.services import follow, together
from foundations.dates import parse
from reviews.rules import Role
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


def live(one):
    return list(PlanRow.objects.filter(recommendation=one).live().order_by("pk"))


def lead_of(part):
    return with_role(Role.ACTION_LEAD, part.review, part)


def test_a_recommendation_without_actions_is_followed_itself():
    link = RecommendationLeadFactory(recommendation__due="March 2027")

    (row,) = live(link.recommendation)

    assert (row.action, row.lead, str(row.due)) == (None, link.participation, "2027-03-31")


def test_each_action_is_followed_instead_of_its_recommendation():
    link = RecommendationLeadFactory()
    (whole,) = live(link.recommendation)
    note = ProgressNoteFactory(row=whole, recommendation=link.recommendation)

    first, second = (ActionFactory(recommendation=link.recommendation) for _ in range(2))

    whole.refresh_from_db()
    assert whole.ended_at is not None
    assert list(whole.progress_notes.all()) == [note]
    assert [row.action for row in live(link.recommendation)] == [first, second]
    assert {row.lead for row in live(link.recommendation)} == {link.participation}


def test_one_that_only_introduces_its_parts_is_not_followed():
    whole = RecommendationFactory()
    part = RecommendationFactory(review=whole.review, parent=whole)
    follow(whole.review)

    assert (len(live(whole)), len(live(part))) == (0, 1)


def test_an_action_has_its_own_lead_joint_leads_and_target():
    link = RecommendationLeadFactory(recommendation__due="2030")
    other, joint = (
        ParticipationFactory(review=link.recommendation.review),
        ParticipationFactory(review=link.recommendation.review),
    )
    action = ActionFactory(
        recommendation=link.recommendation, lead=other, target=parse("1 May 2028").value
    )
    JointLead.objects.create(action=action, participation=joint)

    follow(link.recommendation.review)

    (row,) = live(link.recommendation)
    assert (row.lead, str(row.due)) == (other, "2028-05-01")
    assert [(link.participation, link.is_accountable) for link in row.lead_links.all()] == [
        (other, True),
        (joint, False),
    ]


@pytest.mark.parametrize(
    ("whole", "own", "position", "number"),
    [
        ("1", "1.2", 2, "1.2"),
        ("1", "1a", 1, "1a"),
        ("1", "1", 1, "1.1"),
        ("2", "2", 2, "2.2"),
        ("2", "", 2, "2.2"),
        ("1", "10", 10, "1.10"),
        ("1", "", 10, "1.10"),
        ("1", "b", 2, "1.b"),
    ],
)
def test_no_action_is_numbered_as_another_recommendation_is(whole, own, position, number):
    one = RecommendationFactory(number=whole)

    assert ActionFactory(recommendation=one, number=own, position=position).row.number == number


def test_following_again_changes_nothing():
    action = ActionFactory()
    RecommendationLeadFactory(recommendation=action.recommendation)
    before = list(PlanRow.objects.values())

    follow(action.recommendation.review)

    assert list(PlanRow.objects.values()) == before


def test_what_was_taken_away_is_followed_no_more_and_taken_up_again():
    action = ActionFactory()
    row = action.row
    Recommendation.objects.filter(pk=action.recommendation_id).update(withdrawn_at=row.started_at)
    follow(action.recommendation.review)
    assert live(action.recommendation) == []

    Recommendation.objects.filter(pk=action.recommendation_id).update(withdrawn_at=None)
    follow(action.recommendation.review)

    assert live(action.recommendation) == [row]


def test_who_leads_one_action_sees_it_and_not_the_others():
    link = RecommendationLeadFactory()
    one = link.recommendation
    mine, theirs = (ParticipationFactory(review=one.review) for _ in range(2))
    own = ActionFactory(recommendation=one, lead=mine)
    ActionFactory(recommendation=one, lead=theirs)
    RecommendationLeadFactory(recommendation=one, participation=mine, is_accountable=False)
    user = lead_of(mine)

    assert list(PlanRow.objects.visible_to(user)) == [own.row]
    assert list(Action.objects.visible_to(user)) == [own]
    assert list(Recommendation.objects.visible_to(user)) == [one]
    assert list(Recommendation.objects.read_as_a_whole(user)) == []


def test_what_was_followed_before_goes_with_the_recommendation_or_stays_with_the_whole_plan():
    link = RecommendationLeadFactory()
    one, part = link.recommendation, link.participation
    (before,) = live(one)
    now = ActionFactory(recommendation=one).row
    user = lead_of(part)
    chair = lead_of(part)
    give_role(user=chair, role=Role.CHAIR, review=one.review, by=None)

    def seen_by(reader):
        return set(PlanRow.objects.visible_to(reader))

    assert seen_by(user) == seen_by(chair) == {before, now}
    link.delete()
    assert (seen_by(user), seen_by(chair)) == ({now}, {before, now})


def test_a_joint_lead_sees_the_row_that_it_shares():
    action = ActionFactory()
    part = ParticipationFactory(review=action.recommendation.review)
    JointLead.objects.create(action=action, participation=part)
    follow(part.review)

    assert list(PlanRow.objects.visible_to(lead_of(part))) == [action.row]


def test_a_row_without_a_date_is_never_overdue():
    row = ActionFactory().row

    assert row.is_open
    assert not row.is_overdue()
    assert not PlanRow.objects.overdue(on=row.started_at.date()).exists()


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (set(), Status.UNCONFIRMED),
        ({Status.UNCONFIRMED}, Status.UNCONFIRMED),
        ({Status.DONE}, Status.DONE),
        ({Status.DONE, Status.SUPERSEDED}, Status.DONE),
        ({Status.SUPERSEDED}, Status.SUPERSEDED),
        ({Status.DONE, Status.NOT_STARTED}, Status.ON_TRACK),
        ({Status.DONE, Status.SLIPPED, Status.AT_RISK}, Status.SLIPPED),
        ({Status.REPORTED}, Status.REPORTED),
        ({Status.DONE, Status.REPORTED}, Status.REPORTED),
        ({Status.REPORTED, Status.ON_TRACK}, Status.ON_TRACK),
        ({Status.REPORTED, Status.UNCONFIRMED}, Status.ON_TRACK),
        ({Status.REPORTED, Status.AT_RISK}, Status.AT_RISK),
        ({Status.ON_TRACK, Status.NOT_STARTED}, Status.ON_TRACK),
    ],
)
def test_what_several_rows_make_of_their_recommendation(statuses, status):
    assert together(statuses) == status
