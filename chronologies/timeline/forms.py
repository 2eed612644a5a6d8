from django import forms
from django.core.exceptions import ValidationError

from chronologies.queries import TEAM_PLACE
from foundations.dates import parse
from foundations.gov.forms import GovForm

WIDTHS = {
    "0": "No days more",
    "3": "3 days before and after",
    "7": "A week before and after",
    "14": "Two weeks before and after",
    "31": "A month before and after",
    "92": "Three months before and after",
}
USUAL = "14"


class AroundForm(GovForm):
    """Whose accounts, and around which date; without a date, all that is dated."""

    gov = {"date": {"width": 20}, "agency": {"small": True}}

    date = forms.CharField(
        label="Around this date",
        help_text="For example 12 March 2011, March 2011 or mid-September 2011",
        required=False,
        max_length=60,
    )
    width = forms.ChoiceField(
        label="How far around it", required=False, choices=list(WIDTHS.items()), initial=USUAL
    )
    agency = forms.MultipleChoiceField(
        label="Agencies to read next to each other",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, *, places):
        data = data.copy()
        data.setdefault("width", USUAL)
        super().__init__(data)
        self.fields["agency"].choices = [(place.key, place.name) for place in places]

    def clean_date(self):
        written = self.cleaned_data["date"]
        value = parse(written).value
        if written and not (value.earliest and value.latest):
            raise ValidationError("Enter a date such as 2011, March 2011 or 14.09.2011")
        return value

    def clean_width(self):
        return int(self.cleaned_data["width"] or USUAL)

    @property
    def keys(self):
        """Each agency once, in the order of the columns."""
        chosen = self.cleaned_data.get("agency", [])
        return [key for key, _ in self.fields["agency"].choices if key in chosen]


def of_places(keys):
    """The ids of participations among the keys, and whether the review team's is one of them."""
    return [key for key in keys if key != TEAM_PLACE.key], TEAM_PLACE.key in keys
