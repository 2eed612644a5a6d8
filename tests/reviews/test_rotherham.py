"""A review that was really held, entered through the services: people, panel, terms, the clock.

What it says is read from ../shared/documents/rotherham-ma1-review.json; nothing of it stands here.
"""

import json
import os
import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from agencies.models import Agency
from desk.board import reviews_led, rows_of, shown
from foundations.dates import parse
from reviews.clock import services as clock
from reviews.clock.kinds import Milestone, Reason, State
from reviews.clock.queries import clock_of
from reviews.family import services as family
from reviews.family.models import ContactEntry, Correspondent, EngagementDecision, How
from reviews.models import Person
from reviews.panel.models import Capacity
from reviews.panel.services import members
from reviews.requests.services.asking import ask_agencies
from reviews.rules import Role, Stage
from reviews.services import add_agency, add_person, create_review
from reviews.terms import services as terms
from reviews.terms.difference import difference
from reviews.terms.models import Term, TermText
from reviews.terms.queries import places_of
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory, PartnershipFactory

SOURCE = Path(__file__).resolve().parents[2].parent / "shared/documents/rotherham-ma1-review.json"
NOTHING = parse("").value
# As a coordinator would have seen it: before the day that was put off to, and after it.
DURING, AFTER = date(2014, 9, 1), date(2014, 12, 9)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_documents,
    pytest.mark.skipif(
        not SOURCE.is_file() and os.environ.get("CI") != "true",
        reason="the published review is not beside this checkout (../shared/documents)",
    ),
]


def written(told):
    return parse(told["as_written"]).value


@pytest.fixture
def told():
    return json.loads(SOURCE.read_text())


@pytest.fixture
def entered(told):
    """The review as it stood after its second panel meeting, and whoever entered it."""
    partnership = PartnershipFactory(name=told["partnership"]["name"])
    review = create_review(
        partnership=partnership,
        reference="DHR-MA1",
        kind="statutory",
        label="dhr",
        stage=Stage.DRAFTING,
        by=None,
    )
    by = with_role(Role.COORDINATOR, review)
    people(review, told, by)
    parts = agencies(review, told, by)
    panel(review, told, by)
    one, two = both_versions(review, told, parts, by)
    the_clock(review, told, by)
    return SimpleNamespace(review=review, by=by, parts=parts, one=one, two=two)


def people(review, told, by):
    for subject in told["subjects"]:
        role = subject["role"].lower()
        add_person(
            review,
            pseudonym=subject["code"],
            role=role if role in Person.Role.values else Person.Role.FAMILY,
            by=by,
        )


def agencies(review, told, by):
    found = []
    for row in told["imr_agencies"]:
        agency = AgencyFactory(name=row["name"], short_name=row["abbreviation"] or "")
        found.append(add_agency(review, agency=agency, by=by))
    return found


def panel(review, told, by):
    chair = told["chair"]
    sits(review, by, name=chair["name"], organisation="–", capacity=Capacity.CHAIR_AND_AUTHOR)
    for row in told["panel"]:
        named = row["agency"] and next(iter(Agency.objects.named(row["agency"])), None)
        sits(
            review,
            by,
            name=row["name"],
            agency=named or None,
            # One member's agency cannot be told apart from the position.
            organisation="" if named else row["agency"] or row["position"],
            position=row["position"] or "",
        )


def sits(review, by, **particulars):
    members.add_member(review, key=uuid.uuid4(), joined=NOTHING, by=by, **particulars)


def both_versions(review, told, parts, by):
    first = [term for term in told["terms_of_reference"] if term["added_at"] == "first set"]
    later = [term for term in told["terms_of_reference"] if term not in first]
    one = terms.begin_version(review, by=by, on=date(2013, 11, 15))
    frame = told["timeframe"]
    one = terms.change_frame(
        one,
        seen=one.changes,
        by=by,
        purposes="To learn",
        scope_from=written(frame["start"]),
        scope_to=written(frame["end"]),
        scope_reason=frame["text"],
    )
    one = issue(one, first, parts, by)
    two = terms.begin_version(review, by=by, on=date(2014, 2, 6))
    two = terms.change_frame(two, seen=two.changes, by=by, why=later[0]["added_at"])
    return one, issue(two, later, parts, by)


def issue(version, rows, parts, by):
    for term in rows:
        terms.add_term(version, kind=Term.Kind.TERM, text=term["text"], by=by, key=uuid.uuid4())
    terms.issue(version, participations=parts, panel=True, by=by)
    version.refresh_from_db()
    return version


def the_clock(review, told, by):
    dates = {row["label"]: row for row in told["key_dates"]}
    clock.reached(review, Milestone.DECIDED, written(dates["decision to hold a review"]), by)
    appointed = written(dates["chair and author appointed"])
    clock.reached(review, Milestone.CHAIR_APPOINTED, appointed, by)
    clock.extend(
        review,
        Milestone.REPORT_COMPLETED,
        until=written(dates["revised completion date"]).latest,
        reason=Reason.TRIAL,
        because="The plea and the sentence came after the day that was set at first",
        agreed_by="the partnership",
        agreed_on=written(dates["plea of guilty to manslaughter"]),
        told="the Home Office",
        told_on=written(dates["sentence of MA 2"]),
        by=by,
    )


def test_everybody_in_it_stands_under_a_pseudonym(entered, told):
    rows = entered.review.people.order_by("pk").values_list("pseudonym", "role")

    assert list(rows) == [("MA 1", "victim"), ("MA 2", "perpetrator"), ("FA 1", "family")]


