"""A paragraph saved through its page, in a report of 600 paragraphs, and the pages beside it.

The reference of a save is the bare update of its row; the target is in milliseconds.
"""

import itertools
import uuid

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.services import create_partnership
from bench.figures import in_turns
from reports.models import Paragraph
from reports.services.documents import take_document
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection
from reviews.rules import Role
from reviews.services import create_review, give_role

HOST = "localhost"
SECTIONS, EACH = 20, 30
TARGET_MS = 100
_WORDS = "She told her doctor **what** happened in the house, and asked for help. " * 10


def measure(sizes):
    partnership = create_partnership(name=f"Bench writing {uuid.uuid4().hex[:8]}")
    chair = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@bench.example")
    reference = f"W-{uuid.uuid4().hex[:8]}"
    review = create_review(partnership=partnership, reference=reference, by=None)
    give_role(user=chair, role=Role.CHAIR, review=review, by=None)
    document = take_document(review, _written(), kind="overview", by=chair, key=uuid.uuid4())
    client = Client()
    client.force_login(chair)
    return {
        "save": {"target_ms": TARGET_MS} | _saves(client, document, "", sizes.turns),
        "save_with_a_reference": {"target_ms": TARGET_MS}
        | _saves(client, document, " As [[3.4]] says.", sizes.turns),
        "section_page": _reads(client, document, sizes.turns),
    }


def _written():
    sections = (
        WrittenSection(str(n), f"Section {n}", 1, tuple(_paragraphs(n)))
        for n in range(1, SECTIONS + 1)
    )
    return WrittenDocument("Overview report", tuple(sections))


def _paragraphs(section):
    return (WrittenParagraph(f"{section}.{n}", _WORDS) for n in range(1, EACH + 1))


def _saves(client, document, more, turns):
    section = document.sections.order_by("position")[SECTIONS // 2]
    paragraph = section.paragraphs.in_order()[EACH // 2]
    where = [document.review.reference, document.number, paragraph.pk]
    url = reverse("reports:paragraph-change", args=where)
    seen = itertools.count(paragraph.changes)

    def save():
        n = next(seen)
        said = {"text": f"{_WORDS}{more} {n}", "kind": "numbered", "seen": n}
        response = client.post(url, said, headers={"host": HOST})
        if response.status_code != 302:
            raise RuntimeError(f"The paragraph was not saved: {response.status_code}")

    def bare():
        with connection.cursor() as cursor:
            cursor.execute(
                "update reports_paragraph set text = %s where id = %s", [_WORDS, paragraph.pk]
            )

    return in_turns(save, bare, turns)


def _reads(client, document, turns):
    section = document.sections.order_by("position").first()
    url = section.get_absolute_url()

    def read():
        client.get(url, headers={"host": HOST})

    def bare():
        list(Paragraph.objects.filter(section=section).values_list("text", flat=True))

    return in_turns(read, bare, turns)
