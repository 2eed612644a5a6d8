"""A set from the day it is proposed to the day it is withdrawn."""

import hashlib
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from reports.leaks.deciding import scan_of
from reports.leaks.keeping import keep_scan_of_version
from reports.leaks.looked import Looked, Looking
from reports.models import (
    OF_PROSE,
    Format,
    Layout,
    PlanMark,
    Release,
    Released,
    Rendering,
    Side,
    SignOff,
    Variant,
)
from reports.release import around, publishing, services
from reports.release.fitness import look_through, refuse_unfit
from reports.release.house_plan import USUAL
from reports.release.publishing import day_on_the_clock
from reports.services.paragraphs import change_paragraph
from reviews import rules
from reviews.access import access_of
from reviews.clock.counting import exactly
from reviews.clock.services import reached
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review, RoleHolder
from reviews.proceedings.models import Stops
from reviews.rules import Role, Stage, State
from reviews.services import appoint, end_role
from tests.conftest import with_role
from tests.factories.reports_release import (
    ADDRESS,
    again,
    brought_forward,
    final,
    given,
    in_days,
    proposed,
    publish,
    published,
    signed_by,
    signed_off,
    written,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


def told(release):
    rows = Event.objects.filter(type__startswith="release.", stream=f"review:{release.review}")
    return list(rows.order_by("seq").values_list("type", flat=True))


# --- Which versions may leave -----------------------------------------------------------------------


def test_a_set_names_the_files_that_were_made(review, chair):
    version = final(written(review, chair), chair)

    release = proposed(review, by=chair, renderings=[version])

    (file,) = release.files.all()
    content = file.rendering.stored.content
    assert file.sha256 == version.sha256 == hashlib.sha256(content).hexdigest()
    assert (release.number, release.state, file.title) == (1, "proposed", "What we learnt")
    assert [step.what for step in release.plan.order_by("pk")] == [one.what for one in USUAL]
    assert told(release) == ["release.proposed"]


def test_a_final_version_says_neither_draft_nor_sensitive(review, chair):
    version = final(written(review, chair), chair)

    content = version.stored.content.decode()

    assert "DRAFT" not in content
    assert "OFFICIAL-SENSITIVE" not in content
    assert version.values["marking"] == "OFFICIAL"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"variant": Variant.CONFIDENTIAL}, "Only anonymised versions leave"),
        ({"is_final": False}, "says that it is a draft"),
    ],
)
def test_another_version_does_not_leave(said, why, review, chair):
    version = final(written(review, chair), chair, **said)

    with pytest.raises(ValidationError, match=why):
        proposed(review, by=chair, renderings=[version])


def test_a_version_of_another_review_does_not_leave(review, chair):
    other = ReviewFactory()
    elsewhere = with_role(Role.CHAIR, other)
    version = final(written(other, elsewhere), elsewhere)

    with pytest.raises(ValidationError, match="belongs to another review"):
        proposed(review, by=chair, renderings=[version])


def test_a_name_that_came_into_the_register_later_keeps_a_version_back(review, chair):
    version = final(written(review, chair, text="She rang quillfeather again."), chair)
    person = PersonFactory(review=review, pseudonym="FA 1")
    IdentityFactory(review=review, person=person, names=["Anna Quillfeather"])

    with pytest.raises(ValidationError, match="may tell who somebody is"):
        proposed(review, by=chair, renderings=[version])


def test_the_register_is_read_before_the_lock_and_once_for_all_files(review, chair):
    document = written(review, chair)
    versions = [final(document, chair, format_=one) for one in (Format.HTML, Format.WORD)]

    with CaptureQueriesContext(connection) as queries:
        proposed(review, by=chair, renderings=versions)

    asked = [one["sql"] for one in queries]
    reads = [n for n, sql in enumerate(asked) if 'FROM "reviews_identity"' in sql]
    (lock, *_) = (n for n, sql in enumerate(asked) if "FOR NO KEY UPDATE" in sql)
    assert [n < lock for n in reads] == [True, False]  # read to look, then compared


