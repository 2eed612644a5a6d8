import json
import sys
import uuid
from pathlib import Path

from django.core.management.base import BaseCommand

from actionplans import drafting, importing, services
from actionplans.reading import NotAnActionPlan
from foundations.office import Refused
from foundations.office.guard import check_size
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review


class CannotImport(Exception):
    """Nothing is imported; each problem is (where, message)."""

    def __init__(self, *problems):
        super().__init__()
        self.problems = problems


class Command(BaseCommand):
    help = "Import an action plan from a Word, Excel or CSV file: all of it, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument(
            "--mapping", metavar="FILE", help="JSON: the heading of each column of the file."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be saved.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, review, mapping, dry_run, format, **options):  # noqa: A002
        said = {"saved": False}
        try:
            self._import(said, file, review, mapping, dry_run)
        except CannotImport as refusal:
            said["refused"] = [
                {"where": where, "message": message} for where, message in refusal.problems
            ]
        if format == "json":
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self._say(said)
        if "refused" in said:
            sys.exit(1)

    def _import(self, said, file, reference, mapping_file, dry_run):
        review = _review(reference)
        name, content, mapping = Path(file).name, _content(file), _mapping(mapping_file)
        draft = _read(content, name, review, mapping)
        if draft.plan:
            said |= draft.plan.to_json() | {"warnings": list(draft.warnings)}
        if draft.is_empty and not (draft.plan and draft.plan.rejected):
            raise CannotImport((name, draft.problem or drafting.NOTHING_FOUND))
        if draft.plan.rejected:
            raise CannotImport(*((f"{name}, {one.at}", one.message) for one in draft.plan.rejected))
        if dry_run:
            comparison = importing.compare(draft, review)
        else:
            comparison = _save(draft, content, review, mapping)
            said["saved"] = True
        said |= comparison.counts
        said["new_agencies"] = comparison.bodies.new
        said["doubts"] = said["doubts"] + _doubts_about_leads(draft, comparison)

    def _say(self, said):
        for problem in said.get("refused", ()):
            self.stderr.write(f"{problem['where']}: {problem['message']}")
        if "refused" in said:
            self.stderr.write("Nothing was saved.")
            return
        count = len(said["recommendations"])
        self.stdout.write(
            f"{said['rows_read']} rows read: {count} recommendation{'' if count == 1 else 's'}, "
            f"{len(said['not_rows'])} other rows, {len(said['doubts'])} to check.\n"
            f"{'Saved' if said['saved'] else 'Nothing was saved. It would be'}: "
            f"{said['added']} added, {said['changed']} changed, {said['removed']} removed."
        )


def _read(content, name, review, mapping):
    try:
        return drafting.read_draft(content, name, review, mapping=mapping)
    except (Refused, NotAnActionPlan, drafting.UnknownColumn) as refusal:
        raise CannotImport((name, refusal.message)) from refusal


def _save(draft, content, review, mapping):
    try:
        return services.save_file(
            draft, content, review, mapping=mapping, by=None, key=uuid.uuid4()
        )
    except importing.CannotSave as refusal:
        raise CannotImport((draft.name, str(refusal))) from refusal
    except ReviewEnded as refusal:
        raise CannotImport((f"--review {review.reference}", *refusal.messages)) from refusal


def _doubts_about_leads(draft, comparison):
    """One about all the names that are new to the register, and one about each nobody can place."""
    bodies = comparison.bodies
    places = {one.id: one.at.to_json() for one in draft.plan.recommendations}
    said = [(name, bodies.doubts[name]) for name in bodies.doubts if name not in bodies.agencies]
    if bodies.new:
        names = ", ".join(f"“{name}”" for name in bodies.new)
        said.append((bodies.new[0], f"Not in the register of agencies, and added to it: {names}."))
    return [
        {"at": places[bodies.first_rows[name]], "column": "lead_agency", "message": message}
        for name, message in said
    ]


def _review(reference):
    review = Review.objects.filter(reference=reference).first()
    if review is None:
        raise CannotImport((f"--review {reference}", f"There is no review “{reference}”."))
    return review


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
    """{column: heading or headings}, or None."""
    if path is None:
        return None
    example = "Use an object, such as {“recommendation”: “What we recommend”}."
    try:
        mapping = json.loads(Path(path).read_text())
    except OSError as error:
        raise CannotImport((path, f"It cannot be opened: {error.strerror}.")) from error
    except ValueError as error:
        raise CannotImport((path, f"It is not JSON. {example}")) from error
    if not isinstance(mapping, dict) or not all(map(_is_headings, mapping.values())):
        raise CannotImport((path, f"It is no mapping. {example}"))
    return mapping


def _is_headings(value):
    headings = value if isinstance(value, list) else [value]
    return all(isinstance(heading, str) for heading in headings)
