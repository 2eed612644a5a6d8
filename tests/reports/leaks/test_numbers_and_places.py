import pytest

from reports.leaks.finders.numbers import nhs_number_is_valid
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
        ("somewhere in NB7 then", "postcode", "low"),
        ("call 07700 900123", "number", "high"),
        ("call +44 7700 900 123", "number", "high"),
        ("number 9434765919", "number", "high"),
    ],
)
def test_what_the_register_holds_is_found(text, kind, severity):
    assert [(one[0], one[1], one[3]) for one in found(text)] == [(severity, kind, "Adult A")]


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
