"""The words that the rules go by: those of UK agencies in general, of no one review.

A verb stands with all its forms. What it does with its counterpart is said by its class:

REFER   sends somebody on: to whom stands after "to"
TELL    gives information to whoever is told, directly or after "to" or "with"
ASK     asks something of whoever is asked; asking "from" is asking too
TAKE    receives; from whom stands after "from" or "by"
MEET    both sides are there
COME    an agency comes to somebody
CARRY   somebody is brought or goes to an agency
SAY     an agency is quoted, which it may have been by whoever writes
END     an agency closes its case
URGE    a person is moved to do something: no contact between two agencies
"""

REFER, TELL, ASK, TAKE, MEET, COME, CARRY, SAY, END, URGE = (
    "refer", "tell", "ask", "take", "meet", "come", "carry", "say", "end", "urge",
)  # fmt: skip

VERBS = {
    REFER: "refers referred referring re-referred re-referring signposted sign-posted signposting",
    TELL: (
        "tells told telling informs informed informing advises advised advising notifies notified "
        "notifying alerts alerted alerting warned warning contacted contacting re-contacted "
        "telephoned telephoning phoned phoning rang ringing called emailed emailing e-mailed "
        "wrote writing sent sending faxed faxing shared sharing passed passing forwarded "
        "discussed discusses discussing spoke speaking liaised liaises liaising consulted "
        "consulting updated updating submitted submitting handed copied approached"
    ),
    ASK: "asked asks asking requested requesting sought seeking invited inviting suggested urged tasked instructed",
    TAKE: "received receives receiving accepted heard obtained",
    MEET: "met meeting-with",
    COME: "attended attends attending visited visiting",
    CARRY: "transported conveyed admitted",
    SAY: (
        "said says saying stated states reported reporting confirmed confirms confirming "
        "disclosed discloses disclosing added adds explained explains raised expressed "
        "agreed recorded noted recommended"
    ),
    END: "closing closed withdrawn withdrew",
}  # fmt: skip
# Told, asked: what follows "to" is what the other is to do; after "contacted" it is only why.
MAKES_DO = frozenset(
    [
        "told",
        "telling",
        "advised",
        "advising",
        "asked",
        "asking",
        "asks",
        "requested",
        "requesting",
        "suggested",
        "invited",
        "urged",
        "tasked",
        "instructed",
    ]
)

# Several words that are one verb or noun, with what they are.
PHRASES = {
    "made a referral": REFER, "make a referral": REFER, "making a referral": REFER,
    "made the referral": REFER, "made referrals": REFER, "a referral": "referral",
    "the referral": "referral", "referral": "referral", "referrals": "referral",
    "got in touch": TELL, "in touch with": TELL, "made contact": TELL, "make contact": TELL,
    "made a report": TELL, "made an enquiry": TELL, "made enquiries": TELL,
    "made inquiries": TELL, "made checks": TELL, "on checking": TELL, "checked with": TELL,
    "raised a concern": TELL, "raised concerns": TELL, "raised an alert": TELL,
    "left a message": TELL, "sent a letter": TELL, "spoke to": TELL, "spoke with": TELL,
    "following consultation": TELL, "in consultation": TELL, "after consultation": TELL,
    "a telephone call from": TAKE, "a phone call from": TAKE, "a call from": TAKE,
    "call from": TAKE, "contact from": TAKE, "a letter from": TAKE, "letter from": TAKE,
    "an email from": TAKE, "email from": TAKE, "an update from": TAKE, "took a call": TAKE,
    "received a call": TAKE, "telephone call from": TAKE,
    "were concerned": SAY, "was concerned": SAY,
    "notification from": TAKE, "a report from": TAKE, "report from": TAKE, "fax from": TAKE,
    "was received": TAKE, "were received": TAKE, "in a letter": "letter",
    "joint visit": MEET, "joint meeting": MEET, "meeting between": MEET, "meeting with": MEET,
    "met with": MEET, "visit with": MEET, "visited with": MEET, "appointment with": MEET,
    "joint assessment": MEET, "strategy meeting": "strategy", "professionals meeting": "strategy",
    "with the help of": "help", "with help of": "help", "with help from": "help",
    "with the help from": "help", "with the assistance of": "help", "with assistance from": "help",
    "assisted by": "help", "at the request of": TAKE,
    "prompted by": URGE, "encouraged by": URGE, "persuaded by": URGE, "reminded by": URGE,
    "were called": COME, "was called": COME, "had been called": COME, "in attendance": COME,
    "were asked to attend": COME, "was asked to attend": COME,
    "had found": COME, "by ambulance": "ambulance",
    "went to": CARRY, "was taken to": CARRY, "taken to": CARRY, "admitted to": CARRY,
    "transferred to": CARRY, "conveyed to": CARRY, "attended at": CARRY, "presented at": CARRY,
    "not be taking the case": END, "not taking the case": END, "stopped work": END,
    "closed the case": END, "closing the case": END, "case was closed": END, "no longer works": END,
    "ceased involvement": END, "ended its involvement": END, "stopped working": END,
}  # fmt: skip

