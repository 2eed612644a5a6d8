"""The published reports of ../shared: what the check says of each, read by a person and kept here.

Nothing of their text is repeated: results are named by their kind and by the paragraphs they stand in.
"""

import pytest

from reports.checking import check
from tests.reports.checking.published import published

pytestmark = pytest.mark.real_documents


def _contradictions(checked):
    return [
        (str(one.kind), [place.paragraph for place in one.places]) for one in checked.contradictions
    ]


@pytest.fixture(scope="module")
def rotherham():
    return check(published("000"))


def test_the_overview_report_gives_five_results_and_no_more(rotherham):
    assert _contradictions(rotherham) == [
        ("sides", ["1.2", "1.3"]),
        ("counts", ["2.3.1", "6.1.1"]),
        ("dates", ["5.4.4", "6.6.2"]),
        ("relations", ["5.4.8"]),
        ("shares", ["6.5.2"]),
    ]


def test_a_count_that_the_report_itself_explains_is_less_sure(rotherham):
    assert [str(one.confidence) for one in rotherham.contradictions] == [
        "high",
        "medium",
        "high",
        "high",
        "high",
    ]


@pytest.mark.parametrize("beginning", ["001", "002", "003", "004"])
def test_nothing_is_reported_of_the_others(beginning):
    assert _contradictions(check(published(beginning))) == []


def test_the_recommendations_that_were_lost_on_the_way_appear(rotherham):
    item = next(item for item in rotherham.items if item.key == "recommendations-said")
    lost = [
        r.place.paragraph
        for r in item.remarks
        if r.message
        == (
            "This says that something is recommended. Nothing in the list of recommendations is about it."
        )
    ]

    assert {"5.17.19", "6.8.5"} <= set(lost)
    assert len(item.remarks) <= 10


def test_every_place_holds_the_words_it_quotes(rotherham):
    texts = [paragraph.text for _, paragraph in published("000").paragraphs]
    places = [place for one in rotherham.contradictions for place in one.places]
    places += [remark.place for item in rotherham.items for remark in item.remarks if remark.place]

    assert len(places) > 50
    assert [
        place for place in places if texts[place.at][place.start : place.end] != place.quote
    ] == []


def test_misprinted_acronyms_are_found(rotherham):
    item = next(item for item in rotherham.items if item.key == "acronyms-explained")
    bare = {r.message.split()[0] for r in item.remarks if r.message.endswith("is not explained.")}

    assert {"MAPAC", "CAAADA", "N&HS", "SPECSS", "SPECCS"} <= bare


def _places_of(checked, key):
    item = next(item for item in checked.items if item.key == key)
    return [(r.place.paragraph, r.place.quote) for r in item.remarks if r.place]


def test_what_a_service_did_itself_blames_no_victim(rotherham):
    found = _places_of(rotherham, "no-blame")

    assert ("5.11.8", "failed to attend") in found
    assert [quote for paragraph, quote in found if paragraph == "6.8.4"] == []


def test_the_character_of_the_one_who_abused_is_no_blame():
    quotes = [quote for _, quote in _places_of(check(published("003")), "no-blame")]

    assert quotes == ["lack of engagement"]


def test_an_acronym_is_explained_by_a_line_that_has_its_letters(rotherham):
    quotes = {quote for _, quote in _places_of(rotherham, "acronyms-explained")}

    assert "ROSH" not in quotes
    assert {"MAPAC", "CAAADA", "SPECCS"} <= quotes  # as nobody spells them
