"""Files are shown to a scanner; what it has not seen is held, and what it finds is never given out.

The scanner of the error paths is a small server that speaks clamd's protocol; the last tests run the
real one, with a signature of our own.
"""

import os
import shutil
import socketserver
import subprocess
import threading
import time
import warnings

import pytest

from foundations.office.tables import Refused
from foundations.vault import checks, scanning
from foundations.vault.models import StoredFile
from foundations.vault.opening import NotReleased
from foundations.vault.services import store

BAD = b"dhr-test-signature: this is not harmful"
Scan = StoredFile.Scan


class Peer(socketserver.BaseRequestHandler):
    def handle(self):
        if self._line() == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        found = self._stream()
        self.server.seen.append(found)
        if self.server.answer is not None:
            answer = self.server.answer
        elif BAD in found:
            answer = b"stream: Dhr.Made.Up FOUND\0"
        else:
            answer = b"stream: OK\0"
        self.request.sendall(answer)

    def _line(self):
        said = b""
        while not said.endswith(b"\0"):
            said += self.request.recv(1)
        return said[:-1]

    def _stream(self):
        found = b""
        while length := int.from_bytes(self._exactly(4), "big"):
            found += self._exactly(length)
        return found

    def _exactly(self, wanted):
        found = b""
        while len(found) < wanted:
            piece = self.request.recv(wanted - len(found))
            if not piece:
                raise ConnectionError
            found += piece
        return found


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    answer = None


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    answer = None


@pytest.fixture(autouse=True)
def _unremembered():
    scanning._known.clear()
    yield
    scanning._known.clear()


def running(server):
    server.seen = []
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    return server


@pytest.fixture
def scanner(settings):
    with running(Server(("127.0.0.1", 0), Peer)) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def away(settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"


def test_a_clean_file_is_released(db, scanner):
    assert store(b"words", name="a.csv", scope="review:1").scan == Scan.CLEAN
    assert scanner.seen == [b"words"]


def test_a_long_file_is_shown_whole(db, scanner):
    content = bytes(range(256)) * 2_000
    store(content, name="a.pdf")

    assert scanner.seen == [content]


def test_without_a_scanner_a_row_says_that_it_was_not_scanned(db):
    kept = store(b"words", name="a.csv")

    assert (kept.scan, kept.is_released) == (Scan.NOT_CONFIGURED, True)


def test_what_this_service_made_is_not_shown_to_the_scanner(db, scanner):
    kept = store(b"a letter", name="letter.pdf", is_ours=True)

    assert (kept.scan, scanner.seen) == (Scan.OURS, [])


def test_an_infected_file_is_refused_at_the_door_without_the_name_of_what_was_found(db, scanner):
    with pytest.raises(Refused) as refusal:
        scanning.refuse_infected(BAD, "plan.docx")

    assert "“plan.docx” holds harmful software and was not kept" in refusal.value.message
    assert "Made.Up" not in refusal.value.message


def test_form_and_service_ask_once(db, scanner):
    scanning.refuse_infected(b"words", "a.csv")
    store(b"words", name="a.csv")

    assert scanner.seen == [b"words"]


def test_an_infected_file_that_came_past_the_door_is_never_given_out(db, scanner):
    kept = store(BAD, name="a.csv", scope="review:1")

    assert (kept.scan, kept.is_released) == (Scan.INFECTED, False)
    with pytest.raises(NotReleased, match=str(kept.pk)) as refusal:
        _ = kept.content
    assert "Harmful software was found" in refusal.value.message


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"x" * 9000,
    ],
)
def test_an_answer_that_is_no_verdict_holds_the_file(db, scanner, answer):
    scanner.answer = answer

    assert store(b"words", name="a.csv").scan == Scan.WAITING


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl", "nonsense"])
def test_while_the_scanner_is_away_a_file_is_held_and_not_released(db, settings, address):
    settings.CLAMD_ADDRESS = address

    kept = store(b"words", name="a.csv", scope="review:1")

    assert (kept.scan, kept.is_released) == (Scan.WAITING, False)
    with pytest.raises(NotReleased) as refusal:
        _ = kept.content
    assert "has not been checked" in refusal.value.message
    scanning.refuse_infected(b"words", "a.csv")  # the form takes it


