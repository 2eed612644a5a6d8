"""A process that is killed at any of its writes: what it leaves behind, and what the next one makes of it."""

import re
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from foundations.vault.models import FileKey, StoredFile

# Of what belongs to the work. Keys and rules of the house are made by whoever first needs them, and stay.
WRITES = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?:reports_|post_|vault_storedfile|vault_filekey)'
    r"|select audit_record"
)
MOST = 200  # writes of one act


class Killed(BaseException):
    """As little to be caught as the end of a process."""


@contextmanager
def killed_at(n):
    """The process ends when it is about to write for the nth time."""
    left = iter(range(n - 1))

    def write(execute, sql, params, many, context):
        if WRITES.match(sql) and next(left, None) is None:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write):
        yield


def kept():
    """{table: its rows, in one digest} of what the reports, the trail and the files hold."""
    rooms = [apps.get_app_config(label).get_models() for label in ("reports", "audit")]
    tables = [one._meta.db_table for room in (*rooms, (StoredFile, FileKey)) for one in room]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select md5(string_agg(t::text, '' order by t::text)) from {table} t")  # noqa: S608
            (found[table],) = cursor.fetchone()
    return found


def killed_at_each_write(act, *, meanwhile=lambda: None):
    """`act` is tried until it comes to its end, killed one write later each time; `meanwhile` stands
    before each try. Returns (how often it was killed, how often that left anything behind)."""
    before, left = kept(), 0
    for n in range(1, MOST):
        meanwhile()
        try:
            with killed_at(n):
                act()
        except Killed:
            left += kept() != before
        else:
            return n - 1, left
    raise AssertionError(f"It writes more often than {MOST} times.")
