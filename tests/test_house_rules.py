"""Rules of the house that no single module can keep by itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import URLPattern, get_resolver

from reviews.views import GuardedMixin
from tests.walls import world as worlds
from tests.walls.access_table import OPEN

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = (
    "foundations",
    "audit",
    "accounts",
    "agencies",
    "reviews",
    "chronologies",
    "findings",
    "actionplans",
    "reports",
    "desk",
    "dhr",
)
SOURCES = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]
# views.py, agency_views.py, or any module of a folder called views.
VIEWS = [
    path for path in SOURCES if re.search(r"[/_]views(/\w+)?\.py$", str(path.relative_to(HOUSE)))
]
# Registers of the installation hold no case, and every keeper of them sees them all.
REGISTERS = {"Agency", "Partnership", "Appointment", "User"}


def _pages(resolver=None, space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback
        else:
            yield from _pages(pattern, f"{pattern.namespace}:" if pattern.namespace else space)


def _asks(view):
    view_class = getattr(view, "view_class", object)
    return (
        issubclass(view_class, GuardedMixin)
        and view_class.is_allowed is not GuardedMixin.is_allowed
    )


def _lines(paths, pattern):
    return [
        (str(path.relative_to(HOUSE)), line.strip())
        for path in paths
        for line in path.read_text().splitlines()
        if re.search(pattern, line)
    ]


def test_every_page_asks():
    assert {name for name, view in _pages() if not _asks(view)} == set(OPEN)


def test_views_reach_rows_only_through_visible_to():
    """self.review.people is safe, because self.review came through visible_to."""
    wrong = _lines(VIEWS, r"\.objects\b(?!\.visible_to\()")

    assert [
        (path, line) for path, line in wrong if set(re.findall(r"(\w+)\.objects", line)) - REGISTERS
    ] == []


def test_there_are_views_to_look_at():
    assert {path.relative_to(HOUSE).parts[0] for path in VIEWS} >= {
        "reviews",
        "chronologies",
        "findings",
        "actionplans",
        "desk",
        "reports",
    }


def test_only_the_rules_say_who_may():
    assert (
        _lines(SOURCES, r"\bhas_perms?\b|\bis_superuser\b|\bis_staff\b|permission_required") == []
    )


def test_only_one_room_writes_html():
    python = [path for path in SOURCES if "foundations/gov" not in str(path)]
    templates = sorted((HOUSE / "templates").rglob("*.html"))

    assert _lines(python, r"\bmark_safe\b|\bSafeString\b") == []
    assert _lines(templates, r"\|\s*safe\b|autoescape off|\|\s*safeseq\b") == []


def test_rows_are_asked_for_through_the_models():
    assert _lines(SOURCES, r"\.(raw|extra)\(") == []


def test_the_administrators_site_is_not_installed():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not apps.is_installed("django.contrib.admin")
    assert [name for name, _ in _pages() if name.startswith("admin:")] == []


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_roles_hold_what_the_rules_say():
    worlds.build()

    call_command("sync_roles", check=True, verbosity=0)


@pytest.mark.django_db
def test_a_membership_without_a_reason_is_found():
    world = worlds.build()
    group = world.rows.holder.role_group.group
    world.placements["stranger"].user.groups.add(group)

    with pytest.raises(CommandError, match="1 memberships have no reason"):
        call_command("sync_roles", check=True, verbosity=0)


def test_rooms_import_one_way():
    program = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run(  # noqa: S603
        [program, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False
    )

    assert linted.returncode == 0, linted.stdout
