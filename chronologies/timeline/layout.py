"""Where everything stands in the picture: one lane an agency. The template, and svg.py, only print
numbers.

In a lane the key events stand on top, below them what else has a known day, and below that a bar for
each date that is not one day, as wide as the date; thin ones where it covers all that is shown, as
"2011" does in a picture of May 2011. What would overlap moves one row down. Where
there is too much to draw each entry, columns say how many there are.
"""

import textwrap
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from chronologies.marking.models import Mark
from chronologies.timeline.axis import Axis
from chronologies.timeline.signs import PLAIN, signs_of
from chronologies.timeline.svg import InSvg

WIDTH, GUTTER = 1200, 184
LEFT, RIGHT = GUTTER + 14, WIDTH - 18  # of time itself: what stands on the first day needs room
HEADER, PADDING = 46, 7
KEY_ROW, DOT_ROW, BAR_ROW, THIN_ROW = 26, 14, 13, 6
BAR, KEY_BAR, THIN_BAR = 8, 10, 3.5
STEP = 13  # between the signs of one entry
COLUMNS = 44  # how high the highest column is
BEYOND = 32  # of what lies before or after all that is drawn, at the edge with an arrow
NARROWEST = 2.5  # a bar that must be seen, a column that must be told from the next
LETTERS = 23  # of an agency's name on one line
LETTER_WIDTH = 6.3
LABEL_WIDTH = 7.5  # of a figure beside a key event


@dataclass(frozen=True)
class Item:
    """An entry that is to be drawn."""

    pk: int
    place: str
    earliest: date | None
    latest: date | None
    kinds: frozenset = frozenset()
    group: int | None = None
    title: str = ""
    href: str = ""
    label: str = ""  # beside a key event, on paper

    @property
    def is_dated(self):
        return self.earliest is not None or self.latest is not None

    @property
    def is_point(self):
        return self.is_exact or not self.is_dated

    @property
    def is_key(self):
        return Mark.Kind.KEY in self.kinds

    @property
    def is_exact(self):
        return self.earliest is not None and self.earliest == self.latest

    @cached_property
    def signs(self):
        """What is drawn on it; on a bar only what was marked."""
        return signs_of(self.kinds) if self.kinds or self.is_exact else ()


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    colour: str
    opens: str = ""  # arrows at the ends that nobody has said


@dataclass(frozen=True)
class Drawn:
    item: Item
    x: float
    y: float
    signs: tuple  # of (x, sign)
    bar: Bar | None = None

    @property
    def label_at(self):
        """On the right; on the left where it would be cut off by the edge."""
        x, width = self.signs[-1][0] + 11, LABEL_WIDTH * len(self.item.label)
        if x + width > WIDTH:
            x = self.signs[0][0] - 11 - width
        return round(x, 1), round(self.y + 4, 1)

    @property
    def touch(self):
        """The corner of what can be hit: never smaller than 24 by 24."""
        return round(self.x - 12, 1), round(self.y - 12, 1)


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    title: str
    href: str = ""


@dataclass
class Lane(InSvg):
    key: str
    name: str
    y: float
    height: float = 0
    count: str = ""
    drawn: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    shaded: bool = False

    @cached_property
    def words(self):
        """The name and the count beside the lane, line by line: (words, whether it is the name)."""
        named = textwrap.wrap(self.name, LETTERS)
        if len(named) > 3:
            named = [*named[:2], textwrap.shorten(" ".join(named[2:]), LETTERS, placeholder="…")]
        words = [(line, True) for line in named]
        return words + [(line, False) for line in textwrap.wrap(self.count, LETTERS + 3)]

    @property
    def lines(self):
        """Each with where it stands: (y, words, whether it is the name)."""
        top = self.y + (self.height - 15 * len(self.words)) / 2 + 11
        return [(round(top + 15 * n, 1), *one) for n, one in enumerate(self.words)]

    @property
    def bottom(self):
        return self.y + self.height


