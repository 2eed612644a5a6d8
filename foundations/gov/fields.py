import datetime

from django import forms
from django.core.exceptions import ValidationError

from foundations.gov.forms import STOCK_REQUIRED, lower_first
from foundations.gov.widgets import DateInput

PARTS = ("day", "month", "year")
# These say nothing of which date is meant, where a page asks for several.
GENERIC = {"Date", "Day"}


class DateField(forms.MultiValueField):
    """A whole date that the service itself sets, such as a deadline: a datetime.date.

    A date that somebody remembered or wrote is a partial date: see foundations.dates.
    """

    widget = DateInput

    def __init__(self, *, what="Date", **kwargs):
        self.what = what
        boxes = [forms.CharField(required=False) for _ in PARTS]
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)
        if str(self.error_messages["required"]) == STOCK_REQUIRED:
            self.error_messages["required"] = f"Enter the {lower_first(what)}"

    @property
    def named(self):
        """How an error names it: by its question, where it has no name of its own."""
        asks = self.what in GENERIC and str(self.label or "").endswith("?")
        return f"The date for “{self.label}”" if asks else self.what

    @property
    def _year(self):
        if self.named != self.what:
            return f"The year for “{self.label}”"
        return f"Year of the {lower_first(self.what)}"

    def clean(self, value):
        written = dict(zip(PARTS, ((box or "").strip() for box in value or [""] * 3), strict=True))
        missing = [part for part, text in written.items() if not text]
        if len(missing) == len(PARTS):
            if self.required:
                raise _wrong(self.error_messages["required"], PARTS)
            return None
        if missing:
            names = " and ".join(f"a {part}" for part in missing)
            raise _wrong(f"{self.named} must include {names}", missing)
        result = self._real_date(written)
        self.run_validators(result)
        return result

    def _real_date(self, written):
        if odd := [part for part, text in written.items() if not text.isdecimal()]:
            raise _wrong(f"{self.named} must be a real date, in figures", odd)
        if len(written["year"]) != 4:
            raise _wrong(f"{self._year} must have 4 figures", ["year"])
        day, month, year = (int(written[part]) for part in PARTS)
        try:
            return datetime.date(year, month, day)
        except ValueError:
            part = "month" if not 1 <= month <= 12 else "day"
            raise _wrong(f"{self.named} must be a real date", [part]) from None

    def has_changed(self, initial, data):
        before = [str(box or "") for box in self.widget.decompress(initial)]
        return not self.disabled and before != [box or "" for box in data or [""] * 3]


def _wrong(message, parts):
    return ValidationError(message, code="invalid", params={"parts": tuple(parts)})
