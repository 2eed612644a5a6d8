"""What the words of an entry suggest, and what they do not."""

import pytest

from chronologies.marking.suggesting.queries import reader_for
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory(agency__name="Northfield Constabulary", agency__kind="police")


@pytest.fixture
def reader(part):
    review = part.review
    housing = ParticipationFactory(
        review=review, agency__name="Northfield Homes", agency__short_name="Homes"
    )
    housing.agency.aliases.create(
        name="Northfield Housing Services", key="northfield housing services"
    )
    ParticipationFactory(review=review, agency__name="Elm Surgery", agency__kind="primary_care")
    for name in ("FA 1", "MA 1"):
        PersonFactory(review=review, pseudonym=name)
    return reader_for(review, with_role(Role.CHAIR, review))


def read(reader, part, text, kind=None, **more):
    found = reader.suggestions(EntryFactory(participation=part, text=text, **more))
    return [one.reads for one in found if kind in (None, one.kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MA 1 was arrested and charged.", "Arrest, charge or conviction"),
        ("He put his hands around her neck.", "Strangulation"),
        ("MA 1 threatened to kill FA 1.", "Threat to kill"),
        ("He said he would kill her.", "Threat to kill"),
        ("She was taken by ambulance to hospital with a broken wrist.", "Hospital"),
        ("FA 1 attended A&E.", "Hospital"),
        ("FA 1 said that the relationship had ended.", "Separation"),
        ("FA 1 had moved out.", "Separation"),
        ("Heard at MARAC.", "MARAC"),
        ("FA 1 said that he had punched her.", "Assault"),
        ("He was holding a knife; he held a kitchen knife.", "Weapon"),
        ("A non-molestation order was granted.", "Protective order"),
        ("FA 1 took an overdose.", "Self-harm"),
        ("He had been stalking her.", "Stalking or harassment"),
    ],
)
def test_key_events(text, found, reader, part):
    assert read(reader, part, text, "key") == [f"Key event: {found}"]


@pytest.mark.parametrize(
    "text",
    [
        "MA 1 was not arrested.",
        "No assault was disclosed.",
        "FA 1 denied that she had been assaulted.",
        "She gave no account of any assault.",
        "The rent was paid at the office.",
        "The carer took her to the shops.",
    ],
)
def test_what_did_not_happen_is_no_key_event(text, reader, part):
    assert read(reader, part, text, "key") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DASH completed: standard risk.", "DASH, standard or low"),
        ("DASH score 15: high risk.", "DASH, 15, high"),
        ("DASH 14/24, graded as high.", "DASH, 14/24, high"),
        ("A DARA was completed and assessed as medium.", "DARA, medium"),
        ("OASys by the probation officer: high risk.", "OASys, high, by probation officer"),
        ("SARA: medium risk of MA 1.", "SARA, medium, of MA 1"),
        ("He is assessed as very high risk.", "very high"),
        ("DASH by Northfield Homes: high risk.", "DASH, high, by Northfield Homes"),
    ],
)
def test_risk_assessments(text, found, reader, part):
    assert read(reader, part, text, "risk") == [f"Risk assessment: {found}"]


@pytest.mark.parametrize(
    "text",
    [
        "Advised to see a solicitor. No DASH.",
        "DASH was not completed.",
        "They did not complete a DASH.",
        "It was a high risk pregnancy.",
        "She went down the dara road with Sara.",
        "There was a risk that the high fence would fall.",
    ],
)
def test_what_is_no_risk_assessment(text, reader, part):
    assert read(reader, part, text, "risk") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FA 1 was seen alone.", "Seen alone: FA 1"),
        ("FA 1 was spoken to on her own.", "Seen alone: FA 1"),
        ("The officer spoke to FA 1 by telephone.", "Spoken to, not seen: FA 1"),
        ("A second officer telephoned FA 1.", "Spoken to, not seen: FA 1"),
        ("FA 1 was not seen.", "Neither seen nor spoken to: FA 1"),
        ("No reply at the address.", "Neither seen nor spoken to"),
        ("FA 1 was seen at home.", "Seen: FA 1"),
    ],
)
def test_seen_or_heard(text, found, reader, part):
    assert read(reader, part, text, "seen") == [found]


def test_not_seen_alone_is_not_called_not_seen(reader, part):
    assert "Neither" not in str(read(reader, part, "FA 1 was not seen alone.", "seen"))


def test_nobody_was_seen_where_nothing_was_asked(reader, part):
    assert read(reader, part, "Nothing was asked about either of them alone.", "seen") == []


def test_the_one_whom_the_entry_is_about_was_seen(reader, part):
    assert read(reader, part, "Seen at home.", "seen", persons=["FA 1"]) == ["Seen: FA 1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A referral was sent to Northfield Homes.", ["Sent to Northfield Homes"]),
        ("Referred to Homes.", ["Sent to Northfield Homes"]),
        ("Northfield Housing Services were informed.", ["Sent to Northfield Homes"]),
        ("A letter was received from the GP.", ["Received from Elm Surgery"]),
        ("Report from Elm Surgery about an injury.", ["Received from Elm Surgery"]),
        ("We were told by Northfield Homes that she had left.", ["Told by Northfield Homes"]),
        ("Joint visit with Northfield Homes.", ["Attended with Northfield Homes"]),
        (
            "Referral from Homes, passed on in a letter to Elm Surgery.",
            ["Received from Northfield Homes", "Sent to Elm Surgery"],
        ),
        ("A referral was sent to the probation service.", ["Sent to probation service"]),
    ],
)
def test_contacts(text, found, reader, part):
    assert read(reader, part, text, "contact") == found


@pytest.mark.parametrize(
    "text",
    [
        "She contacted the police.",
        "FA 1 informed Northfield Homes of the damage.",
        "Northfield Homes owns the flat.",
        "A referral was sent to the police.",  # its own
        "Homes were built there.",
        "They did not send a referral to Northfield Homes.",
    ],
)
def test_what_is_no_contact_of_the_agency(text, reader, part):
    assert read(reader, part, text, "contact") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The policy was not followed.", "policy"),
        ("This was contrary to the agency’s policy.", "policy"),
        ("Staff did not follow the safeguarding procedures.", "policy"),
        ("It was a missed opportunity.", "missed"),
        ("This was good practice.", "good"),
    ],
)
def test_what_agencies_say_of_their_own_work(text, kind, reader, part):
    assert len(read(reader, part, "Routine.", comment=text)) == 1
    assert read(reader, part, "Routine.", kind, comment=text)


def test_the_policy_that_was_followed_is_not_marked(reader, part):
    assert read(reader, part, "The policy was followed.") == []


def test_a_suggestion_stays_the_same_while_its_words_do(reader, part):
    def digest(text):
        (one,) = reader.suggestions(EntryFactory(participation=part, text=text))
        return one.digest

    assert digest("He was arrested there.") == digest("Later on he was  Arrested.")
    assert digest("He was arrested.") != digest("He was assaulted.")


def test_names_of_an_agency_that_one_may_not_know_are_not_read(part):
    """A panel member has no list of the agencies that take part."""
    ParticipationFactory(review=part.review, agency__name="Northfield Homes")
    reader = reader_for(part.review, with_role(Role.PANEL_MEMBER, part.review))

    assert reader.bodies == {}
    assert read(reader, part, "A referral was sent to Northfield Homes.", "contact") == []
