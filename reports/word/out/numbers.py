"""Word's own numbers, made to come out as the numbers that are shown here.

One list of many levels counts headings and the paragraphs under them, so that what somebody adds in
Word is counted at once. Where a shown number jumps, a new start is written for it; a number of any
other form, such as A.1, has a list of its own.
"""

import re

from reports.word.out.xml import part, val, w

MAIN, BULLETS, ITEMS = 1, 2, 3
HEADINGS = 4  # levels of headings that are counted; paragraphs take the next four levels
TEXT_AT = 851  # twentieths of a point from the margin to the text
STEP = 360
ENDS_IN_DIGITS = re.compile(r"(.*?)([1-9]\d{0,3})", re.S)
DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
BULLET_SIGNS = "•–▪"


class Numbers:
    """Follows what Word will count, paragraph by paragraph, in the order of reading."""

    def __init__(self):
        self.heads = []  # the number of each open heading
        self.counts = {}  # level of the heading above: last number of a paragraph
        self.main = MAIN
        self.nums = {MAIN: (MAIN, {}), BULLETS: (BULLETS, {})}
        self.own = {}  # prefix: [list, last number]
        self.definitions = {}  # definition: (prefix, start)

    # -- headings and paragraphs -------------------------------------------------------------------

    def heading(self, number, level):
        """(list, level) for a heading that shows `number`; None where it shows none."""
        parts = _parts(number)
        if not parts or len(parts) != level or level > HEADINGS or not self._is_under(parts):
            return self._own(number) if number else None
        before = self.heads[level - 1] if len(self.heads) >= level else 0
        self.heads = [*self.heads[: level - 1], parts[-1]]
        self.counts = {}
        return self._place(level - 1, parts[-1], before)

    def paragraph(self, number):
        parts = _parts(number)
        level = len(parts) - 1
        if not 0 < level <= HEADINGS or not self._is_under(parts):
            return self._own(number) if number else None
        before = self.counts.get(level, 0)
        self.counts[level] = parts[-1]
        self.counts = {known: last for known, last in self.counts.items() if known <= level}
        return self._place(HEADINGS + level - 1, parts[-1], before)

    def _is_under(self, parts):
        return self.heads[: len(parts) - 1] == parts[:-1]

    def _place(self, level, wanted, before):
        if wanted != before + 1:
            self.main = self._new(MAIN, {level: wanted})
        return self.main, level

    def _own(self, number):
        found = ENDS_IN_DIGITS.fullmatch(number)
        prefix, wanted = (found[1], int(found[2])) if found else (number, 0)
        known = self.own.get(prefix)
        if known is None or (found and wanted != known[1] + 1):
            definition = 100 + len(self.definitions)
            self.definitions[definition] = (prefix, wanted)
            known = self.own[prefix] = [self._new(definition, {}), wanted]
        known[1] = wanted
        return known[0], 0

    # -- lists within a paragraph ------------------------------------------------------------------

    def items(self, depth, start):
        """A numbered list of its own, which begins with `start`."""
        return self._new(ITEMS, {depth: start})

    def _new(self, definition, starts):
        number = len(self.nums) + 1
        self.nums[number] = (definition, starts)
        return number

    # -- the part of the file ----------------------------------------------------------------------

    def xml(self):
        definitions = [
            _definition(MAIN, [*map(_heading_level, range(HEADINGS)), *_paragraph_levels()]),
            _definition(BULLETS, [_bullet(depth) for depth in range(9)]),
            _definition(ITEMS, [_item(depth) for depth in range(9)]),
        ]
        for key, (prefix, start) in self.definitions.items():
            definitions.append(_definition(key, [_own_level(prefix, start)]))
        nums = [_num(key, *said) for key, said in self.nums.items()]
        return part("numbering", "".join([*definitions, *nums]))


def _parts(number):
    return [int(one) for one in number.split(".")] if DOTTED.fullmatch(number) else []


def _definition(key, levels):
    return w("abstractNum", val("multiLevelType", "multilevel"), *levels, abstractNumId=key)


def _num(key, definition, starts):
    changes = [
        w("lvlOverride", val("startOverride", start), ilvl=level) for level, start in starts.items()
    ]
    return w("num", val("abstractNumId", definition), *changes, numId=key)


def _level(at, text, *, kind="decimal", style="", start=1, left=TEXT_AT, hanging=TEXT_AT, font=""):
    return w(
        "lvl",
        val("start", start),
        val("numFmt", kind),
        val("pStyle", style) if style else "",
        val("lvlText", text),
        val("lvlJc", "left"),
        w("pPr", w("ind", left=left, hanging=hanging)),
        w("rPr", w("rFonts", ascii=font, hAnsi=font)) if font else "",
        ilvl=at,
    )


def _heading_level(at):
    places = ".".join(f"%{one + 1}" for one in range(at + 1))
    return _level(at, places, style=f"Heading{at + 1}")


def _paragraph_levels():
    for at in range(HEADINGS):
        places = ".".join([*(f"%{one + 1}" for one in range(at + 1)), f"%{HEADINGS + at + 1}"])
        yield _level(HEADINGS + at, places, style=f"NumberedParagraph{at + 1}")


def _bullet(depth):
    left = TEXT_AT + STEP * (depth + 1)
    sign = BULLET_SIGNS[depth % len(BULLET_SIGNS)]
    return _level(depth, sign, kind="bullet", left=left, hanging=STEP, font="Arial")


def _item(depth):
    return _level(depth, f"%{depth + 1}.", left=TEXT_AT + STEP * (depth + 1), hanging=STEP)


def _own_level(prefix, start):
    prefix = prefix.replace("%", "")
    return _level(0, f"{prefix}%1" if start else prefix, start=start or 1)
