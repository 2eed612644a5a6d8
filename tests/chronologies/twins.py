"""Fictional chronologies in every layout that agencies have been seen to use.

Nobody and nothing in them is real. Files are built in code so that their quirks (merges, encodings, real
date cells) stand here in words; `table(...)` builds the same without a file where only the layout matters.
"""

import csv
from datetime import date, datetime, time
from io import BytesIO, StringIO

import docx
import openpyxl

from foundations.office.documents import Document, Part
from foundations.office.tables import Cell, Row

PERSONS = ("MA 1", "MA 2", "FA 1")


# ---- without a file


def cell(content):
    if isinstance(content, Cell):
        return content
    if isinstance(content, datetime):
        return Cell(content.strftime("%d/%m/%Y"), content, content.strftime("%d/%m/%Y"))
    if isinstance(content, date):
        moment = datetime(content.year, content.month, content.day)  # noqa: DTZ001 a spreadsheet has no zone
        return Cell(content.strftime("%d/%m/%Y"), moment, content.strftime("%d/%m/%Y"))
    if isinstance(content, time):
        return Cell(content.strftime("%H:%M"), content, content.strftime("%H:%M"))
    if isinstance(content, (int, float)):
        return Cell(f"{content:g}", float(content), f"{content:g}")
    return Cell.of(content) if content else Cell()


def part(rows, *, kind="table", name=1, above=(), heading="", first=1):
    """Rows given as lists of texts, dates and numbers; None leaves a blank row out, as a reader would."""
    built = [
        Row(number, [cell(content) for content in contents])
        for number, contents in enumerate(rows, first)
        if contents is not None
    ]
    return Part(kind, name, built, tuple(above), heading)


def document(*parts, kind="docx"):
    return Document(kind, list(parts))


def table(rows, **known):
    return document(part(rows, **known))


def across(number, text, width):
    """A row merged over the whole table."""
    first = Cell.of(text)
    return Row(number, [first, *(Cell(origin=(number, 0)) for _ in range(width - 1))])


def paragraphs(*lines, styles=None):
    rows = [
        Row(number, [Cell.of(text)._replace(style=(styles or {}).get(number, ""))])
        for number, text in enumerate(lines, 1)
        if text
    ]
    return Part("paragraphs", 1, rows)


# ---- files


def workbook(sheets):
    """{name: (rows, merged ranges)} as an .xlsx; dates become real date cells shown dd.mm.yyyy."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (rows, merged) in sheets.items():
        sheet = book.create_sheet(name)
        for r, contents in enumerate(rows, 1):
            for c, content in enumerate(contents or (), 1):
                if content in ("", None):
                    continue
                made = sheet.cell(r, c, content)
                if isinstance(content, date):
                    made.number_format = "dd.mm.yyyy"
        for cells in merged:
            sheet.merge_cells(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def records(rows, *, encoding="utf-8", delimiter=","):
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def word(*blocks):
    """Paragraphs (str) and tables: (rows, merges), a merge being ((row, column), (row, column)) from 0."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        rows, merges = block
        grid = made.add_table(rows=len(rows), cols=max(map(len, rows)))
        for r, contents in enumerate(rows):
            for c, content in enumerate(contents):
                grid.cell(r, c).text = content or ""
        for start, end in merges:
            grid.cell(*start).merge(grid.cell(*end))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def constabulary():
    """Title rows, one of them blank; real dates among text dates; merged dates; a sheet of totals."""
    chronology = [
        ["NORTHMOOR CONSTABULARY"],
        ["Northmoor Safety Partnership Domestic Homicide Review"],
        ["Chronology – MA 1, MA 2 and FA 1"],
        None,
        ["No.", "Date", "Time", "Source of information", "Person(s)", "Event / contact",
         "Action taken / outcome", "Risk level", "Comment"],
        [1, date(2015, 3, 2), "", "MA 1", "MA 1, MA 2", "MA 1 rang to say MA 2 had broken a window.",
         "Officers spoke to both.", "", "No form was filled in."],
        [2, date(2015, 3, 9), "", "neighbour", "MA 1", "Shouting was heard from the flat.", "", "medium", ""],
        [3, date(2015, 6, 1), "", "FA 1", "FA 1", "FA 1 asked for advice about her son MA 1.", "Advice given.",
         "", ""],
        [4, None, "later", "", "FA 1, MA 2", "A second call was made from the same number.", "", "", ""],
        [5, "autumn 2016", "", "ambulance", "MA 2", "Officers were asked to attend.", "", "", ""],
        [6, "On one occasion", "", "", "MA 1, FA 1", "MA 1 was driven to his mother’s house.", "", "", ""],
    ]  # fmt: skip
    totals = [
        ["41 incidents in all"],
        ["12 incidents with alcohol noted"],
        ["3 arrests: one of MA 1"],
    ]
    return workbook(
        {
            "Chronology": (chronology, ["A1:I1", "A2:I2", "A3:I3", "B8:B9"]),
            "Summary": (totals, []),
        }
    )


