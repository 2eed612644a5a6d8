"""How a file becomes entries: read, compare, save. Web pages and the command take the same steps.

Reading keeps the rows on disk (spool.py); comparing and saving happen inside the database
(comparing.py, saving.py). So memory does not grow with the file, and either all is saved or nothing.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils import timezone

from audit.models import EventType
from audit.services import record
from chronologies import comparing, saving
from chronologies.mismatches.services.refreshing import look_again as look_for_mismatches
from chronologies.models import ChronologyImport, SourceFile, date_of
from chronologies.naming import doubt_names, names_known
from chronologies.reading import (
    ChronologyReader,
    NotEntry,
    Place,
    ReadEntry,
    Rejected,
    describe_columns,
)
from chronologies.spool import Spool, doubts_of
from foundations.office import stream_file
from foundations.office.remarks import HEADING as REMARKS
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Participation, Review

SHOWN_ROWS = 50
SHOWN_PROBLEMS = 500
SHOWN_NOT_ENTRIES = 200
LONGEST_SHOWN = 1_000
TELL_EVERY = 1_000
REMEMBERED_IMPORTS = 10
NOTHING_FOUND = (
    "No entries were found. Say which column has the date and which says what happened, "
    "or check that it is the right file."
)
LABELS = {
    "date": "Date",
    "time": "Time",
    "person": "People",
    "persons": "People",
    "text": "What happened",
    "action": "Action or outcome",
    "comment": "Comment",
    "source": "Source",
}


class ReasonNeeded(Exception):
    """The chronology was submitted, so that a change needs a reason."""


@dataclass
class Draft:
    """A file as read. Its rows are in the spool; the rest is what a page shows of it."""

    name: str
    spool: Spool
    counts: Counter = field(default_factory=Counter)
    mapping: dict = field(default_factory=dict)
    layouts: list = field(default_factory=list)
    unmapped_columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    not_entries: list = field(default_factory=list)
    warnings: tuple = ()

    @property
    def is_refused(self):
        return bool(self.counts["rejected"])

    @property
    def is_empty(self):
        return not self.counts["entries"] and not self.is_refused

    def to_json(self):
        return {
            "counts": dict(self.counts),
            "mapping": self.mapping,
            "layouts": self.layouts,
            "unmapped_columns": self.unmapped_columns,
            "rows": self.rows,
            "problems": self.problems,
            "not_entries": self.not_entries,
            "warnings": list(self.warnings),
        }


def known_persons(review):
    return tuple(review.people.values_list("pseudonym", flat=True))


def agency_names(review, participation):
    """Agencies that may head a column. To an agency its file says nothing of who else takes part."""
    parts = [participation] if participation else review.participations.select_related("agency")
    return tuple(
        name for part in parts for name in (part.agency.name, part.agency.short_name) if name
    )


def read_draft(
    content, name, review, participation, *, mapping=None, hear=None, tell=None, keeps=True
):
    """Read a file into a Draft, which the caller closes (`with draft.spool`).

    `hear` is told every outcome, `tell` how far the reading is; without `keeps` the draft is only to
    be looked at. Raises office.Refused for a file that
    cannot be read and reading.UnknownHeading for a mapping that does not fit it.
    """
    draft = Draft(name=name, spool=Spool(keeps=keeps))
    remarks, names = _Remarks(review, participation), names_known(review, participation)
    try:
        with stream_file(content, name) as document:
            reader = ChronologyReader(
                document,
                mapping=mapping,
                name=name,
                as_at=timezone.localdate(),
                **known_of(review, participation),
            )
            for done, outcome in enumerate(reader.outcomes(), start=1):
                remarks.leave_out(outcome)
                doubt_names(outcome, names)
                _take(draft, outcome)
                if hear:
                    hear(outcome)
                if tell and done % TELL_EVERY == 0:
                    tell(done, 0)
            draft.warnings = reader.warnings
    except BaseException:
        draft.spool.close()
        raise
    draft.counts["rows_read"] = reader.rows_read
    draft.mapping, draft.layouts = reader.mapping, reader.layouts
    draft.unmapped_columns = reader.unmapped_columns
    return draft


class _Remarks:
    """What we wrote into a "Problem" column of a copy that we gave back: none of the author's words.

    An agency may have a column of that name itself, so only our own sentences are left out.
    """

    def __init__(self, review, participation):
        self.place = (review, participation)

    def leave_out(self, outcome):
        other = getattr(outcome, "other", None)
        if other and REMARKS in other and self._are_ours(outcome):
            del other[REMARKS]

    def _are_ours(self, entry):
        known = self._known | {doubt.message for doubt in entry.doubts}
        lines = entry.other[REMARKS].split("\n")
        return all(any(line.endswith(message) for message in known) for line in lines)

    @cached_property
    def _known(self):
        if any(thing is not None and thing.pk is None for thing in self.place):
            return set()
        earlier = ChronologyImport.objects.filter(
            source_file__in=SourceFile.objects.in_place(*self.place)
        ).values_list("summary__problems", flat=True)[:REMEMBERED_IMPORTS]
        rows = [row for problems in earlier for row in problems or ()]
        doubts = {doubt["message"] for row in rows for doubt in row.get("doubts", ())}
        return doubts | {row["rejected"] for row in rows if "rejected" in row}


@dataclass(frozen=True)
class Columns:
    """What the columns of a file are called and taken for, and what its agency said of them before."""

    described: list
    headings: str
    mapping: dict | None
    is_known: bool


def columns_of(content, name, review, participation, *, mapping=None):
    """Look at the first rows of each part only. Raises as `read_draft` does."""
    described = _described(content, name, review, participation, mapping=None)
    headings = headings_digest(described)
    known = None
    if not mapping and participation:
        known = participation.agency.column_mappings.filter(headings=headings).first()
        mapping = known.mapping if known else None
    if mapping:
        described = _described(content, name, review, participation, mapping=mapping)
    return Columns(described, headings, mapping, known is not None)


def _described(content, name, review, participation, *, mapping):
    with stream_file(content, name) as document:
        return describe_columns(
            _Heads(document), mapping=mapping, **known_of(review, participation)
        )


class _Heads:
    """A file of which only the first rows of each part are wanted."""

    def __init__(self, document):
        self.document = document

    @property
    def parts(self):
        for part in self.document:
            yield replace(part, rows=self.document.rows())


def problems_of(content, name, review, participation, *, mapping=None):
    """(part, row, heading or None, message) of everything there is to say about a file's rows."""
    problems = []

    def hear(outcome):
        found = [outcome] if isinstance(outcome, Rejected) else outcome.doubts
        problems.extend(
            (one.at.part, one.at.row, one.heading or None, one.message) for one in found
        )

    draft = read_draft(
        content, name, review, participation, mapping=mapping, hear=hear, keeps=False
    )
    draft.spool.close()
    return problems


