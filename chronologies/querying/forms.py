from django import forms

from chronologies.models import Entry
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.querying.forms import FileMixin, file_field, question_field, words_field


class EntryQueryForm(FreeTextForm):
    text = question_field()
    key = single_use_key()


class FindForm(GovForm):
    words = forms.CharField(label="Find entries with these words", required=False)


class FoundForm(FileMixin):
    """`entries` are those that the page offers, and those that were chosen on it before."""

    entries = forms.ModelMultipleChoiceField(
        label="In which entries does it stand?",
        help_text="Those that were added last stand first.",
        queryset=Entry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one entry of your chronology"},
    )
    text = words_field("Anything to add?")
    file = file_field()
    key = single_use_key()

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries
        self.fields["entries"].label_from_instance = _named


def _named(entry):
    words = " ".join(entry.text.split())
    short = words if len(words) <= 160 else f"{words[:160].rsplit(' ', 1)[0]} …"
    return f"{entry.date or 'No date given'}: {short}"
