"""The page "Before it is submitted": what it finds, what people say of it, and when that counts."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundations.dates import parse
from foundations.vault.models import DataKey
from reports.checks.looking import look
from reports.models import CheckAnswer, FoundBefore, Layout
from reports.services.paragraphs import change_paragraph, move_paragraph
from reports.services.places import LAST
from reviews.clock.kinds import Milestone
from reviews.models import Review
from reviews.rules import Role, State
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_clock import ReachedFactory
from tests.factories.reviews_meetings import MeetingFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "reports_')
BLAMED = "The service wrote that she chose to stay with him."


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


@pytest.fixture
def facts(document):
    return document.sections.get(code="background")


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def to(name, document, *more):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, *more])


def listed(client, document, key="no-blame"):
    """The ItemLines of one line of the list."""
    lists = client.get(to("checks", document)).context["lists"]
    return next(one for one in lists if one.item.key == key)


def say(client, document, code, says="no-fault", **said):
    said = {"says": says, "reason": "It is quoted", "seen": 0, "key": uuid.uuid4()} | said
    return client.post(to("check-answer", document, code), said)


# --- What it finds ------------------------------------------------------------------------------


def test_a_finding_is_quoted_in_its_sentence_and_leads_to_its_paragraph(
    client, document, facts, chair
):
    told = paragraph_in(facts, f"They met in 2011. {BLAMED} It was not asked why.")

    (line,) = listed(client, document).open
    (side,) = line.found.sides

    assert (side.before, side.quote, side.after) == (
        "The service wrote that she ",
        "chose to stay",
        " with him.",
    )
    assert side.href == f"{facts.get_absolute_url()}#p-{told.key}"
    assert side.name == "13.1"


def test_both_sides_of_a_contradiction_stand_beside_one_another(client, document, facts, chair):
    paragraph_in(facts, "Adult A had a deep wound to the left hand.")
    paragraph_in(facts, "In hospital the wound to Adult A's right hand was dressed.")

    (line,) = listed(client, document, "no-contradictions").open

    assert [side.quote for side in line.found.sides] == [
        "wound to the left hand",
        "wound to Adult A's right hand",
    ]


def test_a_reference_reads_as_its_number_in_what_is_quoted(client, document, facts, chair):
    first = paragraph_in(facts, "She asked for help.")
    paragraph_in(facts, f"As [[p:{first.key}]] tells, she chose to stay.")

    (line,) = listed(client, document).open

    assert line.found.sides[0].before == "As 13.1 tells, she "


def test_an_empty_section_is_found_in_a_document_just_begun(client, document, chair):
    found = [line.message for line in listed(client, document, "sections-filled").open]

    assert "“14 Chronology” is empty." in found


def test_looking_writes_nothing_and_is_remembered_until_a_paragraph_changes(
    client, document, facts, chair
):
    told = paragraph_in(facts, BLAMED)

    with CaptureQueriesContext(connection) as asked:
        listed(client, document)
    with CaptureQueriesContext(connection) as again:
        first = listed(client, document).open
    change_paragraph(told, text="She stayed.", kind="numbered", seen=0, by=chair)

    written = [one["sql"] for one in [*asked, *again] if WRITES.search(one["sql"])]
    assert written == []
    assert FoundBefore.objects.count() == 0
    assert len(first) == 1
    assert listed(client, document).open == []


def test_the_page_of_the_document_says_how_it_stood_once_somebody_kept_that(
    client, document, facts, chair
):
    paragraph_in(facts, BLAMED)
    still = client.get(to("checks", document)).context["still"]
    before = client.get(document.get_absolute_url()).context["checked"]
    kept = client.post(to("checks", document))
    after = client.get(document.get_absolute_url()).context["checked"]

    assert (before, kept.status_code) == ("", 302)
    assert f"{still} things to look at beside the links of the thread, as of " in after


def test_an_answer_keeps_how_the_document_stood(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    before = client.get(document.get_absolute_url()).context["checked"]

    say(client, document, "person", "yes")

    assert before == ""
    assert "things to look at" in client.get(document.get_absolute_url()).context["checked"]


def test_a_summary_is_not_asked_what_the_overview_report_answers(client, review, chair):
    summary = begun(review, Layout.EXECUTIVE_SUMMARY)

    keys = [one.item.key for one in client.get(to("checks", summary)).context["lists"]]

    assert {"nine-characteristics", "lessons-answered", "thread-whole"} & set(keys) == set()
    assert {"no-blame", "no-contradictions", "for-a-person"} <= set(keys)


def test_more_findings_need_no_more_queries(client, document, facts, chair):
    def asked():
        client.get(to("checks", document))  # found and kept
        with CaptureQueriesContext(connection) as queries:
            client.get(to("checks", document))
        return len(queries)

    paragraph_in(facts, BLAMED)
    asked()  # what is asked once in a process
    one = asked()
    for n in range(5):
        paragraph_in(facts, f"{BLAMED} That was said {n} times.")

    assert asked() == one


# --- What people say ----------------------------------------------------------------------------


def test_what_was_judged_stays_judged_while_its_paragraph_says_the_same(
    client, document, facts, chair
):
    told = paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open

    answered = say(client, document, line.code)
    paragraph_in(facts, "Something new stands before it.", after=None)
    move_paragraph(told, section=facts, after=LAST, by=chair)

    assert answered.status_code == 302
    assert listed(client, document).open == []
    (settled,) = listed(client, document).settled
    assert (settled.answer.reason, settled.answer.by) == ("It is quoted", chair)


def test_what_was_judged_comes_back_when_its_paragraph_changes(client, document, facts, chair):
    told = paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open
    say(client, document, line.code)

    change_paragraph(told, text=f"{BLAMED} So it went on.", kind="numbered", seen=0, by=chair)

    assert [one.answer for one in listed(client, document).open] == [None]
    page = client.get(to("checks", document))
    assert [one.code for one in page.context["before"]] == [line.code]


def test_a_contradiction_comes_back_when_its_other_side_changes(client, document, facts, chair):
    paragraph_in(facts, "Adult A had a deep wound to the left hand.")
    other = paragraph_in(facts, "In hospital the wound to Adult A's right hand was dressed.")
    (line,) = listed(client, document, "no-contradictions").open
    say(client, document, line.code)

    text = "In hospital the wound to Adult A's right hand was dressed twice."
    change_paragraph(other, text=text, kind="numbered", seen=0, by=chair)

    assert len(listed(client, document, "no-contradictions").open) == 1


def test_what_was_judged_comes_back_when_the_register_is_corrected(client, document, facts, chair):
    person = PersonFactory(review=document.review, pseudonym="FA 2", role="victim")
    identity = IdentityFactory(person=person, born=parse("4 May 1980").value.to_json())
    paragraph_in(facts, "FA 2 was aged 51 when she moved in June 2011.")
    (line,) = listed(client, document, "ages-and-dates").open
    say(client, document, line.code)
    judged = listed(client, document, "ages-and-dates").open

    identity.born = parse("4 May 1981").value.to_json()
    identity.save()

    assert (judged, len(listed(client, document, "ages-and-dates").open)) == ([], 1)


def test_a_code_cannot_be_made_again_without_the_key(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    first = listed(client, document).open[0].code
    DataKey.objects.filter(use=DataKey.Use.DIGEST).update(retired_at=timezone.now())

    assert listed(client, document).open[0].code != first


def test_a_fault_that_is_still_to_be_mended_stays_open(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open

    say(client, document, line.code, "to-mend", reason="")

    assert [one.answer.says for one in listed(client, document).open] == ["to-mend"]


def test_no_fault_needs_a_reason(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open

    refused = say(client, document, line.code, reason=" ")

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["Say why"]}


def test_two_people_see_what_the_other_said(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open
    say(client, document, line.code, "to-mend", reason="Rewrite it")

    late = say(client, document, line.code)

    assert late.status_code == 422
    assert late.context["theirs"] == (
        ("Answer", "It is a fault, and is still to be mended"),
        ("Why, or where", "Rewrite it"),
    )
    assert CheckAnswer.objects.count() == 1


def test_a_second_click_finds_the_first_ones_answer(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open
    key = uuid.uuid4()

    answers = [say(client, document, line.code, key=key).status_code for _ in range(2)]

    assert (answers, CheckAnswer.objects.count()) == ([302, 302], 1)


def test_whoever_comes_late_to_a_finding_is_led_to_the_list(client, document, facts, chair):
    told = paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open
    change_paragraph(told, text="She stayed.", kind="numbered", seen=0, by=chair)

    late = say(client, document, line.code)

    assert (late.status_code, late.url) == (302, to("checks", document))
    assert CheckAnswer.objects.count() == 0


def test_each_characteristic_is_answered_by_a_person(client, document, chair):
    before = len(listed(client, document, "nine-characteristics").unanswered)
    say(client, document, "considered-sex", "yes", reason="11.3")
    say(client, document, "considered-race", "no", reason="Nobody knows it")

    after = listed(client, document, "nine-characteristics").questions

    assert before == 9
    assert [one.found.message for one in after][:2] == [
        "Age is not named.",
        "Disability is not named.",
    ]
    assert {one.code: one.answer.says for one in after if one.answer} == {
        "considered-sex": "yes",
        "considered-race": "no",
    }
    assert sum(one.is_open for one in after) == 8


def test_an_answer_is_told_to_be_of_an_earlier_text_only_where_somebody_wrote(
    client, document, facts, chair
):
    def page():
        response = client.get(to("checks", document))
        return "The text has changed since" in response.content.decode()

    told = paragraph_in(facts, "She asked for help.")
    say(client, document, "person", "yes")
    MeetingFactory(review=document.review, held=True)
    before = page()
    change_paragraph(told, text="She asked twice.", kind="numbered", seen=0, by=chair)

    assert (before, page()) == (False, True)


def test_another_day_is_no_other_text(document, facts):
    paragraph_in(facts, "She asked for help.")
    ReachedFactory(review=document.review, milestone=Milestone.DECIDED)
    first = look(document)

    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        later = look(document)

    assert later.text_digest == first.text_digest
    assert later.digest != first.digest


def test_whoever_answers_a_question_is_told_how_long_that_counts(client, document, facts, chair):
    paragraph_in(facts, BLAMED)
    (line,) = listed(client, document).open

    def said(response):
        return [str(one) for one in client.get(response.url).context["messages"]]

    question = said(say(client, document, "person", "yes"))
    finding = said(say(client, document, line.code))

    assert question == [
        "Saved. It stands until somebody answers again; once the text changes, the list says so."
    ]
    assert finding == ["Saved. It counts while what it rests on says the same."]


def test_an_ended_review_takes_no_answer(client, document, chair):
    Review.objects.filter(pk=document.review_id).update(state=State.DISCONTINUED)

    assert client.get(to("checks", document)).status_code == 200
    assert say(client, document, "person", "yes").status_code == 409


def test_a_real_name_in_a_reason_is_asked_about(client, document, chair):
    person = PersonFactory(review=document.review, pseudonym="FA 2")
    IdentityFactory(person=person, review=document.review, names=["Odalys Brankovic"])

    refused = say(client, document, "person", "yes", reason="Odalys Brankovic is described")

    assert refused.status_code == 422


# --- The database -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["update", "delete"])
def test_what_was_said_cannot_be_changed_or_deleted(client, document, chair, how):
    say(client, document, "person", "yes")
    rows = CheckAnswer.objects.all()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(reason="x") if how == "update" else rows._raw_delete(rows.db)
