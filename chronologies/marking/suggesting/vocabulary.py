"""The words that suggest a mark: general language of agency records, as data.

Each pattern is a regular expression, read without regard to capitals. A blank stands for any white
space. `{body}` stands for the name of an agency, `{person}` for somebody of the review.
"""

# What happened -> words that say so.
KEY_EVENTS = {
    "assault": (
        r"assault(?:s|ed|ing)?",
        r"(?:punch|kick|slapp|stabb|headbutt|head-butt|attack)(?:ed|ing)",
        r"physically (?:abused|attacked|hurt)",
        r"grievous bodily harm|actual bodily harm",
    ),
    "strangulation": (
        r"strangl\w+|strangulation|throttl\w+|suffocat\w+|smother\w+",
        r"chok(?:ed|ing) (?:her|him|{person})",
        r"hands? (?:a?round|on|to) (?:her|his|their) (?:neck|throat)",
    ),
    "threat to kill": (
        r"threat\w* to kill",
        r"(?:he|she|{person}) (?:would|will|was going to|is going to) kill (?:her|him|them|{person})",
    ),
    "weapon": (
        r"(?:with|held|had|brandish\w+|produced|pulled|carrying|waving) an? (?:\w+ )?"
        r"(?:knife|weapon|gun|firearm|hammer|bat|machete|blade)",
        r"at knife ?point",
    ),
    "sexual violence": (
        r"rape|raped|raping",
        r"sexual(?:ly)? (?:assault\w*|abus\w+|violence)",
    ),
    "stalking or harassment": (r"stalk(?:ed|ing)|harass(?:ed|ing|ment)",),
    "arrest": (r"arrest(?:ed)?",),
    "charge or conviction": (
        r"(?:was|were|been|and) charged|charged with",
        r"convicted|conviction|pleaded guilty|found guilty|sentenced|cautioned",
    ),
    "protective order": (
        r"non-?molestation order|restraining order|occupation order|injunction|dvp[no]|dapo",
        r"breach(?:ed)? (?:of )?(?:his |her |the )?(?:bail|order|conditions)",
    ),
    "hospital": (
        r"(?:admitted|conveyed|taken|transferred) (?:\w+ ){0,3}?to (?:the )?"
        r"(?:hospital|a&e|accident and emergency|emergency department|intensive care)",
        r"(?:attended|presented)(?: at| to)? (?:the )?"
        r"(?:hospital|a&e|accident and emergency|emergency department)",
        r"hospital admission",
    ),
    "self-harm": (
        r"overdos\w+|self-?harm\w*|suicid\w+",
        r"(?:take|taking|took|taken) (?:her|his|their) own life",
    ),
    "separation": (
        r"separated|separation",
        r"(?:relationship|marriage) (?:had |has |was |is )?(?:ended|over|broken down)",
        r"(?:left|leaving|leave) (?:him|her partner|his partner|her husband|his wife|the relationship)",
        r"moved out|fled|refuge place|divorc(?:e|ed|ing)",
    ),
    "MARAC": (
        r"(?:heard|discussed|listed|presented|considered|referred) (?:\w+ ){0,2}?"
        r"(?:at|for|to|by|in) (?:the |a )?marac",
        r"marac (?:referral|meeting)",
    ),
    "child protection": (
        r"child protection (?:conference|plan|investigation|enquiry)",
        r"section 47|strategy (?:meeting|discussion)",
        r"care proceedings|taken into care",
    ),
    "death": (r"found (?:dead|deceased)|murder(?:ed)?|homicide",),
}

MISSED = (r"missed opportunit(?:y|ies)", r"opportunit(?:y|ies) (?:was|were) (?:missed|lost)")
GOOD = (r"good practice", r"best practice was followed")
POLICY = (
    r"(?:polic(?:y|ies)|procedures?|protocols?|guidance|guidelines) "
    r"(?:was|were|had|has|have)(?: not|n['’]t)(?: been)? "
    r"(?:followed|adhered to|complied with|applied|met)",
    r"(?:did|do|does)(?: not|n['’]t) (?:follow|comply with|adhere to|meet) "
    r"(?:\w+ ){0,3}?(?:polic(?:y|ies)|procedures?|protocols?|guidance|guidelines|standards?)",
    r"(?:contrary to|in breach of|outside|not in (?:line|accordance|keeping) with|not compliant with) "
    r"(?:[\w’']+ ){0,3}?(?:polic(?:y|ies)|procedures?|protocols?|guidance|guidelines)",
    r"(?:breach|failure to follow|non-?compliance with) (?:of )?(?:\w+ ){0,3}?"
    r"(?:polic(?:y|ies)|procedures?|protocols?|guidance)",
)

