"""What the life of a review asks of its action plan: whether it is there, and what is still open."""

from django.db.models import Count, Q

from actionplans.models import STILL_OPEN, Recommendation
from reviews.lifecycle import open_things
from reviews.lifecycle.tasks import checks


def _plan(user):
    return Recommendation.objects.visible_to(user).live()


def _open(user, review):
    return _plan(user).filter(STILL_OPEN, review=review).values("pk").distinct().count()


def _counted(user, reviews):
    """{id of a review: (all, open)}"""
    rows = _plan(user).filter(review__in=reviews).order_by().values("review")
    counts = rows.annotate(
        all=Count("pk", distinct=True), open=Count("pk", filter=Q(STILL_OPEN), distinct=True)
    )
    return {row["review"]: (row["all"], row["open"]) for row in counts}


def _is_there(user, reviews):
    counts = _counted(user, reviews)
    return {
        one.pk: checks.yes_or_no(one.pk in counts, "there is no action plan") for one in reviews
    }


def _is_finished(user, reviews):
    counts = _counted(user, reviews)
    return {
        one.pk: checks.so_many(
            counts.get(one.pk, (0, 0))[0] - counts.get(one.pk, (0, 0))[1],
            counts.get(one.pk, (0, 0))[0],
            none="there is no action plan",
            one="recommendation is not finished",
            many="recommendations are not finished",
        )
        for one in reviews
    }


def add_to_lifecycle():
    open_things.register(
        "plan",
        one="recommendation of the action plan that is not finished",
        many="recommendations of the action plan that are not finished",
        page="actionplans:plan",
        count=_open,
    )
    checks.register("plan-there", "There is an action plan", _is_there, "actionplans:plan")
    checks.register(
        "plan-finished", "Every recommendation is finished", _is_finished, "actionplans:plan"
    )
