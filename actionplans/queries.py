"""What pages say of a plan as a whole, and of one recommendation in full."""

from django.db.models import Count, Q
from django.utils.html import format_html

from actionplans.documents import NO_DATE, later_of
from actionplans.models import Status, claimed_without_evidence, overdue


def figures_of(recommendations, *, on):
    """How the plan stands, in one query."""
    counted = recommendations.order_by().aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(status=Status.DONE)),
        overdue=Count("pk", filter=overdue(on=on)),
        unbacked=Count("pk", filter=claimed_without_evidence()),
    )
    return [
        {"label": "Recommendations", "value": counted["all"]},
        {"label": "Confirmed done", "value": counted["done"]},
        {"label": "Overdue", "value": counted["overdue"]},
        {"label": "Claimed complete, nothing shows it", "value": counted["unbacked"]},
    ]


def figures_of_import(import_):
    counts = import_.counts
    figures = [
        ("Recommendations", counts.get("recommendations", 0)),
        ("Rows read", counts.get("rows_read", 0)),
        ("Things to check", counts.get("doubts", 0)),
    ]
    if import_.replaces_id:
        figures += [
            ("Added", counts.get("added", 0)),
            ("Changed", counts.get("changed", 0)),
            ("Removed", counts.get("removed", 0)),
        ]
    return [{"label": label, "value": value} for label, value in figures]


def facts_of(one):
    """(label, value) of everything the plan says of it, as written, and as read where that differs."""
    facts = [
        ("Group", one.group),
        ("For", one.get_reach_display()),
        ("Level", one.get_level_display()),
        ("Scope as written", one.scope if one.scope != one.get_level_display() else ""),
        ("Addressed to", one.addressed_to),
        ("Theme", one.theme),
        ("Lead agencies", "\n".join(_lead(link) for link in _links(one))),
        ("Lead as written", one.lead_as_written),
        ("Target date", one.target_as_written or str(one.target) or NO_DATE),
        ("Read as", _targets(one)),
        ("Last target of its actions", later_of(one)),
        ("Status claimed in the file", one.status_as_written or one.get_claimed_status_display()),
        ("Completed, as claimed", str(one.claimed_completed)),
        ("Outcome", one.outcome),
        ("Evidence", one.evidence),
        ("Decision", one.decision_as_written or one.get_decision_display()),
        ("Condition of the decision", one.decision_condition),
        *one.other.items(),
        ("Where it came from", _origin(one)),
    ]
    return [(label, _verbatim(value)) for label, value in facts if value]


def _verbatim(text):
    return format_html('<span class="app-verbatim">{}</span>', text)


def _links(one):
    return one.lead_links.select_related("participation__agency")


def _lead(link):
    name = link.participation.agency.name
    return name if link.is_accountable else f"{name} (for a part of it)"


def _targets(one):
    read = str(one.target)
    return "" if read == (one.target_as_written or read) else read


def _origin(one):
    if one.own_point_id:
        return "The agency’s own report"
    if point := one.earlier_points.first():
        return f"An earlier report, {point.where}"
    if not one.plan_import:
        return "Written here" if one.made_by_id else ""
    return f"{one.plan_import.name}, {one.where}"
