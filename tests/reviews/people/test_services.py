import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from audit.models import Event
from foundations.dates import PartialDate
from foundations.vault.models import DataKey
from foundations.vault.rotation import rotate
from reviews.models import Person
from reviews.people import services
from reviews.people.models import Identity, IdentityVersion, Relationship
from reviews.people.queries import changes_of, ties_of
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, date

pytestmark = pytest.mark.django_db
Kind = Relationship.Kind
SECRETS = {
    "names": ["Zara Quillfeather", "Zaz"],
    "addresses": ["1 Larkspur Terrace"],
    "contact": "Sister, 0113 496 0999",
    "numbers": ["943 476 5919"],
    "note": "Asked not to be rung at work",
}
BORN, DIED = date("3 March 1989"), date("12 May 2024")


@pytest.fixture
def person():
    return PersonFactory(pseudonym="MA 1")


@pytest.fixture
def chair(person):
    return with_role(Role.CHAIR, person.review)


def events(type_):
    return list(Event.objects.filter(type=type_).values_list("actor", "target"))


# --- Identities ---------------------------------------------------------------------------------


def test_an_identity_comes_back_as_it_was_entered(person):
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)

    identity = Identity.objects.get(person=person)

    assert {name: getattr(identity, name) for name in SECRETS} == SECRETS
    assert (identity.birth, identity.death) == (BORN, DIED)


def test_an_identity_nobody_dated_has_no_dates(person):
    identity = services.set_identity(
        person, by=None, born=PartialDate.none(), died=None, names=["Zara Quillfeather"]
    )

    assert (bool(identity.birth), bool(identity.death)) == (False, False)


def test_nothing_of_it_stands_in_a_dump_of_the_database(person):
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS | {"note": "Moved"})

    dumped = _dumped("reviews_identity", "reviews_identityversion", "audit_event", "reviews_person")

    words = ["Zara", "Quillfeather", "Larkspur", "496 0999", "943 476", "Moved", "at work", "1989"]
    assert [
        word for word in words if word.encode() in dumped or word.encode().hex() in str(dumped)
    ] == []
    assert b"MA 1" in dumped


def _dumped(*tables):
    """Every row as COPY writes it, and every binary column as its bytes."""
    dumped = b""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select t::text from {table} t")  # noqa: S608
            for (row,) in cursor.fetchall():
                dumped += row.encode()
                for piece in row.split(","):
                    digits = piece.strip('"()\\x')
                    if len(digits) > 40 and set(digits) <= set("0123456789abcdef"):
                        dumped += bytes.fromhex(digits)
    return dumped


def test_what_was_known_before_is_a_version_sealed_like_it(person):
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)

    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS | {"contact": ""})

    (version,) = IdentityVersion.objects.all()
    assert (version.number, version.snapshot["contact"]) == (1, SECRETS["contact"])


def test_saving_the_same_again_makes_no_version(person):
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)

    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)

    assert IdentityVersion.objects.count() == 0


def test_each_look_at_an_identity_is_on_the_trail_without_a_name(person, chair):
    IdentityFactory(person=person)

    for _ in range(2):
        identity = services.reveal(person, by=chair)

    assert identity.names == ["Zara Quillfeather"]
    assert events("identity.revealed") == [(f"user:{chair.pk}", f"reviews.person:{person.pk}")] * 2
    assert list(Event.objects.filter(type="identity.revealed").values_list("data", flat=True)) == [
        {},
        {},
    ]


def test_looking_for_what_nobody_entered_is_on_the_trail_too(person, chair):
    assert services.reveal(person, by=chair) is None
    assert len(events("identity.revealed")) == 1


def test_each_review_has_a_key_of_its_own():
    people = [PersonFactory(), PersonFactory()]
    for person in people:
        IdentityFactory(person=person)

    assert set(DataKey.objects.values_list("scope", flat=True)) == {
        f"review:{person.review_id}" for person in people
    }


