import uuid
from itertools import product

import pytest
from django.utils import timezone

from actionplans.models import Status
from actionplans.progress.showing import tags_of
from actionplans.seeing.figures import FIGURES, broken_down, choices_of, figures_of
from actionplans.seeing.listing import DUE, ORDERS, STANDINGS, Published, Seen
from actionplans.seeing.standing import is_silent
from chronologies.marking.models import Theme
from foundations.dates import parse
from reviews.models import Review
from reviews.rules import Material, Role, Stage, State
from reviews.services import give_role, share
from tests.actionplans.seeing.plans import agency_in, days, one_of_each, row_of
from tests.conftest import with_role
from tests.factories.actionplans import ActionFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


def seen_by(user, review=None):
    return Seen(user, on=timezone.localdate(), now=timezone.now(), review=review)


@pytest.fixture
def plan(db):
    review = ReviewFactory(stage=Stage.MONITORING)
    part = agency_in(review, "Police")
    rows = one_of_each(review, part)
    return review, part, rows


def names_of(rows, listed):
    by_pk = {row.pk: name for name, row in rows.items()}
    return [by_pk[row.pk] for row in listed]


# --- Which rows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"standing": "open"}, "both goes_on overdue silent undated moved waiting claimed"),
        ({"standing": "waiting"}, "waiting"),
        ({"standing": "claimed"}, "claimed"),
        ({"standing": "done"}, "done"),
        ({"due": "overdue"}, "both overdue"),
        ({"due": "month"}, "moved waiting claimed"),
        ({"due": "quarter"}, "goes_on moved waiting claimed"),
        ({"due": "later"}, "silent"),
        ({"due": "none"}, "undated"),
        ({"silent": True}, "both silent"),
        ({"moved": True}, "moved"),
        ({"status": "superseded"}, "not_right"),
        ({"decision": "rejected"}, "rejected"),
        ({"moves": "2"}, "moved"),
        ({"slip": "quarter"}, "moved"),
        ({"due": "overdue", "silent": True}, "both"),
    ],
)
def test_a_filter_leaves_just_what_it_says(asked, found, plan):
    review, _, rows = plan
    seen = seen_by(with_role(Role.COORDINATOR, review))

    listed = names_of(rows, seen.chosen(asked))

    assert sorted(listed) == sorted(found.split())


def test_what_is_overdue_and_silent_comes_first_and_what_is_closed_last(plan):
    review, _, rows = plan
    seen = seen_by(with_role(Role.COORDINATOR, review))

    listed = names_of(rows, seen.in_order(seen.chosen({})))

    assert listed[:3] == ["both", "overdue", "silent"]
    assert set(listed[-3:]) == {"done", "not_right", "rejected"}


def test_however_a_row_stands_its_place_is_what_the_figures_say_of_it(db):
    review, ended = ReviewFactory(stage=Stage.MONITORING), ReviewFactory(stage=Stage.MONITORING)
    statuses = (Status.UNCONFIRMED, Status.ON_TRACK, Status.REPORTED, Status.DONE)
    places = ((review, ""), (review, "rejected"), (ended, ""))
    for (of, decision), status, due, told, claim in product(
        places, statuses, (None, days(-5), days(5)), (None, 3), ("", "completed")
    ):
        said = {"claimed_status": claim, "decision": decision}
        row_of(of, status=status, due=due, told=told, followed=100, recommendation=said)
    by = with_role(Role.CHAIR, review)
    give_role(user=by, role=Role.CHAIR, review=ended, by=None)
    Review.objects.filter(pk=ended.pk).update(state=State.CLOSED)
    seen = seen_by(by)
    late, silent, opened = (
        set(seen.chosen(asked).values_list("pk", flat=True))
        for asked in ({"due": "overdue"}, {"silent": True}, {"standing": "open"})
    )

    listed = [row.pk for row in seen.in_order(seen.chosen({}))]

    groups = [late & silent, late - silent, silent - late, opened - late - silent]
    assert all(groups)
    for group in groups:
        assert set(listed[: len(group)]) == group
        listed = listed[len(group) :]
    assert set(listed).isdisjoint(opened)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_every_row_once(order, plan):
    review, _, rows = plan
    seen = seen_by(with_role(Role.COORDINATOR, review))

    assert sorted(names_of(rows, seen.in_order(seen.chosen({}), order))) == sorted(rows)


def test_a_row_is_silent_on_the_page_where_it_is_in_the_list(plan):
    review, *_ = plan
    seen = seen_by(with_role(Role.COORDINATOR, review))
    listed = set(seen.chosen({"silent": True}).values_list("pk", flat=True))

    assert {row.pk for row in seen.rows.for_display() if is_silent(row, seen.now)} == listed


