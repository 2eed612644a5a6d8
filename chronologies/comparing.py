"""What an import would add, change and remove, worked out by the database.

A row and an entry are the same when all that they say is the same; else when their words are; else
when their dates are and their words nearly. What is left on either side was added or removed. The
entries compared with are those of the file that the new one corrects, and of the files before it.

Everything here happens inside the transaction of the caller, in tables that end with it.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from rapidfuzz import fuzz

from chronologies.models import SourceFile
from chronologies.spool import COLUMNS, CONTENT

NEARLY = 60  # of 100: how alike two texts of one date must be to be taken for the same event
MOST_PAIRS = 100_000  # above so many candidates of one date nobody could tell either
SHOWN = 200  # changes and removals that a preview shows one by one

_STAGE = "create temporary table staged on commit drop as select {columns} from chronologies_entry with no data"

_FORMER = """
create temporary table former on commit drop as
select id, digest, md5(text) as words, position, withdrawn_at is not null as is_withdrawn
from chronologies_entry
where source_file_id = any(%s) and dropped_by_id is null
"""

_MATCH_WHOLE = """
create temporary table matched on commit drop as
select s.position, f.id, true as is_same
from (
    select position, digest, row_number() over (partition by digest order by position) as nth
    from staged
) s
join (
    select id, digest, row_number() over (partition by digest order by position, id) as nth
    from former
) f using (digest, nth)
"""

_MATCH_WORDS = """
insert into matched (position, id, is_same)
select s.position, f.id, false
from (
    select position, md5(text) as words,
           row_number() over (partition by md5(text) order by position) as nth
    from staged
    where text <> '' and not exists (select from matched m where m.position = staged.position)
) s
join (
    select id, words, row_number() over (partition by words order by position, id) as nth
    from former
    where not exists (select from matched m where m.id = former.id)
) f using (words, nth)
"""

# An entry that its agency withdrew stays withdrawn; one that was corrected by hand to what the file
# says now needs no change either.
_NOTHING_TO_CHANGE = """
update matched m set is_same = true
from staged s, chronologies_entry e
where not m.is_same and s.position = m.position and e.id = m.id
  and (e.withdrawn_at is not null or ({staged}) is not distinct from ({entry}))
"""

_LEFT_IN_FILE = """
select position, date_earliest, date_latest, text from staged s
where not exists (select from matched m where m.position = s.position) order by position
"""

# A text that was changed by hand may be nearer to the file in the words it was imported with.
_LEFT_IN_CHRONOLOGY = """
select e.id, e.date_earliest, e.date_latest, e.text,
       (select v.snapshot ->> 'text' from chronologies_entryversion v
        where v.entry_id = e.id order by v.number limit 1)
from former f join chronologies_entry e on e.id = f.id
where not f.is_withdrawn and not exists (select from matched m where m.id = f.id)
order by e.position, e.id
"""

_LIKEST_FILES = """
select e.source_file_id, count(distinct s.position)
from staged s join chronologies_entry e on e.digest = s.digest
where e.review_id = %s and e.participation_id is not distinct from %s
  and e.source_file_id is not null and e.dropped_by_id is null
group by 1
"""

_CHANGES = """
select m.id, to_jsonb(e) - 'search', to_jsonb(s)
from matched m
join staged s on s.position = m.position
join chronologies_entry e on e.id = m.id
where not m.is_same order by m.position
"""

_REMOVALS = """
select e.id, to_jsonb(e) - 'search'
from former f join chronologies_entry e on e.id = f.id
where not f.is_withdrawn and not exists (select from matched m where m.id = f.id)
order by e.position, e.id
"""

_ADDITIONS = """
select position, to_jsonb(s) from staged s
where not exists (select from matched m where m.position = s.position) order by position
"""

_COUNTS = """
select (select count(*) from staged),
       (select count(*) from matched where is_same),
       (select count(*) from matched where not is_same),
       (select count(*) from former f
        where not is_withdrawn and not exists (select from matched m where m.id = f.id))
"""

_STEPS = """
select coalesce(md5(string_agg(step, ' ' order by step)), '')
from (
    select 'change ' || m.id || ' ' || coalesce(e.changed_at::text, '') as step
    from matched m join chronologies_entry e on e.id = m.id where not m.is_same
    union all
    select 'remove ' || id from former f
    where not is_withdrawn and not exists (select from matched m where m.id = f.id)
) steps
"""


@dataclass(frozen=True)
class Comparison:
    replaces: SourceFile | None
    added: int
    changed: int
    removed: int
    unchanged: int
    sign: str
    is_staged: bool = False

    @property
    def counts(self):
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
        }


def compare(spool, review, participation, *, name, is_further=False):
    """Compare the rows of a file with what is there. Where nothing is, everything is new."""
    earlier = _SavedFiles(review, participation)
    if is_further or not earlier.files:
        return Comparison(None, spool.rows, 0, 0, 0, _sign(None, spool, ""))
    stage(spool)
    replaces = earlier.corrected_by(name)
    _match(earlier.chain(replaces))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        rows, unchanged, changed, removed = cursor.fetchone()
        cursor.execute(_STEPS)
        (steps,) = cursor.fetchone()
    return Comparison(
        replaces=replaces,
        added=rows - unchanged - changed,
        changed=changed,
        removed=removed,
        unchanged=unchanged,
        sign=_sign(replaces, spool, steps),
        is_staged=True,
    )


def _sign(replaces, spool, steps):
    """Two comparisons that would do the same have the same sign."""
    said = f"{replaces.pk if replaces else ''} {spool.digest} {steps}"
    return hashlib.sha256(said.encode()).hexdigest()


def ready(spool, comparison):
    """Make sure that `saving` finds the rows and their matches in place."""
    if not comparison.is_staged:
        stage(spool)
        _match([])


def stage(spool):
    """Put the rows of a spool where SQL can reach them."""
    with connection.cursor() as cursor:
        # A command or a test may compare twice in one transaction.
        cursor.execute("drop table if exists staged, former, matched")
        cursor.execute(_STAGE.format(columns=", ".join(COLUMNS)))
        spool.copy_into(cursor, "staged")


def _match(file_ids):
    """Pair the rows with the entries that came from these files."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, [file_ids])
        cursor.execute(_MATCH_WHOLE)
        if file_ids:
            cursor.execute("analyze staged, former, matched")
            cursor.execute(_MATCH_WORDS)
            _match_nearly(cursor)
            cursor.execute(_NOTHING_TO_CHANGE.format(staged=_listed("s"), entry=_listed("e")))


