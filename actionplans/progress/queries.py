"""What was reported on rows, for pages, papers and requests."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from actionplans.models import Milestone, Update
from actionplans.progress.decided import Decision
from actionplans.progress.models import ProgressNote
from actionplans.progress.settled import ImpactCheck, waiting
from actionplans.rows.models import ONLY_CLAIMED, PlanRow

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """One dated update: reported here, or brought by the file."""

    when: str
    words: str
    said: str = ""  # the answer
    colour: str = ""
    at: object = None
    note: object = None
    agency: str = ""

    @property
    def is_from_file(self):
        return self.note is None


def updates_of(row, user):
    """Newest first: what was reported on it, and what the file had told of its recommendation."""
    return updates_of_rows([row], user)[row.pk]


def updates_of_rows(rows, user):
    """{row id: [Told]} of many rows, in a constant number of queries."""
    told = {row.pk: [] for row in rows}
    notes = ProgressNote.objects.visible_to(user).filter(row__in=told).for_display()
    for note in notes:
        told[note.row_id].append(_of_note(note))
    imported = {}
    of_files = Update.objects.visible_to(user)
    for update in of_files.filter(recommendation__in={row.recommendation_id for row in rows}):
        imported.setdefault(update.recommendation_id, []).append(update)
    for row in rows:
        told[row.pk] += sorted(
            map(_of_file, reversed(imported.get(row.recommendation_id, ()))),
            key=lambda one: one.at,
            reverse=True,
        )
        told[row.pk].sort(key=lambda one: one.at, reverse=True)
    return told


def _of_note(note):
    said, colour = note.became
    return Told(
        when=f"{timezone.localtime(note.at):%-d %B %Y, %H:%M}",
        words=note.note,
        said=said,
        colour=colour,
        at=note.at,
        note=note,
        agency=note.participation.agency.name if note.participation else "",
    )


def _of_file(update):
    """In the order of time where the file said when, else behind the rest."""
    latest = update.date_latest
    at = datetime.combine(latest, time.max, tzinfo=UTC) if latest else _NEVER
    return Told(when=update.label or str(update.date) or "No date", words=update.text, at=at)


@dataclass(frozen=True)
class ToSettle:
    """What waits for whoever runs a plan."""

    waiting: list
    claimed: object  # a queryset: there may be thousands
    due: list
    deferred: list


def to_settle(review, user, *, on):
    notes = ProgressNote.objects.visible_to(user).filter(row__review=review)
    notes = waiting(notes).select_related(
        "row__recommendation", "row__action", "row__review", "participation__agency"
    )
    checks = ImpactCheck.objects.visible_to(user).filter(row__review=review).due(on=on)
    return ToSettle(
        waiting=list(notes.order_by("at")),
        claimed=claimed(review, user),
        deferred=deferred(review, user, on=on),
        due=list(checks.select_related("row__recommendation", "row__action", "row__review")),
    )


def deferred(review, user, *, on):
    """Decisions that were put off until a day that has come."""
    rows = Decision.objects.visible_to(user).filter(recommendation__review=review)
    return list(rows.to_look_at_again(on=on).select_related("recommendation__review"))


def claimed(review, user):
    """Rows that a file calls finished and nobody here has confirmed: bare claims first."""
    one = {"recommendation": OuterRef("recommendation")}
    backed = (
        ~Q(recommendation__outcome="")
        | ~Q(recommendation__evidence="")
        | Q(action__outcome__gt="")
        | Exists(Update.objects.filter(**one))
        | Exists(Milestone.objects.filter(**one))
    )
    rows = PlanRow.objects.visible_to(user).still_open().filter(review=review)
    return (
        rows.filter(ONLY_CLAIMED)
        .annotate(is_backed=Case(When(backed, then=Value(True)), default=Value(False)))
        .order_by("is_backed", "recommendation__position", "action__position", "pk")
        .for_display()
    )


def reporting_for(access, row):
    """(agency's part, on its behalf): one's own where it leads, else that of the one that does."""
    leads = [link.participation for link in row.lead_links.all()]
    for part in leads:
        if access.may("update_own_actions", part):
            return part, False
    return (leads[0], True) if len(leads) == 1 else (None, False)
