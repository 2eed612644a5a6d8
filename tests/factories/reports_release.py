"""Sets for release, made the way the pages make them."""

import uuid
from datetime import timedelta

from django.utils import timezone

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Format, Layout, Release, Rendering, Side, Variant
from reports.release import around, publishing, services
from reports.services.renderings import ask_for_rendering
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in

ADDRESS = "https://www.council.example/reviews"


def final(document, by, *, variant=Variant.ANONYMISED, format_=Format.HTML, is_final=True):
    """A version that a worker made."""
    asked = ask_for_rendering(
        document,
        variant=variant,
        format_=format_,
        has_plan=False,
        is_final=is_final,
        by=by,
        key=uuid.uuid4(),
    )
    job = Job.objects.get(key=asked.job_key)
    run_job(job.pk)
    made = Rendering.objects.get(pk=asked.pk)
    job.refresh_from_db()
    assert made.is_made, (job.problem, made.places)
    return made


def written(review, by, *, layout=Layout.EXECUTIVE_SUMMARY, text="She asked for help.", **said):
    """A document with one paragraph."""
    document = begun(review, layout, title="What we learnt", by=by)
    paragraph_in(document.sections.first(), text, by=by, **said)
    return document


def proposed(review, *, by=None, layout=Layout.EXECUTIVE_SUMMARY, not_before=None, renderings=()):
    by = by or with_role(Role.CHAIR, review)
    renderings = renderings or [final(written(review, by, layout=layout), by)]
    return services.propose(
        review,
        renderings=list(renderings),
        not_before=not_before or timezone.localdate(),
        by=by,
        key=uuid.uuid4(),
        note="The first set",
    )


def signed_by(release, side, by=None, *, agreed_by="The board", key=None):
    role = Role.CHAIR if side == Side.CHAIR else Role.COORDINATOR
    return services.sign_off(
        release,
        side=side,
        agreed_by=agreed_by,
        seen=release.digest,
        by=by or with_role(role, release.review),
        key=key or uuid.uuid4(),
    )


def signed_off(review, *, not_before=None, **said):
    """Its first day is brought forward, where it is none after the second signature."""
    release = proposed(review, not_before=not_before, **said)
    for side in Side:
        signed_by(release, side)
    release, first = again(release), not_before or timezone.localdate()
    if release.not_before != first:
        brought_forward(release, first)
    return again(release)


def brought_forward(release, to):
    return services.move_first_day(
        release,
        to=to,
        reason="All were told",
        agreed_by="The board",
        by=with_role(Role.CHAIR, release.review),
        key=uuid.uuid4(),
    )


def published(review, *, on=None, take_down_on=None, by=None, **said):
    release = signed_off(review, **said)
    publish(release, on=on, take_down_on=take_down_on, by=by)
    return again(release)


def publish(release, *, on=None, take_down_on=None, by=None, key=None):
    return publishing.publish(
        release,
        on=on or timezone.localdate(),
        title="Learning from a death",
        addresses=[ADDRESS],
        take_down_on=take_down_on,
        by=by or with_role(Role.COORDINATOR, release.review),
        key=key or uuid.uuid4(),
    )


def given(release, *, audience="family", on=None, files=None, by=None):
    return around.hand_over(
        release,
        audience=audience,
        whom="Family, through their advocate",
        how="in-person",
        on=on or timezone.localdate(),
        files=files or list(release.files.all()),
        by=by or with_role(Role.CHAIR, release.review),
        key=uuid.uuid4(),
    )


def again(release):
    return Release.objects.get(pk=release.pk)


def in_days(n):
    return timezone.localdate() + timedelta(days=n)
