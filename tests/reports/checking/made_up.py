"""A report of our own, in which nothing gainsays anything, to plant contradictions in."""

from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

# {number: (heading, [paragraphs])}; paragraphs are numbered from 1 within their section.
_CHAPTERS = {
    "1": (
        "Introduction",
        [
            "This report looks at the death of Adult A, aged 41, in a flat in Marlowe. Adult A was the victim and Adult B, aged 44 at the time of the death, the perpetrator.",
            "Police were called to the flat on Friday 9 March 2018 by a neighbour. Adult A was found in the hallway with a stab wound to her left shoulder and was taken to the infirmary, where she died the next day.",
            "Adult B pleaded guilty to murder at Marlowe Crown Court on 3 September 2018. He was sentenced to life imprisonment with a minimum term of 17 years.",
        ],
    ),
    "2": (
        "How the review was done",
        [
            "The Marlowe Safer Partnership (MSP) decided on 20 March 2018 to hold a domestic homicide review. The panel met on five occasions, first on 14 May 2018 and last on 6 June 2019.",
            "The following four agencies provided Individual Management Reviews (IMRs):\n- Marlowe Police\n- Marlowe District Council, housing\n- Riverside Surgery\n- Fernley Infirmary",
            "The chair wrote to the sister of Adult A, who met the chair twice. Adult B did not answer two letters.",
        ],
    ),
    "3": (
        "Background",
        [
            "Adult A was born in Fernley and was one of three siblings. She had two children: a son and a daughter, who lived with their father.",
            "Adult A worked as a care assistant until 2014. She enjoyed walking and sang in a choir.",
            "Adult A and Adult B began a relationship in spring 2013 and moved to the flat in Marlowe in October 2014.",
        ],
    ),
    "4": (
        "What agencies knew",
        [
            "On 12 January 2015 Adult A attended Riverside Surgery with bruising to her right wrist. She told the nurse that she had fallen.",
            "On 4 July 2016 a neighbour reported shouting to Marlowe Police. Two officers attended and spoke to Adult A and Adult B separately. A Domestic Abuse, Stalking and Honour Based Violence (DASH) risk assessment was completed and graded as medium.",
            "In February 2017 the housing officer visited the flat about rent arrears. Adult B answered the door and said that Adult A was asleep.",
            "On 2 August 2017 Adult A told a health care assistant at Riverside Surgery that she was frightened of Adult B. The health care assistant made a referral to the Multi Agency Risk Assessment Conference (MARAC).",
            "Adult A was discussed at MARAC on 24 August 2017, and three actions were agreed: to flag her address, to offer her an advocate and to write to the surgery.",
        ],
    ),
    "5": (
        "Analysis",
        [
            "The surgery did not ask Adult A how her wrist came to be bruised in January 2015. See paragraph 4.1.",
            "The referral of August 2017 was good practice. It was the only one that any agency made.",
            "In a survey of staff 30% (12 of 40) said that they had never been trained in domestic abuse.",
        ],
    ),
    "6": (
        "Conclusions",
        [
            "Adult A was known to three agencies. Her fear was heard once, and the answer to it was slow.",
            "The panel makes six recommendations.",
        ],
    ),
}


def report(*more, without=(), headings=None):
    """The report with more paragraphs: (section, text) puts one at the end of that section."""
    sections = []
    for number, (heading, texts) in _CHAPTERS.items():
        texts = [text for at, text in enumerate(texts, start=1) if f"{number}.{at}" not in without]
        texts += [text for section, text in more if section == number]
        paragraphs = tuple(
            WrittenParagraph(f"{number}.{at}", text, f"key-{number}-{at}")
            for at, text in enumerate(texts, start=1)
        )
        sections.append(WrittenSection(number, heading, 1, paragraphs))
    extra = [s for s, _ in more if s not in _CHAPTERS]
    for heading in dict.fromkeys(extra):
        sections.append(
            WrittenSection(
                "", heading, 1, tuple(WrittenParagraph("", t) for s, t in more if s == heading)
            )
        )
    return WrittenDocument("A review", tuple(sections))


def paragraphs(*texts):
    """A document of its own: each text a numbered paragraph in a section of its own."""
    return WrittenDocument(
        "A review",
        tuple(
            WrittenSection(
                str(at), f"Part {at}", 1, (WrittenParagraph(f"{at}.1", text, f"key-{at}"),)
            )
            for at, text in enumerate(texts, start=1)
        ),
    )
