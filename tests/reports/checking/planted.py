"""Contradictions to plant in the made-up report: (kind, paragraphs to add as (section, text))."""

PLANTED = [
    # left and right
    ("sides", [("6", "The wound to Adult A's right shoulder was the cause of her death.")]),
    (
        "sides",
        [("4", "The post mortem found that Adult A had been stabbed in the right shoulder.")],
    ),
    (
        "sides",
        [
            ("3", "Adult B broke his left ankle in 2009."),
            ("5", "The fracture of Adult B's right ankle in 2009 ended his work as a roofer."),
        ],
    ),
    (
        "sides",
        [
            ("4", "Adult A had a burn on her left forearm."),
            ("5", "Nobody asked about the burn to Adult A's right forearm."),
        ],
    ),
    # two dates
    (
        "dates",
        [
            (
                "5",
                "At the MARAC of 14 August 2017 Adult A was discussed and three actions were agreed, among them to flag her address and to offer her an advocate.",
            )
        ],
    ),
    (
        "dates",
        [
            (
                "5",
                "When a neighbour reported shouting to Marlowe Police on 4 June 2016, two officers attended and spoke to Adult A and Adult B separately.",
            )
        ],
    ),
    ("dates", [("6", "The panel first met on 21 May 2018.")]),
    (
        "dates",
        [
            ("6", "The first panel meeting was held on 15 May 2018."),
            ("2", "The first panel meeting took place on 14 May 2018."),
        ],
    ),
    ("dates", [("2", "Adult A died on 10 March 2018."), ("6", "Adult A died on 11 March 2018.")]),
    (
        "dates",
        [("3", "Adult B was born on 5 June 1973."), ("6", "Adult B was born on 6 May 1973.")],
    ),
    (
        "dates",
        [
            (
                "5",
                "In March 2017 the housing officer visited the flat about rent arrears and Adult B answered the door.",
            )
        ],
    ),
    (
        "dates",
        [
            ("3", "Adult A married Adult C in June 1999."),
            (
                "5",
                "Adult C and Adult A were married. Adult A married Adult C in May 2001 and left him soon after. Adult C was older.",
            ),
        ],
    ),
    # ages
    ("ages", [("6", "Adult A was 43 when she died.")]),
    ("ages", [("5", "Adult B, aged 47 at the time of the death, had no work.")]),
    (
        "ages",
        [
            ("5", "In May 2015 Adult A was 38 years old."),
            ("6", "In June 2017 Adult A, aged 43, was alone."),
        ],
    ),
    (
        "ages",
        [
            ("3", "Adult B was born on 5 June 1973."),
            ("4", "On 4 July 2016 Adult B, a 38-year-old man, was interviewed."),
        ],
    ),
    # totals and counts
    ("totals", [("3", "Adult B had four children: two sons and one daughter.")]),
    (
        "totals",
        [("4", "There were 14 calls to the police, comprising 8 about noise and 5 about Adult B.")],
    ),
    (
        "totals",
        [
            (
                "2",
                "The following five organisations were written to:\n- The food bank\n- The choir\n- The school\n- The library",
            )
        ],
    ),
    (
        "totals",
        [
            (
                "2",
                "Six organisations were written to:\n- The food bank\n- The choir\n- The school\n- The library\n- The gym",
            )
        ],
    ),
    (
        "totals",
        [
            (
                "4",
                "Of the 12 referrals, five were high risk, four were medium and the remaining two were standard.",
            )
        ],
    ),
    (
        "totals",
        [("4", "There were nine incidents (four verbal, three physical and one of damage).")],
    ),
    ("counts", [("6", "The panel met six times.")]),
    ("counts", [("6", "Seven panel meetings were held.")]),
    ("counts", [("5", "The five IMRs were thorough.")]),
    (
        "counts",
        [
            ("3", "Adult B has three children."),
            ("5", "Adult B had two children by his first marriage. Adult B had two children."),
        ],
    ),
    (
        "counts",
        [
            ("6", "The report ends with nine lessons."),
            ("5", "From this the panel drew eight lessons."),
        ],
    ),
    (
        "counts",
        [
            (
                "5",
                "Between 2015 and 2018 Adult A missed seven hospital appointments at Fernley Infirmary without an answer.",
            ),
            (
                "6",
                "Adult A missed nine hospital appointments at Fernley Infirmary without an answer between 2015 and 2018.",
            ),
        ],
    ),
    # shares
    ("shares", [("5", "Of those asked, 45% (13 of 40) said yes.")]),
    ("shares", [("5", "A total of 9 out of 36 (30%) were men.")]),
    (
        "shares",
        [
            (
                "5",
                "| Year | Calls |\n| --- | --- |\n| 2015 | 4 |\n| 2016 | 6 |\n| 2017 | 5 |\n| Total | 16 |",
            )
        ],
    ),
    # durations, days, figures
    ("durations", [("3", "Adult B lived in Fernley for ten years, from 2004 to 2009.")]),
    (
        "durations",
        [("4", "Between 3 May 2016 and 20 June 2016, a period of six months, nobody called.")],
    ),
    (
        "durations",
        [("4", "She rang on 2 May 2016. Three days later, on 9 May 2016, she rang again.")],
    ),
    ("durations", [("4", "He was remanded from 1 March 2012 until 1 April 2012 (three months).")]),
    ("weekdays", [("4", "She rang on Monday 3 May 2016.")]),
    ("impossible-dates", [("4", "A letter was sent on 31 June 2016.")]),
    ("words-and-figures", [("4", "There were three (4) calls.")]),
    ("words-and-figures", [("4", "The IMR lists 12 (eleven) contacts.")]),
    # cross-references
    ("references", [("5", "The letter is described in paragraph 4.19.")]),
    ("references", [("5", "See section 12 below.")]),
    ("references", [("5", "This is dealt with at paragraph 9.2 of this report.")]),
    ("references", [("5", "The plan is at Appendix C."), ("Appendix A: Action plan", "The plan.")]),
    # who did what
    (
        "who-did-what",
        [
            (
                "4",
                "After the argument Adult A telephoned the letting agent and gave notice on the flat in Marlowe.",
            ),
            (
                "5",
                "Adult B telephoned the letting agent and gave notice on the flat in Marlowe after the argument.",
            ),
        ],
    ),
    (
        "who-did-what",
        [
            ("4", "On 9 May 2016 Adult A smashed the windscreen of a parked car."),
            ("6", "On 9 May 2016 Adult B smashed the windscreen of a parked car."),
        ],
    ),
    # denials
    (
        "denials",
        [
            ("3", "Adult A was never known to mental health services."),
            ("4", "In 2012 Adult A was referred to mental health services by the surgery."),
        ],
    ),
    (
        "denials",
        [
            ("3", "Adult B had no previous convictions."),
            ("5", "Adult B was convicted of theft in 2006."),
        ],
    ),
    (
        "denials",
        [
            ("6", "Adult A was never known to Fernley Probation."),
            ("4", "Fernley Probation had been informed about Adult A by her sister."),
        ],
    ),
    (
        "denials",
        [
            ("6", "Adult A was never referred to MARAC. She was alone with it."),
            ("4", "Adult A was referred to MARAC in that month."),
        ],
    ),
    (
        "denials",
        [
            (
                "4",
                "The advocate completed a safety plan with Adult A before she left the refuge in Corby.",
            ),
            (
                "6",
                "The advocate had not completed a safety plan with Adult A before she left the refuge in Corby.",
            ),
        ],
    ),
    # dead or alive
    (
        "dead-or-alive",
        [
            ("3", "Adult A's father died in May 2011."),
            ("4", "In August 2015 Adult A's father told the housing officer that he was worried."),
        ],
    ),
    (
        "dead-or-alive",
        [
            ("1", "Adult A died on 10 March 2018."),
            ("4", "On 20 March 2018 Adult A attended Riverside Surgery."),
        ],
    ),
    # states
    ("states", [("3", "Adult B was single."), ("6", "Adult B was married.")]),
    ("states", [("3", "Adult B had never married."), ("6", "Adult B was divorced.")]),
    ("states", [("3", "Adult B was White British."), ("5", "Adult B was of Pakistani heritage.")]),
    ("states", [("5", "Adult A was born in Marlowe.")]),
    # pronouns
    (
        "pronouns",
        [
            ("4", "Adult A told nobody because she was afraid."),
            ("5", "Adult A had lost his home and he had no money."),
        ],
    ),
    # acronyms
    (
        "acronyms",
        [
            ("4", "The Joint Referral Team (JRT) was told."),
            ("5", "The Justice Review Tribunal (JRT) met."),
        ],
    ),
    ("acronyms", [("5", "The Multi Agency Response Action Committee (MARAC) met.")]),
    # outcomes
    (
        "outcomes",
        [
            (
                "6",
                "Adult B was sentenced to life imprisonment with a minimum of 16 years for the murder of Adult A.",
            )
        ],
    ),
    ("outcomes", [("6", "For the murder Adult B must serve a minimum term of 19 years.")]),
    (
        "outcomes",
        [
            ("6", "Adult B was convicted of manslaughter."),
            ("5", "Adult B was convicted of murder."),
        ],
    ),
    (
        "outcomes",
        [
            ("3", "In 2006 Adult B was sentenced to two years in prison for burglary."),
            ("6", "Adult B was sentenced to three years in prison for burglary in 2006."),
        ],
    ),
    # order
    (
        "order",
        [("4", "On 12 June 2016, following the meeting on 15 June 2016, a letter was sent.")],
    ),
    ("order", [("4", "He was on bail from 5 May 2012 to 3 March 2012.")]),
    ("order", [("4", "The referral of 9 May 2016 was made before the assessment on 2 May 2016.")]),
    # relations
    (
        "relations",
        [("3", "Adult C is the mother of Adult A."), ("5", "Adult C is the mother of Adult B.")],
    ),
    ("relations", [("5", "Adult B's relationship with Adult B was violent.")]),
    # opposites
    (
        "opposites",
        [
            (
                "4",
                "On 2 February 2016 the council accepted the homelessness application of Adult A.",
            ),
            (
                "6",
                "The council refused the homelessness application of Adult A on 2 February 2016.",
            ),
        ],
    ),
    (
        "opposites",
        [
            (
                "4",
                "In the attack at the bus station Adult B used a knife and threatened two passengers.",
            ),
            (
                "6",
                "In the attack at the bus station Adult B used a hammer and threatened two passengers.",
            ),
        ],
    ),
]

