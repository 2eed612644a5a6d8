import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplans.sheet.models import PlanSheet
from actionplans.sheet.services import begin_saving, job_of
from foundations.post.jobs import run_job
from reviews.rules import Role
from tests.actionplans.sheet.sheets import Edited, pasted
from tests.conftest import with_role
from tests.factories.actionplans import ActionFactory, RecommendationFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def action(review):
    one = RecommendationFactory(review=review, number="4")
    return ActionFactory(recommendation=one, number="4.1", text="Write a course")


@pytest.fixture
def coordinator(client, review):
    user = with_role(Role.COORDINATOR, review)
    client.force_login(user)
    return user


def url(step, review, *pk):
    return reverse(f"actionplans:sheet-{step}", args=[review.reference, *pk])


def upload(client, review, content, **more):
    form = {
        "file": SimpleUploadedFile("plan.xlsx", content),
        "reason": "Agreed",
        "key": uuid.uuid4(),
        **more,
    }
    return client.post(url("bring", review), form, follow=True)


def test_download_edit_upload_and_save(client, coordinator, review, action):
    content = client.get(url("download", review)).content
    edited = Edited(review, coordinator, content)
    edited.put(2, "Action", "Write and teach a course")

    page = upload(client, review, edited.content())
    assert "Write and teach a course" in page.content.decode()
    assert "Save these changes" in page.content.decode()
    client.post(url("save", review, PlanSheet.objects.get().pk))

    action.refresh_from_db()
    assert action.text == "Write and teach a course"


def test_a_problem_is_shown_beside_its_row_and_nothing_can_be_saved(
    client, coordinator, review, action
):
    edited = Edited(review, coordinator)
    edited.put(2, "Lead agency", "Nobody Has Heard Of It")

    page = upload(client, review, edited.content()).content.decode()

    assert "not in the register of agencies" in page
    assert "Save these changes" not in page


def test_a_file_that_is_none_is_refused_beside_the_box(client, coordinator, review):
    response = upload(client, review, b"not a workbook")

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_a_sheet_of_another_review_is_refused_beside_the_box(client, coordinator, review, action):
    other = ReviewFactory(partnership=review.partnership)
    content = Edited(review, coordinator).content()
    client.force_login(with_role(Role.COORDINATOR, other))

    response = upload(client, other, content)

    assert "another review" in response.context["form"].errors["file"][0]


def test_pasted_rows_are_shown_before_they_are_saved(client, coordinator, review, action):
    form = {
        "text": pasted(("Number", "Owner"), ("4.1", "Head of Training")),
        "reason": "Agreed",
        "key": uuid.uuid4(),
    }

    page = client.post(url("paste", review), form, follow=True).content.decode()

    assert "Head of Training" in page


def test_pasted_words_without_headings_are_refused(client, coordinator, review):
    form = {"text": "Just a sentence", "reason": "Agreed", "key": uuid.uuid4()}

    response = client.post(url("paste", review), form)

    assert "row with the headings" in response.context["form"].errors["text"][0]


def test_what_was_pasted_with_a_fault_is_there_again_to_be_corrected(
    client, coordinator, review, action
):
    form = {
        "text": pasted(("Number", "Owner"), ("99", "Head of Training")),
        "reason": "Agreed",
        "key": uuid.uuid4(),
    }

    page = client.post(url("paste", review), form, follow=True)

    again, words = page.context["again"]
    assert words in page.content.decode()
    assert "Bring the corrected sheet" not in page.content.decode()
    kept = client.get(again).context["form"]
    assert (kept["text"].value(), kept["reason"].value()) == (form["text"], "Agreed")


def test_everything_that_is_missing_is_said_at_once(client, coordinator, review, action):
    response = client.post(url("rows", review), {"which": "chosen", "key": uuid.uuid4()})

    errors = response.context["form"].errors
    assert set(errors) == {"__all__", "reason"}
    assert [text.split(",")[0] for text in errors["__all__"]] == [
        "Tick at least one row",
        "Say what to change: a lead",
    ]
    assert "Those ticked above" in response.content.decode()


