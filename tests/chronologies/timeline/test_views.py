import re
import uuid
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from audit.models import Event
from chronologies.models import Export
from chronologies.services import keep_export
from chronologies.timeline import printing, queries
from foundations.post.jobs import run_job
from foundations.post.models import Job
from reviews.rules import Material, Role
from reviews.services import share, withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory, ExportFactory
from tests.factories.chronologies_marking import (
    EventAccountFactory,
    EventGroupFactory,
    MarkFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def police(review):
    return ParticipationFactory(review=review, agency__name="Northfield Police")


@pytest.fixture
def housing(review):
    return ParticipationFactory(review=review, agency__name="Housing")


@pytest.fixture
def chair(review, sign_in):
    return sign_in(Role.CHAIR, review)


def page(name, review):
    return reverse(f"chronologies:{name}", args=[review.reference])


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- The lanes ----------------------------------------------------------------------------------


def test_key_events_are_links_with_names_and_the_rest_are_for_the_mouse(
    client, review, police, chair
):
    key = EntryFactory(participation=police, on="12.03.2011", text="She called for help")
    MarkFactory(entry=key, kind="key")
    other = EntryFactory(participation=police, on="14.03.2011")

    text = client.get(page("timeline", review)).content.decode()

    (link,) = re.findall(r'<a href="([^"]+)" class="app-lanes__key" aria-label="([^"]+)">', text)
    assert link == (
        key.get_absolute_url(),
        "12 March 2011. Northfield Police. She called for help. Key event",
    )
    assert f'<a href="{other.get_absolute_url()}" tabindex="-1" aria-hidden="true">' in text


def test_the_picture_needs_no_style(client, review, police, chair):
    EntryFactory(participation=police)

    assert "style=" not in client.get(page("timeline", review)).content.decode()


def test_what_an_entry_says_cannot_become_part_of_the_page(client, review, police, chair):
    EntryFactory(participation=police, text='</title><script>alert(1)</script>" onload="x')

    text = client.get(page("timeline", review)).content.decode()

    assert "<script>alert" not in text
    assert 'onload="x' not in text


def test_it_leads_to_the_same_entries_as_a_table_and_back(client, review, police, chair):
    EntryFactory(participation=police, on="12.03.2011")
    asked = {"place": police.pk, "start": "2011", "end": "2011"}

    timeline = client.get(page("timeline", review), asked)
    combined = client.get(page("combined", review), asked)

    query = f"?place={police.pk}&amp;start=2011&amp;end=2011"
    assert f'{page("combined", review)}{query}"' in timeline.content.decode()
    assert f'{page("timeline", review)}{query}"' in combined.content.decode()


def test_it_says_where_the_rest_is_and_what_lies_beyond(client, review, police, chair):
    EntryFactory(participation=police, on="12.03.2015")
    EntryFactory(participation=police, on="14.02.2024")
    EntryFactory(participation=police, on="1990s")

    text = words_of(client.get(page("timeline", review)))

    assert "Scroll the picture sideways to see all of it." in text
    assert "lies beyond the picture and stands at its edge, with an arrow." in text
    assert "Arrow: it goes on, or lies, beyond the picture" in text


def test_a_review_without_entries_has_no_picture(client, review, chair):
    response = client.get(page("timeline", review))

    assert response.context["picture"] is None
    assert "The agencies have not added anything so far." in words_of(response)


def test_a_period_without_entries_says_where_they_are(client, review, police, chair):
    EntryFactory(participation=police, on="2009")

    response = client.get(page("timeline", review), {"start": "2011", "end": "2011"})

    assert "1 falls outside this period, before it." in words_of(response)


def test_only_what_has_no_date_leads_to_the_undated(client, review, police, chair):
    EntryFactory(participation=police, on="Undated")

    response = client.get(page("timeline", review))

    assert "No entry has a date." in words_of(response)


def test_too_many_entries_show_the_counts_first(client, review, police, chair, monkeypatch):
    monkeypatch.setattr(queries, "MOST_DRAWN", 2)
    for day in (1, 2, 3):
        EntryFactory(participation=police, on=f"{day}.03.2011")

    text = words_of(client.get(page("timeline", review)))

    assert "too many to draw each of them" in text
    assert text.index("Entries of each agency by year") < text.index("Point at a sign")


def test_a_wrong_date_in_the_filter_is_told(client, review, police, chair):
    EntryFactory(participation=police)

    response = client.get(page("timeline", review), {"start": "once"})

    assert "Enter a date such as 2011" in words_of(response)
    assert response.context["timeline"].inside == 1


@pytest.mark.parametrize("name", ["timeline", "density", "around"])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_of_many_entries_as_of_one(
    name, count, client, review, chair, django_assert_max_num_queries
):
    group = EventGroupFactory(review=review)
    for day in range(1, count + 1):
        part = ParticipationFactory(review=review)
        entry = EntryFactory(participation=part, on=f"{day}.03.2011")
        EntryFactory(participation=part, on="Undated")
        MarkFactory(entry=entry, kind="key")
        EventAccountFactory(group=group, entry=entry)
    asked = {"date": "2011"} if name == "around" else {}
    client.get(page(name, review), asked)

    with django_assert_max_num_queries({"timeline": 27, "density": 21, "around": 19}[name]) as seen:
        client.get(page(name, review), asked)

    assert _queries_of_one.setdefault(name, len(seen)) == len(seen)


_queries_of_one = {}


def test_reading_leaves_how_many_in_the_trail(client, review, police, chair):
    EntryFactory(participation=police)

    client.get(page("timeline", review))

    event = Event.objects.order_by("pk").last()
    assert (event.type, event.data) == ("timeline.read", {"rows": 1})


# --- Side by side around a date -------------------------------------------------------------------


def around(client, review, **asked):
    return client.get(page("around", review), asked)


def shown(response, which="days"):
    return [
        (moment.name, [[entry.text for entry in entries] for _, entries in moment.columns])
        for moment in response.context[which]
    ]


@pytest.fixture
def accounts(review, police, housing):
    EntryFactory(participation=police, on="12.03.2011", text="Called")
    EntryFactory(participation=housing, on="14.03.2011", text="Visited")
    EntryFactory(participation=housing, on="March 2011", text="Wrote")
    EntryFactory(participation=police, on="1.05.2011", text="Later")
    EntryFactory(participation=police, on="Undated", text="Once")


def test_agencies_stand_next_to_each_other_day_by_day(client, review, chair, accounts):
    response = around(client, review, date="12 March 2011", width="7")

    assert [place.name for place in response.context["places"]] == ["Housing", "Northfield Police"]
    assert shown(response) == [
        ("12 March 2011", [[], ["Called"]]),
        ("14 March 2011", [["Visited"], []]),
    ]
    assert shown(response, "dates") == [("March 2011", [["Wrote"], []])]
    assert [moment.distance for moment in response.context["days"]] == [
        "On the day asked about",
        "2 days after",
    ]


def test_a_date_that_is_not_one_day_is_a_window_of_its_own(client, review, chair, accounts):
    response = around(client, review, date="March 2011", width="0")

    assert "From 1 March 2011 to 31 March 2011." in words_of(response)
    assert [moment.distance for moment in response.context["days"]] == [
        "Within the date asked about"
    ] * 2


def test_agencies_can_be_chosen_without_a_date(client, review, police, housing, chair, accounts):
    response = around(client, review, agency=[police.pk, housing.pk])

    assert [name for name, _ in shown(response)] == [
        "12 March 2011",
        "14 March 2011",
        "1 May 2011",
    ]


def test_an_agency_that_is_chosen_alone_is_joined_by_those_with_most(
    client, review, police, chair, accounts
):
    response = around(client, review, agency=police.pk, date="12 March 2011")

    assert response.context["added"] == ["Housing"]
    assert "Beside it stand the agencies with most entries in these days." in words_of(response)


def test_others_with_entries_there_are_named(client, review, police, housing, chair):
    parts = [ParticipationFactory(review=review) for _ in range(5)]
    for part in parts:
        EntryFactory(participation=part, on="12.03.2011")

    response = around(client, review, date="12 March 2011")

    assert len(response.context["places"]) == 4
    ((_, count, href),) = response.context["others"]
    assert count == 1
    assert len(client.get(page("around", review) + href).context["places"]) == 5


@pytest.mark.parametrize("width", ["", "30", "x"])
def test_a_width_that_is_not_offered_is_told_or_the_usual(client, review, chair, accounts, width):
    response = around(client, review, date="12 March 2011", width=width)

    assert response.status_code == 200


@pytest.mark.parametrize("date", ["once", "before 2011", "x" * 90])
def test_a_date_without_both_ends_is_refused_beside_the_box(client, review, chair, date):
    response = around(client, review, date=date)

    assert response.context["around_form"].errors["date"]
    assert "There is a problem" in words_of(response)


def test_an_agency_that_is_not_seen_cannot_be_chosen(client, review, police, housing, sign_in):
    EntryFactory(participation=police, text="Police words")
    EntryFactory(participation=housing, text="Housing words")
    sign_in(Role.PANEL_MEMBER, review)
    share(
        review,
        material=Material.CHRONOLOGY,
        participation=housing,
        with_role=Role.PANEL_MEMBER,
        by=UserFactory(),
    )

    asked = around(client, review, agency=police.pk)
    dated = around(client, review, date="12.03.2011")

    assert "Select a valid choice" in words_of(asked)
    assert "Police" not in words_of(asked) + words_of(dated)
    assert "Housing words" in words_of(dated)


def test_nothing_is_shown_before_something_is_chosen(client, review, chair, accounts):
    response = around(client, review)

    assert "Nothing chosen yet" in words_of(response)
    assert "Called" not in words_of(response)


def test_an_entry_leads_to_what_others_have(client, review, police, housing, chair, accounts):
    entry = police.entries.get(text="Called")
    text = client.get(entry.get_absolute_url()).content.decode()
    (href,) = re.findall(r'href="([^"]+/around/[^"]+)"', text)

    response = client.get(href.replace("&amp;", "&"))

    assert shown(response)[0] == ("12 March 2011", [[], ["Called"]])


def test_an_entry_without_a_date_leads_nowhere(client, review, police, chair, accounts):
    entry = police.entries.get(text="Once")

    assert "around/?" not in client.get(entry.get_absolute_url()).content.decode()


def test_the_agency_itself_is_not_led_to_what_it_may_not_see(
    client, review, police, sign_in, accounts
):
    sign_in(Role.IMR_AUTHOR, review, police)
    entry = police.entries.get(text="Called")

    assert "around/?" not in client.get(entry.get_absolute_url()).content.decode()


# --- On paper ---------------------------------------------------------------------------------------


def ask(client, review, **posted):
    return client.post(
        page("timeline-export", review), {"format": "pdf", "key": uuid.uuid4()} | posted
    )


def pdf_text(content):
    return "\n".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)


