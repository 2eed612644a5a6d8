"""The pages of mismatches, for the chair and for those of the panel with whom they are shared."""

import io
import re
import uuid

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from chronologies.mismatches import exports, looking
from chronologies.mismatches.models import Judgement, Kind, Mismatch, MismatchQuery
from chronologies.mismatches.services import refreshing
from foundations.dates import PartialDate
from foundations.post.models import Job
from reviews.models import Share
from reviews.people.services import set_identity
from reviews.querying.models import Query
from reviews.rules import Material, Role
from reviews.services import share
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_mismatches import (
    MismatchEntryFactory,
    asked_about,
    evidence_changed,
    gone,
    judged,
    mismatch,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_querying import answered, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair_client(client, chair):
    client.force_login(chair)
    return client


def page(name, row, *more):
    return reverse(f"chronologies:mismatch-{name}", args=[row.review.reference, row.pk, *more])


def list_page(review, name="list"):
    return reverse(f"chronologies:mismatch-{name}", args=[review.reference])


def words(response):
    return " ".join(response.content.decode().split())


def shown(response):
    return [line.mismatch for line in response.context["lines"]]


def key():
    return str(uuid.uuid4())


def day(on):
    return {"due_day": on.day, "due_month": on.month, "due_year": on.year}


def named(review):
    """Whose real name is known to the register."""
    person = PersonFactory(review=review, pseudonym="FA 1")
    nobody_said = PartialDate.none()
    set_identity(person, by=None, names=["Zara Quillfeather"], born=nobody_said, died=nobody_said)


# --- The list -----------------------------------------------------------------------------------


def test_the_list_says_what_it_is_and_what_does_not_fit(chair_client, sent):
    said = words(chair_client.get(list_page(sent.review)))

    assert "It does not say who is right" in said
    assert "No matching entry was supplied by Haven Service" in said
    assert "Millbrook Police, Haven Service" in said
    assert "It has not looked yet" in said


def test_what_is_settled_leaves_the_list_and_stays_in_its_counts(chair_client, sent, entry, haven):
    settled = mismatch(entry, missing=haven, on="2022")
    judged(settled, "accepted")

    response = chair_client.get(list_page(sent.review))

    assert shown(response) == [sent]
    assert response.context["told"] == [
        ("open", "Open", 1),
        ("accepted", "Accepted as a difference", 1),
    ]
    for state, found in (("accepted", [settled]), ("all", [sent, settled]), ("gone", [])):
        assert shown(chair_client.get(list_page(sent.review), {"state": state})) == found


def test_filters(chair_client, sent, entry, police, review):
    PersonFactory(review=review, pseudonym="MA 1")
    type(entry).objects.filter(pk=entry.pk).update(persons=["MA 1"])
    other = ParticipationFactory(review=review)
    else_ = mismatch(
        EntryFactory(participation=other), kind="differing-date", confidence="low", on="2012"
    )

    def found(**asked):
        return shown(chair_client.get(list_page(review), asked))

    assert found() == [sent, else_]
    assert found(kind="differing-date") == [else_]
    assert found(agency=police.pk) == [sent]
    assert found(agency=other.pk) == [else_]
    assert found(confidence="low") == [else_]
    assert found(person="MA 1") == [sent]
    assert found(kind="zq", agency="zq", state="zq") == [sent, else_]


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_asks_as_often_whatever_its_length(
    count, chair_client, entry, haven, django_assert_num_queries
):
    for _ in range(count):
        judged(mismatch(entry, missing=haven), "query")
    url = list_page(entry.review)
    chair_client.get(url)

    with django_assert_num_queries(19):
        response = chair_client.get(url)

    assert len(response.context["lines"]) == min(count, 50)


def test_an_empty_list_says_why(chair_client, review):
    assert "Nobody has looked yet" in words(chair_client.get(list_page(review)))


def test_an_agency_finds_no_such_page(client, sent, police):
    client.force_login(with_role(Role.IMR_AUTHOR, sent.review, police))

    assert client.get(list_page(sent.review)).status_code == 403
    assert client.get(sent.get_absolute_url()).status_code == 404


# --- Looking again ------------------------------------------------------------------------------


def test_looking_again_is_one_job_and_the_list_says_so(chair_client, sent):
    for _ in range(2):
        assert chair_client.post(list_page(sent.review, "look")).status_code == 302

    job = Job.objects.get(kind=refreshing.KIND)
    assert job.payload == {"review_id": sent.review_id, "entries": None}
    said = words(chair_client.get(list_page(sent.review)))
    assert "It is looking through the entries" in said
    assert "http-equiv" in said

    Job.objects.update(state="done", finished_at=timezone.now())
    counts = {"found": 7, "added": 3, "changed": 2, "gone": 1}
    record(EventType.MISMATCHES_FOUND, by=None, review=sent.review, **counts)
    assert "7 found, 3 new, 2 changed, 1 gone" in words(chair_client.get(list_page(sent.review)))


def test_a_look_that_failed_says_so(chair_client, review):
    looking.look_again(review)
    Job.objects.update(state="failed", problem="It could not be finished.")

    said = words(chair_client.get(list_page(review)))

    assert "It could not be finished." in said
    assert "It has not looked yet" in said


# --- One mismatch -------------------------------------------------------------------------------


def test_a_mismatch_quotes_its_accounts_and_marks_what_led_to_it(chair_client, sent, entry):
    response = chair_client.get(sent.get_absolute_url())

    text = response.content.decode()
    assert "<mark>Referral sent to Haven\n by e-mail</mark>" in text
    assert entry.get_absolute_url() in text
    said = words(response)
    assert "Date as written: 3 May 2021" in said
    assert 'Haven Service</h3> <p class="govuk-body">No matching entry supplied.</p>' in said
    assert "High: " in said
    assert "around/?agency=" in said


def test_the_chair_judges_and_goes_on_to_the_next(chair_client, sent, entry, haven):
    later = mismatch(entry, missing=haven, on="2022")
    response = chair_client.get(sent.get_absolute_url())
    assert page("detail", later) in words(response)
    form = {
        "verdict": "accepted",
        "reason": "Both stand",
        "key": key(),
        "seen": response.context["seen"],
    }

    for _ in range(2):
        assert chair_client.post(page("judge", sent), form).status_code == 302

    assert Judgement.objects.get().reason == "Both stand"
    said = words(chair_client.get(sent.get_absolute_url()))
    assert "Both stand" in said
    assert "Accepted as a difference" in said


def test_only_where_something_was_decided_before_is_it_said_to_stay(chair_client, sent):
    told = []
    for verdict in ("accepted", "reopened"):
        seen = chair_client.get(sent.get_absolute_url()).context["seen"]
        form = {"verdict": verdict, "reason": "So be it", "key": key(), "seen": seen}
        response = chair_client.post(page("judge", sent), form, follow=True)
        told += [str(one) for one in response.context["messages"]]

    assert told == ["Judged.", "Judged. What was decided before stays in its history."]


def test_what_became_of_it_is_told_by_time(chair_client, sent):
    judged(sent, "accepted")
    evidence_changed(sent)
    judged(sent, "query")

    history = chair_client.get(sent.get_absolute_url()).context["history"]

    assert [line.what for line in history] == [
        "To be asked about",
        "What it rests on changed",
        "Accepted as a difference",
        "Found",
    ]


def test_without_a_reason_nothing_is_judged_and_nothing_is_lost(chair_client, sent):
    seen = chair_client.get(sent.get_absolute_url()).context["seen"]
    response = chair_client.post(
        page("judge", sent), {"verdict": "not_material", "key": key(), "seen": seen}
    )

    assert response.status_code == 422
    assert "Say why" in words(response)
    assert 'value="not_material"' in words(response)
    assert not Judgement.objects.exists()


def test_of_two_who_judge_at_once_the_second_is_shown_the_first(chair_client, sent):
    seen = chair_client.get(sent.get_absolute_url()).context["seen"]
    judged(sent, "query")
    form = {"verdict": "accepted", "reason": "My own words", "key": key(), "seen": seen}

    response = chair_client.post(page("judge", sent), form)

    assert response.status_code == 422
    assert "Somebody judged this" in words(response)
    assert "My own words" in words(response)
    again = form | {"seen": response.context["seen"]}
    assert chair_client.post(page("judge", sent), again).status_code == 302
    assert [row.verdict for row in sent.judgements.all()] == ["query", "accepted"]


def test_the_earlier_judgement_is_shown_when_the_evidence_changed(chair_client, sent, entry):
    judged(sent, "accepted", reason="As the two said then")
    evidence_changed(sent)
    type(sent).objects.filter(pk=sent.pk).update(explanation="It says something else now")

    said = words(chair_client.get(sent.get_absolute_url()))

    assert "The evidence changed since it was judged" in said
    assert "As the two said then" in said
    assert "The finder said then: Millbrook Police, 3 May 2021" in said


def test_what_is_gone_can_be_read_and_no_more(chair_client, sent):
    gone(sent)

    response = chair_client.get(sent.get_absolute_url())

    assert "no longer show it" in words(response)
    assert "Judge it" not in words(response)
    assert "/ask/" not in words(response)
    assert chair_client.get(page("judge", sent)).status_code == 302


def test_a_real_name_in_the_reason_is_asked_about(chair_client, sent, review):
    named(review)
    seen = chair_client.get(sent.get_absolute_url()).context["seen"]

    response = chair_client.post(
        page("judge", sent),
        {"verdict": "accepted", "reason": "Zara Quillfeather said so", "key": key(), "seen": seen},
    )

    assert response.status_code == 422
    assert "Write “FA 1” instead" in words(response)


def test_words_that_were_begun_are_offered_again(chair_client, sent):
    chair_client.post(page("judge", sent), {"_draft": "keep", "reason": "Half a"})

    assert "?_draft=use" in words(chair_client.get(sent.get_absolute_url()))
    assert "Half a" in words(chair_client.get(page("judge", sent) + "?_draft=use"))


# --- Asking -------------------------------------------------------------------------------------


def preview_of(client, row, part, **form):
    form = {"text": "Was it received?", "key": key(), "how": "preview", "extent": "whole"} | form
    return form, client.post(page("query", row, part.pk), form)


def test_the_chair_sees_exactly_what_the_agency_reads_before_it_is_sent(
    chair_client, sent, haven, entry
):
    form, preview = preview_of(chair_client, sent, haven, quote=[entry.pk], **day(in_days()))
    assert preview.status_code == 200
    assert not Query.objects.exists()
    seen = "".join(block.text for block in preview.context["preview"])

    sign = preview.context["previewed"]
    response = chair_client.post(
        page("query", sent, haven.pk), form | {"how": "send", "previewed": sign}
    )

    assert response.status_code == 302
    query = Query.objects.get()
    assert (query.state, query.participation) == ("open", haven)
    assert "Referral sent to Haven" in query.text
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", query.text)
    assert MismatchQuery.objects.get().mismatch == sent


def test_by_default_nothing_of_another_account_is_quoted(chair_client, sent, haven):
    drafted = chair_client.get(page("query", sent, haven.pk)).context["form"].initial["text"]
    assert "No matching entry was supplied" in drafted

    form, preview = preview_of(chair_client, sent, haven, text=drafted)
    chair_client.post(
        page("query", sent, haven.pk),
        form | {"how": "raise", "previewed": preview.context["previewed"]},
    )

    query = Query.objects.get()
    assert query.state == "not_sent"
    assert "Referral" not in query.text
    assert "Millbrook" not in query.text


@pytest.mark.parametrize("change", ["text", "entry", "nothing seen"])
def test_what_changed_since_the_preview_is_shown_again(change, chair_client, sent, haven, entry):
    form, preview = preview_of(chair_client, sent, haven, quote=[entry.pk], **day(in_days()))
    form |= {"how": "send", "previewed": preview.context["previewed"]}
    if change == "text":
        form["text"] = "Another question"
    elif change == "entry":
        type(entry).objects.filter(pk=entry.pk).update(text="Put otherwise")
    else:
        del form["previewed"]

    response = chair_client.post(page("query", sent, haven.pk), form)

    assert response.status_code == 200
    assert not Query.objects.exists()
    assert response.context["previewed"]


def test_to_send_it_at_once_a_day_is_needed(chair_client, sent, haven):
    form, preview = preview_of(chair_client, sent, haven)
    assert 'value="send"' not in words(preview)

    form |= {"how": "send", "previewed": preview.context["previewed"]}
    response = chair_client.post(page("query", sent, haven.pk), form)

    assert response.status_code == 422
    assert "Enter the day for the answer" in words(response)


def test_an_agencys_own_entry_is_not_offered_to_it_as_anothers(chair_client, sent, police, entry):
    response = chair_client.get(page("query", sent, police.pk))

    assert "quote" not in response.context["form"].fields
    _, response = preview_of(chair_client, sent, police, quote=[entry.pk])
    assert "About your entry of 3 May 2021" in words(response)
    assert "Another account" not in words(response)


def test_the_chair_can_quote_no_more_than_what_does_not_fit(chair_client, sent, haven, entry):
    type(entry).objects.filter(pk=entry.pk).update(
        text="He rang. Referral sent to Haven by e-mail. Zqother.", action="Zqaction"
    )
    shown = words(chair_client.get(page("query", sent, haven.pk)))
    assert 'value="sentences"' in shown

    _, preview = preview_of(chair_client, sent, haven, quote=[entry.pk], extent="sentences")

    read = preview.context["form"].composed
    assert "“Referral sent to Haven by e-mail.”" in read
    assert "Zq" not in read
    _, refused = preview_of(chair_client, sent, haven, quote=[entry.pk], extent="")
    assert refused.status_code == 422
    assert "Choose how much" in words(refused)


def test_where_no_sentence_is_known_the_whole_entry_is_quoted(chair_client, sent, haven, entry):
    type(sent).objects.filter(pk=sent.pk).update(explanation="Nothing of it was supplied.")

    assert "extent" not in chair_client.get(page("query", sent, haven.pk)).context["form"].fields
    _, preview = preview_of(chair_client, sent, haven, quote=[entry.pk], extent="sentences")

    assert "Closed" in preview.context["form"].composed


def test_a_quoted_entry_without_such_a_sentence_is_not_left_out_in_silence(
    chair_client, sent, haven, entry, review
):
    other = EntryFactory(participation=ParticipationFactory(review=review), text="Zqwhole")
    MismatchEntryFactory(mismatch=sent, entry=other, position=1)

    _, response = preview_of(
        chair_client, sent, haven, quote=[entry.pk, other.pk], extent="sentences"
    )

    assert response.status_code == 422
    assert "no sentence is known" in words(response)


def test_what_could_give_the_source_away_is_said_beside_the_preview(
    chair_client, sent, haven, entry
):
    _, plain = preview_of(chair_client, sent, haven, quote=[entry.pk])
    type(entry).objects.filter(pk=entry.pk).update(text="Millbrook Police rang")
    _, naming = preview_of(chair_client, sent, haven, quote=[entry.pk])
    _, nothing = preview_of(chair_client, sent, haven)

    assert "Its words can still tell whose account it is" in words(plain)
    assert "What you quote names Millbrook Police" in words(naming)
    assert "What you quote" not in words(nothing)
    assert "can still tell" not in words(nothing)


def test_a_real_name_in_what_is_quoted_goes_to_nobody(chair_client, sent, haven, entry, review):
    named(review)
    type(entry).objects.filter(pk=entry.pk).update(action="Zara Quillfeather was told")

    _, response = preview_of(chair_client, sent, haven, quote=[entry.pk])

    assert response.status_code == 422
    assert "A real name of FA 1 stands in what you quote" in words(response)


def test_more_than_a_query_holds_is_refused_in_words(chair_client, sent, haven, entry):
    type(entry).objects.filter(pk=entry.pk).update(text="word " * 900)

    _, response = preview_of(chair_client, sent, haven, quote=[entry.pk])

    assert response.status_code == 422
    assert "fit into a query" in words(response)


def test_of_a_query_under_way_the_page_says_when_its_answer_is_due(chair_client, sent, haven):
    asked_about(sent, haven)

    said = words(chair_client.get(sent.get_absolute_url()))

    assert f"Already asked, due {in_days():%-d %B %Y}." in said
    assert "Ask Haven Service" not in said
    assert "Ask Millbrook Police" in said


def test_no_other_agency_is_asked(chair_client, sent, review):
    other = ParticipationFactory(review=review)

    assert chair_client.get(page("query", sent, other.pk)).status_code == 404


def test_only_leaders_see_of_which_mismatch_a_query_came(client, chair, sent, haven):
    query = asked_about(sent, haven)

    client.force_login(chair)
    assert sent.get_absolute_url() in words(client.get(query.get_absolute_url()))
    client.force_login(with_role(Role.IMR_AUTHOR, sent.review, haven))
    said = words(client.get(query.get_absolute_url()))
    assert "mismatch" not in said.casefold()
    assert "Referral" not in said
    assert "Millbrook" not in said


@pytest.mark.parametrize(
    ("kind", "text", "follows", "looks"),
    [
        ("no_record", "", "It is not recorded there", False),
        ("disagree", "It never came", "Both accounts stand", False),
        ("explained", "A clerk was away", "Judge whether the explanation", False),
        ("found", "It is there", "An entry was supplied", True),
    ],
)
def test_the_answer_comes_back_with_what_can_follow(
    kind, text, follows, looks, chair_client, sent, haven
):
    answered(asked_about(sent, haven), kind=kind, text=text)

    said = words(chair_client.get(sent.get_absolute_url()))

    assert follows in said
    assert text in said
    assert ("mismatches/look/" in said) is looks
    assert "Answered" in said


def test_the_chairs_own_page_says_that_an_answer_waits(chair_client, sent, haven):
    home = reverse("desk:home")

    def task():
        (item,) = chair_client.get(home).context["work"]
        return {one["title"]: one["status"] for one in item.tasks}.get("Mismatches")

    said = [task()]
    answered(asked_about(sent, haven))
    said.append(task())
    judged(sent, "accepted")

    assert [*said, task()] == ["1 of high confidence", "1 answered, waiting for you", None]


def test_the_entry_says_what_rests_on_it_to_leaders_alone(client, chair, sent, entry, police):
    for user, is_told in ((chair, True), (with_role(Role.IMR_AUTHOR, sent.review, police), False)):
        client.force_login(user)
        said = words(client.get(entry.get_absolute_url()))
        assert (sent.get_absolute_url() in said) is is_told


# --- For the panel ------------------------------------------------------------------------------


@pytest.fixture
def panel(review):
    return with_role(Role.PANEL_MEMBER, review)


@pytest.fixture
def shared(review, chair):
    return share(review, material=Material.MISMATCHES, with_role=Role.PANEL_MEMBER, by=chair)


def shared_entries(part, chair):
    share(
        part.review,
        material=Material.CHRONOLOGY,
        participation=part,
        with_role=Role.PANEL_MEMBER,
        by=chair,
    )


def test_until_they_are_shared_the_panel_finds_none(client, panel, sent):
    client.force_login(panel)

    assert client.get(list_page(sent.review)).status_code == 403
    assert client.get(sent.get_absolute_url()).status_code == 404


def test_of_an_entry_that_they_may_not_read_the_panel_reads_no_word(client, panel, shared, sent):
    client.force_login(panel)

    for url in (list_page(sent.review), sent.get_absolute_url()):
        said = words(client.get(url))
        assert "Sent, no matching entry at the other end" in said
        assert "It concerns Millbrook Police and Haven Service; 3 May 2021." in said
        assert "Not all of its accounts are shared with you." in said
        assert "Referral" not in said
        assert "sent to Haven" not in said
    assert "An entry that is not shared with you" in said


def test_of_entries_that_they_may_read_the_panel_reads_all(
    client, panel, shared, sent, police, chair
):
    shared_entries(police, chair)
    client.force_login(panel)

    assert "No matching entry was supplied by Haven Service" in words(
        client.get(list_page(sent.review))
    )
    said = client.get(sent.get_absolute_url()).content.decode()
    assert "<mark>Referral sent" in said


def test_where_they_may_read_one_of_two_the_panel_reads_that_one_and_no_sentence(
    client, panel, shared, entry, haven, police, chair
):
    theirs = EntryFactory(participation=haven, text="Nothing of zqtheirs arrived")
    row = mismatch(
        entry, theirs, explanation="“Referral sent” against “Nothing of zqtheirs arrived”"
    )
    shared_entries(police, chair)
    client.force_login(panel)

    said = client.get(row.get_absolute_url()).content.decode()

    assert "Referral sent" in said
    assert "zqtheirs" not in said
    assert "against" not in said
    assert "<mark>" not in said


def test_what_the_leaders_made_of_it_is_not_the_panels(
    client, panel, shared, sent, haven, police, chair
):
    shared_entries(police, chair)
    judged(sent, "accepted", reason="zqreason")
    judged(sent, "reopened", reason="zqagain")
    answered(asked_about(sent, haven, text="zqasked"), kind="explained", text="zqanswer")
    client.force_login(panel)

    said = words(client.get(sent.get_absolute_url()))
    listed = client.get(list_page(sent.review))

    assert "Being looked into" in said
    said += words(listed)
    # Whole words: two letters alone stand in many a form's random token.
    for word in ("zqreason", "zqagain", "zqasked", "zqanswer"):
        assert word not in said
    for word in ("Judge it", "/ask/", "/judge/", "Query 1", "Look again", "By the finder"):
        assert word not in said
    assert listed.context["told"] == [("in_hand", "Being looked into", 1)]
    assert shown(client.get(list_page(sent.review), {"state": "in_hand"})) == [sent]
    assert client.get(page("judge", sent)).status_code == 403
    assert client.get(page("query", sent, haven.pk)).status_code == 403
    assert client.post(list_page(sent.review, "look")).status_code == 403


def test_what_is_gone_is_not_the_panels(client, panel, shared, sent):
    gone(sent)
    client.force_login(panel)

    assert client.get(sent.get_absolute_url()).status_code == 404
    assert shown(client.get(list_page(sent.review), {"state": "all"})) == []


def test_a_filter_by_person_tells_nothing_of_what_is_not_theirs(
    client, panel, shared, sent, entry, review
):
    PersonFactory(review=review, pseudonym="MA 1")
    type(entry).objects.filter(pk=entry.pk).update(persons=["MA 1"])
    client.force_login(panel)

    assert shown(client.get(list_page(review), {"person": "MA 1"})) == []


def test_a_share_that_ended_ends_at_once(client, panel, shared, sent):
    client.force_login(panel)
    before = client.get(sent.get_absolute_url()).status_code
    Share.objects.update(withdrawn_at=timezone.now(), withdrawn_by=shared.shared_by)

    assert (before, client.get(sent.get_absolute_url()).status_code) == (200, 404)


def test_the_panel_finds_them_on_the_reviews_home(client, panel, shared, sent):
    client.force_login(panel)
    home = reverse("desk:review-home", args=[sent.review.reference])

    assert list_page(sent.review) in words(client.get(home))


# --- As a file ----------------------------------------------------------------------------------


def cells(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_list_as_a_workbook_has_what_the_filters_find(chair_client, sent, entry, haven):
    judged(mismatch(entry, missing=haven, kind="differing-date"), "accepted", reason="So be it")

    (first,) = cells(chair_client.get(list_page(sent.review, "export")))
    (second,) = cells(chair_client.get(list_page(sent.review, "export"), {"state": "accepted"}))

    assert first["Date"] == "3 May 2021"
    assert first["No matching entry supplied by"] == "Haven Service"
    assert "Referral sent to Haven" in first["Entries"]
    assert first["State"] == "Open"
    assert (second["Judged"], second["Why"]) == ("Accepted as a difference", "So be it")


def test_the_panels_workbook_holds_no_more_than_its_pages(client, panel, shared, sent):
    judged(sent, "accepted", reason="zqreason")
    client.force_login(panel)

    response = client.get(list_page(sent.review, "export"))

    (row,) = cells(response)
    assert "Judged" not in row
    assert row["Entries"] == "An entry that is not shared with you"
    assert "Referral" not in str(row)
    assert "zqreason" not in str(row)


def test_many_rows_are_written_a_few_at_a_time(chair_client, entry, haven, monkeypatch):
    monkeypatch.setattr(exports, "SOME", 2)
    made = [mismatch(entry, missing=haven, on=str(2010 + n)) for n in range(5)]

    rows = cells(chair_client.get(list_page(entry.review, "export")))

    assert [row["Date"] for row in rows] == [str(one.date) for one in made]


def test_what_became_of_it_tells_of_queries_with_the_way_to_them(client, chair, sent, haven):
    query = asked_about(sent, haven)
    answered(query)
    client.force_login(chair)

    response = client.get(sent.get_absolute_url())

    steps = [(line.what, line.query) for line in response.context["history"] if line.query]
    assert steps == [
        (f"to {haven.agency}: answered", query),
        (f"to {haven.agency}: sent", query),
    ]
    assert f"Query {query.number}</a> to {haven.agency}: answered" in words(response)


def test_what_it_may_also_be_says_why_and_of_which_entries(client, chair, sent, entry):
    Mismatch.objects.filter(pk=sent.pk).update(also_kinds=[Kind.DIFFERING_DATE])
    client.force_login(chair)

    said = words(client.get(sent.get_absolute_url()))

    assert "Two dates for one event: these entries may tell of one event, and give it" in said
    assert f"{entry.participation.agency}, {entry.date}" in said