# Others, each a document of its own: (kind, one text for each section).
PLANTED_ALONE = [
    (
        "sides",
        [
            "Paramedics saw a deep laceration across Sarah's left palm. Sarah was taken to hospital.",
            "Sarah was 34. The pathologist described the laceration to her right palm as a defence injury. Sarah died.",
        ],
    ),
    (
        "sides",
        [
            "The perpetrator was treated for a broken right wrist.",
            "The hospital x-rayed the perpetrator and found his left wrist was fractured.",
        ],
    ),
    (
        "sides",
        [
            "Female A told the nurse about bruising to the right side of her face. Female A went home.",
            "Female A was seen with bruises on the left side of her face.",
        ],
    ),
    (
        "dates",
        [
            "The victim was murdered on 14 February 2019 at her home.",
            "Police attended after the victim was killed on 15 February 2019.",
        ],
    ),
    (
        "dates",
        [
            "The Community Safety Partnership agreed on 3 May 2019 that the criteria for a domestic homicide review were met.",
            "The decision to undertake a domestic homicide review was taken by the Partnership on 13 May 2019.",
        ],
    ),
    (
        "dates",
        [
            "On 7 June 2016 the GP referred Adult 1 to the community mental health team because of low mood. Adult 1 was seen.",
            "The GP's referral of Adult 1 to the community mental health team for low mood, made on 7 July 2016, was timely.",
        ],
    ),
    (
        "dates",
        [
            "The final panel meeting took place on 2 December 2019.",
            "At the last panel meeting on 12 December 2019 the report was agreed.",
        ],
    ),
    (
        "dates",
        [
            "Adult 1 moved into the refuge in Derby on 5 May 2014 with her two children. Adult 1 stayed there.",
            "Adult 1 had moved into a refuge in Derby with her children on 5 May 2015.",
        ],
    ),
    (
        "ages",
        [
            "Sarah, who was 34 years old, was killed by her husband.",
            "Sarah was 36 years old at the time of her death.",
        ],
    ),
    (
        "ages",
        [
            "Michael (52) was the victim. Michael worked as a driver.",
            "At the time of his death Michael was aged 54. Michael lived alone.",
        ],
    ),
    (
        "ages",
        [
            "Adult 1 was born on 12 March 1980. Adult 1 died on 5 May 2017.",
            "When Adult 1 was killed in May 2017 she was aged 35.",
        ],
    ),
    ("totals", ["The couple had five children: three girls and one boy."]),
    (
        "totals",
        [
            "Police recorded 20 incidents between them; 12 verbal arguments, 5 assaults and 2 criminal damage."
        ],
    ),
    (
        "totals",
        [
            "Eight agencies returned a nil response or a report. The eight agencies were:\n- Police\n- Housing\n- Probation\n- Education\n- GP\n- CCG\n- Mental health"
        ],
    ),
    (
        "totals",
        [
            "There were seven attendances at A&E, three for falls, two for chest pain and one for a cut."
        ],
    ),
    ("counts", ["The panel met on eight occasions.", "In all nine panel meetings were held."]),
    (
        "counts",
        [
            "The review identified seven lessons.",
            "The eight lessons identified are set out in section 6.",
        ],
    ),
    ("counts", ["The victim had three children.", "The victim was the mother of four children."]),
    (
        "counts",
        [
            "Sixteen agencies were contacted and twelve IMRs were received.",
            "The panel considered the thirteen IMRs.",
        ],
    ),
    ("durations", ["Adult 1 was married for twelve years, from June 1998 to May 2004."]),
    (
        "durations",
        ["He was in custody between 1 January 2015 and 31 March 2015, a total of six months."],
    ),
    ("durations", ["The relationship lasted four years (2009 to 2011)."]),
    ("weekdays", ["On Tuesday, 14 February 2019 the victim was found."]),
    ("words-and-figures", ["Two (3) referrals were made."]),
    ("references", ["This is explored further in paragraph 7.14."]),
    ("references", ["See Section 14 of this report for the analysis."]),
    (
        "who-did-what",
        [
            "On 3 March 2017 Adult 1 stabbed Adult 2 in the kitchen.",
            "On 3 March 2017 Adult 2 stabbed Adult 1 in the kitchen.",
        ],
    ),
    (
        "denials",
        [
            "Adult 1 was never known to Children's Social Care.",
            "Adult 1 had been referred to Children's Social Care in 2012.",
        ],
    ),
    (
        "denials",
        [
            "The police had no previous contact with Adult 2.",
            "Adult 2 was arrested by the police in 2011.",
        ],
    ),
    (
        "denials",
        [
            "There was no history of domestic abuse between Adult 1 and Adult 2.",
            "There was a long history of domestic abuse between Adult 1 and Adult 2.",
        ],
    ),
    (
        "denials",
        [
            "Adult 2 had no criminal convictions.",
            "Adult 2 had two previous convictions for assault.",
        ],
    ),
    (
        "denials",
        [
            "No DASH risk assessment was completed at any point.",
            "The officer completed a DASH risk assessment with Adult 1.",
        ],
    ),
    (
        "dead-or-alive",
        [
            "Adult 1's mother died in 2010. Adult 1 was close to her.",
            "In 2013 Adult 1's mother reported her missing.",
        ],
    ),
    (
        "states",
        [
            "Sarah and Michael were married. Sarah was 40. Michael was 42.",
            "Sarah had never married.",
        ],
    ),
    (
        "states",
        [
            "Adult 2 was unemployed.",
            "At the time Adult 2 was White British.",
            "Adult 2, who is Asian, was employed.",
        ],
    ),
    (
        "acronyms",
        [
            "The Multi-Agency Safeguarding Hub (MASH) screened it.",
            "It went to the Mental Health and Safeguarding Hub (MASH).",
        ],
    ),
    (
        "outcomes",
        [
            "The perpetrator was found guilty of murder and sentenced to life with a minimum of 18 years.",
            "The perpetrator is serving a life sentence for murder with a minimum tariff of 16 years.",
        ],
    ),
    (
        "outcomes",
        [
            "Adult 2 was convicted of murder.",
            "Adult 2 was found guilty of the manslaughter of Adult 1.",
        ],
    ),
    (
        "outcomes",
        [
            "Adult 2 was jailed for nine years for manslaughter.",
            "Adult 2 received a sentence of seven years' imprisonment for manslaughter.",
        ],
    ),
    (
        "order",
        [
            "The strategy meeting was held on 4 April 2016, after the child protection conference on 20 April 2016."
        ],
    ),
    ("order", ["Following his release on 10 May 2015, Adult 2 was seen on 3 May 2015."]),
    ("order", ["From September 2014 until June 2014 she lived with her aunt."]),
    (
        "relations",
        [
            "Adult 3 is Adult 1's brother. Adult 3 (brother of Adult 1) was seen.",
            "Adult 3, the brother of Adult 2, was seen. Adult 3 was sad.",
        ],
    ),
    ("shares", ["Only 25% (9 of 30) of staff had been trained."]),
    (
        "shares",
        [
            "Of the calls 60% were verbal, 30% were physical and the remaining 20% were about property."
        ],
    ),
    ("impossible-dates", ["She was seen on 30 February 2015."]),
    (
        "sides",
        [
            "MA 1 had a cut above his left eye. MA 1 was seen. MA 2 was not.",
            "MA 1 needed stitches for the wound over his right eye. MA 2 left.",
        ],
    ),
    (
        "sides",
        [
            "She had sustained a fracture of the left forearm. Anna was in pain. Anna told the doctor.",
            "Anna was discharged with her fractured right forearm in plaster.",
        ],
    ),
    (
        "dates",
        [
            "The MARAC meeting which discussed Anna took place on 4 March 2015 and agreed that IDVA would contact her. Anna was told.",
            "Anna was discussed at the MARAC meeting on 14 March 2015, where it was agreed that IDVA would contact her. Anna was told.",
        ],
    ),
    (
        "dates",
        [
            "The SRP first met as a panel on 12 May 2014.",
            "The first meeting of the panel was on 19 May 2014.",
        ],
    ),
    (
        "dates",
        [
            "In June 2011 Anna disclosed to the midwife that her partner had kicked her in the stomach. Anna was seen.",
            "Anna disclosed to a midwife in June 2012 that her partner kicked her stomach. Anna was told.",
        ],
    ),
    (
        "ages",
        [
            "Anna was a 29-year-old woman who was killed in 2016. Anna was seen.",
            "Anna, aged 31, was killed at her home in 2016. Anna was told.",
        ],
    ),
    (
        "ages",
        [
            "The victim was 45 years old when she died.",
            "The victim, a woman of 47 years of age, was killed by her son.",
        ],
    ),
    ("totals", ["Anna had six siblings, four brothers and three sisters."]),
    (
        "totals",
        [
            "Of the fifteen staff who were interviewed, nine were nurses, four were doctors and the other three were receptionists."
        ],
    ),
    (
        "totals",
        [
            "Ten agencies provided information to the review. They were:\n- Police\n- Housing\n- Probation\n- Education\n- GP\n- ICB\n- Refuge\n- Trust\n- Council"
        ],
    ),
    (
        "totals",
        ["The panel made four recommendations (1 for the police, 2 for health and 2 for housing)."],
    ),
    (
        "counts",
        [
            "The review made 11 recommendations in total.",
            "There are a total of 12 recommendations.",
        ],
    ),
    ("counts", ["The panel met a total of seven times.", "There were six panel meetings."]),
    ("counts", ["Fifteen agencies submitted IMRs.", "In all, 14 IMRs were received."]),
    ("durations", ["They had been together for six years, between 2010 and 2012."]),
    (
        "durations",
        [
            "On 5 January 2016 the referral was made. Two weeks later, on 2 February 2016, it was read."
        ],
    ),
    ("weekdays", ["The incident of Sunday 3rd March 2015 was not recorded."]),
    ("words-and-figures", ["A further five (6) contacts were not recorded."]),
    ("references", ["As set out in paragraph 3.45 above, nobody asked."]),
    ("references", ["(see paragraph 2.8)"]),
    (
        "who-did-what",
        [
            "On 1 May 2012 Adult A assaulted Adult B in the street. Adult A ran.",
            "On 1 May 2012 Adult B assaulted Adult A. Adult B ran.",
        ],
    ),
    (
        "denials",
        [
            "Tom was not known to the probation service. Tom was seen. Tom told nobody.",
            "Tom had been supervised by the probation service for two years. Tom was seen.",
        ],
    ),
    (
        "denials",
        [
            "There had been no MARAC referral. Anna had never been referred to MARAC. Anna was told.",
            "Anna was heard at MARAC twice. Anna was told.",
        ],
    ),
    (
        "denials",
        [
            "Tom had never been arrested. Tom was seen. Tom told nobody.",
            "Tom was arrested in 2009 for theft.",
        ],
    ),
    (
        "denials",
        [
            "Anna did not drink alcohol. Anna was seen.",
            "Anna was alcohol dependent. Anna told nobody.",
        ],
    ),
    (
        "dead-or-alive",
        ["The victim died on 3 March 2015.", "On 12 March 2015 the victim attended the surgery."],
    ),
    (
        "states",
        [
            "Tom was divorced at the time of the homicide. Tom was seen. Tom told nobody.",
            "Tom was a single man who had never married.",
        ],
    ),
    (
        "acronyms",
        [
            "The Crisis Resolution Team (CRT) came.",
            "CRT (Community Rehabilitation Trust) closed the case.",
        ],
    ),
    (
        "acronyms",
        ["The Home Treatment Team (HTT) came.", "The Home Treatment Team (HT) closed the case."],
    ),
    (
        "outcomes",
        [
            "Tom was found guilty of murder. Tom was sentenced to life imprisonment and ordered to serve at least 22 years. Tom told nobody.",
            "Tom is serving life for murder with a minimum of 20 years.",
        ],
    ),
    ("order", ["The referral was made on 9 June 2014 following a home visit on 16 June 2014."]),
    ("order", ["The panel sat from 3 May 2016 until 4 March 2016."]),
    ("shares", ["A third of them (12 of 24) agreed. 52% (12 of 24) said yes."]),
    (
        "opposites",
        [
            "The younger brother of Anna found her in the bathroom with a neighbour. Anna was seen. Anna told nobody.",
            "The older brother of Anna found her in the bathroom with a neighbour.",
        ],
    ),
]

