"""What a paragraph said before is brought back from its history, as a version of its own."""

import pytest
from django.urls import reverse

from reports.services.paragraphs import add_paragraph, change_paragraph, take_out_paragraph
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db

WORDS = "Bring these words back"


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def section(review):
    return begun(review).sections.get(code="background")


@pytest.fixture
def paragraph(section, chair):
    """It said “in May” first, says “in June” now, and refers to the one after it."""
    other = paragraph_in(section, "He moved out.", by=chair)
    one = paragraph_in(section, f"She rang in May, see [[p:{other.key}]].", by=chair)
    return said_now(one, f"She rang in June, see [[p:{other.key}]].", by=chair)


def said_now(paragraph, text, *, by, kind="numbered"):
    return change_paragraph(paragraph, text=text, kind=kind, seen=paragraph.changes, by=by)


def to(name, paragraph, version=None):
    document = paragraph.section.document
    where = [document.review.reference, document.number, paragraph.pk]
    url = reverse(f"reports:paragraph-{name}", args=where)
    return f"{url}?version={version}" if version else url


def history(client, paragraph):
    return client.get(to("history", paragraph)).content.decode()


def sent(client, url, **said):
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in ("text", "kind", "seen")}
    return client.post(url, values | said)


def texts(paragraph):
    rows = paragraph.versions.order_by("number")
    return list(rows.values_list("number", "text", "by__email"))


def test_earlier_words_become_a_new_version_and_none_is_lost(client, paragraph, chair):
    first, second = texts(paragraph)
    page = history(client, paragraph)
    asked = client.get(to("change", paragraph, 1)).content.decode()

    response = sent(client, to("change", paragraph, 1))

    paragraph.refresh_from_db()
    assert page.count(WORDS) == 1
    assert to("change", paragraph, 1) in page
    assert "These are the words of version 1" in asked
    assert response.status_code == 302
    assert paragraph.text == first[1]
    assert texts(paragraph) == [first, second, (3, first[1], chair.email)]
    assert WORDS in history(client, paragraph)  # now the second one's


def test_a_kind_comes_back_with_its_words(client, paragraph, chair):
    said_now(paragraph, paragraph.text, by=chair, kind="quotation")

    sent(client, to("change", paragraph, 2))

    paragraph.refresh_from_db()
    assert (paragraph.kind, paragraph.versions.count()) == ("numbered", 4)


def test_what_somebody_wrote_meanwhile_is_not_written_over(client, paragraph, chair, review):
    url = to("change", paragraph, 1)
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in ("text", "kind", "seen")}
    said_now(paragraph, "She rang in July.", by=with_role(Role.CHAIR, review))

    response = client.post(url, typed)

    paragraph.refresh_from_db()
    page = response.content.decode()
    assert paragraph.text == "She rang in July."
    assert response.status_code in {409, 422}
    assert "She rang in July." in page
    assert "She rang in May" in page


@pytest.mark.parametrize("version", ["9", "x", "-1", "99999999999"])
def test_a_version_that_is_none_of_its_own_is_no_page(version, client, paragraph):
    assert client.get(to("change", paragraph, version)).status_code == 404


def test_nothing_comes_back_into_what_was_taken_out_or_a_review_that_has_ended(
    client, paragraph, chair, review
):
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)
    ended = history(client, paragraph)
    Review.objects.filter(pk=review.pk).update(state=State.RUNNING)
    take_out_paragraph(paragraph, by=chair)

    assert WORDS not in ended
    assert WORDS not in history(client, paragraph)


def test_what_is_inserted_from_the_data_has_no_earlier_words(client, section, chair):
    block = add_paragraph(section, kind="block", block="panel", by=chair, key=section.key)

    assert WORDS not in history(client, block)
