"""One event under different dates: retold as if new, or dated otherwise inside a text."""

from collections import Counter
from itertools import pairwise

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.case import CONTENT, DATE, Found
from chronologies.mismatches.finding.contacts import shares_person
from chronologies.mismatches.finding.facets import INCIDENT_STEMS
from chronologies.mismatches.finding.vocabulary import TELLING

LONG_AGO = 60  # days from which a retold event is not simply a late entry
ENOUGH = 1.35  # weight of rare words in common from which two entries tell of one event
TELLING_RARITY = 0.74  # of one word at least that names what happened
_TELLING = frozenset(TELLING)


class Dates:
    def __init__(self, engine):
        self.engine, self.index = engine, engine.index
        self._origins = {}

    # --- A date inside the text -------------------------------------------------------------------------

    def of_retold(self, account):
        """ "He said he was stabbed in 1996", where every other account has it in another year."""
        found = []
        for retold in self.index.signals[account.id].retold:
            others = self._same_incident(account, retold.words)
            if not others or any(_overlaps(other, retold) for other in others):
                continue
            others = [o for o in others if o.last < account.first]
            if others:
                found.append(self._dated_otherwise(account, retold, others[:2]))
        return found[:1]

    def _same_incident(self, account, words):
        found = {}
        for word in words:
            for other in self.engine.with_word(word):
                if other.id != account.id and other.is_dated and shares_person(account, other):
                    found.setdefault(other.id, other)
        return sorted(found.values(), key=lambda o: (o.first, o.order))

    def _dated_otherwise(self, account, retold, others):
        return Found(
            kind=DATE,
            entries=(account.id, *(other.id for other in others)),
            bodies=_bodies(account, *others),
            also=(CONTENT,),
            score=0.72,
            explanation=self.engine.say.dated_otherwise(account, retold, others[0]),
            about=f"inside {retold.start}",
        )

    # --- Told again as if it were new ----------------------------------------------------------------------

    def retellings(self, accounts):
        """An old event, and the entries that tell of it without saying when it was."""
        origins = {}
        for account in accounts:
            if origin := self.origin(account):
                origins[origin.id] = origin
            elif account.is_exactish and self._tellers(account):
                origins[account.id] = account
        told = [(origin, self._tellers(origin)) for origin in origins.values()]
        return [self._retold(origin, tellers) for origin, tellers in told]

    def _tellers(self, origin):
        return [a for a in self._kin(origin) if (its := self.origin(a)) and its.id == origin.id]

    def _kin(self, account):
        found = {}
        for word in self.engine.rare_words_of(account):
            if word.startswith(INCIDENT_STEMS):
                for other in self.engine.with_word(word):
                    found[other.id] = other
        found.pop(account.id, None)
        return found.values()

    def origin(self, account):
        """The account, of another agency and long before, of what this one was told of."""
        if account.id not in self._origins:
            self._origins[account.id] = self._find_origin(account)
        return self._origins[account.id]

    def _find_origin(self, account):
        told = self._told_words(account)
        if not told or self.index.signals[account.id].retold:  # it says itself when that was
            return None
        weights, incident = Counter(), set()
        for word in told:
            for other in self.engine.with_word(word):
                if self._may_be_origin(account, other):
                    weights[other.id] += self.engine.rarity[word]
                    if (
                        word.startswith(INCIDENT_STEMS)
                        and self.engine.rarity[word] >= TELLING_RARITY
                    ):
                        incident.add(other.id)
        able = [self.index.by_id[id_] for id_ in incident if weights[id_] >= ENOUGH]
        able.sort(key=lambda a: (bool(self._told_words(a)), -weights[a.id], a.first, a.order))
        return able[0] if able else None

    def _may_be_origin(self, account, other):
        if other.body == account.body or not other.is_exactish or not account.is_dated:
            return False
        return (
            when.gap(account, other) >= LONG_AGO
            and other.last < account.first
            and shares_person(account, other)
        )

    def _told_words(self, account):
        """The rare words of the sentences in which somebody tells of what had happened."""
        if account.body is None or not account.is_dated:
            return ()
        rare = self.engine.rare_words_of(account)
        if not any(word.startswith(INCIDENT_STEMS) for word in rare):
            return ()
        told = set()
        for _, _, words in self.engine.sentences_of(account):
            if "had" in words and (_TELLING & set(words)):
                written = [*words, *map("".join, pairwise(words))]  # "eye lid" is an eyelid
                told |= {w for w in rare if any(word.startswith(w) for word in written)}
        return tuple(sorted(told))

    def _retold(self, origin, told):
        told = sorted(told, key=lambda a: (a.first, a.order))
        entries = [origin, *self._siblings(origin, told), *told]
        return Found(
            kind=DATE,
            entries=tuple(dict.fromkeys(a.id for a in entries)),
            bodies=_bodies(*entries),
            also=(CONTENT,),
            score=0.66 if len(told) == 1 else 0.72,
            explanation=self.engine.say.retold(origin, told),
            about=f"retold {origin.id}",
        )

    def _siblings(self, origin, told):
        """Other accounts of the event itself, of the same days."""
        near = []
        for word in self.engine.rare_words_of(origin):
            if word.startswith(INCIDENT_STEMS):
                near += [
                    other
                    for other in self.engine.with_word(word)
                    if other.id != origin.id and other.is_dated and when.gap(origin, other) <= 7
                ]
        return list({o.id: o for o in near if o not in told}.values())


def _overlaps(account, retold):
    return account.first <= retold.end and retold.start <= account.last


def _bodies(*accounts):
    return tuple(dict.fromkeys(a.body for a in accounts if a.body is not None))
