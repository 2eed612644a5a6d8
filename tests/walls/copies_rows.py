"""What others said of the document of review one: a remark of the panel, one extract that an agency
answered, and one that it has not."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from foundations.dates import parse
from reports.copies import remarking, rounds
from reports.copies.about import candidates, seen_in
from reports.copies.days import move_day
from reports.copies.family import record_change, record_reading
from reports.models import Document, Paragraph, Remark
from reports.outline import Outline
from reviews.access import forget
from reviews.models import Share
from reviews.rules import Material, Role
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
    author = world.placements["author_own"].user
    line = rows.round_answered.lines.get()
    rounds.answer_line(
        line,
        verdict="not_accurate",
        because=told("It was housing"),
        proposed=told("Nobody came"),
        content=b"Week,Visit\n1,None\n",
        name=f"{told('visits')}.csv",
        by=author,
        key=uuid.uuid4(),
    )
    rounds.hand_in(rows.round_answered, by=author)
    rows.round_answered.refresh_from_db()
    forget(author)
    remark = Remark.objects.get(answer__line=line)
    remarking.decline(remark, words=told("It was both"), by=rows.chair, key=uuid.uuid4())
    rows.round = _round(rows, paragraph)
    rows.extract_line = rows.round.lines.get()
    _move_its_day(rows, told("They have moved"))
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
    given = drafts_shared(rows)
    made = remarking.remark(
        Paragraph.objects.get(pk=paragraph.pk),
        version=paragraph.versions.get(),
        kind="suggestion",
        words=said("By whom?"),
        suggested=said("He was seen by nobody"),
        by=by,
        key=uuid.uuid4(),
    )
    given.delete()
    forget(by)
    remarking.reply(made, words=said("We shall look"), by=rows.chair, key=uuid.uuid4())
    return made


def drafts_shared(rows):
    """With the panel, until it is deleted. No service gives it: of what follows it, only that is told."""
    to = {"material": Material.DOCUMENTS, "with_role": Role.PANEL_MEMBER}
    return Share.objects.create(review=rows.one, shared_by=rows.chair, **to)


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


def _move_its_day(rows, why):
    round_, by = rows.round, rows.chair
    to = round_.due + timedelta(days=7)
    move_day(round_, to=to, why=why, seen=round_.due, by=by, key=uuid.uuid4())
    round_.refresh_from_db()


def seen_to_send(rows):
    """What the page of a new extract shows."""
    return seen_in(candidates(Outline(rows.document, texts=True), rows.ours.part))
