import uuid
from pathlib import Path

from django.core.exceptions import ValidationError

from foundations.console import AnsweringCommand, CannotDo
from foundations.office import Refused
from foundations.office.guard import check_size
from reports.models import WRITTEN_KINDS, Kind
from reports.services import bringing
from reports.word.existing import read_report
from reports.word.existing.contract import to_json
from reviews.models import Review


class Command(AnsweringCommand):
    help = "Import an existing report from a Word file: sections and numbered paragraphs."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument(
            "--kind",
            choices=[kind for kind, _ in WRITTEN_KINDS],
            default=Kind.OVERVIEW.value,
            help="What it is to be; an overview report unless said otherwise.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be saved.")

    def answer(self, *, file, review, kind, dry_run, **options):
        found = Review.objects.filter(reference=review).first()
        if found is None:
            raise CannotDo(f"--review {review}", f"There is no review “{review}”.")
        path = Path(file)
        content = _content(path)
        try:
            read = read_report(content, path.name)
            bringing.made_ready(read, kind)
        except Refused as refusal:
            raise CannotDo(path.name, refusal.message) from refusal
        except ValidationError as refusal:
            raise CannotDo(path.name, " ".join(refusal.messages)) from refusal
        answer = {**to_json(read), "kind": kind, "saved": not dry_run}
        return answer if dry_run else answer | _saved(found, content, path.name, kind)

    def tell(self, answer):
        paragraphs = [one for section in answer["sections"] for one in section["paragraphs"]]
        numbered = sum(bool(one["number"]) for one in paragraphs)
        self.stdout.write(
            f"{len(answer['sections'])} sections and {len(answer['appendices'])} appendices read, "
            f"{numbered} numbered paragraphs and {len(paragraphs) - numbered} others."
        )
        for doubt in answer["doubts"]:
            self.stdout.write(f"To check: {doubt['message']}")
        self.stdout.write(_outcome(answer))


def _outcome(answer):
    if not answer["saved"]:
        return "Nothing was saved."
    if not answer["added"]:
        return (
            f"This file was brought in before, as document {answer['document']}, "
            f"{Kind(answer['kind']).label}. Nothing was added."
        )
    return f"Saved as document {answer['document']}, {Kind(answer['kind']).label}."


def _saved(review, content, name, kind):
    """The same file again adds nothing."""
    brought = bringing.bring(
        review, content=content, name=name, by=None, key=uuid.uuid4(), kind=kind
    )
    is_new = brought.is_open
    document = bringing.save(brought, by=None).document
    return {
        "document": document.number,
        "kind": document.kind,
        "added": is_new,
        "to_settle": document.doubts.open().count(),
    }


def _content(path):
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise CannotDo(str(path), f"It cannot be opened: {error.strerror}.") from error
