"""Pages of papers: three clicks from the plan to the file, drafts kept by nobody, finals by all."""

import uuid
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.papers.models import PlanPaper
from audit.models import Event
from reviews.models import Review
from reviews.rules import Role, State
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    PlanImportFactory,
    ProgressNoteFactory,
    RecommendationFactory,
)
from tests.factories.actionplans_papers import final_paper
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def one(review):
    return RecommendationFactory(review=review, number="4", text="Train every officer")


@pytest.fixture
def coordinator(sign_in, review):
    return sign_in(Role.COORDINATOR, review)


def asked(**more):
    today = timezone.localdate()
    day = {"as_of_day": today.day, "as_of_month": today.month, "as_of_year": today.year}
    return {"kind": "statement", "format": "html"} | day | more


def page(name, review):
    return reverse(f"actionplans:paper-{name}", args=[review.reference])


def of_all(name, review):
    return reverse(f"actionplans:papers-{name}", args=[review.partnership.slug])


def keep(client, url, form):
    """Looked at, and kept as it was shown."""
    seen = client.post(url, form).context["seen"]
    return client.post(url, form | {"seen": seen}, follow=True)


def test_from_the_plan_to_the_file_in_three_clicks(client, one, review, coordinator):
    plan = client.get(reverse("actionplans:plan", args=[review.reference])).content.decode()
    assert page("list", review) in plan
    papers = client.get(page("list", review)).content.decode()
    assert f'action="{page("draft", review)}"' in papers

    response = client.get(page("draft", review), asked(format="docx"))

    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith("attachment")
    assert review.reference in response["Content-Disposition"]
    assert PlanPaper.objects.count() == 0
    assert Event.objects.filter(type="export.made").get().data["format"] == "docx"


def test_a_draft_is_looked_at_before_it_becomes_final(client, one, review, coordinator):
    content = client.get(page("draft", review), asked()).content.decode()

    assert "Train every officer" in content
    assert ">Draft<" in content.replace("\n", "").replace("  ", "")
    form = client.get(page("create", review), asked()).content.decode()
    assert f'value="{timezone.localdate().year}"' in form


def test_a_final_paper_is_made_and_shown(client, one, review, coordinator):
    response = keep(client, page("create", review), asked(is_given="on", key=uuid.uuid4()))

    paper = PlanPaper.objects.get()
    assert response.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert "Train every officer" in response.content.decode()
    assert paper.is_given
    for format_, begins in {
        "pdf": b"%PDF-",
        "docx": b"PK",
        "html": b"<!DOCTYPE",
        "xlsx": b"PK",
    }.items():
        file = client.get(reverse("actionplans:paper-file", args=[paper.pk, format_]))
        assert file.content.startswith(begins)
        assert file["Content-Disposition"].startswith("attachment")


def test_a_final_paper_is_shown_whole_before_it_is_kept(client, one, review, coordinator):
    response = client.post(page("create", review), asked(key=uuid.uuid4()))

    content = response.content.decode()
    assert response.status_code == 200
    assert "Keep this as the final paper" in content
    assert "Train every officer" in content
    assert "There is a final paper of this kind" not in content
    assert PlanPaper.objects.count() == 0


def test_what_changed_since_it_was_shown_is_shown_again(client, one, review, coordinator):
    form = asked(key=uuid.uuid4())
    seen = client.post(page("create", review), form).context["seen"]
    one.text = "Train half of them"
    one.save()

    response = client.post(page("create", review), form | {"seen": seen})

    content = response.content.decode()
    assert "has changed while you were looking" in content
    assert "Train half of them" in content
    assert PlanPaper.objects.count() == 0


def test_a_second_paper_of_one_day_is_warned_of(client, one, review, coordinator):
    first = final_paper(review, by=None)
    final_paper(review, by=None, kind="summary")

    response = client.post(page("create", review), asked(key=uuid.uuid4()))

    assert list(response.context["alike"]) == [first]
    assert first.get_absolute_url() in response.content.decode()


def test_what_was_chosen_can_be_changed_after_a_look(client, one, review, coordinator):
    response = client.post(page("create", review), asked(key=uuid.uuid4(), change="yes"))

    assert "Look at it first" in response.content.decode()
    assert response.context["form"].errors == {}
    assert PlanPaper.objects.count() == 0


def test_what_was_never_filled_in_is_named_with_the_way_to_it(client, one, review, coordinator):
    one.text = "Train every officer by (insert date)"
    one.save()

    response = client.post(page("create", review), asked(key=uuid.uuid4()))

    content = response.content.decode()
    assert response.status_code == 422
    assert reverse("actionplans:recommendation-change", args=[review.reference, one.pk]) in content
    assert "(insert date)" in content
    assert PlanPaper.objects.count() == 0


