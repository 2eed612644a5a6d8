"""Fictional documents, and what to ask of the PDFs they become."""

import io
import tempfile
from pathlib import Path

import outloud
import page
import pikepdf
from django.template import Context, Engine
from pypdf import PdfReader

PROJECT = Path(__file__).resolve().parents[3]
TEMPLATES = Engine(dirs=[PROJECT / "templates"])

CHRONOLOGY = """{% extends "pdf/base.html" %}{% block content %}{% regroup entries by year as years %}
{% for year in years %}<h2>{{ year.grouper }}</h2>
{% for entry in year.list %}{% include "pdf/_entry.html" %}{% endfor %}{% endfor %}{% endblock %}"""

PLAN = """{% extends "pdf/base.html" %}{% block content %}<table>
<caption>Recommendations by agency</caption>
<colgroup><col style="width: 10%"><col style="width: 60%"><col style="width: 30%"></colgroup>
<thead><tr><th>Number</th><th>Recommendation</th><th>Target date</th></tr></thead>
<tbody>{% for agency, rows in agencies %}<tr class="banner"><td colspan="3">{{ agency }}</td></tr>
{% for row in rows %}<tr><th scope="row">{{ row.number }}</th><td>{{ row.text }}</td><td>{{ row.target }}</td></tr>
{% endfor %}{% endfor %}</tbody></table>{% endblock %}"""

AGENCIES = ("Northbeck Adult Social Care", "Westmoor Police", "St Wilfrid’s Medical Centre")
TEXTS = (
    "MA 1 attended the surgery with bruising to her left forearm. She said that she had fallen.",
    "Tenancy visit. The property was in good order. FA 1 answered every question put to MA 1.",
    "Strategy discussion between children’s services, the police and the health visitor. It was "
    "agreed that the threshold was not met. The health visitor was to see the family within ten "
    "working days; the police were to share three incident logs.\nNo minutes are on the file.",
)


def entries(count, *, first=1):
    return [
        {
            "number": number,
            "year": 2009 + number // 25,
            "date": ("14 March", "About mid-September", "June")[number % 3]
            + f" {2009 + number // 25}",
            "time": "10.30" if number % 3 == 0 else "",
            "agency": AGENCIES[number % 3],
            "people": "MA 1, FA 1",
            "text": TEXTS[number % 3],
        }
        for number in range(first, first + count)
    ]


def chronology(rows, **context):
    defaults = {"title": "Combined chronology", "reference": "DHR-2031-007", "entries": rows}
    return TEMPLATES.from_string(CHRONOLOGY).render(Context(defaults | context))


def plan(count=30, *, text="All staff should ask, and record the question as well as the answer. "):
    rows = [
        {"number": f"R{number}", "text": text * (1 + number % 4), "target": "30 September 2031"}
        for number in range(1, count + 1)
    ]
    agencies = [(agency, rows[place::3]) for place, agency in enumerate(AGENCIES)]
    context = {"title": "Action plan", "reference": "DHR-2031-007", "landscape": True}
    return TEMPLATES.from_string(PLAN).render(Context(context | {"agencies": agencies}))


def bare(body):
    return f'<html lang="en-GB"><title>A document</title><h1>A document</h1>{body}</html>'


def page_texts(pdf):
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


def broken_rules(pdf):
    """What the two validators refuse. The second knows what the first passes: test_pdf_validators."""
    return broken_by_page(pdf) + broken_by_outloud(pdf)


def broken_by_page(pdf):
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


# What it takes for a fault that is none: words of a running header beside one another for prose, and a short
# table whose rows have heads too for headings cut to pieces.
NOT_ASKED = ("TAG-002", "TBL-010")


def broken_by_outloud(pdf):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        result = outloud.check(file.name, skip=NOT_ASKED)
    crashed = [f"{run.rule}: {run.reason}" for run in result.runs if run.status == "crashed"]
    found = [f"{one.rule}: {one.message}" for one in result.findings if one.severity == "error"]
    return [result.error] * bool(result.error) + crashed + found


def pages_without_tags(pdf):
    """Numbers of the pages whose tags are missing, another page's, or cut off from the root.

    Validators pass a file in which only the first part of a joined document still has its tags.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        owners = {int(key): owner for key, owner in zip(nums[::2], nums[1::2], strict=True)}
        seen = set()
        return [
            number
            for number, sheet in enumerate(document.pages, start=1)
            if not _owns_tags(sheet.obj, owners, root, seen)
        ]


def _owns_tags(sheet, owners, root, seen):
    key = int(sheet.get("/StructParents", -1))
    if key in seen or key not in owners:
        return False
    seen.add(key)
    elements = [element for element in owners[key] if element is not None]
    return bool(elements) and all(_belongs(element, sheet, root) for element in elements)


def _belongs(element, sheet, root):
    if element.Pg.objgen != sheet.objgen:
        return False
    while "/P" in element:
        if element.objgen not in _kids(element.P):
            return False
        element = element.P
    return element.objgen == root.objgen


def _kids(element):
    return {kid.objgen for kid in element.K if isinstance(kid, pikepdf.Dictionary)}
