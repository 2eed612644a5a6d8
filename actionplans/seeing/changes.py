"""What changed in plans between two days: everything that was told, settled, decided and moved."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import CharField, F, Value
from django.utils import timezone

from actionplans.progress.decided import Decision
from actionplans.progress.models import DateMove, ProgressNote
from actionplans.progress.settled import Impact, Verdict
from actionplans.rows.models import PlanRow

KINDS = {
    "added": "Actions added",
    "ended": "No longer followed",
    "update": "Updates",
    "move": "Dates set or moved",
    "verdict": "Accepted or sent back",
    "decision": "Decisions",
    "impact": "Whether practice changed",
}


@dataclass(frozen=True)
class Change:
    kind: str
    at: datetime
    review: object
    number: str
    text: str
    href: str
    what: str  # in a few words
    words: str  # as somebody wrote them
    agency: str = ""

    @property
    def label(self):
        return KINDS[self.kind]


class Changes:
    """Between the beginning of one day and the end of another, of what one person may see."""

    def __init__(self, user, *, since, until, review=None):
        self.user, self.review = user, review
        self.between = _start(since), _start(until + timedelta(days=1))

    def _of(self, kind):
        """(rows that this person sees, the way to the time, the way to the review)"""
        user = self.user
        rows = PlanRow.objects.visible_to(user).filter(recommendation__is_draft=False)
        match kind:
            case "added":
                return rows, "started_at", "review"
            case "ended":
                return rows, "ended_at", "review"
            case "update":
                return ProgressNote.objects.visible_to(user), "at", "row__review"
            case "move":
                return DateMove.objects.visible_to(user), "at", "row__review"
            case "verdict":
                return Verdict.objects.visible_to(user), "at", "note__row__review"
            case "impact":
                return Impact.objects.visible_to(user), "at", "row__review"
        return Decision.objects.visible_to(user), "at", "recommendation__review"

    def _between(self, kind):
        rows, at, review = self._of(kind)
        start, end = self.between
        rows = rows.order_by().filter(**{f"{at}__gte": start, f"{at}__lt": end})
        if self.review:
            rows = rows.filter(**{review: self.review})
        return rows, at

    @property
    def counts(self):
        return {kind: self._between(kind)[0].count() for kind in KINDS}

    def listed(self, kind=""):
        """(when, kind, id) of each, newest first: a page of it is fetched with `fetched`."""
        found = []
        for one in [kind] if kind else KINDS:
            rows, at = self._between(one)
            found.append(
                rows.annotate(
                    changed_at=F(at), kind=Value(one, output_field=CharField())
                ).values_list("changed_at", "kind", "pk")
            )
        first, *others = found
        return first.union(*others, all=True).order_by("-changed_at", "kind", "-pk")

    def fetched(self, listed):
        """The changes that some of `listed` name, in their order; a constant number of queries."""
        wanted = {}
        for _, kind, pk in listed:
            wanted.setdefault(kind, []).append(pk)
        found = {}
        for kind, ids in wanted.items():
            rows, _, _ = self._of(kind)
            rows = rows.filter(pk__in=ids)
            for row in rows.select_related(*_BESIDE[kind]):
                found[kind, row.pk] = _READ[kind](row)
        return [found[kind, pk] for _, kind, pk in listed if (kind, pk) in found]


def _start(day):
    return timezone.make_aware(datetime.combine(day, time.min))


# --- How each kind is told ------------------------------------------------------------------------

_ROW = ("review", "recommendation", "action", "lead__agency")
_OF_ROW = tuple(f"row__{name}" for name in _ROW)
_BESIDE = {
    "added": _ROW,
    "ended": _ROW,
    "update": (*_OF_ROW, "participation__agency"),
    "move": (*_OF_ROW, "note__participation__agency"),
    "verdict": tuple(f"note__{name}" for name in (*_OF_ROW, "participation__agency")),
    "decision": ("recommendation__review",),
    "impact": _OF_ROW,
}


def _change(kind, at, row, what, words="", part=None):
    part = part or row.lead
    return Change(
        kind=kind,
        at=at,
        review=row.review,
        number=row.number,
        text=row.text,
        href=row.get_absolute_url(),
        what=what,
        words=words,
        agency=part.agency.name if part else "",
    )


def _added(row):
    return _change("added", row.started_at, row, "Followed from now on")


def _ended(row):
    return _change("ended", row.ended_at, row, "No longer followed")


def _update(note):
    return _change("update", note.at, note.row, note.said, note.note, note.participation)


def _move(move):
    new = f"to {move.new}"
    what = f"Date set {new}" if move.is_first else f"Date moved from {move.old_words} {new}"
    part = move.note.participation if move.note else None  # of the review team, in the plan itself
    return _change("move", move.at, move.row, what, move.reason, part)


def _verdict(one):
    what = f"Accepted: {one.get_status_display().lower()}" if one.is_accepted else "Sent back"
    note = one.note
    return _change("verdict", one.at, note.row, what, one.reason, note.participation)


def _decision(one):
    recommendation = one.recommendation
    return Change(
        kind="decision",
        at=one.at,
        review=recommendation.review,
        number=recommendation.number or str(recommendation.position),
        text=recommendation.text,
        href=recommendation.get_absolute_url(),
        what=one.get_answer_display(),
        words=one.rationale,
        agency=one.body,
    )


def _impact(one):
    what = f"Practice changed: {one.get_changed_display().lower()}"
    return _change("impact", one.at, one.row, what, one.how)


_READ = {
    "added": _added,
    "ended": _ended,
    "update": _update,
    "move": _move,
    "verdict": _verdict,
    "decision": _decision,
    "impact": _impact,
}
