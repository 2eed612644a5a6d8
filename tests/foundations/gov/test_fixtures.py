"""Our markup is GOV.UK's own: compared with the examples that its package brings along."""

import json
import os
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm

ROOT = Path(__file__).resolve().parents[3]
COMPONENTS = ROOT / "frontend/node_modules/govuk-frontend/dist/govuk/components"

EXAMPLES = {
    "input": [
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "with width-2 class",
        "with width-30 class",
        "with label as page heading",
        "with prefix",
        "with suffix",
        "with prefix and suffix and error",
        "value",
        "zero value",
        "inputmode",
        "with autocomplete attribute",
        "disabled",
    ],
    "textarea": [
        "default",
        "with hint",
        "with error message",
        "with hint and error message",
        "with default value",
        "with custom rows",
        "with label as page heading",
    ],
    "character-count": [
        "default",
        "with hint",
        "with hint and error",
        "with default value",
        "with custom rows",
        "with label as page heading",
    ],
    "select": ["default", "with hint text and error message", "with selected value"],
    "radios": [
        "default",
        "with hint",
        "inline",
        "with hints on parent and items",
        "with fieldset and error message",
        "with hint and error message",
        "with conditional items",
        "with conditional item checked",
    ],
    "checkboxes": [
        "default",
        "with hint",
        "small",
        "with pre-checked values",
        "with legend as a page heading",
        "with error message",
        "with conditional items",
        "with conditional item checked",
    ],
    "date-input": [
        "default",
        "with values",
        "with error message and hint",
        "with error on single field",
    ],
    "password-input": [
        "default",
        "with hint text",
        "with error message",
        "with label as page heading",
        "with new-password autocomplete",
    ],
    "file-upload": ["default", "with hint text", "with error message and hint", "disabled"],
}
CASES = [(component, name) for component, names in EXAMPLES.items() for name in names]


@pytest.mark.parametrize(("component", "name"), CASES)
def test_field_has_the_markup_of_govuk(component, name):
    example = read_example(component, name)

    bound = bound_field(component, example["options"])

    assert parse_html(bound.as_field_group()) == parse_html(expected_html(component, example))


def read_example(component, name):
    if not COMPONENTS.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("frontend/node_modules is missing: run npm ci in frontend/.")
        pytest.skip("NOT TESTED against GOV.UK's markup: run npm ci in frontend/ first.")
    examples = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    return next(example for example in examples if example["name"] == name)


def id_of(component, options):
    return options.get("id") or options.get("idPrefix") or options["name"]


def expected_html(component, example):
    """Their HTML, with our one rule for names: the field's name is its id."""
    options, html = example["options"], example["html"]
    id_ = id_of(component, options)
    if component == "date-input":
        prefix = options.get("namePrefix")
        for part in ("day", "month", "year"):
            old = f"{prefix}-{part}" if prefix else part
            html = html.replace(f'name="{old}"', f'name="{id_}_{part}"')
        return html
    if component == "select":
        html = html.replace(" disabled", "")  # Django's select disables no single option
    return html.replace(f'name="{options["name"]}"', f'name="{id_}"')


def bound_field(component, options):
    """A form with the one field that the example's options describe."""
    name, error = id_of(component, options), options.get("errorMessage", {}).get("text")
    fields, look = BUILDERS[component](name, options)
    title = options.get("label") or options["fieldset"]["legend"]
    fields[name].label = title.get("text") or title["html"].strip()
    fields[name].help_text = options.get("hint", {}).get("text", "")
    look[name] = {
        "size": size_of(title),
        "page_heading": title.get("isPageHeading", False),
    } | look.get(name, {})
    form_class = type("Example", (GovForm,), fields)
    form_class.gov = look
    form = form_class(auto_id="%s", initial={name: initial_of(component, options)})
    if error:
        parts = [part for part in ("day", "month", "year") if options.get(part, {}).get("error")]
        form._errors = {
            name: form.error_class(
                [ValidationError(error, params={"parts": parts})], renderer=form.renderer
            )
        }
    for value, html in revealed_html(options).items():
        form[look[name]["reveals"][value]].as_field_group = lambda html=html: html
    return form[name]


def revealed_html(options):
    items = [item for item in options.get("items") or () if isinstance(item, dict)]
    return {i["value"]: mark_safe(i["conditional"]["html"]) for i in items if i.get("conditional")}  # noqa: S308


def size_of(title):
    sizes = [size for size in ("s", "m", "l", "xl") if f"--{size}" in title.get("classes", "")]
    return sizes[0] if sizes else ""


def initial_of(component, options):
    if component == "date-input":
        values = options.get("values") or {}
        return Parts(**values) if values else None
    if component in {"radios", "checkboxes"}:
        chosen = options.get("values") or [
            item["value"] for item in options["items"] if item.get("checked")
        ]
        return (
            chosen if component == "checkboxes" else options.get("value") or (chosen or [None])[0]
        )
    if component == "select":
        chosen = [item["value"] for item in options["items"] if item.get("selected")]
        return options.get("value") or (chosen or [None])[0]
    return options.get("value")


class Parts:
    def __init__(self, day="", month="", year=""):
        self.day, self.month, self.year = day, month, year


def attrs_of(options):
    known = {
        "autocomplete": "autocomplete",
        "inputmode": "inputmode",
        "rows": "rows",
        "type": "type",
        "spellcheck": "spellcheck",
    }
    attrs = {known[key]: value for key, value in options.items() if key in known}
    return attrs | options.get("attributes", {})


def text_input(name, options):
    look = {side: options[side]["text"] for side in ("prefix", "suffix") if side in options}
    width = options.get("classes", "").removeprefix("govuk-input--width-")
    if width.isdigit():
        look["width"] = int(width)
    field = forms.CharField(
        widget=forms.TextInput(attrs_of(options)), disabled=options.get("disabled", False)
    )
    return {name: field}, {name: look}


def textarea(name, options):
    look = {"char_count": options["maxlength"]} if "maxlength" in options else {}
    return {name: forms.CharField(widget=forms.Textarea(attrs_of(options)))}, {name: look}


def password(name, options):
    attrs = {"autocomplete": "current-password"} | attrs_of(options)
    return {name: forms.CharField(widget=forms.PasswordInput(attrs))}, {}


def file_upload(name, options):
    return {name: forms.FileField(disabled=options.get("disabled", False))}, {}


def select(name, options):
    choices = [(item["value"], item["text"]) for item in options["items"]]
    return {name: forms.ChoiceField(choices=choices)}, {}


def date(name, options):
    return {name: DateField()}, {}


def group(widget):
    def build(name, options):
        items = options["items"]
        many = widget is forms.CheckboxSelectMultiple
        kind = forms.MultipleChoiceField if many else forms.ChoiceField
        choices = [(item["value"], item["text"]) for item in items]
        look = {
            "inline": "--inline" in options.get("classes", ""),
            "small": "--small" in options.get("classes", ""),
            "choice_hints": {i["value"]: i["hint"]["text"] for i in items if "hint" in i},
        }
        revealed = {value: f"{name}-{value}" for value in revealed_html(options)}
        fields = {name: kind(choices=choices, widget=widget)}
        fields |= {other: forms.CharField() for other in revealed.values()}
        return fields, {name: look | {"reveals": revealed}}

    return build


BUILDERS = {
    "input": text_input,
    "textarea": textarea,
    "character-count": textarea,
    "select": select,
    "radios": group(forms.RadioSelect),
    "checkboxes": group(forms.CheckboxSelectMultiple),
    "date-input": date,
    "password-input": password,
    "file-upload": file_upload,
}
