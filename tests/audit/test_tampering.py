"""Nobody rewrites the trail unseen: not the application, not the owner, not a superuser."""

import json
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from audit.models import EventType
from audit.services import record
from tests.embedded import servers

WRITES = {
    "insert": "insert into audit_event (stream, seq, at, type, actor, target, data, prev, hash)"
    " values ('admin', 99, now(), 'role.given', 'user:1', '', '{}', '', '')",
    "update": "update audit_event set actor = 'user:2'",
    "delete": "delete from audit_event",
    "truncate": "truncate audit_event",
    "insert head": "insert into audit_head (stream, seq, hash) values ('other', 1, '')",
    "update head": "update audit_head set seq = 1",
    "delete head": "delete from audit_head",
    "truncate head": "truncate audit_head",
    "disable": "alter table audit_event disable trigger all",
    "drop": "drop table audit_event",
    "replace": "create or replace function audit_refuse() returns trigger language plpgsql as"
    " $$ begin return null; end $$",
}
# An owner adds to the trail through the same function; these ways round it are shut to it too.
SHUT_TO_OWNER = ("update", "delete", "truncate", "delete head", "truncate head")


def _five_and_one():
    for number in range(1, 6):
        record(EventType.PLAN_READ, by=None, stream="review:DHR-1", rows=number)
    record(EventType.AGENCY_CREATED, by=None)


@pytest.fixture
def trail(db):
    """Five events of one review, and one of the house."""
    _five_and_one()


@pytest.fixture
def superuser(db, monkeypatch):
    """The same, written and looked at by whoever may do anything. Undone afterwards."""
    parts = urlsplit(servers().admin_url)
    administrator = connections["default"].copy()
    administrator.settings_dict |= {
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port,
    }
    monkeypatch.setattr("audit.services.connection", administrator)
    administrator.set_autocommit(False)
    _five_and_one()
    yield administrator.cursor()
    administrator.rollback()
    administrator.close()


@pytest.mark.parametrize("way", WRITES)
def test_the_application_only_appends(way, trail):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(WRITES[way])


@pytest.mark.parametrize("way", SHUT_TO_OWNER)
def test_the_owner_is_refused_by_triggers(way, superuser):
    superuser.execute("set role dhr_owner")

    with pytest.raises(DatabaseError, match="append-only"):
        superuser.execute(WRITES[way])


TAMPERED = {
    "edited data": ("update audit_event set data = '{\"rows\": 0}' where seq = 3", 3, "edited"),
    "edited actor": ("update audit_event set actor = 'user:7' where seq = 3", 3, "edited"),
    "edited time": (
        "update audit_event set at = at - interval '1 day' where seq = 2",
        2,
        "edited",
    ),
    "removed": ("delete from audit_event where seq = 3", 4, "missing"),
    "first removed": (
        "delete from audit_event where seq = 1 and stream = 'review:DHR-1'",
        2,
        "missing",
    ),
    "end removed": ("delete from audit_event where seq = 5", 5, "tail"),
    "all removed": ("delete from audit_event where stream = 'review:DHR-1'", 5, "tail"),
    "reordered": (
        """update audit_event set seq = seq + 100 where seq in (2, 3);
        update audit_event set seq = case seq when 102 then 3 else 2 end where seq > 100;""",
        2,
        "edited",
    ),
    "reordered and hashed anew": (
        """update audit_event set seq = seq + 100 where seq in (2, 3);
        update audit_event set seq = case seq when 102 then 3 else 2 end where seq > 100;
        update audit_event set hash = sha256(prev || audit_content(
            stream, seq, at, type, actor, target, data)) where seq in (2, 3);""",
        2,
        "reordered",
    ),
    "edited and hashed anew": (
        """update audit_event set data = '{}' where seq = 2 and stream = 'review:DHR-1';
        update audit_event set hash = sha256(prev || audit_content(
            stream, seq, at, type, actor, target, data)) where seq = 2;""",
        3,
        "reordered",
    ),
    "forged at the end": (
        """insert into audit_event (stream, seq, at, type, actor, target, data, prev, hash)
        select stream, 6, now(), type, actor, target, data, hash,
            sha256(hash || audit_content(stream, 6, now(), type, actor, target, data))
        from audit_event where seq = 5""",
        5,
        "tail",
    ),
    "forged without a head": (
        """insert into audit_event (stream, seq, at, type, actor, target, data, prev, hash)
        select 'review:DHR-9', 1, at, type, actor, target, data, '',
            sha256(audit_content('review:DHR-9', 1, at, type, actor, target, data))
        from audit_event where seq = 5""",
        1,
        "head",
    ),
    "head set back": (
        "update audit_head set seq = 4, hash = (select hash from audit_event where seq = 4)"
        " where stream = 'review:DHR-1'",
        4,
        "tail",
    ),
}


def tamper(superuser, statement):
    superuser.execute("set session_replication_role = replica")
    superuser.execute(statement)


@pytest.mark.parametrize("what", TAMPERED)
def test_what_a_superuser_did_is_found(what, superuser, capsys):
    statement, seq, kind = TAMPERED[what]
    tamper(superuser, statement)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", format="json")

    verdict = json.loads(capsys.readouterr().out)
    assert ended.value.code == 2
    assert (verdict["broken"]["seq"], verdict["broken"]["kind"]) == (seq, kind)


def test_a_whole_trail_is_told_to_be_whole(trail, capsys):
    call_command("verify_audit", format="json")
    call_command("verify_audit")

    as_json, sentence = capsys.readouterr().out.split("}", 1)
    assert json.loads(as_json + "}") == {"streams": 2, "events": 6, "broken": None}
    assert sentence.strip() == "6 events in 2 streams: intact."


def test_one_reviews_trail_is_looked_at_alone(superuser, capsys):
    tamper(superuser, "update audit_event set actor = 'user:7' where stream = 'review:DHR-1'")
    record(EventType.PLAN_READ, by=None, stream="review:DHR-2")

    call_command("verify_audit", review="DHR-2")

    assert capsys.readouterr().out == "1 events in 1 streams: intact.\n"


def test_a_broken_link_is_told_in_a_sentence(superuser, capsys):
    tamper(superuser, "update audit_event set actor = 'user:7' where seq = 3")

    with pytest.raises(SystemExit):
        call_command("verify_audit")

    assert capsys.readouterr().out == "BROKEN: review:DHR-1, event 3: edited.\n"


def test_the_application_cannot_make_itself_more(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolcreaterole, rolbypassrls from pg_roles"
            " where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*) from information_schema.role_table_grants"
            " where grantee = current_user and privilege_type in"
            " ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
        )
        assert cursor.fetchone() == (0,)
