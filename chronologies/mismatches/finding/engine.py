"""Puts the parts together: read every entry once, index, and let each kind of finding look."""

from collections import defaultdict

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.case import SENT, Found
from chronologies.mismatches.finding.claims import of as sentences_of
from chronologies.mismatches.finding.contacts import Contacts, shares_person
from chronologies.mismatches.finding.contents import Contents
from chronologies.mismatches.finding.dates import Dates
from chronologies.mismatches.finding.explaining import Say
from chronologies.mismatches.finding.grammar import add_vocabulary
from chronologies.mismatches.finding.index import Index
from chronologies.mismatches.finding.joining import joined
from chronologies.mismatches.finding.kinship import KIN, Rarity, postings
from chronologies.mismatches.finding.names import Names
from chronologies.mismatches.finding.notes import Notes
from chronologies.mismatches.finding.promises import STEM, Promises
from chronologies.mismatches.finding.reading import Reader
from chronologies.mismatches.finding.sittings import not_in_minutes
from chronologies.mismatches.finding.tokens import Lexicon, phrase

SAME_EVENT = 3  # days within which two agencies' entries may be of one event
MOST_LIKE = 8


class Engine:
    def __init__(self, case):
        self.case, survey = case, case.survey
        self.names = {body.id: body.name for body in case.bodies}
        lexicon = Lexicon()
        add_vocabulary(lexicon)
        for person in case.persons:
            lexicon.add(phrase(person), ("person", person))
        names = Names(case.bodies, lexicon, trade=survey.trade, seen=survey.seen)
        names.learn(survey.teaching)
        self.reader = Reader(names, lexicon, key=hash((case.bodies, case.persons, names.known)))
        self.rarity = Rarity(survey.counts, survey.entries)
        self.say = Say(self.names)
        signals = {account.id: self.reader.read(account) for account in case.accounts}
        self.index = Index(case.accounts, signals, survey.spans, self.rarity)
        self._postings = postings(case.accounts, self.rarity)
        self._stems, self._rare_words = None, {}
        self.contacts, self.promises = Contacts(self), Promises(self)
        self.contents, self.dates = Contents(self), Dates(self)

    def find(self, only=None):
        """Everything that hangs on these entries (ids), or on any."""
        wanted = only if only is None else only | self._who_tell_of(only)
        chosen = [a for a in self.case.accounts if wanted is None or a.id in wanted]
        found = []
        for account in chosen:
            if account.body is not None:
                found += self._of(account)
        found += self.contents.of_pairs(self.contacts.pairs)
        for account in chosen:
            found += self.dates.of_retold(account)
        found += self.dates.retellings(chosen)
        found += Notes(self).find()
        settled = self._settled(found)
        if only is None:
            return settled
        return [each for each in settled if each.anchor is None or each.anchor in only]

    def _who_tell_of(self, only):
        """Entries whose contacts may be answered by these: pairs are found from either side."""
        return {
            other.id
            for id_ in only
            if (account := self.index.by_id.get(id_))
            for other in self.index.who_deal_with(account)
        }

    def sittings_on(self, day):
        return [sitting for sitting in self.case.sittings if sitting.day == day]

    def roles_with(self, survey):
        """Which body each post implies, were this what is known of all entries."""
        return Names(self.case.bodies, Lexicon(), trade=survey.trade, seen=survey.seen).implied

    def _of(self, account):
        found = [
            *self.contacts.of(account),
            *self.promises.of(account),
            *self._between(account),
            *not_in_minutes(self, account),
            *self.contents.of_closing(account),
            *self.contents.of_endings(account),
            *self.contents.of_status(account),
            *self.contents.of_history(account),
            *self.contents.of_grades(account),
        ]
        return found + self.contents.of_event(account, self.same_event(account))

    def _between(self, account):
        """Contact between two others, of which neither has an entry."""
        found = []
        for sender, receiver, quote in self.index.signals[account.id].between:
            if account.is_dated and (
                self._any_dealing(sender, receiver, account)
                or self._any_dealing(receiver, sender, account)
            ):
                continue
            if not account.is_dated and self._ever_received(account, sender, receiver):
                continue
            found.append(
                Found(
                    kind=SENT,
                    entries=(account.id,),
                    bodies=(account.body, sender, receiver),
                    missing_from=receiver,
                    score=0.66,
                    explanation=self.say.between(account, sender, receiver, quote),
                    about=f"between {sender} {receiver}",
                )
            )
        return found[:1]

    def _ever_received(self, account, sender, receiver):
        return any(
            shares_person(account, its)
            and {c.way for c in self.index.signals[its.id].with_body(sender)} & {"in", "with"}
            for its in self.index.ever_dealing(receiver, sender)
        )

    def _any_dealing(self, body, other, account):
        return any(
            shares_person(account, its)
            for its in self.index.dealing(body, other, account, when.WIDEST)
        )

    # --- What the parts ask for ---------------------------------------------------------------------

    def same_event(self, account):
        """Entries of others of the same days that have much in common with this one."""
        if not account.is_dated or when.width(account) > 45:
            return []
        common = defaultdict(float)
        for word in self.rare_words_of(account):
            for other in self.with_word(word):
                if other.body != account.body and other.is_dated:
                    common[other.id] += self.rarity[word]
        alike = [self.index.by_id[id_] for id_, weight in common.items() if weight >= KIN / 2]
        near = [
            other
            for other in alike
            if when.gap(account, other) <= SAME_EVENT
            and when.width(other) <= 45
            and shares_person(account, other)
            and (other.first, other.order, other.id) > (account.first, account.order, account.id)
        ]
        return near[:MOST_LIKE]

    def with_word(self, word):
        return [self.case.accounts[place] for place in self._postings.get(word, ())]

    def rare_words_of(self, account):
        words = self._rare_words.get(account.id)
        if words is None:
            rare = self.rarity.rare_words(account.words & self._postings.keys())
            words = self._rare_words[account.id] = rare
        return words

    def lexemes_from(self, stem):
        """The words of all entries that begin so."""
        if self._stems is None:
            self._stems = defaultdict(list)
            for word in self.case.survey.counts:
                self._stems[word[:STEM]].append(word)
        return [word for word in self._stems.get(stem[:STEM], ()) if word.startswith(stem)]

    def bodies_in(self, sentence, account):
        return self.reader.bodies_in(sentence, account)

    def persons_in(self, sentence, account):
        """Whom a sentence is about: those it names, else those of its entry."""
        return self.reader.persons_in(sentence) or account.persons

    @staticmethod
    def sentences_of(account):
        return sentences_of(account)

    # --- One list ------------------------------------------------------------------------------------

    def _settled(self, found):
        """One finding for each thing on each entry, the surest of them; those alike become one."""
        best = {}
        for each in found:
            key = (each.kind, each.passages or each.entries[:1], each.about)
            if key not in best or best[key].score < each.score:
                best[key] = each
            each.bodies = tuple(dict.fromkeys(b for b in each.bodies if b is not None))
            each.entries = tuple(dict.fromkeys(each.entries))
        return joined(best.values(), self)


def find(case, only=None):
    return Engine(case).find(only)
