import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from foundations.gov.forms import GovForm
from tests.foundations.gov.test_fixtures import read_example


def render(source, **context):
    return Template("{% load gov %}" + source).render(Context(context))


def request(path="/", **query):
    return RequestFactory().get(path, query)


# --- The same markup as GOV.UK -------------------------------------------------------------------


def example(component, name="default"):
    found = read_example(component, name)
    return found["options"], parse_html(found["html"])


def test_error_summary_is_govuks():
    options, expected = example("error-summary", "mixed with and without links")
    errors = [(item.get("href", "")[1:] or None, item["text"]) for item in options["errorList"]]

    class Failed:
        error_list = errors

    assert parse_html(render("{% gov_error_summary form %}", form=Failed())) == expected


def test_details_are_govuks():
    options, expected = example("details")

    html = render(
        "{% govuk_details summary %}{{ text }}{% endgovuk_details %}",
        summary=options["summaryText"],
        text=options["text"],
    )

    assert parse_html(html) == expected


def test_warning_is_govuks():
    options, expected = example("warning-text")

    html = render("{% govuk_warning %}{{ text }}{% endgovuk_warning %}", text=options["text"])

    assert parse_html(html) == expected


@pytest.mark.parametrize("colour", ["grey", "green", "red", "orange"])
def test_tag_is_govuks(colour):
    options, expected = example("tag", colour)

    html = render("{% govuk_tag text colour %}", text=options["text"], colour=colour)

    assert parse_html(html) == expected


def test_button_that_sends_a_form_is_govuks():
    options, expected = example("button", "prevent double click")

    assert parse_html(render("{% govuk_button text %}", text=options["text"])) == expected


def test_button_that_leads_somewhere_is_govuks():
    options, expected = example("button", "link")

    html = render("{% govuk_button text href=href %}", text=options["text"], href=options["href"])

    assert parse_html(html) == expected


def test_breadcrumbs_are_govuks():
    options, expected = example("breadcrumbs", "with collapse on mobile")

    html = render("{% govuk_breadcrumbs items %}", items=options["items"])

    assert parse_html(html) == expected


def test_task_list_is_govuks():
    options, expected = example("task-list")
    tasks = [
        {
            "title": item["title"]["text"],
            "href": item["href"],
            "status": item["status"].get("text") or item["status"]["tag"]["text"],
            "colour": "blue" if "tag" in item["status"] else "",
        }
        for item in options["items"]
    ]

    assert parse_html(render("{% govuk_task_list tasks 'task-list' %}", tasks=tasks)) == expected


def test_summary_list_is_govuks():
    options, expected = example("summary-list", "with some actions")
    rows = [
        {
            "key": row["key"]["text"],
            "value": row["value"].get("text") or mark_safe(row["value"]["html"]),  # noqa: S308
            "actions": [
                {"href": a["href"], "text": a["text"], "about": a.get("visuallyHiddenText")}
                for a in row.get("actions", {}).get("items", [])
            ],
        }
        for row in options["rows"]
    ]

    html = render("{% govuk_summary_list rows %}", rows=rows)

    assert parse_html(html) == expected


def test_pagination_is_govuks():
    _, expected = example("pagination")
    page = Paginator(range(3), 1).page(2)

    html = render(
        "{% govuk_pagination page_obj label='Pagination' %}", page_obj=page, request=request()
    )

    for ours, theirs in (("?page=1", "/page/1"), ("?page=2", "/page/2"), ("?page=3", "/page/3")):
        html = html.replace(f'"{ours}" aria', f'"{theirs}" aria')
    html = html.replace('"?page=1" rel', '"/previous" rel').replace('"?page=3" rel', '"/next" rel')
    assert parse_html(html) == expected


# --- What ours add --------------------------------------------------------------------------------


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(100), 10).page(5)

    html = render(
        "{% govuk_pagination page_obj %}", page_obj=page, request=request(agency="3", page="5")
    )

    assert 'href="?agency=3&amp;page=6" rel="next"' in html


def test_pagination_of_one_page_is_nothing():
    page = Paginator(range(3), 10).page(1)

    assert render("{% govuk_pagination page_obj %}", page_obj=page, request=request()) == ""


@pytest.mark.parametrize(
    ("count", "per_page", "number", "words"),
    [
        (0, 50, 1, "0 entries"),
        (1, 50, 1, "1 entry"),
        (50, 50, 1, "50 entries"),
        (2014, 50, 2, "Showing 51 to 100 of 2,014 entries"),
    ],
)
def test_showing_says_which_part_of_how_many(count, per_page, number, words):
    page = Paginator(range(count), per_page).page(number)

    assert render("{% gov_showing page 'entry' 'entries' %}", page=page) == words


def test_text_from_people_is_escaped():
    html = render("{% govuk_tag text %}", text="<script>alert(1)</script>")

    assert "<script>" not in html


def test_body_of_a_block_is_escaped_once():
    html = render("{% govuk_inset %}{{ text }}{% endgovuk_inset %}", text="A & B")

    assert html.strip() == '<div class="govuk-inset-text">A &amp; B</div>'


def test_misspelt_colour_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render("{% govuk_tag 'Overdue' 'crimson' %}")


def test_table_stands_in_a_region_named_by_its_caption():
    html = render("{% gov_table 'Entries, earliest first' %}<tbody></tbody>{% endgov_table %}")

    assert 'role="region" tabindex="0" aria-labelledby="table-entries-earliest-first"' in html
    assert 'id="table-entries-earliest-first">Entries, earliest first</caption>' in html


class FilterForm(GovForm):
    from django import forms

    words = forms.CharField(label="Words", required=False)


def test_filter_sends_its_fields_to_the_page_it_stands_on():
    html = render("{% gov_filter form %}", form=FilterForm({}), request=request("/entries/"))

    assert '<form method="get" action="/entries/"' in html
    assert "Clear filters" not in html


def test_filter_in_use_can_be_cleared():
    form = FilterForm({"words": "visit"})

    html = render("{% gov_filter form %}", form=form, request=request("/entries/"))

    assert '<a class="govuk-link" href="/entries/">Clear filters</a>' in html


@pytest.mark.parametrize(("needed", "closes"), [(False, True), (True, False)])
def test_filter_that_a_page_needs_stays_open_on_a_telephone(needed, closes):
    html = render(
        "{% gov_filter form needed=needed %}", form=FilterForm({}), needed=needed, request=request()
    )

    assert ("data-closed-when-narrow" in html) is closes


def test_progress_asks_again_until_done():
    html = render(
        "{% gov_progress '/job/1/' done=3 total=8 what='sheets read' %}Next{% endgov_progress %}"
    )

    assert 'hx-get="/job/1/" hx-trigger="every 1s"' in html
    assert 'data-announce="25%"' in html
    assert "Next" not in html


def test_progress_that_is_done_asks_no_more_and_shows_the_way_on():
    html = render(
        "{% gov_progress '/job/1/' done=8 total=8 what='sheets read' %}Next{% endgov_progress %}"
    )

    assert "hx-get" not in html
    assert 'data-announce="Finished: 8 sheets read"' in html
    assert "Next" in html


def test_progress_that_knows_no_total_yet_says_so():
    html = render(
        "{% gov_progress '/job/1/' done=0 total=0 what='sheets read' %}{% endgov_progress %}"
    )

    assert "Waiting to start" in html
