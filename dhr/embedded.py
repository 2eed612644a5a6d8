"""The real PostgreSQL and Valkey, out of a wheel, for a machine that has none.

Each server has a keeper: a small process that starts it, starts it again when it dies, and ends when
nobody uses it any more. Whoever uses a server holds a shared lock on one file (`Use`), which the
kernel gives back even from a process that was killed; so nothing has to be counted and nothing is left
running.

`python -m dhr.embedded NAME` is a keeper.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from dhr import local
from dhr.account import NoAccount
from dhr.embedded_servers import SERVERS, last_line
from dhr.local import Sentence
from dhr.supervisor import Program, Supervisor

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
SECONDS_FOR_A_KEEPER_TO_APPEAR = 2
KEEPERS_BEFORE_GIVING_UP = 3
DEATHS_BEFORE_GIVING_UP = 4


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
        keeper = _told(self.name).get("keeper")
        self.lock.close()
        self.lock = None
        deadline = time.monotonic() + SECONDS_TO_STOP
        while _has_keeper(self.name) and time.monotonic() < deadline:
            if _has_other_users(self.name):
                return
            time.sleep(0.05)
        if keeper:
            with suppress(ChildProcessError):  # somebody else's
                os.waitpid(keeper, os.WNOHANG if time.monotonic() >= deadline else 0)


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
            addresses = self.server.addresses(port)
            local.write_private(self.state, {"keeper": os.getpid(), "addresses": addresses})
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
    said = last_line(log.read_text(errors="replace")) if log.exists() else "it said nothing"
    return f"The embedded {name} does not start: {said} (see {log})."


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
