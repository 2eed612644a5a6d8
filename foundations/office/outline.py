"""Turns the blocks of a report, as they are met, into passages. Runs in the child process."""

import re

from foundations.office.cleaning import Cleaner

LONGEST_HEADING = 120
# "5.", "5.2", "5.2.1", "A.", "Section 3:", "Appendix B -"
NUMBERED = re.compile(
    r"((?:(?:section|part|chapter|appendix|annex)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]))"
    r"\s*[.):\u2013-]?(?:\s+|\t)(?=\S)",
    re.I,
)
DEEP = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
ENDS_A_SENTENCE = re.compile(r"[.;,!]$")
WORD = re.compile(r"[^\W\d_]{2,}")


class Outline:
    """Passages in the making."""

    def __init__(self, kind):
        self.kind = kind
        self.passages = [self._passage(0, "", "", 1, True)]
        self.position = 0
        self.certain = 0  # level of the last heading that is one by its style
        self.seen_first = False  # a heading of the first level, by its look
        self.guessed = self.placed = 0
        self.doubts = []
        self.cleaner = Cleaner()

    @staticmethod
    def _passage(level, number, heading, position, is_certain):
        return {
            "level": level,
            "number": number,
            "heading": heading,
            "position": position,
            "is_certain": is_certain,
            "blocks": [],
        }

    def heading(self, text, *, level, label="", is_certain=True):
        self.position += 1
        number, text = split_number(self._clean(text), label)
        is_counted = bool(number) and bool(label)  # by Word, so its letters are not in the text
        if is_certain:
            self.certain = level
        else:
            self.guessed += 1
        self.seen_first = self.seen_first or level == 1
        self.passages.append(self._passage(level, number, text, self.position, is_certain))
        self.placed += letters_in(text) + (0 if is_counted else letters_in(number))

    def guess(self, text, *, label="", is_strong):
        """A heading by its look: set in bold, or in capitals. False where it is rather a sentence.

        `is_strong`: set in capitals or underlined, above what is only bold.
        """
        number, bare = split_number(text, label)
        if not looks_like_heading(bare) or (label and not number):
            return False
        self.heading(text, level=self._level(number, is_strong), label=label, is_certain=False)
        return True

    def _level(self, number, is_strong):
        found = DEEP.search(number)
        if self.certain:
            return min(9, self.certain + 1)
        if found:
            return 1 + found[0].count(".")
        return 1 if is_strong or number or not self.seen_first else 2

    def block(self, kind, text, **rest):
        if not text.strip() and not any(rest.get("cells", ())):
            return
        self.position += 1
        block = {"kind": kind, "position": self.position, "text": self._clean(text)}
        if "cells" in rest:
            rest["cells"] = [self._clean(cell) for cell in rest["cells"]]
        block |= {key: value for key, value in rest.items() if value not in ("", None)}
        self.passages[-1]["blocks"].append(block)
        self.placed += sum(map(letters_in, [block["text"], *block.get("cells", ())]))

    def _clean(self, text):
        return self.cleaner.clean(text, f"paragraph {self.position}").strip()

    def said(self, *, margins, letters):
        """The whole of it, for the parent."""
        if not self.passages[0]["blocks"] and len(self.passages) > 1:
            del self.passages[0]
        doubts = [*self.doubts, *self.cleaner.warnings()]
        if self.guessed:
            doubts.append(
                f"{self.guessed} {'heading was' if self.guessed == 1 else 'headings were'} recognised"
                " by how they look, not by a heading style: check where each part begins."
            )
        if not any(passage["level"] for passage in self.passages):
            doubts.append("No heading was found, so the text stands in one piece.")
        if self.placed != letters:
            doubts.append(
                f"{abs(letters - self.placed)} letters of the file could not be placed: compare this text"
                " with the file."
            )
        return {
            "kind": self.kind,
            "passages": self.passages,
            "margins": [self._clean(text) for text in margins],
            "letters": letters,
            "placed": self.placed,
            "doubts": doubts,
        }


def split_number(text, label=""):
    """("5.2", "Police") of "5.2 Police"; a number that Word counts is `label`."""
    if label and any(map(str.isalnum, label)):
        return label.strip(" .):"), text
    found = NUMBERED.match(text)
    if not found or (found[1].casefold() in ("a", "i") and text[found.end(1)] not in ".):"):
        return "", text
    return found[1], text[found.end() :].strip()


def looks_like_heading(text):
    return (
        0 < len(text) <= LONGEST_HEADING
        and WORD.search(text) is not None
        and not ENDS_A_SENTENCE.search(text)
        and "\n" not in text
    )


def is_capitals(text):
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and all(map(str.isupper, letters))


def letters_in(text):
    """How many letters and digits: white space and signs may be set differently."""
    return sum(map(str.isalnum, text))
