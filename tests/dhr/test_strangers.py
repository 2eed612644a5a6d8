"""How much whoever has not signed in may send, and where."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.rules import Role
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
LONG = 5_000_001


def typed(client, url):
    return client.post(
        url, urlencode({"text": "x" * LONG}), content_type="application/x-www-form-urlencoded"
    )


def test_a_long_form_of_a_stranger_is_not_read(client):
    answer = typed(client, reverse("desk:home"))

    assert answer.status_code == 413
    assert "sign in, and send them again" in answer.content.decode()


def test_a_file_to_a_page_behind_the_sign_in_goes_on_to_it(client):
    url = reverse("reports:brought-upload", args=[ReviewFactory().reference])

    answer = client.post(url, {"file": SimpleUploadedFile("report.docx", b"x" * LONG)})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_whoever_has_signed_in_is_heard(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.CHAIR, review)

    answer = typed(client, reverse("reports:document-begin", args=[review.reference]))

    assert answer.status_code == 422
