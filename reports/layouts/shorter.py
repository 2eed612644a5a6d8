"""What is taken from the overview report: shorter, and each for somebody else."""

EXECUTIVE_SUMMARY = (
    ("process", "The review process", "Why there is a review, when it began and ended, and how it went about it.", "That it can be read without the overview report."),
    ("contributors", "Contributors to the review", "Which agencies gave what.", "The same as in the overview report.", {"block": "contributors"}),
    ("panel", "The review panel members", "The table of the members stands here by itself.", "Name, post and agency of every member.", {"block": "panel"}),
    ("author", "Author of the overview report", "Who wrote it, and that they are independent.", "The same words as in the overview report."),
    ("terms", "Terms of reference for the review", "The newest issued version stands here by itself.", "No real name and no date of birth.", {"block": "terms"}),
    ("chronology", "Summary chronology", "What happened, in a page.", "Dates as coarse as the rules ask."),
    ("issues", "Key issues arising from the review", "What the analysis comes to, issue by issue.", "That each of them is found in the analysis of the overview report."),
    ("conclusions", "Conclusions", "What the panel concludes.", "Nothing that the overview report does not say."),
    ("lessons", "Lessons to be learnt", "The lessons that the panel agreed stand here by themselves.", "The same as in the overview report.", {"block": "lessons"}),
    ("recommendations", "Recommendations from the review", "They stand here as the action plan has them.", "The same number, in the same words.", {"block": "recommendations"}),
)  # fmt: skip

_WITHIN = {"level": 2}

# As summaries of those years have it: the findings and the lessons in one chapter.
SUMMARY_2013 = (
    ("introduction", "Introduction", "Whose death this is about, as coarsely as the publication rules say, and who wrote the report.", "Nothing by which anybody can be recognised."),
    ("purpose", "Purpose of a domestic homicide review", "That a review asks what is to be learnt, and not who is to blame.", "The purposes as the guidance of the time has them.", _WITHIN),
    ("process", "The review process", "When the review began and ended, and how it went about it: which agencies gave what, and what else the panel considered.", "That it can be read without the overview report.", _WITHIN),
    ("panel", "The review panel", "The table of the members stands here by itself.", "Name, post and agency of every member.", {**_WITHIN, "block": "panel"}),
    ("contributors", "Agencies that submitted information", "Which agencies gave what.", "The same as in the overview report.", {**_WITHIN, "block": "contributors"}),
    ("terms", "Terms of reference of the review", "The newest issued version stands here by itself, with its lines of enquiry.", "No real name and no date of birth.", {**_WITHIN, "block": "terms"}),
    ("events", "Summary of events", "How the people came to be known to services.", "That somebody meets the person before meeting the case."),
    ("victim", "The victim", "Who the person was.", "A person, in a few sentences, without judgement.", _WITHIN),
    ("perpetrator", "The perpetrator", "Who the other person was, and what became of them in court.", "Facts without judgement.", _WITHIN),
    ("timeline", "Timeline", "What happened, in order, in a page.", "Dates as coarse as the rules ask.", _WITHIN),
    ("findings", "Key findings", "What the panel concludes, and whether the death could have been foreseen or prevented on what was known then. The lessons that the panel agreed stand here by themselves.", "Nothing that the overview report does not say.", {"block": "lessons"}),
    ("recommendations", "Recommendations", "They stand here as the action plan has them, under the body that each is for.", "The same number, in the same words.", {"block": "recommendations"}),
)  # fmt: skip

_UNNUMBERED = {"is_numbered": False}

LEARNING_BRIEFING = (
    ("why", "Why we are telling you this", "One paragraph: what happened, without anything by which somebody can be recognised.", "Two sentences that a practitioner reads to the end.", _UNNUMBERED),
    ("learnt", "What we learnt", "The lessons, each in a sentence.", "What a practitioner could have seen.", {**_UNNUMBERED, "block": "lessons"}),
    ("good", "What was done well", "Good practice that the panel found.", "That it is named as well.", _UNNUMBERED),
    ("do", "What to do now", "What a practitioner is to do from tomorrow on, and where the procedures stand.", "Something that can be done.", _UNNUMBERED),
    ("questions", "Questions for your team meeting", "Three to five questions that make a team look at its own practice.", "Open questions.", _UNNUMBERED),
    ("help", "Where to find help", "Local and national services, for practitioners and for themselves.", "Numbers that work at night, too.", _UNNUMBERED),
)  # fmt: skip

# As learning sheets are published: the case and how it was looked at, then what is learnt and recommended.
LEARNING_SHEET = (
    ("why", "Why we are telling you this", "What this sheet is for, and who agreed it and when. Ask the reader to think of their own practice.", "Two sentences that a practitioner reads to the end.", _UNNUMBERED),
    ("case", "Summary of case", "One paragraph: what happened, and who was known to how many services, without anything by which somebody can be recognised.", "That nobody can be recognised.", _UNNUMBERED),
    ("process", "Summary of process", "Who carried out the review, then its key findings as a list, with what was done well.", "Findings that the overview report bears out, and good practice among them.", _UNNUMBERED),
    ("lessons", "Lessons to be learnt", "The lessons that the panel agreed stand here by themselves.", "What a practitioner could have seen.", {**_UNNUMBERED, "block": "lessons"}),
    ("recommendations", "Recommendations", "They stand here as the action plan has them.", "The same number, in the same words.", {**_UNNUMBERED, "block": "recommendations"}),
    ("do", "What to do now", "What a practitioner is to do from tomorrow on, and where the procedures stand.", "Something that can be done.", _UNNUMBERED),
    ("questions", "Questions for your team meeting", "Three to five questions that make a team look at its own practice.", "Open questions.", _UNNUMBERED),
    ("help", "Where to find help", "Local and national services, for practitioners and for themselves.", "Numbers that work at night, too.", _UNNUMBERED),
)  # fmt: skip

FAMILY_COPY = (
    ("what", "What this is", "What the report is, that it is a draft, and why they are given it now.", "Plain and kind words.", _UNNUMBERED),
    ("who", "Who is meant by which name", "Which pseudonym stands for whom, and that they may choose another.", "That they were asked.", {**_UNNUMBERED, "block": "pseudonyms"}),
    ("say", "What you can tell us", "How to say what is wrong or missing, by when, and who helps with it: the advocate, by telephone, face to face.", "Enough time, and more than one way.", _UNNUMBERED),
    ("next", "What happens next", "The Home Office, the publication and its day, and who will ring before.", "No surprise on the day.", _UNNUMBERED),
)  # fmt: skip
