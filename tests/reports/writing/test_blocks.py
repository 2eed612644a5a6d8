"""What stands in a document from the data follows them, and tells no more than the rules let it."""

from datetime import date

import pytest
from django.utils import timezone

from chronologies.services import withdraw_entry
from foundations.dates import parse
from reports.blocks import Blocks
from reports.checks.looking import look
from reports.models import Block
from reports.services.citing import cite
from reports.services.paragraphs import take_out_paragraph
from reviews.requests.models import Request
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import CountFactory, LessonFactory
from tests.factories.reports import begun, paragraph_in, section_in
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_clock import start_clock
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.factories.reviews_requests import answered_nil, submitted
from tests.factories.reviews_terms import issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


def text(document, block):
    return Blocks(document).text_of(Block(block))


def test_the_terms_are_those_of_the_newest_version(document, review):
    version = issued_terms(review)

    said = text(document, "terms")

    assert f"last issued on {timezone.localdate():%-d %B %Y}" in said
    for term in version.texts.filter(term__kind="term"):
        assert term.text.rstrip("?") in said.replace("\\", "")


def test_a_draft_of_the_terms_is_not_shown(document):
    assert text(document, "terms") == ""


def test_the_panel_has_name_post_and_body_and_who_left(document, review):
    PanelMemberFactory(review=review, name="Dana Fielding", position="Head of service")
    PanelMemberFactory(
        review=review, name="Ann Lake", left_on=date(2025, 3, 4), left_because="Retired"
    )

    said = text(document, "panel")

    assert "| Dana Fielding | Head of service |" in said
    assert "until 4 March 2025" in said


def test_a_contributor_gave_this_or_why_it_had_nothing_to_give(document, review):
    submitted(ParticipationFactory(review=review, agency__name="Police"), kind="imr")
    for name, nil in (
        ("School", "nothing_known"),
        ("Trust", "out_of_scope"),
        ("Unit", "destroyed"),
    ):
        part = ParticipationFactory(review=review, agency__name=name)
        policy = "Schedule 8" if nil == "destroyed" else ""
        answered_nil(part, kind="report", nil=nil, destroyed_under=policy)
    Request.objects.filter(participation__review=review).update(state="accepted")
    ParticipationFactory(review=review, agency__name="Surgery")

    lines = text(document, "contributors").splitlines()[2:]

    assert lines == [
        "| Police | Individual management review |",
        "| School | Information report: nothing known |",
        "| Surgery | Nothing so far |",
        "| Trust | Information report: known, but outside the timeframe or the questions |",
        "| Unit | Information report: records destroyed under its retention policy |",
    ]


def test_the_pseudonyms_tell_what_the_rules_let_and_no_name(document, review):
    person = PersonFactory(
        review=review,
        pseudonym="Aspen",
        role="victim",
        publish_birth="age-band",
        publish_death="season",
    )
    IdentityFactory(
        person=person,
        names=["Zara Quillfeather"],
        born=parse("3 March 1989").value.to_json(),
        died=parse("12 May 2024").value.to_json(),
    )

    said = text(document, "pseudonyms")

    assert said.splitlines()[2] == "| Aspen | Victim | 35 to 44 | spring 2024 |"
    assert "Quillfeather" not in said
    assert "1989" not in said


def test_the_reasons_for_delay_come_from_the_clock(document, review):
    start_clock(review, by=UserFactory())

    assert "The partnership was notified" in text(document, "delay")


def test_a_saved_count_is_counted_anew(document, review):
    CountFactory(review=review, title="Calls with alcohol", question={"words": "alcohol"})
    part = ParticipationFactory(review=review)

    before = text(document, "counts").splitlines()[2]
    EntryFactory(review=review, participation=part, text="Smelt of alcohol")
    after = text(document, "counts").splitlines()[2]

    assert (before, after) == ("| Calls with alcohol | 0 |", "| Calls with alcohol | 1 |")


def test_the_entries_are_those_that_what_stands_there_cites(document, review):
    by, part = UserFactory(), ParticipationFactory(review=review, agency__name="Police")
    first, second, _ = (
        EntryFactory(review=review, participation=part, text=text, on=on, action="")
        for text, on in (("Later", "2012"), ("Earlier", "2011"), ("Not cited", "2010"))
    )
    facts = section_in(document)
    cite(paragraph_in(facts), [first, second], by=by)
    gone = paragraph_in(facts)
    cite(gone, [EntryFactory(review=review, participation=part, text="Gone", on="2009")], by=by)
    take_out_paragraph(gone, by=by)

    lines = text(document, "entries").splitlines()[2:]

    assert lines == ["| 2011 | Police | Earlier | – |", "| 2012 | Police | Later | – |"]


