"""Initials of registered people that stand alone: "T.Q.", "T.R.Q.", "Victim (TQ)".

Bare capitals are nearly always another short form. They are told where nothing says what they stand for.
"""

from reports.leaks.hits import LOW, Found
from reports.leaks.vocabulary import words

_POINTS = (".", ". ")
_MOST_SKIPPED = 3  # small words in what a short form stands for: "Department of Work and Pensions"
_EXPLAINS = {" (", "(", ": ", " - ", "\t", " = ", " ( ", "\n("}


class Initials:
    """`names` are those of a register, learned already."""

    def __init__(self, names):
        self.names = names
        self.never = words("short_forms").union(
            *map(
                words, ("ordinary", "titles", "bodies", "pieces", "names_that_are_words", "roles")
            ),
            names.pseudonyms,
            names.place_words,
            names.known,
        )
        self.bare = names.initials.keys() - self.never
        self.longest = max(map(len, names.initials), default=0)

    def find(self, text):
        if self.names.initials:
            yield from self._pointed(text)
            yield from self._bare(text)

    def _pointed(self, text):
        at = 0
        while at < len(text):
            last = self._last_of(text, at)
            if last:
                key = "".join(text.keys[at : last + 1])
                yield from self._told(text.starts[at], text.ends[last] + 1, key)
            at = (last or at) + 1

    def _last_of(self, text, at):
        """The number of the last of somebody's initials that begin here, the most that there are; else None. A
        letter behind a space may be a sentence's own; one that is written close is of the same short form."""
        if not self._is_letter(text, at) or self._is_close(text, at):
            return None
        found = None
        for last in range(at + 1, min(len(text), at + self.longest)):
            if not self._is_letter(text, last) or text.gap(last) not in _POINTS:
                break
            end, key = text.ends[last], "".join(text.keys[at : last + 1])
            has_point = text.text[end : end + 1] == "."
            if has_point and key in self.names.initials and not self._is_close(text, last + 1):
                found = last
        return found

    def _is_close(self, text, at):
        """A letter with nothing but a point between it and the letter before."""
        return (
            0 < at < len(text)
            and text.gap(at) == "."
            and self._is_letter(text, at)
            and self._is_letter(text, at - 1)
        )

    @staticmethod
    def _is_letter(text, at):
        return len(text.words[at]) == 1 and text.is_capital(at)

    def _bare(self, text):
        places = {}
        for at, key in enumerate(text.keys):
            if key in self.bare and text.words[at][: len(key)].isupper():
                places.setdefault(key, []).append(at)
        for key, used in places.items():
            if not any(self._is_explained(text, at, key) for at in used):
                for at in used:
                    yield from self._told(text.starts[at], text.ends[at], key)

    def _is_explained(self, text, at, key):
        """Beside words that begin with its letters and are nobody's name who is registered."""
        reach = len(key) + _MOST_SKIPPED
        before = range(max(0, at - reach), at) if text.gap(at) in _EXPLAINS else ()
        after = range(at + 1, min(len(text), at + 1 + reach))
        if not after or text.gap(at + 1) not in _EXPLAINS:
            after = ()
        return self._spells(text, before, key, -1) or self._spells(text, after, key, 1)

    def _spells(self, text, numbers, key, way):
        """Whether the words next to it have its letters in their order, small words being skipped or not."""
        small = words("pieces") | words("ordinary")
        for keep in (True, False):
            keys = [
                text.keys[one]
                for one in numbers
                if keep or text.is_capital(one) or text.keys[one] not in small
            ]
            meant = keys[-len(key) :] if way < 0 else keys[: len(key)]
            if "".join(one[0] for one in meant) == key:
                return not any(one in self.names.known for one in meant)
        return False

    def _told(self, start, end, key):
        if whose := self.names.initials.get(key):
            why = f"These are the initials of {whose[0]}."
            yield Found(start, end, "name", why, LOW, whose[0])
