"""The web page of a version, as a browser shows it to whoever reads it."""

import pytest

from reports.rendering.files import drawn
from tests import axe
from tests.reports.rendering.made_up import gathered, plan

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_keeps_the_rules_and_fits_its_window(width, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})

    page.set_content(drawn(gathered(plan=plan(3)), "html").content.decode())

    assert [axe.said(rule) for rule in axe.violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith("data:")] == []


def test_a_footnote_is_reached_and_left_by_keyboard(page):
    page.set_content(drawn(gathered(), "html").content.decode())

    page.get_by_role("link", name="Footnote 2", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note-2"
    page.get_by_role("link", name="Back to the text of footnote 2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#noteref-2"
