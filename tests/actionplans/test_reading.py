"""Every layout by its fictional twin: what becomes a recommendation, and what every other row is."""

from types import SimpleNamespace

import pytest

from actionplans.reading import NotAnActionPlan, read_action_plan
from foundations.office.reading import read_file
from tests.actionplans import twins


def read(content, kind="docx", **options):
    return read_action_plan(read_file(content, f"plan.{kind}"), **options)


def row(one):
    return one.at.row


def whys(plan):
    return {one.at.row: one.why for one in plan.not_rows}


# --- The 2013 form ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def five_columns():
    return read(twins.five_columns())


def by_number(plan, number):
    return next(one for one in plan.recommendations if one.number == number)


def test_every_row_of_the_form_is_accounted_for(five_columns):
    assert five_columns.rows_read == 17
    assert [row(one) for one in five_columns.recommendations] == [4, 5, 6, 8, 9, 11, 12, 13, 14, 17]
    assert whys(five_columns) == {
        1: "is the heading",
        2: "asks what to write: a prompt",
        3: "is a banner: THE WESTSHIRE NHS FOUNDATION TRUST",
        7: "is a banner: HARBOUR HOMES & SUPPORT",
        10: "is a banner: INDEPENDENT DOMESTIC ABUSE SERVICE",
        15: "is a banner: The DHR Panel",
        16: "is a group heading",
    }


def test_typed_number_is_kept_beside_the_text(five_columns):
    first = five_columns.recommendations[0]

    assert (first.number, first.number_as_written) == ("1", "1")
    assert first.text == "TWFT to raise the profile of social assessments"


def test_paragraphs_of_a_recommendation_are_one_text(five_columns):
    second = by_number(five_columns, "2")

    assert second.text == "All staff to receive a leaflet. The leaflet to be given at induction."
    assert len(second.paragraphs) == 2


def test_initials_of_a_banner_name_its_body(five_columns):
    lead = by_number(five_columns, "1").lead

    assert lead.agencies == ("THE WESTSHIRE NHS FOUNDATION TRUST",)
    assert lead.role == "Assistant Chief Nurse"
    assert lead.as_written == "TWFT, Assistant Chief Nurse"


def test_office_without_a_body_works_for_the_banner(five_columns):
    lead = by_number(five_columns, "3").lead

    assert (lead.agencies, lead.role) == (
        ("THE WESTSHIRE NHS FOUNDATION TRUST",),
        "Matron for A&E",
    )
    assert lead.source == "banner"


def test_joint_leads_are_two_agencies(five_columns):
    assert by_number(five_columns, "4").lead.agencies == (
        "HARBOUR HOMES & SUPPORT",
        "INDEPENDENT DOMESTIC ABUSE SERVICE",
    )


def test_shortened_name_below_its_banner_is_the_banner(five_columns):
    assert by_number(five_columns, "5").lead.agencies == ("HARBOUR HOMES & SUPPORT",)


def test_person_office_and_bodies_are_told_apart(five_columns):
    lead = by_number(five_columns, "10").lead

    assert lead.agencies == ("Safer Westshire Partnership", "WMBC")
    assert lead.people == ("Jolyon Marsh-Tate",)
    assert lead.role == "SWP Domestic Abuse Coordinator"


def test_one_action_for_each_paragraph(five_columns):
    assert [one.text for one in by_number(five_columns, "1").actions] == [
        "Audit of record keeping to be planned.",
        "Agree an audit tool.",
    ]


def test_bullets_have_no_number_and_automatic_numbers_are_kept(five_columns):
    assert [one.number for one in by_number(five_columns, "5").actions] == [None, None]
    assert [one.number for one in by_number(five_columns, "7").actions] == ["1", "2"]


def test_typed_numbers_pair_actions_with_dates_and_statuses(five_columns):
    sixth = by_number(five_columns, "6")

    actions = [
        (one.number, one.text, one.target and one.target.text, one.status) for one in sixth.actions
    ]
    assert actions == [
        ("1", "Discuss it with the team.", None, "completed"),
        ("2", "Audit current case work", "March 2014", "completed"),
        ("3", "Audit regularly", "March 2014", "completed"),
    ]
    assert sixth.status_as_written == "Complete / Completed / Completed"


