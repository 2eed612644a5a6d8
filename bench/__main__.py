"""script/bench [GROUP]... [--quick]: figures as JSON, each beside its reference of the same run.

Groups: lists, import, pdf. Every figure is the median of runs that take turns with the reference, so
that a busy machine slows both. `--quick` uses small sizes, to see that it runs.
"""

import argparse
import json
import os
import sys

from bench.figures import Sizes

DATABASE = "dhr_bench"


def main():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="lists, import, pdf")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    sizes = Sizes.small() if chosen.quick else Sizes()
    groups = chosen.groups or ["lists", "import", "pdf"]
    if unknown := set(groups) - {"lists", "import", "pdf"}:
        parser.error(f"no group {', '.join(sorted(unknown))}")
    _set_up()
    figures = {}
    for group in groups:
        say(f"measuring {group} ...")
        figures[group] = _measure(group, sizes)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def say(text):
    sys.stderr.write(f"{text}\n")


def _set_up():
    """A database of its own on the tests' server, migrated by the owner, used by the application."""
    from tests.embedded import servers

    database = servers().create_database(DATABASE)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dhr.settings",
        "SECRET_KEY": "of the bench, which guards nothing",
        "DHR_INSECURE_LOCAL": "1",
        "DATABASE_URL": database.application_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "REDIS_URL": servers().redis_url,
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _measure(group, sizes):
    """Imported once Django is set up."""
    if group == "lists":
        from bench.lists import measure
    elif group == "import":
        from bench.imports import measure
    else:
        from bench.documents import measure
    return measure(sizes)


if __name__ == "__main__":
    main()
