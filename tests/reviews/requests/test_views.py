import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services import close_account
from audit.models import Event
from foundations.dates import PartialDate
from foundations.post.models import Message
from reviews.people.services import set_identity
from reviews.requests.models import Request, RequestDraft, RequestMove
from reviews.requests.services import answering, moving
from reviews.rules import Role
from reviews.services import submit_chronology
from reviews.submissions.models import SubmissionFile
from reviews.submissions.services.writing import remove_file
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_clock import start_clock
from tests.factories.reviews_requests import (
    answered_nil,
    asked,
    more_time_asked,
    overdue,
    submitted,
)
from tests.factories.reviews_submissions import prepared

pytestmark = pytest.mark.django_db
NIL = {"nil": "nothing_known"}
TODAY = timezone.localdate


def day(name, value):
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def page(name, request, *more):
    return reverse(f"reviews:request-{name}", args=[request.review.reference, request.pk, *more])


def words(response):
    return " ".join(response.content.decode().split())


def states_of(request):
    return list(request.moves.order_by("pk").values_list("what", flat=True))


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(part, client):
    user = with_role(Role.COORDINATOR, part.review)
    client.force_login(user)
    return user


# --- Asking -------------------------------------------------------------------------------------


def ask_form(*parts, **more):
    form = {
        "kind": "chronology",
        "participations": [part.pk for part in parts],
        "what": "",
        "why": "Contact was recorded",
        "key": uuid.uuid4(),
        **day("due", TODAY() + timedelta(days=28)),
    }
    return form | more


def ask_url(part):
    return reverse("reviews:request-ask", args=[part.review.reference])


def look(client, url, form):
    """Through the preview: the form that its button sends."""
    response = client.post(url, form)
    assert response.status_code == 200, words(response)
    sent = {}
    for name, value in response.context["sent"]:
        sent.setdefault(name, []).append(value)
    return response, sent | {"send": "yes"}


def test_nothing_is_sent_before_every_message_was_shown(client, part, coordinator):
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    silent = ParticipationFactory(review=part.review)

    response, form = look(client, ask_url(part), ask_form(part, silent))

    text = words(response)
    assert (Request.objects.count(), Message.objects.count()) == (0, 0)
    assert author.email in text
    assert f"Nobody of {silent.agency} can answer yet" in text

    assert client.post(ask_url(part), form).status_code == 302
    message, request = Message.objects.get(), Request.objects.get(participation=part)
    shown = response.context["preview"][0 if response.context["preview"][0].part == part else 1]
    assert [(mail.to, mail.subject, mail.body) for mail in shown.mails] == [
        (message.to, message.subject, message.body)
    ]
    assert f"/requests/{request.key}/" in message.body


def test_a_second_click_on_send_asks_nobody_again(client, part, coordinator):
    _, form = look(client, ask_url(part), ask_form(part))

    for _ in range(2):
        client.post(ask_url(part), form)

    assert Request.objects.count() == 1


def test_what_changed_since_it_was_looked_at_is_looked_at_again(client, part, coordinator):
    _, form = look(client, ask_url(part), ask_form(part))
    with_role(Role.IMR_AUTHOR, part.review, part)

    response = client.post(ask_url(part), form)

    assert "have changed while you were looking" in words(response)
    assert not Request.objects.exists()


def test_all_agencies_are_asked_at_once_but_those_that_owe_it(client, part, coordinator):
    others = [ParticipationFactory(review=part.review) for _ in range(2)]
    ParticipationFactory(review=part.review, is_lead_only=True)
    asked(part)

    response, form = look(client, ask_url(part), ask_form(everyone="on"))
    client.post(ask_url(part), form)

    assert f"{part.agency} was asked for this already" in words(response)
    assert Request.objects.filter(participation__in=others).count() == 2
    assert Request.objects.count() == 3


