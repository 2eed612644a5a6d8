"""Findings, lessons and recommendations out of a report, with every line accounted for."""

import pytest

from actionplans.earlier.lines import MOST_LINES, lines_of
from actionplans.earlier.reading import NothingFound, read_report
from foundations.office.tables import Refused
from tests.actionplans.earlier.reports import Report, whole
from tests.foundations.office import hostile


def read(content, name="report.docx", **more):
    lines, doubts = lines_of(content, name)
    return read_report(lines, doubts=doubts, **more)


def told(reading, kind):
    return [(one.number, one.text) for one in reading.of(kind)]


def test_each_of_the_three_is_read_under_its_heading():
    reading = read(whole().content)

    assert told(reading, "lesson") == [
        ("1", "Staff must see people alone."),
        ("2", "Addresses must be checked at each contact."),
    ]
    assert told(reading, "recommendation") == [
        ("1", "Train every officer in asking about home:"),
        ("2", "Check every address."),
        ("3", "Ask tenants about home."),
    ]
    assert [text for _, text in told(reading, "finding")] == [
        "Opportunities were missed to ask MA 1 about home.",
        "The referral pathway was not known to staff.",
        "Nobody spoke to MA 1 alone.",
        "Letters went to an old address.",
    ]


def test_what_stands_above_the_word_lesson_is_the_finding_that_led_to_it():
    first = read(whole().content).of("lesson")[0]

    assert (first.rests_on.kind, first.rests_on.text) == ("finding", "Nobody spoke to MA 1 alone.")
    assert "taken as the finding behind it" in first.rests_on.doubts[0]


def test_numbers_run_on_across_headings_and_lists_nest():
    first, second, third = read(whole().content).of("recommendation")

    parts = [(part.number, part.depth, part.text) for part in first.parts]
    assert parts == [("a", 1, "on the phone"), ("b", 1, "at the door:"), ("b.i", 2, "alone")]
    assert (second.parts, third.number) == ([], "3")


def test_a_heading_over_recommendations_is_the_body_they_are_made_to():
    reading = read(whole().content, agencies=["Westshire Police", "Northgate Housing"])

    leads = [(one.leads, one.group) for one in reading.of("recommendation")]
    assert leads == [
        (("Westshire Police",), "Westshire Police"),
        (("Westshire Police",), "Westshire Police"),
        (("Northgate Housing",), "Northgate Housing"),
    ]


def test_every_line_is_accounted_for():
    reading = read(whole().content)

    assert all(fate.point or fate.why for fate in reading.fates)
    assert [fate.position for fate in reading.fates] == sorted(
        {fate.position for fate in reading.fates}
    )
    why = {fate.shown: fate.why for fate in reading.fates if fate.point is None}
    assert why["Author: the independent chair"] == "It stands after the last of the list."
    assert why["MARAC: a meeting."].startswith("It stands under no heading")
    assert "body that the recommendations" in why["Northgate Housing"]


TYPED = """THE REVIEW

7. LESSONS IDENTIFIED
7.1 The lessons of the agencies are in the action plan.

1. Nobody rang back.
Lesson:
Calls must be returned.

2. Notes were lost.
Lesson:
Notes must be kept.

8. CONCLUSIONS
8.1 Agencies worked apart.
8.2 Following the fall, a visit was missed.

9. RECOMMENDATIONS
The Panel recommends that the Westshire Safety Partnership:
1. Agrees one form
 a) for referrals
 b) for answers:
  i. in writing
2) Trains its staff

APPENDIX A
Action plan
1. Train officers
"""


def test_a_text_with_typed_numbers_reads_the_same():
    reading = read(TYPED.encode(), "report.txt")

    assert told(reading, "lesson") == [
        ("1", "Calls must be returned."),
        ("2", "Notes must be kept."),
    ]
    assert [number for number, _ in told(reading, "finding")] == ["1", "2", "8.1", "8.2"]
    assert told(reading, "recommendation") == [("1", "Agrees one form"), ("2", "Trains its staff")]
    first = reading.of("recommendation")[0]
    assert [part.number for part in first.parts] == ["a", "b", "b.i"]
    assert first.leads == ("Westshire Safety Partnership",)


def test_conclusions_are_findings_that_somebody_should_check():
    found = read(TYPED.encode(), "report.txt").of("finding")

    assert "under “Conclusions”" in found[-1].doubts[0]


