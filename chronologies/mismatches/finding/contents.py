"""Two accounts of one thing that say different things about it."""

import re

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.case import CONTENT, Found
from chronologies.mismatches.finding.claims import (
    causes_in,
    denied_in,
    ending_in,
    facets_in,
    first_sentence,
    policed_in,
    said_in,
    services_in,
)
from chronologies.mismatches.finding.claims import of as sentences_of
from chronologies.mismatches.finding.contacts import shares_person
from chronologies.mismatches.finding.facets import GAINSAID_BY
from chronologies.mismatches.finding.vocabulary import REFER

_BECAUSE = re.compile(
    r"\b(?:because|as (?:the|he|she|they|it|his|her|[A-Z])|due to|since|on the grounds)\b(.*)"
)


class Contents:
    def __init__(self, engine):
        self.engine, self.index = engine, engine.index

    def of_pairs(self, pairs):
        """What two entries that tell of one contact do not agree about."""
        found = {}
        for one, other, contact in pairs:
            if one.body is None or other.body is None or one.body == other.body:
                continue
            key = tuple(sorted((one.id, other.id)))
            if key in found:
                continue
            if made := self._compared(one, other, contact):
                found[key] = made
        return list(found.values())

    def _compared(self, one, other, contact):
        for first, second in ((one, other), (other, one)):
            if clash := _denial(first, second):
                return self._found(first, second, clash, 0.82)
        if contact.act == REFER or contact.way in {"in", "out"}:
            for first, second in ((one, other), (other, one)):
                if clash := self._service(first, second):
                    return self._found(first, second, clash, 0.7)
        if clash := _ending(one, other):
            return self._found(one, other, clash, 0.7)
        return None

    def _service(self, one, other):
        """One says nothing could be offered, the other that something was."""
        taken = services_in(other, taken_on=True)
        if not taken or services_in(one, taken_on=True):
            return None
        refused = self._speaking_of(other.body, one, services_in(one, taken_on=False))
        return ("what was offered", refused, taken[0]) if refused else None

    def _speaking_of(self, body, account, sentences):
        """Of several answers that an entry has: the one of this body, else one that names nobody."""
        unnamed = None
        for sentence in sentences:
            bodies = self.engine.bodies_in(sentence, account) - {account.body}
            if body in bodies:
                return sentence
            if not bodies:
                unnamed = unnamed or sentence
        return unnamed

    def _found(self, one, other, clash, score, also=()):
        topic, quote, other_quote = clash
        return Found(
            kind=CONTENT,
            entries=(one.id, other.id),
            bodies=(one.body, other.body),
            also=also,
            score=score,
            explanation=self.engine.say.differing(one, other, topic, quote, other_quote),
            about=f"content {other.id}",
        )

    # --- One event that no contact joins ------------------------------------------------------------

    def of_event(self, account, others):
        """The same event in the files of two agencies: how it came about, and how it ended."""
        found = []
        for other in others:
            if other.body == account.body or None in {account.body, other.body}:
                continue
            if clash := _cause(account, other):
                found.append(self._found(account, other, clash, 0.66))
        return found

    def of_endings(self, account):
        """How a matter for the police ended, by entries of different agencies of the same fortnight."""
        if not account.is_dated or when.width(account) > 31 or not (ending := ending_in(account)):
            return []
        for other in self.index.ending_near(account, FORTNIGHT):
            if other.body in {account.body, None} or not _same_people(account, other):
                continue
            its = ending_in(other)
            if its[0] != ending[0] and set(policed_in(account)) & set(policed_in(other)):
                if (account.first, account.id) < (other.first, other.id):
                    return [self._found(account, other, ("how it ended", ending[1], its[1]), 0.7)]
                return [self._found(other, account, ("how it ended", its[1], ending[1]), 0.7)]
        return []

    # --- Known or not known -------------------------------------------------------------------------------

    def of_status(self, account):
        """That an agency was not involved with somebody, against its own entries of those weeks."""
        if not account.is_dated or account.body is None:
            return []
        for sentence, low, _ in sentences_of(account):
            if not any(phrase in low for phrase in NOT_INVOLVED):
                continue
            for body in self.index.signals[account.id].named:
                said = self.engine.bodies_in(sentence, account)
                if body in said:
                    for other in self.index.around(body, account, INVOLVED):
                        if _is_about(other, self.engine.persons_in(sentence, account)):
                            clash = ("whether it was involved", sentence, first_sentence(other))
                            return [self._found(account, other, clash, 0.68)]
        return []

    def of_history(self, account):
        """ "No previous mental health issues", where an earlier entry about the person tells of them."""
        if not account.is_dated or account.body is None or len(account.persons) != 1:
            return []
        for sentence, low, _ in sentences_of(account):
            if not (found := _NO_HISTORY.search(low)):
                continue
            for facet in facets_in(found[1]):
                for body in sorted(self.engine.names, key=lambda b: (b != account.body, b)):
                    for other in self.index.around(body, account, HISTORY):
                        if other.id == account.id or not set(account.persons) <= set(other.persons):
                            continue
                        if facet in (said := said_in(other)) and other.first < account.first:
                            clash = ("what was known before", sentence, said[facet])
                            return [self._found(account, other, clash, 0.68)]
        return []

    # --- Why a case was closed -------------------------------------------------------------------------

    def of_closing(self, account):
        """What others say of why an agency stopped, against what the agency itself says."""
        found = []
        for body, quote in self.index.signals[account.id].ends:
            if body in {None, account.body} or account.body is None:
                continue
            reason = _reason(quote)
            if not reason:
                continue
            own = self._own_reason(account, body)
            if own and not _agree(reason, own[1]):
                found.append(self._found(account, own[0], ("why it stopped", quote, own[2]), 0.68))
        return found

    def _own_reason(self, account, body):
        near = self.index.around(body, account, 60) if account.is_dated else []
        for other in [*near, *self.index.undated_of(body)]:
            if not shares_person(account, other):
                continue
            for who, quote in self.index.signals[other.id].ends:
                if who in {None, body} and (reason := _reason(quote)):
                    return other, reason, quote
        return None

    # --- Risk --------------------------------------------------------------------------------------------

    def of_grades(self, account):
        found = []
        for grade in self.index.signals[account.id].grades:
            for other in self.index.graded_near(account, when.WIDEST):
                if other.body == account.body:
                    continue
                for its in self.index.signals[other.id].grades:
                    is_later = (other.first, other.order) > (account.first, account.order)
                    if is_later and its.level != grade.level and _same_risk(grade, its):
                        clash = ("the level of risk", grade.quote, its.quote)
                        found.append(self._found(account, other, clash, 0.66))
        return found[:1]


