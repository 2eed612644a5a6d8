"""What the timeline counts and draws, for whom, and in how many queries."""

import pytest

from chronologies.timeline import queries
from chronologies.timeline.density import density_of
from chronologies.timeline.picture import picture_of, sheet_of
from chronologies.timeline.queries import Timeline
from chronologies.timeline.saying import said_of
from chronologies.timeline.ways import ways_of
from foundations.dates import parse
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import (
    EventAccountFactory,
    EventGroupFactory,
    MarkFactory,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def police(review):
    return ParticipationFactory(review=review, agency__name="Northfield Police")


@pytest.fixture
def housing(review):
    return ParticipationFactory(review=review, agency__name="Housing")


def drawn(timeline):
    return {item.pk for item in timeline.items}


def years(timeline):
    return [day.year for day in timeline.edges]


def test_the_whole_reaches_as_far_as_what_is_known_well(review, chair, police):
    for when in ("12.03.2015", "June 2016", "14.02.2024"):
        EntryFactory(participation=police, on=when)
    EntryFactory(participation=police, on="1990s")
    EntryFactory(participation=police, on="before 2019")
    EntryFactory(participation=police, on="2010 to 2016")

    timeline = Timeline(review, chair, {})

    assert years(timeline) == [2015, 2024]
    assert timeline.beyond == (2, 0)
    assert "In whole or in part, 2 before" in said_of(timeline).drawn
    assert "lie beyond the picture and stand at its edge, with an arrow." in said_of(timeline).drawn


def test_a_day_far_from_the_timeframe_does_not_squeeze_the_rest(review, chair, police):
    review.scope_from, review.scope_to = parse("2015").value, parse("March 2024").value
    for n in range(10):
        EntryFactory(participation=police, on=f"12.03.{2014 + n}")
    EntryFactory(participation=police, on="01.05.1985")

    timeline = Timeline(review, chair, {})

    # Two of eleven are too many to lie beyond the picture, two of twenty-one are not.
    assert years(timeline) == [1985, 2023]
    EntryFactory.create_batch(10, participation=police, on="12.03.2016")
    assert years(Timeline(review, chair, {})) == [2015, 2023]
    assert Timeline(review, chair, {}).beyond == (2, 0)
    assert years(Timeline(review, chair, {"start": "1980", "end": "1989"})) == [1980, 1989]


def test_where_most_is_known_roughly_the_whole_shows_all(review, chair, police):
    EntryFactory(participation=police, on="12.03.2015")
    for when in ("1990s", "2001 to 2005", "2009 to 2012"):
        EntryFactory(participation=police, on=when)

    assert years(Timeline(review, chair, {})) == [1990, 2015]


def test_every_entry_is_drawn_or_counted_as_undated_or_outside(review, chair, police):
    on = {
        when: EntryFactory(participation=police, on=when)
        for when in ("12.03.2011", "2011", "before 2010", "14.02.2009", "Undated", "from 2012")
    }

    timeline = Timeline(review, chair, {"start": "2011", "end": "2011"})

    assert drawn(timeline) == {on["12.03.2011"].pk, on["2011"].pk}
    assert [item.pk for item in timeline.undated_items] == [on["Undated"].pk]
    assert (timeline.inside, timeline.undated, timeline.outside) == (2, 1, 3)
    assert (timeline.before, timeline.after) == (2, 1)


def test_it_says_how_many_are_drawn_and_how_many_are_not(review, chair, police):
    for when in ("12.03.2011", "March 2011", "14.02.2009", "Undated"):
        EntryFactory(participation=police, on=when)

    said = said_of(Timeline(review, chair, {"start": "2011", "end": "2011"}))

    assert said.drawn == (
        "2 entries are drawn, 1 of them as a bar because its date is not one day."
    )
    assert said.undated == "1 has no date and stands below the lanes."
    assert said.outside == "1 falls outside this period, before it."


def test_other_filters_apply_to_what_is_outside_too(review, chair, police, housing):
    EntryFactory(participation=police, on="2009")
    EntryFactory(participation=housing, on="2009")

    timeline = Timeline(review, chair, {"place": str(police.pk), "start": "2011"})

    assert timeline.outside == 1


def test_a_word_that_is_no_date_leaves_nothing_out(review, chair, police):
    EntryFactory(participation=police, on="2009")

    timeline = Timeline(review, chair, {"start": "once"})

    assert timeline.inside == 1


def test_marks_and_events_are_drawn_for_those_who_lead(review, chair, police, housing):
    ours, theirs = (EntryFactory(participation=part) for part in (police, housing))
    MarkFactory(entry=ours, kind="key")
    group = EventGroupFactory(review=review)
    for entry in (ours, theirs):
        EventAccountFactory(group=group, entry=entry)

    items = {item.pk: item for item in Timeline(review, chair, {}).items}

    assert items[ours.pk].kinds == {"key"}
    assert items[ours.pk].group == items[theirs.pk].group == group.pk
    assert items[ours.pk].title.endswith("Key event")


def test_what_was_taken_away_is_not_drawn(review, chair, police):
    entry = EntryFactory(participation=police)
    MarkFactory(entry=entry, kind="key", removed_at="2026-01-01T12:00Z")
    gone = EventGroupFactory(review=review, dissolved_at="2026-01-01T12:00Z")
    EventAccountFactory(group=gone, entry=entry)

    (item,) = Timeline(review, chair, {}).items

    assert (item.kinds, item.group) == (frozenset(), None)


@pytest.fixture
def panel(review, police):
    """The chronology of the police was shared with the panel, and nothing of the analysis."""
    share(
        review,
        material=Material.CHRONOLOGY,
        participation=police,
        with_role=Role.PANEL_MEMBER,
        by=UserFactory(),
    )
    return with_role(Role.PANEL_MEMBER, review)


def test_the_panel_sees_what_was_shared_without_the_marks(review, panel, police, housing):
    ours, theirs = (EntryFactory(participation=part) for part in (police, housing))
    MarkFactory(entry=ours, kind="key")
    group = EventGroupFactory(review=review)
    for entry in (ours, theirs):
        EventAccountFactory(group=group, entry=entry)

    timeline = Timeline(review, panel, {})

    assert [(item.pk, item.kinds, item.group) for item in timeline.items] == [
        (ours.pk, frozenset(), None)
    ]
    assert [place.name for place in timeline.places] == ["Northfield Police"]


def test_with_the_analysis_shared_the_panel_sees_marks_of_what_it_sees(
    review, panel, police, housing
):
    ours, theirs = (EntryFactory(participation=part) for part in (police, housing))
    for entry in (ours, theirs):
        MarkFactory(entry=entry, kind="key")
    group = EventGroupFactory(review=review)
    for entry in (ours, theirs):
        EventAccountFactory(group=group, entry=entry)
    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())

    timeline = Timeline(review, type(panel).objects.get(pk=panel.pk), {})

    assert [(item.pk, item.kinds) for item in timeline.items] == [(ours.pk, {"key"})]
    assert picture_of(timeline).joins == []