# --- Risk assessments -----------------------------------------------------------------------------

# As it is written -> what the tool is called.
TOOLS = {
    r"dash(?: ric| risk assessment)?": "DASH",
    r"dara": "DARA",
    r"b-?safer": "B-SAFER",
    r"sara": "SARA",
    r"oasys": "OASys",
    r"caada(?:[- ]dash)?": "CAADA-DASH",
    r"safelives dash": "DASH",
    r"marac (?:risk|ric)": "MARAC risk indicator checklist",
    r"risk indicator checklist|ric": "Risk indicator checklist",
    r"risk matrix": "Risk matrix",
}
# Tools whose name is an ordinary word, or somebody's, are read with their capitals.
IN_CAPITALS = {"DARA", "SARA", "DASH", "Risk indicator checklist"}
GRADES = {
    r"very high": "very_high",
    r"high(?:er)?": "high",
    r"medium|moderate": "medium",
    r"standard|low(?:er)?": "standard",
}
# What a grade of risk is written with; `{grade}` stands for its words.
GRADED = (
    r"{grade}[- ]risk",
    r"risk(?: level| assessment| grading)?(?: \w+){0,2}? (?:as|at|to be|of|was|is|:|-) ?(?:a )?{grade}",
    r"(?:assessed|graded|deemed|scored|rated|classed|recorded|categorised|completed)"
    r"(?: \w+){0,2}? (?:as|at|to be) (?:a )?{grade}",
)
# A risk of another kind, to which a word of a grade belongs.
OTHER_RISKS = r"(?:pregnancy|of falls|of falling|offender management|drinker|drinking|register)"
SCORES = (
    r"\b(?P<score>\d{1,2} ?(?:/|out of) ?\d{1,2})\b",
    r"\bscor(?:e|ed|ing)(?: [a-z]+)?(?: of| was| is|:|-)? ?(?P<score>\d{1,2})\b",
    r"\b(?P<score>\d{1,2}) (?:ticks|yes answers|points)\b",
)
# Who assesses, where no agency is named.
ASSESSORS = (
    r"police officers?|officers?|idva|isva|health visitor|midwife|social worker|school nurse|nurse|"
    r"doctor|gp|probation officer|offender manager|housing officer|support worker|key ?worker"
)
# A tool that was not used is no assessment.
NOT_DONE = (
    r"(?:no|without an?|without) {tool}",
    r"{tool}(?: form| assessment| risk assessment)? (?:was|were|had|has)?(?: not|n['’]t)"
    r"(?: been)? (?:completed|done|undertaken|carried out|submitted|recorded|used)",
    r"(?:did|does)(?: not|n['’]t) (?:complete|do|undertake|carry out|submit|record|use) (?:an? )?{tool}",
)

# --- Seen or heard --------------------------------------------------------------------------------

