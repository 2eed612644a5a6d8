"""Reads a Word, Excel or CSV file in a child process that can hurt nothing but itself.

document = read_file(content, name)          # everything at once
with stream_file(content, name) as reading:  # row by row; memory does not grow with the file
    for part in reading:
        for row in reading.rows(): ...
"""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from foundations.office import guard
from foundations.office.documents import Document, Part
from foundations.office.naming import quoted
from foundations.office.refusals import damaged, too_much
from foundations.office.tables import Refused
from foundations.office.wire import rows_of

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("child.py")
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
MEGABYTE = 1024 * 1024
PATIENCE = 60  # seconds spent waiting for the child, not those the caller takes over a row
PATIENCE_FOR_EVERYTHING = (
    300  # nobody sits and waits: a job looks through a thousand pages of a PDF
)
LONGEST_LINE = 64 * MEGABYTE
LONGEST_ANSWER = 512 * MEGABYTE
PIECE = 256 * 1024
AHEAD = MEGABYTE  # what the child may say before it is heard


def read_file(content, name):
    """All parts and rows of an uploaded file, or Refused with a sentence for its owner."""
    parts = []
    with stream_file(content, name) as reading:
        for part in reading:
            part.rows.extend(reading.rows())
            parts.append(part)
        return Document(reading.kind, parts, reading.warnings)


def stream_file(content, name):
    """`content` is bytes, or an open binary file. Refused may come at any row, so keep nothing yet."""
    return Reading(content, name)


class Reading:
    """A file being read: its parts in order, and the rows of the part at hand.

    `kind` is known from the first part on, `warnings` after the last.
    """

    def __init__(self, content, name):
        self.name = name
        self.kind = ""
        self.warnings = ()
        self._content = content
        self._child = None
        self._lines = None
        self._line = None

    def __enter__(self):
        """The child starts at once, and gets ready while the caller does."""
        self._child = Child(self._content, self.name)
        self._lines = self._child.lines()
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        """The parts. Rows of a part that nobody asked for are passed over."""
        while self._next()[0] != "end":
            if self._line[0] == "part":
                _, kind, name, above, heading = self._take()
                yield Part(kind, name, [], tuple(above), heading)
            else:
                self._take()

    def rows(self):
        """The rows of the part that was last handed out."""
        while self._next()[0] == "rows":
            yield from rows_of(self._take())

    def close(self):
        if self._child:
            self._child.close()
            self._child = None
        self._line = ["end", []]

    def _next(self):
        """The message that comes next, without taking it."""
        if self._line is None:
            self._line = self._message()
        return self._line

    def _take(self):
        line, self._line = self._line, None
        return line

    def _message(self):
        try:
            message = json.loads(next(self._lines))
            if message[0] == "kind":
                self.kind = message[1]
                message = json.loads(next(self._lines))
        except (StopIteration, ValueError):
            raise Refused(self._child.last_words()) from None
        if message[0] == "end":
            self.warnings = tuple(message[1])
        if message[0] in ("part", "rows", "end"):
            return message
        raise Refused(refusal(message, self.name))


def refusal(message, name):
    """The sentence for a child that says it could not do its work."""
    if message[0] == "refused":
        return message[1]
    logger.warning("file not read", extra={"fault": str(message[1:])[:200]})
    return damaged(name)


class Child:
    """One run of child.py: it reads the file, or, given a task, writes problems into it."""

    def __init__(self, content, name, *, task=b"", work=""):
        self.name = name
        work = work or ("annotate" if task else "read")
        self.patience = PATIENCE_FOR_EVERYTHING if work == "everything" else PATIENCE
        self.out_of_patience = False
        self.has_ended = False  # closed its end of the pipe, so that its return code is near
        command = [sys.executable, "-I", str(CHILD)]
        with _as_file(content, name, task) as file:
            self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
                [*command, str(PROJECT), _argument(name), str(len(task)), work],
                stdin=file,
                stdout=subprocess.PIPE,
                pipesize=AHEAD,
                # A traceback may quote the document, which does not belong in a log.
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_environment(),
            )

    def lines(self):
        """Its lines. What comes after the last line's end is no answer."""
        rest = []
        held = 0
        for piece in self.pieces():
            held += len(piece)
            if held > LONGEST_LINE:
                return
            if b"\n" not in piece:
                rest.append(piece)
                continue
            *whole, last = b"".join([*rest, piece]).split(b"\n")
            yield from whole
            rest, held = [last], len(last)

    def pieces(self):
        """What it says, until it ends, takes too long or says too much."""
        total = 0
        waited = 0.0
        descriptor = self.process.stdout.fileno()
        waiting = select.poll()  # not select(), which knows only the first thousand open files
        waiting.register(descriptor, select.POLLIN)
        while total <= LONGEST_ANSWER:
            begun = time.monotonic()
            ready = waiting.poll(max(0.0, self.patience - waited) * 1000)
            waited += time.monotonic() - begun
            if not ready:
                self.out_of_patience = True
                return
            piece = os.read(descriptor, PIECE)
            if not piece:
                self.has_ended = True
                return
            total += len(piece)
            yield piece

    def last_words(self):
        """The sentence for a child that ended without one of its own."""
        self.close()
        code = self.process.returncode
        logger.warning("reading child ended", extra={"code": code})
        if self.out_of_patience or code == -signal.SIGXCPU:
            return (
                f"{quoted(self.name)} takes too long to read. Copy its table into a new document or "
                "workbook, or split it into smaller files, and upload again."
            )
        return too_much(self.name)

    def answer(self):
        """The one block of bytes that it answers with. Raises Refused with its sentence."""
        try:
            line, _, found = b"".join(self.pieces()).partition(b"\n")
            message = json.loads(line)
        except ValueError:
            raise Refused(self.last_words()) from None
        finally:
            self.close()
        if message[0] != "file":
            raise Refused(refusal(message, self.name))
        if message[1] != len(found):
            raise Refused(self.last_words())
        return found

    def close(self):
        if not self.has_ended:
            self.process.kill()
        self.process.stdout.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _environment():
    """Nothing of ours but what a Python may need in order to find its own libraries."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, "LANG": "C.UTF-8"}


def _argument(name):
    """A name that can be passed on: the system takes no NUL, and not more than so much."""
    return str(name).replace("\x00", "").encode(errors="replace").decode()[-1000:] or "file"


def _as_file(content, name, task):
    """Task and content as a file that has no name and is gone when closed."""
    if not isinstance(content, (bytes, bytearray, memoryview)):
        content.seek(0, os.SEEK_END)
        guard.check_size(content.tell(), name)
        content.seek(0)
        content = content.read()
    guard.check_size(len(content), name)
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("upload"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
    file.write(task)
    file.write(content)
    file.flush()
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    return file
