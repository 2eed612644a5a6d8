"""Markdown as plain words of the same length, and its sentences: a place in one is a place in the other."""

import re

from foundations.dates.words import SAME_LENGTH

_LINK = re.compile(r"!?\[([^\]\n]*)\](\([^)\n]*\)|\[[^\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:?")
# "^[a note]" is said in brackets; "[[p:KEY]]" is the number of another paragraph, and no word.
_NOTE = re.compile(r"\^\[([^\]\n]*)\]")
REFERENCE = re.compile(r"\[\[([ps]):([A-Za-z0-9_-]{1,64})\]\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_MARKS = re.compile(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,!?])_{1,2}(?!\w)"
    r"|^[ \t]{0,3}#{1,6}(?=\s)|^[ \t]*>+|<!--.*?-->|</?[a-zA-Z][^>\n]*>|\\(?=[\\`*_{}\[\]()#+.!>-])|`",
    re.MULTILINE | re.DOTALL,
)


def plain(text):
    """The words without the marks of Markdown, each mark a space, every quotation mark a plain one."""
    text = text.translate(SAME_LENGTH)
    text = REFERENCE.sub(_blank, _FOOTNOTE.sub(_blank, text))
    text = _NOTE.sub(lambda match: f" ({match[1]})", text)
    text = _LINK.sub(_words_of_link, text)
    text = _ADDRESS.sub(_blank, text)
    return _MARKS.sub(_blank, text)


def _blank(match):
    return " " * len(match[0])


def _words_of_link(match):
    lead = match.start(1) - match.start()
    return " " * lead + match[1] + " " * (len(match[0]) - lead - len(match[1]))


LIST_MARK = r"(?:[-*+•·▪◦‣]|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,5})[.)])[ \t]+"
_LINE = re.compile(rf"\n[ \t]*(?=\n|\||{LIST_MARK})|(?<=\|)[ \t]*\n|\n[ \t]*\n")
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9])|;(?=\s*\n)")
_SHORT_FORM = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sgt|Insp|Supt|Rev|St|No|Nos|para|paras|approx|vs|viz|cf|ibid|al|e\.g|i\.e|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])|^\s*\(?(?:\d{1,2}|[a-z]))\.$"
)
_ENDS_ANYWAY = re.compile(
    r"\b(?:etc|No)\.$"
    # "Adult B." is no initial.
    r"|\b(?:Adult|Child|Male|Female|Person|Subject|Victim|Witness|Sibling|Partner|Friend|Neighbour|Worker|Mother"
    r"|Father|Sister|Brother|Son|Daughter|Appendix|Annex|Option|Category|Part|Ward|Unit|Vitamin|Hepatitis) [A-Z]\.$"
)
LONGEST = (
    2_000  # characters: nobody writes a sentence that is longer, and reading one would never end
)
_WINDOW = 24  # characters before a full stop that show whether it ends a sentence


def sentence_spans(text):
    """[(start, end)] of the sentences of a plain text; an item of a list and a row are sentences too."""
    spans = []
    for start, end in _lines(text):
        for sentence in _sentences_of_line(text, start, end):
            spans.extend(_not_too_long(text, *sentence))
    return spans


def _lines(text):
    start = 0
    for match in _LINE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _sentences_of_line(text, start, end):
    begun = start
    for match in _STOP.finditer(text, start, end):
        last = text[max(begun, match.end() - _WINDOW) : match.end()]
        if _SHORT_FORM.search(last) and not _closes(text, last, match.end()):
            continue
        yield from _trimmed(text, begun, match.end())
        begun = match.end()
    yield from _trimmed(text, begun, end)


def _closes(text, last, end):
    """ "No." before a word ends a sentence; before a number it does not."""
    return bool(_ENDS_ANYWAY.search(last)) and not re.match(r"\s+\d", text[end : end + 4])


def _not_too_long(text, start, end):
    while end - start > LONGEST:
        at = text.rfind(" ", start + 1, start + LONGEST)
        at = at if at > start else start + LONGEST
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)


def _trimmed(text, start, end):
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
