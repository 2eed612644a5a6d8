import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from actionplans.many.models import PlanBatch
from actionplans.models import PlanImport, Recommendation
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
HEADINGS = ("Review", "No", "Recommendation", "Lead agency", "Target date", "Status")
UPLOAD = "actionplans:batch-upload"


def file_of(*rows):
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("all actions.xlsx", stream.getvalue())


def row(review, number, text, status=""):
    return (review.reference, number, text, "Northbank Police", "March 2027", status)


@pytest.fixture
def reviews():
    first = ReviewFactory()
    return first, ReviewFactory(partnership=first.partnership)


@pytest.fixture
def coordinator(client, reviews):
    user = with_role(Role.COORDINATOR, reviews[0])
    client.force_login(user)
    return user


def bring(client, *rows, key=None):
    return client.post(
        reverse(UPLOAD), {"file": file_of(*rows), "key": key or uuid.uuid4()}, follow=True
    )


def texts(review):
    return list(Recommendation.objects.filter(review=review).live().values_list("text", flat=True))


def test_each_review_gets_its_own_plan(client, coordinator, reviews):
    first, second = reviews
    bring(client, row(first, "1", "Train officers"), row(second, "1", "Audit case files"))
    batch = PlanBatch.objects.get()

    client.post(reverse("actionplans:batch-save", args=[batch.pk]))

    assert (texts(first), texts(second)) == (["Train officers"], ["Audit case files"])
    assert {part.plan_import.state for part in batch.parts.all()} == {PlanImport.State.SAVED}


def test_the_same_sheet_again_doubles_nothing(client, coordinator, reviews):
    rows = [row(reviews[0], "1", "Train officers"), row(reviews[1], "1", "Audit case files")]
    for _ in range(2):
        bring(client, *rows)
        client.post(reverse("actionplans:batch-save", args=[PlanBatch.objects.first().pk]))

    assert [len(texts(review)) for review in reviews] == [1, 1]


def test_a_second_click_brings_it_once(client, coordinator, reviews):
    key = uuid.uuid4()

    for _ in range(2):
        bring(client, row(reviews[0], "1", "Train officers"), key=key)

    assert (PlanBatch.objects.count(), PlanImport.objects.count()) == (1, 1)


def test_rows_of_a_review_that_is_not_theirs_are_told_as_those_of_none(
    client, coordinator, reviews
):
    foreign = ReviewFactory()

    page = bring(
        client,
        row(foreign, "1", "Their words"),
        ("No such review", "1", "Nobody's words", "", "", ""),
        row(reviews[0], "1", "Train officers"),
    )

    assert [(one["what"], one["why"]) for one in PlanBatch.objects.get().left] == [
        (f"“{foreign.reference}”, 1 row", "You run no review with this reference."),
        ("“No such review”, 1 row", "You run no review with this reference."),
    ]
    assert not PlanImport.objects.filter(review=foreign).exists()
    assert "Rows that went to no review" in page.text


def test_a_plan_that_cannot_be_saved_keeps_no_other_out(client, coordinator, reviews):
    first, second = reviews
    bring(client, row(first, "1", "Train officers"), row(second, "1", "Audit case files"))
    batch = PlanBatch.objects.get()
    second.state = "discontinued"
    second.save()

    page = client.post(reverse("actionplans:batch-save", args=[batch.pk]), follow=True)

    assert (texts(first), texts(second)) == (["Train officers"], [])
    assert f"{second.reference} was not saved." in page.text


def test_the_columns_are_said_once_for_all(client, coordinator, reviews):
    bring(client, row(reviews[0], "1", "Train officers"), row(reviews[1], "1", "Audit"))
    batch = PlanBatch.objects.get()
    address = reverse("actionplans:batch-columns", args=[batch.pk])
    boxes = client.get(address).context["form"].boxes
    chosen = {
        box.html_name: "" if column["heading"] == "Status" else column["field"]
        for column, box in boxes
    }

    client.post(address, chosen)

    mappings = [part.plan_import.mapping for part in batch.parts.all()]
    assert mappings[0] == mappings[1]
    assert "status" not in mappings[0]


def test_without_a_column_for_the_review_it_is_said_beside_the_file(client, coordinator):
    file = SimpleUploadedFile("plan.csv", b"Recommendation,Lead agency\nTrain officers,Police\n")

    page = client.post(reverse(UPLOAD), {"file": file, "key": uuid.uuid4()})

    assert page.status_code == 422
    assert "No column says of which review each row is." in page.context["form"].errors["file"][0]


def test_another_coordinator_does_not_see_the_file(client, coordinator, reviews):
    bring(client, row(reviews[0], "1", "Train officers"))
    client.force_login(with_role(Role.COORDINATOR, reviews[0]))

    page = client.get(reverse("actionplans:batch-detail", args=[PlanBatch.objects.get().pk]))

    assert page.status_code == 404


def test_whoever_runs_no_review_may_not_bring_one(client, reviews):
    client.force_login(with_role(Role.BOARD_READER, reviews[0]))

    assert client.get(reverse(UPLOAD)).status_code == 403
