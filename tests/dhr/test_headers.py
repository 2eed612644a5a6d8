"""What every answer tells a browser, on every page there is, and what a session leaves behind."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from reports.services.renderings import ask_for_rendering
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.reports import begun, paragraph_in
from tests.walls.access_table import OPEN, TABLE
from tests.walls.addresses import address, form_data
from tests.walls.conftest import world  # noqa: F401  the same world, built for this module

HOUSE = Path(__file__).resolve().parents[2]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["dhr"],
}
# The pages with the editor of texts read what is pasted: ADR 13.
WITH_EDITOR = {"reports:paragraph-add", "reports:paragraph-change"}
DOWNLOAD = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store, private",
}


def policy_of(response):
    parts = response["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (part.split() for part in parts if part.strip())}


def expected_of(name, response):
    has_editor = name in WITH_EDITOR and response.status_code == 200
    return POLICY | ({"trusted-types": ["dhr", "dhr-clipboard"]} if has_editor else {})


def answers(world, name):  # noqa: F811
    """Of somebody it reaches, of somebody it does not, and of somebody signed out."""
    url, page = address(name, world.rows), TABLE[name]
    by_status = {page.status(who): who for who in world.placements}
    for who in by_status.values():
        with world.placements[who].standing() as client:
            if page.reads:
                yield client.get(url)
            else:
                yield client.post(url, form_data(name))


@pytest.mark.parametrize("name", TABLE)
def test_headers_of_every_page(name, world):  # noqa: F811
    for response in answers(world, name):
        told = {header: response.get(header) for header in HEADERS}
        assert told == HEADERS
        assert "no-store" in response["Cache-Control"]
        assert not [header for header in response.headers if header.startswith("Access-Control")]
        assert {"Server", "X-Powered-By", "ETag", "Last-Modified"} & set(response.headers) == set()
        if "attachment" in response.get("Content-Disposition", ""):
            assert {header: response[header] for header in DOWNLOAD} == DOWNLOAD
            continue  # a report as a web page brings its own style
        assert policy_of(response) == expected_of(name, response)
        if "text/html" in response["Content-Type"]:
            assert "charset=utf-8" in response["Content-Type"]
            _only_our_own(response.content.decode())


@pytest.mark.parametrize("name", OPEN)
def test_headers_of_open_pages(name, world):  # noqa: F811
    response = world.placements["signed_out"].client.get(address(name, world.rows))

    assert {header: response.get(header) for header in HEADERS} == HEADERS
    assert policy_of(response) == POLICY
    _only_our_own(response.content.decode())


def _only_our_own(text):
    """No other origin, no script or style in the page, no handler in an attribute."""
    assert re.findall(r'(?:src|href|action|srcset|content)="(?:https?:)?//[^"]*', text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text) == []
    assert re.findall(r"<style\b|\sstyle=\"", text) == []
    assert re.findall(r"\son[a-z]+=\"|hx-on|javascript:", text) == []


def test_an_error_of_ours_says_nothing_of_it(client, db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("zq words of an entry")

    client.raise_request_exception = False
    monkeypatch.setattr("dhr.health._database_works", fail)

    response = client.get(reverse("health"))

    assert response.status_code == 500
    assert "zq words" not in response.content.decode()
    assert {header: response.get(header) for header in HEADERS} == HEADERS


def test_cookies_are_for_us_alone(client, db):
    response = client.get(reverse("account_login"))

    cookie = response.cookies[settings.CSRF_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_what_production_sets(monkeypatch):
    """The tests run on plain http; these hold wherever DHR_INSECURE_LOCAL is not set."""
    text = (HOUSE / "dhr" / "settings.py").read_text()
    monkeypatch.setenv("DHR_INSECURE_LOCAL", "0")
    found = {"__file__": str(HOUSE / "dhr" / "settings.py")}
    exec(compile(text, "settings.py", "exec"), found)  # noqa: S102

    assert {
        name: found.get(name)
        for name in (
            "SESSION_COOKIE_NAME",
            "CSRF_COOKIE_NAME",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "CSRF_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
            "SECURE_SSL_REDIRECT",
            "SECURE_HSTS_SECONDS",
            "SECURE_HSTS_INCLUDE_SUBDOMAINS",
            "DEBUG",
            "MESSAGE_STORAGE",
        )
    } == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63072000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "DEBUG": False,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    }


# --- In a real browser --------------------------------------------------------------------------

_INJECTED = """<script src="/static/injected.js"></script><script>window.injected = 1</script>
<img src="x" onerror="window.injected = 2"><p>Arrived</p>"""


@dataclass(frozen=True)
class Met:
    """A page as somebody meets it: `words` stand on it, `act` has a fragment fetched, which is `around` what
    it brings."""

    user: object
    address: str
    words: str = ""
    act: Callable = lambda page: None
    around: str = "{}"


def _entries():
    entry = EntryFactory()
    return Met(
        with_role(Role.IMR_AUTHOR, entry.review, entry.participation),
        entry.participation.get_absolute_url(),
        entry.text,
        lambda page: page.get_by_role("link", name=re.compile("^Change")).first.click(),
        f'<table><tr id="entry-{entry.pk}"><td>{{}}</td></tr></table>',
    )


def _section():
    document = begun()
    section = document.sections.get(code="background")
    words = paragraph_in(section, "She went to her doctor in May.").text
    return Met(with_role(Role.CHAIR, document.review), section.get_absolute_url(), words)


def _paragraph():
    """What is typed is kept, and a fragment says what could tell of somebody in it."""
    document = begun()
    row = paragraph_in(document.sections.get(code="background"))
    return Met(
        with_role(Role.CHAIR, document.review),
        reverse(
            "reports:paragraph-change", args=[document.review.reference, document.number, row.pk]
        ),
        act=lambda page: page.get_by_label("Text", exact=True).fill("She went to her sister."),
    )


def _progress():
    """A version that no worker has begun: the page asks how far it is."""
    document = begun()
    chair = with_role(Role.CHAIR, document.review)
    version = ask_for_rendering(
        document, variant="confidential", format_="pdf", has_plan=False, by=chair, key=uuid.uuid4()
    )
    return Met(chair, version.get_absolute_url(), around='<div id="progress">{}</div>')


@pytest.fixture
def meet(page, live_server, transactional_db, client):
    """The page of a Met in the browser, with the session of its user."""

    def open_(met):
        client.force_login(met.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        page.goto(live_server.url + met.address)
        return page

    return open_


@pytest.mark.journey
@pytest.mark.parametrize("place", [_entries, _paragraph, _progress])
def test_a_script_in_a_fragment_does_not_run(place, meet):
    met = place()
    page, brought = meet(met), met.around.format(_INJECTED)
    page.route(
        lambda url: True,
        lambda route: (
            route.fulfill(status=200, content_type="text/html", body=brought)
            if "hx-request" in route.request.headers
            else route.continue_()
        ),
    )

    with page.expect_response(lambda one: "hx-request" in one.request.headers):
        met.act(page)
    page.wait_for_timeout(500)

    assert page.evaluate("window.injected") is None


@pytest.mark.journey
@pytest.mark.parametrize("place", [_entries, _section])
def test_nothing_is_left_behind_the_back_button(place, meet):
    met = place()
    page = meet(met)
    assert page.get_by_text(met.words).first.is_visible()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/sign-in/**")
    page.go_back()
    page.wait_for_load_state()

    assert page.get_by_text(met.words).count() == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
