"""An overview report of about 70 pages as a PDF: all of it, again after a change in one section, and that
section alone; drawn as the worker and the page do it, with the rights of a coordinator.

The references of the same run are the same words drawn in one piece, and LibreOffice converting the Word
file of the same report; where that is not installed there is no second one.
"""

import io
import os
import shutil
import statistics
import subprocess
import tempfile
import uuid
from dataclasses import replace
from pathlib import Path

import pikepdf
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.documents import Place
from bench.figures import seconds
from reports.models import KeptPart, Paragraph, Variant
from reports.rendering.files import drawn
from reports.rendering.gathering import gather
from reports.rendering.making import make
from reports.services.documents import take_document
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

# Paragraphs of each chapter: as uneven as those of real reports.
CHAPTERS = (8, 16, 24, 40, 90, 50, 32, 40, 24, 8)
TO_A_SECTION = 6  # of those within a chapter
CHANGED = 3  # the chapter in which somebody writes, of middling length
LONGEST = 4
_WORDS = (
    "The practice nurse **recorded** that she had fallen on the stairs. Nobody asked her when she was "
    "alone, and no referral was made; the notes say that she would be seen again in the autumn. "
)
_TABLE = "| Agency | Contacts | From |\n|---|---|---|\n" + "| Police | 4 | 2009 |\n" * 6


def measure(sizes):
    place = Place()
    review = place.plan()
    counts = CHAPTERS if sizes.times > 1 else CHAPTERS[:5:2]
    document = take_document(
        review, _written(counts), kind="overview", by=place.coordinator, key=uuid.uuid4()
    )
    desk = _Desk(document, place.coordinator)
    for warm in (desk.one_piece, desk.preview):  # a worker and a page that have done it before
        warm()
    turns = [desk.turn() for _ in range(sizes.times)]
    took = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    office = _libreoffice(desk.gathered())
    return {
        "pages": desk.pages,
        "pages_of_the_section_alone": _pages(desk.previewed),
        "seconds": {name: round(each, 2) for name, each in took.items()},
        "ratio_to_one_piece": {
            name: round(each / took["one_piece"], 2) for name, each in took.items()
        },
        "targets": {"section_alone_s": 1, "first_to_libreoffice": 2.5, "changed_to_libreoffice": 1},
        "peak_mb_of_a_renderer": _peak_of_children(),
        "libreoffice": {
            "seconds": office,
            "first": office and round(took["first"] / office, 2),
            "changed": office and round(took["changed"] / office, 2),
            "note": "" if office else "soffice is not installed: there is no such reference",
        },
    }


class _Desk:
    def __init__(self, document, user):
        self.document, self.user = document, user
        self.sections = list(document.sections.filter(parent=None).order_by("position"))
        self.client = Client()
        self.client.force_login(user)
        self.pages = self.previewed = None

    def turn(self):
        KeptPart.objects.filter(document=self.document).delete()
        took = {"one_piece": seconds(self.one_piece), "first": seconds(self.whole)}
        took["again"] = seconds(self.whole)
        self.write(min(CHANGED, len(self.sections) - 1))
        took["changed"] = seconds(self.whole)
        took["section_alone"] = seconds(self.preview)
        self.write(min(LONGEST, len(self.sections) - 1))
        took["longest_chapter_changed"] = seconds(self.whole)
        return took

    def gathered(self):
        return gather(
            self.document,
            variant=Variant.CONFIDENTIAL,
            version=1,
            at=timezone.now(),
            by=self.user,
            with_plan=True,
        )

    def one_piece(self):
        drawn(replace(self.gathered(), has_chapters=False), "pdf")

    def whole(self):
        made = make(
            self.document,
            "pdf",
            variant=Variant.CONFIDENTIAL,
            version=1,
            at=timezone.now(),
            by=self.user,
            with_plan=True,
        )
        self.pages = made.file.pages

    def write(self, chapter):
        paragraph = Paragraph.objects.filter(section=self.sections[chapter]).in_order()[1]
        paragraph.text = f"{_WORDS} Added {uuid.uuid4().hex[:6]}."
        paragraph.save(update_fields=["text"])

    def preview(self):
        section = self.sections[min(CHANGED, len(self.sections) - 1)]
        where = [self.document.review.reference, self.document.number, section.pk]
        response = self.client.get(
            reverse("reports:section-preview", args=where), headers={"host": "localhost"}
        )
        if response.status_code != 200:
            raise RuntimeError(f"The section was not drawn: {response.status_code}")
        self.previewed = response.content


def _pages(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def _written(counts):
    sections = (one for n, count in enumerate(counts, 1) for one in _chapter(n, count))
    return WrittenDocument("Overview report", tuple(sections))


def _chapter(number, count):
    texts = [_WORDS * (2 + place % 4) for place in range(count)]
    texts[0] += "^[As the record says.]"
    texts[-1] = f"{texts[-1]}\n\n- She asked.\n- Nobody wrote it down.\n\n> She had said so before."
    texts[count // 2] = _TABLE
    first, rest = texts[:TO_A_SECTION], texts[TO_A_SECTION:]
    yield WrittenSection(str(number), f"Chapter {number}", 1, _numbered(str(number), first))
    for place in range(0, len(rest), TO_A_SECTION):
        called = f"{number}.{TO_A_SECTION + 1 + place // TO_A_SECTION}"
        some = _numbered(called, rest[place : place + TO_A_SECTION])
        yield WrittenSection(called, f"What agency {called} knew", 2, some)


def _numbered(within, texts):
    return tuple(WrittenParagraph(f"{within}.{n}", text) for n, text in enumerate(texts, 1))


def _peak_of_children():
    """Megabytes of the largest renderer: they go on waiting after they have drawn."""
    found = [0]
    for children in Path("/proc/self/task").glob("*/children"):
        for pid in children.read_text().split():
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            found += [int(one.split()[1]) for one in lines if one.startswith("VmHWM")]
    return round(max(found) / 1024)


def _libreoffice(gathered):
    """Seconds that it takes for the Word file of the same report, or None. Its first start is not counted."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(drawn(gathered, "docx").content)

        def convert():
            subprocess.run(  # noqa: S603 (a program of this machine, our own file)
                [program, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)],
                env=os.environ | {"HOME": folder},
                check=True,
                capture_output=True,
            )

        convert()
        return round(statistics.median(seconds(convert) for _ in range(3)), 2)
