"""What the GOV.UK templates need to know about a field, worked out once, in Python."""

from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField

# The most particular first: a CheckboxInput is an Input, a RadioSelect is a Select.
KINDS = [
    (forms.CheckboxSelectMultiple, "checkboxes", ""),
    (forms.RadioSelect, "radios", ""),
    (forms.MultiWidget, "date", ""),
    (forms.CheckboxInput, "boolean", "govuk-checkboxes__input"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.PasswordInput, "password", "govuk-input"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.Widget, "input", "govuk-input"),
]
GROUPED = {"checkboxes", "radios", "date"}
DATE_WIDTHS = {"day": 2, "month": 2, "year": 4}
# Above this many characters, the count appears only when most of them are used.
LONG_TEXT = 500


@dataclass(frozen=True)
class Look:
    """How one field is to look: the values of a form's `gov` dictionary. A misspelt key fails."""

    size: str = "s"  # of the label or legend: "", "s", "m", "l"
    page_heading: bool = False  # the label is the page's h1
    width: int | None = None  # in characters: 2, 3, 4, 5, 10, 20, 30
    inline: bool = False
    small: bool = False
    prefix: str = ""
    suffix: str = ""
    char_count: int | None = None
    reveals: dict = field(default_factory=dict)  # choice value -> the field it reveals, or several
    choice_hints: dict = field(default_factory=dict)  # choice value -> hint
    part_labels: dict = field(default_factory=dict)  # part of a date -> label


def names_in(revealed):
    """The names of the fields that one choice reveals: one name, several, or None for none."""
    return (revealed,) if isinstance(revealed, str) else tuple(revealed or ())


class GovBoundField(BoundField):
    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        self.kind, self.css = next(
            (kind, css) for widget, kind, css in KINDS if isinstance(field.widget, widget)
        )
        self.look = Look(**self._wished(form))
        self.char_count = self.look.char_count
        if self.kind == "textarea" and self.char_count is None:
            self.char_count = getattr(field, "max_length", None)

    def _wished(self, form):
        wished = getattr(form, "gov", {}).get(self.name, {})
        if self.kind == "boolean" or self.name in getattr(form, "revealed", ()):
            return {"size": ""} | wished
        return wished

    @property
    def grouped(self):
        return self.kind in GROUPED

    @property
    def use_fieldset(self):
        return self.grouped

    @property
    def is_long(self):
        return bool(self.char_count) and self.char_count > LONG_TEXT

    @property
    def hint_id(self):
        return f"{self.auto_id}-hint"

    @property
    def messages(self):
        """(id, message) of each error of this field."""
        return [
            (f"{self.auto_id}-error" + (f"-{number}" if number > 1 else ""), message)
            for number, message in enumerate(self.errors, start=1)
        ]

    @property
    def aria_describedby(self):
        ids = [self.field.widget.attrs.get("aria-describedby", "")]
        if self.char_count:
            ids.append(f"{self.auto_id}-info")
        if self.help_text:
            ids.append(self.hint_id)
        ids += [id_ for id_, _ in self.messages]
        return " ".join(filter(None, ids))

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.is_hidden or (widget and widget.is_hidden):
            return attrs
        # The message says it, in aria-describedby; and the server, not the browser, validates.
        attrs.pop("aria-invalid", None)
        if css := self._css_classes():
            attrs["class"] = css
        return attrs

    def _css_classes(self):
        classes = [self.field.widget.attrs.get("class"), self.css]
        if self.look.width:
            classes.append(f"govuk-input--width-{self.look.width}")
        if self.errors and self.css and self.kind != "boolean":
            classes.append(f"{self.css}--error")
        if self.char_count:
            classes.append("govuk-js-character-count")
        if self.kind == "password":
            classes.append("govuk-password-input__input govuk-js-password-input-input")
        return " ".join(filter(None, classes))

    @cached_property
    def options(self):
        """Radios or checkboxes, each with its hint and what it reveals."""
        return [self._option(number, sub) for number, sub in enumerate(self.subwidgets, start=1)]

    def _option(self, number, sub):
        value = str(sub.data["value"])
        reveals = self.look.reveals.get(value)
        hint = self.look.choice_hints.get(value)
        # The first one has the field's own id, so that the error summary's link lands on it.
        id_ = self.auto_id if number == 1 else f"{self.auto_id}-{number}"
        own = {
            "id": id_,
            "class": f"govuk-{self.kind}__input",
            "checked": bool(sub.data["selected"]),
            "data-aria-controls": f"conditional-{id_}" if reveals else False,
            "aria-describedby": f"{id_}-item-hint" if hint else False,
        }
        return {
            "kind": self.kind,
            "type": "radio" if self.kind == "radios" else "checkbox",
            "id": id_,
            "name": sub.data["name"],
            "value": value,
            "label": sub.data["label"],
            "checked": own["checked"],
            "hint": hint,
            "reveals": [self.form[name] for name in names_in(reveals)],
            "attrs": _without(sub.data["attrs"], "required") | own,
        }

    @cached_property
    def date_parts(self):
        """The boxes of a date: day, month and year, and perhaps one for words.

        Any MultiWidget will do whose parts are named so. The words have the name that is left,
        and a label from the widget's `part_labels`. An error says in params["parts"] which boxes
        are wrong.
        """
        if self.kind != "date":
            return []
        widget, context = self.field.widget, self.subwidgets[0].data
        labels = getattr(widget, "part_labels", {}) | self.look.part_labels
        parts = [suffix.removeprefix("_") for suffix in widget.widgets_names]
        return [
            self._date_part(part, sub, labels.get(part, part.capitalize()))
            for part, sub in zip(parts, context["subwidgets"], strict=True)
        ]

    def _date_part(self, part, sub, label):
        id_ = f"{self.auto_id}-{part}"
        wrong = bool(self.errors) and (not self.wrong_parts or part in self.wrong_parts)
        width = DATE_WIDTHS.get(part)
        classes = ["govuk-input"]
        if width:
            classes += ["govuk-date-input__input", f"govuk-input--width-{width}"]
        if wrong:
            classes.append("govuk-input--error")
        attrs = _without(sub["attrs"], "required", "aria-invalid", "aria-describedby")
        return {
            "part": part,
            "in_words": part not in DATE_WIDTHS,
            "label": label,
            "id": id_,
            "name": sub["name"],
            "value": sub["value"],
            "attrs": attrs | {"id": id_, "class": " ".join(classes)},
        }

    @property
    def wrong_parts(self):
        """Which boxes the errors are about, where the field said so; else all of them."""
        return {
            part
            for error in self.errors.as_data()
            for part in (error.params or {}).get("parts", ())
        }

    @property
    def error_target(self):
        """Where a link of the error summary leads: the first control that is wrong."""
        if self.kind != "date":
            return self.auto_id
        first = next(
            (part for part in self.date_parts if part["part"] in self.wrong_parts),
            self.date_parts[0],
        )
        return first["id"]


def _without(attrs, *names):
    return {name: value for name, value in attrs.items() if name not in names}
