import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import dhr.supervisor
from dhr.supervisor import Program, Supervisor, ending
from tests.dhr.processes import eventually, is_alive

SLEEPER = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


@pytest.fixture
def supervise(tmp_path, monkeypatch):
    """Runs pieces of Python under a supervisor; ends them all after the test."""
    supervisors = []
    monkeypatch.setattr(dhr.supervisor, "FIRST_WAIT", 0.05)

    def begin(*codes, stop_seconds=5):
        programs = [
            Program(
                f"program {number}",
                [sys.executable, "-c", code],
                log=tmp_path / f"{number}.log",
                stop_seconds=stop_seconds,
            )
            for number, code in enumerate(codes)
        ]
        said = []
        supervisor = Supervisor(programs, say=said.append)
        supervisor.said = said
        supervisors.append(supervisor)
        supervisor.tick()
        return supervisor

    yield begin
    for supervisor in supervisors:
        supervisor.hurry()
        supervisor.stop()


def test_supervisor_starts_again_what_was_killed(supervise):
    supervisor = supervise(SLEEPER)
    first = supervisor.process_id("program 0")

    os.kill(first, signal.SIGKILL)
    eventually(lambda: supervisor.tick() or supervisor.process_id("program 0") not in {None, first})

    assert supervisor.said == ["program 0 stopped (killed by SIGKILL); starting it again."]


def test_supervisor_waits_longer_each_time_when_a_program_keeps_failing(supervise):
    supervisor = supervise("raise SystemExit(3)")

    eventually(lambda: supervisor.tick() or supervisor.deaths["program 0"] == 3)

    assert supervisor.lives[0].wait == 0.2
    assert supervisor.said[0] == "program 0 stopped (exit status 3); starting it again."


def test_supervisor_ends_the_children_of_a_program_that_was_killed(supervise, tmp_path):
    supervisor = supervise(parent_of(SLEEPER, tmp_path / "child"))
    child = eventually(lambda: number_in(tmp_path / "child"))

    os.kill(supervisor.process_id("program 0"), signal.SIGKILL)

    eventually(lambda: supervisor.tick() or not is_alive(child))
    assert not is_alive(child)


def test_stop_leaves_no_process_even_of_those_who_do_not_listen(supervise, tmp_path):
    supervisor = supervise(parent_of(DEAF, tmp_path / "child"), DEAF, stop_seconds=0.3)
    child = eventually(lambda: number_in(tmp_path / "child"))
    processes = [child, *map(supervisor.process_id, ("program 0", "program 1"))]

    supervisor.stop()

    assert [is_alive(process) for process in processes] == [False, False, False]


def test_stop_waits_no_longer_once_it_is_told_to_hurry(supervise):
    supervisor = supervise(DEAF, stop_seconds=60)
    process = supervisor.process_id("program 0")

    supervisor.hurry()
    supervisor.stop()

    assert not is_alive(process)


def test_program_ends_when_its_supervisor_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from dhr.supervisor import Program, Supervisor\n"
        f"program = Program('it', [sys.executable, '-c', {SLEEPER!r}], log=Path({str(tmp_path)!r}, 'log'))\n"
        "supervisor = Supervisor([program], say=print); supervisor.tick()\n"
        f"Path({str(tmp_path)!r}, 'child').write_text(str(supervisor.process_id('it'))); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as supervisor:  # noqa: S603
        child = eventually(lambda: number_in(tmp_path / "child"))

        supervisor.kill()

    eventually(lambda: not is_alive(child))
    assert not is_alive(child)


def test_restart_ends_a_program_that_still_lives(supervise):
    supervisor = supervise(SLEEPER)
    first = supervisor.process_id("program 0")

    supervisor.restart("program 0")
    eventually(lambda: supervisor.tick() or supervisor.process_id("program 0") not in {None, first})

    assert not is_alive(first)


@pytest.mark.parametrize(
    ("status", "words"), [(0, "exit status 0"), (-9, "killed by SIGKILL"), (2, "exit status 2")]
)
def test_ending_says_how_a_process_ended(status, words):
    assert ending(status) == words


def parent_of(code, told):
    return (
        "import subprocess, sys, time; from pathlib import Path\n"
        f"child = subprocess.Popen([sys.executable, '-c', {code!r}])\n"
        f"Path({str(told)!r}).write_text(str(child.pid)); time.sleep(60)"
    )


def number_in(path: Path):
    return int(path.read_text()) if path.exists() and path.read_text() else None
