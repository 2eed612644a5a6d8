from hypothesis import given, settings
from hypothesis import strategies as st

from reports.leaks.folding import Folded
from reports.leaks.register import register_from_json
from tests.reports.leaks.looking import SCANNER, found

PIECES = st.sampled_from(
    ["Tamsin", "Quill", "feather", " ", "\n", "6", " October ", "2013", ".", "-", "'", "\u200b", "ß",
     "æ", "Ŵ", "𝐓", "\u00ad", "(", "12 Larkrise ", "St", "aged 51", "@", "NB7", "4QX", "Mrs ", "\ue000"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_can_be_looked_through_and_every_place_is_in_it(text):
    for start, end, one in SCANNER.found_in(text):
        assert 0 <= start < end <= len(text)
        assert one.severity in ("high", "medium", "low")
        assert one.why.endswith(".")


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_folding_keeps_the_way_back(text):
    folded = Folded(text)

    places = [folded.place(at) for at in range(len(folded.text))]

    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_what_is_found_twice_in_one_place_is_told_once():
    assert [one[1] for one in found("Mrs Tamsin Quillfeather, 12 Larkrise Street, NB7 4QX")] == [
        "name",
        "address",
        "postcode",
    ]


def test_professionals_and_places_may_be_names_or_objects():
    register = register_from_json(
        {
            "professionals": ["Helena Smith", {"name": "Gordon Achterberg", "agency": "Police"}],
            "places": [
                {"name": "Brook Lane Surgery", "aliases": ["Brook Lane", "BLS"]},
                "Northbeck",
            ],
        }
    )

    assert register.professionals == ("Helena Smith", "Gordon Achterberg")
    assert register.places == ("Brook Lane Surgery", "Brook Lane", "BLS", "Northbeck")


def test_dates_of_a_register_may_be_written_in_iso_or_as_objects():
    written = ["2013-10-06", "6 October 2013", "06.10.2013"]
    written.append(
        {"text": "x", "earliest": "2013-10-06", "latest": "2013-10-06", "precision": "day"}
    )

    people = register_from_json({"people": [{"died": one} for one in written]}).people

    assert {(one.died.earliest.isoformat(), one.died.latest.isoformat()) for one in people} == {
        ("2013-10-06", "2013-10-06")
    }
