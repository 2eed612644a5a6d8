"""People at their browsers: each signs in on the real page, in a browser of their own."""

import re
import shutil

import pytest
from django.conf import settings
from django.db import connections
from django.urls import reverse
from playwright.sync_api import expect

from agencies.models import Agency
from desk.demo.making import PASSWORD, make_demo
from reviews.models import Participation
from tests.conftest import with_role
from tests.embedded import servers
from tests.settings import DATABASE

PATIENCE = 20_000  # milliseconds: a busy machine is slow, and no test waits without a reason
expect.set_options(timeout=PATIENCE)
# What Chromium says of a page that refuses on purpose: a form to correct, a page out of reach.
REFUSED = re.compile(
    r"Failed to load resource: the server responded with a status of (40[34]|422) "
)


@pytest.fixture(scope="session")
def fill_with_demo(django_db_setup, tmp_path_factory):
    """Makes the demonstration once; every later call puts a copy of what was made in its place."""
    copy, files = f"{DATABASE}_demo", tmp_path_factory.mktemp("demo")

    def fill():
        if servers().has_database(copy):
            connections.close_all()
            servers().copy_database(copy, DATABASE)
            shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        else:
            make_demo()
            connections.close_all()
            servers().copy_database(DATABASE, copy)
            shutil.copytree(settings.MEDIA_ROOT, files, dirs_exist_ok=True)

    servers().drop_database(copy)
    yield fill
    servers().drop_database(copy)


@pytest.fixture
def demo(transactional_db, fill_with_demo):
    """demo("DHR-2024-02", "IDVA") is that agency's part in that review."""
    fill_with_demo()

    def part(reference, agency):
        return Participation.objects.get(
            review__reference=reference, agency=Agency.objects.named(agency)[0]
        )

    return part


@pytest.fixture
def open_browser(new_context, live_server):
    """A new browser, nobody signed in. Whatever it complains of fails the test."""
    trouble = []

    def heard(message):
        if message.type == "error" and not REFUSED.match(message.text):
            trouble.append(f"{message.location['url']}: {message.text}")

    def open_(**options):
        page = new_context(base_url=live_server.url, **options).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", heard)
        return page

    yield open_
    assert trouble == []


@pytest.fixture
def sign_in_as(open_browser):
    """sign_in_as("chair") is the page on which the chair of the demonstration has signed in."""

    def sign_in(name, **options):
        page = open_browser(**options)
        enter(page, f"{name}@demo.example", PASSWORD)
        return page

    return sign_in


@pytest.fixture
def sign_in_with(transactional_db, open_browser):
    """sign_in_with(Role.CHAIR, review) is the page of somebody new who holds that role there."""

    def sign_in(role, review=None, participation=None, partnership=None, **options):
        user = with_role(role, review, participation, partnership)
        user.set_password(PASSWORD)
        user.save()
        page = open_browser(**options)
        enter(page, user.email, PASSWORD)
        return page

    return sign_in


def enter(page, email, password):
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="Your work", level=1)).to_be_visible()


def press(page, name):
    """A button, or a link that looks like one and says that it is one."""
    page.get_by_role("button", name=name, exact=True).click()


# --- Without a mouse ----------------------------------------------------------------------------


def tab_to(page, target, most=120):
    """Along the page as somebody without a mouse goes."""
    for _ in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches {target}")


def type_into(page, target, text):
    tab_to(page, target)
    page.keyboard.type(text)


def press_by_key(page, name, role="button"):
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press("Enter")
