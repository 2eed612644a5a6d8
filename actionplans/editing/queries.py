"""What pages say of actions that were changed, and of what is missing."""

from accounts.models import User
from actionplans.editing import smart
from actionplans.editing.models import ActionVersion
from actionplans.editing.words import leads_of
from actionplans.models import Action, Milestone
from foundations.dates import PartialDate
from reviews.models import Participation


def prompts_by_row(rows):
    """{row id: [what is missing]} of rows that are open; their milestones in one query."""
    rows = [row for row in rows if smart.is_asked_of(row)]
    milestones = Milestone.objects.filter(
        recommendation__in={row.recommendation_id for row in rows}
    )
    having = set(milestones.values_list("recommendation", flat=True))
    return {
        row.pk: smart.prompts_of(row, has_milestones=row.recommendation_id in having)
        for row in rows
    }


def prompts_of_form(form, recommendation, action=None):
    """{box: [sentence]} of what is written in the form of an action. Of words that were kept, and are
    not sent yet, nothing is said."""
    if form.is_bound and not hasattr(form, "cleaned_data"):
        return {}
    said = form.cleaned_data if form.is_bound else form.initial
    leads = leads_of(form.leading, recommendation)
    own = said.get("target") or PartialDate.none()
    target = recommendation.target if own.precision == "none" else own
    written = smart.Written(
        action=action or Action(recommendation=recommendation),
        recommendation=recommendation,
        text=said.get("text") or "",
        lead_id=leads[0].pk if leads else None,
        owner_id=said.get("owner") or None,
        owner_as_written=said.get("owner_as_written") or "",
        target=target,
        target_as_written=recommendation.target_as_written if target is not own else "",
    )
    having = recommendation.milestones.exists()
    return smart.prompts_by_box(written, has_milestones=having)


def history_of(actions, user):
    """What they said before, newest first: [(version, [(label, words)])]. `ended`: taken away with it."""
    versions = ActionVersion.objects.visible_to(user).filter(action__in=actions)
    versions = list(versions.select_related("by", "action").order_by("-at", "-pk"))
    said = [version.snapshot for version in versions]
    parts = Participation.objects.visible_to(user)
    parts = parts.filter(pk__in={pk for one in said for pk in one["leads"]})
    names = dict(parts.values_list("pk", "agency__name"))
    owners = User.objects.in_bulk({one["owner"] for one in said if one["owner"]})
    last = {version.action_id: version for version in reversed(versions)}
    for version in versions:  # the last of one that was taken away says why it was
        gone = version.action.removed_by_id and last[version.action_id] is version
        version.ended = bool(gone)
    return [(version, _said(version.snapshot, names, owners)) for version in versions]


def _said(snapshot, names, owners):
    target = PartialDate.from_json(snapshot["target"])
    joint = [names[pk] for pk in snapshot["leads"] if pk in names and pk != snapshot["lead"]]
    said = [
        ("Number", snapshot["number"]),
        ("Action", snapshot["text"]),
        ("Lead agency", names.get(snapshot["lead"], "")),
        ("Together with", ", ".join(joint)),
        ("Owner", owners.get(snapshot["owner"]) or snapshot["owner_as_written"]),
        ("Target date", snapshot["target_as_written"] or str(target)),
    ]
    return [(label, value) for label, value in said if value]
