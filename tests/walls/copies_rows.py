"""What others said of the document of review one: a remark of the panel, one extract that an agency
answered, and one that it has not."""

import uuid
from functools import partial

from django.utils import timezone

from foundations.dates import parse
from reports.copies import remarking, rounds
from reports.copies.about import candidates, seen_in
from reports.copies.family import record_change, record_reading
from reports.models import Document, Paragraph, Remark
from reports.outline import Outline
from tests.factories.reports import paragraph_in


def speak_of_the_draft(world, mark):
    """After the people: a remark is somebody's. The words are kept by the database, so that they are
    marked from the first."""
    rows = world.rows
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    say = partial(mark, review=rows.one.reference)
    Document.objects.filter(pk=rows.document.pk).update(shows_remarks=True)
    rows.remark = _remark(rows, world.placements["panel_shared"].user, partial(say, place=every))
    ours = frozenset({rows.ours.part.agency_id})
    told = partial(say, place=ours, kind="extract", beside=every)
    paragraph = paragraph_in(rows.section, told("The police came"), by=rows.chair)
    rows.round_answered = _round(rows, paragraph)
    line = rows.round_answered.lines.get()
    rounds.answer_line(
        line,
        verdict="not_accurate",
        because=told("It was housing"),
        proposed=told("Nobody came"),
        content=b"Week,Visit\n1,None\n",
        name=f"{told('visits')}.csv",
        by=rows.ours.author,
        key=uuid.uuid4(),
    )
    rounds.hand_in(rows.round_answered, by=rows.ours.author)
    remark = Remark.objects.get(answer__line=line)
    remarking.decline(remark, words=told("It was both"), by=rows.chair, key=uuid.uuid4())
    rows.round = _round(rows, paragraph)
    rows.extract_line = rows.round.lines.get()
    rows.remark.refresh_from_db()
    _read_to_the_family(rows, partial(say, place=every, kind="report led"))


def _read_to_the_family(rows, say):
    rows.family_reading = record_reading(
        rows.document,
        correspondent=rows.correspondent,
        rendering=rows.rendering,
        on=parse("February 2026").value,
        how="aloud",
        how_long=say("An afternoon"),
        with_whom=say("The chair"),
        said=say("He was kind"),
        by=rows.chair,
        key=uuid.uuid4(),
    )
    record_change(rows.family_reading, words=say("We say so now"), by=rows.chair, key=uuid.uuid4())


def _remark(rows, by, say):
    said = partial(say, kind="report")
    # It says something else by the time that anybody looks: what it used to say is its authors'.
    paragraph = paragraph_in(rows.section, say("He was seen", kind="report led"), by=rows.chair)
    made = remarking.remark(
        Paragraph.objects.get(pk=paragraph.pk),
        version=paragraph.versions.get(),
        kind="suggestion",
        words=said("By whom?"),
        suggested=said("He was seen by nobody"),
        by=by,
        key=uuid.uuid4(),
    )
    remarking.reply(made, words=said("We shall look"), by=rows.chair, key=uuid.uuid4())
    return made


def _round(rows, paragraph):
    return rounds.send_round(
        rows.document,
        rows.ours.part,
        paragraphs=[paragraph],
        due=timezone.localdate(),
        seen=seen_to_send(rows),
        by=rows.chair,
        key=uuid.uuid4(),
    )


def seen_to_send(rows):
    """What the page of a new extract shows."""
    return seen_in(candidates(Outline(rows.document, texts=True), rows.ours.part))
