"""How a document stood when somebody last looked at it before submission, in a line."""

from dataclasses import dataclass
from datetime import datetime

from reports.checks.answers import Answers, counted
from reports.checks.looking import last_look
from reports.models import Kind


@dataclass(frozen=True)
class Summary:
    """`met` of `many` lines of the list are in order, and `still` things are to be looked at. The links of the
    thread, which are asked for each time that the list is opened, are left aside, and it says so."""

    met: int
    many: int
    still: int
    at: datetime
    has_thread: bool

    def __str__(self):
        """ "9 of 16 in order, 12 things to look at, as of 3 May 2026, 14:05" """
        things = f"{self.still} thing{'' if self.still == 1 else 's'} to look at"
        if self.has_thread:
            things = f"{things} beside the links of the thread"
        return f"{self.met} of {self.many} in order, {things}, as of {self.at:%-d %B %Y, %H:%M}"

    @property
    def is_done(self):
        return self.met == self.many and not self.still


def summary_of(document):
    """The Summary in words, or "" where nobody has looked."""
    return str(last_summary(document) or "")


def last_summary(document):
    """A Summary, or None where nobody has looked. Nothing is read anew: two queries."""
    found = last_look(document)
    if found is None:
        return None
    looked, at = found
    met, many, still = counted(Answers(document).beside(looked.items))
    return Summary(met, many, still, at, has_thread=document.kind == Kind.OVERVIEW)
