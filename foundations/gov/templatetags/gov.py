"""The tags of every page. A template builtin: pages never {% load %} it.

`govuk_` is a component of the GOV.UK Design System, `gov_` a piece of our own.

    {% gov_error_summary form %}
    {% govuk_banner title="Done" tone="success" %}<p class="govuk-body">…</p>{% endgovuk_banner %}
    {% govuk_tag "Overdue" "red" %}
    {% govuk_button "Save" %}  {% govuk_button "Add an entry" href=url tone="secondary" %}
    {% govuk_back url %}  {% govuk_breadcrumbs items %}      items: {text, href}; the last without href
    {% govuk_details "Where this came from" %}…{% endgovuk_details %}
    {% govuk_warning %}…{% endgovuk_warning %}  {% govuk_inset %}…{% endgovuk_inset %}
    {% govuk_summary_list rows %}   rows: {key, value, actions: [{href, text, about}]} or (key, value)
    {% govuk_task_list tasks %}     tasks: {title, href, hint, status, colour}
    {% govuk_pagination page_obj %}  {% gov_showing page_obj "entry" "entries" %}
    {% gov_table "Entries, earliest first" %}<thead>…</thead><tbody>…</tbody>{% endgov_table %}
    {% gov_filter form %}           the fields of a GovForm, sent with GET
    {% gov_empty "No entries yet" %}…{% endgov_empty %}
    {% gov_figures figures %}       figures: {label, value}
    {% gov_progress url done=5 total=25 what="sheets read" %}…what comes next…{% endgov_progress %}
    {% gov_refresh %}               in {% block head %}, for progress without JavaScript
"""

import itertools

from django import template
from django.core.paginator import Paginator
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import slugify

register = template.Library()

COLOURS = {
    "", "grey", "green", "turquoise", "blue", "light-blue", "purple", "pink", "red", "orange",
    "yellow",
}  # fmt: skip
BUTTON_TONES = {"", "secondary", "warning"}
BANNER_TONES = {"", "success"}


def component(piece, **context):
    return render_to_string(f"gov/components/{piece}.html", context)


def one_of(choices, value):
    """A misspelt colour would silently print a class that does not exist."""
    if value not in choices:
        raise template.TemplateSyntaxError(f"{value!r} is not one of {sorted(choices)}.")
    return value


# --- The page -----------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def gov_title(context, content):
    """The page's own title, after "Error: " when its form has errors; said once, whoever says it."""
    title = " ".join(content.split())
    form = context.get("form")
    if getattr(form, "errors", None) and not title.startswith("Error:"):
        title = f"Error: {title}"
    return mark_safe(title)  # noqa: S308 a rendered template, escaped already


# --- Forms --------------------------------------------------------------------------------------


@register.inclusion_tag("gov/forms/error_summary.html")
def gov_error_summary(form):
    """Every error of a form or a formset, each a link to the control that it is about."""
    if not isinstance(form, BaseFormSet):
        return {"errors": form.error_list}
    whole = [(None, message) for message in form.non_form_errors()]
    return {"errors": whole + list(itertools.chain(*(one.error_list for one in form.forms)))}


@register.inclusion_tag("gov/components/filter.html", takes_context=True)
def gov_filter(context, form, legend="Filter", button="Apply filters", needed=False, closed=False):
    """A plain GET form: it works without JavaScript, and its address can be kept and sent.

    Without the `needed` one the page has nothing to show, so it stays open on a telephone, too. A
    `closed` one leaves the first look to what stands below it.
    """
    return {
        "form": form,
        "legend": legend,
        "button": button,
        "needed": needed,
        "closed": closed,
        "here": context["request"].path,
        "is_filtered": form.is_bound and form.has_changed(),
    }


# --- Words in boxes -----------------------------------------------------------------------------


@register.simple_block_tag
def govuk_banner(content, title="Important", tone=""):
    one_of(BANNER_TONES, tone)
    return component("banner", content=content, title=title, tone=tone)


