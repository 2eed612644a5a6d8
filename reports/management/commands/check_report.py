import json
import sys

from django.core.management.base import BaseCommand

from reports.checks.looking import look
from reports.models import Document, Kind
from reviews.models import Review


class Command(BaseCommand):
    help = "What a quality panel would see in a document of a review, before it is submitted."

    def add_arguments(self, parser):
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--kind", default=Kind.OVERVIEW, choices=Kind.values)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, review, kind, format, **_):  # noqa: A002
        found = Review.objects.select_related("partnership").filter(reference=review).first()
        if found is None:
            return self._refuse(format, f"--review {review}", f"There is no review “{review}”.")
        rows = Document.objects.live().filter(review=found, kind=kind).order_by("number")
        document = rows.last()  # of a kind that there is several times, the one begun last
        if document is None:
            none = f"The review has no {Kind(kind).label.lower()} yet."
            return self._refuse(format, found.reference, none)
        document.review = found
        items = look(document).items
        if format == "json":
            told = {"document": document.number, "items": [one.to_json() for one in items]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(line for one in items for line in _lines(one)))
        return None

    def _refuse(self, format_, where, message):
        if format_ == "json":
            refused = {"refused": [{"where": where, "message": message}]}
            self.stdout.write(json.dumps(refused, ensure_ascii=False))
        else:
            self.stderr.write(f"{where}: {message}")
        sys.exit(1)


def _lines(item):
    yield f"{item.question} {item.result}"
    for one in item.found:
        where = ", ".join(dict.fromkeys(side.name for side in one.sides))
        yield f"  {where}: {one.message}" if where else f"  {one.message}"
