"""One word of a registered name on its own: a person, or only a word, a month, a place?

"Rose" and "May" and "Will" are words, "Sheffield" and "Kent" are places, and somebody on the panel may
be called Smith too. What stands around the word decides, and how sure one can be is its severity.
"""

import re

from reports.leaks.finders.cited import CITED
from reports.leaks.finders.company import (
    has_a_role_behind,
    has_kin,
    is_a_family,
    is_called,
    stands_apart,
    suffers,
)
from reports.leaks.finders.times import MONTHS, SEASONS, is_time
from reports.leaks.hits import HIGH, LOW, MEDIUM, Found
from reports.leaks.vocabulary import context, given_names, words

_RARELY_A_NAME = context("alone.rarely_a_name")
_OFTEN_CAPITAL = context("alone.often_capital")
_FAMILY = context("alone.family")
_OFFICE = context("alone.office")
_ARTICLES = context("alone.articles")
_AT = context("alone.at")
_CALLED = context("alone.called")
_RELATED = context("alone.related")
_DONE_TO = context("alone.done_to")
_DID = context("alone.did")


class Judge:
    def __init__(self, names):
        self.names = names
        self.ordinary = words("ordinary")

    def look(self, text, at, known):
        """A Found of this word, or None."""
        key, kind = text.keys[at], known.kind
        who = next(one for one, what in known.uses.items() if what == kind)
        told = self._titled(text, at, known) or self._weighed(text, at, key, kind)
        if told is None:
            return None
        severity, why = told
        others = [one for one in known.uses if one != who and known.uses[one] == kind]
        if others:
            why += f" It is also that of {', '.join(others[:4])}."
        why = why.replace("{who}", who)
        return Found(text.starts[at], text.ends[at], "name", why, severity, who)

    # -- a title ---------------------------------------------------------------------------------

    def _titled(self, text, at, known):
        before = text.keys[at - 1] if at and text.gap(at) in (" ", ". ", ".", "\n", "  ") else ""
        if before not in words("titles") or not text.may_be_name(at):
            return None
        if before not in _OFFICE:
            is_shared = text.keys[at] in self.names.professionals.words
            why = "This is the name of {who} with a title."
            return (
                (MEDIUM, f"{why} A listed professional has it too.") if is_shared else (HIGH, why)
            )
        if text.keys[at] in self.names.professionals.words:
            return None
        return MEDIUM, "This is the name of {who}, with a title of office: it may be somebody else."

    # -- what stands around ----------------------------------------------------------------------

    def _weighed(self, text, at, key, kind):
        is_place = key in words("places") or (
            key in self.names.place_words and key not in given_names()
        )
        if CITED.match(text.text[text.ends[at] : text.ends[at] + 60]):
            return LOW, f"This is the {kind} of {{who}}; here somebody seems to be cited."
        is_word = is_place or self._is_word(text, key)
        if not text.may_be_name(at):
            return self._small(key, kind, is_word)
        if not is_word:
            return self._plain(text, at, key, kind)
        if is_time(text, at, acts=self._acts(text, at)) or self._is_of_body(text, at):
            return None
        if is_place:
            return self._place(text, at)
        return self._in_company(text, at, key, kind) or self._word(text, at, key, kind)

    @staticmethod
    def _is_word(text, key):
        if key in words("names_that_are_words") or len(key) < 3:
            return True
        return text.is_ordinary(key) and key not in given_names() and key not in words("surnames")

    @staticmethod
    def _small(key, kind, is_word):
        if is_word or len(key) < 4:
            return None
        severity = LOW if kind == "short form" else MEDIUM
        return severity, f"This is the {kind} of {{who}}, in small letters."

    def _plain(self, text, at, key, kind):
        if kind != "surname" and self._has_another_surname(text, at):
            why = f"This is the {kind} of {{who}}, with another surname."
            return None if kind == "short form" else (MEDIUM, why)
        if key in self.names.professionals.words:
            severity = LOW if kind == "short form" else MEDIUM
            return severity, (
                f"This is the {kind} of {{who}}, and of a listed professional: it must be plain which."
            )
        severity = MEDIUM if kind == "short form" else HIGH
        said = "the name" if kind == "name" else f"the {kind}"
        return severity, f"This is {said} of {{who}}."

    def _has_another_surname(self, text, at):
        """ "Samantha Jones" is not the Samantha who is registered, or goes by another name."""
        after = at + 1
        if after >= len(text) or text.gap(after) != " " or not text.is_capital(after):
            return False
        key = text.keys[after]
        if key in self.names.known:
            return False
        is_name = key in words("surnames") or key not in self.ordinary | words("bodies")
        return is_name and len(key) > 1 and text.is_upper(at) == text.is_upper(after)

    def _place(self, text, at):
        why = "This is the name of {who} and of a place; here it seems to be a person."
        if self.names.company.is_gloss(text, at):
            return MEDIUM, why
        if stands_apart(text, at) or has_a_role_behind(text, at) or has_kin(text, at):
            return LOW, why
        if is_a_family(text, at):
            return LOW, why
        if text.keys[at - 1 : at] and text.keys[at - 1] in _AT | _ARTICLES:
            return None
        if self.names.company.is_joined(text, at) or is_called(text, at) or suffers(text, at):
            return LOW, why
        if self._acts(text, at) and not text.words[at].endswith("'s"):
            return LOW, why
        return None

    def _in_company(self, text, at, key, kind):
        """A word that a pseudonym, a role, brackets or quotation marks make a name of."""
        severity = LOW if kind == "short form" else MEDIUM
        why = f"This is the {kind} of {{who}} and a word; here it seems to be a name."
        company, is_of_year = self.names.company, key in MONTHS | SEASONS
        if company.is_gloss(text, at) or company.is_joined(text, at) or is_called(text, at):
            return severity, why
        if has_a_role_behind(text, at):
            return severity, why
        if not is_of_year and company.is_listed(text, at, is_sure=key not in self.ordinary):
            return severity, why
        if stands_apart(text, at) and not (is_of_year or key in _RARELY_A_NAME):
            return LOW if text.is_upper(at) else severity, why
        return None

    def _word(self, text, at, key, kind):
        severity = LOW if kind == "short form" else MEDIUM
        why = f"This is the {kind} of {{who}} and a word; here it seems to be a name."
        if self._acts(text, at) or self._is_introduced(text, at) or self._is_joined(text, at):
            return severity, why
        if self._is_of_family(text, at):
            return severity, why
        if text.words[at].endswith("'s") and not text.is_heading(at):
            return severity, why
        if key in _RARELY_A_NAME or self._is_in_capitals(text, at):
            return None
        if text.stands_alone(at) and key not in MONTHS | SEASONS:
            return LOW, f"This is the {kind} of {{who}} and a word; it stands alone."
        if text.is_upper(at) or text.is_heading(at):
            return self._in_heading(text, at, key, kind)
        if text.begins_sentence(at):
            if key in words("verb_like") or key in self.ordinary or kind == "short form":
                return None
            return LOW, f"This is the {kind} of {{who}} and a word; it begins a sentence."
        if (at and text.keys[at - 1] in _ARTICLES) or self._is_of_many(text, at):
            return None
        if key in _OFTEN_CAPITAL or key in words("bodies"):
            severity = LOW
        return severity, why

    def _in_heading(self, text, at, key, kind):
        """ "Meeting with Grace": every word of a heading may have a capital."""
        follows_small = at and text.gap(at) == " " and text.words[at - 1].islower()
        if not follows_small or text.is_upper(at) or text.keys[at - 1] in _ARTICLES:
            return None
        if key in self.ordinary or key in words("bodies"):
            return None
        return LOW, f"This is the {kind} of {{who}} and a word; it stands in a heading."

    def _acts(self, text, at):
        """Followed by what people do."""
        after = at + 1
        if after >= len(text) or not text.is_close(after) or "\n\n" in text.gap(after):
            return False
        if text.keys[after] in _DID and text.words[after].islower():
            return text.keys[at - 1 : at] == [] or text.keys[at - 1] not in _ARTICLES
        return False

    def _is_joined(self, text, at):
        """Beside another name: "Rose and Will"."""
        for one, gap in ((at - 1, at), (at + 1, at + 1)):
            if not 0 <= one < len(text):
                continue
            if text.keys[one] == "and" and text.gap(gap) == " ":
                one += one - at
            elif not re.fullmatch(r"(?:, ?| & )", text.gap(gap)):
                continue
            if 0 <= one < len(text) and text.is_capital(one) and text.keys[one] in self.names.known:
                return text.keys[one] != text.keys[at]
        return False

    @staticmethod
    def _is_of_family(text, at):
        """ "The Young family"."""
        after = at + 1
        return after < len(text) and text.gap(after) == " " and text.words[after] in _FAMILY

    @staticmethod
    def _is_of_many(text, at):
        """ "Young people", "Field workers"."""
        after = at + 1
        is_beside = after < len(text) and text.gap(after) == " " and text.words[after].islower()
        return is_beside and text.keys[after] in words("bodies")

    @staticmethod
    def _is_introduced(text, at):
        if not at or not re.fullmatch(r",?[ \n]{1,2}[\"'(]?", text.gap(at)):
            return False
        return text.keys[at - 1] in _CALLED | _RELATED | _DONE_TO and text.words[at - 1].islower()

    def _is_in_capitals(self, text, at):
        """Beside another capital that is no name: "White British", "West Mercia", "Head Injury"."""
        before, after = at - 1, at + 1
        if after < len(text) and text.gap(after) == " " and text.is_capital(after):
            return text.keys[after] not in self.names.known
        if at and text.gap(at) == " " and text.is_capital(before):
            return text.keys[before] in self.ordinary and not text.begins_sentence(before)
        return False

    @staticmethod
    def _is_of_body(text, at):
        """Part of "Grace House" or "Mark Street"."""
        after = at + 1
        return (
            after < len(text)
            and text.gap(after) == " "
            and text.is_capital(after)
            and text.keys[after] in words("bodies")
        )
