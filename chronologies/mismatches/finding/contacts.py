"""Sent and not received, received and not sent, attended and not recorded.

For every contact that an entry tells of, the other agency's entries around that day are asked
whether they tell of it too. What answers is kept: pairs are compared for what they say.
"""

from dataclasses import dataclass

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.case import (
    ATTENDED,
    CONTENT,
    DATE,
    PROMISED,
    RECEIVED,
    SENT,
    Found,
)
from chronologies.mismatches.finding.index import OTHER_WAY
from chronologies.mismatches.finding.kinship import KIN
from chronologies.mismatches.finding.signals import IN, OUT, THERE, WITH
from chronologies.mismatches.finding.vocabulary import MEET, REFER, TAKE, TELL

KIND_OF_WAY = {OUT: SENT, IN: RECEIVED, WITH: ATTENDED, THERE: ATTENDED}
TAKEN_UP = frozenset(
    ["attend", "seen", "saw", "assess", "appoint", "visit", "start", "offer", "support", "refer"]
)
ALIKE = 0.12  # the same, where only a month is known
LIKE = 0.22  # share of the telling words from which two entries may be of one thing
FORMAL = frozenset({REFER, MEET, TAKE, "letter"})
SAME_DAYS = 3  # nearer than this to an answer, two entries may tell of the same contact


@dataclass(slots=True)
class Answer:
    account: object
    is_sure: bool  # it speaks of the agency itself


def answers(index, account, contact):
    """What the other agency's entries have for a contact: sure answers first."""
    if not account.is_dated:
        return _undated_answers(index, account, contact)
    found = []
    for other in index.dealing(contact.body, account.body, account, when.WIDEST):
        apart = when.gap(account, other)
        if when.fits(contact, account, other) and _complements(
            index, account, contact, other, apart
        ):
            found.append(Answer(other, True))
    if not found:
        found = [Answer(other, True) for other in _later_answers(index, account, contact)]
    if not found:
        found = [Answer(other, True) for other in _undated_answers_of(index, account, contact)]
    if not found:
        found = [Answer(other, False) for other in _likely(index, account, contact)]
    return found


def _later_answers(index, account, contact):
    """A step told as coming later has no day of its own: its receipt may come long after."""
    if contact.is_later:
        near = index.dealing(contact.body, account.body, account, when.REACH)
        pairs = [(other, account, other) for other in near]
    else:
        near = index.telling_later(contact.body, account.body, account, when.REACH)
        pairs = [(other, other, account) for other in near]
    return [
        other
        for other, earlier, later in pairs
        if when.is_later(later, earlier)
        and _complements(index, account, contact, other, when.gap(account, other))
    ]


def _complements(index, account, contact, other, apart):
    if not shares_person(account, other):
        return False
    its = index.signals[other.id]
    ways = {c.way for c in its.with_body(account.body)}
    if account.body in its.meant:
        ways.add(OUT)
    is_of_those_days = apart <= SAME_DAYS or contact.way not in OTHER_WAY
    if not is_of_those_days and not ways & {OTHER_WAY[contact.way], WITH, THERE}:
        return False
    return _is_nearest(index, account, contact, other, apart)


def _is_nearest(index, account, contact, other, apart):
    """One entry answers one contact: whoever is nearer to it has the better claim."""
    for rival in index.dealing(account.body, contact.body, other, when.WIDEST):
        if rival.id == account.id or not shares_person(rival, other):
            continue
        ways = {c.way for c in index.signals[rival.id].with_body(contact.body)}
        if contact.way in ways and when.gap(rival, other) + SAME_DAYS < apart:
            return False
    return True


def _undated_answers(index, account, contact):
    """An entry without a date is answered by any of the other agency's that speak of ours."""
    found = []
    for other in index.ever_dealing(contact.body, account.body):
        ways = {c.way for c in index.signals[other.id].with_body(account.body)}
        if shares_person(account, other) and ways & {OTHER_WAY.get(contact.way), WITH, THERE}:
            found.append(Answer(other, True))
    return found


def _undated_answers_of(index, account, contact):
    return [
        other
        for other in index.undated_dealing(contact.body, account.body)
        if shares_person(account, other)
        and {c.way for c in index.signals[other.id].with_body(account.body)}
        & {OTHER_WAY.get(contact.way), WITH}
    ]


def _likely(index, account, contact):
    """Entries that speak of no contact with us, yet are likely of the same thing."""
    days = when.slack(contact.act, account)
    if contact.way == THERE:
        tight = when.slack("come", account)
        near = index.around(contact.body, account, tight)
        return [
            other
            for other in near
            if shares_person(account, other)
            and (when.is_tight(account, other) or index.likeness(account, other) >= ALIKE)
        ]
    if contact.act == REFER and contact.way == OUT:
        near = index.around(contact.body, account, days)
        return [o for o in near if shares_subject(account, o) and o.words & TAKEN_UP]
    return []


def shares_person(one, other):
    return not one.persons or not other.persons or bool(set(one.persons) & set(other.persons))


def shares_subject(one, other):
    """Both are about the same one person, or about the same two."""
    return bool(one.persons) and set(other.persons) <= set(one.persons) and bool(other.persons)


# --- What is not answered ---------------------------------------------------------------------------


