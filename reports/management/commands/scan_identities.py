import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from audit.models import EventType
from audit.services import record
from foundations.console import AnsweringCommand, CannotDo
from reports.leaks.engine import Scanner
from reports.leaks.hits import RANK
from reports.leaks.of_review import register_of
from reports.leaks.register import NotARegister, register_from_json
from reports.leaks.scanning import scan
from reviews.models import Review


class Command(AnsweringCommand):
    help = (
        "Look through files for what could tell who the people of a review are. Changes nothing; that it was "
        "done with the register of a review stands in its trail."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        register = parser.add_mutually_exclusive_group(required=True)
        register.add_argument("--review", metavar="REFERENCE")
        register.add_argument("--register", metavar="FILE.json")
        parser.add_argument("files", nargs="+", metavar="FILE")

    def answer(self, *, review, register, files, **_):
        review = _review(review) if review else None
        scanner = Scanner(register_of(review) if review else _of_file(register))
        contents = [(file, _read(file)) for file in files]
        self.scanned = [
            replace(scan(scanner, content, Path(file).name), file=file)
            for file, content in contents
        ]
        if review:
            _tell(review, contents, self.scanned)
        return {"files": [one.to_json() for one in self.scanned]}

    def tell(self, answer):
        for one in self.scanned:
            self.stdout.write(f"{one.file}: {one.summary}")
            for hit in one.hits:
                where = ", ".join(dict.fromkeys((hit.part, hit.location)))
                self.stdout.write(
                    f"  {hit.severity}: {where}: “{hit.text}” ({hit.kind}). {hit.why}"
                )


def _review(reference):
    review = Review.objects.select_related("partnership").filter(reference=reference).first()
    if review is None:
        raise CannotDo(f"--review {reference}", f"There is no review “{reference}”.")
    return review


def _tell(review, contents, scanned):
    """Digests and counts: no name of a file, which may be somebody's."""
    for (_, content), one in zip(contents, scanned, strict=True):
        found = Counter(hit.severity for hit in one.hits)
        record(
            EventType.SCAN_MADE,
            by=None,
            review=review,
            source="command",
            sha256=hashlib.sha256(content).hexdigest(),
            unread=len(one.could_not_read),
            **{severity: found[severity] for severity in RANK},
        )


def _of_file(path):
    where = f"--register {path}"
    try:
        return register_from_json(json.loads(_read(path, where)))
    except NotARegister as refusal:
        place = f"{where}, {refusal.where}" if refusal.where else where
        raise CannotDo(place, refusal.message) from refusal
    except ValueError as error:
        raise CannotDo(where, "This is not JSON.") from error


def _read(path, where=""):
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CannotDo(where or path, f"It cannot be read: {error.strerror}.") from error
