"""What became of a mismatch: found, judged, asked about, answered, changed, gone."""

from dataclasses import dataclass
from datetime import datetime

from chronologies.mismatches.models import Judgement
from chronologies.models import Entry, EntryVersion
from reviews.access import access_of
from reviews.querying.models import Query, QueryMove
from reviews.querying.states import What as QueryWhat


@dataclass(frozen=True)
class Happened:
    """A line of what became of a mismatch: the finder's, but for a judgement or a step of a query."""

    at: datetime
    what: str
    judgement: Judgement | None = None
    who: str = "The finder"
    query: Query | None = None


_STEPS = {
    QueryWhat.SENT: "sent",
    QueryWhat.ASKED_AGAIN: "asked again",
    QueryWhat.ANSWERED: "answered",
    QueryWhat.WITHDRAWN: "withdrawn",
}


def _steps_of(asked, user):
    """When each query about it went, was answered and was withdrawn."""
    queries = {one.line.query.pk: one.line.query for one in asked}
    moves = QueryMove.objects.visible_to(user).filter(query__in=queries, what__in=_STEPS)
    return [
        Happened(
            move.at,
            f"to {queries[move.query_id].participation.agency}: {_STEPS[move.what]}",
            who=str(move.by or "The system"),
            query=queries[move.query_id],
        )
        for move in moves.select_related("by")
    ]


def history_of(mismatch, judgements, asked=(), user=None):
    """By time, the newest first, whether the finder's or somebody's. `judgements` are so too."""
    lines = [Happened(mismatch.found_at, "Found")]
    if mismatch.changed_at:
        lines.append(Happened(mismatch.changed_at, "What it rests on changed"))
    if mismatch.gone_at:
        lines.append(Happened(mismatch.gone_at, "Gone: the entries no longer show it"))
    lines += [
        Happened(one.at, one.get_verdict_display(), one, who=str(one.by or "The system"))
        for one in reversed(judgements)
    ]
    lines += _steps_of(asked, user) if asked else []
    return sorted(lines, key=lambda line: line.at)[::-1]


def judgements_of(mismatches, user):
    """The newest first. What was said when it rested on something else may tell of an agency that it
    concerns no more: nobody with a conflict of interest in the review reads that."""
    rows = Judgement.objects.visible_to(user).filter(mismatch__in=mismatches)
    rows = list(rows.select_related("by", "mismatch").order_by("-pk"))
    for row in rows:
        is_old = row.evidence != row.mismatch.evidence
        if is_old and row.mismatch.review_id in access_of(user).reviews_in_conflict:
            row.explanation = row.reason = ""
    return rows


def changes_since(judgement, user):
    """Versions of its entries that somebody made since the judgement, the newest first."""
    if judgement is None:
        return []
    links = judgement.mismatch.entry_links.values("entry")
    entries = Entry.objects.visible_to(user).filter(pk__in=links)
    rows = EntryVersion.objects.filter(entry__in=entries, at__gt=judgement.at)
    return list(rows.select_related("entry__review", "entry__participation__agency"))
