"""The published action plans, read field by field against what a careful reader found in them.

The documents are not in this repository. Where they are absent the tests skip and say so; under
CI=true their absence fails.
"""

import json
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from actionplans.reading import read_action_plan
from foundations.office.reading import read_file

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "documents"

pytestmark = pytest.mark.real_documents

ENOUGH = 0.99  # of the fields
TOO_MANY_DOUBTS = 0.05  # of the rows that are right


def _document(name):
    path = SHARED / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is absent, and CI must read it.")
        pytest.skip(f"{path} is absent: the published documents are not part of this repository.")
    return path


def _expected(name):
    return json.loads((_document("expected") / name).read_text(encoding="utf-8"))


def _read(name, **options):
    return read_action_plan(read_file(_document(name).read_bytes(), name), **options)


def _plain(text):
    """White space, dashes and quotation marks as one writes them by default."""
    if text is None:
        return None
    text = " ".join(str(text).split())
    return text.translate(
        str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
    )


def _bounds(date):
    iso = [one.isoformat() if one else None for one in (date.earliest, date.latest)]
    return [*iso, date.precision, date.circa]


def _expected_bounds(one):
    return [one["earliest"], one["latest"], one["precision"], one["circa"]]


def _score(rows, plan, capsys, name):
    """Prints the share that is right; returns what is wrong and which right rows carry a doubt."""
    doubted = {(remark.at.part, remark.at.row) for remark in plan.doubts}
    right = wrong = 0
    silent, mistakes, right_rows, right_and_doubted = [], [], 0, 0
    for label, place, pairs in rows:
        errors = {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}
        right, wrong = right + len(pairs) - len(errors), wrong + len(errors)
        has_doubt = any((one.part, one.row) in doubted for one in place)
        right_rows += not errors
        right_and_doubted += not errors and has_doubt
        mistakes += [(label, field, *pair) for field, pair in errors.items()]
        silent += [(label, field, *pair) for field, pair in errors.items() if not has_doubt]
    share = right / (right + wrong)
    doubts = right_and_doubted / max(1, right_rows)
    lines = [
        f"{name}: {len(rows)} rows, {right} of {right + wrong} fields right ({share:.2%}), "
        f"{len(silent)} silent errors, doubts on {doubts:.1%} of the right rows",
        *(" | ".join(str(one) for one in mistake) for mistake in mistakes),
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n   ".join(lines) + "\n")
    return SimpleNamespace(share=share, silent=silent, doubts=doubts)


def _assert_good(score):
    assert score.silent == []
    assert score.share >= ENOUGH
    assert score.doubts <= TOO_MANY_DOUBTS


# --- Rotherham MA1: 102 rows under fifteen banners --------------------------------------------


def _agencies():
    review = json.loads((_document("rotherham-ma1-review.json")).read_text(encoding="utf-8"))
    agencies = [
        SimpleNamespace(
            name=one["name"],
            short_name=one["abbreviation"] or "",
            aliases=[*one["aliases"], one["as_listed"], *filter(None, [one["action_plan_banner"]])],
        )
        for one in review["imr_agencies"]
    ]
    return [
        *agencies,
        SimpleNamespace(name="Safer Rotherham Partnership", short_name="SRP", aliases=[]),
        SimpleNamespace(
            name="Rotherham Metropolitan Borough Council", short_name="RMBC", aliases=[]
        ),
    ]


def _ma1_pairs(got, want, number_of):
    return {
        "number": (got.number, str(want["row_number"])),
        "text": (_plain(got.text), _plain(want["text"])),
        "group": (_plain(got.group), _plain(want["group"] or want["banner"])),
        "lead_as_written": (_plain(got.lead.as_written), _plain(want["lead_as_written"])),
        "lead_agencies": (
            [_plain(a) for a in got.lead.agencies],
            [_plain(a) for a in want["lead_agencies"]],
        ),
        "lead_role": (got.lead.role, want["lead_role"]),
        "lead_people": (
            list(got.lead.people),
            [want["lead_person"]] if want["lead_person"] else [],
        ),
        "actions": (
            [(one.number, _plain(one.text)) for one in got.actions],
            [(_number(one["number"]), _plain(one["text"])) for one in want["actions"]],
        ),
        "milestones": (
            [(one.number, _plain(one.text)) for one in got.milestones],
            [(_number(one["number"]), _plain(one["text"])) for one in want["milestones"]],
        ),
        "milestone targets": (
            [[_bounds(date) for date in one.targets] for one in got.milestones],
            [[_expected_bounds(date) for date in one["dates"]] for one in want["milestones"]],
        ),
        "target_as_written": (
            _plain(got.target_as_written.replace(" / ", " ")),
            _plain(want["target_date_as_written"]),
        ),
        "targets": (
            [_bounds(one.date) for one in got.targets],
            [_expected_bounds(one) for one in want["target_dates"]],
        ),
        "target labels": (
            [one.label or one.number for one in got.targets],
            [one["label"] for one in want["target_dates"]],
        ),
        "status": (got.status, want["status"]),
        "status_as_written": (got.status_as_written, want["status_as_written"]),
        "duplicate_of": (number_of.get(got.id), want["duplicate_of"]),
    }


def _number(value):
    return None if value is None else str(value)


def test_rotherham_action_plan(capsys):
    want = _expected("rotherham-ma1-action-plan.json")

    plan = _read("rotherham-ma1-action-plan.docx", agencies=_agencies())

    assert [one.at.row for one in plan.recommendations] == [
        one["table_row"] for one in want["rows"]
    ]
    assert plan.rows_read == want["table"]["total_table_rows"]
    assert len(plan.not_rows) == 2 + len(want["banners"]) + want["table"]["group_rows"]
    assert (plan.rejected, plan.near_duplicates) == ([], [])
    repeats = {later: earlier for earlier, later in plan.duplicates}
    rows = [
        (f"row {expected['row_number']}", got.rows, _ma1_pairs(got, expected, repeats))
        for got, expected in zip(plan.recommendations, want["rows"], strict=True)
    ]
    _assert_good(_score(rows, plan, capsys, "rotherham-ma1-action-plan"))


def test_rotherham_action_plan_without_knowing_the_agencies(capsys):
    """Names then stand as the banners write them; nothing else may change."""
    want = _expected("rotherham-ma1-action-plan.json")
    banners = {one["agency"]: re.sub(r" \(.*\)$", "", one["text"]) for one in want["banners"]}
    banners |= {
        "Safer Rotherham Partnership": "Safer Rotherham Partnership",
        "Rotherham Metropolitan Borough Council": "RMBC",
    }

    plan = _read("rotherham-ma1-action-plan.docx")

    rows = []
    for got, expected in zip(plan.recommendations, want["rows"], strict=True):
        as_banners = [_key(banners.get(name, name)) for name in expected["lead_agencies"]]
        pairs = {"lead_agencies": ([_key(name) for name in got.lead.agencies], as_banners)}
        rows.append((f"row {expected['row_number']}", got.rows, pairs))
    score = _score(rows, plan, capsys, "rotherham-ma1-action-plan, agencies unknown")
    assert score.share >= 0.8


def _key(name):
    return re.sub(r"\W+", " ", name.casefold().replace("&", "and")).strip()


# --- Rotherham Cabinet: decisions, officers and dated updates over rows cut by the page ---------


def _cabinet_pairs(got, want):
    dated = [one for one in want["target_dates"] if one["precision"] != "none"]
    return {
        "number": (got.number, want["row_number"]),
        "number_as_written": (got.number_as_written, want["number_as_written"]),
        "rows": ([one.row for one in got.rows], want["document_rows"]),
        "text": (_plain(got.text), _plain(want["text"])),
        "decision": (got.decision_as_written, want["decision"]),
        "decision, parsed": (got.decision, "accepted"),
        "lead_agencies": (list(got.lead.agencies), want["lead_agencies"]),
        "lead_as_written": (
            re.sub(r"\s*/\s*", "/", got.lead.as_written),
            re.sub(r"\s*/\s*", "/", "/".join(want["lead_as_written"])),
        ),
        "lead_people": (list(got.lead.people), want["lead_officers"]),
        "updates": (
            [(one.label, _plain(one.text)) for one in got.updates],
            [(one["label"], _plain(one["text"])) for one in want["actions"]],
        ),
        "update dates": (
            [_bounds(one.date) for one in got.updates],
            [_expected_bounds(one["date"]) for one in want["actions"]],
        ),
        "milestones": (list(got.milestones), want["milestones"]),
        "target_as_written": (got.target_as_written, " / ".join(want["target_date_as_written"])),
        "targets": (
            [_bounds(one.date) for one in got.targets],
            [_expected_bounds(one) for one in dated],
        ),
        "status": (got.status, want["status"]),
    }


def test_rotherham_cabinet_response(capsys):
    want = _expected("rotherham-cabinet-response.json")

    plan = _read("rotherham-cabinet-response.docx")

    assert len(plan.recommendations) == want["table"]["records"]
    assert plan.rows_read == want["table"]["document_rows"]
    assert plan.rejected == []
    rows = [
        (f"recommendation {expected['row_number']}", got.rows, _cabinet_pairs(got, expected))
        for got, expected in zip(plan.recommendations, want["rows"], strict=True)
    ]
    _assert_good(_score(rows, plan, capsys, "rotherham-cabinet-response"))


def test_cabinet_response_flags_what_contradicts_itself():
    plan = _read("rotherham-cabinet-response.docx")

    number_at = {one.at: one.number for one in plan.recommendations}
    contradicted = {number_at[flag.at] for flag in plan.flags if "contradicted" in flag.kind}
    left_open = {number_at[flag.at] for flag in plan.flags if flag.kind == "placeholder"}
    assert {"1", "5", "15", "21"} <= contradicted
    assert left_open == {"4", "6", "18"}


# --- Nuneaton: a numbered list of three levels under the names of bodies ------------------------


def _nuneaton_pairs(got, want):
    return {
        "number": (got.number, str(want["row_number"])),
        "group": (_plain(got.group), _plain(want["body"])),
        "text": (_plain(got.text), _plain(want["text"])),
        "lead_agencies": (
            [_plain(a) for a in got.lead.agencies],
            [_plain(a) for a in want["lead_agencies"]],
        ),
        "actions": (
            [(one.number, _plain(one.text)) for one in got.actions],
            [(one["number"], _plain(one["text"])) for one in want["actions"]],
        ),
        "milestones": (list(got.milestones), want["milestones"]),
        "target": (got.target, want["target_date_as_written"]),
        "targets": (list(got.targets), want["target_dates"]),
        "status": (got.status, want["status"]),
    }


def test_nuneaton_recommendations(capsys):
    want = _expected("nuneaton-nb01-recommendations.json")

    plan = _read("nuneaton-nb01-recommendations.docx")

    assert len(plan.recommendations) == want["counts"]["recommendations"]
    assert plan.rejected == []
    rows = [
        (f"recommendation {expected['row_number']}", got.rows, _nuneaton_pairs(got, expected))
        for got, expected in zip(plan.recommendations, want["rows"], strict=True)
    ]
    _assert_good(_score(rows, plan, capsys, "nuneaton-nb01-recommendations"))