# --- Too many to draw -----------------------------------------------------------------------------


@pytest.fixture
def crowded(review, chair, police, monkeypatch):
    monkeypatch.setattr(queries, "MOST_DRAWN", 4)
    for day in range(1, 6):
        EntryFactory(participation=police, on=f"{day}.03.2011")
    for when in ("April 2011", "2011"):
        EntryFactory(participation=police, on=when)
    key = EntryFactory(participation=police, on="9.04.2011")
    MarkFactory(entry=key, kind="key")
    return Timeline(review, chair, {}), key


def test_too_many_are_counted_in_columns_and_the_key_events_drawn(crowded):
    timeline, key = crowded

    picture = picture_of(timeline)

    assert [item.pk for item in timeline.items] == [key.pk]
    assert [column.title for lane in picture.lanes for column in lane.columns] == [
        "Northfield Police, March 2011: 5 entries",
        "Northfield Police, April 2011: 2 entries",
    ]
    assert picture.lanes[0].count == "8 entries, 1 wider than a month"
    assert said_of(timeline).drawn == (
        "8 entries stand in this period: too many to draw each of them, so columns show how many "
        "there are, with 1 key event. Choose a shorter period to see each entry."
    )


def test_all_of_them_can_be_had_for_paper(crowded):
    timeline, _ = crowded

    assert len(timeline.items_of_period()) == 8


