"""The environment of a local start: what docker-compose.yml gives in production.

Whatever the caller has set is kept. The embedded servers stand in for DATABASE_URL and REDIS_URL when
those are not set.
"""

import os
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg2
import redis

from dhr import local
from dhr.database_roles import APPLICATION, MayNotCreateRoles, create_application_role
from dhr.embedded import Use
from dhr.local import Sentence

DEFAULT_PORT = 8000


@dataclass
class Services:
    """The database and the broker, for as long as the block lasts."""

    database_url: str
    owner_url: str
    redis_url: str
    uses: list = field(default_factory=list)

    def keep_up(self):
        """Start a keeper again that was killed."""
        for use in self.uses:
            use.begin()

    def environment(self, *, port=DEFAULT_PORT):
        """For manage.py: with the owner's connection, which only migrations use."""
        defaults = {
            "DJANGO_SETTINGS_MODULE": "dhr.settings",
            "SECRET_KEY": local.local_secrets()["SECRET_KEY"],
            "DHR_DEMO": "1",
            "DHR_INSECURE_LOCAL": "1",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SERVICE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        }
        if "VAULT_KEYS" not in os.environ:
            defaults["VAULT_KEYS_FILE"] = str(local.vault_keys())
        given = {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
        }
        return defaults | os.environ | given

    def application_environment(self, *, port=DEFAULT_PORT):
        """For web, worker and beat, which never alter a table."""
        environment = self.environment(port=port)
        del environment["DATABASE_OWNER_URL"]
        return environment


@contextmanager
def services():
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    wanted = {"postgres": database_url, "valkey": redis_url}
    uses = {name: Use(name) for name, given in wanted.items() if not given}
    try:
        for use in uses.values():
            use.begin()
        urls = _given_database(database_url) if database_url else uses["postgres"].addresses()
        yield Services(
            database_url=urls["application"],
            owner_url=urls["owner"],
            redis_url=_given_broker(redis_url) if redis_url else uses["valkey"].addresses()["url"],
            uses=list(uses.values()),
        )
    finally:
        for use in uses.values():
            use.end()


@contextmanager
def servers_for_tests():
    """The tests ask for them by themselves; this waits until they have stopped."""
    given = {"test-postgres": "DATABASE_URL", "test-valkey": "REDIS_URL"}
    uses = [Use(name) for name, variable in given.items() if not os.environ.get(variable)]
    try:
        for use in uses:
            use.begin()
        yield
    finally:
        for use in uses:
            use.end()


def _given_database(url):
    """Both roles where both are given; else the one given is the owner and makes the other."""
    _must_answer("DATABASE_URL", url)
    if owner_url := os.environ.get("DATABASE_OWNER_URL"):
        _must_answer("DATABASE_OWNER_URL", owner_url)
        return {"application": url, "owner": owner_url}
    try:
        application_url = create_application_role(url, local.local_secrets()[APPLICATION])
    except MayNotCreateRoles as error:
        raise Sentence(str(error)) from error
    _must_answer("the role dhr_app", application_url)
    return {"application": application_url, "owner": url}


def _must_answer(name, url):
    try:
        psycopg2.connect(url, connect_timeout=10).close()
    except psycopg2.Error as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise Sentence(f"The database of {name} cannot be reached: {reason}") from error


def _given_broker(url):
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=10, socket_timeout=10) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise Sentence(f"The broker of REDIS_URL cannot be reached: {error}") from error
    return url