def test_line_that_only_goes_on_belongs_to_the_one_before(five_columns):
    assert [one.text for one in by_number(five_columns, "5").milestones] == [
        "A protocol established. April 2014",
        "Review by Area Manager & QU by audit, July 2014",
    ]


def test_milestones_carry_the_dates_they_give(five_columns):
    milestones = by_number(five_columns, "4").milestones

    assert [one.target and one.target.text for one in milestones] == [None, "June 2014"]


def test_times_that_are_no_dates_are_none(five_columns):
    assert [one.target for one in by_number(five_columns, "6").milestones] == [None, None]


def test_several_dates_in_one_cell_are_all_kept(five_columns):
    second = by_number(five_columns, "2")

    assert [one.date.text for one in second.targets] == ["April 2014", "April 2014", "July 2014"]
    assert second.target.text == "July 2014"
    assert second.target_as_written == "April 2014 / April 2014 / July 2014 / Completed"


def test_dates_for_different_people_keep_their_labels(five_columns):
    targets = by_number(five_columns, "4").targets

    assert [(one.label, one.date.text, one.date.precision) for one in targets] == [
        ("Supervisors", "May 2014", "month"),
        ("the whole Service", "August 2014", "month"),
    ]


@pytest.mark.parametrize(
    ("number", "status", "written"),
    [
        ("1", "completed", "Completed"),
        ("4", "not stated", None),
        ("8", "open", None),
        ("9", "completed", "Action complete"),
    ],
)
def test_status_is_split_out_of_the_date_cell(five_columns, number, status, written):
    one = by_number(five_columns, number)

    assert (one.status, one.status_as_written) == (status, written)


def test_broken_month_is_repaired_and_kept_as_written(five_columns):
    target = by_number(five_columns, "5").target

    assert (target.text, target.precision, target.earliest.isoformat()) == (
        "D ecember 2013",
        "month",
        "2013-12-01",
    )


def test_date_without_a_start_is_relative_and_flagged(five_columns):
    eighth = by_number(five_columns, "8")

    assert (eighth.target.text, eighth.target.precision) == ("4 weeks", "relative")
    assert [flag.kind for flag in five_columns.flags if flag.at == eighth.at] == ["relative date"]


def test_repeated_recommendation_is_a_duplicate(five_columns):
    assert (five_columns.duplicates, five_columns.near_duplicates) == ([(4, 9)], [])


def test_claim_with_neither_action_nor_milestone_is_flagged(five_columns):
    kinds = {flag.at.row: flag.kind for flag in five_columns.flags}

    assert kinds[17] == "claim without action"


def test_nothing_in_the_form_is_doubtful_or_refused(five_columns):
    assert (five_columns.doubts, five_columns.rejected) == ([], [])


def test_agencies_of_the_review_give_their_names():
    known = [
        SimpleNamespace(
            name="The Westshire NHS Foundation Trust",
            short_name="TWFT",
            aliases=["adult safeguarding"],
        ),
        SimpleNamespace(name="Harbour Homes and Support", short_name="HH&S", aliases=[]),
        SimpleNamespace(name="Independent Domestic Abuse Service", short_name="IDAS", aliases=[]),
        SimpleNamespace(name="Safer Westshire Partnership", short_name="SWP", aliases=[]),
        SimpleNamespace(
            name="Westshire Metropolitan Borough Council", short_name="WMBC", aliases=[]
        ),
    ]

    plan = read(twins.five_columns(), agencies=known)

    assert [one.lead.agencies for one in plan.recommendations] == [
        ("The Westshire NHS Foundation Trust",),
        ("The Westshire NHS Foundation Trust",),
        ("The Westshire NHS Foundation Trust",),
        ("Harbour Homes and Support", "Independent Domestic Abuse Service"),
        ("Harbour Homes and Support",),
        ("Independent Domestic Abuse Service",),
        ("Independent Domestic Abuse Service",),
        ("Independent Domestic Abuse Service",),
        ("Independent Domestic Abuse Service",),
        ("Safer Westshire Partnership", "Westshire Metropolitan Borough Council"),
    ]
    assert plan.unknown_agencies == []


def test_bodies_that_are_not_of_the_review_are_named_once():
    plan = read(twins.five_columns(), agencies=["Safer Westshire Partnership"])

    [doubt] = plan.doubts
    assert (doubt.at.row, doubt.column) == (1, "lead_agency")
    assert plan.unknown_agencies == [
        "THE WESTSHIRE NHS FOUNDATION TRUST",
        "HARBOUR HOMES & SUPPORT",
        "INDEPENDENT DOMESTIC ABUSE SERVICE",
        "WMBC",
    ]


