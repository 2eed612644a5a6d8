import hashlib
import io
import json
import sys
import time
from datetime import date
from pathlib import Path

import pikepdf
from django.core.management.base import BaseCommand, CommandError

from actionplans.papers import commanding as papers
from actionplans.papers.kinds import Layout
from foundations.office.pdf import RenderFailed
from reports.rendering import commanding as documents
from reviews.models import Review

KINDS = (*documents.KINDS, documents.CHRONOLOGY, *papers.KINDS)


class Command(BaseCommand):
    help = "Draw a document, the combined chronology or a paper of a review. Nothing is kept of it."

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--kind", required=True, help=", ".join(KINDS))
        parser.add_argument("--variant", default="confidential", help="confidential, anonymised")
        parser.add_argument("--to", required=True, choices=["pdf", "docx", "html", "xlsx"])
        parser.add_argument("--with-plan", action="store_true", help="The plan as an appendix.")
        parser.add_argument("--layout", choices=Layout.values, help="Of an action plan.")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="Of a paper: today.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, out, review, kind, format, **asked):  # noqa: A002
        if problem := _misused(kind, **asked):
            raise CommandError(problem, returncode=2)
        found = Review.objects.select_related("partnership").filter(reference=review).first()
        if found is None:
            return self._refuse(format, [(f"--review {review}", f"There is no review “{review}”.")])
        began = time.monotonic()
        try:
            content, more = _drawn(found, kind, **asked)
            Path(out).write_bytes(content)
        except documents.Refused as refusal:
            return self._refuse(format, refusal.found)
        except RenderFailed as refusal:
            return self._refuse(format, [(found.reference, str(refusal))])
        except OSError as error:
            return self._refuse(format, [(out, f"It cannot be written: {error.strerror}.")])
        said = {
            "pages": _pages(content) if asked["to"] == "pdf" else None,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "seconds": round(time.monotonic() - began, 2),
            **more,
        }
        told = json.dumps(said) if format == "json" else f"{said['bytes']} bytes, written to {out}."
        self.stdout.write(told)
        return None

    def _refuse(self, format_, found):
        if format_ == "json":
            refused = [{"where": where, "message": message} for where, message in found]
            self.stdout.write(json.dumps({"refused": refused}, ensure_ascii=False))
        else:
            for where, message in found:
                self.stderr.write(f"{where}: {message}")
        sys.exit(1)


def _misused(kind, **asked):
    if kind in papers.KINDS:
        return papers.misused(**asked)
    if kind in KINDS:
        return documents.misused(kind, **asked)
    return f"“{kind}” cannot be drawn. Use one of: {', '.join(KINDS)}."


def _drawn(review, kind, **asked):
    """(bytes, what else is said of them)"""
    if kind in papers.KINDS:
        content, rows = papers.drawn(review, kind, **asked)
        return content, {"rows": rows}
    return documents.drawn(review, kind, **asked), {}


def _day(text):
    return date.fromisoformat(text)


def _pages(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