def test_the_panel_has_its_chair_and_twenty_two_members(entered, told):
    rows = entered.review.panel.order_by("pk")

    assert rows.count() == 23
    assert [row.name for row in rows][1:] == [row["name"] for row in told["panel"]]
    assert [row.position for row in rows][1:] == [row["position"] or "" for row in told["panel"]]


def test_fifteen_agencies_were_asked(entered, told):
    assert [part.agency.name for part in entered.parts] == [
        row["name"] for row in told["imr_agencies"]
    ]
    assert len(entered.parts) == 15


def test_twelve_terms_stand_in_two_versions(entered, told):
    numbered = TermText.objects.numbered()
    stands = {
        version.number: list(
            numbered.filter(version=version).order_by("position").values_list("number", "text")
        )
        for version in (entered.one, entered.two)
    }
    every = [(row["number"], row["text"]) for row in told["terms_of_reference"]]

    assert stands == {1: every[:10], 2: every}


def test_the_second_version_adds_two_terms_and_changes_none(entered, told):
    found = difference(entered.one, entered.two)

    assert [(change.what, change.number) for change in found.changes] == [
        ("added", 11),
        ("added", 12),
    ]
    assert len(found.same) == 10


def test_whoever_read_the_first_version_must_look_at_the_new_terms(entered):
    part = entered.parts[0]
    reader = with_role(Role.IMR_AUTHOR, entered.review, part)
    terms.confirm_reading(entered.one, participation=part, by=reader)

    places = {place.name: place.readers for place in places_of(entered.review)}

    (stands,) = places[str(part.agency)]
    assert (stands.user, stands.state) == (reader, ("Must look again", "orange"))
    assert [change.number for change in stands.since.changes] == [11, 12]


def test_the_timeframe_is_kept_as_it_was_written(entered, told):
    entered.review.refresh_from_db()
    frame = told["timeframe"]

    assert [entered.review.scope_from.text, entered.review.scope_to.text] == [
        frame["start"]["as_written"],
        frame["end"]["as_written"],
    ]
    assert entered.review.scope_reason == frame["text"]


def test_the_first_day_reckoned_is_the_one_that_was_published(entered, told):
    """Six months from a decision in autumn 2013 is spring 2014."""
    published = next(r for r in told["key_dates"] if r["label"] == "original completion date")

    report = clock_of(entered.review, DURING).deadline(Milestone.REPORT_COMPLETED)

    assert str(report.first) == published["as_written"]
    assert (report.first.earliest, report.first.latest) == (date(2014, 3, 1), date(2014, 5, 30))
    assert (report.due.latest, report.state) == (date(2014, 12, 8), State.RUNNING)


def test_the_clock_says_what_is_due_and_what_was(entered):
    during, after = (clock_of(entered.review, day).sentence for day in (DURING, AFTER))

    assert during == (
        "The report is due by 8 December 2014, in 98 days. It was first due in spring 2014."
    )
    assert after == (
        "The report was due by 8 December 2014 and is 1 day overdue. "
        "It was first due in spring 2014."
    )


def test_the_paragraph_on_delay_gives_the_first_day_the_new_one_and_why(entered):
    assert clock_of(entered.review, DURING).delay_paragraph == (
        "The decision was made in autumn 2013. Under “Statutory guidance before December 2016” the "
        "report was due 6 months after the decision, in spring 2014. In spring 2014 a new date, "
        "8 December 2014, was agreed because of the criminal trial (The plea and the sentence came "
        "after the day that was set at first). It was agreed by the partnership, and made known to "
        "the Home Office in summer 2014. As at 1 September 2014 the report is not complete; it is "
        "due by 8 December 2014."
    )


def test_the_board_has_it_late_after_the_day_that_was_put_off_to(entered):
    ask_agencies(
        entered.review,
        participations=entered.parts,
        key=uuid.uuid4(),
        kind="imr",
        due=date(2014, 3, 3),
        why="They knew her",
        by=entered.by,
        at=datetime(2013, 11, 18, 9, tzinfo=UTC),
    )

    (before,) = rows_of(entered.by, reviews_led(entered.by), on=DURING)
    (after,) = rows_of(entered.by, reviews_led(entered.by), on=AFTER)
    (line,) = shown(entered.by, [after], on=AFTER)

    assert (before.days_late, before.exceptions) == (0, [])
    assert (after.days_late, after.exceptions) == (1, [("1 day late", "red")])
    assert line.waiting == 15


def test_a_relative_who_never_replied_is_a_decision_with_a_day_to_look_again(entered, told):
    last = next(row for row in told["key_dates"] if row["label"].startswith("last letter to"))
    relative = next(row for row in told["other_people"] if row["role"].startswith("did not reply"))
    one = family.add_correspondent(
        entered.review,
        standing=Correspondent.Standing.OTHER_FAMILY,
        relation=relative["reference"],
        by=entered.by,
        key=uuid.uuid4(),
    )
    today = date(2014, 7, 1)
    family.record_contact(
        one,
        on=written(last),
        direction=ContactEntry.Direction.OURS,
        how=How.LETTER,
        by_whom="the chair",
        response=ContactEntry.Response.NONE,
        by=entered.by,
        key=uuid.uuid4(),
        today=today,
    )
    family.decide_engagement(
        one,
        outcome=EngagementDecision.Outcome.STOP,
        decided_on=today,
        decided_by="the chair and the panel",
        reasons="No reply came",
        revisit_on=date(2014, 10, 1),
        by=entered.by,
        key=uuid.uuid4(),
        today=today,
    )

    one.refresh_from_db()
    assert one.is_left_alone
    assert [entry.on.text for entry in one.entries.all()] == [last["as_written"]]