# What looks like one of them and is none: nothing may be reported.
CLEAN = [
    [("4", "Adult A had bruising to her left arm in 2011 and to her right arm in 2012.")],
    [
        ("4", "In May 2009 Adult B broke his left ankle."),
        ("5", "In 2016 Adult B broke his right ankle."),
    ],
    [("4", "Adult A had cuts on her left and right hands.")],
    [("4", "Adult B had a bruise on his right shoulder.")],
    [("4", "She has the right to be heard. On the left hand page there is a photograph.")],
    [
        ("4", "On 9 May 2016 Adult A attended Riverside Surgery with a cough."),
        ("5", "On 9 June 2016 Adult A attended Riverside Surgery with a cough again."),
    ],
    [
        (
            "4",
            "The second panel meeting was held on 2 July 2018. The third panel meeting was held on 4 September 2018.",
        )
    ],
    [("6", "Adult A died in March 2018."), ("5", "Adult A died in spring 2018.")],
    [
        ("4", "Adult B's mother died on 3 May 2011."),
        ("5", "Adult B's father died on 9 August 2012."),
    ],
    [("4", "In 2015 Adult A was 38 years old."), ("5", "In 2017 Adult A, aged 40, lost her work.")],
    [("3", "Adult A was 16 when she met her first husband.")],
    [("3", "Adult A's son, aged 12, and daughter, aged 9, live with their father.")],
    [
        ("3", "Adult B was born on 5 June 1973."),
        ("4", "On 4 July 2016 Adult B, a 43-year-old man, was interviewed."),
    ],
    [("3", "Adult B had four children: two sons and two daughters.")],
    [("3", "Adult B had three children: a son aged 9 and two daughters aged 4 and 6.")],
    [("4", "There were 14 calls to the police, of which 8 were about noise and 5 about Adult B.")],
    [("4", "There were 14 calls to the police, comprising 8 about noise and 6 about Adult B.")],
    [
        (
            "4",
            "Six incidents led to arrests: Adult A was arrested four times [once for theft and three times for assault] and Adult B was arrested twice.",
        )
    ],
    [
        (
            "2",
            "Five organisations were written to:\n- The food bank\n- The choir\n- The school\n- The library\n- The gym",
        )
    ],
    [
        (
            "2",
            "The following three organisations were written to:\n- The food bank, which has:\n  - a shop\n  - a kitchen\n- The choir\n- The school",
        )
    ],
    [
        (
            "2",
            "Three of the five organisations answered:\n- The food bank\n- The choir\n- The school",
        )
    ],
    [("6", "The panel met five times.")],
    [("6", "The panel had met twice by then.")],
    [("6", "There were two further panel meetings to discuss the draft.")],
    [("5", "All four IMRs were thorough. Two IMRs were late.")],
    [("3", "Adult B has three children.")],
    [("5", "Of those asked, 32.5% (13 of 40) said yes.")],
    [("5", "About a third (13 of 40) said yes, and 68% did not.")],
    [
        (
            "5",
            "| Year | Calls |\n| --- | --- |\n| 2015 | 4 |\n| 2016 | 6 |\n| 2017 | 5 |\n| Total | 15 |",
        )
    ],
    [("3", "Adult B lived in Fernley for five years, from 2004 to 2009.")],
    [("3", "Adult B lived in Fernley from 2004 to 2009 and worked there for two years.")],
    [
        (
            "4",
            "Between 3 January 2016 and 20 June 2016, a period of almost six months, nobody called.",
        )
    ],
    [("4", "She rang on 2 May 2016. Three days later, on 5 May 2016, she rang again.")],
    [("4", "She rang on Tuesday 3 May 2016.")],
    [("4", "There were three (3) calls. Her neighbour (42) had not heard them.")],
    [
        (
            "5",
            "The duty is set by section 42 of the Care Act 2014 and paragraph 7.3 of the statutory guidance.",
        )
    ],
    [("5", "See paragraphs 4.1 and 4.2 and section 3 above.")],
    [("5", "Children's services made enquiries under section 47.")],
    [("5", "The plan is at Appendix A."), ("Appendix A: Action plan", "The plan.")],
    [
        ("4", "After the argument Adult A telephoned the letting agent."),
        ("5", "Adult B telephoned the council."),
    ],
    [
        ("4", "Adult A said that Adult B had pushed her down the stairs of the library."),
        ("5", "Adult B said that Adult A had pushed him down the stairs of the library."),
    ],
    [
        ("3", "Adult A was not known to mental health services before 2012."),
        ("4", "In 2012 Adult A was referred to mental health services by the surgery."),
    ],
    [
        ("3", "Adult A had no previous convictions."),
        ("5", "Adult B was convicted of theft in 2006."),
    ],
    [
        ("3", "Adult A had no contact with Fernley Probation."),
        ("4", "Adult B was known to Fernley Probation."),
    ],
    [
        ("6", "The nurse did not complete a safety plan."),
        ("4", "The advocate completed a safety plan with Adult A."),
    ],
    [
        ("3", "Adult A's father died in May 2011."),
        ("4", "In August 2010 Adult A's father told the housing officer that he was worried."),
    ],
    [
        ("1", "Adult A died on 10 March 2018."),
        (
            "2",
            "On 20 March 2018 the funeral of Adult A was held. On 21 March 2018 Adult A's sister told the police what she knew.",
        ),
    ],
    [
        ("3", "Adult B was single until 2001."),
        ("6", "Adult B was married in 2001 and was divorced in 2008."),
    ],
    [("3", "Adult B was White British. Adult A was of Pakistani heritage.")],
    [
        (
            "5",
            "Adult A told her sister that he had taken her telephone. Adult A feared that he would find it.",
        )
    ],
    [("5", "Adult A's mother said that he was a quiet man.")],
    [
        ("4", "The Joint Referral Team (JRT) was told."),
        ("5", "The Joint Referral Team [JRT] answered."),
    ],
    [
        (
            "6",
            "Adult B was sentenced to life imprisonment with a minimum of 17 years for the murder of Adult A.",
        )
    ],
    [
        (
            "6",
            "Adult B was charged with murder and offered a plea to manslaughter, which was not accepted.",
        )
    ],
    [
        ("3", "In 2006 Adult B was sentenced to two years in prison for burglary."),
        ("5", "In 2009 Adult B was sentenced to three years in prison for robbery."),
    ],
    [("4", "On 15 June 2016, following the meeting on 12 June 2016, a letter was sent.")],
    [("4", "He was on bail from 5 March 2012 to 3 May 2012.")],
    [("4", "The referral of 2 May 2016 was made before the assessment on 9 May 2016.")],
    [("3", "Adult C is the mother of Adult A and the grandmother of her two children.")],
    [
        (
            "5",
            "Adult B's relationship with Adult A was violent. Adult A's relationship with her sister was close.",
        )
    ],
    [
        ("4", "On 2 February 2016 the council accepted the homelessness application of Adult A."),
        ("6", "On 7 March 2014 the council refused the homelessness application of Adult B."),
    ],
    [
        (
            "5",
            "The surgery saw the right wrist and asked nothing about Adult A's bruise. It graded nothing.",
        )
    ],
]

