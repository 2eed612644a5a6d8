"""How often a report says that something happened, against its own chronology."""

import pytest

from chronologies.mismatches.drafting import draft
from chronologies.mismatches.finding.case import Account, Body, Case, Note, Survey
from chronologies.mismatches.finding.engine import Engine
from chronologies.mismatches.finding.figures import Figures
from chronologies.mismatches.services.asking import own_entries, own_passage
from chronologies.models import Entry
from foundations.dates import parse
from tests.chronologies.mismatches.telling import POLICE
from tests.factories.findings import a_heading

PRACTICE, POLICE_, SUPPORT = 1, 2, 3
BODIES = (
    Body(PRACTICE, "Eastmoor Medical Practice", "primary_care"),
    Body(POLICE_, "Northfield Police", "police"),
    Body(SUPPORT, "Harbour and Wold Support"),
)


def account(pk, on, text, *, body=PRACTICE, persons=("MA 1",)):
    value = parse(on).value
    start, end = (day and day.toordinal() for day in (value.earliest, value.latest))
    date = (value.earliest, value.latest, value.text, value.precision, value.circa, value.base)
    return Account(pk, body, start, end, date, pk, persons, text)


def case(accounts, *notes, body=PRACTICE):
    days = [a.start for a in accounts if a.start]
    span = (min(days), max(days)) if days else (734_000, 735_000)
    return Case(
        bodies=BODIES,
        accounts=accounts,
        persons=("MA 1", "MA 2"),
        notes=tuple(Note(70 + n, body, "4 Involvement", text) for n, text in enumerate(notes)),
        survey=Survey(entries=len(accounts), spans={body: span}),
    )


def found(accounts, *notes, **more):
    return [each for each in Engine(case(accounts, *notes, **more)).find() if each.passages]


def claims(text, body=PRACTICE):
    made = case([], text, body=body)
    figures = Figures(Engine(made), body, made.notes)
    return [claim for note in made.notes for claim in figures.claims_of(note)]


def days(number, text, year=2012, first=1, **more):
    """So many entries of as many days of a year."""
    return [
        account(first + n, f"{3 + n}.0{1 + n % 9}.{year}", f"{text} {n}", **more)
        for n in range(number)
    ]


AT_THE_ENDS = [
    account(90, "02.01.2011", "Registered with the practice."),
    account(91, "20.12.2013", "Left the practice."),
]


# --- What a sentence claims -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "kind", "persons", "period"),
    [
        ("The practice had six contacts with MA 1 between 2011 and 2013", 6, 6, "contacts", ("MA 1",), "2011 to 2013"),
        ("MA 1 was seen nine times in 2012", 9, 9, "times seen", ("MA 1",), "2012"),
        ("There were 14 contacts with MA 1 from May 2011 to June 2012", 14, 14, "contacts", ("MA 1",), "May 2011 to June 2012"),
        ("MA 1 had at least twelve appointments in 2012", 12, 10**6, "appointments", ("MA 1",), "2012"),
        ("MA 1 had over twenty-five consultations in 2012", 26, 10**6, "appointments", ("MA 1",), "2012"),
        ("MA 1 had fewer than ten appointments in 2012", 0, 9, "appointments", ("MA 1",), "2012"),
        ("MA 1 had no more than ten appointments in 2012", 0, 10, "appointments", ("MA 1",), "2012"),
        ("MA 1 was seen around eight times in 2012", 6, 10, "times seen", ("MA 1",), "2012"),
        ("MA 1 was seen four or five times in 2012", 4, 5, "times seen", ("MA 1",), "2012"),
        ("MA 1 failed to attend on four occasions in 2012", 4, 4, "missed appointments", ("MA 1",), "2012"),
        ("There was only one contact with MA 1 in 2012", 1, 1, "contacts", ("MA 1",), "2012"),
        ("The practice had no contact with MA 1 in 2012", 0, 0, "contacts", ("MA 1",), "2012"),
        ("A total of six contacts with MA 1 was recorded since 2011", 6, 6, "contacts", ("MA 1",), "from 2011"),
    ],
)  # fmt: skip
def test_what_a_sentence_claims(text, low, high, kind, persons, period):
    (claim,) = claims(text)

    assert (claim.low, claim.high, claim.tally.label, claim.persons) == (low, high, kind, persons)
    assert str(claim.period.value) == period


