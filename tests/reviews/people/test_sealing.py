"""The register's real names in the database: sealed, bound to their place, and readable while keys change."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from foundations.dates import parse
from foundations.vault import rotation
from foundations.vault.models import DataKey
from foundations.vault.sealing import Unreadable
from reviews.people.models import Identity, IdentityVersion
from reviews.people.services import facts_of, set_identity
from tests.factories.reviews import PersonFactory, ReviewFactory

pytestmark = pytest.mark.django_db
SECRET = {
    "names": ["Zara Quillfeather", "Zaz"],
    "addresses": ["9 Harbour Steps"],
    "contact": "Through Marlowe Quillfeather",
    "numbers": ["NHS 999 000 1234"],
    "note": "Wears a red scarf",
}
IN_CLEAR = (
    "Quillfeather",
    "Zaz",
    "Harbour",
    "Marlowe",
    "999 000",
    "scarf",
    "3 March 1989",
    "1989-03-03",
    "2024-05-12",
)
NEW = "0a" * 32


def entered(review=None, **changes):
    person = PersonFactory(**({"review": review} if review else {}))
    dates = {"born": parse("3 March 1989").value, "died": parse("12 May 2024").value}
    return set_identity(person, by=None, **(SECRET | dates | changes))


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"select string_agg(t::text, E'\\n') from {table} t")  # noqa: S608
        return cursor.fetchone()[0] or ""


def stored(identity, field):
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {field} from reviews_identity where person_id = %s",  # noqa: S608
            [identity.pk],
        )
        return bytes(cursor.fetchone()[0])


def put(identity, field, content):
    with connection.cursor() as cursor:
        cursor.execute(
            f"update reviews_identity set {field} = %s where person_id = %s",  # noqa: S608
            [content, identity.pk],
        )


def reread(identity):
    return facts_of(Identity.objects.get(pk=identity.pk))


def test_no_table_holds_a_word_of_it():
    identity = entered()
    set_identity(
        identity.person,
        by=None,
        born=identity.birth,
        died=identity.death,
        **(SECRET | {"contact": "Through nobody called Marlowe"}),
    )

    found = {
        (table, words)
        for table in connection.introspection.table_names()
        for words in IN_CLEAR
        if table.startswith(
            ("reviews_", "audit_", "post_", "vault_", "django_session", "dhr_cache")
        )
        and any(form in rows_of(table) for form in (words, words.encode().hex()))
    }

    assert IdentityVersion.objects.count() == 1
    assert found == set()


@pytest.mark.parametrize("field", Identity.FACTS)
@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_one_byte_changed_and_nothing_opens(field, data):
    identity = entered()
    content = bytearray(stored(identity, field))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    put(identity, field, bytes(content))

    with pytest.raises(Unreadable):
        reread(identity)


@pytest.mark.parametrize("field", Identity.FACTS)
def test_what_is_sealed_opens_in_its_own_place_only(field):
    review = ReviewFactory()
    one, same_review, elsewhere = entered(review), entered(review), entered()
    other_field = next(name for name in Identity.FACTS if name != field)
    for where in (same_review, elsewhere):
        put(one, field, stored(where, field))
        with pytest.raises(Unreadable):
            reread(one)
    put(one, field, stored(one, other_field))

    with pytest.raises(Unreadable):
        reread(one)


def test_a_review_whose_key_is_gone_is_unreadable_and_no_other():
    one, other = entered(), entered()

    DataKey.objects.filter(scope=f"review:{one.review_id}").delete()
    from foundations.vault import keys

    keys._known.clear()

    with pytest.raises(Unreadable):
        reread(one)
    assert reread(other)["names"] == SECRET["names"]


def test_keys_are_changed_half_way_and_again_and_all_stays_readable(settings, monkeypatch):
    identities = [entered() for _ in range(3)]
    for one in identities:
        set_identity(
            one.person, by=None, born=one.birth, died=one.death, **(SECRET | {"note": "Later"})
        )
    old = settings.VAULT_KEYS
    settings.VAULT_KEYS = f"{NEW}\n{old}"
    reseal, left = rotation._reseal, [2]

    def dying(*args):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        reseal(*args)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_reseal", dying)
        with pytest.raises(KeyboardInterrupt):
            call_command("rotate_keys", "--renew-data-keys")
    assert {reread(one)["note"] for one in identities} == {"Later"}

    call_command("rotate_keys", "--renew-data-keys")
    settings.VAULT_KEYS = NEW

    assert rotation.wrapped_with_older_keys() == 0
    assert [name for _, name, _ in rotation._left_to_reseal()] == []
    for one in identities:
        assert reread(one) == reread(identities[0])
        assert one.person.identity_versions.get().snapshot["note"] == SECRET["note"]
