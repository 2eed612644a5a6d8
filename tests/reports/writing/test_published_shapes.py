"""The headings of a published learning sheet and a published summary, beside the layouts that follow them."""

import json

import pytest
from django.core.management import call_command

from reports.blocks import Blocks
from reports.layouts.house import fields_of
from reports.layouts.shorter import LEARNING_SHEET, SUMMARY_2013
from reports.models import Block
from tests.factories.reports import begun
from tests.factories.reviews import ReviewFactory
from tests.reports.word.test_existing import SOURCE, published

pytestmark = [published, pytest.mark.real_documents]

TABLES = {"panel", "contributors"}  # in the published one they stand within the review process


def lines_of(beginning):
    (found,) = SOURCE.glob(f"{beginning}*.txt")
    return [line.strip() for line in found.read_text(encoding="utf-8").splitlines()]


def plain(heading):
    return heading.casefold().strip(": ")


def test_the_learning_sheet_has_the_headings_of_the_published_one_in_its_order():
    lines = lines_of("001")
    theirs = [
        plain(line)
        for line in lines
        if line and len(line) <= 30 and not line.startswith("-") and line[-1].isalpha()
    ]
    ours = [plain(fields_of(*section)["heading"]) for section in LEARNING_SHEET]

    assert theirs == [
        "summary of case",
        "summary of process",
        "lessons to be learnt",
        "recommendations",
    ]
    assert [one for one in ours if one in theirs] == theirs


def test_the_summary_of_2013_has_the_headings_of_the_published_one_in_its_order():
    lines = [plain(line) for line in lines_of("003")]
    sections = [fields_of(*section) for section in SUMMARY_2013]
    ours = [plain(one["heading"]) for one in sections if one["code"] not in TABLES]
    chapters = [plain(one["heading"]) for one in sections if one.get("level", 1) == 1]

    places = [lines.index(one) for one in ours]
    capitals = [plain(line) for line in lines_of("003") if line.isupper() and len(line) < 30]
    assert places == sorted(places)
    assert capitals == chapters


@pytest.mark.django_db
def test_recommendations_stand_under_the_bodies_of_the_published_summary(capsys):
    review = ReviewFactory()
    folder = SOURCE.parent
    word = folder / "nuneaton-nb01-recommendations.docx"
    call_command("import_action_plan", "--review", review.reference, str(word), "--format=json")
    told = json.loads((folder / "nuneaton-nb01-recommendations.json").read_text(encoding="utf-8"))

    said = Blocks(begun(review)).text_of(Block.RECOMMENDATIONS)

    parts = [part.replace("\\", "") for part in said.split("\n\n")]
    banners = [part.strip("*") for part in parts if part.endswith("**")]
    assert banners == [one["body"] for one in told["bodies"]]
    called = [part for part in parts if part.startswith("**Recommendation ")]
    assert len(called) >= told["counts"]["recommendations"]
