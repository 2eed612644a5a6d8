import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.documents import ratio_to

ROOT = Path(__file__).resolve().parents[2]


def _bench(*arguments):
    """As script/bench calls it: without the settings of the tests."""
    kept = ("DHR_TEST_DATABASE_URL", "DHR_TEST_REDIS_URL", "PATH", "HOME", "LANG")
    return subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env={name: os.environ[name] for name in kept if name in os.environ},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def figures():
    ran = _bench("--quick")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_every_group_is_measured(figures):
    assert set(figures) == {
        *("lists", "pages", "timeline", "imports", "documents", "files", "mismatches"),
        *("dashboards", "scan", "writing", "reports"),
    }


def test_dashboards_show_what_bare_sql_shows(figures):
    found = figures["dashboards"].values()
    assert [one["same_as_bare"] for one in found] == [True] * 4
    assert len({one["queries"] for one in found}) == 1


def test_lists_show_what_bare_sql_shows(figures):
    assert {name for name, one in figures["lists"].items() if not one["same_as_bare"]} == set()
    assert len({one["queries"] for name, one in figures["lists"].items()}) <= 2


def test_pages_ask_as_much_at_50_rows_as_at_1(figures):
    assert {name for name, one in figures["pages"].items() if not one["constant"]} == set()


def test_the_timeline_asks_as_much_of_many_entries_as_of_few(figures):
    assert figures["timeline"]["page"]["constant"]
    assert {one["same_as_bare"] for one in figures["timeline"]["picture"].values()} == {True}


def test_the_scan_finds_what_was_planted(figures):
    found = [one for name, one in figures["scan"].items() if name.endswith("pages")]
    assert [one["found"] for one in found] == [one["planted"] for one in found]


def test_imports_are_measured(figures):
    assert set(figures["imports"]) == {"dry run", "saving", "memory"}


def test_documents_are_measured(figures):
    assert set(figures["documents"]) == {"plan", "chronologies", "growth", "libreoffice"}


def test_rows_too_few_to_be_told_from_libreoffices_start_have_no_ratio():
    assert [ratio_to(3.0, office) for office in (2.0, 0.0, -0.04)] == [1.5, None, None]


def test_files_are_measured(figures):
    assert set(figures["files"]["ratio"]) == {"store", "open"}


def test_an_unknown_group_is_told():
    ran = _bench("nothing")
    assert (ran.returncode, "there is no group nothing" in ran.stderr) == (2, True)


def test_the_finder_finds_something_and_says_how_it_grows(figures):
    told = figures["mismatches"]
    growth = told.pop("growth")

    assert all(one["found"] and one["high_or_medium"] for one in told.values())
    assert (growth["from"], growth["to"]) == (60, 200)
