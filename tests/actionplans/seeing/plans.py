"""Plans to look at: rows that stand in every way a dashboard tells apart."""

from datetime import timedelta

from django.utils import timezone

from actionplans.models import Status
from actionplans.rows.models import PlanRow
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory


def agency_in(review, name=None):
    agency = AgencyFactory(name=name) if name else AgencyFactory()
    return ParticipationFactory(review=review, agency=agency)


def row_of(review, lead=None, *, told=None, followed=None, recommendation=None, **row):
    """One row without an action. `told`, `followed`: days ago; `row`: how it stands."""
    of = dict(recommendation or {})
    one = RecommendationFactory(review=review, **of)
    if lead:
        RecommendationLeadFactory(recommendation=one, participation=lead)
    now = timezone.now()
    if told is not None:
        row["told_at"] = now - timedelta(days=told)
    if followed is not None:
        row["started_at"] = now - timedelta(days=followed)
    made = one.rows.get()
    if row:
        PlanRow.objects.filter(pk=made.pk).update(**row)
        if "status" in row:
            type(one).objects.filter(pk=one.pk).update(status=row["status"])
    made.refresh_from_db()
    return made


def days(n):
    return timezone.localdate() + timedelta(days=n)


def one_of_each(review, lead):
    """{name: row}: each stands in one way that figures count."""
    return {
        "goes_on": row_of(review, lead, status=Status.ON_TRACK, told=3, due=days(60)),
        "overdue": row_of(review, lead, status=Status.AT_RISK, told=3, due=days(-5)),
        "silent": row_of(review, lead, status=Status.ON_TRACK, told=40, due=days(200)),
        "both": row_of(review, lead, status=Status.ON_TRACK, told=90, due=days(-90)),
        "undated": row_of(review, lead, status=Status.NOT_STARTED, told=3),
        "moved": row_of(
            review,
            lead,
            status=Status.SLIPPED,
            told=3,
            due=days(20),
            first_due=days(-30),
            moves=2,
        ),
        "waiting": row_of(review, lead, status=Status.REPORTED, told=40, due=days(10)),
        "claimed": row_of(
            review,
            lead,
            recommendation={"claimed_status": "completed"},
            due=days(15),
        ),
        "done": row_of(review, lead, status=Status.DONE, told=90, due=days(-20)),
        "not_right": row_of(review, lead, status=Status.SUPERSEDED, told=90, due=days(-20)),
        "rejected": row_of(review, lead, recommendation={"decision": "rejected"}, due=days(-9)),
    }
