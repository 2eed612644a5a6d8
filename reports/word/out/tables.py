from reports.word.out.xml import val, w
from reports.word.text import said

WIDE = 6  # columns from which a table has pages laid on their side
LEAST, MOST = 6, 60  # letters of a column that count towards its share of the page
TALL = 900  # letters of a row that may break over two pages


def is_wide(grid):
    return max(map(len, grid.rows)) >= WIDE


def table(grid, runs, width, mark):
    """A table whose heading is repeated on each page. `mark` is (number, name) of its bookmark, or None."""
    columns = max(map(len, grid.rows))
    widths = _widths(grid, columns, width)
    rows = [
        _row(row, widths, runs, is_heading=at == 0, mark=mark if at == 0 else None)
        for at, row in enumerate(grid.rows)
    ]
    looks = w(
        "tblPr",
        val("tblStyle", "TableGrid"),
        w("tblW", w=sum(widths), type="dxa"),
        val("tblLayout", "fixed").replace("w:val", "w:type"),
        w("tblLook", val="0020", firstRow=1, noHBand=1, noVBand=1),
    )
    return w("tbl", looks, w("tblGrid", *(w("gridCol", w=one) for one in widths)), *rows)


def _widths(grid, columns, width):
    """Shares of the page by what stands in a column, so that a date is narrow and an account is wide."""
    weights = []
    for column in range(columns):
        letters = [len(said(row[column])) for row in grid.rows if column < len(row)]
        longest, mean = max(letters, default=0), sum(letters) / max(1, len(letters))
        weights.append(max(LEAST, min(MOST, longest)) + min(MOST, mean))
    return [int(width * weight / sum(weights)) for weight in weights]


def _row(row, widths, runs, *, is_heading, mark):
    is_short = max((len(said(cell)) for cell in row), default=0) < TALL
    properties = [w("cantSplit") if is_short else "", w("tblHeader") if is_heading else ""]
    cells = []
    for at, width in enumerate(widths):
        inside = runs.of(row[at]) if at < len(row) else ""
        cells.append(_cell(inside, width, is_heading=is_heading, mark=mark if at == 0 else None))
    return w("tr", w("trPr", *properties) if any(properties) else "", *cells)


def _cell(inside, width, *, is_heading, mark):
    properties = [w("tcW", w=width, type="dxa")]
    if is_heading:
        properties.append(w("shd", val="clear", color="auto", fill="E4E8EC"))
    if mark:
        number, name = mark
        inside = w("bookmarkStart", id=number, name=name) + inside + w("bookmarkEnd", id=number)
    style = val("pStyle", "TableHeading" if is_heading else "TableText")
    return w("tc", w("tcPr", *properties), w("p", w("pPr", style), inside))
