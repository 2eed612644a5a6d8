import pytest

from reports.leaks.engine import Scanner
from reports.leaks.register import register_from_json
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found

HIGH, MEDIUM, LOW = "high", "medium", "low"


@pytest.mark.parametrize(
    ("text", "words", "severity"),
    [
        ("Tamsin Quillfeather was seen.", "Tamsin Quillfeather", HIGH),
        ("Tamsin Rose Quillfeather was seen.", "Tamsin Rose Quillfeather", HIGH),
        ("TAMSIN QUILLFEATHER", "TAMSIN QUILLFEATHER", HIGH),
        ("they saw tamsin quillfeather there", "tamsin quillfeather", HIGH),
        ("Quillfeather, Tamsin (seen)", "Quillfeather, Tamsin", HIGH),
        ("T. Quillfeather was seen.", "T. Quillfeather", HIGH),
        ("Quillfeather, T. (seen)", "Quillfeather, T", HIGH),
        ("Tammy Quillfeather was seen.", "Tammy Quillfeather", HIGH),
        ("The home of Mrs Quillfeather.", "Quillfeather", HIGH),
        ("Quillfeather’s home was seen.", "Quillfeather’s", HIGH),
        ("The Quillfeathers were seen.", "Quillfeathers", HIGH),
        ("We saw Tamsin.", "Tamsin", HIGH),
        ("We saw T amsin.", "T amsin", HIGH),
        ("We saw Tam sin.", "Tam sin", HIGH),
        ("We saw T A M S I N.", "T A M S I N", HIGH),
        ("We saw Quill-\nfeather.", "Quill-\nfeather", HIGH),
        ("Tamsin\nQuillfeather was seen.", "Tamsin\nQuillfeather", HIGH),
        ("We saw Tàmsín.", "Tàmsín", HIGH),
        ("We saw Tam\u200bsin.", "Tam\u200bsin", HIGH),
        ("We saw Tam\u00adsin.", "Tam\u00adsin", HIGH),
        ("We saw Таmsin.", "Таmsin", HIGH),  # the first two letters are Cyrillic
        ("We saw 𝐓𝐚𝐦𝐬𝐢𝐧.", "𝐓𝐚𝐦𝐬𝐢𝐧", HIGH),
        ("see TamsinQuillfeather in the folder", "TamsinQuillfeather", HIGH),
        ("see tamsin_quillfeather in the folder", "tamsin_quillfeather", HIGH),
        ("a note of quillfeather in the file", "quillfeather", MEDIUM),
        ("T.Q. was seen.", "T.Q.", LOW),
    ],
)
def test_a_registered_name_is_found_as_people_write_it(text, words, severity):
    assert found(text) == [(severity, "name", words, "Adult A")]


@pytest.mark.parametrize(
    "text", ["Jonathan Wroblewski hit her.", "Jon Wróblewski hit her.", "WROBLEWSKI, Jonathan"]
)
def test_a_name_with_accents_is_found_without_them(text):
    assert [(one[0], one[3]) for one in found(text)] == [(HIGH, "Adult B")]


def test_the_short_form_alone_is_less_sure_than_the_name():
    assert found("Then Jonny hit her.") == [(MEDIUM, "name", "Jonny", "Adult B")]


@pytest.mark.parametrize(
    "text",
    [
        "Helena Smith chaired the panel.",
        "Ms Smith chaired it, and DCI Achterberg came.",
        "The panel met in May 2013.",
        "In May the panel met again.",
        "It lasted from May to July.",
        "May 2014: the plan was read.",
        "You may ask, and May Day is a holiday.",
        "The rose garden. Prices rose.",
        "Adult A and Child C were seen.",
        "Brook Lane Surgery in Northbeck was asked.",
        "As if nobody knew.",
    ],
)
def test_what_is_no_registered_person_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("May was at school that day.", MEDIUM),
        ("We spoke with her daughter May about it.", MEDIUM),
        ("It was May's birthday.", MEDIUM),
        ("We spoke to May about it.", LOW),
        ("May Quillfeather was at school.", HIGH),
    ],
)
def test_a_name_that_is_a_month_is_told_by_what_stands_around(text, severity):
    assert [(one[0], one[3]) for one in found(text)] == [(severity, "Child C")]


def _will():
    people = [
        {"pseudonym": "Adult D", "names": ["Will Sheffield"]},
        {"pseudonym": "Adult E", "names": ["Grace Headway"]},
        {"pseudonym": "Adult F", "names": ["Mark Wood"]},
    ]
    return Scanner(
        register_from_json({"people": people, "places": ["Sheffield City Council", "Headway"]})
    )


@pytest.mark.parametrize(
    "text",
    [
        "Will the panel agree? The panel will.",
        "A man in Sheffield was told by Sheffield City Council.",
        "Mark the date. Please mark it. Mark schemes are used.",
        "By the grace of others. Grace House opened.",
        "Headway gave support.",
        "The wood behind the house.",
        "WILL THE PANEL AGREE",
    ],
)
def test_names_that_are_words_places_and_agencies_are_not_told_everywhere(text):
    assert found(text, scanner=_will()) == []


