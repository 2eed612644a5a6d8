"""Reads one entry: which other bodies it says its agency dealt with, and what was promised."""

import re

from chronologies.mismatches.finding import grammar
from chronologies.mismatches.finding.grammar import DOING_WORDS, clauses_of
from chronologies.mismatches.finding.retelling import retold_in
from chronologies.mismatches.finding.risk import grades_in
from chronologies.mismatches.finding.senses import SENSES
from chronologies.mismatches.finding.signals import (
    IN,
    OUT,
    Contact,
    Promise,
    Signals,
)
from chronologies.mismatches.finding.tokens import sentences, words_of
from chronologies.mismatches.finding.vocabulary import (
    ASK,
    CARRY,
    COME,
    END,
    MEET,
    REFER,
    SAY,
    TAKE,
    TELL,
)

STRENGTH = {
    REFER: 1.0, "referral": 1.0, TELL: 0.9, ASK: 0.9, TAKE: 0.95, MEET: 0.95, COME: 0.85,
    SAY: 0.8, CARRY: 0.75, END: 0.7, "help": 0.85, "letter": 0.9, "ambulance": 0.8, "strategy": 0.6,
    "source": 0.75,
}  # fmt: skip
# Weaker words for having dealt with somebody.
VAGUE = frozenset(
    [
        "liaised",
        "liaise",
        "liaising",
        "discussed",
        "noted",
        "consulted",
        "added",
        "explains",
        "explained",
    ]
)
_STOP_WORDS = (
    "the a an to of in on at for and or by with from that this it he she they them their "
    "his her is was were be been had has have not no will would could should may might "
    "about which who him any all up out as if so than then there when where whether into "
    "regarding via made make"
)
_STOP = frozenset(_STOP_WORDS.split())
# What goes by post or fax, or after a meeting: it is received some days later.
TAKES_TIME = frozenset(
    [
        "shared",
        "sharing",
        "sent",
        "sending",
        "wrote",
        "writing",
        "faxed",
        "forwarded",
        "submitted",
        "passed",
    ]
)
_CONTENT = re.compile(r"[a-z]{4,}")
QUOTED = 240
_NOT_HELD = re.compile(
    r"\b(?:cancelled|canceled|did not take place|was arranged|rearranged|postponed)\b"
)
_NO = frozenset({"not", "never", "no"})
_AFTERWARDS = re.compile(
    r"(?:thereafter|subsequently|afterwards|(?:some time |at a )?later(?: on| date)?)\b"
    r"(?! (?:in |on )?(?:that|the same|the) (?:same )?(?:day|morning|afternoon|evening|night))",
    re.IGNORECASE,
)
_THEY = frozenset({"he", "she", "they", "both"})
_NOT_COME = re.compile(
    r"(?:not|never) (?:yet )?(?:been )?(?:arrived|arrive|received|replied|responded)"
    r"|no (?:reply|response|answer) (?:was |had been )?(?:received )?from",
    re.IGNORECASE,
)


REMEMBERED = 60_000
_READ = {}  # what was read with the same names: a worker that looks again reads only what changed


class Reader:
    """Reads entries with one lexicon; what an entry says is worked out once."""

    def __init__(self, names, lexicon, key=None):
        self.names, self.lexicon, self.key = names, lexicon, key
        self.read_count = 0

    def read(self, account):
        if self.key is None:
            return self._read(account)
        key = (
            self.key, account.body, account.start, account.end, account.persons,
            account.text, account.action, account.comment, account.source,
        )  # fmt: skip
        signals = _READ.get(key)
        if signals is None:
            if len(_READ) >= REMEMBERED:
                _READ.clear()
            signals = _READ[key] = self._read(account)
        return signals

    def _read(self, account):
        self.read_count += 1
        reading = _Reading(self, account)
        for part in (account.text, account.action, account.comment):
            if part:
                reading.take(part)
        if account.source:
            reading.take_source(account.source)
        return reading.signals

    def bodies_in(self, sentence, account):
        written, words = words_of(sentence)
        mentions = clauses_of(written, words, self.lexicon.find(words))[1]
        return {body for body, _ in _Reading(self, account).bodies(mentions)}

    def persons_in(self, sentence):
        _, words = words_of(sentence)
        return tuple(
            value
            for _, _, labels in self.lexicon.find(words)
            for kind, value in labels
            if kind == "person"
        )


