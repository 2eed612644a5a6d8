"""What axe finds wrong with a page."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
OPTIONS = {
    "resultTypes": ["violations"],  # of what is right axe would tell every part of the page
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}


def violations(page):
    """Axe's own: each a rule's `id` and `help`, and the `nodes` where it is broken."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate("options => axe.run(options).then(found => found.violations)", OPTIONS)


def said(rule):
    places = [node["target"] for node in rule["nodes"][:3]]
    return f"{rule['id']}, {rule['help']}: {places}"