@register.simple_block_tag
def govuk_details(content, summary, open=False):  # noqa: A002 the attribute of <details>
    return component("details", content=content, summary=summary, open=open)


@register.simple_block_tag
def govuk_warning(content):
    return component("warning", content=content)


@register.simple_block_tag
def govuk_inset(content):
    return component("inset", content=content)


@register.simple_block_tag
def gov_empty(content, title):
    return component("empty", content=content, title=title)


@register.simple_tag
def govuk_tag(text, colour=""):
    """A status. The words carry the meaning; the colour only helps to find it."""
    return component("tag", text=text, colour=one_of(COLOURS, colour))


# --- Ways on ------------------------------------------------------------------------------------


@register.simple_tag
def govuk_button(text, href="", tone=""):
    return component("button", text=text, href=href, tone=one_of(BUTTON_TONES, tone))


@register.simple_tag
def govuk_back(href, text="Back"):
    return component("back", href=href, text=text)


@register.simple_tag
def govuk_breadcrumbs(items):
    return component("breadcrumbs", items=items)


# --- Lists --------------------------------------------------------------------------------------


@register.simple_tag
def govuk_summary_list(rows):
    rows = [
        row if isinstance(row, dict) else dict(zip(("key", "value"), row, strict=True))
        for row in rows
    ]
    return component("summary_list", rows=rows, has_actions=any(row.get("actions") for row in rows))


@register.simple_tag
def govuk_task_list(tasks, name="task"):
    """`name` must differ where one page has two lists: ids are made from it."""
    for task in tasks:
        one_of(COLOURS, task.get("colour", ""))
    return component("task_list", tasks=tasks, name=name)


@register.simple_tag
def gov_figures(figures):
    return component("figures", figures=figures)


# --- Tables and their pages ---------------------------------------------------------------------


@register.simple_block_tag
def gov_table(content, caption, size="m", hide_caption=False, stack=False):
    """A table that scrolls sideways inside a labelled region, so that the page never does.

    stack=True, for few short columns: on a phone each row becomes a block, and each cell shows
    its data-label.
    """
    return component(
        "table", content=content, caption=caption, size=size, hide_caption=hide_caption,
        stack=stack, id=f"table-{slugify(caption)}",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def govuk_pagination(context, page_obj, param="page", label="Pages"):
    """The rest of the address (filters, order, page size) is kept."""
    if not page_obj.has_other_pages():
        return ""
    query = context["request"].GET.copy()

    def href(number):
        query[param] = number
        return f"?{query.urlencode()}"

    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return component(
        "pagination",
        label=label,
        previous=href(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        next=href(page_obj.next_page_number()) if page_obj.has_next() else "",
        items=[{"number": n, "href": "" if n == Paginator.ELLIPSIS else href(n)} for n in numbers],
        current=page_obj.number,
    )


@register.simple_tag
def gov_showing(page_obj, one, many):
    """Showing 51 to 100 of 2,014 entries"""
    count = page_obj.paginator.count
    if page_obj.has_other_pages():
        return f"Showing {page_obj.start_index():,} to {page_obj.end_index():,} of {count:,} {many}"
    return f"{count:,} {one if count == 1 else many}"


# --- Progress -----------------------------------------------------------------------------------


@register.simple_block_tag
def gov_progress(content, url, done, total, what, finished=False):
    """Asks `url`, the page that it stands on, again every second until done; then shows its body.

    It is announced by the quarter, because a screen reader that hears every poll hears nothing else.
    """
    finished = finished or (total > 0 and done >= total)
    percent = 100 if finished else min(99, 100 * done // total) if total else 0
    return component(
        "progress", content=content, url=url, done=done, total=total, what=what,
        finished=finished, percent=percent, quarter=percent // 25 * 25,
    )  # fmt: skip


@register.inclusion_tag("gov/components/refresh.html")
def gov_refresh(seconds=5):
    return {"seconds": seconds}
