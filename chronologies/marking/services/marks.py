"""Marks on entries, and suggestions of marks. The caller asked rules.py."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from chronologies.marking.models import DeclinedSuggestion, Mark
from chronologies.marking.services.entries import locked, locked_live, take_away, tell
from chronologies.marking.suggesting.queries import suggestions_of
from chronologies.services import KeyOfAnother

# What each kind of mark says besides its note.
SAYS = {
    Mark.Kind.KEY: (),
    Mark.Kind.MISSED: (),
    Mark.Kind.GOOD: (),
    Mark.Kind.POLICY: (),
    Mark.Kind.RISK: ("tool", "score", "grade", "person", "counterpart", "counterpart_name"),
    Mark.Kind.SEEN: ("seen", "person"),
    Mark.Kind.CONTACT: ("direction", "counterpart", "counterpart_name"),
    Mark.Kind.DISPUTED: ("counterpart", "counterpart_name"),
}
_NEEDED = {
    Mark.Kind.SEEN: ("seen", "Say whether the person was seen or heard"),
    Mark.Kind.CONTACT: ("direction", "Say which way the contact went"),
}
_WITH_WHOM = {
    Mark.Kind.CONTACT: "Choose the agency, or enter the other body",
    Mark.Kind.DISPUTED: "Choose the agency that disputes it, or enter who does",
}


class SuggestionGone(Exception):
    """The words that led to the suggestion have changed, or somebody dealt with it."""


@transaction.atomic
def set_mark(entry, *, kind, by, key, note="", is_suggested=False, **said):
    """Say one thing that the entry shows. The same key again gives the first one's mark."""
    entry, kind = locked_live(entry), Mark.Kind(kind)
    if found := Mark.objects.filter(key=key).first():
        if (found.entry_id, found.made_by_id) != (entry.pk, by.pk):
            raise KeyOfAnother
        return found
    if wrong := said.keys() - set(SAYS[kind]):
        raise TypeError(f"A mark of the kind {kind} does not say {sorted(wrong)}")
    said = {name: value for name, value in said.items() if value} | {"note": note.strip()}
    _check(kind, entry, said)
    mark = Mark(entry=entry, kind=kind, key=key, made_by=by, is_suggested=is_suggested, **said)
    mark.full_clean()
    if _stands_already(entry, mark):
        raise ValidationError("This entry is marked like that already.")
    mark.save()
    tell(EventType.MARK_SET, entry, by=by, kind=kind.value, is_suggested=is_suggested)
    return mark


def _check(kind, entry, said):
    if kind in _NEEDED:
        name, message = _NEEDED[kind]
        if not said.get(name):
            raise ValidationError({name: message})
    both = said.get("counterpart") and said.get("counterpart_name")
    if both:
        raise ValidationError({"counterpart_name": "Choose an agency or enter a name, not both"})
    if kind in _WITH_WHOM and not (said.get("counterpart") or said.get("counterpart_name")):
        raise ValidationError({"counterpart": _WITH_WHOM[kind]})
    if kind == Mark.Kind.RISK and not said.keys() & {"tool", "score", "grade"}:
        raise ValidationError({"tool": "Enter the tool, the score or the grade"})
    for name in ("person", "counterpart"):
        if said.get(name) and said[name].review_id != entry.review_id:
            raise ValidationError({name: "Choose one of this review"})


def _stands_already(entry, mark):
    same = {name: getattr(mark, name) for name in ("kind", "note", *SAYS[Mark.Kind.RISK])}
    same |= {"seen": mark.seen, "direction": mark.direction}
    return entry.marks.live().filter(**same).exists()


@transaction.atomic
def remove_mark(mark, *, by):
    """Take it away; that it was there stays on record. Safe to repeat."""
    entry = locked(mark.entry)
    if take_away(mark, by=by):
        tell(EventType.MARK_REMOVED, entry, by=by, kind=mark.kind)
    return mark


# --- Suggestions --------------------------------------------------------------------------------


@transaction.atomic
def take_suggestion(entry, digest, *, by, key):
    """Make the mark that was suggested. A second click finds the first one's."""
    entry = locked_live(entry)
    if found := Mark.objects.filter(key=key, entry=entry, made_by=by).first():
        return found
    suggestion = _suggested(entry, digest, by)
    return set_mark(
        entry,
        kind=suggestion.kind,
        by=by,
        key=key,
        is_suggested=True,
        **suggestion.said,
    )


@transaction.atomic
def decline_suggestion(entry, digest, *, by):
    """It is not made again while the words that led to it are the same. Safe to repeat."""
    entry = locked(entry)
    if DeclinedSuggestion.objects.filter(entry=entry, suggestion=digest).exists():
        return
    suggestion = _suggested(entry, digest, by)
    DeclinedSuggestion.objects.create(entry=entry, suggestion=digest, by=by)
    tell(EventType.SUGGESTION_DECLINED, entry, by=by, kind=suggestion.kind)


def _suggested(entry, digest, user):
    for suggestion in suggestions_of(entry, user):
        if suggestion.digest == digest:
            return suggestion
    raise SuggestionGone(entry.pk)