# --- The later form -----------------------------------------------------------------------------


def test_seven_columns_give_scope_completion_and_outcome():
    plan = read(twins.seven_columns())

    first = plan.recommendations[0]
    assert [one.scope for one in plan.recommendations] == ["Local", "Regional", "National"]
    assert (first.status, first.completed.text) == ("completed", "August 2022")
    assert first.outcome == "Completed August 2022. Protocol in use by all partners."
    assert [one.status for one in plan.recommendations] == ["completed", "not stated", "ongoing"]


def test_target_nobody_set_is_kept_as_written_and_flagged():
    plan = read(twins.seven_columns())

    third = plan.recommendations[2]
    assert (third.target, third.target_as_written) == (None, "TBC")
    assert [(flag.at.row, flag.kind) for flag in plan.flags] == [(4, "placeholder")]


# --- A committee's answer -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def response():
    return read(twins.committee_response())


def test_rows_cut_by_the_page_are_joined(response):
    assert [[place.row for place in one.rows] for one in response.recommendations] == [
        [3, 4],
        [5, 6, 7],
        [8],
        [9, 10],
        [11],
        [13, 14],
    ]
    assert (
        response.recommendations[0].text
        == "Funding of the advocacy service should be Mainstreamed."
    )


def test_numbers_follow_the_order_where_few_are_written(response):
    numbers = [(one.number, one.number_as_written) for one in response.recommendations]

    assert numbers == [("1", None), ("2", None), ("3", "3"), ("4a", None), ("4b", None), ("5", "5")]


def test_part_b_knows_part_a(response):
    assert [one.parent for one in response.recommendations] == [None, None, None, None, 4, None]


def test_row_with_a_stray_number_is_left_out_with_a_doubt(response):
    assert whys(response)[12] == "holds only the number “10”"
    assert 12 in [doubt.at.row for doubt in response.doubts]


def test_updates_are_divided_at_their_dates(response):
    first = response.recommendations[0]

    assert [(one.label, one.text, one.date.precision) for one in first.updates] == [
        (None, "We endorse this, but are unable to accept it at this time.", "none"),
        ("November 2021:", "Funding was found for the 1st June 2022 two further posts.", "month"),
    ]


def test_label_in_the_paragraph_or_in_a_row_of_its_own(response):
    assert [one.label for one in response.recommendations[2].updates] == ["November 2021:"]
    assert [one.label for one in response.recommendations[1].updates] == [None, "August 2022;"]


def test_decisions_are_parsed_beside_what_was_written(response):
    decisions = [
        (one.decision, one.decision_as_written, one.decision_condition)
        for one in response.recommendations
    ]

    assert decisions[:2] == [
        ("accepted", "Accept", None),
        ("accepted", "Accept (subject to available funding)", "subject to available funding"),
    ]
    assert decisions[4] == ("rejected", "Reject", None)


def test_officers_are_people_with_one_spelling(response):
    assert [one.lead.people for one in response.recommendations] == [
        ("Robin Vale",),
        ("Pat Okoro", "Kim Lund-Bray"),
        ("Robin Vale",),
        ("Kim Lund-Bray",),
        ("Sgt lan Tarn",),
        ("Jan Tesco", "Pat Okoro", "Robin Vale"),
    ]
    assert [one.lead.agencies for one in response.recommendations] == [()] * 6


def test_status_and_date_in_one_cell_in_any_order(response):
    assert [(one.status, one.target and one.target.text) for one in response.recommendations] == [
        ("completed", "November 2021"),
        ("completed", "August 2022"),
        ("completed", "19/12/21"),
        ("completed", "May 2022"),
        ("discharged", None),
        ("completed", "August 2022"),
    ]


def test_contradictions_and_gaps_are_flagged(response):
    assert [(flag.at.row, flag.kind) for flag in response.flags] == [
        (3, "decision contradicted"),
        (5, "placeholder"),
        (5, "placeholder"),
        (13, "status contradicted"),
    ]


# --- Lists ------------------------------------------------------------------------------------------


