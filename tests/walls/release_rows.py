"""Sets of review one: one that was published, one that waits to be signed off, one that was called off.
The published one holds a document of its own, whose words are everybody's in the review."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Format, Rendering, Side, Variant
from reports.release import around, publishing, services
from reports.services.documents import begin_document
from reports.services.renderings import ask_for_rendering
from tests.factories.reports import paragraph_in


def release_documents(rows, mark):
    """After the documents are drawn. The database keeps every word, so that each is marked at once."""
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    out = partial(mark, review=rows.one.reference, place=every, kind="released")
    led = partial(mark, review=rows.one.reference, place=every, kind="report led")
    rows.rendering_final = _final(rows, out)
    rows.release = _published(rows, out, led)
    rows.release_file = rows.release.files.get()
    rows.release_step = rows.release.plan.order_by("pk").last()
    rows.release_proposed = _proposed(rows, led)
    called_off = _proposed(rows, led)
    services.call_off(called_off, reason=led("A new version"), by=rows.chair, key=uuid.uuid4())


def _final(rows, out):
    document = begin_document(
        rows.one, template=rows.layout, title="Briefing", by=rows.chair, key=uuid.uuid4()
    )
    paragraph_in(document.sections.first(), out("Ask twice"), by=rows.chair)
    asked = ask_for_rendering(
        document,
        variant=Variant.ANONYMISED,
        format_=Format.HTML,
        has_plan=False,
        is_final=True,
        by=rows.chair,
        key=uuid.uuid4(),
    )
    run_job(Job.objects.get(key=asked.job_key).pk)
    return Rendering.objects.select_related("document__review").get(pk=asked.pk)


def _proposed(rows, led):
    return services.propose(
        rows.one,
        renderings=[rows.rendering_final],
        not_before=timezone.localdate() + timedelta(days=1),
        note=led("What we learnt"),
        by=rows.chair,
        key=uuid.uuid4(),
    )


def _published(rows, out, led):
    release, today = _proposed(rows, led), timezone.localdate()
    to = today.replace(year=today.year - 1, day=1)
    who = {"by": rows.chair, "key": uuid.uuid4()}
    for side, by in ((Side.CHAIR, rows.chair), (Side.PARTNERSHIP, rows.coordinator)):
        services.sign_off(
            release,
            side=side,
            agreed_by=led("Panel"),
            seen=release.digest,
            by=by,
            key=uuid.uuid4(),
        )
    services.move_first_day(release, to=to, reason=led("Soon"), agreed_by=led("Board"), **who)
    publishing.publish(
        release,
        on=today,
        title=out("Learning"),
        addresses=[f"https://www.council.example/{out('here')}"],
        by=rows.coordinator,
        key=uuid.uuid4(),
    )
    publishing.move_take_down(
        release,
        to=today + timedelta(days=365),
        reason=led("A year"),
        agreed_by=led("Board"),
        by=rows.coordinator,
        key=uuid.uuid4(),
    )
    around.hand_over(
        release,
        audience="coroner",
        whom=led("Coroner"),
        how="email",
        on=today,
        files=list(release.files.all()),
        note=led("With a letter"),
        by=rows.chair,
        key=uuid.uuid4(),
    )
    step = around.plan(
        release,
        audience="agencies",
        what=led("Ring them"),
        whose=led("Chair"),
        days=0,
        by=rows.chair,
        key=uuid.uuid4(),
    )
    around.mark(
        step,
        what="done",
        on=today,
        whose=led("Chair"),
        note=led("All of them"),
        by=rows.chair,
        key=uuid.uuid4(),
    )
    return type(release).objects.get(pk=release.pk)
