"""The timeline on paper: how many entries stand where, the lanes year by year, and what is drawn.

Paper cannot be zoomed or asked what a mark is. So a picture that is too high for a page is cut into
shorter stretches of time and then into groups of agencies, a key event bears the number of its entry,
and every entry that is drawn stands in the list behind the pictures.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator

from chronologies.exports import MARKED, Made, blocks_of, in_parts
from chronologies.marking.models import Mark
from chronologies.models import UNDATED
from chronologies.queries import TEAM_PLACE
from chronologies.timeline.axis import Axis
from chronologies.timeline.density import density_of
from chronologies.timeline.layout import HEADER, LEFT, RIGHT
from chronologies.timeline.periods import Period
from chronologies.timeline.picture import Sheet, legend_of, sheet_of
from chronologies.timeline.queries import Timeline
from chronologies.timeline.saying import many
from foundations.office.pdf import Part, render_parts

DIRECTLY = {"pdf": 100}  # so few entries are drawn while the asker waits
TELL_EVERY = 500
MOST_HEIGHT = 700  # units of a picture that fills a page across
LONG_TEXT = 240
YEARS_A_PART = 5  # few enough to be drawn side by side with the next
YEARS = 14  # columns of counts that stand legibly next to each other
TITLE = "Timeline"


def make(review, user, *, chosen, tell=None):
    """Drawn with the rights that this person has now."""
    timeline = Timeline(review, user, chosen)
    rows = _Rows(timeline, tell)
    content = render_parts(_parts(timeline, rows), title=f"{TITLE}, {review.reference}")
    return Made(
        content=content,
        name=f"{review.reference} timeline.pdf",
        format="pdf",
        rows=timeline.inside + timeline.undated,
        places=sorted(rows.places, key=str),
        document="the timeline",
    )


def _pk(key):
    return None if key == TEAM_PLACE.key else int(key)


class _Rows:
    """The entries that are drawn, in time order, the undated last; never all in memory."""

    def __init__(self, timeline, tell):
        period = timeline.period
        inside = Q(pk__in=timeline.entries.between(period.start, period.end).values("pk"))
        self.timeline, self.tell = timeline, tell
        self.entries = timeline.entries.filter(inside | UNDATED).merged_in_time()
        self.total = timeline.inside + timeline.undated
        self.count = 0
        self.numbers = {
            pk: number for number, pk in enumerate(self.entries.values_list("pk", flat=True), 1)
        }
        items = [*timeline.items_of_period(), *timeline.undated_items]
        self.places = {_pk(place.key) for place in timeline.places}
        chosen_by = timeline.chosen.by_analysis
        if chosen_by or any(item.kinds or item.group for item in items):
            self.places.add(MARKED)
        self.items = {item.pk: self.numbered(item) for item in items}
        self.of_group = defaultdict(list)
        for item in items:
            if item.group:
                self.of_group[item.group].append(self.numbers[item.pk])

    def __iter__(self):
        for entry in self.entries.for_display().iterator(chunk_size=TELL_EVERY):
            self.count += 1
            if self.tell and self.count % TELL_EVERY == 0:
                self.tell(self.count, self.total)
            yield entry

    def numbered(self, item):
        return replace(item, label=str(self.numbers[item.pk])) if item.is_key else item

    def said_of(self, pk):
        """What the review says of an entry, in words."""
        item = self.items.get(pk)
        if item is None:
            return ""
        said = [kind.label for kind in Mark.Kind if kind in item.kinds]
        others = sorted(n for n in self.of_group.get(item.group, ()) if n != self.numbers[pk])
        if others:
            said.append(f"same event as entry {', '.join(map(str, others))}")
        return "; ".join(said)


# --- Parts --------------------------------------------------------------------------------------


def _parts(timeline, rows):
    yield Part(_front(timeline, rows), TITLE)
    years = list(_by_year(timeline, rows))
    for start in range(0, len(years), YEARS_A_PART):
        some = years[start : start + YEARS_A_PART]
        pictures = [picture for _, pictures in some for picture in pictures]
        name = str(some[0][0]) if len(some) == 1 else f"{some[0][0]} to {some[-1][0]}"
        yield Part(_sheets(timeline, pictures), name)
    number = 0
    for some in in_parts(rows):
        blocks = list(blocks_of(some, number))
        number += len(some)
        for block in blocks:
            _shorten(block, rows)
        html = render_to_string(
            "chronologies/timeline/pdf_entries.html",
            _frame(timeline)
            | {"blocks": blocks, "is_first": number == len(some), "landscape": True},
        )
        yield Part(html, f"Entries {number - len(some) + 1} to {number}" if some else "Entries")


def _frame(timeline):
    reference = timeline.review.reference
    return {
        "title": TITLE,
        "kind": f"Review {reference}",
        "reference": reference,
        "continues": True,
    }


def _front(timeline, rows):
    sheet = sheet_of(timeline)
    pictures = _paged(_numbered(sheet, rows), str(timeline.period)) if sheet else []
    keys = sorted(
        (item for item in rows.items.values() if item.is_key), key=lambda item: int(item.label)
    )
    facts = [
        ("Period", str(timeline.period)),
        ("Entries drawn", f"{timeline.inside:,}"),
        ("Not dated", f"{timeline.undated:,}"),
        ("Outside the period", f"{timeline.outside:,}"),
        ("As it stood on", f"{timezone.localtime():%-d %B %Y, %H:%M}"),
    ]
    context = _frame(timeline) | {
        "continues": False,
        "landscape": True,
        "facts": facts,
        "timeline": timeline,
        "filters": timeline.chosen.words,
        "pictures": pictures,
        "legend": legend_of(timeline, pictures, rows.items.values()) if pictures else None,
        "tables": _tables(density_of(timeline)),
        "keys": [(item, rows.numbers[item.pk]) for item in keys],
    }
    return render_to_string("chronologies/timeline/pdf_front.html", context)


def _numbered(sheet, rows):
    return replace(sheet, items=[rows.items.get(item.pk, item) for item in sheet.items])


def _sheets(timeline, pictures):
    context = _frame(timeline) | {"landscape": True, "pictures": pictures}
    return render_to_string("chronologies/timeline/pdf_lanes.html", context)


def _shorten(block, rows):
    for entry, drawn in zip(block["entries"], block["of"], strict=True):
        entry["text"] = Truncator(entry["text"]).chars(LONG_TEXT, truncate="…")
        entry["note"] = rows.said_of(drawn)
        when = f"{entry['date']}, {entry['time']}" if entry["time"] else entry["date"]
        entry["is_tall"] = len(when) > 20 or len(entry["agency"]) > 24


@dataclass(frozen=True)
class Table:
    """So many columns of the counts; the last one also says what fits into none of them."""

    heads: list
    rows: list  # of (Row, its cells)
    totals: list
    is_last: bool
    density: object


def _tables(density):
    starts = range(0, max(1, len(density.heads)), YEARS)
    for start in starts:
        part = slice(start, start + YEARS)
        yield Table(
            density.heads[part],
            [(row, row.cells[part]) for row in density.rows],
            density.totals[part],
            start + YEARS >= len(density.heads),
            density,
        )


# --- Pictures -----------------------------------------------------------------------------------


def _by_year(timeline, rows):
    """(year, its pictures) where the whole cannot show each entry, or shows several years at once."""
    years = sorted({
        day.year
        for item in rows.items.values()
        for day in (item.earliest, item.latest)
        if day and (item.earliest and item.latest and item.earliest.year == item.latest.year)
    })  # fmt: skip
    if not timeline.is_crowded and len(years) < 2:
        return
    for year in years:
        period = Period.of_year(year)
        yield period, _pictures(timeline, rows, _clipped(period, timeline.period))


def _clipped(period, whole):
    return Period(
        max(period.start, whole.start or period.start), min(period.end, whole.end or period.end)
    )


def _pictures(timeline, rows, period):
    """A year; where a single agency's lane would not fit on a page, its quarters or months."""
    sheet = _sheet_of_period(timeline, rows, period)
    if sheet is None:
        return []
    highest = max(lane.height for lane in sheet.draw().lanes)
    if highest > MOST_HEIGHT - HEADER and period.closer:
        shorter = (_pictures(timeline, rows, closer) for closer in period.closer)
        return [picture for pictures in shorter for picture in pictures]
    return _paged(sheet, str(period))


