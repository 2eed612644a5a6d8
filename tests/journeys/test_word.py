"""The author brings in a report that was written in Word, settles a doubt, takes the document to Word, edits
it there and brings it back, while somebody else writes in it."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document as Word

from reports.models import Document
from reports.outline import Outline
from reports.services.paragraphs import change_paragraph
from tests.journeys.walking import Walk
from tests.reports.word import existing, made

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = "DHR-2024-02"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE = "Choose the Word file"


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "telephone without scripts"]
)
def test_a_report_comes_in_goes_to_word_and_comes_back(demo, sign_in_as, width, scripts):
    demo(READ, "Police")
    page = sign_in_as(
        "chair", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    walk = Walk(page, start=reverse("desk:review-home", args=[READ]), with_rules=scripts)

    walk.begin("Documents", "Bring in an existing report")
    lines = [line for line in existing.LINES if line[0] != "2.1.1"]
    choose(page, existing.saved(existing.typed(lines, styled=True)))
    walk.press("Upload")
    walk.sees("Check what was read", "What is not taken over")
    walk.press("Save as a document")
    walk.follow("2.1 Housing service")
    walk.sees("In the file its number is 2.1.2.")
    walk.press("Settled")
    document = Document.objects.get(review__reference=READ, brought_from__isnull=False)
    assert not document.doubts.open().filter(kind="number").exists()

    walk.goto(document.get_absolute_url())
    walk.follow("Work in Word")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the Word file").click()
    file = Word(io.BytesIO(Path(download.value.path()).read_bytes()))
    made.retype(made.paragraph(file, "The practice"), "The practice", "The surgery")
    made.retype(made.paragraph(file, "There is one"), "There is one", "There is only one")
    write_meanwhile(document, "3.1")
    choose(page, existing.saved(file))
    walk.press("Bring it back")
    walk.sees("Changed here meanwhile", "Here now", "In the file")
    walk.press("Accept all that nobody else changed meanwhile")

    walk.sees("1 change accepted, 1 left")
    said = {one.number: one.paragraph.text for _, one in Outline(document, texts=True).paragraphs}
    assert said["2.2.1"].startswith("The surgery")
    assert said["3.1"] == "Somebody else wrote this."


def choose(page, content):
    page.get_by_label(FILE).set_input_files(
        {"name": "report.docx", "mimeType": WORD, "buffer": content}
    )


def write_meanwhile(document, number):
    rows = (one for _, one in Outline(document, texts=True).paragraphs)
    row = next(one.paragraph for one in rows if one.number == number)
    change_paragraph(
        row, text="Somebody else wrote this.", kind="numbered", seen=0, by=document.made_by
    )
