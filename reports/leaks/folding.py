"""A text as it is looked at: plain letters, nothing that cannot be seen, and the way back to its places.

What folds: accents, letters of other alphabets that look like ours, letters drawn wide or bold, soft
hyphens, zero-width characters, marks of direction, the asterisks of Markdown, kinds of space, dash and
quotation mark. Upper and lower case stay.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "АВЕЗКМНОРСТУХЅІЈԚԜаеорсухѕіјԛԝһԁɡӏ",
        "ABE3KMHOPCTYXSIJQWaeopcyxsijqwhdgl",
        strict=True,
    )
)
# The same letters as an Arabic and as an Urdu or Persian keyboard give them.
_ARABIC = dict(
    zip("\u064a\u0649\u0643\u0629\u06c1\u06c3", "\u06cc\u06cc\u06a9\u0647\u0647\u0647", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυκ", "ABEZHIKMNOPTYXaivopuk", strict=True))
_LETTERS = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
    "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ı": "i", "ŧ": "t", "ħ": "h",
    "Ħ": "H", "ĸ": "k", "ŋ": "ng", "Ŋ": "Ng",
}  # fmt: skip
_MARKS = (
    dict.fromkeys("’‘‛`´ʼ′ʹ＇", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("⁄∕／", "/")
)
_NOTHING = {"Cf", "Mn", "Me"}
_CHANGES = re.compile(r"[^\x00-\x7f]|[*`]")
_ZS = {"Zs"}


class Folded:
    """`text` is what to look in. `place(at)` is where that stands in what was written."""

    def __init__(self, written):
        self.written = written
        self._starts, self._shifts = [0], [0]
        self.text = written if _is_plain(written) else self._fold(written)

    def place(self, at):
        return at + self._shifts[bisect_right(self._starts, at) - 1]

    def span(self, start, end):
        """(start, end) in what was written, of a stretch that is not empty."""
        return self.place(start), self.place(end - 1) + 1

    def _fold(self, written):
        pieces, length, done = [], 0, 0
        for match in _CHANGES.finditer(written):
            at = match.start()
            pieces.append(written[done:at])
            length += at - done
            done = at + 1
            plain = _plain(match[0])
            pieces.append(plain)
            for offset in range(1, len(plain)):  # every letter of "ae" stands where "æ" stands
                self._mark(length + offset, at)
            length += len(plain)
            if len(plain) != 1:
                self._mark(length, done)
        pieces.append(written[done:])
        return "".join(pieces)

    def _mark(self, folded, written):
        if self._starts[-1] == folded:
            self._shifts[-1] = written - folded
        else:
            self._starts.append(folded)
            self._shifts.append(written - folded)


def fold(text):
    return Folded(text).text


def key_of(word):
    """What spellings of one word have in common: "O'Neill's" is "oneill"."""
    key = word.casefold()
    if key.endswith("'s"):
        key = key[:-2]
    return key.replace("'", "")


def _is_plain(text):
    return text.isascii() and "*" not in text and "`" not in text


@lru_cache(4096)
def _plain(character):
    if character == "*" or unicodedata.category(character) in _NOTHING:
        return ""
    for table in (_MARKS, _LETTERS, _CYRILLIC, _GREEK, _ARABIC):
        if character in table:
            return table[character]
    if unicodedata.category(character) in _ZS:
        return " "
    decomposed = unicodedata.normalize("NFKD", character)
    kept = "".join(one for one in decomposed if unicodedata.category(one) not in _NOTHING)
    if len(kept) == 1 and kept != character:
        return _plain(kept)
    return kept if kept and len(kept) <= 4 else character
