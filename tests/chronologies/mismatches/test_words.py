"""What is drafted for an agency, and which words of an entry are marked."""

import pytest

from agencies.models import Alias
from chronologies.mismatches.drafting import composed, draft
from chronologies.mismatches.marking import quotes_of, runs_of
from chronologies.mismatches.models import Kind
from chronologies.mismatches.quoting import in_part, names_in, whole
from chronologies.mismatches.services import asking
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_mismatches import MismatchFactory, mismatch
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db
SECRET = ("Millbrook", "Haven", "zqreferral", "zqclosed")


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_tells_nothing_of_another_account_but_its_date(kind):
    made = MismatchFactory(
        kind=kind, on="3 May 2021", explanation="Millbrook to Haven: “zqreferral zqclosed”"
    )

    words = draft(made)

    assert "3 May 2021" in words
    assert words.endswith(("?", "."))
    assert not [word for word in SECRET if word in words]


@pytest.mark.parametrize("kind", Kind)
def test_an_agency_with_an_entry_of_its_own_is_asked_about_that(kind):
    made = MismatchFactory(kind=kind, on="3 May 2021", explanation="“zqreferral”")
    own = EntryFactory(on="mid-May 2021", text="zqclosed")

    words = draft(made, own=own)

    assert "Your" in words
    assert "mid-May 2021" in words
    assert "3 May 2021" not in words
    assert not [word for word in SECRET if word in words]


@pytest.mark.parametrize("kind", sorted(asking.NOT_AT_THE_OTHER_END))
def test_an_entry_that_only_comes_near_is_not_taken_for_the_agencys_account(kind, police, haven):
    theirs, near = EntryFactory(participation=police), EntryFactory(participation=haven, on="2012")
    made = mismatch(theirs, near, missing=haven, kind=kind)

    assert asking.own_entries(made, haven) == (None, near)
    assert asking.own_entries(made, police) == (theirs, None)
    words = draft(made, nearest=near)
    assert "No matching entry was supplied" in words
    assert "The nearest that was supplied is your entry of 2012" in words


def test_whoever_promised_and_shows_nothing_later_is_asked_about_the_promise(police):
    promised = EntryFactory(participation=police)
    made = mismatch(promised, missing=police, kind="promised-not-done")

    assert asking.own_entries(made, police) == (promised, None)


def test_without_a_date_the_draft_says_so():
    made = MismatchFactory(on="")

    assert "without a date" in draft(made)
    assert "has no date" in draft(made, own=EntryFactory(on=""))


def test_no_draft_says_who_is_right():
    for kind in Kind:
        words = draft(MismatchFactory(kind=kind)) + draft(
            MismatchFactory(kind=kind), own=EntryFactory()
        )
        assert not {"failed", "wrong", "missing", "should have"} & set(words.lower().split())


def test_what_is_quoted_stands_in_the_query_as_written_and_without_who_supplied_it():
    entry = EntryFactory(
        participation__agency__name="Millbrook Police",
        text="Rang the worker",
        action="None",
        on="c. May 2021",
    )

    words = composed("Was it received?\n", [whole(entry)])

    assert words == (
        "Was it received?\n\nAnother account, dated c. May 2021, as it was supplied:\n"
        "“Rang the worker”\nAction or outcome: “None”"
    )
    assert "Millbrook" not in words


def test_of_an_entry_only_the_sentences_that_do_not_fit_can_be_quoted():
    entry = EntryFactory(
        text="She rang Dr. Hart at 3 p.m. and\nleft word. Nobody was in.\nA letter went. He moved. "
        "It came back.",
        action="Letter sent",
        on="May 2021",
    )

    part = in_part(entry, "“left word” and “It came back”; “a letter went”. “Nothing of it”.")

    assert part.text == "left word. […] A letter went. […] It came back."
    assert composed("Was it?", [part]) == (
        "Was it?\n\nAnother account, dated May 2021, as it was supplied, in part:\n"
        "“left word. […] A letter went. […] It came back.”"
    )
    assert in_part(entry, "“rang Dr. Hart”").text == "She rang Dr. Hart at 3 p.m. and"
    assert in_part(entry, "“letter sent”").action == "Letter sent"
    assert in_part(entry, "No words of it.") is None


def test_an_agency_that_the_quoted_words_name_is_told_by_whichever_name():
    part, other = (
        ParticipationFactory(),
        ParticipationFactory(agency__name="Hollow Oak Housing Ltd"),
    )
    type(other).objects.filter(pk=other.pk).update(review=part.review)
    Alias.objects.create(agency=other.agency, name="The Oaks")

    for said, told in (
        ("Told hollow oak housing", True),
        ("Came from the Oaks", True),
        (f"Told {part.agency.name}", False),
        ("An oak fell", False),
    ):
        quoted = [whole(EntryFactory(text=said, action=""))]
        assert names_in(quoted, part) == ([other.agency.name] if told else []), said


def test_what_an_explanation_quotes_is_found_in_pieces():
    said = "Police: “Referral sent … to Haven.” Nothing else; “of”."

    assert quotes_of(said) == ["Referral sent", "to Haven"]


def marked(text, *phrases):
    return [run.words for run in runs_of(text, phrases) if run.is_marked]


def test_words_are_marked_however_they_are_spaced_and_written():
    assert marked("To her sister’s – “at once”", 'her sister\'s - "at once"') == [
        "her sister’s – “at once”"
    ]
    text = "A REFERRAL\n  was sent to Haven; Havenly."

    assert marked(text, "referral was sent", "Haven") == ["REFERRAL\n  was sent", "Haven"]
    assert "".join(run.words for run in runs_of(text, ["Haven", "referral was sent"])) == text


@pytest.mark.parametrize(
    ("text", "phrases"), [("", ["a"]), ("Nothing here", []), ("a.b", ["a*b", " "])]
)
def test_what_is_not_there_is_not_marked(text, phrases):
    assert marked(text, *phrases) == []
    assert "".join(run.words for run in runs_of(text, phrases)) == text
