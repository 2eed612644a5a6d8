import pytest

from reviews.models import Person
from reviews.people.models import Identity
from reviews.people.publication import published_facts
from tests.factories.reviews_people import date

DEATH = date("29 February 2024")


def said(*, death=DEATH, born="", died="", addresses=(), **rules):
    identity = Identity(
        born=date(born).to_json() if born else {},
        died=date(died).to_json() if died else {},
        addresses=list(addresses),
    )
    return dict(published_facts(Person(**rules), identity, death=death))


@pytest.mark.parametrize(
    ("rule", "born", "expected"),
    [
        ("exact", "3 March 1989", "3 March 1989"),
        ("month-year", "3 March 1989", "March 1989"),
        ("season", "3 March 1989", "spring 1989"),
        ("year", "3 March 1989", "1989"),
        ("nothing", "3 March 1989", ""),
        ("age", "3 March 1989", "aged 34"),
        ("age", "29 February 1988", "aged 36"),
        ("age", "1988", "aged 35 or 36"),
        ("age", "the 1980s", ""),
        ("age-band", "3 March 1989", "25 to 34"),
        ("age-band", "1988", "35 to 44"),
        ("age-band", "1989", "25 to 34 or 35 to 44"),
        ("age-band", "2015", "under 16"),
        ("age-band", "1 January 1930", "65 or over"),
        ("exact", "March 1989", "March 1989"),
        ("season", "1989", "1989"),
        ("exact", "", ""),
    ],
)
def test_birth_is_said_by_its_rule_and_no_finer_than_is_known(rule, born, expected):
    assert said(publish_birth=rule, born=born)["Birth or age"] == expected


@pytest.mark.parametrize(
    ("rule", "died", "expected"),
    [
        ("month-year", "29 February 2024", "February 2024"),
        ("season", "29 February 2024", "winter 2023/24"),
        ("season", "1 December 2023", "winter 2023/24"),
        ("season", "31 May 2024", "spring 2024"),
        ("nothing", "29 February 2024", ""),
    ],
)
def test_death_is_said_by_its_rule(rule, died, expected):
    assert said(publish_death=rule, died=died)["Death"] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("address", "1 High Street"), ("area", "The north of the town"), ("nothing", "")],
)
def test_an_address_is_said_by_its_rule(rule, expected):
    facts = said(publish_address=rule, addresses=["1 High Street"], area="The north of the town")

    assert facts["Where they lived"] == expected


def test_no_age_is_said_while_the_day_of_the_death_is_open():
    assert said(publish_birth="age", born="1989", death=date(""))["Birth or age"] == ""
