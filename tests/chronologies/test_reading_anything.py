"""Whatever a file holds, it is read to the end and every row is accounted for."""

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from chronologies.outcomes import NotEntry, ReadEntry, Rejected
from chronologies.reading import ChronologyReader, UnknownHeading
from foundations.office.documents import Document, Part
from foundations.office.tables import Cell, Row
from tests.chronologies import twins

HEADINGS = ("Date", "Date to", "Time", "Client", "Event", "Action", "Comment", "Source", "Ref", "Year",
            "Month", "Day", "Police", "GP surgery", "MA 1", "Details", "")  # fmt: skip
WORDS = ("", "01.02.2015", "2015", "March 2015", "12 March", "The following day", "No date", "ditto", "31.02.2015",
         "10:15", "25:99", "MA 1", "MA 7", "MA 1 & 2", "Total", "Signed:", "Date:", "dd/mm/yyyy", "e.g. a call", "4",
         "Police", "She was seen at home and said that MA 2 had gone.", "03.04.2015 – She rang and was told to wait.",
         "Note: two pages are missing.", "x" * 20_001, "a\x07b", "two\nlines", *HEADINGS)  # fmt: skip

cells = st.one_of(
    st.sampled_from(WORDS).map(lambda text: Cell.of(text) if text else Cell()),
    st.sampled_from((1.0, 0.5, 2015.0, 42005.0)).map(lambda number: Cell(f"{number:g}", number)),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(
        lambda day: Cell(f"{day:%d/%m/%Y}", datetime(day.year, day.month, day.day))  # noqa: DTZ001
    ),
    st.text(max_size=20).map(Cell),
    st.just(None),  # goes on with the cell above, or to the left
)


@st.composite
def tables(draw):
    rows = []
    for number in range(1, draw(st.integers(1, 14))):
        made = []
        for column, content in enumerate(draw(st.lists(cells, min_size=1, max_size=6))):
            if content is None:
                above = rows and column < len(rows[-1].cells)
                origin = (rows[-1].number, column) if above else (number, max(0, column - 1))
                content = Cell(origin=origin)
            made.append(content)
        rows.append(Row(number, made))
    return rows


@st.composite
def documents(draw):
    parts = []
    for name in range(1, draw(st.integers(1, 3)) + 1):
        rows = draw(tables())
        if draw(st.booleans()):
            names = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=6))
            rows = [Row(0, [Cell.of(text) for text in names]), *rows]
        parts.append(Part(draw(st.sampled_from(("sheet", "table", "csv"))), name, rows))
    texts = draw(st.lists(st.sampled_from(WORDS), max_size=6))
    paragraphs = [Row(number, [Cell(text)]) for number, text in enumerate(texts, 1)]
    return Document("docx", [*parts, Part("paragraphs", "paragraphs", paragraphs)])


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_row_of_any_document_is_accounted_for(document):
    reader = ChronologyReader(document, known_persons=twins.PERSONS, as_at=date(2026, 1, 1))

    outcomes = list(reader.outcomes())

    assert reader.rows_read == sum(len(part.rows) for part in document.parts)
    assert {type(outcome) for outcome in outcomes} <= {ReadEntry, NotEntry, Rejected}
    assert all(outcome.to_json() for outcome in outcomes)


@settings(max_examples=60, deadline=None)
@given(
    documents(),
    st.dictionaries(
        st.sampled_from(("date", "text", "action")), st.sampled_from(HEADINGS), max_size=3
    ),
)
def test_any_mapping_is_followed_or_refused(document, mapping):
    refused = None

    try:
        list(ChronologyReader(document, mapping=mapping, as_at=date(2026, 1, 1)).outcomes())
    except UnknownHeading as unknown:
        refused = unknown

    assert refused is None or refused.message.startswith("The file has no column")