@dataclass
class Picture:
    axis: Axis
    lanes: list
    undated: Lane | None
    joins: list
    title: str = ""
    description: str = ""
    bottom: float = 0
    unit: str | None = None  # of the columns, where there are any

    width, gutter, header = WIDTH, GUTTER, HEADER
    rule = HEADER - 14  # from where the lines of the shorter stretches begin
    inner = WIDTH - 1

    @property
    def all_lanes(self):
        return [*self.lanes, self.undated] if self.undated else self.lanes

    @property
    def height(self):
        return round((self.undated.bottom if self.undated else self.bottom) + 4)


# --- Drawing ------------------------------------------------------------------------------------


def lay_out(places, items, axis, *, columns=None, undated=()):
    """`places` are (key, name, how many entries in words); `columns` is {place: [(first day, last
    day, title, count, href)]} where entries are counted rather than drawn."""
    by_place, lanes, y = defaultdict(list), [], HEADER if places else 0
    for item in items:
        by_place[item.place].append(item)
    most = max((n for each in (columns or {}).values() for _, _, _, n, _ in each), default=1)
    for number, (key, name, count) in enumerate(places):
        lane = Lane(key, name, y, count=count, shaded=number % 2 == 0)
        _fill(lane, by_place[key], axis)
        if columns is not None:
            _raise_columns(lane, columns.get(key, ()), axis, most)
        lane.height = max(lane.height + PADDING, 15 * len(lane.words) + 10)
        lanes.append(lane)
        y = lane.bottom
    picture = Picture(axis, lanes, None, [], bottom=y)
    if undated:
        picture.undated = _undated(undated, y + 12 if places else 1)
    picture.joins = _joins([one for lane in lanes for one in lane.drawn])
    return picture


def _fill(lane, items, axis):
    y = lane.y + PADDING
    rows_of = defaultdict(list)
    for item in items:
        rows_of[_row_height(item, axis)].append(item)
    for height in (KEY_ROW, DOT_ROW, BAR_ROW, THIN_ROW):
        chosen = rows_of[height]
        spans = sorted(((*_span(item, axis), item) for item in chosen), key=lambda one: one[:2])
        rows = _stack([(left, right) for left, right, _ in spans])
        for (left, right, item), row in zip(spans, rows, strict=True):
            lane.drawn.append(_draw(item, left, right, y + (row + 0.5) * height, axis, height))
        y += (max(rows) + 1) * height if rows else 0
    lane.height = y - lane.y


def _row_height(item, axis):
    if item.is_key:
        return KEY_ROW
    if item.is_exact and not _is_beyond(item, axis):
        return DOT_ROW
    covers = (item.earliest is None or item.earliest <= axis.first) and (
        item.latest is None or item.latest >= axis.last
    )
    return THIN_ROW if covers and not item.signs else BAR_ROW


def _span(item, axis):
    """From where to where it needs the row for itself."""
    left, right = _ends(item, axis)
    need = 25 if item.is_key else STEP * len(item.signs)
    need = max(need, STEP * len(item.signs) + (6 if item.is_key else 0))
    need += 15 * len(item.label)
    if right - left < need:
        middle = (left + right) / 2
        return middle - need / 2, middle + need / 2
    return left, right


def _is_beyond(item, axis):
    """Whether it lies wholly before or after all that the picture shows."""
    return _is_before(item, axis) or (item.earliest is not None and item.earliest > axis.last)


def _is_before(item, axis):
    return item.latest is not None and item.latest < axis.first


def _ends(item, axis):
    if _is_beyond(item, axis):
        left = GUTTER if _is_before(item, axis) else WIDTH - BEYOND
        return left, left + BEYOND
    if item.is_exact:
        x = axis.middle(item.earliest)
        return x, x
    left = GUTTER if item.earliest is None else max(GUTTER, axis.start(item.earliest))
    right = WIDTH if item.latest is None else min(WIDTH, axis.end(item.latest))
    return left, max(right, left + NARROWEST)


def _stack(spans):
    """The row of each, from left to right: the first one with room."""
    ends, rows = [], []
    for left, right in spans:
        row = next((n for n, end in enumerate(ends) if end + 1 <= left), len(ends))
        ends[row : row + 1] = [right]
        rows.append(row)
    return rows


def _draw(item, left, right, y, axis, row):
    middle = (left + right) / 2
    bar = None
    if not item.is_exact or _is_beyond(item, axis):
        bar = _bar(item, y, axis, row)
        middle = bar.x + bar.width / 2
    first = middle - STEP * (len(item.signs) - 1) / 2
    signs = tuple((round(first + STEP * n, 1), sign) for n, sign in enumerate(item.signs))
    return Drawn(item, round(middle, 1), round(y, 1), signs, bar)


