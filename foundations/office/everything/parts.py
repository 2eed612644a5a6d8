"""The parts of a package that are alike in Word, Excel and PowerPoint, and those of no known kind."""

import re

from lxml import etree

from foundations.office.everything import markup, pictures
from foundations.office.word_styles import parsed

LARGEST = 48 * 1024 * 1024
_PROPERTIES = re.compile(r"^docprops/.*\.xml$", re.I)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|ico)$", re.I)
_OF_LOOKS = re.compile(
    r"(?:^\[content_types\]\.xml|/theme\d*\.xml|fonttable\.xml|\.odttf|\.fntdata"
    r"|printersettings\d*\.bin|calcchain\.xml|/_rels/$|^mimetype)$",
    re.I,
)
_XML = re.compile(r"\.(?:xml|vml)$", re.I)
LOOKED_AT = (
    "document properties", "links", "alternative text", "names of authors", "field codes",
    "form fields", "other parts", "other attributes", "remarks in the markup", "names of parts", "embedded files",
)  # fmt: skip


def read_others(gathered, archive, names, read_one):
    """Every part in `names` that no reader of its own has read."""
    gathered.looked_at(*LOOKED_AT)
    gathered.add("names of parts", "file", "\n".join(archive.namelist()), aside=True)
    for path in names:
        if path.endswith("/") or _OF_LOOKS.search(path):
            continue
        if archive.getinfo(path).file_size > LARGEST:
            gathered.unread(f"the part {path}: it is too large")
            continue
        content = archive.read(path)
        try:
            _read(gathered, path, content, read_one)
        except etree.XMLSyntaxError:
            gathered.unread(f"the part {path}: it is damaged")


def _read(gathered, path, content, read_one):
    if _PROPERTIES.search(path):
        markup.read_properties(gathered, path, content)
    elif path.lower().endswith(".rels"):
        markup.read_links(gathered, path, content)
    elif _XML.search(path):
        root = parsed(content)
        if root is not None:
            markup.read_attributes(gathered, path, root)
            markup.read_texts(gathered, "other parts", path, root)
    elif _PICTURE.search(path):
        pictures.read(gathered, content, path)
    elif "vbaproject" in path.lower():
        gathered.loose("macros", path, content)
        gathered.unread(f"the macros ({path}): only loose words in them were looked at")
    else:
        gathered.embed(content, path.rpartition("/")[2], read_one)