@pytest.mark.parametrize(
    ("text", "words", "severity"),
    [
        ("Will said no.", "Will", MEDIUM),
        ("They spoke with Will today.", "Will", MEDIUM),
        ("The Wood family was asked.", "Wood", MEDIUM),
        ("Date\tGrace\tHome", "Grace", LOW),
        ("Meeting with Grace", "Grace", LOW),
        ("Will Sheffield said no.", "Will Sheffield", HIGH),
        ("Mr Sheffield said no.", "Sheffield", HIGH),
        ("W. Sheffield said no.", "W. Sheffield", HIGH),
        ("She was with Grace in the car.", "Grace", MEDIUM),
        ("Grace Headway was there.", "Grace Headway", HIGH),
        ("He lived with Mark then.", "Mark", MEDIUM),
    ],
)
def test_names_that_are_words_places_and_agencies_are_told_where_they_are_people(
    text, words, severity
):
    assert [one[:1] + one[2:3] for one in found(text, scanner=_will())] == [(severity, words)]


def test_names_beside_one_another_vouch_for_each_other():
    assert [one[2] for one in found("Grace and Will came.", scanner=_will())] == ["Grace", "Will"]


def test_two_given_names_of_one_person_are_a_name():
    assert found("Tamsin Rose came.") == [(HIGH, "name", "Tamsin Rose", "Adult A")]


def test_a_surname_that_is_cited_is_doubtful():
    told = found("Quillfeather (2011) says so, and Wróblewski et al. agree.")

    assert [one[0] for one in told] == [LOW, LOW]


def test_a_title_with_a_surname_shared_with_a_professional_is_told_with_doubt():
    people = [{"pseudonym": "Adult D", "names": ["Gwilym Achterberg"]}]
    scanner = Scanner(planted.register(people=people))

    assert [one[0] for one in found("Mr Achterberg came.", scanner=scanner)] == [MEDIUM]
    assert found("DCI Achterberg came.", scanner=scanner) == []


def test_a_name_shared_with_a_professional_is_told_with_doubt():
    people = [{"pseudonym": "Adult D", "names": ["Gwilym Achterberg"]}]
    scanner = Scanner(planted.register(people=people))

    assert found("Gordon Achterberg came.", scanner=scanner) == []
    assert found("Achterberg came.", scanner=scanner) == [(MEDIUM, "name", "Achterberg", "Adult D")]
    assert found("Gwilym Achterberg came.", scanner=scanner) == [
        (HIGH, "name", "Gwilym Achterberg", "Adult D")
    ]


def test_names_in_other_alphabets_are_found():
    people = [
        {"pseudonym": "Adult D", "names": ["Олена Коваль"]},
        {"pseudonym": "Adult E", "names": ["فاطمہ خان"]},
        {"pseudonym": "Adult F", "names": ["Siân Llŷr-Ŵyn"]},
    ]
    scanner = Scanner(register_from_json({"people": people}))

    told = found("Прийшла Олена Коваль. فاطمہ خان آئی. Sian Llyr-Wyn came.", scanner=scanner)

    assert {one[3] for one in told} == {"Adult D", "Adult E", "Adult F"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was T.R.Q. who came.", "T.R.Q."),
        ("It was T. R. Q. who came.", "T. R. Q."),
        ("Then TQ was told.", "TQ"),
        ("Then TRQ was told.", "TRQ"),
        ("The victim (TQ) was told.", "TQ"),
        ("TQ's mother was told.", "TQ's"),
        ("She argued with T.Q. A neighbour called the police.", "T.Q."),
        ("She argued with T.Q. I was told later.", "T.Q."),
        ("She argued with T.Q. J.S. and others.", "T.Q."),
        ("It was Adult B. T.Q. said so.", "T.Q."),
        ("She argued with T. Q. X. came later.", "T. Q."),
    ],
)
def test_initials_are_told_with_doubt(text, words):
    assert found(text) == [("low", "name", words, "Adult A")]


@pytest.mark.parametrize(
    "text",
    [
        "The Thrift Quay (TQ) was closed. TQ opened later.",
        "TQ: team quality. The TQ was high.",
        "The quota of tests and quizzes (TQ) was met.",
        "The tq was written small.",
        "The B.T.Q.X. was read.",
    ],
)
def test_a_short_form_that_the_text_explains_is_nobodys_initials(text):
    assert [one for one in found(text) if one[1] == "name"] == []


def test_the_name_itself_does_not_explain_its_initials_away():
    told = found("Tamsin Quillfeather (TQ) was told. Then TQ left.")

    assert [one[2] for one in told] == ["Tamsin Quillfeather", "TQ", "TQ"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("علی احمد", "پھر علی آیا۔", "علی"),
        ("محمد خان", "Then خان left.", "خان"),
        ("علی احمد", "پھر علي آیا۔", "علي"),
        ("Anne-Marie Plumridge", "Then Annemarie left.", "Annemarie"),
        ("Mary Ann Plumridge", "Then Maryann left.", "Maryann"),
        ("Annemarie Plumridge", "Then Anne-Marie left.", "Anne-Marie"),
        ("Annemarie Plumridge", "Then Anne Marie left.", "Anne Marie"),
    ],
)
def test_short_names_of_scripts_without_capitals_and_double_names_are_found(name, text, words):
    people = [{"pseudonym": "Adult D", "names": [name]}]

    told = found(text, scanner=Scanner(register_from_json({"people": people})))

    assert told == [("high", "name", words, "Adult D")]
