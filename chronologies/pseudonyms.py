"""Pseudonyms in entries: when somebody gets another, and in place of a real name."""

from django.db import connection, transaction

from audit.models import EventType
from audit.services import record
from chronologies import services
from chronologies.naming import OTHER, TEXTS
from reviews.people.names import names_of, with_pseudonyms
from reviews.people.services import give_pseudonym

REASON = "A real name replaced by the pseudonym"

# Whom an entry is about is our own label, not the agency's words: those stay.
_RELABEL = """
update chronologies_entry set persons = array_replace(persons, %(before)s, %(after)s)
where review_id = %(review)s and %(before)s = any(persons)
"""


@transaction.atomic
def rename_person(person, **change):
    """Another pseudonym, in the register and wherever entries are labelled with it."""
    renamed = give_pseudonym(person, **change)
    with connection.cursor() as cursor:
        cursor.execute(
            _RELABEL,
            {
                "before": renamed.before,
                "after": renamed.person.pseudonym,
                "review": renamed.person.review_id,
            },
        )
    return renamed.person


@transaction.atomic
def replace_names(entry, *, by, seen, on_behalf=False):
    """A new version of the entry with pseudonyms in place of real names. Returns how many."""
    names, replaced, content = names_of(entry.review), 0, {}
    for name in TEXTS:
        text = getattr(entry, name)
        if found := names.find(text):
            content[name] = with_pseudonyms(text, found)
            replaced += len(found)
    other = {}
    for heading, text in entry.other.items():
        found = names.find(text)
        other[heading] = with_pseudonyms(text, found)
        replaced += len(found)
    if not replaced:
        return 0
    content[OTHER] = other
    services.change_entry(
        entry, by=by, content=content, seen=seen, reason=REASON, on_behalf=on_behalf
    )
    part = entry.participation
    record(
        EventType.NAMES_REPLACED,
        by=by,
        review=entry.review,
        target=entry,
        replaced=replaced,
        agency=part.agency.name if part else "",
        on_behalf=on_behalf,
    )
    return replaced