def test_two_counts_of_one_sentence_each_with_its_own_time_and_person():
    one, two = claims("MA 1 was seen nine times in 2011 and MA 2 was seen six times in 2012.")

    assert (one.low, one.persons, str(one.period.value)) == (9, ("MA 1",), "2011")
    assert (two.low, two.persons, str(two.period.value)) == (6, ("MA 2",), "2012")


def test_what_one_verb_and_one_time_hold_for():
    one, two = claims("In 2012 MA 1 visited five times and was seen twice.")

    assert (one.low, one.tally.label) == (5, "visits")
    assert (two.low, two.tally.label, str(two.period.value)) == (2, "times seen", "2012")


@pytest.mark.parametrize(
    "text",
    [
        "The whole of the review period saw nine contacts with MA 1 during the review period",
        "MA 1 had nine contacts within the timeframe of this review",
        "MA 1 had nine contacts over the period under review",
    ],
)
def test_the_time_of_the_review_is_all_of_it(text):
    (claim,) = claims(text)

    assert claim.period.is_whole
    assert claim.is_all_said


@pytest.mark.parametrize(
    "text",
    [
        "The police attended on four occasions in 2012",
        "Harbour and Wold Support had six contacts with MA 1 in 2012",
        "Lifeline had six contacts with MA 1 in 2012",
        "MA 1 was seen nine times by the police in 2012",
        "According to Northfield Police, MA 1 made six calls in 2012",
        "MA 1 said that she had been seen nine times in 2012",
        "Up to six sessions are offered to MA 1",
        "MA 1 should have been seen nine times in 2012",
        "MA 1 was seen twice a week in 2012",
        "MA 1 attended three of the four appointments in 2012",
        "A further six contacts with MA 1 followed in 2012",
        "On one occasion MA 1 was seen by a nurse in 2012",
        "MA 1 was seen nine times in the twelve months before her death",
        "MA 1 was seen twice, on 3 May 2011 and 6 June 2012",
        "MA 1 was seen nine times until she moved away",
        "Six contacts with MA 1's mother were recorded in 2012",
        "MA 1 made 999 calls in 2012",
        "MA 1 drank nine times the limit in 2012",
        "MA 1 took six tablets in 2012",
        "MA 1 was 16 in 2012",
    ],
)
def test_what_is_no_claim_of_the_agency_about_itself(text):
    assert claims(text) == []


def test_a_post_of_its_own_is_the_agency_itself():
    (claim,) = claims("The police attended on four occasions in 2012", body=POLICE_)

    assert (claim.low, claim.tally.label) == (4, "attendances")


# --- Against the chronology -----------------------------------------------------------------------


def test_more_contacts_in_the_report_than_entries():
    rows = [*AT_THE_ENDS, *days(2, "Blood pressure taken.")]

    (one,) = found(rows, "The practice had nine contacts with MA 1 between 2011 and 2013.")

    assert (one.kind, one.confidence, one.passages) == ("imr-not-in-chronology", "medium", (70,))
    assert set(one.entries) == {90, 91, 1, 2}
    assert (one.missing_from, one.bodies) == (PRACTICE, (PRACTICE,))
    assert "“The practice had nine contacts with MA 1 between 2011 and 2013”." in one.explanation
    assert (
        "4 such entries (contacts; about MA 1; 2011 to 2013), against 9 in the report"
        in one.explanation
    )
    assert "3 January 2012" in one.explanation
    assert str(one.date) == "2011 to 2013"


