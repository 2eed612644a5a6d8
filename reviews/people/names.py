"""Finds the real names of the register in what somebody wrote.

The rooms above ask before they keep a text: `names_in(review, text)`, or `names_of(review)` once for
many texts. What is found is a doubt, never a change: agencies' own words stay as written.

A whole name is found in any case; one word of it where it is written like a name, because "Rose" and
"May" are words too. Accents are ignored, and a possessive or a hyphen ends a name.
"""

import re
import unicodedata
from dataclasses import dataclass

from reviews.people.models import Identity

# An agency was asked about these by name, so that telling it of their names tells it nothing new.
KNOWN_TO_AGENCIES = frozenset({"victim", "perpetrator"})

_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "sir",
        "lady",
        "the",
        "and",
        "née",
        "nee",
        "aka",
        "known",
    }
)


@dataclass(frozen=True)
class NameFound:
    """Where a real name stands in a text, and whose it is; `others` have the same."""

    start: int
    end: int
    pseudonym: str
    others: tuple = ()

    @property
    def whose(self):
        """Everybody whom it fits: "MA 1 or FA 2"."""
        return " or ".join((self.pseudonym, *self.others))


def names_in(review, text):
    """Every real name of the review's register in the text, in order."""
    return names_of(review).find(text)


def names_of(review, *, known_to_agencies=False):
    """The names of a review's register, made ready to look for in many texts.

    With `known_to_agencies`, only of the people whom agencies were asked about by name: whoever
    could try out names must not learn who else the review is about.
    """
    if review.pk is None:
        return Names()
    identities = Identity.objects.filter(review=review).select_related("person")
    if known_to_agencies:
        identities = identities.filter(person__role__in=sorted(KNOWN_TO_AGENCIES))
    pseudonyms = set(review.people.values_list("pseudonym", flat=True))
    return Names(
        [(name, identity.person.pseudonym) for identity in identities for name in identity.names],
        pseudonyms=pseudonyms,
    )


class Names:
    """`named` is (real name, pseudonym) of everybody, each name as often as it has spellings.

    `.named` is all that it was made of, to tell whether another one would find the same.
    """

    def __init__(self, named=(), *, pseudonyms=()):
        named, pseudonyms = list(named), list(pseudonyms)
        self.named = sorted(set(named)), sorted(pseudonyms)
        said = {word for pseudonym in pseudonyms for word in _words(pseudonym)}
        self._whole, self._single = {}, {}
        for name, pseudonym in named:
            words = _words(name)
            if len(words) > 1:
                for whole in {tuple(words), (words[0], words[-1])}:
                    self._whole.setdefault(whole, {})[pseudonym] = None
            for word in words:
                if len(word) >= _SHORTEST and word not in said:
                    self._single.setdefault(word, {})[pseudonym] = None
        self._pattern = self._made()

    def __bool__(self):
        return self._pattern is not None

    def find(self, text):
        if not self or not text:
            return []
        return [
            NameFound(match.start(), match.end(), first, tuple(others))
            for match in self._pattern.finditer(fold(text))
            for first, *others in [self._whose(match)]
        ]

    def _made(self):
        if not (self._whole or self._single):
            return None
        whole = sorted(self._whole, key=lambda words: -len(" ".join(words)))
        wholes = [r"[\s\-.,]+".join(map(re.escape, words)) for words in whole]
        singles = [
            f"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})"
            for word in sorted(self._single, key=len, reverse=True)
        ]
        either = [f"(?i:{'|'.join(wholes)})"] if wholes else []
        either += singles
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(either)})(?![^\W_])")

    def _whose(self, match):
        words = tuple(_words(match.group()))
        return self._whole.get(words) or self._single[words[0]]


def fold(text):
    """Without accents, character for character, so that places in it are places in the text."""
    if text.isascii():
        return text
    return "".join(_plain(character) for character in text)


def _plain(character):
    if character in "’‘ʼ":
        return "'"
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed[0] if len(decomposed) > 1 else character


def _words(name):
    found = (word.casefold() for word in _WORD.findall(fold(name)))
    return [word for word in found if word not in _TITLES]


def with_pseudonyms(text, found):
    """The text with each name that was found in it replaced."""
    for name in sorted(found, key=lambda name: -name.start):
        text = text[: name.start] + name.pseudonym + text[name.end :]
    return text
