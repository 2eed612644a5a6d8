"""What was known of a plan on one day: statuses, dates, decisions and updates as they stood then."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from actionplans.models import CLAIMED_CLOSED, CLOSED, REJECTED, Recommendation, Status
from actionplans.papers.told import updates_of
from actionplans.progress.decided import Decision
from actionplans.progress.models import DateMove, ProgressNote
from actionplans.progress.settled import Impact
from actionplans.resting.models import RecommendationVersion
from actionplans.rows.models import PlanRow
from actionplans.rows.services import together
from actionplans.seeing.standing import SILENT_AFTER


@dataclass
class KnownRow:
    """One thing that was followed, as it stood."""

    row: PlanRow
    status: str
    target: str
    due: object
    first_target: str
    moves: int
    leads: tuple
    told_at: object  # when somebody last reported on it
    done_on: object
    is_rejected: bool

    @property
    def is_open(self):
        return self.status not in CLOSED and not self.is_rejected

    @property
    def is_only_claimed(self):
        return self.status == Status.UNCONFIRMED and self.row.claims_finished

    def is_overdue(self, day):
        """As `seeing.standing.overdue` asks it of today."""
        if not self.is_open or self.is_only_claimed or self.due is None:
            return False
        return self.due < day

    def is_silent(self, day):
        """As `seeing.standing.silent` asks it of today."""
        waits = self.status == Status.REPORTED or self.is_only_claimed
        if not self.is_open or waits or self.row.review.has_ended:
            return False
        return (self.told_at or self.row.started_at) < moment_of(day) - SILENT_AFTER


@dataclass
class Known:
    """One recommendation, as it stood."""

    one: Recommendation
    number: str
    text: str
    scope: str
    decision: Decision | None = None
    decided: str = ""
    answer: str = ""
    condition: str = ""
    rows: list = field(default_factory=list)
    updates: list = field(default_factory=list)

    @property
    def status(self):
        return together({known.status for known in self.rows}) if self.rows else self.one.status

    @property
    def is_confirmed(self):
        return self.status != Status.UNCONFIRMED

    @property
    def is_only_claimed(self):
        """A file says that it is finished; nobody here has confirmed it."""
        followed = [row.is_only_claimed for row in self.rows if row.is_open]
        claims = all(followed) if followed else self.one.claimed_status in CLAIMED_CLOSED
        return claims and not self.is_confirmed

    @property
    def is_open(self):
        return any(known.is_open for known in self.rows)


def end_of(day):
    return timezone.make_aware(datetime.combine(day, time.max))


def moment_of(day):
    """Now, where the day is today: what is silent tonight is not so this morning."""
    return timezone.now() if day == timezone.localdate() else end_of(day)


def known_on(reviews, day, user=None):
    """[Known] of these reviews in plan order, in a constant number of queries.

    With a user, what that person may read; without one, as the commands do, all of it.
    """
    end = end_of(day)
    found = _visible(Recommendation, user).filter(review__in=reviews, is_draft=False)
    found = found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=end), created_at__lte=end)
    ones = list(
        found.select_related("review", "parent", "theme")
        .prefetch_related("leads__agency", "milestones", "updates")
        .order_by("review__reference", "position", "pk")
    )
    asked = _Asked(ones, end, user)
    return [asked.known(one) for one in ones]


def _visible(model, user):
    return model.objects.visible_to(user) if user else model.objects.all()


class _Asked:
    """Everything that is told about some recommendations up to the end of a day."""

    def __init__(self, ones, end, user):
        self.end = end
        self.rows = self._rows(ones, user)
        rows = [row.pk for found in self.rows.values() for row in found]
        notes = _visible(ProgressNote, user).filter(recommendation__in=ones)
        self.notes = _grouped(
            notes.select_related("participation__agency", "verdict").order_by("at", "pk"), "row_id"
        )
        moves = _visible(DateMove, user).filter(row__in=rows)
        self.moves = _grouped(moves.select_related("note").order_by("at", "pk"), "row_id")
        impacts = _visible(Impact, user).filter(row__in=rows, at__lte=end)
        self.impacts = _grouped(impacts.order_by("at", "pk"), "row_id")
        decisions = _visible(Decision, user).filter(recommendation__in=ones)
        self.decisions = _grouped(decisions.order_by("pk"), "recommendation_id")
        versions = _visible(RecommendationVersion, user).filter(recommendation__in=ones, at__gt=end)
        self.versions = _grouped(versions.order_by("number"), "recommendation_id")

    def _rows(self, ones, user):
        rows = _visible(PlanRow, user).filter(recommendation__in=ones, started_at__lte=self.end)
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=self.end))
        rows = rows.for_display().select_related("action__lead__agency")
        rows = rows.order_by("recommendation", "action__position", "pk")
        return _grouped(rows, "recommendation_id")

    def known(self, one):
        words = next((v.snapshot for v in self.versions.get(one.pk, ())), None) or {
            "text": one.text,
            "number": one.number,
            "scope": one.scope,
        }
        known = Known(one, words["number"], words["text"], words["scope"])
        self._decide(known)
        for row in self.rows.get(one.pk, ()):
            row.recommendation, row.review = one, one.review
            known.rows.append(self._row(row, known))
        rows = [row.row for row in known.rows]
        known.updates = updates_of(one, rows, self)
        return known

    def _decide(self, known):
        """The last answer given by then. What a file said counts only until somebody answered."""
        one, given = known.one, self.decisions.get(known.one.pk, ())
        if not given:
            known.answer, known.condition = one.decision, one.decision_condition
            known.decided = one.decision_as_written or one.get_decision_display()
            return
        by_then = [decision for decision in given if decision.at <= self.end]
        if by_then:
            last = known.decision = by_then[-1]
            known.answer, known.decided = last.answer, last.get_answer_display()
            known.condition = last.condition

    def _row(self, row, known):
        status, done_at = self._status(row)
        moves = self.moves.get(row.pk, ())
        before = [move for move in moves if move.at <= self.end]
        later = next((move for move in moves if move.at > self.end), None)
        moved = [move for move in before if not move.is_first]
        told = [note for note in self.notes.get(row.pk, ()) if note.at <= self.end]
        links = row.lead_links.all()
        return KnownRow(
            row=row,
            status=status,
            target=_words(later) if later else row.target_as_written or str(row.target),
            due=later.old_latest if later else row.due,
            first_target=moved[0].old_words if moved else "",
            moves=len(moved),
            leads=tuple(link.participation.agency.name for link in links),
            told_at=told[-1].at if told else None,
            done_on=timezone.localtime(done_at).date() if done_at else None,
            is_rejected=known.answer == REJECTED,
        )

    def _status(self, row):
        """What the last report or verdict made of it, and when it was accepted as done."""
        notes = self.notes.get(row.pk, ())
        said = [(note.at, note.status, note) for note in notes]
        said += [(n.verdict.at, n.verdict.status, n) for n in notes if hasattr(n, "verdict")]
        said.sort(key=lambda one: one[0])
        by_then = [one for one in said if one[0] <= self.end]
        if by_then:
            at, status, _ = by_then[-1]
            return status, at if status == Status.DONE else None
        if said:
            return said[0][2].status_before, None
        return row.status, row.done_at


def _grouped(rows, key):
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _words(move):
    return move.old_as_written or str(move.old)
