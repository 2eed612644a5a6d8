"""Versions of the document of review one: one that a worker made, one that waits for it, and one that
was refused."""

import uuid
from datetime import UTC, datetime

import time_machine
from django.utils import timezone

from reports.models import Format, KeptPart, Kind, Rendering, Variant
from reports.rendering.making import make
from reports.rendering.telling import Place
from reports.services.documents import begin_from_data
from reports.services.renderings import ask_for_rendering, keep_rendering, refuse_rendering

# Before the hold in this world that stops contact with the family, who read it.
MADE_AT = datetime(2026, 2, 1, 12, tzinfo=UTC)


def draw_documents(rows):
    """After the documents are written."""
    rows.rendering = _made(_asked(rows.document, by=rows.chair))
    rows.rendering_waiting = _asked(rows.document, by=rows.chair)
    refused = _asked(rows.document, variant=Variant.ANONYMISED, by=rows.chair)
    refuse_rendering(refused, [Place("paragraph 1.1", "name", "", "high")])
    rows.document_from_data = begin_from_data(
        rows.one, kind=Kind.ACTION_PLAN, title="Plan", by=rows.chair, key=uuid.uuid4()
    )
    KeptPart.objects.create(document=rows.document, variant=Variant.CONFIDENTIAL, drawn=b"Sealed")


def _asked(document, *, variant=Variant.CONFIDENTIAL, by):
    return ask_for_rendering(
        document,
        variant=variant,
        format_=Format.HTML,
        has_plan=False,
        by=by,
        key=uuid.uuid4(),
    )


def _made(rendering):
    made = make(
        rendering.document,
        rendering.format,
        variant=rendering.variant,
        version=rendering.number,
        at=timezone.now(),
        by=rendering.by,
        with_plan=False,
    )
    with time_machine.travel(MADE_AT, tick=False):
        keep_rendering(rendering, made.gathered, made.file)
    return Rendering.objects.get(pk=rendering.pk)
