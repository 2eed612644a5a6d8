from pathlib import Path

from foundations.console import AnsweringCommand, CannotDo
from foundations.office import Refused
from foundations.office.guard import check_size
from reports.word.existing import read_report
from reports.word.existing.contract import to_json
from reports.word.saving import save_report
from reviews.models import Review


class Command(AnsweringCommand):
    help = "Import an existing report from a Word file: sections and numbered paragraphs."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be saved.")

    def answer(self, *, file, review, dry_run, **options):
        found = Review.objects.filter(reference=review).first()
        if found is None:
            raise CannotDo(f"--review {review}", f"There is no review “{review}”.")
        path = Path(file)
        try:
            read = read_report(_content(path), path.name)
        except Refused as refusal:
            raise CannotDo(path.name, refusal.message) from refusal
        if not dry_run:
            save_report(found, read.document, by=None)
        return {**to_json(read), "saved": not dry_run}

    def tell(self, answer):
        paragraphs = [one for section in answer["sections"] for one in section["paragraphs"]]
        numbered = sum(bool(one["number"]) for one in paragraphs)
        self.stdout.write(
            f"{len(answer['sections'])} sections and {len(answer['appendices'])} appendices read, "
            f"{numbered} numbered paragraphs and {len(paragraphs) - numbered} others."
        )
        for doubt in answer["doubts"]:
            self.stdout.write(f"To check: {doubt['message']}")
        self.stdout.write("Saved." if answer["saved"] else "Nothing was saved.")


def _content(path):
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise CannotDo(str(path), f"It cannot be opened: {error.strerror}.") from error