class Contacts:
    """Looks at every contact once; `pairs` are the accounts that tell of the same one."""

    def __init__(self, engine):
        self.engine, self.index = engine, engine.index
        self.pairs = []

    def of(self, account):
        groups = {}
        for contact in self.index.signals[account.id].contacts:
            groups.setdefault(contact.body, []).append(contact)
        found = []
        for body, contacts in groups.items():
            if missing := self._unanswered(account, contacts):
                found.append(self._found(account, body, missing))
        return [f for f in found if f] + self._unreceived(account)

    def _unanswered(self, account, contacts):
        """All of an entry's contacts with one body, unless one of them is answered."""
        for contact in contacts:
            answered = answers(self.index, account, contact)
            self.pairs += [(account, answer.account, contact) for answer in answered]
            if answered:
                return []
        return contacts

    def _unreceived(self, account):
        """What an entry says outright had not come."""
        found = []
        for body, quote in self.index.signals[account.id].unreceived:
            said = self.index.naming(account.body, body, account, when.USUAL_SLACK)
            entries = (account.id, *(a.id for a in said[:1]))
            found.append(
                Found(
                    kind=SENT,
                    entries=entries,
                    bodies=(body, account.body),
                    missing_from=account.body,
                    score=0.7,
                    explanation=self.engine.say.unreceived(account, body, quote),
                    about=f"unreceived {body}",
                )
            )
        return found[:1]

    def _found(self, account, body, missing):
        main = max(missing, key=lambda c: (c.strength, c.way == OUT))
        kinds = [KIND_OF_WAY[c.way] for c in sorted(missing, key=lambda c: -c.strength)]
        if any(c.way == THERE and c.act == TELL for c in missing):
            kinds.append(RECEIVED)
        also = [k for k in dict.fromkeys(kinds) if k != KIND_OF_WAY[main.way]]
        if any(c.asks for c in missing):
            also.append(PROMISED)
        nearest, is_mirror = self._nearest(account, main)
        if is_mirror and _mirror_comes_first(account, nearest):
            return None
        kind = KIND_OF_WAY[main.way]
        if nearest is not None:
            same_days = when.gap(account, nearest) == 0
            kind, also = (
                (DATE, [kind, *also])
                if is_mirror
                else (kind, [*also, CONTENT if same_days else DATE])
            )
        return Found(
            kind=kind,
            entries=(account.id, nearest.id) if nearest is not None else (account.id,),
            bodies=(account.body, body),
            missing_from=body,
            also=tuple(dict.fromkeys(also)),
            score=self._score(account, main, nearest),
            explanation=self.engine.say.unanswered(account, main, nearest),
            about=str(body),
            lead=main,
        )

    def _nearest(self, account, contact):
        """An entry of the other agency that may be the same thing under another date."""
        if not account.is_dated:
            return None, False
        body = contact.body
        for other in self.index.naming(body, account.body, account, when.REACH):
            if not shares_person(account, other):
                continue
            back = self.index.signals[other.id].with_body(account.body)
            if not back:
                if self._is_of_one_matter(account, other):
                    return other, False
                continue
            is_mirror = OTHER_WAY.get(contact.way) in {c.way for c in back}
            if is_mirror and not any(answers(self.index, other, c) for c in back):
                return other, True
        near = self.index.around(body, account, when.REACH)
        if (
            len(near) == 1
            and contact.way == THERE
            and shares_person(account, near[0])
            and self._is_of_one_matter(account, near[0])
        ):
            return near[0], False
        alike = [
            (self.index.likeness(account, other), other)
            for other in near
            if (shares_subject(account, other) or shares_subject(other, account))
            and self._has_words_in_common(account, other)
        ]
        weight, other = max(alike, key=lambda pair: pair[0], default=(0, None))
        return (other, False) if weight >= LIKE else (None, False)

    def _is_of_one_matter(self, account, other):
        """About the very same people, or in the same telling words."""
        return set(account.persons) == set(other.persons) or self._has_words_in_common(
            account, other
        )

    def _has_words_in_common(self, account, other):
        """Enough to be of one matter; the more, the further apart the two entries are."""
        needed = KIN if when.gap(account, other) <= when.WIDEST else 2 * KIN
        return self.index.in_common(account, other) >= needed

    def _score(self, account, contact, nearest):
        """How sure it is that an entry should be there: a formal step, named, on a known day, of a
        time of which the other agency tells; and surer where an entry nearby tells of something like
        it. What is missing beyond the span of a file may be missing from the extract alone."""
        score = 0.62 * contact.strength
        if account.is_exact:
            score += 0.12
        elif account.is_dated:
            wide = when.width(account)
            score += 0.06 if wide <= 31 else 0 if wide <= 120 else -0.15
        else:
            score -= 0.06
        score += 0.06 if self.index.covers(contact.body, account) else -0.06
        if account.is_dated and not self.index.around(contact.body, account, 365):
            score -= 0.06
        if nearest is not None:
            return score + 0.06
        if not contact.is_named:
            score -= 0.08
        if contact.way == THERE and contact.act != TELL:
            score -= 0.06
        if contact.act not in FORMAL and not account.is_exact:
            score -= 0.05
        return score


def _mirror_comes_first(account, other):
    """Of two entries that answer each other under different dates, one is the finding's first."""
    return (other.first, other.order, other.id) < (account.first, account.order, account.id)
