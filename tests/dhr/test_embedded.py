import json
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest

from dhr import local
from tests.dhr.processes import answers, eventually, is_alive, processes_with

USER = """
import json, sys
from dhr.embedded import Use
use = Use(sys.argv[1]).begin()
print(json.dumps(use.addresses()), flush=True)
sys.stdin.read()
use.end()
"""


class User:
    """A process of its own that uses an embedded server until it is told to end."""

    def __init__(self, name, folder):
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", USER, name],
            env=os.environ | {"DHR_LOCAL": str(folder)},
            cwd=local.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addresses = json.loads(self.process.stdout.readline() or "null")

    def end(self):
        self.process.communicate()

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def use(tmp_path):
    users = []

    def begin(name):
        users.append(User(name, tmp_path / "local"))
        return users[-1]

    yield begin
    for user in users:
        if user.process.poll() is None:
            user.end()


def test_server_is_shared_and_stops_after_its_last_user(use):
    one, other = use("valkey"), use("valkey")
    one.end()
    answered_while_used = answers(other.addresses["url"])
    other.end()

    assert one.addresses == other.addresses
    assert answered_while_used
    assert not answers(other.addresses["url"])


def test_server_stops_when_its_only_user_was_killed(use):
    user = use("valkey")

    user.kill()

    assert eventually(lambda: not answers(user.addresses["url"]))


def test_server_that_was_killed_comes_back_where_it_was(use):
    user = use("valkey")
    [server] = processes_with("valkey-server", f"127.0.0.1:{urlsplit(user.addresses['url']).port}")

    os.kill(server, signal.SIGKILL)

    assert eventually(lambda: not is_alive(server) and answers(user.addresses["url"]))


def test_database_starts_after_its_first_start_was_killed_half_way(use, tmp_path):
    left_behind = tmp_path / "local" / "test-postgres" / "data.unfinished"
    left_behind.mkdir(parents=True)
    (left_behind / "PG_VERSION").write_text("18\n")

    user = use("test-postgres")

    with psycopg2.connect(user.addresses["admin"]) as connection, connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
    assert not left_behind.exists()


def test_server_ends_when_its_keeper_was_killed(use, tmp_path):
    user = use("valkey")
    [keeper] = processes_with(str(tmp_path), "-m\0dhr.embedded\0")

    os.kill(keeper, signal.SIGKILL)

    assert eventually(lambda: not answers(user.addresses["url"]))


def test_postgresql_keeps_its_port_and_its_rows(use):
    first = use("postgres")
    run(first.addresses["owner"], "CREATE TABLE kept (word text)")
    run(first.addresses["application"], "INSERT INTO kept VALUES ('here')")
    first.end()

    second = use("postgres")

    assert second.addresses == first.addresses
    assert run(second.addresses["application"], "SELECT word FROM kept") == [("here",)]


def test_postgresql_says_what_to_do_when_its_passwords_are_lost(use, tmp_path):
    use("postgres").end()
    (tmp_path / "local" / "secrets.json").unlink()

    process = subprocess.run(  # noqa: S603
        [sys.executable, "-c", USER, "postgres"],
        env=os.environ | {"DHR_LOCAL": str(tmp_path / "local")},
        cwd=local.ROOT,
        capture_output=True,
        text=True,
    )

    folder = tmp_path / "local" / "postgres"
    assert process.stderr.strip().splitlines()[-1] == (
        f"dhr.local.Sentence: {folder} was made with other passwords than those of"
        f" {tmp_path}/local/secrets.json. Remove {folder} to start with an empty one."
    )


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE rows",
        "ALTER TABLE rows ADD COLUMN more text",
        "DROP TABLE rows",
        "CREATE TABLE others (word text)",
        "ALTER DEFAULT PRIVILEGES FOR ROLE dhr_owner GRANT ALL ON TABLES TO dhr_app",
        "SET ROLE dhr_owner",
    ],
)
def test_application_role_cannot_alter_what_the_owner_made(empty_database, statement):
    run(empty_database.owner_url, "CREATE TABLE IF NOT EXISTS rows (word text)")

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(empty_database.application_url, statement)


def run(url, statement):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