def social_care():
    """Three sheets; that of MA 2 has its newest row first, one title row more and one column fewer."""
    title = ["Northmoor Adult Care chronology"]
    columns = [
        "Service user",
        "Date of contact",
        "Contact from",
        "Details of contact",
        "Decision / outcome",
    ]
    return workbook(
        {
            "MA 1": (
                [
                    title,
                    columns,
                    [
                        "MA 1",
                        "08.03.2016",
                        "Ambulance",
                        "A referral came from the crew.",
                        "Closed.",
                    ],
                ],
                ["A1:E1"],
            ),
            "MA 2": (
                [
                    title,
                    ["MA 2 – most recent contact first"],
                    columns[1:],
                    [
                        "14.05.2017",
                        "Housing",
                        "Noise was reported; MA 1 was heard shouting.",
                        "Passed on.",
                    ],
                    ["09.05.2017", "", "A general assessment found a risk of fire.", ""],
                    [
                        "21.07.201",
                        "",
                        "An assessment found that MA 1 was his carer.",
                        "Support given.",
                    ],
                    ["April 2013", "Day centre", "Two bruises were seen.", ""],
                    ["12.12.2012", "", "The assessment was finished.", "No further steps."],
                    ["September 2012", "MA 1", "An assessment was asked for.", ""],
                ],
                ["A1:D1", "A2:D2"],
            ),
            "FA 1": (
                [
                    title,
                    columns,
                    [
                        "FA 1",
                        "18.07.2017",
                        "Police",
                        "Worries about MA 1 and money.",
                        "Meeting held.",
                    ],
                ],
                ["A1:E1"],
            ),
        }
    )


def two_services():
    """Two sheets of different columns; the second has no title and its date, merged, in the third column."""
    return workbook(
        {
            "Alcohol Service": (
                [
                    ["Northmoor Care – Alcohol Service"],
                    None,
                    ["Contact date", "Client", "Entry", "Outcome"],
                    [
                        "December 2011",
                        "MA 2",
                        "MA 2 said he was living with his partner.",
                        "Referred by GP.",
                    ],
                    ["01.07.13", "MA 2", "The council referred MA 2.", ""],
                ],
                ["A1:D1"],
            ),
            "Community Team": (
                [
                    ["Patient", "Summary of contact", "Date of contact", "Action"],
                    [
                        "MA 1 / MA 2",
                        "MA 1 was seen three times for low mood.",
                        "Prior to April 2011",
                        "",
                    ],
                    [
                        "MA 2",
                        "A full needs assessment was asked for.",
                        "09.05.2015",
                        "Shared with the GP.",
                    ],
                    ["MA 2", "The worker rang the advocate.", "Thereafter", ""],
                    ["MA 1", "MA 1 came by ambulance after a quarrel with MA 2.", "27.07.2015", ""],
                    ["MA 1", "He was not sober and was not assessed.", None, ""],
                    ["MA 1", "He was sent to the alcohol service.", None, "Told to refer himself."],
                    ["MA 1 / MA 2", "The council was worried about both.", "31.05.2017", ""],
                ],
                ["C5:C7"],
            ),
        }
    )


def hospital():
    """Years as numbers; a relative date after a month; a question for a comment; a closing note."""
    rows = [
        ["Northmoor Hospitals NHS Trust"],
        [
            "Patient",
            "Date",
            "Attendance / admission",
            "Treatment and outcome",
            "Domestic abuse disclosed?",
        ],
        ["MA 2", 2005, "MA 2 was admitted on three occasions after drinking.", "", ""],
        ["MA 2", "02.02.2011", "MA 2 was admitted after a fall.", "Moved to rehabilitation.", ""],
        ["MA 2", 2012, "MA 2 was admitted twice.", "", "He did not speak of any abuse."],
        [
            "MA 1",
            "April 2015",
            "MA 1 was treated for a cut that MA 2 had made.",
            "Leaflet given.",
            "",
        ],
        [
            "MA 1",
            "the following day",
            "MA 1 came back with a broken finger.",
            "",
            "He did not speak of any abuse.",
        ],
        ["During the period under review MA 1 missed three appointments and MA 2 missed nine."],
    ]
    return workbook({"Attendances": (rows, ["A1:E1", "A8:E8"])})


