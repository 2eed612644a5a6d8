import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from reviews.clock import services as clock
from reviews.rules import Role
from reviews.services import fan_out
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_lifecycle import discontinued, suspended
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_requests import asked, overdue

pytestmark = pytest.mark.django_db
BOARD = reverse("desk:board")


@pytest.fixture
def review():
    return ReviewFactory(reference="CSP-1", stage="gathering")


@pytest.fixture
def coordinator(review, sign_in):
    return sign_in(Role.COORDINATOR, review)


def another(review, reference, **more):
    made = ReviewFactory(partnership=review.partnership, reference=reference, **more)
    with_role(Role.CHAIR, made)
    return made


def references(response):
    return [one.row.review.reference for one in response.context["shown"]]


@pytest.fixture
def five(review, coordinator):
    """One late, one suspended, one that ended, and two as they should be."""
    made = {
        "late": another(review, "CSP-5", stage="analysis"),
        "suspended": another(review, "CSP-4", stage="drafting"),
        "ended": another(review, "CSP-3", stage="scoping"),
        "early": another(review, "CSP-2", stage="scoping"),
    }
    for one in made.values():
        fan_out(coordinator.appointments.get(), one)
    today = timezone.localdate()
    clock.reached(made["late"], "notified", today - timedelta(days=90), coordinator)
    suspended(made["suspended"], by=coordinator)
    discontinued(made["ended"], by=coordinator)
    return made


def test_exceptions_come_first_and_what_has_ended_last(client, five):
    assert references(client.get(BOARD)) == ["CSP-5", "CSP-4", "CSP-2", "CSP-1", "CSP-3"]


def test_a_row_says_how_late_what_is_next_and_for_whom(client, review, coordinator):
    overdue(ParticipationFactory(review=review))
    ParticipationFactory(review=review)
    today = timezone.localdate()
    clock.reached(review, "notified", today - timedelta(days=90), coordinator)

    response = client.get(BOARD)

    (one,) = response.context["shown"]
    text = " ".join(response.content.decode().split())
    assert one.waiting == 1
    assert f"{one.row.days_late} days late" in text
    assert "Agree and issue the terms of reference" in text
    assert "Independent chair" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stage": "analysis"}, ["CSP-5"]),
        ({"late": "on"}, ["CSP-5"]),
        ({"reference": "sp-2"}, ["CSP-2"]),
        ({"kind": "joint"}, []),
        ({"stage": "nonsense", "reference": "2"}, None),
    ],
)
def test_the_board_is_filtered(asked, found, client, five):
    listed = references(client.get(BOARD, asked))

    assert listed == found if found is not None else len(listed) == 5


def test_the_filter_of_chairs_names_each_person_once(client, review, coordinator):
    member = PanelMemberFactory(review=review, capacity="chair", name="Robin Vale")

    response = client.get(BOARD, {"chair": f"member-{member.pk}"})

    assert references(response) == ["CSP-1"]
    assert (f"member-{member.pk}", "Robin Vale") in (
        response.context["filter"].fields["chair"].choices
    )
    assert len(references(client.get(BOARD, {"chair": "member-999999"}))) == 1


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_board_takes_as_many_queries_for_any_number(
    count, client, review, coordinator, django_assert_num_queries
):
    for number in range(count - 1):
        made = ReviewFactory(partnership=review.partnership, reference=f"M-{number}")
        fan_out(coordinator.appointments.get(), made)
    client.get(BOARD)

    with django_assert_num_queries(50):
        response = client.get(BOARD)

    assert len(response.context["shown"]) == min(count, 50)


def test_a_chair_sees_the_reviews_that_they_chair(client, review, sign_in):
    other = ReviewFactory(partnership=review.partnership)
    sign_in(Role.CHAIR, other)

    assert references(client.get(BOARD)) == [other.reference]


def test_the_file_holds_what_the_filters_find(client, five):
    response = client.get(reverse("desk:board-export"), {"late": "on"})

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.values)
    assert [row[0] for row in rows] == ["Reference", "CSP-5"]
    assert rows[1][6].endswith("days late")
    due = rows[1][rows[0].index("Due on")]
    assert due.date() < timezone.localdate()  # a day that Excel can sort by
    assert Event.objects.get(type="export.made").data["rows"] == 1


def test_nothing_of_another_partnership_is_on_the_board(client, review, coordinator):
    ReviewFactory(reference="CSP-9")

    assert "CSP-9" not in client.get(BOARD).content.decode()


@pytest.mark.parametrize(("stage", "waiting"), [("analysis", 1), ("monitoring", 0)])
def test_nobody_waits_for_an_agency_once_the_report_is_written(
    stage, waiting, client, review, coordinator
):
    asked(ParticipationFactory(review=review))
    review.stage = stage
    review.save()

    (one,) = client.get(BOARD).context["shown"]
    assert one.waiting == waiting
