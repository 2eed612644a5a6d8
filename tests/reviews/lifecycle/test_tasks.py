import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reviews.clock import services as clock
from reviews.lifecycle.ended import ReviewEnded
from reviews.lifecycle.models import TaskList, TaskMark
from reviews.lifecycle.tasks import lists, services
from reviews.lifecycle.tasks.checks import Found, findings
from reviews.lifecycle.tasks.queries import tasks_of, tasks_of_all
from reviews.models import Review
from reviews.rules import Role, Stage
from reviews.versions import NewerVersion
from tests.conftest import with_role
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_lifecycle import discontinued, mark_task, own_list
from tests.factories.reviews_panel import PanelMemberFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
KIND = Review.Kind.STATUTORY


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.COMMISSIONED)


@pytest.fixture
def by(review):
    return with_role(Role.COORDINATOR, review)


def line_of(review, by, code):
    return tasks_of(review, by, on=TODAY).line(code)


# --- How a task stands --------------------------------------------------------------------------


def test_nothing_is_started_in_a_new_review(review, by):
    line = line_of(review, by, "chair")

    assert (line.label, line.said) == ("Not started", "No chair sits on the panel.")


def test_what_the_service_sees_is_done_without_a_mark(review, by):
    PanelMemberFactory(review=review, capacity="chair")

    assert line_of(review, by, "chair").label == "Done"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR])
def test_every_task_that_is_looked_for_leads_to_where_it_is_done(role, client, review, sign_in):
    user = sign_in(role, review)
    found = 0

    for line in tasks_of(review, user, on=TODAY).lines:
        page = client.get(reverse("reviews:task-mark", args=[review.reference, line.task.code]))
        url = page.context["page_url"]
        assert bool(url) == (line.finding is not None)
        if url:
            assert f'href="{url}"' in page.content.decode()
            assert client.get(url).status_code == 200
            found += 1

    assert found > 15


def test_some_of_many_is_started_with_something_missing(review, by):
    for _ in range(2):
        member = PanelMemberFactory(review=review)
    member.declarations.create(key=uuid.uuid4(), kind="confidentiality", made_on=TODAY)

    line = line_of(review, by, "confidentiality")

    assert (line.label, line.said) == (
        "Started, something missing",
        "1 member has not declared.",
    )


def test_a_mark_is_contradicted_by_what_the_service_sees(review, by):
    for _ in range(2):
        PanelMemberFactory(review=review)
    services.mark(review, code="confidentiality", state="done", by=by, key=uuid.uuid4())

    line = line_of(review, by, "confidentiality")

    assert line.label == "Started, something missing"
    assert line.contradiction == "Marked done, but 2 members have not declared."


def test_what_nobody_can_work_out_is_marked(review, by):
    services.mark(review, code="proceedings", state="done", by=by, key=uuid.uuid4())

    assert line_of(review, by, "proceedings").label == "Done"


def test_what_is_not_needed_says_why_and_is_not_open(review, by):
    with pytest.raises(ValidationError, match="not needed"):
        services.mark(review, code="chair", state="not_needed", by=by, key=uuid.uuid4())

    sent = {"state": "not_needed", "why": "A local review", "by": by, "key": uuid.uuid4()}
    services.mark(review, code="chair", **sent)

    line = line_of(review, by, "chair")
    assert (line.label, line.is_open, line.mark.why) == ("Not needed", False, "A local review")


def test_every_mark_is_kept(review, by):
    for state in ("started", "done", "started"):
        services.mark(review, code="panel", state=state, by=by, key=uuid.uuid4())

    assert list(review.task_marks.values_list("state", flat=True)) == ["started", "done", "started"]
    assert line_of(review, by, "panel").label == "Started, something missing"


def test_two_people_who_mark_at_once_do_not_write_over_each_other(review, by):
    services.mark(review, code="panel", state="done", by=by, key=uuid.uuid4(), seen=0)

    with pytest.raises(services.MarkedMeanwhile):
        services.mark(review, code="panel", state="started", by=by, key=uuid.uuid4(), seen=0)


def test_a_review_that_ended_has_no_tasks_to_mark(review, by):
    discontinued(review, by=by)

    with pytest.raises(ReviewEnded):
        services.mark(review, code="panel", state="done", by=by, key=uuid.uuid4())


# --- What is next -------------------------------------------------------------------------------


def test_next_is_what_is_open_at_the_present_stage(review, by):
    next_ = tasks_of(review, by, on=TODAY).next

    assert (next_.line.task.code, next_.line.for_whom) == ("chair", "CSP coordinator")
    assert {line.stage for line in next_.lines} == {Stage.COMMISSIONED}
    assert next_.left_behind == 5  # urgent concerns: there is none


def test_next_is_the_first_later_stage_once_the_present_one_is_done(by, review):
    for line in tasks_of(review, by, on=TODAY).lines:
        if line.stage == Stage.COMMISSIONED:
            sent = {"state": "not_needed", "why": "Held elsewhere", "by": by, "key": uuid.uuid4()}
            services.mark(review, code=line.task.code, **sent)

    assert tasks_of(review, by, on=TODAY).next.line.task.code == "terms"


# --- Checks -------------------------------------------------------------------------------------


def test_every_check_of_the_house_is_there(review, by):
    lists.install()
    keys = set(TaskList.objects.filter(kind=KIND).values_list("tasks__check_key", flat=True)) - {""}

    found = findings(keys, by, [review])

    assert set(found) == keys
    assert {key for key, seen in found.items() if seen[review.pk].found is Found.ALL} == {
        "concerns-closed",
        "early-actions-done",
        "wishes-answered",
    }


