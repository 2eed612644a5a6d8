import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from actionplans.models import Recommendation, Status
from actionplans.seeing.judging import judge_repeat
from actionplans.seeing.models import RepeatJudgement
from actionplans.seeing.repeats import all_repeats, repeats_of
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from agencies.services import set_successor
from foundations.dates import parse
from reviews.models import Review
from reviews.rules import Role, Stage
from reviews.services import give_role
from tests.actionplans.seeing.plans import row_of
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db
BEFORE = (
    "Every officer who attends is trained in risk assessment and refers to the advocacy service."
)
AGAIN = "All officers who attend are trained in risk assessment and refer to the advocacy service."


class Two:
    """An earlier review and a later one of a partnership, and one agency in both."""

    def __init__(self):
        self.partnership = PartnershipFactory()
        self.agency = AgencyFactory(name="Police")
        self.first, self.second = (
            ReviewFactory(partnership=self.partnership, stage=Stage.MONITORING) for _ in "12"
        )
        self.parts = {
            review.pk: ParticipationFactory(review=review, agency=self.agency)
            for review in (self.first, self.second)
        }
        self.earlier = self.said(self.first, BEFORE, status=Status.DONE)
        self.later = self.said(self.second, AGAIN)
        self.user = with_role(Role.COORDINATOR, self.first)

    def said(self, review, text, part=None, **row):
        part = part or self.parts[review.pk]
        one = row_of(review, part, recommendation={"text": text}, **row).recommendation
        return Recommendation.objects.select_related("review").get(pk=one.pk)

    def judge(self, *, is_repeat=True, key=None, seen=None):
        (found,) = repeats_of(self.later, self.user)
        return judge_repeat(
            self.later,
            self.earlier,
            is_repeat=is_repeat,
            reason="Training alone did not do it",
            seen=seen or found.digest,
            by=self.user,
            key=key or uuid.uuid4(),
        )


@pytest.fixture
def two(db):
    return Two()


def pairs(found):
    return [(one.later.pk, one.earlier.pk) for one in found]


def test_what_the_same_agency_did_before_is_found_and_said(two):
    (found,) = repeats_of(two.later, two.user)

    assert (found.later, found.earlier, found.judgement) == (two.later, two.earlier, None)
    assert found.sentence == (
        f"Recommendation {two.earlier.number} of {two.first.reference} reads nearly the same. It was"
        " for Police to do, and was accepted as done."
    )
    assert pairs(all_repeats(two.user)) == [(two.later.pk, two.earlier.pk)]


@pytest.mark.parametrize(
    ("row", "claim", "said"),
    [
        ({"status": Status.REPORTED}, "", "was reported done and waits to be accepted"),
        (
            {"status": Status.UNCONFIRMED},
            "completed",
            "is called completed in the file of its plan",
        ),
    ],
)
def test_what_was_reported_or_claimed_done_counts_too(row, claim, said, two):
    Recommendation.objects.filter(pk=two.earlier.pk).update(claimed_status=claim, **row)

    (found,) = repeats_of(two.later, two.user)

    assert found.sentence.endswith(f"{said}.")


def test_an_agency_is_the_one_that_follows_it(two):
    new = AgencyFactory(name="National Police")
    set_successor(two.agency, successor=new, on=date(2026, 1, 1), by=None)
    part = ParticipationFactory(review=two.second, agency=new)
    later = two.said(two.second, AGAIN, part)

    (found,) = repeats_of(later, two.user)

    assert "It was for Police, which National Police follows, to do" in found.sentence


def test_another_agency_did_something_else(two):
    other = ParticipationFactory(review=two.second)

    assert repeats_of(two.said(two.second, AGAIN, other), two.user) == []


@pytest.mark.parametrize("status", [Status.ON_TRACK, Status.UNCONFIRMED, Status.SUPERSEDED])
def test_what_was_not_done_is_no_repeat(status, two):
    Recommendation.objects.filter(pk=two.earlier.pk).update(status=status)

    assert repeats_of(two.later, two.user) == []


def test_other_words_are_another_recommendation(two):
    one = two.said(two.second, "Housing officers visit each tenant once a year and write it down.")

    assert repeats_of(one, two.user) == []


def test_the_later_review_repeats_the_earlier_and_not_the_other_way(two):
    Recommendation.objects.filter(pk=two.later.pk).update(status=Status.DONE)

    assert repeats_of(two.earlier, two.user) == []


def test_the_period_that_a_review_looks_at_says_which_is_earlier(two):
    """An old review may be entered last."""
    for review, end in ((two.first, "2020"), (two.second, "2015")):
        review.scope_to = parse(end).value
        review.save()
    Recommendation.objects.filter(pk=two.later.pk).update(status=Status.DONE)
    Recommendation.objects.filter(pk=two.earlier.pk).update(status=Status.ON_TRACK)
    one = Recommendation.objects.select_related("review").get(pk=two.earlier.pk)

    assert pairs(repeats_of(one, two.user)) == [(two.earlier.pk, two.later.pk)]


