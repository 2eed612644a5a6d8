"""The words of the demonstration: every person, agency and event in it is invented."""

PARTNERSHIPS = ["Safer Millbrook Partnership", "Safer Eastwold Partnership"]

# name, short name, kind, other names
AGENCIES = [
    ("Millbrook Constabulary", "Police", "police", ["Millbrook Police"]),
    ("Millbrook Homes", "Housing", "housing", ["Millbrook Housing Services"]),
    ("Northgate Hospitals NHS Trust", "Northgate", "health", ["Northgate General Hospital"]),
    ("Haven Domestic Abuse Service", "IDVA", "specialist", ["Haven IDVA Service"]),
    ("Elm Road Surgery", "GP", "primary_care", ["Elm Road Medical Centre"]),
    ("Millbrook Adult Social Care", "Adult care", "council", ["Adult Services"]),
    ("Millbrook Children’s Services", "Children", "council", ["Children’s Social Care"]),
    ("Eastwold Probation Trust", "", "probation", []),
    ("National Probation Service, Eastwold", "Probation", "probation", []),
    ("Turning Tide Recovery", "Tide", "voluntary", ["Tide Alcohol Service"]),
]
SUCCESSION = ("Eastwold Probation Trust", "National Probation Service, Eastwold")

# reference, partnership, label, stage, timeframe, subjects, agencies
REVIEWS = [
    (
        "DARDR-2026-01",
        PARTNERSHIPS[0],
        "dardr",
        "gathering",
        ("January 2021", "autumn 2025", "The relationship is thought to have begun in 2021."),
        [("FA 1", "victim"), ("MA 1", "perpetrator"), ("Child 1", "child")],
        ["Police", "Housing", "Northgate", "IDVA", "GP", "Children"],
    ),
    (
        "DHR-2024-02",
        PARTNERSHIPS[0],
        "dhr",
        "analysis",
        ("2015", "March 2024", "Agencies first recorded abuse in 2015."),
        [("FA 2", "victim"), ("MA 2", "perpetrator")],
        ["Police", "Housing", "IDVA", "GP", "Adult care", "Eastwold Probation Trust"],
    ),
    (
        "DHR-2022-01",
        PARTNERSHIPS[1],
        "dhr",
        "monitoring",
        ("2018", "summer 2022", "Set by the panel at its second meeting."),
        [("FA 3", "victim"), ("MA 3", "perpetrator")],
        ["Police", "Northgate", "IDVA", "GP", "Adult care", "Tide"],
    ),
]

