"""What was changed here, and a corrected version of the file it came from."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from actionplans import services as plans
from actionplans.editing import services
from actionplans.editing.services import words_of
from actionplans.models import Recommendation
from actionplans.progress.services import report
from actionplans.rows.models import PlanRow
from foundations.dates import parse
from tests.actionplans.files import REFER, TRAIN, changed, draft_of
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def save(review, *rows):
    draft, content = draft_of(review, *rows)
    plans.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())
    return Recommendation.objects.live().get(review=review, number=rows[0][0])


def change(action, **said):
    words = replace(words_of(action), **said)
    return services.change_action(action, words, reason="The panel asked", by=UserFactory())


def doubts(one):
    one.refresh_from_db()
    return [doubt["message"] for doubt in one.doubts if doubt["kind"] == "changed here"]


def test_words_that_were_changed_here_stay_and_the_files_new_ones_are_told(review):
    one = save(review, TRAIN)
    action = one.actions.get()
    change(action, text="Write two courses")

    save(review, changed(TRAIN, action="Write the course now"))

    action.refresh_from_db()
    assert action.text == "Write two courses"
    assert doubts(one) == [
        "The action “Write two courses” was changed here. The corrected file now says “Write the "
        "course now”. What was written here stays."
    ]


def test_what_the_file_says_again_is_no_news(review):
    one = save(review, TRAIN)
    action = one.actions.get()
    change(action, text="Write two courses")

    save(review, changed(TRAIN, status="Completed"))

    action.refresh_from_db()
    assert (action.text, one.actions.count()) == ("Write two courses", 1)
    assert doubts(one) == []


def test_an_action_that_was_taken_away_here_does_not_come_back(review):
    one = save(review, TRAIN)
    services.remove_action(one.actions.get(), reason="Twice", by=UserFactory())

    save(review, changed(TRAIN, target="May 2024"))

    assert not one.actions.live().exists()
    assert doubts(one) == []


def test_an_action_that_was_changed_here_stays_without_its_file(review):
    one = save(review, TRAIN)
    action = change(one.actions.get(), text="Write two courses")

    save(review, changed(TRAIN, action=""))

    action.refresh_from_db()
    assert action.withdrawn_at is None
    assert doubts(one) == [
        "The action “Write two courses” was changed here, and the corrected file no longer has it. "
        "It stays."
    ]


def test_who_leads_an_action_here_still_reads_it_after_a_corrected_file(review):
    one = save(review, TRAIN)
    part, joint = (ParticipationFactory(review=review) for _ in range(2))
    change(one.actions.get(), lead=part, joint_leads=(joint,))

    save(review, changed(TRAIN, status="Completed"))

    assert {part, joint} <= set(one.leads.all())
    assert set(PlanRow.objects.get(action__recommendation=one).leads.all()) == {part, joint}


def test_a_target_that_was_moved_here_outlives_a_corrected_file(review):
    one = save(review, REFER)
    row = one.rows.get()
    report(
        row,
        answer="slipped",
        words="No trainer",
        new_target=parse("May 2027").value,
        why_moved="No trainer",
        by=UserFactory(),
        key=uuid.uuid4(),
        seen=None,
        on=date(2026, 11, 22),
    )

    save(review, changed(REFER, target="30.06.2024"))

    one.refresh_from_db()
    row.refresh_from_db()
    assert (one.target_as_written, row.due) == ("May 2027", date(2027, 5, 31))
    assert doubts(one) == [
        "The corrected file gives the target date “30.06.2024”, but it was moved here. The date "
        "given here stays."
    ]
