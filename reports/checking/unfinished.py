"""What inserted tables say while something is missing. It stands in drafts, and never in a final version."""

import re

NOT_WRITTEN_OUT = "Not written out yet"
NOTHING_SO_FAR = "Nothing so far"
NOT_COUNTED = "Cannot be counted any more"
IN_A_CELL = re.compile(rf"(?<=\| )(?:{NOT_WRITTEN_OUT}|{NOTHING_SO_FAR}|{NOT_COUNTED})(?= \|)")