_BARS = {KEY_ROW: KEY_BAR, BAR_ROW: BAR, THIN_ROW: THIN_BAR}


def _bar(item, y, axis, row):
    left, right = _ends(item, axis)
    height = _BARS[row]
    top = round(y - height / 2, 1)
    colour = item.signs[0].fill if item.signs else PLAIN
    if colour == "#ffffff":
        colour = item.signs[0].stroke
    return Bar(
        round(left, 1),
        top,
        round(right - left, 1),
        height,
        colour,
        _arrows(_opens(item, axis), left, right, y, row / 2),
    )


def _opens(item, axis):
    """Whether the bar ends in an arrow on the left, and on the right: where no first or no last day
    was given, and where it lies beyond a picture of the whole."""
    before, after = axis.goes_on
    return (
        item.earliest is None or (before and item.earliest < axis.first),
        item.latest is None or (after and item.latest > axis.last),
    )


def _arrows(opens, left, right, y, half):
    path, half = "", min(half, 6)
    if opens[0]:
        path += (
            f"M{left + 8:.1f},{y - half:.1f}L{left + 1:.1f},{y:.1f}L{left + 8:.1f},{y + half:.1f}"
        )
    if opens[1]:
        path += f"M{right - 8:.1f},{y - half:.1f}L{right - 1:.1f},{y:.1f}L{right - 8:.1f},{y + half:.1f}"
    return path


def _raise_columns(lane, counted, axis, most):
    base = lane.y + lane.height + COLUMNS
    for first, last, title, n, href in counted:
        left = min(max(GUTTER, axis.start(first)), WIDTH - NARROWEST)
        right = min(WIDTH, axis.end(last))
        height = max(2, COLUMNS * n / most)
        lane.columns.append(
            Column(
                round(left, 1),
                round(base - height, 1),
                round(max(NARROWEST, right - left - 0.8), 1),
                round(height, 1),
                title,
                href,
            )
        )
    lane.height += COLUMNS


def _joins(drawn):
    """A thin line through the accounts of one event, from lane to lane."""
    groups = defaultdict(list)
    for one in drawn:
        if one.item.group:
            groups[one.item.group].append(one)
    paths = []
    for accounts in groups.values():
        if len(accounts) > 1:
            accounts.sort(key=lambda one: (one.y, one.x))
            paths.append("M" + "L".join(f"{one.x},{one.y}" for one in accounts))
    return paths


# --- What has no date ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Undated:
    """What one agency gave no date for: how many, and which of them are drawn."""

    name: str
    count: int
    items: tuple


def _undated(undated, y):
    """A part of its own, without time: agency by agency, as words on a line."""
    lane = Lane("undated", "Not dated", y, count=f"{sum(one.count for one in undated):,} in all")
    x, top = GUTTER + 12, y + PADDING
    for one in undated:
        label = f"{one.name}: {one.count:,}"
        widths = [max(25 if item.is_key else 0, STEP * len(_signs(item))) for item in one.items]
        words = LETTER_WIDTH * len(label) + 10
        if x > GUTTER + 12 and x + words + sum(widths) > WIDTH - 8:
            x, top = GUTTER + 12, top + KEY_ROW
        lane.labels.append((round(x, 1), round(top + KEY_ROW / 2 + 4, 1), label))
        x += words
        for item, width in zip(one.items, widths, strict=True):
            if x + width > WIDTH - 8:
                x, top = GUTTER + 12, top + KEY_ROW
            lane.drawn.append(_point(item, x + width / 2, top + KEY_ROW / 2))
            x += width
        x += 26
    lane.height = max(top + KEY_ROW - y + PADDING, 44)
    return lane


def _signs(item):
    return item.signs or signs_of(())


def _point(item, x, y):
    signs = _signs(item)
    first = x - STEP * (len(signs) - 1) / 2
    placed = tuple((round(first + STEP * n, 1), sign) for n, sign in enumerate(signs))
    return Drawn(item, round(x, 1), round(y, 1), placed)
