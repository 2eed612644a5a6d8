"""The papers that committees get, and the shapes and files that each comes in."""

from django.db import models


class Kind(models.TextChoices):
    STATEMENT = "statement", "Progress statement"
    PLAN = "plan", "Action plan"
    EXCEPTIONS = "exceptions", "Exceptions report"
    SUMMARY = "summary", "One-page summary"


class Layout(models.TextChoices):
    """The two tables of the statutory guidance."""

    SEVEN = "2016", "Seven columns, as since 2016"
    FIVE = "2013", "Five columns under the agencies, as in 2013"


FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page", "xlsx": "Excel"}
KEPT_FORMATS = ("pdf", "docx", "html")  # of a final paper
WHAT_IT_IS = {
    Kind.STATEMENT: "Each recommendation with its decision, dated updates, officer and date.",
    Kind.PLAN: "The statutory table, in either layout.",
    Kind.EXCEPTIONS: "What is late, silent, slipped, unproven, or without a lead or date.",
    Kind.SUMMARY: "The figures, agency by agency, and what changed.",
}
# In these a row that says what it said last time is marked so.
MARKED = frozenset({Kind.STATEMENT, Kind.PLAN})
