"""The styles of a document: real headings, in letters that every machine has."""

from reports.word.out.numbers import HEADINGS, MAIN, STEP, TEXT_AT
from reports.word.out.xml import part, val, w

FONT = "Arial"
SIZE = 23  # half points
HEADING_SIZES = (34, 28, 25, 23, 23, 23)


def styles():
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT),
                val("sz", SIZE),
                val("szCs", SIZE),
                w("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault", w("pPr", w("spacing", after=140, line=276, lineRule="auto"))),
    )
    return part("styles", "".join([defaults, *_all()]))


def _all():
    yield _style("Normal", "Normal", is_default=True)
    yield _style("Title", "Title", w("spacing", before=2400, after=360), size=52, bold=True)
    yield _style("Subtitle", "Subtitle", w("spacing", after=160), size=28)
    for level in range(1, 7):
        counted = _counted(level - 1) if level <= HEADINGS else ""
        yield _style(
            f"Heading{level}",
            f"heading {level}",
            val("keepNext", "true"),
            val("keepLines", "true"),
            counted,
            w("spacing", before=360 if level == 1 else 240, after=120),
            val("outlineLvl", level - 1),
            size=HEADING_SIZES[level - 1],
            bold=True,
            after="Normal",
        )
    for level in range(1, HEADINGS + 1):
        yield _style(
            f"NumberedParagraph{level}",
            f"Numbered paragraph {level}",
            _counted(HEADINGS + level - 1),
        )
    yield _style("Continuation", "Continuation", w("ind", left=TEXT_AT))
    for depth in (1, 2):
        side = TEXT_AT + 567 * depth
        yield _style(
            f"Quote{depth}", "Quote" if depth == 1 else f"Quote {depth}", w("ind", left=side)
        )
    yield _style("ListBullet", "List Bullet", w("spacing", after=80))
    yield _style("ListNumber", "List Number", w("spacing", after=80))
    for depth in range(1, 10):
        name = "List Continue" if depth == 1 else f"List Continue {depth}"
        yield _style(f"ListContinue{depth}", name, w("ind", left=TEXT_AT + STEP * depth))
    yield _style("TableText", "Table text", w("spacing", after=40), size=19)
    yield _style("TableHeading", "Table heading", w("spacing", after=40), size=19, bold=True)
    yield _style("TOCHeading", "TOC Heading", val("keepNext", "true"), size=34, bold=True)
    for level in (1, 2, 3):
        side = w("ind", left=STEP * (level - 1))
        yield _style(f"TOC{level}", f"toc {level}", w("spacing", after=60), side)
    yield _style("Header", "header", w("spacing", after=0), size=18)
    yield _style("Footer", "footer", w("spacing", after=0), size=18)
    yield _style("FootnoteText", "footnote text", w("spacing", after=40), size=18)
    yield _letters("FootnoteReference", "footnote reference", val("vertAlign", "superscript"))
    yield _letters("Hyperlink", "Hyperlink", val("color", "0B5394"), val("u", "single"))
    yield _grid()


def _counted(level):
    return w("numPr", val("ilvl", level), val("numId", MAIN))


def _style(key, name, *paragraph, size=0, bold=False, is_default=False, after=""):
    more = {"default": "1"} if is_default else {}
    return w(
        "style",
        val("name", name),
        "" if is_default else val("basedOn", "Normal"),
        val("next", after) if after else "",
        val("qFormat", "true"),
        w("pPr", *paragraph) if any(paragraph) else "",
        w("rPr", w("b") if bold else "", val("sz", size) if size else "") if size or bold else "",
        type="paragraph",
        **more,
        styleId=key,
    )


def _letters(key, name, *properties):
    return w("style", val("name", name), w("rPr", *properties), type="character", styleId=key)


def _grid():
    lines = [
        w(side, val="single", sz=4, space=0, color="7F7F7F")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    return w(
        "style",
        val("name", "Table Grid"),
        w("tblPr", w("tblBorders", *lines)),
        type="table",
        styleId="TableGrid",
    )
