"""While somebody worked in Word, others went on working here: neither undoes the other."""

from dataclasses import replace

from reports.word.back import apply
from reports.written import WrittenParagraph
from tests.reports.word import made
from tests.reports.word.made import (
    compared,
    copy_after,
    edited,
    key,
    paragraph,
    report,
    retype,
    told,
)

THIRD = "Nobody wrote down"


def here(change):
    """The report after `change(paragraphs)` of its section 2.1, a list, was made here."""
    document = report()
    sections = list(document.sections)
    paragraphs = list(sections[2].paragraphs)
    change(paragraphs)
    sections[2] = replace(sections[2], paragraphs=tuple(paragraphs))
    return replace(document, sections=tuple(sections))


def reworded(paragraphs):
    paragraphs[2] = replace(paragraphs[2], text="Somebody wrote it down.")


def test_what_was_changed_only_here_is_no_change_of_words():
    document = here(reworded)

    found = compared(edited(lambda word: None), document)

    assert found.changes == ()
    assert apply(document, found, []) == document


def test_what_was_changed_in_both_places_is_shown_and_said():
    found = compared(
        edited(lambda word: retype(paragraph(word, THIRD), "second", "third")), here(reworded)
    )

    (change,) = found.changes
    assert (change.what, change.before) == ("changed", "Somebody wrote it down.")
    assert change.after.endswith("after the third visit.")
    assert "changed here, too" in change.notes[0]


def test_the_same_change_in_both_places_is_none():
    def same(paragraphs):
        paragraphs[2] = replace(paragraphs[2], text=paragraphs[2].text.replace("second", "third"))

    found = compared(
        edited(lambda word: retype(paragraph(word, THIRD), "second", "third")), here(same)
    )

    assert found.changes == ()


def test_what_was_added_here_was_not_removed_in_word():
    new = WrittenParagraph("2.1.2", "Typed here, while the file was away.", key(77))
    document = here(lambda paragraphs: paragraphs.insert(1, new))

    found = compared(
        edited(lambda word: copy_after(paragraph(word, THIRD), "Typed in Word.")), document
    )

    assert told(found) == [("added", "2.1.4", "Typed in Word.")]
    result = apply(document, found, [found.changes[0].id])
    assert [one.text for one in result.sections[2].paragraphs[-2:]] == [
        "Nobody wrote down who would call back after the second visit.",
        "Typed in Word.",
    ]
    assert new in result.sections[2].paragraphs


def test_what_was_removed_here_is_not_new_in_word():
    found = compared(edited(lambda word: None), here(lambda paragraphs: paragraphs.pop(2)))

    assert found.changes == ()
    assert (
        "removed here",
        "Nobody wrote down who would call back after the second visit.",
    ) in found.left_out


def test_what_was_removed_here_and_changed_in_word_is_offered_as_new():
    found = compared(
        edited(lambda word: retype(paragraph(word, THIRD), "second", "third")),
        here(lambda paragraphs: paragraphs.pop(2)),
    )

    (change,) = found.changes
    assert change.what == "added"
    assert "removed here since the file was made" in change.notes[0]


def test_what_was_moved_here_was_not_moved_in_word():
    document = here(lambda paragraphs: paragraphs.insert(0, paragraphs.pop()))

    found = compared(edited(lambda word: None), document)

    assert found.changes == ()
    assert apply(document, found, []) == document


def test_a_file_that_lost_what_it_began_with_is_compared_with_what_stands_here():
    def lose(word):
        for name, link in list(word.part.rels.items()):
            if link.reltype.endswith("/customXml"):
                del word.part.rels[name]

    found = compared(edited(lose), here(reworded))

    assert [(one.what, one.before) for one in found.changes] == [
        ("changed", "Somebody wrote it down.")
    ]


def test_a_file_carries_no_words_beside_its_text():
    carried = made.part(made.exported(), "customXml/item1.xml")

    assert b"said=" in carried
    assert not any(one.heading.encode() in carried for one in report().sections)
