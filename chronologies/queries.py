"""The combined chronology: pictures drawn from the entries of several agencies."""

from dataclasses import dataclass

from django.utils.html import format_html

from chronologies.importing import LABELS, differences
from chronologies.spool import CONTENT

TEAM = "Review team"


@dataclass(frozen=True)
class Place:
    """Whose entries: an agency's part in the review, or the review team's context."""

    key: str  # as the filter's address has it
    name: str
    short: str


TEAM_PLACE = Place("team", TEAM, TEAM)


def place_of(participation):
    if participation is None:
        return TEAM_PLACE
    agency = participation.agency
    return Place(str(participation.pk), agency.name, agency.short)


def known_people(review):
    """The subjects of the review, by pseudonym."""
    return list(review.people.values_list("pseudonym", flat=True))


def places_in(entries, review):
    """The places that these entries come from, in order of name, the review team last.

    Two queries whatever the number of agencies.
    """
    present = set(entries.order_by().values_list("participation", flat=True).distinct())
    parts = review.participations.filter(pk__in=present - {None}).select_related("agency")
    named = [place_of(part) for part in parts]
    named.sort(key=lambda place: place.name.casefold())
    return [*named, TEAM_PLACE] if None in present else named


@dataclass(frozen=True)
class ShownEntry:
    """An entry in a list, with what this person may do to it and each doubt beside its cell."""

    entry: object
    can_change: bool = False
    shows_actions: bool = False
    said: str = ""  # announced after a change in place
    comments: int = 0  # of the review's, that this person may read

    @property
    def all_doubts(self):
        return [
            (number, doubt.get("heading") or LABELS.get(doubt["column"], ""), doubt["message"])
            for number, doubt in enumerate(self.entry.doubts)
            if not doubt["settled"]
        ]

    @property
    def date_doubts(self):
        return [doubt for doubt in self.all_doubts if self._is_of_date(doubt[0])]

    @property
    def other_doubts(self):
        return [doubt for doubt in self.all_doubts if not self._is_of_date(doubt[0])]

    def _is_of_date(self, number):
        return self.entry.doubts[number]["column"] in {"date", "time"}


def facts_of(entry):
    """Everything that an entry says, for its own page: (key, value)."""
    facts = [("Date as written", entry.date.text), ("Time", entry.time)]
    facts += [("Who it is about", ", ".join(entry.persons))]
    if entry.persons_as_written and entry.persons_as_written != ", ".join(entry.persons):
        facts.append(("Person as written", entry.persons_as_written))
    facts += [
        ("What happened", entry.text),
        ("Action or outcome", entry.action),
        ("Comment", entry.comment),
        ("Recorded in", entry.source),
        *entry.other.items(),
    ]
    if entry.is_from_file:
        facts.append(("From", f"{entry.source_file.name}, {entry.where}"))
    return [(key, _verbatim(value)) for key, value in facts if value]


def _verbatim(text):
    return format_html('<span class="app-verbatim">{}</span>', text)


@dataclass(frozen=True)
class Step:
    """One change in the life of an entry."""

    what: str
    at: object
    by: object
    on_behalf: bool = False
    reason: str = ""
    fields: tuple = ()  # (label, before, after)


def history_of(entry):
    """From the newest change back to the beginning, each with what it changed."""
    steps, after = [], snapshot_of(entry)
    for version in entry.versions.select_related("by"):
        columns = [c for c in CONTENT if version.snapshot.get(c) != after.get(c)]
        steps.append(
            Step(
                what="Changed" if columns else "Withdrawn",
                at=version.at,
                by=version.by,
                on_behalf=version.on_behalf,
                reason=version.reason,
                fields=tuple(differences(version.snapshot, after, columns)),
            )
        )
        after = version.snapshot
    what = "Imported" if entry.is_from_file else "Added by hand"
    return [*steps, Step(what, at=entry.created_at, by=entry.created_by)]


def snapshot_of(entry):
    """The entry's columns as a version keeps them."""
    date = entry.date.to_json()
    row = {f"date_{name}": value for name, value in date.items()}
    return row | {c: getattr(entry, c) for c in CONTENT if not c.startswith("date_")}


def figures_of(import_):
    """One glance at what a file holds, and what saving it would do or did."""
    counts = import_.counts
    shown = [("Rows read", "rows_read"), ("Entries", "entries"), ("Not entries", "not_entries")]
    if counts.get("rejected"):
        shown.append(("Cannot be taken", "rejected"))
    shown.append(("To check", "doubts"))
    if import_.source_file.replaces_id:
        shown += [("Added", "added"), ("Changed", "changed"), ("Removed", "removed")]
    return [{"label": label, "value": f"{counts.get(name, 0):,}"} for label, name in shown]
