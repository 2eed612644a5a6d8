"""What the leaders make of an answer. What the agency said stays, whatever they decide."""

from django.db import transaction

from reviews.querying import emails
from reviews.querying.services.moving import locked, made_with, move
from reviews.querying.services.raising import put_in_words
from reviews.querying.states import What
from reviews.requests.services.moving import refuse_past


@transaction.atomic
def accept(query, *, by, key, reason="", at=None):
    return _decide(query, What.ACCEPTED, by=by, key=key, words=reason, at=at)


@transaction.atomic
def dispute(query, *, by, key, reason, at=None):
    """The review does not agree, and the agency stands by what it said: both accounts stand."""
    return _decide(query, What.DISPUTED, by=by, key=key, words=reason, at=at)


def _decide(query, what, **said):
    query = locked(query)
    if found := made_with(said["key"], query, what):
        return found
    return move(query, what, **said)


@transaction.atomic
def ask_again(query, *, by, key, text, due, at=None):
    """A follow-up: the same query is open again, with new words and a day."""
    query = locked(query)
    if found := made_with(key, query, What.ASKED_AGAIN):
        return found
    if at is None:
        refuse_past(due)
    query.due, query.comes_with_request = due, False
    query.save(update_fields=["due", "comes_with_request"])
    made = move(query, What.ASKED_AGAIN, by=by, key=key, words=text, due=due, at=at)
    put_in_words(query, made.words)
    emails.say_that_there_are([query], key=key)
    return made


@transaction.atomic
def withdraw(query, *, by, key, reason, at=None):
    """No answer is asked for any more. The query and what was said stay on record."""
    query = locked(query)
    if found := made_with(key, query, What.WITHDRAWN):
        return found
    was_sent = query.was_sent
    made = move(query, What.WITHDRAWN, by=by, key=key, words=reason, at=at)
    if was_sent and made.before == "open":
        emails.say_that_it_is_withdrawn(query, key=key)
    return made
