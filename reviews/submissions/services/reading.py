"""What a file says and gives away, read once, in a child process, and kept as rows."""

from dataclasses import asdict
from time import monotonic

from django.db import transaction
from django.utils import timezone

from foundations.office.inspection import inspect
from foundations.office.lifting import lift
from foundations.office.naming import ending
from foundations.office.passages import READ, passages_of, to_json
from foundations.office.tables import Refused
from reviews.submissions.models import OwnPoint, Passage, SubmissionFile

PATIENCE = 10  # seconds that somebody waits for a page; what is left is read at the next look


def read_files(submission):
    """Read what was not read yet, in the time that a page has."""
    until = monotonic() + PATIENCE
    for file in submission.kept_files():
        if monotonic() > until:
            return
        read_file(file)


def read_file(file):
    """Read it where that was not done yet and the scanner lets it be opened. Safe to repeat.

    A report gets its passages and its own recommendations and lessons; an appendix is looked into.
    What cannot be read stays as it is, with the reason beside it.
    """
    if file.is_read or not file.stored.is_released:
        return file
    if ending(file.stored.name) not in READ:
        return _keep(file)
    content = file.stored.content
    try:
        found = inspect(content, file.stored.name)
        read = passages_of(content, file.stored.name) if file.part == file.Part.MAIN else None
    except Refused as refusal:
        return _keep(file, unread_because=refusal.message[:500])
    return _keep(file, found=asdict(found), read=read)


@transaction.atomic
def _keep(file, *, read=None, **said):
    """Two people who look at once read it once."""
    file = SubmissionFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.is_read:
        return file
    for name, value in said.items():
        setattr(file, name, value)
    if read:
        _keep_passages(file, read)
    file.read_at = timezone.now()
    file.save()
    return file


def _keep_passages(file, read):
    lifting = lift(read)
    file.letters, file.placed = read.letters, read.placed
    file.margins, file.doubts = list(read.margins), [*read.doubts, *lifting.doubts]
    file.passed_over = [asdict(one) for one in lifting.passed_over]
    Passage.objects.bulk_create(
        Passage(
            file=file,
            position=said["position"],
            level=said["level"],
            number=said["number"],
            heading=said["heading"],
            is_certain=said["is_certain"],
            blocks=said["blocks"],
            text=passage.text,
        )
        for said, passage in zip(to_json(read)["passages"], read.passages, strict=True)
    )
    OwnPoint.objects.bulk_create(
        OwnPoint(
            file=file,
            kind=row.kind,
            position=at,
            number=row.number,
            text=row.text,
            heading=row.heading,
            group=row.group,
            places=list(row.positions),
            others=[list(pair) for pair in row.others],
            doubts=list(row.doubts),
        )
        for at, row in enumerate(lifting.rows, start=1)
    )
