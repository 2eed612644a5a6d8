"""What the preview of an import shows: plain values, kept with the import as its summary."""

from actionplans.drafting import clipped

LABELS = {
    "number": "Number",
    "text": "Recommendation",
    "group": "Group",
    "scope": "Scope",
    "lead_as_written": "Lead",
    "target_as_written": "Target date",
    "status_as_written": "Status claimed",
    "outcome": "Outcome",
    "evidence": "Evidence",
    "decision_as_written": "Decision",
}


def shown(draft, comparison):
    """The summary of an import: plain values, as the preview shows them."""
    plan = draft.plan
    numbers = {row.id: row for row in draft.rows}
    bodies = comparison.bodies
    on_rows = {at for one in plan.recommendations for at in one.rows}
    doubts = sum(len(row.values["doubts"]) + len(bodies.doubts_of(row)) for row in draft.rows)
    elsewhere = [remark for remark in plan.doubts if remark.at not in on_rows]
    return {
        "counts": draft.counts | comparison.counts | {"doubts": doubts + len(elsewhere)},
        "columns": draft.columns,
        "warnings": list(draft.warnings),
        "rows": [_shown_row(row, numbers.get(row.parent), bodies) for row in draft.rows],
        "rejected": [
            {"where": str(one.at), "column": one.column, "message": one.message}
            for one in plan.rejected
        ],
        "not_rows": [
            {"where": str(one.at), "why": one.why, "text": clipped(one.text, 200)}
            for one in plan.not_rows
        ],
        "elsewhere": [
            {"where": str(one.at), "column": one.column, "message": one.message}
            for one in elsewhere
        ],
        "duplicates": _shown_duplicates(plan, numbers),
        "new_bodies": bodies.new,
        "joining": bodies.joining,
        "changed": [_shown_change(one, row) for one, row in comparison.changed],
        "removed": [
            {"number": one.number, "text": clipped(one.text, 300)} for one in comparison.removed
        ],
        "added": [
            {"number": row.number, "text": clipped(row.text, 300)} for row in comparison.added
        ]
        if comparison.replaces
        else [],
        "sign": comparison.sign,
    }


def _shown_row(row, parent, bodies):
    values = row.values
    return {
        "where": row.where,
        "number": row.number,
        "parent": parent.number if parent else "",
        "is_part": parent is not None,
        "group": row.group,
        "text": clipped(row.text),
        "lead": values["lead_as_written"],
        "agencies": list(row.leads),
        "actions": [clipped(action["text"], 400) for action in row.actions],
        "milestones": [clipped(milestone["text"], 400) for milestone in row.milestones],
        "target": values["target_as_written"] or str(values["target"]),
        "target_read": str(values["target"]),
        "status": values["claimed_status"].capitalize(),
        "decision": values["decision_as_written"],
        "outcome": clipped(values["outcome"], 400),
        "doubts": [*values["doubts"], *bodies.doubts_of(row)],
        "flags": values["flags"],
    }


def _shown_duplicates(plan, numbers):
    kinds = [("exact", plan.duplicates), ("near", plan.near_duplicates)]
    return [
        {
            "kind": kind,
            "first": {"where": numbers[a].where, "text": clipped(numbers[a].text, 300)},
            "second": {"where": numbers[b].where, "text": clipped(numbers[b].text, 300)},
        }
        for kind, pairs in kinds
        for a, b in pairs
    ]


def _shown_change(one, row):
    fields = [
        {"label": label, "old": clipped(getattr(one, name)), "new": clipped(row.values[name])}
        for name, label in LABELS.items()
        if getattr(one, name) != row.values[name]
    ]
    if not fields:
        fields = [{"label": "Actions, milestones or leads", "old": "", "new": "changed"}]
    return {"recommendation": one.pk, "number": row.number, "where": row.where, "fields": fields}
