"""An action in a world that was changed, so that what it said before is there to be kept from others."""

from dataclasses import replace
from functools import partial

from actionplans.editing.services import change_action, words_of
from actionplans.models import Action


def change_actions(rows, mark):
    """What was said before a change the database keeps, so that those words are marked from the first."""
    for review, each, by in ((rows.one, rows.ours, rows.chair), (rows.two, rows.foreign, None)):
        before = partial(mark, review=review.reference, place=each.part.agency_id, kind="plan led")
        action = each.row.action
        Action.objects.filter(pk=action.pk).update(text=before("Write some of a course"))
        action.refresh_from_db()
        words = replace(words_of(action), text="Write a course")
        change_action(action, words, reason=before("Clearer"), by=by)
        each.row.refresh_from_db()
    rows.action = rows.ours.row.action
