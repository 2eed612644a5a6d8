import io
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from foundations.office.pdf import Part, UnsafeDocument, render_parts, render_pdf
from tests.foundations.office.pdf_samples import (
    PROJECT,
    bare,
    broken_rules,
    chronology,
    entries,
    page_texts,
    pages_without_tags,
    plan,
)


def chronology_parts(count=3, size=20):
    for number in range(count):
        first = 1 + number * size
        rows = entries(size, first=first)
        label = f"Entries {first} to {first + size - 1}"
        yield Part(chronology(rows, continues=number > 0), label)


@pytest.fixture(scope="module")
def joined():
    return render_parts(
        chronology_parts(), title="Combined chronology", marking="OFFICIAL-SENSITIVE"
    )


@pytest.fixture(scope="module")
def joined_plans():
    parts = [Part(plan(12), "First"), Part(plan(12), "Second")]
    return render_parts(parts, title="Two plans")


@pytest.fixture(params=["joined", "joined_plans"])
def either(request):
    return request.getfixturevalue(request.param)


def children():
    found = Path("/proc/self/task").glob("*/children")
    return {int(pid) for listing in found for pid in listing.read_text().split()}


def test_joined_pdf_keeps_every_rule_of_pdf_ua(either):
    assert broken_rules(either) == []


def test_joined_pdf_has_tags_for_every_page(either):
    assert pages_without_tags(either) == []


def test_joined_pdf_counts_its_pages_through_all_parts(either):
    texts = page_texts(either)

    found = [re.findall(r"Page \d+ of \d+", text) for text in texts]

    assert found == [[f"Page {number} of {len(texts)}"] for number in range(1, len(texts) + 1)]


def test_joined_pdf_has_its_marking_above_and_below_every_page(either):
    assert {text.count("OFFICIAL-SENSITIVE") for text in page_texts(either)} == {2}


def test_joined_pdf_prints_every_entry_once_and_in_order(joined):
    numbers = re.findall(r"Entry (\d+)", " ".join(page_texts(joined)))

    assert numbers == [str(number) for number in range(1, 61)]


def test_joined_pdf_repeats_table_headings(joined_plans):
    assert {text.count("Target date") for text in page_texts(joined_plans)} == {1}


def test_joined_pdf_stamps_its_footer_where_a_single_one_has_it():
    single = render_pdf(chronology(entries(3)))
    stamped = render_parts([Part(chronology(entries(3)), "All")], title="Combined chronology")

    places = [_places(pdf) for pdf in (single, stamped)]

    assert list(places[0]) == list(places[1]) == ["OFFICIAL-SENSITIVE", "Page 1 of 1"]
    for words, place in places[0].items():
        assert place == pytest.approx(places[1][words], abs=1.5)


def test_joined_footer_is_an_artifact(joined):
    with _open(joined) as document:
        footers = [sheet.Contents[2].read_bytes() for sheet in document.pages]

    assert {
        footer.startswith(b"Q /Artifact <</Type /Pagination /Subtype /Footer>>")
        for footer in footers
    } == {True}


def test_joined_pdf_has_a_bookmark_for_every_part_with_its_headings(joined):
    with _open(joined) as document, document.open_outline() as outline:
        found = {item.title: [child.title for child in item.children] for item in outline.root}

    assert found == {
        "Entries 1 to 20": ["Combined chronology", "2009"],
        "Entries 21 to 40": ["2009", "2010"],
        "Entries 41 to 60": ["2010", "2011"],
    }


def test_joined_pdf_has_its_own_title_and_language(joined_plans):
    with _open(joined_plans) as document:
        found = (
            str(document.docinfo["/Title"]),
            document.open_metadata().get("dc:title"),
            str(document.Root.Lang),
        )

    assert found == ("Two plans", "Two plans", "en-GB")


def test_cells_of_each_part_point_at_the_headings_of_their_own_part(joined_plans):
    with _open(joined_plans) as document:
        cells = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        ids = Counter(str(cell.ID) for cell in cells if cell.S == "/TH")
        asked = {str(i) for cell in cells if cell.S == "/TD" for i in cell.A.get("/Headers", ())}

    assert set(ids.values()) == {1}
    assert asked <= set(ids)
    assert {i.split("-")[0] for i in asked} == {"1", "2"}


