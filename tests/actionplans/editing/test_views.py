import re
import uuid
from unittest.mock import patch

import pytest
from django.urls import reverse

from actionplans.editing import services
from actionplans.editing.services import ActionWords, add_action, remove_action
from actionplans.editing.whole import sign_of, words_of_row
from actionplans.models import Action
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from foundations.dates import parse
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    return RecommendationFactory(number="3")


@pytest.fixture
def chair(client, one):
    user = with_role(Role.CHAIR, one.review)
    client.force_login(user)
    return user


def url(name, one, *args):
    return reverse(f"actionplans:{name}", args=[one.review.reference, *args])


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_action_is_added_with_its_owner_and_a_date_that_counts_from_publication(
    client, chair, one
):
    part, joint = (ParticipationFactory(review=one.review) for _ in range(2))
    owner = with_role(Role.ACTION_LEAD, one.review, part)

    client.post(
        url("action-add", one, one.pk),
        {
            "text": "Write a course and audit its use",
            "lead": part.pk,
            "joint_leads": [joint.pk],
            "owner": owner.pk,
            "target_text": "6 months after publication",
            "number": "3.1",
            "key": uuid.uuid4(),
        },
    )

    row = PlanRow.objects.get(action__text__startswith="Write a course")
    assert (row.lead, row.owner, row.number) == (part, owner, "3.1")
    assert (row.target.precision, row.target_as_written) == (
        "relative",
        "6 months after publication",
    )


def test_a_change_shows_what_was_said_before(client, chair, one):
    action = add_action(one, ActionWords(text="Write a course"), by=chair, key=uuid.uuid4())
    page = url("action-change", one, one.pk, action.pk)
    form = {"text": "Write two courses", "reason": "One is too few", "seen": 0}
    shown = words(client.get(page))
    for missing in ("No agency leads it.", "Nobody is named to do it.", "It has no date."):
        assert missing in shown

    detail = words(client.post(page, form, follow=True))

    for said in ("Write two courses", "What its actions said before", "Reason: One is too few"):
        assert said in detail


@pytest.mark.parametrize("name", ["action-add", "action-change"])
def test_what_is_missing_is_said_of_what_was_sent(client, chair, one, name):
    action = ActionFactory(recommendation=one, text="Consider a course for every officer")
    place = (one.pk,) if name == "action-add" else (one.pk, action.pk)
    sent = {"text": "Audit", "owner_as_written": "Head of training", "target_month": "13"}

    form = client.post(url(name, one, *place), sent).context["form"]

    assert "It is very short" in form["text"].help_text
    assert "Consider" not in form["text"].help_text
    assert "No agency leads it." in form["lead"].help_text
    assert "Nobody is named" not in form["owner"].help_text
    assert "It has no date" not in form["target"].help_text  # its error says what is wrong


def test_a_blank_page_warns_of_nothing_yet(client, chair, one):
    assert "app-doubt" not in client.get(url("action-add", one, one.pk)).content.decode()


def test_the_form_says_what_a_blank_date_and_a_blank_number_mean(client, chair):
    one = RecommendationFactory(number="3", due="June 2027")
    client.force_login(with_role(Role.CHAIR, one.review))
    action = ActionFactory(recommendation=one)

    page = words(client.get(url("action-change", one, one.pk, action.pk)))

    assert "Left blank it is the recommendation’s date, June 2027." in page
    assert f"Left blank it is {action.row.number}." in page


def test_of_two_who_change_it_the_second_is_told(client, chair, one):
    action = ActionFactory(recommendation=one)
    page = url("action-change", one, one.pk, action.pk)
    client.post(page, {"text": "First", "reason": "Clearer", "seen": 0})

    again = client.post(page, {"text": "Second", "reason": "Clearer", "seen": 0}, follow=True)

    assert "Somebody else changed this first" in words(again)
    assert "As it stands now What is to be done? First" in words(again)
    assert again.context["form"]["text"].value() == "Second"
    assert str(again.context["form"]["seen"].value()) == "1"
    assert Action.objects.get(pk=action.pk).text == "First"


def test_what_nobody_touched_keeps_the_words_of_its_file(client, chair, one):
    target = parse("May 2027").value
    action = ActionFactory(
        recommendation=one, target=target, target_as_written="By the end of May 27"
    )
    page = url("action-change", one, one.pk, action.pk)
    form = {"text": "Other", "target_month": "5", "target_year": "2027"}

    client.post(page, form | {"reason": "Clearer", "seen": 0})

    action.refresh_from_db()
    assert (action.text, action.target_as_written) == ("Other", "By the end of May 27")
    assert not action.row.date_moves.exists()


