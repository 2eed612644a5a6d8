"""Remarks beside an entry, each for those whom it is for."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from chronologies.marking.models import EntryComment
from chronologies.marking.services.entries import locked, locked_live, take_away, tell
from chronologies.services import KeyOfAnother


@transaction.atomic
def add_comment(entry, *, text, audience, by, key):
    """The same key again gives the first one's comment."""
    entry = locked_live(entry)
    if found := EntryComment.objects.filter(key=key).first():
        if (found.entry_id, found.made_by_id) != (entry.pk, by.pk):
            raise KeyOfAnother
        return found
    if audience == EntryComment.Audience.AGENCY and entry.participation is None:
        raise ValidationError(
            {"audience": "This entry is the review team’s own: there is no agency to tell"}
        )
    comment = EntryComment(entry=entry, text=text.strip(), audience=audience, made_by=by, key=key)
    comment.full_clean()
    comment.save()
    tell(EventType.COMMENT_ADDED, entry, by=by, audience=str(audience))
    return comment


@transaction.atomic
def remove_comment(comment, *, by):
    """Nobody is shown it any more; it stays on record. Safe to repeat."""
    entry = locked(comment.entry)
    if take_away(comment, by=by):
        tell(EventType.COMMENT_REMOVED, entry, by=by, audience=comment.audience)
    return comment
