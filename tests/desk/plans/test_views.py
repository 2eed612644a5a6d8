import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from actionplans.rows.models import PlanRow
from actionplans.seeing.models import SavedFilter
from audit.models import Event
from reviews.rules import Role, Stage
from reviews.services import give_role
from tests.actionplans.seeing.plans import agency_in, days, one_of_each, row_of
from tests.conftest import with_role
from tests.factories.actionplans import ProgressNoteFactory
from tests.factories.actionplans_progress import DateMoveFactory, DecisionFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
PLANS = "/plans/"


@pytest.fixture
def plan(db):
    review = ReviewFactory(stage=Stage.MONITORING)
    part = agency_in(review, "Police")
    return review, part, one_of_each(review, part)


def listed(response):
    return [one.row.pk for one in response.context["rows"]]


def in_file(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


def numbers(response):
    """{label: (number, address)} of the figures at the top."""
    found = {}
    for figure in response.context["figures"]:
        match = re.match(r'<a .*href="([^"]+)".*>([\d,]+)</a>$', str(figure["value"]))
        number, href = (match[2], match[1]) if match else (str(figure["value"]), "")
        found[figure["label"]] = int(number.replace(",", "")), href.replace("&amp;", "&")
    return found


# --- The list -----------------------------------------------------------------------------------


def test_each_figure_leads_to_a_list_of_so_many(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    figures = numbers(client.get(PLANS))

    assert figures["Actions"][0] == 11
    for number, href in figures.values():
        if href:
            assert len(listed(client.get(href))) == number


def test_each_figure_leads_to_so_many_with_another_filter_in_use(plan, client, sign_in):
    review, *_ = plan
    row_of(review, agency_in(review, "Housing"), due=days(-3))
    sign_in(Role.COORDINATOR, review)
    asked = {"agency": plan[1].agency_id, "standing": "waiting"}
    response = client.get(PLANS, asked)

    assert len(listed(response)) == 1
    for number, href in numbers(response).values():
        if href:
            assert len(listed(client.get(href))) == number


def test_each_number_of_a_breakdown_leads_to_so_many(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])

    lines = client.get(PLANS, {"by": "status"}).context["lines"]
    cells = " ".join(str(cell) for _, cells in lines for _, cell in cells)
    links = [
        (one.get("href"), one.text)
        for one in html.fragment_fromstring(cells, create_parent=True).xpath("//a")
    ]

    assert links
    for href, number in links:
        assert len(listed(client.get(href))) == int(number)


def test_the_file_has_the_rows_of_the_list_in_its_order(plan, client, sign_in):
    review, _, _rows = plan
    sign_in(Role.COORDINATOR, review)
    asked = {"standing": "open", "order": "due"}

    shown = [one.row.number for one in client.get(PLANS, asked).context["rows"]]
    file = client.get(reverse("desk:plans-export"), asked)

    assert [line[1] for line in in_file(file)] == shown
    assert len(shown) == 8
    event = Event.objects.order_by("pk").last()
    assert (event.type, event.data["rows"]) == ("export.made", 8)


def test_reading_is_told_in_the_trail_of_each_review(plan, client, sign_in):
    review, *_ = plan
    user = sign_in(Role.COORDINATOR, review)
    other = ReviewFactory(partnership=review.partnership)
    give_role(user=user, role=Role.CHAIR, review=other, by=None)
    row_of(other)
    last = Event.objects.order_by("-pk").first().pk

    client.get(PLANS)

    told = Event.objects.filter(pk__gt=last).values_list("stream", "type", "data__rows")
    assert set(told) == {
        (f"review:{review.reference}", "plan.read", 11),
        (f"review:{other.reference}", "plan.read", 1),
    }


def test_one_review_is_listed_alone(plan, client, sign_in):
    review, *_ = plan
    user = sign_in(Role.COORDINATOR, review)
    other = ReviewFactory(partnership=review.partnership)
    give_role(user=user, role=Role.CHAIR, review=other, by=None)
    one = row_of(other)

    assert listed(client.get(reverse("desk:review-plans", args=[other.reference]))) == [one.pk]
    assert listed(client.get(PLANS, {"review": other.reference})) == [one.pk]
    assert len(listed(client.get(PLANS))) == 12


def test_a_filter_that_is_no_choice_leaves_nothing_out(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])

    for wrong in ({"agency": "9999999"}, {"order": "'; --"}, {"review": "NONE"}, {"by": "x"}):
        assert len(listed(client.get(PLANS, wrong))) == 11


def test_fifty_are_on_a_page(client, sign_in):
    review = ReviewFactory()
    for _ in range(51):
        row_of(review)
    sign_in(Role.COORDINATOR, review)

    assert len(listed(client.get(PLANS))) == 50
    assert len(listed(client.get(PLANS, {"page": 2}))) == 1


