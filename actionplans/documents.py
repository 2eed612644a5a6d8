"""What an action plan shows of each recommendation: the same words on screen, in Excel and in print."""

from dataclasses import dataclass

from django.utils import timezone

from actionplans.models import COLOURS, Status
from actionplans.vocabulary import Status as Claimed

NO_AGENCY = "No agency named"
NO_DATE = "No date"
UNBACKED = "Claimed complete, nothing shows it"


@dataclass(frozen=True)
class Tag:
    text: str
    colour: str = ""


@dataclass(frozen=True)
class ShownAction:
    number: str
    text: str
    note: str  # its own lead, date and status, as written
    is_overdue: bool


@dataclass(frozen=True)
class ShownRow:
    """One recommendation in a list."""

    recommendation: object
    number: str
    part_of: str
    group: str
    text: str
    scope: str
    level: str
    addressed_to: str
    theme: str
    leads: tuple
    lead_as_written: str
    actions: tuple
    milestones: tuple
    target: str
    target_read: str  # only where it says more than the words
    tags: tuple
    claim: str
    decision: str
    outcome: str
    flags: tuple
    doubts: tuple
    to_update: tuple = ()  # what this reader may report on

    @property
    def other_leads(self):
        """Those that the heading above does not name already."""
        return tuple(name for name in self.leads if name.casefold() != self.group.casefold())

    @property
    def points(self):
        """Whether what stands as its actions are its own points, as an earlier report has them."""
        one = self.recommendation
        written = (action.key for action in one.live_actions)
        return one.plan_import_id is None and one.made_by_id and not all(written)

    @property
    def reaches(self):
        """How far it reaches and who must answer it, in one line."""
        level = self.level or self.scope
        said = (level, self.addressed_to and f"to {self.addressed_to}", self.theme)
        return ", ".join(text for text in said if text)

    @property
    def words(self):
        """The status without its colours."""
        return ", ".join(tag.text for tag in self.tags)


def shown_row(one, *, to_update=(), on=None):
    """Of a recommendation fetched with `for_display`; asks the database nothing."""
    on = on or timezone.localdate()
    leads = tuple(part.agency.name for part in one.leads.all())
    return ShownRow(
        recommendation=one,
        number=one.number,
        part_of=one.parent.number if one.parent else "",
        group=group_of(one),
        text=one.text,
        scope=one.scope,
        level=one.get_level_display(),
        addressed_to=one.addressed_to,
        theme=one.theme.name if one.theme else "",
        leads=leads,
        lead_as_written=one.lead_as_written,
        actions=tuple(_shown_action(action, one, on) for action in one.live_actions),
        milestones=tuple(_milestone(milestone) for milestone in one.all_milestones),
        target=one.target_as_written or str(one.target) or NO_DATE,
        target_read=_read_as(one),
        tags=tuple(tags_of(one, unbacked=is_unbacked(one), on=on)),
        claim=claim_of(one),
        decision=one.decision_as_written or one.get_decision_display(),
        outcome="\n".join(text for text in (one.outcome, one.evidence) if text),
        flags=tuple(flag["message"] for flag in one.flags),
        doubts=tuple(doubt["message"] for _, doubt in one.open_doubts),
        to_update=tuple(to_update),
    )


def group_of(one):
    """The heading that it stands under: the file's own, or whoever leads it."""
    if one.group:
        return one.group
    return ", ".join(part.agency.name for part in one.leads.all()) or NO_AGENCY


def tags_of(one, *, unbacked, on):
    """What is confirmed; failing that, what the file claims; then what is wrong with it."""
    if one.is_draft:
        yield Tag("Draft", "yellow")
    if one.status != Status.UNCONFIRMED:
        yield Tag(one.get_status_display(), COLOURS[one.status])
    elif unbacked:
        yield Tag(UNBACKED, "orange")
    elif one.claimed_status and one.claimed_status != Claimed.NOT_STATED:
        yield Tag(f"{one.get_claimed_status_display()}, as the plan claims", "grey")
    else:
        yield Tag("Nothing reported", "grey")
    if one.is_overdue(on=on):
        yield Tag("Overdue", "red")


def claim_of(one):
    """What the file says of it, in its own words, where the status does not say the same already."""
    written = one.status_as_written or one.get_claimed_status_display()
    said_already = one.status == Status.UNCONFIRMED and not is_unbacked(one)
    label = one.get_claimed_status_display()
    return "" if said_already and written.casefold() == label.casefold() else written


def is_unbacked(one):
    """As `claimed_without_evidence` asks it of the database."""
    return one.claims_done and not (
        one.live_actions
        or one.all_milestones
        or one.has_updates
        or one.has_notes
        or one.outcome
        or one.evidence
    )


def _read_as(one):
    read = str(one.target) or NO_DATE.lower()
    written = " ".join(one.target_as_written.split())
    return "" if not written or read.casefold() in written.casefold() else read


def _shown_action(action, one, on):
    said = (
        action.lead.agency.name if action.lead else "",
        action.target_as_written or str(action.target),
        action.status_as_written,
    )
    return ShownAction(
        number=action.number,
        text=action.text,
        note=", ".join(dict.fromkeys(text for text in said if text)),
        is_overdue=one.is_open and action.is_overdue(on=on),
    )


def _milestone(milestone):
    return f"{milestone.number} {milestone.text}".strip()


def grouped(rows):
    """[(heading or None, row)]: a heading wherever the group changes."""
    shown, last = [], None
    for row in rows:
        shown.append((row.group if row.group != last else None, row))
        last = row.group
    return shown
