"""The published reports of ../shared/documents, point by point against what a careful reader found.

The documents are not in this repository. Where they are absent the tests skip and say so; under
CI=true their absence fails.
"""

import json
import os
import re
from pathlib import Path

import pytest

from actionplans.earlier.lines import lines_of
from actionplans.earlier.reading import read_report
from tests.actionplans.earlier.reports import Report

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "documents"
NUNEATON = "nuneaton-nb01-recommendations"
OVERVIEW = "000_11a75b8c18ac7c78.txt"

pytestmark = pytest.mark.real_documents


def _document(*path):
    path = SHARED.joinpath(*path)
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is absent, and CI must read it.")
        pytest.skip(f"{path} is absent: the published documents are not part of this repository.")
    return path


def _json(*path):
    return json.loads(_document(*path).read_text(encoding="utf-8"))


def _read(content, name):
    lines, doubts = lines_of(content, name)
    reading = read_report(lines, doubts=doubts)
    assert [fate.position for fate in reading.fates] == [line.position for line in lines]
    assert all(fate.point or fate.why for fate in reading.fates)
    return reading


def _plain(text):
    text = " ".join(str(text).split()).translate(str.maketrans("–—’‘“”", "--''\"\""))
    return re.sub(r"\s+([.,])", r"\1", text)


def test_nuneaton():
    want = _json("expected", f"{NUNEATON}.json")["rows"]

    reading = _read(_document(f"{NUNEATON}.docx").read_bytes(), f"{NUNEATON}.docx")

    found = reading.of("recommendation")
    assert len(found) == 37
    assert [(one.number, _plain(one.text), _plain(one.group)) for one in found] == [
        (str(row["row_number"]), _plain(row["text"]), _plain(row["body"])) for row in want
    ]
    parts = [[(part.number, _plain(part.text)) for part in one.parts] for one in found]
    assert parts == [
        [(action["number"], _plain(action["text"])) for action in row["actions"]] for row in want
    ]
    depths = [part.depth for one in found for part in one.parts]
    assert (depths.count(1), depths.count(2)) == (39, 15)
    assert len({one.group for one in found}) == 10
    assert all(one.leads for one in found)


def _rotherham(folder):
    """The end of the report as its author had it: heading styles, lists that Word numbers."""
    text = _document("source", OVERVIEW).read_text(encoding="utf-8")
    start = text.index("7.\tLESSONS IDENTIFIED")
    lines = [
        " ".join(line.split())
        for line in text[start : text.index("APPENDIX A", start)].splitlines()
    ]
    report, listed = Report(), None
    report.heading("Overview report")
    for line in filter(None, lines):
        if re.fullmatch(r"\d+\. [A-Z/ ]+", line):
            report.heading(line.split(maxsplit=1)[1])
            listed = report.new_list()
        elif re.fullmatch(r"\d+\.\d+ (?:Single Agency|DHR Panel)", line):
            report.heading(line.split(maxsplit=1)[1], 2)
        elif numbered := re.fullmatch(r"\d+\. (.+)", line):
            report.item(listed, numbered[1])
        else:
            report.text(line, bold=line == "Lesson")
    path = folder / "overview.docx"
    path.write_bytes(report.content)
    return path


def test_rotherham(tmp_path):
    want = _json("rotherham-ma1-review.json")

    path = _rotherham(tmp_path)
    reading = _read(path.read_bytes(), path.name)

    lessons = reading.of("lesson")
    assert [(one.number, _plain(one.text)) for one in lessons] == [
        (str(one["number"]), _plain(one["lesson"])) for one in want["lessons"]
    ]
    assert [_plain(one.rests_on.text) for one in lessons] == [
        _plain(one["narrative"]) for one in want["lessons"]
    ]
    recommendations = reading.of("recommendation")
    assert [(one.number, _plain(one.text)) for one in recommendations] == [
        (str(one["number"]), _plain(one["text"])) for one in want["panel_recommendations"]
    ]
    assert {one.leads for one in recommendations} == {("Safer Rotherham Partnership",)}


def test_rotherham_as_the_whole_text():
    """1,300 paragraphs, an action plan of 102 rows among them, which is no list of the report."""
    reading = _read(_document("source", OVERVIEW).read_bytes(), OVERVIEW)

    assert len(reading.of("lesson")) == 11
    assert len(reading.of("recommendation")) == 15
