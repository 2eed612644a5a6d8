"""Which rows of a paper say what they said in the last final one of its kind."""

from dataclasses import replace

from actionplans.papers.kinds import MARKED


def marked(document, last):
    """The same paper, with the day beside each row since which it has said the same."""
    if last is None or document.kind not in MARKED:
        return document
    before = {}
    for table in last.document.tables:
        for line in table.lines:
            if line.recommendation:
                before[line.recommendation] = line
    tables = tuple(
        replace(table, lines=tuple(_marked(line, before, last) for line in table.lines))
        for table in document.tables
    )
    return replace(document, tables=tables)


def _marked(line, before, last):
    was = before.get(line.recommendation)
    if was is None or was.cells != line.cells:
        return line
    return replace(line, unchanged_since=was.unchanged_since or last.as_of.isoformat())
