"""Answering a request: its rows as the one who was asked may report on them now, and saving row by row."""

import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.asking.models import RequestedRow
from actionplans.progress import queries
from actionplans.progress.forms import seen_of
from actionplans.progress.services import problems_of, report
from actionplans.progress.showing import tags_of
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from reviews import rules
from reviews.access import access_of

MEANWHILE = (
    "Somebody else reported on this while you were writing. Read theirs, which stands above, then "
    "save yours if it still holds"
)
NO_LONGER = "This is no longer followed, so nothing was saved of it"


@dataclass
class Asked:
    """One row of a request, as its page shows it."""

    row: PlanRow
    asked: RequestedRow
    tags: list
    told: list  # newest first
    meanwhile: list = field(default_factory=list)  # what others said after the form was made
    notices: list = field(default_factory=list)  # of a line in a spreadsheet
    form: object = None

    @property
    def last(self):
        return self.told[0] if self.told else None

    @property
    def waits(self):
        """For an answer."""
        return self.asked.answered_at is None and self.row.is_open and not self.row.review.has_ended


def rows_of_request(request, user):
    """([Asked], how many are theirs to answer no longer); those without an answer first."""
    asked = {
        one.row_id: one for one in RequestedRow.objects.visible_to(user).filter(request=request)
    }
    rows = PlanRow.objects.visible_to(user).filter(pk__in=asked)
    rows = list(rows.for_display().told_whole(user))
    access = access_of(user)
    rows = [row for row in rows if row.ended_at is None and rules.can_update_row(access, row)]
    told, on = queries.updates_of_rows(rows, user), timezone.localdate()
    found = [Asked(row, asked[row.pk], list(tags_of(row, on=on)), told[row.pk]) for row in rows]
    found.sort(key=lambda one: (not one.waits, one.row.review.reference))
    return found, request.asked_rows.count() - len(found)


def save(asked, *, by, key, source):
    """Keep what was said of each row whose form is in order; what is wrong with another is put
    beside it. Returns the rows that were kept."""
    kept, access = [], access_of(by)
    for one in asked:
        if not one.form.says_something or not one.form.is_valid():
            continue
        part, on_behalf = queries.reporting_for(access, one.row)
        try:
            report(
                one.row,
                **one.form.said,
                key=uuid.uuid5(key, str(one.row.pk)),
                participation=part,
                on_behalf=on_behalf,
                by=by,
                source=source,
            )
        except ChangedMeanwhile:
            _overtaken(one, by)
        except ValidationError as refusal:
            one.form.refuse(refusal)
        else:
            kept.append(one.row)
    return kept


def look_at(one, *, by):
    """Put what would be refused beside the boxes, before anything is saved."""
    if one.form.is_valid():
        said = {name: value for name, value in one.form.said.items() if name != "seen"}
        if problems := problems_of(one.row, by=by, **said):
            one.form.refuse(ValidationError(problems))


def said_since(one, seen):
    """What was reported after somebody last looked."""
    return [each for each in one.told if each.note and (seen is None or each.at > seen)]


def _overtaken(one, user):
    """Somebody else was quicker, or it is followed no longer: nothing that was typed goes."""
    rows = PlanRow.objects.visible_to(user).live().for_display()
    row = rows.filter(pk=one.row.pk).first()
    if row is None:
        one.form.add_error(None, NO_LONGER)
        return
    seen = one.form.cleaned_data["seen"]
    one.row, one.told = row, queries.updates_of(row, user)
    one.meanwhile = said_since(one, seen)
    one.form.add_error(None, MEANWHILE)
    one.form.now_seen(seen_of(row))
