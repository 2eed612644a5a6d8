"""One lead cell at a time: bodies, offices and people."""

from types import SimpleNamespace

import pytest

from actionplans.bodies import Names, body_of_heading
from actionplans.leads import one_spelling, read_lead

KNOWN = [
    SimpleNamespace(name="Westshire Police", short_name="WP", aliases=["the Constabulary"]),
    SimpleNamespace(
        name="Northvale Hospital NHS Foundation Trust",
        short_name="NHFT",
        aliases=["Northvale Hospital", "crisis team"],
    ),
    SimpleNamespace(
        name="Safer Westshire Partnership", short_name="SWP", aliases=["Westshire CSP"]
    ),
    SimpleNamespace(name="Adult Services WCC", short_name="", aliases=[]),
    "Westshire County Council",
]


def lead_of(text, agencies=(), **options):
    lead, _ = read_lead(text, Names.of(agencies), **options)
    return lead.agencies, lead.role, lead.people


@pytest.mark.parametrize(
    ("text", "agencies", "role", "people"),
    [
        ("Westshire CSP", ["Safer Westshire Partnership"], None, []),
        ("WP / NHFT", ["Westshire Police", "Northvale Hospital NHS Foundation Trust"], None, []),
        (
            "Police and Northvale Hospital",
            ["Westshire Police", "Northvale Hospital NHS Foundation Trust"],
            None,
            [],
        ),
        (
            "Head of Safeguarding, Northvale Hospital",
            ["Northvale Hospital NHS Foundation Trust"],
            "Head of Safeguarding",
            [],
        ),
        (
            "Head of Community Safety (WCC)",
            ["Westshire County Council"],
            "Head of Community Safety",
            [],
        ),
        ("WCC Adult Social Care", ["Westshire County Council"], "Adult Social Care", []),
        ("WCC Adult Services", ["Adult Services WCC"], None, []),
        (
            "Sam Moss CSP Coordinator Westshire County Council",
            ["Safer Westshire Partnership", "Westshire County Council"],
            "CSP Coordinator",
            ["Sam Moss"],
        ),
        (
            "Supt Pat Lane (Westshire Police) and Kim Moss (WCC)",
            ["Westshire Police", "Westshire County Council"],
            None,
            ["Supt Pat Lane", "Kim Moss"],
        ),
        ("Lead: Westshire Police\nSupport: WCC", ["Westshire Police"], None, []),
        (
            "Community Safety Team, Westshire County Council",
            ["Westshire County Council"],
            "Community Safety Team",
            [],
        ),
        (
            "Safer Westshire Partnership Board (via a sub group)",
            ["Safer Westshire Partnership"],
            None,
            [],
        ),
        (
            "Westshire Police & Crime Commissioner",
            ["Westshire Police & Crime Commissioner"],
            None,
            [],
        ),
    ],
)
def test_lead_among_known_agencies(text, agencies, role, people):
    assert lead_of(text, KNOWN) == (tuple(agencies), role, tuple(people))


@pytest.mark.parametrize(
    ("text", "agencies", "role", "people"),
    [
        ("Jane Doe - Westshire Police", ["Westshire Police"], None, ["Jane Doe"]),
        ("DCI Ann Other, Westshire Police", ["Westshire Police"], None, ["DCI Ann Other"]),
        ("Ann Other (Head of Safeguarding)", [], "Head of Safeguarding", ["Ann Other"]),
        ("CCG Designated Nurse", ["CCG"], "Designated Nurse", []),
        ("Head of Nursing and Quality", [], "Head of Nursing and Quality", []),
        ("Commissioning and Contracts Manager", [], "Commissioning and Contracts Manager", []),
        (
            "Adult Social Care and Children's Services",
            ["Adult Social Care", "Children's Services"],
            None,
            [],
        ),
        ("Harbour Housing & Support", ["Harbour Housing & Support"], None, []),
        (
            "Westshire County Council – Community Safety",
            ["Westshire County Council – Community Safety"],
            None,
            [],
        ),
        ("Victim Support", ["Victim Support"], None, []),
        ("Director of Public Health", [], "Director of Public Health", []),
        ("All GP practices", ["All GP practices"], None, []),
        (
            "All agencies including Westshire Police, Refuge, And Mind",
            ["Westshire Police", "Refuge", "Mind"],
            None,
            [],
        ),
        ("MARAC", ["MARAC"], None, []),
        ("TBC", [], None, []),
        ("-", [], None, []),
    ],
)
def test_lead_nobody_introduced(text, agencies, role, people):
    assert lead_of(text) == (tuple(agencies), role, tuple(people))


def test_two_capitals_in_an_officers_column_are_somebody():
    assert lead_of("JS / AB", kind="officer") == ((), None, ("JS", "AB"))


def test_names_in_a_column_of_officers_are_people():
    assert lead_of("Kim Lund- Bray/Pat Okoro", kind="officer") == (
        (),
        None,
        ("Kim Lund-Bray", "Pat Okoro"),
    )


def test_description_of_a_service_is_an_office_below_a_banner():
    assert lead_of("crisis team", KNOWN, banner="Westshire Police") == ((), "crisis team", ())


def test_department_below_a_banner_that_is_no_council_is_another_body():
    assert lead_of("Housing Services", banner="Westshire Police") == (
        ("Housing Services",),
        None,
        (),
    )


def test_one_person_written_in_two_ways_is_one():
    best = one_spelling([["Kim Lund Bray", "Jo Penn"], ["Kim Lund-Bray"]])

    assert best == {
        "Kim Lund Bray": "Kim Lund-Bray",
        "Kim Lund-Bray": "Kim Lund-Bray",
        "Jo Penn": "Jo Penn",
    }


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("THE WESTSHIRE NHS FOUNDATION TRUST", "THE WESTSHIRE NHS FOUNDATION TRUST"),
        ("Recommendations for Harbour Homes", "Harbour Homes"),
        ("Westshire Police IMR recommendations", "Westshire Police"),
        ("Northvale ICB (IMR recommendations)", "Northvale ICB"),
        ("Training", None),
        ("Theme 2: Information sharing", None),
        ("Overview Report Recommendations", None),
        ("National Recommendations", None),
    ],
)
def test_body_of_a_banner(heading, body):
    assert body_of_heading(heading, Names.of(())) == body
