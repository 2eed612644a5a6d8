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

_UNNUMBERED = {"is_numbered": False}

LEARNING_BRIEFING = (
    ("why", "Why we are telling you this", "One paragraph: what happened, without anything by which somebody can be recognised.", "Two sentences that a practitioner reads to the end.", _UNNUMBERED),
    ("learnt", "What we learnt", "The lessons, each in a sentence.", "What a practitioner could have seen.", {**_UNNUMBERED, "block": "lessons"}),
    ("good", "What was done well", "Good practice that the panel found.", "That it is named as well.", _UNNUMBERED),
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
