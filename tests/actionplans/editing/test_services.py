import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from actionplans.editing import services
from actionplans.editing.models import ActionVersion
from actionplans.editing.services import ActionWords, words_of
from actionplans.progress.models import DateMove
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import Event
from foundations.dates import PartialDate, parse
from reviews.lifecycle.ended import ReviewEnded
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import ActionFactory, RecommendationFactory
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db

MAY, JUNE = parse("May 2027").value, parse("June 2027").value


@pytest.fixture
def one():
    return RecommendationFactory(number="3")


@pytest.fixture
def part(one):
    return ParticipationFactory(review=one.review)


def added(one, **said):
    words = ActionWords(**{"text": "Write a course"} | said)
    return services.add_action(one, words, by=UserFactory(), key=uuid.uuid4())


def changed(action, **said):
    seen = said.pop("seen", None)
    reason = said.pop("reason", "The panel asked")
    words = replace(words_of(action), **said)
    return services.change_action(action, words, reason=reason, by=UserFactory(), seen=seen)


def told(error):
    return set(error.value.message_dict)


# --- Adding -------------------------------------------------------------------------------------


def test_an_action_is_added_with_all_that_can_be_said_of_it(one, part):
    joint = ParticipationFactory(review=one.review)
    owner = with_role(Role.ACTION_LEAD, one.review, part)

    action = added(
        one,
        number="3.1",
        lead=part,
        joint_leads=(joint,),
        owner=owner,
        owner_as_written="Head of training",
        target=MAY,
    )

    row = PlanRow.objects.get(action=action)
    assert (row.lead, row.owner, row.owner_as_written) == (part, owner, "Head of training")
    assert [link.participation for link in row.lead_links.all()] == [part, joint]
    assert (row.due, row.number) == (MAY.latest, "3.1")
    assert set(one.leads.all()) == {part, joint}


