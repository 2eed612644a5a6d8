"""A target that is changed in the plan moves: what it was first stays, with the reason and a count."""

from dataclasses import replace

from actionplans.editing.words import is_same_target
from actionplans.progress.models import DateMove


def move(action, words, *, reason, by):
    """Called before the new target is written, under the plan's lock. None: it does not move."""
    moved = of(action, words, reason=reason, by=by)
    if moved:
        moved.save()
        if not moved.is_first:
            moved.row.save(update_fields=["moves", "first_due"])
    return moved


def of(action, words, *, reason, by):
    """As `move`, with nothing saved yet."""
    new = words.target
    if new.precision == "none":
        new = action.recommendation.target
    return of_row(action.row, new, reason=reason, by=by)


def of_row(row, new, *, reason, by):
    """The move of a row's target, which counts on the row; neither is saved yet."""
    old = row.target
    if is_same_target(old, new):
        return None
    if old.latest is None and row.due:  # counted from the publication, which is known
        old = replace(old, latest=row.due)
    moved = DateMove(
        row=row, old=old, old_as_written=row.target_as_written, new=new, reason=reason, by=by
    )
    if not moved.is_first:
        row.moves += 1
        row.first_due = row.first_due or old.latest
    return moved
