"""What an action plan shows of each recommendation: the same words on screen, in Excel and in print."""

from dataclasses import dataclass

from actionplans.models import COLOURS, Status
from actionplans.vocabulary import Status as Claimed

NO_AGENCY = "No agency named"
NO_DATE = "No date"
ONLY_A_PART = "Your agency leads a part of these"
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
    text: str
    group: str
    part_of: str = ""
    scope: str = ""
    level: str = ""
    addressed_to: str = ""
    theme: str = ""
    leads: tuple = ()
    lead_as_written: str = ""
    actions: tuple = ()
    milestones: tuple = ()
    target: str = ""
    target_read: str = ""  # only where it says more than the words
    later: str = ""  # the last target of its actions, where that is behind its own
    tags: tuple = ()
    claim: str = ""
    decision: str = ""
    outcome: str = ""
    flags: tuple = ()
    doubts: tuple = ()
    to_update: tuple = ()  # what this reader may report on
    is_whole: bool = True  # not for whoever leads only a part of it

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


def shown_row(one, *, to_update=()):
    """Of a recommendation fetched with `for_display`; asks the database nothing."""
    if not one.is_read_whole:
        return _text_alone(one, to_update)
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
        actions=tuple(_shown_action(action, one) for action in one.live_actions),
        milestones=tuple(_milestone(milestone) for milestone in one.all_milestones),
        target=one.target_as_written or str(one.target) or NO_DATE,
        target_read=_read_as(one),
        later=later_of(one),
        tags=tuple(tags_of(one, unbacked=is_unbacked(one))),
        claim=claim_of(one),
        decision=one.decision_as_written or one.get_decision_display(),
        outcome="\n".join(text for text in (one.outcome, one.evidence) if text),
        flags=tuple(flag["message"] for flag in one.flags),
        doubts=tuple(doubt["message"] for _, doubt in one.open_doubts),
        to_update=tuple(to_update),
    )


def _text_alone(one, to_update):
    """For whoever leads a part of it: its words, and what their own agency does."""
    return ShownRow(
        recommendation=one,
        number=one.number,
        text=one.text,
        group=ONLY_A_PART,
        actions=tuple(
            ShownAction(action.number, action.text, _note_of(action), is_overdue=False)
            for action in one.live_actions
        ),
        to_update=tuple(to_update),
        is_whole=False,
    )


def group_of(one):
    """The heading that it stands under: the file's own, or whoever leads it."""
    if one.group:
        return one.group
    return ", ".join(part.agency.name for part in one.leads.all()) or NO_AGENCY


def tags_of(one, *, unbacked):
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
    if one.is_overdue:
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


def later_of(one):
    """The last target of the actions still waited for, where that is behind the recommendation's own."""
    rows = [_row_of(action, one) for action in one.live_actions]
    due = [row for row in rows if row.is_waited_for and row.due]
    last = max(due, key=lambda row: row.due, default=None)
    if last is None or one.target_latest is None or last.due <= one.target_latest:
        return ""
    return str(last.target) if last.target.latest else f"{last.due:%-d %B %Y}"


def _row_of(action, one):
    action.row.recommendation = one  # known already
    return action.row


def _shown_action(action, one):
    return ShownAction(
        number=action.number,
        text=action.text,
        note=_note_of(action),
        is_overdue=_row_of(action, one).is_overdue(),
    )


def _note_of(action):
    said = (
        action.lead.agency.name if action.lead else "",
        action.target_as_written or str(action.target),
        action.status_as_written,
    )
    return ", ".join(dict.fromkeys(text for text in said if text))


def _milestone(milestone):
    return f"{milestone.number} {milestone.text}".strip()


def grouped(rows):
    """[(heading or None, row)]: a heading wherever the group changes."""
    shown, last = [], None
    for row in rows:
        shown.append((row.group if row.group != last else None, row))
        last = row.group
    return shown
