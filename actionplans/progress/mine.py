"""What one person's agencies have to do, in every review: late and silent first."""

from datetime import timedelta

from django.db.models import Case, F, IntegerField, Q, Value, When

from actionplans.models import Status
from actionplans.rows.models import PlanRow, RowLead
from reviews.access import access_of
from reviews.rules import ENDED

SILENT_AFTER = timedelta(days=35)  # a month, and a few days of grace


def my_rows(user, *, on, now):
    """Open rows of reviews that go on, led by an agency that this person reports for."""
    parts = access_of(user).parts_with("update_own_actions")
    mine = RowLead.objects.filter(participation__any_of=parts)
    rows = PlanRow.objects.visible_to(user).still_open().filter(pk__in=mine.values("row"))
    silent = Q(told_at=None) | Q(told_at__lt=now - SILENT_AFTER)
    return (
        rows.exclude(review__state__in=ENDED)
        .annotate(
            urgency=Case(
                When(status=Status.REPORTED, then=Value(3)),
                When(due__lt=on, then=Value(0)),
                When(silent, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("urgency", F("due").asc(nulls_last=True), "review_id", "pk")
    )
