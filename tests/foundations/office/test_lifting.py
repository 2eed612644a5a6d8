"""Recommendations and lessons as rows, with their places; what is not sure is not taken, or doubted."""

import json
import os
from pathlib import Path

import pytest

from foundations.office.lifting import LESSON, RECOMMENDATION, kind_of, lift
from foundations.office.passages import Block, Passage, Passages, passages_of
from tests.foundations.office import reports

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"
published = [
    pytest.mark.real_documents,
    pytest.mark.skipif(
        not SHARED.is_dir() and os.environ.get("CI") != "true",
        reason="the published documents are not beside this checkout (../shared/documents)",
    ),
]


def report(*passages):
    """From (level, heading, [texts or blocks])."""
    made, position = [], 0
    for level, heading, texts in passages:
        position += 1
        own, blocks = position, []
        for text in texts:
            position += 1
            given = text if isinstance(text, dict) else {"text": text}
            blocks.append(Block(**{"kind": "paragraph", "position": position, **given}))
        made.append(Passage(level, "", heading, own, True, tuple(blocks)))
    return Passages("docx", tuple(made), (), 0, 0, ())


def texts(rows):
    return [(row.number, row.text) for row in rows]


def row(*cells, at, table=1):
    return {"kind": "row", "text": " | ".join(cells), "cells": cells, "table": table, "row": at}


def test_they_are_lifted_from_under_their_headings():
    found = lift(passages_of(reports.styled(), "imr.docx"))

    assert texts(found.recommendations) == [
        ("1", reports.RECOMMENDATIONS[0]),
        ("2", reports.RECOMMENDATIONS[1]),
    ]
    assert texts(found.lessons) == [("", text) for text in reports.LESSONS]
    assert [row.heading for row in found.recommendations] == ["Single agency recommendations"] * 2
    assert [one.why for one in found.passed_over] == ["It stands before the first of the list."]
    assert [row.doubts for row in found.rows] == [()] * 4


def test_typed_numbers_begin_rows():
    found = lift(passages_of(reports.in_bold(), "imr.docx"))

    assert texts(found.recommendations) == [
        ("1", "Ask everybody."),
        ("2", "Write the answer down.\nOnly a part of this is bold, so it is no heading"),
    ]


def test_a_table_that_names_its_columns_is_lifted_with_the_rest_of_its_rows():
    found = lift(passages_of(reports.with_table_of_recommendations(), "plan.docx"))

    assert texts(found.recommendations) == [
        ("1", "Train all staff"),
        ("2", "Write a policy\nand publish it"),
    ]
    assert found.recommendations[0].others == (
        ("Lead", "Head of service"),
        ("By when", "March 2027"),
    )
    assert (found.recommendations[1].table, found.recommendations[1].row) == (1, 3)
    assert found.recommendations[0].doubts == ("It stands in a table elsewhere in the report.",)
    assert [one.why for one in found.passed_over] == [
        "It names the columns.",
        "Its row has nothing in that column.",
    ]


def test_a_pdf_is_lifted_too():
    found = lift(passages_of(reports.printed(), "imr.pdf"))

    assert [row.text for row in found.recommendations] == reports.RECOMMENDATIONS


def test_what_stands_under_a_number_goes_with_it():
    found = lift(report((1, "Recommendations", ["1. Train staff", "in two steps:", "2. Audit"])))

    assert texts(found.recommendations) == [("1", "Train staff\nin two steps:"), ("2", "Audit")]
    assert found.recommendations[0].positions == (2, 3)


AFTER = "A paragraph after the list was taken with it: check where it ends."


@pytest.mark.parametrize("item", ["{0}. {1}", "{1}"])
def test_a_paragraph_behind_the_list_is_doubted_and_not_lost(item):
    listed = [
        {"text": item.format(n, text), "depth": 0 if item == "{1}" else None}
        for n, text in enumerate(["Train", "Audit"], 1)
    ]
    found = lift(report((1, "Recommendations", [*listed, "Signed by the author."])))

    assert [one.text for one in found.recommendations] == ["Train", "Audit\nSigned by the author."]
    assert [AFTER in one.doubts for one in found.recommendations] == [False, True]


def test_paragraphs_behind_each_of_the_list_are_its_own():
    under = ["1. Train", "By May.", "2. Audit", "By June."]

    found = lift(report((1, "Recommendations", under)))

    assert not any(AFTER in one.doubts for one in found.recommendations)


@pytest.mark.parametrize(
    ("written", "number", "text"),
    [
        ("Recommendation 3: Train staff", "Recommendation 3", "Train staff"),
        ("R4 Train staff", "R4", "Train staff"),
        ("5.2. Train staff", "5.2", "Train staff"),
        ("6) Train staff", "6", "Train staff"),
    ],
)
def test_numbers_as_they_are_typed(written, number, text):
    assert texts(lift(report((1, "Recommendations", [written]))).recommendations) == [
        (number, text)
    ]