def test_another_partnerships_review_is_not_asked(two):
    other = ReviewFactory()
    part = ParticipationFactory(review=other, agency=two.agency)
    later = two.said(other, AGAIN, part)
    both = with_role(Role.COORDINATOR, two.first)
    give_role(user=both, role=Role.CHAIR, review=other, by=None)

    assert repeats_of(later, both) == []


def test_only_whoever_may_read_both_is_told(two):
    chair = with_role(Role.CHAIR, two.second)
    board = with_role(Role.BOARD_READER, two.first)
    lead = with_role(Role.ACTION_LEAD, two.second, two.parts[two.second.pk])

    told = [pairs(repeats_of(two.later, user)) for user in (chair, board, lead)]
    give_role(
        user=lead, role=Role.ACTION_LEAD, review=two.first, participation=two.parts[two.first.pk],
        by=None,
    )  # fmt: skip
    lead.__dict__.pop("_access")

    assert told == [[], [], []]
    assert pairs(repeats_of(two.later, lead)) == [(two.later.pk, two.earlier.pk)]


# --- Judging ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_repeat", [True, False])
def test_what_was_judged_stays_judged(is_repeat, two):
    two.judge(is_repeat=is_repeat)

    (found,) = repeats_of(two.later, two.user)

    assert found.judgement.is_repeat is is_repeat
    assert found.state[0] == ("A repeat" if is_repeat else "Not the same")


@pytest.mark.parametrize("which", ["later", "earlier"])
def test_other_words_are_judged_anew(which, two):
    two.judge()
    one = getattr(two, which)
    Recommendation.objects.filter(pk=one.pk).update(text=f"{one.text} Each year.")
    later = Recommendation.objects.select_related("review").get(pk=two.later.pk)

    (found,) = repeats_of(later, two.user)

    assert found.judgement is None


def test_the_last_answer_counts(two):
    two.judge(is_repeat=True)
    two.judge(is_repeat=False)

    (found,) = repeats_of(two.later, two.user)

    assert found.judgement.is_repeat is False
    assert RepeatJudgement.objects.count() == 2


def test_a_second_click_keeps_one_answer(two):
    one = two.judge(key=uuid.UUID(int=1))

    assert two.judge(key=uuid.UUID(int=1)) == one
    with pytest.raises(KeyOfAnother):
        judge_repeat(
            two.said(two.second, AGAIN),
            two.earlier,
            is_repeat=True,
            reason="Another",
            seen="",
            by=two.user,
            key=uuid.UUID(int=1),
        )


def test_words_that_changed_meanwhile_are_not_judged(two):
    with pytest.raises(ChangedMeanwhile):
        two.judge(seen="0" * 64)


def test_the_database_keeps_what_was_judged(two):
    one = two.judge()

    for change in (
        lambda: RepeatJudgement.objects.filter(pk=one.pk).update(is_repeat=False),
        lambda: RepeatJudgement.objects.filter(pk=one.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


# --- Pages --------------------------------------------------------------------------------------


def test_the_page_of_a_recommendation_quotes_what_was_said_before(two, client):
    client.force_login(two.user)

    text = client.get(two.later.get_absolute_url()).content.decode()

    assert "Said before" in text
    assert BEFORE in text
    assert "reads nearly the same" in text
    assert "Said before" not in client.get(two.earlier.get_absolute_url()).content.decode()


def test_said_before_is_judged_on_its_page(two, client):
    client.force_login(two.user)
    page = f"/reviews/{two.second.reference}/recommendations/{two.later.pk}/said-before/{two.earlier.pk}/"
    form = client.get(page).context["form"]
    sent = {name: str(form[name].value()) for name in ("key", "seen")}

    refused = client.post(page, {**sent, "verdict": "repeat"})
    kept = client.post(page, {**sent, "verdict": "repeat", "reason": "Training did not do it"})
    listed = client.get("/plans/said-before/")

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Training did not do it" in listed.content.decode()
    assert [one.state[0] for one, _ in listed.context["pairs"]] == ["A repeat"]


@pytest.mark.parametrize("role", [Role.HOME_OFFICE_READER, Role.BOARD_READER])
def test_only_whoever_runs_the_plan_judges(role, two, client):
    user = with_role(role, two.second)
    Review.objects.filter(pk=two.first.pk).update(stage=Stage.MONITORING)
    if role == Role.HOME_OFFICE_READER:
        give_role(user=user, role=role, review=two.first, by=None)
    client.force_login(user)
    page = f"/reviews/{two.second.reference}/recommendations/{two.later.pk}/said-before/{two.earlier.pk}/"

    assert client.get(page).status_code == (403 if role == Role.HOME_OFFICE_READER else 404)
    assert client.post(page).status_code == (403 if role == Role.HOME_OFFICE_READER else 404)
