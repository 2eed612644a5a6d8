"""A long workbook: reading it dry, saving it, and the memory of both."""

import io
import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from agencies.services import create_agency, create_partnership
from bench.figures import in_turns, seconds
from chronologies import importing, services
from foundations.office.writing import Sheet, write_workbook
from reviews.services import add_agency, create_review


def measure(sizes):
    few, many = sizes.rows
    content = workbook(many)
    place = _place()
    return {
        "dry run against bare calamine": {"rows": many}
        | in_turns(lambda: _dry_run(content, place), lambda: _read_bare(content), 5),
        "saving against bare COPY": {"rows": many} | _save(content, place),
        "peak memory of the dry run": _memory(few, many),
    }


def workbook(rows):
    stream = io.BytesIO()
    lines = (
        (
            f"{1 + i % 28:02}.{1 + i % 12:02}.{2005 + i % 15}",
            f"{i % 24:02}:15",
            "MA 1",
            f"Contact {i} with the service about safety at home and what was said",
            "Advice given",
            "Case notes",
        )
        for i in range(rows)
    )
    headings = ("Date", "Time", "Person", "Event", "Action taken", "Source")
    write_workbook([Sheet("Contacts", headings, lines)], stream)
    return stream.getvalue()


def _place():
    partnership = create_partnership(name="Bench")
    review = create_review(
        partnership=partnership, reference=f"IMPORT-{uuid.uuid4().hex[:6]}", by=None
    )
    agency = create_agency(name=f"Bench agency {uuid.uuid4().hex[:6]}", by=None)
    return review, add_agency(review, agency=agency, by=None)


def _dry_run(content, place):
    with importing.read_draft(content, "bench.xlsx", *place, keeps=False).spool:
        pass


def _read_bare(content):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    for _ in sheet.iter_rows():
        pass


def _save(content, place):
    """Each in a transaction of its own that is rolled back; the COPY is of the very rows saved."""
    ratios, ours, bare = [], [], []
    for _ in range(3):
        draft = importing.read_draft(content, "bench.xlsx", *place)
        with draft.spool, transaction.atomic():
            took = seconds(
                lambda draft=draft: services.save_file(draft, content, *place, key=uuid.uuid4())
            )
            copied = _copy_again()
            transaction.set_rollback(True)
        ours.append(took)
        bare.append(copied)
        ratios.append(took / copied)
    return {
        "ours_s": round(sorted(ours)[1], 2),
        "bare_s": round(sorted(bare)[1], 2),
        "ratio": round(sorted(ratios)[1], 2),
    }


def _copy_again():
    """Time a bare COPY of the rows just saved into a table with the same columns and indexes."""
    with connection.cursor() as cursor:
        columns = _plain_columns(cursor)
        with tempfile.TemporaryFile() as file:
            cursor.copy_expert(
                f"copy (select {columns} from chronologies_entry) to stdout",
                file,
            )
            cursor.execute(
                "create temp table copied (like chronologies_entry including all) on commit drop"
            )
            file.seek(0)
            return seconds(lambda: cursor.copy_expert(f"copy copied ({columns}) from stdin", file))


def _plain_columns(cursor):
    cursor.execute(
        "select string_agg(quote_ident(column_name), ', ') from information_schema.columns "
        "where table_name = 'chronologies_entry' and is_generated = 'NEVER'"
    )
    return cursor.fetchone()[0]


_CHILD = """
import resource, sys, io
from bench.__main__ import *
import django; django.setup()
from chronologies import importing
from reviews.models import Participation
part = Participation.objects.order_by("-pk").first()
content = open(sys.argv[1], "rb").read()
with importing.read_draft(content, "bench.xlsx", part.review, part, keeps=False).spool:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
      resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def _memory(few, many):
    """Megabytes of the process that reads, and of the confined child that opens the file."""
    found = {}
    for rows in (few, many):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.xlsx"
            path.write_bytes(workbook(rows))
            said = subprocess.run(  # noqa: S603
                [sys.executable, "-c", _CHILD, str(path)],
                capture_output=True,
                text=True,
                check=True,
            )
        ours, child = said.stdout.split()[-2:]
        found[rows] = {"process_mb": int(ours), "child_mb": int(child)}
    ratio = found[many]["process_mb"] / found[few]["process_mb"]
    return json.loads(json.dumps(found)) | {"ratio": round(ratio, 2)}
