"""A long workbook: read without saving, saved, and the memory that both take.

The dry run is what `import_chronology --dry-run` does. Its reference reads every row of the same file with
calamine in this process, without a gate, a child process or a look at what a row says. The reference of
saving is a COPY of the very rows saved into a table with the same columns, defaults and indexes.
"""

import io
import statistics
import subprocess
import sys
import tempfile
import uuid
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from django.core.management import call_command
from django.db import connection, connections, transaction
from python_calamine import CalamineWorkbook

from agencies.services import create_agency, create_partnership
from bench.figures import in_turns, seconds
from chronologies import importing, services
from reviews.services import add_agency, create_review

HEADINGS = ("Date", "Time", "Person", "Event", "Action taken", "Source")


def measure(sizes):
    few, many = sizes.rows
    with tempfile.TemporaryDirectory() as folder:
        files = {rows: _written(folder, rows, _as_text) for rows in sizes.rows}
        with_days = _written(folder, many, _as_day)
        place = Place()
        return {
            "dry run": {
                "rows": many,
                "dates as text": _dry_run(files[many], place, sizes.times),
                "dates as days": _dry_run(with_days, place, sizes.times),
            },
            "saving": {"rows": many} | _saving(files[many], place, sizes.times),
            "memory": _memory(files[few], files[many], place) | {"rows": [few, many]},
        }


# --- The file -----------------------------------------------------------------------------------


def _written(folder, rows, dated):
    path = Path(folder) / f"{dated.__name__}-{rows}.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Contacts")
        shown = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for i in range(1, rows + 1):
            day = date(2005, 1, 1) + timedelta(days=i * 5_000 // rows)
            dated(sheet, i, day, shown)
            sheet.write_row(i, 1, _told(i))
    return path


def _as_text(sheet, row, day, shown):
    sheet.write_string(row, 0, f"{day:%d.%m.%Y}")


def _as_day(sheet, row, day, shown):
    sheet.write_datetime(row, 0, day, shown)


def _told(i):
    return (
        f"{i % 24:02}:15",
        f"MA {1 + i % 2}",
        f"Contact {i} with the service: she said that she did not feel safe at home.",
        f"Advice given and a referral discussed, {i % 1_000}",
        "Case notes",
    )


class Place:
    def __init__(self):
        name = f"Bench {uuid.uuid4().hex[:8]}"
        self.review = create_review(
            partnership=create_partnership(name=name), reference=name.replace(" ", "-"), by=None
        )
        self.agency = create_agency(name=name, by=None)
        self.part = add_agency(self.review, agency=self.agency, by=None)

    @property
    def as_options(self):
        return {"review": self.review.reference, "agency": self.agency.name}


# --- Reading ------------------------------------------------------------------------------------


def _dry_run(path, place, times):
    def ours():
        call_command(
            "import_chronology", str(path), dry_run=True, stdout=io.StringIO(), **place.as_options
        )

    def bare():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for _ in workbook.get_sheet_by_index(0).iter_rows():
            pass

    return in_turns(ours, bare, 2 * times + 1) | {"target": 3}


# --- Saving -------------------------------------------------------------------------------------

_SAME_TABLE = """
drop table if exists bench_copied;
create table bench_copied (like chronologies_entry including all);
"""


def _saving(path, place, times):
    content = path.read_bytes()
    with connections["owner"].cursor() as owner, tempfile.TemporaryFile() as rows:
        owner.execute(_SAME_TABLE)
        pairs = [_saved_and_copied(content, place, rows, owner) for _ in range(times + 1)][1:]
        owner.execute("drop table bench_copied")
    return {
        "ours_ms": round(1000 * statistics.median(ours for ours, _ in pairs), 1),
        "bare_ms": round(1000 * statistics.median(bare for _, bare in pairs), 1),
        "ratio": round(statistics.median(ours / bare for ours, bare in pairs), 2),
        "target": 3,
    }


def _saved_and_copied(content, place, rows, owner):
    """Seconds of both. Both are undone, and nothing that is dead stays in a table."""
    with importing.read_draft(content, "bench.xlsx", place.review, place.part).spool as spool:
        draft = importing.Draft("bench.xlsx", spool)
        with transaction.atomic():
            ours = seconds(lambda: _save(draft, content, place))
            columns = _keep_rows(place, rows)
            transaction.set_rollback(True)
    rows.seek(0)
    with connection.cursor() as cursor, transaction.atomic():
        bare = seconds(
            lambda: cursor.copy_expert(f"copy bench_copied ({columns}) from stdin", rows)
        )
        transaction.set_rollback(True)
    owner.execute("vacuum chronologies_entry, bench_copied")
    return ours, bare


def _save(draft, content, place):
    services.save_file(draft, content, place.review, place.part, key=uuid.uuid4())


def _keep_rows(place, file):
    """Every column that a COPY can bring, of the rows just saved."""
    file.seek(0)
    file.truncate()
    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns"
            " where table_name = 'chronologies_entry' and is_generated = 'NEVER'"
        )
        (columns,) = cursor.fetchone()
        cursor.copy_expert(
            f"copy (select {columns} from chronologies_entry"  # noqa: S608
            f" where participation_id = {place.part.pk}) to stdout",
            file,
        )
    return columns


# --- Memory -------------------------------------------------------------------------------------
# The peak that Linux keeps in /proc counts from the start of the program; what getrusage says of a
# process begins with what its parent held. So the confined reader is asked about in a small parent.

_COMMAND = """
import re, sys, django
django.setup()
from django.core.management import call_command
call_command("import_chronology", *sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
_READER = """
import resource, sys
from foundations.office import stream_file
with stream_file(open(sys.argv[1], "rb").read(), "bench.xlsx") as document:
    for part in document:
        for row in document.rows():
            pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _memory(few, many, place):
    options = ["--review", place.review.reference, "--agency", place.agency.name]
    return {
        "dry run": _peaks(few, many, _COMMAND, *options, "--dry-run"),
        "saving": _peaks(few, many, _COMMAND, *options),
        "confined reader": _peaks(few, many, _READER),
        "target": 1.2,
    }


def _peaks(few, many, program, *arguments):
    peaks = [_peak(program, str(path), *arguments) for path in (few, many)]
    return {"mb": [round(peak / 1024) for peak in peaks], "ratio": round(peaks[1] / peaks[0], 2)}


def _peak(program, *arguments):
    """In KB, of a process of its own."""
    said = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return int(said.stdout.split()[-1])
