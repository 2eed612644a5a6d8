"""Packs and letters of the Home Office, made the way the pages do."""

import io
import uuid

from django.utils import timezone
from docx import Document as Word

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.homeoffice import letters, packs, services
from reports.models import Pack, Recipient, Rendering
from reports.services.renderings import ask_for_rendering

POINTS = ("The chronology stops in May.", "The acronym MARAC is not explained.")


def version_of(document, *, by, **said):
    """A version of a document that a worker made."""
    said = {"variant": "confidential", "format_": "html", "has_plan": False} | said
    asked = ask_for_rendering(document, by=by, key=uuid.uuid4(), **said)
    run_job(Job.objects.get(key=asked.job_key).pk)
    return Rendering.objects.select_related("document", "stored").get(pk=asked.pk)


def pack_of(review, renderings, *, by, to=Recipient.HOME_OFFICE, papers=(), key=None):
    """Of versions that are all meant to go; a worker made it."""
    asked = asked_for(review, renderings, by=by, to=to, papers=papers, key=key)
    run_job(Job.objects.get(key=asked.job_key).pk)
    return Pack.objects.get(key=asked.key)


def asked_for(review, renderings, *, by, to=Recipient.HOME_OFFICE, papers=(), key=None):
    return packs.ask_for_pack(
        review,
        to=to,
        renderings=renderings,
        papers=list(papers),
        meant=[one.pk for one in renderings],
        by=by,
        key=key or uuid.uuid4(),
    )


def sent(pack, *, by, on=None, to_whom="The Home Office", why="", seen=0, key=None):
    return services.record_sending(
        pack,
        on=on or timezone.localdate(),
        to_whom=to_whom,
        why=why,
        seen=seen,
        by=by,
        key=key or uuid.uuid4(),
    )


def a_letter(*points, before="Thank you for the report.", after="Yours sincerely"):
    """A Word file; each point is a line with a bullet."""
    file = Word()
    file.add_paragraph(before)
    for one in points:
        file.add_paragraph(one, style="List Bullet")
    file.add_paragraph(after)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def letter_of(review, *, by, content=None, pack=None, key=None, **said):
    said = {"name": "letter.docx", "on": timezone.localdate(), "outcome": "publish"} | said
    return letters.enter_letter(
        review,
        content=content or a_letter(*POINTS),
        pack=pack,
        by=by,
        key=key or uuid.uuid4(),
        **said,
    )


def points_in(letter, *texts, by):
    seen = letter.points.count()
    return letters.enter_points(letter, texts or POINTS, seen=seen, by=by, key=uuid.uuid4())
