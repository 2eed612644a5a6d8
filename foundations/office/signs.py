"""Signs that travel within the text of a paragraph: where bold begins, where a bookmark stands.

They are of a private kind that no text has of its own. Between the child process, which writes them,
and `marked`, which reads them.
"""

import re

STRUCK, NOT_STRUCK = "\ue01b\ue01c"
BOLD, NOT_BOLD, ITALIC, NOT_ITALIC = "\ue010\ue011\ue012\ue013"
LINK, NOT_LINK = "\ue014\ue015"  # the address, END, the words
FIELD, NOT_FIELD = "\ue016\ue017"  # the bookmark it shows the number of, END, what it shows
BOOKMARK, COMMENT, NOT_COMMENT = "\ue018\ue019\ue01a"  # a name, END
NOTE, END = "\ue000", "\ue001"  # the mark of a note, END
OWN = re.compile("[\ue000\ue001\ue010-\ue01f]")
NAMED = re.compile("([\ue014\ue016\ue018-\ue01a])([^\ue001]*)\ue001")


def bare(text):
    """The text alone, with the marks of notes and what fields show."""
    return OWN.sub("", NAMED.sub("", text))
