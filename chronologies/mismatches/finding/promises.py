"""Promised, agreed or allocated, and no later entry that shows it was done."""

import re

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.case import PROMISED, SENT, Found
from chronologies.mismatches.finding.contacts import answers, shares_person
from chronologies.mismatches.finding.kinship import RARE
from chronologies.mismatches.finding.reading import content_of
from chronologies.mismatches.finding.signals import OUT, WITH, Contact, Promise
from chronologies.mismatches.finding.tokens import words_of
from chronologies.mismatches.finding.vocabulary import REFER

STEM = 5  # letters by which a word as written is known again in its full-text form
_ITEM = re.compile(r"^\s*\(?(\d{1,2})[.)]\s+(\S.*)$", re.MULTILINE)
_TARGET = re.compile(
    r"action (\d{1,2})\b[^.\n]*?\b(target date|to be completed by|to complete by|due by|deadline)",
    re.IGNORECASE,
)

_FOR_ALL = re.compile(
    r"action (\d{1,2})\b[^.\n]*?\b(?:all|each|every) (?:the )?(?:agenc|partner|attend|service)",
    re.IGNORECASE,
)


class Promises:
    def __init__(self, engine):
        self.engine, self.index = engine, engine.index

    def of(self, account):
        """One finding for each body that was to do something, whatever it was to do."""
        open_ = {}
        for promise in [*self.index.signals[account.id].promises, *allocated(account)]:
            target = self._target(account, promise)
            if target is not None:
                open_.setdefault(target, []).append(promise)
        return [self._found(account, target, promises) for target, promises in open_.items()]

    def _target(self, account, promise):
        """The body whose entries should show it and do not; None where they do."""
        if account.body is None:
            return None
        by = promise.by if promise.by is not None else account.body
        if promise.to is not None and promise.to != account.body:
            if self._was_dealt_with(account, promise, by):
                return None
            target = promise.to if by == account.body else by
        else:
            if self._was_done(account, promise, by):
                return None
            target = by
        return target

    def _found(self, account, target, promises):
        return Found(
            kind=PROMISED,
            entries=(account.id,),
            bodies=tuple(dict.fromkeys((account.body, target))),
            missing_from=target,
            also=(SENT,) if any(promise.to is not None for promise in promises) else (),
            score=self._score(account, promises[0], target),
            explanation=self.engine.say.promised(account, promises, target),
            about=f"promise {target}",
        )

    def _was_dealt_with(self, account, promise, by):
        """The other body has an entry of it, or the promiser a later one of having dealt with it."""
        contact = Contact(promise.to, OUT, REFER, 1.0, promise.quote)
        if any(answer.is_sure for answer in answers(self.index, account, contact)):
            return True
        for other in self.index.after(by, account, when.FOLLOW_UP):
            ways = {c.way for c in self.index.signals[other.id].with_body(promise.to)}
            if ways & {OUT, WITH} and shares_person(account, other):
                return True
        if self._was_answered(account, promise):
            return True
        for other in self.index.after(promise.to, account, when.FOLLOW_UP):
            if shares_person(account, other) and self._tells_of(other, promise, least=2):
                return True
        return False

    def _was_answered(self, account, promise):
        """Word that came back from the other body about the same matter implies that it was done."""
        telling = [word[:STEM] for word in promise.words if not self._is_common(word)]
        for other in self.index.after(account.body, account, when.FOLLOW_UP):
            if promise.to not in {c.body for c in self.index.signals[other.id].contacts}:
                continue
            if shares_person(account, other) and any(
                word.startswith(stem) for stem in telling for word in other.words
            ):
                return True
        return False

    def _was_done(self, account, promise, by):
        if not account.is_dated:
            return True  # nothing can be said to come after it
        least = 2 if len(promise.words) > 3 else 1
        telling = [w for w in promise.words if not self._is_common(w)]
        for body in dict.fromkeys((by, account.body)):
            for other in self.index.after(body, account, when.FOLLOW_UP):
                if not shares_person(account, other):
                    continue
                is_told = not telling or self._tells_of(other, promise, least=least)
                if is_told and not self._repeats(other, promise):
                    return True
        return False

    def _is_common(self, word):
        stem = word[:STEM]
        return not any(
            lexeme.startswith(stem) and self.engine.rarity[lexeme] >= RARE
            for lexeme in self.engine.lexemes_from(stem)
        )

    def _tells_of(self, other, promise, *, least):
        stems = {word[:STEM] for word in promise.words}
        shared = sum(any(word.startswith(stem) for word in other.words) for stem in stems)
        return shared >= least

    def _repeats(self, other, promise):
        """A later entry that promises the same again does not show that it was done."""
        stems = {word[:STEM] for word in promise.words}
        return any(
            len(stems & {word[:STEM] for word in again.words}) >= 2
            for again in self.index.signals[other.id].promises
        )

    def _score(self, account, promise, target):
        score = promise.strength - (0.08 if account.is_dated else 0.14)
        if account.is_exact:
            score += 0.06
        if self.index.covers(target, account):
            score += 0.06
        return score


def allocated(account):
    """Numbered actions that a meeting gave out with a day to finish by, but for those said done."""
    text = "\n".join(filter(None, (account.text, account.action)))
    if "ction" not in text or not (targets := _TARGET.findall(text)):
        return []
    for_all = {found[1] for found in _FOR_ALL.finditer(text)}
    items = dict(_ITEM.findall(text))
    promises = []
    for number, _ in targets:
        if number in items:
            words = content_of(words_of(items[number])[1])
            promise = Promise(account.body, None, words, f"{number}. {items[number]}")
            promise.is_for_all = number in for_all
            promises.append(promise)
    return promises
