"""Queries about entries, and answers that point at them."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from chronologies.querying import services
from chronologies.querying.models import AnswerEntry, QueryEntry
from reviews.querying.models import Answer, Query
from reviews.rules import Role
from reviews.services import submit_chronology
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_checking import asked_to_check, panel_member
from tests.factories.reviews_querying import in_days, sent
from tests.factories.reviews_requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def entry(part):
    return EntryFactory(participation=part, review=part.review, text="Attended the address")


def key():
    return str(uuid.uuid4())


def words(response):
    return " ".join(response.content.decode().split())


def found_url(query):
    return reverse("chronologies:query-found", args=[query.review.reference, query.pk])


def query_url(entry):
    return reverse("chronologies:entry-query", args=[entry.review.reference, entry.pk])


def ask_about(entry, **more):
    said = {"text": "Which visit?", "due": in_days(), "by": UserFactory(), "key": uuid.uuid4()}
    return services.ask_about(entry, **said | more)


def test_the_chair_asks_about_an_entry_and_it_goes_with_the_chronology(client, part, entry):
    request = asked(part, kind="chronology")
    submit_chronology(part, by=UserFactory())
    client.force_login(with_role(Role.CHAIR, part.review))
    form = {"text": "Which visit was this?", "key": key()}

    for _ in range(2):
        assert client.post(query_url(entry), form).status_code == 302

    query = Query.objects.get()
    assert (query.about, query.request, query.state) == ("entry", request, "not_sent")
    assert QueryEntry.objects.get().entry == entry
    shown = words(client.get(query.get_absolute_url()))
    assert "Attended the address" in shown
    assert entry.get_absolute_url() in shown
    assert "Which visit was this?" in words(client.get(entry.get_absolute_url()))


def test_the_agency_sees_the_entry_of_its_query_and_another_does_not(client, part, entry):
    query = ask_about(entry)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))
    assert "Attended the address" in words(client.get(query.get_absolute_url()))
    other = ParticipationFactory(review=part.review)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, other))

    assert client.get(query.get_absolute_url()).status_code == 404
    assert client.get(found_url(query)).status_code == 404
    assert client.get(query_url(entry)).status_code == 404


def test_an_agency_does_not_ask_about_its_own_entry(client, part, entry):
    client.force_login(with_role(Role.SIGN_OFF_OFFICER, part.review, part))

    assert client.get(query_url(entry)).status_code == 403


def test_there_is_nobody_to_ask_about_the_review_teams_own_entry(part):
    context = EntryFactory(participation=None, review=part.review)

    with pytest.raises(ValidationError, match="nobody to ask"):
        ask_about(context)


def test_who_was_asked_to_check_the_chronology_asks_about_its_entries(client, part, entry):
    request = asked(part, kind="chronology")
    submit_chronology(part, by=UserFactory())
    member = panel_member(part.review)
    asked_to_check(request, member=member)
    client.force_login(member.user)

    assert client.post(query_url(entry), {"text": "When?", "key": key()}).status_code == 302
    assert Query.objects.get().request == request


def test_found_points_at_entries_of_ones_own_chronology(client, part, entry):
    query = sent(part)
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(author)
    assert "Attended the address" in words(client.get(found_url(query)))

    form = {"entries": [entry.pk], "text": "The visit of March", "key": key()}
    for _ in range(2):
        assert client.post(found_url(query), form).status_code == 302

    assert AnswerEntry.objects.get().entry == entry
    assert Answer.objects.get().kind == "found"
    shown = words(client.get(query.get_absolute_url()))
    assert entry.get_absolute_url() in shown


@pytest.mark.parametrize("whose", ["another agency", "withdrawn", "nobody", "junk"])
def test_nothing_else_can_be_pointed_at(whose, client, part, entry):
    query = sent(part)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))
    chosen = {
        "another agency": lambda: (
            EntryFactory(
                participation=ParticipationFactory(review=part.review), review=part.review
            ).pk
        ),
        "withdrawn": lambda: _withdrawn(entry).pk,
        "nobody": lambda: "",
        "junk": lambda: "x",
    }[whose]()

    response = client.post(found_url(query), {"entries": [chosen], "key": key()})

    assert response.status_code == 422
    assert not Answer.objects.exists()


def _withdrawn(entry):
    from chronologies.services import withdraw_entry

    withdraw_entry(entry, by=UserFactory(), reason="Another person", on_behalf=False)
    return entry


def test_entries_are_found_by_their_words(client, part, entry):
    EntryFactory(participation=part, review=part.review, text="A telephone call")
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    shown = words(client.get(found_url(sent(part)), {"words": "telephone"}))

    assert "A telephone call" in shown
    assert "Attended the address" not in shown


def test_the_service_refuses_entries_of_another_agency(part, entry):
    query = sent(ParticipationFactory(review=part.review))

    with pytest.raises(ValidationError, match="own chronology"):
        services.answer_found(query, entries=[entry], by=UserFactory(), key=uuid.uuid4())


def test_a_withdrawn_entry_keeps_its_query(client, part, entry):
    query = ask_about(entry)
    _withdrawn(entry)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))

    assert "withdrawn since" in words(client.get(query.get_absolute_url()))
