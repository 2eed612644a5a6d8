"""Where things stand in the picture, from the numbers alone."""

import itertools
from datetime import date, timedelta

import pytest

from chronologies.timeline.axis import Axis, margin_of
from chronologies.timeline.layout import (
    BEYOND,
    GUTTER,
    LABEL_WIDTH,
    LEFT,
    RIGHT,
    WIDTH,
    Item,
    Undated,
    lay_out,
)
from chronologies.timeline.signs import ENTRY, SIGNS, signs_of

PLACES = [("1", "Police", "3 entries"), ("2", "Housing", "1 entry")]
FIRST, LAST = date(2011, 1, 1), date(2011, 12, 31)


@pytest.fixture
def axis():
    return Axis(FIRST, LAST, left=LEFT, right=RIGHT)


_numbers = itertools.count(1)


def item(earliest, latest=None, *kinds, place="1", **more):
    return Item(
        pk=next(_numbers),
        place=place,
        earliest=earliest,
        latest=latest,
        kinds=frozenset(kinds),
        **more,
    )


def on(day, *kinds, **more):
    return item(day, day, *kinds, **more)


def drawn_of(items, axis, **more):
    picture = lay_out(PLACES, items, axis, **more)
    return {one.item.pk: one for lane in picture.lanes for one in lane.drawn}


def test_a_day_stands_where_it_is_in_time(axis):
    first, middle, last = on(FIRST), on(date(2011, 7, 2)), on(LAST)

    drawn = drawn_of([first, middle, last], axis)

    assert LEFT < drawn[first.pk].x < drawn[middle.pk].x < drawn[last.pk].x < RIGHT
    assert drawn[middle.pk].x == pytest.approx((LEFT + RIGHT) / 2, abs=2)
    assert drawn[first.pk].bar is None


def test_a_bar_is_as_wide_as_its_date(axis):
    march = item(date(2011, 3, 1), date(2011, 3, 31))

    bar = drawn_of([march], axis)[march.pk].bar

    assert bar.x == pytest.approx(axis.start(date(2011, 3, 1)), abs=0.1)
    assert bar.width == pytest.approx(31 * axis.scale, abs=0.1)
    assert bar.opens == ""


def test_a_bar_without_an_end_reaches_the_edge_with_an_arrow(axis):
    before, after = item(None, date(2011, 3, 31)), item(date(2011, 3, 1), None)

    drawn = drawn_of([before, after], axis)

    assert (drawn[before.pk].bar.x, drawn[before.pk].bar.opens.count("M")) == (GUTTER, 1)
    bar = drawn[after.pk].bar
    assert (bar.x + bar.width, bar.opens.count("M")) == (pytest.approx(WIDTH), 1)


def test_a_date_that_goes_on_beyond_the_picture_has_no_arrow(axis):
    decade = item(date(2010, 6, 1), date(2011, 2, 1))

    bar = drawn_of([decade], axis)[decade.pk].bar

    assert (bar.x, bar.opens) == (GUTTER, "")


def test_what_lies_beyond_a_picture_of_the_whole_stands_at_its_edge_with_an_arrow():
    axis = Axis(FIRST, LAST, left=LEFT, right=RIGHT, goes_on=(True, True))
    nineties = item(date(1990, 1, 1), date(1999, 12, 31))
    birth, late = on(date(1985, 5, 1)), on(date(2030, 1, 1), "key")
    reaching = item(date(2005, 1, 1), date(2011, 2, 1))

    drawn = drawn_of([nineties, birth, late, reaching], axis)

    for one in (nineties, birth):
        bar = drawn[one.pk].bar
        assert (bar.x, bar.width, bar.opens.count("M")) == (GUTTER, BEYOND, 1)
    bar = drawn[late.pk].bar
    assert (bar.x + bar.width, bar.opens.count("M")) == (WIDTH, 1)
    assert drawn[late.pk].x < WIDTH
    assert (drawn[reaching.pk].bar.x, drawn[reaching.pk].bar.opens.count("M")) == (GUTTER, 1)


def test_the_number_of_a_key_event_is_not_cut_off_by_the_edge(axis):
    first, last = on(FIRST, "key", label="1"), on(LAST, "key", label="122")

    drawn = drawn_of([first, last], axis)

    assert drawn[first.pk].label_at[0] > drawn[first.pk].x
    x = drawn[last.pk].label_at[0]
    assert x + LABEL_WIDTH * 3 < drawn[last.pk].x - 9


def test_what_covers_all_that_is_shown_is_thin_unless_it_is_marked(axis):
    year, marked = item(FIRST, LAST), item(FIRST, LAST, "missed")

    drawn = drawn_of([year, marked], axis)

    assert drawn[year.pk].bar.height < drawn[marked.pk].bar.height


def boxes(drawn):
    for one in drawn.values():
        xs = [x for x, _ in one.signs]
        left = min([x - 6 for x in xs] + ([one.bar.x] if one.bar else []))
        right = max([x + 6 for x in xs] + ([one.bar.x + one.bar.width] if one.bar else []))
        yield left, right, one.y


def test_nothing_covers_anything_else(axis):
    some = [
        on(FIRST + timedelta(days=3 * n % 40), *(["key"] if n % 7 == 0 else [])) for n in range(60)
    ]
    some += [item(FIRST + timedelta(days=n), FIRST + timedelta(days=n + 20)) for n in range(30)]
    some += [on(FIRST + timedelta(days=9), "missed", "good", "risk") for _ in range(4)]

    drawn = drawn_of(some, axis)

    assert len(drawn) == len(some)
    for (left, right, y), (other_left, other_right, other_y) in itertools.combinations(
        boxes(drawn), 2
    ):
        apart = right <= other_left + 0.2 or other_right <= left + 0.2
        assert apart or abs(y - other_y) >= 6


