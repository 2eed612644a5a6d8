"""script/bench [GROUP]... [--quick]: figures as JSON, each beside its reference of the same run.

Every figure is the median of runs that take turns with their reference, so that a busy machine slows
both. `--quick` uses small sizes, to see that it runs. What it is doing goes to the error stream.
"""

import argparse
import json
import os
import sys
from contextlib import contextmanager
from importlib import import_module

from bench.figures import Sizes

GROUPS = {
    "lists": "a page and the count of what a person may see, against bare SQL",
    "dashboards": "the actions of all plans: a page and its count, the figures, a breakdown",
    "pages": "whole pages, and their queries at 1, 3 and 50 rows",
    "timeline": "the timeline of 5,000 entries of 15 agencies, against bare SQL and a list of 50",
    "imports": "a workbook of 50,000 rows read and saved, and the memory it takes",
    "documents": "PDFs of a plan and of chronologies",
    "reports": "an overview report of about 70 pages: first, unchanged, after a change, one section",
    "files": "a long file sealed and opened again, against one kept as it came",
    "scan": "the identity scan of a Word file of 25, 100 and 400 pages, with a register of 60 people",
    "writing": "a paragraph saved in a report of 600, and the page of its section",
    "mismatches": "the mismatch finder on 1,000, 5,000 and 30,000 entries, and after one change",
}


def main():
    chosen = _arguments()
    sizes = Sizes.small() if chosen.quick else Sizes()
    with _database():
        figures = {group: _measure(group, sizes) for group in chosen.groups or GROUPS}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def _arguments():
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Measures speed, each figure beside a reference of the same run.",
        epilog="Groups: " + "; ".join(f"{name}: {what}" for name, what in GROUPS.items()) + ".",
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    chosen = parser.parse_args()
    if unknown := set(chosen.groups) - set(GROUPS):
        parser.error(
            f"there is no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}"
        )
    return chosen


def _measure(group, sizes):
    sys.stderr.write(f"{group} ...\n")
    return import_module(f"bench.{group}").measure(sizes)


@contextmanager
def _database():
    """One of our own on the tests' server, made by the owner, used as the application role."""
    from tests.embedded import servers

    database = servers().create_database(f"bench_{os.getpid()}")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dhr.settings",
        "SECRET_KEY": "of the bench, which guards nothing",
        "VAULT_KEYS": "be" * 32,
        "DHR_INSECURE_LOCAL": "1",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database.application_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "REDIS_URL": servers().redis_url,
    }
    try:
        _migrate()
        yield
    finally:
        servers().drop_database(database.name)


def _migrate():
    import django
    from django.core.management import call_command

    django.setup()
    sys.stderr.write("setting up ...\n")
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
