import io
import zipfile

import pytest
from docx import Document

from foundations.office.everything import everything_in
from tests.foundations.office import corpus, hostile
from tests.foundations.office.pdf_samples import bare


def _texts(found):
    return [one.text for one in found.stretches]


@pytest.mark.parametrize("case", hostile.cases(), ids=lambda case: case.name)
def test_a_hostile_file_is_read_as_far_as_it_can_be_and_hurts_nobody(case):
    found = everything_in(case.content, case.name)

    assert found.stretches[0].part == "file name"
    assert all(isinstance(one, str) for one in (*found.looked_at, *found.could_not_read))


def test_a_file_too_large_is_not_opened():
    found = everything_in(b"x" * (25 * 1024 * 1024 + 1), "notes.txt")

    assert found.looked_at == ("file name",)
    assert found.could_not_read[0].startswith("“notes.txt” is 26 MB.")


def test_a_document_with_entities_is_not_parsed():
    parts = corpus.docx_parts(corpus.CHRONOLOGY)
    parts["word/document.xml"] = '<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"]

    found = everything_in(corpus.archive(parts), "a.docx")

    assert len(found.stretches) == 1
    assert "instructions" in found.could_not_read[0]


def _zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_archives_in_archives_are_opened_so_far_and_no_further():
    content = b"Seen at last."
    for depth in range(6):
        content = _zipped(f"{depth}.{'txt' if depth == 0 else 'zip'}", content)

    found = everything_in(content, "all.zip")

    assert "Seen at last." not in _texts(found)
    assert any("too deep" in one for one in found.could_not_read)


def test_a_file_in_an_archive_is_told_with_its_way():
    found = everything_in(_zipped("notes.txt", b"Seen at last."), "all.zip")

    assert [(one.part, one.text) for one in found.stretches[1:]] == [
        ("file names of embedded files", "notes.txt"),
        ("embedded file “notes.txt”: text", "Seen at last."),
    ]


def test_a_bomb_inside_a_document_is_refused_by_its_size():
    bomb = _zipped("word/media/image1.bin", b"\x00" * (60 * 1024 * 1024))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.bin", b"\x00" * (60 * 1024 * 1024))

    for content in (bomb, out.getvalue()):
        found = everything_in(content, "all.zip")
        assert found.could_not_read != ()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Seen by nobody".encode("utf-16-le"),
            "a.doc",
            "old",
        ),
        (b"MZ\x00\x01 Seen by nobody", "a.exe", "a program"),
    ],
)
def test_of_what_nobody_can_read_the_loose_words_are_told(content, name, said):
    found = everything_in(content, name)

    assert "Seen by nobody" in found.stretches[-1].text
    assert said in found.could_not_read[0]


def test_the_words_of_a_picture_file_are_told_and_the_picture_is_said_not_to_be_read():
    chunk = b"Author\x00Seen by nobody"
    png = (
        b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4, "big") + b"tEXt" + chunk + b"\x00\x00\x00\x00"
    )

    found = everything_in(png, "photo.png")

    assert [(one.location, one.text) for one in found.stretches[1:]] == [
        ("photo.png, Author", "Seen by nobody")
    ]
    assert found.could_not_read == ("what the picture “photo.png” shows",)


def test_a_web_page_is_read_by_its_blocks():
    page = bare("<p>One <b>and</b> two</p><ul><li>three</ul><table><tr><td>four<td>five</table>")

    found = everything_in(page.encode(), "a.html")

    assert [one.text for one in found.stretches if one.part == "text"] == [
        "A document",
        "A document",
        "One and two",
        "three",
        "four",
        "five",
    ]


def test_a_language_is_no_words_of_anybodys():
    out = io.BytesIO()
    Document().save(out)

    found = everything_in(out.getvalue(), "letter.docx")

    assert [text for text in _texts(found) if "ja-JP" in text or "en-US" in text] == []