def _sheet_of_period(timeline, rows, period):
    items = [
        item
        for item in rows.items.values()
        if (item.earliest or item.latest)
        and (item.earliest is None or item.earliest <= period.end)
        and (item.latest is None or item.latest >= period.start)
    ]
    if not items:
        return None
    count = defaultdict(int)
    for item in items:
        count[item.place] += 1
    places = [
        (place.key, place.name, many(count[place.key]))
        for place in timeline.places
        if count[place.key]
    ]
    axis = Axis(period.start, period.end, left=LEFT, right=RIGHT)
    return Sheet(places, items, axis, title=f"Timeline: {period}")


def _paged(sheet, name):
    """The same picture in as many pages as its lanes need, each with the axis."""
    whole = sheet.draw()
    if whole.height <= MOST_HEIGHT:
        return [(name, whole)]
    pages, room = [[]], MOST_HEIGHT - HEADER
    for place, lane in zip(sheet.places, whole.lanes, strict=True):
        if pages[-1] and lane.height > room:
            pages.append([])
            room = MOST_HEIGHT - HEADER
        pages[-1].append(place)
        room -= lane.height
    if whole.undated and whole.undated.height + 16 > room:
        pages.append([])
    return [
        (
            "Not dated" if not places else name if number == 1 else f"{name}, continued",
            replace(
                sheet, places=places, undated=sheet.undated if number == len(pages) else ()
            ).draw(),
        )
        for number, places in enumerate(pages, start=1)
    ]
