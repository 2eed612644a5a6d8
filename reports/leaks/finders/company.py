"""The company that a word keeps: a pseudonym beside it, brackets or quotation marks around it, a relation.

"Adult B (Will)", "Will and MA 1", "“Grace”", "Kent's mother": who writes so means somebody, also where the
word alone would be a verb, a month or a town.
"""

import re

from reports.leaks.folding import fold
from reports.leaks.vocabulary import context, words

_SHORTEST_IN_ANY_CASE = 3  # letters of a pseudonym; "A" is an article too
_FURTHEST = 60
_ENDS = r"\s?(?:['\"]?[)\],;/]|$)"
_IS_LAST = re.compile(r"\s*(?:$|[\n,.;)\]|])")
_AROUND = {"(": ")", "[": "]", '"': '"', "'": "'"}
_WHO = sorted(context("alone.related"))
_KIN_WORDS = "|".join(_WHO)
_ROLE_AFTER = re.compile(
    rf"[\"']? ?[(\[](?:(?:the|an?|her|his|their|my) )?(?:[\w']+ ){{0,2}}(?:{_KIN_WORDS}){_ENDS}"
    rf"|, (?:her|his|their|my) (?:\w+ )?(?:{_KIN_WORDS})(?=,)|,? ?\(?(?:aged [0-9]|born (?:in|on) )",
    re.I,
)
_KIN = (context("alone.related") | context("alone.family")) - context("alone.no_kin")
_DONE_TO_PERSONS = context("alone.done_to") - context("alone.done_to_places")
_KNOWN = re.compile(
    r"\b(?:known as|called|nicknamed|named|alias|aka|nee|formerly|(?:nick|sur|maiden |birth |real |true )name(?: is| was)?)"
    r",?[ \n][\"']?$",
    re.I,
)


class Company:
    """`pseudonyms` are those of a register."""

    def __init__(self, pseudonyms):
        said = [_pattern(fold(one)) for one in pseudonyms if one]
        self.is_any = bool(said)
        who = rf"(?:{'|'.join(sorted(said, key=len, reverse=True))})"
        self._glossed = re.compile(rf"(?<!\w){who}(?:'s)?(?: ?[(\[/] ?[\"']?|,? [\"'])(?:now )?$")
        self._glosses = re.compile(rf"[\"']?(?: ?[(\[] ?{who}(?:'s)?{_ENDS}|/{who}(?!\w))")
        self._before = re.compile(rf"(?<!\w){who}(?:'s)?(?: and | & )$")
        self._after = re.compile(rf"(?: and | & ){who}(?!\w)")
        self._listed = re.compile(rf"(?<!\w){who}(?:'s)?(?:, ?(?:and )?| - )$")
        self._named = re.compile(rf"(?<!\w){who}(?: ?[=:] ?)$")
        self._lists = re.compile(rf"(?:, ?(?:and )?| - ){who}(?!\w)")

    def is_gloss(self, text, at):
        """What a pseudonym stands for, or the other way round: "Adult B (Will)", "Will (Adult B)"."""
        before, after = _beside(text, at)
        if self.is_any and self._glosses.match(after):
            return True
        if _IS_LAST.match(after) and self._follows(self._named, text, at, before):
            return True  # "Adult B: Will", and no more; "Adult B: Will you come?" is speech
        return self._follows(self._glossed, text, at, before)

    def is_joined(self, text, at):
        """ "Will and MA 1"."""
        before, after = _beside(text, at)
        is_after = self.is_any and bool(self._after.match(after))
        return is_after or self._follows(self._before, text, at, before)

    def is_listed(self, text, at, *, is_sure):
        """ "MA 1, Will": with no more than a comma or a dash between; "Still, MA 1" is not sure to be a list."""
        before, after = _beside(text, at)
        is_after = is_sure and self.is_any and bool(self._lists.match(after))
        return is_after or self._follows(self._listed, text, at, before)

    def _follows(self, pattern, text, at, before):
        return self.is_any and not runs_on(text, at) and bool(pattern.search(before))


def _pattern(pseudonym):
    said = re.escape(pseudonym).replace(r"\ ", r"\s?")
    return rf"(?i:{said})" if len(pseudonym) >= _SHORTEST_IN_ANY_CASE else said


def _beside(text, at):
    start, end = text.starts[at], text.ends[at]
    return text.text[max(0, start - _FURTHEST) : start], text.text[end : end + _FURTHEST]


def runs_on(text, at):
    """Another capital follows: "Kent Police"."""
    return at + 1 < len(text) and text.gap(at + 1) == " " and text.is_capital(at + 1)


def has_a_role_behind(text, at):
    """ "Mark (the perpetrator)", "Grace, her sister," and "May (aged 6)"."""
    return not runs_on(text, at) and bool(_ROLE_AFTER.match(_beside(text, at)[1]))


def stands_apart(text, at):
    """The only word between brackets or quotation marks."""
    before, after = _beside(text, at)
    close = _AROUND.get(before[-1:])
    return bool(close) and after.startswith(close) and not before[-2:-1].isalnum()


def is_called(text, at):
    """ "Also known as Kent"."""
    return not runs_on(text, at) and bool(_KNOWN.search(_beside(text, at)[0]))


def has_kin(text, at):
    """ "Kent's mother", "the mother of Kent"; not the partner agencies of a place, nor its mother and baby unit."""
    after = at + 1
    if text.words[at].endswith("'s") and after < len(text) and text.gap(after) == " ":
        return text.keys[after] in _KIN and not _is_of_service(text, after)
    is_of = at > 1 and text.keys[at - 1] == "of" and not runs_on(text, at)
    return is_of and text.keys[at - 2] in _KIN and text.words[at - 2].islower()


def is_a_family(text, at):
    """ "The Bradford family", which is no family court of that place."""
    after = at + 1
    if at == 0 or text.keys[at - 1] != "the" or after >= len(text) or text.gap(after) != " ":
        return False
    return text.keys[after] in ("family", "household") and not _is_of_service(text, after)


def suffers(text, at):
    """ "The police arrested Kent": behind what is done to persons, not to places."""
    is_behind = at > 0 and text.gap(at) == " " and text.keys[at - 1] in _DONE_TO_PERSONS
    return is_behind and text.words[at - 1].islower() and not runs_on(text, at)


def _is_of_service(text, at):
    for one in (at + 1, at + 2, at + 3):
        if one >= len(text) or text.gap(one) != " ":
            return False
        if text.keys[one] in words("bodies"):
            return True
    return False
