"""Scans as a person asks for them and a worker does them."""

import uuid

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.leaks.deciding import decide
from reports.leaks.keeping import ask_for_scan
from reports.models import HitDecision, Scan, Source
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory


def asked_for(review, content=b"Call 07700 900123.", *, name="report.txt", by=None, **said):
    said = {"source": Source.UPLOADED, "key": uuid.uuid4()} | said
    return ask_for_scan(review, content=content, name=name, by=by or UserFactory(), **said)


def scanned(review, content=b"Call 07700 900123.", **said):
    """The scan of a file, finished."""
    scan = asked_for(review, content, **said)
    run_job(Job.objects.get(key=scan.job_key).pk)
    return Scan.objects.get(pk=scan.pk)


def decided(scan, numbers=None, *, verdict="keep", reason="It is the helpline's", by=None, **said):
    """All of its hits, or those with these numbers; whatever was decided before was seen."""
    newest = HitDecision.objects.order_by("pk").last()
    said = {"key": uuid.uuid4(), "seen": newest.pk if newest else 0} | said
    if numbers is None:
        numbers = list(scan.hits.values_list("number", flat=True))
    by = by or with_role(Role.CHAIR, scan.review)
    return decide(scan, numbers, verdict=verdict, reason=reason, by=by, **said)
