"""Files of review one that were looked through for identities: one with a decision, and one that waits."""

import uuid
from functools import partial

from reports.leaks.deciding import decide
from reports.leaks.keeping import ask_for_scan, finish_scan
from reports.leaks.looked import Looking
from reports.models import Scan


def look_through_files(rows, mark):
    """After the documents."""
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    say = partial(mark, review=rows.one.reference, place=every, kind="report led")
    content = f"{say('She rang')} 07700 900123 {say('at once')}.".encode()
    rows.scan, rows.scan_waiting = (_asked(rows, content, say("report")) for _ in range(2))
    looked = Looking(rows.one).at_file(content, "report.txt")
    finish_scan(rows.scan, looked)
    rows.scan = Scan.objects.get(pk=rows.scan.pk)
    decide(
        rows.scan,
        [0],
        verdict="keep",
        reason=say("It is the helpline's"),
        by=rows.chair,
        key=uuid.uuid4(),
        seen=0,
    )


def _asked(rows, content, name):
    return ask_for_scan(
        rows.one,
        source="uploaded",
        name=f"{name}.txt",
        content=content,
        by=rows.chair,
        key=uuid.uuid4(),
    )
