import datetime as dt
import uuid

import pytest

from actionplans import drafting, services
from actionplans.models import Recommendation, Status
from actionplans.rows.models import PlanRow
from agencies.models import Agency
from agencies.services import add_alias
from audit.models import Event
from foundations.dates import parse
from foundations.office import Refused
from reviews.clock.services import reached
from tests.actionplans.files import AUDIT, HEADINGS, REFER, TRAIN, changed, draft_of, plan
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import ProgressNoteFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """With the police taking part."""
    police = AgencyFactory(name="Northbank Police", short_name="NP")
    return ParticipationFactory(agency=police).review


def save(review, *rows, **options):
    draft, content = draft_of(review, *rows, **options)
    return services.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())


def texts(review):
    return list(review.recommendations.live().in_plan_order().values_list("text", flat=True))


def leads(one):
    return [link.participation.agency.name for link in one.lead_links.all()]


# --- What is kept -------------------------------------------------------------------------------


def test_a_row_is_kept_as_written_and_as_read(review):
    save(review, TRAIN)

    one = Recommendation.objects.get()
    assert (one.number, one.text) == ("1", TRAIN[1])
    assert (one.target_as_written, one.target) == ("March 2024", parse("March 2024").value)
    assert (one.claimed_status, one.status_as_written) == ("in progress", "In progress")
    assert one.status == Status.UNCONFIRMED
    assert [action.text for action in one.actions.all()] == ["Write the course"]
    assert [milestone.text for milestone in one.milestones.all()] == ["Course agreed"]


def test_what_a_file_claims_confirms_nothing(review):
    save(review, REFER)

    one = Recommendation.objects.get()
    assert (one.claimed_status, one.status) == ("completed", Status.UNCONFIRMED)
    assert list(Recommendation.objects.claimed_without_evidence()) == [one]


def test_a_part_hangs_on_its_whole(review):
    draft, _ = draft_of(review, TRAIN, AUDIT)
    draft.rows[1].parent = draft.rows[0].id

    services.save_file(draft, b"x", review, mapping=None, by=None, key=uuid.uuid4())

    whole, part = review.recommendations.in_plan_order()
    assert part.parent == whole


def test_the_trail_says_how_many_and_names_nobody(review):
    save(review, TRAIN, REFER)

    event = Event.objects.filter(type="plan.imported").get()
    assert event.data["recommendations"] == 2
    assert (event.data["added"], event.data["new_agencies"]) == (2, 1)
    assert TRAIN[1] not in str(event.data)


# --- Who leads ----------------------------------------------------------------------------------


def test_an_agency_of_the_review_is_its_lead(review):
    save(review, TRAIN)

    assert leads(Recommendation.objects.get()) == ["Northbank Police"]
    assert review.participations.filter(is_lead_only=True).count() == 0


@pytest.mark.parametrize("name", ["NP", "the northbank police", "Northbank Constabulary"])
def test_a_lead_is_known_by_every_name_it_has(review, name):
    add_alias(Agency.objects.get(), name="Northbank Constabulary")

    save(review, changed(TRAIN, lead=name))

    assert leads(Recommendation.objects.get()) == ["Northbank Police"]


def test_an_agency_of_the_register_joins_as_a_lead_only(review):
    AgencyFactory(name="Northbank Housing")

    save(review, REFER)

    part = review.participations.get(agency__name="Northbank Housing")
    assert part.is_lead_only is True
    assert leads(Recommendation.objects.get()) == ["Northbank Housing"]


def test_a_body_that_nobody_knows_is_added_with_a_doubt(review):
    save(review, REFER)

    one = Recommendation.objects.get()
    assert Agency.objects.filter(name="Northbank Housing").count() == 1
    assert leads(one) == ["Northbank Housing"]
    assert [doubt["kind"] for doubt in one.doubts] == ["lead"]


def test_a_new_body_is_doubted_where_it_stands_first(review):
    save(review, REFER, changed(AUDIT, lead="Northbank Housing"))

    doubted = [len(one.doubts) for one in review.recommendations.in_plan_order()]
    assert doubted == [1, 0]
    assert Agency.objects.filter(name="Northbank Housing").count() == 1


def test_joint_owners_both_lead(review):
    AgencyFactory(name="Northbank Housing")

    save(review, changed(TRAIN, lead="Northbank Police and Northbank Housing"))

    assert sorted(leads(Recommendation.objects.get())) == ["Northbank Housing", "Northbank Police"]


def test_a_name_that_two_agencies_have_leads_nothing(review):
    for name in ("Eastbank Housing", "Westbank Housing"):
        AgencyFactory(name=name, short_name="Bank Housing")

    save(review, changed(TRAIN, lead="Bank Housing"))

    one = Recommendation.objects.get()
    assert leads(one) == []
    assert [doubt["kind"] for doubt in one.doubts] == ["lead"]


def test_a_whole_without_a_lead_is_led_by_those_of_its_parts(review):
    draft, _ = draft_of(review, changed(TRAIN, lead=""), AUDIT)
    whole, part = draft.rows

    drafting._share_leads(whole, None)
    part.parent = whole.id
    drafting._share_leads(part, whole)

    assert (whole.leads, part.leads) == ({"Northbank Police": False}, {"Northbank Police": True})


# --- A corrected file ---------------------------------------------------------------------------


def test_the_same_file_again_doubles_nothing(review):
    save(review, TRAIN, REFER, AUDIT)

    again = save(review, TRAIN, REFER, AUDIT)

    assert again.counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 3}
    assert texts(review) == [TRAIN[1], REFER[1], AUDIT[1]]


