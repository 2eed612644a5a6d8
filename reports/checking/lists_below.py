"""The list or table that a sentence leads to."""

import re

_ITEM = re.compile(
    r"(?:^|\n)([ \t]*)(?:[-*+•·▪◦‣]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)])[ \t]+(\S[^\n]*)"
)
_ENDS = re.compile(
    r"\n[ \t]*\n\S"
)  # what stands at the margin after an empty line is no part of it
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)


def list_after(reading, sentence):
    """The items of the list that a sentence leads to, as (passage, start, end); [] where there is none.

    Either the lines of its own paragraph below it, or the unnumbered paragraphs that follow and begin
    with a mark; a table gives its rows without the first.
    """
    own = _items_in(sentence.passage, sentence.end)
    if own or sentence.passage.text[sentence.end :].strip():
        return own
    items = []
    for passage in reading.passages[sentence.passage.at + 1 :]:
        if passage.section is not sentence.passage.section:
            break
        here = _items_in(passage, 0)
        if not here or (passage.paragraph.number and not _is_child(passage, sentence.passage)):
            break
        items.extend(here)
    return items


def _items_in(passage, start):
    text = passage.written
    rest = text[start:].lstrip()
    begins = len(text) - len(rest)
    if rest.startswith("|"):
        rows = [m for m in _ROW.finditer(text, begins) if not re.fullmatch(r"[\s|:-]+", m[1])]
        return [(passage, m.start(1), m.end(1)) for m in rows[1:]]
    first = _ITEM.match(text, max(0, begins - 1) if begins and text[begins - 1] == "\n" else begins)
    if not first:
        return []
    items, end = [], first.start()
    for match in _ITEM.finditer(text, first.start()):
        if _ENDS.search(text, end, match.start()):
            break
        if len(match[1]) <= len(first[1]):  # not the lists within its items
            items.append((passage, match.start(2), match.end(2)))
        end = match.end()
    return items


def _is_child(passage, parent):
    return passage.paragraph.number.startswith(f"{parent.paragraph.number.rstrip('.')}.")
