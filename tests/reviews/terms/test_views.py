import uuid

import pytest
from django.urls import reverse

from reviews.rules import Role
from reviews.terms import services
from reviews.terms.models import TermsReading, TermsVersion
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def ours(review):
    return ParticipationFactory(review=review)


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def author(sign_in, review, ours):
    return sign_in(Role.IMR_AUTHOR, review, ours)


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def test_a_version_is_begun_filled_and_issued_by_hand(client, review, ours, chair):
    client.post(page("terms-begin", review))
    client.post(
        page("terms-change", review, 1),
        {
            "purposes": "1. To learn",
            "scope_from_year": "2015",
            "scope_to_text": "autumn 2023",
            "scope_reason": "First recorded abuse",
            "seen": 0,
        },
    )
    client.post(
        page("term-add", review, 1),
        {"kind": "term", "text": "Was risk assessed?", "key": uuid.uuid4()},
    )
    response = client.post(
        page("terms-issue", review, 1), {"participations": [ours.pk], "panel": "on"}
    )

    version = TermsVersion.objects.get()
    assert response.url == page("terms-readers", review)
    assert version.timeframe == "From 2015 to autumn 2023"
    assert version.issued_by == chair
    assert list(version.issues.values_list("participation", flat=True)) == [ours.pk, None]


def test_add_and_another_comes_back_to_an_empty_form(client, review, chair):
    draft_terms(review)
    url = page("term-add", review, 1)

    response = client.post(
        url, {"kind": "line", "text": "Key", "key": uuid.uuid4(), "another": "yes"}
    )

    assert response.url == url


def test_an_issue_that_is_not_ready_says_what_is_missing(client, review, chair):
    client.post(page("terms-begin", review))
    before = client.get(page("terms-issue", review, 1))

    response = client.post(page("terms-issue", review, 1), {"panel": "on"})

    assert "Add at least one term first" in before.content.decode()
    assert page("term-add", review, 1) in before.content.decode()
    assert response.status_code == 422
    assert "Add at least one term first" in response.content.decode()


def test_a_stale_form_loses_nothing(client, review, chair):
    draft = draft_terms(review, "A")
    words = draft.texts.get()
    services.change_term(words, text="Theirs", number=1, seen=0, by=chair)

    response = client.post(
        page("term-change", review, 1, words.pk), {"text": "Mine", "number": 1, "seen": 0}
    )

    assert response.status_code == 422
    assert "Somebody has changed this meanwhile" in response.content.decode()
    assert "Mine" in response.content.decode()


def test_an_issued_version_has_no_page_to_change_it(client, review, chair):
    version = issued_terms(review, "A")
    words = version.texts.get()

    answers = [
        client.get(page("terms-change", review, 1)),
        client.get(page("term-add", review, 1)),
        client.post(
            page("term-change", review, 1, words.pk), {"text": "B", "number": 1, "seen": 0}
        ),
        client.post(page("term-withdraw", review, 1, words.pk)),
    ]

    assert [answer.url for answer in answers] == [page("terms", review)] * 4
    assert version.texts.get().text == "A"


def test_one_click_says_that_an_author_has_read_it(client, review, ours, author):
    version = issued_terms(review, "A", to=[ours])
    assert "I have read this version" in client.get(version.get_absolute_url()).content.decode()

    client.post(page("terms-confirm", review, 1))

    (reading,) = TermsReading.objects.all()
    text = client.get(version.get_absolute_url()).content.decode()
    assert (reading.version, reading.participation, reading.read_by) == (version, ours, author)
    assert "I have read this version" not in text
    assert f"Read by {author}" in text


def test_an_author_is_told_what_to_look_at_again(client, review, ours, author):
    one = issued_terms(review, "A", to=[ours])
    services.confirm_reading(one, participation=ours, by=author)
    issued_terms(review, "B", to=[ours])

    text = client.get(page("terms", review)).content.decode()

    assert "Please look again" in text
    assert "<strong>Term 2</strong> is new" in text


def test_an_author_learns_of_no_other_agency_and_no_draft(client, review, ours, author):
    theirs = ParticipationFactory(review=review)
    issued_terms(review, "Shared words", to=[ours, theirs])
    colleague = with_role(Role.IMR_AUTHOR, review, theirs)
    services.confirm_reading(TermsVersion.objects.get(), participation=theirs, by=colleague)
    issued_terms(review, "Hidden words", to=[theirs])
    draft_terms(review, "Draft words")

    text = "".join(
        client.get(url).content.decode()
        for url in (page("terms", review), page("terms-version", review, 1))
    )

    assert "Shared words" in text
    for hidden in ("Hidden words", "Draft words", theirs.agency.name, str(colleague), "Version 2"):
        assert hidden not in text
    assert client.get(page("terms-version", review, 2)).status_code == 404
    assert client.get(page("terms-version", review, 3)).status_code == 404


def test_versions_that_are_not_theirs_cannot_be_compared(client, review, ours, author):
    theirs = ParticipationFactory(review=review)
    issued_terms(review, "A", to=[ours])
    issued_terms(review, "Hidden words", to=[theirs])

    text = client.get(page("terms-compare", review), {"earlier": 1, "later": 2}).content.decode()

    assert "Hidden words" not in text


def test_versions_are_compared_earlier_first(client, review, chair):
    issued_terms(review, "Was risk assessed?")
    draft_terms(review, "Was it shared?")

    context = client.get(page("terms-compare", review), {"earlier": 2, "later": 1}).context

    assert (context["before"].number, context["after"].number) == (1, 2)
    assert [change.name for change in context["difference"].changes] == ["Term 2"]


def test_whoever_had_a_version_is_proposed_for_the_next(client, review, ours, chair):
    ParticipationFactory(review=review)
    issued_terms(review, "A", to=[ours])
    draft_terms(review, "B")

    form = client.get(page("terms-issue", review, 2)).context["form"]

    assert form.initial == {"participations": [ours.pk], "panel": False}


def test_a_version_goes_to_further_agencies_later(client, review, ours, chair):
    theirs = ParticipationFactory(review=review)
    version = issued_terms(review, "A", to=[ours])

    refused = client.post(page("terms-issue", review, 1), {"participations": [ours.pk]})
    client.post(page("terms-issue", review, 1), {"participations": [theirs.pk]})

    assert refused.status_code == 422
    assert set(version.issues.values_list("participation", flat=True)) == {ours.pk, theirs.pk}


def test_the_way_of_words_that_somebody_wrote_is_only_text(client, review, chair):
    version = draft_terms(review, "<script>alert(1)</script>")

    text = client.get(version.get_absolute_url()).content.decode()

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, review, ours, author, django_assert_num_queries
):
    for number in range(count):
        version = issued_terms(review, f"Term {number}", to=[ours])
    services.confirm_reading(version, participation=ours, by=author)
    client.get(page("terms", review))

    with django_assert_num_queries(14):
        client.get(page("terms", review))
