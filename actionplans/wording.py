"""How the text of a cell is taken apart: white space, typed numbers, lines that belong together."""

import re
from typing import NamedTuple

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
BULLET = re.compile(r"^(?:[•▪●◦∙‣⁃■□➢➤✓✔·*]\s*|[-–—]\s+)(?=\S)")
LETTERED_BULLET = re.compile(r"^o\s+(?=[A-Z])")  # Word's hollow bullet, typed as the letter
TYPED_NUMBER = re.compile(
    r"^(?:\(?(?P<plain>\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.):](?![.):\d])\s*(?=\D)"
    r"|(?P<nested>\d{1,2}(?:\.\d{1,2}){1,2}[.):]?\s+(?=[A-Z“\"‘'])))"
)
# After these a sentence cannot have ended; after the second kind it hardly has.
JOINING_WORD = re.compile(
    r"(?:\b(?:a|an|and|as|at|but|by|for|from|in|into|of|on|or|per|than|the|their|to|via|with|within|our"
    r"|its|between|through)|[,&/(–])$",
    re.IGNORECASE,
)
LEADING_WORD = re.compile(
    r"\b(?:that|this|which|who|was|were|is|are|be|been|will|should|must|not|has|have|had|these|those)$",
    re.IGNORECASE,
)
DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "`": "'"})


# How a paper writes what a plan only claims, so that it is read back as the plan had it.
CLAIM = re.compile(
    r"Claimed (?:“(?P<quoted>.+)”|(?P<plain>.+)), not confirmed|(?P<other>.+), as the plan claims"
)

DISAGREEMENT = re.compile(r"The decision is “.*”, but (?:the response|its reason) says “.*”\.")


class Item(NamedTuple):
    """One paragraph, list item or line of a cell."""

    text: str
    number: str | None = None
    bulleted: bool = False
    written: str = ""  # with the number somebody typed; a number made by Word is not in the text

    @property
    def starts_itself(self):
        """Whether a bullet or number says that this is an item of its own."""
        return self.bulleted or self.number is not None


def said(text):
    """As written, with white space normalised and what nobody can see left out."""
    return " ".join(INVISIBLE.sub("", text or "").split())


def without_remarks(text):
    """What the plan itself had, of a line of a paper: a claim without the words that call it one, and
    nothing of a remark beside a decision, which is found anew."""
    if DISAGREEMENT.fullmatch(text):
        return ""
    found = CLAIM.fullmatch(text)
    if found is None:
        return text
    plain = found["plain"] or ""
    return found["quoted"] or found["other"] or f"{plain[:1].upper()}{plain[1:]}"


def key(text):
    """For comparing: no case, no punctuation, one kind of dash and quotation mark."""
    plain = said(text).casefold().translate(DASHES).replace("&", " and ").replace("'", "")
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def bare_number(label):
    """ "1." is 1, "(a)" is a; a bullet is nothing."""
    found = re.fullmatch(r"[\W_]*([\w]+(?:\.\w+)*)[\W_]*", label or "")
    return found[1] if found and found[1] not in {"o"} else None


def ends_open(text):
    """Whether a sentence plainly goes on after this."""
    return bool(JOINING_WORD.search(text) or LEADING_WORD.search(text)) or text.endswith("-")


def cannot_end(text):
    """Whether a sentence stops at a word after which none stops."""
    return bool(JOINING_WORD.search(text))


def starts_open(text):
    """Whether this plainly goes on from something before."""
    return bool(re.match(r"[a-z&,;)/]", text)) and not re.match(r"(?:[a-z]|[ivx]{1,4})[.)]\s", text)


def joined(before, after):
    """Two halves of one text. A word broken at its hyphen stays one word."""
    if re.search(r"\w-$", before) and re.match(r"[a-z]", after):
        return before + after
    return f"{before} {after}".strip()


def own_cells(row):
    """The cells that say something of their own: neither blank nor a continuation of a merge."""
    return [(index, cell) for index, cell in enumerate(row.cells) if cell.text.strip()]


def _item(text, label, numbered):
    number = bare_number(label)
    if number is not None or numbered:
        return Item(BULLET.sub("", text), number, number is None, BULLET.sub("", text))
    if BULLET.match(text):
        return Item(BULLET.sub("", text), None, True, BULLET.sub("", text))
    if typed := TYPED_NUMBER.match(text):
        number = bare_number(typed["plain"] or typed["nested"])
        return Item(text[typed.end() :].strip(), number, False, text)
    return Item(text, written=text)


def _bullet_by_letter(item):
    if not LETTERED_BULLET.match(item.text):
        return item
    return Item(item.text[2:].strip(), None, True, item.text[2:].strip())


def items_of(cell, *, stands_alone=lambda text: False):
    """The paragraphs or list items of a cell, with a line that only goes on joined to its start."""
    labels = cell.labels or ("",) * len(cell.items)
    numbered = cell.numbered or (False,) * len(cell.items)
    lines = []
    for text, label, auto in zip(cell.items, labels, numbered, strict=False):
        for position, line in enumerate(text.split("\n")):
            if not (words := without_remarks(said(line))):
                continue
            first = position == 0
            lines.append(_item(words, label if first else "", auto and first))
    if sum(bool(LETTERED_BULLET.match(line.text)) for line in lines) > 1:
        lines = [_bullet_by_letter(line) for line in lines]
    for table in cell.nested or ():
        for row in table:
            inside = " – ".join(filter(None, (said(one.text) for one in row.cells)))
            if inside:
                lines.append(Item(inside, None, True, inside))
    return join_lines([line for line in lines if line.text or line.number], stands_alone)


def join_lines(lines, stands_alone=lambda text: False):
    """Lines of one sentence become one item. A list whose every line starts small is a list."""
    if len(lines) > 2 and all(re.match(r"[a-z]", line.text) for line in lines):
        return lines
    whole = []
    for line in lines:
        apart = not whole or line.starts_itself or stands_alone(line.text)
        if not apart and _goes_on(whole[-1].text, line.text):
            whole[-1] = _both(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _both(before, after):
    return before._replace(
        text=joined(before.text, after.text), written=joined(before.written, after.written)
    )


def _goes_on(before, after):
    return starts_open(after) or bool(JOINING_WORD.search(before))


def continue_items(before, after, *, stands_alone=lambda text: False):
    """Items of a cell, and of the same cell in the row that continues it."""
    if not before or not after or after[0].starts_itself:
        return [*before, *after]
    last, first = before[-1], after[0]
    if stands_alone(last.text) or stands_alone(first.text):
        return [*before, *after]
    unfinished = not re.search(r"[.:;?!)\]’”'\"]$", last.text)
    if unfinished or starts_open(first.text):
        return [*before[:-1], _both(last, first), *after[1:]]
    return [*before, *after]


def whole_text(items):
    """All of a cell as one running text, with the numbers that were typed in it."""
    return " ".join(item.written for item in items)