POLICE_1 = [
    ["Date", "Time", "Person(s)", "Event", "Action taken", "Source"],
    [
        "14.02.2021",
        "22:15",
        "FA 1",
        "FA 1 telephoned to say that MA 1 was shouting and would not leave. She was crying and the line was cut.",
        "Officers attended within twenty minutes. DASH completed: standard risk.",
        "Call log",
    ],
    [
        "mid-September 2021",
        "",
        "FA 1",
        "A neighbour reported hearing a woman scream on several evenings.",
        "No reply at the address. No further action recorded.",
        "Call log",
    ],
    [
        "03.04.2022",
        "01:40",
        "FA 1, MA 1",
        "FA 1 had a swollen wrist. She said that she had fallen. MA 1 stayed in the room throughout.",
        "DASH: medium risk. Referral sent to Haven.",
        "Crime report",
    ],
    [
        "",
        "09:30",
        "FA 1",
        "A second officer telephoned FA 1, who said that she did not want to make a statement.",
        "Closed as no further action.",
        "Crime report",
    ],
    [
        "31 September 2023",
        "",
        "Child 1",
        "Child 1’s school asked for a welfare check after two days’ absence.",
        "Seen safe and well.",
        "Welfare log",
    ],
    [
        "early 2024",
        "",
        "MA 1",
        "MA 1 was stopped for drink driving. FA 1 was in the car.",
        "Charged. Not linked to earlier incidents.",
        "Custody record",
    ],
    [
        "18.08.2025",
        "23:05",
        "FA 1",
        "FA 1 rang to ask how to obtain a non-molestation order. She gave no details.",
        "Advised to see a solicitor. No DASH.",
        "Call log",
    ],
    [
        "21.08.2025",
        "16:10",
        "FA 1",
        "MARAC referral received from Haven by secure e-mail.",
        "Listed for the next meeting. Address not yet flagged.",
        "MARAC mailbox",
    ],
    [
        "September 2025",
        "",
        "FA 1, MA 1",
        "Discussed at MARAC. Police, Haven, housing and children’s services were present. The surgery was not asked.",
        "Housing to give priority to a transfer. Haven to review the safety plan. Police to flag the address.",
        "MARAC minutes",
    ],
    [
        "after 12.09.2025",
        "",
        "FA 1",
        "The address was flagged for an urgent response.",
        "No contact with FA 1 recorded.",
        "Command and control",
    ],
]
HOUSING_1 = [
    ["Property", "Date of contact", "Tenant", "Details", "Outcome"],
    [
        "Flat",
        "March 2021",
        "FA 1",
        "Request for a lock change. FA 1 said that keys had been lost.",
        "Lock changed on the same day.",
    ],
    [
        "Flat",
        "11/05/2021",
        "FA 1",
        "Damage to the internal door reported as accidental.",
        "Repaired and recharged.",
    ],
    [
        "Flat",
        "",
        "FA 1",
        "Officer noted that FA 1 seemed anxious and looked at MA 1 before answering.",
        "No referral made.",
    ],
    [
        "Flat",
        "summer 2023",
        "FA 1, Child 1",
        "Noise complaints from two neighbours, both mentioning a child crying.",
        "Standard letter sent.",
    ],
    [
        "Flat",
        "02/09/2025",
        "FA 1",
        "FA 1 asked to be moved and said that she was frightened. She asked that nobody telephone her at home.",
        "Transfer form posted to the address.",
    ],
    [
        "Flat",
        "October/November 2025",
        "FA 1",
        "The transfer was waiting for a manager’s decision when the agency heard of the death.",
        "",
    ],
]
IDVA_1 = [
    ["Date", "Client", "Summary", "Action / outcome"],
    [
        "By May 2022",
        "FA 1",
        "Three calls to the number given were not answered.",
        "Case closed as not engaging.",
    ],
    [
        "20 August 2025",
        "FA 1",
        "FA 1 self-referred. Described controlling behaviour since 2021, including having to send photographs to show where she was.",
        "DASH score 15: high risk. MARAC referral to be sent.",
    ],
    [
        "The following day",
        "FA 1",
        "MARAC referral sent by secure e-mail to the police.",
        "Listed for September.",
    ],
    [
        "Undated",
        "FA 1",
        "FA 1 told the worker that she kept a bag packed at her sister’s.",
        "Safety plan updated.",
    ],
]
GP_1 = [
    ["Date", "Entry", "Plan"],
    [
        "12.11.2021",
        "Consultation about low mood. Asked about home: “fine”. Partner in the waiting room.",
        "Review in four weeks.",
    ],
    [
        "April 2022",
        "Wrist injury, said to be a fall at home.",
        "X-ray at Northgate. No question about abuse recorded.",
    ],
    ["2023", "Did not attend three appointments.", "Letter sent."],
    [
        "late August 2025",
        "FA 1 disclosed to the nurse that she was afraid of her partner.",
        "Given a leaflet. No code added to the record.",
    ],
]
HOSPITAL_1 = [
    ["Date of attendance", "Time", "Patient", "Attendance", "Treatment and outcome"],
    [
        "03.04.2022",
        "03:20",
        "FA 1",
        "Attended with MA 1. Fractured wrist, history of a fall.",
        "Plaster. Not seen alone.",
    ],
    [
        "between June and August 2024",
        "",
        "FA 1",
        "Two attendances with abdominal pain, left before being seen.",
        "None.",
    ],
]

