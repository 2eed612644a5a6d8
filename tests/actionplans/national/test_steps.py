import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplans.models import Level
from actionplans.national.models import NationalStep, Outcome, Step
from actionplans.national.queries import Standing, figures_of, standings
from actionplans.national.services import note_step
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import Event
from foundations.dates import parse
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def one():
    return RecommendationFactory(level=Level.NATIONAL, addressed_to="Home Office")


def tell(one, step, when="March 2026", *, key=None, **more):
    return note_step(
        one,
        step=step,
        happened_on=parse(when).value,
        by=None,
        key=key or uuid.uuid4(),
        on=TODAY,
        **more,
    )


def sent(one, when="March 2026"):
    return tell(one, Step.SENT, when, department="Home Office")


def standing(one, on=TODAY):
    return Standing(one, list(one.national_steps.all()), on)


def test_what_was_never_sent_names_whom_it_is_addressed_to(one):
    assert (standing(one).words, standing(one).department) == ("Not sent yet", "Home Office")


def test_each_step_moves_it_on(one):
    words = []
    for step, more in (
        (Step.SENT, {"department": "Ministry of Justice"}),
        (Step.ACKNOWLEDGED, {}),
        (Step.RESPONDED, {"words": "It is under way"}),
        (Step.OUTCOME, {"outcome": Outcome.ALREADY}),
    ):
        tell(one, step, **more)
        words.append(standing(one, date(2026, 4, 1)).words)

    assert words == [
        "Sent, waiting for an answer",
        "Acknowledged, waiting for an answer",
        "Answered, outcome not recorded",
        "Already happening",
    ]
    assert standing(one).department == "Ministry of Justice"


@pytest.mark.parametrize(
    ("when", "on", "is_to_chase"),
    [
        ("3 March 2026", date(2026, 4, 28), False),
        ("3 March 2026", date(2026, 4, 29), True),
        ("March 2026", date(2026, 5, 26), False),  # nobody said on which day of March
        ("March 2026", date(2026, 5, 27), True),
    ],
)
def test_it_is_chased_when_a_department_had_56_days(one, when, on, is_to_chase):
    sent(one, when)

    assert standing(one, on).is_to_chase == is_to_chase


def test_a_letter_that_chases_begins_the_waiting_anew(one):
    sent(one, "3 January 2026")
    tell(one, Step.CHASED, "20 May 2026")

    assert (standing(one).is_to_chase, standing(one).chased) == (False, 1)


def test_who_was_told_before_the_outcome_is_to_be_told_again(one):
    sent(one)
    tell(one, Step.RESPONDED, words="It is looked into")
    tell(one, Step.AUTHOR_TOLD)
    assert standing(one).untold == ["the family"]

    tell(one, Step.OUTCOME, outcome=Outcome.NOT_MET)

    assert standing(one).untold == ["the author", "the family"]


def test_sent_again_it_waits_again(one):
    sent(one)
    tell(one, Step.OUTCOME, outcome=Outcome.NOT_KNOWN)

    sent(one, "May 2026")

    assert standing(one).words == "Sent, waiting for an answer"


@pytest.mark.parametrize(
    ("step", "when", "more", "field"),
    [
        (Step.SENT, "March 2026", {}, "department"),
        (Step.CHASED, "March 2026", {}, "step"),
        (Step.OUTCOME, "March 2026", {"outcome": Outcome.PARTLY}, "step"),
        (Step.SENT, "July 2026", {"department": "Home Office"}, "happened_on"),
    ],
)
def test_what_cannot_be_the_first_step_is_refused_beside_its_field(one, step, when, more, field):
    with pytest.raises(ValidationError) as refusal:
        tell(one, step, when, **more)

    assert list(refusal.value.message_dict) == [field]
    assert NationalStep.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "when", "field"),
    [
        (Step.OUTCOME, "April 2026", "outcome"),
        (Step.RESPONDED, "April 2026", "words"),
        (Step.AUTHOR_TOLD, "April 2026", "step"),
        (Step.CHASED, "February 2026", "happened_on"),
    ],
)
def test_a_later_step_says_what_it_needs(one, step, when, field):
    sent(one)

    with pytest.raises(ValidationError) as refusal:
        tell(one, step, when)

    assert list(refusal.value.message_dict) == [field]


