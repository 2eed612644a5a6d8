"""Themes and terms of reference that an entry bears on."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from chronologies.marking.models import EntryTerm, EntryTheme, Theme
from chronologies.marking.services.entries import locked_live, take_away, tell
from reviews.terms.models import TermText


@transaction.atomic
def tie(entry, *, by, themes=(), terms=(), seen_themes=(), seen_terms=()):
    """Tie the entry to what was chosen, and to nothing that was on the page and was not.

    `seen_…` is what the page had as chosen: what somebody else tied meanwhile stays. Safe to
    repeat.
    """
    entry = locked_live(entry)
    themes, terms = set(themes), set(terms)
    _check(entry, themes - set(seen_themes), terms - set(seen_terms))
    told = {
        "themes": _change(EntryTheme, "theme", entry, themes, set(seen_themes), by),
        "terms": _change(EntryTerm, "term", entry, terms, set(seen_terms), by),
    }
    for number, type_ in enumerate((EventType.ENTRY_TIED, EventType.ENTRY_UNTIED)):
        changed = {name: sorted(each[number]) for name, each in told.items() if each[number]}
        if changed:
            tell(type_, entry, by=by, **changed)


def _check(entry, themes, terms):
    offered = Theme.objects.for_reviews_of(entry.review.partnership)
    if offered.filter(pk__in=[theme.pk for theme in themes]).count() != len(themes):
        raise ValidationError({"themes": "Choose themes that are still in the list"})
    if any(term.review_id != entry.review_id for term in terms):
        raise ValidationError({"terms": "Choose terms of this review"})
    issued = TermText.objects.filter(term__in=terms, version__issued_at__isnull=False)
    if issued.values("term").distinct().count() != len(terms):
        raise ValidationError({"terms": "Choose terms that were issued"})


def _change(model, name, entry, chosen, seen, by):
    """Ids of (what was tied, what was untied)."""
    live = {getattr(link, f"{name}_id"): link for link in model.objects.live().filter(entry=entry)}
    tied = [one.pk for one in chosen - seen if one.pk not in live]
    for pk in tied:
        model.objects.create(entry=entry, made_by=by, **{f"{name}_id": pk})
    gone = [one.pk for one in seen - chosen if one.pk in live]
    return tied, [pk for pk in gone if take_away(live[pk], by=by)]