def test_a_corrected_file_adds_changes_and_removes(review):
    save(review, TRAIN, REFER, AUDIT)
    new = changed(TRAIN, number="4", text="Share what was learned at a conference")

    again = save(review, changed(TRAIN, target="June 2024"), AUDIT, new)

    assert again.counts == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1}
    assert texts(review) == [TRAIN[1], AUDIT[1], new[1]]
    assert review.recommendations.get(number="1").target_as_written == "June 2024"
    assert review.recommendations.exclude(withdrawn_at=None).get().text == REFER[1]


def test_a_reworded_row_is_the_same_row(review):
    save(review, TRAIN, REFER)
    before = review.recommendations.get(number="1").pk

    save(review, changed(TRAIN, text="Train every officer and call handler in risk"), REFER)

    assert review.recommendations.live().get(number="1").pk == before


def test_a_row_put_in_above_changes_no_other(review):
    save(review, TRAIN, REFER)
    first = changed(AUDIT, number="0")

    again = save(review, first, TRAIN, REFER)

    assert again.counts == {"added": 1, "changed": 0, "removed": 0, "unchanged": 2}
    assert texts(review) == [AUDIT[1], TRAIN[1], REFER[1]]


def test_what_was_reported_here_outlives_a_corrected_file(review):
    save(review, TRAIN, REFER)
    one = review.recommendations.get(number="1")
    note = ProgressNoteFactory(recommendation=one, row=one.actions.get().row)
    Recommendation.objects.filter(pk=one.pk).update(status=Status.ON_TRACK)
    one.rows.update(status=Status.ON_TRACK)

    save(review, changed(TRAIN, action="Buy a course", target="May 2024"), REFER)

    one.refresh_from_db()
    note.refresh_from_db()
    assert one.status == Status.ON_TRACK
    assert list(one.progress_notes.all()) == [note]
    assert [action.text for action in one.actions.live()] == ["Buy a course"]
    assert note.row.action.text == "Write the course"


@pytest.mark.parametrize("settled", [True, False])
def test_a_doubt_stays_until_somebody_settles_it(review, settled):
    save(review, REFER, TRAIN)
    one = review.recommendations.get(number="2")
    one.doubts[0]["settled"] = settled
    one.save()

    save(review, changed(REFER, target="June 2024"), TRAIN)

    one.refresh_from_db()
    assert [doubt["settled"] for doubt in one.doubts] == [settled]
    assert one.target_as_written == "June 2024"


def test_a_row_that_comes_back_is_the_row_that_went(review):
    save(review, TRAIN, REFER, AUDIT)
    before = review.recommendations.get(number="2").pk
    save(review, TRAIN, AUDIT)

    save(review, TRAIN, REFER, AUDIT)

    assert review.recommendations.live().get(number="2").pk == before
    assert review.recommendations.count() == 3


def test_another_plan_is_added_below(review):
    save(review, TRAIN, REFER)

    other = save(review, AUDIT, name="scrutiny.csv")

    assert other.counts == {"added": 1, "changed": 0, "removed": 0, "unchanged": 0}
    assert texts(review) == [TRAIN[1], REFER[1], AUDIT[1]]


def test_a_corrected_file_leaves_the_other_plan_alone(review):
    save(review, TRAIN, REFER)
    save(review, AUDIT, name="scrutiny.csv")

    again = save(review, TRAIN)

    assert again.counts == {"added": 0, "changed": 0, "removed": 1, "unchanged": 1}
    assert set(texts(review)) == {TRAIN[1], AUDIT[1]}


def test_another_review_is_left_alone(review):
    other = ReviewFactory()
    save(other, TRAIN, REFER)

    save(review, TRAIN)

    assert texts(other) == [TRAIN[1], REFER[1]]


# --- Reading ------------------------------------------------------------------------------------


def test_the_columns_are_guessed(review):
    draft, _ = draft_of(review, TRAIN)

    assert {column["heading"]: column["field"] for column in draft.columns}["Lead agency"] == (
        "lead_agency"
    )


def test_a_mapping_corrects_the_guess(review):
    content = plan(("Train staff", "Northbank Police"), headings=("Words", "Whose"))
    mapping = {"recommendation": ["Words"], "lead_agency": ["Whose"]}

    draft = drafting.read_draft(content, "plan.csv", review, mapping=mapping)

    assert [(row.text, list(row.leads)) for row in draft.rows] == [
        ("Train staff", ["Northbank Police"])
    ]


def test_a_file_that_is_not_understood_lets_its_columns_be_chosen(review):
    content = plan(("Train staff", "Northbank Police"), headings=("Words", "Whose"))

    draft = drafting.read_draft(content, "plan.csv", review)

    assert (draft.rows, [column["heading"] for column in draft.columns]) == ([], ["Words", "Whose"])


def test_an_unknown_kind_of_column_is_refused(review):
    with pytest.raises(drafting.UnknownColumn):
        draft_of(review, TRAIN, mapping={"colour": "No"})


def test_a_file_that_cannot_be_read_is_refused(review):
    with pytest.raises(Refused):
        drafting.read_draft(b"%PDF-1.7", "plan.pdf", review)


def test_every_heading_has_a_column(review):
    draft, _ = draft_of(review, TRAIN)

    assert {column["heading"] for column in draft.columns} == set(HEADINGS)


# --- What counts from the publication -----------------------------------------------------------


@pytest.mark.parametrize("is_known_before", [True, False])
def test_what_counts_from_the_publication_is_due_however_it_came_to_be_known(
    review, is_known_before
):
    def publish():
        reached(review, "published", parse("10 February 2025").value, UserFactory())

    if is_known_before:
        publish()
    save(review, changed(TRAIN, target="within 3 months of publication"))
    if not is_known_before:
        publish()

    row = PlanRow.objects.get(review=review)
    assert row.due == dt.date(2025, 5, 10)
