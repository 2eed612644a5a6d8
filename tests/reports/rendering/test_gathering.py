"""What a version says: the words of the authors, and of the data no more than may be said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from foundations.dates import parse
from reports.rendering.dates import death_in_words, sayer_of
from reports.rendering.gathering import gather
from reports.services.citing import cite
from reports.services.paragraphs import change_paragraph
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reports import begun, paragraph_in, section_in
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory

pytestmark = pytest.mark.django_db
AT = datetime(2031, 11, 2, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def document(review):
    return begun(review)


def person(review, *, born="", died="", **rules):
    return IdentityFactory(
        person=PersonFactory(review=review, **rules),
        born=parse(born).value.to_json() if born else {},
        died=parse(died).value.to_json() if died else {},
    )


def gathered(document, variant="confidential", **more):
    return gather(document, variant=variant, version=1, at=AT, by=None, **more)


def texts(one):
    return "\n".join(paragraph.text for _, paragraph in one.paragraphs)


def test_numbers_headings_and_references_are_those_of_the_day(document):
    section = document.sections.get(code="background")
    first = paragraph_in(section, "She went to her doctor.")
    paragraph_in(section, "> not a quotation here", kind="quotation")
    paragraph_in(section, f"It is told in [[p:{first.key}]].")

    one = gathered(document)

    facts = next(each for each in one.sections if each.heading.startswith("Background"))
    numbers = [each.number for each in facts.paragraphs]
    assert numbers == [f"{facts.number}.1", "", f"{facts.number}.2"]
    assert one.words_of("p", str(first.key)) == f"{facts.number}.1"
    written = one.as_written().paragraphs[-1]
    assert written[1].text == f"It is told in {facts.number}.1."


def test_a_final_version_has_no_heading_without_a_number_with_nothing_below_it_however_deep(
    document,
):
    thanks, preface = (
        section_in(document, heading, is_numbered=False) for heading in ("Thanks", "Preface")
    )
    section_in(document, "To whom", parent=thanks)
    paragraph_in(section_in(document, "By whom", parent=preface), "By the chair.")

    draft, final = (gathered(document, is_final=one) for one in (False, True))

    headings = [{one.heading for one in each.sections} for each in (draft, final)]
    assert {"Thanks", "To whom"} <= headings[0] - headings[1]
    assert {"Preface", "By whom"} <= headings[1]


def test_values_do_not_follow_what_is_written_afterwards(document):
    section = document.sections.get(code="background")
    row = paragraph_in(section, "As it was.")
    one = gathered(document)

    change_paragraph(row, text="As it is.", kind="numbered", seen=0, by=UserFactory())

    assert "As it was." in texts(one)
    assert "As it is." in texts(gathered(document))


def test_the_day_of_a_death_stays_out_of_the_entries_of_an_anonymised_version(review, document):
    person(review, died="14 March 2019", publish_death="season")
    entry = EntryFactory(participation=None, review=review, date=parse("14/03/2019").value)
    other = EntryFactory(participation=None, review=review, date=parse("2 May 2018").value)
    section = document.sections.get(code="background")
    cite(paragraph_in(section), [entry, other], by=UserFactory())
    paragraph_in(section, text="", kind="block", block="entries")

    assert "14 March 2019" in texts(gathered(document))
    said = texts(gathered(document, "anonymised"))
    assert "14 March 2019" not in said
    assert "spring 2019" in said
    assert "2 May 2018" in said


@pytest.mark.parametrize(
    ("rules", "date", "said"),
    [
        ({"died": "14 March 2019", "publish_death": "exact"}, "14/03/2019", "14 March 2019"),
        ({"died": "14 March 2019", "publish_death": "month-year"}, "14/03/2019", "March 2019"),
        ({"died": "14 March 2019", "publish_death": "year"}, "March 2019", "2019"),
        ({"died": "14 March 2019", "publish_death": "year"}, "15/03/2019", "15 March 2019"),
        ({"died": "14 March 2019", "publish_death": "nothing"}, "14/03/2019", ""),
        ({"died": "14 March 2019", "publish_death": "nothing"}, "2019", "2019"),
        ({"born": "3 May 1985", "publish_birth": "age-band"}, "03/05/1985", ""),
        ({"born": "3 May 1985", "publish_birth": "age-band"}, "1985", "1985"),
        ({"born": "3 May 1985", "publish_birth": "month-year"}, "03/05/1985", "May 1985"),
    ],
)
def test_a_date_that_may_be_a_birth_or_a_death_is_said_as_its_rule_says(review, rules, date, said):
    person(review, **rules)

    assert sayer_of(review)(parse(date).value) == said


def test_of_two_rules_for_one_day_the_coarser_holds(review):
    person(review, died="14 March 2019", publish_death="exact")
    person(review, died="14 March 2019", publish_death="year")

    assert sayer_of(review)(parse("14/03/2019").value) == "2019"


@pytest.mark.parametrize(
    ("rule", "said"),
    [("exact", "March 2019"), ("season", "spring 2019"), ("year", "2019"), ("nothing", "")],
)
def test_a_title_page_says_no_day_of_death(review, rule, said):
    person(review, died="14 March 2019", publish_death=rule)

    assert death_in_words(review) == said


def test_the_action_plan_comes_where_it_is_asked_for_and_there_is_one(review, document):
    assert gathered(document, with_plan=True).plan is None
    RecommendationFactory(review=review, text="Train every officer")

    assert gathered(document).plan is None
    assert gathered(document, with_plan=True).plan.rows == 1
