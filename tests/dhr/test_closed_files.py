"""A stored file that may not be opened is a sentence on its owner's page, and no download on the trail."""

import ast
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from audit.models import Event, EventType
from dhr.management.commands.seal_files import owners
from foundations.vault import keys
from foundations.vault.models import DataKey, StoredFile
from reviews.rules import Role
from tests.factories.chronologies import ChronologyImportFactory
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[2]
ROOMS = {
    "reviews",
    "chronologies",
    "findings",
    "actionplans",
    "desk",
    "agencies",
    "accounts",
    "reports",
}


@pytest.fixture
def forgetful():
    keys._known.clear()
    yield
    keys._known.clear()


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def import_(part):
    return ChronologyImportFactory(source_file__review=part.review, source_file__participation=part)


@pytest.fixture
def download(client, sign_in, part, import_):
    sign_in(Role.SIGN_OFF_OFFICER, part.review, part)
    url = reverse("chronologies:import-file", args=[part.review.reference, import_.pk])
    return lambda: client.get(url)


def on_the_trail():
    return Event.objects.filter(type=EventType.FILE_DOWNLOADED).count()


@pytest.mark.parametrize(
    ("state", "said"),
    [("waiting", "has not been checked for harmful software"), ("infected", "was found")],
)
def test_a_file_that_is_held_is_not_downloaded(download, import_, state, said):
    StoredFile.objects.filter(pk=import_.source_file.stored_id).update(scan=state)

    response = download()

    assert (response.status_code, said in response.content.decode()) == (409, True)
    assert on_the_trail() == 0


def test_a_file_whose_key_was_destroyed_says_so(download, import_, forgetful):
    call_command("seal_files", verbosity=0)
    assert (download().status_code, on_the_trail()) == (200, 1)
    DataKey.objects.all().delete()
    keys._known.clear()

    response = download()

    assert (response.status_code, on_the_trail()) == (410, 1)
    assert "its key was destroyed" in response.content.decode()


# --- Sealing what came before -------------------------------------------------------------------


def test_every_owner_of_a_stored_file_says_whose_key_seals_it():
    assert {
        model._meta.label for model, _ in owners() if not hasattr(model, "vault_scope")
    } == set()


def test_every_room_that_stores_a_file_says_whose_key_seals_it():
    unsealed, calls = [], 0
    for path in sorted(HOUSE.glob("*/**/*.py")):
        if path.relative_to(HOUSE).parts[0] not in ROOMS:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "store":
                calls += 1
                if "scope" not in {word.arg for word in node.keywords}:
                    unsealed.append(f"{path.relative_to(HOUSE)}:{node.lineno}")

    assert (unsealed, calls > 7) == ([], True)


def test_files_that_came_before_are_sealed_and_still_open(import_, capsys):
    stored = StoredFile.objects.get(pk=import_.source_file.stored_id)
    before = stored.content

    call_command("seal_files", format="json")
    call_command("seal_files", format="json")

    said = [json.loads(line) for line in capsys.readouterr().out.replace("}{", "}\n{").splitlines()]
    assert said == [{"sealed": 1, "left_unsealed": 0}, {"sealed": 0, "left_unsealed": 0}]
    stored = StoredFile.objects.get(pk=stored.pk)
    assert (stored.is_sealed, stored.content) == (True, before)
    assert stored.file_key.scope == import_.source_file.review.vault_scope
    with connection.cursor() as cursor:
        cursor.execute("select body from vault_storedfile")
        assert before not in bytes(cursor.fetchone()[0])
