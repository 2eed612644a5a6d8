"""script/server: database, broker, demo, web, worker and beat under one supervisor."""

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import psycopg2

from dhr import local
from dhr.environment import DEFAULT_PORT, services
from dhr.local import ROOT, Sentence
from dhr.prepare import prepare
from dhr.processes import STOPS, Stopped
from dhr.supervisor import Program, Supervisor

SECONDS_TO_FIRST_PAGE = 90
DEATHS_BEFORE_GIVING_UP = 3
SECONDS_FOR_A_PORT_TO_CLOSE = 3
SECONDS_BETWEEN_LOOKS_AT_THE_WORKER = 30

_WHAT_TO_DO = {
    local.IN_USE: "Stop that program, or choose another port",
    local.NOT_ALLOWED: "Choose another port",
}


def serve(arguments):
    parser = argparse.ArgumentParser(prog="script/server")
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=f"where it answers; {DEFAULT_PORT} if not given",
    )
    port = parser.parse_args(arguments).port
    with _the_only_server(port):
        _wait_for_port(port)
        with services() as held:
            environment = held.environment(port=port)
            demo = prepare(environment, demo=environment["DHR_DEMO"] == "1")
            _run(held, port, demo)
    return 0


def _run(held, port, demo):
    supervisor = Supervisor(programs(held.application_environment(port=port), port), say=say)
    try:
        _wait_for_first_page(supervisor, port)
        say(_welcome(port, demo))
        _keep_running(supervisor, held)
    except Stopped:
        say("Stopping ...")
    finally:
        _let_a_second_signal_end_all_at_once(supervisor)
        supervisor.stop()


def programs(environment, port):
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app", "dhr"]
    quick = ["--without-mingle", "--without-gossip"]
    argvs = {
        "web": [*python, "gunicorn", "--config", "python:dhr.web", "dhr.wsgi"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *quick],
        "beat": [*celery, "beat", "--schedule", str(local.RUN / "beat"), "--loglevel", "INFO"],
    }
    environment = environment | {"BIND": f"127.0.0.1:{port}"}
    return [
        Program(name, argv, env=environment, cwd=ROOT, log=local.LOGS / f"{name}.log")
        for name, argv in argvs.items()
    ]


# --- Before -------------------------------------------------------------------------------------
@contextmanager
def _the_only_server(port):
    told = local.RUN / "server.json"
    with local.open_lock(local.RUN / "server.lock") as lock:
        if not local.take(lock, patience=1):
            running = local.read(told) or {}
            raise Sentence(
                "script/server already runs in this checkout"
                f" (process {running.get('process')}, {running.get('address')})."
                " Use that one, or stop it first."
            )
        local.write_private(told, {"process": os.getpid(), "address": _address(port)})
        yield


def _wait_for_port(port):
    if not 1 <= port <= 65535:
        raise Sentence(f"{port} is not a port. Give one between 1024 and 65535.")
    # One whose program was killed a moment ago may still be closing.
    deadline = time.monotonic() + SECONDS_FOR_A_PORT_TO_CLOSE
    while reason := local.why_not_free(port):
        if time.monotonic() > deadline or reason != local.IN_USE:
            raise Sentence(
                f"Port {port} {reason}. {_WHAT_TO_DO[reason]}:"
                f" script/server --port {port + 1 if port >= 1024 else DEFAULT_PORT}"
            )
        time.sleep(0.2)


def _wait_for_first_page(supervisor, port):
    deadline = time.monotonic() + SECONDS_TO_FIRST_PAGE
    while time.monotonic() < deadline and supervisor.deaths["web"] < DEATHS_BEFORE_GIVING_UP:
        supervisor.tick()
        if _answers(_address(port)):
            return
        time.sleep(0.1)
    raise Sentence(f"The web server does not start: see {local.LOGS / 'web.log'}.")


def _answers(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310
            return response.status == 200
    except urllib.error.HTTPError as error:
        log = local.LOGS / "web.log"
        raise Sentence(f"The first page answers with error {error.code}: see {log}.") from error
    except OSError:
        return False


def _welcome(port, demo):
    lines = ["", f"Running at {_address(port)}"]
    if sign_ins := demo.get("sign_ins"):
        lines += ["", "Sign in to the demo as", *_table(sign_ins)]
    lines += ["", f"Mail is written to {local.MAIL}, one file a message."]
    return "\n".join([*lines, f"Logs are in {local.LOGS}. Ctrl-C stops everything."])


def _table(sign_ins):
    width = max(len(sign_in["role"]) for sign_in in sign_ins)
    for sign_in in sign_ins:
        words = [sign_in["role"].ljust(width), sign_in["email"], sign_in.get("password", "")]
        yield "  " + "  ".join(words).rstrip()


def _address(port):
    return f"http://127.0.0.1:{port}"


# --- While it runs ------------------------------------------------------------------------------
def _keep_running(supervisor, held):
    look_at = time.monotonic() + SECONDS_BETWEEN_LOOKS_AT_THE_WORKER
    while True:
        supervisor.tick()
        held.keep_up()
        if time.monotonic() > look_at:
            look_at = time.monotonic() + SECONDS_BETWEEN_LOOKS_AT_THE_WORKER
            if supervisor.seconds_up("worker") > 240 and worker_is_stuck(held.database_url):
                say("worker is alive but takes no work; starting it again.")
                supervisor.restart("worker")
        time.sleep(0.5)


# No sign of life for minutes, though nothing long is running: a worker whose broker was restarted
# under it can go on living without ever taking a task again.
WORKER_IS_STUCK = """
    SELECT NOT EXISTS (SELECT FROM post_heartbeat WHERE at > now() - interval '3 minutes')
       AND NOT EXISTS (SELECT FROM post_job WHERE lease_until > now())
"""


def worker_is_stuck(database_url):
    try:
        connection = psycopg2.connect(database_url, connect_timeout=5)
    except psycopg2.OperationalError:
        return False  # then that is what is wrong
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(WORKER_IS_STUCK)
            return cursor.fetchone() == (True,)
    finally:
        connection.close()


def _let_a_second_signal_end_all_at_once(supervisor):
    for number in STOPS:
        signal.signal(number, supervisor.hurry)


def say(sentence):
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
