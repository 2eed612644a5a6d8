import pytest
from django import forms
from django.core.exceptions import ValidationError

from foundations.gov.forms import GovForm, required_message


class MeetingForm(GovForm):
    gov = {
        "kind": {"reveals": {"other": "other_kind"}, "choice_hints": {"visit": "At the address"}}
    }

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(label="Place of the meeting", max_length=60, help_text="A town")
    kind = forms.ChoiceField(
        label="What kind was it?",
        choices=[("visit", "Visit"), ("other", "Something else")],
        widget=forms.RadioSelect,
    )
    other_kind = forms.CharField(label="Describe the kind", required=False)
    notes = forms.CharField(widget=forms.Textarea, max_length=4000, required=False)

    def clean(self):
        if self.cleaned_data.get("place") == "nowhere":
            raise ValidationError("Choose another place.")


def test_error_list_names_each_control_in_the_order_of_the_fields():
    form = MeetingForm({})

    assert form.error_list == [
        ("id_place", "Enter the place of the meeting"),
        ("id_kind", "Answer “What kind was it?”"),
    ]


def test_error_of_the_whole_form_leads_to_its_first_control():
    form = MeetingForm({"place": "nowhere", "kind": "visit"})

    assert form.error_list == [("id_place", "Choose another place.")]


def test_error_of_a_hidden_field_leads_nowhere():
    form = MeetingForm({"place": "here", "kind": "visit"})
    form.add_error("token", "This page is out of date.")

    assert form.error_list == [(None, "This page is out of date.")]


def test_revealed_field_is_printed_once_inside_what_reveals_it():
    html = str(MeetingForm())

    assert html.count('name="other_kind"') == 1
    assert html.index('id="conditional-id_kind-2"') < html.index('name="other_kind"')


def test_one_choice_reveals_several_fields():
    class DoubtForm(GovForm):
        gov = {"right": {"reveals": {"no": ("why", "instead")}}}
        right = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
        why = forms.CharField()
        instead = forms.CharField()

    html = str(DoubtForm())

    opened = html.index('id="conditional-id_right-2"')
    assert [html.count(f'name="{name}"') for name in ("why", "instead")] == [1, 1]
    assert opened < html.index('name="why"') < html.index('name="instead"')


def test_revealed_field_is_hidden_until_its_choice_is_made():
    closed = (
        'govuk-radios__conditional govuk-radios__conditional--hidden" id="conditional-id_kind-2"'
    )

    assert closed in str(MeetingForm())
    assert closed not in str(MeetingForm({"kind": "other"}))


def test_hint_and_every_error_describe_the_control():
    form = MeetingForm({"kind": "visit"})
    form.add_error("place", "Use letters only.")

    assert 'aria-describedby="id_place-hint id_place-error id_place-error-2"' in str(form["place"])


def test_browser_is_not_asked_to_validate_or_to_cut_text_off():
    html = str(MeetingForm())

    assert " required" not in html
    assert " maxlength" not in html


def test_long_text_counts_its_characters():
    html = MeetingForm()["notes"].as_field_group()

    assert 'data-maxlength="4000" data-threshold="75"' in html
    assert "You can enter up to 4000 characters" in html


def test_value_is_escaped():
    html = str(MeetingForm({"place": '"><script>'})["place"])

    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_misspelt_look_fails():
    class Misspelt(GovForm):
        gov = {"place": {"widht": 10}}
        place = forms.CharField()

    with pytest.raises(TypeError, match="widht"):
        str(Misspelt())


def test_message_of_its_own_is_kept():
    class Chosen(GovForm):
        place = forms.CharField(error_messages={"required": "Say where it was"})

    assert Chosen({}).errors == {"place": ["Say where it was"]}


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (forms.CharField(label="Source reference"), "Enter the source reference"),
        (forms.CharField(label="Your name"), "Enter your name"),
        (forms.CharField(label="IMR title"), "Enter the IMR title"),
        (forms.CharField(), "Enter the some name"),
        (forms.CharField(label="What happened?"), "Answer “What happened?”"),
        (forms.ChoiceField(label="Agency"), "Select the agency"),
        (forms.FileField(label="Upload your chronology"), "Choose a file"),
        (forms.BooleanField(label="I have checked it"), "Select “I have checked it” to go on"),
    ],
)
def test_empty_box_is_told_what_to_do(field, message):
    assert required_message(field, "some_name") == message