def test_held_files_are_released_once_the_scanner_is_back(db, settings, scanner):
    back, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:1"
    clean = store(b"words" * 50_000, name="a.csv", scope="review:1")
    unsealed, bad = store(b"word", name="b.csv"), store(BAD, name="c.csv", scope="review:1")
    assert scanning.scan_held() == 0

    settings.CLAMD_ADDRESS = back

    assert scanning.scan_held() == 3
    states = [StoredFile.objects.get(pk=file.pk).scan for file in (clean, unsealed, bad)]
    assert states == [Scan.CLEAN, Scan.CLEAN, Scan.INFECTED]
    assert StoredFile.objects.get(pk=clean.pk).content == b"words" * 50_000
    assert StoredFile.objects.get(pk=clean.pk).scanned_at is not None
    assert scanning.scan_held() == 0


def test_a_scanner_that_gives_no_verdict_leaves_a_held_file_waiting(db, settings, scanner):
    back, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:1"
    held = store(b"words", name="a.csv")
    settings.CLAMD_ADDRESS, scanner.answer = back, b"busy\0"

    assert scanning.scan_held() == 0
    assert StoredFile.objects.get(pk=held.pk).scan == Scan.WAITING


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", ["vault.I001"]),
        ("nonsense", ["vault.E003"]),
        ("scanner:3310", []),
        ("/run/clamav/clamd.ctl", []),
    ],
)
def test_the_check_says_whether_files_are_scanned(settings, address, said):
    settings.CLAMD_ADDRESS = address

    assert [message.id for message in checks.scanner(None)] == said


def test_it_speaks_through_a_socket_too(db, settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "clamd.ctl")
    with running(UnixServer(settings.CLAMD_ADDRESS, Peer)) as server:
        assert scanning.answers()
        assert scanning.signature_in([BAD]) == "Dhr.Made.Up"
        server.shutdown()


def test_a_log_names_neither_file_nor_its_words(db, scanner, caplog):
    store(BAD, name="Mary Example.csv")

    assert "harmful software found" in caplog.text
    assert "Mary" not in caplog.text + str([vars(record) for record in caplog.records])


# --- The real one -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """clamd itself, which knows one made-up signature and fetches nothing."""
    program = os.environ.get("DHR_CLAMD") or shutil.which("clamd", path=os.defpath + ":/usr/sbin")
    if program is None:
        sentence = (
            "clamd is not installed (Debian: clamav-daemon): not tried against the real scanner"
        )
        warnings.warn(sentence, stacklevel=1)
        pytest.skip(sentence)
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "own.ndb").write_text(f"Dhr.Made.Up:0:*:{BAD.hex()}\n")
    address = folder / "clamd.ctl"
    (folder / "clamd.conf").write_text(
        f"LocalSocket {address}\nDatabaseDirectory {folder}\nTemporaryDirectory {folder}\n"
        "Foreground yes\nStreamMaxLength 2M\n" + ("User root\n" if os.geteuid() == 0 else "")
    )
    process = subprocess.Popen(  # noqa: S603 (a program of this machine, our own file)
        [program, "--config-file", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        if address.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    yield str(address)
    process.terminate()
    process.wait(timeout=20)


@pytest.mark.filterwarnings("default:clamd is not installed")
def test_the_real_scanner_finds_its_signature_and_passes_the_rest(db, clamd, settings):
    settings.CLAMD_ADDRESS = clamd

    assert scanning.answers()
    states = [store(content, name="a.csv").scan for content in (b"words", b"before " + BAD)]
    assert states == [Scan.CLEAN, Scan.INFECTED]


@pytest.mark.filterwarnings("default:clamd is not installed")
def test_what_the_real_scanner_will_not_look_at_is_held(db, clamd, settings):
    settings.CLAMD_ADDRESS = clamd

    assert store(bytes(5 * 1024 * 1024), name="long.pdf").scan == Scan.WAITING
