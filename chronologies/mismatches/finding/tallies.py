"""What is counted in a report and in entries: contacts, calls, incidents, appointments and the like."""

import re
from typing import NamedTuple

from chronologies.mismatches.finding.when import width

MANY_DAYS = 60  # an entry that covers more may tell of any number


class Tally(NamedTuple):
    """`sure` are the beginnings of words by which an entry is one of these; by `maybe` it may be."""

    label: str
    sure: tuple
    maybe: tuple = ()
    is_presence: bool = False  # somebody was there: "did not attend" is none

    def counts(self, text):
        """Whether an entry is (surely, possibly) one."""
        if not self.sure:
            return True, True
        if self.is_presence and MISSED.search(text):
            return False, False
        is_sure = _begins(self.sure).search(text) is not None
        return is_sure, is_sure or bool(self.maybe and _begins(self.maybe).search(text))


_BUILT = {}


def _begins(stems):
    if stems not in _BUILT:
        _BUILT[stems] = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, stems))})", re.I)
    return _BUILT[stems]


MISSED = re.compile(
    r"\b(?:(?:did|had|has|was) ?n[o']t (?:to )?(?:attend|present|turn up|keep)|did not (?:attend|arrive|turn up)"
    r"|failed to (?:attend|keep)|dna(?:'d|ed)?|non-attendance|missed|no show)\b",
    re.IGNORECASE,
)


def _tally(label, sure, maybe="", *, is_presence=False):
    return Tally(label, tuple(sure.split()), tuple(maybe.split()), is_presence)


CONTACT = _tally("contacts", "")
CALL = _tally(
    "calls", "call telephon phon rang ring 999 101 voicemail", "contact spoke report messag"
)
INCIDENT = _tally(
    "incidents",
    "incident assault disturb argument domestic",
    "report alleg fight attack threat damag arrest theft stole disput violen call attend offence harass "
    "alterc concern",
)
REPORT = _tally("reports", "report", "incident assault disturb domestic call alleg contact inform")
APPOINTMENT = _tally(
    "appointments",
    "appointment consult",
    "seen saw attend clinic review visit assess surgery session met telephon phon exam present missed dna",
)
SEEN = _tally(
    "times seen",
    "seen saw appointment consult attend",
    "clinic review visit assess surgery session met exam present spoke telephon phon discuss",
    is_presence=True,
)
ATTENDANCE = _tally(
    "attendances",
    "attend",
    "visit came present arriv seen admit called respond crew deploy went a&e conveyed taken",
    is_presence=True,
)
VISIT = _tally("visits", "visit", "attend called seen saw met came home door", is_presence=True)
SESSION = _tally("sessions", "session", "appointment seen saw attend met group", is_presence=True)
MEETING = _tally("meetings", "meeting", "met conference marac attend")
LETTER = _tally("letters", "letter", "wrote sent correspond post email")
REFERRAL = _tally("referrals", "refer", "passed signpost asked sent")
ARREST = _tally("arrests", "arrest", "custody detain charged")
ADMISSION = _tally("admissions", "admit admission", "inpatient ward transfer stay")
MISSED_ONES = Tally(
    "missed appointments",
    ("did not attend", "didn't attend", "dna", "failed to attend", "missed", "not attend"),
    ("no show", "cancel", "failed", "not kept", "no answer", "no access", "not at home", "no reply"),
)  # fmt: skip

UNITS = {
    "contact": CONTACT, "point of contact": CONTACT, "interaction": CONTACT, "engagement": CONTACT,
    "call": CALL, "phone call": CALL, "telephone call": CALL, "call-out": ATTENDANCE,
    "callout": ATTENDANCE, "call out": ATTENDANCE, "incident": INCIDENT, "report": REPORT,
    "appointment": APPOINTMENT, "consultation": APPOINTMENT, "attendance": ATTENDANCE,
    "presentation": ATTENDANCE, "visit": VISIT, "session": SESSION, "meeting": MEETING,
    "letter": LETTER, "referral": REFERRAL, "arrest": ARREST, "admission": ADMISSION,
    "missed appointment": MISSED_ONES,
}  # fmt: skip
TIMES = frozenset({"occasion", "time"})  # of what, a verb tells

# "Was seen nine times": the verb that tells what is counted, tried in this order.
VERBS = (
    (r"(?:did not|didn't|failed to|not) (?:attend\w*|keep)|missed|dna'?d?", MISSED_ONES),
    (r"attend(?:ed|s|ing)?|responded|called out|called to|deployed|presented", ATTENDANCE),
    (r"visit(?:ed|s)", VISIT),
    (r"seen|saw|consulted|reviewed|assessed", SEEN),
    (r"telephoned|phoned|rang|called", CALL),
    (r"had contact|in contact|contacted|in touch|spoke|spoken|engaged|came to (?:the )?(?:notice|attention)|dealings", CONTACT),
    (r"arrested", ARREST),
    (r"admitted", ADMISSION),
    (r"referred", REFERRAL),
    (r"wrote|written", LETTER),
    (r"met", MEETING),
)  # fmt: skip

# An entry that itself tells of more than one.
_SEVERAL = re.compile(
    r"\b(?:several|numerous|various|multiple|many|regular|weekly|daily|monthly|fortnightly|repeated|ongoing|"
    r"series of|further|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+(?:[\w-]+\s+){0,2}"
    r"(?:contacts|calls|visits|appointments|occasions|times|sessions|attendances|incidents|consultations|"
    r"reviews|meetings|letters|referrals|reports|arrests)\b"
    r"|\b(?:seen|visit\w*|called|rang|phoned|telephoned|attend\w*|contacted|contact)\s+(?:[\w-]+\s+){0,3}"
    r"(?:weekly|daily|monthly|fortnightly|regularly|repeatedly|twice|times)\b"
    r"|\b(?:visits|calls|appointments|sessions|contacts|attendances) (?:between|from|over|throughout|during)\b",
    re.IGNORECASE,
)


def tells_of_several(account):
    return width(account) > MANY_DAYS or bool(_SEVERAL.search(account.text))


# --- Numbers -----------------------------------------------------------------------------------------

_UNDER_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_BY_TEN = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _UNDER_TWENTY.split(), _BY_TEN.split()
_WORTH = {word: n for n, word in enumerate(_ONES, 1)}
_WORTH |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORTH |= {"a dozen": 12, "half a dozen": 6, "a single": 1, "twice": 2, "thrice": 3}
_DIALLED = frozenset({"999", "101", "111", "112"})

NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|half a dozen|a dozen|a single"
    rf"|{'|'.join(sorted(_ONES, key=len, reverse=True))}|\d{{1,3}})"
)


def worth(word):
    """The number that a word or digits are; None for one that is dialled."""
    word = " ".join(word.lower().replace("-", " ").split())
    if word.isdigit():
        return None if word in _DIALLED else int(word)
    if word in _WORTH:
        return _WORTH[word]
    tens, ones = word.split()
    return _WORTH[tens] + _WORTH[ones]
