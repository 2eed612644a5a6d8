"""The published plans in, out as Word, and in again: no row and no word may be lost on the way.

The documents are not in this repository. Where they are absent the tests skip and say so; under
CI=true their absence fails.
"""

import io
import os
import uuid
from pathlib import Path

import pikepdf
import pytest
from django.utils import timezone

from actionplans import drafting, services
from actionplans.models import Recommendation
from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.making import make
from actionplans.papers.printing import drawn
from actionplans.papers.word import as_word
from tests.factories.reviews import ReviewFactory

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"

pytestmark = [pytest.mark.django_db, pytest.mark.real_documents]

# What another table of the same plan has to say, word for word. How a number is typed, where a row
# stands and what is doubtful about its reading belong to the file and not to the plan.
FIELDS = (
    *("number", "text", "group", "scope", "lead_as_written", "lead_role", "lead_people"),
    *("decision", "decision_as_written", "decision_condition", "target", "target_as_written"),
    *("targets", "claimed_status", "status_as_written", "claimed_completed", "outcome", "evidence"),
    "other",
)


def _content(name):
    path = SHARED / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is absent, and CI must read it.")
        pytest.skip(f"{path} is absent: the published documents are not part of this repository.")
    return path.read_bytes()


def _imported(content, name):
    review = ReviewFactory()
    draft = drafting.read_draft(content, name, review)
    services.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())
    return review


def _again(review, kind, layout=""):
    today = timezone.localdate()
    paper = make([review], above="A partnership", kind=kind, layout=layout, as_of=today)
    return _imported(as_word(paper, made_at=timezone.now()), "paper.docx")


def _rows(review):
    ones = Recommendation.objects.filter(review=review).live().in_plan_order()
    return [
        {name: _plain(getattr(one, name)) for name in FIELDS}
        | {
            "parent": one.parent.number if one.parent else None,
            "leads": sorted(part.agency.name for part in one.leads.all()),
            "actions": [
                (a.number, _plain(a.text), a.target_as_written, a.claimed_status)
                for a in one.actions.live()
            ],
            "milestones": [(m.number, _plain(m.text), m.target) for m in one.milestones.all()],
            "updates": [(u.label, _plain(u.text), u.date) for u in one.updates.all()],
        }
        for one in ones
    ]


def _plain(value):
    return " ".join(value.split()) if isinstance(value, str) else value


def _differences(before, after):
    return [
        (one["number"], name, one[name], two[name])
        for one, two in zip(before, after, strict=True)
        for name in one
        if one[name] != two[name]
    ]


def test_the_rotherham_plan_comes_back_as_it_went_out():
    review = _imported(_content("rotherham-ma1-action-plan.docx"), "plan.docx")

    again = _again(review, Kind.PLAN, Layout.FIVE)

    before, after = _rows(review), _rows(again)
    assert len(before) == len(after) == 102
    assert _differences(before, after) == []


def test_the_cabinet_response_comes_back_as_it_went_out():
    review = _imported(_content("rotherham-cabinet-response.docx"), "response.docx")

    again = _again(review, Kind.STATEMENT)

    before, after = _rows(review), _rows(again)
    assert len(before) == len(after) == 22
    # The response has "a)" and "b)" below one number; the statement numbers both, so that the second
    # reads as one of its own. Its words, its decision, its officer and its updates are the same.
    assert _differences(before, after) == [("12b", "parent", "12a", None)]


def test_the_summary_of_the_rotherham_plan_is_one_page():
    review = _imported(_content("rotherham-ma1-action-plan.docx"), "plan.docx")
    today = timezone.localdate()
    paper = make([review], above="A partnership", kind=Kind.SUMMARY, layout="", as_of=today)

    content = drawn(paper, "pdf", made_at=timezone.now())

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
