"""What an account can say about an event, so that two accounts can be seen to disagree."""

# facet: stems of single words (a word counts that begins so) and phrases.
FACETS = {
    "threats": ("threat", ("feared for", "fear for")),
    "assault": ("assault attack punch kick strangl stab hit slap push violen fight fought", ()),
    "domestic abuse": ("", ("domestic abuse", "domestic violence", "domestic incident", "abusive relationship")),
    "injury": ("injur bruis fractur wound bleed", ("black eye", "black eyes")),
    "weapon": ("knife weapon", ()),
    "safeguarding": ("safeguarding", ()),
    "mental health": ("suicid psychosis psychotic overdos", ("mental health issues", "mental health problems", "mental health", "low mood")),
    "children": ("", ("children present", "child present", "children in the house")),
    "alcohol": ("drunk intoxicat", ("in drink", "under the influence")),
}  # fmt: skip

# A denial of the first is gainsaid by any of the others.
GAINSAID_BY = {
    "domestic abuse": ("threats", "assault", "weapon", "domestic abuse", "injury"),
    "threats": ("threats", "weapon"),
    "assault": ("assault",),
    "injury": ("injury",),
    "weapon": ("weapon",),
    "mental health": ("mental health",),
    "alcohol": ("alcohol",),
    "children": ("children",),
    "safeguarding": ("safeguarding",),
}

DENIALS = frozenset(
    ["no", "not", "never", "denied", "denies", "without", "nor", "neither", "nil", "didn't"]
)
GENERAL_DENIALS = ("no evidence", "verbal argument only", "no concerns", "no issues", "no offences")

# How a report to police can end, from least to most: two accounts of one event name two ends.
ENDINGS = {
    "no charges pressed": ("pressing charges", "press charges", "no complaint", "not support a prosecution"),
    "no further action": ("no further action", "nfa", "released without charge"),
    "a warning": ("words of advice", "harassment warning"),
    "a caution": ("cautioned", "a caution", "police caution", "conditional caution"),
    "a charge": ("charged with", "was charged", "were charged", "and charged"),
    "a conviction": ("convicted", "sentenced", "pleaded guilty", "found guilty"),
}  # fmt: skip
POLICED = ("arrest", "arrested", "assault", "offence", "allegation", "charge", "cautioned")

# Whether a service took somebody on.
TAKEN_ON = (
    "was offered", "were offered", "offered one to one", "offered support", "was accepted",
    "accepted the referral", "accepted it as", "offered an appointment", "was allocated",
    "offered brief advice", "full package of support", "offered her", "offered him",
)  # fmt: skip
TURNED_AWAY = (
    "nothing that could be done", "nothing could be done", "not eligible", "did not meet the threshold",
    "did not meet the criteria", "not accepted", "rejected the referral", "referral was rejected",
    "could not help", "unable to help", "could not offer", "declined the referral",
    "referral was declined", "refused the referral", "not be taking the case", "similar response",
    "not a safeguarding issue", "no service", "no services could", "could not do anything",
)  # fmt: skip

CAUSES = {
    "a fall": ("fell", "fallen", "falling", "slipped", "tripped"),
    "a bottle": ("bottle",),
    "a mug": ("mug",),
    "a knife": ("knife", "knifed"),
    "a hammer": ("hammer",),
    "glass": ("glass",),
    "a door": ("door",),
    "scissors": ("scissors",),
    "a fist": ("punched", "punch", "fist"),
    "a kick": ("kicked",),
}  # fmt: skip

# Grades of risk, and the words that must stand near for them to be one.
GRADES = {"standard": 1, "low": 1, "medium": 2, "moderate": 2, "high": 3, "very high": 3}
GRADED = frozenset(["risk", "risks", "harm", "dash", "sara", "oasys", "rosh", "caada"])
INCIDENT_STEMS = (
    "stab", "strangl", "assault", "bleach", "overdos", "fractur", "burn", "fire", "bit", "knif",
    "cut", "eyelid", "eye", "rap", "kick", "punch", "wound", "collaps", "surgeri", "oper", "scald",
    "poison", "shot", "gun", "hammer", "axe", "injur", "bottl", "bruis",
)  # fmt: skip
