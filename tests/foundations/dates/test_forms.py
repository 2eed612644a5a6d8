from datetime import date

import pytest
from django import forms

from foundations.dates import PartialDate, parse
from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm


class MeetingForm(GovForm):
    held = PartialDateFormField(label="Date of the meeting", what="Date of the meeting")


class OptionalForm(forms.Form):
    held = PartialDateFormField(required=False)


def _form(day="", month="", year="", text="", *, form=MeetingForm, **kwargs):
    data = {"held_day": day, "held_month": month, "held_year": year, "held_text": text}
    return form(data, **kwargs)


@pytest.mark.parametrize(
    ("boxes", "text", "precision"),
    [
        (("14", "9", "2008"), "14 September 2008", "day"),
        (("14", "sept", "2008"), "14 September 2008", "day"),
        (("", "September", "2008"), "September 2008", "month"),
        (("", "09", "2008"), "September 2008", "month"),
        (("", "", "2008"), "2008", "year"),
    ],
)
def test_day_and_month_may_be_left_out(boxes, text, precision):
    form = _form(*boxes)

    assert form.errors == {}
    assert form.cleaned_data["held"] == parse(text).value
    assert form.cleaned_data["held"].precision == precision


def test_words_are_an_alternative():
    form = _form(text="mid-September 2011")

    assert form.errors == {}
    assert form.cleaned_data["held"] == PartialDate(
        "mid-September 2011", date(2011, 9, 11), date(2011, 9, 20), "part-month", circa=True
    )


@pytest.mark.parametrize(
    ("boxes", "message", "parts"),
    [
        (("14", "9", ""), "Date of the meeting must include a year", {"year"}),
        (("14", "", "2008"), "Date of the meeting must include a month", {"month"}),
        (("14", "9", "08"), "Year must include 4 numbers", {"year"}),
        (("14", "13", "2008"), "Month must be between 1 and 12", {"month"}),
        (("32", "9", "2008"), "Day must be between 1 and 31", {"day"}),
        (
            ("31", "9", "2020"),
            "Date of the meeting must be a real date. September 2020 has no day 31.",
            {"day"},
        ),
        (
            ("1", "1", "1066"),
            "Date of the meeting must be a real date. The year 1066 cannot be right.",
            {"year"},
        ),
        (
            ("14", "Septober", "2008"),
            "Date of the meeting must be a real date: enter the month as a number",
            {"month"},
        ),
    ],
)
def test_an_error_says_what_to_do_and_marks_the_box_that_is_wrong(boxes, message, parts):
    form = _form(*boxes)

    assert form.errors == {"held": [message]}
    assert form["held"].wrong_parts == parts


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("last week", "It does not say from when this counts. Enter a date such as"),
        ("31 September 2020", "September 2020 has no day 31. Enter a date such as"),
        ("05/13/2011", "There is no month 13."),
        ("100% sure", "This could not be read as a date."),
        ("12.05.2011 % police", "Only “12.05.2011” was read as the date"),
    ],
)
def test_words_that_are_not_certain_are_refused_with_what_to_write(text, begins):
    form = _form(text=text)

    (message,) = form.errors["held"]
    assert message.startswith(begins)
    assert form["held"].wrong_parts == {"text"}


def test_boxes_and_words_together_are_refused():
    form = _form("14", "9", "2008", "autumn 2008")

    assert form.errors == {
        "held": ["Date of the meeting must be in the boxes or in words, not both"]
    }


def test_very_long_words_are_refused():
    form = _form(text="x" * 201)

    assert form.errors == {"held": ["Date of the meeting must be 200 characters or fewer"]}


def test_nothing_is_refused_where_a_date_is_needed():
    assert _form().errors == {"held": ["Enter the date of the meeting"]}


def test_not_dated_is_an_answer():
    form = _form(text="Not dated")

    assert form.errors == {}
    assert form.cleaned_data["held"] == parse("Not dated").value


def test_nothing_is_the_empty_value_where_no_date_is_needed():
    form = _form(form=OptionalForm)

    assert form.errors == {}
    assert form.cleaned_data["held"] == PartialDate.none()


def test_a_missing_field_is_as_nothing():
    assert OptionalForm({}).errors == {}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("14.09.2008", ["14", "9", "2008", ""]),
        ("September 2008", ["", "9", "2008", ""]),
        ("2008", ["", "", "2008", ""]),
        ("circa 2008", ["", "", "", "circa 2008"]),
        ("mid-September 2011", ["", "", "", "mid-September 2011"]),
        ("31 September 2020", ["", "", "", "31 September 2020"]),
        ("", ["", "", "", ""]),
    ],
)
def test_boxes_hold_what_they_can_say_and_words_the_rest(written, shown):
    assert PartialDateFormField().widget.decompress(parse(written).value) == shown


def test_what_nobody_touched_keeps_its_words_and_what_it_counts_from():
    kept = parse("The following month", above=parse("29.04.2011").value).value

    form = _form("", "5", "2011", initial={"held": kept})

    assert form.errors == {}
    assert form.cleaned_data["held"] is kept


def test_what_somebody_changed_is_read_again():
    form = _form("", "6", "2011", initial={"held": parse("05/2011").value})

    assert form.errors == {}
    assert form.cleaned_data["held"] == parse("June 2011").value


def test_it_is_plain_html_with_a_label_for_the_words():
    html = str(_form(text="autumn 2013"))

    assert 'name="held_text"' in html
    assert 'value="autumn 2013"' in html
    assert "Or in words, for example mid-September 2011" in html
