"""The identity scan of a Word file, with a register of 60 people: seconds, and how they grow.

The file is a report of pages of about 500 words, with tables and a leak on every fifth page. The
reference is python-docx reading the same file's paragraphs, which looks for nothing.
"""

import io
import random
import sys

from docx import Document

from bench.figures import median_seconds
from reports.leaks.engine import Scanner
from reports.leaks.register import register_from_json
from reports.leaks.scanning import scan

TARGET_SECONDS = 5
PEOPLE = 60
WORDS_A_PARAGRAPH = 62
PARAGRAPHS_A_PAGE = 8
GIVEN = ("Anwen", "Bethan", "Cerys", "Delyth", "Emrys", "Ffion", "Gwilym", "Heledd", "Idris", "May")
SURNAMES = ("Larkrise", "Quillfeather", "Oakhanger", "Thornbury", "Wetherlam", "Ashgrove", "Rose")
WORDS = [
    "the",
    "panel",
    "heard",
    "that",
    "agencies",
    "knew",
    "of",
    "visits",
    "calls",
    "letters",
    "and",
    "meetings",
    "in",
    "which",
    "concerns",
    "about",
    "alcohol",
    "housing",
    "money",
    "and",
    "health",
    "were",
    "raised",
    "recorded",
    "shared",
    "or",
    "missed",
    "by",
    "staff",
    "who",
    "had",
    "not",
    "asked",
    "whether",
    "somebody",
    "was",
    "afraid",
    "at",
    "home",
    "because",
    "nobody",
    "had",
    "told",
    "them",
    "to",
    "ask",
    "when",
    "they",
    "saw",
    "bruises",
]
STARTS = (
    "The police were told on 14 March 2011",
    "In spring 2012 a nurse",
    "Northbeck Council",
    "She",
)


def measure(sizes):
    register = _register()
    figures, times = {}, {}
    for pages in sizes.scanned_pages:
        content = _report(pages, register)
        took = median_seconds(
            {"ours": _scanning(register, content), "bare": _reading(content)}, sizes.times
        )
        found = scan(Scanner(register), content, "report.docx").hits
        planted = sum(hit.kind == "name" and hit.severity == "high" for hit in found)
        times[pages] = took["ours"]
        figures[f"{pages} pages"] = {
            "seconds": round(took["ours"], 3),
            "target_seconds": TARGET_SECONDS,
            "bare_seconds": round(took["bare"], 3),
            "planted": -(-pages // 5),
            "found": planted,
        }
        sys.stderr.write(f"  {pages} pages: {took['ours']:.2f} s\n")
    smallest, largest = min(times), max(times)
    figures["growth"] = {
        "times_as_many_pages": round(largest / smallest, 1),
        "times_as_long": round(times[largest] / times[smallest], 2),
    }
    return figures


def _scanning(register, content):
    """With the making of the patterns, as the command does it."""
    return lambda: scan(Scanner(register), content, "report.docx")


def _reading(content):
    return lambda: [one.text for one in Document(io.BytesIO(content)).paragraphs]


def _register():
    people = [
        {
            "pseudonym": f"Adult {number}",
            "names": [
                f"{GIVEN[number % len(GIVEN)]} {SURNAMES[number % len(SURNAMES)]}{'son' * (number // 10 % 3)}"
            ],
            "born": f"{1 + number % 28}.{1 + number % 12}.{1950 + number % 40}",
            "died": "6 October 2013" if number == 0 else "",
            "publish": {"died": "season"},
            "addresses": [f"{number + 1} Larkrise Street, Northbeck, NB{number % 9 + 1} 4QX"],
            "numbers": [f"07700 900{number:03}"],
        }
        for number in range(PEOPLE)
    ]
    professionals = [f"Helena {surname}worth" for surname in SURNAMES]
    return register_from_json(
        {"people": people, "professionals": professionals, "places": ["Northbeck"]}
    )


def _report(pages, register):
    chance = random.Random(pages)  # noqa: S311  the same report in every run
    document = Document()
    for page in range(pages):
        for paragraph in range(PARAGRAPHS_A_PAGE):
            words = " ".join(chance.choice(WORDS) for _ in range(WORDS_A_PARAGRAPH))
            text = f"{page + 1}.{paragraph + 1} {chance.choice(STARTS)} {words}."
            document.add_paragraph(text)
        if page % 5 == 0:
            name = register.people[page % PEOPLE].names[0]
            row = document.add_table(1, 2).rows[0]
            row.cells[0].text, row.cells[1].text = "Seen", f"Seen at home: {name}, who was well."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
