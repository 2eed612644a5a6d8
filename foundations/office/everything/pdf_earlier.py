"""The earlier versions of a PDF: what was changed and saved into the same file stands there still."""

import io
import re

import pikepdf

from foundations.office.everything.gathered import Gathered
from foundations.office.everything.pdf_beside import DAMAGED

_ENDS = re.compile(rb"%%EOF\s")
_READ = 3  # the last ones
_SHORTEST = 50  # bytes that a change needs


def read(gathered, content, read_version, *, is_linear):
    """`read_version(gathered, pdf, content)` reads one. What stands in the file as it is now is no news."""
    ends = [match.end() for match in _ENDS.finditer(content)]
    ends = [end for end in ends[int(is_linear) :] if len(content) - end > _SHORTEST]
    if len(ends) > _READ:
        left = len(ends) - _READ
        gathered.unread(f"the first {left} of {len(ends)} earlier versions saved inside the file")
    told = gathered.told()
    for number, end in enumerate(ends[-_READ:], start=max(1, len(ends) - _READ + 1)):
        before = Gathered()
        try:
            with pikepdf.open(io.BytesIO(content[:end])) as pdf:
                read_version(before, pdf, content[:end])
        except DAMAGED:
            gathered.unread("an earlier version saved inside the file")
            continue
        for one in before.stretches:
            if " ".join(one["text"].split()) not in told:
                _tell(gathered, number, **one)
        gathered.unread_before(f"earlier version {number}", before)


def _tell(gathered, number, location, text, aside=False, **_):
    where = f"version {number}, {location}"
    gathered.add("earlier version", where, text, told_again=True, aside=aside)
