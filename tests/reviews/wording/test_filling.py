import pytest

from reviews.wording.filling import fill, problems, still_missing
from reviews.wording.house import HOUSE
from reviews.wording.kinds import FIELDS, Kind, known_fields


def test_a_field_is_replaced_by_its_fact():
    filled = fill("About {{ review.reference }}.", {"review.reference": "DHR-1"})

    assert (filled.text, filled.missing) == ("About DHR-1.", ())


@pytest.mark.parametrize("written", ["{{review.reference}}", "{{  review.reference  }}"])
def test_white_space_inside_a_field_means_nothing(written):
    assert fill(written, {"review.reference": "DHR-1"}).text == "DHR-1"


def test_a_fact_is_never_looked_at_again():
    facts = {"decision.reasons": "{{ review.reference }} {% if %}", "review.reference": "DHR-1"}

    assert fill("{{ decision.reasons }}", facts).text == "{{ review.reference }} {% if %}"


def test_a_field_without_a_fact_stays_to_be_seen():
    filled = fill("On {{ decision.date }}, {{ decision.date }}", {"decision.date": " "})

    assert filled.missing == ("the date of the decision",)
    assert filled.text.count("[Still to fill in: the date of the decision]") == 2
    assert still_missing(filled.text) == ("the date of the decision",)


def test_a_field_of_the_kind_is_no_problem():
    assert problems("{{ review.reference }}", Kind.AGENDA) == []


@pytest.mark.parametrize(
    "name",
    [
        "review.nickname",
        "decision.date",  # of a letter, not of an agenda
        "review.__class__",
        "''.__class__.__mro__",
        "review.reference|upper",
        "",
    ],
)
def test_any_other_name_is_named_with_the_known_ones(name):
    (problem,) = problems(f"About {{{{ {name} }}}}", Kind.AGENDA)

    assert problem.startswith(
        f"“{{{{\xa0{name}\xa0}}}}” is not a field of this text. Its fields are"
    )
    assert "{{\xa0meeting.date\xa0}}" in problem


def test_a_field_that_was_copied_from_the_message_is_known():
    copied = "{{\xa0review.reference\xa0}}"

    assert problems(copied, Kind.AGENDA) == []
    assert fill(copied, {"review.reference": "DHR-1"}).text == "DHR-1"


@pytest.mark.parametrize("text", ["{{ review.reference", "review.reference }}", "{{ a\n{{ b }}"])
def test_a_field_must_be_closed(text):
    assert problems(text, Kind.AGENDA)[-1] == (
        "A field must open with {{ and close with }}, on one line"
    )


def test_a_field_with_one_brace_does_not_go_out_as_it_is():
    (said,) = problems(
        "Dear {chair.name}, of {the panel} {{ review.reference }}", Kind.AGENCY_SCOPING
    )

    assert "{chair.name}" in said
    assert "two braces" in said


def test_the_tags_of_a_template_engine_are_refused():
    assert problems("{% include 'x' %}", Kind.DECISION_CRITERIA) == [
        "“{%” is not used here. This text has no fields"
    ]


@pytest.mark.parametrize("kind", Kind)
def test_the_house_uses_only_fields_of_the_kind(kind):
    title, text = HOUSE[kind]

    assert (problems(title, kind), problems(text, kind)) == ([], [])


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_kind_says_what_it_stands_for(kind):
    assert set(known_fields(kind)) <= set(FIELDS)