def test_new_keys_leave_every_identity_and_version_readable(person):
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS)
    services.set_identity(person, by=None, born=BORN, died=DIED, **SECRETS | {"note": "Moved"})

    done = rotate(renew_data_keys=True)

    assert (done.retired, done.resealed, done.unreadable) == (1, 8, [])
    assert Identity.objects.get().names == SECRETS["names"]
    assert IdentityVersion.objects.get().snapshot["note"] == SECRETS["note"]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COORDINATOR, 1),
        (Role.CHAIR, 1),
        (Role.PANEL_MEMBER, 0),
        (Role.BOARD_READER, 0),
        (Role.ADMINISTRATOR, 0),
    ],
)
def test_only_leaders_reach_identities(person, role, sees):
    IdentityFactory(person=person)
    user = with_role(role, None if role == Role.ADMINISTRATOR else person.review)

    assert Identity.objects.visible_to(user).count() == sees


def test_a_leader_of_another_review_reaches_none(person):
    IdentityFactory(person=person)

    assert Identity.objects.visible_to(with_role(Role.CHAIR, ReviewFactory())).count() == 0


# --- What the register says in pseudonyms ---------------------------------------------------------


def test_a_change_keeps_what_stood_before(person, chair):
    services.change_person(
        person, seen=0, by=chair, publish_birth="nothing", reason="The family asked for it"
    )

    (change,) = changes_of(Person.objects.get(pk=person.pk), chair)
    assert (change.reason, change.by, change.fields) == (
        "The family asked for it",
        chair,
        [("Published of their birth", "Age band when the death happened", "Nothing")],
    )


def test_a_change_that_changes_nothing_makes_no_version(person):
    services.change_person(person, seen=0, by=None, publish_birth=person.publish_birth)

    assert person.versions.count() == 0


def test_somebody_who_saw_an_older_version_changes_nothing(person):
    services.change_person(person, seen=0, by=None, area="A town")

    with pytest.raises(services.ChangedMeanwhile):
        services.change_person(person, seen=0, by=None, area="A village")

    assert Person.objects.get(pk=person.pk).area == "A town"


def test_another_pseudonym_keeps_the_old_one(person, chair):
    renamed = services.give_pseudonym(
        person, pseudonym=" Anna ", chosen_by="family", reason="Chosen", seen=0, by=chair
    )

    assert (renamed.before, renamed.person.pseudonym, renamed.person.chosen_by) == (
        "MA 1",
        "Anna",
        "family",
    )
    assert person.versions.get().snapshot["pseudonym"] == "MA 1"


def test_a_pseudonym_of_somebody_else_is_refused(person):
    PersonFactory(review=person.review, pseudonym="MA 2")

    with pytest.raises(ValidationError):
        services.give_pseudonym(
            person, pseudonym="MA 2", chosen_by="team", reason="", seen=0, by=None
        )


# --- Relationships ------------------------------------------------------------------------------


@pytest.fixture
def child(person):
    return PersonFactory(review=person.review, pseudonym="FC 1", role="child")


def test_a_relationship_is_read_from_both_sides(person, child, chair):
    services.relate(person, other=child, kind=Kind.PARENT, note="", by=chair)

    assert [(tie.what, tie.whom) for tie in ties_of(person, chair)] == [("Child", child)]
    assert [(tie.what, tie.whom) for tie in ties_of(child, chair)] == [("Parent", person)]


def test_a_couple_said_from_either_side_stands_once(person, child):
    one = services.relate(person, other=child, kind=Kind.SIBLING, by=None)
    same = services.relate(child, other=person, kind=Kind.SIBLING, by=None)

    assert (one, Relationship.objects.count()) == (same, 1)


def test_nobody_is_related_to_themselves(person):
    with pytest.raises(ValidationError):
        services.relate(person, other=person, kind=Kind.PARENT, by=None)


def test_a_withdrawn_relationship_is_kept_and_may_be_said_again(person, child):
    first = services.relate(person, other=child, kind=Kind.PARENT, by=None)
    services.withdraw_relationship(first, by=None)

    with pytest.raises(services.AlreadyWithdrawn):
        services.withdraw_relationship(first, by=None)
    services.relate(person, other=child, kind=Kind.PARENT, by=None)

    assert (Relationship.objects.count(), Relationship.objects.standing().count()) == (2, 1)
