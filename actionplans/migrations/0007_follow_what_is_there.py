"""Every recommendation and action that is there gets its row, as `rows.services.follow` makes them."""

from django.db import migrations


def follow_all(apps, schema_editor):
    get = apps.get_model
    recommendations = get("actionplans", "Recommendation").objects.filter(withdrawn_at=None)
    introducing = set(recommendations.exclude(parent=None).values_list("parent", flat=True))
    for one in recommendations.prefetch_related("actions", "lead_links").iterator(chunk_size=500):
        accountable = [
            link.participation_id for link in one.lead_links.all() if link.is_accountable
        ]
        actions = [action for action in one.actions.all() if action.withdrawn_at is None]
        rows = [
            _row(get, one, action, [action.lead_id] if action.lead_id else accountable)
            for action in actions
        ]
        if not actions and one.pk not in introducing:
            rows = [_row(get, one, None, accountable)]
        _move_notes(get, one, rows, accountable)


def _row(get, one, action, leads):
    own = action and action.target_precision != "none"
    row = get("actionplans", "PlanRow").objects.create(
        review_id=one.review_id,
        recommendation=one,
        action=action,
        lead_id=leads[0] if leads else None,
        due=action.target_latest if own else one.target_latest,
        status=one.status,
    )
    get("actionplans", "RowLead").objects.bulk_create(
        get("actionplans", "RowLead")(row=row, participation_id=part, is_accountable=at == 0)
        for at, part in enumerate(leads)
    )
    return row


def _move_notes(get, one, rows, accountable):
    """A note about the recommendation as a whole stands on its first row."""
    notes = get("actionplans", "ProgressNote").objects.filter(recommendation=one)
    for note in notes:
        mine = [row for row in rows if row.action_id == note.action_id] or rows
        if not mine:
            mine = rows = [_row(get, one, None, accountable)]
        notes.filter(pk=note.pk).update(row=mine[0])
        row = mine[0]
        row.told_at = max(filter(None, (row.told_at, note.at)))
        row.save(update_fields=["told_at"])


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0006_rows_that_are_followed")]

    operations = [migrations.RunPython(follow_all, migrations.RunPython.noop)]
