"""Every page, for everybody, wherever they stand, by every method, plain and as a fragment."""

import pytest
from django.db import connection

from tests.walls.access_table import IN_REVIEW, OPEN, OUTSIDE, TABLE
from tests.walls.addresses import address, form_data, names

FRAGMENT = {"HX-Request": "true"}
# Reading may write these: the trail itself, the session of whoever reads, rate limits, and what a
# document was found to lack, sealed, so that the next page need not read it anew.
NOT_CASE = ("audit_event", "audit_head", "django_session", "dhr_cache", "reports_foundbefore")
_WRITTEN = """
select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
where relname <> all(%s) and n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def _written():
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [list(NOT_CASE)])
        return dict(cursor.fetchall())


def _asked(placement, method, url, data=None, **more):
    with placement.standing() as client:
        before = {} if method == "post" else _written()
        response = getattr(client, method)(url, data, **more)
        changed = {} if method == "post" else _written()
    assert changed == before, (
        f"{method} {url} wrote to {set(changed.items()) - set(before.items())}"
    )
    return response


def test_every_page_is_declared():
    declared = {name.partition(" of ")[0] for name in [*TABLE, *OPEN]}

    assert set(names()) == declared


def test_everybody_is_declared(world):
    assert set(world.placements) == IN_REVIEW | OUTSIDE | {"signed_out"}


@pytest.mark.parametrize("name", TABLE)
def test_who_reaches_it(name, world):
    page, url = TABLE[name], address(name, world.rows)
    expected, found = {}, {}
    for who, placement in world.placements.items():
        status = page.status(who)
        if status == 200 and not page.reads:
            status = 405
        asked = "page", "fragment"
        if status in expected.values() and status != 200:
            asked = ("page",)  # one fragment is enough of each refusal
        for what in asked:
            expected[who, what] = status
            response = _asked(placement, "get", url, headers=FRAGMENT if what == "fragment" else {})
            found[who, what] = _status(response)
    assert found == expected


@pytest.mark.parametrize("name", TABLE)
def test_who_may_send_its_form(name, world):
    page, url = TABLE[name], address(name, world.rows)
    expected, found = {}, {}
    for who, placement in world.placements.items():
        status = page.status(who)
        if status == 200:
            status = "done" if page.form else 405
        response = _asked(placement, "post", url, form_data(name))
        done = status == "done" and response.status_code in page.posted
        expected[who] = status
        found[who] = "done" if done else response.status_code
    assert found == expected


@pytest.mark.parametrize("method", ["head", "options"])
@pytest.mark.parametrize("name", TABLE)
def test_other_methods_ask_the_same(name, method, world):
    """One person for each answer is enough: what refuses stands before the method."""
    page, url = TABLE[name], address(name, world.rows)
    one_each = {page.status(who): who for who in world.placements}
    expected = {
        who: 405 if status == 200 and not page.reads else status for status, who in one_each.items()
    }

    found = {who: _status(_asked(world.placements[who], method, url)) for who in one_each.values()}

    assert found == expected


def test_signed_out_is_led_to_signing_in(world):
    signed_out = world.placements["signed_out"]
    wrong = {}
    for name in TABLE:
        url = address(name, world.rows)
        response = _asked(signed_out, "get", url)
        if response["Location"] != f"/account/sign-in/?next={url}":
            wrong[name] = response["Location"]

    assert wrong == {}


@pytest.mark.parametrize("name", OPEN)
def test_open_pages(name, world):
    url = address(name, world.rows)

    found = tuple(
        _asked(world.placements[who], "get", url).status_code for who in ("signed_out", "stranger")
    )

    assert found == OPEN[name]


def _status(response):
    """A step of an import may lead on to where the file stands now: that is reaching it."""
    if response.status_code == 302 and "/account/" not in response["Location"]:
        return 200
    return response.status_code
