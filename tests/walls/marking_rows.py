"""What the review says beside the entries of a world: each kind of mark, a comment for each of those
who may read one, themes and terms, and an event of two agencies."""

import uuid

from chronologies.marking.models import Theme
from chronologies.marking.services import comments, events, marks, ties
from reviews.terms.models import Term
from tests.factories.chronologies_marking import (
    DeclinedSuggestionFactory,
    NotOneEventFactory,
    ThemeFactory,
)

AUDIENCES = ("chair", "panel", "agency")


def mark_entries(rows):
    rows.theme = ThemeFactory(partnership=rows.one.partnership)
    themes = {rows.one.pk: rows.theme, rows.two.pk: Theme.objects.get(name="Use of MARAC")}
    other = {rows.ours.part.pk: rows.third, rows.theirs.part.pk: rows.ours}
    for each in (rows.ours, rows.theirs, rows.foreign):
        _mark(each, other.get(each.part.pk), by=each.author)
        term = Term.objects.filter(review=each.part.review).first()
        terms = [term] if term else []
        theme = themes[each.part.review_id]
        ties.tie(each.entry, themes=[theme], terms=terms, by=each.author)
    rows.entry_mark = rows.ours.entry.marks.get(kind="key")
    rows.entry_comment = rows.ours.entry.comments.get(audience="agency")
    both = [rows.ours.entry, rows.theirs.entry]
    rows.event = events.put_together(both, by=rows.chair, key=uuid.uuid4(), note="One call")
    rows.event_account = rows.event.accounts.get(entry=rows.ours.entry)
    events.put_together(
        [rows.foreign.entry, rows.foreign_body.entry], by=rows.chair, key=uuid.uuid4(), note="Two"
    )
    DeclinedSuggestionFactory(entry=rows.ours.entry)
    NotOneEventFactory(first=rows.ours.entry, second=rows.third.entry)


def _mark(each, other, *, by):
    def mark(kind, **said):
        marks.set_mark(each.entry, kind=kind, by=by, key=uuid.uuid4(), note="Noted", **said)

    mark("key")
    mark("risk", tool="DASH", score="14/24", grade="high", counterpart_name="A midwife")
    mark("seen", seen="alone")
    mark("disputed", counterpart_name="The family")
    if other:
        mark("contact", direction="sent", counterpart=other.part)
    for audience in AUDIENCES:
        comments.add_comment(
            each.entry, text=f"For {audience}", audience=audience, by=by, key=uuid.uuid4()
        )