_ALONE = r"(?:alone|on (?:her|his|their) own|in private|separately|by (?:herself|himself))"
# In this order: the first that is found counts.
SEEN = (
    (
        "alone",
        (
            rf"(?:seen|spoken to|spoke to|interviewed|asked|visited|saw) (?:[\w’']+ ){{0,4}}?{_ALONE}",
        ),
    ),
    (
        "not_seen",
        (
            rf"(?:was|were|is|been|had)(?: not|n['’]t)(?: been)? (?:seen|spoken to|visited)(?! {_ALONE})",
            rf"not seen(?! {_ALONE})",
            r"did(?: not|n['’]t) see (?:her|him|them|{person})",
            r"unable to (?:see|contact|reach|speak (?:to|with)) (?:her|him|them|{person})",
            r"no (?:reply|answer|response) (?:at|from) (?:the )?(?:address|door|property|home|house|flat)",
            r"(?:no access|could not gain (?:access|entry)|failed to gain (?:access|entry))",
        ),
    ),
    (
        "heard",
        (
            r"(?:spoke|spoken) (?:to|with) (?:[\w’']+ ){0,5}?(?:by|on|over|via) (?:the )?(?:tele)?phone",
            r"telephone (?:call|contact|conversation|consultation) (?:with|to) (?:her|him|{person})",
            r"(?:telephoned|phoned|rang|called) (?:her|him|{person})(?! an?\b)",
            r"(?:tele)?phone consultation",
        ),
    ),
    (
        "seen",
        (
            r"(?:was|were) seen",
            r"seen (?:safe and well|at home|by|and spoken to|in person|face[- ]to[- ]face)",
            r"home visit (?:to|with)|visited (?:her|him|them|{person})",
            r"(?:officers?|staff|nurse|midwife|worker|visitor|doctor|gp) saw (?:her|him|them|{person})",
            r"face[- ]to[- ]face",
        ),
    ),
)

# --- Contact with another body --------------------------------------------------------------------

_THING = (
    r"(?:referral|referred|letter|e-?mail|report|notification|information|request|form|fax|copy|"
    r"summary|alert|message|call|contact|disclosure|details|concerns?)"
)
_THE = r"(?:the |a |an |our |local )?"
CONTACT = (
    (
        "attended",
        (
            rf"(?:joint(?:ly)? \w+|meeting|visit|visited|attended|conference)\b[^.;]{{0,30}}? "
            rf"with {_THE}{{body}}",
            r"{body}(?: [\w,’']+){0,5}? (?:was|were) (?:also )?present",
        ),
    ),
    (
        "told_by",
        (
            rf"(?:told|informed|advised|alerted|notified|made aware) by {_THE}{{body}}",
            r"{body} (?:told|informed|advised|notified|alerted) (?:us|the|that|this)",
        ),
    ),
    (
        "received",
        (
            rf"{_THING}\b[^.;]{{0,40}}? from {_THE}{{body}}",
            rf"received from {_THE}{{body}}",
            rf"(?:referred|reported|contacted|called|telephoned) by {_THE}{{body}}",
        ),
    ),
    (
        "sent",
        (
            rf"{_THING}\b(?:(?! from )[^.;]){{0,40}}? to {_THE}{{body}}",
            rf"(?:shared|information sharing) with {_THE}{{body}}",
            rf"signposted to {_THE}{{body}}",
            rf"(?:informed|notified|contacted|alerted|e-?mailed|wrote to|liaised with) {_THE}{{body}}",
            r"{body} (?:was|were) (?:informed|notified|contacted|told|alerted|advised)(?! by)",
        ),
    ),
)
# Before "contacted the police" these say that it was not the agency who did.
NOT_THE_AGENCY = frozenset(
    [
        "she",
        "he",
        "they",
        "who",
        "mother",
        "father",
        "sister",
        "brother",
        "neighbour",
        "neighbours",
        "friend",
        "family",
        "son",
        "daughter",
        "husband",
        "wife",
        "partner",
        "victim",
        "perpetrator",
        "patient",
        "tenant",
        "caller",
        "parents",
    ]
)
# What a body of a kind is called, where one of that kind takes part in the review.
BODIES = {
    "police": (r"police(?: officers?)?", r"constabulary"),
    "probation": (r"probation(?: service| officer)?",),
    "primary_care": (r"gp(?: practice| surgery)?", r"surgery", r"general practitioner"),
    "ambulance": (r"ambulance(?: service)?", r"paramedics?"),
    "housing": (r"housing(?: officer| association| department| services?)?",),
    "education": (r"school", r"college"),
    "specialist": (r"idva(?: service)?", r"domestic abuse service"),
    "health": (r"hospital", r"a&e", r"emergency department"),
}

# --- Denied ---------------------------------------------------------------------------------------

# Up to four words before what would be an event, that say there was none.
DENIED = (
    r"(?:no|not|never|nor|neither|nothing|nobody|without|denied|denies|denying|cannot|n['’]t|ruled out|risk of|if)"
    r"(?: [\w’']+){0,4} ?$"
)
