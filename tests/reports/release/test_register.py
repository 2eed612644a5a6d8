"""The register of publications across reviews: who finds what there, what comes first, and its file."""

import io
import uuid

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.release import publishing, services
from reports.release.register import HEADINGS, register_for, shown_of
from reviews.access import forget
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.agencies import PartnershipFactory
from tests.factories.reports_release import ADDRESS, in_days, proposed, published, signed_off
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

REGISTER = "reports:register"


@pytest.fixture
def place():
    return PartnershipFactory()


def review_of(place):
    return ReviewFactory(partnership=place)


def text_of(client):
    return " ".join(client.get(reverse(REGISTER)).content.decode().split())


def sheet_of(client):
    content = client.get(reverse("reports:register-export")).content
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    headings, *rest = [tuple(row) for row in rows]
    return headings, [dict(zip(headings, row, strict=True)) for row in rest]


def test_what_is_to_be_taken_down_comes_first_the_longest_ago_before_the_others(place):
    soon = published(review_of(place), take_down_on=in_days(5))
    sooner = published(review_of(place), take_down_on=in_days(3))
    stays = published(review_of(place))
    waiting, signed = proposed(review_of(place)), signed_off(review_of(place))
    user = with_role(Role.COORDINATOR, partnership=place)

    assert list(register_for(user, on=in_days(9))) == [sooner, soon, stays, signed, waiting]


def test_the_page_says_what_where_and_until_when(place, client, sign_in):
    release = published(review_of(place), take_down_on=in_days(5))
    sign_in(Role.COORDINATOR, partnership=place)

    page = text_of(client)

    assert str(release.review) in page
    assert release.files.get().sha256 in page
    assert "What we learnt" in page
    assert "Executive summary, version 1, Web page" in page
    assert ADDRESS in page
    assert f"To be taken down {in_days(5):%-d %B %Y}" in page


def test_a_coordinator_finds_the_sets_of_their_partnership_and_of_no_other(place, client, sign_in):
    mine, others = proposed(review_of(place)), published(ReviewFactory())
    sign_in(Role.COORDINATOR, partnership=place)

    page = text_of(client)

    assert str(mine.review) in page
    assert str(others.review) not in page


def test_a_board_reader_finds_what_was_published_and_nothing_before(place, client, sign_in):
    out, waiting = published(review_of(place)), proposed(review_of(place))
    sign_in(Role.BOARD_READER, partnership=place)

    page = text_of(client)
    _, rows = sheet_of(client)

    assert str(out.review) in page
    assert str(waiting.review) not in page
    assert [row["Review"] for row in rows] == [out.review.reference]


def test_of_what_was_withdrawn_a_board_reader_finds_that_it_was_and_no_more(place, client, sign_in):
    release = published(review_of(place))
    file = release.files.get()
    services.withdraw(
        release,
        on=timezone.localdate(),
        reason="A name",
        done="Taken away",
        by=with_role(Role.COORDINATOR, release.review),
        key=uuid.uuid4(),
    )
    sign_in(Role.BOARD_READER, partnership=place)

    page = text_of(client)
    _, (row,) = sheet_of(client)

    assert f"Withdrawn {timezone.localdate():%-d %B %Y}" in page
    assert file.sha256 not in page
    assert ADDRESS not in page
    assert (row["Title"], row["Where published"], row["SHA-256"]) == (None, None, None)
    assert row["Withdrawn on"].date() == timezone.localdate()


def test_the_workbook_has_every_column(place, client, sign_in):
    release = published(review_of(place), take_down_on=in_days(5))
    sign_in(Role.COORDINATOR, partnership=place)

    headings, (row,) = sheet_of(client)

    assert headings == HEADINGS
    assert row["SHA-256"] == release.files.get().sha256
    assert row["Where published"] == ADDRESS
    assert row["To be taken down on"].date() == in_days(5)
    assert row["State"] == "Published"


def test_a_moved_day_of_taking_down_is_the_one_that_holds(place, client, sign_in):
    moved = published(review_of(place), take_down_on=in_days(3))
    other = published(review_of(place), take_down_on=in_days(5))
    publishing.move_take_down(
        moved,
        to=in_days(8),
        reason="Learning goes on",
        agreed_by="The board",
        by=with_role(Role.COORDINATOR, moved.review),
        key=uuid.uuid4(),
    )
    user = sign_in(Role.COORDINATOR, partnership=place)

    page = text_of(client)
    days = [row["To be taken down on"].date() for row in sheet_of(client)[1]]
    rows = shown_of(register_for(user, on=in_days(6)), user, on=in_days(6))

    assert f"To be taken down {in_days(8):%-d %B %Y}" in page
    assert sorted(days) == [in_days(5), in_days(8)]
    assert [(row.release, row.is_late) for row in rows] == [(other, True), (moved, False)]


def test_the_page_asks_the_database_as_often_for_many_as_for_few(
    place,
):
    user = with_role(Role.COORDINATOR, partnership=place)

    def asked():
        forget(user)
        with CaptureQueriesContext(connection) as found:
            shown_of(register_for(user, on=in_days(0)), user, on=in_days(0))
        return len(found)

    published(review_of(place))
    few = asked()
    published(review_of(place))
    published(review_of(place))

    assert asked() == few


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER])
def test_it_is_for_those_who_look_after_a_partnership(role, place, client, sign_in):
    sign_in(role, review_of(place))

    assert client.get(reverse(REGISTER)).status_code == 403
    assert client.get(reverse("reports:register-export")).status_code == 403
