"""What findings rest on: four kinds of things, put under one and taken away."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.models import Event
from chronologies import services as chronologies
from findings.models import Evidence, Finding
from findings.services import evidence, locking
from reviews.panel.services.declaring import record_conflict
from reviews.rules import Material, Role
from reviews.services import merge_participations, share
from tests.chronologies.files import ROWS, csv_of
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import a_heading, contact_in, finding_in, minutes_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_family import contact
from tests.factories.reviews_panel import PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


@pytest.fixture
def rows(review, part):
    return [
        EntryFactory(participation=part),
        a_heading(part),
        minutes_in(review),
        contact_in(review),
    ]


def put(finding, *rows, **said):
    return evidence.put_under(finding, list(rows), by=UserFactory(), **said)


def test_four_kinds_of_things_are_put_under_a_finding_at_once(review, rows):
    made = put(finding_in(review), *rows, note="Each says that nobody asked")

    assert [one.source for one in made] == ["entry", "passage", "minutes", "contact"]
    assert {one.note for one in made} == {"Each says that nobody asked"}
    told = Event.objects.get(type="evidence.added")
    assert told.data | {"number": 1} == {
        "number": 1,
        "entry": 1,
        "passage": 1,
        "minutes": 1,
        "contact": 1,
    }


def test_what_is_there_already_stays_as_it_is(review, rows):
    finding = finding_in(review)
    put(finding, rows[0], note="First")

    made = put(finding, rows[0], rows[1], note="Second")

    assert [one.source for one in made] == ["passage"]
    assert finding.evidence.get(entry=rows[0]).note == "First"


def test_nothing_is_not_put_under_a_finding(review):
    with pytest.raises(ValidationError, match="at least one"):
        put(finding_in(review))


def test_nothing_of_another_review_is_evidence(rows):
    finding = finding_in(ReviewFactory())

    for row in rows:
        with pytest.raises(ValidationError, match="another review"):
            put(finding, row)


def test_nothing_that_does_not_stand_is_evidence(review, part):
    entry = EntryFactory(participation=part)
    chronologies.withdraw_entry(entry, by=UserFactory(), reason="Another person")
    entry.refresh_from_db()
    said = contact_in(review)
    contact(said.correspondent, corrects=said, corrected_because="Another day")
    said.refresh_from_db()
    finding = finding_in(review)

    for row, why in (
        (entry, "withdrawn"),
        (minutes_in(review, sent_at=None), "draft"),
        (said, "corrected"),
    ):
        with pytest.raises(ValidationError, match=why):
            put(finding, row)


def test_evidence_is_taken_away_and_can_come_back(review, rows):
    finding = finding_in(review)
    (one,) = put(finding, rows[0])

    evidence.take_away(one, by=UserFactory())

    assert not finding.evidence.live().exists()
    assert list(Finding.objects.without_evidence()) == [finding]
    with pytest.raises(locking.TakenAway):
        evidence.take_away(one, by=UserFactory())
    (again,) = put(finding, rows[0])
    assert again.pk != one.pk


def test_what_of_it_bears_is_said_anew_and_the_old_note_stays(review, rows):
    finding = finding_in(review)
    (one,) = put(finding, rows[1], note="The second sentence")

    now = evidence.say_what_of_it(one, note="The third sentence", by=UserFactory())

    assert (now.passage, now.note) == (rows[1], "The third sentence")
    assert list(finding.evidence.order_by("pk").values_list("note", "removed_at")) == [
        ("The second sentence", Evidence.objects.get(pk=one.pk).removed_at),
        ("The third sentence", None),
    ]


def test_a_cited_entry_that_a_corrected_file_drops_is_withdrawn_and_stays_evidence(part):
    by = with_role(Role.IMR_AUTHOR, part.review, part)

    def bring(content):
        import_ = chronologies.upload(
            part.review, part, content=content, name="chronology.csv", by=by, key=uuid.uuid4()
        )
        chronologies.run_now(import_)
        import_.refresh_from_db()
        chronologies.accept_mapping(import_, by=by)
        import_.refresh_from_db()
        chronologies.begin_saving(import_, by=by)
        import_.refresh_from_db()
        chronologies.run_now(import_)

    bring(csv_of(*ROWS))
    entry = part.entries.get(text__contains="alcohol service")
    finding = finding_in(part.review)
    put(finding, entry)

    bring(csv_of(*ROWS[:2]))

    entry.refresh_from_db()
    assert entry.is_withdrawn
    assert finding.evidence.live().get().entry == entry


def test_two_agencies_that_become_one_keep_their_evidence(part):
    into = ParticipationFactory(review=part.review, agency=AgencyFactory())
    finding = finding_in(part.review)
    put(finding, EntryFactory(participation=part), a_heading(part))

    merge_participations(agency=part.agency, into=into.agency, by=None)

    kept = finding.evidence.live()
    assert kept.get(entry__isnull=False).entry.participation == into
    passage = kept.get(passage__isnull=False).passage
    assert passage.file.submission.request.participation == into


# --- Who sees what of it ------------------------------------------------------------------------


def given_to_panel(review, *materials):
    for material in materials:
        share(review, material=material, with_role=Role.PANEL_MEMBER, by=UserFactory())
    return with_role(Role.PANEL_MEMBER, review)


def test_the_panel_sees_findings_while_they_are_shared_and_evidence_that_is_theirs(review, rows):
    finding = finding_in(review)
    put(finding, *rows)
    nobody = with_role(Role.PANEL_MEMBER, review)

    assert not Finding.objects.visible_to(nobody).exists()

    member = given_to_panel(review, Material.ANALYSIS)
    assert list(Finding.objects.visible_to(member)) == [finding]
    assert {one.source for one in Evidence.objects.visible_to(member)} == {"minutes"}

    member = given_to_panel(review, Material.CHRONOLOGY)
    assert {one.source for one in Evidence.objects.visible_to(member)} == {"entry", "minutes"}


def test_a_finding_on_an_agency_in_conflict_does_not_exist(review, part, rows):
    resting, other = finding_in(review), finding_in(review)
    put(resting, rows[1])
    chair = with_role(Role.CHAIR, review)
    record_conflict(
        PanelMemberFactory(review=review, user=chair),
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )

    assert list(Finding.objects.visible_to(type(chair).objects.get(pk=chair.pk))) == [other]
