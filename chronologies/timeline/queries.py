"""What the timeline of a review shows of what somebody may see, in a constant number of queries.

Few columns are fetched: of every entry only that it is counted, of those that are drawn their dates,
the beginning of their text and their marks.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, DateField, F, Func, Max, Min, Q
from django.db.models.functions import Left
from django.urls import reverse

from chronologies.filtering import choose_entries, visible_entries
from chronologies.marking.models import EventAccount, Mark
from chronologies.models import UNDATED
from chronologies.queries import TEAM_PLACE
from chronologies.timeline import edges
from chronologies.timeline.axis import margin_of
from chronologies.timeline.layout import Item
from chronologies.timeline.periods import WHOLE, Period
from foundations.dates import PartialDate
from foundations.dates.bounds import month_end
from foundations.dates.fields import overlapping

MOST_DRAWN = 600  # of more, columns say how many there are
MOST_UNDATED = 60  # of one agency; of more only the key events are drawn
EXCERPT = 120
_DATE = (
    *("date_text", "date_earliest", "date_latest"),
    *("date_precision", "date_circa", "date_base"),
)


@dataclass(frozen=True)
class PlaceCount:
    """How many entries of one agency, or of the review team, stand where."""

    key: str
    name: str
    total: int
    inside: int
    undated: int
    before: int
    after: int
    wide: int = 0


@dataclass(frozen=True)
class Group:
    """So many entries of one place whose dates begin and end in the same months."""

    place: str
    first: object  # of the month in which the earliest day stands; None where it is open
    last: object  # the last day of the month of the latest day
    count: int

    def lies_in(self, start, end):
        return (
            self.first is not None
            and self.last is not None
            and (start <= self.first and self.last <= end)
        )

    @property
    def year(self):
        """In which it lies; None where it is wider, or nobody knows."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        return self.first.year

    @property
    def month(self):
        return self.first.month if self.year and self.first.month == self.last.month else None