def test_a_milestone_that_was_taken_back_is_not_reached(review, by):
    clock.reached(review, "notified", date(2026, 3, 4), by)
    assert line_of(review, by, "notified").label == "Done"

    clock.not_reached(review, "notified", by, why="Wrong review")

    assert line_of(review, by, "notified").label == "Not started"


def test_a_check_counts_only_what_whoever_asks_may_see(review, by):
    ParticipationFactory(review=review)
    stranger = with_role(Role.PANEL_MEMBER, review)

    assert line_of(review, by, "chronologies").said.startswith("1 agency")
    assert line_of(review, stranger, "chronologies").said == "No agency takes part yet."


@pytest.mark.parametrize("count", [1, 4])
def test_many_reviews_take_as_many_queries_as_one(count, by, review, django_assert_num_queries):
    tasks_of(review, by, on=TODAY)
    reviews = [review, *(ReviewFactory(partnership=review.partnership) for _ in range(count - 1))]

    with django_assert_num_queries(28):
        found = tasks_of_all(reviews, by, on=TODAY)

    assert len(found) == count


# --- Lists, which are data ----------------------------------------------------------------------


def test_a_local_review_has_no_task_for_the_home_office(by, review):
    lists.install()
    codes = {
        kind: set(TaskList.objects.get(kind=kind).tasks.values_list("code", flat=True))
        for kind in ("statutory", "incident")
    }

    assert codes["statutory"] - codes["incident"] == {"home-office", "sent", "answered"}


def test_a_partnerships_own_list_goes_before_the_houses_from_its_day_on(review, by):
    own_list(review.partnership, on=date(2027, 1, 1))

    assert len(tasks_of(review, by, on=TODAY).lines) > 20
    assert [line.task.code for line in tasks_of(review, by, on=date(2027, 1, 1)).lines] == ["look"]


def test_a_mark_stays_under_the_next_version(review, by):
    _, task = own_list(review.partnership)
    mark_task(review, task, by=by)
    own_list(review.partnership, on=date(2026, 2, 1))

    assert tasks_of(review, by, on=TODAY).lines[0].mark.why == "Half of it"


def test_a_review_that_ended_keeps_the_list_of_its_day(review, by):
    discontinued(review, by=by, on=date(2026, 3, 2))
    own_list(review.partnership, on=date(2026, 4, 1))
    review.refresh_from_db()

    assert len(tasks_of(review, by, on=TODAY).lines) > 20


def test_two_coordinators_do_not_write_over_each_other():
    place = PartnershipFactory()
    seen = lists.newest_for(KIND, place)
    sent = {
        "kind": KIND,
        "partnership": place,
        "title": "Ours",
        "source": "Ours",
        "effective_from": TODAY,
        "tasks": [{"code": "a", "stage": "scoping", "title": "Look", "role": "chair"}],
        "seen": seen,
        "by": None,
        "on": TODAY,
    }
    lists.make_version(**sent)

    with pytest.raises(NewerVersion):
        lists.make_version(**sent)


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def coordinator(review, client, by):
    client.force_login(by)
    return by


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_tasks_and_what_is_next(client, review, coordinator):
    text = text_of(client.get(reverse("reviews:tasks", args=[review.reference])))

    assert "<li>Appoint an independent chair (CSP coordinator)</li>" in text
    assert "5 tasks of earlier stages are still open" in text
    assert "Appoint an independent chair" in text_of(client.get(review.get_absolute_url()))


def test_marking_on_the_page(client, review, coordinator):
    url = reverse("reviews:task-mark", args=[review.reference, "panel"])
    sent = {"state": "not_needed", "why": "", "seen": 0, "key": str(uuid.uuid4())}

    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"why": "A local review"}).status_code == 302
    assert TaskMark.objects.get().why == "A local review"
    late = client.post(url, sent | {"why": "Mine", "key": str(uuid.uuid4())})
    assert late.status_code == 422
    assert "meanwhile" in text_of(late)


def test_there_is_no_page_for_a_task_that_is_not_on_the_list(client, review, coordinator):
    assert client.get(reverse("reviews:task-mark", args=[review.reference, "x"])).status_code == 404


def test_a_coordinator_makes_a_version_of_the_list(client, review, coordinator):
    place = review.partnership
    url = reverse("reviews:task-list-create", args=[place.slug, KIND])
    form = client.get(url).context["form"]
    sent = {
        name: form[name].value() if form[name].value() is not None else ""
        for name in form.fields
        if name != "effective_from" and not name.startswith("gone_")
    }
    sent |= {"title": "Ours", "source": "Ours", "gone_0": "on"}
    sent |= {"effective_from_day": "1", "effective_from_month": "1", "effective_from_year": "2030"}
    last = form.row_count - 1
    sent |= {f"title_{last}": "Hold a debriefing", f"stage_{last}": "scoping"}
    sent[f"role_{last}"] = "chair"

    response = client.post(url, sent)

    assert response.status_code == 302, form_errors(response)
    made = TaskList.objects.get(partnership=place)
    titles = list(made.tasks.filter(stage="scoping").values_list("title", flat=True))
    assert titles[-1] == "Hold a debriefing"
    assert not made.tasks.filter(code="notified").exists()
    assert made.tasks.filter(code="chair", check_key="chair-appointed").exists()


def form_errors(response):
    return response.context["form"].errors
