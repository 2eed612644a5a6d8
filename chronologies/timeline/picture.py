"""The swim-lanes of a timeline, for the page and for the PDF alike."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from chronologies.timeline.axis import Axis
from chronologies.timeline.layout import LEFT, RIGHT, Undated, lay_out
from chronologies.timeline.periods import Period
from chronologies.timeline.saying import many
from chronologies.timeline.signs import ENTRY, SIGNS

ENOUGH = 4.5  # units of a column's width
_UNITS = (("month", 1), ("quarter", 3), ("year", 12), ("decade", 120))


@dataclass(frozen=True)
class Sheet:
    """All that a picture is made of."""

    places: list  # of (key, name, how many entries in words)
    items: list
    axis: Axis
    columns: dict | None = None
    unit: str | None = None
    undated: tuple = ()
    title: str = ""

    def draw(self):
        picture = lay_out(
            self.places, self.items, self.axis, columns=self.columns, undated=self.undated
        )
        picture.title, picture.unit = self.title, self.unit
        picture.description = self.words
        return picture

    @property
    def words(self):
        """The picture for those who hear it; what stands in it can be reached as a table."""
        keys = Counter(item.place for item in self.items if item.is_key)
        lanes = [
            f"{name}: {count}"
            + (f", {many(keys[key], 'key event', 'key events')}" if keys[key] else "")
            for key, name, count in self.places
        ]
        return f"One lane for each agency, from left to right in time. {'; '.join(lanes)}."


def sheet_of(timeline):
    """None where nothing is to be drawn: no entry has a date, or none was asked for."""
    axis = _axis(timeline)
    if axis is None or not (timeline.inside or timeline.undated):
        return None
    unit, columns, wide = None, None, {}
    if timeline.is_crowded:
        unit, columns, wide = _columns(timeline, axis)
    return Sheet(
        places=[(place.key, place.name, _count(place, unit, wide)) for place in timeline.places],
        items=timeline.items,
        axis=axis,
        columns=columns,
        unit=unit,
        undated=tuple(_undated(timeline)),
        title=f"Timeline: {timeline.period}",
    )


def picture_of(timeline):
    sheet = sheet_of(timeline)
    return sheet and sheet.draw()


def _axis(timeline):
    if not timeline.places or timeline.span is None:
        return None
    period = timeline.period
    goes_on = period.start is None, period.end is None
    return Axis(*timeline.span, left=LEFT, right=RIGHT, goes_on=goes_on)


def _undated(timeline):
    drawn = defaultdict(list)
    for item in timeline.undated_items:
        drawn[item.place].append(item)
    return [
        Undated(place.name, place.undated, tuple(drawn[place.key]))
        for place in timeline.places
        if place.undated
    ]


def _count(place, unit, wide):
    words = many(place.inside)
    if wide.get(place.key):
        words += f", {wide[place.key]:,} wider than a {unit}"
    return words


# --- Columns, where there is too much -------------------------------------------------------------


def _columns(timeline, axis):
    """({place: columns}) of the shortest stretch of time that can still be told from the next."""
    name, months = next(
        (unit for unit in _UNITS if axis.scale * 30.4 * unit[1] >= ENOUGH), _UNITS[-1]
    )
    counted, wide = Counter(), Counter()
    for group in timeline.groups:
        home = _stretch(group.first, months) if group.first and group.last else None
        if home is None or home != _stretch(group.last, months):
            wide[group.place] += group.count
        else:
            counted[group.place, home] += group.count
    names = {place.key: place.name for place in timeline.places}
    columns = defaultdict(list)
    periods = {
        home: Period.of_months(home // 12, home % 12 + 1, months)
        for home in {h for _, h in counted}
    }
    said = {home: str(period) for home, period in periods.items()}
    for (place, home), n in sorted(counted.items()):
        period = periods[home]
        columns[place].append(
            (
                period.start,
                period.end,
                f"{names[place]}, {said[home]}: {many(n)}",
                n,
                timeline.address(period=period, place=place),
            )
        )
    return name, columns, wide


def _stretch(day, months):
    """Which one of so many months, as the number of its first month."""
    index = day.year * 12 + day.month - 1
    return index - index % months


# --- The legend -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Legend:
    signs: list  # of (sign, how many entries bear it)
    plain: object
    bars: bool
    open_ends: bool
    beyond: bool
    joins: bool
    columns: str


def legend_of(timeline, pictures, items):
    """Only what stands in the pictures, each in words."""
    counted = Counter(kind for item in items for kind in item.kinds)
    bars = [item for item in items if item.is_dated and not item.is_exact]
    return Legend(
        signs=[(sign, counted[kind]) for kind, sign in SIGNS.items() if counted[kind]],
        plain=ENTRY if any(not item.kinds and item.is_point for item in items) else None,
        bars=bool(bars),
        open_ends=any(item.earliest is None or item.latest is None for item in bars),
        beyond=any(timeline.beyond),
        joins=any(picture.joins for _, picture in pictures),
        columns=next((picture.unit for _, picture in pictures if picture.unit), ""),
    )
