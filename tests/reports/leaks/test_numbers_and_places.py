import pytest

from reports.leaks.engine import Scanner
from reports.leaks.finders.numbers import nhs_number_is_valid
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("at 12 Larkrise Street", "address", "high"),
        ("at 12, Larkrise St.", "address", "high"),
        ("at 12 LARKRISE STREET", "address", "high"),
        ("in Larkrise Street", "address", "low"),
        ("moved to NB7 4QX", "postcode", "high"),
        ("moved to NB74QX", "postcode", "high"),
        ("moved to NB7-4QX", "postcode", "high"),
        ("moved to N B 7 4 Q X", "postcode", "high"),
        ("somewhere in NB7 then", "postcode", "low"),
        ("call 07700 900123", "number", "high"),
        ("call +44 7700 900 123", "number", "high"),
        ("number 9434765919", "number", "high"),
    ],
)
def test_what_the_register_holds_is_found(text, kind, severity):
    assert [(one[0], one[1], one[3]) for one in found(text)] == [(severity, kind, "Adult A")]


def _living(rule, places=(), area=""):
    address = "12 Larkrise Street, Dinnington, Wickerfield, South Dale, NB7 4QX"
    one = {"pseudonym": "Adult E", "addresses": [address], "area": area}
    people = [one | {"publish": {"address": rule}}]
    return Scanner(planted.register(people=people, places=list(places)))


@pytest.mark.parametrize("place", ["Dinnington", "Wickerfield", "DINNINGTON", "Upper Wick"])
def test_where_somebody_lived_is_told_under_the_rule_nothing(place):
    text = f"She lived in {place} then."

    told = found(text, scanner=_living("nothing", area="Upper Wick, Wickerfield"))

    assert told == [("low", "address", place, "Adult E")]


@pytest.mark.parametrize("rule", ["area", "address"])
def test_where_somebody_lived_is_left_alone_where_the_rule_allows_it(rule):
    assert found("She lived in Dinnington.", scanner=_living(rule, area="Dinnington")) == []


def test_a_town_that_a_named_body_is_called_by_is_no_secret():
    scanner = _living("nothing", places=["Safer Wickerfield Partnership", "South Dale Police"])

    text = "In Wickerfield and in South Dale. The Dinnington Medical Centre was asked."

    assert [one for one in found(text, scanner=scanner) if one[1] == "address"] == []


@pytest.mark.parametrize(
    ("number", "text", "words"),
    [
        ("AB12 CDE", "He drove AB12 CDE.", "AB12 CDE"),
        ("AB12 CDE", "his car, ab12cde", "ab12cde"),
        ("blue van AB12 CDE", "a van (AB12-CDE)", "AB12-CDE"),
        ("P12 KLM 9", "under P12 KLM 9", "P12 KLM 9"),
        ("P12 KLM 9", "under P12/KLM/9", "P12/KLM/9"),
    ],
)
def test_a_number_with_few_figures_is_found_by_its_letters(number, text, words):
    people = [{"pseudonym": "Adult E", "numbers": [number]}]

    told = found(text, scanner=Scanner(planted.register(people=people)))

    assert told == [("high", "number", words, "Adult E")]


def test_a_word_and_a_count_are_no_number_of_anybody():
    people = [{"pseudonym": "Adult E", "numbers": ["room 12", "ext 12", "after 5pm"]}]
    scanner = Scanner(planted.register(people=people))

    assert found("They met in room 12, ext 12, after 5pm.", scanner=scanner) == []


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("They lived at 7 Thistle Grove Road.", "address", "medium"),
        ("It was sent to LS1 4AP.", "postcode", "high"),
        ("Leeds City Council, LS1 4AP", "postcode", "low"),
        ("Her mobile was 07700 900456.", "telephone number", "high"),
        ("Her number was 01632 960123.", "telephone number", "medium"),
        ("NHS number 401 023 2137", "NHS number", "high"),
        ("NHS number 401 023 2138", "NHS number", "medium"),
        ("Insurance AB 12 34 56 C", "National Insurance number", "high"),
        ("The car was AB51 ABC.", "vehicle registration", "high"),
        ("His van, registration A123 BCD", "vehicle registration", "high"),
        ("crime number 14/12345/13", "reference number", "high"),
        ("under crime reference CR0012345", "reference number", "high"),
        ("incident 512 of 14 May 2011", "reference number", "high"),
        ("court case no. T20137004", "reference number", "medium"),
        ("write to somebody@example.com", "e-mail address", "high"),
        ("write to reviews@northbeck.gov.uk", "e-mail address", "low"),
        ("followed @somebody_there", "social media", "medium"),
        ("on facebook.com/somebody.there", "social media", "medium"),
        ("She went to Thistle Primary School.", "school", "medium"),
        ("He was seen at Thistledown Surgery.", "GP practice", "medium"),
        ("He worked for Thistle Logistics.", "employer", "low"),
        ("a Polish butcher", "combination", "low"),
        ("the twins were at home", "combination", "low"),
        ("her children, aged 3, 5 and 9", "combination", "low"),
    ],
)
def test_what_leads_to_somebody_is_found_by_its_form(text, kind, severity):
    assert [one[:2] for one in found(text)] == [(severity, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Call the helpline on 0808 2000 247, or 101, or 999.",
        "Between 2010 and 2013 there were 1,234 calls and 12 visits.",
        "Version 1.2.3 of the plan, 14.05.2011, page 10 of 12.",
        "Circular 003/2013 and section 9(3) of the Act 2004.",
        "The M1 and the A57; Form CID 70A; Article 2.",
        "Her GP surgery and the primary school were asked.",
        "Brook Lane Surgery was asked.",
        "The College of Policing and the Royal College of Nursing agreed.",
        "DHR reference NB01, recommendation 12, paragraph 5.3.2.",
        "It cost £10,000,000 in 2010-2011.",
    ],
)
def test_ordinary_figures_and_bodies_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("figures", "is_valid"),
    [("9434765919", True), ("4010232137", True), ("9434765918", False), ("1111111111", False)],
)
def test_the_last_figure_of_an_nhs_number_is_checked(figures, is_valid):
    assert nhs_number_is_valid(figures) == is_valid


def test_the_rules_of_a_style_sheet_are_no_accounts():
    sheet = "@media (max-width: 40rem) { p { margin: 0 } } @page { size: A4 } @import 'x.css';"

    assert found(f"{sheet} She followed @media_watch.") == [
        ("medium", "social media", "@media_watch", "")
    ]
