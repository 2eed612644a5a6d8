"""The two roles of the database: the owner migrates; the application cannot alter a table.

Run by whoever administers the server: the embedded one, a developer's own, or that of
docker-compose.yml. Safe to run again.
"""

import os
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

OWNER = "dhr_owner"
APPLICATION = "dhr_app"
DATABASE = "dhr"
_ONE_AT_A_TIME = 7403  # roles are the whole server's: two test workers must not write one at once


class MayNotCreateRoles(Exception):
    """The given connection is not allowed to make what the product needs."""


def with_login(url, *, user=None, password=None, database=None):
    """The same server, as somebody else or in another database."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    user = quote(user or unquote(parts.username or ""), safe="")
    password = quote(password or unquote(parts.password or ""), safe="")
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    path = f"/{quote(database, safe='')}" if database else parts.path
    return urlunsplit((parts.scheme, login + where, path, parts.query, ""))


def create_roles_and_database(admin_url, *, database, passwords):
    """Both roles and a database of the owner's, on a server that we administer."""
    with Administrator(admin_url) as admin:
        admin.run("SELECT pg_advisory_lock(%s)", _ONE_AT_A_TIME)
        for role in (OWNER, APPLICATION):
            admin.create_role(role, passwords[role])
        admin.create_database(database)
    inside = with_login(admin_url, database=database)
    with Administrator(inside) as admin:
        admin.divide_rights(database, owner=OWNER)
    return {
        role: with_login(inside, user=role, password=passwords[role])
        for role in (OWNER, APPLICATION)
    }


def create_application_role(owner_url, password):
    """The application's role beside an owner that was given to us; its URL."""
    application_url = with_login(owner_url, user=APPLICATION, password=password)
    try:
        with Administrator(owner_url) as admin:
            if not _opens(application_url):
                admin.create_role(APPLICATION, password)
            admin.divide_rights(admin.database, owner=admin.user)
    except psycopg2.errors.InsufficientPrivilege as error:
        raise MayNotCreateRoles(
            "DATABASE_URL may not create the application's role dhr_app. Give a connection that"
            " may, or give both roles: DATABASE_URL for the application and DATABASE_OWNER_URL for"
            " the owner."
        ) from error
    return application_url


class Administrator:
    """A connection that commits each statement."""

    def __init__(self, url):
        self.connection = psycopg2.connect(url, connect_timeout=10)
        self.connection.autocommit = True
        self.user = self.connection.info.user
        self.database = self.connection.info.dbname

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def run(self, statement, *values, **names):
        with self.connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(statement).format(**{k: sql.Identifier(v) for k, v in names.items()}),
                values or None,
            )
            return cursor.fetchall() if cursor.description else []

    def create_role(self, role, password):
        if not self.run("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            self.run("CREATE ROLE {role}", role=role)
        self.run(
            "ALTER ROLE {role} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %s",
            password,
            role=role,
        )

    def has_database(self, database):
        return bool(self.run("SELECT 1 FROM pg_database WHERE datname = %s", database))

    def create_database(self, database, *, owner=OWNER):
        if not self.has_database(database):
            self.run(
                "CREATE DATABASE {database} OWNER {owner} TEMPLATE template0",
                database=database,
                owner=owner,
            )

    def divide_connecting(self, database):
        """Only the two roles come in."""
        names = {"database": database, "application": APPLICATION}
        self.run("REVOKE ALL ON DATABASE {database} FROM PUBLIC", **names)
        self.run("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {application}", **names)

    def divide_rights(self, database, *, owner):
        """The owner makes tables; the application reads and writes rows, and nothing more."""
        self.divide_connecting(database)
        for statement in (
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
            "GRANT USAGE ON SCHEMA public TO {application}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT USAGE, SELECT ON SEQUENCES TO {application}",
        ):
            self.run(statement, owner=owner, application=APPLICATION)


def _opens(url):
    try:
        psycopg2.connect(url, connect_timeout=10).close()
    except psycopg2.OperationalError:
        return False
    return True


def _variable(name):
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ[name]


def main():
    """For docker-compose.yml: what the two URLs say, on the server that the third administers."""
    owner = urlsplit(_variable("DATABASE_OWNER_URL"))
    application = urlsplit(_variable("DATABASE_URL"))
    if (owner.username, application.username) != (OWNER, APPLICATION):
        sys.exit(f"DATABASE_OWNER_URL must be of {OWNER} and DATABASE_URL of {APPLICATION}.")
    create_roles_and_database(
        _variable("DATABASE_ADMIN_URL"),
        database=owner.path.strip("/"),
        passwords={OWNER: unquote(owner.password), APPLICATION: unquote(application.password)},
    )


if __name__ == "__main__":
    main()