@pytest.fixture
def looks(monkeypatch):
    """How many texts of versions were looked through since."""
    counted, at_stretches = [], Looking.at_stretches

    def counting(self, stretches):
        counted.append(stretches)
        return at_stretches(self, stretches)

    monkeypatch.setattr(Looking, "at_stretches", counting)
    return counted


def test_what_the_worker_found_counts_while_the_register_is_the_same(review, chair, looks):
    PersonFactory(review=review, pseudonym="FA 1")
    IdentityFactory(person=review.people.get(), names=["Anna Quillfeather"])
    version = final(written(review, chair), chair)
    looks.clear()

    release = proposed(review, by=chair, renderings=[version])
    signed_by(release, Side.CHAIR, chair)

    assert looks == []


@pytest.mark.parametrize(
    "change",
    [
        lambda review: PersonFactory(review=review, pseudonym="FA 2"),
        lambda review: PanelMemberFactory(review=review),
    ],
    ids=["register", "panel"],
)
def test_it_is_looked_through_anew_where_that_may_have_changed(change, review, chair, looks):
    version = final(written(review, chair), chair)
    looks.clear()

    change(review)
    seen = look_through([version], review)

    assert len(looks) == 1
    assert seen.is_of_now([version], review)


def test_what_was_found_and_not_decided_keeps_a_version_back_without_another_look(
    review, chair, looks
):
    version = final(written(review, chair, text="They met a Polish butcher in May."), chair)
    assert scan_of(version).found
    looks.clear()

    with pytest.raises(ValidationError, match="may tell who somebody is"):
        proposed(review, by=chair, renderings=[version])

    assert looks == []


def test_a_name_that_came_into_the_register_while_files_were_looked_at_is_found(review, chair):
    version = final(written(review, chair, text="She rang quillfeather again."), chair)
    seen = look_through([version], review)
    person = PersonFactory(review=review, pseudonym="FA 1")
    IdentityFactory(review=review, person=person, names=["Anna Quillfeather"])

    with pytest.raises(ValidationError, match="may tell who somebody is"):
        refuse_unfit([version], review, seen=seen)


def test_a_file_that_could_not_be_looked_through_does_not_leave(review, chair):
    version = final(written(review, chair), chair)
    looked = Looked((), ("the file: file name",), ("it is damaged",))
    keep_scan_of_version(version, looked, name="report.html")

    with pytest.raises(ValidationError, match="could not be looked through"):
        proposed(review, by=chair, renderings=[version])


@pytest.mark.parametrize("format_", OF_PROSE)
def test_every_kind_of_file_that_is_made_here_can_be_looked_through(format_, review, chair):
    version = final(written(review, chair), chair, format_=format_)

    assert scan_of(version).unread == 0


def test_one_document_stands_once_as_each_kind_of_file(review, chair):
    document = written(review, chair)

    with pytest.raises(ValidationError, match="stands there twice"):
        proposed(review, by=chair, renderings=[final(document, chair), final(document, chair)])


# --- Signed by two ----------------------------------------------------------------------------------


def test_two_people_sign_exactly_the_files(review, chair, coordinator):
    release = proposed(review, by=chair)
    files = [[one.pk, one.sha256] for one in release.files.all()]

    signed_by(release, Side.CHAIR, chair)
    half = again(release).state
    signed_by(release, Side.PARTNERSHIP, coordinator)

    assert (half, again(release).state) == (Released.PROPOSED, Released.SIGNED_OFF)
    assert [(one.side, one.by, one.files) for one in release.sign_offs.all()] == [
        (Side.CHAIR, chair, files),
        (Side.PARTNERSHIP, coordinator, files),
    ]
    event = Event.objects.filter(type="release.signed").first()
    assert event.data["sha256"] == [files[0][1]]


