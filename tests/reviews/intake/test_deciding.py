from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from reviews.intake.models import Circumstances, ReviewDecision
from reviews.intake.services import deciding
from reviews.rules import Role, Stage
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_intake import NotificationFactory, ReviewDecisionFactory

pytestmark = pytest.mark.django_db


def decide(review, *, seen=0, by=None, **more):
    return deciding.decide(
        review,
        seen=seen,
        criteria=[("Somebody has died", "yes"), ("In our area", "unknown")],
        criteria_source="Version 1",
        by=by,
        **{
            "outcome": "review",
            "other_kind": "",
            "look_again_on": None,
            "decided_on": today(),
            "decided_by": "Chair of the partnership",
            "reasons": "The criteria are met",
            "dissent": "",
        }
        | more,
    )


# --- The service --------------------------------------------------------------------------------


def test_a_decision_is_recorded_with_its_criteria():
    review = ReviewFactory()

    made = decide(review)

    assert (made.number, made.outcome) == (1, "review")
    assert list(made.criteria.values_list("position", "text", "met")) == [
        (1, "Somebody has died", "yes"),
        (2, "In our area", "unknown"),
    ]
    event = Event.objects.filter(type="review.decided").get()
    assert event.data == {"outcome": "review", "number": 1, "dissent": False}


def test_a_decision_to_review_moves_the_review_on():
    review = ReviewFactory(stage=Stage.SCOPING)

    decide(review)

    review.refresh_from_db()
    assert review.stage == Stage.COMMISSIONED


def test_a_decision_entered_late_moves_nothing_back():
    review = ReviewFactory(stage=Stage.ANALYSIS)

    decide(review)

    review.refresh_from_db()
    assert review.stage == Stage.ANALYSIS


def test_no_review_leaves_the_stage_alone():
    review = ReviewFactory(stage=Stage.DECISION)

    decide(review, outcome="no_review")

    review.refresh_from_db()
    assert review.stage == Stage.DECISION


def test_a_second_decision_is_a_further_row():
    review = ReviewFactory()
    later = today(30)
    decide(review, outcome="deferred", look_again_on=later)

    decide(review, seen=1)

    assert list(review.decisions.values_list("number", "outcome")) == [
        (2, "review"),
        (1, "deferred"),
    ]


def test_two_at_once_the_second_is_told_of_the_first():
    review = ReviewFactory()
    decide(review, by=UserFactory())

    with pytest.raises(deciding.DecidedMeanwhile):
        decide(review, by=UserFactory(), outcome="no_review")

    assert review.decisions.count() == 1


def test_a_second_click_records_nothing_more():
    review, by = ReviewFactory(), UserFactory()

    first, second = decide(review, by=by), decide(review, by=by)

    assert first == second
    assert review.decisions.count() == 1


def test_a_decision_before_the_notification_is_refused():
    review = ReviewFactory()
    NotificationFactory(
        review=review,
        partnership=review.partnership,
        state="review",
        settled_at=timezone.now(),
        told_on=today(-3),
        died="2025",
    )

    with pytest.raises(ValidationError) as refusal:
        decide(review, decided_on=today(-4))

    assert refusal.value.message_dict == {
        "decided_on": ["The decision cannot be before the notification."]
    }


def test_a_decision_in_the_future_is_refused():
    with pytest.raises(ValidationError):
        decide(ReviewFactory(), decided_on=today(1))


def test_a_deferred_decision_without_a_day_is_refused():
    with pytest.raises(ValidationError):
        decide(ReviewFactory(), outcome="deferred")


def test_the_database_refuses_a_deferred_decision_without_a_day():
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewDecisionFactory(outcome="deferred")


def test_consent_of_a_survivor_is_kept_with_its_day():
    review = ReviewFactory()

    deciding.describe(
        review,
        seen=0,
        by=None,
        manner="survived",
        charge="nobody_named",
        survivor_consent="limited",
        consent_on=today(),
        consent_note="Not to speak to the employer",
    )

    kept = Circumstances.objects.get(review=review)
    assert (kept.survived, kept.survivor_consent, kept.consent_on) == (True, "limited", today())


def test_nobody_is_asked_for_consent_where_somebody_died():
    with pytest.raises(ValidationError):
        deciding.describe(
            ReviewFactory(),
            seen=0,
            by=None,
            manner="suicide",
            charge="no_charge",
            survivor_consent="given",
        )


# --- The pages ----------------------------------------------------------------------------------


def form_of(review, **more):
    criteria = wording_for(Kind.DECISION_CRITERIA, review.partnership, today())
    day, month, year = today().day, today().month, today().year
    answers = {
        f"criterion_{criteria.pk}_{position}": "yes"
        for position, _ in enumerate(criteria.items, start=1)
    }
    return (
        answers
        | {
            "seen": 0,
            "outcome": "review",
            "decided_on_day": day,
            "decided_on_month": month,
            "decided_on_year": year,
            "decided_by": "Chair of the partnership",
            "reasons": "The criteria are met",
        }
        | more
    )


