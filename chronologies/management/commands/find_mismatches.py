import time

from chronologies.mismatches.models import Mismatch
from chronologies.mismatches.services.refreshing import refresh
from foundations.console import AnsweringCommand, CannotDo
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review

_RANK = {"high": 0, "medium": 1, "low": 2}


class Command(AnsweringCommand):
    help = "Look where a review's chronologies disagree, and keep what is found. Safe to repeat."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--review", required=True, metavar="REFERENCE")

    def answer(self, *, review, **_):
        found = Review.objects.filter(reference=review).first()
        where = f"--review {review}"
        if found is None:
            raise CannotDo(where, f"There is no review “{review}”.")
        start = time.perf_counter()
        try:
            refresh(found)
        except ReviewEnded as refusal:
            raise CannotDo(where, " ".join(refusal.messages)) from refusal
        seconds = time.perf_counter() - start
        return {"mismatches": _told(found), "seconds": round(seconds, 3)}


def _told(review):
    rows = Mismatch.objects.filter(review=review).current().for_display()
    rows = rows.prefetch_related("entry_links__entry__source_file")
    return [
        _row(each)
        for each in sorted(rows, key=lambda m: (_RANK[m.confidence], m.date.sort_key, m.pk))
    ]


def _row(each):
    return {
        "id": f"{each.key[:16]}-{each.evidence[:16]}",
        "kind": each.kind,
        "also_kind": list(each.also_kinds),
        "entries": [_entry(link.entry) for link in each.entry_links.all()],
        "agencies": [str(part.participation.agency) for part in each.parts.all()],
        "missing_from": str(each.missing_from.agency) if each.missing_from else None,
        "date": each.date.to_json(),
        "explanation": each.explanation,
        "confidence": each.confidence,
    }


def _entry(entry):
    return {
        "agency": str(entry.participation.agency) if entry.participation else None,
        "file": entry.source_file.name if entry.source_file else None,
        "at": _at(entry) if entry.is_from_file else None,
    }


def _at(entry):
    """As import_chronology has it: only a sheet has a name, other parts a number."""
    part = entry.part
    if entry.part_kind != "sheet" and part.isdigit():
        part = int(part)
    return {"part_kind": entry.part_kind, "part": part, "row": entry.row}
