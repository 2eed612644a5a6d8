"""The PDFs: a plan of 102 rows, and combined chronologies, which must grow no faster than their rows.

The reference is LibreOffice, printing the Word file of the same chronology, and, which is the least it can be
given, a bare table of the same words; where it is not installed there is none. Documents are made as a page or a worker makes them, with the rights of a coordinator.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from actionplans import exports as plans
from actionplans.models import Action, Recommendation, RecommendationLead
from agencies.services import create_agency, create_partnership
from bench.figures import median_seconds, seconds
from chronologies import exports as chronologies
from chronologies.models import Entry
from foundations.dates import parse
from reports.papers.entries import chronology_of
from reports.papers.entries_drawn import drawn
from reviews.rules import Role
from reviews.services import add_agency, appoint, create_review

PLAN_ROWS = 102


def measure(sizes):
    few, many = sizes.pdf_entries
    place = Place()
    reviews = {rows: place.chronology(rows) for rows in sizes.pdf_entries}
    took = median_seconds(
        {
            rows: lambda review=review: place.print(chronologies, review)
            for rows, review in reviews.items()
        },
        sizes.times,
    )
    plan = place.plan()
    office = _libreoffice(reviews[many], place.coordinator)
    return {
        "plan": {
            "rows": PLAN_ROWS,
            "seconds": round(
                median_seconds({1: lambda: place.print(plans, plan)}, sizes.times)[1], 2
            ),
        },
        "chronologies": {rows: {"seconds": round(took[rows], 2)} for rows in took},
        "growth": {
            "rows": round(many / few, 2),
            "time": round(took[many] / took[few], 2),
            "ratio": round(took[many] / took[few] / (many / few), 2),
            "target": 1,
        },
        "libreoffice": {
            "rows": many,
            "seconds": office,
            "ratio": {name: ratio_to(took[many], each) for name, each in office.items()},
            "target": 0.2,
            "note": "" if office else "soffice is not installed: there is no reference",
        },
    }


class Place:
    def __init__(self):
        self.partnership = create_partnership(name=self._name())
        self.coordinator = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@bench.example")
        appoint(user=self.coordinator, role=Role.COORDINATOR, partnership=self.partnership, by=None)
        self.agencies = [create_agency(name=self._name(), by=None) for _ in range(15)]

    def _name(self):
        return f"Bench {uuid.uuid4().hex[:8]}"

    def _review(self):
        """(review, the parts of its agencies)."""
        reference = self._name().replace(" ", "-")
        review = create_review(partnership=self.partnership, reference=reference, by=None)
        return review, [add_agency(review, agency=one, by=None) for one in self.agencies]

    def print(self, exports, review):
        self.coordinator.__dict__.pop("_access", None)
        made = exports.make(review, self.coordinator, format_="pdf", chosen={})
        if not made.content.startswith(b"%PDF-"):
            raise ValueError("This is no PDF.")

    def chronology(self, rows):
        review, parts = self._review()
        Entry.objects.bulk_create(
            (
                Entry(
                    review=review,
                    participation=parts[i % len(parts)],
                    position=i,
                    date=parse(f"{1 + i % 28}.{1 + i % 12}.{2005 + i % 15}").value,
                    time=f"{i % 24:02}:15",
                    persons=["MA 1"],
                    text=f"Contact {i}. She said that she did not feel safe at home, that it had been"
                    " worse since the autumn, and asked what could be done about it.",
                    action="Advice given, and a referral discussed." if i % 3 else "",
                )
                for i in range(rows)
            ),
            batch_size=1_000,
        )
        return review

    def plan(self):
        review, parts = self._review()
        for i in range(1, PLAN_ROWS + 1):
            one = Recommendation.objects.create(
                review=review,
                position=i,
                number=str(i),
                text="Every member of staff who meets the public asks about abuse, records what is"
                f" said, refers, and is supervised in doing so ({i}).",
                scope="Local",
                target_as_written="March 2012",
                target=parse("March 2012").value,
                claimed_status="completed",
                outcome="A course was written and held four times; an audit showed that it is used.",
            )
            RecommendationLead.objects.create(
                recommendation=one, participation=parts[i % len(parts)]
            )
            for n in (1, 2):
                Action.objects.create(
                    recommendation=one, position=n, text="Write a course and hold it each quarter."
                )
        return review


# --- LibreOffice --------------------------------------------------------------------------------


def ratio_to(ours, office):
    """None where so few rows take LibreOffice no longer than its start, of which no two are alike."""
    return round(ours / office, 2) if office > 0 else None


def _libreoffice(review, user):
    """{what it was given: seconds that it takes for the same rows}, without its start; empty without it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return {}
    entries = Entry.objects.visible_to(user).filter(review=review).live().in_time_order()
    with tempfile.TemporaryDirectory() as folder:
        word, table, start = (
            Path(folder) / name for name in ("word.docx", "table.html", "start.html")
        )
        now = timezone.now()
        word.write_bytes(drawn(chronology_of(review, by=user, at=now), "docx", made_at=now))
        table.write_text(_as_html(entries))
        start.write_text(_as_html(entries[:1]))

        def printed(path, to="pdf"):
            subprocess.run(  # noqa: S603 (a program of this machine, our own file)
                [program, "--headless", "--convert-to", to, "--outdir", folder, str(path)],
                env=os.environ | {"HOME": folder},
                check=True,
                capture_output=True,
            )

        web = "pdf:writer_web_pdf_Export"
        printed(start, web)  # makes its profile
        before = seconds(lambda: printed(start, web))
        return {
            "word": round(seconds(lambda: printed(word)) - before, 2),
            "bare_table": round(seconds(lambda: printed(table, web)) - before, 2),
        }


def _as_html(entries):
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (entry.date, entry.time, ", ".join(entry.persons), entry.text, entry.action)
        )
        for entry in entries
    )
    return f"<!doctype html><meta charset=utf-8><table>{rows}</table>"
