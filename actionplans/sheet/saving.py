"""Carrying out what a sheet asks for. Called in one transaction, under the plan's lock: where one row is
refused, nothing at all is saved."""

import uuid

from django.core.exceptions import ValidationError

from actionplans.editing.many import Change, change_rows
from actionplans.editing.services import ActionWords, add_action, remove_action
from actionplans.progress.many import Report, report_all
from actionplans.progress.queries import reporting_for
from actionplans.services import ChangedMeanwhile
from actionplans.sheet.models import Kind
from reviews.access import access_of
from reviews.services import add_agency

SAID = ("text", "owner", "owner_as_written", "target", "level", "theme", "addressed_to")
OVERTAKEN = "It was changed by somebody else meanwhile."


class CannotSave(Exception):
    """Nothing is saved; the message says why."""


def carry_out(sheet, lines, *, by):
    saving = _Saving(sheet, by)
    try:
        saving.change([line for line in lines if line.kind == Kind.CHANGED])
        for line in lines:
            if line.kind == Kind.ADDED:
                saving.add_or_refuse(line)
            elif line.kind == Kind.REMOVED:
                remove_action(line.standing.row.action, reason=sheet.reason, by=by)
    except ValidationError as refusal:
        raise CannotSave(" ".join(refusal.messages)) from refusal
    except ChangedMeanwhile as refusal:
        raise CannotSave(OVERTAKEN) from refusal


class _Saving:
    def __init__(self, sheet, by):
        self.sheet, self.by = sheet, by
        self.access = access_of(by)
        self.parts = {}  # {agency id: part} of those that the sheet brings into the review

    def change(self, lines):
        """What was reported is reported by whoever led it until now."""
        reports = [self._report(line) for line in lines if "report" in line.wants]
        changes = [self._change(line) for line in lines if line.wants.keys() - {"report"}]
        if reports:
            report_all(self.sheet.review, reports, by=self.by)
        if changes:
            change_rows(self.sheet.review, changes, by=self.by)

    def add_or_refuse(self, line):
        try:
            self.add(line)
        except ValidationError as refusal:
            raise CannotSave(f"Row {line.at}: {' '.join(refusal.messages)}") from refusal

    def add(self, line):
        wants = line.wants
        lead, joint = self._leads(wants, None)
        words = ActionWords(
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
        key = uuid.uuid5(self.sheet.key, str(line.at))
        add_action(line.recommendation, words, by=self.by, key=key)

    def _change(self, line):
        wants, row = line.wants, line.standing.row
        return Change(
            row=row,
            reason=line.asked.texts.get("reason") or self.sheet.reason,
            said={name: wants[name] for name in SAID if name in wants},
            leads=self._leads(wants, row) if "lead" in wants or "joint" in wants else None,
        )

    def _report(self, line):
        row = line.standing.row
        part, on_behalf = reporting_for(self.access, row)
        return Report(
            row=row,
            key=uuid.uuid5(self.sheet.key, f"progress {row.pk}"),
            seen=row.told_at,
            participation=part,
            on_behalf=on_behalf,
            **line.wants["report"],
        )

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

    def _part(self, body):
        if body is None:
            return None
        if body.part is None and body.key not in self.parts:
            self.parts[body.key] = add_agency(
                self.sheet.review, agency=body.agency, by=self.by, is_lead_only=True
            )
        return body.part or self.parts[body.key]
