"""The parts of the package that a .docx or .xlsx is, read without unpacking it to disk."""

import io
import zipfile
from functools import cached_property
from posixpath import join, normpath

from defusedxml.ElementTree import fromstring

from foundations.office.archive import MEGABYTE
from foundations.office.refusals import damaged, too_much
from foundations.office.tables import Refused

SLICE = MEGABYTE // 2  # fits the cache of a processor, which makes it a tenth faster to look at


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Package:
    """The parts of an office file that has passed the gate, or is passing it."""

    def __init__(self, content):
        self.content = content
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self.marks = {}  # by sheet, what the gate saw that makes a reader look twice

    def read(self, path):
        """A part's bytes; none when the file has no such part."""
        name = self.names.get(path.lower())
        return self.archive.read(name) if name else b""

    def slices(self, path, name):
        """A part's bytes, piece by piece; a part longer than it says is refused."""
        member = self.archive.getinfo(self.names[path.lower()])
        total = 0
        with self.archive.open(member) as part:
            while piece := part.read(SLICE):
                total += len(piece)
                if total > member.file_size:
                    raise Refused(too_much(name))
                yield piece
        if total != member.file_size:
            raise Refused(damaged(name))

    def related(self, path):
        """Relationships of a part: id -> (last word of the type, path of the target)."""
        folder, _, file = path.rpartition("/")
        content = self.read(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for element in fromstring(content) if content else ():
            target = element.get("Target", "")
            inside = (
                target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            )
            found[element.get("Id")] = (element.get("Type", "").rpartition("/")[2], inside)
        return found

    @cached_property
    def main(self):
        """The path of the main part: word/document.xml or xl/workbook.xml, by any name."""
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                return target
        return ""

    @cached_property
    def sheets(self):
        """Sheet names in order, each with the path of its part and its state."""
        related = self.related(self.main)
        found = []
        for element in fromstring(self.read(self.main)).iter():
            if not element.tag.endswith("}sheet"):
                continue
            link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            path = related.get(link, ("", ""))[1]
            found.append((element.get("name", ""), path, element.get("state", "visible")))
        return found

    @cached_property
    def sheet_names(self):
        return {path: name for name, path, _ in self.sheets}
