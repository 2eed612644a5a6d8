import hashlib
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction

from audit.models import Event
from foundations.dates import parse
from foundations.vault.models import StoredFile
from reviews.letters.models import Letter
from reviews.letters.services import (
    AlreadyCorrected,
    AlreadySent,
    ChangedMeanwhile,
    NotADraft,
    NotFinished,
    StillMissing,
    change_letter,
    finish_letter,
    make_letter,
    make_letters,
    register_letter_from_elsewhere,
    set_aside,
    write_in_register,
)
from reviews.rules import Role
from reviews.wording.kinds import Kind
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_letters import draft_letter, finished_letter
from tests.factories.reviews_wording import WordingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory(
        reference="DARDR-7",
        partnership__name="Northvale",
        scope_from=parse("early 2019").value,
        scope_to=parse("March 2026").value,
    )


@pytest.fixture
def coordinator(review):
    user = with_role(Role.COORDINATOR, review)
    user.name = "Cora Ordi"
    user.save()
    return user


def register(letter, what="sent", on=TODAY, *, by=None, **more):
    more = {"how": "post", "key": uuid.uuid4(), "today": TODAY} | more
    return write_in_register(letter, what=what, on=on, by=by or UserFactory(), **more)


# --- Making -------------------------------------------------------------------------------------


def test_a_letter_is_filled_from_the_review(review, coordinator):
    PersonFactory(review=review, pseudonym="MA 1", role="victim")
    PersonFactory(review=review, pseudonym="MA 2", role="perpetrator")
    PersonFactory(review=review, pseudonym="MA 3", role="child")
    WordingFactory(
        kind=Kind.AGENCY_IMR_REQUEST,
        partnership=review.partnership,
        title="To {{ recipient.name }}",
        text="{{ review.reference }}, {{ subjects }}, {{ timeframe.from }} to {{ timeframe.to }}, "
        "{{ letter.date }}, {{ reply.by }}, {{ sender.name }}, {{ sender.role }}",
    )

    letter = draft_letter(
        review,
        by=coordinator,
        kind=Kind.AGENCY_IMR_REQUEST,
        participation=ParticipationFactory(review=review, agency__name="Northvale Housing"),
        reply_by=date(2026, 12, 5),
    )

    assert letter.title == "To Northvale Housing"
    assert letter.text == (
        "DARDR-7, MA 1 (victim) and MA 2 (perpetrator), early 2019 to March 2026, "
        "21 November 2026, 5 December 2026, Cora Ordi, CSP coordinator"
    )


def test_what_is_not_known_is_shown_to_be_missing(review, coordinator):
    letter = draft_letter(review, by=coordinator, kind=Kind.HOME_OFFICE_DECISION)

    assert "On [Still to fill in: the date of the decision] the partnership" in letter.text


@pytest.mark.parametrize(
    ("kind", "to", "text"),
    [
        (Kind.HOME_OFFICE_NO_REVIEW, {}, "The Home Office"),
        (Kind.COMMISSIONER_REPORT, {}, "The Domestic Abuse Commissioner"),
        (Kind.FAMILY_FIRST, {"person": "MA 3"}, "MA 3 (family member)"),
        (Kind.AGENCY_SCOPING, {"agency": "Northvale Housing"}, "Northvale Housing"),
    ],
)
def test_the_register_says_to_whom_by_role(kind, to, text, review):
    if "person" in to:
        to = {"person": PersonFactory(review=review, pseudonym="MA 3", role="family")}
    if "agency" in to:
        part = ParticipationFactory(review=review, agency__name=to["agency"])
        to = {"participation": part}

    assert draft_letter(review, kind=kind, **to).to == text


@pytest.mark.parametrize("kind", [Kind.FAMILY_FIRST, Kind.AGENCY_SCOPING])
def test_a_letter_is_to_somebody(kind, review):
    with pytest.raises(ValidationError):
        make_letter(review, kind=kind, by=UserFactory(), key=uuid.uuid4(), on=TODAY)


def test_several_agencies_get_a_letter_each_and_a_second_click_none_more(review):
    parts = [ParticipationFactory(review=review) for _ in range(3)]
    asked = {
        "kind": Kind.AGENCY_SCOPING,
        "by": UserFactory(),
        "key": uuid.uuid4(),
        "on": TODAY,
        "participations": parts,
    }

    first, second = make_letters(review, **asked), make_letters(review, **asked)

    assert first == second
    assert [letter.participation for letter in first] == parts
    for letter in first:
        others = [part.agency.name for part in parts if part != letter.participation]
        assert [name for name in others if name in letter.text] == []


