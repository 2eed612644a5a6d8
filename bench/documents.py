"""The PDFs: a plan of 102 rows, and combined chronologies that must grow with their rows."""

import shutil
import uuid

from accounts.models import User
from actionplans import exports as plan_exports
from actionplans.models import Recommendation
from agencies.services import create_agency, create_partnership
from bench.figures import seconds
from chronologies import exports
from chronologies.models import Entry
from foundations.dates import parse
from reviews.rules import Role
from reviews.services import add_agency, appoint, create_review


def measure(sizes):
    partnership = create_partnership(name="Bench documents")
    coordinator = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@bench.example")
    appoint(user=coordinator, role=Role.COORDINATOR, partnership=partnership, by=None)
    figures = {"plan of 102 rows": _plan(partnership, coordinator)}
    took = {}
    for rows in sizes.pdf_entries:
        took[rows] = _chronology(partnership, coordinator, rows)
        figures[f"chronology of {rows} entries"] = {"seconds": round(took[rows], 2)}
    few, many = sizes.pdf_entries
    figures["growth"] = {
        "rows": round(many / few, 2),
        "time": round(took[many] / took[few], 2),
        "libreoffice": "not installed: no reference"
        if not shutil.which("soffice")
        else "installed",
    }
    return figures


def _review(partnership):
    return create_review(partnership=partnership, reference=f"PDF-{uuid.uuid4().hex[:8]}", by=None)


def _plan(partnership, user):
    review = _review(partnership)
    Recommendation.objects.bulk_create(
        [
            Recommendation(
                review=review,
                position=i,
                number=str(i),
                text=f"Recommendation {i}: every member of staff asks, records and refers, and is supervised in doing so.",
            )
            for i in range(1, 103)
        ]
    )
    return {
        "seconds": round(
            seconds(lambda: plan_exports.make(review, user, format_="pdf", chosen={})), 2
        )
    }


def _chronology(partnership, user, rows):
    review = _review(partnership)
    agency = create_agency(name=f"Bench {uuid.uuid4().hex[:8]}", by=None)
    part = add_agency(review, agency=agency, by=None)
    Entry.objects.bulk_create(
        [
            Entry(
                review=review,
                participation=part,
                position=i,
                date=parse(f"{1 + i % 28}.{1 + i % 12}.{2005 + i % 15}").value,
                persons=["MA 1"],
                text=f"Contact {i}. She said that she did not feel safe at home and asked what could be done about it.",
                action="Advice given, and a referral discussed.",
            )
            for i in range(rows)
        ],
        batch_size=1_000,
    )
    return seconds(lambda: exports.make(review, user, format_="pdf", chosen={}))
