"""How a document stood when somebody last looked at it before submission, in a line."""

from reports.checks.answers import Answers, counted
from reports.checks.looking import last_look
from reports.models import Kind


def summary_of(document):
    """ "9 of 16 in order, 12 things to look at, as of 3 May 2026, 14:05", or "" where nobody has looked.
    Nothing is read anew: two queries. The links of the thread, which are asked for each time that the
    list is opened, are left aside, and it says so."""
    found = last_look(document)
    if found is None:
        return ""
    looked, at = found
    met, many, still = counted(Answers(document).beside(looked.items))
    things = f"{still} thing{'' if still == 1 else 's'} to look at"
    if document.kind == Kind.OVERVIEW:
        things = f"{things} beside the links of the thread"
    return f"{met} of {many} in order, {things}, as of {at:%-d %B %Y, %H:%M}"
