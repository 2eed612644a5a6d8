"""Sheets for tests: a plan, its workbook as somebody edited it, and what was pasted."""

import io

from openpyxl import load_workbook

from actionplans.sheet import columns, workbook
from actionplans.sheet.standing import Plan


class Edited:
    """The workbook of a plan, open to be changed as in Excel."""

    def __init__(self, review, user, content=None):
        content = content or workbook.make(Plan(review, user)).content
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book["Action plan"]

    def at(self, heading):
        return [cell.value for cell in self.sheet[1]].index(heading) + 1

    def put(self, row, heading, value):
        """`row` as Excel counts: the first below the headings is 2."""
        self.sheet.cell(row, self.at(heading)).value = value

    def get(self, row, heading):
        return self.sheet.cell(row, self.at(heading)).value

    def add(self, **texts):
        """By the names of columns."""
        self.sheet.append([texts.get(column.name) for column in columns.ALL])

    def content(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def pasted(headings, *rows):
    return "\n".join("\t".join(row) for row in (headings, *rows))
