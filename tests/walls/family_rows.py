"""The log of contact of a world's review: each thing as it stands, and once as it was before."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from reviews.family import services
from tests.factories.reviews_family import CorrespondentFactory, contact, wish


def keep_log(rows):
    """Somebody whom nobody may contact, with a corrected contact and an answered question."""
    by, today = rows.chair, timezone.localdate()
    one = CorrespondentFactory(review=rows.one, person=rows.person, added_by=by)
    first = contact(one, by=by, note="They asked for time", advocate="A charity")
    rows.contact = contact(
        one,
        by=by,
        note="They asked for a month",
        advocate="A charity",
        corrects=first,
        corrected_because="The words",
    )
    rows.wish = wish(one, by=by)
    services.answer_wish(
        rows.wish,
        outcome="report",
        where="5.3",
        text="It is told there",
        by=by,
        key=uuid.uuid4(),
        today=today,
    )
    services.decide_engagement(
        one,
        outcome="stop",
        decided_on=date(2026, 4, 1),
        decided_by="The panel",
        reasons="They asked for it",
        revisit_on=today + timedelta(days=90),
        by=by,
        key=uuid.uuid4(),
        today=today,
    )
    services.set_details(one, text="1 Invented Lane", by=by)
    services.hold_contact(
        one,
        not_before=today + timedelta(days=60),
        set_on=date(2026, 4, 1),
        agreed_with="The senior investigating officer",
        why="The trial",
        by=by,
        key=uuid.uuid4(),
        today=today,
    )
    rows.correspondent = one
