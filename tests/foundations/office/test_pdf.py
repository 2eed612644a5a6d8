import io
import re
import socket
import threading
import time
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from foundations.office import pdf as pdf_module
from foundations.office.pdf import (
    FONTS,
    TOO_MUCH,
    FontsMissing,
    RenderFailed,
    UnsafeDocument,
    font_assets,
    render_pdf,
    renderer_of,
)
from foundations.office.pdf_fonts import NAMES
from foundations.office.pdf_pipe import PASSED_ON, Child
from tests.foundations.office.narrow import narrow, with_little_memory
from tests.foundations.office.pdf_samples import (
    bare,
    broken_rules,
    chronology,
    entries,
    page_texts,
    pages_without_tags,
    plan,
)


@pytest.fixture(scope="module")
def plan_pdf():
    return render_pdf(plan())


@pytest.fixture(scope="module")
def chronology_pdf():
    return render_pdf(chronology(entries(60)))


@pytest.fixture(params=["plan_pdf", "chronology_pdf"])
def either_pdf(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def listener():
    """A server that counts who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stopping = threading.Event()

        def listen():
            while not stopping.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(connection)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        stopping.set()
        thread.join()


def test_pdf_keeps_every_rule_of_pdf_ua(either_pdf):
    assert broken_rules(either_pdf) == []


def test_pdf_has_tags_for_every_page(either_pdf):
    assert pages_without_tags(either_pdf) == []


def test_pdf_says_page_x_of_y_on_every_page(either_pdf):
    texts = page_texts(either_pdf)

    found = [re.findall(r"Page \d+ of \d+", text) for text in texts]

    assert found == [[f"Page {number} of {len(texts)}"] for number in range(1, len(texts) + 1)]


def test_pdf_has_its_marking_above_and_below_every_page(either_pdf):
    assert {text.count("OFFICIAL-SENSITIVE") for text in page_texts(either_pdf)} == {2}


def test_pdf_has_its_reference_on_every_page(either_pdf):
    assert {text.count("DHR-2031-007") for text in page_texts(either_pdf)} == {1}


def test_pdf_takes_another_marking():
    texts = page_texts(render_pdf(chronology(entries(2), marking="OFFICIAL")))

    assert [re.findall(r"OFFICIAL\S*", text) for text in texts] == [["OFFICIAL", "OFFICIAL"]]


def test_plan_repeats_its_headings_on_every_page(plan_pdf):
    texts = page_texts(plan_pdf)

    assert len(texts) > 2
    assert {text.count("Target date") for text in texts} == {1}


def test_plan_prints_every_row_once(plan_pdf):
    numbers = re.findall(r"\bR\d+\b", " ".join(page_texts(plan_pdf)))

    assert Counter(numbers) == Counter(f"R{number}" for number in range(1, 31))


def test_plan_lies_on_its_side(plan_pdf):
    with pikepdf.open(_file(plan_pdf)) as document:
        sizes = {tuple(round(float(side)) for side in sheet.mediabox) for sheet in document.pages}

    assert sizes == {(0, 0, 842, 595)}


def test_banner_heads_no_row_but_column_headings_do(plan_pdf):
    with pikepdf.open(_file(plan_pdf)) as document:
        cells = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        scopes = Counter(str(cell.A.Scope) for cell in cells if cell.S == "/TH")
        pages = len(document.pages)

    assert scopes == Counter({"/Row": 30, "/Column": 3 * pages})


def test_chronology_prints_every_entry_once(chronology_pdf):
    numbers = re.findall(r"Entry (\d+)", " ".join(page_texts(chronology_pdf)))

    assert Counter(numbers) == Counter(str(number) for number in range(1, 61))


def test_chronology_has_its_years_as_bookmarks(chronology_pdf):
    with pikepdf.open(_file(chronology_pdf)) as document, document.open_outline() as outline:
        (title,) = outline.root
        years = [item.title for item in title.children]

    assert [title.title, *years] == ["Combined chronology", "2009", "2010", "2011"]


def test_chronology_prints_a_date_too_long_for_its_column_whole():
    entry = entries(1)[0] | {"date": "Between the beginning of 2010 and the third week of May 2011"}

    (text,) = page_texts(render_pdf(chronology([entry])))

    assert entry["date"] in text


def test_running_headers_and_footers_are_artifacts(chronology_pdf):
    with pikepdf.open(_file(chronology_pdf)) as document:
        content = document.pages[1].Contents.read_bytes()

    # marking, year, reference; marking, page
    assert content.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 5


def test_control_characters_are_left_out():
    (text,) = page_texts(render_pdf(bare("<p>one\x00 tw\x07o\ttabs\x9f</p>")))

    assert "one two tabs" in text


def test_same_html_makes_the_same_bytes():
    html = chronology(entries(3))

    first = render_pdf(html)
    time.sleep(1.1)  # fonts carry the second they were cut

    assert render_pdf(html) == first


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="http://127.0.0.1:{port}/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
        '<link rel="attachment" href="http://127.0.0.1:{port}/x">',
        "<style>@import url(http://127.0.0.1:{port}/x.css);</style>",
        "<style>@font-face {{ font-family: x; src: url(http://127.0.0.1:{port}/x.woff) }}</style>",
        '<p style="background: url(http://127.0.0.1:{port}/x.png)">x</p>',
        '<object data="http://127.0.0.1:{port}/x.svg"></object>',
        '<svg width="9" height="9"><image href="http://127.0.0.1:{port}/x.png"/></svg>',
    ],
)
def test_document_that_calls_the_network_is_refused_and_nobody_is_called(body, listener):
    port, calls = listener

    with pytest.raises(UnsafeDocument):
        render_pdf(bare(body.format(port=port)))

    assert calls == []


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<img alt="x" src="file:///etc/hostname">', "file:///etc/hostname"),
        ('<link rel="attachment" href="file:///etc/hostname">', "file:///etc/hostname"),
        ('<link rel="stylesheet" href="file:///etc/hostname">', "file:///etc/hostname"),
        ('<img alt="x" src="data:image/gif;base64,R0lG">', "data:image/gif;base64,R0lG"),
        ('<img alt="x" src="../secrets.png">', "http://document.invalid/secrets.png"),
        ('<img alt="x" src="app-static:../settings.py">', "app-static:../settings.py"),
        ('<img alt="x" src="app-static:logo.png">', "app-static:logo.png"),
    ],
)
def test_document_that_opens_what_is_not_ours_is_refused(body, address):
    with pytest.raises(UnsafeDocument) as refused:
        render_pdf(bare(body))

    assert str(refused.value) == address


def test_document_that_takes_too_long_is_given_up(monkeypatch, no_renderer_waits):
    monkeypatch.setattr(pdf_module, "SECONDS_PER_DOCUMENT", 2)

    with pytest.raises(RenderFailed) as given_up:
        render_pdf(bare('<div style="display: flex">' * 14))

    assert str(given_up.value) == TOO_MUCH


@pytest.mark.parametrize(
    "html",
    [lambda: chronology(entries(400)), lambda: bare(f"<p>{'nine lives ' * 1_500_000}")],
    ids=["while drawing", "while reading"],
)
def test_document_that_takes_too_much_memory_is_given_up(html, monkeypatch):
    waiting = with_little_memory(monkeypatch)

    with pytest.raises(RenderFailed) as given_up:
        render_pdf(html())

    assert str(given_up.value) == TOO_MUCH
    assert waiting.take(font_assets()) is None


def test_renderer_that_has_drawn_before_and_has_no_memory_left_gives_way_to_a_fresh_one():
    html = chronology(entries(150))
    with renderer_of(font_assets()) as renderer:
        renderer.draw({}, bare("<p>x</p>").encode())
        narrow(renderer.process.pid)
        header, (pdf,) = renderer.draw({}, html.encode())

    assert header["pages"] == len(page_texts(pdf))


def test_document_too_deep_to_draw_is_given_up():
    with pytest.raises(RenderFailed) as given_up:
        render_pdf(bare("<div>" * 2000))

    assert str(given_up.value) == "The document could not be drawn (RecursionError)."


def test_missing_fonts_are_a_plain_sentence(tmp_path):
    with pytest.raises(FontsMissing) as missing:
        render_pdf(bare(""), fonts=tmp_path)

    assert str(missing.value) == (
        f"PDFs cannot be made: the font inter-latin-wght-normal.woff2 is missing from {tmp_path}. "
        "Build the front end first (script/server and script/test do it)."
    )


def test_fonts_are_found_without_settings():
    assert list(font_assets(FONTS)) == list(NAMES)


def test_pdf_can_be_drawn_on_a_machine_without_fonts(monkeypatch, tmp_path, no_renderer_waits):
    nothing = tmp_path / "fonts.conf"
    nothing.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(nothing))

    (text,) = page_texts(render_pdf(chronology(entries(2))))

    assert text.count("Entry") == 2


def test_child_knows_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere/nothing")

    with Child("foundations.office.pdf_worker", patience=60) as child:
        child.tell({"assets": []})
        child.ask({}, b'<img alt="x" src="x.png">')
        environment = Path(f"/proc/{child.process.pid}/environ").read_bytes()

    names = {line.split("=")[0] for line in environment.decode().split("\0") if line}
    ours = {"PYTHONPATH", "HOME", "TMPDIR", "LANG", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED"}
    assert names - set(PASSED_ON) == ours


def _file(pdf):
    return io.BytesIO(pdf)
