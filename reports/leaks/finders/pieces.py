"""Names that spaces, hyphens or a line's end took apart, and initials alone."""

from reports.leaks.hits import HIGH, LOW, Found
from reports.leaks.vocabulary import words

SHORTEST_PIECES = 4  # letters of a name that is looked for in pieces
_SPACES = {" ", "\n", "-\n", "- ", "-", ".", "_"}


class Pieces:
    """`names` are those of a register, learned already."""

    def __init__(self, names):
        self.names = names
        self.ordinary = words("ordinary") | words("pieces")
        keys = [key for key in (*names.known, *names.wholes) if len(key) >= SHORTEST_PIECES]
        self.beginnings = {key[:end] for key in keys for end in range(1, len(key) + 1)}

    def find(self, text):
        yield from self._in_pieces(text)
        yield from self._initials(text)

    def _in_pieces(self, text):
        """ "J ohn", "Jo hn", "J o h n", "Smi-\\nth"."""
        for at in range(len(text) - 1):
            key, last = text.keys[at], at
            if key not in self.beginnings or not text.is_capital(at):
                continue
            longest = None
            while last + 1 < len(text):
                last += 1
                key += text.keys[last]
                if key not in self.beginnings or text.gap(last) not in _SPACES:
                    break
                if who := self._whose(text, at, last, key):
                    longest = last, who
            if longest:
                what = "a name of {who} with spaces inside"
                yield self.names.told(text, at, *longest, HIGH, what)

    def _whose(self, text, at, last, key):
        """Whose name was taken apart; nobody's where its pieces are words or names by themselves."""
        known, pieces = self.names.known.get(key), text.keys[at : last + 1]
        are_letters = all(len(piece) == 1 for piece in pieces)
        if known is None:
            return self.names.wholes.get(key) if are_letters else None
        if are_letters:
            return next(iter(known.uses))
        if len(key) < SHORTEST_PIECES or all(piece in self.names.known for piece in pieces):
            return None
        if self._begins_anew(text, at, last):
            return None
        is_broken = any("-" in text.gap(one) for one in range(at + 1, last + 1))
        is_odd = any(piece not in self.ordinary for piece in pieces if len(piece) > 1)
        return next(iter(known.uses)) if is_broken or is_odd else None

    @staticmethod
    def _begins_anew(text, at, last):
        """A later piece has a capital of its own, as no piece of "Smi th" has."""
        if text.is_upper(at) or len(text.words[at]) == 1:
            return False
        return any(text.is_capital(one) for one in range(at + 1, last + 1))

    def _initials(self, text):
        """ "J.S." alone. Bare capitals are left: they are nearly always another short form."""
        for at in range(len(text) - 1):
            if len(text.words[at]) != 1 or len(text.words[at + 1]) != 1:
                continue
            whose = self.names.initials.get(text.keys[at] + text.keys[at + 1])
            if not whose or not (text.is_capital(at) and text.is_capital(at + 1)):
                continue
            start, end = text.starts[at], text.ends[at + 1]
            if text.gap(at + 1) in (".", ". ") and text.text[end : end + 1] == ".":
                why = f"These are the initials of {whose[0]}."
                yield Found(start, end + 1, "name", why, LOW, whose[0])
