"""Works out the numbers and letters that Word puts before paragraphs by itself.

They are nowhere in the text: a paragraph names a list and a depth, and the number is what Word
counts. Lists made from the same definition go on counting across headings and tables.
"""

import re

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
ROMAN += ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
DEEPEST = 9
PLACE = re.compile(r"%([1-9])")


def roman(number):
    written = ""
    for value, letters in ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


def letters(number):
    """a to z, then aa, bb, as Word does it."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def ordinal(number):
    end = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{end}"


def written(number, style):
    if style == "none" or not 0 < number < 10_000:
        return "" if style == "none" else str(number)
    if style in ("lowerLetter", "upperLetter"):
        text = letters(number)
    elif style in ("lowerRoman", "upperRoman"):
        text = roman(number)
    elif style == "ordinal":
        text = ordinal(number)
    elif style == "decimalZero":
        text = f"{number:02}"
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") else text


class Level:
    def __init__(self, element, w):
        def value(name, default):
            child = element.find(f"{w}{name}")
            return default if child is None else child.get(f"{w}val", default)

        self.start = whole(value("start", "1"), 1)
        self.style = value("numFmt", "decimal")
        self.pattern = value("lvlText", "")
        self.restart = value("lvlRestart", None)
        self.legal = element.find(f"{w}isLgl") is not None

    @property
    def is_bullet(self):
        return self.style == "bullet"


class Lists:
    """The lists of numbering.xml, and where each has got to."""

    def __init__(self, root, w):
        self._w = w
        self._levels = {}  # definition -> depth -> Level
        self._lists = {}  # list -> (definition, its own levels, its own starts)
        self._counts = {}  # definition -> depth -> last number given
        self._begun = set()
        if root is not None:
            self._read(root)

    def _read(self, root):
        w = self._w
        links, styles = {}, {}
        for abstract in root.findall(f"{w}abstractNum"):
            key = abstract.get(f"{w}abstractNumId")
            self._levels[key] = self._levels_of(abstract)
            for tag, table in (("numStyleLink", links), ("styleLink", styles)):
                child = abstract.find(f"{w}{tag}")
                if child is not None:
                    table[key] = child.get(f"{w}val")
        named = {style: key for key, style in styles.items()}
        for num in root.findall(f"{w}num"):
            abstract = num.find(f"{w}abstractNumId")
            key = None if abstract is None else abstract.get(f"{w}val")
            key = named.get(links.get(key), key)
            self._lists[num.get(f"{w}numId")] = (key, *self._overrides(num))

    def _levels_of(self, element):
        w = self._w
        return {
            whole(level.get(f"{w}ilvl"), 0): Level(level, w) for level in element.findall(f"{w}lvl")
        }

    def _overrides(self, num):
        w = self._w
        levels, starts = {}, {}
        for override in num.findall(f"{w}lvlOverride"):
            depth = whole(override.get(f"{w}ilvl"), 0)
            levels.update(self._levels_of(override))
            start = override.find(f"{w}startOverride")
            if start is not None:
                starts[depth] = whole(start.get(f"{w}val"), 1)
        return levels, starts

    def next(self, number, depth):
        """Count one paragraph of a list. Returns its label, and whether it is in a list at all."""
        if number not in self._lists or not 0 <= depth < DEEPEST:
            return "", False
        definition, own, starts = self._lists[number]
        levels = {**self._levels.get(definition, {}), **own}
        if depth not in levels:
            return "", False
        counts = self._counts.setdefault(definition, {})
        if number not in self._begun:
            self._begun.add(number)
            for started, start in starts.items():
                counts[started] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        self._restart_below(counts, levels, depth)
        if levels[depth].is_bullet:
            return "", True
        return self._label(counts, levels, depth), True

    def _restart_below(self, counts, levels, depth):
        for deeper in [known for known in counts if known > depth]:
            level = levels.get(deeper)
            if level is None or level.restart is None or depth < whole(level.restart, 0):
                del counts[deeper]

    def _label(self, counts, levels, depth):
        shown = levels[depth]

        def place(match):
            at = int(match[1]) - 1
            level = levels.get(at)
            if level is None:
                return ""
            style = "decimal" if shown.legal and level.style != "none" else level.style
            return written(counts.get(at, level.start), style)

        return PLACE.sub(place, shown.pattern).strip()


def whole(text, default):
    try:
        return int(text)
    except (TypeError, ValueError):
        return default