def test_what_can_be_reached_by_key_can_be_hit(axis):
    keys = [on(FIRST + timedelta(days=n), "key") for n in range(12)]

    drawn = list(drawn_of(keys, axis).values())

    for one, other in itertools.combinations(drawn, 2):
        assert abs(one.x - other.x) >= 24 or abs(one.y - other.y) >= 24


def test_lanes_hold_their_own_and_follow_one_another(axis):
    ours, theirs = on(date(2011, 3, 1)), on(date(2011, 3, 1), place="2")

    first, second = lay_out(PLACES, [ours, theirs], axis).lanes

    assert [[one.item for one in lane.drawn] for lane in (first, second)] == [[ours], [theirs]]
    assert first.bottom == second.y
    assert first.y < first.drawn[0].y < first.bottom < second.drawn[0].y < second.bottom


def test_accounts_of_one_event_are_joined_from_lane_to_lane(axis):
    ours = on(date(2011, 3, 1), group=7)
    theirs = on(date(2011, 3, 3), place="2", group=7)
    alone = on(date(2011, 5, 1), group=8)

    picture = lay_out(PLACES, [ours, theirs, alone], axis)

    marks = {one.item: one for lane in picture.lanes for one in lane.drawn}
    assert picture.joins == [
        f"M{marks[ours].x},{marks[ours].y}L{marks[theirs].x},{marks[theirs].y}"
    ]


def test_what_has_no_date_stands_below_the_lanes_and_not_in_time(axis):
    undated = item(None, None, "good")

    picture = lay_out(PLACES, [], axis, undated=[Undated("Police", 1, (undated,))])

    assert picture.undated.y > picture.bottom
    (one,) = picture.undated.drawn
    assert (one.item, one.bar) == (undated, None)
    assert picture.undated.labels[0][2] == "Police: 1"
    assert picture.height > picture.undated.bottom


def test_of_many_without_a_date_the_number_stands_there(axis):
    picture = lay_out(PLACES, [], axis, undated=[Undated("Police", 812, ())])

    assert picture.undated.labels[0][2] == "Police: 812"


def test_columns_are_as_high_as_there_are_entries(axis):
    columns = {
        "1": [
            (FIRST, date(2011, 1, 31), "Police, January 2011: 40 entries", 40, "/there/"),
            (date(2011, 2, 1), date(2011, 2, 28), "Police, February 2011: 10 entries", 10, ""),
        ]
    }

    lane, empty = lay_out(PLACES, [], axis, columns=columns).lanes

    assert lane.columns[0].height == pytest.approx(4 * lane.columns[1].height)
    assert {round(c.y + c.height) for c in lane.columns} == {round(lane.columns[0].y + 44)}
    assert empty.columns == []


def test_a_long_name_is_broken_and_never_runs_into_the_lane():
    name = "North Eastern Community Rehabilitation Company and Its Several Named Successors"
    axis = Axis(FIRST, LAST, left=LEFT, right=RIGHT)

    (lane,) = lay_out([("1", name, "2 entries")], [], axis).lanes

    words = [line for _, line, is_name in lane.lines if is_name]
    assert len(words) <= 3
    assert max(map(len, words)) <= 23
    assert all(lane.y < y < lane.bottom for y, _, _ in lane.lines)


# --- Signs --------------------------------------------------------------------------------------


def test_every_kind_of_mark_has_a_shape_and_a_colour_of_its_own():
    signs = [*SIGNS.values(), ENTRY]

    assert len({sign.path for sign in signs}) == len(signs)
    assert len({(sign.fill, sign.stroke) for sign in signs}) == len(signs)


def test_each_kind_is_drawn_the_weightiest_first():
    assert [sign.kind for sign in signs_of({"good", "key"})] == ["key", "good"]
    assert signs_of(()) == (ENTRY,)


# --- The axis -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "major", "minor"),
    [
        (date(2011, 5, 1), date(2011, 5, 31), ["May 2011"], "1"),
        (date(2011, 4, 1), date(2011, 6, 30), ["Apr 2011", "May 2011", "Jun 2011"], "4"),
        (date(2011, 1, 1), date(2011, 12, 31), ["2011"], "Jan"),
        (date(2004, 12, 6), date(2006, 2, 1), ["2004", "2005", "2006"], "Jan"),
        (date(2005, 1, 1), date(2014, 12, 31), [str(year) for year in range(2005, 2015)], ""),
        (date(1951, 1, 1), date(2000, 12, 31), ["1951", *map(str, range(1955, 2001, 5))], ""),
    ],
)
def test_the_axis_fits_the_period(first, last, major, minor):
    axis = Axis(first, last, left=LEFT, right=RIGHT)

    labels = [tick.label for tick in axis.major if tick.label]
    assert labels == major
    assert axis.minor[0].label == minor


@pytest.mark.parametrize("days", [1, 7, 31, 90, 365, 800, 3650, 36500])
def test_words_of_the_axis_never_run_into_each_other(days):
    axis = Axis(FIRST, FIRST + timedelta(days=days - 1), left=LEFT, right=RIGHT)

    for ticks in (axis.major, axis.minor):
        ends = 0
        for tick in ticks:
            if tick.label:
                assert tick.x >= ends
                ends = tick.x + 6 * len(tick.label)


def test_there_is_room_beside_the_first_and_the_last_entry():
    first, last = margin_of(FIRST, FIRST)

    assert first < FIRST < last
    assert margin_of(date.min, date.max) == (date.min, date.max)
