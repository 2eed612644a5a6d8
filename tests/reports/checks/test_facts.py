"""What the review holds, as the check lays it beside a text; and the links that the thread lacks."""

import json
import uuid
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from chronologies.services import withdraw_entry
from foundations.dates import parse
from foundations.vault.models import DataKey
from reports.checking.facts import LessonFact, PanelRow, PersonFact, RecommendationFact, TermFact
from reports.checks.facts import facts_of
from reports.checks.links import broken_links
from reports.checks.looking import keep, look
from reports.models import FoundBefore
from reports.services.checks import answer
from reports.services.citing import cite
from reviews.meetings.models import Meeting
from reviews.models import Person, Review
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory, RecommendationLessonFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import FindingFactory, LessonFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact
from tests.factories.reviews_meetings import MeetingFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_people import date as known
from tests.factories.reviews_terms import issued_terms

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 3)


@pytest.fixture
def review():
    return ReviewFactory()


def facts(review):
    return facts_of(review, TODAY)


def test_of_an_empty_review_nobody_knows_anything(review):
    found = facts(review)

    assert (found.terms, found.period, found.lessons, found.recommendations) == (None,) * 4
    assert (found.panel, found.counts, found.people) == ((), {}, ())
    assert (found.reported.text, found.is_being_written) == ("3 May 2026", True)


def test_people_have_their_pseudonyms_and_the_dates_that_the_register_knows(review):
    person = PersonFactory(review=review, pseudonym="FA 2", role=Person.Role.VICTIM)
    other = PersonFactory(review=review, pseudonym="MA 9", role=Person.Role.PERPETRATOR)
    born, died = parse("4 May 1980").value, parse("autumn 2023").value
    IdentityFactory(person=person, born=born.to_json(), died=died.to_json())

    assert facts(review).people == (
        PersonFact("FA 2", "victim", born=born, died=died),
        PersonFact(other.pseudonym, "perpetrator"),
    )


def test_the_terms_and_their_period_are_those_that_were_issued(review):
    issued_terms(review, "Was risk assessed?", "Was she asked?")
    found = facts(review)

    assert found.terms == (TermFact("1", "Was risk assessed?"), TermFact("2", "Was she asked?"))
    assert (found.period.earliest, found.period.latest) == (date(2015, 1, 1), None)


def test_the_panel_is_who_sits_on_it_with_post_and_body(review):
    PanelMemberFactory(review=review, name="Ada Moss", position="Manager", organisation="Housing")
    PanelMemberFactory(review=review, name="Bo Field", position="", organisation="Police")

    assert facts(review).panel == (
        PanelRow("Ada Moss", "Manager", "Housing"),
        PanelRow("Bo Field", "", "Police"),
    )


def test_a_lesson_has_its_recommendations_or_says_why_there_is_none(review):
    tied = LessonFactory(review=review, number=1, text="Ask")
    LessonFactory(review=review, number=2, text="Tell", why_no_recommendation="It is done")
    asked = RecommendationFactory(review=review, number="3", text="Ask everybody")
    RecommendationLessonFactory(recommendation=asked, lesson=tied)
    found = facts(review)

    assert found.lessons == (
        LessonFact("1", "Ask", ("3",)),
        LessonFact("2", "Tell", (), "It is done"),
    )
    assert found.recommendations == (RecommendationFact("3", "Ask everybody"),)
    assert found.counts == {"recommendations in all": 1}


def test_only_meetings_of_the_panel_that_were_held_count(review):
    MeetingFactory.create_batch(2, review=review, held=True)
    MeetingFactory(review=review)
    MeetingFactory(review=review, held=True, kind=Meeting.Kind.OTHER)

    assert facts(review).counts == {"panel meetings": 2}


def test_broken_links_of_the_thread_are_found_with_the_way_to_mend_them(review):
    review.stage = "analysis"
    review.save()
    finding = FindingFactory(review=review, number=4, text="Nobody asked")
    chair = with_role(Role.CHAIR, review)

    found = broken_links(review, chair).found

    (one,) = (each for each in found if each.message.startswith("Findings"))
    assert one.message == "Findings without evidence: Finding 4. Nobody asked"
    assert (one.way, str(finding.number) in one.href) == ("Put evidence under it", True)


def test_a_paragraph_that_rests_on_what_stands_no_longer_is_named(review):
    document, by = begun(review), UserFactory()
    told = paragraph_in(document.sections.get(code="background"), "She rang. Nobody came.")
    goes, stays = (EntryFactory(review=review) for _ in range(2))
    finding = FindingFactory(review=review)
    cite(told, [goes, stays, finding], by=by)

    def item():
        return next(one for one in look(document).items if one.key == "evidence-stands")

    before = item()
    withdraw_entry(goes, by=by, reason="It was of another person")
    type(finding).objects.filter(pk=finding.pk).update(changes=1)
    after = item()

    assert (before.result, before.found) == ("met", ())
    assert after.result == "not met"
    assert [(one.message, one.sides[0].name, one.sides[0].quote) for one in after.found] == [
        ("An entry that this paragraph cites was withdrawn since.", "13.1", "She rang."),
        ("A finding that this paragraph cites was changed since.", "13.1", "She rang."),
    ]


