"""What an action plan says once it has been read: plain values, as written and as parsed."""

from dataclasses import dataclass, field

from actionplans.levels import read_level
from actionplans.vocabulary import Decision, Status
from foundations.dates import PartialDate


@dataclass(frozen=True)
class Place:
    """Where a row stands in the file it came from."""

    part_kind: str  # "sheet", "table", "paragraphs" or "csv"
    part: str | int
    row: int

    def to_json(self):
        return {"part_kind": self.part_kind, "part": self.part, "row": self.row}

    def __str__(self):
        where = f"sheet “{self.part}”, " if self.part_kind == "sheet" else ""
        where = f"table {self.part}, " if self.part_kind == "table" else where
        what = "paragraph" if self.part_kind == "paragraphs" else "row"
        return f"{where}{what} {self.row}"


@dataclass(frozen=True)
class Remark:
    """Something a person should look at, beside the cell it is about."""

    at: Place
    column: str
    message: str
    kind: str = ""

    def to_json(self):
        said = {"at": self.at.to_json(), "column": self.column, "message": self.message}
        return {**said, "kind": self.kind} if self.kind else said


@dataclass(frozen=True)
class NotARow:
    """A row of the file that is no recommendation, and why."""

    at: Place
    why: str
    text: str = ""

    def to_json(self):
        return {"at": self.at.to_json(), "why": self.why, "text": self.text}


@dataclass(frozen=True)
class Target:
    """One date of a target cell, and for whom or what it was set."""

    date: PartialDate
    label: str | None = None
    number: str | None = None
    status: Status | None = None

    def to_json(self):
        return {
            **self.date.to_json(),
            "label": self.label,
            "number": self.number,
            "status": self.status and str(self.status),
        }


@dataclass(frozen=True)
class Lead:
    """Who leads: bodies, the office that acts for them, and people by name."""

    agencies: tuple[str, ...] = ()
    role: str | None = None
    people: tuple[str, ...] = ()
    as_written: str = ""
    source: str = ""  # "cell", "banner" or "text"

    def to_json(self):
        return {
            "lead_agencies": list(self.agencies),
            "lead_role": self.role,
            "lead_people": list(self.people),
            "lead_as_written": self.as_written,
        }


@dataclass(frozen=True)
class Action:
    text: str
    number: str | None = None
    target: PartialDate | None = None
    status: Status | None = None
    status_as_written: str | None = None
    target_as_written: str = ""
    lead: Lead | None = None  # where it differs from its recommendation's
    outcome: str = ""
    completed: PartialDate | None = None
    at: Place | None = None

    def to_json(self):
        said = {
            "number": self.number,
            "text": self.text,
            "target": self.target and self.target.to_json(),
            "target_as_written": self.target_as_written,
            "status": self.status and str(self.status),
            "status_as_written": self.status_as_written,
            "outcome": self.outcome,
            "completed": self.completed and self.completed.to_json(),
            "at": self.at and self.at.to_json(),
        }
        return {**said, **self.lead.to_json()} if self.lead else said


@dataclass(frozen=True)
class Milestone:
    text: str
    number: str | None = None
    target: PartialDate | None = None
    targets: tuple[PartialDate, ...] = ()

    def to_json(self):
        return {
            "number": self.number,
            "text": self.text,
            "target": self.target and self.target.to_json(),
            "targets": [one.to_json() for one in self.targets],
        }


@dataclass(frozen=True)
class Update:
    """What was reported at one time. The label is the date as it stood before the text."""

    text: str
    label: str | None = None
    date: PartialDate = field(default_factory=PartialDate.none)

    def to_json(self):
        return {"label": self.label, "text": self.text, "date": self.date.to_json()}


@dataclass
class Recommendation:
    id: int
    at: Place
    rows: tuple[Place, ...]
    text: str
    paragraphs: tuple[str, ...] = ()
    number: str | None = None
    number_as_written: str | None = None
    parent: int | None = None
    group: str | None = None
    banner: str | None = None
    scope: str = ""
    lead: Lead = field(default_factory=Lead)
    actions: tuple[Action, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    targets: tuple[Target, ...] = ()
    target_as_written: str = ""
    status: Status | None = None
    status_as_written: str | None = None
    completed: PartialDate | None = None
    outcome: str = ""
    evidence: str = ""
    decision: Decision | None = None
    decision_as_written: str | None = None
    decision_condition: str | None = None
    updates: tuple[Update, ...] = ()
    other: dict[str, str] = field(default_factory=dict)

    @property
    def target(self):
        """When all of it should be done: the last of its dates."""
        dated = [one.date for one in self.targets if one.date.is_bounded]
        if dated:
            return max(dated, key=lambda one: (one.latest or one.earliest, one.sort_key))
        return next((one.date for one in self.targets if one.date.precision != "none"), None)

    def to_json(self):
        return {
            "id": self.id,
            "at": self.at.to_json(),
            "rows": [place.to_json() for place in self.rows],
            "number": self.number,
            "number_as_written": self.number_as_written,
            "parent": self.parent,
            "text": self.text,
            "paragraphs": list(self.paragraphs),
            "group": self.group,
            "banner": self.banner,
            "scope": self.scope,
            "level": read_level(self.scope),
            **self.lead.to_json(),
            "actions": [one.to_json() for one in self.actions],
            "milestones": [one.to_json() for one in self.milestones],
            "target": self.target and self.target.to_json(),
            "targets": [one.to_json() for one in self.targets],
            "target_as_written": self.target_as_written,
            "status": self.status and str(self.status),
            "status_as_written": self.status_as_written,
            "completed": self.completed and self.completed.to_json(),
            "outcome": self.outcome,
            "evidence": self.evidence,
            "decision": self.decision and str(self.decision),
            "decision_as_written": self.decision_as_written,
            "decision_condition": self.decision_condition,
            "updates": [one.to_json() for one in self.updates],
            "other": self.other,
        }


@dataclass
class ActionPlan:
    """The whole of one file. Every row is a recommendation's, or one of `not_rows`, or rejected.

    `doubts` are where the reading is not certain. `flags` are what the plan itself leaves open: a
    claim that nothing backs, a decision its own text contradicts, words nobody filled in.
    """

    rows_read: int = 0
    recommendations: list[Recommendation] = field(default_factory=list)
    not_rows: list[NotARow] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)
    near_duplicates: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    flags: list[Remark] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    mapping: dict[str, str | list[str]] = field(default_factory=dict)
    unmapped_columns: list[str] = field(default_factory=list)
    unknown_agencies: list[str] = field(default_factory=list)

    def to_json(self):
        return {
            "rows_read": self.rows_read,
            "recommendations": [one.to_json() for one in self.recommendations],
            "not_rows": [one.to_json() for one in self.not_rows],
            "duplicates": [list(pair) for pair in [*self.duplicates, *self.near_duplicates]],
            "near_duplicates": [list(pair) for pair in self.near_duplicates],
            "doubts": [one.to_json() for one in self.doubts],
            "flags": [one.to_json() for one in self.flags],
            "rejected": [one.to_json() for one in self.rejected],
            "mapping": self.mapping,
            "unmapped_columns": self.unmapped_columns,
            "unknown_agencies": self.unknown_agencies,
        }