def test_fewer_contacts_in_the_report_than_entries():
    rows = [*AT_THE_ENDS, *days(9, "Blood pressure taken.")]

    (one,) = found(rows, "In 2012 the practice had 4 contacts with MA 1.")

    assert (one.kind, one.confidence) == ("chronology-not-in-imr", "medium")
    assert len(one.entries) == 9
    assert "9 such entries (contacts; about MA 1; 2012), against 4 in the report" in one.explanation


def test_only_what_is_of_the_kind_is_counted():
    rows = [
        *days(2, "Police attended the address.", body=POLICE_),
        *days(5, "MA 1 telephoned about a lost purse.", first=20, body=POLICE_),
    ]

    (one,) = found(
        rows, "In 2012 the police attended MA 1’s address on four occasions.", body=POLICE_
    )

    assert (one.kind, one.confidence, one.entries) == ("imr-not-in-chronology", "medium", (1, 2))
    assert "2 such entries (attendances; about MA 1; 2012), against 4" in one.explanation


def test_only_entries_about_the_person_are_counted():
    rows = [*AT_THE_ENDS, *days(6, "Blood pressure taken.", persons=("MA 2",))]

    (one,) = found(rows, "MA 1 had six contacts with the practice in 2012.")

    assert (one.kind, one.entries) == ("imr-not-in-chronology", ())
    assert "no such entry (contacts; about MA 1; 2012), against 6 in the report." in one.explanation


@pytest.mark.parametrize(
    "text",
    [
        "The practice had four contacts with MA 1 in 2012.",
        "The practice had at least three contacts with MA 1 in 2012.",
        "The practice had over two contacts with MA 1 in 2012.",
        "The practice had around five contacts with MA 1 in 2012.",
        "The practice had no more than four contacts with MA 1 in 2012.",
        "The practice had three to five contacts with MA 1 in 2012.",
        "The practice had five contacts with MA 1 in 2012.",  # one of five: not clearly another
        "MA 1 had six contacts during the review period.",
    ],
)
def test_what_the_chronology_satisfies_is_not_reported(text):
    assert found([*AT_THE_ENDS, *days(4, "Blood pressure taken.")], text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The practice had at least eight contacts with MA 1 in 2012.", "imr-not-in-chronology"),
        ("The practice had over seven contacts with MA 1 in 2012.", "imr-not-in-chronology"),
        ("The practice had around twelve contacts with MA 1 in 2012.", "imr-not-in-chronology"),
        ("The practice had fewer than three contacts with MA 1 in 2012.", "chronology-not-in-imr"),
        ("The practice had no contact with MA 1 in 2012.", "chronology-not-in-imr"),
        ("MA 1 had 15 contacts during the review period.", "imr-not-in-chronology"),
    ],
)
def test_what_it_clearly_does_not_satisfy_is(text, kind):
    (one,) = found([*AT_THE_ENDS, *days(4, "Blood pressure taken.")], text)

    assert (one.kind, one.confidence) == (kind, "medium")


@pytest.mark.parametrize(
    "text",
    [
        "The practice had nine contacts in 2012.",  # with whom?
        "The practice had nine contacts with MA 1.",  # when?
        "MA 1 registered. She was seen nine times in 2012.",  # implied only
        "MA 1 had five antenatal and other contacts. MA 1 had five appointments in 2012.",  # in other words
    ],
)
def test_where_something_is_not_said_it_is_of_low_confidence(text):
    confidences = {e.confidence for e in found([*AT_THE_ENDS, *days(5, "Rash.")], text)}

    assert confidences <= {"low"}
    assert confidences or "antenatal" not in text


def test_a_difference_of_one_is_of_low_confidence():
    rows = [*AT_THE_ENDS, *days(3, "MA 1 attended.")]

    (one,) = found(rows, "MA 1 attended on four occasions in 2012.")

    assert (one.kind, one.confidence) == ("imr-not-in-chronology", "low")


