"""The house's layouts as the migrations that need them put them into a database.

Never changed: a migration does the same whenever it is run. A later version of a layout comes with a
migration of its own, which holds its own words.
"""

from datetime import date

SINCE = date(2011, 4, 13)
SOURCE = "Built into this service: the headings as published reports have them, the guidance in our own words. Not an official text. To be checked against current guidance before use."
_FIELDS = ("code", "heading", "guidance", "looks_for", "level", "is_numbered", "block")

# (layout, title, version, its sections)
LAYOUTS = (
    ("overview-2016", "Overview report, layout of 2016", 1, (
        ("tribute", "Tribute", "Condolences of the panel, and a few sentences about who the person was, in the family’s words where they wish it. Ask them first.", "That somebody met the person before meeting the case.", 1, False, ""),
        ("introduction", "Introduction", "What this review is about and what it is for: to learn, not to blame. When and where, as coarsely as the publication rules say.", "The purposes of a review, and a summary that lets nobody be recognised.", 1, True, ""),
        ("timescales", "Timescales", "When the review began and ended, and why it took longer where it did. The reasons for delay stand here by themselves, from the clock of the review.", "First and last day, and a reason for every month over six.", 1, True, "delay"),
        ("confidentiality", "Confidentiality", "That the findings were confidential until publication, and whom the pseudonyms stand for. Say who chose them.", "One pseudonym for each person throughout, with age and ethnicity as far as they may be published.", 1, True, "pseudonyms"),
        ("terms", "Terms of reference", "From which day to which the panel looked, why from then, and each question. The newest issued version stands here by itself.", "First and last day, the reason for them, and questions that fit this case: suicide and coercive control are named where they may matter. No real name and no date of birth.", 1, True, "terms"),
        ("methodology", "Methodology", "How it was decided to hold a review, which agencies were asked, and what the panel read: chronologies, management reviews, reports, interviews, research.", "That the chronologies were put together and tested against each other.", 1, True, ""),
        ("family", "Involvement of family, friends, work colleagues, neighbours and the wider community", "Who was asked, how and when; which leaflets and which advocate they were offered; whether they saw the terms and the draft, and what changed because of them. Where nobody took part, say what was tried.", "That they were asked early and more than once, with support, and that their voice is heard in the report.", 1, True, ""),
        ("contributors", "Contributors to the review", "Which agencies gave what: a management review, a report, or nothing to report. Say that their authors were independent of the case.", "Every agency of the case, and why one is missing. Independence of each author from the case and its line management.", 1, True, "contributors"),
        ("panel", "The review panel members", "How often and when the panel met. The table of its members stands here by itself.", "Name, post and agency of every member, and somebody who knows domestic abuse from a specialist service.", 1, True, "panel"),
        ("author", "Author of the overview report", "Who chaired and who wrote it, what they did before, and that they have no tie to the partnership’s agencies. Where they once had, when it ended.", "A plain statement of independence and of experience.", 1, True, ""),
        ("parallel", "Parallel reviews", "Criminal proceedings, the inquest, reviews of adults or children, conduct investigations: where each of them stands.", "How this review kept out of their way, and what it took from them.", 1, True, ""),
        ("equality", "Equality and diversity", "Each of the nine protected characteristics: age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or belief, sex, sexual orientation. What each meant in this case, alone and together, also where it meant nothing.", "Nine considered entries rather than a list, and that they come back in the analysis.", 1, True, ""),
        ("dissemination", "Dissemination", "Who receives the report, before and after it is published.", "The family first; then the agencies, the police and crime commissioner and the Domestic Abuse Commissioner.", 1, True, ""),
        ("background", "Background information: the facts", "Who lived with whom, what happened, the cause of death, and what the courts said.", "Facts without judgement, and nothing that the publication rules keep back.", 1, True, ""),
        ("chronology", "Chronology", "What happened, in order, told rather than listed, each statement with its source.", "The person’s life beside the agencies’ contacts, and dates as coarse as the rules ask.", 1, True, ""),
        ("overview", "Overview", "What was known to each agency, to the family and to friends, and when.", "What each of them knew at the time, apart from what is known now.", 1, True, ""),
        ("analysis", "Analysis", "Each term of reference in turn: what was done, what could have been done, and why it was not. Good practice, too.", "Why, not only what. Every agency’s review is drawn on, and research where it helps. Words that blame the person who died are nowhere.", 1, True, ""),
        ("conclusions", "Conclusions", "What follows from the analysis, in a few paragraphs.", "Nothing that is new here.", 1, True, ""),
        ("lessons", "Lessons to be learnt", "What each agency and all of them together are to learn. The lessons that the panel agreed stand here by themselves.", "Every lesson leads to a recommendation, or the report says why it does not.", 1, True, "lessons"),
        ("recommendations", "Recommendations", "Those of the panel and of single agencies, in one place. They stand here as the action plan has them.", "Few, clear, and of one body each; none in the text above that is missing here.", 1, True, "recommendations"),
        ("glossary", "Glossary", "The short forms that the report uses. Write each out where it first comes: the list is made from that.", "Nothing that a reader outside these services would have to look up.", 1, False, "glossary"),
    )),
    ("overview-2013", "Overview report, layout of 2013", 1, (
        ("introduction", "Introduction", "What happened, to whom, and why there is a review, as coarsely as the publication rules say.", "The purposes of a review, and nothing by which anybody can be recognised.", 1, True, ""),
        ("establishing", "Establishing the review", "How the review came about and who carried it out.", "Every step from the notification on, with its day.", 1, True, ""),
        ("decision", "Decision-making", "Who decided that there is to be a review, when and why.", "That it was decided in time, or why not.", 2, True, "delay"),
        ("panel", "Review panel", "Who sat on the panel, and how often it met.", "Name, post and agency of every member.", 2, True, "panel"),
        ("contributors", "Agencies that gave management reviews", "Which agencies gave what.", "Every agency of the case, and why one is missing.", 2, True, "contributors"),
        ("family", "Involvement of family and friends", "Who was asked, how and when, and what came of it.", "That they were asked early, with support.", 2, True, ""),
        ("terms", "Terms of reference", "The questions of the review, and from which day to which it looked.", "First and last day with the reason for them.", 2, True, "terms"),
        ("definitions", "Definitions", "What domestic abuse means here, and whom the pseudonyms stand for.", "The definition that was in force at the time.", 1, True, "pseudonyms"),
        ("background", "Background", "Who the people were, and how they lived.", "The person, before the case.", 1, True, ""),
        ("facts", "The facts by agency", "What each agency knew and did, in order, agency by agency.", "Each statement with its source.", 1, True, ""),
        ("analysis", "Analysis against the terms of reference", "Each term in turn: what was done, what could have been done, and why it was not.", "Why, not only what. Words that blame the person who died are nowhere.", 1, True, ""),
        ("equality", "Equality and diversity", "Each of the nine protected characteristics: age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or belief, sex, sexual orientation. What each meant in this case, alone and together, also where it meant nothing.", "Nine considered entries rather than a list, and that they come back in the analysis.", 1, True, ""),
        ("lessons", "Lessons identified", "What each agency and all of them together are to learn.", "Every lesson leads to a recommendation, or the report says why it does not.", 1, True, "lessons"),
        ("conclusions", "Conclusions", "What follows from the analysis.", "Nothing that is new here.", 1, True, ""),
        ("preventability", "Predictability and preventability", "Whether the death could have been foreseen, and whether it could have been prevented, on what was known then.", "A judgement for which the analysis gives the reasons, without hindsight.", 1, True, ""),
        ("recommendations", "Recommendations", "Those of the panel and of single agencies, in one place. They stand here as the action plan has them.", "Few, clear, and of one body each; none in the text above that is missing here.", 1, True, "recommendations"),
        ("glossary", "Glossary", "The short forms that the report uses. Write each out where it first comes: the list is made from that.", "Nothing that a reader outside these services would have to look up.", 1, False, "glossary"),
    )),
    ("executive-summary", "Executive summary", 1, (
        ("process", "The review process", "Why there is a review, when it began and ended, and how it went about it.", "That it can be read without the overview report.", 1, True, ""),
        ("contributors", "Contributors to the review", "Which agencies gave what.", "The same as in the overview report.", 1, True, "contributors"),
        ("panel", "The review panel members", "The table of the members stands here by itself.", "Name, post and agency of every member.", 1, True, "panel"),
        ("author", "Author of the overview report", "Who wrote it, and that they are independent.", "The same words as in the overview report.", 1, True, ""),
        ("terms", "Terms of reference for the review", "The newest issued version stands here by itself.", "No real name and no date of birth.", 1, True, "terms"),
        ("chronology", "Summary chronology", "What happened, in a page.", "Dates as coarse as the rules ask.", 1, True, ""),
        ("issues", "Key issues arising from the review", "What the analysis comes to, issue by issue.", "That each of them is found in the analysis of the overview report.", 1, True, ""),
        ("conclusions", "Conclusions", "What the panel concludes.", "Nothing that the overview report does not say.", 1, True, ""),
        ("lessons", "Lessons to be learnt", "The lessons that the panel agreed stand here by themselves.", "The same as in the overview report.", 1, True, "lessons"),
        ("recommendations", "Recommendations from the review", "They stand here as the action plan has them.", "The same number, in the same words.", 1, True, "recommendations"),
    )),
    ("executive-summary-2013", "Executive summary, layout of 2013", 1, (
        ("introduction", "Introduction", "Whose death this is about, as coarsely as the publication rules say, and who wrote the report.", "Nothing by which anybody can be recognised.", 1, True, ""),
        ("purpose", "Purpose of a domestic homicide review", "That a review asks what is to be learnt, and not who is to blame.", "The purposes as the guidance of the time has them.", 2, True, ""),
        ("process", "The review process", "When the review began and ended, and how it went about it: which agencies gave what, and what else the panel considered.", "That it can be read without the overview report.", 2, True, ""),
        ("panel", "The review panel", "The table of the members stands here by itself.", "Name, post and agency of every member.", 2, True, "panel"),
        ("contributors", "Agencies that submitted information", "Which agencies gave what.", "The same as in the overview report.", 2, True, "contributors"),
        ("terms", "Terms of reference of the review", "The newest issued version stands here by itself, with its lines of enquiry.", "No real name and no date of birth.", 2, True, "terms"),
        ("events", "Summary of events", "How the people came to be known to services.", "That somebody meets the person before meeting the case.", 1, True, ""),
        ("victim", "The victim", "Who the person was.", "A person, in a few sentences, without judgement.", 2, True, ""),
        ("perpetrator", "The perpetrator", "Who the other person was, and what became of them in court.", "Facts without judgement.", 2, True, ""),
        ("timeline", "Timeline", "What happened, in order, in a page.", "Dates as coarse as the rules ask.", 2, True, ""),
        ("findings", "Key findings", "What the panel concludes, and whether the death could have been foreseen or prevented on what was known then. The lessons that the panel agreed stand here by themselves.", "Nothing that the overview report does not say.", 1, True, "lessons"),
        ("recommendations", "Recommendations", "They stand here as the action plan has them, under the body that each is for.", "The same number, in the same words.", 1, True, "recommendations"),
    )),
    ("learning-briefing", "Learning briefing", 1, (
        ("why", "Why we are telling you this", "One paragraph: what happened, without anything by which somebody can be recognised.", "Two sentences that a practitioner reads to the end.", 1, False, ""),
        ("learnt", "What we learnt", "The lessons, each in a sentence.", "What a practitioner could have seen.", 1, False, "lessons"),
        ("good", "What was done well", "Good practice that the panel found.", "That it is named as well.", 1, False, ""),
        ("do", "What to do now", "What a practitioner is to do from tomorrow on, and where the procedures stand.", "Something that can be done.", 1, False, ""),
        ("questions", "Questions for your team meeting", "Three to five questions that make a team look at its own practice.", "Open questions.", 1, False, ""),
        ("help", "Where to find help", "Local and national services, for practitioners and for themselves.", "Numbers that work at night, too.", 1, False, ""),
    )),
    ("learning-briefing", "Learning briefing", 2, (
        ("why", "Why we are telling you this", "What this sheet is for, and who agreed it and when. Ask the reader to think of their own practice.", "Two sentences that a practitioner reads to the end.", 1, False, ""),
        ("case", "Summary of case", "One paragraph: what happened, and who was known to how many services, without anything by which somebody can be recognised.", "That nobody can be recognised.", 1, False, ""),
        ("process", "Summary of process", "Who carried out the review, then its key findings as a list, with what was done well.", "Findings that the overview report bears out, and good practice among them.", 1, False, ""),
        ("lessons", "Lessons to be learnt", "The lessons that the panel agreed stand here by themselves.", "What a practitioner could have seen.", 1, False, "lessons"),
        ("recommendations", "Recommendations", "They stand here as the action plan has them.", "The same number, in the same words.", 1, False, "recommendations"),
        ("do", "What to do now", "What a practitioner is to do from tomorrow on, and where the procedures stand.", "Something that can be done.", 1, False, ""),
        ("questions", "Questions for your team meeting", "Three to five questions that make a team look at its own practice.", "Open questions.", 1, False, ""),
        ("help", "Where to find help", "Local and national services, for practitioners and for themselves.", "Numbers that work at night, too.", 1, False, ""),
    )),
    ("family-copy", "Note that goes with the family’s copy", 1, (
        ("what", "What this is", "What the report is, that it is a draft, and why they are given it now.", "Plain and kind words.", 1, False, ""),
        ("who", "Who is meant by which name", "Which pseudonym stands for whom, and that they may choose another.", "That they were asked.", 1, False, "pseudonyms"),
        ("say", "What you can tell us", "How to say what is wrong or missing, by when, and who helps with it: the advocate, by telephone, face to face.", "Enough time, and more than one way.", 1, False, ""),
        ("next", "What happens next", "The Home Office, the publication and its day, and who will ring before.", "No surprise on the day.", 1, False, ""),
    )),
)  # fmt: skip


def add_layouts(apps, schema_editor):
    """What is there stays as it is: run again, it adds what is missing."""
    templates = apps.get_model("reports", "DocumentTemplate")
    sections = apps.get_model("reports", "SectionTemplate")
    for layout, title, version, rows in LAYOUTS:
        made, is_new = templates.objects.get_or_create(
            kind=layout,
            partnership=None,
            version=version,
            defaults={"effective_from": SINCE, "title": title, "source": SOURCE},
        )
        if is_new:
            sections.objects.bulk_create(
                sections(template=made, position=position, **dict(zip(_FIELDS, row, strict=True)))
                for position, row in enumerate(rows, start=1)
            )