def test_each_place_leads_to_the_page_where_it_can_be_changed(client, one, review, coordinator):
    action = ActionFactory(recommendation=one, text="Write it by (insert date)", key=uuid.uuid4())
    MilestoneFactory(recommendation=one, text="Agreed by [name]")
    ProgressNoteFactory(recommendation=one, row=action.row, note="Held on xx/xx/2027")
    RecommendationFactory(
        review=review, number="5", text="Audit TBC files", plan_import=PlanImportFactory()
    )

    response = client.post(page("create", review), asked(key=uuid.uuid4(), kind="plan"))

    ways = {place.found: [way.url for way in ways] for place, ways in response.context["places"]}
    named = partial(reverse, args=[review.reference, one.pk])
    assert ways == {
        "(insert date)": [
            reverse("actionplans:action-change", args=[review.reference, one.pk, action.pk])
        ],
        "[name]": [named("actionplans:recommendation-milestones")],
        "xx": [reverse("actionplans:row-update", args=[review.reference, action.row.pk])],
        "TBC": [reverse("actionplans:import-list", args=[review.reference])],
    }


def test_a_day_to_come_is_refused_beside_its_boxes(client, one, review, coordinator):
    response = client.get(page("draft", review), asked(as_of_year=2100))

    assert response.status_code == 422
    assert "Nobody knows yet" in response.content.decode()


def test_an_ended_review_shows_its_papers_and_takes_no_more(client, one, review, coordinator):
    Review.objects.update(state=State.CLOSED)

    assert "Make a final paper" not in client.get(page("list", review)).content.decode()
    assert client.get(page("draft", review), asked()).status_code == 200
    assert client.post(page("create", review), asked(key=uuid.uuid4())).status_code == 409


def test_the_board_finds_what_it_was_given_and_makes_nothing(client, one, review, sign_in):
    given = final_paper(review, by=None, is_given=True)
    kept = final_paper(review, by=None, kind="summary")
    sign_in(Role.BOARD_READER, review)

    content = client.get(page("list", review)).content.decode()

    assert given.get_absolute_url() in content
    assert kept.get_absolute_url() not in content
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(page("draft", review), asked()).status_code == 403
    assert client.post(page("create", review), asked(key=uuid.uuid4())).status_code == 403


def test_an_action_lead_never_finds_a_paper(client, one, review, sign_in):
    given = final_paper(review, by=None, is_given=True)
    sign_in(Role.ACTION_LEAD, review, ParticipationFactory(review=review))

    assert client.get(page("list", review)).status_code == 403
    assert client.get(given.get_absolute_url()).status_code == 404
    plan = client.get(reverse("actionplans:plan", args=[review.reference])).content.decode()
    assert page("list", review) not in plan


# --- All reviews of a partnership ------------------------------------------------------------------


@pytest.fixture
def two(sign_in, review, one):
    """Another review of the partnership, and one of another partnership."""
    other = ReviewFactory(partnership=review.partnership)
    RecommendationFactory(review=other, text="Refer every family")
    RecommendationFactory(text="Of another partnership")
    return other


def test_one_paper_about_all_reviews_of_a_partnership(client, review, two, sign_in):
    sign_in(Role.COORDINATOR, partnership=review.partnership)

    content = client.get(of_all("draft", review), asked()).content.decode()

    assert "Train every officer" in content
    assert "Refer every family" in content
    assert "Of another partnership" not in content


def test_a_final_paper_of_a_partnership_is_on_the_trail_of_each_review(
    client, review, two, sign_in
):
    sign_in(Role.COORDINATOR, partnership=review.partnership)

    keep(client, of_all("create", review), asked(key=uuid.uuid4()))

    paper = PlanPaper.objects.get()
    assert paper.review_ids == sorted([review.pk, two.pk])
    assert paper.pdf.is_sealed
    streams = Event.objects.filter(type="paper.made").values_list("stream", flat=True)
    assert set(streams) == {f"review:{one.reference}" for one in (review, two)}


def test_a_review_that_has_ended_is_left_out_of_a_paper_about_all(client, review, two, sign_in):
    Review.objects.filter(pk=two.pk).update(state=State.CLOSED)
    sign_in(Role.COORDINATOR, partnership=review.partnership)

    keep(client, of_all("create", review), asked(key=uuid.uuid4()))

    assert PlanPaper.objects.get().review_ids == [review.pk]


def test_another_partnership_does_not_exist(client, review, two, sign_in):
    sign_in(Role.COORDINATOR, partnership=ReviewFactory().partnership)

    assert client.get(of_all("list", review)).status_code == 404
    assert client.get(of_all("draft", review), asked()).status_code == 404
