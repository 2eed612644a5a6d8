"""A date that somebody remembers or reads from a record: in boxes, or in words."""

from django import forms
from django.core.exceptions import ValidationError

from foundations.dates.parsing import parse
from foundations.dates.value import PartialDate
from foundations.dates.words import MONTH_NAMES, MONTHS, fold, tidy

BOXES = ("day", "month", "year")
PARTS = (*BOXES, "text")
LONGEST_WORDS = 200
_EXAMPLES = "14 September 2008, September 2008, mid-September 2008, or between May and July 2008"
_IN_BOXES = {"day": 3, "month": 2, "year": 1}


class PartialDateInput(forms.MultiWidget):
    """Three boxes and a line for words. Works as plain HTML."""

    part_labels = {"text": "Or in words, for example mid-September 2011"}

    def __init__(self, attrs=None):
        number = {"inputmode": "numeric"}
        widgets = {
            "day": forms.TextInput(number),
            "month": forms.TextInput(),
            "year": forms.TextInput(number),
            "text": forms.TextInput({"maxlength": LONGEST_WORDS}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        """Boxes for what three boxes can say, words for the rest."""
        if not isinstance(value, PartialDate) or not value:
            return ["", "", "", ""]
        if value.precision in _IN_BOXES and not value.circa:
            return [*_boxes(value), ""]
        return ["", "", "", value.text or str(value)]

    def id_for_label(self, id_):
        return f"{id_}-day" if id_ else id_


def _boxes(value):
    first = value.earliest
    kept = _IN_BOXES[value.precision]
    return [
        "" if 3 - i > kept else str(n) for i, n in enumerate((first.day, first.month, first.year))
    ]


class PartialDateFormField(forms.MultiValueField):
    """Day and month may be left out; the month may be a name. Gives a PartialDate, empty if nothing is said.

    A date that is not certain is refused with what to write instead: the person is here to ask.
    """

    widget = PartialDateInput

    def __init__(self, *, what="Date", **kwargs):
        self.what = what
        boxes = [forms.CharField(required=False) for _ in PARTS]
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)

    def clean(self, value):
        written = dict(zip(PARTS, (tidy(part or "") for part in value or [""] * 4), strict=True))
        in_boxes = [part for part in BOXES if written[part]]
        if in_boxes and written["text"]:
            raise _wrong(
                f"{self.what} must be in the boxes or in words, not both", (*in_boxes, "text")
            )
        found = self._from_boxes(written) if in_boxes else self._from_words(written["text"])
        if not found and self.required:
            raise _wrong(self.error_messages["required"], BOXES)
        self.run_validators(found)
        return found

    def _from_words(self, text):
        if not text:
            return PartialDate.none()
        if len(text) > LONGEST_WORDS:
            raise _wrong(f"{self.what} must be {LONGEST_WORDS} characters or fewer", ["text"])
        reading = parse(text)
        if reading.doubts:
            raise _wrong(f"{reading.doubts[0]} Enter a date such as {_EXAMPLES}", ["text"])
        return reading.value

    def _from_boxes(self, written):
        missing = self._missing(written)
        if missing:
            raise _wrong(f"{self.what} must include a {missing}", [missing])
        day, month, year = (self._number(part, written[part]) for part in BOXES)
        words = " ".join(filter(None, (day and str(day), month and MONTH_NAMES[month - 1], year)))
        reading = parse(words)
        if reading.value.precision == "invalid":
            wrong = ["day"] if reading.value.is_bounded else ["year"]
            raise _wrong(f"{self.what} must be a real date. {reading.doubts[0]}", wrong)
        return reading.value

    def _missing(self, written):
        if not written["year"]:
            return "year"
        return "month" if written["day"] and not written["month"] else None

    def _number(self, part, text):
        if not text:
            return None
        text = fold(text)
        if part == "month" and text.rstrip(".") in MONTHS:
            return MONTHS[text.rstrip(".")]
        if not text.isdecimal():
            raise _wrong(f"{self.what} must be a real date: enter the {part} as a number", [part])
        if part == "year":
            return self._year(text)
        if len(text) > 2 or not 1 <= int(text) <= (12 if part == "month" else 31):
            most = 12 if part == "month" else 31
            raise _wrong(f"{part.capitalize()} must be between 1 and {most}", [part])
        return int(text)

    def _year(self, text):
        if len(text) != 4:
            raise _wrong("Year must include 4 numbers", ["year"])
        return text

    def _clean_bound_field(self, bound_field):
        """What nobody touched stays as it was: its own words, and what it counts from."""
        if isinstance(bound_field.initial, PartialDate) and not self.has_changed(
            bound_field.initial, bound_field.data
        ):
            return bound_field.initial
        return super()._clean_bound_field(bound_field)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        before = self.widget.decompress(initial)
        return before != [tidy(part or "") for part in data or [""] * 4]


def _wrong(message, parts):
    # With params, the message is a format: what somebody wrote may hold a percent sign.
    message = str(message).replace("%", "%%")
    return ValidationError(message, code="invalid", params={"parts": tuple(parts)})
