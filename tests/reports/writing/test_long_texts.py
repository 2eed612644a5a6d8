"""A text that is far too long, in letters that a browser sends as six or nine signs each."""

import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from reports.models import Paragraph
from reviews.rules import Role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

URDU = ("وہ اکیلی نہیں تھی۔ " * 60_000)[:1_100_000]  # 2 MB as UTF-8
QUOTED = "“No”, she said. ‘No.’ " * 95_000  # 2.1 million letters
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def section(sign_in):
    review = ReviewFactory()
    sign_in(Role.CHAIR, review)
    return begun(review).sections.get(code="background")


def sent(client, name, row, **said):
    """As a browser sends it without a file."""
    document = row.document if name == "paragraph-add" else row.section.document
    url = reverse(f"reports:{name}", args=[document.review.reference, document.number, row.pk])
    body = urlencode({"kind": "numbered", "place": "last", "key": uuid.uuid4()} | said)
    assert len(body) > 5 * 1024 * 1024
    return client.post(url, body, content_type=FORM)


@pytest.mark.parametrize("text", [URDU, QUOTED], ids=["urdu", "quotation marks"])
def test_it_is_refused_beside_the_box_and_stands_in_it_still(client, section, text):
    response = sent(client, "paragraph-add", section, text=text)

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors["text"] == [
        f"Use at most 50,000 characters. There are {len(text.strip()):,} now"
    ]
    assert form["text"].value() == text
    assert Paragraph.objects.filter(section=section).count() == 0


def test_what_stood_in_the_paragraph_before_stays(client, section):
    one = paragraph_in(section, "She was not alone.")

    response = sent(client, "paragraph-change", one, text=URDU, seen=0)

    assert response.status_code == 422
    assert Paragraph.objects.get(pk=one.pk).text == "She was not alone."


def test_what_is_too_long_to_be_kept_while_it_is_typed_is_told(client, section):
    response = sent(client, "paragraph-add", section, text=URDU, _draft="keep")

    assert response.status_code == 200
    page = response.content.decode()
    assert "It has 1,100,000 characters, and a paragraph has at most 50,000. Divide it." in page
    assert "Save it now" not in page
