"""The names of the register, in every form that people write them in."""

from dataclasses import dataclass, field, replace

from reports.leaks.finders.alone import Judge
from reports.leaks.finders.company import Company
from reports.leaks.finders.initials import Initials
from reports.leaks.finders.phrases import BETWEEN, Mentions, Places, split_name
from reports.leaks.finders.pieces import SHORTEST_PIECES, Pieces
from reports.leaks.folding import fold, key_of
from reports.leaks.hits import HIGH, MEDIUM, Found
from reports.leaks.vocabulary import given_names, short_names, words

NAME = "name"
GIVEN, SURNAME, SHORT, OTHER = "given name", "surname", "short form", "name"
SHORTEST_RUN = 6  # letters of a whole name that is run together


@dataclass
class Known:
    """What the register says of one word: whose it is, by what it is there."""

    uses: dict = field(default_factory=dict)  # pseudonym: what the word is of that person's name

    def of(self, *kinds):
        return [who for who, kind in self.uses.items() if kind in kinds]

    @property
    def kind(self):
        order = (SURNAME, GIVEN, OTHER, SHORT)
        return min(self.uses.values(), key=order.index)


class Names:
    """Built once for a register; `find` reads each text once."""

    def __init__(self, register):
        self.known, self.wholes = {}, {}
        self.initials, self.letters = {}, {}  # "js" and "j": whose
        self.pseudonyms = {
            key_of(word) for one in register.people for word in fold(one.pseudonym).split()
        }
        self.company = Company([one.pseudonym for one in register.people])
        for one in register.people:
            for name in one.names:
                self._learn(one.pseudonym, name)
        self.professionals = Mentions(register.professionals)
        self.professionals.shared = set(self.known)
        self.place_words = Places(register.places).words
        self.possessives = self._possessives()
        self.judge, self.pieces, self.short = Judge(self), Pieces(self), Initials(self)

    def _learn(self, who, name):
        given, surname = split_name(name)
        for at, key in enumerate(given):
            self._use(key, who, GIVEN if surname else OTHER)
            self._use_plural(key, who, GIVEN if surname else OTHER)
            if at == 0:
                for short in short_names().get(key, ()):
                    self._use(short, who, SHORT)
        if len(given) > 1 and "".join(given[:2]) not in words("ordinary"):  # "Annemarie"
            self._use("".join(given[:2]), who, GIVEN)
        for key in surname:
            self._use(key, who, SURNAME)
            self._use_plural(key, who, SURNAME)
        if len(surname) > 1:
            self._use("".join(surname), who, SURNAME)
        if given and surname:
            self.letters.setdefault(given[0][0], set()).add(who)
            for first in (given[0], "".join(given), given[0][0], *short_names().get(given[0], ())):
                for last in {"".join(surname), *surname}:
                    self._use_run_together(first + last, who)
            for letters in _initials_of(given, surname):
                self.initials.setdefault(letters, []).append(who)

    def _possessives(self):
        """ "Griffith's" for "Griffiths'", unless somebody else can be meant by it."""
        others = set(self.known) | self.professionals.words | self.pseudonyms | given_names()
        ending = [key for key in self.known if key.endswith("s") and len(key) > SHORTEST_PIECES]
        return {key[:-1]: key for key in ending if key[:-1] not in others}

    def _use_plural(self, key, who, kind):
        """ "The Smiths", and "Margarets house" without its apostrophe."""
        if key not in words("names_that_are_words") and len(key) >= SHORTEST_PIECES:
            self._use(f"{key}s", who, kind)

    def _use_run_together(self, key, who):
        if len(key) >= SHORTEST_RUN and key not in words("ordinary"):
            self.wholes.setdefault(key, who)

    def _use(self, key, who, kind):
        uses = self.known.setdefault(key, Known()).uses
        if uses.get(who) in (None, SHORT):
            uses[who] = kind

    # -- finding -------------------------------------------------------------------------------

    def find(self, text, named):
        """`named` are the words, by number, that belong to somebody or something that may be named."""
        done = set()
        for at in self._candidates(text):
            if at in done:
                continue
            found = self._whole(text, at, named) or self._alone(text, at, named)
            if found:
                last, one = found
                done.update(range(at, last + 1))
                yield one
        yield from self.pieces.find(text)
        yield from self.short.find(text)

    def _candidates(self, text):
        known, wholes = self.known, self.wholes
        return [
            at
            for at, key in enumerate(text.keys)
            if key in known or key in wholes or (len(key) == 1 and text.is_capital(at))
        ]

    def _whole(self, text, at, named):
        """A whole name that begins with this word, as (last word, Found)."""
        key = text.keys[at]
        if key in self.wholes and key not in self.known:
            return at, self.told(
                text, at, at, self.wholes[key], HIGH, "the whole name of {who}, run together"
            )
        return self._forward(text, at, named) or self._backward(text, at)

    def _forward(self, text, at, named):
        """Given name, perhaps others, surname; else two given names."""
        for last in range(at + 1, min(at + 4, len(text))):
            if not BETWEEN.fullmatch(text.gap(last)):
                break
            surname = self.known.get(text.keys[last])
            if who := surname and self._shared(text, text.keys[at], surname, text.words[at]):
                if len(text.keys[at]) == 1 and not self._is_initial(text, at, last):
                    break
                last = self._longest(text, last, who[0])
                return last, self._judged_whole(text, at, last, who, named)
            if not (text.may_be_name(last) or text.is_upper(at)):
                break
        return self._given_names(text, at)

    def _longest(self, text, last, who):
        """Where the surname ends: "Smith-Jones", "Al Hassan"."""
        while last + 1 < len(text) and BETWEEN.fullmatch(text.gap(last + 1)):
            more = self.known.get(text.keys[last + 1])
            if not more or who not in more.of(SURNAME):
                break
            last += 1
        return last

    def _shared(self, text, key, surname, word):
        """Those of whom the first word is a given name and the other the surname."""
        firsts = self._firsts(key, word, GIVEN, OTHER, SHORT)
        return [who for who in surname.of(SURNAME) if who in firsts]

    def _firsts(self, key, word, *kinds):
        """Whose given name, or the initial of it, a word can be."""
        if len(key) == 1:
            return self.letters.get(key, ()) if word.isupper() else ()
        known = self.known.get(key)
        return known.of(*kinds) if known else ()

    def _given_names(self, text, at):
        """Two given names of one person beside one another: "Rose May"."""
        last = at + 1
        if last >= len(text):
            return None
        first, second = self.known.get(text.keys[at]), self.known.get(text.keys[last])
        if not (first and second) or text.gap(last) not in (" ", "-"):
            return None
        if text.keys[at] == text.keys[last]:
            return None
        if not (text.may_be_name(at) and text.may_be_name(last)):
            return None
        who = [one for one in first.of(GIVEN) if one in second.of(GIVEN)]
        if not who:
            return None
        return last, self.told(text, at, last, who[0], HIGH, "given names of {who}")

    @staticmethod
    def _is_initial(text, at, last):
        return text.may_be_name(last) and not text.gap(at).endswith(("'", "-"))

    def _judged_whole(self, text, at, last, who, named):
        if self.professionals.is_whole(text.keys[at : last + 1]):
            why = "the name of {who} and of a listed professional: it must be plain which of them is meant"
            return self.told(text, at, last, who[0], MEDIUM, why)
        if len(text.keys[at]) == 1:
            return self.told(text, at, last, who[0], HIGH, "an initial with the surname of {who}")
        kinds = self.known[text.keys[at]].uses
        what = (
            "a short form of the name of {who} with the surname"
            if kinds[who[0]] == SHORT
            else "a whole name of {who}"
        )
        return self.told(text, at, last, who[0], HIGH, what)

    def _backward(self, text, at):
        """Surname, given name."""
        surname = self.known.get(text.keys[at])
        last = at + 1
        if surname is None or last >= len(text) or not BETWEEN.fullmatch(text.gap(last)):
            return None
        if "." in text.gap(last) or "\n" in text.gap(last):
            return None
        if len(text.keys[last]) == 1 and text.text[text.ends[last] : text.ends[last] + 1] != ".":
            return None  # "Smith A" is rather a list; "Smith, A." is a name
        firsts = self._firsts(text.keys[last], text.words[last], GIVEN, SHORT)
        who = [one for one in surname.of(SURNAME) if one in firsts]
        if not who or text.may_be_name(at) != text.may_be_name(last):
            return None
        return last, self.told(text, at, last, who[0], HIGH, "a whole name of {who}, surname first")

    def _alone(self, text, at, named):
        known = self.known.get(text.keys[at])
        if known is None or at in named or text.keys[at] in self.pseudonyms:
            return None
        found = self.judge.look(text, at, known)
        if found is None:
            return None
        last = self._hyphenated(text, at, found.person)
        return last, replace(found, end=text.ends[last])

    def _hyphenated(self, text, last, who):
        """The end of "Smith-Jones", where it stands without a given name."""
        while last + 1 < len(text) and text.gap(last + 1) == "-":
            more = self.known.get(text.keys[last + 1])
            if not more or who not in more.of(SURNAME):
                break
            last += 1
        return last

    def told(self, text, first, last, who, severity, what):
        are = "These are" if what.startswith("given names") else "This is"
        why = f"{are} {what.replace('{who}', who)}."
        return Found(text.starts[first], text.ends[last], NAME, why, severity, who)


def _initials_of(given, surname):
    """With the names in between and without them, the surname in one letter or in all of its parts."""
    firsts = given[0][0], "".join(one[0] for one in given)
    lasts = surname[0][0], surname[-1][0], "".join(one[0] for one in surname)
    return {first + last for first in firsts for last in lasts}
