"""Brings a database up to date before anything uses it.

As `python -m dhr.prepare [demo]` it is one process for all steps, because starting Django for each
would take longer; that prints what `seed_demo` made as JSON.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import django
import psycopg2
from django.core.management import call_command

from dhr import local
from dhr.local import ROOT, Sentence
from dhr.supervisor import die_with_parent

LOG = local.LOGS / "prepare.log"
ONE_AT_A_TIME = local.RUN / "prepare.lock"


def prepare(environment, *, demo):
    """Bring the database up to date; returns what seed_demo says."""
    with local.locked(ONE_AT_A_TIME):
        return _prepare(environment, ["demo"] if demo else [])


def prepare_if_behind(environment):
    if is_behind(environment["DATABASE_OWNER_URL"]):
        with local.locked(ONE_AT_A_TIME):
            if is_behind(environment["DATABASE_OWNER_URL"]):  # nobody did it meanwhile
                _prepare(environment, [])


def _prepare(environment, wishes):
    with LOG.open("w") as log:
        result = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "dhr.prepare", *wishes],
            check=False,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    if result.returncode:
        said = LOG.read_text().strip().splitlines() or ["it said nothing"]
        raise Sentence(f"The database could not be brought up to date: {said[-1]} (see {LOG})")
    return json.loads(result.stdout or "{}")


def is_behind(owner_url):
    """Whether a migration of ours is not in the database: quicker to ask than with Django."""
    ours = {
        (path.parent.parent.name, path.stem)
        for pattern in ("*/migrations/0*.py", "*/*/migrations/0*.py")
        for path in ROOT.glob(pattern)
    }
    connection = psycopg2.connect(owner_url, connect_timeout=10)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return not ours <= set(cursor.fetchall())
    except psycopg2.errors.UndefinedTable:
        return True
    finally:
        connection.close()


def main(*wishes):
    if path := os.environ.get("DATABASE_OWNER_URL_FILE"):
        os.environ["DATABASE_OWNER_URL"] = Path(path).read_text().strip()
    django.setup()
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    call_command("sync_roles", verbosity=0, stdout=sys.stderr)
    call_command("install_wordings", verbosity=0, stdout=sys.stderr)
    call_command("install_clock", verbosity=0, stdout=sys.stderr)
    call_command("seal_files", verbosity=0, stdout=sys.stderr)
    if "demo" in wishes:
        call_command("seed_demo", format="json", stdout=sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
