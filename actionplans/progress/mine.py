"""What one person's agencies have to do, in every review: late and silent first."""

from django.db.models import Case, F, IntegerField, Value, When

from actionplans.models import Status
from actionplans.rows.models import PlanRow, RowLead
from actionplans.seeing import standing
from reviews.access import access_of
from reviews.rules import ENDED


def my_rows(user, *, on, now):
    """Open rows of reviews that go on, led by an agency that this person reports for."""
    parts = access_of(user).parts_with("update_own_actions")
    mine = RowLead.objects.filter(participation__any_of=parts)
    rows = PlanRow.objects.visible_to(user).still_open().filter(pk__in=mine.values("row"))
    return (
        rows.exclude(review__state__in=ENDED)
        .annotate(
            urgency=Case(
                When(status=Status.REPORTED, then=Value(3)),
                When(standing.overdue(on), then=Value(0)),
                When(standing.silent(now), then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("urgency", F("due").asc(nulls_last=True), "review_id", "pk")
    )
