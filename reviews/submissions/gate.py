"""What may come in at all, asked by forms before a service keeps it: one sentence beside the box."""

from foundations.office.inspection import inspect
from foundations.office.naming import ending, quoted
from foundations.office.papers import check_paper
from foundations.office.passages import READ
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reviews.submissions.models import SubmissionFile


def check(content, name, part):
    """Raises Refused. A report is a Word document or a PDF; an appendix any paper."""
    if part == SubmissionFile.Part.MAIN and ending(name) not in READ:
        raise Refused(
            f"{quoted(name)} is neither a Word document nor a PDF. Upload the report as .docx or .pdf;"
            " other files can go along as appendices."
        )
    refuse_infected(content, name)
    if part == SubmissionFile.Part.MAIN:
        inspect(content, name)
    else:
        check_paper(content, name)
