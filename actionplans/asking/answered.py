"""Whoever was asked about a row has been answered for once anybody reports on it."""

from actionplans.asking.models import RequestedRow


def answer_rows(notes):
    """Called with every report, in its transaction."""
    said = {note.row_id: note for note in notes}
    asked = list(RequestedRow.objects.unanswered().filter(row__in=said))
    for one in asked:
        one.note = said[one.row_id]
        one.answered_at = one.note.at
    RequestedRow.objects.bulk_update(asked, ["note", "answered_at"], batch_size=500)
