"""Fictional action plans in every layout the reader must cope with, built in code.

Each is our own text in a layout that published plans use: a clone without the published documents
tests the same quirks. Westshire, Northvale and everybody who works there do not exist.
"""

import csv
import io
from datetime import date

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

LEFT = object()  # merged with the cell to the left
UP = object()  # merged with the cell above


class Listed(str):
    """A paragraph in an automatic list."""

    style = "List Number"


class Bulleted(Listed):
    style = "List Bullet"


# --- Building files -----------------------------------------------------------------------------


def word(*blocks):
    """A Word file of paragraphs ("text" or (style, "text")) and tables (lists of rows)."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    for block in blocks:
        if isinstance(block, list):
            _table(document, block)
        elif isinstance(block, tuple):
            document.add_paragraph(block[1], style=block[0])
        else:
            document.add_paragraph(block)
    return _bytes(document)


def _table(document, rows):
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    grid = [list(row.cells) for row in table.rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is not LEFT and text is not UP:
                _fill(grid[r][c], text)
    for r, row in enumerate(rows):
        _merge_across(grid[r], row)
    _merge_down(grid, rows)


def _merge_across(cells, row):
    start = 0
    for c in range(1, len(row) + 1):
        if c == len(row) or row[c] is not LEFT:
            if c - start > 1:
                cells[start].merge(cells[c - 1])
            start = c


def _merge_down(grid, rows):
    for c in range(len(grid[0])):
        start = 0
        for r in range(1, len(rows) + 1):
            if r == len(rows) or c >= len(rows[r]) or rows[r][c] is not UP:
                if r - start > 1:
                    grid[start][c].merge(grid[r - 1][c])
                start = r


def _fill(cell, content):
    paragraphs = content if isinstance(content, (list, tuple)) else [content]
    for position, text in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        paragraph.add_run(str(text))
        if isinstance(text, Listed):
            paragraph.style = text.style


def _bytes(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook(**sheets):
    """An Excel file: {sheet name: rows}. Dates are real dates; UP merges downwards, LEFT across."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    month = book.add_format({"num_format": "mmm-yy"})
    plain = book.add_format({"text_wrap": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _write(sheet, rows, r, c, value, {"day": day, "month": month, "plain": plain})
    book.close()
    return stream.getvalue()


class Month(date):
    """A date cell that shows only its month and year."""


def _write(sheet, rows, r, c, value, formats):
    if value is LEFT or value is UP or value is None:
        return
    below = 0
    while (
        r + below + 1 < len(rows) and c < len(rows[r + below + 1]) and rows[r + below + 1][c] is UP
    ):
        below += 1
    beside = 0
    while c + beside + 1 < len(rows[r]) and rows[r][c + beside + 1] is LEFT:
        beside += 1
    shape = formats["plain"]
    if isinstance(value, date):
        shape = formats["month"] if isinstance(value, Month) else formats["day"]
    if below or beside:
        sheet.merge_range(r, c, r + below, c + beside, "", shape)
    if isinstance(value, date):
        sheet.write_datetime(r, c, value, shape)
    else:
        sheet.write(r, c, value, shape)


def comma_separated(rows, *, encoding="utf-8-sig"):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


# --- Twins of the published plans -----------------------------------------------------------------


def five_columns():
    """The 2013 form: prompts under the heading, banners across, statuses typed into date cells."""
    return word(
        "APPENDIX B",
        "Safer Westshire Partnership",
        [
            ["Recommendation", "Lead agency", "Action(s) to taken", "Key Milestone", "Target date"],
            [
                "What is the overall\nrecommendation?",
                "Who will see to it?",
                ["How exactly is this going to happen?", "Which steps are needed?"],
                "Which steps\nwill show it?",
                "When should it\nbe completed",
            ],
            ["THE WESTSHIRE NHS FOUNDATION TRUST", LEFT, LEFT, LEFT, LEFT],
            [
                "1:   TWFT to raise the profile of social assessments",
                "TWFT, Assistant Chief  Nurse",
                ["Audit of record keeping to be planned.", "Agree an audit tool."],
                ["Audit tool agreed", "Results told to ward managers."],
                ["September 2014", "Completed", ""],
            ],
            [
                ["2:   All staff to receive a leaflet.", "The leaflet to be given at induction."],
                "Adult Safeguarding",
                ["Leaflet on the website March 2014.", "Sessions from 1st May 2014"],
                "",
                ["April 2014", "", "April 2014", "", "July 2014", "Completed"],
            ],
            [
                "3:   Review attendance arrangements.",
                "Matron for A&E",
                "Assess risk.",
                "Records show it.",
                ["August 2014", "Completed"],
            ],
            ["HARBOUR HOMES & SUPPORT", LEFT, LEFT, LEFT, LEFT],
            [
                "4:   Officers and partners to identify risk.",
                "HH&S & IDAS",
                ["HH&S to audit training, and IDAS to train those without it", ""],
                [
                    "Improved recognition of risk.",
                    "",
                    "Quality Unit  (QU)  to review by  audit June 2014",
                ],
                "Supervisors by May 2014 and for the whole Service by August 2014",
            ],
            [
                "5:   Improve joint working.",
                "Harbour Homes",
                [
                    Bulleted("A representative to attend the forum."),
                    Bulleted("Each case to have a joint plan."),
                ],
                [
                    Bulleted("A protocol established. April 2014"),
                    "Review by Area Manager \n& QU by audit, July  2014",
                ],
                ["D ecember 2013", "Completed"],
            ],
            ["INDEPENDENT DOMESTIC ABUSE SERVICE", LEFT, LEFT, LEFT, LEFT],
            [
                "6:   Adopt a case recording system (1999 guidance).",
                "IDAS Service",
                [
                    "1. Discuss it with the team.",
                    "",
                    "2. Audit current case work",
                    "3. Audit regularly",
                ],
                ["1. Discussed in Team 1:1s", "2. Manager to audit"],
                ["1. Complete", "", "2. March 2014", "Completed", "", "3. March 2014", "Completed"],
            ],
            [
                "7:   Relaunch the campaign within 6 months",
                "IDAS Head of Service",
                [Listed("E-mail the presentation for 4 weeks."), Listed("Upload it.")],
                "",
                ["19thJune 2014", "Completed"],
            ],
            [
                "8:   Alert commissioners early.",
                "IDAS",
                "Refresh the policy",
                "Refreshed",
                "It will be completed in 4 weeks",
            ],
            [
                "9:   Officers and partners to identify risk.",
                "IDAS",
                "As above",
                "",
                "Action complete",
            ],
            ["The DHR Panel", LEFT, LEFT, LEFT, LEFT],
            [
                "The Panel recommends to the Safer Westshire Partnership that it:",
                LEFT,
                LEFT,
                LEFT,
                LEFT,
            ],
            [
                "10:    Satisfies itself that policies are explicit.",
                "Jolyon Marsh-Tate SWP Domestic Abuse Coordinator WMBC",
                "",
                "",
                ["", "31st March 2015", "Completed"],
            ],
        ],
    )


def seven_columns():
    """The later form, with scope and the date of completion in columns of their own."""
    return word(
        ("Heading 1", "Action Plan"),
        [
            [
                "Recommendation",
                "Scope of recommendation (i.e. local or regional)",
                "Action to take",
                "Lead Agency",
                "Key milestones achieved in enacting recommendation",
                "Target Date",
                "Date of completion and outcome",
            ],
            [
                "1. The partnership should publish a joint protocol.",
                "Local",
                ["Draft the protocol", "Consult partners"],
                "Safer Northvale Partnership",
                "Draft circulated May 2022",
                "31/07/2022",
                "Completed August 2022. Protocol in use by all partners.",
            ],
            [
                "2. Westshire Police should refresh officer training.",
                "Regional",
                "Refresh the course",
                "Westshire Police",
                "",
                "December 2022",
                "",
            ],
            [
                "3. The Home Office should revise the form.",
                "National",
                "Write to the Home Office",
                "Safer Northvale Partnership",
                "Letter sent",
                "TBC",
                "Ongoing",
            ],
        ],
    )


def committee_response():
    """A cabinet's answer: decisions, officers, dated updates, rows cut in two by the page."""
    return word(
        ("Heading 1", "Cabinet's Response to the Scrutiny Review"),
        "Please note: the refuge has a new name.",
        [
            [
                "Recommendation",
                LEFT,
                "Cabinet Decision",
                "Cabinet Response and Update (5th May 2021)",
                "Officer Responsible",
                "Action by (Date)",
            ],
            [
                "",
                LEFT,
                "(Accepted/ Rejected/ Deferred)",
                "(what is proposed, or why it is not)",
                "",
                "",
            ],
            [
                "Funding of the advocacy service should be",
                LEFT,
                "Accept",
                [
                    "We endorse this, but are unable to accept it at this time.",
                    "November 2021:",
                    "Funding was found for the 1st June",
                ],
                "Robin Vale",
                "Completed November 2021",
            ],
            ["", "Mainstreamed.", "", "2022 two further posts.", "", ""],
            [
                "A full audit of need is recommended.",
                LEFT,
                "Accept (subject to available funding)",
                ["It was agreed on (insert date).", "Health – 30%", "Police – 30%"],
                "Pat Okoro / Kim Lund- Bray",
                "August 2022 Completed.",
            ],
            ["", LEFT, "", "August 2022;", "", ""],
            ["", LEFT, "", "Please see attached story board.", "", ""],
            [
                "3",
                "Name a lead member.",
                "Accept",
                "November 2021: A lead member was named",
                "Robin Vale",
                "Completed - 19/12/21",
            ],
            [
                "Roles should be made plain between:\na) the Group and the Forum",
                LEFT,
                "Accept",
                "Talks between the Group and",
                "Kim Lund Bray",
                "Completed May 2022",
            ],
            ["", LEFT, "", "Forum are underway.", "", "-"],
            [
                "b) the Board and the Group",
                LEFT,
                "Reject",
                "Not needed",
                "Sgt lan Tarn",
                "Discharged",
            ],
            ["10", LEFT, "", "", "", ""],
            [
                "5 Members ask that the flowchart be offered to",
                LEFT,
                "Accept",
                "It is being drafted.",
                "Jan Tesco/Pat Okoro",
                "Completed June 2022",
            ],
            [
                "Dentists and pharmacists.",
                LEFT,
                "",
                ["It will be launched soon.", "August 2022:", "It will be presented in May."],
                "Robin Vale",
                "Completed August 2022",
            ],
        ],
    )


def nested_list():
    """Bodies as headings; recommendations, parts and parts of parts in one list that runs on."""
    document = Document()
    number = _three_level_list(document)
    document.add_paragraph("Northvale Community Safety Partnership")
    document.add_heading("RECOMMENDATIONS", 1)
    document.add_paragraph("Many of these have been acted on already.")
    document.add_heading("Safer Northvale Board", 2)
    _in_list(document, number, 0, "The Board develops procedures that include:")
    _in_list(document, number, 1, "Clear policies e.g. for referrals")
    _in_list(document, number, 2, "for adults")
    _in_list(document, number, 2, "for children")
    _in_list(document, number, 1, "A reminder to officers")
    _in_list(document, number, 0, "The Board raises national concerns.")
    document.add_heading("Northvale Care Commissioning Group and Local Housing Team", 2)
    _in_list(document, number, 0, "The CCG and Local Housing Team share what was learnt.")
    _in_list(document, number, 0, "That the CCG considers a new service.")
    document.add_heading(
        "ALL AGENCIES including Westshire Police, Northvale Hospital, And Harbour Homes", 2
    )
    _in_list(document, number, 0, "All agencies train their staff.")
    document.add_paragraph("Author: Alex Quill")
    document.add_paragraph("Date: 29th January 2021")
    return _bytes(document)


def _three_level_list(document):
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="%{level + 1}."/></w:lvl>'
        for level, form in enumerate(("decimal", "lowerLetter", "lowerRoman"))
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    return 90


def _in_list(document, number, level, text):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    num = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", number)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        num.append(element)
    properties.append(num)


# --- Other layouts that councils use ----------------------------------------------------------------


def tracker_workbook():
    """Title rows, recommendations merged down over their actions, real dates, RAG with a key."""
    return workbook(
        Tracker=[
            ["Northvale DHR 4: action tracker"],
            ["Last updated", date(2023, 5, 2)],
            [],
            [
                "No.",
                "Recommendation",
                "Action No",
                "Action required",
                "Responsible officer",
                "Timescale",
                "RAG",
                "Progress",
                "Evidence",
            ],
            [
                1,
                "Refresh the referral pathway",
                "1.1",
                "Map the pathway",
                "Head of Adult Social Care",
                date(2023, 3, 31),
                "Green",
                "Mapped and agreed",
                "Map v2",
            ],
            [
                UP,
                UP,
                "1.2",
                "Publish the pathway",
                "Communications Manager",
                Month(2023, 6, 1),
                "Amber",
                "With the designers",
                None,
            ],
            [
                2,
                "Train reception staff",
                "2.1",
                "Commission training",
                "Practice Manager",
                "End of June 2023",
                "Red",
                None,
                None,
            ],
            [
                3,
                "Audit case notes",
                "3.1",
                "- Choose a sample\n- Audit it\n- Report to the Board",
                "Quality Lead",
                "Quarterly",
                "Blue",
                "Done twice",
                "Board minutes",
            ],
            [],
            [
                "Key: Red = overdue, Amber = in progress, Green = completed, Blue = completed and evidenced"
            ],
        ]
    )


def plain_csv(encoding="utf-8-sig"):
    return comma_separated(
        [
            ["Domestic Homicide Review – Actions"],
            ["Ref", "Recommendation", "Owner", "Due date", "Status", "Latest update"],
            [
                "R1",
                "Share learning with all staff",
                "Westshire Police",
                "01/04/2022",
                "Complete",
                "Briefing held 12/03/2022",
            ],
            [
                "R2",
                "Review the policy",
                "Northvale Council",
                "30/09/2022",
                "In progress",
                "Draft with legal",
            ],
            ["R3", "Review the policy.", "Harbour Homes", "30/09/2022", "Not started", ""],
        ],
        encoding=encoding,
    )


def table_for_each_recommendation():
    """Every recommendation is a heading with a table of actions below it."""
    head = ["Action", "Lead", "By when", "Status"]
    return word(
        ("Heading 1", "Action plan"),
        ("Heading 2", "Recommendation 1: Westshire Police should review its risk assessments."),
        [
            head,
            ["Review the form", "Westshire Police", "May 2022", "Complete"],
            ["Train supervisors", "Westshire Police", "July 2022", "Ongoing"],
        ],
        ("Heading 2", "Recommendation 2: Partners should share information sooner."),
        [head, ["Agree a protocol", "Northvale Council", "June 2022", "Not started"]],
    )


def recommendations_across():
    """Recommendations stand in rows of their own, merged across, over the rows of their actions."""
    return word(
        [
            ["Action", "Lead agency", "Target date", "Update"],
            ["Recommendation 1 – The Trust should screen every patient.", LEFT, LEFT, LEFT],
            ["Add the question to the form", "Northvale Hospital", "March 2021", "Form changed"],
            ["Train triage nurses", "Northvale Hospital", "June 2021", "Half are trained"],
            ["Recommendation 2 – GPs should code domestic abuse.", LEFT, LEFT, LEFT],
            ["Circulate codes", "Northvale CCG", "April 2021", ""],
        ]
    )


def forms():
    """One small table for each recommendation, its headings down the side."""
    return word(
        [
            ["Recommendation 1", "Hold a learning event for practitioners."],
            ["Scope", "Local"],
            ["Action to take", ["Book a venue", "Invite partners"]],
            ["Lead agency", "Safer Northvale Partnership"],
            ["Target date", "September 2020"],
            ["Date of completion and outcome", "Held 14 October 2020"],
        ],
        [
            ["Recommendation 2", "Revise the housing transfer policy."],
            ["Scope", "Local"],
            ["Action to take", "Revise and adopt"],
            ["Lead agency", "Harbour Homes"],
            ["Target date", "By the end of 2020"],
            ["Date of completion and outcome", ""],
        ],
    )


def two_heading_rows():
    """Headings over headings: who is responsible by agency and officer, progress by quarter."""
    return word(
        [
            [
                "Ref",
                "Recommendation",
                "Action",
                "Responsibility",
                LEFT,
                "Deadline",
                "Progress",
                LEFT,
            ],
            [UP, UP, UP, "Agency", "Officer", UP, "June 2022", "September 2022"],
            [
                "1",
                "Introduce routine enquiry.",
                "Pilot it",
                "Northvale Hospital",
                "Dana Hart",
                "May 2022",
                "Pilot begun",
                "Pilot ended",
            ],
            [
                "2",
                "Improve recording.",
                "Audit",
                "Westshire Police",
                "DI Lee Moss",
                "July 2022",
                "",
                "Audit done",
            ],
        ]
    )


def themes_and_updates():
    return workbook(
        Action_Plan=[
            [
                "Theme",
                "Recommendation",
                "Lead agency",
                "Lead officer",
                "Target date",
                "Update March 2023",
                "Update June 2023",
                "Status",
            ],
            [
                "Training",
                "Train all GPs",
                "Northvale ICB",
                "Mo Reyes",
                date(2023, 4, 1),
                "Booked",
                "Held",
                "Completed",
            ],
            [
                UP,
                "Train all dentists",
                "Northvale ICB",
                "Mo Reyes",
                date(2023, 5, 1),
                "Booked",
                "",
                "Delayed",
            ],
            [
                "Processes",
                "Agree a flagging system",
                "Westshire Police; Northvale Council",
                "",
                "Summer 2023",
                "",
                "",
                "Not yet started",
            ],
        ]
    )


def sheet_for_each_agency():
    head = ["Recommendation", "Action", "Responsible", "Deadline", "Completed (Y/N)"]
    return workbook(
        Westshire_Police=[
            head,
            ["Use body-worn video", "Issue guidance", "Superintendent", date(2021, 1, 31), "Y"],
        ],
        Harbour_Homes=[
            head,
            [
                "Log anonymous reports",
                "Change the system",
                "Housing Manager",
                date(2021, 2, 28),
                "N",
            ],
            ["Visit within a day", "Amend the policy", "Area Manager", date(2021, 3, 31), "Y"],
        ],
        Guidance=[["How to fill this in"], ["One row for each recommendation"]],
    )


def table_cut_in_two():
    """The heading repeated at the top of a page; the last rows in a table without any heading."""
    head = ["No", "Recommendation", "Action", "Lead", "Date"]
    return word(
        "Version control",
        [["Version", "Date", "Author"], ["1", "May 2020", "A. Quill"]],
        [
            head,
            ["1", "Publish a leaflet.", "Write it", "Northvale Council", "May 2020"],
            head,
            ["2", "Publish a poster.", "Design it", "Northvale Council", "June 2020"],
        ],
        [
            ["3", "Publish a film.", "Shoot it", "Westshire Police", "July 2020"],
            ["4", "Publish a map.", "Draw it", "Harbour Homes", "August 2020"],
        ],
    )


def headings_that_ask():
    return word(
        [
            [
                "Learning point",
                "What do we need to do?",
                "Who will do it?",
                "By when?",
                "How will we know it worked?",
                "BRAG",
            ],
            [
                "Staff did not ask about abuse.",
                "Run monthly briefings",
                "Named Nurse, Northvale Hospital",
                "31 May 2022",
                "Audit of notes",
                "G",
            ],
            [
                "Records were not shared.",
                "Sign the agreement",
                "Northvale Council and Westshire Police",
                "30 June 2022",
                "Signed",
                "B",
            ],
        ]
    )


def actions_only():
    return comma_separated(
        [
            ["Action", "Owner", "Deadline", "Status"],
            ["Circulate the seven-minute briefing", "Northvale Council", "1 May 2022", "Complete"],
            ["Update the website", "Northvale Council", "1 June 2022", "On track"],
        ],
        encoding="cp1252",
    )


def typed_list():
    """Numbers and letters typed by hand, and bodies as plain lines."""
    return word(
        "Overview",
        "Recommendations",
        "Westshire Police",
        "1. The force should review its policy to include:",
        "a) out-of-hours contacts",
        "b) repeat victims, whose",
        "cases are reviewed monthly.",
        "2. The force should train call handlers.",
        "Northvale Hospital",
        "3. The Trust should audit its records.",
    )


def keyed_paragraphs():
    return word(
        ("Heading 1", "Recommendations"),
        "Recommendation 1: The partnership should commission a perpetrator programme.",
        "Lead agency: Safer Northvale Partnership",
        "Action: Write a specification",
        "Timescale: September 2023",
        "Recommendation 2: Schools should be told of incidents.",
        "Lead agency: Westshire Police",
        "Action: Extend the scheme to academies",
        "Timescale: By March 2024",
        ("Heading 1", "Glossary"),
        "DHR: Domestic Homicide Review",
    )


def unfilled_template():
    """Recommendations without punctuation and with most cells still empty: none may be lost."""
    return word(
        [
            [
                "Recommendation",
                "Scope",
                "Action to take",
                "Lead Agency",
                "Key milestones",
                "Target Date",
                "Date of completion and outcome",
            ],
            ["Review the did-not-attend policy", "", "", "", "", "", ""],
            ["Train reception staff", "", "", "Northvale Practice", "", "(insert date)", ""],
            [
                "Make the policy available to all temporary and agency workers",
                "",
                "",
                "",
                "",
                "",
                "",
            ],
        ]
    )


def continuation_rows():
    """Actions of one recommendation in blank-started rows, and a sentence cut by the page."""
    return word(
        [
            ["Rec", "Recommendation", "Action", "Lead", "Target", "Status"],
            [
                "1",
                "Strengthen oversight of high-risk cases.",
                "Appoint a chair who will",
                "Westshire Police",
                "May 2020",
                "Complete",
            ],
            ["", "", "report to the Board each quarter.", "", "", ""],
            ["", "", "Publish minutes.", "Northvale Council", "June 2020", "Ongoing"],
            [
                "2",
                "Strengthen oversight of high-risk cases",
                "Write guidance",
                "Westshire Police",
                "Completed 30.06.20 and ongoing",
                "",
            ],
        ]
    )


def repeated_recommendation_text():
    """A flat export: the recommendation is written again beside each of its actions."""
    return workbook(
        Export=[
            [
                "Recommendation number",
                "Recommendation",
                "Action",
                "Lead organisation",
                "Completion date",
                "Current status",
            ],
            [
                "1",
                "Improve information sharing",
                "Sign the agreement",
                "Northvale Council",
                date(2022, 1, 31),
                "Completed",
            ],
            [
                "1",
                "Improve information sharing",
                "Train staff",
                "Westshire Police",
                date(2022, 2, 28),
                "In progress",
            ],
            ["2", "Improve recording", "Audit", "Westshire Police", date(2022, 3, 31), "Overdue"],
            [
                "2",
                "Improve supervision",
                "Set a standard",
                "Westshire Police",
                date(2022, 4, 30),
                "Overdue",
            ],
        ]
    )


def sections_of_a_report():
    """Sections for the panel and for each agency; who and when in one column; long outcomes."""
    head = [
        "REC",
        "Recommendation",
        "Action to take",
        "By whom and by when",
        "Outcome / impact",
        "Status",
    ]
    return word(
        [
            head,
            ["Overview Report Recommendations", LEFT, LEFT, LEFT, LEFT, LEFT],
            [
                "1",
                "Adopt a single pathway.",
                "Agree and publish it",
                "Safer Northvale Partnership by June 2021",
                "In March 2021 training began. More is planned for June 2022.",
                "Complete",
            ],
            ["Single Agency Recommendations – Westshire Police", LEFT, LEFT, LEFT, LEFT, LEFT],
            [
                "2",
                "Check markers on addresses.",
                "Brief control room",
                "Head of Contact, July 2021",
                "",
                "Ongoing",
            ],
            ["Northvale ICB (IMR recommendations)", LEFT, LEFT, LEFT, LEFT, LEFT],
            [
                "3",
                "Code domestic abuse.",
                "Issue guidance",
                "Named GP\nSeptember 2021",
                "",
                "Partially complete",
            ],
        ]
    )


def banners_in_the_first_cell():
    """A workbook without merges: bodies, themes and totals stand alone in the first column."""
    return workbook(
        Plan=[
            [None, "Safer Northvale Partnership"],
            [None, "", "Action plan", "", "", ""],
            [None, "Recommendation", "Key actions", "Owner", "Completion date", "Complete?"],
            [None, "Westshire Police"],
            [
                None,
                "Check markers on addresses",
                "Brief the control room",
                "Insp Kay Dunn",
                date(2021, 7, 1),
                "Yes",
            ],
            [
                None,
                "Train call handlers",
                "Write a package",
                "Learning and Development Manager",
                date(2021, 9, 1),
                "No",
            ],
            [None, "HARBOUR HOMES"],
            [None, "Log all reports", "Change the form", "Area Manager", date(2021, 8, 1), "Yes"],
            [None, "Total: 3 actions"],
        ]
    )


def coded_numbers():
    return word(
        ("Heading 2", "Westshire Police"),
        [
            ["Recommendation", "Actions required", "Timescales", "Progress"],
            [
                "WP1: Review the risk policy.",
                "Review it",
                "Immediate",
                "Completed. New policy live.",
            ],
            ["WP2: Refresh training.", "Commission it", "Within 3 months", "Work is under way"],
            ["WP4: Audit outcomes.", "Audit", "Q2 2022/23", ""],
        ],
        ("Heading 2", "Northvale Hospital"),
        [
            ["Recommendation", "Actions required", "Timescales", "Progress"],
            ["NH1: Ask every patient.", "Change triage", "April 2022 – June 2022", "Started"],
        ],
    )


def merged_leads():
    """One lead and one date merged down over several recommendations, each numbered beside it."""
    return word(
        [
            ["", "Recommendation", "Lead agency", "Target date", "Action"],
            ["1", "Hold a learning event.", "Safer Northvale Partnership", "March 2022", "Book it"],
            ["2", "Publish a briefing.", UP, UP, "Write it"],
            ["3", "Tell the family.", "Westshire Police", "Winter 2022", "Visit"],
        ]
    )


def executive_decisions():
    return comma_separated(
        [
            ["Council response to the review", "", "", "", ""],
            [
                "No.",
                "Recommendation",
                "Response (accepted / partially accepted / rejected)",
                "Lead officer",
                "Implementation date",
            ],
            [
                "1",
                "Fund two advocates.",
                "Accepted",
                "Jo Penn, Head of Community Safety",
                "April 2021",
            ],
            [
                "2",
                "Fund a refuge.",
                "Partially accepted - subject to the budget",
                "Jo Penn",
                "2022/23",
            ],
            ["3", "Open a helpline.", "Not accepted", "", ""],
            ["4", "Write to the Home Office.", "Deferred until May", "Jo Penn", "TBC"],
        ]
    )


def blank_started_rows():
    """Actions numbered 1.1, 1.2 below a recommendation whose cell is only filled once."""
    return workbook(
        Actions=[
            ["Rec No", "Recommendation", "Action", "Lead", "Due", "RAG status"],
            [
                "1",
                "Strengthen supervision",
                "Write a standard",
                "Harbour Homes",
                date(2021, 5, 1),
                "Blue",
            ],
            ["1.1", "", "Train managers", "Harbour Homes", date(2021, 6, 1), "Green"],
            ["1.2", "", "Audit supervision", "Northvale Council", date(2021, 7, 1), "Amber"],
            ["2", "Improve referrals", "", "Westshire Police", date(2021, 8, 1), "Red"],
        ]
    )


def recommendation_above_its_heading():
    """In each table the recommendation stands in rows of its own, and only then the heading."""
    head = ["Key action", "Lead", "Timescale", "Date completed", "Update Jan 21", "Update May 21"]
    return word(
        ("Heading 1", "Appendix C: action plan"),
        [
            ["Recommendation 1", LEFT, LEFT, LEFT, LEFT, LEFT],
            [
                "The partnership should agree how to share chronologies.",
                LEFT,
                LEFT,
                LEFT,
                LEFT,
                LEFT,
            ],
            head,
            [
                "Draft an agreement",
                "Northvale Council",
                "31.3.21",
                [
                    "12.4.21",
                    "It is signed by all, and every partner has named somebody to keep it.",
                ],
                "In draft",
                "",
            ],
            [
                "Recommendation 2:",
                "Agencies should name a single point of contact.",
                LEFT,
                LEFT,
                LEFT,
                LEFT,
            ],
            head,
            ["Name contacts", "All agencies", "May 22", "", "", "Half have"],
        ],
        ("Heading 2", "Recommendation 3"),
        "Schools should be told of incidents overnight.",
        [
            head,
            [
                "Extend the scheme",
                "Westshire Police",
                "Action 1 – May 2021, Action 2 – June 2021",
                "",
                "",
                "Jan 21: agreed",
            ],
        ],
    )


def small_habits():
    """ "As above", "(continued)", e-mail addresses, shares done, sections with numbers and sentences."""
    return word(
        [
            [
                "No",
                "Recommendation",
                "Action",
                "Responsible officer",
                "Due date",
                "% complete / status",
            ],
            ["1. Westshire Police", LEFT, LEFT, LEFT, LEFT, LEFT],
            [
                "1",
                "Check markers.",
                "Brief staff",
                "Insp Kay Dunn k.dunn@example.org",
                "May 2020",
                "100%",
            ],
            [
                "2",
                "Train call handlers.",
                "Write a package",
                "As above",
                "Ditto",
                "Completed 12/05/2020",
            ],
            ["2", "(continued)", "Deliver it", "Jo Penn", "June 2020", "50%"],
            [
                "These recommendations were made by Northvale Hospital in its own review",
                LEFT,
                LEFT,
                LEFT,
                LEFT,
                LEFT,
            ],
            ["3", "Ask every patient.", "Change triage", "Named Nurse", "July 2020", "0%"],
        ]
    )
