import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from dhr import local, serve
from dhr.local import ROOT, Sentence
from foundations.post.models import Heartbeat
from tests.dhr.processes import answers, eventually, parent_of, processes_with


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """script/server as a person starts it, with a .local of its own."""
    folder = tmp_path_factory.mktemp("server") / "local"
    port = local.choose_port(None)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "DHR_LOCAL": str(folder),
    }
    server = Server(folder, port, environment)
    yield server
    server.stop()


@pytest.fixture
def server(started):
    if started.process.poll() is not None:
        started.start()
    return started


class Server:
    def __init__(self, folder, port, environment):
        self.folder, self.port, self.environment = folder, port, environment
        self.address = f"http://127.0.0.1:{port}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "dhr.launch", "server", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = []
        while not self.said or "Ctrl-C" not in self.said[-1]:
            line = self.process.stdout.readline()
            if not line:
                self.stop()
                pytest.fail(f"script/server ended: {self.said}")
            self.said.append(line.rstrip())

    def stop(self, number=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=60)

    def manage(self, *arguments):
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "dhr.launch", "manage", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def health(self):
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as response:  # noqa: S310
                return json.load(response)
        except OSError:
            return None

    def processes(self):
        return processes_with(f"DHR_LOCAL={self.folder}")

    def parts(self):
        """What it started itself: not the connections and workers that come and go below."""
        return {each for each in self.processes() if parent_of(each) == self.process.pid}


WORKS = dict.fromkeys(("web", "database", "broker", "worker"), "ok")
WORKS |= {"scanner": "not configured"}


def test_server_says_where_it_is_and_who_can_sign_in(server):
    assert f"Running at {server.address}" in server.said
    assert f"Mail is written to {settings.EMAIL_FILE_PATH}, one file a message." in server.said
    assert "Sign in to the demo as" in server.said


def test_every_part_works_soon_after_the_first_page(server):
    assert eventually(lambda: server.health() == WORKS, seconds=20)


def test_second_server_in_one_checkout_says_so(server):
    second = subprocess.run(
        [sys.executable, "-m", "dhr.launch", "server"],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (second.returncode, second.stderr) == (
        1,
        f"script/server already runs in this checkout (process {server.process.pid},"
        f" {server.address}). Use that one, or stop it first.\n",
    )


def test_manage_uses_the_servers_that_run_and_prints_only_its_own(server):
    before = server.parts()

    result = server.manage("sync_roles", "--check")

    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert server.parts() == before


def test_killed_parts_come_back(server):
    eventually(lambda: server.health() == WORKS, seconds=20)
    for words in ("gunicorn", "worker\0--concurrency", "beat\0--schedule"):
        os.kill(min(processes_with(f"DHR_LOCAL={server.folder}", words)), signal.SIGKILL)

    assert eventually(
        lambda: (
            all(
                processes_with(f"DHR_LOCAL={server.folder}", words)
                for words in ("gunicorn", "worker\0--concurrency", "beat\0--schedule")
            )
            and server.health() == WORKS
        ),
        seconds=20,
    )


def test_stopped_server_leaves_no_process_and_no_port_and_starts_again(server):
    server.stop(signal.SIGINT)
    left = (server.processes(), answers(server.address))
    server.start()

    assert left == ([], False)
    assert server.said[1] == f"Running at {server.address}"


def test_killed_server_leaves_no_process_either(server):
    server.stop(signal.SIGKILL)

    assert eventually(lambda: not server.processes() and not answers(server.address), seconds=30)


def test_port_in_use_names_the_port_and_what_to_do(monkeypatch):
    monkeypatch.setattr(serve, "SECONDS_FOR_A_PORT_TO_CLOSE", 0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(Sentence) as refused:
            serve._wait_for_port(port)

    assert str(refused.value) == (
        f"Port {port} is in use by another program. Stop that program, or choose another port:"
        f" script/server --port {port + 1}"
    )


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_number_that_is_no_port_is_refused(port):
    with pytest.raises(Sentence, match=f"{port} is not a port"):
        serve._wait_for_port(port)


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes_ago", "is_stuck"), [(1, False), (4, True)])
def test_worker_is_stuck_when_its_sign_of_life_is_old(minutes_ago, is_stuck):
    Heartbeat.objects.create(pk=1, at=timezone.now() - timedelta(minutes=minutes_ago))

    with connection.cursor() as cursor:
        cursor.execute(serve.WORKER_IS_STUCK)

        assert cursor.fetchone() == (is_stuck,)
