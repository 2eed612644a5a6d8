"""Where a character of a plain text stands, as a reader would look for it."""

import re
from bisect import bisect_right

_NUMBERED = re.compile(r"^[ \t]*(\d{1,2}(?:\.\d{1,3}){1,3})\.?[ \t]", re.M)


class Lines:
    def __init__(self, text):
        self.starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
        numbered = list(_NUMBERED.finditer(text))
        self.begins = [match.start() for match in numbered]
        self.numbers = [match[1] for match in numbered]

    def at(self, place):
        """ "line 211, paragraph 5.3.2": the number is that which was last typed before."""
        line = f"line {bisect_right(self.starts, place)}"
        number = bisect_right(self.begins, place) - 1
        return f"{line}, paragraph {self.numbers[number]}" if number >= 0 else line
