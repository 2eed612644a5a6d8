"""Somebody on leave, for whom a colleague acts."""

import uuid
from datetime import timedelta

from django.utils import timezone

from reviews.delegation.services import delegate
from reviews.models import RoleHolder

_KEY = uuid.UUID("6c1b5a1e-52f0-4f0e-9b3a-1f0f7c1a2e90")


def lend_a_role(review, *, by):
    """The author of one agency, for two weeks from today. Safe to repeat."""
    holder = RoleHolder.objects.get(role_group__review=review, user=by, delegation=None)
    today = timezone.localdate()
    delegate(
        holder,
        email="deputy@demo.example",
        until=today + timedelta(days=14),
        key=_KEY,
        on=today,
    )
