"""A letter that leaves can be a milestone of the clock: the Home Office has been told."""

from reviews.clock.kinds import Milestone
from reviews.clock.telling import tell
from reviews.letters.models import RegisterLine
from reviews.wording.kinds import Kind

MILESTONE_OF = {
    Kind.HOME_OFFICE_DECISION: Milestone.HOME_OFFICE_TOLD,
    Kind.HOME_OFFICE_NO_REVIEW: Milestone.HOME_OFFICE_TOLD,
}


def tell_clock(letter, line, *, today):
    """A day that somebody recorded stands, unless it was this letter's and the line is corrected."""
    milestone = MILESTONE_OF.get(Kind(letter.kind))
    if milestone is None or line.what != RegisterLine.What.SENT:
        return
    tell(
        letter.review,
        milestone,
        line.on,
        line.recorded_by,
        before=line.corrects.on if line.corrects else None,
        why="The register of letters was corrected",
        today=today,
    )
