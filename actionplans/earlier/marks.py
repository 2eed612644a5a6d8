"""What stands before the words of a line: a number, a letter, a bullet, or what it is called."""

import re
from dataclasses import dataclass

FINDING, LESSON, RECOMMENDATION = "finding", "lesson", "recommendation"

_WORDS = {
    RECOMMENDATION: re.compile(r"\brecommendations?\b", re.I),
    LESSON: re.compile(
        r"\blessons?\b|\blearning\b(?! disabilit| difficult| support)|\bwhat (?:have|did) we learn",
        re.I,
    ),
    FINDING: re.compile(r"\bfindings?\b|\bconclusions?\b|\bconclud", re.I),
}
# Somebody else's, or what became of earlier ones.
_NOT_OWN = re.compile(
    r"\b(previous|earlier|other|national|implementation|progress|status|background|action plan"
    r"|post[- ]?mortem|inquest|coroner|court|trial|toxicolog\w+|medical)\b",
    re.I,
)
MOST_WORDS = 12  # of a heading that names a list
MOST_WORDS_ALONE = 6  # of a line that does, where no style says that it is a heading
_SENTENCE = re.compile(r"\b(this|these|will|is|are|was|were|should|applies|completed)\b", re.I)
_CONTENTS = re.compile(r"(?:\.{3,}|…|\t)\s*\d+$")

_SINGULAR = re.compile(
    r"(?:key\s+)?(?P<word>recommendation|lesson|finding|learning(?: point)?)"
    r"(?:\s+(?:learn(?:ed|t)|identified))?\s*[:.]?",
    re.I,
)
_NAMED = re.compile(
    r"(?:(?:single|multi)[- ]?agency\s+|panel\s+|key\s+|dhr\s+)?"
    r"(?P<word>recommendation|lesson(?:\s+learn(?:ed|t))?|learning(?: point)?|finding)\s*"
    r"(?:no\.?\s*|number\s*)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)\b\s*[:.)\u2013\u2014-]?\s*(?P<text>.*)",
    re.I | re.S,
)
_PREFIXED = re.compile(r"(?P<number>[RLF]\d{1,3})\s*[:.)\u2013-]?\s+(?P<text>\S.*)", re.S)
_SIMPLE = re.compile(r"\(?(?P<number>\d{1,3})\s*[.):]\s*(?P<text>(?!\d)\S.*)", re.S)
_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)[.)]?\s+(?P<text>\S.*)", re.S)
_LETTER = re.compile(r"\(?(?P<number>[a-z])[.)]\s+(?P<text>\S.*)", re.S)
_ROMAN = re.compile(r"\(?(?P<number>x{0,3}(?:ix|iv|v?i{1,3}|v))[.)]\s+(?P<text>\S.*)", re.S)
_BULLET = re.compile(r"[-\u2013\u2022*\u00b7\u25aa\uf0b7]\s+(?P<text>\S.*)", re.S)
_BY_WORD = {
    "recommendation": RECOMMENDATION,
    "lesson": LESSON,
    "learning": LESSON,
    "finding": FINDING,
}


@dataclass(frozen=True)
class Mark:
    """How a line begins. `kind`: named, simple, dotted, letter, roman or bullet; "" for none."""

    kind: str
    number: str
    text: str
    names: str = ""  # what it says that it is
    depth: int | None = None  # as Word has it


NONE = Mark("", "", "")
_ORDER = (
    ("dotted", _DOTTED),
    ("simple", _PREFIXED),
    ("simple", _SIMPLE),
    ("roman", _ROMAN),
    ("letter", _LETTER),
)


def announces(text, *, is_certain=True):
    """What a heading says stands under it; None for one that says neither."""
    if (
        not text
        or len(text.split()) > MOST_WORDS
        or _NOT_OWN.search(text)
        or _CONTENTS.search(text)
    ):
        return None
    if not is_certain and _SENTENCE.search(text):
        return None
    found = [kind for kind, pattern in _WORDS.items() if pattern.search(text)]
    return found[0] if found else None


def is_mixed(text):
    return sum(bool(pattern.search(text)) for pattern in _WORDS.values()) > 1


def announces_alone(text):
    """The same of a line that no style makes a heading: hardly more than the word itself."""
    bare = re.sub(r"^\d+(?:\.\d+)*[.)]?\s*", "", text).strip()
    if len(bare.split()) > MOST_WORDS_ALONE or bare.endswith((".", ";", ",")):
        return None
    if _SENTENCE.search(bare):
        return None
    return announces(bare) if bare[:1].isupper() else None


def singular_of(text):
    """ "Lesson" by itself: what follows is one, and what stood above it was what led to it."""
    found = _SINGULAR.fullmatch(text.strip())
    return _BY_WORD[found["word"].split()[0].lower()] if found else None


def mark_of(line):
    """How a line begins, as Word counts it or as somebody typed it."""
    if line.label:
        return _of_label(line)
    text = line.text
    if line.heading and line.number:
        text = f"{line.number}. {text}" if line.number[-1].isalnum() else f"{line.number} {text}"
    if found := _NAMED.fullmatch(line.text):
        kind = _BY_WORD[found["word"].split()[0].lower()]
        return Mark("named", found["number"], found["text"].strip(), names=kind)
    is_bullet = bool(bullet := _BULLET.fullmatch(text))
    inner = bullet["text"] if is_bullet else text
    for kind, pattern in _ORDER:
        if found := pattern.fullmatch(inner):
            return Mark(kind, found["number"], found["text"].strip())
    return Mark("bullet", "", inner.strip()) if is_bullet else NONE


def _of_label(line):
    label = line.label.strip()
    for kind, pattern in _ORDER:
        if found := pattern.fullmatch(f"{label} x") or pattern.fullmatch(
            f"{label.strip(' .):')}. x"
        ):
            return Mark(kind, found["number"], line.text, depth=line.depth)
    if found := _NAMED.fullmatch(f"{label} {line.text}"):
        kind = _BY_WORD[found["word"].split()[0].lower()]
        return Mark("named", found["number"], found["text"].strip(), names=kind, depth=line.depth)
    return Mark("bullet", "", line.text, depth=line.depth)
