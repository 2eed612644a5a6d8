"""The entries of queries and answers, as the pages of queries show them."""

from chronologies.models import Entry
from chronologies.querying.models import AnswerEntry, QueryEntry
from reviews.querying.about import Target, register, register_answers
from reviews.querying.models import Query

_GONE = "An entry of the chronology"


def _target(entry):
    if entry is None:
        return Target(_GONE)
    when = f"Entry of {entry.date}" if entry.date else "Entry without a date"
    if entry.is_withdrawn:
        when = f"{when}, withdrawn since"
    return Target(when, entry.text, entry.get_absolute_url())


def _entries(user, ids):
    rows = Entry.objects.visible_to(user).filter(pk__in=ids).select_related("review")
    return {entry.pk: entry for entry in rows}


def entries_of(queries, user):
    links = dict(QueryEntry.objects.filter(query__in=queries).values_list("query", "entry"))
    entries = _entries(user, links.values())
    return {query.pk: _target(entries.get(links.get(query.pk))) for query in queries}


def found_in(answers, user):
    links = list(AnswerEntry.objects.filter(answer__in=answers).values_list("answer", "entry"))
    entries, found = _entries(user, [entry for _, entry in links]), {}
    for answer, entry in links:
        found.setdefault(answer, []).append(_target(entries.get(entry)))
    return found


def point_at_entries():
    register(Query.About.ENTRY, entries_of)
    register_answers(found_in)
