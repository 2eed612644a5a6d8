"""People at their browsers: each signs in on the real page, in a browser of their own."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.models import Agency
from desk.demo.making import PASSWORD, make_demo
from reviews.models import Participation

# What Chromium says of a page that refuses on purpose: a form to correct, a page out of reach.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (403|422) ")


@pytest.fixture
def demo(transactional_db):
    """demo("DHR-2024-02", "IDVA") is that agency's part in that review."""
    make_demo()

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
        page.set_default_timeout(5000)
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
        page.goto(reverse("account_login"))
        fill_in_sign_in(page, f"{name}@demo.example", PASSWORD)
        expect(page.get_by_role("heading", name="Your work", level=1)).to_be_visible()
        return page

    return sign_in


def fill_in_sign_in(page, email, password):
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
