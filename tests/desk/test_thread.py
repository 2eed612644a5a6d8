"""The golden thread of a recommendation, down to the words of the evidence and up to its progress."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Status
from actionplans.progress.models import Answer
from audit.models import Event
from desk.thread import led_to, thread_of
from reviews.panel.services.declaring import record_conflict
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    RecommendationLessonFactory,
)
from tests.factories.actionplans_progress import VerdictFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import (
    EvidenceFactory,
    FindingFactory,
    LessonFactory,
    LessonFindingFactory,
    a_heading,
    contact_in,
    minutes_in,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory

pytestmark = pytest.mark.django_db


def tied(review=None, *, text="She asked for help", part=None, **entry):
    """A recommendation on a lesson on a finding on an entry."""
    review = review or ReviewFactory()
    part = part or ParticipationFactory(review=review)
    finding = FindingFactory(review=review)
    entry = EntryFactory(review=review, participation=part, text=text, **entry)
    EvidenceFactory(finding=finding, entry=entry)
    lesson = LessonFactory(review=review)
    LessonFindingFactory(lesson=lesson, finding=finding)
    one = RecommendationFactory(review=review)
    RecommendationLessonFactory(recommendation=one, lesson=lesson)
    return one, lesson, finding, entry


def page(client, one):
    return client.get(reverse("desk:thread", args=[one.review.reference, one.pk]))


def test_every_step_is_there_and_leads_on():
    one, lesson, finding, entry = tied()
    link = RecommendationLeadFactory(
        recommendation=one, participation__review=one.review, participation__agency__name="Ours"
    )
    ActionFactory(recommendation=one, text="Write a course")
    ProgressNoteFactory(recommendation=one, participation=link.participation, note="Forty came")
    chair = with_role(Role.CHAIR, one.review)

    thread = thread_of(one, chair)

    (step,) = thread.lessons
    (found,) = step.findings
    (quoted,) = found.evidence
    assert (step.lesson, found.finding) == (lesson, finding)
    assert found.term.startswith("Term 1: ")
    assert quoted.source == f"Chronology of {entry.participation.agency}"
    assert (quoted.when, quoted.words) == (str(entry.date), "She asked for help")
    assert quoted.href == entry.get_absolute_url()
    assert [action.text for action in thread.actions] == ["Write a course"]
    assert [note.note for note in thread.notes] == ["Forty came"]


def test_headings_minutes_and_the_family_are_quoted_too():
    one, _, finding, _ = tied()
    review = one.review
    heading = a_heading(ParticipationFactory(review=review), text="We did not ask.")
    EvidenceFactory(finding=finding, entry=None, passage=heading)
    EvidenceFactory(finding=finding, entry=None, minutes=minutes_in(review, text="It was agreed."))
    EvidenceFactory(finding=finding, entry=None, contact=contact_in(review), note="Asked twice")

    evidence = thread_of(one, with_role(Role.CHAIR, review)).lessons[0].findings[0].evidence

    words = [quoted.words or quoted.blocks[0].text for quoted in evidence]
    assert words == [
        "She asked for help",
        "We did not ask.",
        "It was agreed.",
        "She asked us to write",
    ]
    assert evidence[-1].note == "Asked twice"


def test_an_entry_withdrawn_since_says_so_and_what_was_taken_away_is_gone():
    one, _, finding, entry = tied()
    entry.withdrawn_at = timezone.now()
    entry.save()
    gone = EvidenceFactory(finding=finding)
    gone.removed_at = timezone.now()
    gone.save()

    (quoted,) = thread_of(one, with_role(Role.CHAIR, one.review)).lessons[0].findings[0].evidence

    assert quoted.gone.startswith("Withdrawn on")


def test_the_page_nests_its_headings_and_records_that_it_was_read(client, sign_in):
    one, lesson, finding, _ = tied()
    sign_in(Role.CHAIR, one.review)

    response = page(client, one)

    text = response.content.decode()
    at = [
        text.index(mark) for mark in ("<h1", 'id="rests"', "<h3", "<h4", "<blockquote", 'id="done"')
    ]
    assert at == sorted(at)
    assert lesson.get_absolute_url() in text
    assert finding.get_absolute_url() in text
    event = Event.objects.get(type="thread.read")
    assert (event.data["lessons"], event.data["evidence"]) == (1, 1)


def test_an_update_that_was_accepted_says_so(client, sign_in):
    one, *_ = tied()
    note = ProgressNoteFactory(recommendation=one, answer=Answer.REPORTED, status=Status.REPORTED)
    VerdictFactory(note=note, is_accepted=True, reason="", status=Status.DONE)
    sign_in(Role.CHAIR, one.review)

    text = page(client, one).content.decode()

    assert "Accepted as done" in text
    assert Status.REPORTED.label not in text.partition('id="done"')[2]


def test_the_panel_sees_what_was_shared_and_no_hint_of_the_rest(client):
    one, *_ = tied(text="Only for the chair")
    panel = with_role(Role.PANEL_MEMBER, one.review)
    chair = with_role(Role.CHAIR, one.review)
    for material in (Material.ACTION_PLAN, Material.ANALYSIS):
        share(one.review, material=material, with_role=Role.PANEL_MEMBER, by=chair)
    client.force_login(panel)

    text = page(client, one).content.decode()

    assert "Only for the chair" not in text
    assert "No evidence that you can see" in text


def test_a_conflict_of_interest_takes_the_finding_out(client):
    part = ParticipationFactory()
    one, _, finding, _ = tied(part.review, part=part)
    chair = with_role(Role.CHAIR, one.review)
    seat = PanelMemberFactory(review=one.review, user=chair)
    record_conflict(
        seat,
        key="6f0f3a4e-8d9f-4c66-93a5-3f4d3a5b0a01",
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )
    client.force_login(chair)

    text = page(client, one).content.decode()

    assert finding.text not in text


def test_the_way_back_from_an_entry():
    one, lesson, _, entry = tied()
    other = RecommendationFactory(review=one.review)
    RecommendationLessonFactory(recommendation=other, lesson=lesson)
    chair = with_role(Role.CHAIR, one.review)

    uses = led_to("entry", [entry], one.review, chair)[entry.pk]

    assert [href for _, href in uses.links] == [
        reverse("desk:thread", args=[one.review.reference, pk]) for pk in (one.pk, other.pk)
    ]
    assert led_to("entry", [entry], one.review, with_role(Role.PANEL_MEMBER, one.review)) == {}
    assert led_to("entry", [EntryFactory(review=one.review)], one.review, chair) == {}


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_queries_does_not_grow(count, client, sign_in):
    one, _, finding, _ = tied()
    sign_in(Role.CHAIR, one.review)
    page(client, one)
    with CaptureQueriesContext(connection) as few:
        page(client, one)
    for _ in range(count):
        EvidenceFactory(finding=finding)
        more = LessonFactory(review=one.review)
        found = FindingFactory(review=one.review)
        EvidenceFactory(finding=found)
        LessonFindingFactory(lesson=more, finding=found)
        RecommendationLessonFactory(recommendation=one, lesson=more)
        ActionFactory(recommendation=one)
        ProgressNoteFactory(recommendation=one)

    with CaptureQueriesContext(connection) as many:
        page(client, one)

    assert len(many) == len(few)


def test_minutes_are_read_as_text_and_the_outcome_of_an_entry_by_its_name(client):
    one, _, found, _ = tied(text="Supervision.", action="Not reviewed.")
    minutes = minutes_in(one.review, text="# Housing\nThe panel asked.")
    EvidenceFactory(finding=found, entry=None, minutes=minutes)
    client.force_login(with_role(Role.CHAIR, one.review))

    text = page(client, one).content.decode()

    assert "<strong>Action or outcome:</strong>" in text
    assert '<h3 class="govuk-heading-s">Housing</h3>' in text
    assert "# Housing" not in text
