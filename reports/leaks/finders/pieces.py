"""Names that spaces, hyphens or a line's end took apart."""

from reports.leaks.hits import HIGH
from reports.leaks.vocabulary import given_names, words

SHORTEST_PIECES = 4  # letters of a name that is looked for in pieces
_SPACES = {" ", "\n", "-\n", "\n-", "- ", "-", ".", "_", "' ", " '", "'\n"}


class Pieces:
    """`names` are those of a register, learned already."""

    def __init__(self, names):
        self.names = names
        self.ordinary = words("ordinary") | words("pieces")
        keys = [key for key in (*names.known, *names.wholes) if len(key) >= SHORTEST_PIECES]
        self.beginnings = {key[:end] for key in keys for end in range(1, len(key) + 1)}

    def find(self, text):
        """ "J ohn", "Jo hn", "J o h n", "Smi-\\nth", "O' Neill"."""
        for at in range(len(text) - 1):
            key, last = text.keys[at], at
            if key not in self.beginnings or not text.may_be_name(at):
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
        """A later piece has a capital of its own, as no piece of "Smi th" has, and of a double name both have."""
        if text.is_upper(at) or len(text.words[at]) == 1:
            return False
        if last == at + 1 and given_names().issuperset(text.keys[at : last + 1]):
            return False
        return any(text.is_capital(one) for one in range(at + 1, last + 1))
