import hashlib
import io
import json
import sys
import time
from datetime import date
from pathlib import Path

import pikepdf
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actionplans.papers import printing, services
from actionplans.papers.kinds import FORMATS, Kind, Layout
from foundations.office.pdf import RenderFailed
from reviews.models import Review

KINDS = {"action-plan": Kind.PLAN, "progress-statement": Kind.STATEMENT}
NO_SCAN = (
    "An anonymised paper cannot be made yet: nothing leaves anonymised before the identity scan has"
    " looked at it. Use --variant confidential."
)


class Command(BaseCommand):
    help = "Draw the action plan or the progress statement of a review as a draft."

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT")
        parser.add_argument("--review", required=True, metavar="REFERENCE")
        parser.add_argument("--kind", required=True, help=", ".join(KINDS))
        parser.add_argument("--variant", default="confidential", help="confidential")
        parser.add_argument("--to", required=True, choices=list(FORMATS))
        parser.add_argument("--layout", choices=Layout.values, default=str(Layout.SEVEN))
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="Default: today.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, out, review, kind, variant, to, layout, as_of, format, **options):  # noqa: A002
        if problem := _misused(kind, variant, as_of):
            raise CommandError(problem, returncode=2)
        found = Review.objects.select_related("partnership").filter(reference=review).first()
        if found is None:
            return self._refuse(format, f"--review {review}", f"There is no review “{review}”.")
        began = time.monotonic()
        day = as_of or timezone.localdate()
        document = services.draft(
            services.scope_of(found), kind=KINDS[kind], layout=layout, as_of=day, by=None
        )
        try:
            content = printing.drawn(document, to, made_at=timezone.localtime())
            Path(out).write_bytes(content)
        except RenderFailed as refusal:
            return self._refuse(format, found.reference, str(refusal))
        except OSError as error:
            return self._refuse(format, out, f"It cannot be written: {error.strerror}.")
        said = {
            "pages": _pages(content) if to == "pdf" else None,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "seconds": round(time.monotonic() - began, 2),
            "rows": document.rows,
        }
        if format == "json":
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{said['rows']} rows, {said['bytes']} bytes, written to {out}.")
        return None

    def _refuse(self, format_, where, message):
        if format_ == "json":
            refused = {"refused": [{"where": where, "message": message}]}
            self.stdout.write(json.dumps(refused, ensure_ascii=False))
        else:
            self.stderr.write(f"{where}: {message}")
        sys.exit(1)


def _misused(kind, variant, as_of):
    if kind not in KINDS:
        return f"“{kind}” cannot be drawn yet. Use one of: {', '.join(KINDS)}."
    if variant == "anonymised":
        return NO_SCAN
    if variant != "confidential":
        return f"There is no variant “{variant}”. Use confidential."
    if as_of and as_of > timezone.localdate():
        return f"{services.NOT_YET}."
    return ""


def _day(text):
    return date.fromisoformat(text)


def _pages(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
