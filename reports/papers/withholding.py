"""What may not be said of the people of a review, replaced in texts that agencies and officers wrote.

    withheld = Withholding(review)
    texts = withheld.from_stretches(stretches)   # as many texts, in their order
    texts = withheld.as_decided(stretches)       # and of these, what somebody decided to change
    withheld.counts                              # {"name": 3}

Only what is surely theirs is replaced at once: a name by the pseudonym, an exact date, an age or an address by what
the rules for publication let be said. What may be somebody else's stays, and the scan asks about it: what is then
to be changed is replaced in the next version.
"""

import re
from collections import Counter

from foundations.dates.finding import find_dates
from reports.leaks.deciding import standing
from reports.leaks.engine import with_words
from reports.leaks.folding import fold, key_of
from reports.leaks.hits import HIGH, MEDIUM
from reports.leaks.looked import Looking
from reports.leaks.text import Text
from reports.leaks.vocabulary import given_names
from reports.models import HitDecision, Verdict
from reviews.models import Person
from reviews.people.models import Identity
from reviews.people.publication import date_by_rule, published_facts

DATES = {"date of birth": "birth", "date of death": "death"}
UNSAID = {
    "address": "an address that is not given",
    "postcode": "a postcode that is not given",
    "number": "a number that is not given",
}
NO_DATE = "a date that is not given"
_AGE = "age"
_DATED = ("exact", "month-year", "season", "year")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr)\b\.?\s+$", re.I)
_ON = re.compile(r"\bon(?:\s+the)?\s+$", re.I)
_WORD_BEFORE = re.compile(r"(?<![\w'’-])(?P<word>[^\W\d_a-z][\w'’-]*)\.?\s$")
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?:the\s+)?$", re.I
)


class Withholding:
    """Of one review, with its register as it is now; built once for all the texts of a version."""

    def __init__(self, review):
        self.review, self.looking = review, Looking(review)
        self.people = {one.pseudonym: one for one in Person.objects.filter(review=review)}
        self.identities = {
            one.person_id: one
            for one in Identity.objects.filter(review=review).select_related("person")
        }
        self.counts = Counter()

    def from_stretches(self, stretches):
        """[text], one for each Stretch. They are read as one: what one says tells what a word of another is."""
        stretches, found = list(stretches), {}
        for hit, number in self.looking.scanner.placed_hits(stretches):
            found.setdefault(number, []).append(hit)
        return self._texts(stretches, found, self._instead_of)

    def as_decided(self, stretches):
        """The same, of what stands in them still: only where it was decided in the review that it is changed.
        The stretches are all that a version says, so that a decision is known again."""
        stretches, found = list(stretches), {}
        if not self._has_changes():
            return [one.text for one in stretches]
        said = [number for number, one in enumerate(stretches) if with_words([one])]
        sightings = self.looking.at_stretches(stretches).sightings
        decided = standing(self.review, [one.sign for one in sightings])
        for one in sightings:
            decision = decided.get(one.sign)
            if decision is not None and not decision.is_kept:
                found.setdefault(said[one.stretch], []).append(one.hit)
        return self._texts(stretches, found, self._instead_as_decided)

    def _has_changes(self):
        rows = HitDecision.objects.filter(hit__scan__review=self.review)
        return rows.filter(verdict=Verdict.CHANGE).exists()

    def _texts(self, stretches, found, instead_of):
        return [
            self._replaced(one.text, found[number], instead_of) if number in found else one.text
            for number, one in enumerate(stretches)
        ]

    def _replaced(self, text, hits, instead_of):
        """From the end to the beginning, so that places stay where they are."""
        last = len(text)
        for hit in sorted(hits, key=lambda one: -one.start):
            said = instead_of(hit, is_theirs(text, hit, self.looking.scanner.names))
            if said is None or hit.end > last:
                continue
            start, end, said = _fitted(text, hit, said)
            if end > last:
                continue
            text = f"{text[:start]}{said}{text[end:]}"
            self.counts[hit.kind] += 1
            last = start
        return text

    def _instead_of(self, hit, is_theirs):
        """Words, or None where it stays for somebody to decide on."""
        person = self.people.get(hit.person)
        if person is None or not is_theirs:
            return None
        if hit.kind == _AGE:
            return self._band(person) if hit.severity == MEDIUM else None
        return self._said_of(person, hit.kind) if hit.severity == HIGH else None

    def _instead_as_decided(self, hit, is_theirs):
        """Words, in any case: somebody decided that these do not stay."""
        person = self.people.get(hit.person) if is_theirs else None
        if person and hit.kind == _AGE:
            said = self._band(person)
        else:
            said = self._said_of(person, hit.kind) if person else None
        return said or f"[{hit.kind} left out]"

    def _said_of(self, person, kind):
        """What may be said in place of a fact of somebody, or None."""
        if kind == "name":
            return person.pseudonym
        if kind in DATES:
            return self._date(person, DATES[kind])
        if kind == "address" and person.publish_address == Person.PublishAddress.AREA:
            return person.area or UNSAID["address"]
        return UNSAID.get(kind)

    def _date(self, person, what):
        identity = self.identities[person.pk]
        rule = str(person.publish_birth if what == "birth" else person.publish_death)
        said = date_by_rule(rule, getattr(identity, what)) if rule in _DATED else ""
        return said or NO_DATE

    def _band(self, person):
        """None where no band is known, or none may be given: no sentence goes on without it."""
        identity = self.identities.get(person.pk)
        if identity is None or person.publish_birth != Person.PublishBirth.AGE_BAND:
            return None
        death = identity.death if identity.death else self.looking.register.death
        said = dict(published_facts(person, identity, death=death))["Birth or age"]
        return f"aged {said}" if said else None