def test_nobody_signs_for_both(review, chair):
    release = proposed(review, by=chair)
    signed_by(release, Side.CHAIR, chair)
    appoint(user=chair, role=Role.COORDINATOR, partnership=review.partnership, by=None)

    with pytest.raises(ValidationError, match="two different people"):
        signed_by(release, Side.PARTNERSHIP, chair)

    assert again(release).state == Released.PROPOSED


def test_the_database_takes_no_second_signature_of_one_person(review, chair):
    release = proposed(review, by=chair)
    signed_by(release, Side.CHAIR, chair)

    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.objects.bulk_create(
            [SignOff(release=release, side="partnership", files=[], by=chair, key=uuid.uuid4())]
        )


def test_who_was_replaced_since_they_opened_the_page_signs_nothing(review, chair):
    release = proposed(review, by=chair)
    assert rules.can_sign_as_chair(access_of(chair), review)  # as the page asked
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        signed_by(release, Side.CHAIR, chair)

    assert release.sign_offs.count() == 0


def test_who_has_a_conflict_since_they_opened_the_page_publishes_nothing(review, coordinator):
    release = signed_off(review)
    assert rules.can_publish(access_of(coordinator), review)
    member = PanelMemberFactory(review=review, user=coordinator)
    ConflictFactory(member=member, participation=ParticipationFactory(review=review))

    with pytest.raises(ValidationError, match="no longer yours to do"):
        publish(release, by=coordinator)

    assert again(release).state == Released.SIGNED_OFF


def test_who_was_replaced_since_they_opened_the_page_proposes_nothing(review, chair):
    versions = [final(written(review, chair), chair)]
    assert rules.can_write_documents(access_of(chair), review)
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        proposed(review, by=chair, renderings=versions)

    assert review.releases.count() == 0


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (services.take_down, {"on": in_days(0), "done": "From the site"}),
        (services.withdraw, {"on": in_days(0), "reason": "A name", "done": "All told"}),
    ],
)
def test_who_has_a_conflict_since_they_opened_the_page_ends_nothing(end, said, review, coordinator):
    release = published(review)
    assert rules.can_publish(access_of(coordinator), review)
    member = PanelMemberFactory(review=review, user=coordinator)
    ConflictFactory(member=member, participation=ParticipationFactory(review=review))

    with pytest.raises(ValidationError, match="no longer yours to do"):
        end(release, by=coordinator, key=uuid.uuid4(), **said)

    assert again(release).state == Released.PUBLISHED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (services.move_first_day, {"to": in_days(3), "reason": "Soon", "agreed_by": "All"}),
        (services.call_off, {"reason": "A new version"}),
    ],
)
def test_who_was_replaced_changes_nothing_of_a_set_that_has_not_gone(change, said, review, chair):
    release = proposed(review, by=chair)
    assert rules.can_write_documents(access_of(chair), review)
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        change(release, by=chair, key=uuid.uuid4(), **said)

    assert (again(release).state, again(release).not_before) == (Released.PROPOSED, in_days(0))


def test_a_side_signs_once_and_a_second_click_finds_it(review, chair):
    release, key = proposed(review, by=chair), uuid.uuid4()

    first = signed_by(release, Side.CHAIR, chair, key=key)

    assert signed_by(release, Side.CHAIR, chair, key=key) == first
    with pytest.raises(ValidationError, match="has signed it off already"):
        signed_by(release, Side.CHAIR, with_role(Role.CHAIR, review))


def test_a_version_made_anew_leaves_the_signed_set_as_it_was(review, chair):
    document = written(review, chair)
    paragraph = document.sections.first().paragraphs.filter(block="").first()
    release = proposed(review, by=chair, renderings=[final(document, chair)])
    for side in Side:
        signed_by(release, side)
    before = release.digest

    change_paragraph(paragraph, text="She asked twice.", kind="numbered", seen=0, by=chair)
    final(document, chair)

    assert (again(release).digest, again(release).state) == (before, Released.SIGNED_OFF)