FORTNIGHT = 14
INVOLVED = 60
HISTORY = 1000
NOT_INVOLVED = (
    "not currently engaged", "not currently a service user", "not known to", "not a service user",
    "not currently known", "not open to", "no current involvement", "not involved with",
    "not working with", "not an open case",
)  # fmt: skip
_NO_HISTORY = re.compile(r"\bno (?:previous|known|recorded|past|prior|history of)\b(.*)")


def _is_about(account, persons):
    return bool(persons) and bool(set(persons) & set(account.persons))


def _same_people(one, other):
    return (
        bool(one.persons)
        and bool(set(one.persons) & set(other.persons))
        and (set(one.persons) <= set(other.persons) or set(other.persons) <= set(one.persons))
    )


def _same_risk(one, other):
    return one.of == other.of and (one.to == other.to or None in {one.to, other.to})


def _denial(one, other):
    """(topic, quote, quote) where one account denies what the other asserts."""
    for facet, quote in denied_in(one):
        said = said_in(other)
        for gainsaid in GAINSAID_BY[facet]:
            if gainsaid in said and not _denies_too(other, facet):
                return facet, quote, said[gainsaid]
    return None


def _denies_too(account, facet):
    return any(denied == facet for denied, _ in denied_in(account))


def _ending(one, other):
    first, second = ending_in(one), ending_in(other)
    if first and second and first[0] != second[0]:
        return "how it ended", first[1], second[1]
    return None


def _cause(one, other):
    """The same injury, put down to different things."""
    for hurt, cause, quote in causes_in(one):
        for its_hurt, its_cause, its_quote in causes_in(other):
            if hurt == its_hurt and cause != its_cause:
                return "how it came about", quote, its_quote
    return None


def _reason(quote):
    found = _BECAUSE.search(quote)
    return {w[:5] for w in re.findall(r"[a-z]{4,}", found[1].lower())} if found else set()


def _agree(one, other):
    return len(one & other) >= 2