def test_rows_that_were_ticked_are_called_by_their_numbers(client, coordinator, review, action):
    form = {"which": "all", "level": "local", "reason": "Agreed", "key": uuid.uuid4()}

    page = client.post(url("rows", review), form, follow=True).content.decode()

    assert "4.1" in page
    assert "Row 1" not in page


def test_ticked_rows_get_the_same_lead(client, coordinator, review, action):
    part = ParticipationFactory(review=review)
    other = ActionFactory(recommendation=action.recommendation, text="Teach it")
    form = {
        "which": "chosen",
        "rows": [action.row.pk],
        "lead": part.agency.name,
        "reason": "Agreed",
        "key": uuid.uuid4(),
    }

    client.post(url("rows", review), form)
    client.post(url("save", review, PlanSheet.objects.get().pk))

    action.row.refresh_from_db()
    other.row.refresh_from_db()
    assert (action.row.lead, other.row.lead) == (part, None)


def test_all_that_the_filters_find_get_the_same(client, coordinator, review, action):
    RecommendationFactory(review=review, due="May 2035")
    form = {"which": "all", "level": "local", "reason": "Agreed", "key": uuid.uuid4()}

    client.post(url("rows", review) + "?due=undated", form)

    assert PlanSheet.objects.get().counts["changed"] == 1


def test_no_row_at_all_is_refused(client, coordinator, review, action):
    form = {"which": "chosen", "level": "local", "reason": "Agreed", "key": uuid.uuid4()}

    response = client.post(url("rows", review), form)

    assert response.status_code == 422
    assert "Tick at least one row" in response.content.decode()


def test_a_row_of_another_review_cannot_be_ticked(client, coordinator, review, action):
    foreign = ActionFactory().row
    form = {
        "which": "chosen",
        "rows": [foreign.pk],
        "level": "local",
        "reason": "Agreed",
        "key": uuid.uuid4(),
    }

    assert client.post(url("rows", review), form).status_code == 422


def test_nothing_to_change_is_refused(client, coordinator, review, action):
    form = {"which": "all", "reason": "Agreed", "key": uuid.uuid4()}

    response = client.post(url("rows", review), form)

    assert "Say what to change" in response.content.decode()


def test_the_preview_is_read_in_pages(client, coordinator, review, django_assert_max_num_queries):
    for at in range(60):
        RecommendationFactory(review=review, number=str(at + 1))
    form = {"which": "all", "level": "local", "reason": "Agreed", "key": uuid.uuid4()}
    client.post(url("rows", review), form)
    sheet = PlanSheet.objects.get()

    with django_assert_max_num_queries(40):
        page = client.get(url("detail", review, sheet.pk))

    assert len(page.context["page_obj"].object_list) == 50
    assert page.context["page_obj"].paginator.count == 60


def test_an_action_lead_reaches_none_of_it(client, review, action):
    part = ParticipationFactory(review=review)
    client.force_login(with_role(Role.ACTION_LEAD, review, part))

    statuses = {client.get(url(step, review)).status_code for step in ("bring", "paste", "rows")}

    assert statuses == {403}
    assert client.get(url("download", review)).status_code == 403


def test_the_page_shows_that_a_worker_is_saving(client, coordinator, review, action):
    edited = Edited(review, coordinator, client.get(url("download", review)).content)
    edited.put(2, "Action", "Write and teach a course")
    upload(client, review, edited.content())
    sheet = begin_saving(PlanSheet.objects.get(), by=coordinator)

    page = client.get(sheet.get_absolute_url()).content.decode()
    run_job(job_of(sheet).pk)
    after = client.get(sheet.get_absolute_url(), headers={"HX-Request": "true"})

    assert "1 row changes, all of them or none." in page
    assert after.headers["HX-Redirect"] == sheet.get_absolute_url()
