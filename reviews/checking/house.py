"""The house's own checklists, used until a partnership has made its own.

Written for this product from what quality assurance letters and local checklists ask for. No source
sets these lists: each partnership checks them against the guidance in force and makes its own version.
"""

from datetime import date

from reviews.checking.models import Checked

SINCE = date(2011, 4, 13)
TITLE = "What is usually looked at"
SOURCE = (
    "Built into this service from what is usually asked of such papers, not an official text. To be "
    "checked against current guidance before use."
)

_TERMS = (
    "terms",
    "Is every term of reference addressed?",
    "Each term and key line of enquiry has an answer, or a sentence that says why it has none.",
)
_SOURCES = (
    "sources",
    "Does it say what it rests on?",
    "Which records were searched, who was spoken with, and which policies were in force.",
)
_EQUALITY = (
    "equality",
    "Is equality considered?",
    "Each protected characteristic that matters here, together with the others, and what stood in "
    "the way of help because of it.",
)
_PSEUDONYMS = (
    "pseudonyms",
    "Are pseudonyms used throughout?",
    "No real name of the people of the review, and staff by their role; also in headers and appendices.",
)

ITEMS = {
    Checked.IMR: (
        (
            "independence",
            "Is the author independent of the case?",
            "The author says who they are, and that they neither worked on the case nor managed anybody "
            "who did.",
        ),
        _TERMS,
        (
            "chronology",
            "Is the chronology complete?",
            "In date order, every contact of the timeframe, gaps explained, and in agreement with the "
            "chronology that the agency handed in.",
        ),
        _SOURCES,
        (
            "analysis",
            "Is it analysis, not description?",
            "Why things were done or not done, what was known at the time, each decision and its reasons, "
            "without hindsight.",
        ),
        (
            "standards",
            "Is practice measured against the standards of the time?",
            "Policies, procedures and training that were in force, and whether they were followed.",
        ),
        (
            "together",
            "Is working with other agencies looked at?",
            "What was shared with whom, what set it off, and opportunities that were missed.",
        ),
        (
            "person",
            "Is the person heard?",
            "What the victim said, wanted and lived with, and whether staff asked.",
        ),
        _EQUALITY,
        (
            "good-practice",
            "Is effective practice named too?",
            "What was done well, and what can be learnt from it.",
        ),
        (
            "lessons",
            "Do the lessons follow from the analysis?",
            "Each lesson rests on something that the analysis shows, and nothing that it shows is left out.",
        ),
        (
            "smart",
            "Are the recommendations SMART?",
            "Specific, measurable, achievable, relevant and with a date; each has somebody who answers "
            "for it and a sign by which to see that it worked.",
        ),
        _PSEUDONYMS,
        (
            "signed-off",
            "Has a senior manager signed it off?",
            "Somebody other than the author, with the authority to commit the agency.",
        ),
    ),
    Checked.REPORT: (
        _TERMS,
        (
            "contacts",
            "Are all contacts there?",
            "Every contact of the timeframe with its date as far as it is known, and what came of it.",
        ),
        _SOURCES,
        (
            "together",
            "Is working with other agencies looked at?",
            "Referrals made and received, and what became of them.",
        ),
        _EQUALITY,
        _PSEUDONYMS,
    ),
    Checked.CHRONOLOGY: (
        (
            "timeframe",
            "Does it cover the whole timeframe?",
            "From the first day to the last, and earlier where something of that time matters.",
        ),
        (
            "complete",
            "Is the chronology complete?",
            "Every contact, also failed ones; gaps are explained; what other agencies say they sent is there.",
        ),
        (
            "dates",
            "Are dates as the records have them?",
            "No day that nobody wrote down, and times where an order depends on them.",
        ),
        (
            "what-was-done",
            "Does each entry say what was done?",
            "Who was seen, what was decided, and what became of it.",
        ),
        (
            "facts",
            "Are facts kept apart from comments?",
            "What the record says, and beside it what the agency thinks of it today.",
        ),
        (
            "source",
            "Does each entry name its source?",
            "The system or file in which it is recorded.",
        ),
        _PSEUDONYMS,
    ),
}