def test_a_contact_that_a_later_one_puts_right_is_named_without_saying_what_it_is(review):
    """Who wrote with whom is told to those alone who keep the log."""
    document = begun(review)
    told = paragraph_in(document.sections.get(code="background"))
    mother = CorrespondentFactory(review=review)
    first = contact(mother)
    cite(told, [first], by=UserFactory())
    contact(mother, "4 March 2026", corrects=first, corrected_because="Wrong day")

    (found,) = next(one for one in look(document).items if one.key == "evidence-stands").found

    assert found.message == "Something that this paragraph cites was corrected since."


def test_what_was_judged_of_a_source_is_asked_again_once_it_changes_again(review):
    document = begun(review)
    told = paragraph_in(document.sections.get(code="background"))
    finding = FindingFactory(review=review)
    cite(told, [finding], by=UserFactory())

    def code(changes):
        type(finding).objects.filter(pk=finding.pk).update(changes=changes)
        items = look(document).items
        (one,) = next(one for one in items if one.key == "evidence-stands").found
        return one.code

    assert code(1) != code(2)


def test_what_was_found_is_sealed(review):
    document = begun(review)
    told = "She chose to stay, and nobody asked her why."
    paragraph_in(document.sections.get(code="background"), told)
    keep(document)

    with connection.cursor() as cursor:
        cursor.execute("select items from reports_foundbefore")
        (sealed,) = cursor.fetchone()
    assert b"chose to stay" not in bytes(sealed)
    assert FoundBefore.objects.get().items != []


def test_what_was_read_is_told_again_with_the_key_alone(review):
    """Else whoever reads the row finds a sealed day of birth by trying all of them."""
    document = begun(review)
    before = look(document).digest
    same = look(document).digest
    DataKey.objects.filter(use=DataKey.Use.DIGEST).update(retired_at=timezone.now())

    assert same == before != look(document).digest


def told_by_command(review, format_="json"):
    out = StringIO()
    call_command("check_report", review=review.reference, format=format_, stdout=out)
    return json.loads(out.getvalue()) if format_ == "json" else out.getvalue()


def test_the_command_tells_what_stands_where(review):
    document = begun(review)
    paragraph_in(document.sections.get(code="background"), "It says that she chose to stay.")

    told = told_by_command(review)

    items = {one["key"]: one for one in told["items"]}
    (found,) = items["no-blame"]["found"]
    assert told["document"] == document.number
    assert [(side["name"], side["quote"]) for side in found["sides"]] == [("13.1", "chose to stay")]


def test_the_command_tells_what_the_page_tells(client, sign_in, review):
    """The broken links of the thread too, and what people said of what was found."""
    Review.objects.filter(pk=review.pk).update(stage="analysis")
    chair = sign_in(Role.CHAIR, review)
    FindingFactory(review=review, number=4, text="Nobody asked")
    document = begun(review, by=chair)
    paragraph_in(document.sections.get(code="background"), "It says that she chose to stay.")
    page = reverse("reports:checks", args=[review.reference, document.number])
    lists = client.get(page).context["lists"]
    for line in [one.lines[0] for one in lists if one.lines] + [lists[-1].questions[0]]:
        says = "yes" if line.is_question else "no-fault"
        answer(
            document, code=line.code, says=says, reason="Quoted", seen=0, by=chair, key=uuid.uuid4()
        )

    told = told_by_command(review)["items"]

    lists = client.get(page).context["lists"]
    assert {"no-blame", "thread-whole"} <= {one.item.key for one in lists if one.settled}
    assert [(one["key"], one["state"]) for one in told] == [
        (one.item.key, one.state[0]) for one in lists
    ]
    answered = [each for one in told for each in (*one["found"], *one["questions"])]
    assert {each["code"]: each["answer"]["says"] for each in answered if each["answer"]} == {
        line.code: line.answer.says
        for one in lists
        for line in (*one.lines, *one.questions)
        if line.answer
    }
    assert "[It is not a fault: Quoted]" in told_by_command(review, "text")


def test_where_nobody_writes_the_command_says_that_it_did_not_look(review):
    begun(review)

    (links,) = (one for one in told_by_command(review)["items"] if one["key"] == "thread-whole")

    assert "This was not looked at" in links["looked_at"]
    assert links["state"] == "For a person to say"


def test_the_command_refuses_what_is_not_there(review):
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("check_report", review=review.reference, format="json", stdout=out)

    assert end.value.code == 1
    assert json.loads(out.getvalue()) == {
        "refused": [
            {"where": review.reference, "message": "The review has no overview report yet."}
        ]
    }


def test_a_date_known_to_the_day_is_laid_beside_an_age(review):
    person = PersonFactory(review=review, pseudonym="FA 2", role=Person.Role.VICTIM)
    IdentityFactory(person=person, born=known("4 May 1980").to_json())
    document = begun(review)
    facts_ = document.sections.get(code="background")
    paragraph_in(facts_, "FA 2 was aged 51 when she moved in June 2011.")

    item = next(one for one in look(document).items if one.key == "ages-and-dates")

    assert [side.quote for one in item.found for side in one.sides] != []
