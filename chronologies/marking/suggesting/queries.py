"""Suggestions beside the entries of a page, in a constant number of queries."""

from dataclasses import dataclass

from chronologies.marking.models import DeclinedSuggestion, Mark
from chronologies.marking.suggesting.rules import Reader
from reviews.models import Participation

# Of these an entry has one mark or none; of contacts one with each body.
_ONCE = frozenset(Mark.Kind) - {Mark.Kind.CONTACT}


def reader_for(review, user):
    """It knows the agencies that this person may know to take part, by every name of theirs."""
    parts = Participation.objects.visible_to(user).filter(review=review)
    parts = parts.select_related("agency").prefetch_related(
        "agency__aliases", "agency__duplicates", "agency__predecessors"
    )
    return Reader({part: _names(part.agency) for part in parts}, review.people.all())


def _names(agency):
    names = [agency.name, agency.short_name, *agency.other_names]
    names += [former.name for former in agency.predecessors.all()]
    return [name for name in names if len(name) > 1]


@dataclass(frozen=True)
class Judged:
    """What was done about suggestions already."""

    declined: frozenset
    marked: frozenset

    def leaves(self, entry, suggestion):
        if (entry.pk, suggestion.digest) in self.declined:
            return False
        if suggestion.kind in _ONCE:
            return (entry.pk, suggestion.kind, "") not in self.marked
        return (entry.pk, suggestion.kind, _with_whom(suggestion)) not in self.marked


def _with_whom(suggestion):
    part = suggestion.said.get("counterpart")
    return str(part.pk) if part else suggestion.said["counterpart_name"].casefold()


def judged_of(entries):
    """Two queries, whatever the number of entries; a queryset or a list."""
    declined = DeclinedSuggestion.objects.filter(entry__in=entries)
    marks = Mark.objects.live().filter(entry__in=entries)
    marked = set()
    for entry, kind, part, name in marks.values_list(
        "entry", "kind", "counterpart", "counterpart_name"
    ):
        whom = (str(part) if part else name.casefold()) if kind == Mark.Kind.CONTACT else ""
        marked.add((entry, kind, whom))
    return Judged(frozenset(declined.values_list("entry", "suggestion")), frozenset(marked))


def suggestions_beside(entries, review, user):
    """{entry id: [suggestion]} for a page of entries."""
    reader, judged = reader_for(review, user), judged_of([entry.pk for entry in entries])
    return {
        entry.pk: [one for one in reader.suggestions(entry) if judged.leaves(entry, one)]
        for entry in entries
    }


def suggestions_of(entry, user):
    return suggestions_beside([entry], entry.review, user)[entry.pk]
