"""Queries on the pages of both sides."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundations.dates import PartialDate
from reviews.checking.services import asking
from reviews.drafts.models import Draft
from reviews.people.services import set_identity
from reviews.querying.models import Answer, Query
from reviews.querying.states import State
from reviews.reminders.planning import plan
from reviews.requests.models import Request
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_checking import asked_to_check, panel_member
from tests.factories.reviews_querying import answered, in_days, raised, returned_with, sent
from tests.factories.reviews_requests import asked, submitted
from tests.factories.reviews_submissions import sent as handed_in
from tests.factories.reviews_terms import issued_terms

pytestmark = pytest.mark.django_db


def day(name, value):
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def page(name, query, *more):
    return reverse(f"reviews:query-{name}", args=[query.review.reference, query.pk, *more])


def of_request(name, request):
    return reverse(f"reviews:{name}", args=[request.review.reference, request.pk])


def words(response):
    return " ".join(response.content.decode().split())


def key():
    return str(uuid.uuid4())


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part, client):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    client.force_login(user)
    return user


@pytest.fixture
def chair(part, client):
    user = with_role(Role.CHAIR, part.review)
    client.force_login(user)
    return user


# --- Raising and sending ------------------------------------------------------------------------


def test_a_query_about_all_of_it_is_raised(client, part, chair):
    request = submitted(part, kind="imr")
    form = {"about": "whole", "text": "Was it received?", "key": key()}

    for _ in range(2):
        assert client.post(of_request("query-raise", request), form).status_code == 302

    query = Query.objects.get()
    assert (query.about, query.text, query.raised_by) == ("whole", "Was it received?", chair)


def test_terms_and_headings_of_the_last_version_are_offered(client, part, chair):
    version = handed_in(part)
    term = issued_terms(part.review, "Was risk assessed?", to=[part]).texts.first().term
    passage = version.main.passages.exclude(heading="").first()
    url = of_request("query-raise", version.request)

    read = client.get(version.get_absolute_url()).content.decode()
    assert f"{url}?heading={passage.position}" in read
    shown = client.get(url, {"heading": passage.position}).context["form"]
    client.post(url, {"about": f"term-{term.pk}", "text": "Was it?", "key": key()})
    client.post(url, {"about": f"heading-{passage.pk}", "text": "By whom?", "key": key()})

    assert shown["about"].value() == f"heading-{passage.pk}"
    assert [(one.about, one.term, one.passage) for one in Query.objects.order_by("pk")] == [
        ("term", term, None),
        ("heading", None, passage),
    ]
    assert "Was risk assessed?" in words(client.get(page("detail", Query.objects.first())))
    assert passage.heading in words(client.get(page("detail", Query.objects.last())))


@pytest.mark.parametrize("about", ["term-999", "heading-999", "entry", "", "whole-1"])
def test_nothing_else_can_be_asked_about(about, client, part, chair):
    form = {"about": about, "text": "Was it received?", "key": key()}

    response = client.post(of_request("query-raise", submitted(part, kind="imr")), form)

    assert response.status_code == 422
    assert not Query.objects.exists()


def test_a_real_name_in_a_query_is_stopped_and_the_words_stay(client, part, chair):
    person = PersonFactory(review=part.review, pseudonym="FA 1")
    nobody = PartialDate.none()
    set_identity(person, names=["Zara Quillfeather"], born=nobody, died=nobody, by=None)
    form = {"about": "whole", "text": "Did Zara Quillfeather call?", "key": key()}

    response = client.post(of_request("query-raise", submitted(part, kind="imr")), form)

    assert response.status_code == 422
    assert "Write “FA 1” instead" in words(response)
    assert "Did Zara Quillfeather call?" in response.content.decode()


def test_what_is_typed_is_kept_and_offered_again(client, part, chair):
    url = of_request("query-raise", submitted(part, kind="imr"))

    client.post(url, {"_draft": "keep", "text": "Was it rec"})

    assert Draft.objects.visible_to(chair).filter(page=url).exists()
    assert "Was it rec" in client.get(url, {"_draft": "use"}).content.decode()


def test_the_return_takes_the_queries_that_are_ticked(client, part, chair):
    request = submitted(part, kind="imr")
    first, second = raised(request), raised(request, text="And then?")
    url = of_request("request-return", request)
    assert "And then?" in words(client.get(url))

    form = {"queries": [first.pk], "reason": "See", "key": key(), **day("due", in_days(9))}
    assert client.post(url, form).status_code == 302

    for query in (first, second):
        query.refresh_from_db()
    assert (first.state, second.state) == ("open", "not_sent")
    assert Request.objects.get(pk=request.pk).due == in_days(9)


def test_a_query_of_something_else_cannot_be_slipped_into_the_return(client, part, chair):
    request, other = submitted(part, kind="imr"), raised(submitted(part, kind="report"))
    form = {"queries": [other.pk], "reason": "See", "key": key(), **day("due", in_days(9))}
    raised(request)

    response = client.post(of_request("request-return", request), form)

    assert response.status_code == 422
    assert Query.objects.get(pk=other.pk).state == "not_sent"


def test_a_day_that_has_passed_is_said_beside_its_box(client, part, chair):
    query = raised(submitted(part, kind="imr"))

    response = client.post(page("send", query), {"key": key(), **day("due", in_days(-1))})

    assert response.status_code == 422
    assert "The day must be today or later" in words(response)


@pytest.mark.parametrize(
    ("kind", "why"),
    [("imr", "no report has come that could be read here"), ("chronology", "")],
)
def test_why_no_heading_can_be_chosen_is_said(kind, why, client, part, chair):
    request = submitted(part, kind=kind)

    field = client.get(of_request("query-raise", request)).context["form"].fields["about"]

    assert why in field.help_text
    assert bool(field.help_text) == bool(why)


def test_a_report_that_could_not_be_read_offers_no_headings_and_says_why(client, part, chair):
    version = handed_in(part)
    version.main.passages.all().delete()
    version.files.update(unread_because="It is a scan.")

    text = words(client.get(of_request("query-raise", version.request)))

    assert "the report could not be read. It is a scan." in text


def test_what_never_came_is_not_said_to_be_returned_with_a_query(client, part, chair):
    request = asked(part, kind="chronology")
    query = raised(request)
    came = raised(submitted(part, kind="imr"))

    assert "when what came is returned" not in words(client.get(of_request("query-raise", request)))
    assert "Nothing is here now that could be returned" in words(client.get(page("detail", query)))
    assert "It goes to the agency when" in words(client.get(page("detail", came)))


def test_what_has_not_gone_is_counted_where_the_review_is_led(client, part, chair):
    sent(part)
    raised(submitted(part, kind="imr"))

    assert "1 open, 1 not sent yet" in words(client.get(part.review.get_absolute_url()))


def test_a_day_that_is_none_names_its_question(client, part, chair):
    form = {"key": key(), "due_day": 31, "due_month": 2, "due_year": 2027}

    response = client.post(page("send", raised(submitted(part, kind="imr"))), form)

    assert "Day for the answer must be a real date" in words(response)


# --- The agency ---------------------------------------------------------------------------------


def test_the_agency_finds_the_queries_and_nothing_else_to_do(client, part, author):
    request, queries = returned_with("When was it?", "By whom?", part=part)

    home = words(client.get(reverse("desk:home")))
    shown = words(client.get(request.get_absolute_url()))

    assert home.count("To answer") == 2
    assert "Queries to answer" in shown
    assert "Nothing else is asked of you again" in shown
    for query in queries:
        assert query.text in shown


def test_a_query_that_has_not_gone_is_a_missing_page_for_the_agency(client, part, author):
    query = raised(submitted(part, kind="imr"))

    for name in ("detail", "answer", "reword", "send", "accept"):
        assert client.get(page(name, query)).status_code == 404
    assert "Was the referral" not in words(client.get(query.request.get_absolute_url()))


def test_another_agency_of_the_review_gets_the_same_as_for_nothing(client, part):
    query = answered(sent(part))
    other = ParticipationFactory(review=part.review)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, other))

    for name in ("detail", "answer"):
        assert client.get(page(name, query)).status_code == 404
    assert client.get(reverse("reviews:query-link", args=[query.key])).status_code == 404
    assert client.post(page("answer", query), {"kind": "no_record"}).status_code == 404


def test_the_link_of_the_message_leads_to_the_query(client, part, author):
    query = sent(part)

    response = client.get(reverse("reviews:query-link", args=[query.key]), follow=True)

    assert response.redirect_chain[-1][0] == query.get_absolute_url()


@pytest.mark.parametrize("kind", ["no_record", "out_of_scope", "disagree", "explained"])
def test_each_answer_is_given(kind, client, part, author):
    query = sent(part)
    form = {"kind": kind, "text": "It was another team", "key": key()}

    for _ in range(2):
        assert client.post(page("answer", query), form).status_code == 302

    given = Answer.objects.get()
    assert (given.kind, given.text, given.move.by) == (kind, "It was another team", author)
    assert "It was another team" in words(client.get(page("detail", query)))


@pytest.mark.parametrize("kind", ["disagree", "explained", "out_of_scope"])
def test_an_answer_that_needs_words_asks_for_them(kind, client, part, author):
    response = client.post(page("answer", sent(part)), {"kind": kind, "key": key()})

    assert response.status_code == 422
    assert response.context["form"].errors["text"]


def test_put_right_is_offered_only_where_there_is_a_next_version(client, part, author):
    alone, (back,) = sent(part), returned_with("When?", part=part)[1]

    def offered(query):
        form = client.get(page("answer", query)).context["form"]
        return "put_right" in dict(form.fields["kind"].choices)

    assert (offered(alone), offered(back)) == (False, True)


def test_a_file_comes_along_and_is_fetched_by_those_who_see_the_query(client, part, author):
    query = sent(part)
    file = SimpleUploadedFile("log.csv", b"Date,Text\n4 May,Sent\n")
    form = {"kind": "explained", "text": "See the log", "key": key(), "file": file}
    client.post(page("answer", query), form)
    url = page("answer-file", query, Answer.objects.get().pk)

    response = client.get(url)

    assert response.content == b"Date,Text\n4 May,Sent\n"
    assert response["Content-Disposition"].startswith("attachment")
    others = {
        with_role(Role.CHAIR, part.review): 200,
        with_role(Role.IMR_AUTHOR, part.review, ParticipationFactory(review=part.review)): 404,
        with_role(Role.PANEL_MEMBER, part.review): 404,
        with_role(Role.ADMINISTRATOR): 404,
    }
    for user, status in others.items():
        client.force_login(user)
        assert client.get(url).status_code == status


@pytest.mark.parametrize(
    ("name", "content"),
    [("log.exe", b"MZ..."), ("log.pdf", b"MZ..."), ("empty.csv", b""), ("x.docx", b"PK\x03\x04no")],
)
def test_a_file_that_may_not_come_is_refused_and_the_words_stay(
    name, content, client, part, author
):
    file = SimpleUploadedFile(name, content)
    form = {"kind": "explained", "text": "See the log", "key": key(), "file": file}

    response = client.post(page("answer", sent(part)), form)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert "See the log" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_file_named_after_somebody_of_the_case_is_refused(client, part, author):
    person, nobody = PersonFactory(review=part.review), PartialDate.none()
    set_identity(person, names=["Zara Quillfeather"], born=nobody, died=nobody, by=None)
    file = SimpleUploadedFile("zara_quillfeather.csv", b"Date,Text\n4 May,Sent\n")
    form = {"kind": "explained", "text": "See the log", "key": key(), "file": file}

    response = client.post(page("answer", sent(part)), form)

    assert response.status_code == 422
    assert "The name of the file holds a real name" in words(response)
    assert not Answer.objects.exists()


def test_the_answers_go_together_and_leave_a_receipt(client, part, author):
    request, (first, second) = returned_with("When?", "By whom?", part=part)
    url = of_request("query-answers-send", request)
    for query in (first, second):
        assert client.get(url).status_code == 302  # not yet
        client.post(page("answer", query), {"kind": "no_record", "key": key()})

    assert "Every query is answered" in words(client.get(request.get_absolute_url()))
    response = client.post(url, {"key": key()}, follow=True)

    assert "Receipt" in words(response)
    assert Request.objects.get(pk=request.pk).state == "submitted"


def test_the_coordinator_answers_on_the_agencys_behalf_and_it_is_marked(client, part):
    query = sent(part)
    client.force_login(with_role(Role.COORDINATOR, part.review))

    client.post(page("answer", query), {"kind": "no_record", "key": key()})

    assert Answer.objects.get().move.on_behalf
    assert "on the agency’s behalf" in words(client.get(page("detail", query)))


def test_the_chair_does_not_answer_for_an_agency(client, part, chair):
    assert client.get(page("answer", sent(part))).status_code == 403


# --- Deciding -----------------------------------------------------------------------------------


def test_an_answer_waits_on_the_pages_of_those_who_decide(client, part, chair):
    answered(sent(part))

    assert "1 answered, waiting for you" in words(client.get(reverse("desk:home")))
    list_ = client.get(reverse("reviews:query-list", args=[part.review.reference]))
    assert [line.query.state for line in list_.context["lines"]] == [State.ANSWERED]


def test_both_sides_read_that_answers_are_seen_before_the_whole_comes_back(client, part, author):
    request, (first, second) = returned_with("When?", "By whom?", part=part)
    assert "can read your answer as soon as you give it" in words(client.get(page("answer", first)))
    answered(first)
    chair = with_role(Role.CHAIR, part.review)
    client.force_login(chair)

    for url in (request.get_absolute_url(), of_request("check", request), page("detail", first)):
        text = words(client.get(url))
        assert "The agency has not answered every query yet" in text
        assert "when the agency has sent it again" in text

    answered(second)
    text = words(client.get(request.get_absolute_url()))
    assert "has answered every query, and has not sent them off together yet" in text
    client.force_login(author)
    assert "The agency has answered" not in words(client.get(request.get_absolute_url()))


def test_two_accounts_stand_beside_each_other(client, part, chair):
    query = answered(sent(part), kind="disagree", text="It never came")
    client.post(page("dispute", query), {"reason": "The sender kept a copy", "key": key()})

    for user in (chair, with_role(Role.IMR_AUTHOR, part.review, part)):
        client.force_login(user)
        text = words(client.get(page("detail", query))).partition("What happened to it")[0]
        assert "The agency’s account" in text
        assert text.index("It never came") < text.index("The review’s account")
        assert "The sender kept a copy" in text


def test_a_query_that_is_over_offers_its_leaders_no_empty_list(client, part, chair):
    query = sent(part)
    assert "For whoever leads the review" in words(client.get(page("detail", query)))

    client.post(page("withdraw", query), {"reason": "Found", "key": key()})

    assert "For whoever leads the review" not in words(client.get(page("detail", query)))


def test_queries_of_several_agencies_are_told_apart_by_their_links(client, part, chair):
    other = ParticipationFactory(review=part.review)
    numbers = [sent(part).number, sent(other).number]

    text = words(client.get(reverse("reviews:query-list", args=[part.review.reference])))

    assert numbers == [1, 1]
    for each in (part, other):
        assert f"Query 1<span> to {each.agency}</span></a>" in text


@pytest.mark.parametrize(
    ("step", "state"), [("accept", "accepted"), ("dispute", "disputed"), ("withdraw", "withdrawn")]
)
def test_each_decision_is_taken_once(step, state, client, part, chair):
    query = answered(sent(part))
    form = {"reason": "Two accounts", "key": key()}

    statuses = [client.post(page(step, query), form).status_code for _ in range(2)]

    query.refresh_from_db()
    assert (statuses, query.state) == ([302, 302], state)
    assert "Two accounts" in words(client.get(page("detail", query)))


def test_asking_again_opens_the_same_query(client, part, chair):
    query = answered(sent(part))
    form = {"text": "And on 5 May?", "key": key(), **day("due", in_days(4))}

    client.post(page("again", query), form)

    query.refresh_from_db()
    assert (query.state, query.text, Query.objects.count()) == ("open", "And on 5 May?", 1)
    client.force_login(with_role(Role.IMR_AUTHOR, part.review, part))
    shown = words(client.get(page("detail", query)))
    assert "And on 5 May?" in shown
    assert "An earlier answer" not in shown  # there is one, which is the last so far
    assert "We have no record of this" in shown


def test_what_somebody_decided_meanwhile_is_said(client, part, chair):
    query = answered(sent(part))
    client.post(page("accept", query), {"key": key()})

    response = client.post(
        page("dispute", query), {"reason": "Two accounts", "key": key()}, follow=True
    )

    assert "The answer has been accepted already" in words(response)
    assert Draft.objects.filter(page=page("dispute", query)).exists()  # nothing typed is lost


@pytest.mark.parametrize("role", [Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER])
@pytest.mark.parametrize("step", ["accept", "dispute", "withdraw", "again"])
def test_an_agency_decides_nothing(step, role, client, part):
    query = answered(sent(part))
    client.force_login(with_role(role, part.review, part))

    assert client.post(page(step, query), {"key": key(), "reason": "No"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_many(count, client, part, chair, django_assert_num_queries):
    for _ in range(count):
        each = ParticipationFactory(review=part.review)
        answered(sent(each))
        raised(handed_in(each).request)
        issued = issued_terms(part.review, to=[each])
        raised(submitted(each, kind="report"), about="term", term=issued.texts.first().term)
    url = reverse("reviews:query-list", args=[part.review.reference])
    client.get(url)

    with django_assert_num_queries(11):
        response = client.get(url)

    assert len(response.context["lines"]) == 3 * count


@pytest.mark.parametrize("junk", ["state=nonsense", "agency=999", "agency=x"])
def test_a_filter_that_is_none_finds_what_is_not_settled(junk, client, part, chair):
    sent(part)

    url = reverse("reviews:query-list", args=[part.review.reference])

    assert len(client.get(f"{url}?{junk}").context["lines"]) == 1


# --- Whoever of the panel was asked -------------------------------------------------------------


def test_who_was_asked_raises_queries_but_decides_nothing(client, part):
    request = submitted(part, kind="imr")
    member = panel_member(part.review)
    given = asked_to_check(request, member=member)
    client.force_login(member.user)
    form = {"about": "whole", "text": "Was it received?", "key": key()}

    assert client.post(of_request("query-raise", request), form).status_code == 302
    query = Query.objects.get()
    assert client.post(page("reword", query), {"text": "When?", "key": key()}).status_code == 302
    for name in ("send", "withdraw", "accept"):
        assert client.get(page(name, query)).status_code == 403
    for name in ("request-return", "request-accept", "request-detail"):
        assert client.get(of_request(name, request)).status_code == 404

    asking.end_asking(given, by=member.user)
    assert client.get(page("detail", query)).status_code == 404
    assert client.get(of_request("query-raise", request)).status_code == 404


# --- Reminders ----------------------------------------------------------------------------------


def reminded(user, on):
    return [item.kind.code for item in plan(on).get(user, [])]


def test_an_agency_is_reminded_of_an_open_query_once(part, author):
    sent(part, days=7)
    after = timezone.localdate() + timedelta(days=12)

    assert reminded(author, after) == ["query"]


def test_what_came_back_is_reminded_of_as_one_thing(part, author):
    returned_with("When?", "By whom?", part=part, days=7)

    assert reminded(author, timezone.localdate() + timedelta(days=12)) == ["request"]


def test_an_answered_query_reminds_nobody(part, author):
    answered(sent(part, days=7))

    assert reminded(author, timezone.localdate() + timedelta(days=12)) == []