def surgery():
    """Two title rows, the second naming the patient; no person column."""
    rows = [
        ["Fellside Surgery"],
        ["Patient: MA 1"],
        ["Date", "Type", "Summary", "Plan"],
        ["September 2003", "", "He joined the practice.", ""],
        ["27.07.2015", "Letter, Northmoor Hospitals", "The hospital wrote about low mood.", ""],
        [
            "28.07.2015",
            "Consultation",
            "He came the next day; the letter had not arrived.",
            "To be seen again.",
        ],
    ]
    return workbook({"MA 1": (rows, ["A1:D1", "A2:D2"])})


def brain_injury_charity():
    """Date in the second column; bands of years; a blank date; a range; a relative date."""
    width = ["", "", "", "", ""]
    rows = [
        ["Event / contact", "Date", "Seen / spoken to", "Outcome", "Remarks"],
        ["2011", *width[1:]],
        [
            "The charity worked with MA 1 and MA 2.",
            "30.07.2011 until 11.04.2016",
            "MA 1 and MA 2",
            "",
            "",
        ],
        ["2013", *width[1:]],
        [
            "MA 1 and MA 2 came together and quarrelled.",
            "01.04.2013",
            "MA 1 and MA 2",
            "They left.",
            "",
        ],
        [
            "The worker found MA 2 hard to talk to; MA 1 spoke for him.",
            "",
            "MA 2",
            "",
            "No note of it.",
        ],
        ["A call came from the police.", "16.4.2013", "MA 2", "", ""],
        ["2015", *width[1:]],
        ["A call came from the council about MA 2.", "29.04.2015", "MA 1, MA 2", "", ""],
        ["The council said that MA 1 had thrown a cup.", "The following month", "MA 2", "", ""],
        ["The case was closed.", "25.07.2015", "MA 2’s mother and step-father", "", ""],
    ]
    merges = [((r, 0), (r, 4)) for r in (1, 3, 7)]
    return word("Northmoor Heads", "Chronology of contacts for the review", (rows, merges))


def helpline():
    """The title is merged inside the table, above the headings."""
    rows = [
        ["Northmoor Helpline – client record for MA 2", "", "", "", ""],
        ["Date", "Referred by", "Contact with client", "Advice given / action", "Remarks"],
        ["26.05.2015", "Community Team", "The first referral said that MA 1 had thrown a cup at him.", "Advised.", ""],
        ["07.06.2015", "", "The helpline rang MA 2 and filled in a form about MA 1.", "", "No more was done."],
        ["19.09.2015", "", "A message was left saying the case would be closed.", "He never rang.", ""],
    ]  # fmt: skip
    return word((rows, [((0, 0), (0, 4))]))


def advocates():
    """Dates merged down; times in words; undated entries; the client named only in the title."""
    rows = [
        ["Date", "Time", "Worker", "Contact with", "Summary", "Action / outcome"],
        ["08.06.2015", "", "Advocate 1", "Helpline", "The helpline sent a form about MA 1 and MA 2.", "Asked for more."],
        ["30.06.2015", "", "Advocate 2", "Nurse", "She rang the nurse about MA 2.", "A visit was agreed."],
        ["", "Later that day", "Advocate 2", "Warden", "The warden had found the door open.", "Not safe to visit."],
        ["07.07.2015", "", "Advocate 2", "Housing", "Housing said MA 1 was staying with MA 2.", ""],
        ["", "", "Advocate 2", "Housing", "She told them of the meeting that day.", ""],
        ["No date", "", "Advocate 4", "", "The case was looked at again.", ""],
        ["No date", "", "", "Police", "Work stopped after the police were asked.", ""],
    ]  # fmt: skip
    merges = [((2, 0), (3, 0)), ((4, 0), (5, 0))]
    return word(
        "Northmoor Advocates",
        "Case notes – MA 2 (referral accepted from the helpline)",
        (rows, merges),
    )