def day_of(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def post(client, sign_in, review):
    sign_in(Role.COORDINATOR, review)
    url = reverse("reviews:decision-create", args=[review.reference])
    return lambda **more: client.post(url, form_of(review, **more))


def test_the_coordinator_records_a_decision(post, review):
    response = post(dissent="The police would have waited")

    assert response.status_code == 302
    made = ReviewDecision.objects.get(review=review)
    assert (made.outcome, made.dissent) == ("review", "The police would have waited")
    assert made.criteria.count() == 5
    assert "version 1" in made.criteria_source


def errors_of(response):
    assert response.status_code == 422
    return response.context["form"].errors


def test_a_deferred_decision_needs_its_day_beside_the_field(post):
    assert dict(errors_of(post(outcome="deferred"))) == {
        "look_again_on": ["Enter the day to look again"]
    }


def test_the_day_to_look_again_is_after_the_decision(post):
    response = post(outcome="deferred", **day_of("look_again_on", today()))

    assert dict(errors_of(response)) == {
        "look_again_on": ["Look again on a day after the decision"]
    }


def test_another_kind_of_review_is_named(post):
    assert dict(errors_of(post(outcome="other"))) == {
        "other_kind": ["Say which other kind of review"]
    }


def test_the_notification_comes_first_beside_the_field(post, review):
    NotificationFactory(
        review=review,
        partnership=review.partnership,
        state="review",
        settled_at=timezone.now(),
        told_on=date(2026, 3, 9),
        died="2025",
    )

    response = post(**day_of("decided_on", date(2026, 3, 8)))

    assert list(errors_of(response)) == ["decided_on"]
    assert "which was on 9 March 2026" in str(errors_of(response))


def test_a_criterion_without_an_answer_is_refused(post, review):
    criteria = wording_for(Kind.DECISION_CRITERIA, review.partnership, today())

    response = post(**{f"criterion_{criteria.pk}_2": ""})

    assert dict(errors_of(response)) == {
        f"criterion_{criteria.pk}_2": ["Say whether criterion 2 is met"]
    }


def test_the_second_coordinator_sees_the_first_decision_and_decides_again(post, review):
    first = decide(review, by=UserFactory(name="Robin Grey"), reasons="Seen by the first")

    refused = post(outcome="no_review", reasons="Written by the second")
    form = refused.context["form"]
    accepted = post(outcome="no_review", reasons="Written by the second", seen=form["seen"].value())

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Robin Grey has recorded a decision meanwhile" in page
    assert first.reasons in page
    assert "Written by the second" in page
    assert accepted.status_code == 302
    assert list(review.decisions.values_list("number", "outcome")) == [
        (2, "no_review"),
        (1, "review"),
    ]


def test_the_chair_reads_decisions_and_records_none(client, sign_in, review):
    decide(review, dissent="Health disagreed")
    sign_in(Role.CHAIR, review)

    page = client.get(reverse("reviews:decision-list", args=[review.reference]))

    assert page.status_code == 200
    assert "Health disagreed" in page.content.decode()
    assert (
        client.get(reverse("reviews:decision-create", args=[review.reference])).status_code == 403
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    count, client, sign_in, review, django_assert_num_queries
):
    for number in range(count):
        decide(review, seen=number, by=UserFactory(), reasons=f"Reason {number}")
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:decision-list", args=[review.reference])
    client.get(url)

    with django_assert_num_queries(11):
        client.get(url)


def test_circumstances_that_somebody_changed_meanwhile_are_not_overwritten(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:circumstances", args=[review.reference])
    seen = client.get(url).context["form"]["seen"].value()
    deciding.describe(review, seen=0, by=UserFactory(), manner="suicide", charge="no_charge")

    late = client.post(url, {"manner": "homicide", "charge": "charged", "seen": seen})

    assert late.status_code == 422
    assert "changed this meanwhile" in late.content.decode()
    assert late.context["form"]["manner"].value() == "homicide"
    kept = Circumstances.objects.get(review=review)
    assert (kept.manner, kept.charge) == ("suicide", "no_charge")
    now = {"manner": "homicide", "charge": "charged", "seen": kept.changes}
    assert client.post(url, now).status_code == 302


def test_the_circumstances_of_a_survivor(client, sign_in, review):
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:circumstances", args=[review.reference])

    form = {"manner": "survived", "charge": "nobody_named", "seen": 0}
    refused = client.post(url, form)
    accepted = client.post(
        url,
        form | {"survivor_consent": "given"} | day_of("consent_on", today()),
    )

    assert dict(errors_of(refused)) == {
        "survivor_consent": ["Say whether they agree to the review"]
    }
    assert accepted.status_code == 302
    assert review.circumstances.survivor_consent == "given"
