"""Whom each agency of a world interviewed: a plan, and the interview that stands instead of it."""

from functools import partial

from tests.factories.reviews_interviews import interview


def interview_staff(rows, mark):
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        _interview(each, mark)
    rows.interview = rows.ours.interview


def _interview(each, mark):
    """The database keeps what is said of an interview: the words are marked from the first."""
    part, by = each.part, each.author
    say = partial(mark, review=part.review.reference, place=part.agency_id, kind="request")
    first = interview(
        each.request,
        by=by,
        on="March 2020",  # before the hold that stops interviews in this world
        post=say("Housing officer"),
        by_whom=say("Manager"),
        about=say("Training"),
        agreement="not_needed",
        why_not=say("Nobody is charged"),
    )
    each.interview = interview(
        each.request,
        by=by,
        follows=first,
        on="March 2020",
        answered_on="March 2020",
        because=say("Another team"),
        post=say("Team leader"),
        by_whom=say("IMR author"),
        about=say("Supervision"),
        answered_by=say("Senior investigating officer"),
        agreed_to=say("Supervision alone"),
        conditions=say("Notes are kept"),
    )