def test_a_hold_of_publication_keeps_everybody_from_signing(review, chair):
    release = proposed(review, by=chair)
    hold(ProceedingFactory(review=review), Stops.PUBLICATION)

    with pytest.raises(ValidationError, match="A hold stops publication"):
        signed_by(release, Side.CHAIR, chair)


# --- Published --------------------------------------------------------------------------------------


def test_a_published_report_sets_the_clock_and_moves_the_review_on(review):
    release = published(review, layout=Layout.OVERVIEW_2016)

    review = Review.objects.get(pk=review.pk)
    assert review.stage == Stage.MONITORING
    assert day_on_the_clock(review).earliest == release.publication.on == in_days(0)
    assert release.publication.addresses == [ADDRESS]


def test_a_briefing_published_first_leaves_the_clock_alone(review):
    published(review)

    review = Review.objects.get(pk=review.pk)
    assert (review.stage, day_on_the_clock(review)) == (Stage.QUALITY_ASSURANCE, None)


def test_a_second_report_leaves_the_first_day_on_the_clock(review):
    release = published(review, layout=Layout.OVERVIEW_2016)
    events = Event.objects.filter(type="clock.reached").count()

    second = published(review, layout=Layout.OVERVIEW_2016)

    assert second.state == release.state == Released.PUBLISHED
    assert Event.objects.filter(type="clock.reached").count() == events == 1


def test_there_is_one_day_of_publication(review, chair):
    release = signed_off(review, by=chair, layout=Layout.OVERVIEW_2016)
    reached(review, "published", exactly(in_days(-9)), chair)

    with pytest.raises(ValidationError, match="Correct one of the two"):
        publish(release)

    assert again(release).state == Released.SIGNED_OFF


def test_nothing_is_published_in_the_cooling_off(review, chair, coordinator):
    release = signed_off(review, not_before=in_days(5))

    with pytest.raises(ValidationError, match="The cooling-off lasts until"):
        publish(release)
    services.move_first_day(
        release,
        to=in_days(0),
        reason="The family asked for it",
        agreed_by="The chair",
        by=chair,
        key=uuid.uuid4(),
    )
    publish(release, by=coordinator)

    (moved,) = release.cooling_offs.all()
    assert (moved.before, moved.after, moved.reason) == (
        in_days(5),
        in_days(0),
        "The family asked for it",
    )
    assert again(release).state == Released.PUBLISHED


def test_nothing_is_published_under_a_hold(review):
    release = signed_off(review)
    hold(ProceedingFactory(review=review), Stops.PUBLICATION)

    with pytest.raises(ValidationError, match="A hold stops publication"):
        publish(release)


def test_nothing_is_published_that_was_not_signed(review, chair):
    release = proposed(review, by=chair)
    signed_by(release, Side.CHAIR, chair)

    with pytest.raises(ValidationError, match="waiting for sign-off"):
        publish(release)


@pytest.mark.parametrize(("days", "why"), [(1, "in the future"), (-1, "before it was signed off")])
def test_the_day_of_publication_is_possible(days, why, review):
    release = brought_forward(signed_off(review), in_days(-30)).release

    with pytest.raises(ValidationError, match=why):
        publish(release, on=in_days(days))


def test_a_day_passes_after_the_second_signature(review):
    release = proposed(review, not_before=in_days(0))
    for side in Side:
        signed_by(release, side)

    release = again(release)
    with pytest.raises(ValidationError, match="The cooling-off lasts until"):
        publish(release)
    (moved,) = release.cooling_offs.all()
    assert (moved.before, moved.after) == (in_days(0), in_days(1))


def test_a_longer_cooling_off_stays_as_it_is(review):
    release = signed_off(review, not_before=in_days(20))

    assert release.not_before == in_days(20)
    assert not release.cooling_offs.exists()


def test_the_first_day_does_not_lie_in_the_past(review):
    with pytest.raises(ValidationError, match="today’s date or a later one"):
        proposed(review, not_before=in_days(-1))


# --- Ended ------------------------------------------------------------------------------------------