class Timeline:
    """Entries that somebody asked for, of those that they may see, in and around a period."""

    def __init__(self, review, user, asked):
        self.review, self.user, self.most = review, user, MOST_DRAWN
        self.chosen = choose_entries(review, user, asked)
        form = self.chosen.form
        said = getattr(form, "cleaned_data", {})
        self.period = Period(said.get("start"), said.get("end"))
        self.entries = form.at_any_time.choose(visible_entries(review, user)).order_by()
        self.names = dict(form.fields["place"].choices)
        self._addresses, self._queries = {}, {}

    # --- counts ---------------------------------------------------------------------------------

    @cached_property
    def places(self):
        """Every agency with entries that were asked for, in order of name."""
        period, nowhere = self.period, Q(pk__in=[])
        before = Q(date_latest__lt=period.start) if period.start else nowhere
        after = Q(date_earliest__gt=period.end) if period.end else nowhere
        rows = self.entries.values("participation").annotate(
            total=Count("pk"),
            inside=Count("pk", filter=overlapping("date", period.start, period.end)),
            undated=Count("pk", filter=UNDATED),
            before=Count("pk", filter=before),
            after=Count("pk", filter=after),
            first=Min("date_earliest"),
            first_known=Min("date_latest"),
            last=Max("date_latest"),
            last_known=Max("date_earliest"),
            **edges.counted(self.review),
        )
        found = {_key(row["participation"]): row for row in rows}
        self._edges = edges.chosen(found.values())
        columns = ("total", "inside", "undated", "before", "after")
        return [
            PlaceCount(key, self.names[key], **{name: found[key][name] for name in columns})
            for key in self.names
            if key in found
        ]

    @cached_property
    def edges(self):
        """The first and the last day that is known, of the period or of all entries; or None."""
        if self.period.start and self.period.end:
            return self.period.start, self.period.end
        if not (self.places and self._edges):
            return None
        first = self.period.start or min(self._edges)
        last = self.period.end or max(self._edges)
        return (first, last) if first <= last else None

    @cached_property
    def span(self):
        """What the picture shows: the edges, and a little room where nobody said where it ends."""
        if self.edges is None:
            return None
        first, last = margin_of(*self.edges)
        return self.period.start or first, self.period.end or last

    @cached_property
    def beyond(self):
        """How many of what is drawn go on, or lie, (before, after) the picture of the whole."""
        if self.span is None or (self.period.start and self.period.end):
            return 0, 0
        first, last = self.span
        before = [one for one in self.items if one.earliest and one.earliest < first]
        after = [one for one in self.items if one.latest and one.latest > last]
        return (
            0 if self.period.start else len(before),
            0 if self.period.end else len(after),
        )

    def _sum(self, name):
        return sum(getattr(place, name) for place in self.places)

    @property
    def inside(self):
        return self._sum("inside")

    @property
    def undated(self):
        return self._sum("undated")

    @property
    def outside(self):
        return self._sum("total") - self.inside - self.undated

    @property
    def before(self):
        return self._sum("before")

    @property
    def after(self):
        return self._sum("after")

    @property
    def is_crowded(self):
        """Too many to draw each: then columns show how many there are."""
        return self.inside > self.most

    @cached_property
    def groups(self):
        """The entries of the period by the months of their dates."""
        rows = self._in_period().annotate(a=_month_of("date_earliest"), b=_month_of("date_latest"))
        counted = rows.values_list("participation", "a", "b").annotate(n=Count("pk"))
        return [
            Group(_key(part), first, last and month_end(last.year, last.month), n)
            for part, first, last, n in counted
        ]

    @cached_property
    def by_year(self):
        """{year: how many entries lie in it}"""
        counted = Counter()
        for group in self.groups:
            if group.year:
                counted[group.year] += group.count
        return counted

    def _in_period(self):
        if self.period.unit == WHOLE:
            return self.entries.dated()
        return self.entries.between(self.period.start, self.period.end)

    # --- what is drawn ----------------------------------------------------------------------------

    @cached_property
    def items(self):
        """In the lanes: every entry of the period, or of too many the key events."""
        return self._made(self._inside, *self._said)

    def items_of_period(self):
        """Each of them, however many there are."""
        if not self.is_crowded:
            return self.items
        rows = self._rows(self._in_period())
        return self._made(rows, *self._said_of(rows))

    @cached_property
    def undated_items(self):
        return self._made(self._not_dated, *self._said)

    @cached_property
    def _inside(self):
        rows = self._in_period()
        if self.is_crowded:
            rows = rows.filter(pk__in=self._keys())
        return self._rows(rows, self.most)

    @cached_property
    def _not_dated(self):
        if not self.undated:
            return []
        few = [place.key for place in self.places if place.undated <= MOST_UNDATED]
        wanted = Q(participation__in=[key for key in few if key != TEAM_PLACE.key])
        if TEAM_PLACE.key in few:
            wanted |= Q(participation=None)
        return self._rows(self.entries.undated().filter(wanted | Q(pk__in=self._keys())))

    @cached_property
    def _said(self):
        return self._said_of([*self._inside, *self._not_dated])

    def _keys(self):
        """The entries with the mark of a key event, for those who see marks."""
        marks = Mark.objects.visible_to(self.user).live()
        return marks.filter(kind=Mark.Kind.KEY).values("entry")

    def _rows(self, rows, most=None):
        columns = ("pk", "participation", *_DATE, "time", "beginning")
        rows = rows.annotate(beginning=Left("text", EXCERPT + 1)).values_list(*columns)
        return list(rows.order_by("position", "pk")[:most] if most else rows)

    def _said_of(self, rows):
        """({entry: kinds of its marks}, {entry: the event that it is an account of})"""
        ids = {row[0] for row in rows}
        return self._kinds(ids), self._groups(ids)

    def _made(self, rows, kinds, groups):
        return [self._item(row, kinds.get(row[0], ()), groups.get(row[0])) for row in rows]

    def _item(self, row, kinds, group):
        pk, part, *written, time, text = row
        *written, base = written
        date = PartialDate(*written, base or None)
        place = _key(part)
        return Item(
            pk=pk,
            place=place,
            earliest=date.earliest,
            latest=date.latest,
            kinds=frozenset(kinds),
            group=group,
            title=_title(date, time, self.names[place], text, kinds),
            href=self._entry_address.replace("/0/", f"/{pk}/"),
        )

    @cached_property
    def _entry_address(self):
        return reverse("chronologies:entry-detail", args=[self.review.reference, 0])

    def _kinds(self, ids):
        found = {}
        marks = Mark.objects.visible_to(self.user).live().filter(entry__any_of=ids)
        for entry, kind in marks.order_by().values_list("entry", "kind"):
            found.setdefault(entry, set()).add(kind)
        return found

    def _groups(self, ids):
        accounts = EventAccount.objects.visible_to(self.user).live()
        accounts = accounts.filter(entry__any_of=ids, group__dissolved_at=None)
        return dict(accounts.values_list("entry", "group"))

    # --- addresses --------------------------------------------------------------------------------

    def address(self, name="timeline", period=None, **changes):
        """The same filters on another page, or of another period."""
        period = self.period if period is None else period
        parts = self._query_of(period, tuple(changes)), self._encoded(tuple(changes.items()))
        query = "&".join(filter(None, parts))
        where = self._where(name)
        return f"{where}?{query}" if query else where

    def _query_of(self, period, without):
        """What was asked, but for what is to be asked otherwise. A picture of columns asks for
        hundreds of addresses that differ by their agency alone."""
        if (period, without) not in self._queries:
            asked = self._asked_at_any_time | period.asked
            asked = tuple((name, asked[name]) for name in asked if name not in without)
            self._queries[period, without] = _encoded(asked)
        return self._queries[period, without]

    def _encoded(self, asked):
        if asked not in self._queries:
            self._queries[asked] = _encoded(asked)
        return self._queries[asked]

    @cached_property
    def _asked_at_any_time(self):
        written = self.chosen.written
        return {name: written[name] for name in written if name not in ("start", "end")}

    def _where(self, name):
        if name not in self._addresses:
            self._addresses[name] = reverse(f"chronologies:{name}", args=[self.review.reference])
        return self._addresses[name]


def _encoded(asked):
    return urlencode([(name, value) for name, value in asked if value], doseq=True)


def _month_of(field):
    """Its first day, as a day: what TruncMonth gives is made one row by row."""
    template = "date_trunc('month', %(expressions)s)::date"
    return Func(F(field), template=template, output_field=DateField())


def _key(participation):
    return TEAM_PLACE.key if participation is None else str(participation)


_MARKS = [(kind.value, kind.label) for kind in Mark.Kind]


def _title(date, time, place, text, kinds):
    when = str(date) or "No date given"
    if time and date.precision != "minute":
        when = f"{when}, {time}"
    said = " ".join(text.split())
    if len(said) > EXCERPT:
        said = f"{said[: EXCERPT - 1]}…"
    marks = ", ".join(label for kind, label in _MARKS if kind in kinds) if kinds else ""
    return ". ".join(part.rstrip(".") for part in (when, place, said, marks) if part)
