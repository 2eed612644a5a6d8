"""What the readers of a file put down as they go. In the child process."""

import re
from urllib.parse import unquote

from foundations.office.cleaning import CONTROL

MOST_EMBEDDED = 200
DEEPEST = 4
LARGEST_EMBEDDED = 100 * 1024 * 1024  # all of them together
MOST_LETTERS = 60_000_000
LOOSE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){5,}|[\x20-\x7e]{6,}")
_WORDY = re.compile(r"[A-Za-z]{3}")
_SEEN = 20_000  # loose strings of one binary part


class Gathered:
    """Stretches, the parts that were looked at, and what could not be read, in the order of reading."""

    def __init__(self):
        self.stretches = []
        self._looked_at, self._unread = {}, {}
        self._inside = ""
        self._depth = self._embedded = self._bytes = self._letters = 0

    def add(self, part, location, text, **more):
        if not text or text.isspace():
            return
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            self.unread("what comes after the first 60 million characters")
            return
        more = {key: value for key, value in more.items() if value}
        text = CONTROL.sub(" ", unquote(text) if part == "links" else text)
        self.stretches.append(
            {"part": self._inside + part, "location": location, "text": text, **more}
        )

    def looked_at(self, *parts):
        for part in parts:
            self._looked_at[self._inside + part] = True

    def unread(self, what):
        self._unread[self._inside + what] = True

    def told(self):
        """The texts so far, white space made single."""
        return {" ".join(one["text"].split()) for one in self.stretches}

    def unread_before(self, when, other):
        """What of another reading could not be read, and is not said already."""
        for what in other._unread:
            if self._inside + what not in self._unread:
                self.unread(f"{when}: {what}")

    def loose(self, part, location, content, **more):
        """Words of a binary part that nobody can read properly, as they lie."""
        found = []
        for match in LOOSE.finditer(content[:8_000_000]):
            wide = match[0][1:2] == b"\x00"
            text = match[0].decode("utf-16-le" if wide else "latin-1", errors="replace")
            if _WORDY.search(text):
                found.append(text.strip())
            if len(found) >= _SEEN:
                break
        self.add(part, location, "\n".join(found), **more)

    def embed(self, content, name, read):
        """A file inside the file, read in its turn by `read(gathered, content, name)`."""
        self._embedded += 1
        self._bytes += len(content)
        if (
            self._depth >= DEEPEST
            or self._embedded > MOST_EMBEDDED
            or self._bytes > LARGEST_EMBEDDED
        ):
            self.unread(f"the embedded file “{name}”: too many, too large or too deep")
            return
        self.add("file names of embedded files", name, name)
        before = self._inside
        self._inside, self._depth = f"{before}embedded file “{name}”: ", self._depth + 1
        try:
            read(self, content, name)
        finally:
            self._inside, self._depth = before, self._depth - 1

    def said(self):
        return {
            "stretches": self.stretches,
            "looked_at": list(self._looked_at),
            "could_not_read": list(self._unread),
        }
