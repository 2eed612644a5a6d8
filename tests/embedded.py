"""The servers that the tests use: the embedded ones, or those of DATABASE_URL and REDIS_URL.

Every process of a test run asks for them; the first starts them and they stop after the last.
"""

import functools
import os
from dataclasses import dataclass

from dhr import local
from dhr.database_roles import (
    APPLICATION,
    OWNER,
    Administrator,
    create_roles_and_database,
    with_login,
)
from dhr.embedded import Use


@dataclass(frozen=True)
class Database:
    name: str
    owner_url: str
    application_url: str


@dataclass(frozen=True)
class Servers:
    admin_url: str
    redis_url: str

    def create_database(self, name):
        """An empty one, with the owner's and the application's rights divided as in production."""
        self.drop_database(name)
        urls = create_roles_and_database(
            self.admin_url, database=name, passwords=local.local_secrets()
        )
        return Database(name, owner_url=urls[OWNER], application_url=urls[APPLICATION])

    def copy_database(self, template, name):
        """A copy of a database: quicker than migrating again.

        Ends every connection to `template`: a browser that left a page half-way keeps one open.
        """
        self.drop_database(name)
        with Administrator(self.admin_url) as admin:
            admin.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                template,
            )
            admin.run(
                "CREATE DATABASE {name} TEMPLATE {template} OWNER {owner}",
                name=name,
                template=template,
                owner=OWNER,
            )
            admin.divide_connecting(name)
        return self.database(name)

    def database(self, name):
        """The addresses of one that exists."""
        passwords = local.local_secrets()
        owner_url, application_url = (
            with_login(self.admin_url, user=role, password=passwords[role], database=name)
            for role in (OWNER, APPLICATION)
        )
        return Database(name, owner_url=owner_url, application_url=application_url)

    def has_database(self, name):
        with Administrator(self.admin_url) as admin:
            return admin.has_database(name)

    def drop_database(self, name):
        with Administrator(self.admin_url) as admin:
            admin.run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


@functools.cache
def servers():
    """Started when the first test process asks; held up until this process ends."""
    return Servers(
        admin_url=_url("DHR_TEST_DATABASE_URL", given="DATABASE_URL", ours="test-postgres"),
        redis_url=_url("DHR_TEST_REDIS_URL", given="REDIS_URL", ours="test-valkey"),
    )


def _url(name, *, given, ours):
    """What the first process found is told to its workers, which inherit its environment.

    They cannot look at DATABASE_URL themselves: the settings of the tests have set that by then.
    """
    if name not in os.environ:
        os.environ[name] = os.environ.get(given) or _embedded(ours)
    return os.environ[name]


def _embedded(name):
    _held.append(Use(name).begin())
    addresses = _held[-1].addresses()
    return addresses.get("admin") or addresses["url"]


_held = []