def test_of_many_without_a_date_the_key_events_are_drawn(review, chair, police, monkeypatch):
    monkeypatch.setattr(queries, "MOST_UNDATED", 2)
    rows = [EntryFactory(participation=police, on="Undated") for _ in range(3)]
    MarkFactory(entry=rows[1], kind="key")

    timeline = Timeline(review, chair, {})

    assert [item.pk for item in timeline.undated_items] == [rows[1].pk]
    assert "of an agency with many of them as a number" in said_of(timeline).undated


# --- Counts by year and month -----------------------------------------------------------------------


def table(density):
    heads = [short for short, _, _ in density.heads]
    return heads, {
        row.name: ([cell.count for cell in row.cells], row.wide, row.undated, row.total)
        for row in density.rows
    }


def test_an_entry_counts_in_the_year_in_which_its_whole_date_lies(review, chair, police, housing):
    for when in ("12.03.2011", "March 2011", "2010 to 2011", "before 2012", "2008", "Undated"):
        EntryFactory(participation=police, on=when)
    EntryFactory(participation=housing, on="14.02.2008")

    density = density_of(Timeline(review, chair, {}))

    assert table(density) == (
        ["2008", "2011"],
        {"Housing": ([1, 0], 0, 0, 1), "Northfield Police": ([1, 2], 2, 1, 6)},
    )
    assert ([cell.count for cell in density.totals], density.wide, density.total) == ([2, 2], 2, 7)


def test_within_a_year_the_months_are_counted(review, chair, police):
    for when in ("12.03.2011", "March 2011", "spring 2011", "2011", "14.02.2008"):
        EntryFactory(participation=police, on=when)

    density = density_of(Timeline(review, chair, {"start": "2011", "end": "2011"}))

    heads, rows = table(density)
    assert (heads[2], rows["Northfield Police"][0][2]) == ("Mar", 2)
    assert rows["Northfield Police"][1:] == (2, 0, 4)


def test_each_number_leads_to_its_entries(review, chair, police, housing, client):
    for when in ("12.03.2011", "14.04.2011", "2009"):
        EntryFactory(participation=police, on=when)
    EntryFactory(participation=housing, on="12.03.2011")
    client.force_login(chair)

    for row in density_of(Timeline(review, chair, {})).rows:
        for cell in row.cells:
            if cell.count:
                response = client.get(cell.href)
                assert response.context["timeline"].inside == cell.count


# --- Ways -----------------------------------------------------------------------------------------


def test_the_ways_lead_to_years_and_back(review, chair, police):
    for when in ("12.03.2011", "14.02.2009", "14.02.2014"):
        EntryFactory(participation=police, on=when)

    whole = ways_of(Timeline(review, chair, {}))
    year = ways_of(Timeline(review, chair, {"start": "2011", "end": "2011", "words": "attended"}))

    assert [(way.name, way.count) for way in whole.closer] == [
        ("2009", 1),
        ("2011", 1),
        ("2014", 1),
    ]
    assert (year.earlier.name, year.later.name) == ("2010", "2012")
    assert [way.name for way in year.wider] == ["The whole period"]
    assert [way.name for way in year.closer] == ["January to March 2011"]
    assert "words=attended" in year.later.href


def test_no_way_leads_to_where_nothing_is(review, chair, police):
    EntryFactory(participation=police, on="12.03.2011")

    ways = ways_of(Timeline(review, chair, {"start": "2011", "end": "2011"}))

    assert (ways.earlier, ways.later) == (None, None)


def test_only_what_has_no_date_is_no_picture_of_time(review, chair, police):
    EntryFactory(participation=police, on="Undated")

    assert sheet_of(Timeline(review, chair, {})) is None
