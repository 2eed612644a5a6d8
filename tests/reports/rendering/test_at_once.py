"""A version that is made while somebody changes the document."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reports.rendering.making import make
from reports.services.locking import lock_document
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory


@pytest.mark.django_db(transaction=True)
def test_a_version_waits_for_a_change_that_is_under_way():
    document = begun(ReviewFactory())
    paragraph = paragraph_in(document.sections.get(code="background"), "She asked for help.")
    told = []

    def draw():
        said = {"variant": "confidential", "version": 1, "by": None, "with_plan": False}
        told.append(make(document, "html", at=timezone.now(), **said).gathered)
        connection.close()

    worker = Thread(target=draw)
    with transaction.atomic():
        lock_document(document)
        type(paragraph).objects.filter(pk=paragraph.pk).update(text="She asked twice.")
        worker.start()
        worker.join(timeout=0.5)
        is_waiting = worker.is_alive()
    worker.join()

    words = [one.text for _, one in told[0].paragraphs]
    assert (is_waiting, "She asked twice." in words) == (True, True)