POLICE_2 = [
    ["Date", "Event", "Action taken"],
    [
        "2015",
        "First recorded incident. FA 2 asked for MA 2 to be removed.",
        "Removed. No further action.",
    ],
    ["07.06.2019", "Assault on FA 2 in the street. MA 2 arrested.", "Charged. Community order."],
    [
        "winter 2022",
        "FA 2 reported that MA 2 was waiting outside her work.",
        "Harassment warning given.",
    ],
    [
        "14.02.2024",
        "FA 2 reported a threat to kill. MA 2 not found at his address.",
        "High risk. MARAC referral sent to all partners.",
    ],
]
HOUSING_2 = [
    ["Date", "Event", "Outcome"],
    [
        "first quarter of 2018",
        "FA 2 and MA 2 were accepted as joint tenants. Nothing was asked about either of them alone.",
        "Tenancy began.",
    ],
    [
        "21 June 2019",
        "FA 2 asked to be rehoused after an assault.",
        "Medium priority. Offered a flat after seven months.",
    ],
    ["February 2024", "FA 2 called. The record holds nothing of what was said.", ""],
]
IDVA_2 = [
    ["Date", "Summary", "Outcome"],
    ["10 June 2019", "Referral received from the police.", "Supported for five months."],
    [
        "16.02.2024",
        "No referral received. FA 2 telephoned herself and was told that the waiting time was three weeks.",
        "Added to the list.",
    ],
]
PROBATION_2 = [
    ["Entry date", "Record", "Assessment / action"],
    [
        "July 2019",
        "Community order began. MA 2 attended the first session.",
        "OASys: medium risk of harm.",
    ],
    ["before October 2019", "Missed two appointments.", "Warning letter."],
    ["ongoing from 2020", "Supervision by telephone.", "Risk not reviewed."],
]
CONTEXT_2 = [
    ["Date", "Event"],
    ["1990s", "FA 2’s sister told the panel that FA 2 had cared for their mother."],
    ["about 2014", "FA 2 met MA 2, according to her sister."],
]

POLICE_3 = [
    ["Date", "Time", "Event", "Action taken"],
    [
        "9 July 2018",
        "18:30",
        "A passer-by reported that MA 3 was pulling FA 3 by the arm outside a shop.",
        "Both spoken to together. No offences disclosed.",
    ],
    [
        "spring 2020",
        "",
        "FA 3’s employer asked for advice about her absences.",
        "Signposted to Haven.",
    ],
    [
        "30.05.2022",
        "21:50",
        "FA 3 reported that MA 3 had taken her telephone. MA 3 had been drinking.",
        "DASH: medium risk. Telephone returned.",
    ],
]
HOSPITAL_3 = [
    ["Date of attendance", "Time", "Patient", "Attendance", "Treatment and outcome"],
    [
        "10.07.2018",
        "08:05",
        "FA 3",
        "Shoulder injury, “slipped on stairs”. MA 3 answered for her.",
        "Sling. Not seen alone.",
    ],
    [
        "late 2021",
        "",
        "MA 3",
        "Brought in after drinking. He spoke of being “finished” if FA 3 left.",
        "Discharged in the morning.",
    ],
]
IDVA_3 = [
    ["Date", "Summary", "Outcome"],
    [
        "June 2022",
        "Referral received. The waiting time was six weeks.",
        "FA 3 was telephoned once.",
    ],
]
TIDE_3 = [
    ["Date", "Client", "Contact", "Outcome"],
    ["January 2022", "MA 3", "First appointment. He came with FA 3.", "Plan agreed."],
    [
        "The following month",
        "MA 3",
        "He said that FA 3 “makes me do it”.",
        "Recorded. Not shared with another agency.",
    ],
]
GP_3 = [
    ["Date", "Patient", "Consultation", "Outcome"],
    ["14/11/2019", "FA 3", "Could not sleep. MA 3 came with her and spoke for her.", "Tablets."],
    [
        "March 2021",
        "FA 3",
        "Said that things were “bad at home”. Written down as stress.",
        "To come back in a month. She did not come.",
    ],
]
ADULT_CARE_3 = [
    ["Date", "Event", "Action"],
    [
        "September 2021",
        "MA 3 asked for help with looking after FA 3, whose shoulder had not healed.",
        "Carer’s assessment. Nobody asked FA 3 what care from him was like.",
    ],
]
CHRONOLOGIES_3 = {
    "Police": POLICE_3,
    "Northgate": HOSPITAL_3,
    "IDVA": IDVA_3,
    "GP": GP_3,
    "Adult care": ADULT_CARE_3,
    "Tide": TIDE_3,
}