def test_an_entry_that_was_withdrawn_after_it_was_cited_is_printed_no_longer(document, review):
    part = ParticipationFactory(review=review, agency__name="Police")
    stays, goes = (
        EntryFactory(review=review, participation=part, text=text, on="2011", action="")
        for text in ("She rang", "Of somebody else")
    )
    cite(paragraph_in(section_in(document)), [stays, goes], by=UserFactory())
    withdraw_entry(goes, by=UserFactory(), reason="It was of another person")

    assert text(document, "entries").splitlines()[2:] == ["| 2011 | Police | She rang | – |"]


def test_lessons_are_the_panels_first_then_each_agencys(document, review):
    part = ParticipationFactory(review=review, agency__name="Police")
    LessonFactory(review=review, number=1, participation=part, text="Ask twice")
    LessonFactory(review=review, number=2, text="Look at all *calls*")

    assert text(document, "lessons").split("\n\n") == [
        r"**Lesson 2.** Look at all \*calls\*",
        "**Police**",
        "**Lesson 1.** Ask twice",
    ]


def test_a_recommendation_that_is_a_draft_says_so(document, review):
    RecommendationFactory(review=review, number="1", text="Train everybody", position=1)
    RecommendationFactory(review=review, number="2", text="Look again", position=2, is_draft=True)

    assert text(document, "recommendations").split("\n\n") == [
        "**Recommendation 1.** Train everybody",
        "**Recommendation 2 (draft).** Look again",
    ]


def test_recommendations_for_several_bodies_stand_under_each(document, review):
    for number, body in (("1", "Ash Police"), ("2", "Safer Ash Board"), ("3", "ash police")):
        RecommendationFactory(
            review=review, number=number, text="Train staff.", group="", addressed_to=body
        )

    assert text(document, "recommendations").split("\n\n") == [
        "**Ash Police**",
        "**Recommendation 1.** Train staff.",
        "**Recommendation 3.** Train staff.",
        "**Safer Ash Board**",
        "**Recommendation 2.** Train staff.",
    ]


def test_recommendations_for_one_body_alone_have_no_banner(document, review):
    RecommendationFactory(review=review, number="1", text="Train staff.", addressed_to="Ash Police")

    assert text(document, "recommendations") == "**Recommendation 1.** Train staff."


def test_recommendations_of_an_agency_stand_under_its_name(document, review):
    for place, (number, group, said) in enumerate(
        [("1", "Police", "Ask twice"), ("1", "", "Train everybody"), ("1", "Housing", "Write back")]
    ):
        RecommendationFactory(
            review=review, number=number, group=group, text=said, position=place, is_draft=True
        )

    assert text(document, "recommendations").split("\n\n") == [
        "**Recommendation 1 (draft).** Train everybody",
        "**Police**",
        "**Recommendation 1 (draft).** Ask twice",
        "**Housing**",
        "**Recommendation 1 (draft).** Write back",
    ]


def test_the_glossary_has_the_short_forms_of_what_stands_there(document):
    facts = section_in(document)
    paragraph_in(facts, "The IDVA and the QZXP met.")
    take_out_paragraph(paragraph_in(facts, "The DWP wrote."), by=UserFactory())

    assert text(document, "glossary").splitlines()[2:] == [
        "| IDVA | Independent domestic violence adviser |",
        "| QZXP | Not written out yet |",
    ]


def final(document, block):
    return Blocks(document, is_final=True).text_of(Block(block))


def test_the_glossary_reads_what_is_inserted_too(document, review):
    RecommendationFactory(review=review, number="1", text="The ISVA asks everybody")
    paragraph_in(section_in(document), "", block="recommendations", kind="block")

    assert "| ISVA | Independent sexual violence adviser |" in text(document, "glossary")


def test_a_final_version_says_nothing_of_what_is_missing_still(document, review):
    ParticipationFactory(review=review, agency__name="Surgery")
    paragraph_in(section_in(document), "The IDVA and the QZXP met.")

    assert text(document, "contributors").splitlines()[2:] == ["| Surgery | Nothing so far |"]
    assert final(document, "contributors").splitlines()[2:] == ["| Surgery | Nothing |"]
    assert final(document, "glossary").splitlines()[2:] == [
        "| IDVA | Independent domestic violence adviser |"
    ]


def test_what_is_missing_in_what_was_inserted_is_found_before_it_is_submitted(document, review):
    for name in ("Surgery", "School"):
        ParticipationFactory(review=review, agency__name=name)

    item = next(one for one in look(document).items if one.key == "nothing-left-open")

    assert [side.quote for one in item.found for side in one.sides] == ["Nothing so far"]