def test_one_can_go_back_from_the_preview_and_finds_what_was_typed(client, part, coordinator):
    _, form = look(client, ask_url(part), ask_form(part, why="Because of the call"))
    form.pop("send")

    response = client.post(ask_url(part), form | {"change": "yes"})

    assert "Because of the call" in words(response)
    assert "Look at the messages" in words(response)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"participations": []}, "Choose all agencies, or at least one"),
        ({"why": ""}, "Say why you ask"),
        ({"kind": "question"}, "Enter the question"),
        ({"kind": ""}, "Choose what you ask for"),
    ],
)
def test_what_is_wrong_with_asking_is_said_beside_its_box(wrong, said, client, part, coordinator):
    response = client.post(ask_url(part), ask_form(part) | wrong)

    assert (response.status_code, said in words(response)) == (422, True)


def test_nobody_is_asked_for_a_day_that_has_passed(client, part, coordinator):
    yesterday = day("due", TODAY() - timedelta(days=1))

    response = client.post(ask_url(part), ask_form(part) | yesterday)

    assert response.status_code == 422
    assert "The day must be today or later" in words(response)


def test_a_part_of_another_review_cannot_be_asked(client, part, coordinator):
    response = client.post(ask_url(part), ask_form(ParticipationFactory()))

    assert response.status_code == 422


def test_a_real_name_is_not_sent_round(client, part, coordinator):
    person = PersonFactory(review=part.review, pseudonym="FA 9")
    none = PartialDate.none()
    set_identity(person, names=["Zara Quillfeather"], born=none, died=none, by=None)

    response = client.post(ask_url(part), ask_form(part, why="Zara Quillfeather telephoned"))

    assert (response.status_code, "Write “FA 9” instead" in words(response)) == (422, True)


def test_days_are_suggested_in_step_with_the_clock(client, part, coordinator):
    start_clock(part.review, by=coordinator)

    response = client.get(ask_url(part), {"kind": "imr"})

    plan = response.context["plan"]
    assert response.context["form"].initial["due"] == plan.days["imr"]
    assert all(one >= TODAY() and one.weekday() < 5 for one in plan.days.values())
    assert client.get(ask_url(part), {"kind": "nonsense"}).status_code == 200


# --- The agency ---------------------------------------------------------------------------------


def test_the_link_in_the_mail_leads_through_sign_in_to_the_request(client, part):
    request = asked(part)
    link = reverse("reviews:request-link", args=[request.key])
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    user.set_password("three random words")
    user.save()

    sign_in = client.get(link)
    assert sign_in["Location"] == f"/account/sign-in/?next={link}"
    response = client.post(
        sign_in["Location"], {"login": user.email, "password": "three random words"}, follow=True
    )

    assert response.redirect_chain[-1] == (request.get_absolute_url(), 302)
    assert "Contact was recorded" in words(response)


def test_the_first_reading_by_the_agency_opens_it(client, part):
    request = asked(part)
    for role in (Role.COORDINATOR, Role.CHAIR):
        client.force_login(with_role(role, part.review))
        client.get(request.get_absolute_url())
        request.refresh_from_db()
        assert request.state == "asked"

    client.force_login(with_role(Role.SIGN_OFF_OFFICER, part.review, part))
    client.head(request.get_absolute_url())
    for _ in range(2):
        client.get(request.get_absolute_url())

    request.refresh_from_db()
    assert (request.state, request.moves.count()) == ("opened", 2)


def test_an_agency_finds_what_it_owes_on_its_own_page(client, part, author):
    overdue(part, kind="imr", days=3)
    asked(part, kind="question")
    asked(ParticipationFactory(review=part.review), kind="report")

    text = words(client.get("/"))

    assert f"Individual management review (IMR), asked of {part.agency}" in text
    assert "3 days late" in text
    assert "Information report" not in text


def test_a_chronology_that_was_asked_for_stands_on_one_line(client, part, author):
    request = asked(part)
    EntryFactory(participation=part, review=part.review)

    for home in ("/", part.review.get_absolute_url()):
        text = words(client.get(home))
        assert f"Chronology, asked of {part.agency}" in text
        assert "1 entry" in text
        assert f"Chronology of {part.agency}" not in text

    submit_chronology(part, by=author)
    text = words(client.get(request.get_absolute_url()))
    assert part.get_absolute_url() in text


