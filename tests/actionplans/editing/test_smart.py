import pytest

from actionplans.editing import smart
from actionplans.editing.queries import prompts_by_row
from actionplans.models import Status
from foundations.dates import parse
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)

pytestmark = pytest.mark.django_db

MEASURE = "Nothing says how we shall know that it is done."


def row_of(text, **said):
    said.setdefault("target", parse("May 2027").value)
    row = ActionFactory(text=text, **said).row
    row.owner_as_written = "Head of training"
    return row


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Write a course for every officer", {MEASURE}),
        ("Write a course and audit its use", set()),
        ("Train 40 officers in risk assessment", set()),
        (
            "Consider a course for every officer",
            {"“Consider” does not say what is to be done.", MEASURE},
        ),
        ("Train staff", {"It is very short: say more of what is to be done.", MEASURE}),
    ],
)
def test_what_is_to_be_done_and_how_we_shall_know(text, missing):
    row = row_of(text)

    assert set(smart.prompts_of(row, has_milestones=False)) - {"No agency leads it."} == missing


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "It has no date."),
        ("ongoing", "“ongoing” gives no date."),
        ("May 2027", None),
        ("6 months after publication", None),
    ],
)
def test_by_when(target, said):
    value = parse(target).value
    row = row_of("Write a course and audit its use", target=value, target_as_written=target)

    prompts = smart.prompts_of(row, has_milestones=True)

    assert [text for text in prompts if "date" in text] == ([said] if said else [])


def test_by_whom():
    row = ActionFactory(text="Write a course and audit its use").row
    assert {"No agency leads it.", "Nobody is named to do it."} <= set(
        smart.prompts_of(row, has_milestones=True)
    )

    RecommendationLeadFactory(recommendation=row.recommendation)

    row.refresh_from_db()
    assert "No agency leads it." not in smart.prompts_of(row, has_milestones=True)


def test_milestones_say_how_we_shall_know():
    row = ActionFactory(text="Write a course for every officer").row
    MilestoneFactory(recommendation=row.recommendation)

    assert MEASURE not in prompts_by_row([row])[row.pk]


def test_nobody_words_anew_what_is_finished_or_claimed_to_be():
    done = ActionFactory().row
    done.status = Status.DONE
    claimed = RecommendationFactory(claimed_status="completed").rows.get()

    assert prompts_by_row([done, claimed]) == {}