@pytest.mark.parametrize("claim", ["completed", "superseded", "discharged", "not accepted"])
def test_what_is_only_claimed_is_neither_overdue_nor_silent_until_somebody_answers(claim, plan):
    review, part, _ = plan
    row = row_of(review, part, recommendation={"claimed_status": claim}, due=days(-50), followed=60)
    seen = seen_by(with_role(Role.COORDINATOR, review))

    def stands():
        row.refresh_from_db()
        asked = ({"due": "overdue"}, {"silent": True}, {"standing": "claimed"})
        listed = [seen.chosen(one).filter(pk=row.pk).exists() for one in asked]
        return [row.is_overdue(), is_silent(row, seen.now), *listed]

    assert stands() == [False, False, False, False, True]
    type(row).objects.filter(pk=row.pk).update(status=Status.AT_RISK)
    assert stands() == [True, True, True, True, False]


def test_an_action_that_was_added_here_inherits_no_claim(plan):
    review, _, rows = plan
    one = rows["claimed"].recommendation
    of_file = ActionFactory(recommendation=one).row
    added = ActionFactory(recommendation=one, key=uuid.uuid4()).row
    seen = seen_by(with_role(Role.COORDINATOR, review))

    assert list(seen.chosen({"standing": "claimed"})) == [of_file]
    assert (of_file.is_only_claimed, added.is_only_claimed) == (True, False)
    assert [tag.text for tag in tags_of(added, on=seen.on)] == ["Not confirmed yet"]


def test_a_new_row_of_which_nothing_was_told_is_not_silent_yet(plan):
    review, part, _ = plan
    young, old = row_of(review, part, followed=30), row_of(review, part, followed=32)
    seen = seen_by(with_role(Role.COORDINATOR, review))

    silent = set(seen.chosen({"silent": True}).values_list("pk", flat=True))

    assert (young.pk in silent, old.pk in silent) == (False, True)


def test_nobody_is_silent_about_a_review_that_has_ended(plan):
    review, _, _ = plan
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)
    seen = seen_by(with_role(Role.COORDINATOR, review))

    assert list(seen.chosen({"silent": True})) == []


def test_words_are_looked_for_in_the_action_and_in_its_recommendation(plan):
    review, part, _ = plan
    one = row_of(review, part, recommendation={"text": "Zebra crossings are painted"})
    action = ActionFactory(recommendation=one.recommendation, text="Buy the white paint").row
    seen = seen_by(with_role(Role.COORDINATOR, review))

    assert list(seen.chosen({"words": "zebra PAINT"})) == [action]
    assert list(seen.chosen({"words": "zebra 100%_"})) == []


# --- Figures and lists agree --------------------------------------------------------------------


def test_every_figure_is_the_length_of_its_list(plan):
    review, _, _ = plan
    seen = seen_by(with_role(Role.COORDINATOR, review))
    counts = figures_of(seen, seen.chosen({}))

    assert counts == {
        "all": 11,
        "open": 8,
        "overdue": 2,
        "silent": 2,
        "undated": 1,
        "moved": 1,
        "waiting": 1,
        "claimed": 1,
        "done": 1,
    }
    for name, _, filters in FIGURES:
        asked = {key: True if value == "on" else value for key, value in filters.items()}
        assert seen.chosen(asked).count() == counts[name]


@pytest.mark.parametrize("name", ["agency", "theme", "level", "decision", "status", "age", "moves"])
def test_every_number_of_a_breakdown_is_the_length_of_its_list(name, plan):
    review, _, _ = plan
    row_of(review, agency_in(review, "Housing"), followed=400, recommendation={"level": "national"})
    row_of(review, recommendation={"theme": Theme.objects.first()})
    seen = seen_by(with_role(Role.COORDINATOR, review))

    lines = broken_down(seen, seen.chosen({}), name)

    assert sum(line.counts["all"] for line in lines) == 13
    for line in lines:
        assert seen.chosen({name: line.key}).count() == line.counts["all"]
        assert seen.chosen({name: line.key, "standing": "open"}).count() == line.counts["open"]
        assert seen.chosen({name: line.key, "due": "overdue"}).count() == line.counts["overdue"]
        assert seen.chosen({name: line.key, "silent": True}).count() == line.counts["silent"]


def test_there_is_to_choose_what_there_is(plan):
    review, part, _ = plan
    row_of(review)
    seen = seen_by(with_role(Role.COORDINATOR, review))

    assert choices_of(seen, "agency") == [
        (str(part.agency_id), "Police"),
        ("none", "Nobody was named"),
    ]


def test_the_names_of_filters_are_those_of_the_lists():
    assert {filters.get("standing") for _, _, filters in FIGURES} - {None} == set(STANDINGS)
    assert {filters.get("due") for _, _, filters in FIGURES} - {None} < set(DUE)


# --- Who sees what ------------------------------------------------------------------------------


@pytest.fixture
def places(plan):
    """The plan; one row of another agency, one that both lead; a review of another partnership."""
    review, ours, rows = plan
    theirs = agency_in(review, "Housing")
    other = row_of(review, theirs)
    joint = row_of(review, theirs)
    joint.lead_links.create(participation=ours)
    foreign = row_of(ReviewFactory())
    return review, ours, theirs, rows, other, joint, foreign


