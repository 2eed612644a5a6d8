"""Looks through a file for what could tell who somebody is.

    scanner = Scanner(register)
    scanned = scan(scanner, content, name)

That nothing was found means that nothing was found in the parts that were looked at, and no more.
"""

from dataclasses import dataclass

from foundations.office.everything import everything_in
from reports.leaks.hits import RANK


@dataclass(frozen=True)
class Scanned:
    """`hits` in the order of the file; `looked_at` names parts, `could_not_read` what was left."""

    file: str
    hits: tuple
    looked_at: tuple
    could_not_read: tuple

    def to_json(self):
        return {
            "file": self.file,
            "hits": [hit.to_json() for hit in self.hits],
            "looked_at": list(self.looked_at),
            "could_not_read": list(self.could_not_read),
        }

    @property
    def summary(self):
        """One sentence, which never says that a file is safe."""
        by_severity = ", ".join(
            f"{sum(hit.severity == severity for hit in self.hits)} {severity}" for severity in RANK
        )
        unread = (
            f" Could not read: {'; '.join(self.could_not_read)}." if self.could_not_read else ""
        )
        return f"Found {len(self.hits)} ({by_severity}). Looked at: {', '.join(self.looked_at)}.{unread}"


def scan(scanner, content, name):
    """`content` is bytes. What cannot be read is said, and is no error."""
    found = everything_in(content, name)
    hits = tuple(scanner.hits(found.stretches))
    return Scanned(name, hits, found.looked_at, found.could_not_read)
