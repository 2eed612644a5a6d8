"""A log line holds a fixed message and ids: no words of a row, no secret of a link."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.urls import reverse

from accounts.services import invite
from dhr.embedded_servers import PostgreSQL
from dhr.logs import JsonFormatter

HOUSE = Path(__file__).resolve().parents[2]
WORDS = "zq words of an entry"


def formatted(caplog):
    return [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def test_an_exception_is_told_by_its_type_alone(caplog):
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("dhr").exception("job failed")

    line = formatted(caplog)[0]
    assert (line["message"], line["error"]) == ("job failed", "ValueError")
    assert WORDS not in json.dumps(line)


@pytest.mark.django_db
def test_the_secret_of_an_invitation_is_not_logged(client, caplog):
    _, secret = invite(email="new@agency.example", by=None)

    response = client.post(
        reverse("accounts:invitation-accept", args=[secret]), {"name": "New", "password": "short"}
    )

    assert response.status_code == 422
    lines = formatted(caplog)
    assert [line["message"] for line in lines] == [
        "Unprocessable Entity: /account/invitation/<str:secret>/"
    ]
    assert secret not in json.dumps(lines)


@pytest.mark.django_db
def test_what_somebody_types_as_an_address_is_not_logged(client, caplog):
    client.get("/zq-name-of-a-victim/")

    lines = formatted(caplog)
    assert len(lines) == 1
    assert "zq-name" not in json.dumps(lines)


_FAIL = f"""
import logging
from celery.app.log import Logging
from dhr.celery import app
app.finalize()
import django
django.setup()
Logging(app).setup(loglevel="INFO")
try:
    raise ValueError({WORDS!r})
except ValueError:
    logging.getLogger("foundations.post.jobs").exception("job failed")
"""


def test_a_worker_tells_of_an_exception_as_the_web_does():
    """Celery's own logging would print what the exception says."""
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _FAIL],
        cwd=HOUSE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert '"error": "ValueError"' in told.stderr
    assert WORDS not in told.stdout + told.stderr


def test_the_database_server_logs_no_statement_and_no_row():
    quiet = {"log_min_error_statement=panic", "log_error_verbosity=terse"}
    composed = yaml.safe_load((HOUSE / "docker-compose.yml").read_text())

    assert quiet <= set(PostgreSQL("database").argv(5432))
    assert quiet <= set(composed["services"]["database"]["command"])


@pytest.mark.django_db(transaction=True)
def test_the_database_server_of_the_tests_runs_like_that():
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, setting from pg_settings"
            " where name in ('log_min_error_statement', 'log_error_verbosity')"
        )
        found = dict(cursor.fetchall())

    assert found == {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
