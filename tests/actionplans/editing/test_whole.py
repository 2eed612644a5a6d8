import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actionplans.editing import whole
from actionplans.progress.models import DateMove
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from audit.models import Event
from foundations.dates import parse
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    PlanImportFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    """As an uploaded file brought it."""
    review = ReviewFactory()
    return RecommendationFactory(
        review=review,
        number="3",
        due="June 2027",
        plan_import=PlanImportFactory(review=review, saved=True),
    )


@pytest.fixture
def police(one):
    return RecommendationLeadFactory(recommendation=one).participation


@pytest.fixture
def coordinator(client, one):
    user = with_role(Role.COORDINATOR, one.review)
    client.force_login(user)
    return user


def page_of(row):
    return reverse("actionplans:row-owner", args=[row.review.reference, row.pk])


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def shown(client, row):
    """What the form has in it, as a browser sends it back."""
    form = client.get(page_of(row)).context["form"]
    return {name: value for name, value in form.initial.items() if value} | {
        "target_month": "6",
        "target_year": "2027",
    }


def test_the_date_and_the_lead_of_an_imported_recommendation_are_corrected(
    client, coordinator, one, police
):
    row, health = one.rows.get(), ParticipationFactory(review=one.review)
    form = shown(client, row) | {"lead": health.pk, "target_month": "9", "reason": "Agreed"}

    client.post(page_of(row), form)

    row = PlanRow.objects.get(pk=row.pk)
    move = DateMove.objects.get(row=row)
    assert (row.lead, str(row.target), row.moves) == (health, "September 2027", 1)
    assert (move.old_as_written, move.reason) == ("June 2027", "Agreed")
    assert Event.objects.filter(type="recommendation.changed").count() == 1


def test_an_owner_alone_needs_no_reason_and_moves_nothing(client, coordinator, one, police):
    row = one.rows.get()

    client.post(page_of(row), shown(client, row) | {"owner_as_written": "Head of housing"})

    row.refresh_from_db()
    assert (row.owner_as_written, row.moves, row.lead) == ("Head of housing", 0, police)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"target_month": "9"}, "reason"),
        ({"lead": ""}, "reason"),
        ({"target_year": "2001", "reason": "Agreed"}, "target"),
        ({"target_month": "", "target_year": "", "reason": "Agreed"}, "target"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_box(
    client, coordinator, one, police, changed, field
):
    row = one.rows.get()

    answer = client.post(page_of(row), shown(client, row) | changed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_agencies_lead_together_with_one_that_answers(one, police):
    row = one.rows.get()
    alone = whole.ActionWords(text=one.text, joint_leads=(police,), target=parse("May 2090").value)

    with pytest.raises(ValidationError) as error:
        whole.change_row(row, alone, reason="Agreed", by=None)

    assert set(error.value.message_dict) == {"lead"}


def test_of_two_who_change_it_the_second_is_told(one, police):
    row = one.rows.get()
    seen = whole.sign_of(whole.words_of_row(row))
    moved = whole.ActionWords(text=one.text, lead=police, target=parse("May 2090").value)
    whole.change_row(row, moved, reason="Agreed", seen=seen, by=None)

    with pytest.raises(ChangedMeanwhile):
        whole.change_row(row, moved, reason="Agreed", seen=seen, by=None)


def test_the_page_says_how_words_of_a_file_are_changed(client, coordinator, one):
    page = words(client.get(one.get_absolute_url()))

    assert "Change its date, lead or owner" in page
    assert "To change them, correct the file and upload it again" in page


def test_what_has_actions_is_changed_on_theirs(client, coordinator, one):
    row = one.rows.get()
    ActionFactory(recommendation=one)

    assert client.get(page_of(row)).status_code == 404
