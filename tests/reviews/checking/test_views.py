"""Checking on the page: nothing marked is lost, and nobody marks over somebody else."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.checking import lists
from reviews.checking.models import AskedToCheck, Checklist, CheckMark, QualityCheck
from reviews.checking.queries import newest_marks
from reviews.querying.models import Query
from reviews.requests.services import moving
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_checking import asked_to_check, items_of, marked, panel_member
from tests.factories.reviews_querying import in_days, raised
from tests.factories.reviews_requests import asked, submitted
from tests.factories.reviews_submissions import sent as handed_in

pytestmark = pytest.mark.django_db


def page(name, request, *more):
    return reverse(f"reviews:{name}", args=[request.review.reference, request.pk, *more])


def words(response):
    return " ".join(response.content.decode().split())


def key():
    return str(uuid.uuid4())


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def chair(part, client):
    user = with_role(Role.CHAIR, part.review)
    client.force_login(user)
    return user


def form(request, outcome="", check=None, **more):
    """What the page sends: every item, with the marks that it showed."""
    seen = newest_marks(check) if check else {}
    sent = {}
    for item in items_of(request):
        mark = seen.get(item.pk)
        sent |= {
            f"outcome_{item.pk}": outcome or (mark.outcome if mark else ""),
            f"note_{item.pk}": mark.note if mark else "",
            f"seen_{item.pk}": mark.pk if mark else 0,
        }
    return sent | more


def test_what_is_marked_is_saved_and_shown_again(client, part, chair):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]
    url = page("check", request)
    assert "Not begun" in words(client.get(url))

    sent = form(request) | {f"outcome_{item.pk}": "partly", f"note_{item.pk}": "See page 3"}
    assert client.post(url, sent).status_code == 302

    assert CheckMark.objects.get().by == chair
    shown = client.get(url).context["form"]
    assert shown[f"outcome_{item.pk}"].value() == "partly"
    assert shown[f"note_{item.pk}"].value() == "See page 3"


def test_finishing_asks_for_what_is_missing_and_then_ends_it(client, part, chair):
    request = submitted(part, kind="imr")
    url, n = page("check", request), len(items_of(request))

    response = client.post(url, form(request, finish="yes"))
    assert response.status_code == 422
    assert f"{n} items are not marked yet" in words(response)

    client.post(url, form(request, "met", finish="yes"))
    check = QualityCheck.objects.get()
    assert (check.finished_by, check.is_over) == (chair, True)
    assert f"{n} met" in words(client.get(url))


def test_two_people_at_one_item_hear_of_each_other(client, part, chair):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]
    sent = form(request) | {f"outcome_{item.pk}": "not_met", f"note_{item.pk}": "No sources"}
    other = UserFactory(name="Another Reader")
    marked(request, by=other, only=1, note="Fine")

    response = client.post(page("check", request), sent)

    assert response.status_code == 422
    assert "Another Reader has marked this meanwhile: Met" in words(response)
    again = response.context["form"].data
    assert client.post(page("check", request), again.dict()).status_code == 302
    assert CheckMark.objects.order_by("pk").last().outcome == "not_met"


def test_a_finished_check_takes_no_more(client, part, chair):
    request = submitted(part, kind="imr")
    check = marked(request, finish=True)

    response = client.post(page("check", request), form(request, "partly", check), follow=True)

    assert "finished already" in words(response)
    assert not CheckMark.objects.filter(outcome="partly").exists()


def test_the_check_of_the_version_before_stays_to_be_read(client, part, chair):
    request = submitted(part, kind="imr")
    old = marked(request, note="Thin on analysis", finish=True)
    moving.return_request(request, by=UserFactory(), key=uuid.uuid4(), reason="Gaps", due=in_days())
    moving.submit(request, by=UserFactory(), key=uuid.uuid4())

    shown = client.get(page("check", request))

    assert old.get_absolute_url() in shown.content.decode()
    assert "Thin on analysis" not in words(shown)
    assert "Thin on analysis" in words(client.get(old.get_absolute_url()))


@pytest.mark.parametrize("outcome", ["partly", "not_met"])
def test_what_falls_short_says_in_what(outcome, client, part, chair):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]

    response = client.post(page("check", request), form(request) | {f"outcome_{item.pk}": outcome})

    assert response.status_code == 422
    assert f"Say what is missing: “{item.question}”" in words(response)
    assert not CheckMark.objects.exists()


def test_a_mark_of_before_without_a_note_stops_nobody(client, part, chair):
    request = submitted(part, kind="imr")
    check = marked(request, outcome="not_met", only=1)

    assert client.post(page("check", request), form(request, check=check)).status_code == 302


@pytest.mark.parametrize("finish", [False, True])
def test_what_falls_short_leads_to_a_query_about_it(finish, client, part, chair):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]
    marked(request, outcome="not_met", note="Thin", only=None if finish else 1, finish=finish)
    link = f"{page('query-raise', request)}?item={item.pk}"
    assert f'href="{link}"' in client.get(page("check", request)).content.decode()

    shown = client.get(link).context["form"]
    assert shown["text"].value() == f"{item.question}\nThin"

    sent = {"about": "whole", "text": "Why was it so?", "key": key()}
    assert client.post(link, sent)["Location"] == page("check", request)
    assert Query.objects.get().text == "Why was it so?"


@pytest.mark.parametrize("item", ["met", "foreign", "x", "9" * 30])
def test_nothing_else_of_a_check_gets_into_a_query(item, client, part, chair):
    request = submitted(part, kind="imr")
    marked(request, note="All is well", only=1)
    other = submitted(ParticipationFactory(), kind="imr")
    foreign = marked(other, outcome="not_met", note="Elsewhere", finish=True).marks.last()
    item = {"met": items_of(request)[0].pk, "foreign": foreign.item_id}.get(item, item)

    shown = client.get(page("query-raise", request), {"item": item})

    assert not shown.context["form"]["text"].value()


def test_a_long_check_says_where_its_parts_are(client, part, chair):
    request = submitted(part, kind="imr")
    text = words(client.get(page("check", request)))

    last = f"item-{items_of(request)[-1].pk}"
    for place in (last, "finish", "queries", "asked-to-check"):
        assert f'href="#{place}"' in text
        assert f'id="{place}"' in text


def test_while_it_is_with_the_agency_it_is_neither_returned_nor_accepted(client, part, chair):
    request = submitted(part, kind="imr")
    links = [page(name, request) for name in ("request-return", "request-accept")]
    text = words(client.get(page("check", request)))
    assert all(link in text for link in links)

    moving.return_request(request, by=UserFactory(), key=uuid.uuid4(), reason="Gaps", due=in_days())
    text = words(client.get(page("check", request)))
    assert not any(link in text for link in links)
    assert "It is with the agency again" in text


def test_accepting_says_how_the_check_stands_and_stops_nobody(client, part, chair):
    request = submitted(part, kind="imr")
    url = page("request-accept", request)
    assert "has not been begun" in words(client.get(url))

    marked(request, outcome="not_met", only=1)
    raised(request)
    text = words(client.get(url))
    assert "is not finished: 1 not met, " in text
    assert "1 query about it is not settled" in text

    assert client.post(url, {"key": key()}).status_code == 302
    request.refresh_from_db()
    assert request.state == "accepted"


def test_a_check_that_found_all_well_is_not_mentioned(client, part, chair):
    request = submitted(part, kind="imr")
    marked(request, finish=True)

    assert "The quality check" not in words(client.get(page("request-accept", request)))


@pytest.mark.parametrize("kind", ["question", "imr"])
def test_where_nothing_came_that_can_be_checked_the_page_says_so(kind, client, part, chair):
    request = asked(part, kind=kind)

    response = client.get(page("check", request), follow=True)

    assert "Nothing has come yet" in words(response)


@pytest.mark.parametrize("junk", ["x", "-1", ""])
def test_junk_in_the_form_breaks_nothing(junk, client, part, chair):
    request = submitted(part, kind="imr")
    item = items_of(request)[0]

    response = client.post(page("check", request), form(request) | {f"seen_{item.pk}": junk})

    assert response.status_code == 422
    assert not QualityCheck.objects.exists()


def test_an_agency_never_sees_a_check(client, part):
    request = submitted(part, kind="imr")
    check = marked(request, only=1)
    for role in (Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER, Role.ACTION_LEAD):
        client.force_login(with_role(role, part.review, part))
        for url in (page("check", request), check.get_absolute_url()):
            assert client.get(url).status_code == 404


# --- Asking -------------------------------------------------------------------------------------


def test_the_chair_asks_a_member_who_then_checks(client, part, chair):
    request = submitted(part, kind="imr")
    member = panel_member(part.review)
    sent = {"member": member.pk, "key": key()}

    for _ in range(2):
        assert client.post(page("check-ask", request), sent).status_code == 302
    given = AskedToCheck.objects.get()

    client.force_login(member.user)
    assert "To check" in words(client.get(reverse("desk:home")))
    assert (
        client.post(page("check", request), form(request, "met", finish="yes")).status_code == 302
    )
    assert QualityCheck.objects.get().finished_by == member.user
    assert client.get(page("check-ask", request)).status_code == 403

    client.force_login(chair)
    assert client.post(page("check-ask-end", request, given.pk)).status_code == 302
    client.force_login(member.user)
    assert client.get(page("check", request)).status_code == 404
    assert "To check" not in words(client.get(reverse("desk:home")))


def test_who_was_asked_reads_the_version_and_asks_about_its_headings(client, part):
    version = handed_in(part)
    member = panel_member(part.review)
    asked_to_check(version.request, member=member)
    client.force_login(member.user)

    shown = client.get(page("check", version.request)).content.decode()
    read = client.get(version.get_absolute_url())

    assert version.get_absolute_url() in shown
    assert read.status_code == 200
    assert "Ask about this" in words(read)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))
    assert "Ask about this" not in words(client.get(version.get_absolute_url()))


def test_nobody_outside_the_offer_can_be_asked(client, part, chair):
    request = submitted(part, kind="imr")
    elsewhere = panel_member(ParticipationFactory().review)

    response = client.post(page("check-ask", request), {"member": elsewhere.pk, "key": key()})

    assert response.status_code == 422
    assert not AskedToCheck.objects.exists()


def test_another_request_cannot_be_reached_by_being_asked(client, part):
    member = panel_member(part.review)
    asked_to_check(submitted(part, kind="imr"), member=member)
    other = submitted(ParticipationFactory(review=part.review), kind="imr")
    client.force_login(member.user)

    assert client.get(page("check", other)).status_code == 404
    assert client.get(page("query-raise", other)).status_code == 404


# --- Checklists ---------------------------------------------------------------------------------


def test_a_partnership_makes_its_own_list(client, part):
    client.force_login(with_role(Role.COORDINATOR, part.review))
    place = part.review.partnership
    lists.install()
    url = reverse("reviews:checklist-create", args=[place.slug, "report"])
    shown = client.get(url).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in shown}
    today = timezone.localdate()
    sent |= {
        "title": "Local",
        "source": "Our protocol",
        "question_0": "Is it readable?",
        "gone_1": "on",
        "effective_from_day": today.day,
        "effective_from_month": today.month,
        "effective_from_year": today.year,
    }

    response = client.post(url, {name: value for name, value in sent.items() if value is not False})

    assert response.status_code == 302, words(response)
    made = Checklist.objects.get(partnership=place)
    house = Checklist.objects.get(partnership=None, kind="report")
    assert made.items.first().question == "Is it readable?"
    assert made.items.count() == house.items.count() - 1
    assert "Local, version 1" in words(client.get(response["Location"]))


def test_an_item_without_a_question_is_taken_out_or_refused(client, part):
    client.force_login(with_role(Role.COORDINATOR, part.review))
    lists.install()
    url = reverse("reviews:checklist-create", args=[part.review.partnership.slug, "imr"])
    shown = client.get(url).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in shown} | {"question_0": ""}

    response = client.post(url, {name: value for name, value in sent.items() if value is not False})

    assert response.status_code == 422
    assert "Enter the question, or take the item out" in words(response)


def test_there_is_no_checklist_of_another_kind(client, part):
    client.force_login(with_role(Role.COORDINATOR, part.review))

    url = reverse("reviews:checklist-detail", args=[part.review.partnership.slug, "question"])

    assert client.get(url).status_code == 404
