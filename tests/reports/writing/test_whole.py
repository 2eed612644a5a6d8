"""A document read on one page, by its authors and by the panel."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from reports.empty import with_text
from reports.outline import Outline
from reports.services.places import LAST
from reviews.rules import Role
from tests.factories.reports import begun, paragraph_in, section_in, shared
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


@pytest.fixture
def facts(document):
    return document.sections.get(code="background")


@pytest.fixture
def member(sign_in, review, document):
    shared(document)
    return sign_in(Role.PANEL_MEMBER, review)


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def within(section, heading):
    return section_in(section.document, heading, parent=section, after=LAST)


def test_a_member_of_the_panel_reads_the_draft_from_top_to_bottom(client, document, facts, member):
    calls = within(facts, "The calls")
    paragraph_in(facts, "She told her sister.")
    paragraph_in(calls, "Her sister rang twice.")

    page = client.get(to("document-whole", document)).content.decode()

    assert page.index("She told her sister.") < page.index("Her sister rang twice.")
    assert f'href="#s-{calls.key}"' in page
    assert f'<h3 class="govuk-heading-m" id="s-{calls.key}">' in page
    assert to("paragraph-add", document, facts.pk) not in page
    assert (
        to("document-whole", document) in client.get(document.get_absolute_url()).content.decode()
    )


def test_a_heading_with_nothing_under_it_is_left_out(document, facts):
    calls = within(within(facts, "Contact"), "The calls")
    before = [one.section for one in with_text(Outline(document).sections)]
    paragraph_in(calls, "Her sister rang twice.")

    after = [one.section for one in with_text(Outline(document).sections)]

    assert facts not in before
    assert set(after) - set(before) == {facts, calls.parent, calls}


def test_a_heading_above_a_section_that_is_written_is_not_counted_as_empty(
    client, document, facts, member
):
    url = to("document-whole", document)
    before = client.get(url).context["n_empty"]
    calls = within(facts, "The calls")
    began = client.get(url).context["n_empty"]

    paragraph_in(calls, "Her sister rang twice.")

    assert (began, client.get(url).context["n_empty"]) == (before, before - 1)


def test_what_refers_to_another_paragraph_leads_to_it_on_the_page(client, document, facts, member):
    first = paragraph_in(facts, "She told her sister.")
    paragraph_in(facts, f"As [[p:{first.key}]] says, she spoke.")

    page = client.get(to("document-whole", document)).content.decode()

    assert f'<a class="govuk-link" href="#p-{first.key}"' in page


def test_after_a_comment_one_is_back_where_one_read(client, document, facts, member):
    one = paragraph_in(facts, "She told her sister.")
    whole = to("document-whole", document)
    url = f"{to('remark-add', document, one.pk)}?from=whole"
    form = client.get(url).context["form"]
    said = {"kind": "comment", "words": "When was that?", "suggested": form["suggested"].value()}
    said |= {"read": form["read"].value(), "key": form["key"].value()}

    shown = client.get(whole).content.decode()
    response = client.post(url, said)

    assert url in shown
    assert response["Location"] == f"{whole}#p-{one.key}"


def test_the_whole_asks_the_same_however_many_sections_are_written(client, document, facts, member):
    whole = to("document-whole", document)
    paragraph_in(facts, "She told her sister.")
    client.get(whole)
    with CaptureQueriesContext(connection) as few:
        client.get(whole)
    for number in range(4):
        paragraph_in(within(facts, f"The calls, {number}"), "Her sister rang twice.")
    with CaptureQueriesContext(connection) as many:
        client.get(whole)

    assert len(many) == len(few)


def test_reading_the_whole_is_told_once_with_how_much_it_was(client, document, facts, member):
    paragraph_in(facts, "She told her sister.")
    paragraphs = len(Outline(document).paragraphs)
    last = Event.objects.order_by("pk").last().pk

    client.get(to("document-whole", document))

    (event,) = Event.objects.filter(pk__gt=last)
    assert (event.type, event.data) == (
        "document.read",
        {"number": document.number, "rows": paragraphs},
    )


def test_a_member_goes_from_one_written_section_to_the_next(client, document, facts, member):
    empty = within(facts, "Nothing here yet")
    calls = within(facts, "The calls")
    paragraph_in(facts, "She told her sister.")
    paragraph_in(calls, "Her sister rang twice.")

    after = client.get(facts.get_absolute_url()).context["after"]

    assert after.section == calls
    assert empty.get_absolute_url() in client.get(facts.get_absolute_url()).content.decode()
