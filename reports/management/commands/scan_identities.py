import json
from dataclasses import replace
from pathlib import Path

from foundations.console import AnsweringCommand, CannotDo
from reports.leaks.engine import Scanner
from reports.leaks.of_review import register_of
from reports.leaks.register import NotARegister, register_from_json
from reports.leaks.scanning import scan
from reviews.models import Review


class Command(AnsweringCommand):
    help = "Look through files for what could tell who the people of a review are. Changes nothing."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        register = parser.add_mutually_exclusive_group(required=True)
        register.add_argument("--review", metavar="REFERENCE")
        register.add_argument("--register", metavar="FILE.json")
        parser.add_argument("files", nargs="+", metavar="FILE")

    def answer(self, *, review, register, files, **_):
        scanner = Scanner(_of_review(review) if review else _of_file(register))
        contents = [(file, _read(file)) for file in files]
        self.scanned = [
            replace(scan(scanner, content, Path(file).name), file=file)
            for file, content in contents
        ]
        return {"files": [one.to_json() for one in self.scanned]}

    def tell(self, answer):
        for one in self.scanned:
            self.stdout.write(f"{one.file}: {one.summary}")
            for hit in one.hits:
                where = ", ".join(dict.fromkeys((hit.part, hit.location)))
                self.stdout.write(
                    f"  {hit.severity}: {where}: “{hit.text}” ({hit.kind}). {hit.why}"
                )


def _of_review(reference):
    review = Review.objects.select_related("partnership").filter(reference=reference).first()
    if review is None:
        raise CannotDo(f"--review {reference}", f"There is no review “{reference}”.")
    return register_of(review)


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