@pytest.mark.parametrize("nil", ["nothing_known", "out_of_scope"])
def test_a_nil_answer_is_one_click_and_a_confirmation(nil, client, part, author):
    request = asked(part)
    url = page("nil", request) + f"?nil={nil}"
    assert "policy" not in words(client.get(url))

    response = client.post(url, {"nil": nil, "key": uuid.uuid4()}, follow=True)

    request.refresh_from_db()
    receipt = request.moves.get(what="nil")
    assert (request.state, receipt.answer.nil) == ("nil", nil)
    assert response.redirect_chain[-1][0] == receipt.get_absolute_url()
    assert receipt.number in words(response)


def test_destroyed_records_need_a_day_and_a_policy(client, part, author):
    request = asked(part)
    url = page("nil", request) + "?nil=destroyed"

    response = client.post(url, {"nil": "destroyed", "key": uuid.uuid4()})

    assert response.status_code == 422
    assert "Enter when they were destroyed" in words(response)
    assert "Say under which policy" in words(response)


def test_a_nil_answer_after_a_submission_is_refused_in_words(client, part, author):
    request = submitted(part, kind="imr")

    got = client.get(page("nil", request), follow=True)
    sent = client.post(
        page("nil", request), {"nil": "nothing_known", "key": uuid.uuid4()}, follow=True
    )

    assert "That is not possible: “Submitted”" in words(got)
    assert "It has been submitted already" in words(sent)
    request.refresh_from_db()
    assert request.state == "submitted"


def test_nothing_known_cannot_be_said_over_a_report_in_hand(client, part, author):
    request = prepared(part, by=author).request

    page_of = words(client.get(request.get_absolute_url()))
    got = words(client.get(page("nil", request), follow=True))
    sent = words(client.post(page("nil", request), NIL | {"key": uuid.uuid4()}, follow=True))

    assert "Nothing is known to us" not in page_of
    assert ["Take them out first" in said for said in (got, sent)] == [True, True]
    assert states_of(request) == ["asked", "begun"]


def test_nothing_known_is_said_once_the_files_are_taken_out(client, part, author):
    request = prepared(part, by=author).request
    remove_file(SubmissionFile.objects.get(), by=author)

    client.post(page("nil", request), NIL | {"key": uuid.uuid4()})

    assert states_of(request)[-1] == "nil"


def test_what_somebody_prepares_on_an_agencys_behalf_is_not_told_to_it(client, part, author):
    request = prepared(part, on_behalf=True).request

    client.post(page("nil", request), NIL | {"key": uuid.uuid4()})

    assert states_of(request)[-1] == "nil"


def test_nothing_known_cannot_be_said_of_a_chronology_that_was_handed_in(client, part, author):
    request = asked(part)
    EntryFactory(participation=part, review=part.review)
    answering.say_complete(part, by=author, key=uuid.uuid4())

    said = words(client.post(page("nil", request), NIL | {"key": uuid.uuid4()}, follow=True))

    assert "was handed in for sign-off, so it cannot be said" in said
    assert states_of(request)[-1] == "ready"


def test_two_clicks_give_one_receipt(client, part, author):
    request, form = asked(part), {"nil": "nothing_known", "key": uuid.uuid4()}

    first, second = (client.post(page("nil", request), form)["Location"] for _ in range(2))

    assert first == second
    assert request.moves.filter(what="nil").count() == 1


def test_an_answer_is_typed_kept_and_sent(client, part, author):
    request = asked(part, kind="question")
    answer, draft = page("answer", request), page("draft", request)

    saved = client.post(draft, {"text": "We rec", "seen": 0}, headers={"HX-Request": "true"})
    assert "Saved at" in words(saved)
    assert "We rec" in words(client.get(answer))
    later = {"text": "We received it", "seen": 1, "save": "yes", "key": uuid.uuid4()}
    assert client.post(answer, later)["Location"] == request.get_absolute_url()
    sent = {"text": "We received it on 3 May.", "seen": 2, "key": uuid.uuid4()}
    response = client.post(answer, sent, follow=True)

    receipt = request.moves.get(what="submitted")
    assert receipt.answer.text == "We received it on 3 May."
    assert receipt.sha256 in words(response)
    assert not RequestDraft.objects.exists()