PLAN = [
    [
        "Recommendation",
        "Scope of recommendation",
        "Action to take",
        "Lead Agency",
        "Key milestones achieved",
        "Target Date",
        "Date of completion and outcome",
    ],
    [
        "1. Every patient who attends with an injury is seen alone at least once.",
        "Local",
        "Change the triage form.\nTrain all triage staff.",
        "Northgate Hospitals NHS Trust",
        "Form drafted\nFirst cohort trained",
        "31.03.2025",
        "Form in use since January 2025",
    ],
    [
        "2. Domestic abuse is coded in the patient’s record whenever it is disclosed.",
        "Local",
        "Agree one code with the system supplier.",
        "Elm Road Surgery",
        "Supplier contacted",
        "June 2025",
        "",
    ],
    [
        "3. A referral to MARAC is acknowledged within two working days.",
        "Local",
        "Write a protocol.\nAudit it after six months.",
        "Millbrook Constabulary and Haven Domestic Abuse Service",
        "Protocol signed",
        "30.09.2025",
        "In progress",
    ],
    [
        "4. Nobody waits more than five working days for a first call from the specialist service.",
        "Local",
        "",
        "Haven Domestic Abuse Service",
        "",
        "December 2024",
        "Completed",
    ],
    [
        "5. Adult social care asks about abuse at every carer’s assessment.",
        "Local",
        "Add the question to the form.",
        "Millbrook Adult Social Care",
        "Form changed",
        "",
        "",
    ],
    [
        "6. Alcohol services and the specialist service hold a joint case discussion every month.",
        "Local",
        "Agree terms.\nHold the first meeting.",
        "Turning Tide Recovery",
        "Terms agreed",
        "by March 2027",
        "On track",
    ],
    [
        "7. The Department considers a national standard for routine enquiry in primary care.",
        "National",
        "Write to the Department.",
        "Home Office",
        "",
        "spring 2026",
        "",
    ],
    [
        "8. The lessons of this review are part of the partnership’s training.",
        "Local",
        "Write a learning briefing.",
        "Safer Eastwold Partnership",
        "",
        "within 3 months of publication",
        "Completed",
    ],
    [
        "9. Every patient who attends with an injury is seen alone at least one time.",
        "Local",
        "See recommendation 1.",
        "Northgate Hospitals NHS Trust",
        "",
        "March 2025",
        "",
    ],
]

# role, address, name, where: a review and an agency, a partnership, or nothing
PEOPLE = [
    ("coordinator", "coordinator@demo.example", "Carys Coordinator", PARTNERSHIPS),
    ("board_reader", "board@demo.example", "Bernard Board", [PARTNERSHIPS[1]]),
    (
        "chair",
        "chair@demo.example",
        "Ioana Chair",
        [("DARDR-2026-01", ""), ("DHR-2024-02", ""), ("DHR-2022-01", "")],
    ),
    (
        "panel_member",
        "panel@demo.example",
        "Parveen Panel",
        [("DARDR-2026-01", ""), ("DHR-2024-02", "")],
    ),
    ("home_office_reader", "homeoffice@demo.example", "Hugh Reader", [("DHR-2022-01", "")]),
    (
        "imr_author",
        "author@demo.example",
        "Ailsa Author",
        [("DARDR-2026-01", "Housing"), ("DHR-2024-02", "Housing")],
    ),
    (
        "sign_off_officer",
        "signoff@demo.example",
        "Simon Signoff",
        [("DARDR-2026-01", "Housing"), ("DHR-2024-02", "Housing")],
    ),
    ("action_lead", "lead@demo.example", "Leila Lead", [("DHR-2022-01", "IDVA")]),
    ("administrator", "admin@demo.example", "Ade Administrator", []),
]

# Invited to the first review, and not joined yet.
NOT_JOINED = [
    ("northgate.author@demo.example", "Nadia Northgate", "imr_author", "Northgate"),
    ("northgate.signoff@demo.example", "", "sign_off_officer", "Northgate"),
    ("surgery@demo.example", "Gwen Surgery", "imr_author", "GP"),
]