def test_two_rows_of_one_day_can_be_one_contact():
    rows = [*AT_THE_ENDS, *(account(n, "04.05.2012", "Blood pressure taken.") for n in range(6))]

    assert found(rows, "The practice had only one contact with MA 1 in 2012.") == []


def test_an_entry_that_tells_of_several_cannot_be_counted():
    rows = [
        *AT_THE_ENDS,
        *days(2, "MA 1 was seen."),
        account(9, "May 2012", "Weekly visits to MA 1."),
    ]

    assert found(rows, "MA 1 was seen nine times in 2012.") == []


def test_one_that_did_not_attend_was_not_seen():
    rows = [*AT_THE_ENDS, *days(4, "MA 1 did not attend her appointment.")]

    (one,) = found(rows, "MA 1 was seen four times in 2012.")

    assert (one.kind, one.entries) == ("imr-not-in-chronology", ())


def test_an_entry_without_a_date_may_be_one_of_them():
    rows = [*days(4, "Rash."), *(account(20 + n, "", "Rash.") for n in range(3))]

    assert found(rows, "The practice had seven contacts with MA 1 in 2012.") == []


def test_a_time_of_which_the_chronology_does_not_tell():
    assert found(days(4, "Rash."), "The practice had nine contacts with MA 1 in 1998.") == []


def test_the_same_said_twice_is_one_result():
    text = "The practice had nine contacts with MA 1 in 2012."

    assert len(found([*AT_THE_ENDS, *days(2, "Rash.")], text, f"In summary: {text}")) == 1


def test_it_is_found_again_when_only_some_entries_are_looked_at():
    made = case([*AT_THE_ENDS, *days(2, "Rash.")], "MA 1 had nine contacts with us in 2012.")

    assert [each.passages for each in Engine(made).find({91})] == [(70,)]


# --- Kept, asked about ----------------------------------------------------------------------------


@pytest.fixture
def attended(told):
    heading = a_heading(
        told.parts[POLICE],
        text="Between 2011 and 2013 the police attended MA 1’s home on five occasions.",
    )
    entries = [
        told(POLICE, on, "Officers attended the address.") for on in ("04.05.2011", "06.07.2012")
    ]
    told.refresh()
    return told.rows().get(passage_links__passage=heading), heading, entries


def test_it_is_kept_with_the_heading_and_the_entries(attended):
    row, _, entries = attended

    assert (row.kind, row.confidence) == ("imr-not-in-chronology", "medium")
    assert [link.entry for link in row.entry_links.all()] == entries
    assert "2 such entries (attendances; about MA 1; 2011 to 2013), against 5" in row.explanation
    assert (str(row.date), row.missing_from.agency.name) == ("2011 to 2013", POLICE)


def test_it_stays_the_same_mismatch_while_entries_come(attended, told):
    row, _, _ = attended
    more = told(POLICE, "01.02.2011", "Officers attended the address.")
    told.refresh(entries=[more.pk])
    again = type(row).objects.get(pk=row.pk)

    assert again.gone_at is None
    assert "3 such entries" in again.explanation
    assert again.evidence != row.evidence


def test_it_goes_when_the_chronology_has_as_many(attended, told):
    row, _, _ = attended
    more = [told(POLICE, f"0{n}.02.2011", "Officers attended the address.") for n in (1, 2, 3)]
    told.refresh(entries=[entry.pk for entry in more])

    assert type(row).objects.get(pk=row.pk).gone_at


def test_the_agency_is_asked_about_its_heading(attended, told):
    row, heading, _ = attended
    part = told.parts[POLICE]

    assert own_entries(row, part) == (None, None)
    assert own_passage(row, part) == heading
    assert "how was it counted" in draft(row).lower()
    assert Entry.objects.filter(mismatch_links__mismatch=row).count() == 2