def test_a_letter_keeps_the_wording_that_it_was_made_from(review):
    letter = draft_letter(review)
    WordingFactory(kind=letter.kind, partnership=review.partnership, text="Other words")

    letter.refresh_from_db()
    assert (letter.wording.is_house, "Other words" in letter.text) == (True, False)


# --- Changing and finishing ---------------------------------------------------------------------


def test_a_draft_is_changed_once_by_whoever_saw_its_last_words(review):
    letter = draft_letter(review)
    change_letter(letter, title=" New  title", text="Words\n", seen=0, by=UserFactory())

    with pytest.raises(ChangedMeanwhile):
        change_letter(letter, title="Mine", text="Mine", seen=0, by=UserFactory())

    letter.refresh_from_db()
    assert (letter.title, letter.text) == ("New title", "Words")


def test_a_letter_with_places_to_fill_in_is_not_finished(review, coordinator):
    letter = draft_letter(review, by=coordinator, kind=Kind.COMMISSIONER_REPORT)

    with pytest.raises(StillMissing) as refusal:
        finish_letter(letter, by=coordinator)

    assert refusal.value.args == ("the date the report was completed",)
    assert StoredFile.objects.count() == 0


def test_a_finished_letter_has_both_files_with_their_digests(review):
    draft = change_letter(draft_letter(review), title="T", text="Words", seen=0, by=UserFactory())

    letter = finish_letter(draft, by=UserFactory())

    for kept, begins in ((letter.word, b"PK"), (letter.pdf, b"%PDF")):
        content = bytes(kept.content)
        assert content.startswith(begins)
        assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert letter.pdf.name == f"DARDR-7 letter {letter.pk}.pdf"
    event = Event.objects.get(type="letter.finished")
    assert (event.data["word"], event.data["pdf"]) == (letter.word.sha256, letter.pdf.sha256)


@pytest.mark.parametrize(
    "change",
    [
        lambda letter, by: change_letter(letter, title="T", text="T", seen=1, by=by),
        lambda letter, by: finish_letter(letter, by=by),
    ],
)
def test_a_finished_letter_takes_no_change(change, review):
    with pytest.raises(NotADraft):
        change(finished_letter(review), UserFactory())


@pytest.mark.parametrize("change", [{"text": "Other"}, {"word": None}, {"recipient": "family"}])
def test_the_database_refuses_a_change_of_a_finished_letter(change, review):
    letter = finished_letter(review)

    with pytest.raises(InternalError, match="kept as it is"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(InternalError, match="A finished letter is kept"), transaction.atomic():
        letter.delete()


def test_a_draft_may_go(review):
    draft_letter(review).delete()

    assert Letter.objects.count() == 0


def test_what_is_wrong_is_set_aside_with_the_reason(review):
    letter = set_aside(finished_letter(review), because="Wrong date", by=UserFactory())

    assert (letter.state, letter.set_aside_because) == (("Set aside", "grey"), "Wrong date")
    with pytest.raises(NotFinished):
        register(letter)


def test_what_was_sent_is_not_set_aside(review):
    letter = finished_letter(review)
    register(letter)

    with pytest.raises(AlreadySent):
        set_aside(letter, because="Wrong date", by=UserFactory())


# --- The register -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([], "Finished, not sent"),
        (["sent"], "Sent"),
        (["sent", "acknowledged"], "Acknowledged"),
        (["sent", "returned"], "Came back"),
    ],
)
def test_the_register_says_where_a_letter_stands(lines, state, review):
    letter = finished_letter(review)
    for what in lines:
        register(letter, what)

    assert Letter.objects.get(pk=letter.pk).state[0] == state


def test_a_letter_that_came_back_and_was_sent_again_is_on_its_way(review, time_machine):
    letter = finished_letter(review)
    register(letter)
    register(letter, "returned", how="email")
    time_machine.move_to("2026-11-23 10:00")
    register(letter, on=date(2026, 11, 23), today=date(2026, 11, 23))

    assert letter.state[0] == "Sent"