def test_nested_list_keeps_its_numbers_across_headings():
    plan = read(twins.nested_list())

    assert [one.number for one in plan.recommendations] == ["1", "2", "3", "4", "5"]
    assert [one.number for one in plan.recommendations[0].actions] == ["a", "a.i", "a.ii", "b"]


def test_headings_of_a_list_name_who_leads():
    plan = read(twins.nested_list())

    assert [one.lead.agencies for one in plan.recommendations] == [
        ("Safer Northvale Board",),
        ("Safer Northvale Board",),
        ("Northvale Care Commissioning Group", "Local Housing Team"),
        ("Northvale Care Commissioning Group",),
        ("Westshire Police", "Northvale Hospital", "Harbour Homes"),
    ]


def test_what_stands_around_a_list_is_not_of_it():
    plan = read(twins.nested_list())

    outside = {
        1: "stands outside the recommendations",
        16: "is running text",
        17: "is running text",
    }
    assert {number: why for number, why in whys(plan).items() if number in outside} == outside
    assert plan.recommendations[-1].targets == ()


def test_list_with_typed_numbers_under_plain_lines():
    plan = read(twins.typed_list())

    assert [(one.number, one.group) for one in plan.recommendations] == [
        ("1", "Westshire Police"),
        ("2", "Westshire Police"),
        ("3", "Northvale Hospital"),
    ]
    assert [(one.number, one.text) for one in plan.recommendations[0].actions] == [
        ("a", "out-of-hours contacts"),
        ("b", "repeat victims, whose cases are reviewed monthly."),
    ]


def test_paragraphs_that_name_their_fields():
    plan = read(twins.keyed_paragraphs())

    assert [
        (one.number, one.lead.agencies, one.actions[0].text, one.target.text)
        for one in plan.recommendations
    ] == [
        ("1", ("Safer Northvale Partnership",), "Write a specification", "September 2023"),
        ("2", ("Westshire Police",), "Extend the scheme to academies", "March 2024"),
    ]


# --- Other layouts ------------------------------------------------------------------------------------


def test_recommendation_merged_over_its_actions_is_read_once():
    plan = read(twins.tracker_workbook(), "xlsx")

    first = plan.recommendations[0]
    assert [one.number for one in plan.recommendations] == ["1", "2", "3"]
    assert [
        (one.number, one.text, one.target.text, one.status, one.lead.role) for one in first.actions
    ] == [
        ("1.1", "Map the pathway", "31/03/2023", "completed", "Head of Adult Social Care"),
        ("1.2", "Publish the pathway", "June 2023", "in progress", "Communications Manager"),
    ]


def test_real_date_cell_keeps_its_day_and_a_month_stays_a_month():
    targets = read(twins.tracker_workbook(), "xlsx").recommendations[0].targets

    assert [one.date.precision for one in targets] == ["day", "month"]


def test_key_of_a_file_says_what_its_colours_mean():
    plan = read(twins.tracker_workbook(), "xlsx")

    assert [one.status for one in plan.recommendations] == ["in progress", "overdue", "completed"]
    assert whys(plan)[10] == "is a note"
    assert plan.doubts == []


