"""Every page as wide as a desk, at 200 % zoom, and on a telephone: by rule and by measure."""

import pytest

from tests import axe
from tests.walls import world as worlds
from tests.walls.access_table import OPEN, TABLE
from tests.walls.addresses import address

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DESK, ZOOMED, TELEPHONE = 1280, 640, 390
PARTS = 3  # so that they can be looked at side by side
NO_PAGES = {"live", "ready", "health"}
FILES = (
    *("-file", "-problems", "-export", "-calendar", "-download", "-handed", "-sheet"),
    "section-preview",
)
# Whoever of them comes first and reaches a page looks at it.
READERS = (
    *("coordinator", "chair", "author_own", "lead_own", "board_reader"),
    *("administrator", "stranger", "signed_out", "panel_shared"),
)
PAGES = {
    name: next(who for who in READERS if who in page.reach)
    for name, page in TABLE.items()
    if page.reads and not name.partition(" of ")[0].endswith(FILES)
} | {
    name: "signed_out" if signed_out == 200 else "stranger"
    for name, (signed_out, _) in OPEN.items()
    if name not in NO_PAGES
}

# Pages of the demonstration, whose words are as long and as many as in life.
NEW, READ, OUT = (f"/reviews/{name}/" for name in ("DARDR-2026-01", "DHR-2024-02", "DHR-2022-01"))
ASKING = "/actions/asking/safer-eastwold-partnership/"
LIFELIKE = {
    "coordinator": [
        *("/", NEW, NEW + "agencies/", NEW + "access/", NEW + "trail/"),
        *("/plans/", "/plans/changes/", "/plans/charts/", "/plans/said-before/", "/national/"),
        *(OUT + "plan/papers/", OUT + "plan/national/", OUT + "plan/order/", OUT + "plan/many/"),
        *(ASKING, ASKING + "rows/", ASKING + "tomorrow/", ASKING + "schedule/"),
    ],
    "board": ["/", "/plans/published/"],
    "chair": [
        READ,
        READ + "chronology/",
        READ + "timeline/",
        READ + "timeline/density/",
        READ + "timeline/around/?agency={police}&agency={haven}",
        READ + "sharing/",
        OUT + "plan/",
    ],
    "author": [
        "/",
        NEW + "agencies/{housing}/chronology/",
        NEW + "agencies/{housing}/chronology/files/",
        NEW + "entries/{entry}/change/",
    ],
    "lead": [
        "/",
        "/actions/",
        OUT + "plan/",
        OUT + "plan/rows/{row}/",
        OUT + "plan/rows/{row}/update/",
    ],
    "admin": ["/", "/accounts/", "/people/", "/agencies/"],
}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(transactional_db, open_browser, live_server, part):
    world, found = worlds.build(), []
    readers = {who: open_browser() for who in READERS}
    for who, page in readers.items():
        bring_the_session(page, world.placements[who].client, live_server)
        for prepare in world.placements[who].state:
            prepare()
    for name in list(PAGES)[part::PARTS]:
        page = readers[PAGES[name]]
        assert page.goto(address(name, world.rows)).status == 200, name
        found += [f"{name} at {one}" for one in faults(page)]
    assert found == []


def bring_the_session(page, client, live_server):
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url}
            for name, cookie in client.cookies.items()
        ]
    )


@pytest.mark.parametrize("name", LIFELIKE)
def test_lifelike_page_is_accessible_and_fits(demo, sign_in_as, name):
    page, found = sign_in_as(name), []
    rows = numbers(demo)
    for url in LIFELIKE[name]:
        assert page.goto(url.format(**rows)).status == 200, url
        found += [f"{url} at {one}" for one in faults(page)]
    assert found == []


def numbers(demo):
    housing = demo("DARDR-2026-01", "Housing")
    lead = demo("DHR-2022-01", "IDVA")
    return {
        "housing": housing.pk,
        "entry": housing.entries.order_by("pk").first().pk,
        "row": lead.plan_rows.live().order_by("pk").first().pk,
        "police": demo("DHR-2024-02", "Police").pk,
        "haven": demo("DHR-2024-02", "IDVA").pk,
    }


def faults(page):
    for width in (DESK, ZOOMED, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 900})
        if width != ZOOMED:  # where the page is laid out as on a telephone
            yield from (f"{width}: {axe.said(rule)}" for rule in axe.violations(page))
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{width}: {wide} wide"
    page.set_viewport_size({"width": DESK, "height": 900})
