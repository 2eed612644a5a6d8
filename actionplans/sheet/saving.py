"""Carrying out what a sheet asks for, through the services that change one row at a time.

Called in one transaction, under the plan's lock: where one row is refused, nothing at all is saved.
"""

import uuid
from dataclasses import replace

from django.core.exceptions import ValidationError

from actionplans.editing.services import (
    ActionWords,
    add_action,
    change_action,
    change_following,
    remove_action,
    set_row_owner,
    words_of,
)
from actionplans.progress.models import Source
from actionplans.progress.queries import reporting_for
from actionplans.progress.services import report
from actionplans.services import ChangedMeanwhile
from actionplans.sheet import whole
from actionplans.sheet.models import Kind
from reviews.access import access_of
from reviews.services import add_agency

OF_ROW = frozenset({"text", "lead", "joint", "owner", "target"})
OVERTAKEN = "It was changed by somebody else meanwhile."


class CannotSave(Exception):
    """Nothing is saved; the message says which row, and why."""


def carry_out(sheet, lines, *, by):
    saving = _Saving(sheet, by)
    for line in lines:
        if line.kind in {Kind.ADDED, Kind.CHANGED, Kind.REMOVED}:
            try:
                saving.save(line)
            except ValidationError as refusal:
                raise CannotSave(f"{_name(line)}: {' '.join(refusal.messages)}") from refusal
            except ChangedMeanwhile as refusal:
                raise CannotSave(f"{_name(line)}: {OVERTAKEN}") from refusal


def _name(line):
    return f"Row {line.at}" if line.at else f"Number {line.number}"


class _Saving:
    def __init__(self, sheet, by):
        self.sheet, self.by = sheet, by
        self.access = access_of(by)
        self.parts = {}  # {agency id: part} of those that the sheet brings into the review

    def save(self, line):
        wants = line.wants
        if line.kind == Kind.ADDED:
            key = uuid.uuid5(self.sheet.key, str(line.at))
            add_action(line.recommendation, self._new_words(wants), by=self.by, key=key)
            return
        row = line.standing.row
        if line.kind == Kind.REMOVED:
            remove_action(row.action, reason=self.sheet.reason, by=self.by)
            return
        if OF_ROW & wants.keys():
            (self._change_action if row.action_id else self._change_whole)(line)
        if any(name in wants for name in ("level", "theme", "addressed_to")):
            self._follow(row.recommendation, wants)
        if "report" in wants:
            self._report(line)

    def _reason(self, line):
        return line.asked.texts.get("reason") or self.sheet.reason

    def _part(self, body):
        if body is None:
            return None
        if body.part is None and body.key not in self.parts:
            self.parts[body.key] = add_agency(
                self.sheet.review, agency=body.agency, by=self.by, is_lead_only=True
            )
        return body.part or self.parts[body.key]

    def _leads(self, wants, row):
        """(the one that answers, the others) once this is saved: what is not asked for stays."""
        joint = [link.participation for link in row.lead_links.all()] if row else []
        lead = row.lead if row else None
        joint = tuple(part for part in joint if part != lead)
        if "lead" in wants:
            lead = self._part(wants["lead"])
        if "joint" in wants:
            joint = tuple(map(self._part, wants["joint"]))
        return lead, tuple(part for part in joint if part != lead)

    # --- Actions --------------------------------------------------------------------------------

    def _new_words(self, wants):
        lead, joint = self._leads(wants, None)
        return ActionWords(
            text=wants["text"],
            number=wants["number"],
            lead=lead,
            joint_leads=joint,
            **{
                name: wants[name]
                for name in ("owner", "owner_as_written", "target")
                if name in wants
            },
        )

    def _change_action(self, line):
        action, wants = line.standing.row.action, line.wants
        words = words_of(action)
        if "lead" in wants or "joint" in wants:
            lead, joint = self._leads(wants, line.standing.row)
            words = replace(words, lead=lead, joint_leads=joint)
        if "target" in wants:
            target = wants["target"]
            words = replace(words, target=target, target_as_written=target.text)
        for name in ("text", "owner", "owner_as_written"):
            if name in wants:
                words = replace(words, **{name: wants[name]})
        change_action(action, words, reason=self._reason(line), by=self.by)

    # --- Recommendations without an action ------------------------------------------------------

    def _change_whole(self, line):
        row, wants = line.standing.row, line.wants
        if "text" in wants or "lead" in wants or "joint" in wants:
            lead, joint = self._leads(wants, row)
            whole.change_words(
                row,
                text=wants.get("text"),
                leads=[part for part in (lead, *joint) if part],
                reason=self._reason(line),
                by=self.by,
            )
        if "target" in wants:
            whole.move_target(row, wants["target"], reason=self._reason(line), by=self.by)
        if "owner" in wants:
            owner = {name: wants[name] for name in ("owner", "owner_as_written")}
            set_row_owner(row, **owner, by=self.by)

    def _follow(self, one, wants):
        """What is the recommendation's, whichever of its rows it was written on."""
        one.refresh_from_db(fields=["level", "theme", "addressed_to"])
        following = {"level": one.level, "theme": one.theme, "addressed_to": one.addressed_to}
        following |= {name: wants[name] for name in following if name in wants}
        change_following(one, **following, by=self.by)

    # --- Progress -------------------------------------------------------------------------------

    def _report(self, line):
        row = line.standing.row
        part, on_behalf = reporting_for(self.access, row)
        report(
            row,
            **line.wants["report"],
            by=self.by,
            key=uuid.uuid5(self.sheet.key, f"progress {row.pk}"),
            seen=row.told_at,
            participation=part,
            on_behalf=on_behalf,
            source=Source.SHEET,
        )
