"""The sixteen chronologies of ../shared/documents, field by field against what a reader finds in them."""

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from chronologies.reading import read_chronology
from foundations.office.reading import read_file
from foundations.office.tables import Row

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "documents"
FOLDER = "rotherham-ma1-chronologies"
FILES = (
    "action-housing-and-support.csv",
    "adult-social-care.xlsx",
    "choices-and-options.docx",
    "headway.docx",
    "housing-and-neighbourhood-services.csv",
    "idva.docx",
    "lifeline.docx",
    "pre-april-2007-relevant-events.docx",
    "rdash.xlsx",
    "rotherham-nhs-foundation-trust.xlsx",
    "sheffield-teaching-hospitals.docx",
    "south-yorkshire-police.xlsx",
    "south-yorkshire-probation-trust.csv",
    "st-anns-medical-centre.csv",
    "stag-medical-centre.xlsx",
    "yorkshire-ambulance-service.csv",
)
PERSONS = ("MA 1", "MA 2", "FA 1")

pytestmark = pytest.mark.real_documents


def _document(*path):
    found = SHARED.joinpath(*path)
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{found} is missing")
        pytest.skip(f"no published documents here: {found} is missing")
    return found


def _read(file):
    path = _document(FOLDER, file)
    return read_chronology(read_file(path.read_bytes(), file), known_persons=PERSONS, name=file)


def _expected(file):
    return json.loads(_document("expected", FOLDER, f"{file}.json").read_text(encoding="utf-8"))


def _same_space(text):
    return " ".join(text.split()) if text else None


def _wanted_at(location, kind):
    if "sheet" in location:
        return ("sheet", location["sheet"], location["row"])
    if "table" in location:
        return ("table", location["table"], location["row"])
    return ("csv", None, location["record"])


def _wanted(entry, headings):
    when = entry["date"]
    fields = {
        "earliest": when["earliest"],
        "latest": when["latest"],
        "precision": when["precision"],
        "circa": when["circa"],
        "inherited": entry["date_inherited"],
        "time": _same_space(entry["time_as_written"]),
        "persons": sorted(entry["persons"]),
        "text": _same_space(entry["text"]),
        "action": _same_space(entry["action_or_outcome"]),
        "comment": _same_space(entry["comment"]),
        "source": _same_space(entry["source_of_information"]),
    }
    if entry["date_as_written"] is not None:
        fields["date as written"] = _same_space(entry["date_as_written"])
    for holds, text in (entry.get("other_columns") or {}).items():
        fields[f"other: {headings[holds]}"] = _same_space(text)
    return fields


def _found(entry):
    told = entry.to_json()
    when = told["date"] or {}
    fields = {
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "precision": when.get("precision", "none"),
        "circa": when.get("circa", False),
        "inherited": told["inherited"],
        "date as written": _same_space(when.get("text")),
        "persons": sorted(told["persons"]),
    }
    for name in ("time", "text", "action", "comment", "source"):
        fields[name] = _same_space(told[name])
    return fields | {f"other: {h}": _same_space(text) for h, text in told["other"].items()}


