"""The bodies a review knows and a file speaks of: by name, alias, initials or likeness."""

import itertools
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from actionplans.vocabulary import (
    BODY_WORDS,
    COMMON_CAPITALS,
    GENERAL_BODY_WORDS,
    NATIONAL_BODIES,
    OFFICE_WORDS,
    SHORT_FOR_A_BODY,
    TASK_WORDS,
    THEMES,
)
from actionplans.wording import key, said

SMALL = frozenset({"the", "of", "for", "in", "a", "at", "to", "on"})
ACRONYM = re.compile(r"^(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z&]{2,10}$")
LONGEST_ACRONYM = 6  # in capitals alone; longer is a word somebody shouts
COUNCIL_INITIALS = re.compile(r"[a-z]{0,3}(?:mbc|bc|cc|dc|lbc|council)")
CLOSE_ENOUGH = 94
LONG_ENOUGH = 10  # characters: shorter names are alike by chance
DEFINED = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<short>[A-Za-z&]{2,10})[)\]]$")
BEFORE_BODY = re.compile(
    r"^(?:[\w /-]{0,40}\b)?(?:recommendations?|actions?|action plans?|plans?|imrs?|updates?|progress"
    r"|part \w{1,3}|section \w{1,3}|appendix \w{1,3})\s*(?:[-–—:]+|\b(?:for|from|by|to)\b)\s*(?:the\b\s*)?",
    re.IGNORECASE,
)
AFTER_BODY = re.compile(
    r"(?:[\s:–—-]*\b(?:(?:single |individual )?(?:agency )?recommendations?|actions?|action plan|imr"
    r"|updates?)\b)+[\s:]*$",
    re.IGNORECASE,
)
ABOUT_RECOMMENDATIONS = re.compile(
    r"\([^)]*\b(?:recommendations?|imr|actions?)\b[^)]*\)", re.IGNORECASE
)
CAPITALISED_PHRASE = re.compile(r"(?:[A-Z][\w'’&-]*\s+(?:(?:of|and|for|the|&)\s+)*)+[A-Z][\w'’&-]*")
LONGEST_NAME = 14  # words


@dataclass(frozen=True)
class Spoken:
    """One body as this review or this file names it."""

    name: str
    known: bool
    strong: bool = True  # a name, not a passing description such as "crisis team"
    alone: bool = False  # counts only by itself: "Public Health", not the Director of Public Health


@dataclass
class Names:
    known: bool = False  # whether the review said which agencies take part
    by_key: dict[str, Spoken] = field(default_factory=dict)
    by_initials: dict[str, set[str]] = field(default_factory=dict)
    by_some_initials: dict[str, set[str]] = field(default_factory=dict)
    longest: int = 1  # words of the longest name

    @classmethod
    def of(cls, agencies):
        """From names, or from anything with a name, a short name and aliases."""
        names = cls(known=bool(agencies))
        for agency in agencies:
            name, aliases = _names_of(agency)
            names._add(name, Spoken(name, known=True))
            for alias in aliases:
                names._add(alias, Spoken(name, known=True, strong=is_a_name(alias)))
        for name in NATIONAL_BODIES:
            names.by_key.setdefault(name_key(name), Spoken(name, known=False, alone=True))
        return names

    def learn(self, text):
        """A body the file names in a banner, heading or sentence. What is known already stays."""
        text = said(text)
        defined = DEFINED.match(text)
        name = defined["name"] if defined else text
        spoken = self.find(text) or self.find(name) or Spoken(name, known=False)
        for one in {text, name, *([defined["short"]] if defined else [])}:
            self._add(one, spoken)

    def _add(self, text, spoken):
        plain = name_key(text)
        if not plain:
            return
        self.by_key.setdefault(plain, spoken)
        self.longest = max(self.longest, len(plain.split()))
        every, some = initials(text)
        for letters in every:
            self.by_initials.setdefault(letters, set()).add(spoken.name)
        for letters in some:
            self.by_some_initials.setdefault(letters, set()).add(spoken.name)

    def find(self, text):
        """The body a text names from end to end, or None."""
        plain = name_key(text)
        if plain in self.by_key:
            return self.by_key[plain]
        return self._by_initials(text) or self._by_short_word(plain) or self._by_likeness(plain)

    def _by_short_word(self, plain):
        """A word such as "police" is the one body with it in its name among the agencies of the review."""
        if plain not in SHORT_FOR_A_BODY:
            return None
        holding = {
            one.name: one
            for words, one in self.by_key.items()
            if one.known and plain in words.split()
        }
        return next(iter(holding.values())) if len(holding) == 1 else None

    def _by_initials(self, text):
        letters = re.sub(r"[.\s]", "", text)
        if not ACRONYM.match(letters) or letters.upper() in COMMON_CAPITALS:
            return None
        letters = letters.casefold()
        found = self.by_initials.get(letters) or self.by_some_initials.get(letters, set())
        if len(found) != 1:
            return None
        name = next(iter(found))
        return next(one for one in self.by_key.values() if one.name == name)

    def _by_likeness(self, plain):
        """The one name that differs by a letter, the order of its words, or the council's initials."""
        if len(plain) < LONG_ENOUGH:
            return None
        close = {
            spoken.name: spoken for other, spoken in self.by_key.items() if _is_alike(plain, other)
        }
        return next(iter(close.values())) if len(close) == 1 else None


