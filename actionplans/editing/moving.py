"""A target that is changed in the plan moves: what it was first stays, with the reason and a count."""

from dataclasses import replace

from actionplans.editing.words import is_same_target
from actionplans.progress.models import DateMove


def move(action, words, *, reason, by):
    """Called before the new target is written, under the plan's lock. None: it does not move."""
    row, new = action.row, words.target
    old = row.target
    if new.precision == "none":
        new = action.recommendation.target
    if is_same_target(old, new):
        return None
    if old.latest is None and row.due:  # counted from the publication, which is known
        old = replace(old, latest=row.due)
    moved = DateMove.objects.create(
        row=row, old=old, old_as_written=row.target_as_written, new=new, reason=reason, by=by
    )
    if not moved.is_first:
        row.moves += 1
        row.first_due = row.first_due or old.latest
        row.save(update_fields=["moves", "first_due"])
    return moved
