"""Bars side by side, as SVG. Each kind has a pattern of its own and its number in it, so that nothing
hangs on colour; colours and sizes are attributes, and no style is needed."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

WIDTH, NAMES, RIGHT = 860, 250, 56
LINE, BAR, TOP = 30, 20, 8
LONGEST_NAME = 34
# Of each figure of a number that is written into a bar, and of the ground on both sides of it.
FIGURE, BESIDE = 8, 10

# (colour below, colour of the marks or none, the marks, colour of the number)
STYLES = (
    ("#1d4f8c", "", "", "#ffffff"),
    ("#ffffff", "#b3261e", "M0 8L8 0M-2 2L2 -2M6 10L10 6", "#0b0c0c"),
    ("#f6c344", "#0b0c0c", "M4 3.2v1.6", "#0b0c0c"),
    ("#ffffff", "#1d4f8c", "M0 4h8", "#0b0c0c"),
    ("#ffffff", "#2f6b3a", "M4 0v8M0 4h8", "#0b0c0c"),
    ("#2f6b3a", "", "", "#ffffff"),
    ("#ffffff", "#505a5f", "M0 0L8 8M-2 6L2 10M6 -2L10 2", "#0b0c0c"),
    ("#c9d1d9", "", "", "#0b0c0c"),
    ("#ffffff", "#b65c00", "M4 0v8", "#0b0c0c"),
)

_PATTERN = (
    '<pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="{}"/><path d="{}" stroke="{}" stroke-width="1.6"/></pattern>'
)
_RECTANGLE = (
    '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#0b0c0c" stroke-width="1">'
    "<title>{}</title></rect>"
)
# A number stands on plain ground, so that the marks do not run through it.
_NUMBER = (
    '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
    '<text x="{}" y="{}" text-anchor="middle" font-weight="700" fill="{}">{}</text>'
)
_NAME = '<text x="{}" y="{}" text-anchor="end" fill="#0b0c0c">{}</text>'
_TOTAL = '<text x="{}" y="{}" font-weight="700" fill="#0b0c0c">{}</text>'
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"'
    ' aria-labelledby="{2}-title {2}-words" font-family="Inter, \'DejaVu Sans\', Arial, sans-serif"'
    ' font-size="13"><title id="{2}-title">{3}</title><desc id="{2}-words">{4}</desc>'
    "<defs>{5}</defs>{6}</svg>"
)
_SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="22" height="16" viewBox="0 0 22 16"'
    ' aria-hidden="true" focusable="false"><defs>{}</defs>'
    '<rect x="1" y="1" width="20" height="14" fill="{}" stroke="#0b0c0c"/></svg>'
)


@dataclass(frozen=True)
class Kind:
    """One of the things that a bar is made of."""

    key: str
    label: str
    style: int

    def fill(self, name):
        return f"url(#{name}-{self.key})" if STYLES[self.style][2] else STYLES[self.style][0]

    def pattern(self, name):
        ground, colour, marks, _ = STYLES[self.style]
        return format_html(_PATTERN, f"{name}-{self.key}", ground, marks, colour) if marks else ""


@dataclass(frozen=True)
class Bars:
    """`lines`: [(label, {key of a kind: how many})]; `name` is the beginning of every id in it."""

    name: str
    title: str
    kinds: tuple
    lines: list

    @property
    def legend(self):
        """[(sample, label)]"""
        name = f"{self.name}-sample"
        return [
            (format_html(_SAMPLE, kind.pattern(name), kind.fill(name)), kind.label)
            for kind in self.kinds
        ]

    @property
    def description(self):
        told = (
            f"{label}: "
            + (
                ", ".join(
                    f"{counts[kind.key]:,} {kind.label.lower()}"
                    for kind in self.kinds
                    if counts.get(kind.key)
                )
                or "none"
            )
            for label, counts in self.lines
        )
        return ". ".join(told) + "."

    @property
    def svg(self):
        most = max((sum(counts.values()) for _, counts in self.lines), default=0) or 1
        scale = (WIDTH - NAMES - RIGHT) / most
        patterns = format_html_join("", "{}", ((kind.pattern(self.name),) for kind in self.kinds))
        drawn = format_html_join(
            "",
            "{}",
            (
                (self._line(label, counts, TOP + at * LINE, scale),)
                for at, (label, counts) in enumerate(self.lines)
            ),
        )
        height = 2 * TOP + LINE * len(self.lines)
        return format_html(
            _PICTURE, WIDTH, height, self.name, self.title, self.description, patterns, drawn
        )

    def _line(self, label, counts, y, scale):
        x, pieces = NAMES, []
        for kind in self.kinds:
            n = counts.get(kind.key, 0)
            if not n:
                continue
            width = round(n * scale, 1)
            title = f"{label}, {kind.label.lower()}: {n:,}"
            pieces.append(format_html(_RECTANGLE, x, y, width, BAR, kind.fill(self.name), title))
            pieces.append(_number(n, kind, x, y, width))
            x = round(x + width, 1)
        base = y + BAR - 5
        name = label if len(label) <= LONGEST_NAME else f"{label[: LONGEST_NAME - 1]}…"
        return format_html(
            "{}{}{}",
            format_html(_NAME, NAMES - 8, base, name),
            format_html_join("", "{}", ((piece,) for piece in pieces)),
            format_html(_TOTAL, x + 6, base, f"{sum(counts.values()):,}"),
        )


def _number(n, kind, x, y, width):
    """Where the bar is wide enough for it."""
    text = f"{n:,}"
    needed = FIGURE * len(text) + BESIDE
    if width < needed + 2:
        return ""
    ground, _, _, colour = STYLES[kind.style]
    middle = round(x + width / 2, 1)
    left = round(middle - needed / 2, 1)
    return format_html(
        _NUMBER, left, y + 1, needed, BAR - 2, ground, middle, y + BAR - 5, colour, text
    )
