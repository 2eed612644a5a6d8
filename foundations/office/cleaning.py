"""Takes out of a text what cannot be seen and does not belong, and says so."""

import re

# Line and paragraph separators count as line breaks; tabs and line breaks stay.
LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What makes a line of JSON worth a second look. JSON escapes the lower control characters; the rest
# shows in its UTF-8 bytes. Separate patterns with a fixed beginning are searched ten times as fast
# as one with alternatives.
ESCAPED = (b"\\u0", b"\\r", b"\\b", b"\\f", b"\x7f")
ENCODED = (
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xd8\x9c"),
    re.compile(rb"\xe2\x80[\x8e\x8f\xa8-\xae]"),
    re.compile(rb"\xe2\x81[\xa6-\xa9]"),
    re.compile(rb"\xef\xbf[\xbe\xbf]"),
)


def is_suspect(line):
    """Whether some text in a line of JSON, as bytes, may need cleaning."""
    if (b"\\" in line or b"\x7f" in line) and any(sign in line for sign in ESCAPED):
        return True
    return not line.isascii() and any(pattern.search(line) for pattern in ENCODED)


class Cleaner:
    """Cleans texts and remembers where it found something, for the warnings."""

    def __init__(self):
        self.controls = []
        self.directions = []

    def clean(self, text, place):
        text = LINE_BREAKS.sub("\n", text)
        if CONTROL.search(text):
            text = CONTROL.sub("", text)
            self.controls.append(place)
        if DIRECTION.search(text):
            self.directions.append(place)
        return text

    def warnings(self):
        if self.controls:
            yield f"Invisible control characters were left out ({places(self.controls)})."
        if self.directions:
            yield (
                "Some text has hidden marks that change the direction of writing "
                f"({places(self.directions)}). Read it with care."
            )


def places(found, most=5):
    """The first few places, and how many more."""
    found = list(dict.fromkeys(found))
    listed = ", ".join(found[:most])
    return listed if len(found) <= most else f"{listed} and {len(found) - most} more"