def test_what_was_published_is_taken_down_and_withdrawn_after_the_review_too(review, coordinator):
    release = published(review, take_down_on=in_days(1))
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    services.take_down(
        release, on=in_days(0), done="From the site", by=coordinator, key=uuid.uuid4()
    )
    taken = again(release).state
    services.withdraw(
        release, on=in_days(0), reason="A name", done="All told", by=coordinator, key=uuid.uuid4()
    )

    assert (taken, again(release).state) == (Released.TAKEN_DOWN, Released.WITHDRAWN)
    assert told(release)[-2:] == ["release.taken_down", "release.withdrawn"]


def test_nothing_begins_in_a_review_that_has_ended(review, chair):
    release = proposed(review, by=chair)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        signed_by(release, Side.CHAIR, chair)


def test_what_was_called_off_is_signed_by_nobody(review, chair):
    release = proposed(review, by=chair)
    services.call_off(release, reason="A new version", by=chair, key=uuid.uuid4())

    with pytest.raises(ValidationError, match="called off"):
        signed_by(release, Side.CHAIR, chair)


# --- Around it --------------------------------------------------------------------------------------


def test_it_is_kept_who_was_given_which_files(review, chair):
    release = signed_off(review, by=chair)

    one = given(release, by=chair)

    assert (one.whom, one.files) == (
        "Family, through their advocate",
        [each.pk for each in release.files.all()],
    )


def test_files_of_another_set_are_not_given(review, chair):
    release, other = signed_off(review, by=chair), signed_off(ReviewFactory())

    with pytest.raises(ValidationError, match="files of this set"):
        given(release, files=list(other.files.all()))


def test_a_hold_keeps_the_files_from_the_family_and_not_from_the_coroner(review, chair):
    release = signed_off(review, by=chair)
    hold(ProceedingFactory(review=review), Stops.FAMILY)

    with pytest.raises(ValidationError, match="A hold stops sharing material with the family"):
        given(release)
    assert given(release, audience="coroner").audience == "coroner"


def test_nobody_is_given_what_was_not_signed(review, chair):
    with pytest.raises(ValidationError, match="waiting for sign-off"):
        given(proposed(review, by=chair))


def test_a_step_counts_from_the_first_day_until_it_is_planned_for_another(review, chair):
    release = proposed(review, by=chair, not_before=in_days(20))
    step = release.plan.filter(days=-14).first()
    counted = step.due

    around.mark(step, what="planned", on=in_days(9), by=chair, key=uuid.uuid4())
    row = type(step).objects.get(pk=step.pk)
    planned = row.due, row.is_open
    around.mark(step, what="done", on=in_days(0), whose="Chair", by=chair, key=uuid.uuid4())
    done = type(step).objects.get(pk=step.pk)

    assert (counted, *planned) == (in_days(6), in_days(9), True)
    assert (done.is_open, done.last_mark.what, done.marks.count()) == (False, "done", 2)


def test_a_step_that_is_dropped_says_why(review, chair):
    step = proposed(review, by=chair).plan.first()

    with pytest.raises(ValidationError, match="Say why it is not to be done"):
        around.mark(step, what="dropped", on=in_days(0), by=chair, key=uuid.uuid4())


@pytest.mark.parametrize(
    "act",
    [
        lambda release, by: given(release, by=by),
        lambda release, by: around.plan(
            release, audience="media", what="Ring", whose="Chair", days=0, by=by, key=uuid.uuid4()
        ),
        lambda release, by: around.mark(
            release.plan.first(), what="done", on=in_days(0), by=by, key=uuid.uuid4()
        ),
        lambda release, by: move_end(release, in_days(9), by),
    ],
    ids=["hand over", "plan", "mark", "take-down day"],
)
def test_who_has_a_conflict_since_they_opened_the_page_keeps_nothing(act, review, coordinator):
    release = published(review)
    assert rules.can_publish(access_of(coordinator), review)
    member = PanelMemberFactory(review=review, user=coordinator)
    ConflictFactory(member=member, participation=ParticipationFactory(review=review))
    before = told(release)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        act(release, coordinator)

    assert told(release) == before


