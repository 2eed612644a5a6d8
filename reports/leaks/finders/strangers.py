"""Names that look like persons and are neither pseudonyms, listed professionals, bodies nor places."""

import re

from reports.leaks.finders.cited import CITED, LISTED
from reports.leaks.hits import LOW, MEDIUM, Found
from reports.leaks.vocabulary import context, given_names, words

KIND = "unknown name"
_LAW = re.compile(
    r"^(?:'s)?\s+(?:Laws?|Act|Principles?|Inquiry|Report|Review|Scale|Test|Index|Guardians?|Model|Enquiry|Foundation)\b",
    re.I,
)
_PERSONAL = context("strangers.personal")
_CALLED = re.compile(r"\b(?:called|named|(?<!now )known as|nicknamed|alias|aka)\s+[\"']?$")
_FIGURE = re.compile(r"[ ,.']{0,3}[0-9]")
_KIN = re.compile(
    r"\b(?:his|her|their|my|'s|the)\s+(?:\w+\s)?(?:mother|father|mum|dad|son|daughter|brother|sister|wife|husband"
    r"|partner|girlfriend|boyfriend|friend|neighbour|uncle|aunt|cousin|niece|nephew|baby|child)s?,?\s+(?:called\s+)?$",
    re.I,
)


class Strangers:
    """`listed` are the keys that belong to people and places that may be named, or are registered."""

    def __init__(self, listed):
        self.listed = listed
        self.given = given_names()
        self.surnames = words("surnames")
        self.ordinary = words("ordinary")
        self.never = words("ordinary") | words("bodies") | words("places") | words("titles")
        self.words = words("names_that_are_words")
        self.doubtful = self.words | (self.given & self.never)

    def find(self, text, named):
        """`named` are the words that belong to somebody or something else already."""
        at = 0
        while at < len(text):
            if at in named or not text.is_capital(at):
                at += 1
                continue
            last = self._run(text, at, named)
            found = self._judged(text, at, last, named)
            if found:
                yield found
            at = last + 1

    def _run(self, text, at, named):
        """The last of the capitals that stand together, on one line."""
        last = at
        while last + 1 < len(text) and last + 1 not in named and text.is_capital(last + 1):
            if text.gap(last + 1) not in (" ", "-", "- ", ". ", "  ", "_") and not self._is_wrapped(
                text, last + 1
            ):
                break
            if text.gap(last + 1) == ". " and not self._is_short(text, last):
                break
            last += 1
        return last

    @staticmethod
    def _is_wrapped(text, at):
        return text.gap(at) == "\n" and not text.is_heading(at)

    @staticmethod
    def _is_short(text, at):
        return len(text.words[at]) == 1 or text.keys[at] in words("titles")

    def _judged(self, text, at, last, named):
        """A title and a name; a given name, perhaps others, and a surname; a name that is introduced."""
        first = at
        while first <= last and text.keys[first] in words("titles") and first < last:
            first += 1
        if first > at and (text.keys[first - 1] in _PERSONAL or self._is_name(text, first)):
            return self._titled(text, first, last)
        for start in range(at, last + 1):
            if self._is_given(text, start, last):
                return self._whole(text, at, start, last)
        if at < last and text.keys[at] in self.ordinary and text.begins_sentence(at):
            at += 1
        return (
            self._introduced(text, at, last)
            or self._unheard(text, at, last)
            or self._single(text, at, last)
        )

    def _titled(self, text, first, last):
        end = min(last, first + 2)
        while end > first and self._is_never(text, end):
            end -= 1
        if self._is_listed(text, first, end) or self._is_never(text, first):
            return None
        if text.is_upper(first) and not text.is_upper(first - 1):
            return None  # "Sergeant SYP"
        return self._told(
            text, first - 1, end, MEDIUM, "This is a title and a name that is not listed."
        )

    def _is_name(self, text, at):
        key = text.keys[at]
        return (
            key in self.surnames
            or key in self.given
            or (not self._is_never(text, at) and not text.is_ordinary(key))
        )

    def _is_given(self, text, at, last):
        key = text.keys[at]
        if at == last or not self._is_cased(text, at):
            return False
        if len(key) == 1:
            is_apart = (
                text.gap(at + 1) == ". " or key not in self.never
            )  # "A Patel" may begin a sentence
            return text.keys[at + 1] in self.surnames and (
                is_apart and text.gap(at + 1) in (". ", " ")
            )
        if key not in self.given:
            return False
        follows = text.keys[at + 1]
        if len(follows) == 1 and at + 1 < last:
            follows = text.keys[at + 2]
        if key in self.never and key not in self.words:
            return self._is_after_doubt(text, follows, is_pair=last == at + 1)
        if follows in self.surnames or follows in self.given:
            return key not in self.words or follows in self.surnames
        if follows in self.words and key not in self.words and last == at + 1:
            return True  # "Kate Green", and no more
        if follows in self.never or text.is_ordinary(follows):
            return False
        if (
            key in self.words and follows in self.words
        ):  # "Mark Wood", in a text that speaks of no marks
            return last == at + 1 and not text.is_ordinary(key)
        return True

    def _is_after_doubt(self, text, key, *, is_pair):
        """What makes a person of "Christian", "Jan", "Devon": a word behind it that is nothing but a name."""
        if key in self.never and key not in self.surnames:
            return False
        may_be = is_pair and key in self.words and not text.is_ever_small(key)
        return may_be or self._is_strange(text, key)

    @staticmethod
    def _is_cased(text, at):
        """Both words in capitals, or neither: "Paloma's MODUS" and "AVA Matters" are no persons."""
        if text.words[at].endswith("'s"):
            return False
        return len(text.words[at]) == 1 or text.is_upper(at) == text.is_upper(at + 1)

    def _whole(self, text, at, start, last):
        end = start + 1
        while end < last and end < start + 3 and self._belongs(text, start, end + 1):
            end += 1
        if (
            start > at
            and self._is_strange(text, text.keys[start - 1])
            and not text.is_upper(start - 1)
        ):
            start -= 1
        if self._is_listed(text, start, end) or self._is_public(text, start, end):
            return None
        is_word = text.keys[start] in self.doubtful
        words_only = is_word and text.keys[end] in self.words
        sure = not words_only and (text.keys[end] in self.surnames or not is_word)
        return self._told(
            text, start, end, MEDIUM if sure else LOW, "This looks like a person who is not listed."
        )

    def _belongs(self, text, start, at):
        """A further word of a name, rather than the body or the office that stands behind it."""
        return not self._is_never(text, at) and text.is_upper(at) == text.is_upper(start)

    def _introduced(self, text, at, last):
        before = text.text[max(0, text.starts[at] - 60) : text.starts[at]]
        if not (_CALLED.search(before) or _KIN.search(before)) or text.words[at].isupper():
            return None
        key = text.keys[at]
        if self._is_listed(text, at, last) or text.is_ordinary(key) or key in words("bodies"):
            return None
        if self._is_never(text, at) and (key not in self.given or self._is_dated(text, at)):
            return None
        return self._told(text, at, min(last, at + 1), MEDIUM, "Somebody seems to be called so.")

    @staticmethod
    def _is_dated(text, at):
        """A month rather than a name: "their child, Jan 2012"."""
        return bool(_FIGURE.match(text.text, text.ends[at]))

    def _unheard(self, text, at, last):
        """Two capitals that are known as nothing else, in a text that never writes them small."""
        keys = text.keys[at : last + 1]
        if len(keys) not in (2, 3) or not all(map(self._is_strange, [text] * len(keys), keys)):
            return None
        if any(text.words[one].isupper() for one in range(at, last + 1)) or text.words[at].endswith(
            "'s"
        ):
            return None
        if self._is_listed(text, at, last) or self._is_public(text, at, last):
            return None
        return self._told(text, at, last, LOW, "This may be a person who is not listed.")

    def _is_strange(self, text, key):
        if key in self.surnames:
            return True
        is_known = key in self.never or key in self.words or key in words("pieces")
        return len(key) > 2 and not is_known and not text.is_ever_small(key)

    def _single(self, text, at, last):
        """A given name alone, in a text that uses it like a name."""
        key = text.keys[at]
        if at != last or key not in self.given or key in self.words or key in self.never:
            return None
        if (
            key in self.listed
            or len(key) < 4
            or text.words[at].isupper()
            or self._is_public(text, at, at)
        ):
            return None
        return self._told(text, at, at, LOW, "This is a given name that is not listed.")

    def _is_never(self, text, at):
        """No name at all. A single letter always may be one: "Dr A Patel"."""
        key = text.keys[at]
        return len(key) > 1 and key in self.never and key not in self.surnames

    def _is_listed(self, text, first, last):
        return all(key in self.listed or len(key) == 1 for key in text.keys[first : last + 1])

    @staticmethod
    def _is_public(text, first, last):
        """Somebody who is cited, or gave a law or an inquiry their name."""
        after = text.text[text.ends[last] : text.ends[last] + 60]
        if text.words[last].endswith("'s") and _LAW.match(after):
            return True
        return any(pattern.match(after) for pattern in (CITED, LISTED, _LAW))

    @staticmethod
    def _told(text, first, last, severity, why):
        return Found(text.starts[first], text.ends[last], KIND, why, severity)
