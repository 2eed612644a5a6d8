from foundations.console import AnsweringCommand, CannotDo
from reports.checks.commanding import in_words, lists_of, to_json
from reports.models import Document, Kind
from reviews.models import Review


class Command(AnsweringCommand):
    help = "What a quality panel would see in a document of a review, before it is submitted."
    saves = False

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--kind", default=Kind.OVERVIEW, choices=Kind.values)

    def answer(self, *, review, kind, **_):
        found = Review.objects.select_related("partnership").filter(reference=review).first()
        if found is None:
            raise CannotDo(f"--review {review}", f"There is no review “{review}”.")
        rows = Document.objects.live().filter(review=found, kind=kind).order_by("number")
        document = rows.last()  # of a kind that there is several times, the one begun last
        if document is None:
            none = f"The review has no {Kind(kind).label.lower()} yet."
            raise CannotDo(found.reference, none)
        document.review = found
        self.lists = lists_of(document)
        return {"document": document.number, "items": [to_json(one) for one in self.lists]}

    def tell(self, answer):
        self.stdout.write("\n".join(line for one in self.lists for line in in_words(one)))
