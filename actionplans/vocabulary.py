"""The words that action plans use: for their columns, statuses, decisions, offices and bodies.

Councils agree on the thing and not on the words. What belongs together is written down here once.
"""

import re
from enum import StrEnum

from actionplans.wording import key


class Field(StrEnum):
    """What a column of an action plan holds."""

    NUMBER = "number"
    ACTION_NUMBER = "action_number"
    RECOMMENDATION = "recommendation"
    FINDING = "finding"
    GROUP = "group"
    SCOPE = "scope"
    ACTION = "action"
    LEAD = "lead"
    LEAD_AND_TARGET = "lead_and_target"
    AGENCY = "lead_agency"
    OFFICER = "lead_officer"
    MILESTONE = "milestone"
    TARGET = "target"
    STATUS = "status"
    COMPLETION = "completion"
    OUTCOME = "outcome"
    EVIDENCE = "evidence"
    DECISION = "decision"
    UPDATE = "update"
    OTHER = "other"


class Status(StrEnum):
    """What a plan claims of a recommendation or an action."""

    COMPLETED = "completed"
    ONGOING = "ongoing"
    IN_PROGRESS = "in progress"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OVERDUE = "overdue"
    NOT_STARTED = "not started"
    OPEN = "open"  # "will be done in 3 weeks": still to come
    ON_HOLD = "on hold"
    SUPERSEDED = "superseded"
    DISCHARGED = "discharged"
    NOT_ACCEPTED = "not accepted"
    NOT_STATED = "not stated"


