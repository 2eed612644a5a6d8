import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from reviews.models import Person
from tests.factories.chronologies import ParticipationFactory
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory, date
from tests.reports.leaks import planted

pytestmark = pytest.mark.django_db


def run(*arguments, format="json"):  # noqa: A002
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("scan_identities", *arguments, "--format", format, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, json.loads(out.getvalue()) if format == "json" else out.getvalue()


@pytest.fixture
def files(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    write.register = write("register.json", json.dumps(planted.REGISTER))
    return write


def test_it_tells_what_it_found_as_the_contract_has_it(files):
    path = files("report.txt", "Seen.\nShe died on 6 October 2013.\n")

    code, told = run("--register", files.register, path)

    assert code == 0
    assert told == {
        "files": [
            {
                "file": path,
                "hits": [
                    {
                        "part": "text",
                        "location": "line 2",
                        "start": 18,
                        "end": 32,
                        "text": "6 October 2013",
                        "kind": "date of death",
                        "person": "Adult A",
                        "why": "This is the date of death of Adult A; the rule allows season and year.",
                        "severity": "high",
                    }
                ],
                "looked_at": ["file name", "text"],
                "could_not_read": [],
            }
        ]
    }


def test_several_files_are_told_in_order_with_and_without_hits(files):
    paths = [files("a.txt", "Tamsin"), files("b.docx", planted.word()), files("c.pdf", b"%PDF-1")]

    code, told = run("--register", files.register, *paths)

    assert code == 0
    assert [one["file"] for one in told["files"]] == paths
    assert [len(one["hits"]) for one in told["files"]] == [1, 0, 0]
    assert told["files"][2]["could_not_read"] == ["it is damaged"]


def test_in_words_it_never_says_that_a_file_is_clean(files):
    code, told = run("--register", files.register, files("b.txt", "Nothing."), format="text")

    assert code == 0
    assert told.splitlines()[0].endswith(
        "b.txt: Found 0 (0 high, 0 medium, 0 low). Looked at: file name, text."
    )
    assert "clean" not in told


def test_a_review_is_scanned_with_its_own_register(files):
    person = PersonFactory(
        pseudonym="Adult A", publish_death=Person.PublishDeath.SEASON, review=ReviewFactory()
    )
    IdentityFactory(person=person, names=["Zara Quillfeather"], died=date("6.10.2013").to_json())
    part = ParticipationFactory(review=person.review, agency__name="Thistledown Surgery")
    PanelMemberFactory(review=person.review, name="Helena Thornbury")
    text = f"Helena Thornbury and {part.agency.name} met Zara on 6.10.2013."

    _, told = run("--review", person.review.reference, files("report.txt", text))

    (file,) = told["files"]
    event = Event.objects.get(type="scan.made")
    assert event.actor == "system"
    assert event.data == {
        "source": "command",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "unread": 0,
        "high": 2,
        "medium": 0,
        "low": 0,
    }
    assert [(one["text"], one["kind"], one["person"]) for one in file["hits"]] == [
        ("Zara", "name", "Adult A"),
        ("6.10.2013", "date of death", "Adult A"),
    ]


def test_a_person_without_an_identity_is_looked_for_by_nothing(files):
    person = PersonFactory(pseudonym="Adult A")

    code, told = run("--review", person.review.reference, files("report.txt", "Adult A was seen."))

    assert (code, told["files"][0]["hits"]) == (0, [])


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        ("{", "", "This is not JSON."),
        ("[]", "", "A register is an object with people, professionals and places."),
        ('{"people": ["x"]}', ", people[0]", "A person is an object with a pseudonym and names."),
        ('{"people": [{"names": [1.5]}]}', ", people[0].names[0]", "This is a text."),
        (
            '{"people": [{"died": "soon"}]}',
            ", people[0].died",
            "This is not a date that can be looked for.",
        ),
        (
            '{"people": [{"publish": {"died": "never"}}]}',
            ", people[0].publish.died",
            "“never” is no rule. Use one of: exact, month-year, season, year, age, age-band, nothing.",
        ),
    ],
)
def test_a_register_that_cannot_be_read_is_refused(files, content, where, message):
    register = files("broken.json", content)

    code, told = run("--register", register, files("report.txt", "x"))

    assert code == 1
    assert told == {"refused": [{"where": f"--register {register}{where}", "message": message}]}


def test_a_file_or_review_that_is_not_there_is_refused(files, tmp_path):
    missing = str(tmp_path / "nothing.txt")

    assert run("--register", files.register, missing) == (
        1,
        {
            "refused": [
                {"where": missing, "message": "It cannot be read: No such file or directory."}
            ]
        },
    )
    assert run("--review", "NONE", files("report.txt", "x")) == (
        1,
        {"refused": [{"where": "--review NONE", "message": "There is no review “NONE”."}]},
    )


@pytest.mark.parametrize("arguments", [(), ("--review", "R", "--register", "F")])
def test_one_register_must_be_named_and_no_more(arguments):
    with pytest.raises(CommandError):
        call_command("scan_identities", *arguments, "report.txt")