def _is_alike(plain, other):
    if len(other) < LONG_ENOUGH:
        return False
    if other.startswith(f"{plain} ") or plain.startswith(f"{other} "):
        rest = max(plain, other, key=len)[min(len(plain), len(other)) :].split()
        return len(rest) == 1 and bool(COUNCIL_INITIALS.fullmatch(rest[0]))
    return max(fuzz.ratio(plain, other), fuzz.token_sort_ratio(plain, other)) >= CLOSE_ENOUGH


def _names_of(agency):
    if isinstance(agency, str):
        return agency, ()
    also = [getattr(agency, "short_name", "") or "", *(getattr(agency, "aliases", None) or ())]
    return agency.name, tuple(one if isinstance(one, str) else one.name for one in also if one)


def name_key(text):
    """For comparing names. HH&S keeps its ampersand; in "Health & Care" it is "and"."""
    plain = key(re.sub(r"(?<=\w)&(?=\w)", "ⓐ", text))
    return re.sub(r"^the ", "", plain)


def is_a_name(text):
    """Whether every word that matters is capitalised: "offender manager" only describes."""
    words = [
        word
        for word in re.findall(r"[\w&'’.-]+", text)
        if word.casefold() not in SMALL | {"and", "&"} and re.search(r"\w", word)
    ]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def initials(name):
    """How a name is cut to initials, with and without "the", "and" and "NHS": (all, some of them)."""
    words = re.findall(r"[A-Za-z][\w'’]*|&", name)
    choices = [_initial_of(word.casefold()) for word in words]
    if len(words) < 2 or sum(len(choice) > 1 for choice in choices) > 6:
        return set(), set()
    ways = {"".join(one) for one in itertools.product(*choices)}
    starts = {way[:size] for way in ways for size in range(4, len(way))}
    ends = {way[-3:] for way in ways if len(way) > 3}
    return {way for way in ways if len(way) > 1}, starts | ends


def _initial_of(word):
    if word in {"and", "&"}:
        return "", "a", "&"
    return ("", word[0]) if word in SMALL or word == "nhs" else (word[0],)


# --- What looks like a body ---------------------------------------------------------------------


def bare(word):
    return re.sub(r"[^\w/&'-]", "", word).casefold()


def is_body(text):
    """Whether a text ends, or holds, what names of bodies are made of, and ends in no office."""
    words = [bare(word) for word in re.findall(r"[\w&'’/.-]+", text)]
    if not words or words[-1] in OFFICE_WORDS:
        return False
    return words[-1] in BODY_WORDS or any(word in BODY_WORDS - GENERAL_BODY_WORDS for word in words)


def is_unknown_acronym(text):
    """Initials of a body nobody explained: "WMBC", "NVaST"; no rank, task or word in capitals."""
    capitals = sum(letter.isupper() for letter in text)
    return (
        bool(ACRONYM.match(text))
        and text.upper() not in COMMON_CAPITALS
        and not (len(text) > 3 and text.casefold() in TASK_WORDS | OFFICE_WORDS | BODY_WORDS)
        and capitals * 2 >= len(text)
        and (len(text) <= LONGEST_ACRONYM or capitals < len(text))
    )


def body_of_heading(text, names):
    """The body a banner, heading or sheet name speaks for, or None when it names a theme."""
    plain = said(text).strip(" :.-–")
    spoken = names.find(plain)
    if spoken:
        return plain if spoken.strong else None
    plain = ABOUT_RECOMMENDATIONS.sub("", plain).strip()
    inner = BEFORE_BODY.sub("", AFTER_BODY.sub("", plain)).strip(" :.-–")
    if not inner or THEMES.match(inner) or THEMES.match(plain) or inner.upper() in COMMON_CAPITALS:
        return None
    if names.find(inner):
        return inner
    words = inner.split()
    if len(words) > LONGEST_NAME or re.search(r"[?!]", inner):
        return None
    if is_body(inner) and not (is_a_name(inner) or inner.isupper()):
        inside = bodies_in_sentence(inner)
        return inside[0] if len(inside) == 1 else None
    shaped = is_body(inner) or inner.isupper() or is_unknown_acronym(inner)
    return inner if shaped or (len(words) <= 5 and is_a_name(inner)) else None


def bodies_in_sentence(text):
    """Bodies named by a sentence such as: The panel recommends that the Safer Westshire Partnership:"""
    found = (re.sub(r"^The\s+", "", said(one)) for one in CAPITALISED_PHRASE.findall(text))
    return [one for one in found if is_body(one)]