def early_events():
    """The plainest table there is."""
    rows = [
        ["Date", "Event"],
        ["Late   1989", "MA 1 hurt MA 2 with a bottle"],
        ["17.01.1990", "MA 1 sentenced for it"],
        ["05.02.2003", "MA 1 left his job & saw his GP"],
    ]
    return word("Events before 2011", (rows, []))


def housing():
    """Windows-1252; three title records; the property first; a blank date."""
    rows = [
        ["Northmoor Housing [NH]", "", "", "", "", "", ""],
        ["Chronology for Domestic Homicide Review – tenancies at Address 1 and Address 2", "", "", "", "", "", ""],
        ["", "", "", "", "", "", ""],
        ["Property", "Date", "Tenant", "Reported by / record", "Incident or contact", "Action", "Note"],
        ["Address 1", "spring of 2011", "MA 1, MA 2", "", "They moved to Address 1.", "", "For the over 60’s."],
        ["Address 1", "August, November and December 2012", "MA 1, MA 2", "", "Complaints of shouting.", "Letters.", ""],
        ["Address 2", "A few months later", "MA 2", "neighbour", "MA 2 knocked on doors.", "", ""],
        ["Address 2", "August 2014", "MA 2", "", "More shouting.", "", ""],
        ["Address 2", "", "MA 2", "", "MA 2 wished to move nearer to his mother.", "", ""],
        ["Address 2", "mid-September 2015", "MA 2", "", "The fire service fitted alarms.", "", ""],
        ["Address 2", "By July 2016", "MA 1, MA 2", "", "Both were warned.", "", ""],
    ]  # fmt: skip
    return records(rows, encoding="cp1252")


def supported_housing():
    """UTF-8 with a mark; no title; a blank date; cells with several lines."""
    rows = [
        ["Ref", "Client", "Date", "Source", "Support record", "Referral / outcome", "Internal risk assessment"],
        ["1", "MA 2", "2012", "", "MA 2 left the home he shared with MA 1.", "", ""],
        ["2", "MA 2", "July 2013", "Night line", "He was low and had been drinking.",
         "Referred to the crisis team.\nReferred to the alcohol service.", ""],
        ["3", "MA 2", "", "", "A worker reported worries about money.", "", ""],
        ["4", "MA 1, MA 2", "January 2014", "", "A risk form was filled in.", "", "High"],
        ["5", "FA 1", "Undated", "Case notes", "“He has never hit her [FA 1].”", "", ""],
    ]  # fmt: skip
    return records(rows, encoding="utf-8-sig")


def probation():
    """One title record, which names the only person."""
    rows = [
        ["Northmoor Probation – MA 1", "", "", ""],
        ["Entry date", "Type of contact", "Record", "Assessment / action"],
        ["03.11.2014", "Sentence", "He was given an order for hurting MA 2.", "Medium risk."],
        ["18.07.2015", "Telephone", "Took a call from an advocate.", ""],
        ["August 2015", "Home visit", "The officer saw his mother.", ""],
    ]
    return records(rows, encoding="utf-8-sig")


def ambulance():
    """Title and closing records; call times; undated rows."""
    rows = [
        ["Northmoor Ambulance NHS Trust", "", "", "", "", ""],
        ["Incident date", "Call time", "Caller", "Patient", "Incident", "Conveyed / referral"],
        ["07.03.2016", "", "", "MA 1", "Attended at home.", "Referral to adult care."],
        ["Not dated", "", "", "MA 2", "MA 2 was referred.", ""],
        ["autumn 2016", "22:40", "MA 2", "MA 1, MA 2", "MA 1 was found on the floor.", "Taken to hospital."],
        ["Of the 9 incidents that crews attended, MA 1 or MA 2 was taken to hospital on 7.", "", "", "", "", ""],
    ]  # fmt: skip
    return records(rows)


def medical_centre():
    """Windows-1252; two columns; two title records and a closing one."""
    rows = [
        ["St Osyth’s Medical Centre", ""],
        ["Patient: MA 2", ""],
        ["Date", "Entry"],
        ["01.05.2013", "MA 2 joined the practice on 01.05.2013."],
        ["July 2013", "Home visit."],
        ["Not dated", "Old bruising was seen on two occasions."],
        ["St Osyth’s Medical Centre sent MA 2 eighteen letters; he answered two.", ""],
    ]
    return records(rows, encoding="cp1252")
