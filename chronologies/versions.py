"""What an entry said is kept before it changes. All in SQL, because a corrected file may change thousands."""

from django.db import connection

from chronologies.spool import CONTENT

_KEEP = """
insert into chronologies_entryversion (entry_id, number, snapshot, reason, on_behalf, at, by_id)
select e.id,
       coalesce((select max(v.number) from chronologies_entryversion v where v.entry_id = e.id), 0) + 1,
       jsonb_build_object({snapshot}),
       %(reason)s, %(on_behalf)s, now(), %(by)s
from chronologies_entry e where e.id in ({which})
"""

_SNAPSHOT = ", ".join(f"'{column}', e.{column}" for column in (*CONTENT, "doubts"))


def keep_versions(which, params=None, *, by, reason="", on_behalf=False):
    """Keep the entries whose ids the query `which` gives, as they stand now."""
    values = {"by": by.pk if by else None, "reason": reason, "on_behalf": on_behalf}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(snapshot=_SNAPSHOT, which=which), values | (params or {}))
        return cursor.rowcount


def keep_version(entry, *, by, reason="", on_behalf=False):
    keep_versions("%(entry)s", {"entry": entry.pk}, by=by, reason=reason, on_behalf=on_behalf)
