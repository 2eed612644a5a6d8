"""A review's entries as the finder wants them: one query for the rows, a few for what holds of all.

The words and their rarity are those of PostgreSQL's full-text search (Entry.search).
"""

from collections import Counter, defaultdict

from django.db import connection
from django.utils.timezone import localtime

from agencies.models import Agency
from chronologies.mismatches.finding.case import Account, Body, Case, Note, Sitting, Survey
from chronologies.mismatches.finding.kinship import MOST_POSTINGS
from chronologies.mismatches.finding.roles import ROLES
from reviews.meetings.models import Attendance, Meeting
from reviews.models import Participation
from reviews.submissions.models import Passage, Submission

_ROWS = """
select id, participation_id, date_earliest, date_latest, date_text, date_precision, date_circa,
    date_base, position, persons, text, action, comment, source, tsvector_to_array(search)
from chronologies_entry
where review_id = %s and withdrawn_at is null
order by participation_id nulls first, position, id
"""
SHORTEST, LONGEST = 6, 14  # letters of a word that may stand in two parts


def gather(review):
    """Everything that the finder looks at in a review."""
    bodies = _bodies(review)
    accounts = _accounts(review)
    join_parted_words(accounts)
    notes = _notes(review)
    persons = set(review.people.values_list("pseudonym", flat=True))
    for account in accounts:
        persons.update(account.persons)
    return Case(
        bodies=bodies,
        accounts=accounts,
        persons=tuple(sorted(persons)),
        notes=notes,
        sittings=_sittings(review),
        survey=survey_of(accounts),
    )


def _bodies(review):
    parts = Participation.objects.filter(review=review).select_related("agency__merged_into")
    agencies = {part.pk: part.agency.merged_into or part.agency for part in parts}
    others = _other_names(agencies.values())
    return tuple(
        Body(pk, agency.name, agency.kind, tuple(sorted(others[agency.pk])))
        for pk, agency in sorted(agencies.items())
    )


def _other_names(agencies):
    """Short names, aliases, what was merged into it, and who came before and after it."""
    ids = {agency.pk for agency in agencies}
    found = defaultdict(set)
    related = Agency.objects.prefetch_related("aliases", "duplicates", "predecessors")
    for agency in related.filter(pk__in=ids).select_related("successor"):
        names = found[agency.pk]
        names.add(agency.short_name)
        for other in (*agency.aliases.all(), *agency.duplicates.all(), *agency.predecessors.all()):
            names.add(other.name)
        if agency.successor and agency.successor_id not in ids:
            names.add(agency.successor.name)
    return defaultdict(set, {pk: names - {""} for pk, names in found.items()})


def _accounts(review):
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [review.pk])
        return [account_of(row) for row in cursor.fetchall()]


def account_of(row):
    (
        pk,
        part,
        earliest,
        latest,
        *written,
        position,
        persons,
        text,
        action,
        comment,
        source,
        words,
    ) = row
    return Account(
        id=pk,
        body=part,
        start=earliest.toordinal() if earliest else None,
        end=latest.toordinal() if latest else None,
        date=(earliest, latest, *written),
        order=position,
        persons=tuple(persons),
        text=text,
        action=action,
        comment=comment,
        source=source,
        words=frozenset(words),
    )


# --- What holds of all entries together --------------------------------------------------------------


def survey_of(accounts):
    counts, seen, trade, spans = Counter(), defaultdict(Counter), defaultdict(Counter), {}
    trades = {role.name: frozenset(role.trade) for role in ROLES if role.trade}
    teaching = []
    for account in accounts:
        counts.update(account.words)
        if "[" in account.text or "(" in account.text or "[" in account.action:
            teaching.append(account)
        if account.body is None:
            continue
        seen[account.body].update(account.persons)
        for name, words in trades.items():
            if words & account.words:
                trade[account.body][name] += 1
        if account.is_dated:
            first, last = spans.get(account.body, (account.first, account.last))
            spans[account.body] = (min(first, account.first), max(last, account.last))
    return Survey(len(accounts), counts, seen, trade, spans, teaching)


def join_parted_words(accounts):
    """ "Eye lid" is the eyelid of other entries: a rare word that stands elsewhere in two parts."""
    counts = Counter()
    for account in accounts:
        counts.update(account.words)
    parts = {}
    for word, count in counts.items():
        if count <= MOST_POSTINGS and SHORTEST <= len(word) <= LONGEST:
            for at in range(3, len(word) - 2):
                if word[:at] in counts and word[at:] in counts:
                    parts.setdefault(word[:at], []).append((word[at:], word))
    for account in accounts:
        for head in account.words & parts.keys():
            for tail, word in parts[head]:
                if tail in account.words and f"{head} {tail}" in account.text.lower():
                    account.words |= {word}


# --- Reports and minutes -------------------------------------------------------------------------------


def _notes(review):
    """The headings of the newest report that each agency sent."""
    newest = {}
    sent = Submission.objects.sent().filter(request__participation__review=review)
    for submission in sent.select_related("request").order_by("number", "pk"):
        newest[submission.request_id] = submission
    whose = {s.pk: s.request.participation_id for s in newest.values()}
    passages = Passage.objects.filter(
        file__submission__in=whose, file__part="main", file__removed_at=None
    ).select_related("file")
    return tuple(
        Note(p.pk, whose[p.file.submission_id], p.title, p.text)
        for p in passages.order_by("file", "position")
    )


def _sittings(review):
    """Meetings whose minutes were sent, with the agencies whose members were there."""
    meetings = Meeting.objects.filter(review=review, minutes__sent_at__isnull=False).distinct()
    parts = dict(Participation.objects.filter(review=review).values_list("agency_id", "pk"))
    came = defaultdict(set)
    rows = Attendance.objects.filter(
        meeting__in=meetings, state__in=("present", "deputy"), member__isnull=False
    ).values_list("meeting_id", "member__agency_id")
    for meeting, agency in rows:
        if agency in parts:
            came[meeting].add(parts[agency])
    return tuple(
        Sitting(m.pk, localtime(m.starts_at).date().toordinal(), frozenset(came[m.pk]))
        for m in meetings
    )
