"""Carries out what `comparing` found: one transaction, in the database, whatever the number of rows."""

import json

from django.db import connection

from chronologies.spool import COLUMNS, CONTENT, PLACE
from chronologies.versions import keep_versions

_INSERT = """
insert into chronologies_entry
    (review_id, participation_id, source_file_id, {columns}, on_behalf, created_at, created_by_id)
select %(review)s, %(participation)s, %(file)s, {columns}, %(on_behalf)s, now(), %(by)s
from staged s where not exists (select from matched m where m.position = s.position)
"""

# A doubt that somebody settled stays settled while the row still raises it.
_DOUBTS = """
coalesce((
    select jsonb_agg(case when exists (
        select from jsonb_array_elements(e.doubts) o
        where o ->> 'column' = d ->> 'column' and o ->> 'message' = d ->> 'message'
          and (o ->> 'settled')::boolean
    ) then d || '{"settled": true}' else d end)
    from jsonb_array_elements(s.doubts) d
), '[]')
"""

_CHANGE = """
update chronologies_entry e
set {content}, {place}, digest = s.digest, source_file_id = %(file)s,
    doubts = {doubts} || case when e.changed_at is null then '[]' else %(both)s::jsonb end,
    changed_at = now(), changed_by_id = %(by)s
from matched m join staged s on s.position = m.position
where e.id = m.id and not m.is_same
"""

# The same entry at another place of the file: it is no change, but it is found there from now on.
_MOVE = """
update chronologies_entry e
set {place}, digest = s.digest, source_file_id = %(file)s
from matched m join staged s on s.position = m.position
where e.id = m.id and m.is_same and ({theirs}, s.digest) is distinct from ({ours}, e.digest)
"""

_DROP = """
update chronologies_entry e
set withdrawn_at = now(), withdrawn_by_id = %(by)s, dropped_by_id = %(file)s
where e.id in ({which})
"""

_CHANGED = "select id from matched where not is_same"
_DROPPED = """
select f.id from former f
where not f.is_withdrawn and not exists (select from matched m where m.id = f.id)
"""

CHANGED_ON_BOTH_SIDES = (
    "This entry had been changed by hand, and the file now says something else. "
    "It shows what the file says; what it said before is in its history."
)
DROPPED = "The corrected file no longer has this row."


def _set(columns):
    return ", ".join(f"{column} = s.{column}" for column in columns)


def _of(table, columns):
    return ", ".join(f"{table}.{column}" for column in columns)


def carry_out(source_file, *, by, on_behalf, reason=""):
    """Add, change and withdraw; the tables of `comparing` say what."""
    values = {
        "review": source_file.review_id,
        "participation": source_file.participation_id,
        "file": source_file.pk,
        "by": by.pk if by else None,
        "on_behalf": on_behalf,
        "both": json.dumps(
            [{"column": "", "heading": "", "message": CHANGED_ON_BOTH_SIDES, "settled": False}]
        ),
    }
    who = {"by": by, "on_behalf": on_behalf}
    keep_versions(_CHANGED, **who, reason=reason)
    keep_versions(_DROPPED, **who, reason=reason or DROPPED)
    with connection.cursor() as cursor:
        cursor.execute(_DROP.format(which=_DROPPED), values)
        cursor.execute(
            _CHANGE.format(content=_set(CONTENT), place=_set(PLACE), doubts=_DOUBTS), values
        )
        cursor.execute(
            _MOVE.format(place=_set(PLACE), theirs=_of("s", PLACE), ours=_of("e", PLACE)), values
        )
        cursor.execute(_INSERT.format(columns=", ".join(COLUMNS)), values)
