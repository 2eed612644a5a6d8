"""What the dashboards show of a row: on the page and in the file, in the same words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import format_html

from actionplans.documents import NO_DATE, Tag
from actionplans.progress.showing import tags_of
from actionplans.rows.models import PlanRow
from actionplans.seeing.figures import COLUMNS, FIGURES, broken_down
from actionplans.seeing.standing import is_silent, slip_of

_FILTER_OF = {name: filters for name, _, filters in FIGURES}
STANDING = frozenset({"standing", "due", "silent", "moved"})
HEADS = {"all": "All", "open": "Open", "overdue": "Overdue", "silent": "Silent", "done": "Done"}


@dataclass(frozen=True)
class Shown:
    row: PlanRow
    leads: str
    target: str
    tags: list
    slipped: str

    @property
    def words(self):
        return ", ".join(tag.text for tag in self.tags)


def shown(row, *, on, now):
    """Of a row fetched with `for_display`; asks the database nothing."""
    tags = list(tags_of(row, on=on))
    if is_silent(row, now):
        tags.append(Tag("Silent", "orange"))
    return Shown(
        row=row,
        leads=", ".join(link.participation.agency.name for link in row.lead_links.all()),
        target=row.target_as_written or str(row.target) or NO_DATE,
        tags=tags,
        slipped=_slipped(row),
    )


def _slipped(row):
    if not row.moves:
        return ""
    times = "Moved once" if row.moves == 1 else f"Moved {row.moves} times"
    days = slip_of(row)
    return times if days is None else f"{times}, by {days:,} day{'' if days == 1 else 's'}"


def linked_figures(counts, address, written):
    """Each number leads to the list of just those rows: the filters in use, and its own."""
    return [
        {
            "label": label,
            "value": _link(counts[name], address, {**without_standing(written), **filters}, label),
        }
        for name, label, filters in FIGURES
    ]


def linked_lines(seen, rows, name, address, written):
    """[(label, [(heading, link)])] of a breakdown."""
    found = []
    for line in broken_down(seen, rows, name):
        here = {**without_standing(written), name: line.key}
        cells = [
            (
                HEADS[column],
                _link(
                    line.counts[column],
                    address,
                    {**here, **_FILTER_OF[column]},
                    f"{HEADS[column]}: {line.label}",
                ),
            )
            for column in COLUMNS
        ]
        found.append((line.label, cells))
    return found


def without_standing(asked):
    """Figures and breakdowns are of what the other filters leave: a number that leads to what is
    open cannot be counted among what is done."""
    return {name: value for name, value in asked.items() if name not in STANDING}


def linked(number, href, label):
    """A number that leads to what it counts; nothing is nowhere to go."""
    if not number:
        return "0"
    return format_html(
        '<a class="govuk-link" href="{}" aria-label="{}: {}">{}</a>',
        href,
        f"{number:,}",
        label,
        f"{number:,}",
    )


def _link(number, address, query, label):
    return linked(number, f"{address}?{urlencode(query)}", label)
