"""Whoever was asked about a row has been answered for once anybody reports on it."""

from actionplans.asking.models import RequestedRow


def answer_rows(row, note):
    """Called with every report, in its transaction."""
    asked = RequestedRow.objects.unanswered().filter(row=row)
    asked.update(answered_at=note.at, note=note)