@pytest.mark.parametrize("button", ["save", "send"])
def test_a_colleagues_words_are_not_lost(button, client, part, author):
    request = asked(part, kind="question")
    answering.save_draft(request, by=UserFactory(), text="Theirs", seen=0)
    form = {"text": "Mine", "seen": 0, "key": uuid.uuid4()} | {button: "yes"}

    response = client.post(page("answer", request), form)

    text = words(response)
    assert (response.status_code, "Theirs" in text, "Mine" in text) == (422, True, True)
    assert RequestDraft.objects.get().text == "Theirs"
    assert client.post(page("answer", request), form | {"seen": 1}).status_code == 302


def test_a_draft_says_when_the_session_has_ended(client, part):
    request = asked(part, kind="question")

    response = client.post(
        page("draft", request), {"text": "We", "seen": 0}, headers={"HX-Request": "true"}
    )

    assert "no longer signed in" in words(response)
    assert client.post(page("draft", request), {}).status_code == 302


def test_an_empty_answer_is_refused(client, part, author):
    request = asked(part, kind="question")

    response = client.post(page("answer", request), {"text": " ", "key": uuid.uuid4(), "seen": 0})

    assert (response.status_code, "Enter your answer" in words(response)) == (422, True)


def test_more_time_is_asked_for(client, part, author):
    request = asked(part)
    form = {"reason": "A post is vacant", "key": uuid.uuid4()}

    early = client.post(page("extension", request), form | day("until", request.due))
    later = client.post(
        page("extension", request), form | day("until", request.due + timedelta(days=9))
    )

    assert (early.status_code, later.status_code) == (422, 302)
    assert "More time was asked for" in words(client.get(request.get_absolute_url()))
    assert client.get(page("extension", request)).status_code == 302


def test_a_returned_chronology_is_sent_again(client, part, author):
    request = asked(part)
    assert client.get(page("answer", request))["Location"] == part.get_absolute_url()
    submit_chronology(part, by=author)
    moving.return_request(
        request, by=UserFactory(), key=uuid.uuid4(), reason="Gaps in 2019", due=TODAY()
    )
    shown = words(client.get(request.get_absolute_url()))
    assert "Gaps in 2019" in shown
    assert "your sign-off officer sends it again" in shown
    assert client.post(page("answer", request), {"key": uuid.uuid4()}).status_code == 403

    client.force_login(with_role(Role.SIGN_OFF_OFFICER, part.review, part))
    client.post(page("answer", request), {"key": uuid.uuid4()})

    assert [move.what for move in request.moves.all()][-2:] == ["returned", "submitted"]


def test_an_imr_is_not_answered_in_a_box(client, part, author):
    request = asked(part, kind="imr")

    assert client.post(page("answer", request), {"key": uuid.uuid4()}).status_code == 302
    request.refresh_from_db()
    assert request.is_open


# --- The leaders --------------------------------------------------------------------------------


def test_more_time_is_given_or_refused(client, part, coordinator):
    given, refused = more_time_asked(part), more_time_asked(part, kind="imr")
    until = given.waiting_extension.due

    client.post(
        page("extension-answer", given),
        {"answer": "give", "reason": "", "key": uuid.uuid4(), **day("until", until)},
    )
    silent = client.post(
        page("extension-answer", refused), {"answer": "refuse", "key": uuid.uuid4()}
    )
    client.post(
        page("extension-answer", refused),
        {"answer": "refuse", "reason": "The panel meets", "key": uuid.uuid4()},
    )

    given.refresh_from_db()
    assert (given.due, silent.status_code) == (until, 422)
    assert refused.last_extension.reason == "The panel meets"


def test_what_came_is_returned_accepted_or_entered(client, part, coordinator):
    returned, accepted = submitted(part, kind="imr"), answered_nil(part)
    entered = asked(part, kind="question", what="Was it decided?")
    form = {"reason": "Gaps", "key": uuid.uuid4(), **day("due", TODAY() + timedelta(days=7))}

    client.post(page("return", returned), form)
    client.post(page("accept", accepted), {"key": uuid.uuid4()})
    client.post(page("register", entered), {"reason": "By post", "key": uuid.uuid4()})

    for request in (returned, accepted, entered):
        request.refresh_from_db()
    assert [one.state for one in (returned, accepted, entered)] == [
        "returned",
        "accepted",
        "submitted",
    ]
    assert entered.moves.get(what="submitted").on_behalf