@pytest.mark.parametrize(
    ("what", "on", "field"),
    [
        ("sent", date(2026, 11, 22), "on"),
        ("sent", date(2026, 11, 20), "on"),
        ("acknowledged", TODAY, "what"),
        ("returned", TODAY, "what"),
    ],
)
def test_an_impossible_line_is_refused(what, on, field, review):
    letter = finished_letter(review)

    with pytest.raises(ValidationError) as refusal:
        register(letter, what, on)

    assert list(refusal.value.message_dict) == [field]


def test_nothing_is_acknowledged_before_it_is_sent(review, time_machine):
    letter = finished_letter(review)
    time_machine.move_to("2026-11-30 10:00")
    register(letter, on=date(2026, 11, 25), today=date(2026, 11, 30))

    with pytest.raises(ValidationError, match="only sent on 25 November 2026"):
        register(letter, "acknowledged", date(2026, 11, 24), today=date(2026, 11, 30))


def test_a_draft_has_not_been_sent(review):
    with pytest.raises(NotFinished):
        register(draft_letter(review))


def test_a_line_is_corrected_by_another_and_once(review, time_machine):
    letter = finished_letter(review)
    time_machine.move_to("2026-11-25 10:00")
    wrong = register(letter, on=date(2026, 11, 24), today=date(2026, 11, 25))

    register(letter, on=date(2026, 11, 23), today=date(2026, 11, 25), corrects=wrong)

    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.register.count(), letter.sent.on) == (2, date(2026, 11, 23))
    with pytest.raises(AlreadyCorrected):
        register(letter, corrects=wrong)


def test_the_day_of_sending_is_not_moved_past_the_acknowledgement(review, time_machine):
    letter = finished_letter(review)
    time_machine.move_to("2026-11-30 10:00")
    today = date(2026, 11, 30)
    sent = register(letter, on=date(2026, 11, 24), today=today)
    register(letter, "acknowledged", date(2026, 11, 26), today=today)

    with pytest.raises(ValidationError, match="acknowledged on 26 November 2026"):
        register(letter, on=date(2026, 11, 27), today=today, corrects=sent)


def test_a_second_click_writes_no_second_line(review):
    letter, key = finished_letter(review), uuid.uuid4()

    assert register(letter, key=key) == register(letter, key=key)


def test_the_trail_tells_everything_and_no_words(review):
    part = ParticipationFactory(review=review, agency__name="Northvale Housing")
    draft = draft_letter(review, participation=part)
    change_letter(draft, title="T", text="About MA 1", seen=0, by=UserFactory())
    letter = finish_letter(draft, by=UserFactory())
    register(letter)
    register(letter, "acknowledged", note="Spoke with MA 3")

    events = Event.objects.filter(type__startswith="letter.").order_by("pk")

    assert [event.type for event in events] == [
        "letter.made",
        "letter.changed",
        "letter.finished",
        "letter.registered",
        "letter.registered",
    ]
    assert {event.data["agency"] for event in events} == {"Northvale Housing"}
    assert [event.pk for event in events if "MA " in str(event.data)] == []


# --- From elsewhere -----------------------------------------------------------------------------


def from_elsewhere(review, **changes):
    letter = {
        "kind": Kind.HOME_OFFICE_DECISION,
        "title": "Our decision",
        "on": date(2025, 3, 4),
        "how": "email",
        "by": UserFactory(),
        "key": uuid.uuid4(),
        "today": TODAY,
    } | changes
    return register_letter_from_elsewhere(review, **letter)


def test_a_letter_from_elsewhere_stands_in_the_register_with_its_own_day(review):
    letter = from_elsewhere(review)

    assert (letter.state[0], letter.sent.on, letter.text) == ("Sent", date(2025, 3, 4), "")
    register(letter, "acknowledged", date(2025, 3, 20))
    assert Letter.objects.get(pk=letter.pk).state[0] == "Acknowledged"


def test_a_second_click_registers_no_second_letter_from_elsewhere(review):
    key = uuid.uuid4()

    assert from_elsewhere(review, key=key) == from_elsewhere(review, key=key)


def test_a_letter_from_elsewhere_was_not_sent_tomorrow(review):
    with pytest.raises(ValidationError, match="today's date or an earlier one"):
        from_elsewhere(review, on=date(2026, 11, 22))


def test_a_letter_from_elsewhere_that_was_put_in_by_mistake_is_set_aside(review):
    letter = set_aside(from_elsewhere(review), because="Twice", by=UserFactory())

    assert letter.state[0] == "Set aside"
