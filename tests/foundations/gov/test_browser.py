"""The base page in a real browser, under the very policy that the settings send.

The pages are rendered here and served without Django, so that no other room can break this.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from csp.utils import build_policy
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from playwright.sync_api import expect

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from tests import axe

pytestmark = pytest.mark.journey

STATIC = Path(__file__).resolve().parents[3] / "static"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


class EntryForm(GovForm):
    gov = {"kind": {"reveals": {"other": "other_kind"}}}

    source = forms.CharField(label="Source reference", help_text="For example, IMR page 14")
    when = DateField(label="When did it happen?", what="Date of the event")
    kind = forms.ChoiceField(
        label="What kind was it?",
        choices=[("visit", "Visit"), ("other", "Something else")],
        widget=forms.RadioSelect,
    )
    other_kind = forms.CharField(label="Describe the kind", required=False)
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("c", "Control")], widget=forms.CheckboxSelectMultiple
    )
    agency = forms.ChoiceField(label="Agency", choices=[("h", "Housing")])
    text = forms.CharField(label="What happened?", widget=forms.Textarea, max_length=50)
    file = forms.FileField(label="Document")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    checked = forms.BooleanField(label="I have checked this")


class FilterForm(GovForm):
    prefix = "filter"
    words = forms.CharField(label="Words", required=False)
    since = DateField(label="Since", required=False)


EVERYTHING = """{% extends "base.html" %}
{% block title %}Everything{% endblock %}
{% block back %}{% govuk_breadcrumbs crumbs %}{% endblock %}
{% block content %}
  {% gov_error_summary form %}
  <h1 class="govuk-heading-l">Everything</h1>
  {% gov_figures figures %}
  {% govuk_task_list tasks %}
  {% govuk_summary_list rows %}
  {% govuk_warning %}Name nobody.{% endgovuk_warning %}
  {% govuk_inset %}Due soon.{% endgovuk_inset %}
  {% govuk_details "More" %}More.{% endgovuk_details %}
  {% gov_empty "Nothing yet" %}<p class="govuk-body">Add one.</p>{% endgov_empty %}
  {% govuk_banner title="Done" tone="success" %}<p class="govuk-body">Saved.</p>{% endgovuk_banner %}
  {% gov_filter filter %}
  {% gov_table "Entries" %}
    <thead class="govuk-table__head"><tr class="govuk-table__row">
      <th scope="col" class="govuk-table__header">Date</th>
      <th scope="col" class="govuk-table__header">What happened</th>
    </tr></thead>
    <tbody class="govuk-table__body"><tr class="govuk-table__row">
      <td class="govuk-table__cell">{% govuk_tag "Overdue" "red" %}</td>
      <td class="govuk-table__cell app-table__text">A visit.</td>
    </tr></tbody>
  {% endgov_table %}
  {% govuk_pagination page_obj %}
  {% gov_progress "/job/" done=2 total=8 what="sheets read" %}{% endgov_progress %}
  <form method="post" novalidate>{{ form }}{% govuk_button "Save" %}</form>
{% endblock %}
"""

FRAGMENTS = """{% extends "base.html" %}
{% block title %}Fragments{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Fragments</h1>
  <div id="row">As it was</div>
  <a class="govuk-link" href="/edit/" hx-get="/edit/" hx-target="#row" hx-swap="outerHTML">Edit</a>
  <a class="govuk-link" href="/evil/" hx-get="/evil/" hx-target="#row" hx-swap="outerHTML">Evil</a>
  <a class="govuk-link" href="/page/" hx-get="/page/" hx-select="#row" hx-target="#row" hx-swap="outerHTML">Page</a>
  <a class="govuk-link" href="/away/" hx-get="/away/" hx-target="#row" hx-swap="outerHTML">Away</a>
{% endblock %}
"""

EDIT = """<form id="row" data-announce="Editing" hx-post="/edit/" hx-target="#row" hx-swap="outerHTML">
{% gov_error_summary form %}<div data-autofocus tabindex="-1">Row</div>{{ form }}
{% govuk_button "Save row" %}
<a class="govuk-link" data-cancel href="/" hx-get="/page/" hx-select="#row" hx-target="#row" hx-swap="outerHTML">Cancel</a>
</form>"""

EVIL = """<div id="row">Evil<script>document.title = "Taken"</script></div>"""


def render(source, **context):
    return Template("{% load gov %}" + source if "extends" not in source else source).render(
        Context(context | {"request": RequestFactory().get("/")})
    )


def everything(form):
    return render(
        EVERYTHING,
        form=form,
        filter=FilterForm({"filter-words": "visit"}),
        navigation=[{"text": "Your work", "href": "/", "active": True}],
        crumbs=[{"text": "Your work", "href": "/"}, {"text": "DHR-7K2M"}],
        figures=[{"label": "Overdue", "value": 4}],
        tasks=[
            {"title": "Send it", "href": "/", "hint": "Soon", "status": "Late", "colour": "red"}
        ],
        rows=[("Kind", "DHR")],
        page_obj=Paginator(range(90), 10).page(4),
    )


class Answers(BaseHTTPRequestHandler):
    """Says what the test told it to say, with the headers of the real site."""

    pages = {}  # path -> (status, html), or a path to go to
    update = None  # what a page adds to the policy

    def do_GET(self):
        if self.path.startswith("/static/"):
            file = STATIC / self.path.removeprefix("/static/")
            self.say(200, file.read_bytes(), {"Content-Type": TYPES[file.suffix]})
        elif isinstance(answer := self.pages.get(self.path, (404, "")), str):
            self.say(302, b"", {"Location": answer})
        else:
            policy = {
                "Content-Security-Policy": build_policy(update=self.update),
                "Content-Type": "text/html",
            }
            self.say(answer[0], answer[1].encode(), policy)

    def say(self, status, body, headers):
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """The test's own output is enough."""


@pytest.fixture
def site(page):
    """Give it the pages; it opens the first. `trouble` collects what the browser complains of."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Site", (Answers,), {}))
    Thread(target=server.serve_forever, daemon=True).start()
    page.on("pageerror", lambda error: serve.trouble.append(str(error)))
    page.on("console", lambda m: serve.trouble.append(m.text) if m.type == "error" else None)

    def serve(pages, update=None):
        server.RequestHandlerClass.pages = pages
        server.RequestHandlerClass.update = update
        page.goto(serve.address)

    serve.trouble = []
    serve.address = f"http://127.0.0.1:{server.server_port}"
    yield serve
    server.shutdown()
    server.server_close()


def fragments(**answers):
    page = (200, render(FRAGMENTS))
    return {"/": page, "/page/": page} | answers


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("data", [None, {}], ids=["empty", "with errors"])
def test_every_piece_is_accessible_and_fits(site, page, width, data):
    page.set_viewport_size({"width": width, "height": 900})

    site({"/": (200, everything(EntryForm(data))), "/job/": (204, "")})

    assert [axe.said(rule) for rule in axe.violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert site.trouble == []


def test_reveal_opens_with_its_choice(site, page):
    site({"/": (200, everything(EntryForm())), "/job/": (204, "")})

    expect(page.get_by_label("Describe the kind")).to_be_hidden()
    page.get_by_label("Something else").check()
    expect(page.get_by_label("Describe the kind")).to_be_visible()
    assert page.locator("input[type=radio][aria-expanded]").count() == 0


def test_fragment_is_swapped_in_announced_and_has_the_focus(site, page):
    site(fragments(**{"/edit/": (200, render(EDIT, form=EntryForm()))}))

    page.get_by_role("link", name="Edit").click()

    expect(page.locator("[data-autofocus]")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Editing")
    assert site.trouble == []


def test_fragment_with_errors_puts_the_focus_on_what_is_wrong(site, page):
    site(fragments(**{"/edit/": (422, render(EDIT, form=EntryForm({})))}))

    page.get_by_role("link", name="Edit").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_escape_cancels(site, page):
    site(fragments(**{"/edit/": (200, render(EDIT, form=EntryForm()))}))
    page.get_by_role("link", name="Edit").click()

    page.get_by_label("Source reference").press("Escape")

    expect(page.locator("#row")).to_have_text("As it was")


def test_part_of_a_whole_page_is_swapped_in(site, page):
    site(fragments())

    page.get_by_role("link", name="Page").click()

    expect(page.locator("#row")).to_have_text("As it was")
    assert site.trouble == []


def test_fragment_with_a_script_is_refused(site, page):
    site(fragments(**{"/evil/": (200, EVIL)}))

    with page.expect_event("console") as said:
        page.get_by_role("link", name="Evil").click()

    assert "must not hold a script" in said.value.text
    expect(page.locator("#row")).to_have_text("As it was")
    expect(page).to_have_title("Fragments – Domestic Homicide Reviews")


def test_redirected_fragment_takes_the_whole_page_along(site, page):
    site(fragments(**{"/away/": "/sign-in/", "/sign-in/": (200, render(FRAGMENTS))}))

    page.get_by_role("link", name="Away").click()

    expect(page).to_have_url(f"{site.address}/sign-in/")


def test_page_makes_no_html_from_strings(site, page):
    site(fragments())

    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>' } catch (error) { return error.name } }"
    )

    assert refused == "TypeError"


def test_nothing_is_left_in_the_browser(site, page):
    site(fragments())
    page.get_by_role("link", name="Page").click()

    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]
