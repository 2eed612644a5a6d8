"""Keeps programs running and, when told to stop, leaves no process behind.

Each program leads a session of its own, so that Ctrl-C reaches the supervisor alone and the rest stops
in order. A program is told by the kernel when its supervisor dies, so even SIGKILL leaves no orphan.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SECONDS_UP_THAT_COUNT_AS_WELL = 60
FIRST_WAIT = 0.5
LONGEST_WAIT = 30
LARGEST_LOG = 5 * 1024 * 1024

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# Loaded before any fork: nothing may be imported between fork and exec.
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Program:
    name: str
    argv: list[str]
    log: Path
    env: dict[str, str] | None = None
    cwd: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10


@dataclass
class _Life:
    """One program and its present process."""

    program: Program
    process: subprocess.Popen | None = None
    started_at: float = 0
    wait: float = 0
    due_at: float = field(default_factory=time.monotonic)


class Supervisor:
    def __init__(self, programs, *, say):
        self.lives = [_Life(program) for program in programs]
        self.deaths = Counter()
        self.say = say
        self.is_in_a_hurry = False
        adopt_orphans()

    def tick(self):
        """Notice what died and start what is due."""
        for life in self.lives:
            if life.process and life.process.poll() is not None:
                self._bury(life)
            if not life.process and time.monotonic() >= life.due_at:
                life.process = start(life.program)
                life.started_at = time.monotonic()

    def process_id(self, name):
        return next(
            (life.process.pid for life in self.lives if life.program.name == name and life.process),
            None,
        )

    def seconds_up(self, name):
        started_at = [
            life.started_at for life in self.lives if life.program.name == name and life.process
        ]
        return time.monotonic() - started_at[0] if started_at else 0

    def restart(self, name):
        """End a program that is alive but no longer works; tick() starts it again."""
        self._end([life for life in self.lives if life.program.name == name])

    def stop(self):
        """End everything, giving each program its time until somebody calls `hurry`."""
        self._end(self.lives)

    def hurry(self, *_):
        """A signal handler, so it only leaves word."""
        self.is_in_a_hurry = True

    def _end(self, lives):
        lives = [life for life in lives if life.process]
        for life in lives:
            life.process.send_signal(life.program.stop_signal)
        for life in lives:
            deadline = time.monotonic() + life.program.stop_seconds
            while life.process.poll() is None and time.monotonic() < deadline:
                if self.is_in_a_hurry:
                    break
                time.sleep(0.05)
            _kill_group(life.process)

    def _bury(self, life):
        status = life.process.returncode
        _kill_group(life.process)
        up = time.monotonic() - life.started_at
        is_first = up > SECONDS_UP_THAT_COUNT_AS_WELL or not life.wait
        life.wait = FIRST_WAIT if is_first else min(life.wait * 2, LONGEST_WAIT)
        life.due_at = time.monotonic() + life.wait
        life.process = None
        self.deaths[life.program.name] += 1
        self.say(f"{life.program.name} stopped ({ending(status)}); starting it again.")


def adopt_orphans():
    """Grandchildren whose own parent has ended come to us, to be ended and reaped."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans():
    """Those adopted who have ended. Not for a process that still waits for a child of its own."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def start(program):
    with open_log(program.log) as log:
        return subprocess.Popen(  # noqa: S603
            program.argv,
            env=program.env,
            cwd=program.cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(program.stop_signal),
        )


def die_with_parent(stop_signal):
    """A function for the child to run before exec: the kernel signals it when its parent dies."""
    parent = os.getpid()

    def ask_the_kernel():
        _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask_the_kernel


def open_log(path):
    """Append; the file of before is kept once when it has grown large."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def ending(status):
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _kill_group(process):
    """End whatever of the program's group is left, and reap it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-process.pid, 0)
