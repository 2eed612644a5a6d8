"""Pictures of a version that is being prepared: its files, and what was read in them."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from foundations.office.naming import ending
from reviews.access import access_of
from reviews.submissions.models import OwnPoint, Passage, Submission, SubmissionFile
from reviews.submissions.states import State, What

KINDS = {
    "docx": "Word document",
    "pdf": "PDF",
    "xlsx": "Excel workbook",
    "csv": "CSV file",
    "tsv": "CSV file",
    "txt": "Text file",
}


@dataclass(frozen=True)
class ShownFile:
    """A file with what its sender should know about it."""

    file: SubmissionFile

    @property
    def kind(self):
        return KINDS.get(ending(self.file.stored.name), "File")

    @property
    def tags(self):
        """(in words, colour)"""
        if self.file.is_infected:
            yield "Harmful software found", "red"
        elif self.file.is_held:
            yield "Waits to be scanned", "yellow"
        elif not self.file.is_read:
            yield "Being read", "blue"
        elif self.file.unread_because:
            yield "Could not be read", "orange"
        if self.file.carried_from_id:
            yield "From the version before", "grey"

    @cached_property
    def inspection(self):
        return self.file.inspection

    @cached_property
    def findings(self):
        """The serious ones first."""
        found = self.inspection.findings if self.inspection else ()
        return sorted(found, key=lambda one: not one.is_serious)

    @property
    def was_looked_into(self):
        return self.inspection is not None


@dataclass(frozen=True)
class Reading:
    """How the report was read."""

    file: SubmissionFile
    passages: list
    points: list

    @property
    def lost(self):
        """Letters of the file that stand in no passage."""
        return max((self.file.letters or 0) - (self.file.placed or 0), 0)

    @property
    def is_whole(self):
        return self.file.letters is not None and not self.lost


def in_preparation(user, request, *, on_behalf):
    """The version that this person works on for that request, or None."""
    rows = Submission.objects.visible_to(user).filter(request=request, on_behalf=on_behalf)
    found = rows.exclude(state=State.SENT).first()
    if found:
        found.request = request
    return found


def files_of(user, submission):
    rows = SubmissionFile.objects.visible_to(user).filter(submission=submission)
    return [ShownFile(file) for file in rows.for_display()]


def files_at(user, submission, moment):
    """As they were at a moment: what a receipt lists. What was taken out since is told to the agency
    alone."""
    rows = SubmissionFile.objects.filter(submission=submission, uploaded_at__lte=moment)
    still = Q(removed_at=None)
    if access_of(user).may("answer_requests", submission.participation):
        still |= Q(removed_at__gt=moment)
    return [ShownFile(file) for file in rows.filter(still).for_display()]


def reading_of(user, files):
    """Of the report among these files, or None while it was not read."""
    report = next((one.file for one in files if one.file.part == SubmissionFile.Part.MAIN), None)
    if report is None or not report.is_read or report.unread_because:
        return None
    passages = Passage.objects.visible_to(user).filter(file=report)
    points = OwnPoint.objects.visible_to(user).filter(file=report)
    return Reading(file=report, passages=list(passages), points=list(points))


def came_back(submission):
    """The move by which the sign-off officer returned it, where that is how it stands now."""
    last = submission.moves.select_related("by").last() if submission else None
    return last if last and last.what == What.RETURNED_INSIDE else None
