"""What an entry's own page shows beside it."""

from dataclasses import dataclass

from chronologies.marking.forms import SuggestionForm
from chronologies.marking.models import EntryComment, Mark
from chronologies.marking.queries import Beside, ShownEvent, beside, shown_events
from chronologies.marking.suggesting.queries import suggestions_of
from reviews import rules
from reviews.access import access_of


@dataclass(frozen=True)
class OnEntry:
    beside: Beside
    event: ShownEvent | None = None
    suggestions: tuple = ()  # of (suggestion, form)
    taken_away: tuple = ()  # marks and comments, for those who may have to answer for it
    reads: bool = False
    may_mark: bool = False

    def __bool__(self):
        return self.reads or bool(self.beside)

    @property
    def others(self):
        """The event's other accounts."""
        return self.event.accounts if self.event else ()


def on_entry(entry, user):
    access, said = access_of(user), beside([entry], entry.review, user)[entry.pk]
    if not rules.can_read_analysis(access, entry.review):
        return OnEntry(said)
    event = None
    if said.account:
        event = next(iter(shown_events([said.account.group], user)), None)
    if not rules.can_lead_analysis(access, entry.review):
        return OnEntry(said, event, reads=True)
    may_mark = not (entry.review.has_ended or entry.is_withdrawn)
    suggestions = suggestions_of(entry, user) if may_mark else ()
    return OnEntry(
        said,
        event,
        suggestions=tuple((one, SuggestionForm(auto_id=False)) for one in suggestions),
        taken_away=_taken_away(entry, user),
        reads=True,
        may_mark=may_mark,
    )


def _taken_away(entry, user):
    rows = []
    for model in (Mark, EntryComment):
        gone = model.objects.visible_to(user).filter(entry=entry, removed_at__isnull=False)
        rows += gone.for_display().select_related("removed_by")
    return tuple(sorted(rows, key=lambda row: row.removed_at))
