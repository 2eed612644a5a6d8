"""What an action plan still has open, for whoever closes the review."""

from actionplans.models import STILL_OPEN, Recommendation
from reviews.lifecycle import open_things


def _open(user, review):
    rows = Recommendation.objects.visible_to(user).live().filter(STILL_OPEN, review=review)
    return rows.values("pk").distinct().count()


def add_to_closing():
    open_things.register(
        "plan",
        one="recommendation of the action plan that is not finished",
        many="recommendations of the action plan that are not finished",
        page="actionplans:plan",
        count=_open,
    )
