"""The interviews for one report, as its agency and the leaders read them."""

from reviews.interviews.models import Interview

State = Interview.State
_ORDER = [State.HELD, State.PLANNED, State.NOT_HELD]


def interviews_of(user, request):
    return Interview.objects.visible_to(user).filter(request=request)


def counted(rows):
    """How many of those that stand are held, planned or did not take place, in words."""
    states = list(rows.standing().order_by().values_list("state", flat=True))
    said = [
        f"{states.count(state)} {label}"
        for state, label in ((State.HELD, "held"), (State.PLANNED, "planned"))
        if state in states
    ]
    return ", ".join(said) or ("none held" if states else "none recorded")


def beside(user, request):
    """What a page that shows the report says of them; the first fifty are enough there."""
    rows = interviews_of(user, request)
    return {"interviews": for_the_report(rows)[:50], "interviews_counted": counted(rows)}


def for_the_report(rows):
    """What stands, by what became of it and then by day: for the section on how it was done."""
    standing = list(rows.standing().for_display())
    return sorted(standing, key=lambda one: _ORDER.index(one.state))