def known_of(review, participation):
    return {
        "known_persons": known_persons(review),
        "agency_names": agency_names(review, participation),
    }


def _take(draft, outcome):
    if isinstance(outcome, ReadEntry):
        draft.counts["entries"] += 1
        draft.counts["doubts"] += len(outcome.doubts)
        draft.spool.add(outcome)
        if draft.counts["entries"] <= SHOWN_ROWS:
            draft.rows.append(_shown(outcome))
        if outcome.doubts and len(draft.problems) < SHOWN_PROBLEMS:
            draft.problems.append(_shown(outcome))
    elif isinstance(outcome, NotEntry):
        draft.counts["not_entries"] += outcome.rows
        draft.counts["doubts"] += len(outcome.doubts)
        if len(draft.not_entries) < SHOWN_NOT_ENTRIES:
            draft.not_entries.append(
                {
                    "where": str(outcome.at),
                    "why": outcome.why,
                    "rows": outcome.rows,
                    "doubts": doubts_of(outcome),
                }
            )
    else:
        draft.counts["rejected"] += 1
        if len(draft.problems) < SHOWN_PROBLEMS:
            draft.problems.append(
                {
                    "where": str(outcome.at),
                    "rejected": outcome.message,
                    "column": outcome.column or "",
                    "heading": outcome.heading,
                }
            )


