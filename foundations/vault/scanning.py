"""Asking clamd whether something harmful is in a file.

CLAMD_ADDRESS is "host:port" or the path of a socket; empty means that this installation has no
scanner, which its health page says. With one, nothing that came from outside is opened by anybody
before it was found clean: while the scanner is away, files wait (docs/adr/0008).
"""

import hashlib
import logging
import socket
import struct
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundations.office.naming import quoted
from foundations.office.tables import Refused
from foundations.vault.models import StoredFile
from foundations.vault.opening import pieces_of

logger = logging.getLogger(__name__)

PIECE = 64 * 1024
_TO_CONNECT, _TO_ANSWER = 2, 30  # seconds
_LONGEST_ANSWER = 4096
# A form and then its service ask about the same bytes; a scanner that is away is asked again soon.
_REMEMBERED, _REMEMBERED_AWAY = 120, 5  # seconds
_MOST = 200
_known = {}

Scan = StoredFile.Scan


class ScannerAway(Exception):
    """There is a scanner and it gave no verdict: it is down, too slow, or refused the file."""


def is_configured():
    return bool(settings.CLAMD_ADDRESS)


def answers():
    """Whether the scanner is there."""
    try:
        return _ask(b"zPING\0") == "PONG"
    except ScannerAway:
        return False


def signature_in(pieces):
    """The name of what was found, or "". Raises ScannerAway when there is no verdict."""
    answer = _ask(b"zINSTREAM\0", pieces)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer[len("stream: ") : -len(" FOUND")]
    logger.warning("scanner gave no verdict", extra={"answer": answer[:200]})
    raise ScannerAway("It gave no verdict.")


def state_of(content):
    """What is known about bytes, or an open binary file, that somebody brings."""
    if not is_configured():
        return Scan.NOT_CONFIGURED
    digest = _digest(content)
    until, state = _known.get(digest, (0, None))
    if until < time.monotonic():
        state = _verdict(_pieces(content))
        _remember(digest, state)
    return state


def refuse_infected(content, name):
    """For the form that takes a file: raises Refused, so that it is said beside the box. A file
    that cannot be scanned now goes on, and waits."""
    if state_of(content) == Scan.INFECTED:
        raise Refused(
            f"{quoted(name)} holds harmful software and was not kept. Have the computer that it comes"
            " from looked at, and upload the file again from one that is clean."
        )


def scan_held():
    """Show the scanner what waits for it. Safe to run at any time, and by two at once."""
    if not (is_configured() and answers()):
        return 0
    waiting = StoredFile.objects.filter(scan=Scan.WAITING).order_by("pk")
    return sum(_scan_again(pk) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _scan_again(pk):
    waiting = StoredFile.objects.select_for_update(of=("self",), skip_locked=True)
    stored = waiting.filter(pk=pk, scan=Scan.WAITING).first()
    if stored is None:
        return False
    stored.scan = _verdict(pieces_of(stored))
    stored.scanned_at = timezone.now()
    stored.save(update_fields=["scan", "scanned_at"])
    return stored.scan != Scan.WAITING


def _verdict(pieces):
    try:
        signature = signature_in(pieces)
    except ScannerAway:
        return Scan.WAITING
    if signature:  # without the name of the file, or whose it is
        logger.warning("harmful software found", extra={"signature": signature[:100]})
    return Scan.INFECTED if signature else Scan.CLEAN


def _remember(digest, state):
    if len(_known) >= _MOST:
        _known.clear()
    kept = _REMEMBERED_AWAY if state == Scan.WAITING else _REMEMBERED
    _known[digest] = (time.monotonic() + kept, state)


def _digest(content):
    digest = hashlib.sha256()
    for piece in _pieces(content):
        digest.update(piece)
    return digest.digest()


def _pieces(content):
    if isinstance(content, (bytes, bytearray, memoryview)):
        content = memoryview(content)
        yield from (content[at : at + PIECE] for at in range(0, len(content), PIECE))
        return
    content.seek(0)
    while piece := content.read(PIECE):
        yield piece


# --- The wire -----------------------------------------------------------------------------------


def _ask(command, pieces=()):
    try:
        with _connected() as line:
            line.sendall(command)
            if command == b"zINSTREAM\0":
                _send(line, pieces)
            return _answer(line)
    except (OSError, ValueError) as error:
        logger.warning("scanner is away", extra={"fault": type(error).__name__})
        raise ScannerAway("It does not answer.") from None


@contextmanager
def _connected():
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_TO_CONNECT)
    else:
        host, _, port = address.rpartition(":")
        line = socket.create_connection((host.strip("[]"), int(port)), timeout=_TO_CONNECT)
    with line:
        if address.startswith("/"):
            line.connect(address)
        line.settimeout(_TO_ANSWER)
        yield line


def _send(line, pieces):
    try:
        for piece in pieces:
            if piece:
                line.sendall(struct.pack("!I", len(piece)))
                line.sendall(piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # it has had enough, and may have said why


def _answer(line):
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    if not said.endswith(b"\0"):
        raise ConnectionError
    return said.rstrip(b"\0").decode(errors="replace").strip()
