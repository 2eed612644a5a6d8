"""Dates as people write them: the words, the days that can be meant, and what is not certain.

Nothing here imports Django. The model field is in `fields`, the form field in `forms`.
"""

from foundations.dates.cells import read_cell
from foundations.dates.finding import FoundDate, find_dates
from foundations.dates.parsing import parse
from foundations.dates.times import read_time
from foundations.dates.value import NotAPartialDate, PartialDate, Reading

__all__ = [
    "FoundDate",
    "NotAPartialDate",
    "PartialDate",
    "Reading",
    "find_dates",
    "parse",
    "read_cell",
    "read_time",
]
