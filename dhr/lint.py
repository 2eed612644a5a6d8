"""script/lint: what the code must be before any test is worth running."""

import os
import sys
from pathlib import Path

from dhr.environment import services
from dhr.local import ROOT, Sentence
from dhr.processes import run

MANAGE = [sys.executable, str(ROOT / "manage.py")]


def lint(arguments):
    if arguments:
        raise Sentence("script/lint takes no arguments.")
    failed = _failing(_code_checks(), dict(os.environ))
    with services() as held:
        failed += _failing(_django_checks(), held.environment() | _AS_IN_PRODUCTION)
    if failed:
        sys.stderr.write(f"Lint failed: {', '.join(failed)}.\n")
    return 1 if failed else 0


def _failing(checks, environment):
    return [name for name, argv in checks.items() if run(argv, environment, cwd=ROOT)]


def _code_checks():
    templates = [
        str(path)
        for pattern in ("templates", "*/templates", "*/*/templates")
        for folder in ROOT.glob(pattern)
        for path in sorted(folder.rglob("*.html"))
    ]
    return {
        "ruff check": [_program("ruff"), "check", "--quiet"],
        "ruff format": [_program("ruff"), "format", "--check", "--quiet"],
        "import-linter": [_program("lint-imports"), "--no-logo"],
        "djade": [_program("djade"), "--check", "--target-version", "5.2", *templates],
    }


def _program(name):
    return str(Path(sys.executable).with_name(name))


def _django_checks():
    return {
        "makemigrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "check --deploy": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    }


# A setting that is safe on one machine only must not pass.
_AS_IN_PRODUCTION = {
    "DHR_DEMO": "0",
    "DHR_INSECURE_LOCAL": "0",
    "ALLOWED_HOSTS": "reviews.example",
    "SERVICE_URL": "https://reviews.example",
}
