import json

import pytest
from django.core.management import call_command

from reports.outline import Outline
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(existing.saved(existing.typed(styled=True)))
    return path


def run(reference, file, capsys, *more):
    """(exit code, what it printed as JSON)"""
    code = 0
    try:
        call_command("import_report", "--review", reference, str(file), "--format=json", *more)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(capsys.readouterr().out)


def test_a_trial_says_what_would_be_saved(file, capsys):
    code, said = run(ReviewFactory().reference, file, capsys, "--dry-run")

    assert (code, said["saved"], said["doubts"]) == (0, False, [])
    assert [(one["number"], one["heading"]) for one in said["sections"]] == [
        ("1", "INTRODUCTION"),
        ("2", "THE FACTS BY AGENCY"),
        ("3", "CONCLUSIONS"),
    ]
    numbers = [
        one["number"]
        for section in said["sections"]
        for one in section["paragraphs"]
        if one["number"]
    ]
    assert numbers == existing.NUMBERS


def test_it_is_saved_as_a_document_with_the_same_numbers(file, capsys):
    review = ReviewFactory()

    code, said = run(review.reference, file, capsys)

    document = review.documents.get()
    assert (code, said["saved"], said["added"], said["document"]) == (0, True, True, 1)
    assert [one.number for _, one in Outline(document).paragraphs if one.number] == existing.NUMBERS


def test_it_becomes_the_kind_of_document_that_was_said(file, capsys):
    review = ReviewFactory()

    code, said = run(review.reference, file, capsys, "--kind=learning-briefing")

    assert (code, said["kind"]) == (0, "learning-briefing")
    assert review.documents.get().kind == "learning-briefing"


def test_the_same_file_again_adds_nothing(file, capsys):
    review = ReviewFactory()
    run(review.reference, file, capsys)

    code, said = run(review.reference, file, capsys)

    assert (code, said["added"], review.documents.count()) == (0, False, 1)


def test_a_paragraph_that_cannot_be_held_is_refused_and_nothing_is_saved(tmp_path, capsys):
    review, path = ReviewFactory(), tmp_path / "report.docx"
    lines = [*existing.LINES[:2], ("1.2", existing.two_megabytes())]
    path.write_bytes(existing.saved(existing.typed(lines, styled=True)))

    code, said = run(review.reference, path, capsys)

    assert (code, review.documents.count()) == (1, 0)
    assert "Paragraph 1.2 has 1,999,999 characters" in said["refused"][0]["message"]


def test_a_review_that_is_not_there(file, capsys):
    code, said = run("DHR-NONE", file, capsys, "--dry-run")

    assert (code, said["refused"][0]["where"]) == (1, "--review DHR-NONE")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"%PDF-1.7"])
def test_a_file_that_cannot_be_read(content, tmp_path, capsys):
    path = tmp_path / "report.docx"
    path.write_bytes(content)

    code, said = run(ReviewFactory().reference, path, capsys, "--dry-run")

    assert (code, said["refused"][0]["where"]) == (1, "report.docx")


def test_a_file_that_is_not_there(tmp_path, capsys):
    code, said = run(ReviewFactory().reference, tmp_path / "none.docx", capsys, "--dry-run")

    assert code == 1
    assert said["refused"][0]["message"] == "It cannot be opened: No such file or directory."


def test_a_person_reads_counts_and_doubts(tmp_path, capsys):
    path = tmp_path / "report.docx"
    path.write_bytes(existing.saved(existing.typed()))

    call_command("import_report", "--review", ReviewFactory().reference, str(path), "--dry-run")

    said = capsys.readouterr().out
    assert "3 sections and 0 appendices read, 6 numbered paragraphs and 1 others." in said
    assert "To check: 5 headings were recognised" in said
    assert said.endswith("Nothing was saved.\n")