def test_lines_with_dashes_are_items_of_their_own():
    third = read(twins.tracker_workbook(), "xlsx").recommendations[2]

    assert [one.text for one in third.actions] == [
        "Choose a sample",
        "Audit it",
        "Report to the Board",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_plain_csv(encoding):
    plan = read(twins.plain_csv(encoding), "csv")

    assert [(one.number, one.lead.agencies, one.status) for one in plan.recommendations] == [
        ("R1", ("Westshire Police",), "completed"),
        ("R2", ("Northvale Council",), "in progress"),
        ("R3", ("Harbour Homes",), "not started"),
    ]
    assert plan.duplicates == [(2, 3)]
    assert plan.mapping == {
        "number": "Ref",
        "recommendation": "Recommendation",
        "lead": "Owner",
        "target": "Due date",
        "status": "Status",
        "update": "Latest update",
    }


def test_heading_over_a_table_is_its_recommendation():
    plan = read(twins.table_for_each_recommendation())

    assert [(one.number, one.text, len(one.actions)) for one in plan.recommendations] == [
        ("1", "Westshire Police should review its risk assessments.", 2),
        ("2", "Partners should share information sooner.", 1),
    ]


def test_recommendation_merged_across_heads_the_actions_below_it():
    plan = read(twins.recommendations_across())

    assert [
        (one.text, [action.text for action in one.actions]) for one in plan.recommendations
    ] == [
        (
            "The Trust should screen every patient.",
            ["Add the question to the form", "Train triage nurses"],
        ),
        ("GPs should code domestic abuse.", ["Circulate codes"]),
    ]


def test_form_for_each_recommendation():
    plan = read(twins.forms())

    assert [
        (one.number, one.text, one.status, str(one.target)) for one in plan.recommendations
    ] == [
        ("1", "Hold a learning event for practitioners.", "completed", "September 2020"),
        ("2", "Revise the housing transfer policy.", "not stated", "end of 2020"),
    ]


def test_two_heading_rows_are_read_together():
    plan = read(twins.two_heading_rows())

    first = plan.recommendations[0]
    assert (first.lead.agencies, first.lead.people) == (("Northvale Hospital",), ("Dana Hart",))
    assert [(one.label, one.text, str(one.date)) for one in first.updates] == [
        ("Progress – June 2022", "Pilot begun", "June 2022"),
        ("Progress – September 2022", "Pilot ended", "September 2022"),
    ]


def test_theme_column_merged_down_holds_for_each_row():
    plan = read(twins.themes_and_updates(), "xlsx")

    assert [one.group for one in plan.recommendations] == ["Training", "Training", "Processes"]
    assert plan.recommendations[2].lead.agencies == ("Westshire Police", "Northvale Council")


def test_sheet_named_after_an_agency_is_its_banner():
    plan = read(twins.sheet_for_each_agency(), "xlsx")

    leads = [(one.at.part, one.lead.agencies, one.lead.role) for one in plan.recommendations]
    assert leads == [
        ("Westshire Police", ("Westshire Police",), "Superintendent"),
        ("Harbour Homes", ("Harbour Homes",), "Housing Manager"),
        ("Harbour Homes", ("Harbour Homes",), "Area Manager"),
    ]
    assert [one.status for one in plan.recommendations] == ["completed", "open", "completed"]


def test_table_cut_in_two_keeps_its_heading():
    plan = read(twins.table_cut_in_two())

    assert [one.text for one in plan.recommendations] == [
        "Publish a leaflet.",
        "Publish a poster.",
        "Publish a film.",
        "Publish a map.",
    ]
    assert [one.why for one in plan.not_rows if one.at.part == 2] == [
        "is the heading",
        "repeats the heading",
    ]


def test_headings_may_be_questions():
    plan = read(twins.headings_that_ask())

    assert [
        (one.text, one.actions[0].text, one.lead.agencies, one.lead.role)
        for one in plan.recommendations
    ] == [
        (
            "Staff did not ask about abuse.",
            "Run monthly briefings",
            ("Northvale Hospital",),
            "Named Nurse",
        ),
        (
            "Records were not shared.",
            "Sign the agreement",
            ("Northvale Council", "Westshire Police"),
            None,
        ),
    ]
    assert plan.recommendations[0].other == {"How will we know it worked?": "Audit of notes"}


def test_colours_without_a_key_are_read_with_one_doubt():
    plan = read(twins.headings_that_ask())

    assert [one.status for one in plan.recommendations] == ["on track", "completed"]
    assert [(doubt.at.row, doubt.column) for doubt in plan.doubts] == [(1, "status")]


def test_actions_without_recommendations_stand_for_themselves():
    plan = read(twins.actions_only(), "csv")

    assert [(one.text, one.status) for one in plan.recommendations] == [
        ("Circulate the seven-minute briefing", "completed"),
        ("Update the website", "on track"),
    ]


def test_template_hardly_filled_in_loses_no_row():
    plan = read(twins.unfilled_template())

    assert [one.text for one in plan.recommendations] == [
        "Review the did-not-attend policy",
        "Train reception staff",
        "Make the policy available to all temporary and agency workers",
    ]
    assert {flag.kind for flag in plan.flags} == {"no lead", "placeholder"}


def test_row_below_a_recommendation_is_its_next_action_or_the_rest_of_one():
    first = read(twins.continuation_rows()).recommendations[0]

    assert [
        (one.text, one.target.text, one.status, one.lead.agencies) for one in first.actions
    ] == [
        (
            "Appoint a chair who will report to the Board each quarter.",
            "May 2020",
            "completed",
            ("Westshire Police",),
        ),
        ("Publish minutes.", "June 2020", "ongoing", ("Northvale Council",)),
    ]


def test_two_different_statuses_in_one_cell_are_a_doubt():
    plan = read(twins.continuation_rows())

    second = plan.recommendations[1]
    assert (second.status, second.target.text) == ("completed", "30.06.20")
    assert [(doubt.at, doubt.column) for doubt in plan.doubts] == [(second.at, "Target")]


def test_recommendation_repeated_beside_each_action_is_one():
    plan = read(twins.repeated_recommendation_text(), "xlsx")

    assert [(one.text, len(one.actions)) for one in plan.recommendations] == [
        ("Improve information sharing", 2),
        ("Improve recording", 1),
        ("Improve supervision", 1),
    ]


def test_number_that_stands_twice_is_a_doubt():
    plan = read(twins.repeated_recommendation_text(), "xlsx")

    assert [(doubt.at.row, doubt.message) for doubt in plan.doubts] == [
        (5, "The number 2 stands twice: here and in row 4.")
    ]


def test_sections_for_panel_and_agencies():
    plan = read(twins.sections_of_a_report())

    assert [(one.group, one.lead.agencies, one.lead.role) for one in plan.recommendations] == [
        ("Overview Report Recommendations", ("Safer Northvale Partnership",), None),
        (
            "Single Agency Recommendations – Westshire Police",
            ("Westshire Police",),
            "Head of Contact",
        ),
        ("Northvale ICB (IMR recommendations)", ("Northvale ICB",), "Named GP"),
    ]


def test_who_and_when_in_one_column_are_told_apart():
    plan = read(twins.sections_of_a_report())

    assert [str(one.target) for one in plan.recommendations] == [
        "June 2021",
        "July 2021",
        "September 2021",
    ]


def test_report_that_mentions_dates_is_no_completion():
    first = read(twins.sections_of_a_report()).recommendations[0]

    assert (first.completed, first.outcome) == (
        None,
        "In March 2021 training began. More is planned for June 2022.",
    )


def test_banners_in_the_first_cell_of_a_workbook():
    plan = read(twins.banners_in_the_first_cell(), "xlsx")

    assert [
        (one.lead.agencies, one.lead.people, one.lead.role) for one in plan.recommendations
    ] == [
        (("Westshire Police",), ("Insp Kay Dunn",), None),
        (("Westshire Police",), (), "Learning and Development Manager"),
        (("HARBOUR HOMES",), (), "Area Manager"),
    ]
    assert whys(plan)[9] == "is a note"


def test_codes_are_numbers_and_headings_over_tables_are_banners():
    plan = read(twins.coded_numbers())

    assert [(one.number, one.lead.agencies) for one in plan.recommendations] == [
        ("WP1", ("Westshire Police",)),
        ("WP2", ("Westshire Police",)),
        ("WP4", ("Westshire Police",)),
        ("NH1", ("Northvale Hospital",)),
    ]


def test_progress_may_open_with_a_status():
    plan = read(twins.coded_numbers())

    assert [one.status for one in plan.recommendations] == [
        "completed",
        "not stated",
        "not stated",
        "in progress",
    ]


def test_lead_and_date_merged_down_hold_for_each_row():
    plan = read(twins.merged_leads())

    assert [(one.number, one.lead.agencies, one.target.text) for one in plan.recommendations] == [
        ("1", ("Safer Northvale Partnership",), "March 2022"),
        ("2", ("Safer Northvale Partnership",), "March 2022"),
        ("3", ("Westshire Police",), "Winter 2022"),
    ]


def test_decisions_of_an_executive():
    plan = read(twins.executive_decisions(), "csv")

    assert [(one.decision, one.decision_condition) for one in plan.recommendations] == [
        ("accepted", None),
        ("partly accepted", "subject to the budget"),
        ("rejected", None),
        ("deferred", None),
    ]


def test_numbered_rows_without_text_are_further_actions():
    first = read(twins.blank_started_rows(), "xlsx").recommendations[0]

    assert [(one.number, one.text, one.status) for one in first.actions] == [
        (None, "Write a standard", "completed"),
        ("1.1", "Train managers", "on track"),
        ("1.2", "Audit supervision", "at risk"),
    ]


# --- What cannot be read ------------------------------------------------------------------------------


def test_file_without_a_plan_is_refused_with_what_to_do():
    content = twins.word("Minutes of the meeting", [["Present", "Apologies"], ["A", "B"]])

    with pytest.raises(NotAnActionPlan) as refusal:
        read(content)

    assert "no table with a heading" in refusal.value.message


def test_action_above_any_recommendation_is_rejected():
    content = twins.comma_separated(
        [["No", "Recommendation", "Action", "Lead"], ["", "", "Do it", "Westshire Police"]]
    )

    plan = read(content, "csv")

    assert [(one.at.row, one.message) for one in plan.rejected] == [
        (
            2,
            "There is no recommendation in or above this row (“Do it”). Write one in, or delete the row.",
        )
    ]


def test_mapping_says_which_column_is_which():
    content = twins.comma_separated(
        [["Was", "Wer", "Wann"], ["Share the learning", "Westshire Police", "May 2021"]]
    )

    plan = read(
        content, "csv", mapping={"recommendation": "Was", "lead_agency": "Wer", "target": "Wann"}
    )

    [one] = plan.recommendations
    assert (one.text, one.lead.agencies, str(one.target)) == (
        "Share the learning",
        ("Westshire Police",),
        "May 2021",
    )


def test_mapping_to_a_column_that_plans_do_not_have_is_refused():
    with pytest.raises(NotAnActionPlan) as refusal:
        read(twins.plain_csv(), "csv", mapping={"deadline": "Due date"})

    assert refusal.value.message.startswith("An action plan has no column “deadline”.")


def test_json_has_what_the_command_promises():
    said = read(twins.committee_response()).to_json()

    assert set(said) >= {
        "rows_read",
        "recommendations",
        "not_rows",
        "duplicates",
        "doubts",
        "rejected",
        "mapping",
    }
    first = said["recommendations"][0]
    assert first["at"] == {"part_kind": "table", "part": 1, "row": 3}
    assert first["updates"][1] == {
        "label": "November 2021:",
        "text": "Funding was found for the 1st June 2022 two further posts.",
        "date": {
            "text": "November 2021",
            "earliest": "2021-11-01",
            "latest": "2021-11-30",
            "precision": "month",
            "circa": False,
            "base": None,
        },
    }
    assert set(first) >= {
        "id",
        "at",
        "number",
        "parent",
        "text",
        "group",
        "scope",
        "lead_agencies",
        "lead_role",
        "lead_people",
        "actions",
        "milestones",
        "target",
        "targets",
        "status",
        "status_as_written",
        "outcome",
        "decision",
        "decision_as_written",
        "updates",
        "other",
    }


def test_recommendation_stands_above_its_heading():
    plan = read(twins.recommendation_above_its_heading())

    assert [(one.number, one.text) for one in plan.recommendations] == [
        ("1", "The partnership should agree how to share chronologies."),
        ("2", "Agencies should name a single point of contact."),
        ("3", "Schools should be told of incidents overnight."),
    ]
    first = plan.recommendations[0]
    assert (first.status, first.completed.text) == ("completed", "12.4.21")


def test_updates_under_short_dates():
    plan = read(twins.recommendation_above_its_heading())

    assert [
        [(update.label, update.text, str(update.date)) for update in one.updates]
        for one in plan.recommendations
    ] == [
        [("Update Jan 21", "In draft", "January 2021")],
        [("Update May 21", "Half have", "May 2021")],
        [("Jan 21:", "agreed", "January 2021")],
    ]


def test_as_above_is_what_stands_above():
    plan = read(twins.small_habits())

    second = plan.recommendations[1]
    assert second.lead.people == ("Insp Kay Dunn", "Jo Penn")
    assert second.targets[0].date.text == "May 2020"


def test_continued_at_the_top_of_a_page_is_the_same_recommendation():
    plan = read(twins.small_habits())

    assert [(one.number, len(one.actions)) for one in plan.recommendations] == [
        ("1", 1),
        ("2", 2),
        ("3", 1),
    ]


def test_share_done_is_a_status():
    plan = read(twins.small_habits())

    assert [one.status for one in plan.recommendations] == [
        "completed",
        "in progress",
        "not started",
    ]
    assert plan.recommendations[1].completed.text == "12/05/2020"


def test_banner_may_be_numbered_or_a_sentence():
    plan = read(twins.small_habits())

    assert [one.lead.agencies for one in plan.recommendations] == [
        ("Westshire Police",),
        ("Westshire Police",),
        ("Northvale Hospital",),
    ]
