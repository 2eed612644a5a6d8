"""Takes out of a text what cannot be seen and does not belong, and says so."""

import re

# Line and paragraph separators count as line breaks; tabs and line breaks stay.
LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What makes a text worth a second look, as JSON text shows it: JSON escapes the lower control
# characters, so one search of a whole batch of rows tells whether any cell of it needs cleaning.
SUSPECT_JSON = re.compile(
    r"\\(?:u00|u0[bB]|r|b|f)|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


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
