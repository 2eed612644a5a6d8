"""A query from raised to settled, and what came back with it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.models import Event
from foundations.post.models import Message
from reviews.access import forget
from reviews.querying.models import Answer, Query, QueryMove
from reviews.querying.services import answering, deciding, raising, sending
from reviews.querying.states import State
from reviews.requests.models import Request
from reviews.requests.services import extending
from reviews.requests.states import NotNow
from reviews.rules import Role
from reviews.terms.services import issue
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_querying import (
    accepted,
    answered,
    in_days,
    raised,
    returned_with,
    sent,
)
from tests.factories.reviews_requests import submitted
from tests.factories.reviews_submissions import sent as handed_in
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


def key():
    return uuid.uuid4()


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


def history(query):
    return list(query.moves.values_list("what", flat=True))


def test_a_query_is_raised_and_the_agency_knows_nothing(part, author):
    query = raised(submitted(part, kind="imr"))

    assert (query.state, query.number, history(query)) == (State.NOT_SENT, 1, ["raised"])
    assert list(Query.objects.visible_to(author)) == []
    assert not Message.objects.filter(to=author.email, subject__icontains="quer").exists()


def test_queries_to_an_agency_are_counted_and_a_second_click_raises_none(part):
    request, once = submitted(part, kind="imr"), key()
    first = raised(request)

    said = {"request": request, "text": "And then?", "by": UserFactory(), "key": once}
    second, again = (raising.raise_query(part, **said) for _ in range(2))

    assert (first.number, second.number, again) == (1, 2, second)


def test_a_query_is_put_in_other_words_before_it_goes_and_the_first_words_stay(part):
    query = raised(submitted(part, kind="imr"), text="Why was nothing done?")

    raising.reword(query, text="What was done after 3 May?", by=UserFactory(), key=key())

    query.refresh_from_db()
    assert query.text == "What was done after 3 May?"
    assert list(query.moves.values_list("words", flat=True)) == [
        "Why was nothing done?",
        "What was done after 3 May?",
    ]


def test_no_query_that_went_is_put_in_other_words(part):
    with pytest.raises(NotNow, match="with the agency"):
        raising.reword(sent(part), text="Otherwise", by=UserFactory(), key=key())


def test_only_a_term_that_was_issued_to_the_agency_can_be_asked_about(part):
    request = submitted(part, kind="imr")
    version = draft_terms(part.review)
    term = version.texts.first().term

    with pytest.raises(ValidationError, match="issued to the agency"):
        raised(request, about="term", term=term)
    issue(version, participations=[part], panel=False, by=UserFactory())

    assert raised(request, about="term", term=term).term == term


def test_only_a_heading_of_what_the_agency_sent_can_be_asked_about(part):
    mine, theirs = handed_in(part), handed_in()
    passage, other = (one.main.passages.first() for one in (mine, theirs))

    query = raised(mine.request, about="heading", passage=passage)

    assert query.passage == passage
    with pytest.raises(ValidationError, match="nothing that this agency"):
        raised(mine.request, about="heading", passage=other)


@pytest.mark.parametrize(
    "wrong", [{"about": "term"}, {"about": "heading"}, {"about": "whole", "term": True}]
)
def test_a_query_is_about_exactly_one_thing(part, wrong):
    term = issued_terms(part.review, to=[part]).texts.first().term
    if "term" in wrong:
        wrong = wrong | {"term": term}

    with pytest.raises(ValidationError):
        raised(part=part, **wrong)


# --- Returned with queries ----------------------------------------------------------------------


def test_the_return_sends_the_queries_that_were_chosen_and_one_message(part, author):
    request = submitted(part, kind="imr")
    chosen, kept = raised(request), raised(request)

    sending.return_with(
        request, queries=[chosen], by=UserFactory(), key=key(), reason="Please see", due=in_days()
    )

    for query in (chosen, kept):
        query.refresh_from_db()
    request.refresh_from_db()
    assert (chosen.state, kept.state, request.state) == ("open", "not_sent", "returned")
    assert list(Query.objects.visible_to(author)) == [chosen]
    told = Message.objects.filter(to=author.email).order_by("-pk").first()
    assert "come back" in told.body
    assert part.agency.name not in told.body + told.subject


def test_the_return_can_be_clicked_twice(part):
    request, once = submitted(part, kind="imr"), key()
    query = raised(request)
    said = {"queries": [query], "by": UserFactory(), "key": once, "reason": "See", "due": in_days()}

    first, again = (sending.return_with(request, **said) for _ in range(2))

    assert first == again
    assert history(query) == ["raised", "sent"]


def test_a_query_of_another_request_does_not_go_with_it(part):
    other = raised(submitted(part, kind="report"))

    with pytest.raises(ValidationError, match="something else"):
        sending.return_with(
            submitted(part, kind="imr"),
            queries=[other],
            by=UserFactory(),
            key=key(),
            reason="See",
            due=in_days(),
        )


def test_more_time_for_what_was_returned_is_more_time_for_its_queries(part):
    request, (query,) = returned_with("When?", part=part)

    extending.give_extension(
        request, by=UserFactory(), key=key(), until=in_days(40), reason="Panel moved"
    )

    query = Query.objects.for_display().get(pk=query.pk)
    assert query.day == query.due_now == in_days(40)
    assert query.due == in_days(14)  # as it was sent


def test_what_was_returned_is_sent_again_once_every_query_is_answered(part):
    request, (first, second) = returned_with("When?", "By whom?", part=part)
    answered(first)

    assert not answering.all_answered(request)
    with pytest.raises(NotNow, match="not answered yet"):
        answering.send_answers(request, by=UserFactory(), key=key())
    answered(second, kind="explained", text="By the duty officer")
    assert answering.all_answered(request)
    receipt = answering.send_answers(request, by=UserFactory(), key=key())

    request.refresh_from_db()
    assert (request.state, receipt.is_receipt) == ("submitted", True)
    assert receipt.reason == "Answers to 2 queries"


def test_sending_the_answers_twice_is_one_receipt(part):
    request, (query,) = returned_with("When?", part=part)
    answered(query)
    once = key()

    first, again = (answering.send_answers(request, by=UserFactory(), key=once) for _ in range(2))

    assert first == again


def test_a_withdrawn_query_does_not_keep_the_others_waiting(part):
    request, (first, second) = returned_with("When?", "By whom?", part=part)
    answered(first)
    deciding.withdraw(second, by=UserFactory(), key=key(), reason="Answered by another record")

    assert answering.all_answered(request)
    assert (
        answering.send_answers(request, by=UserFactory(), key=key()).reason == "Answers to 1 query"
    )


# --- On its own ---------------------------------------------------------------------------------


def test_a_query_can_be_put_to_an_agency_without_returning_anything(part, author):
    query = raising.ask(part, text="Was it received?", due=in_days(7), by=UserFactory(), key=key())

    assert (query.state, query.request, query.due_now) == ("open", None, in_days(7))
    (told,) = Message.objects.filter(to=author.email)
    assert str(query.key) in told.body
    assert "received" not in told.body


def test_asking_twice_with_one_key_is_one_query_and_one_message(part, author):
    once = key()

    first, again = (
        raising.ask(part, text="Was it received?", due=in_days(), by=UserFactory(), key=once)
        for _ in range(2)
    )

    assert first == again
    assert Message.objects.filter(to=author.email).count() == 1


def test_several_that_go_at_once_are_one_message(part, author):
    queries = [raised(submitted(part, kind="imr")) for _ in range(1)]
    queries += [raised(queries[0].request) for _ in range(2)]
    Message.objects.all().delete()

    sending.send(queries, due=in_days(), by=UserFactory(), key=key())

    (told,) = Message.objects.filter(to=author.email)
    assert "3 queries" in told.body


def test_a_day_that_has_passed_is_no_day_to_answer_by(part):
    with pytest.raises(ValidationError, match="today or later"):
        raising.ask(part, text="Was it?", due=in_days(-1), by=UserFactory(), key=key())

    assert not Query.objects.exists()


# --- Answers and decisions ----------------------------------------------------------------------


def test_an_answer_is_kept_with_its_words_and_file_sealed(part):
    query = sent(part)

    given = answering.answer(
        query,
        by=UserFactory(),
        key=key(),
        kind="disagree",
        text="It was answered on 4 May",
        content=b"Date,Text\n4 May,Answered\n",
        name="log.csv",
    )

    query.refresh_from_db()
    assert (query.state, given.text, given.stored.name) == (
        "answered",
        "It was answered on 4 May",
        "log.csv",
    )
    assert given.stored.is_sealed
    assert "file.uploaded" in Event.objects.values_list("type", flat=True)


@pytest.mark.parametrize("kind", ["disagree", "explained"])
def test_who_disagrees_says_why(part, kind):
    with pytest.raises(ValidationError), transaction.atomic():
        answering.answer(sent(part), by=UserFactory(), key=key(), kind=kind)


def test_an_agency_that_finds_more_answers_once_more_and_the_first_answer_stays(part):
    query = answered(part=part)

    answered(query, kind="explained", text="Found after all")

    assert list(query.answers.values_list("kind", flat=True)) == ["no_record", "explained"]


def test_an_accepted_answer_is_final_until_it_is_asked_again(part):
    query = accepted(answered(part=part))

    with pytest.raises(NotNow, match="accepted already"):
        answered(query)
    deciding.ask_again(query, by=UserFactory(), key=key(), text="And on 5 May?", due=in_days(3))

    query.refresh_from_db()
    assert (query.state, query.text, query.due) == ("open", "And on 5 May?", in_days(3))
    assert history(query) == ["raised", "sent", "answered", "accepted", "asked_again"]


def test_a_disputed_query_keeps_both_accounts(part):
    query = answered(part=part, kind="disagree", text="It was sent")

    deciding.dispute(query, by=UserFactory(), key=key(), reason="The other record has no receipt")

    query.refresh_from_db()
    assert query.state == "disputed"
    assert query.answers.get().text == "It was sent"
    assert query.moves.last().words == "The other record has no receipt"


@pytest.mark.parametrize("step", ["dispute", "withdraw"])
def test_a_decision_against_an_agency_says_why(part, step):
    query = answered(part=part)

    with pytest.raises(ValidationError):
        getattr(deciding, step)(query, by=UserFactory(), key=key(), reason=" ")


def test_an_agency_is_told_when_an_open_query_is_withdrawn(part, author):
    query = sent(part)

    deciding.withdraw(query, by=UserFactory(), key=key(), reason="Answered by another record")

    assert Message.objects.filter(to=author.email, subject__contains="withdrawn").count() == 1


def test_a_query_withdrawn_before_it_went_never_shows(part, author):
    query = raised(submitted(part, kind="imr"))

    deciding.withdraw(query, by=UserFactory(), key=key(), reason="Asked twice")

    assert list(Query.objects.visible_to(author)) == []
    assert not Message.objects.filter(to=author.email, subject__contains="withdrawn").exists()


def test_the_database_keeps_history_and_answers_as_they_are(part):
    query = answered(part=part, text="So it was")

    for table in ("reviews_querymove", "reviews_answer"):
        for change in (f"delete from {table}", f"update {table} set id = id"):  # noqa: S608
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
    assert (QueryMove.objects.count(), Answer.objects.count()) == (3, 1)
    assert query.answers.get().text == "So it was"


# --- Who sees what ------------------------------------------------------------------------------


def test_an_agency_sees_its_own_queries_and_nobody_elses(part, author):
    own, theirs = sent(part), sent(ParticipationFactory(review=part.review))
    coordinator = with_role(Role.COORDINATOR, part.review)

    assert list(Query.objects.visible_to(author)) == [own]
    assert set(Query.objects.visible_to(coordinator)) == {own, theirs}
    for role in (Role.PANEL_MEMBER, Role.BOARD_READER, Role.ADMINISTRATOR):
        assert list(Query.objects.visible_to(with_role(role, part.review))) == []
    lead = with_role(Role.ACTION_LEAD, part.review, part)
    assert list(Query.objects.visible_to(lead)) == []


def test_an_agency_does_not_see_how_a_query_came_to_its_words(part, author):
    request = submitted(part, kind="imr")
    query = raised(request, text="Why was nothing done?")
    raising.reword(query, text="What was done?", by=UserFactory(), key=key())
    sending.send([query], due=in_days(), by=UserFactory(), key=key())

    seen = QueryMove.objects.visible_to(author).filter(query=query)

    assert list(seen.values_list("what", flat=True)) == ["sent"]
    chair = with_role(Role.CHAIR, part.review)
    forget(chair)
    assert QueryMove.objects.visible_to(chair).filter(query=query).count() == 3


def test_an_open_query_is_late_after_its_day_and_no_other_is(part):
    query = sent(part, days=3)
    after = timezone.localdate() + timedelta(days=5)

    assert query.days_late(after) == 2
    assert answered(query).days_late(after) == 0


def test_nothing_of_the_request_changes_when_a_query_goes_on_its_own(part):
    request = submitted(part, kind="imr")
    query = raised(request)

    sending.send([query], due=in_days(), by=UserFactory(), key=key())
    answered(query)

    assert Request.objects.get(pk=request.pk).state == "submitted"
