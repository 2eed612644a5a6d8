"""The published reports of ../shared as WrittenDocuments: only the shape, by the numbers in the margin."""

import os
import re
from pathlib import Path

import pytest

from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

SOURCES = Path(__file__).resolve().parents[3].parent / "shared" / "documents" / "source"
_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,3}){0,2})\.?(?=\s)\s*(.*)$")
_BULLET = re.compile(r"^\s*[·•-]\s+")
_DEEP = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s")
_HEADING = re.compile(r"[A-Z][\w '’&/()-]*:?")
_MOST_WORDS = 8
_LONGEST_HEADING = 90


def published(beginning):
    """The WrittenDocument of the source whose file name begins so; skips where there is none."""
    found = sorted(SOURCES.glob(f"{beginning}*.txt"))
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("the published documents are missing")
        pytest.skip("no published documents here")
    return read(found[0].read_text(encoding="utf-8"))


def read(text):
    """Numbered lines are paragraphs or, where short and followed by deeper ones, headings of sections."""
    lines = text.split("\n")
    reader = _Reader(is_numbered=sum(bool(_DEEP.match(line)) for line in lines) > 30)
    for line in lines:
        reader.line(line)
    return reader.document()


def _is_heading(words):
    return bool(_HEADING.fullmatch(words)) and len(words.split()) <= _MOST_WORDS


class _Reader:
    def __init__(self, *, is_numbered):
        self.sections, self.current, self.paragraphs = [], ("", "Beginning", 1), []
        self.is_numbered = is_numbered
        self.chapter = 0

    def line(self, line):
        if not line.strip():
            return None
        match = _NUMBER.match(line)
        if match and self._is_next(match[1]):
            return self._numbered(match[1], match[2].strip())
        if re.match(r"\s*APPENDIX\b", line) or (
            len(line) < _LONGEST_HEADING
            and line.strip().isupper()
            and len(line.split()) > 1
            and "\t" not in line
        ):
            return self._section("", line.strip(), 1)
        words = " ".join(line.split())
        if not self.is_numbered and _is_heading(words) and "\t" not in line:
            self._section("", words.rstrip(":"), 1)
            return None
        if self._goes_on(words):
            last = self.paragraphs.pop()
            self.paragraphs.append(WrittenParagraph(last.number, f"{last.text} {words}"))
            return None
        if _BULLET.match(line):
            words = "- " + _BULLET.sub("", words)
            if (
                self.paragraphs
                and re.match(r" +-", line)
                and self.paragraphs[-1].text.rpartition("\n")[2].lstrip().startswith("- ")
            ):
                last = self.paragraphs.pop()
                self.paragraphs.append(WrittenParagraph(last.number, f"{last.text}\n  {words}"))
                return None
        if (
            words.startswith("- ")
            and self.paragraphs
            and not self.paragraphs[-1].text.startswith("- ")
        ) or (
            re.match(r"(?:- |\d{1,2}\. )", words)
            and self.paragraphs
            and re.search(r"(?:^|\n)(?:- |\d{1,2}\. )[^\n]*$|:$", self.paragraphs[-1].text)
        ):
            last = self.paragraphs.pop()
            self.paragraphs.append(WrittenParagraph(last.number, f"{last.text}\n{words}"))
        else:
            self.paragraphs.append(WrittenParagraph("", words))
        return None

    def _goes_on(self, words):
        """A line broken by the page: the one before it has no end, and this one begins small."""
        return (
            bool(self.paragraphs)
            and words[0].islower()
            and not re.search(r"[.:;!?]\W*$", self.paragraphs[-1].text)
        )

    def _is_next(self, number):
        first = int(number.split(".")[0])
        if "." not in number:
            return first == self.chapter + 1 and self.chapter < 20
        return first == self.chapter

    def _numbered(self, number, words):
        depth = number.count(".")
        if depth == 0 and not words.isupper() and len(words.split()) > 8:
            self.paragraphs.append(WrittenParagraph("", f"{number}. {' '.join(words.split())}"))
        elif depth == 0 or (
            depth == 1 and len(words) < _LONGEST_HEADING and not words.endswith(".")
        ):
            self.chapter = int(number.split(".")[0])
            self._section(number, words, depth + 1)
        else:
            self.paragraphs.append(WrittenParagraph(number, " ".join(words.split())))

    def _section(self, number, heading, level):
        self._close()
        self.current = (number, heading, level)

    def _close(self):
        if self.paragraphs or self.current[1] != "Beginning":
            self.sections.append(WrittenSection(*self.current, tuple(self.paragraphs)))
        self.paragraphs = []

    def document(self):
        self._close()
        return WrittenDocument("A published report", tuple(self.sections))