@pytest.mark.parametrize(
    ("role", "n"),
    [
        (Role.COORDINATOR, 13),
        (Role.CHAIR, 13),
        (Role.HOME_OFFICE_READER, 13),
        (Role.PANEL_MEMBER, 0),
        (Role.BOARD_READER, 0),
        (Role.ADMINISTRATOR, 0),
    ],
)
def test_a_role_in_the_review_counts_what_it_sees(role, n, places):
    review, *_ = places

    assert figures_of(seen := seen_by(with_role(role, review)), seen.rows)["all"] == n


def test_an_action_lead_counts_what_their_agency_leads_alone_or_with_others(places):
    review, ours, theirs, _, other, joint, _ = places

    own = seen_by(with_role(Role.ACTION_LEAD, review, ours)).rows
    beside = seen_by(with_role(Role.ACTION_LEAD, review, theirs)).rows

    assert (own.count(), joint in own, other in own) == (12, True, False)
    assert set(beside) == {other, joint}


def test_the_panel_counts_a_plan_that_was_shared(places):
    review, *_ = places
    panel, chair = with_role(Role.PANEL_MEMBER, review), with_role(Role.CHAIR, review)
    share(review, material=Material.ACTION_PLAN, with_role=Role.PANEL_MEMBER, by=chair)

    assert seen_by(panel).rows.count() == 13


def test_another_partnerships_coordinator_counts_their_own(places):
    *_, foreign = places
    user = with_role(Role.COORDINATOR, foreign.review)

    assert list(seen_by(user).rows) == [foreign]
    assert choices_of(seen_by(user), "agency") == [("none", "Nobody was named")]


def test_who_leads_only_an_action_is_not_told_what_is_said_of_the_whole(plan):
    review, part, _ = plan
    one = row_of(review, recommendation={"level": "national", "decision": "accepted"})
    action = ActionFactory(recommendation=one.recommendation, lead=part)
    seen = seen_by(with_role(Role.ACTION_LEAD, review, part))

    assert action.row in seen.rows
    assert not {"theme", "level", "decision"} & set(seen.groups)


def test_who_reads_another_plan_whole_is_not_told_it_of_a_part_either(plan):
    review, part, _ = plan
    one = row_of(review, recommendation={"level": "national"})
    ActionFactory(recommendation=one.recommendation, lead=part)
    user = with_role(Role.ACTION_LEAD, review, part)
    elsewhere = row_of(ReviewFactory(), recommendation={"level": "national"})
    give_role(user=user, role=Role.CHAIR, review=elsewhere.review, by=None)

    assert list(seen_by(user).chosen({"level": "national"})) == [elsewhere]


# --- What a board reads -------------------------------------------------------------------------


def published_to(user):
    return Published(user, on=timezone.localdate(), now=timezone.now())


@pytest.mark.parametrize("stage", Stage)
def test_a_board_reads_the_rows_of_a_plan_from_its_publication_on(stage, plan):
    review, _, rows = plan
    Review.objects.filter(pk=review.pk).update(stage=stage)
    user = with_role(Role.BOARD_READER, review)

    listed = published_to(user).rows

    assert listed.count() == (len(rows) if stage in {Stage.MONITORING, Stage.CLOSED} else 0)


def test_a_board_reads_from_the_recorded_day_of_publication_on(plan):
    review, _, rows = plan
    Review.objects.filter(pk=review.pk).update(stage=Stage.PUBLICATION)
    seen = published_to(with_role(Role.BOARD_READER, review))
    before = seen.rows.count()

    review.milestones.create(milestone="published", on=parse("3 March 2026").value)
    after = seen.rows.count()
    review.milestones.create(milestone="published", why="It was not")

    assert (before, after, seen.rows.count()) == (0, len(rows), 0)


def test_a_board_is_told_nothing_of_updates_dates_or_decisions(plan):
    review, *_ = plan

    assert set(published_to(with_role(Role.BOARD_READER, review)).groups) == {
        "agency",
        "theme",
        "level",
        "status",
    }


def test_nobody_else_reads_as_a_board_does(plan):
    review, part, _ = plan
    for role in (Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.HOME_OFFICE_READER):
        assert list(published_to(with_role(role, review)).rows) == []
    assert list(published_to(with_role(Role.ACTION_LEAD, review, part)).rows) == []
    assert list(published_to(with_role(Role.BOARD_READER, ReviewFactory())).rows) == []


def test_a_draft_is_in_no_dashboard(plan):
    review, part, rows = plan
    row_of(review, part, recommendation={"is_draft": True}, due=days(-3))

    for user in (with_role(Role.COORDINATOR, review), with_role(Role.CHAIR, review)):
        assert seen_by(user).rows.count() == len(rows)
    assert published_to(with_role(Role.BOARD_READER, review)).rows.count() == len(rows)


def test_the_statuses_are_all_there(plan):
    _, _, rows = plan

    assert {row.status for row in rows.values()} == set(Status)
