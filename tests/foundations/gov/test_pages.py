"""The base page and the error pages, which must also hold when nothing else does."""

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import get_template, render_to_string


def base(**context):
    source = "{% extends 'base.html' %}{% block title %}Reviews{% endblock %}"
    return Template(source).render(Context(context))


class Person:
    is_authenticated = True

    def __str__(self):
        return "Asha <Rahman>"


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_error_page_needs_no_request(name):
    html = render_to_string(name)

    assert html.count("<h1") == 1
    assert 'href="/"' in html


def test_fault_can_be_quoted():
    html = render_to_string("500.html", {"request": {"id": "3f2a"}})

    assert "quote <strong>3f2a</strong>" in html


def test_title_names_the_page_and_the_product():
    assert "<title>Reviews – Domestic Homicide Reviews</title>" in base()


@pytest.mark.parametrize("title", ["A &amp; B", "Error: A &amp; B", "  A &amp;  B "])
def test_title_of_a_page_with_errors_says_so_once(title):
    class Form:
        errors = {"place": ["Enter the place"]}

    source = f"{{% extends 'base.html' %}}{{% block title %}}{title}{{% endblock %}}"

    html = Template(source).render(Context({"form": Form()}))

    assert "<title>Error: A &amp; B – Domestic Homicide Reviews</title>" in html


def test_navigation_marks_where_one_is():
    items = [
        {"text": "My work", "href": "/", "active": False},
        {"text": "Reviews", "href": "/reviews/", "active": True},
    ]

    html = base(navigation=items)

    assert html.count('aria-current="true"') == 1
    assert 'href="/reviews/" aria-current="true"' in html


def test_stranger_gets_no_sign_out_and_no_marking():
    html = base()

    assert "Sign out" not in html
    assert "OFFICIAL-SENSITIVE" not in html


def test_signed_in_page_is_marked_and_signs_out_by_post():
    html = base(user=Person())

    assert "OFFICIAL-SENSITIVE" in html
    assert '<form method="post" action="' in html
    assert "Asha &lt;Rahman&gt;" in html


@pytest.mark.parametrize(
    ("level", "title", "tone"),
    [
        (25, "Done", "govuk-notification-banner--success"),
        (20, "Important", "govuk-notification-banner"),
        (40, "There is a problem", "govuk-notification-banner"),
    ],
)
def test_message_is_a_banner_that_is_announced(level, title, tone):
    html = base(messages=[Message(level, "Entry <saved>")])

    assert f'<div class="{"govuk-notification-banner " if "--" in tone else ""}{tone}"' in html
    assert 'role="status"' in html
    assert f'<h2 class="govuk-notification-banner__title">{title}</h2>' in html
    assert "Entry &lt;saved&gt;" in html


def test_scripts_stand_in_the_head():
    """htmx takes a whole page only when its body holds no script."""
    source = get_template("base.html").template.source

    assert source.rindex("<script") < source.index("</head>")
