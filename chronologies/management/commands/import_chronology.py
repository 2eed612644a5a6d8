import json
import sys
import tempfile
import uuid
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from agencies.models import Agency
from chronologies import importing, services
from chronologies.outcomes import NotEntry, ReadEntry, Rejected
from chronologies.reading import UnknownHeading
from foundations.office import Refused
from foundations.office.guard import check_size
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Participation, Review
from reviews.services import add_agency

IN_MEMORY = 1024 * 1024


class CannotImport(Exception):
    """Nothing is imported; each problem is (where, message)."""

    def __init__(self, *problems):
        super().__init__()
        self.problems = problems


class Command(BaseCommand):
    help = "Import a chronology from an Excel, Word or CSV file: all of it, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument(
            "--agency", metavar="NAME", help="Whose it is. Without: context from the review team."
        )
        parser.add_argument(
            "--mapping", metavar="FILE", help="JSON: what each column of the file holds."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be saved.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, review, agency, mapping, dry_run, format, **options):  # noqa: A002
        with Report(wants_rows=format == "json") as report:
            say = self._say_json if format == "json" else self._say
            try:
                place = Place(review, agency)
                content = _content(file)
                self._import(report, place, content, Path(file).name, _mapping(mapping), dry_run)
            except CannotImport as refusal:
                report.refused = refusal.problems
                say(report)
                sys.exit(1)
            say(report)

    def _import(self, report, place, content, name, mapping, dry_run):
        try:
            draft = importing.read_draft(
                content,
                name,
                place.review,
                place.part,
                mapping=mapping,
                hear=report.hear,
                keeps=not dry_run or place.has_saved_files,
            )
        except (Refused, UnknownHeading) as refusal:
            raise CannotImport((name, refusal.message)) from refusal
        with draft.spool:
            report.draft = draft
            if draft.is_refused:
                raise CannotImport(*((f"{name}, {at}", message) for at, message in report.rejected))
            if draft.is_empty:
                raise CannotImport((name, importing.NOTHING_FOUND))
            if dry_run:
                report.counts = place.compare(draft)
            else:
                report.counts = self._saved(place, draft, content)
                report.saved = True

    def _saved(self, place, draft, content):
        try:
            return place.save(draft, content)
        except ReviewEnded as refusal:
            where = f"--review {place.review.reference}"
            raise CannotImport((where, *refusal.messages)) from refusal

    def _say(self, report):
        for where, message in report.refused:
            self.stderr.write(f"{where}: {message}")
        if report.refused:
            self.stderr.write("Nothing was saved.")
            return
        counts = {"changed": 0, "removed": 0} | report.draft.counts | report.counts
        self.stdout.write(
            f"{counts['rows_read']} rows read: {counts['entries']} entries, "
            f"{counts['not_entries']} not entries, {counts['doubts']} to check.\n"
            f"{'Saved' if report.saved else 'Nothing was saved. It would be'}: "
            f"{counts['added']} added, {counts['changed']} changed, {counts['removed']} removed."
        )

    def _say_json(self, report):
        for piece in report.json():
            self.stdout.write(piece, ending="")


