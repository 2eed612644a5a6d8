"""Whatever anybody types anywhere, nothing breaks, nothing runs, and what was typed is still there."""

from urllib.parse import urlsplit

import pytest
from django.utils.html import escape
from lxml import html

from tests.walls.access_table import OPEN, TABLE
from tests.walls.addresses import address

SCRIPT = "zq<script>alert('x')</script>"
WORDS = {
    "code": SCRIPT
    + """" onmouseover="alert(1) {{ 7|add:7 }} {% now 'Y' %} ${7*7} %(x)s %s {0.__class__}"""
    + """ '; drop table reviews_review; -- \\' /* Ω≈ç√ 田中さん 👩‍👩‍👧 Z͑ͫ̓a̴l\u202egnirts\u202c \u200b\ufeff ﷽"""
    + "\r\nBcc: everybody@agency.example\r\n\r\nbody",
    "nothing": "\x00\x01\x7f",
    "large": "9" * 40,
    "odd": "²",
    "day": "31/02/0000",
    "long": "word " * 6000,
}
# In boxes where nobody types as well: hidden ones, and choices that were never offered.
EVERYWHERE = ("code", "nothing", "large")
TYPED = {"text", "email", "number", "tel", "search", "url", "password", None}
ASKED = ["coordinator", "chair", "author_own", "lead_own", "administrator"]


def who_reaches(page):
    return next(who for who in [*ASKED, *sorted(page.reach)] if who in page.reach)


def form_on(response, method):
    """{name: (kind, what a hurried person would send)} of the form of a page."""
    if "text/html" not in response.get("Content-Type", "") or not response.content:
        return {}
    forms = html.fromstring(response.content.decode()).forms
    asked = [dict(_fields(form)) for form in forms if form.method.casefold() == method]
    return max(asked, key=len, default={})  # the others are single buttons, such as "Sign out"


def _fields(form):
    for one in form.inputs:
        if not one.name or one.name == "csrfmiddlewaretoken":
            continue
        kind = one.tag if one.tag in {"textarea", "select"} else one.get("type")
        if kind == "select":
            yield one.name, (kind, next(iter(filter(None, one.value_options)), ""))
        elif kind != "file":
            yield one.name, (kind, one.get("value") or one.text or "")


def typed(fields, words, *, everywhere):
    return {
        name: words if everywhere or kind in TYPED or kind == "textarea" else usual
        for name, (kind, usual) in fields.items()
    }


def is_sound(response):
    assert response.status_code < 500
    if "text/html" in response.get("Content-Type", ""):
        body = response.content.decode()
        assert SCRIPT not in body
        return body
    return ""


def keeps(body, fields, sent):
    """What stands in the boxes of a form that was refused: no word of it is lost."""
    for name, (kind, _) in fields.items():
        if kind == "textarea" and "\x00" not in sent[name]:
            assert escape(sent[name].strip()[:200].splitlines()[0]) in body, name


@pytest.mark.parametrize("name", [name for name, page in TABLE.items() if page.form])
def test_a_form_takes_any_words(name, world):
    page = TABLE[name]
    placement, url = world.placements[who_reaches(page)], address(name, world.rows)
    with placement.standing() as client:
        fields = form_on(client.get(url), "post") if page.reads else {}
    for case, words in WORDS.items():
        for everywhere in (False, True) if case in EVERYWHERE else (False,):
            sent = typed(fields, words, everywhere=everywhere)
            with placement.standing() as client:
                response = client.post(url, sent)
                body = is_sound(response)
                if response.status_code == 302 and not urlsplit(response["Location"]).netloc:
                    is_sound(client.get(response["Location"]))
                elif response.status_code == 422:
                    keeps(body, fields, sent)


READ = [name for name, page in TABLE.items() if page.reads]
ILL = {"health", "ready"}  # they say 503 where no worker runs


@pytest.mark.parametrize("name", [*READ, *sorted(set(OPEN) - ILL)])
def test_a_page_takes_any_question(name, world):
    who = who_reaches(TABLE[name]) if name in TABLE else "signed_out"
    placement, url = world.placements[who], address(name, world.rows)
    with placement.standing() as client:
        fields = form_on(client.get(url), "get")
    for words in map(WORDS.get, EVERYWHERE):
        asked = dict.fromkeys(fields, words) | {"page": words, "format": words}
        with placement.standing() as client:
            is_sound(client.get(url, {name: one[:2000] for name, one in asked.items()}))