def test_how_a_family_was_told_is_not_kept_here(one):
    sent(one)
    tell(one, Step.RESPONDED, words="Yes")

    assert tell(one, Step.FAMILY_TOLD, words="Her sister cried").words == ""


def test_a_second_click_finds_the_first_ones_step(one):
    key = uuid.uuid4()
    first = tell(one, Step.SENT, department="Home Office", key=key)

    assert tell(one, Step.SENT, department="Home Office", key=key) == first
    assert Event.objects.filter(type="national.step_kept").count() == 1
    with pytest.raises(KeyOfAnother):
        tell(RecommendationFactory(level=Level.NATIONAL), Step.SENT, department="X", key=key)


def test_only_a_national_one_is_sent_to_a_department():
    with pytest.raises(ChangedMeanwhile):
        sent(RecommendationFactory(level=Level.LOCAL))


@pytest.mark.parametrize(
    "change",
    ["update actionplans_nationalstep set words = 'x'", "delete from actionplans_nationalstep"],
)
def test_the_database_keeps_what_was_recorded(one, change):
    sent(one)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_what_is_to_be_chased_comes_first_and_what_has_an_outcome_last(one):
    ended, new, old = (
        RecommendationFactory(review=one.review, level=Level.NATIONAL) for _ in range(3)
    )
    sent(ended)
    tell(ended, Step.OUTCOME, outcome=Outcome.IMPLEMENTED)
    sent(new, "20 May 2026")
    sent(old, "January 2026")
    RecommendationFactory(review=one.review, level=Level.LOCAL)

    found = standings(with_role(Role.COORDINATOR, one.review), on=TODAY)

    assert [each.recommendation for each in found] == [old, one, new, ended]
    assert [figure["value"] for figure in figures_of(found)] == [4, 1, 0, 0, 0, 0, 3]


def test_whoever_leads_a_part_of_one_reads_no_step(one):
    link = RecommendationLeadFactory(recommendation=one, is_accountable=False)
    sent(one)
    user = with_role(Role.ACTION_LEAD, one.review, link.participation)

    assert list(NationalStep.objects.visible_to(user)) == []
    assert standings(user, on=TODAY) == []


def test_that_a_family_was_told_is_for_the_leaders(one):
    sent(one)
    tell(one, Step.RESPONDED, words="Yes")
    tell(one, Step.FAMILY_TOLD)
    chair, panel = (with_role(role, one.review) for role in (Role.CHAIR, Role.PANEL_MEMBER))
    share(one.review, material=Material.ACTION_PLAN, with_role=Role.PANEL_MEMBER, by=chair)

    seen = [NationalStep.objects.visible_to(user).count() for user in (chair, panel)]

    assert seen == [3, 2]


def test_a_coordinator_records_a_step_and_finds_it_on_both_pages(client, one):
    client.force_login(with_role(Role.COORDINATOR, one.review))
    url = reverse("actionplans:national-step-add", args=[one.review.reference, one.pk])
    page = client.get(url)
    data = {
        "step": "sent",
        "happened_on_year": "2025",
        "department": page.context["form"].initial["department"],
        "key": page.context["form"]["key"].value(),
    }

    response = client.post(url, data, follow=True)

    assert [step.department for step in one.national_steps.all()] == ["Home Office"]
    for shown in (response, client.get(reverse("actionplans:national-all"))):
        assert "Sent to the owner department" in shown.content.decode()


def test_what_was_written_stays_when_a_step_is_refused(client, one):
    client.force_login(with_role(Role.CHAIR, one.review))
    url = reverse("actionplans:national-step-add", args=[one.review.reference, one.pk])
    key = client.get(url).context["form"]["key"].value()

    page = client.post(
        url, {"step": "responded", "happened_on_year": "2025", "words": "In hand", "key": key}
    )

    assert "Record first when it was sent" in page.content.decode()
    assert "In hand" in page.content.decode()


def test_more_recommendations_ask_no_more_questions(one):
    user = with_role(Role.COORDINATOR, one.review)
    standings(user, on=TODAY)
    counted = []
    for more in (1, 3):
        for _ in range(more):
            sent(RecommendationFactory(review=one.review, level=Level.NATIONAL))
        with CaptureQueriesContext(connection) as asked:
            found = standings(user, on=TODAY)
        counted.append((len(found), len(asked)))

    assert counted == [(2, counted[0][1]), (5, counted[0][1])]