# Found missing when sentences of a real report were changed one by one.
PLANTED += [
    (
        "outcomes",
        [
            ("3", "In 2006 Adult B was sentenced to two years in prison for burglary."),
            (
                "6",
                "The case of 2006 ended with a three year prison sentence for Adult B, dated 4 May 2006.",
            ),
        ],
    ),
    ("outcomes", [("6", "The court accepted Adult B's plea to manslaughter.")]),
    ("who-did-what", [("6", "Adult A took Adult B's life in her own hallway.")]),
    (
        "who-did-what",
        [
            ("4", "On 9 May 2016 Adult A bit Adult B and left."),
            ("6", "On 9 May 2016 Adult B bit Adult A."),
        ],
    ),
    (
        "denials",
        [
            ("6", "The death of Adult A was not predictable."),
            ("5", "Her sister says that the death could have been predicted."),
        ],
    ),
    (
        "dates",
        [
            ("3", "Adult A moved to Address 2 in February 2009."),
            ("5", "Adult A occupied Address 2, a ground floor flat, from February 2008."),
        ],
    ),
    (
        "dates",
        [
            ("2", "The review covers the period from 1 May 2014 to 9 March 2018."),
            ("5", "This review examined matters from 1 May 2013."),
        ],
    ),
    (
        "counts",
        [
            ("4", "Adult B was arrested four times."),
            ("6", "Adult B was arrested six times for theft."),
        ],
    ),
    ("counts", [("2", "The following agencies submitted IMRs.\n- Police\n- Housing\n- Surgery")]),
    (
        "totals",
        [("4", "Sixteen agencies answered.\n- 12 knew of her\n- 2 knew of him\n- 1 knew of both")],
    ),
]

