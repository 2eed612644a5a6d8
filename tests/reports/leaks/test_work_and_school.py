"""Employers and schools whose names do not say what they are: the words before them do."""

import pytest

from reports.leaks.engine import Scanner
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found

PLACES = ["Northbeck", "Larch Wood", {"name": "Fernlea Support", "aliases": ["Fernlea", "FLS"]}]
SCANNER = Scanner(planted.register(places=PLACES))


def _told(text):
    return [(one[0], one[1], one[2]) for one in found(text, scanner=SCANNER)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("She worked at Brightwell Extra in Northbeck.", "employer", "Brightwell Extra"),
        ("He was employed by QVB.", "employer", "QVB"),
        ("He worked as a night porter for Brightwell then.", "employer", "Brightwell"),
        ("Her manager at Wagstaffs was told.", "employer", "Wagstaffs"),
        ("His employer, Wagstaffs, was asked.", "employer", "Wagstaffs"),
        ("He got a job with Wagstaffs.", "employer", "Wagstaffs"),
        ("She was dismissed by the Brightwell.", "employer", "Brightwell"),
        ("She volunteered at Oxbell.", "employer", "Oxbell"),
        ("She worked at V&Q.", "employer", "V&Q"),
        ("Adult B was a night cleaner at Wagstaffs.", "employer", "Wagstaffs"),
        ("Her place of work (Wagstaffs) was told.", "employer", "Wagstaffs"),
        ("Her school, Thornside, was told.", "school", "Thornside"),
        ("She was a pupil at St Osyth's C of E.", "school", "St Osyth's C of E"),
        ("The children were at St Osyth's C of E then.", "school", "St Osyth's C of E"),
        ("He went to Thornside.", "school", "Thornside"),
        ("The child attended Thornside.", "school", "Thornside"),
        ("He was in Year 4 at Prospero Hill Juniors.", "school", "Prospero Hill Juniors"),
        ("The head teacher at Thornside was asked.", "school", "Thornside"),
        ("He was excluded from Thornside.", "school", "Thornside"),
    ],
)
def test_the_words_before_a_name_say_that_somebody_works_or_learns_there(text, kind, words):
    assert _told(text) == [("low", kind, words)]


def test_one_employer_after_another_is_told():
    text = "She worked for Wagstaffs and later at the Brightwell on Gate Road."

    assert [one[2] for one in _told(text)] == ["Wagstaffs", "Brightwell"]


@pytest.mark.parametrize(
    "text",
    [
        "She worked for Northbeck Police and for Northbeck City Council.",
        "He was employed by the NHS, and she worked at Larch Wood.",
        "She worked for FLS and was employed by Fernlea.",
        "He attended Fernlea. She attended MARAC and DASH training.",
        "Agencies worked with Adult A, and Adult B worked for Adult A.",
        "He went to Adult B's house, to Leeds, to Spain and to Court.",
        "Child C went to School A; Adult B worked for Employer 2.",
        "She worked at Christmas and on Monday.",
        "He attended Accident and Emergency and was seen.",
        "The manager at Headquarters was told.",
        "She was a patient at Oxbell, and there was a meeting at Oxbell.",
        "After school, Adult A came. He worked at A&E.",
        "The scale was used: it worked at Level 2.",
    ],
)
def test_public_bodies_bodies_that_may_be_named_and_places_are_left_alone(text):
    assert _told(text) == []