def test_a_request_is_withdrawn_with_a_reason(client, part, coordinator):
    request = asked(part)

    silent = client.post(page("withdraw", request), {"key": uuid.uuid4()})
    client.post(page("withdraw", request), {"key": uuid.uuid4(), "reason": "No contact"})

    request.refresh_from_db()
    assert (silent.status_code, request.state) == (422, "withdrawn")


def test_a_decision_that_somebody_else_made_first_is_told(client, part, coordinator):
    request = submitted(part, kind="imr")
    moving.accept(request, by=UserFactory(), key=uuid.uuid4())

    response = client.post(page("accept", request), {"key": uuid.uuid4()}, follow=True)

    assert "It has been accepted already" in words(response)


def board(review, **asked_):
    return reverse("reviews:request-board", args=[review.reference])


def test_the_board_says_who_is_silent_and_who_cannot_answer(client, part, coordinator):
    request = overdue(part, days=4)
    with_role(Role.IMR_AUTHOR, part.review, part)
    gone = with_role(Role.IMR_AUTHOR, part.review, ParticipationFactory(review=part.review))
    asked(gone.roles.get().role_group.participation)
    close_account(gone, by=None)

    response = client.get(board(part.review))

    late = next(line for line in response.context["lines"] if line.request == request)
    other = next(line for line in response.context["lines"] if line.request != request)
    assert (late.late, late.silent_since, late.nobody_answers) == (4, request.asked_at, False)
    assert other.nobody_answers
    assert "Nobody can answer" in words(response)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"late": "on"}, 1),
        ({"state": "open"}, 2),
        ({"state": "nil"}, 1),
        ({"kind": "imr"}, 1),
        ({"state": "nonsense"}, 3),
        ({}, 3),
    ],
)
def test_the_board_is_filtered(chosen, found, client, part, coordinator):
    overdue(part)
    asked(part, kind="imr")
    answered_nil(part, kind="report")

    assert len(client.get(board(part.review), chosen).context["lines"]) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_takes_as_many_queries_for_any_number(
    count, client, part, coordinator, django_assert_num_queries
):
    for _ in range(count):
        other = ParticipationFactory(review=part.review)
        with_role(Role.IMR_AUTHOR, part.review, other)
        asked(other)
    client.get(board(part.review))

    with django_assert_num_queries(11):
        client.get(board(part.review))


def test_all_that_are_late_are_reminded_after_one_look(client, part, coordinator):
    late = overdue(part)
    asked(part, kind="imr")
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    Message.objects.all().delete()
    url = reverse("reviews:request-chase", args=[part.review.reference])

    shown = client.get(url)
    (mail,) = shown.context["mails"]
    form = {"key": uuid.uuid4(), "request": [late.pk]}
    for _ in range(2):
        client.post(url, form)

    message = Message.objects.get()
    assert (mail.to, mail.body) == (author.email, message.body)
    assert f"/requests/{late.key}/" in message.body
    assert RequestMove.objects.filter(what="chased").count() == 1


def test_one_that_is_not_late_is_reminded_alone(client, part, coordinator):
    request = asked(part)
    overdue(part, kind="imr")
    url = reverse("reviews:request-chase", args=[part.review.reference])

    assert client.get(url, {"request": request.pk}).context["chosen"] == [request]
    assert client.get(url, {"request": "1 or 1"}).status_code == 404


def test_nothing_of_another_review_is_reminded(client, part, coordinator):
    foreign = overdue(ParticipationFactory(review=ReviewFactory()))
    url = reverse("reviews:request-chase", args=[part.review.reference])

    client.post(url, {"key": uuid.uuid4(), "request": [foreign.pk]})

    assert not RequestMove.objects.filter(what="chased").exists()
    assert not Event.objects.filter(type="request.chased").exists()
