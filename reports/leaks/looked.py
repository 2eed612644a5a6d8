"""What a look through a text or a file found, with what stands around each, so that it can be known again.

    looked = look_at_file(content, name, review)
    looked.sightings[0].sign

A sign is the same where the same words stand in the same surroundings for the same reason, and tells
nothing of them: by it a decision is known again in the next version.
"""

import json
import re
from dataclasses import dataclass

from foundations import dates
from foundations.office.everything import everything_in
from foundations.vault.keys import digester
from reports import leaks
from reports.leaks.engine import Scanner, with_words
from reports.leaks.hits import RANK, Hit
from reports.leaks.of_review import register_of
from reports.rules_digest import digest_of_rules

REACH = 150  # characters on either side
_SHORT = 80  # a cell, a heading: what stands beside it belongs to its surroundings
_LETTERS = re.compile(r"[^\W_]+")
_RULES = digest_of_rules(leaks, dates)
# Parts of a file drawn here that show what was looked at before it was drawn.
_SHOWN = frozenset({"page", "outline", "body", "text", "footnotes"})


@dataclass(frozen=True)
class Sighting:
    """`before` and `after` are what stands around the words, white space made single; `stretch` is the number of
    its text among those with words."""

    hit: Hit
    before: str
    after: str
    sign: str
    stretch: int = -1


@dataclass(frozen=True)
class Looked:
    """`sightings` in the order of reading; `looked_at` names parts, `could_not_read` what was left. `rests_on`: of
    texts that were at hand, Looking.digest_of them."""

    sightings: tuple
    looked_at: tuple
    could_not_read: tuple = ()
    rests_on: str = ""

    def counts(self):
        """{severity: how many}"""
        found = dict.fromkeys(RANK, 0)
        for one in self.sightings:
            found[one.hit.severity] += 1
        return found


class Looking:
    """Looks with the register of a review as it is now; built once for several texts of it."""

    def __init__(self, review):
        self.register = register_of(review)
        self.scanner = Scanner(self.register)
        self.sign = digester(f"hits of review {review.pk}")

    def at_stretches(self, stretches):
        """A Looked of texts that are at hand."""
        said = with_words(stretches)
        parts = tuple(dict.fromkeys(one.part for one in said))
        return Looked(tuple(self._sightings(said)), parts, rests_on=self.digest_of(said))

    def digest_of(self, stretches):
        """Of all that a look through texts depends on: the words, the register, and the rules that find. Where
        it is the same, so is what is found."""
        words = [[one.part, one.location, one.text] for one in with_words(stretches)]
        return self.sign(json.dumps([_RULES, repr(self.register), words]))

    def at_file(self, content, name):
        """A Looked of a file: `content` is bytes. What cannot be read is said, and is no error."""
        found = everything_in(content, name)
        sightings = self._sightings(with_words(found.stretches))
        return Looked(tuple(sightings), found.looked_at, found.could_not_read)

    def at_drawn(self, looked, content, name):
        """`looked`, with what a file that was drawn from the same texts holds beside them: properties, links,
        names of things, and whoever is known there and was not in the texts."""
        drawn = self.at_file(content, name)
        told = {_words_of(one.hit) for one in looked.sightings}
        news = [
            one
            for one in drawn.sightings
            if one.hit.part not in _SHOWN or (one.hit.person and _words_of(one.hit) not in told)
        ]
        parts = dict.fromkeys([*looked.looked_at, *(f"the file: {one}" for one in drawn.looked_at)])
        found = (*looked.sightings, *news)
        return Looked(found, tuple(parts), drawn.could_not_read, looked.rests_on)

    def _sightings(self, stretches):
        for hit, number in self.scanner.placed_hits(stretches):
            text = stretches[number].text
            before = _single(text[max(0, hit.start - REACH) : hit.start])
            after = _single(text[hit.end : hit.end + REACH])
            around = [before, after]
            if len(text) < _SHORT:
                around += _beside(stretches, number)
            said = [hit.part, hit.kind, hit.person, hit.severity, hit.why, hit.text, *around]
            yield Sighting(hit, before, after, self.sign(json.dumps(said)), number)


def _beside(stretches, number):
    """The end of the text before, and the beginning of the one after, where they are of the same part."""
    part = stretches[number].part
    before = stretches[number - 1] if number else None
    after = stretches[number + 1] if number + 1 < len(stretches) else None
    return [
        _single(before.text[-REACH:]) if before and before.part == part else "",
        _single(after.text[:REACH]) if after and after.part == part else "",
    ]


def _single(text):
    return re.sub(r"\s+", " ", text)


def _words_of(hit):
    return hit.kind, hit.person, "".join(_LETTERS.findall(hit.text)).casefold()
