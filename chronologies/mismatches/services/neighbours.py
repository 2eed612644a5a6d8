"""Which entries a change touches: what hangs on any other stays as it was found.

Where a change reaches further than its surroundings (a name that the entries teach, the span of a
chronology, how rare a common word is) there is no neighbourhood, and the whole review is looked at.
"""

from collections import Counter

from django.db import connection

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.kinship import MOST_POSTINGS, Rarity
from chronologies.mismatches.models import MismatchEntry
from chronologies.mismatches.services.gathering import account_of, survey_of

DAYS = 2 * when.REACH + when.FOLLOW_UP + 40
ONE_DAY = 7  # what several agencies say of one day is told together
MANY = 200  # so many changes at once are a new file: everything is looked at

# What an entry said before its last change, or said until it was withdrawn.
_FORMER = """
select e.id, e.participation_id, (v.snapshot ->> 'date_earliest')::date,
    (v.snapshot ->> 'date_latest')::date, v.snapshot ->> 'date_text', v.snapshot ->> 'date_precision',
    (v.snapshot ->> 'date_circa')::boolean, v.snapshot ->> 'date_base', e.position,
    array(select jsonb_array_elements_text(v.snapshot -> 'persons')), v.snapshot ->> 'text',
    v.snapshot ->> 'action', v.snapshot ->> 'comment', v.snapshot ->> 'source',
    tsvector_to_array(to_tsvector('english', concat_ws(' ', v.snapshot ->> 'text',
        v.snapshot ->> 'action', v.snapshot ->> 'comment', v.snapshot ->> 'source')))
from chronologies_entry e
join lateral (
    select snapshot from chronologies_entryversion
    where entry_id = e.id order by number desc limit 1
) v on true
where e.id = any(%s)
"""


def neighbourhood(review, engine, entries):
    """Ids of the entries to look at again, or None for all."""
    entries = set(entries)
    if len(entries) > MANY:
        return None
    now = [a for a in engine.case.accounts if a.id in entries]
    before = _former(entries)
    if not now and not before:
        return None
    if _reaches_far(engine, now, before):
        return None
    touched = {*entries, *_linked(review, entries)}
    for account in (*now, *before):
        touched |= _around(engine, account)
    return touched & engine.index.by_id.keys() | entries


def _former(entries):
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, [sorted(entries)])
        return [account_of(row) for row in cursor.fetchall()]


def _linked(review, entries):
    """Whatever is told together with them in one finding."""
    of = MismatchEntry.objects.filter(mismatch__review=review, entry__in=entries)
    rows = MismatchEntry.objects.filter(mismatch__in=of.values("mismatch"))
    return set(rows.values_list("entry_id", flat=True))


def _around(engine, account):
    """Entries of the same agency, or that deal with it or with whom it deals, of about that time;
    and those with a rare word in common, of any time."""
    signals = engine.index.signals.get(account.id) or engine.reader.read(account)
    others = {contact.body for contact in signals.contacts} | signals.named
    touched = set()
    for other in engine.case.accounts:
        apart = when.gap(account, other) or 0
        its = engine.index.signals[other.id]
        is_near = apart <= DAYS and (other.body == account.body or account.body in its.named)
        is_alike = apart <= ONE_DAY and its.named & others
        if is_near or is_alike or (its.grades and signals.grades and apart <= DAYS):
            touched.add(other.id)
    for word in account.words:
        if engine.rarity[word]:
            touched |= {other.id for other in engine.with_word(word)}
    return touched


def _reaches_far(engine, now, before):
    """Whether what was known of all entries together was otherwise before the change."""
    after = engine.case.survey
    ids = {account.id for account in now}
    rest = [a for a in engine.case.accounts if a.id not in ids]
    former = survey_of([*rest, *before])
    if (former.spans, _known(former.seen)) != (after.spans, _known(after.seen)):
        return True
    if any("[" in a.text + a.action or "(" in a.text + a.action for a in (*now, *before)):
        return True
    if engine.roles_with(former) != engine.roles_with(after):
        return True
    return _weighs_otherwise(former, after, [*now, *before])


def _known(seen):
    return {body: frozenset(p for p, n in persons.items() if n) for body, persons in seen.items()}


def _weighs_otherwise(former, after, changed):
    """A common word that became rarer or more common; of a rare one all entries are touched anyway."""
    old, new = Rarity(former.counts, former.entries), Rarity(after.counts, after.entries)
    if old.bits != new.bits:
        return True
    words = Counter(word for account in changed for word in account.words)
    return any(
        after.counts.get(word, 0) > MOST_POSTINGS - 2 and old[word] != new[word] for word in words
    )