@pytest.mark.parametrize("page", ["plans", "plans-changes", "plans-charts", "plans-export"])
def test_more_rows_ask_no_more_queries(page, client, sign_in):
    review = ReviewFactory(stage=Stage.MONITORING)
    sign_in(Role.COORDINATOR, review)
    asked = []
    for _ in range(2):
        row_of(review, agency_in(review), due=days(-3))
        address = reverse(f"desk:{page}")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
        row_of(review, agency_in(review))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.CHAIR, 200),
        (Role.HOME_OFFICE_READER, 200),
        (Role.ACTION_LEAD, 200),
        (Role.PANEL_MEMBER, 403),
        (Role.BOARD_READER, 403),
    ],
)
def test_the_pages_of_a_review_are_for_whoever_sees_its_plan(role, status, plan, client, sign_in):
    review, part, _ = plan
    sign_in(role, review, part if role == Role.ACTION_LEAD else None)

    for name in ("review-plans", "review-plans-changes", "review-plans-charts"):
        response = client.get(reverse(f"desk:{name}", args=[review.reference]))
        assert response.status_code == status


def test_an_action_lead_finds_only_what_is_theirs(plan, client, sign_in):
    review, _, _ = plan
    housing = agency_in(review, "Housing")
    one = row_of(review, housing)
    sign_in(Role.ACTION_LEAD, review, housing)

    response = client.get(PLANS)

    assert listed(response) == [one.pk]
    assert numbers(response)["Actions"][0] == 1
    assert b"Police" not in response.content


# --- What a board reads -------------------------------------------------------------------------


def test_a_board_reads_published_recommendations_and_statuses(plan, client, sign_in):
    review, *_ = plan
    sign_in(Role.BOARD_READER, review)
    hidden = row_of(ReviewFactory(partnership=review.partnership, stage=Stage.DRAFTING))

    response = client.get(reverse("desk:plans-published"))

    assert len(listed(response)) == 11
    assert hidden.recommendation.text not in response.content.decode()
    assert sum(number for number, _ in numbers(response).values()) == 11
    for number, href in numbers(response).values():
        assert len(listed(client.get(href))) == number


def test_a_board_reads_no_word_of_an_update(plan, client, sign_in):
    review, part, rows = plan
    row = rows["goes_on"]
    note = ProgressNoteFactory(
        recommendation=row.recommendation, row=row, participation=part, note="Secret words"
    )
    DateMoveFactory(note=note, reason="Secret reason")
    DecisionFactory(recommendation=row.recommendation, rationale="Secret rationale")
    PlanRow.objects.filter(pk=row.pk).update(owner_as_written="Secret owner")
    sign_in(Role.BOARD_READER, review)

    page = client.get(reverse("desk:plans-published"))
    file = client.get(reverse("desk:plans-published-export"))

    assert "Secret" not in page.content.decode()
    assert not [cell for line in in_file(file) for cell in line if "Secret" in str(cell)]
    assert [line[1] for line in in_file(file)] == [one.row.number for one in page.context["rows"]]
    for address in (row.get_absolute_url(), row.recommendation.get_absolute_url()):
        assert client.get(address).status_code == 404
    assert client.get(PLANS)["Location"] == reverse("desk:plans-published")


@pytest.mark.parametrize("page", ["plans", "plans-changes", "plans-charts", "plans-export"])
def test_whoever_only_reads_for_a_board_is_led_to_what_is_published(page, plan, client, sign_in):
    user = sign_in(Role.BOARD_READER, plan[0])

    assert client.get(reverse(f"desk:{page}"))["Location"] == reverse("desk:plans-published")

    give_role(user=user, role=Role.ACTION_LEAD, review=plan[0], participation=plan[1], by=None)
    assert client.get(reverse(f"desk:{page}")).status_code == 200


def test_a_board_reads_of_a_claim_that_it_is_one(plan, client, sign_in):
    review, _, rows = plan
    sign_in(Role.BOARD_READER, review)

    page = client.get(reverse("desk:plans-published"), {"status": "claimed"})

    (one,) = page.context["rows"]
    assert one.row == rows["claimed"]
    assert one.words == "Claimed completed, not confirmed"
    assert numbers(page)["Claimed, not confirmed"][0] == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.ACTION_LEAD])
def test_the_boards_page_is_the_boards(role, plan, client, sign_in):
    sign_in(role, plan[0], plan[1] if role == Role.ACTION_LEAD else None)

    assert client.get(reverse("desk:plans-published")).status_code == 403


# --- Saved filters ------------------------------------------------------------------------------


def save(client, name, query="standing=open&silent=on"):
    page = f"{reverse('desk:filter-save')}?{query}"
    form = client.get(page).context["form"]
    return client.post(page, {"name": name, "key": str(form["key"].value())})


