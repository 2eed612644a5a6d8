import hashlib
import io
import os
import time
from datetime import date

import pikepdf
from django.core.management.base import CommandError
from django.db import transaction

from actionplans.papers import commanding as papers
from actionplans.papers.kinds import Layout
from audit.models import EventType
from audit.services import record
from chronologies import exports
from foundations.console import AnsweringCommand, CannotDo
from foundations.office.pdf import RenderFailed
from reports.models import FROM_DATA, Variant
from reports.papers import commanding as from_data
from reports.rendering import commanding as documents
from reviews.models import Review

KINDS = (*documents.KINDS, documents.CHRONOLOGY, *papers.KINDS)


class Command(AnsweringCommand):
    help = (
        "Draw a document, the combined chronology or a paper of a review. No version is kept of it."
    )
    saves = False

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("out", metavar="OUT")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--kind", required=True, help=", ".join(KINDS))
        parser.add_argument("--variant", default="confidential", help="confidential, anonymised")
        parser.add_argument("--to", required=True, choices=["pdf", "docx", "html", "xlsx"])
        parser.add_argument("--with-plan", action="store_true", help="The plan as an appendix.")
        parser.add_argument("--layout", choices=Layout.values, help="Of an action plan.")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="Of a paper: today.")

    def answer(self, *, out, review, kind, **asked):
        if problem := _misused(kind, **asked):
            raise CommandError(problem, returncode=2)
        found = Review.objects.select_related("partnership").filter(reference=review).first()
        if found is None:
            raise CannotDo(f"--review {review}", f"There is no review “{review}”.")
        self.out, began = out, time.monotonic()
        try:
            content, more = _drawn(found, kind, **asked)
            with transaction.atomic():
                _tell(found, kind, asked, content, more)
                _write(out, content)
        except documents.Refused as refusal:
            first, *others = refusal.found
            raise CannotDo(*first, others) from refusal
        except RenderFailed as refusal:
            raise CannotDo(found.reference, str(refusal)) from refusal
        except OSError as error:
            raise CannotDo(out, f"It cannot be written: {error.strerror}.") from error
        return {
            "pages": _pages(content) if asked["to"] == "pdf" else None,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "seconds": round(time.monotonic() - began, 2),
            **more,
        }

    def tell(self, answer):
        self.stdout.write(f"{answer['bytes']} bytes, written to {self.out}.")


def _misused(kind, **asked):
    if asked["variant"] not in Variant:
        return f"There is no variant “{asked['variant']}”. Use confidential or anonymised."
    if kind not in papers.KINDS and (asked["layout"] or asked["as_of"]):
        return f"--layout and --as-of are for papers: {', '.join(papers.KINDS)}."
    if kind not in documents.KINDS and asked["with_plan"]:
        return f"--with-plan is for documents: {', '.join(documents.KINDS)}."
    if kind in papers.KINDS:
        return papers.misused(**asked)
    if kind in KINDS:
        return documents.misused(kind, **asked)
    return f"“{kind}” cannot be drawn. Use one of: {', '.join(KINDS)}."


def _drawn(review, kind, **asked):
    """(bytes, what else is said of them)"""
    if kind in FROM_DATA and (
        asked["variant"] == Variant.ANONYMISED or _is_ours(kind, asked["to"])
    ):
        content, rows = from_data.drawn(review, kind, **asked)
        return content, {"rows": rows}
    if kind in papers.KINDS:
        content, rows = papers.drawn(review, kind, **asked)
        return content, {"rows": rows}
    return documents.drawn(review, kind, **asked), {}


def _tell(review, kind, asked, content, more):
    """What leaves the review leaves a line in its trail."""
    record(
        EventType.EXPORTED,
        by=None,
        review=review,
        document=f"{kind}, {asked['variant']}, from the command line",
        format=asked["to"],
        sha256=hashlib.sha256(content).hexdigest(),
        **more,
    )


def _write(out, content):
    """For the eyes of whoever asked for it alone."""
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def _is_ours(kind, to):
    """A chronology as a kind of file that its own room does not make."""
    return kind == documents.CHRONOLOGY and to not in exports.DIRECTLY


def _day(text):
    return date.fromisoformat(text)


def _pages(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
