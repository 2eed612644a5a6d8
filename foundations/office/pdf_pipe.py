"""How the maker of PDFs and its child processes talk: a line of JSON, then the blobs it announces.

JSON and bytes, never pickle: a child has read text that strangers wrote, and what it answers must
not be able to run anything here.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# What a machine may need in order to find its native libraries and fonts; nothing else is passed on.
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
MEGABYTE = 1024 * 1024
LARGEST_BLOB = 256 * MEGABYTE
LARGEST_FILE = 64 * MEGABYTE


class ChildGone(Exception):
    """The child ended, or was ended, before it answered."""


def send(stream, header, *blobs):
    line = json.dumps({**header, "sizes": [len(blob) for blob in blobs]})
    stream.write(line.encode() + b"\n")
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream):
    line = stream.readline(MEGABYTE)
    if not line.endswith(b"\n"):
        raise ChildGone
    header = json.loads(line)
    return header, [_exactly(stream, size) for size in header["sizes"]]


def _exactly(stream, size):
    if not 0 <= size <= LARGEST_BLOB:
        raise ChildGone
    blob = stream.read(size)
    if len(blob) < size:
        raise ChildGone
    return blob


class Child:
    """A Python module running on its own, in an empty folder, with an empty environment.

    `subprocess` rather than `multiprocessing`: a Celery worker process is daemonic and may not have
    multiprocessing children.
    """

    def __init__(self, module, *, patience):
        self.patience = patience
        self.folder = tempfile.mkdtemp(prefix="dhr-pdf-")
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A traceback or a warning may quote the document, which does not belong in a log.
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=self._environment(),
        )

    def _environment(self):
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {
            **passed_on,
            "PYTHONPATH": str(PROJECT),
            "HOME": self.folder,
            "TMPDIR": self.folder,
            "LANG": "C.UTF-8",
            # The same document is the same bytes: no time of day in the fonts, no random order.
            "SOURCE_DATE_EPOCH": "0",
            "PYTHONHASHSEED": "0",
        }

    def tell(self, header, *blobs):
        with self._watched():
            try:
                send(self.process.stdin, header, *blobs)
            except BrokenPipeError:
                raise ChildGone from None

    def ask(self, header, *blobs):
        with self._watched():
            try:
                send(self.process.stdin, header, *blobs)
                return receive(self.process.stdout)
            except BrokenPipeError:
                raise ChildGone from None

    def _watched(self):
        return _Watchdog(self.process, self.patience)

    def close(self):
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:  # an unsent rest: nobody is left to read it
                continue
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def disown(self):
        """Let go of it without ending it: it belongs to the process that this one was forked from."""
        self.process.returncode = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class _Watchdog:
    """Ends a process that takes too long, whichever side of the pipe is stuck."""

    def __init__(self, process, patience):
        self.timer = threading.Timer(patience, process.kill)
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()

    def __exit__(self, *error):
        self.timer.cancel()


def confine(*, megabytes):
    """Called by a child before it reads anything.

    RLIMIT_NPROC is left alone: it counts threads, and Pango starts one to look for fonts.
    """
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_seconds(seconds):
    """So much processor time from now on, after which the system ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
