import io
import logging
import random
import subprocess
import sys
import textwrap

import pytest

from foundations.office import reading
from foundations.office.reading import read_file, stream_file
from foundations.office.tables import Refused
from tests.foundations.office import corpus, hostile

UNPACKS = f"“a.csv” {hostile.UNPACKS}"


@pytest.fixture
def child_that(monkeypatch, tmp_path):
    """Puts another script in the place of the child."""

    def put(script):
        path = tmp_path / "child.py"
        path.write_text(textwrap.dedent(script))
        monkeypatch.setattr(reading, "CHILD", path)

    return put


def refusal_of(content=b"a,b\n1,2\n", name="a.csv"):
    with pytest.raises(Refused) as refused:
        read_file(content, name)
    return refused.value.message


def test_stream_file_hands_out_parts_and_their_rows():
    content = corpus.xlsx({"May": corpus.VISITS, "June": corpus.VISITS})

    with stream_file(content, "visits.xlsx") as found:
        seen = [(part.name, [row.number for row in found.rows()]) for part in found]

    assert seen == [("May", [1, 2, 3]), ("June", [1, 2, 3])]
    assert found.kind == "xlsx"


def test_stream_file_passes_over_rows_that_nobody_asked_for():
    content = corpus.xlsx({"May": corpus.VISITS, "June": corpus.VISITS})

    with stream_file(content, "visits.xlsx") as found:
        names = [part.name for part in found]

    assert names == ["May", "June"]


def test_stream_file_reads_an_open_file():
    with stream_file(io.BytesIO(b"a,b\n"), "a.csv") as found:
        rows = [row.texts for part in found for row in found.rows()]

    assert rows == [("a", "b")]


def test_stream_file_leaves_no_child_behind_when_left_early():
    content = b"a,b\n" * 200_000

    with stream_file(content, "a.csv") as found:
        part = next(iter(found))
        next(found.rows())
        process = found._child.process

    assert part.kind == "csv"
    assert process.returncode is not None


def test_read_file_says_so_when_the_child_aborts(child_that):
    child_that("import os; os.abort()")

    assert refusal_of() == UNPACKS


def test_read_file_says_so_when_the_child_is_killed(child_that):
    child_that("import os; os.kill(os.getpid(), 9)")

    assert refusal_of() == UNPACKS


def test_read_file_says_so_when_the_child_takes_too_long(child_that, monkeypatch):
    child_that("import time; time.sleep(60)")
    monkeypatch.setattr(reading, "PATIENCE", 0.2)

    assert refusal_of() == (
        "“a.csv” takes too long to read. Copy its table into a new document or workbook, or split it "
        "into smaller files, and upload again."
    )


def test_read_file_refuses_an_endless_answer(child_that, monkeypatch):
    child_that("while True: print('x' * 100_000)")
    monkeypatch.setattr(reading, "LONGEST_ANSWER", 1_000_000)

    assert refusal_of() == UNPACKS


@pytest.mark.parametrize("answer", ["nonsense", '["strange"]', '["fault", "TypeError at x.py:1"]'])
def test_read_file_refuses_an_answer_it_does_not_know(child_that, answer):
    child_that(f"print({answer!r}); print({answer!r})")

    assert refusal_of() in (f"“a.csv” {hostile.DAMAGED}", UNPACKS)


def test_a_fault_is_logged_without_the_text_of_the_file(child_that, caplog):
    child_that("""print('["fault", "TypeError at words.py:12"]')""")

    with caplog.at_level(logging.WARNING):
        refusal_of()

    assert [(record.getMessage(), record.fault) for record in caplog.records] == [
        ("file not read", "['TypeError at words.py:12']")
    ]


def test_the_child_cannot_reach_files_sockets_or_much_memory(child_that):
    """A probe in place of a reader, behind the same closed doors."""
    child_that(
        """
        import json, os, socket, sys
        sys.path.insert(0, sys.argv[1])
        from foundations.office import child
        child.confine()
        found = []
        def attempt(what):
            try:
                what()
            except (OSError, MemoryError) as error:
                found.append(type(error).__name__)
            else:
                found.append("done")
        attempt(lambda: open("/etc/passwd"))
        attempt(socket.socket)
        attempt(os.pipe)
        attempt(lambda: bytearray(2_000_000_000))
        found.append("SECRET" in os.environ)
        print(json.dumps(["refused", str(found)]))
        """
    )

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", "x")
        said = refusal_of()

    assert said == "['OSError', 'OSError', 'OSError', 'MemoryError', False]"


def test_read_file_stops_a_child_that_burns_processor_time(child_that):
    child_that(
        """
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
        while True: pass
        """
    )

    assert refusal_of().startswith("“a.csv” takes too long to read.")


PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from foundations.office.reading import stream_file
with open(sys.argv[2], "rb") as file, stream_file(file, "long.xlsx") as found:
    seen = sum(1 for part in found for row in found.rows())
print(seen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_of_reading(path, rows):
    """Rows seen, and the peak memory of a process that does nothing but read them."""
    data = corpus.sheet_data(
        {n: [f"{n} May", "Home visit", "No reply"] for n in range(1, rows + 1)}
    )
    path.write_bytes(corpus.xlsx({"Visits": data}))
    command = [sys.executable, "-c", PEAK, str(reading.PROJECT), str(path)]
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    return [int(number) for number in said.stdout.split()]


def test_memory_does_not_grow_with_the_rows_of_a_workbook(tmp_path):
    few, small = peak_of_reading(tmp_path / "few.xlsx", 2_000)
    many, large = peak_of_reading(tmp_path / "many.xlsx", 20_000)

    assert (few, many) == (2_000, 20_000)
    assert large <= small * 1.2


@pytest.mark.parametrize("name", ["plan.docx", "visits.xlsx"])
def test_read_file_reads_or_refuses_whatever_is_broken(name):
    """Fifty files with a few bytes changed: an answer or a sentence, never another error."""
    good = hostile.GOOD_DOCX if name.endswith("docx") else hostile.GOOD_XLSX
    changer = random.Random(7)  # noqa: S311 (the same files every time)
    outcomes = set()

    for _ in range(25):
        content = bytearray(good)
        for _ in range(changer.randint(1, 4)):
            content[changer.randrange(len(content))] = changer.randrange(256)
        outcomes.add(outcome_of(bytes(content), name))

    assert outcomes <= {"read", f"“{name}”"}


def outcome_of(content, name):
    try:
        read_file(content, name)
    except Refused as refused:
        return refused.message[: len(name) + 2]
    return "read"