class Decision(StrEnum):
    """What a cabinet, board or agency decided about a recommendation."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    NOTED = "noted"


# --- How far a recommendation reaches: the widest first -------------------------------------

LEVELS = [
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (
            "national",
            r"\bnational(?:ly)?\b|\b(?:nation|england|country|uk)[- ]?wide\b"
            r"|\bcentral government\b|\bhome office\b",
        ),
        ("regional", r"\b(?:sub[- ]?)?region(?:s|al|ally|[- ]?wide)?\b"),
        (
            "local",
            r"\blocal(?:ly)?\b|\b(?:borough|district|city|county|town)(?:[- ]?wide)?\b",
        ),
    )
]
UNDECIDED = re.compile(r"\bor\b", re.IGNORECASE)


# --- Headings -------------------------------------------------------------------------------

_N = r"(?:no|nos|num|number|numbers|ref|refs|reference|references|id|code)"
_RECOMMENDATION_FIRST = (
    r"^(?:(?:the|key|panel|panels|dhr|dardr|imr|sar|csp|overview|report|reports|agreed|final|single"
    r"|multi|agency|agencies|individual|national|local|summary|of|over|arching|overarching|what|is"
    r"|learning|specific|original|full|review|scrutiny|number|no|ref|and|themed?|strategic|chairs?"
    r"|author|authors|case|internal|external|finding|findings|issue|issues|lesson|lessons) )*"
    r"recommendations?(?: \d+[a-z]?)?"
    r"(?:$| (?:s$|text|wording|description|details?|made|from|of|for|arising|agreed|to|and|or|in|by|as"
    r"|action$|actions$|learning|what|with|that|the|relating|please|required))"
)

# In this order: the first that fits wins.
_HEADINGS = [
    (
        Field.NUMBER,
        rf"^(?:rec|recs|recommendation|recommendations|item|serial|s|sr|row|line|ref|reference)? ?{_N}"
        rf"(?: (?:of )?(?:rec|recommendation))?$|^(?:rec|item|serial)$|^recommendation {_N}$",
    ),
    (Field.ACTION_NUMBER, rf"^(?:action|actions|task|step) ?{_N}$"),
    (
        Field.SCOPE,
        r"\bscope\b|\blocal (?:or|and|regional|national)\b|^(?:level|reach)$"
        r"|^(?:national|regional) (?:or )?(?:regional|local)|^level of (?:rec|action)"
        r"|^single (?:or )?multi ?agency$",
    ),
    (Field.RECOMMENDATION, _RECOMMENDATION_FIRST),
    (
        Field.OTHER,
        r"^(?:source|origin|cost|costs|resources?|resource implications|budget|risk|risks"
        r"|priority(?: h m l| rating| level| score)?|start date|date (?:added|raised|started|set|of meeting)|barriers"
        r"|review date|date of review|support(?:ing)?\b.*|other (?:agencies|partners)"
        r"|contribut.*|partners(?: involved)?|category|type|rationale|why.*"
        r"|date of recommendation|date commenced)$",
    ),
    (
        Field.OTHER,
        r"\b(?:desired|intended|expected|anticipated|planned|required) "
        r"(?:outcomes?|impacts?|results?|benefits?)\b|\bsuccess\b|\bmeasur|how (?:will|do|can) we "
        r"know|what will (?:be different|change|good look)|\bmonitor|\bassurance\b|target outcome"
        r"|\bkpi\b|performance indicator|what difference (?:will|do we)|quality assur",
    ),
    (Field.MILESTONE, r"\bmilestones?\b|^key steps\b"),
    (
        Field.DECISION,
        r"\bdecision\b|\baccept(?:ed|ance)?\b|\bagreed? (?:y|yes|or)\b|^agreed?$"
        r"|\brejected\b|^agreement$",
    ),
    (
        Field.LEAD_AND_TARGET,
        r"(?:\bwhom?\b|\blead|\bowner|\bofficer|\brespons|\bagency).*(?:\bwhen\b|\bdate\b|\btime ?scale|\bdeadline|\btime ?frame)"
        r"|(?:\bwhen\b|\bdate\b|\btime ?scale|\bdeadline|\btime ?frame)\b.*(?:\bwhom?\b|\blead|\bowner|\bofficer|\bperson\b|\brespons)",
    ),
    (
        Field.TARGET,
        r"\b(?:target|planned|expected|proposed|anticipated|due|estimated|intended|agreed|revised)"
        r" (?:for )?(?:completion|end|implementation|delivery|finish|date)\b"
        r"|\bdate (?:for|due)\b|\bdue\b|\bdeadline|\btime ?(?:scale|frame|line)s?\b|\bby when\b"
        r"|^target(?:s| dates?)?$|\btarget date|^when\b|\b(?:action|complete|completed|completion"
        r"|done|delivered|achieved|implemented) by(?: date| when)?$|^(?:action )?by date$"
        r"|^date$|^dates$|implementation date|delivery date|^end date$|to be completed by",
    ),
    (
        Field.COMPLETION,
        r"\b(?:date|when) (?:of |action |actions |actually )*(?:completion|completed|closed"
        r"|achieved|implemented|signed off|delivered|done)\b|\bcompletion date\b"
        r"|\bcompleted (?:on|date)\b|\bactual (?:completion|date|end)\b|^date closed$"
        r"|^completion$|^closed$",
    ),
    (
        Field.UPDATE,
        r"\bupdates?\b|\bprogress\b(?! status| rating| rag)|\bcomment|^(?:current |latest )?position$"
        r"|\bcurrent position|\bwork (?:done|undertaken)|\bfeedback|\bnarrative|^notes?$"
        r"|\bachieve(?:d|ments?)\b(?!.*date)|what (?:has been|have we|we have|we) (?:done|did)"
        r"|\bactions? (?:already )?(?:taken|completed|undertaken)\b|\bresponse\b"
        r"|^(?:what )?has been done",
    ),
    (
        Field.STATUS,
        r"\bstatus\b|\bb?rag\b|^rating$|^complete[d]?(?: y n| yes no| yes or no)?$|^stage$"
        r"|^open (?:or )?closed$|^red amber green|^(?:is (?:this|it) )?(?:complete|closed)d?(?: y n| yes no)?$",
    ),
    (Field.OUTCOME, r"\boutcomes?\b|\bimpacts?\b|\bresults?\b|\bdifference\b"),
    (Field.EVIDENCE, r"\bevidence"),
    (
        Field.AGENCY,
        r"\b(?:agency|agencies|organi[sz]ations?|lead partners?|lead body|bodies|lead services?"
        r"|directorate|department|team|lead board)\b(?!.*\b(?:officer|person|name|individual)\b)",
    ),
    (
        Field.OFFICER,
        r"\bofficers?\b|\bperson\b|\bcabinet member\b|\bportfolio holder\b|\bnamed?\b|\bby whom\b|\bindividual\b|\bmanager\b"
        r"|\blead (?:officer|member|person|professional)|\baction by\b",
    ),
    (
        Field.LEAD,
        r"\bleads?\b|\bowner(?:s|ship)?\b|\brespons|\baccountab|^who\b|\bassigned|\ballocated"
        r"|\bowned by|^whom$|^action by$",
    ),
    (
        Field.ACTION,
        r"\bactions?\b|\bactivit|\btasks?\b|^steps?\b|^how\b|what (?:will|needs|do|are|is|must)"
        r"|\bimplementation\b|\bproposals?\b|\bwork required|\bto be done\b|^plan$",
    ),
    (
        Field.GROUP,
        r"^(?:themes?(?: (?:and )?area)?|strand|work ?stream|area|topic|section|thematic area|key theme)$",
    ),
    (Field.RECOMMENDATION, r"^(?:rec|recs|recommendations?)\b"),
    (
        Field.FINDING,
        r"\bfindings?\b|\blessons?\b|\blearning\b|\bissues?\b|\bobjectives?\b|\bconcerns?\b"
        r"|\barea for (?:improvement|development)|\bpriorit|\bgaps?\b|\baims?\b|\bgoals?\b",
    ),
]
HEADINGS = [(field, re.compile(pattern)) for field, pattern in _HEADINGS]
# "Action(s) to taken" means what is to be done; "Action taken" what was.
ACTION_TO_TAKE = re.compile(
    r"^(?:key |agreed |proposed |required |recommended )?actions? s? ?to (?:be )?take"
)
LONGEST_HEADING = 14  # words


def field_of(heading):
    """What a column under this heading holds, or None."""
    first_line = next((line for line in (heading or "").split("\n") if line.strip()), "")
    for text in (heading or "", first_line):
        if text.strip() in {"#", "№", "No", "no.", "Nr"}:
            return Field.NUMBER
        plain = re.sub(
            r"\b(action|recommendation|target|update|milestone|officer) s\b", r"\1s", key(text)
        )
        if not plain or len(plain.split()) > LONGEST_HEADING:
            continue
        if ACTION_TO_TAKE.match(plain) or re.match(r"actions? to (?:be )?take", plain):
            return Field.ACTION
        for field, pattern in HEADINGS:
            if pattern.search(plain):
                return field
    return None


PROMPT = re.compile(
    r"^\(.*\)$|\?$|^(?:i\.?e\.?|e\.?g\.?)\b|^(?:what|who|when|how|which|where|why)\b(?!.*\.$)"
    r"|^(?:please|insert|state|list|describe|give|enter|set out|dd ?/ ?mm)\b",
    re.IGNORECASE | re.DOTALL,
)
NOTE = re.compile(
    r"^(?:key\b|notes?\b|nb\b|n\.b|rag\b|brag\b|\*+ |source:|total\b|legend|glossary|abbreviations"
    r"|end of|version|author:|date:|prepared by|last updated|updated:|signed|page \d)",
    re.IGNORECASE,
)
NAMED_RECOMMENDATION = re.compile(
    r"^(?:recommendation|rec|finding|learning point|learning|lesson|objective|priority|outcome)"
    r"\s*(?:no\.?|number)?\s*(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*[:.)–—-]?\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
GROUP_SENTENCE = re.compile(r"\brecommend(?:s|ed|ations? (?:that|to|for))\b.*|:$", re.IGNORECASE)
THEMES = re.compile(
    r"^(?:theme|priority|objective|aim|strand|part|section|workstream|category)\b"
    r"|^(?:training|process(?:es)?|polic(?:y|ies)|procedures?|communications?|information[- ]sharing"
    r"|risk assessments?|record[- ]keeping|governance|commissioning|awareness|learning|recommendations?"
    r"|supervision|management|leadership|equality|diversity|referrals?|safeguarding|prevention"
    r"|early intervention|education|strategy|strategic|operational|practice|systems?|quality assurance"
    r"|data|publicity|engagement|support|workforce|performance|national|local|regional|multi[- ]agency"
    r"|single[- ]agency|overview report|imr|completed|outstanding|immediate|short[- ]term|long[- ]term"
    r"|medium[- ]term|actions?|other|general|all)"
    r"(?:\s+(?:and|&|/)\s+\w+)*(?:\s+(?:recommendations?|actions?|policies|procedures|processes|issues"
    r"|training|practice|plans?))*$",
    re.IGNORECASE,
)


# --- Statuses -------------------------------------------------------------------------------

_STATUSES = [
    (
        Status.OPEN,
        r"(?:to|will|should|must|can|be|for|due for|awaiting|near(?:ing)?|prior to|upon|on|until"
        r"|once|when|target|expected) (?:be )?(?:fully )?(?:complet(?:ed?|ion)|implemented|achieved"
        r"|actioned|delivered|done|closed)|yet to be \w+",
    ),
    (
        Status.NOT_STARTED,
        r"not (?:yet )?(?:started|commenced|begun|initiated)|to be (?:started|commenced)"
        r"|no progress|not yet due|no action (?:yet |to date )?taken",
    ),
    (
        Status.NOT_ACCEPTED,
        r"no further action|not (?:accepted|agreed|supported|adopted|progressed|pursued)"
        r"|rejected|declined|withdrawn|not (?:being )?taken forward|not feasible",
    ),
    (Status.OVERDUE, r"overdue|behind (?:schedule|target)|slipped|missed"),
    (Status.AT_RISK, r"at risk|off track|some (?:slippage|delay)"),
    (
        Status.IN_PROGRESS,
        r"part(?:ial|ially|ly)?[ -](?:complete[d]?|achieved|implemented|met)|in progress"
        r"|work in progress|under ?way|under way|in hand|in train|progressing|being progressed"
        r"|not (?:yet |fully )*(?:complete[d]?|achieved|implemented|done)|incomplete"
        r"|(?<!not )(?<!not yet )(?:started|commenced|begun)|in development"
        r"|under development|nearly complete[d]?|almost complete[d]?|[1-9]\d?\s?% complete[d]?"
        r"|partially",
    ),
    (Status.ON_TRACK, r"on[ -](?:track|target|schedule)"),
    (Status.DISCHARGED, r"discharged"),
    (Status.SUPERSEDED, r"superseded|replaced by|merged (?:with|into)"),
    (Status.ON_HOLD, r"on hold|paused|deferred|suspended|postponed|delayed"),
    (
        Status.COMPLETED,
        r"actions? complete[d]?|(?:fully |now |already |all |both )*(?:complete[d]?|achieved"
        r"|implemented|actioned|delivered|embedded|signed off|in place|finished)"
        r"|100\s?%(?: complete[d]?)?|(?:action )?closed|done",
    ),
    (
        Status.ONGOING,
        r"on[ -]?going|continuous(?:ly)?|continuing|continues|rolling(?: programme)?|business as "
        r"usual|\bbau\b",
    ),
    (Status.NOT_STARTED, r"outstanding|pending|not complete"),
    (Status.OPEN, r"open"),
]
STATUSES = [
    (status, re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)) for status, pattern in _STATUSES
]
COLOURS = re.compile(
    r"^(?:rag:?\s*)?(red|amber|green|blue|yellow|grey|gray|purple|[RAGB])(?:\s+rag)?$",
    re.IGNORECASE,
)
COLOUR_NAMES = {
    "r": "red",
    "a": "amber",
    "g": "green",
    "b": "blue",
    "yellow": "amber",
    "gray": "grey",
}
# What a colour means where the file has no key. Blue, where it is used, is what is finished.
COLOUR_MEANS = {
    "blue": Status.COMPLETED,
    "green": Status.ON_TRACK,
    "amber": Status.AT_RISK,
    "red": Status.OVERDUE,
    "grey": Status.NOT_STARTED,
    "purple": Status.COMPLETED,
}
YES_NO = {
    "y": Status.COMPLETED,
    "yes": Status.COMPLETED,
    "n": Status.OPEN,
    "no": Status.OPEN,
    "✓": Status.COMPLETED,
    "✔": Status.COMPLETED,
    "met": Status.COMPLETED,
    "not met": Status.OPEN,
    "live": Status.IN_PROGRESS,
    "active": Status.IN_PROGRESS,
    "true": Status.COMPLETED,
    "false": Status.OPEN,
}

_DECISIONS = [
    (
        Decision.PARTLY_ACCEPTED,
        r"\b(?:part(?:ial|ially|ly)?|in part|with (?:amendments?|modifications?))\b",
    ),
    (
        Decision.REJECTED,
        r"\b(?:reject|rejected|not (?:accepted|agreed|supported|approved)|declin(?:e|ed)"
        r"|refused|disagree[d]?|no)\b",
    ),
    (
        Decision.DEFERRED,
        r"\b(?:defer|deferred|postponed|under consideration|to be (?:considered|confirmed))\b",
    ),
    (
        Decision.ACCEPTED,
        r"\b(?:accept|accepts|accepted|agree|agreed|agrees|approve[d]?|supported|support|endorsed"
        r"|yes|adopted)\b",
    ),
    (Decision.NOTED, r"\b(?:noted|note)\b"),
]
DECISIONS = [(decision, re.compile(pattern, re.IGNORECASE)) for decision, pattern in _DECISIONS]
CONDITION = re.compile(
    r"\(?\b((?:subject to|provided|with the caveat|in principle|dependent on)\b[^)]*)\)?",
    re.IGNORECASE,
)

PLACEHOLDER = re.compile(
    r"[\[(<]\s*(?:insert|add|enter|tbc|tba|to be (?:confirmed|inserted|added|completed)|date|name|xx+)\b[^\])>]*[\])>]"
    r"|\binsert (?:date|name|text|here)\b|\bsee attached\b|\battached (?:document|story ?board|report)\b"
    r"|\b(?:tbc|tba|tbd)\b|\bto be confirmed\b|\bxx+\b|\blorem ipsum\b|\?\?+|^click (?:here|or tap)",
    re.IGNORECASE,
)
NOTHING = {"", "-", "–", "—", "n/a", "na", "nil", "none", ".", "not applicable", "--", "…", "..."}


def _words(text):
    return frozenset(text.split())


# --- Bodies and offices ---------------------------------------------------------------------

BODY_WORDS = _words("""trust trusts council councils police constabulary service services partnership
partnerships board boards group groups team teams hospital hospitals centre center surgery surgeries
practice practices clinic association agency agencies commission office department directorate unit ltd
limited plc charity foundation refuge aid college school schools university authority authorities network
forum panel committee government ministry probation csp icb ccg nhs housing society federation institute
care health cps yos yot mash union lscb lsab scb sab bodies providers provider company homes relate
partners organisations organisation secretariat project initiative programme""")
# These stand in names of bodies and in much else: only at the end do they make one.
GENERAL_BODY_WORDS = _words("care health housing practice partners team project programme")
# Words that end the name of a body but say nothing by themselves: "the IDVA Service" is the IDVA.
EMPTY_BODY_WORDS = _words(
    "service services team trust department board group the uk ltd limited plc"
)

OFFICE_WORDS = _words("""manager managers director directors head heads lead leads leader leaders officer
officers coordinator coordinators co-ordinator co-ordinators nurse nurses matron chief chair chairs
chairman chairperson chairwoman sergeant sgt inspector superintendent constable consultant administrator
administrators adviser advisers advisor advisors practitioner practitioners supervisor supervisors doctor
gp gps clerk executive secretary assistant deputy commander midwife worker workers trainer specialist
analyst governor champion champions representative representatives author professional professionals ceo
principal headteacher member councillor solicitor barrister registrar psychiatrist psychologist
superintendents inspectors sergeants portfolio holder sponsor owner""")

# What offices are about: with these a phrase is a task, not somebody's name.
TASK_WORDS = _words("""safeguarding adult adults child children childrens domestic abuse violence community
safety public health mental housing social care strategic operational human resources training quality
assurance performance named designated senior client support offender project clinical governance medical
nursing legal policy commissioning neighbourhood neighbourhoods area assistant deputy chief vulnerable
families family learning development workforce corporate communications information data risk crime drugs
alcohol substance misuse homelessness tenancy customer business complaints equality diversity protection
prevention intervention early help education school primary acute emergency maternity patient partnership
partnerships programme service services team group board review case hr ict it idva marac mappa dash imr
dhr integrated district regional national local county city borough interim acting general practice
intelligence investigation major serious young people youth justice custody victim witness licensing
environmental planning finance audit standards improvement transformation engagement and of for the in
&""")
TITLES = _words("""mr mrs ms miss dr prof professor cllr councillor sir dame rev pc dc ds di dci ci cs dcs
det sgt ds/ insp supt acc dcc cc t/ch/insp ch/insp ps pcso a/di t/di""")
RANKS = TITLES | _words(
    "superintendent inspector sergeant constable detective chief deputy assistant commander"
)
# Capitals that name a task, a thing or a rank, and not a body that could lead.
COMMON_CAPITALS = _words("""DA DV DVA DASH DHR DARDR IMR IT ICT HR GP GPS A&E MARAC MAPPA CEO PC DC DS DI DCI CI ACC
DCC CC CID SMART RAG TBC TBA TBD NA N/A VAWG FGM HBA SDVC ATR ISVA QA MCA DOLS DBS ID UK PDF OK NFA BAU
ASB AND THE OF FOR ALL""")
EVERYBODY = re.compile(
    r"^(?:all|every|each)\b.*\b(?:agenc|partner|organi|member|bod(?:y|ies)|service|signator|practices|gps?\b|surger"
    r"|schools|provider|trusts|hospitals|forces|department|imr)|^all$|^everyone$",
    re.IGNORECASE,
)

# In a column for agencies, two words are a person only when the first is somebody's name.
GIVEN_NAMES = _words("""adam alan alex alice alison amanda amy andrea andrew andy angela ann anna anne anthony
barbara ben beth bev beverley bob brian carol caroline catherine charlotte cheryl chris christine claire clare
colin craig dan daniel dave david dawn deborah debbie denise diane donna duncan elaine elizabeth emily emma eric
fiona frances gareth gary gemma george gill gillian graham hannah hayley heather helen ian jack jackie jacqueline
jade jamie jan jane janet janice jason jayne jean jen jennifer jenny jessica jill jim jo joan joanna joanne joe john
jon jonathan joy judith judy julia julie karen karl kate katherine kathryn kathy katie kay keith kelly ken kerry kevin
kim kirsty laura lauren leanne lee lesley linda lindsay lisa liz lorraine louise lucy lynn lynne lynsey malcolm mandy
marcus margaret maria marie mark martin mary matt matthew maureen maxine melanie michael michelle mick mike mohammed
natalie neil nicholas nick nicola nigel olivia pam patricia patrick paul paula pauline pete peter phil philip rachel
rebecca richard rob robert robin roger ruth ryan sally sam samantha sandra sara sarah sharon sheila shirley simon
sophie stephanie stephen steve steven stuart sue susan tim tina tom tony tracey tracy trevor val vanessa vicky victoria
warren wayne wendy yvonne zoe""")

# Bodies that work everywhere and whose names sound like something else.
NATIONAL_BODIES = (
    "Victim Support",
    "Home Office",
    "Ministry of Justice",
    "NHS England",
    "Crown Prosecution Service",
    "College of Policing",
    "Women's Aid",
    "Refuge",
    "SafeLives",
    "Cafcass",
    "Relate",
    "Shelter",
    "Samaritans",
    "Turning Point",
    "Change Grow Live",
    "We Are With You",
    "Barnardo's",
    "NSPCC",
    "Age UK",
    "Mind",
    "Galop",
    "Respect",
    "Citizens Advice",
    "Police and Crime Commissioner",
    "Domestic Abuse Commissioner",
    "Children's Services",
    "Adult Social Care",
    "Public Health",
)
# Words that stand for the one body of the review whose name holds them.
SHORT_FOR_A_BODY = _words("police probation ambulance hospital council ccg icb refuge csp")
COUNCIL = re.compile(
    r"\b(?:council|borough|county|city|[A-Z]*MBC|[A-Z]*CC|partnership|csp)\b", re.IGNORECASE
)
# Meetings and services that lead by themselves, and that offices are named after.
FORUMS = _words("MARAC MAPPA IDVA ISVA MASH DASH DHR")
SUPPORTING = re.compile(
    r"^(?:support(?:ed|ing)?(?: by| from| agenc\w+)?|with support (?:from|of)|assisted by|partners?"
    r"|contributors?|in partnership with|via|through)\b\s*:?\s*",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:lead(?:ing)?(?: agency| officer| by)?|led by|owner|owned by)\s*[:–-]\s*", re.IGNORECASE
)
PART_OF_A_BODY = _words("team unit department directorate section hub")
