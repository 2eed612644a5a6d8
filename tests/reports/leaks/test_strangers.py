import pytest

from tests.reports.leaks.looking import found


@pytest.mark.parametrize(
    ("text", "words", "severity"),
    [
        ("Mrs Oakhanger was told.", "Mrs Oakhanger", "medium"),
        ("Dr Patel was told.", "Dr Patel", "medium"),
        ("The officer, Callum Thornbury, was told.", "Callum Thornbury", "medium"),
        ("J. Thompson was told.", "J. Thompson", "medium"),
        ("Her sister, Wenna, was told.", "Wenna", "medium"),
        ("He was called Jocko.", "Jocko", "medium"),
        ("Then Bronwen was told.", "Bronwen", "low"),
        ("Then Iestynus Plumridge was told.", "Iestynus Plumridge", "low"),
        ("Written by Kate Green", "Kate Green", "medium"),
        ("Sarah Thornbury was her neighbour.", "Sarah Thornbury", "medium"),
        ("Clare Whitfield was her neighbour.", "Clare Whitfield", "medium"),
        ("She met Christian Nowak there.", "Christian Nowak", "medium"),
        ("Beverley Knight-Owen was told.", "Beverley Knight-Owen", "medium"),
        ("Then Jan Kowalski was told.", "Jan Kowalski", "medium"),
        ("Then Brent Oakes was told.", "Brent Oakes", "low"),
        ("Her sister Sarah was told.", "Sarah", "medium"),
        ("Her brother Christian was told.", "Christian", "medium"),
        ("A. Patel was told.", "A. Patel", "medium"),
        ("Mark Wood was her neighbour.", "Mark Wood", "low"),
        ("They told Joy Green.", "Joy Green", "low"),
    ],
)
def test_what_looks_like_a_person_is_told(text, words, severity):
    assert found(text) == [(severity, "unknown name", words, "")]


@pytest.mark.parametrize("title", ["Mr", "Mrs", "PC", "Dr"])
@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_a_title_and_a_surname_are_told_with_any_initial_between(title, letter):
    words = f"{title} {letter} Thornbury"

    assert found(f"{words} was told.") == [("medium", "unknown name", words, "")]


@pytest.mark.parametrize(
    "text",
    [
        "The Panel wrote to South Yorkshire Police and to Leeds City Council.",
        "Adult Social Care and Children’s Services were asked.",
        "Domestic Violence Disclosure Scheme (Clare’s Law) was used.",
        "The research (Thompson and Ellis, 2011) says so, as does Hester (2009).",
        "See Walby, S. and Allen, J. (2004), and Robinson et al.",
        "She was at Queen Elizabeth Hospital and at Thomas Clarkson Academy Trust.",
        "Multi Agency Risk Assessment Conference",
        "PC 1, Nurse A, Social Worker 2 and Mr B came; Child C did not.",
        "Karma Nirvana and Turning Point were asked.",
        "On Christmas Eve and in August.",
        "EXECUTIVE SUMMARY OF THE REVIEW",
        "The Sergeant SYP and the Detective Chief Inspector agreed.",
        "White British; Polish; Church of England",
        "Domestic Violence Disclosure Scheme (Sarah’s Law) was used.",
        "Christian Aid and Brent Council; the Roma Support Group of Dudley Borough",
        "She was seen with her child, Jan 2012.",
        "There was a mark. The mark was red. Mark Wood with it.",
    ],
)
def test_what_is_no_person_is_left_alone(text):
    assert [one for one in found(text) if one[1] == "unknown name"] == []


def test_the_professionals_of_a_review_are_not_told():
    text = "Panel: Helena Smith (chair); DCI G. Achterberg; Mr Achterberg; SMITH, Helena"

    assert found(text) == []
