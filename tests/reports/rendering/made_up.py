"""A version of a made-up document, with everything that one can hold."""

import uuid

from actionplans.papers.sheets import Column, Document, Line, Table, cell
from reports.rendering.gathered import Gathered, GatheredParagraph, GatheredSection

FIRST, PANEL, POLICE = (str(uuid.UUID(int=n)) for n in (1, 2, 3))


def paragraph(number, text, *, key="", block=""):
    return GatheredParagraph(number, text, key or str(uuid.uuid4()), block)


def section(number, heading, *paragraphs, level=1, key=""):
    return GatheredSection(number, heading, level, key or str(uuid.uuid4()), paragraphs)


def table_of(columns, rows):
    lines = [[f"Heading {n}" for n in range(columns)], ["---"] * columns]
    lines += [[f"Row {row}, cell {n}" for n in range(columns)] for row in range(rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def gathered(*sections, **more):
    said = {
        "title": "Overview report into the death of MA 1",
        "kind": "Overview report",
        "above": "Northbeck Community Safety Partnership",
        "reference": "DHR-2031-007",
        "variant": "confidential",
        "version": 3,
        "is_draft": True,
        "marking": "OFFICIAL-SENSITIVE",
        "when": "spring 2031",
        "made_at": "2031-11-02T10:00:00+00:00",
    }
    return Gathered(**(said | more), sections=sections or tuple(_sections()))


def _sections():
    yield section("", "Tribute", paragraph("", "> She sang.", key=str(uuid.UUID(int=9))))
    yield section(
        "1",
        "Introduction",
        paragraph("1.1", "She **asked** for help.^[As *noted* on the file.]", key=FIRST),
        paragraph("1.2", f"It is told in [[p:{FIRST}]] and in [[s:{POLICE}]].^[Another note.]"),
        paragraph("", table_of(2, 2), key=PANEL, block="Table of the panel"),
    )
    yield section("2", "The facts", paragraph("2.1", "- one\n- two"))
    yield section("2.2", "Police", paragraph("2.2.1", table_of(7, 60)), level=2, key=POLICE)
    yield section("3", "Conclusions", paragraph("3.1", "It could have been seen."))


def plan(rows=30):
    columns = tuple(Column(f"Heading {n}", 14) for n in range(7))
    line = Line(cells=tuple(cell(f"Words of cell {n}") for n in range(7)), number="4")
    table = Table(heading="Recommendations", columns=columns, lines=(line,) * rows)
    return Document(
        kind="plan",
        layout="seven",
        title="Action plan",
        above="Northbeck",
        as_of="2031-11-02",
        is_draft=True,
        is_wide=True,
        tables=(table,),
    )
