import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.actionplans import RecommendationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    return RecommendationFactory(text="Train every officer")


def render(one, out, *more, kind="progress-statement", to="docx"):
    call_command(
        *("render_report", "--review", one.review.reference, "--kind", kind, "--to", to),
        *more,
        str(out),
        "--format=json",
    )


@pytest.mark.parametrize("kind", ["action-plan", "progress-statement"])
@pytest.mark.parametrize("to", ["pdf", "docx", "html", "xlsx"])
def test_a_paper_is_drawn_into_a_file(kind, to, one, tmp_path, capsys):
    out = tmp_path / f"paper.{to}"

    render(one, out, kind=kind, to=to)

    said = json.loads(capsys.readouterr().out)
    assert said["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert said["bytes"] == out.stat().st_size
    assert said["pages"] == (1 if to == "pdf" else None)
    assert said["rows"] == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--kind", "poem"], "cannot be drawn"),
        (["--variant", "red"], "There is no variant"),
        (["--as-of", "2100-01-01"], "Nobody knows yet"),
    ],
)
def test_what_cannot_be_asked_is_misuse(more, sentence, one, tmp_path):
    with pytest.raises(CommandError, match=sentence) as refusal:
        render(one, tmp_path / "paper.docx", *more)

    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_review_is_refused(one, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command(
            *("render_report", "--review", "DHR-NONE", "--kind", "action-plan", "--to", "pdf"),
            str(tmp_path / "paper.pdf"),
            "--format=json",
        )

    assert end.value.code == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["where"] == "--review DHR-NONE"
