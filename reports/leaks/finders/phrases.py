"""Names and bodies that may be named, and where a text names them."""

import re

from reports.leaks.folding import fold, key_of
from reports.leaks.vocabulary import context, given_names, short_names, words

# Between the words of one name: spaces, a point, a comma, a line's end, what joins them in file names.
BETWEEN = re.compile(r"[ .,_\-'\"()]{1,4}|[ .,]{0,2}\n[ ]{0,8}|\t{1,2}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PARTICLES = context("phrases.particles")
_BEFORE_ANOTHER = context("phrases.before_another")
_NO_NAMES = context("phrases.no_names")


def split_name(name):
    """(given names, surnames) of a whole name, as keys. Of one word: (it, nothing).

    "Smith, John" is turned round; "Jane Doe née Smith" has two surnames.
    """
    plain = fold(name)
    first, comma, second = plain.partition(",")
    if comma and len(_WORD.findall(first)) <= 4 and second.strip():
        plain = f"{second} {first}"
    main, others = _divided([key_of(word) for word in _WORD.findall(plain)], plain)
    main = [key for key in main if key not in words("titles") and key not in _NO_NAMES]
    if len(main) < 2:
        return main, others
    start = len(main) - _in_last(plain, main)
    while start > 1 and main[start - 1] in _PARTICLES:
        start -= 1
    return main[:start], [*main[start:], *others]


def _in_last(plain, main):
    """How many words the surname has that is written in one: two in "Smith-Jones"."""
    for chunk in plain.split():
        keys = [key_of(word) for word in _WORD.findall(chunk)]
        if keys and len(keys) < len(main) and main[-len(keys) :] == keys:
            return len(keys)
    return 1


def _divided(keys, plain):
    """The words of a name, and a surname of earlier days that stands behind "née"."""
    for at, key in enumerate(keys):
        if at and key in _BEFORE_ANOTHER:
            return keys[:at], [one for one in keys[at + 1 :] if one not in _BEFORE_ANOTHER]
    return keys, []


class Mentions:
    """People who may be named: by their whole name, by initial and surname, by title and surname."""

    def __init__(self, names):
        self.given, self.surnames, self.words = {}, set(), set()
        self.shared = set()  # surnames that somebody has who may not be named
        for name in names:
            given, surname = split_name(name)
            self.words.update(given, surname)
            self.surnames.update(surname or given)
            for key in surname:
                firsts = self.given.setdefault(key, set())
                firsts.update(given)
                firsts.update(one[0] for one in given[:1])
                firsts.update(*(short_names().get(one, ()) for one in given[:1]))

    def is_whole(self, keys):
        return keys[0] in self.given.get(keys[-1], ())

    def in_text(self, text):
        """The numbers of the words that name them."""
        found, titles = set(), words("titles")
        for at, key in enumerate(text.keys):
            if key not in self.surnames or not text.may_be_name(at):
                continue
            first = self._first_of(text, at, key)
            if first is not None:
                found.update(range(first, at + 1))
            elif at and text.keys[at - 1] in titles and not self._is_doubtful(text, at):
                found.add(at)
            elif at + 1 < len(text) and text.keys[at + 1] in self.given.get(key, ()):
                found.update((at, at + 1))  # "SMITH, Helen"
        return found

    def _is_doubtful(self, text, at):
        """ "Mrs Smith", where a Smith is registered too; "Dr Smith" is rather the professional."""
        return text.keys[at] in self.shared and text.keys[at - 1] in context("strangers.personal")

    def _first_of(self, text, at, key):
        for first in range(at - 1, max(-1, at - 4), -1):
            if not BETWEEN.fullmatch(text.gap(first + 1)):
                return None
            if text.keys[first] in self.given.get(key, ()):
                return first
        return None


class Places:
    """Places and bodies that may be named, found as runs of words."""

    def __init__(self, names):
        self.runs, self.words = {}, set()
        for name in names:
            keys = [key_of(word) for word in _WORD.findall(fold(name))]
            if keys:
                self.runs.setdefault(keys[0], []).append(keys)
                self.words.update(keys)

    def in_text(self, text):
        found = set()
        for at, key in enumerate(text.keys):
            for run in self.runs.get(key, ()):
                if text.may_be_name(at) and text.keys[at : at + len(run)] == run:
                    found.update(range(at, at + len(run)))
        return found

    def names(self, keys):
        """Whether these words stand in one of them, in this order."""
        wanted = f" {' '.join(keys)} "
        return any(wanted in f" {' '.join(run)} " for runs in self.runs.values() for run in runs)


def bodies_in(text):
    """The words of runs of capitals that end in "Council", "Street", "Hospital" and the like."""
    found, at = set(), 0
    endings = words("bodies") - words("roles")
    while at < len(text):
        if not text.is_capital(at):
            at += 1
            continue
        last = at
        while last + 1 < len(text) and _goes_on(text, last + 1):
            last += 1
        marks = [one for one in range(at, last + 1) if text.keys[one] in endings]
        if marks and last > at:
            found.update(range(_after_person(text, at, marks[0]), marks[-1] + 1))
        at = last + 1
    return found


def _after_person(text, at, mark):
    """The first word of a body: behind a person on the line above it, or with a role between them."""
    if mark - at < 2 or text.keys[at] not in given_names() or text.keys[at] in words("ordinary"):
        return at
    for one in range(at + 2, mark + 1):
        if "\n" in text.gap(one) or text.keys[one] in words("roles"):
            return one
    return at


_JOINS = context("phrases.joins")


def _goes_on(text, at):
    gap = text.gap(at)
    if gap not in (" ", " & ", "-", "\n", " - ", "/"):
        return False
    if text.is_capital(at):
        return True
    return (
        text.keys[at] in _JOINS
        and at + 1 < len(text)
        and text.is_capital(at + 1)
        and text.gap(at + 1) == " "
    )