class _Reading:
    def __init__(self, reader, account):
        self.lexicon, self.names = reader.lexicon, reader.names
        self.account, self.own = account, account.body
        self.signals = Signals()
        self.header = None  # the clause that a list hangs on
        self.goes_on = ""  # what follows a sentence that ends with a colon
        self.is_later = False  # after "thereafter" the entry's own day no longer holds
        self.others = []
        self.whole = "\n".join((account.text, account.action))

    def take(self, text):
        self.header, self.is_later = None, False
        rows = sentences(text)
        for at, sentence in enumerate(rows):
            written, words = words_of(sentence)
            self.is_later = self.is_later or bool(_AFTERWARDS.match(sentence))
            self.goes_on = rows[at + 1] if sentence.endswith(":") and at + 1 < len(rows) else ""
            hits = self.lexicon.find(words)
            if hits or self.header:
                self.sentence(sentence, written, words, hits)
            self.signals.retold += retold_in(self.account, sentence, words)

    def take_source(self, text):
        """Whoever is given as the source has spoken to the agency, though the text may not say so."""
        written, words = words_of(text)
        bodies = set()
        for start, end, labels in self.lexicon.find(words):
            for kind, value in labels:
                if kind in {"body", "role"} and grammar.is_proper(kind, written, start, end):
                    bodies.add(self.body_of(grammar.Mention(kind, value, start, end)))
        others = bodies - {None, self.own}
        if len(others) != 1:
            return
        (other,) = others
        if not self.signals.with_body(other):
            told = sentences(self.account.text)[:1] or [text]
            act = REFER if "referral" in self.account.text else "source"
            strength = 0.9 if act == REFER else STRENGTH["source"]
            contact = Contact(other, IN, act, strength, told[0], is_named=True)
            contact.takes_time = act == REFER
            self.add(contact)

    # --- One sentence -----------------------------------------------------------------------------

    def sentence(self, sentence, written, words, hits):
        clauses, mentions, marks = clauses_of(written, words, hits)
        if self.header and self.continues_list(sentence, words, mentions, clauses):
            return
        self.signals.named.update(b for b, _ in self.bodies(mentions) if b != self.own)
        self.unreceived(sentence, words, mentions)
        first = True
        for clause in clauses:
            quote = f"{sentence} {self.goes_on}".rstrip()
            if clause.is_real or clause.is_promise:
                self.clause(clause, quote, words, is_first=first)
            first = first and not clause.subjects
        self.promises(sentence, words, clauses, mentions, marks)
        if "risk" in sentence and not self.is_of_another(clauses):
            self.signals.grades += grades_in(sentence, words, mentions)
        ends_open = sentence.endswith(":") or words[-1:] == [":"]
        self.header = (clauses[-1], sentence) if ends_open and clauses else None

    def unreceived(self, sentence, words, mentions):
        """ "The letter from X had not arrived": said outright."""
        if _NO & set(words) and _NOT_COME.search(sentence):
            for body, _ in self.bodies(mentions, "from", "by")[:1]:
                if body != self.own:
                    self.signals.unreceived.append((body, sentence))

    def is_of_another(self, clauses):
        """A grade that another body gave and that is only quoted here."""
        subjects = [body for clause in clauses[:1] for body, _ in self.bodies(clause.subjects)]
        return bool(subjects) and subjects[0] != self.own

    def continues_list(self, sentence, words, mentions, clauses):
        """A line below "shared this with:" that begins with a body is one more of its objects."""
        head, quote = self.header
        lead = next((m for m in mentions if m.start <= 3 and m.kind != "person"), None)
        if lead is None:
            if not any(m.kind == "person" for m in mentions):
                return False
            return False
        group = [m for m in mentions if m is lead or (m.follows and m.start - lead.end <= 8)]
        for mention in group:
            mention.lead = "with" if head.act == TELL else mention.lead or "to"
        clause = grammar.Clause(head.act, head.word, head.start, head.end)
        clause.subjects, clause.objects = head.subjects, group
        clause.is_passive, clause.is_real = head.is_passive, head.is_real
        if head.is_real and head.act in {TELL, REFER, ASK, "referral"}:
            self.clause(clause, f"{quote} {sentence}", words, is_first=True)
            return True
        return False

    def body_of(self, mention):
        if mention.kind == "body":
            return mention.value
        if mention.kind == "role":
            persons = (mention.owner,) if mention.owner else self.account.persons
            return self.names.who(mention.value, own=self.own, persons=persons)
        return None

    def bodies(self, mentions, *leads):
        """(body, named) of those mentions that one of these prepositions leads ("" for none)."""
        found = []
        for mention in mentions:
            if not leads or mention.lead in leads:
                body = self.body_of(mention)
                if body is not None:
                    found.append((body, mention.kind == "body"))
        return found

    def clause(self, clause, quote, words, *, is_first):
        subjects = self.bodies(clause.subjects)
        has_person = clause.is_pronoun or any(m.kind == "person" for m in clause.subjects)
        if clause.act == END and clause.is_real:
            who = subjects[0][0] if subjects else None if has_person else self.own
            self.signals.ends.append((who, quote))
        speaker = subjects[0] if subjects else None
        make, self.others = SENSES.get(clause.act), []
        if make and not (clause.is_promise and not clause.is_real):
            for body, way, named, is_personal in make(self, clause, speaker, has_person, is_first):
                if body != self.own and body is not None:
                    self.contact(clause, body, way, named, quote, words, is_personal)
            if clause.is_real and not clause.is_promise and clause.act in {REFER, "referral"}:
                self.signals.between += [(*pair, quote) for pair in self.others]

    def contact(self, clause, body, way, named, quote, words, is_personal):
        if clause.is_promise or not clause.is_real:
            return
        if clause.act == MEET and _NOT_HELD.search(self.whole):
            return
        strength = STRENGTH[clause.act]
        if clause.act == CARRY and words[clause.start] == "transferred":
            strength = 0.86  # one agency hands over to another
        if clause.word in VAGUE:
            strength -= 0.2
        if not named:
            strength -= 0.08
        if is_personal:
            strength -= 0.1
        asks = content_of(words[clause.asks :]) if way == OUT and clause.asks is not None else ()
        act = REFER if clause.act == "referral" else clause.act
        contact = Contact(body, way, act, strength, quote, named, asks)
        contact.is_later = self.is_later
        contact.takes_time = clause.word in TAKES_TIME or clause.act in {
            REFER,
            "referral",
            "letter",
        }
        self.add(contact)

    def add(self, contact):
        """The strongest of what an entry says about one body and way; what was asked is kept."""
        for at, other in enumerate(self.signals.contacts):
            if (other.body, other.way) == (contact.body, contact.way):
                if contact.strength > other.strength:
                    contact.asks = contact.asks or other.asks
                    self.signals.contacts[at] = contact
                else:
                    other.asks = other.asks or contact.asks
                return
        self.signals.contacts.append(contact)

    # --- Promises ---------------------------------------------------------------------------------

    def promises(self, sentence, words, clauses, mentions, marks):
        for start, end, kind in marks:
            if kind != "promise":
                continue
            doing = _doing_at(words, end)
            if doing is None or self.is_conditional(marks, start, end, words):
                continue
            before = [m for m in mentions if m.end <= start]
            by, is_person = self.promiser(before, clauses, start, words)
            after = [m for m in mentions if end <= m.start]
            to = next(
                (b for b, _ in self.bodies(after, "", "to", "with") if b not in {by, None}), None
            )
            about = content_of(words[doing:])
            if to is not None:
                self.signals.meant.add(to)
            if about and not any(
                kind_ == "not" and start - 3 <= s < doing for s, _, kind_ in marks
            ):
                promiser = None if is_person else by if by is not None else self.own
                self.signals.promises.append(Promise(promiser, to, about, sentence))

    def promiser(self, before, clauses, start, words):
        free = [m for m in before if not m.lead or m.lead == "by"]
        if not free and _THEY & set(words[:start]):
            return None, True
        if not free:
            inherited = [c for c in clauses if c.start < start and c.subjects]
            free = inherited[-1].subjects if inherited else []
        if not free:
            return self.own, False
        last = free[-1]
        return self.body_of(last), last.kind == "person"

    @staticmethod
    def is_conditional(marks, start, end, words):
        return any(
            (kind == "if" and (s >= end or s < start) and words[s] != "should")
            or (kind == "unreal" and start - 2 <= s < start)
            for s, _, kind in marks
        )  # fmt: skip


def _doing_at(words, at):
    for place in range(at, min(at + 3, len(words))):
        if words[place] in DOING_WORDS:
            return place
        if words[place] not in {
            "be",
            "also",
            "then",
            "he",
            "she",
            "they",
            "it",
            "that",
            "a",
            "would",
        }:
            break
    if words[at - 1] == "agreed":  # "agreed, when asked, to report"
        for place in range(at, min(at + 6, len(words) - 1)):
            if words[place] == "to" and words[place + 1] in DOING_WORDS:
                return place + 1
    return None


def content_of(words):
    return tuple(w for w in words if w not in _STOP and _CONTENT.fullmatch(w))[:14]
