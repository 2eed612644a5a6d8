"""Words of which only one can be so of one thing. A list that anybody may add to."""

import re

EXCLUSIVE = (
    ("murder", "manslaughter"),
    ("accepted", "declined|refused|rejected"),
    ("granted", "refused"),
    ("upheld", "dismissed"),
    ("guilty", "not guilty"),
    ("high risk|high-risk", "medium risk|medium-risk", "standard risk|standard-risk|low risk|low-risk"),
    ("Crown Court", "Magistrates'? Court"),
    ("morning", "afternoon", "evening"),
    ("maternal", "paternal"),
    ("older|elder", "younger"),
    ("eldest|oldest", "youngest"),
    ("ground floor", "first floor", "second floor", "third floor"),
    ("front door", "back door|rear door"),
    ("at home", "at the clinic", "at the surgery", "(?:at|in) (?:the )?hospital", "at school", "at (?:the )?police station", "by (?:tele)?phone"),
    ("kitchen", "bedroom", "living room|lounge|sitting room", "bathroom", "garden", "hallway"),
    ("knife", "bottle", "hammer", "scissors", "axe", "gun"),
    ("strangled|strangulation", "stabbed|stabbing", "smothered|suffocated", "shot", "beaten"),
    ("mother", "father"),
    ("brother", "sister"),
    ("son", "daughter"),
    ("husband", "boyfriend"),
    ("detained", "informal patient|voluntary patient"),
    ("increased", "decreased|reduced"),
    ("before", "after"),
    ("male", "female"),
    ("man", "woman"),
    ("tenancy in (?:his|her) name", "joint tenancy"),
    ("employed", "unemployed"),
    ("inpatient", "outpatient"),
    ("with injuries", "without injur(?:y|ies)|uninjured"),
    ("left (?:hand|arm|leg|eye|side)", "right (?:hand|arm|leg|eye|side)"),
)  # fmt: skip
_GROUPS = tuple(
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in group) for group in EXCLUSIVE
)


_ANY = re.compile(rf"\b(?:{'|'.join(words for group in EXCLUSIVE for words in group)})\b", re.I)


def spans_in(text):
    """[(start, end)] of the words that are in a list."""
    return [match.span() for match in _ANY.finditer(text)]


def opposites_of(one, other):
    """[(words, words)]: what each text says of a thing that can only be one of them."""
    for group in _GROUPS:
        a, b = _said(group, one), _said(group, other)
        if len(a) == len(b) == 1 and a.keys().isdisjoint(b):
            yield next(iter(a.values())), next(iter(b.values()))


def _said(group, text):
    found = {at: pattern.search(text) for at, pattern in enumerate(group)}
    return {at: match[0] for at, match in found.items() if match}
