"""The base of every form of ours.

    class ContactForm(GovForm):
        gov = {"reason": {"reveals": {"other": "other_reason"}}, "code": {"width": 10}}

`gov` says how a field is to look; its keys are those of foundations.gov.boundfield.Look.
In a template: {% gov_error_summary form %} above the h1, {{ form }} inside <form novalidate>.
"""

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.utils import pretty_name

from foundations.gov.boundfield import names_in
from foundations.gov.renderers import GovRenderer

STOCK_REQUIRED = str(forms.Field.default_error_messages["required"])
STOCK_LONG = MaxLengthValidator.message
CHOSEN = (forms.Select, forms.CheckboxSelectMultiple)
DETERMINERS = ("the ", "a ", "an ", "your ", "any ", "every ", "which ", "what ", "how ", "who ")


class TooLongSaid(str):
    """What is said of a text that is too long, with its numbers in groups of three."""

    __slots__ = ()

    def __mod__(self, params):
        most, there = params["limit_value"], params["show_value"]
        return f"Use at most {most:,} characters. There are {there:,} now"


class GovFormMixin:
    default_renderer = GovRenderer
    use_required_attribute = False
    gov = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if str(field.error_messages.get("required")) == STOCK_REQUIRED:
                field.error_messages["required"] = required_message(field, name)
            for validator in field.validators:
                if isinstance(validator, MaxLengthValidator) and validator.message is STOCK_LONG:
                    validator.message = TooLongSaid()
            tidy_attrs(field.widget)

    @property
    def revealed(self):
        """The fields that a choice of another field reveals."""
        looks = (look.get("reveals", {}) for look in self.gov.values())
        return {name for look in looks for revealed in look.values() for name in names_in(revealed)}

    @property
    def top_fields(self):
        return [bound for bound in self if bound.name not in self.revealed]

    @property
    def error_list(self):
        """(id to go to or None, message) of every error, in the order of the fields."""
        first = next((bound.error_target for bound in self.visible_fields()), None)
        errors = [(first, message) for message in self.non_field_errors()]
        for bound in self:
            target = None if bound.is_hidden else bound.error_target
            errors += [(target, message) for message in bound.errors]
        return errors


class GovForm(GovFormMixin, forms.Form):
    pass


def tidy_attrs(widget):
    """Drop what Django adds to a control and GOV.UK does without."""
    attrs = widget.attrs
    # A browser that cuts pasted text off at maxlength loses it without a word.
    attrs.pop("maxlength", None)
    if isinstance(widget, forms.Textarea):
        attrs.pop("cols", None)
        if attrs.get("rows") == "10":  # Django's own; one that a form chose is an int
            attrs["rows"] = 5
    if isinstance(widget, forms.PasswordInput):
        attrs |= {"spellcheck": "false", "autocapitalize": "none"} | attrs


def required_message(field, name):
    """What to do, not what is missing: "Enter the date of the meeting"."""
    label = str(field.label or pretty_name(name))
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Select “{label}” to go on"
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field.widget, forms.FileInput):
        return "Choose a file"
    verb = "Select" if isinstance(field.widget, CHOSEN) else "Enter"
    thing = lower_first(label)
    return f"{verb} {thing}" if thing.startswith(DETERMINERS) else f"{verb} the {thing}"


def lower_first(label):
    """For the middle of a sentence; an abbreviation such as IMR keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