# What, before a verb in its clause, says that it did not happen.
NEGATIONS = (
    "not", "no", "never", "nor", "neither", "without", "cannot", "didn't", "wasn't", "weren't",
    "failed", "unable", "unsuccessful", "rather than", "instead of", "did not want", "nothing",
    "yet to", "omitted", "avoided",
)  # fmt: skip

# What, before a verb, says that it was only thought, offered or wished; or that it is still to come.
UNREAL = (
    "offered", "declined", "refused", "considered", "considering", "consider", "whether", "should",
    "could", "may", "might", "wanted", "wished", "needed", "need", "offer", "option of", "tried",
    "attempted", "if", "would be helpful", "would have", "should have", "could have", "in order to",
    "unless", "want", "hoped", "asked about", "did not know", "unclear", "in case", "so that",
    "suggestion that", "opportunity to", "suggested that", "possibility of", "thinking of",
    "advice on", "advice to", "encouraged to", "entitled to", "eligible for", "in the event",
)  # fmt: skip
AFTER_UNREAL = (
    "would be helpful", "should be", "could be", "was considered", "were considered", "was offered",
    "would be", "may be", "might be", "was declined", "was refused", "was discussed", "needed",
    "is needed", "would have been",
)  # fmt: skip

# What makes a verb a promise.
PROMISES = (
    "would", "will", "agreed to", "agreed that", "undertook to", "promised to", "planned to",
    "arranged to", "plan to", "was to", "were to", "is to", "are to", "going to", "due to",
    "agree to", "agreed", "decision was taken to", "decision was made to", "decided to", "it was agreed to",
    "intended to", "consented to", "decision taken to", "to be", "agreed a",
)  # fmt: skip

# What can be promised: its doing leaves an entry. With all forms that follow "would" or "to".
DOINGS = (
    "return visit refer re-refer contact re-contact inform notify send complete serve arrange call "
    "follow report give provide attend discuss speak submit update share seek request "
    "ring telephone phone write check review chase convene organise organize make pass liaise meet "
    "undertake carry conduct referral assess raise allocate flag email invite ask tell "
    "change fit repair install record investigate monitor remind book order"
)  # fmt: skip

# What makes a promise depend on something that may never have come.
CONDITIONS = (
    "if", "should", "unless", "until", "in the event", "where necessary",
    "if required", "as required", "if needed", "provided that",
)  # fmt: skip

# What a first word says of a date inside the text: the event was then, not when it was told.
TELLING = (
    "told", "disclosed", "said", "stated", "reported", "explained", "described", "recalled",
    "alleged", "history", "previously", "claimed", "mentioned", "noted", "added",
)  # fmt: skip

BLANKS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "another",
        "any",
        "some",
        "s",
        "such",
        "both",
        "all",
        "new",
        "own",
        "same",
        "local",
        "attending",
        "area",
        "named",
        "on-call",
        "duty",
        "senior",
        "student",
        "adult",
        "joint",
        "full",
        "safeguarding",
        "via",
        "also",
    ]
)
PREPOSITIONS = frozenset(
    [
        "to",
        "from",
        "by",
        "with",
        "between",
        "via",
        "at",
        "of",
        "for",
        "into",
        "through",
        "against",
        "about",
        "and",
    ]
)
AUXILIARIES = frozenset(
    ["was", "were", "been", "being", "be", "is", "are", "got", "had", "has", "have"]
)
BREAKS = frozenset(
    ["but", "however", "although", "though", "because", "which", "while", "whilst", "whereas"]
)
