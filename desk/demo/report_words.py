"""The words of the documents that left a review of the demonstration: every person and event is invented.

Documents are {code of the section: texts of its paragraphs}.
"""

# What was found, and the lesson that rests on it.
LEARNT = (
    (
        "FA 3 was seen seven times in four years, and never once alone. MA 3 answered for her.",
        "Whoever is never seen alone cannot say what happens at home.",
    ),
    (
        "Abuse was told to one surgery twice and written down in two ways, so that nobody who opened the record saw a pattern.",
        "What is written down in many ways is found by nobody.",
    ),
    (
        "The alcohol service heard what MA 3 said of FA 3, and the specialist service knew her. Neither knew of the other.",
        "Those who work with the one who harms and those who work with the one who is harmed have to meet.",
    ),
)
_ISSUES = [found for found, _ in LEARNT]
_NEVER_ALONE = "Four agencies each knew something, and none of them knew that the others did."

REPORT = {
    "tribute": [
        "The panel offers its condolences to the family and friends of FA 3, and thanks Adult child 3, who gave this review many hours.",
        "She taught two generations of children to swim, and knew most of them by name.",
    ],
    "introduction": [
        "This report looks at how agencies met FA 3 and MA 3 in the years before her death in 2022, and at what can be learnt from it.",
        "A review does not ask who is to blame. Its purposes are:\n\n- to say what is to be learnt from how professionals and organisations worked, alone and together;\n- to say how that is put into practice, by when, and what is to change;\n- to make the response to domestic abuse better for everybody who lives with it.",
    ],
    "confidentiality": [
        "The findings were confidential until they were published. Everybody in this report has a pseudonym; the family chose that of FA 3.",
    ],
    "methodology": [
        "The partnership decided to hold a review because the death met the criteria. Six agencies were asked for a chronology and for what they had learnt themselves.",
        "The panel read the chronologies side by side, and asked again wherever two of them told the same event differently.",
    ],
    "family": [
        "Adult child 3 was asked to take part at the beginning, and was helped by an advocate. They met the chair twice, read the terms of reference, and read a draft of this report.",
        "Because of what they said, the panel looked at how MA 3 had spoken for FA 3 for years before her shoulder was hurt.",
    ],
    "panel": [
        "The panel met six times. Nobody on it had been responsible for services to FA 3 or MA 3.",
    ],
    "author": [
        "The chair, who is the author of this report, has led reviews since 2015, and has never worked for an agency of this partnership.",
    ],
    "parallel": [
        "MA 3 pleaded guilty. The inquest was not resumed after the trial. There was no other review.",
    ],
    "equality": [
        "The panel considered each of the nine protected characteristics. Age and disability mattered most: what was put down to age and to a bad shoulder would have been asked about in somebody younger.",
        "Sex mattered, because most of those who are killed by a partner are women. Marriage and civil partnership mattered, because a marriage of fifty years was taken for a good one.",
        "Race, religion or belief, sexual orientation, gender reassignment, and pregnancy and maternity were considered, and made no difference that the panel could see.",
    ],
    "dissemination": [
        "The family receive this report first. Then it goes to the agencies of the review, to the police and crime commissioner and to the Domestic Abuse Commissioner.",
    ],
    "background": [
        "FA 3 and MA 3 had been married for fifty years and lived by themselves. He drank, and from 2021 on he was known as her carer.",
        "In 2022 MA 3 killed her at their home. He was sentenced to life imprisonment.",
    ],
    "chronology": [
        "In 2018 a passer-by rang the police because MA 3 was pulling FA 3 by the arm. They were spoken to together. The next morning she was at the hospital with an injured shoulder, and he answered for her.",
        "In the years after it FA 3 told her surgery twice, in different words, that things were not well at home.^[The surgery’s own reviewer found both notes.]",
        "In early 2022 MA 3 told the alcohol service that she *makes me do it*. It was written down and not shared.",
        "In 2022 FA 3 reported that he had taken her telephone. She was referred to the specialist service, where the waiting time was six weeks.",
    ],
    "overview": [
        "What was known, and by whom:\n\n| Agency | What it knew |\n|---|---|\n| Police | Two reports, four years apart |\n| Hospital | An injury, and that he answered for her |\n| Surgery | Two disclosures, each written down differently |\n| Adult social care | That he was her carer |\n| Alcohol service | What he said of her |\n| Specialist service | One referral, and one call |",
    ],
    "analysis": [
        *_ISSUES,
        "There was good practice. The officers of 2022 assessed the risk on the spot, and the referral went out the same night.",
    ],
    "conclusions": [
        f"{_NEVER_ALONE} Each of the changes that this report asks for would have made one of them ask.",
    ],
    "glossary": [
        "Multi-Agency Risk Assessment Conference (MARAC): a meeting at which those at the highest risk are spoken about.",
    ],
}

SUMMARY = {
    "process": [
        "This is a summary of the review into the death of FA 3 in 2022. The panel met six times.",
    ],
    "author": ["The chair and author has never worked for an agency of this partnership."],
    "chronology": [
        "From 2018 on, FA 3 and MA 3 were seen by health, by the police and by social care, almost always together. In 2022 she was referred to the specialist service and waited. In that year he killed her.",
    ],
    "issues": _ISSUES,
    "conclusions": [_NEVER_ALONE],
}

BRIEFING = {
    "why": [
        "This sheet is for everybody who meets people at home, in a surgery or on the telephone. Please think of your own practice while you read it.",
    ],
    "case": [
        "A woman in her seventies was killed by her husband, who was also her carer. Six services had each seen something.",
    ],
    "process": [
        "A panel of the partnership met six times, and asked each service what it had seen. The key findings were:\n\n- She was almost never seen alone.\n- What she told was written down in many ways, and nobody saw a pattern.\n- There was good practice: officers assessed the risk on the spot, and the referral went out the same night.",
    ],
    "do": [
        "- Ask to see each patient alone at least once.\n- Use the code for domestic abuse whenever it is disclosed.\n- If you work with somebody who harms, ask who works with whom they harm.",
    ],
    "questions": [
        "When did you last see a patient without their carer?",
        "What would you write, and where, if somebody said that things were bad at home?",
        "Who in your team would know that another service is involved?",
    ],
    "help": [
        "In danger: 999. National Domestic Abuse Helpline, day and night, free of charge: 0808 2000 247.",
    ],
}

# The second paragraph of the introduction, once the Home Office had asked for it.
CORRECTED = (
    REPORT["introduction"][1].removesuffix(".")
    + ";\n- to prevent domestic abuse and homicide, by services that work together and are there early."
)
