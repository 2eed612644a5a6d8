"""A letter that leaves can be a milestone of the clock: the Home Office has been told."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction

from foundations.dates import parse
from reviews.clock.kinds import Milestone
from reviews.clock.services import reached
from reviews.letters.models import RegisterLine
from reviews.wording.kinds import Kind

MILESTONE_OF = {
    Kind.HOME_OFFICE_DECISION: Milestone.HOME_OFFICE_TOLD,
    Kind.HOME_OFFICE_NO_REVIEW: Milestone.HOME_OFFICE_TOLD,
}


def tell_clock(letter, line, *, today):
    """A day that somebody recorded stands, unless it was this letter's and the line is corrected.

    Where the clock holds the day to be impossible, it stays as it is: the register says what was
    sent all the same, and the clock shows what is missing.
    """
    milestone = MILESTONE_OF.get(Kind(letter.kind))
    if milestone is None or line.what != RegisterLine.What.SENT:
        return
    on = parse(f"{line.on:%-d %B %Y}").value
    newest = letter.review.milestones.filter(milestone=milestone).order_by("-pk").first()
    why = ""
    if newest and newest.on:
        before = line.corrects.on if line.corrects else None
        if (newest.on.earliest, newest.on.latest) != (before, before):
            return
        why = "The register of letters was corrected"
    with suppress(ValidationError), transaction.atomic():
        reached(letter.review, milestone, on, line.recorded_by, why=why, today=today)