def test_a_filter_is_saved_and_lists_the_same_again(plan, client, sign_in):
    user = sign_in(Role.COORDINATOR, plan[0])

    save(client, "Silent ones")

    one = SavedFilter.objects.get(user=user)
    assert (one.name, one.chosen) == ("Silent ones", {"standing": "open", "silent": "on"})
    ((_, href),) = client.get(PLANS).context["saved"]
    assert len(listed(client.get(href))) == 2


def test_a_filter_is_nobody_elses(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    save(client, "Silent ones")
    one = SavedFilter.objects.get()
    client.force_login(with_role(Role.COORDINATOR, plan[0]))

    assert client.get(PLANS).context["saved"] == []
    for step in ("rename", "first", "remove"):
        address = reverse(f"desk:filter-{step}", args=[one.pk])
        assert client.post(address, {"name": "Mine"}).status_code == 404
    one.refresh_from_db()
    assert one.name == "Silent ones"


def test_the_filter_that_one_begins_with_is_used_where_nothing_is_asked(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    save(client, "Silent ones")
    one = SavedFilter.objects.get()
    first = reverse("desk:filter-first", args=[one.pk])

    client.post(first)
    begun = client.get(PLANS, follow=True)
    everything = client.get(f"{PLANS}?show=all")
    client.post(first)

    assert (len(listed(begun)), len(listed(everything))) == (2, 11)
    assert len(listed(client.get(PLANS))) == 11


def test_one_filter_at_a_time_is_the_one_to_begin_with(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    save(client, "Silent ones")
    save(client, "Overdue ones", "due=overdue")
    for one in SavedFilter.objects.all():
        client.post(reverse("desk:filter-first", args=[one.pk]))

    assert [one.name for one in SavedFilter.objects.filter(is_default=True)] == ["Silent ones"]


def test_a_filter_is_renamed_and_removed(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    save(client, "Silent ones")
    one = SavedFilter.objects.get()

    client.post(reverse("desk:filter-rename", args=[one.pk]), {"name": "  Nobody   tells "})
    one.refresh_from_db()
    client.post(reverse("desk:filter-remove", args=[one.pk]))

    assert one.name == "Nobody tells"
    assert not SavedFilter.objects.exists()


def test_a_name_is_taken_once(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    save(client, "Silent ones")

    response = save(client, "silent ONES", "due=overdue")

    assert response.status_code == 422
    assert SavedFilter.objects.count() == 1


def test_a_second_click_saves_nothing_twice(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])
    page = reverse("desk:filter-save")
    sent = {"name": "All", "key": str(client.get(page).context["form"]["key"].value())}

    answers = [client.post(page, sent).status_code for _ in range(2)]

    assert (answers, SavedFilter.objects.count()) == ([302, 302], 1)


# --- Charts -------------------------------------------------------------------------------------


def test_the_table_of_a_chart_says_what_the_lists_say(plan, client, sign_in):
    review, *_ = plan
    row_of(review, agency_in(review, "Housing"))
    sign_in(Role.COORDINATOR, review)

    by_agency, over_time, slippage = client.get(reverse("desk:plans-charts")).context["charts"]

    for chart, total in ((by_agency, 12), (slippage, 12)):
        found = 0
        for _, cells in chart.lines:
            for _, cell in cells:
                if match := re.match(r'<a .*href="([^"]+)".*>([\d,]+)</a>$', str(cell)):
                    href = match[1].replace("&amp;", "&")
                    assert len(listed(client.get(href))) == int(match[2])
                    found += int(match[2])
        assert found == total
    _last, cells = over_time.lines[-1]
    assert len(over_time.lines) == 1  # nothing was followed in the months before


def test_the_bars_say_what_the_table_says(plan, client, sign_in):
    sign_in(Role.COORDINATOR, plan[0])

    by_agency, *_ = client.get(reverse("desk:plans-charts")).context["charts"]

    ((name, counts),) = by_agency.bars.lines
    ((label, cells),) = by_agency.lines
    assert name == label == "Police"
    drawn = {kind.label: counts.get(kind.key, 0) for kind in by_agency.bars.kinds}
    table = {head: int(re.sub(r"<[^>]+>", "", str(cell))) for head, cell in cells}
    assert drawn == table
    assert sum(drawn.values()) == 11
    assert (drawn["Claimed, not confirmed"], drawn["Not confirmed yet"]) == (1, 1)
    for number in filter(None, drawn.values()):
        assert f"{number} " in by_agency.bars.description


def test_a_picture_escapes_what_an_agency_is_called(client, sign_in):
    review = ReviewFactory()
    row_of(review, agency_in(review, '<b>Trust</b> & "Co"'))
    sign_in(Role.COORDINATOR, review)

    text = client.get(reverse("desk:plans-charts")).content.decode()

    assert "<b>Trust" not in text
    assert "&lt;b&gt;Trust&lt;/b&gt; &amp; &quot;Co&quot;" in text
