"""Where what was never filled in can be filled in: the page of whatever says it."""

from dataclasses import dataclass

from django.urls import reverse

from actionplans.models import Action, Milestone, ProgressNote, Recommendation, Update
from actionplans.progress.decided import Decision
from actionplans.rows.models import PlanRow

AGAIN = "Correct the file and upload it again"


@dataclass(frozen=True)
class Way:
    label: str
    url: str


def ways_of(places, user):
    """[(place, [Way])], in a constant number of queries; failing all else, the recommendation."""
    ids = {place.recommendation for place in places}
    ones = Recommendation.objects.visible_to(user).filter(pk__in=ids).select_related("review")
    said = {one.pk: list(_own(one)) for one in ones}
    reviews = {one.pk: one.review.reference for one in ones}
    for recommendation, text, name, label, *more in _hanging(ones, user):
        url = reverse(f"actionplans:{name}", args=[reviews[recommendation], *more])
        said[recommendation].append((text, Way(label, url)))
    return [(place, _ways(place, said.get(place.recommendation, ()))) for place in places]


def _ways(place, said):
    found = dict.fromkeys(way for text, way in said if place.found in " ".join(text.split()))
    if not found and place.recommendation:
        url = reverse(
            "actionplans:recommendation-detail", args=[place.review, place.recommendation]
        )
        return [Way("Look at the recommendation", url)]
    return list(found)


def _own(one):
    """What the recommendation itself says: words that were written here, a file's, or an agency's."""
    texts = (one.text, one.number, one.scope, one.group, one.lead_as_written, one.outcome)
    texts += (one.evidence, one.target_as_written, one.status_as_written)
    texts += (one.decision_as_written, one.decision_condition)
    for text in texts:
        yield text, _own_way(one)


def _own_way(one):
    reference = one.review.reference
    if one.is_made_here:
        url = reverse("actionplans:recommendation-change", args=[reference, one.pk])
        return Way("Change the recommendation", url)
    if one.plan_import_id:
        return Way(AGAIN, reverse("actionplans:import-list", args=[reference]))
    return Way("Look at the recommendation", one.get_absolute_url())


def _hanging(ones, user):
    """(recommendation, text, page, what is done there, what its address takes) of what hangs on them."""
    of = {"recommendation__in": ones}
    for action in Action.objects.visible_to(user).live().filter(**of):
        one = action.recommendation_id
        for text in (action.text, action.target_as_written, action.lead_as_written):
            yield one, text, "action-change", "Change the action", one, action.pk
    for row in PlanRow.objects.visible_to(user).live().filter(**of):
        one = row.recommendation_id
        yield one, row.owner_as_written, "row-owner", "Change who owns it", row.pk
    for step in Milestone.objects.visible_to(user).filter(**of):
        one = step.recommendation_id
        yield one, step.text, "recommendation-milestones", "Change the milestones", one
    for update in Update.objects.visible_to(user).filter(**of):
        yield update.recommendation_id, update.text, "import-list", AGAIN
    for note in ProgressNote.objects.visible_to(user).filter(**of):
        for text in (note.note, note.evidence, note.why_none):
            yield note.recommendation_id, text, "row-update", "Report on it again", note.row_id
    for decision in Decision.objects.visible_to(user).filter(**of):
        one = decision.recommendation_id
        for text in (decision.rationale, decision.condition, decision.body):
            yield one, text, "decision-add", "Decide again", one
