"""What an agency answers, query by query; and sending what was returned, once all is answered."""

from django.db import transaction

from audit.models import EventType
from audit.services import record
from foundations.vault.services import store
from reviews.querying.models import Answer, Query
from reviews.querying.services.moving import locked, made_with, move
from reviews.querying.states import State, What
from reviews.requests.models import Request
from reviews.requests.services.moving import made_with as request_made_with
from reviews.requests.services.moving import submit
from reviews.requests.states import NotNow
from reviews.requests.states import State as RequestState
from reviews.requests.states import What as RequestWhat


@transaction.atomic
def answer(query, *, by, key, kind, text="", content=None, name="", on_behalf=False, at=None):
    """One answer more; those before it stay. Returns the answer."""
    query = locked(query)
    if found := made_with(key, query, What.ANSWERED):
        return found.answer
    made = move(query, What.ANSWERED, by=by, key=key, on_behalf=on_behalf, at=at, answer=str(kind))
    given = Answer(query=query, move=made, kind=kind, text=text.strip())
    if content is not None:
        given.stored = store(content, name=name, scope=query.vault_scope)
        given.name = given.stored.name
    given.full_clean()
    given.save()
    if given.stored:
        record(
            EventType.FILE_UPLOADED,
            by=by,
            review=query.review,
            target=given,
            agency=query.participation.agency.name,
            size=given.stored.size,
            sha256=given.stored.sha256,
            on_behalf=on_behalf,
        )
    return given


def returned_with(request):
    """The queries that came back with a request; none once it was sent again."""
    if request.state != RequestState.RETURNED:
        return Query.objects.none()
    return request.queries.filter(comes_with_request=True)


def all_answered(request):
    """All that was asked on its return is answered, and something was asked."""
    queries = list(returned_with(request))
    return bool(queries) and not any(query.state == State.OPEN for query in queries)


@transaction.atomic
def send_answers(request, *, by, key, on_behalf=False, at=None):
    """What was returned comes again with its answers. Returns the receipt. Where nothing was returned
    with queries, nothing is sent: a report would go without a file and without its sign-off."""
    request = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found := request_made_with(key, request, RequestWhat.SUBMITTED):
        return found
    if not returned_with(request).exists():
        raise NotNow("There is nothing to send yet")
    answered = returned_with(request).exclude(state=State.WITHDRAWN)
    if any(query.state == State.OPEN for query in answered):
        raise NotNow("Some queries are not answered yet")
    n = answered.count()
    said = f"Answers to {n} {'query' if n == 1 else 'queries'}" if n else ""
    return submit(request, by=by, key=key, reason=said, on_behalf=on_behalf, at=at)