def test_numbers_of_the_reports_own_paragraphs_are_not_those_of_the_list():
    made = report(
        (1, "Recommendations", ["10.1 The panel says:", "1. Train", "2. Ask", "10.2 That is all."])
    )
    numbered = Passages(
        "docx",
        (Passage(1, "10", "Recommendations", 1, True, made.passages[0].blocks),),
        (),
        0,
        0,
        (),
    )
    found = lift(numbered)

    assert texts(found.recommendations) == [("1", "Train"), ("2", "Ask")]
    assert [one.text for one in found.passed_over] == ["10.1 The panel says:", "10.2 That is all."]


def test_without_numbers_each_paragraph_is_a_row_with_a_doubt():
    found = lift(
        report((1, "Key lessons", ["We make the following points:", "Ask.", "Ask again."]))
    )

    assert texts(found.lessons) == [("", "Ask."), ("", "Ask again.")]
    assert "no number" in found.lessons[0].doubts[0]
    assert len(found.passed_over) == 1


def test_bodies_to_which_recommendations_are_made_are_their_groups():
    found = lift(
        report(
            (1, "Recommendations", []),
            (2, "Police", ["1. Train"]),
            (2, "Council", ["2. Write"]),
            (1, "Annex", ["9. No"]),
        )
    )

    assert [(one.number, one.group) for one in found.recommendations] == [
        ("1", "Police"),
        ("2", "Council"),
    ]


def test_a_heading_for_each_one_makes_one_row_of_all_under_it():
    found = lift(
        report((1, "Recommendation 1", ["Train staff.", "By March."]), (1, "Lesson 2", ["Ask."]))
    )

    assert [one.text for one in found.rows] == ["Train staff.\nBy March.", "Ask."]


def test_lessons_below_recommendations_are_not_mixed_up():
    found = lift(report((1, "Recommendations", ["1. Train"]), (2, "Lessons learned", ["1. Ask"])))

    assert [(one.kind, one.text) for one in found.rows] == [
        (RECOMMENDATION, "Train"),
        (LESSON, "Ask"),
    ]


def test_a_heading_that_names_both_is_doubted():
    found = lift(
        report((1, "Lessons and recommendations", ["1. Lesson: ask", "2. Recommendation: train"]))
    )

    assert len(found.rows) == 2
    assert all("check which it is" in one.doubts[-1] for one in found.rows)


@pytest.mark.parametrize(
    "heading",
    [
        "Recommendations of previous reviews",
        "National learning disability programme",
        "Analysis",
        "",
        "word " * 13 + "recommendation",
    ],
)
def test_other_headings_announce_nothing(heading):
    assert kind_of(heading) is None


def test_a_narrative_that_recommends_is_left_alone():
    found = lift(report((1, "Analysis", ["The author recommends that staff are trained."])))

    assert found.rows == []
    assert "No recommendations were found" in found.doubts[0]


def test_a_table_under_the_heading_that_names_no_column_is_told():
    found = lift(
        report((1, "Recommendations", [row("Who", "When", at=1), row("Police", "May", at=2)]))
    )

    assert found.rows == []
    assert {one.why for one in found.passed_over} == {"Its table does not say which column it is."}


def test_a_gap_in_the_numbers_is_told():
    found = lift(report((1, "Recommendations", ["1. A b", "2. C d", "4. E f"])))

    assert "Numbers are missing among the recommendations: 3." in found.doubts


def test_nothing_under_such_a_heading_is_lost():
    under = [
        "Preface",
        "1. One",
        "and more",
        row("No", "Recommendation", at=1),
        row("2", "Two", at=2),
    ]
    made = report((1, "Recommendations", under))
    found = lift(made)

    places = {at for one in found.rows for at in one.positions} | {
        one.position for one in found.passed_over
    }
    assert places == {block.position for block in made.blocks}


class TestPublished:
    pytestmark = published

    def test_the_37_of_one_report_under_their_10_bodies(self):
        name = "nuneaton-nb01-recommendations.docx"
        found = lift(passages_of((SHARED / name).read_bytes(), name))
        expected = json.loads((SHARED / name.replace("docx", "json")).read_text())

        assert [one.number for one in found.recommendations] == [str(n) for n in range(1, 38)]
        assert len({one.group for one in found.recommendations}) == 10
        assert expected
        doubted = [one.number for one in found.recommendations if one.doubts]
        assert doubted == ["37"]  # who signed it, and when, stands behind the list

    def test_the_102_of_an_action_plan_and_the_prompt_of_its_form_doubted(self):
        name = "rotherham-ma1-action-plan.docx"
        found = lift(passages_of((SHARED / name).read_bytes(), name))

        numbered = [one for one in found.recommendations if one.number]
        assert [one.number for one in numbered] == [str(n) for n in range(1, 103)]
        (prompt,) = [one for one in found.recommendations if not one.number]
        assert "It has no number, although most rows of its table have one." in prompt.doubts

    def test_the_15_and_the_11_of_a_whole_report_whose_headings_are_only_bold(self):
        (path,) = (SHARED / "source").glob("000_*.txt")
        expected = json.loads((SHARED / "rotherham-ma1-review.json").read_text())
        found = lift(passages_of(reports.from_lines(path.read_text().splitlines()), "report.docx"))

        assert len(found.recommendations) == len(expected["panel_recommendations"]) == 15
        assert len(found.lessons) == len(expected["lessons"]) == 11
        assert [one.number for one in found.lessons] == [str(n) for n in range(1, 12)]