def test_who_changes_what_was_taken_away_meanwhile_is_shown_the_recommendation(client, chair, one):
    action = ActionFactory(recommendation=one)
    page = url("action-change", one, one.pk, action.pk)
    form = {"text": "Second", "reason": "Clearer", "seen": 0}
    with patch.object(services, "change_action") as change:
        change.side_effect = lambda *args, **kwargs: _taken_away(action, one)

        again = client.post(page, form, follow=True)

    assert again.redirect_chain == [(one.get_absolute_url(), 302)]
    assert "cannot be changed any more" in words(again)


def _taken_away(action, one):
    remove_action(action, reason="Twice", by=None)
    raise ChangedMeanwhile(one.pk)


def test_taking_away_says_why_on_the_page(client, chair, one):
    action = ActionFactory(recommendation=one)
    page = url("action-remove", one, one.pk, action.pk)
    assert client.post(page, {"reason": ""}).status_code == 422

    detail = words(client.post(page, {"reason": "Twice in the plan"}, follow=True))

    assert "taken away by" in detail
    assert "Twice in the plan" in detail
    assert client.get(page).status_code == 404


def test_milestones_are_written_one_on_each_line(client, chair, one):
    kept, _ = (MilestoneFactory(recommendation=one, text=text) for text in ("First", "Second"))
    page = url("recommendation-milestones", one, one.pk)
    seen = client.get(page).context["form"]["seen"].value()
    form = {"lines": "First\r\nAgreed by May 2027", "seen": seen}
    assert client.post(page, form).status_code == 422

    detail = words(client.post(page, form | {"reason": "Done already"}, follow=True))

    first, second = one.milestones.all()
    assert (first, second.text, second.target) == (
        kept,
        "Agreed by May 2027",
        parse("May 2027").value,
    )
    assert "First; Second" in detail
    again = client.post(page, form | {"lines": "None", "reason": "Late"}, follow=True)
    assert "Somebody else changed this first" in words(again)


def test_a_row_without_an_action_is_given_to_a_post(client, chair, one):
    row = one.rows.get()
    form = {"owner_as_written": "Head of housing", "seen": sign_of(words_of_row(row))}

    client.post(url("row-owner", one, row.pk), form)

    row.refresh_from_db()
    assert row.owner_as_written == "Head of housing"
    ActionFactory(recommendation=one)
    assert client.get(url("row-owner", one, row.pk)).status_code == 404


def test_nobody_outside_the_leading_agencies_can_be_chosen(client, chair, one):
    stranger = with_role(Role.ACTION_LEAD, one.review, ParticipationFactory(review=one.review))

    row = one.rows.get()
    form = {"owner": stranger.pk, "seen": sign_of(words_of_row(row))}

    answer = client.post(url("row-owner", one, row.pk), form)

    assert list(answer.context["form"].errors) == ["owner"]


def test_what_moves_up_keeps_its_number(client, chair, one):
    other = RecommendationFactory(review=one.review, number="4", position=one.position + 1)
    part = RecommendationFactory(
        review=one.review, number="4a", parent=other, position=one.position + 2
    )
    page = url("plan-order", one)

    client.post(page, {"what": f"recommendation {other.pk} up"})

    order = list(one.review.recommendations.in_plan_order())
    assert [each.number for each in order] == ["4", "4a", "3"]
    assert order == [other, part, one]
    said = client.post(page, {"what": f"recommendation {other.pk} up"}, follow=True)
    assert "nothing to move past" in words(said)


def test_actions_move_within_their_recommendation(client, chair, one):
    first, second = ActionFactory(recommendation=one), ActionFactory(recommendation=one)

    client.post(url("plan-order", one), {"what": f"action {first.pk} down"})

    assert list(one.actions.order_by("position")) == [second, first]


@pytest.mark.parametrize("what", ["", "review 1 up", "action 1 sideways", "action 0 up"])
def test_no_other_click_moves_anything(client, chair, one, what):
    assert client.post(url("plan-order", one), {"what": what}).status_code in {404, 422}


def test_leads_are_shown_no_prompts_and_no_history(client, one):
    part = ParticipationFactory(review=one.review)
    RecommendationLeadFactory(recommendation=one, participation=part)
    action = add_action(one, ActionWords(text="Train"), by=UserFactory(), key=uuid.uuid4())
    gone = add_action(one, ActionWords(text="Tell all"), by=UserFactory(), key=uuid.uuid4())
    remove_action(gone, reason="Not theirs", by=UserFactory())
    client.force_login(with_role(Role.ACTION_LEAD, one.review, part))

    page = words(client.get(one.get_absolute_url())) + words(client.get(url("plan", one)))

    assert "Train" in page
    assert "SMART" not in page
    assert "Not theirs" not in page
    assert client.get(url("action-change", one, one.pk, action.pk)).status_code == 403


def test_an_ended_review_is_read_and_not_changed(client, chair, one):
    action = ActionFactory(recommendation=one)
    one.review.state = State.CLOSED
    one.review.save()
    form = {"text": "Other", "reason": "Clearer", "seen": 0}

    answer = client.post(url("action-change", one, one.pk, action.pk), form)

    assert answer.status_code == 409
