"""What is known of a review, for the fields of its letters. What is not known stays blank."""

from reviews.clock.kinds import Milestone
from reviews.clock.queries import clock_of
from reviews.intake.models import Notification, ReviewDecision
from reviews.letters.kinds import Recipient
from reviews.models import RoleHolder
from reviews.rules import Role

_TO = {
    Recipient.HOME_OFFICE: "the Home Office",
    Recipient.COMMISSIONER: "the Domestic Abuse Commissioner",
}
_DECIDED = {
    "review": "to hold a review",
    "no_review": "not to hold a review",
    "other": "to hold another kind of review",
    "deferred": "to put the decision off",
}


def facts_of(review, *, by, on, person=None, participation=None, recipient="", reply_by=None):
    """{field: text} for somebody who writes a letter today."""
    return {
        "review.reference": review.reference,
        "review.label": review.get_label_display(),
        "partnership.name": review.partnership.name,
        "subjects": _listed(review.people.filter(role__in=("victim", "perpetrator"))),
        "timeframe.from": str(review.scope_from),
        "timeframe.to": str(review.scope_to),
        "chair.name": _chair(review),
        "letter.date": _day(on),
        "reply.by": _day(reply_by),
        "recipient.name": _name(recipient, person, participation),
        "sender.name": by.name,
        "sender.role": _role(review, by),
        **_clock(clock_of(review, on)),
        **_decision(review, by),
    }


def _clock(clock):
    def reached(milestone):
        row = clock.reached.get(milestone)
        return str(row.on) if row else ""

    due = clock.due(Milestone.REPORT_COMPLETED)
    return {
        "notification.date": reached(Milestone.NOTIFIED),
        "decision.date": reached(Milestone.DECIDED),
        "report.completed": reached(Milestone.REPORT_COMPLETED),
        "report.due": str(due) if due else "",
        "clock.sentence": clock.letter_sentence,
    }


def _decision(review, by):
    told = (
        Notification.objects.visible_to(by)
        .filter(review=review)
        .order_by("told_on")
        .values_list("told_on", flat=True)
        .first()
    )
    decision = ReviewDecision.objects.visible_to(by).filter(review=review).first()
    facts = {"notification.date": _day(told)} if told else {}
    if decision is None:
        return facts
    outcome = _DECIDED[decision.outcome]
    if decision.other_kind:
        outcome += f": {decision.other_kind}"
    if decision.look_again_on:
        outcome += f" until {_day(decision.look_again_on)}"
    return facts | {
        "decision.date": _day(decision.decided_on),
        "decision.outcome": outcome,
        "decision.reasons": decision.reasons,
    }


def _listed(people):
    named = [f"{person.pseudonym} ({person.get_role_display().lower()})" for person in people]
    return ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else "".join(named)


def _name(recipient, person, participation):
    if person:
        return person.pseudonym
    return participation.agency.name if participation else _TO.get(recipient, "")


def _chair(review):
    """The newest of them, where one handed over to another."""
    holder = (
        RoleHolder.objects.filter(role_group__review=review, role_group__role=Role.CHAIR)
        .select_related("user")
        .order_by("-given_at")
        .first()
    )
    return holder.user.name if holder else ""


def _role(review, user):
    held = set(
        RoleHolder.objects.filter(role_group__review=review, user=user).values_list(
            "role_group__role", flat=True
        )
    )
    return next((role.label for role in (Role.COORDINATOR, Role.CHAIR) if role in held), "")


def _day(day):
    return f"{day:%-d %B %Y}" if day else ""
