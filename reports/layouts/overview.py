"""The overview report, in the two orders that published reports have."""

_UNNUMBERED = {"is_numbered": False}
_WITHIN = {"level": 2}

_TRIBUTE = (
    "tribute",
    "Tribute",
    "Condolences of the panel, and a few sentences about who the person was, in the family’s words where they wish it. Ask them first.",
    "That somebody met the person before meeting the case.",
    _UNNUMBERED,
)
_TERMS = (
    "terms",
    "Terms of reference",
    "From which day to which the panel looked, why from then, and each question. The newest issued version stands here by itself.",
    "First and last day, the reason for them, and questions that fit this case: suicide and coercive control are named where they may matter. No real name and no date of birth.",
    {"block": "terms"},
)
_FAMILY = (
    "family",
    "Involvement of family, friends, work colleagues, neighbours and the wider community",
    "Who was asked, how and when; which leaflets and which advocate they were offered; whether they saw the terms and the draft, and what changed because of them. Where nobody took part, say what was tried.",
    "That they were asked early and more than once, with support, and that their voice is heard in the report.",
)
_CONTRIBUTORS = (
    "contributors",
    "Contributors to the review",
    "Which agencies gave what: a management review, a report, or nothing to report. Say that their authors were independent of the case.",
    "Every agency of the case, and why one is missing. Independence of each author from the case and its line management.",
    {"block": "contributors"},
)
_PANEL = (
    "panel",
    "The review panel members",
    "How often and when the panel met. The table of its members stands here by itself.",
    "Name, post and agency of every member, and somebody who knows domestic abuse from a specialist service.",
    {"block": "panel"},
)
_AUTHOR = (
    "author",
    "Author of the overview report",
    "Who chaired and who wrote it, what they did before, and that they have no tie to the partnership’s agencies. Where they once had, when it ended.",
    "A plain statement of independence and of experience.",
)
_PARALLEL = (
    "parallel",
    "Parallel reviews",
    "Criminal proceedings, the inquest, reviews of adults or children, conduct investigations: where each of them stands.",
    "How this review kept out of their way, and what it took from them.",
)
_EQUALITY = (
    "equality",
    "Equality and diversity",
    "Each of the nine protected characteristics: age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or belief, sex, sexual orientation. What each meant in this case, alone and together, also where it meant nothing.",
    "Nine considered entries rather than a list, and that they come back in the analysis.",
)
_DISSEMINATION = (
    "dissemination",
    "Dissemination",
    "Who receives the report, before and after it is published.",
    "The family first; then the agencies, the police and crime commissioner and the Domestic Abuse Commissioner.",
)
_LESSONS = (
    "lessons",
    "Lessons to be learnt",
    "What each agency and all of them together are to learn. The lessons that the panel agreed stand here by themselves.",
    "Every lesson leads to a recommendation, or the report says why it does not.",
    {"block": "lessons"},
)
_RECOMMENDATIONS = (
    "recommendations",
    "Recommendations",
    "Those of the panel and of single agencies, in one place. They stand here as the action plan has them.",
    "Few, clear, and of one body each; none in the text above that is missing here.",
    {"block": "recommendations"},
)
_GLOSSARY = (
    "glossary",
    "Glossary",
    "The short forms that the report uses. Write each out where it first comes: the list is made from that.",
    "Nothing that a reader outside these services would have to look up.",
    {"block": "glossary", **_UNNUMBERED},
)

OVERVIEW_2016 = (
    _TRIBUTE,
    ("introduction", "Introduction", "What this review is about and what it is for: to learn, not to blame. When and where, as coarsely as the publication rules say.", "The purposes of a review, and a summary that lets nobody be recognised."),
    ("timescales", "Timescales", "When the review began and ended, and why it took longer where it did. The reasons for delay stand here by themselves, from the clock of the review.", "First and last day, and a reason for every month over six.", {"block": "delay"}),
    ("confidentiality", "Confidentiality", "That the findings were confidential until publication, and whom the pseudonyms stand for. Say who chose them.", "One pseudonym for each person throughout, with age and ethnicity as far as they may be published.", {"block": "pseudonyms"}),
    _TERMS,
    ("methodology", "Methodology", "How it was decided to hold a review, which agencies were asked, and what the panel read: chronologies, management reviews, reports, interviews, research.", "That the chronologies were put together and tested against each other."),
    _FAMILY,
    _CONTRIBUTORS,
    _PANEL,
    _AUTHOR,
    _PARALLEL,
    _EQUALITY,
    _DISSEMINATION,
    ("background", "Background information: the facts", "Who lived with whom, what happened, the cause of death, and what the courts said.", "Facts without judgement, and nothing that the publication rules keep back."),
    ("chronology", "Chronology", "What happened, in order, told rather than listed, each statement with its source.", "The person’s life beside the agencies’ contacts, and dates as coarse as the rules ask."),
    ("overview", "Overview", "What was known to each agency, to the family and to friends, and when.", "What each of them knew at the time, apart from what is known now."),
    ("analysis", "Analysis", "Each term of reference in turn: what was done, what could have been done, and why it was not. Good practice, too.", "Why, not only what. Every agency’s review is drawn on, and research where it helps. Words that blame the person who died are nowhere."),
    ("conclusions", "Conclusions", "What follows from the analysis, in a few paragraphs.", "Nothing that is new here."),
    _LESSONS,
    _RECOMMENDATIONS,
    _GLOSSARY,
)  # fmt: skip

OVERVIEW_2013 = (
    ("introduction", "Introduction", "What happened, to whom, and why there is a review, as coarsely as the publication rules say.", "The purposes of a review, and nothing by which anybody can be recognised."),
    ("establishing", "Establishing the review", "How the review came about and who carried it out.", "Every step from the notification on, with its day."),
    ("decision", "Decision-making", "Who decided that there is to be a review, when and why.", "That it was decided in time, or why not.", {**_WITHIN, "block": "delay"}),
    ("panel", "Review panel", "Who sat on the panel, and how often it met.", "Name, post and agency of every member.", {**_WITHIN, "block": "panel"}),
    ("contributors", "Agencies that gave management reviews", "Which agencies gave what.", "Every agency of the case, and why one is missing.", {**_WITHIN, "block": "contributors"}),
    ("family", "Involvement of family and friends", "Who was asked, how and when, and what came of it.", "That they were asked early, with support.", _WITHIN),
    ("terms", "Terms of reference", "The questions of the review, and from which day to which it looked.", "First and last day with the reason for them.", {**_WITHIN, "block": "terms"}),
    ("definitions", "Definitions", "What domestic abuse means here, and whom the pseudonyms stand for.", "The definition that was in force at the time.", {"block": "pseudonyms"}),
    ("background", "Background", "Who the people were, and how they lived.", "The person, before the case."),
    ("facts", "The facts by agency", "What each agency knew and did, in order, agency by agency.", "Each statement with its source."),
    ("analysis", "Analysis against the terms of reference", "Each term in turn: what was done, what could have been done, and why it was not.", "Why, not only what. Words that blame the person who died are nowhere."),
    _EQUALITY,
    ("lessons", "Lessons identified", "What each agency and all of them together are to learn.", "Every lesson leads to a recommendation, or the report says why it does not.", {"block": "lessons"}),
    ("conclusions", "Conclusions", "What follows from the analysis.", "Nothing that is new here."),
    ("preventability", "Predictability and preventability", "Whether the death could have been foreseen, and whether it could have been prevented, on what was known then.", "A judgement for which the analysis gives the reasons, without hindsight."),
    _RECOMMENDATIONS,
    _GLOSSARY,
)  # fmt: skip