class Score:
    """How far what was read agrees with what is expected."""

    def __init__(self):
        self.fields = self.right = self.rows = self.doubted_though_right = 0
        self.wrong, self.silent, self.missing, self.surplus = [], [], [], []

    def add(self, chronology, expected):
        found = {self._at(entry): entry for entry in chronology.entries}
        wanted = {}
        for part in expected["parts"]:
            headings = {column["holds"]: column["heading"] for column in part["columns"]}
            for entry in part["entries"]:
                place = _wanted_at(entry["location"], expected["format"])
                wanted[place] = _wanted(entry, headings)
        self.missing += [at for at in wanted if at not in found]
        self.surplus += [at for at in found if at not in wanted]
        for at, fields in wanted.items():
            self.rows += 1
            if at in found:
                self._compare(at, fields, found[at])

    @staticmethod
    def _at(entry):
        kind, name, row = entry.at
        return (kind, None if kind == "csv" else name, row)

    def _compare(self, at, fields, entry):
        got = _found(entry)
        differing = [
            (at, name, value, got.get(name))
            for name, value in fields.items()
            if got.get(name) != value
        ]
        self.fields += len(fields)
        self.right += len(fields) - len(differing)
        self.wrong += differing
        if differing and not entry.doubts:
            self.silent += differing
        if entry.doubts and not differing:
            self.doubted_though_right += 1

    def __str__(self):
        share = 100 * self.right / self.fields if self.fields else 0
        return (
            f"{self.rows - len(self.missing)} of {self.rows} rows, {share:.2f}% of {self.fields} fields right, "
            f"{len(self.silent)} silent errors, {self.doubted_though_right} right rows doubted"
        )


@pytest.mark.parametrize("file", FILES)
def test_file_is_read_as_a_reader_reads_it(file, capsys):
    score = Score()

    score.add(_read(file), _expected(file))

    with capsys.disabled():
        print(f"\n{file}: {score}", *score.wrong, sep="\n    ")  # noqa: T201 the figures are the point
    assert score.missing == []
    assert score.surplus == []
    assert score.silent == []
    assert score.right >= 0.99 * score.fields


def test_all_files_together_reach_the_targets(capsys):
    score = Score()

    for file in FILES:
        score.add(_read(file), _expected(file))

    with capsys.disabled():
        print(f"\nAll {len(FILES)} chronologies: {score}")  # noqa: T201
    assert score.rows == 171
    assert score.silent == []
    assert score.right >= 0.99 * score.fields
    assert score.doubted_though_right <= 0.05 * score.rows


@pytest.mark.parametrize("file", FILES)
def test_every_row_is_accounted_for(file):
    read = _read(file)

    assert read.rows_read == len(read.entries) + len(read.not_entries) + len(read.rejected)
    assert read.rejected == []


@pytest.mark.parametrize("file", FILES)
def test_every_column_is_taken_for_what_it_holds(file):
    holds = {"event": "text"}
    wanted = {}
    for part in _expected(file)["parts"]:
        for column in part["columns"]:
            ours = holds.get(column["holds"], column["holds"])
            if ours in ("date", "time", "person", "text", "action", "comment", "source"):
                wanted.setdefault(ours, []).append(column["heading"])

    found = _read(file).mapping

    assert {c: [h] if isinstance(h, str) else h for c, h in found.items()} == {
        column: list(dict.fromkeys(headings)) for column, headings in wanted.items()
    }


def _backwards(row):
    last = len(row.cells) - 1
    return Row(
        row.number,
        [
            cell._replace(origin=(cell.origin[0], last - cell.origin[1])) if cell.origin else cell
            for cell in reversed(row.cells)
        ],
    )


def _headed(row):
    """Merged over the whole table: a title or a band, which has no order to turn."""
    return any(cell.origin and cell.origin[0] == row.number for cell in row.cells)


@pytest.mark.parametrize("file", FILES)
def test_columns_may_stand_in_any_order(file):
    path = _document(FOLDER, file)
    document = read_file(path.read_bytes(), file)
    parts = [
        part
        if part.kind == "paragraphs"
        else replace(part, rows=[row if _headed(row) else _backwards(row) for row in part.rows])
        for part in document.parts
    ]

    turned = read_chronology(replace(document, parts=parts), known_persons=PERSONS)

    forward = _read(file).to_json()["entries"]
    assert [{**entry, "other": None} for entry in turned.to_json()["entries"]] == [
        {**entry, "other": None} for entry in forward
    ]


def test_totals_and_notes_are_told_apart_from_entries():
    read = _read("south-yorkshire-police.xlsx")

    kinds = Counter(row.at.part for row in read.not_entries)

    assert kinds["Summary"] == 11
