import datetime

import pytest
from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm


class DeadlineForm(GovForm):
    due = DateField(label="When is it due?", what="Date due")


def sent(day="", month="", year=""):
    return DeadlineForm({"due_day": day, "due_month": month, "due_year": year})


def test_three_boxes_make_a_date():
    form = sent("14", " 3 ", "2027")

    assert form.is_valid()
    assert form.cleaned_data == {"due": datetime.date(2027, 3, 14)}


@pytest.mark.parametrize(
    ("boxes", "error"),
    [
        (("", "", ""), ("id_due-day", "Enter the date due")),
        (("14", "", ""), ("id_due-month", "Date due must include a month and a year")),
        (("", "3", "2027"), ("id_due-day", "Date due must include a day")),
        (("14", "March", "2027"), ("id_due-month", "Date due must be a real date, in figures")),
        (("1_4", "3", "2027"), ("id_due-day", "Date due must be a real date, in figures")),
        (("31", "2", "2027"), ("id_due-day", "Date due must be a real date")),
        (("1", "13", "2027"), ("id_due-month", "Date due must be a real date")),
        (("1", "3", "27"), ("id_due-year", "Year of the date due must have 4 figures")),
        (("1", "3", "0000"), ("id_due-day", "Date due must be a real date")),
    ],
)
def test_wrong_boxes_are_named(boxes, error):
    assert sent(*boxes).error_list == [error]


@pytest.mark.parametrize(
    ("what", "label", "error"),
    [
        ("Day", "By when?", "The date for “By when?” must be a real date"),
        ("Day", "Day of the visit", "Day must be a real date"),
        ("New day", "Until when?", "New day must be a real date"),
    ],
)
def test_a_date_without_a_name_of_its_own_is_named_by_its_question(what, label, error):
    class Form(GovForm):
        due = DateField(what=what, label=label)

    form = Form({"due_day": "31", "due_month": "2", "due_year": "2027"})

    assert form.error_list == [("id_due-day", error)]


def test_only_the_wrong_box_is_marked():
    html = sent("31", "2", "2027")["due"].as_field_group()

    assert html.count("govuk-input--error") == 1


def test_date_that_need_not_be_given_is_none():
    class Form(GovForm):
        due = DateField(required=False)

    form = Form({})

    assert form.is_valid()
    assert form.cleaned_data == {"due": None}


def test_saved_date_fills_the_boxes():
    html = str(DeadlineForm(initial={"due": datetime.date(2027, 3, 14)}))

    assert [f'value="{n}"' in html for n in (14, 3, 2027)] == [True, True, True]


@pytest.mark.parametrize(("day", "changed"), [("14", False), ("15", True)])
def test_change_is_noticed(day, changed):
    data = {"due_day": day, "due_month": "3", "due_year": "2027"}

    assert DeadlineForm(data, initial={"due": datetime.date(2027, 3, 14)}).has_changed() is changed


class WordsInput(forms.MultiWidget):
    part_labels = {"text": "Or in words"}

    def __init__(self):
        super().__init__(dict.fromkeys(("day", "month", "year", "text"), forms.TextInput))

    def decompress(self, value):
        return value or [None] * 4


class WordsForm(GovForm):
    when = forms.Field(label="When", widget=WordsInput(), required=False)


def test_box_for_words_stands_below_the_boxes_for_figures():
    html = WordsForm()["when"].as_field_group()

    assert '<label class="govuk-label" for="id_when-text">Or in words</label>' in html
    assert html.index('name="when_year"') < html.index('name="when_text"')