def test_a_short_timeline_is_drawn_at_once(client, review, police, housing, chair):
    key = EntryFactory(participation=police, on="12.03.2011", text="She called for help")
    MarkFactory(entry=key, kind="key")
    other = EntryFactory(participation=housing, on="March 2011", text="Lock changed")
    EntryFactory(participation=housing, on="Undated", text="Once")
    group = EventGroupFactory(review=review)
    for entry in (key, other):
        EventAccountFactory(group=group, entry=entry)

    response = ask(client, review)

    text = pdf_text(response.content)
    assert "filename=" in response["Content-Disposition"]
    assert f"{review.reference} timeline.pdf" in response["Content-Disposition"]
    for words in ("She called for help", "Lock changed", "Once", "Key event; same event as entry"):
        assert words in text
    assert Event.objects.order_by("pk").last().data["document"] == "the timeline"
    assert broken_rules(response.content) == []


def test_only_what_was_asked_for_is_printed(client, review, police, housing, chair):
    EntryFactory(participation=police, on="12.03.2011", text="Police words")
    EntryFactory(participation=housing, on="12.03.2011", text="Housing words")

    text = pdf_text(ask(client, review, place=housing.pk).content)

    assert ("Housing words" in text, "Police words" in text) == (True, False)
    assert "Agency: Housing" in text