def test_a_second_click_finds_the_first_ones_action(one):
    key, words = uuid.uuid4(), ActionWords(text="Write a course")
    first = services.add_action(one, words, by=None, key=key)

    again = services.add_action(one, ActionWords(text="Other"), by=None, key=key)

    assert (again, one.actions.get().text) == (first, "Write a course")
    with pytest.raises(KeyOfAnother):
        services.add_action(RecommendationFactory(), words, by=None, key=key)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"number": "1" * 41}, "number"),
        ({"owner_as_written": "x" * 201}, "owner_as_written"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(one, said, field):
    with pytest.raises(ValidationError) as error:
        added(one, **said)

    assert told(error) == {field}


def test_agencies_of_another_review_lead_nothing_here(one):
    other = ParticipationFactory()

    with pytest.raises(ValidationError) as error:
        added(one, lead=other, joint_leads=(ParticipationFactory(),))

    assert told(error) == {"lead", "joint_leads"}


def test_an_owner_works_for_an_agency_that_leads(one, part):
    stranger = with_role(Role.ACTION_LEAD, one.review, ParticipationFactory(review=one.review))

    with pytest.raises(ValidationError) as error:
        added(one, lead=part, owner=stranger)

    assert told(error) == {"owner"}


# --- Changing -----------------------------------------------------------------------------------


def test_what_an_action_said_is_kept_with_the_reason(one, part):
    action = added(one, text="Write a course", lead=part)
    joint = ParticipationFactory(review=one.review)

    changed(action, text="Write two courses", lead=joint, reason="One is not enough", seen=0)

    action.refresh_from_db()
    assert (action.text, action.lead) == ("Write two courses", joint)
    version = ActionVersion.objects.get()
    assert (version.number, version.reason) == (1, "One is not enough")
    assert (version.snapshot["text"], version.snapshot["leads"]) == ("Write a course", [part.pk])
    assert Event.objects.first().type == "action.changed"


def test_who_leads_no_more_reads_no_more(one, part):
    action = added(one, lead=part)
    other = ParticipationFactory(review=one.review)

    changed(action, lead=other)

    assert list(one.leads.all()) == [other]
    assert list(PlanRow.objects.get(action=action).leads.all()) == [other]


def test_who_leads_another_action_goes_on_reading(one, part):
    action, _ = added(one, lead=part), added(one, joint_leads=(part,))

    changed(action, lead=None)

    assert list(one.leads.all()) == [part]


def test_a_change_needs_a_reason(one):
    with pytest.raises(ValidationError) as error:
        changed(added(one), text="Other", reason=" ")

    assert told(error) == {"reason"}
    assert not ActionVersion.objects.exists()


def test_nothing_changed_keeps_nothing(one):
    changed(added(one), reason="")

    assert not ActionVersion.objects.exists()


def test_of_two_writers_the_second_is_told(one):
    action = added(one)
    changed(action, text="First", seen=0)

    with pytest.raises(ChangedMeanwhile):
        changed(action, text="Second", seen=0)


def test_versions_are_never_changed_or_removed(one):
    changed(added(one), text="Other")

    for change in (
        lambda: ActionVersion.objects.update(reason="Another"),
        lambda: ActionVersion.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_ended_review_takes_no_change(one):
    action = added(one)
    one.review.state = State.CLOSED
    one.review.save()

    for change in (
        lambda: changed(action, text="Other"),
        lambda: services.remove_action(action, reason="Twice", by=None),
        lambda: added(one),
    ):
        with pytest.raises(ReviewEnded):
            change()


# --- Targets ------------------------------------------------------------------------------------


def test_a_changed_date_moves_and_what_it_was_first_stays(one):
    action = added(one, target=MAY)

    changed(action, target=JUNE, target_as_written="", reason="No trainer")
    changed(action, target=parse("July 2027").value, target_as_written="", reason="Ill")

    row = PlanRow.objects.get(action=action)
    assert (row.due, row.first_due, row.moves) == (parse("July 2027").value.latest, MAY.latest, 2)
    first = DateMove.objects.filter(row=row).last()
    assert (first.old.latest, first.new.latest, first.reason) == (
        MAY.latest,
        JUNE.latest,
        "No trainer",
    )


def test_a_first_date_is_set_and_moves_nothing(one):
    action = added(one)

    changed(action, target=MAY)

    row = PlanRow.objects.get(action=action)
    assert (row.due, row.moves, DateMove.objects.get().is_first) == (MAY.latest, 0, True)


def test_a_date_that_is_taken_away_was_there(one):
    action = added(one, target=MAY)

    changed(action, target=PartialDate.none(), target_as_written="", reason="Not agreed")

    row = PlanRow.objects.get(action=action)
    assert (row.due, row.first_due, row.moves) == (None, MAY.latest, 1)


def test_a_new_date_is_still_to_come(one):
    with pytest.raises(ValidationError) as error:
        changed(added(one, target=MAY), target=parse("May 2020").value)

    assert told(error) == {"target"}


def test_other_words_leave_a_date_that_has_passed_alone(one):
    action = added(one, target=parse("May 2020").value)

    changed(action, text="Other")

    assert not DateMove.objects.exists()


# --- Taking away --------------------------------------------------------------------------------


def test_an_action_that_is_taken_away_stays_on_record(one, part):
    action = added(one, lead=part)

    services.remove_action(action, reason="Twice in the plan", by=UserFactory())

    action.refresh_from_db()
    assert action.withdrawn_at
    assert action.versions.get().reason == "Twice in the plan"
    assert PlanRow.objects.get(action=action).ended_at
    assert list(one.leads.all()) == []
    with pytest.raises(ChangedMeanwhile):
        services.remove_action(action, reason="Again", by=UserFactory())


def test_taking_away_needs_a_reason(one):
    with pytest.raises(ValidationError) as error:
        services.remove_action(ActionFactory(recommendation=one), reason="", by=None)

    assert told(error) == {"reason"}


# --- Rows without an action ---------------------------------------------------------------------


def test_a_row_without_an_action_has_an_owner_too(one):
    row = one.rows.get()

    row = services.set_row_owner(row, owner=None, owner_as_written="Head of housing", by=None)

    assert row.owner_as_written == "Head of housing"
    assert Event.objects.first().type == "row.owner_set"


def test_a_row_that_is_followed_no_more_has_no_new_owner(one):
    row = one.rows.get()
    added(one)

    with pytest.raises(ChangedMeanwhile):
        services.set_row_owner(row, owner=None, owner_as_written="Head of housing", by=None)
