"""What the tests of the commands need to know of processes and ports."""

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit


def eventually(happens, seconds=10):
    """What `happens` returns, as soon as that is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := happens():
            return result
        time.sleep(0.02)
    raise AssertionError(f"It did not happen within {seconds} seconds.")


def is_alive(process):
    return (_state_and_parent(process) or "Z")[0] != "Z"


def parent_of(process):
    said = _state_and_parent(process)
    return said and int(said[1])


def _state_and_parent(process):
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return said.rpartition(")")[2].split()[:2]


def processes_with(*words):
    """Those whose command line and environment together have the words."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if all(word.encode() in said for word in words):
            found.append(int(process.name))
    return found


def answers(url):
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname, where.port), timeout=1).close()
    except OSError:
        return False
    return True