def _fitted(text, hit, said):
    """(start, end, words): with what belongs to what is replaced, and would tell it or read badly."""
    start, end = hit.start, hit.end
    if hit.kind == "name":
        if given := _given_name_before(text, hit):
            start = given.start()
        title = _TITLE.search(text, max(0, start - 8), start)
        return (title.start() if title else start), end, said
    if hit.kind in DATES:
        start, end = _whole_date(text, start, end)
        on = _ON.search(text, max(0, start - 8), start)
        if on and said != NO_DATE:  # "on 4 May 2031" becomes "in spring 2031"
            start, said = on.start(), f"{'In' if on[0][0] == 'O' else 'in'} {said}"
    return start, end, said


def _whole_date(text, start, end):
    """The date that a find stands in, with its day of the week."""
    for one in find_dates(text, limits=False):
        if one.start < end and start < one.end:
            start, end = min(start, one.start), max(end, one.end)
    if weekday := _WEEKDAY.search(text, max(0, start - 16), start):
        start = weekday.start()
    return start, end


def is_theirs(text, hit, names):
    """Whether a name that was found can be nobody else's: neither a surname that several have, nor one behind the
    given name of somebody who is not registered, such as a brother. True of all that is no name."""
    if hit.kind != "name":
        return True
    keys = Text(hit.text).keys
    if len(keys) == 1:
        known = names.known.get(keys[0])
        is_shared = known is not None and len(known.uses) > 1
        return not is_shared and not _given_name_before(text, hit)
    if keys and len(keys[0]) == 1:
        return len(set(names.initials.get(keys[0] + keys[-1][0], ()))) < 2
    return True


def _given_name_before(text, hit):
    """The given name or the initial that stands before a name of one word, or None."""
    if len(Text(hit.text).keys) != 1:
        return None
    found = _WORD_BEFORE.search(text, max(0, hit.start - 30), hit.start)
    if found is None:
        return None
    key = key_of(fold(found["word"]))
    return found if len(key) == 1 or key in given_names() else None