def test_the_old_encoding_of_windows_is_read():
    text = "RECOMMENDATIONS\n1. Ask about the tenant\x92s home\n".encode("latin-1")

    (found,) = read(text, "report.txt").of("recommendation")

    assert found.text == "Ask about the tenant’s home"


@pytest.mark.parametrize(
    ("line", "kind", "number", "text"),
    [
        ("Recommendation 3: Train every officer", "recommendation", "3", "Train every officer"),
        ("Recommendation 3 Train every officer", "recommendation", "3", "Train every officer"),
        ("R4. Train every officer", "recommendation", "R4", "Train every officer"),
        ("(5) Train every officer", "recommendation", "5", "Train every officer"),
        ("Lesson 2: See people alone", "lesson", "2", "See people alone"),
    ],
)
def test_what_a_line_calls_itself(line, kind, number, text):
    content = Report().heading("Recommendations").text(line).content

    (found,) = read(content).points

    assert (found.kind, found.number, found.text) == (kind, number, text)


def test_bullets_and_plain_paragraphs_are_points_with_a_doubt_where_it_is_a_guess():
    report = Report().heading("Lessons learned").text("We must listen.").text("We must write.")

    found = read(report.content).of("lesson")

    assert [one.text for one in found] == ["We must listen.", "We must write."]
    assert all("It has no number" in one.doubts[0] for one in found)


def test_a_table_ties_its_columns_together():
    report = Report().heading("Findings and recommendations")
    report.table(
        ("No", "Finding", "Lesson", "Recommendation", "Lead agency"),
        ("1", "Nobody asked", "Always ask", "Train staff", "Westshire Police"),
        ("2", "", "", "Check files", "Northgate Housing"),
    )

    reading = read(report.content, agencies=["Westshire Police", "Northgate Housing"])

    first, second = reading.of("recommendation")
    assert first.rests_on.text == "Always ask"
    assert first.rests_on.rests_on.text == "Nobody asked"
    assert (first.leads, second.leads) == (("Westshire Police",), ("Northgate Housing",))
    assert (second.number, second.rests_on) == ("2", None)


def test_an_action_plan_elsewhere_is_left_to_its_own_import():
    report = whole().table(
        ("Recommendation", "Action", "Target date"), ("Train", "Book", "May 2020")
    )

    reading = read(report.content)

    assert len(reading.of("recommendation")) == 3
    assert "row of an action plan" in reading.fates[-1].why


def test_somebody_elses_recommendations_are_not_taken():
    report = Report().heading("Previous recommendations").text("1. Buy a van")
    report.heading("Recommendations").text("1. Ask people")

    assert told(read(report.content), "recommendation") == [("1", "Ask people")]


@pytest.mark.parametrize("case", hostile.cases()[::5], ids=str)
def test_a_hostile_file_is_refused_in_a_sentence(case):
    with pytest.raises(Refused) as refused:
        lines_of(case.content, case.name)

    assert refused.value.message


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "report.txt"),
        (b"   \n", "report.txt"),
        (b"\x00\x01binary", "report.txt"),
        (b"x", "a.pdf"),
    ],
)
def test_what_is_no_report_is_refused(content, name):
    with pytest.raises(Refused):
        lines_of(content, name)


def test_a_report_without_such_headings_says_what_is_looked_for():
    with pytest.raises(NothingFound) as nothing:
        read(Report().heading("Background").text("He was born.").content)

    assert "Lessons identified" in nothing.value.message


def test_a_long_report_is_read_and_one_beyond_all_bounds_refused():
    body = "".join(f"Paragraph {n} of the narrative goes on and on.\n" for n in range(2_000))
    reading = read(f"{body}RECOMMENDATIONS\n1. Ask people\n".encode(), "report.txt")
    assert told(reading, "recommendation") == [("1", "Ask people")]
    assert len(reading.fates) == 2_002

    with pytest.raises(Refused, match="paragraphs"):
        lines_of(b"A line of it.\n" * (MOST_LINES + 1), "report.txt")


def test_a_report_that_is_all_points_is_refused():
    many = "".join(f"{n}. Do it\n" for n in range(1, 600))

    with pytest.raises(NothingFound, match="cannot all be"):
        read(f"RECOMMENDATIONS\n{many}".encode(), "report.txt")
