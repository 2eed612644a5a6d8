import os
import shutil
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase

from chronologies.marking.house import install as install_themes
from chronologies.marking.models import Theme
from reports.layouts.house import install as install_layouts
from reports.models import DocumentTemplate, SectionTemplate
from reviews.rules import PARTNERSHIP_ROLES, SITE_ROLES
from reviews.services import appoint, give_role
from tests.embedded import servers
from tests.factories.accounts import UserFactory
from tests.settings import DATABASE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs its own loop
CHROMIUM = os.environ.get("DHR_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


# --- The database: made and migrated by the owner, used as the application role --------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    servers().create_database(DATABASE)
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        connections["owner"].close()
        yield
        for connection in connections.all():
            connection.close()
    servers().drop_database(DATABASE)


def _as_administrator():
    parts = urlsplit(servers().admin_url)
    return psycopg2.connect(urlunsplit(parts._replace(path=f"/{DATABASE}")))


_KEPT = ("django_migrations", "django_content_type", "auth_permission")
# Only what holds something: to truncate hundreds of empty tables takes seconds.
_EMPTY = """
set session_replication_role = replica;
do $$ declare t regclass; holds boolean; s text; begin
  for t in select oid from pg_class
           where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
             and relname <> all(%s) loop
    execute format('select exists (select from %%s)', t) into holds;
    continue when not holds;
    execute format('delete from %%s', t);
    for s in select pg_get_serial_sequence(t::text, attname) from pg_attribute
             where attrelid = t and attidentity <> '' loop
      perform setval(s, 1, false);
    end loop;
  end loop;
end $$;
"""


def _empty_every_table(self):
    """What Django does with TRUNCATE, which the application role may not."""
    connections["default"].close()
    with _as_administrator() as administrator, administrator.cursor() as cursor:
        cursor.execute(_EMPTY, [list(_KEPT)])
    administrator.close()
    # These came with a migration, which is not run again.
    install_themes(Theme)
    install_layouts(DocumentTemplate, SectionTemplate)


TransactionTestCase._fixture_teardown = _empty_every_table


# --- People -------------------------------------------------------------------------------------


def with_role(role, review=None, participation=None, partnership=None):
    """Somebody who holds a role in one place, and nothing else."""
    user = UserFactory()
    if role in SITE_ROLES:
        appoint(user=user, role=role, by=None)
    elif role in PARTNERSHIP_ROLES:
        appoint(user=user, role=role, partnership=partnership or review.partnership, by=None)
    else:
        give_role(user=user, role=role, review=review, participation=participation, by=None)
    return user


@pytest.fixture
def sign_in(client, db):
    """sign_in(Role.CHAIR, review) signs in somebody who holds that role there."""

    def as_(role, review=None, participation=None, partnership=None):
        user = with_role(role, review, participation, partnership)
        client.force_login(user)
        return user

    return as_


# --- The browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def pytest_collection_modifyitems(items):
    items.sort(key=_minutes_first)
    if CHROMIUM:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("Journeys need Chromium: install Debian's package chromium.")
    skip = pytest.mark.skip(reason="no Chromium on this machine: JOURNEYS NOT TESTED")
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(skip)


_FILES_OF_MINUTES = ("tests/walls/", "tests/journeys/")


def _minutes_first(item):
    """The folders whose files take minutes, so that no worker is left alone with one at the end."""
    return not item.nodeid.startswith(_FILES_OF_MINUTES)