def test_link_leads_to_the_anchor_of_its_own_part():
    body = '<p><a href="#here">Go</a></p><h2 id="here" style="break-before: page">Here {}</h2>'
    parts = [Part(bare(body.format(number)), str(number)) for number in (1, 2)]

    with _open(render_parts(parts, title="Links")) as document:
        names = list(document.Root.Names.Dests.Names)
        targets = {str(n): t.D[0].objgen for n, t in zip(names[::2], names[1::2], strict=True)}
        pages = [sheet.obj.objgen for sheet in document.pages]
        links = [(pages[i], str(document.pages[i].Annots[0].Dest)) for i in (0, 2)]

    assert [pages.index(targets[name]) for _, name in links] == [1, 3]


def test_marking_in_welsh_is_stamped_too():
    parts = [Part(bare("<p>x</p>"), "All")]

    (text,) = page_texts(render_parts(parts, title="Tŷ", marking="SWYDDOGOL-SENSITIF ŷ"))

    assert "SWYDDOGOL-SENSITIF ŷ" in text


def test_parts_are_asked_for_in_the_callers_thread_a_few_ahead():
    threads = set()

    def parts():
        for number in range(8):
            threads.add(threading.current_thread())
            yield Part(bare(f"<p>{number}</p>"), str(number))

    render_parts(parts(), title="Lazy")

    assert threads == {threading.current_thread()}


def test_unsafe_part_refuses_the_whole_and_leaves_no_process():
    before = children()
    parts = [Part(bare("<p>x</p>"), "1"), Part(bare('<img alt="x" src="file:///etc/hosts">'), "2")]

    with pytest.raises(UnsafeDocument):
        render_parts(parts, title="Unsafe")

    assert children() <= before


def test_failing_source_of_parts_leaves_no_process():
    before = children()

    def parts():
        yield Part(bare("<p>x</p>"), "1")
        raise LookupError("the database has gone")

    with pytest.raises(LookupError):
        render_parts(parts(), title="Broken")

    assert children() <= before


def test_document_without_parts_is_a_mistake():
    with pytest.raises(ValueError, match="at least one part"):
        render_parts([], title="Empty")


def _render_or_fail():
    render_parts([Part(bare("<p>x</p>"), "1")], title="From a worker")


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_daemonic_process_such_as_a_celery_worker_can_render():
    worker = multiprocessing.get_context("fork").Process(target=_render_or_fail, daemon=True)

    worker.start()
    worker.join(60)

    assert worker.exitcode == 0


def renderers():
    return {pid for pid in children() if b"pdf_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_the_next_document_is_drawn_by_the_renderer_that_waits():
    first = render_pdf(bare("<p>The first</p>"))
    waiting = renderers()

    again = render_pdf(bare("<p>The first</p>"))

    assert again == first
    assert renderers() == waiting != set()


def test_a_renderer_that_failed_does_not_wait():
    render_pdf(bare("<p>x</p>"))
    waiting = renderers()

    with pytest.raises(UnsafeDocument):
        render_pdf(bare('<img alt="x" src="file:///etc/hosts">'))

    assert len(renderers()) == len(waiting) - 1


def test_a_renderer_that_ended_while_it_waited_is_replaced():
    render_pdf(bare("<p>x</p>"))
    for pid in renderers():
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    assert page_texts(render_pdf(bare("<p>Drawn all the same</p>")))


def test_a_renderer_that_ends_between_two_parts_is_replaced():
    def parts():
        yield Part(bare("<p>The first</p>"), "First")
        for pid in renderers():
            os.kill(pid, signal.SIGKILL)
        yield Part(bare("<p>The second</p>"), "Second")

    first, second = page_texts(render_parts(parts(), title="A document", processes=1))

    assert ("The first" in first, "The second" in second) == (True, True)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_leaves_the_renderers_of_its_parent_alone():
    render_pdf(bare("<p>x</p>"))
    waiting = renderers()
    worker = multiprocessing.get_context("fork").Process(target=_render_or_fail)

    worker.start()
    worker.join(60)
    render_pdf(bare("<p>y</p>"))

    assert worker.exitcode == 0
    assert renderers() == waiting


def test_children_end_when_their_parent_is_killed():
    script = (
        "import sys, time; from foundations.office.pdf_pipe import Child;"
        "child = Child('foundations.office.pdf_worker', patience=60);"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)

    assert _ends(child)


def _ends(pid, *, within=20):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def _open(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def _places(pdf):
    """Where the words of the footer start."""
    found = {}

    def visit(text, matrix, text_matrix, *_):
        x = matrix[0] * text_matrix[4] + matrix[4]
        y = matrix[3] * text_matrix[5] + matrix[5]
        if y < 50 and text.strip():
            found[text.strip()] = (x, y)

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return found