def test_a_timeline_is_no_workbook(client, review, chair):
    assert ask(client, review, format="xlsx").status_code == 404


def test_a_long_timeline_is_drawn_by_a_worker(client, review, police, chair, monkeypatch):
    monkeypatch.setitem(printing.DIRECTLY, "pdf", 1)
    for year in (2009, 2010, 2011):
        EntryFactory(participation=police, on=f"12.03.{year}")

    response = ask(client, review)
    run_job(Job.objects.get().pk)

    export = Export.objects.get()
    assert response["Location"] == export.get_absolute_url()
    assert (export.what, export.rows, export.places) == ("timeline", 3, [police.pk])
    waiting = client.get(export.get_absolute_url())
    assert page("timeline", review) in waiting.content.decode()
    assert pdf_text(client.get(f"{export.get_absolute_url()}file/").content)


def test_a_file_with_marks_is_not_handed_out_when_they_are_shared_no_more(
    client, review, police, sign_in
):
    for material in (Material.CHRONOLOGY, Material.ANALYSIS):
        given = share(review, material=material, with_role=Role.PANEL_MEMBER, by=UserFactory())
    panel = sign_in(Role.PANEL_MEMBER, review)
    MarkFactory(entry=EntryFactory(participation=police), kind="key")
    made = printing.make(review, panel, chosen={})
    export = ExportFactory(review=review, by=panel, what="timeline", format="pdf")
    keep_export(export.pk, made)
    before = client.get(export.get_absolute_url()).status_code

    withdraw_share(given, by=with_role(Role.CHAIR, review))

    assert (before, client.get(export.get_absolute_url()).status_code) == (200, 403)


def test_a_page_has_no_picture_that_is_higher_than_it(review, police):
    chair = with_role(Role.CHAIR, review)
    for number in range(130):
        EntryFactory(participation=police, on="12.03.2011", position=number)
    timeline = queries.Timeline(review, chair, {})
    rows = printing._Rows(timeline, None)

    pictures = printing._pictures(timeline, rows, timeline.period.of_year(2011))

    assert [name for name, _ in pictures] == ["March 2011"]


def test_lanes_that_do_not_fit_go_on_to_another_page(review):
    chair = with_role(Role.CHAIR, review)
    for number in range(24):
        part = ParticipationFactory(review=review, agency__name=f"Agency {number:02}")
        EntryFactory(participation=part, on="12.03.2011")
    timeline = queries.Timeline(review, chair, {})
    rows = printing._Rows(timeline, None)

    pictures = printing._pictures(timeline, rows, timeline.period.of_year(2011))

    assert [name for name, _ in pictures] == ["2011", "2011, continued"]
    assert all(picture.height <= printing.MOST_HEIGHT for _, picture in pictures)
    assert sum(len(picture.lanes) for _, picture in pictures) == 24