def _listed(table):
    return ", ".join(f"{table}.{column}" for column in CONTENT)


class _SavedFiles:
    """The files already in a chronology; a corrected one and its corrections are one chain."""

    def __init__(self, review, participation):
        self.place = (review.pk, participation.pk if participation else None)
        files = SourceFile.objects.in_place(review, participation).saved().order_by("pk")
        self.files = {file.pk: file for file in files}
        self.next = {file.replaces_id: file.pk for file in files if file.replaces_id}

    def corrected_by(self, name):
        """The newest file of that name; else the one whose entries make up half of the new file."""
        same_name = [f for f in self._newest() if f.name.casefold() == name.casefold()]
        if same_name:
            return same_name[-1]
        return self._likest()

    def _newest(self):
        return [file for pk, file in self.files.items() if pk not in self.next]

    def _likest(self):
        alike = defaultdict(int)
        with connection.cursor() as cursor:
            cursor.execute(_LIKEST_FILES, self.place)
            for file_id, count in cursor.fetchall():
                alike[self._newest_of(file_id)] += count
            cursor.execute("select count(*) from staged")
            (rows,) = cursor.fetchone()
        best = max(alike, key=lambda pk: (alike[pk], pk), default=None)
        return self.files[best] if best and alike[best] * 2 >= rows else None

    def _newest_of(self, pk):
        while pk in self.next:
            pk = self.next[pk]
        return pk

    def chain(self, file):
        """The file, the one it corrects, the one that this corrects, and so on."""
        pks = []
        while file:
            pks.append(file.pk)
            file = self.files.get(file.replaces_id)
        return pks


def _match_nearly(cursor):
    cursor.execute(_LEFT_IN_FILE)
    rows = _by_date((position, day, [text]) for position, *day, text in cursor.fetchall())
    cursor.execute(_LEFT_IN_CHRONOLOGY)
    entries = _by_date(
        (pk, day, [text, first or text]) for pk, *day, text, first in cursor.fetchall()
    )
    pairs = [
        pair for day in rows.keys() & entries.keys() for pair in _alike(rows[day], entries[day])
    ]
    if pairs:
        cursor.copy_from(_Lines(pairs), "matched", columns=("position", "id", "is_same"))


def _by_date(found):
    grouped = defaultdict(list)
    for key, day, texts in found:
        grouped[tuple(day)].append((key, texts))
    return grouped


def _alike(rows, entries):
    """The likest pairs first, each row and each entry once."""
    if len(rows) * len(entries) > MOST_PAIRS:
        return
    ranked = sorted(
        (-score, r, e)
        for r, (_, (words,)) in enumerate(rows)
        for e, (_, texts) in enumerate(entries)
        if (score := max(fuzz.token_sort_ratio(words, text) for text in texts)) >= NEARLY
    )
    taken_rows, taken_entries = set(), set()
    for _, r, e in ranked:
        if r not in taken_rows and e not in taken_entries:
            taken_rows.add(r)
            taken_entries.add(e)
            yield rows[r][0], entries[e][0]


class _Lines:
    """Pairs as COPY reads them."""

    def __init__(self, pairs):
        self.text = "".join(f"{position}\t{pk}\tf\n" for position, pk in pairs)
        self.at = 0

    def read(self, size=-1):
        end = len(self.text) if size < 0 else self.at + size
        piece, self.at = self.text[self.at : end], end
        return piece

    readline = read


def changes(limit=SHOWN):
    """(id, columns that differ, before, after) of each entry that would change."""
    return [
        (pk, [column for column in CONTENT if before[column] != after[column]], before, after)
        for pk, before, after in _fetch(_CHANGES, limit)
    ]


def removals(limit=SHOWN):
    return [before for _, before in _fetch(_REMOVALS, limit)]


def additions(limit=SHOWN):
    return [after for _, after in _fetch(_ADDITIONS, limit)]


def _fetch(sql, limit):
    """Rows of an id and of whole rows, which Django leaves as JSON."""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} limit %s", [limit])
        return [(pk, *map(json.loads, rows)) for pk, *rows in cursor.fetchall()]
