import pytest

from foundations.office.passage_differences import difference_of
from foundations.office.passages import passages_of
from tests.foundations.office import reports
from tests.foundations.office.test_lifting import report

INTRO = (1, "Introduction", ["Written by somebody else.", "In March."])
ANALYSIS = (1, "Analysis", ["Nobody asked.", "Nobody wrote it down.", "Nobody called."])
FINDINGS = (1, "Findings", ["Questions were not asked of her."])


def what(before, after):
    return [(one.what, one.title) for one in difference_of(report(*before), report(*after))]


def test_the_same_report_has_no_difference():
    assert {one for one, _ in what([INTRO, ANALYSIS], [INTRO, ANALYSIS])} == {"same"}


def test_added_and_removed_stand_where_they_stood():
    found = what([INTRO, FINDINGS, ANALYSIS], [INTRO, ANALYSIS, (1, "Recommendations", ["Ask."])])

    assert found == [
        ("same", "Introduction"),
        ("removed", "Findings"),
        ("same", "Analysis"),
        ("added", "Recommendations"),
    ]


def test_words_within_a_paragraph():
    after = (1, "Analysis", ["Nobody asked.", "Nobody wrote that down.", "New.", "Nobody called."])
    _, change = difference_of(report(INTRO, ANALYSIS), report(INTRO, after))

    assert change.what == "changed"
    assert [one.what for one in change.paragraphs] == ["same", "changed", "added", "same"]
    assert [(one.what, one.text) for one in change.paragraphs[1].pieces] == [
        ("same", "Nobody wrote "),
        ("removed", "it"),
        ("added", "that"),
        ("same", " down."),
    ]


def test_a_passage_that_moved():
    assert what([INTRO, ANALYSIS, FINDINGS], [INTRO, FINDINGS, ANALYSIS]) in (
        [("same", "Introduction"), ("moved", "Findings"), ("same", "Analysis")],
        [("same", "Introduction"), ("same", "Findings"), ("moved", "Analysis")],
    )


def test_a_heading_that_was_worded_anew_is_known_by_what_stands_under_it():
    (change,) = difference_of(report(ANALYSIS), report((1, "What we think", ANALYSIS[2])))

    assert (change.what, change.changes) == ("changed", [])
    assert [(piece.what, piece.text) for piece in change.heading_pieces] == [
        ("removed", "Analysis"),
        ("added", "What we think"),
    ]


def test_headings_of_the_same_name_are_paired_in_order():
    twice = [(1, "Lesson", ["Ask."]), (1, "Lesson", ["Write."])]

    assert what(twice, twice) == [("same", "Lesson"), ("same", "Lesson")]


@pytest.mark.parametrize(("before", "after"), [([], [INTRO]), ([INTRO], []), ([], [])])
def test_from_or_to_nothing(before, after):
    assert [one for one, _ in what(before, after)] == ["added"] * len(after) + ["removed"] * len(
        before
    )


def test_nothing_of_either_version_is_left_out():
    before = passages_of(reports.styled(), "a.docx")
    after = passages_of(
        reports.styled(recommendations=["Train all."], extra=["More was said."]), "a.docx"
    )
    found = [
        piece
        for one in difference_of(before, after)
        for line in one.paragraphs
        for piece in line.pieces
    ]

    def joined(*kinds):
        return sorted("".join("".join(p.text for p in found if p.what in kinds).split()))

    def whole(version):
        return sorted("".join("".join(block.text for block in version.blocks).split()))

    assert joined("same", "removed") == whole(before)
    assert joined("same", "added") == whole(after)


def test_two_long_reports_are_compared_quickly():
    many = [
        (1, f"Part {n}", [f"Paragraph {i} of part {n}, which says little." for i in range(40)])
        for n in range(60)
    ]
    changed = [
        (level, heading, [*texts[:20], "New words here.", *texts[21:]])
        for level, heading, texts in many
    ]

    found = difference_of(report(*many), report(*changed))

    assert [one.what for one in found] == ["changed"] * 60
