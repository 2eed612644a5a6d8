import uuid

import pytest

from actionplans import drafting, services
from actionplans.models import PlanImport
from audit.models import Event
from foundations.vault.models import StoredFile
from tests.actionplans.files import AUDIT, REFER, TRAIN, changed, draft_of, plan
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    RecommendationFactory,
)
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)


def last_event():
    return Event.objects.order_by("-pk").first()


def upload(review, *rows, key=KEY):
    draft, content = draft_of(review, *rows)
    return services.upload(review, draft, content=content, by=UserFactory(), key=key)


# --- Doubts -------------------------------------------------------------------------------------


DOUBT = {"column": "target", "message": "Two dates.", "kind": "", "settled": False}


def test_a_doubt_is_settled():
    one = RecommendationFactory(doubts=[DOUBT])

    services.settle_doubt(one, 0, by=UserFactory())

    one.refresh_from_db()
    assert one.open_doubts == []
    assert last_event().type == "entry.doubt_settled"


def test_a_doubt_is_settled_once():
    one = RecommendationFactory(doubts=[DOUBT | {"settled": True}])

    services.settle_doubt(one, 0, by=UserFactory())

    assert Event.objects.count() == 0


def test_a_doubt_that_is_not_there_is_refused():
    with pytest.raises(services.ChangedMeanwhile):
        services.settle_doubt(RecommendationFactory(), 0, by=UserFactory())


# --- Imports ------------------------------------------------------------------------------------


def test_an_upload_saves_nothing_yet():
    review = ReviewFactory()

    import_ = upload(review, TRAIN, REFER)

    assert (import_.state, import_.counts["recommendations"]) == (PlanImport.State.PREVIEWED, 2)
    assert review.recommendations.count() == 0
    assert last_event().type == "file.uploaded"


def test_a_second_click_uploads_once():
    review = ReviewFactory()

    first, second = upload(review, TRAIN), upload(review, TRAIN)

    assert first == second
    assert StoredFile.objects.count() == 1


def test_saving_saves_what_was_shown():
    review = ReviewFactory()
    import_ = upload(review, TRAIN, REFER)

    import_ = services.save_import(import_, by=UserFactory())

    assert import_.state == PlanImport.State.SAVED
    assert [one.text for one in review.recommendations.in_plan_order()] == [TRAIN[1], REFER[1]]


def test_a_second_click_saves_once():
    review = ReviewFactory()
    import_ = upload(review, TRAIN, REFER)

    for _ in range(2):
        services.save_import(import_, by=UserFactory())

    assert review.recommendations.count() == 2
    assert Event.objects.filter(type="plan.imported").count() == 1


def test_a_plan_that_changed_meanwhile_is_shown_again():
    review = ReviewFactory()
    first, second = upload(review, TRAIN), upload(review, TRAIN, REFER, key=uuid.uuid4())
    services.save_import(first, by=UserFactory())

    shown = services.save_import(second, by=UserFactory())

    assert (shown.state, shown.problem) == (PlanImport.State.PREVIEWED, services.MEANWHILE)
    assert (shown.counts["added"], shown.counts["unchanged"]) == (1, 1)
    assert review.recommendations.count() == 1
    services.save_import(second, by=UserFactory())
    assert review.recommendations.count() == 2


def test_a_discarded_file_cannot_be_saved():
    import_ = upload(ReviewFactory(), TRAIN)
    services.discard_import(import_, by=UserFactory())

    with pytest.raises(services.NotReady):
        services.save_import(import_, by=UserFactory())


def test_a_saved_file_cannot_be_discarded():
    import_ = upload(ReviewFactory(), TRAIN)
    services.save_import(import_, by=UserFactory())

    with pytest.raises(services.NotReady):
        services.discard_import(import_, by=UserFactory())


def test_a_chosen_mapping_is_read_with():
    review = ReviewFactory()
    content = plan(("Train staff", "Northbank Police"), headings=("Words", "Whose"))
    draft = drafting.read_draft(content, "plan.csv", review)
    import_ = services.upload(review, draft, content=content, by=UserFactory(), key=KEY)

    import_ = services.set_mapping(import_, mapping={"recommendation": ["Words"]})

    assert (import_.problem, import_.counts["recommendations"]) == ("", 1)


def test_further_recommendations_replace_nothing():
    review = ReviewFactory()
    services.save_import(upload(review, TRAIN, REFER), by=UserFactory())
    import_ = upload(review, TRAIN, AUDIT, key=uuid.uuid4())
    guessed = import_.counts["removed"]

    import_ = services.set_further(import_, is_further=True)

    assert (guessed, import_.counts["removed"], import_.counts["added"]) == (1, 0, 2)


def test_a_file_said_to_correct_the_plan_replaces_the_latest():
    review = ReviewFactory()
    services.save_import(upload(review, TRAIN), by=UserFactory())
    import_ = upload(review, AUDIT, key=uuid.uuid4())

    import_ = services.set_further(import_, is_further=False)

    assert (import_.counts["added"], import_.counts["removed"]) == (1, 1)


def test_the_file_comes_back_with_what_to_check():
    review = ReviewFactory()
    import_ = upload(review, TRAIN, changed(REFER, number="9"), changed(AUDIT, number="9"))

    content = services.with_problems(import_)

    assert b"Problem" in content
