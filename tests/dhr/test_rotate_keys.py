import io
import json

import pytest
from django.core.management import call_command

from audit.models import Event
from foundations.vault.keys import seal_for

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command("rotate_keys", *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def test_says_what_it_did_and_that_the_older_key_is_needed_no_more(settings):
    seal_for("review:1", b"Mary", place="here")
    settings.VAULT_KEYS = "0a" * 32 + "\n" + settings.VAULT_KEYS

    assert run() == {
        "rewrapped": 1,
        "retired": 0,
        "resealed": 0,
        "removed": 0,
        "unreadable": [],
        "wrapped_with_older_keys": 0,
    }


def test_is_on_the_trail_of_the_installation():
    run("--renew-data-keys")

    event = Event.objects.get(stream="admin", type="vault.rotated")
    assert (event.actor, event.data["rewrapped"]) == ("system", 0)


def test_a_key_that_nothing_here_opens_is_named_and_still_counts(settings):
    seal_for("review:1", b"Mary", place="here")
    settings.VAULT_KEYS = "0a" * 32

    answer = run()

    assert (len(answer["unreadable"]), answer["wrapped_with_older_keys"]) == (1, 1)
