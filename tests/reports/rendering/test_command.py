"""`render_report` for documents and the chronology; tests/actionplans/papers has it for papers."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event, EventType
from audit.services import stream_of
from reports.models import Layout, Rendering
from tests.factories.chronologies import EntryFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory
from tests.foundations.office.pdf_samples import page_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def section(review):
    section = begun(review).sections.get(code="background")
    paragraph_in(section, "She asked for help.")
    return section


def render(review, out, *more, kind="overview", to="html"):
    call_command(
        *("render_report", "--review", review.reference, "--kind", kind, "--to", to),
        *more,
        str(out),
        "--format=json",
    )


@pytest.mark.parametrize("to", ["pdf", "html", "docx"])
@pytest.mark.parametrize("variant", ["confidential", "anonymised"])
def test_a_report_is_drawn_into_a_file(to, variant, review, section, tmp_path, capsys):
    out = tmp_path / "report"

    render(review, out, "--variant", variant, to=to)

    said = json.loads(capsys.readouterr().out)
    content = out.read_bytes()
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert said["bytes"] == len(content)
    assert said["pages"] == (len(page_texts(content)) if to == "pdf" else None)
    assert Rendering.objects.count() == 0
    (told,) = Event.objects.filter(type=EventType.EXPORTED)
    assert (told.stream, told.data) == (
        stream_of(review),
        {
            "document": f"overview, {variant}, from the command line",
            "format": to,
            "sha256": said["sha256"],
        },
    )
    assert out.stat().st_mode & 0o777 == 0o600


def test_where_no_file_can_be_written_nothing_is_told_to_have_left(review, section, tmp_path):
    with pytest.raises(SystemExit):
        render(review, tmp_path / "nowhere" / "report")

    assert not Event.objects.filter(type=EventType.EXPORTED).exists()


@pytest.mark.parametrize(
    ("kind", "layout"),
    [
        ("executive-summary", Layout.EXECUTIVE_SUMMARY),
        ("learning-briefing", Layout.LEARNING_BRIEFING),
    ],
)
def test_shorter_documents_are_drawn_too(kind, layout, review, tmp_path):
    begun(review, layout, title="The shorter one")
    out = tmp_path / "report"

    render(review, out, kind=kind)

    assert "<h1>The shorter one</h1>" in out.read_text()


def test_the_report_that_was_begun_last_is_drawn(review, section, tmp_path):
    begun(review, title="The newer one")
    out = tmp_path / "report"

    render(review, out)

    assert "<h1>The newer one</h1>" in out.read_text()


@pytest.mark.parametrize("to", ["pdf", "xlsx"])
def test_the_whole_chronology_is_drawn(to, review, tmp_path, capsys):
    EntryFactory(review=review, participation=None, text="She rang the surgery.")
    out = tmp_path / "chronology"

    render(review, out, kind="chronology", to=to)

    assert json.loads(capsys.readouterr().out)["pages"] == (1 if to == "pdf" else None)
    if to == "pdf":
        assert "She rang the surgery." in page_texts(out.read_bytes())[0]


def test_a_name_in_an_anonymised_report_refuses_it_with_its_place(
    review, section, tmp_path, capsys
):
    person = PersonFactory(review=review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    paragraph_in(section, "Zara Quillfeather rang.")

    with pytest.raises(SystemExit) as end:
        render(review, tmp_path / "report", "--variant", "anonymised")

    said = capsys.readouterr().out
    (place,) = json.loads(said)["refused"]
    assert end.value.code == 1
    assert place["where"].startswith("paragraph ")
    assert "MA 7" in place["message"]
    assert "Quillfeather" not in said
    assert list(tmp_path.iterdir()) == []


def test_every_place_that_refuses_it_is_said_in_words_too(review, section, tmp_path, capsys):
    person = PersonFactory(review=review, pseudonym="MA 7")
    IdentityFactory(person=person, names=["Zara Quillfeather"])
    for words in ("Zara Quillfeather rang.", "Zara Quillfeather came."):
        paragraph_in(section, words)

    with pytest.raises(SystemExit) as end:
        call_command(
            *("render_report", "--review", review.reference, "--kind", "overview", "--to", "html"),
            *("--variant", "anonymised", str(tmp_path / "report")),
        )

    out, said = capsys.readouterr()
    assert (end.value.code, out) == (1, "")
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "paragraph 13.2",
        "paragraph 13.3",
    ]


def test_a_review_without_a_report_is_refused(review, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        render(review, tmp_path / "report")

    assert end.value.code == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert refused == [
        {"where": review.reference, "message": "The review has no overview report yet."}
    ]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--to", "xlsx"], "cannot be drawn as xlsx"),
        (["--variant", "red"], "There is no variant"),
        (["--as-of", "2026-01-01"], "are for papers: action-plan, progress-statement"),
        (["--layout", "2013"], "are for papers"),
        (["--kind", "chronology", "--with-plan"], "is for documents: overview"),
    ],
)
def test_what_cannot_be_asked_is_misuse(more, sentence, review, section, tmp_path):
    with pytest.raises(CommandError, match=sentence) as refusal:
        render(review, tmp_path / "report", *more)

    assert refusal.value.returncode == 2