CLEAN += [
    [
        (
            "2",
            "Four organisations were written to:\n- The food bank\n- The choir\n- The school\n- The gym\n\nNo answer came from:\n\n- The club",
        )
    ],
    [
        ("3", "Adult B was sentenced to two years in prison in 2006."),
        ("5", "Adult B received a three year prison sentence in 2009."),
    ],
    [("6", "Adult B took Adult A's life.")],
    [("6", "The death of Adult A was not predictable, nor was it preventable.")],
    [
        ("3", "Adult A moved to Address 2 in February 2009."),
        ("5", "Adult A moved to Address 3 in February 2011."),
    ],
    [
        ("4", "Adult B was arrested four times."),
        ("6", "Adult B was arrested three times for theft."),
    ],
    [("4", "On 9 May 2016 Adult A bit Adult B."), ("6", "On 12 June 2017 Adult B bit Adult A.")],
    [("2", "The following agencies submitted IMRs.\n- Police\n- Housing\n- Surgery\n- Infirmary")],
    [("4", "Sixteen agencies answered.\n- 12 knew of her\n- 3 knew of him\n- 1 knew of both")],
    [("4", "The form was made with version 2.0.11 of the tool.")],
    [("5", "Four of five teams were trained in 1% of their time.")],
    [
        (
            "5",
            "Calls on two lines:\n\n| Year | Calls |\n| --- | --- |\n| 2015 | 4 |\n| 2016 | 6 |\n| 2017 | 5 |",
        )
    ],
]