class Report:
    """What was read, kept on disk as it is heard: a file of any length is told in little memory."""

    ROWS = ("entries", "not_entries", "doubts", "rejected")

    def __init__(self, *, wants_rows):
        self.wants_rows = wants_rows
        self.draft = None
        self.counts = {}
        self.saved = False
        self.refused = ()
        self.rejected = []

    def __enter__(self):
        spool = tempfile.SpooledTemporaryFile
        self.spools = {name: spool(IN_MEMORY) for name in self.ROWS}
        return self

    def __exit__(self, *error):
        for spool in self.spools.values():
            spool.close()

    def hear(self, outcome):
        if not self.wants_rows and not isinstance(outcome, Rejected):
            return
        if isinstance(outcome, ReadEntry):
            self._keep("entries", outcome)
        elif isinstance(outcome, NotEntry):
            self._keep("not_entries", outcome)
        else:
            self.rejected.append((str(outcome.at), outcome.message))
            self._keep("rejected", outcome)
            return
        for doubt in outcome.doubts:
            self._keep("doubts", doubt)

    def _keep(self, name, row):
        if self.wants_rows:
            spool = self.spools[name]
            spool.write(b",\n" if spool.tell() else b"")
            spool.write(json.dumps(row.to_json(), ensure_ascii=False).encode())

    def json(self):
        """In pieces, one object when joined."""
        yield "{"
        if self.refused:
            refused = [{"where": where, "message": message} for where, message in self.refused]
            yield f'"refused": {json.dumps(refused, ensure_ascii=False)},\n'
        if self.draft:
            for name, spool in self.spools.items():
                yield f'"{name}": ['
                spool.seek(0)
                for line in spool:
                    yield line.decode()
                yield "],\n"
        rest = json.dumps(self._rest(), ensure_ascii=False)
        yield f"{rest[1:]}\n"

    def _rest(self):
        rest = {"saved": self.saved}
        if self.draft:
            counts = {"added": 0, "changed": 0, "removed": 0} | self.counts
            rest = {
                "rows_read": self.draft.counts["rows_read"],
                "mapping": self.draft.mapping,
                "unmapped_columns": self.draft.unmapped_columns,
                "layouts": self.draft.layouts,
                "warnings": list(self.draft.warnings),
                **counts,
                **rest,
            }
        return rest


class Place:
    """One agency's part in a review, which saving makes if there is none; or the review team's own."""

    def __init__(self, reference, agency_name):
        self.review = Review.objects.filter(reference=reference).first()
        if self.review is None:
            raise CannotImport((f"--review {reference}", f"There is no review “{reference}”."))
        self.part = self._part_of(_agency(agency_name)) if agency_name is not None else None

    def _part_of(self, agency):
        """Not saved yet where the agency has no part so far: trying an import must leave no trace."""
        found = self.review.participations.filter(agency=agency).first()
        return found or Participation(review=self.review, agency=agency)

    @property
    def has_saved_files(self):
        return importing.has_saved_files(self.review, self.part)

    def compare(self, draft):
        if not self.has_saved_files:
            return {"added": draft.counts["entries"]}
        with transaction.atomic():
            comparison = importing.compare_draft(draft, self.review, self.part)
            transaction.set_rollback(True)
        return comparison.counts

    def save(self, draft, content):
        part = self.part
        if part:
            part = add_agency(self.review, agency=part.agency, by=None)
        comparison = services.save_file(draft, content, self.review, part, key=uuid.uuid4())
        return comparison.counts


def _agency(name):
    found = {agency.pk: agency for agency in Agency.objects.named(name)}
    if len(found) == 1:
        return found.popitem()[1]
    where = f"--agency {name}"
    if found:
        raise CannotImport(
            (where, f"More than one agency goes by the name “{name}”. Use its full name.")
        )
    raise CannotImport(
        (
            where,
            f"There is no agency “{name}”. Check the name, or create it with create_agency first.",
        )
    )


def _content(path):
    path = Path(path)
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except Refused as refusal:
        raise CannotImport((path.name, refusal.message)) from refusal
    except OSError as error:
        raise CannotImport((str(path), f"It cannot be opened: {error.strerror}.")) from error


def _mapping(path):
    if path is None:
        return None
    try:
        mapping = json.loads(Path(path).read_text())
    except OSError as error:
        raise CannotImport((path, f"It cannot be opened: {error.strerror}.")) from error
    except ValueError as error:
        raise CannotImport(
            (path, "It is not JSON, such as {“date”: “Date of contact”}.")
        ) from error
    if not isinstance(mapping, dict):
        raise CannotImport((path, "A mapping is an object, such as {“date”: “Date of contact”}."))
    return mapping
