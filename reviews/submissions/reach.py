"""Who sees a version of what an agency hands in, and all that hangs on it."""

from django.db.models import Q

from reviews.access import access_of
from reviews.rules import Material
from reviews.submissions.states import State


def reaching(user, way=""):
    """The Q on rows from which `way` ("file__submission__") leads to the version.

    The agency sees its own from the first file on, and what is written on its behalf once that is
    sent; whoever leads the review what was sent, and what is being entered on an agency's behalf;
    everybody else what was sent and is shared with them, while it is.
    """
    access = access_of(user)
    part = f"{way}request__participation"
    own, led = access.parts_with("answer_requests"), access.reviews_with("lead_requests")
    sent = Q(**{f"{way}state": State.SENT})
    return (
        Q(**{f"{part}__any_of": own}) & (sent | Q(**{f"{way}on_behalf": False}))
        | Q(**{f"{part}__review__any_of": led}) & sent
        | Q(**{f"{part}__review__any_of": access.reviews_with("act_for_agencies")})
        & Q(**{f"{way}on_behalf": True})
        | Q(**{f"{way}pk__any_of": access.shared_rows(Material.SUBMISSION)}) & sent
    ) & access.clear_of_conflicts(part)


def reaching_inside(user, way=""):
    """As `reaching`, of what stays inside the agency however often the version is shared: how it
    came about there. Whoever leads the review sees it once it was sent."""
    access = access_of(user)
    part = f"{way}request__participation"
    led = Q(**{f"{part}__review__any_of": access.reviews_with("lead_requests")})
    own = Q(**{f"{part}__any_of": access.parts_with("answer_requests")})
    return reaching(user, way) & (own | led)
