"""What a document was when a file was made of it, carried in the file itself.

While somebody works in Word, others go on working here. Without this, everything that was changed here
since would come back as a change made in Word. Only fingerprints are carried, no words.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

NAMESPACE = "urn:dhr:document-base"


@dataclass(frozen=True)
class Then:
    """An item as it was: `said` is its fingerprint, `level` that of a heading, or 0."""

    uid: str
    said: str
    level: int
    is_numbered: bool

    @classmethod
    def of(cls, item):
        return cls(item.uid, item.fingerprint, item.level, bool(item.number))


def to_xml(items, copy=""):
    """`copy` is the key under which it is on record what the file held."""
    rows = "".join(
        f'<item uid={quoteattr(one.uid)} said="{one.said}" level="{one.level}"'
        f' numbered="{int(one.is_numbered)}"/>'
        for one in map(Then.of, items)
    )
    key = f"<copy key={quoteattr(copy)}/>" if copy else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<base xmlns="{NAMESPACE}">{key}{rows}</base>'


def copy_in(marked):
    """The key of the copy that a file was made as, or ""."""
    rows = marked.carried.get(f"{{{NAMESPACE}}}base") or ()
    return next((row["key"] for row in rows if "key" in row), "")


def base_in(marked):
    """{uid: Then} in the order of the time, or None where the file carries none, or a damaged one."""
    rows = [row for row in marked.carried.get(f"{{{NAMESPACE}}}base") or () if "key" not in row]
    if not rows:
        return None
    try:
        found = [
            Then(row["uid"], row["said"], int(row["level"]), row["numbered"] == "1") for row in rows
        ]
    except (KeyError, ValueError):
        return None
    return {one.uid: one for one in found}
