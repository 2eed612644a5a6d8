"""How national recommendations stand, out of their steps."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Prefetch

from actionplans.models import Level, Recommendation
from actionplans.national.models import NationalStep, Outcome, Step

# The time in which departments must answer the Commissioner (Domestic Abuse Act 2021, section 16).
USUAL_ANSWER = timedelta(days=56)
_COLOURS = {
    Outcome.IMPLEMENTED: "green",
    Outcome.ALREADY: "green",
    Outcome.PARTLY: "yellow",
    Outcome.NOT_MET: "red",
    Outcome.NOT_KNOWN: "grey",
}


@dataclass
class Standing:
    """One national recommendation, and the last step of each kind."""

    recommendation: object
    steps: list
    on: object
    last: dict = field(default_factory=dict)
    may_run: bool = False  # whether this reader records its next step

    def __post_init__(self):
        self.last = {step.step: step for step in self.steps}

    @property
    def department(self):
        sent = self.last.get(Step.SENT)
        return sent.department if sent else self.recommendation.addressed_to

    @property
    def sent(self):
        return self.last.get(Step.SENT)

    @property
    def outcome(self):
        """The last that was said of it: an outcome ends the waiting until it is sent again."""
        found = self.last.get(Step.OUTCOME)
        return found if found and (not self.sent or found.pk > self.sent.pk) else None

    @property
    def chased(self):
        return sum(step.step == Step.CHASED for step in self.steps)

    @property
    def waiting_since(self):
        """The last letter that nobody answered, by the latest day that it can mean; or None."""
        if not self.sent or self.outcome or self._is_answered:
            return None
        letters = [one for one in self.steps if one.step in (Step.SENT, Step.CHASED)]
        return letters[-1].on.latest

    @property
    def _is_answered(self):
        answer = self.last.get(Step.RESPONDED)
        return answer is not None and answer.pk > self.sent.pk

    @property
    def is_to_chase(self):
        since = self.waiting_since
        return since is not None and since + USUAL_ANSWER < self.on

    @property
    def is_to_send(self):
        return self.sent is None

    @property
    def untold(self):
        """Who does not know yet what was last said: "the author", "the family"."""
        said = [one.pk for one in self.steps if one.step in (Step.RESPONDED, Step.OUTCOME)]
        if not said:
            return []
        told = {Step.AUTHOR_TOLD: "the author", Step.FAMILY_TOLD: "the family"}
        return [
            who
            for step, who in told.items()
            if step not in self.last or self.last[step].pk < said[-1]
        ]

    @property
    def words(self):
        if self.outcome:
            return self.outcome.get_outcome_display()
        if self.sent is None:
            return "Not sent yet"
        if self._is_answered:
            return "Answered, outcome not recorded"
        if self.is_to_chase:
            return "No answer: chase it"
        acknowledged = self.last.get(Step.ACKNOWLEDGED)
        is_new = acknowledged and acknowledged.pk > self.sent.pk
        return "Acknowledged, waiting for an answer" if is_new else "Sent, waiting for an answer"

    @property
    def colour(self):
        if self.outcome:
            return _COLOURS[self.outcome.outcome]
        return "orange" if self.is_to_send or self.is_to_chase else "blue"


def standings(user, *, on, **of):
    """[Standing] of the national recommendations that somebody reads as a whole: what is to be done
    comes first, and of that the longest waiting."""
    rows = Recommendation.objects.read_as_a_whole(user).live().filter(level=Level.NATIONAL, **of)
    steps = NationalStep.objects.visible_to(user).select_related("by")
    rows = rows.filter(is_draft=False).select_related("review").in_plan_order()
    rows = rows.prefetch_related(Prefetch("national_steps", steps, to_attr="seen_steps"))
    found = [Standing(one, one.seen_steps, on) for one in rows]
    return sorted(found, key=lambda one: (_urgency(one), one.waiting_since or one.on))


def _urgency(standing):
    order = (standing.is_to_chase, standing.is_to_send, not standing.outcome)
    return order.index(True) if True in order else len(order)


def figures_of(found):
    """How many there are of each outcome, and of what is still waited for."""
    counted = dict.fromkeys(Outcome, 0)
    for one in found:
        if one.outcome:
            counted[one.outcome.outcome] += 1
    waited = len(found) - sum(counted.values())
    return [
        {"label": "National recommendations", "value": len(found)},
        *({"label": Outcome(key).label, "value": n} for key, n in counted.items()),
        {"label": "No outcome yet", "value": waited},
    ]
