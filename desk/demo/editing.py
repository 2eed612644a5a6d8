"""A plan that was worked on after it came in: an action in clearer words, with an owner and a date that
counts from the publication; a milestone; who must answer the national recommendation."""

from dataclasses import replace

from actionplans.editing.milestones import lines_of, set_milestones
from actionplans.editing.services import change_action, change_following, words_of
from foundations.dates import parse

_ADDED = "Code in use in every surgery by June 2027"


def work_on_plan(review, *, by):
    """Safe to repeat: what was changed once is found so."""
    plan = review.recommendations.live()
    national = plan.filter(level="national").first()
    if national:
        change_following(
            national, level="national", theme=national.theme, addressed_to="Home Office", by=by
        )
    if coded := plan.filter(number="2").first():
        lines = lines_of(coded)
        if _ADDED not in lines:
            set_milestones(coded, [*lines, _ADDED], reason="", by=by)
    asked = plan.filter(number="5").first()
    action = asked and asked.actions.live().first()
    if action and not action.versions.exists():
        words = replace(
            words_of(action),
            text="Add the question to the form, and audit forty assessments a year later.",
            owner_as_written="Head of assessment",
            target=parse("18 months after publication").value,
            target_as_written="",
        )
        change_action(action, words, reason="The panel asked how anybody would know.", by=by)
