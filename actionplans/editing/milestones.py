"""The steps on the way to a recommendation, as whoever runs the plan writes them."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.models import Milestone
from actionplans.resting.services import keep_version, locked, snapshot_of, tell
from actionplans.services import ChangedMeanwhile
from actionplans.targets import dates_mentioned
from audit.models import EventType
from foundations.dates import PartialDate

MOST, LONGEST = 100, 1_000


def lines_of(one):
    return [" ".join(each.text.split()) for each in one.milestones.all()]


def sign_of(lines):
    """The same as long as they are the same."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def set_milestones(one, lines, *, reason, by, seen=None):
    """All of them, in order, each with the date that it mentions. Those that stay keep their number.

    A reason is needed where one goes or gets other words; what they were is kept. `seen`: the sign
    of those that their writer saw.
    """
    one = locked(one)
    before = lines_of(one)
    lines = [line for line in (" ".join(line.split()) for line in lines) if line]
    if lines == before:
        return one
    if seen is not None and seen != sign_of(before):
        raise ChangedMeanwhile(one.pk)
    _refuse(lines, before, reason)
    keep_version(one, snapshot_of(one) | {"milestones": before}, reason=reason, by=by)
    _write(one, lines)
    one.own_milestones = True
    one.save(update_fields=["own_milestones"])
    tell(EventType.MILESTONES_CHANGED, one, by=by, milestones=len(lines))
    return one


def _refuse(lines, before, reason):
    problems = {}
    if len(lines) > MOST:
        problems["lines"] = f"Write {MOST} milestones or fewer"
    elif any(len(line) > LONGEST for line in lines):
        problems["lines"] = f"Each milestone must be {LONGEST:,} characters or fewer"
    if set(before) - set(lines) and not reason.strip():
        problems["reason"] = "Say why"
    if problems:
        raise ValidationError(problems)


def _write(one, lines):
    there = {}
    for each in one.milestones.all():
        there.setdefault(" ".join(each.text.split()), []).append(each)
    for position, line in enumerate(lines, start=1):
        kept = there.get(line, [])
        if kept:
            row = kept.pop(0)
            row.position = position
            row.save(update_fields=["position"])
        else:
            dates = dates_mentioned(line)
            target = dates[0] if dates else PartialDate.none()
            Milestone.objects.create(
                recommendation=one, position=position, text=line, target=target
            )
    for gone in (each for rows in there.values() for each in rows):
        gone.delete()