# --- The day of taking down -----------------------------------------------------------------------


def move_end(release, to, by, key=None):
    return publishing.move_take_down(
        release,
        to=to,
        reason="Learning goes on",
        agreed_by="The board",
        by=by,
        key=key or uuid.uuid4(),
    )


@pytest.mark.parametrize("state", [State.RUNNING, State.CLOSED])
def test_the_day_of_taking_down_is_set_moved_and_given_up(state, review, coordinator):
    release, key = published(review), uuid.uuid4()
    Review.objects.filter(pk=review.pk).update(state=state)

    for to in (in_days(2), in_days(9), None):
        move_end(release, to, coordinator)
    move_end(release, in_days(3), coordinator, key)
    move_end(release, in_days(4), coordinator, key)

    moves = [(one.before, one.after) for one in release.take_down_moves.all()]
    assert moves == [
        (None, in_days(2)),
        (in_days(2), in_days(9)),
        (in_days(9), None),
        (None, in_days(3)),
    ]
    assert (again(release).take_down_on, release.publication.take_down_on) == (in_days(3), None)
    assert list(Release.objects.to_take_down(in_days(3))) == [release]
    assert told(release)[-4:] == ["release.take_down_day"] * 4


@pytest.mark.parametrize(("days", "sentence"), [(5, "the day already"), (0, "after the publ")])
def test_a_day_of_taking_down_that_cannot_be(days, sentence, review, coordinator):
    release = published(review, take_down_on=in_days(5))

    with pytest.raises(ValidationError, match=sentence):
        move_end(release, in_days(days), coordinator)

    assert not release.take_down_moves.exists()


def test_what_is_not_published_has_no_day_of_taking_down(review, coordinator):
    release = published(review, take_down_on=in_days(5))
    services.take_down(release, on=in_days(0), done="Gone", by=coordinator, key=uuid.uuid4())

    with pytest.raises(ValidationError, match="cannot be done now: taken down"):
        move_end(release, in_days(9), coordinator)
    with pytest.raises(DatabaseError, match="never changed otherwise"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(take_down_on=None)


# --- Kept -------------------------------------------------------------------------------------------


def _everything(release):
    """One row of each kind that is written once."""
    yield release.files.first()
    yield release.sign_offs.first()
    yield release.cooling_offs.first()
    yield release.take_down_moves.first()
    yield release.publication
    yield release.endings.first()
    yield release.handed.first()
    yield release.plan.first()
    yield PlanMark.objects.first()


def test_the_database_changes_nothing_of_what_was_released(review, chair, coordinator):
    release = signed_off(review, by=chair, not_before=in_days(1))
    services.move_first_day(
        release, to=in_days(0), reason="Soon", agreed_by="All", by=chair, key=uuid.uuid4()
    )
    publish(release)
    release = again(release)
    given(release)
    move_end(release, in_days(9), coordinator)
    around.mark(release.plan.first(), what="done", on=in_days(0), by=chair, key=uuid.uuid4())
    services.take_down(release, on=in_days(0), done="Gone", by=coordinator, key=uuid.uuid4())
    release = again(release)

    for row in [release, *_everything(release)]:
        rows, pk = type(row).objects.filter(pk=row.pk), row._meta.pk.attname
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**{pk: 0})
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows._raw_delete("default")
    assert Rendering.objects.filter(released__release=release).count() == 1


@pytest.mark.parametrize("state", ["proposed", "published", "taken-down"])
def test_a_set_that_was_withdrawn_goes_no_other_way(state, review, coordinator):
    release = published(review)
    services.take_down(release, on=in_days(0), done="Gone", by=coordinator, key=uuid.uuid4())
    services.withdraw(
        release, on=in_days(0), reason="No", done="All", by=coordinator, key=uuid.uuid4()
    )

    with pytest.raises(DatabaseError, match="never changed otherwise"), transaction.atomic():
        type(release).objects.filter(pk=release.pk).update(state=state)
