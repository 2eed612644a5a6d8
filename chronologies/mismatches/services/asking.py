"""From a mismatch to a query, which one of its agencies answers. It learns of no other account but
what whoever asks put into the words of the query."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from chronologies.mismatches.models import Kind, MismatchQuery, Verdict
from chronologies.mismatches.services.judging import locked, write
from chronologies.querying import services as about_entries
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.querying.models import Query
from reviews.querying.services import raising
from reviews.requests.services.moving import KeyOfAnother
from reviews.submissions.models import Passage

# What stands first in these is the account of one side, and the other has none.
NOT_AT_THE_OTHER_END = frozenset(
    {Kind.SENT_NO_RECEIPT, Kind.RECEIPT_NO_SENDING, Kind.ATTENDED_NOT_RECORDED}
)

_WAY_OUT = "This query quotes another agency: withdraw it, and ask again without the quotation."


@transaction.atomic
def ask(mismatch, part, *, text, by, key, due=None, quoted=0):
    """Raise a query to one of its agencies; with a day, send it at once. `text` is all that the
    agency reads; `quoted` says how many entries of others are in it. Returns the query."""
    mismatch = locked(mismatch)
    if found := MismatchQuery.objects.filter(query__key=key).select_related("query").first():
        if found.mismatch_id != mismatch.pk:
            raise KeyOfAnother
        return found.query
    if mismatch.gone_at:
        raise ValidationError("The entries no longer show this: there is nothing to ask about.")
    if not mismatch.parts.filter(participation=part.pk).exists():
        raise ValidationError("This does not concern that agency.")
    if quoted:  # which gives one agency what another gave
        refuse_held(mismatch.review, Stops.SHARING, by=by, field="quote")
    query = _raise(mismatch, part, text=text, by=by, key=key, due=due)
    MismatchQuery.objects.create(mismatch=mismatch, query=query, quoted=quoted)
    if (mismatch.verdict, mismatch.judged_evidence) != (Verdict.QUERY, mismatch.evidence):
        write(mismatch, verdict=Verdict.QUERY, by=by, key=uuid.uuid5(key, "judged"))
    record(
        EventType.MISMATCH_ASKED,
        by=by,
        review=mismatch.review,
        target=mismatch,
        agency=part.agency.name,
        number=query.number,
        quoted=quoted,
    )
    return query


def refuse_quoted_while_held(query, by):
    """What was quoted before a hold does not go during it, whoever sends it and with whatever."""
    if MismatchQuery.objects.filter(query=query, quoted__gt=0).exists():
        refuse_held(query.review, Stops.SHARING, by=by, way_out=_WAY_OUT)


def _raise(mismatch, part, *, due, **said):
    """About the agency's own entry where there is one, else about the heading of its own report."""
    if due:
        said["due"] = due
    entry, _ = own_entries(mismatch, part)
    if entry:
        make = about_entries.ask_about if due else about_entries.raise_about
        return make(entry, **said)
    make = raising.ask if due else raising.raise_query
    if passage := own_passage(mismatch, part):
        return make(part, about=Query.About.HEADING, passage=passage, **said)
    return make(part, **said)


def own_entries(mismatch, part):
    """(the agency's account of it, the entry that comes near to what it has no account of): each
    while it stands, and one of them at most. A number is asked about by the heading that has it."""
    if mismatch.is_of_a_number:
        return None, None
    links = mismatch.entry_links.filter(entry__participation=part, entry__withdrawn_at=None)
    first = links.select_related("entry__participation__agency").order_by("position").first()
    if first is None:
        return None, None
    has_none = part.pk == mismatch.missing_from_id and mismatch.kind in NOT_AT_THE_OTHER_END
    return (None, first.entry) if has_none and first.position else (first.entry, None)


def own_passage(mismatch, part):
    """The heading of a report that the agency handed in."""
    links = mismatch.passage_links.values("passage")
    own = Passage.objects.filter(pk__in=links, file__submission__request__participation=part)
    found = own.select_related("file__submission__request").order_by("pk")
    return next((one for one in found if one.file.submission.is_sent), None)
