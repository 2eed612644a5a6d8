"""This checkout's own folder: where its data, logs, locks and secrets are. Ignored by git."""

import fcntl
import json
import os
import secrets
import socket
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("DHR_LOCAL", ROOT / ".local"))
LOGS = FOLDER / "log"
RUN = FOLDER / "run"
MAIL = ROOT / ".local" / "mail"  # settings.EMAIL_FILE_PATH

SECRETS = ("SECRET_KEY", "postgres", "dhr_owner", "dhr_app", "valkey")


class Sentence(Exception):
    """Something is missing or in the way; the text says what and what to do."""


def make_folders():
    for folder in (FOLDER, LOGS, RUN):
        # Others may pass through, because as root the servers run as another account.
        folder.mkdir(mode=0o711, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(0o711)


def local_secrets():
    """Random, made once, readable by nobody else."""
    make_folders()
    path = FOLDER / "secrets.json"
    with locked(RUN / "secrets.lock"):
        known = json.loads(path.read_text()) if path.exists() else {}
        missing = {name: secrets.token_urlsafe(40) for name in SECRETS if name not in known}
        if missing:
            write_private(path, known | missing)
    return known | missing


def vault_keys():
    """The file of key-encryption keys, made once. Apart from the other secrets, because a copy of
    the database is worth nothing without it, and everything with it."""
    make_folders()
    path = FOLDER / "vault_keys"
    with locked(RUN / "secrets.lock"):
        if not path.exists():
            _write_private_text(path, secrets.token_hex(32) + "\n")
    return path


def write_private(path, content):
    """A file for our eyes only, replaced whole."""
    _write_private_text(path, json.dumps(content, indent=1))


def _write_private_text(path, text):
    new = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def read(path):
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None


@contextmanager
def locked(path):
    with open_lock(path) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_lock(path):
    make_folders()
    return path.open("a+")


def take(lock, *, patience=0):
    """The lock for ourselves alone, within so many seconds or not at all."""
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        else:
            return True


IN_USE = "is in use by another program"
NOT_ALLOWED = "is for root only"


def why_not_free(port):
    """Why no program of ours can listen there, or None."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return NOT_ALLOWED
        except OSError:
            return IN_USE
    return None


def choose_port(remembered):
    if remembered and not why_not_free(remembered):
        return remembered
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