def _shown(entry):
    return {
        "where": str(entry.at),
        "date": str(entry.date),
        "inherited": entry.inherited,
        "time": entry.time,
        "persons": ", ".join(entry.persons),
        "text": clipped(entry.text),
        "action": clipped(entry.action),
        "comment": clipped(entry.comment),
        "source": clipped(entry.source),
        "other": {heading: clipped(text) for heading, text in entry.other.items()},
        "doubts": doubts_of(entry),
    }


def clipped(text):
    text = text or ""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rstrip() + " …"


def headings_digest(columns):
    """The same for files with the same headings, whatever their names and rows."""
    headings = sorted([part["part_kind"], *part["headings"]] for part in columns)
    return hashlib.sha256(json.dumps(headings).encode()).hexdigest()


# --- Comparing with what is there ---------------------------------------------------------------


def has_saved_files(review, participation):
    """Whether there is anything that a file could correct."""
    if participation and participation.pk is None:
        return False
    return SourceFile.objects.in_place(review, participation).saved().exists()


def lock_place(review, participation):
    """One import or change at a time in each agency's chronology, and none once a review ended."""
    refuse_if_ended(Review.objects.get(pk=review.pk))
    if participation:
        return Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    return None


def compare_draft(draft, review, participation, *, is_further=False):
    """What saving would do. In a transaction of the caller's, whose end forgets it."""
    return comparing.compare(
        draft.spool, review, participation, name=draft.name, is_further=is_further
    )


def shown_changes(comparison):
    """What a page or a person sees of a comparison: old and new, field by field."""
    if not comparison.replaces:
        return {"changed": [], "removed": [], "added": []}
    return {
        "changed": [
            {
                "entry": pk,
                "where": _where(after),
                "fields": [
                    {"label": label, "old": clipped(old), "new": clipped(new)}
                    for label, old, new in differences(before, after, columns)
                ],
            }
            for pk, columns, before, after in comparing.changes()
        ],
        "removed": [_brief(before) for before in comparing.removals()],
        "added": [_brief(after) for after in comparing.additions()],
    }


def _where(row):
    return str(Place(row["part_kind"], row["part"], row["row"]))


def _brief(row):
    return {"where": _where(row), "date": str(date_of(row)), "text": clipped(row["text"])}


def differences(before, after, columns):
    """(label, old, new) of each field that differs, dates in one piece."""
    shown = []
    if any(column.startswith("date_") for column in columns):
        shown.append(("Date", str(date_of(before)), str(date_of(after))))
    for column, label in LABELS.items():
        if column in columns:
            shown.append((label, _said(before[column]), _said(after[column])))
    if "other" in columns:
        old, new = before["other"], after["other"]
        shown += [
            (heading, old.get(heading, ""), new.get(heading, ""))
            for heading in {**old, **new}
            if old.get(heading) != new.get(heading)
        ]
    return shown


def _said(value):
    return ", ".join(value) if isinstance(value, list) else value or ""


# --- Saving -------------------------------------------------------------------------------------


def save_compared(comparison, draft, source_file, *, by, on_behalf=False, reason=""):
    """Carry out a comparison made in this transaction, under the place's lock."""
    part = source_file.participation
    if part and part.is_submitted and not reason:
        raise ReasonNeeded
    source_file.replaces = comparison.replaces
    source_file.save(update_fields=["replaces"])
    comparing.ready(draft.spool, comparison)
    saving.carry_out(source_file, by=by, on_behalf=on_behalf, reason=reason)
    record(
        EventType.CHRONOLOGY_IMPORTED,
        by=by,
        review=source_file.review,
        target=source_file,
        agency=part.agency.name if part else "",
        on_behalf=on_behalf,
        after_submission=bool(part and part.is_submitted),
        sha256=source_file.stored.sha256,
        doubts=draft.counts["doubts"],
        **comparison.counts,
    )
    look_for_mismatches(source_file.review)
