"""Each page of the demonstration, as wide as a desk, at 200 % zoom, and on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.foundations.gov.test_browser import RULES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 640, 390)
NEW, READ, OUT = (f"/reviews/{name}/" for name in ("DARDR-2026-01", "DHR-2024-02", "DHR-2022-01"))
PAGES = {
    "coordinator": [
        "/",
        "/reviews/new/",
        NEW,
        NEW + "agencies/",
        NEW + "agencies/{housing}/chronology/upload/",
        NEW + "access/",
        NEW + "access/invite/",
        NEW + "trail/",
    ],
    "chair": [
        READ,
        READ + "chronology/",
        READ + "chronology/undated/",
        READ + "chronology/side-by-side/",
        READ + "sharing/",
        READ + "sharing/new/",
        OUT + "plan/",
    ],
    "author": [
        "/",
        NEW + "agencies/{housing}/chronology/",
        NEW + "agencies/{housing}/chronology/files/",
        NEW + "agencies/{housing}/chronology/add/",
        NEW + "entries/{entry}/",
        NEW + "entries/{entry}/change/",
    ],
    "lead": [OUT + "plan/", OUT + "plan/{recommendation}/progress/"],
    "admin": ["/", "/accounts/", "/people/", "/agencies/"],
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit(demo, sign_in_as, name):
    page, found = sign_in_as(name), []
    for address in PAGES[name]:
        address = address.format(**numbers(demo))
        assert page.goto(address).status == 200, address
        found += [f"{address} at {one}" for one in faults(page)]
    assert found == []


def numbers(demo):
    housing = demo("DARDR-2026-01", "Housing")
    lead = demo("DHR-2022-01", "IDVA")
    return {
        "housing": housing.pk,
        "entry": housing.entries.order_by("pk").first().pk,
        "recommendation": lead.led_recommendations.order_by("pk").first().pk,
    }


def faults(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for rule in Axe().run(page, options=RULES).response["violations"]:
            places = [node["target"] for node in rule["nodes"][:3]]
            yield f"{width}: {rule['id']}, {rule['help']}: {places}"
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{width}: {wide} wide"
