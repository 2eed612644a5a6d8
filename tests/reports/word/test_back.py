"""A report that was edited in Word: what was changed, one by one."""

import copy
import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.word.back import apply
from reports.written import WrittenDocument, WrittenParagraph
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
LAST = "The answer was not shared"


def texts(document):
    return [(one.number, one.text) for _, one in document.paragraphs]


def headings(document):
    return [(one.number, one.heading) for one in document.sections]


def accept_all(found, document=None):
    return apply(document or report(), found, [change.id for change in found.changes])


def test_what_nobody_touched_comes_back_without_a_change():
    found = compared(made.exported())

    assert (found.changes, found.doubts, found.is_other) == ((), (), False)
    assert apply(report(), found, []) == report()


def test_a_save_by_another_program_is_no_change():
    found = compared(edited(lambda word: None))

    assert (found.changes, found.doubts) == ((), ())


def test_title_page_contents_and_margins_are_told_and_not_compared():
    left_out = compared(made.exported()).left_out

    assert [text for what, text in left_out if what == "title page"] == [
        "Overview report: Adult A",
        "Anytown Partnership",
        "Version 0.3",
        "OFFICIAL-SENSITIVE",
    ]
    assert ("contents", "2.1\tHousing service") in left_out
    assert ("header or footer", "OFFICIAL-SENSITIVE DHR 7") in left_out


def test_a_changed_word_is_shown_with_the_words_that_differ():
    found = compared(edited(lambda word: retype(paragraph(word, THIRD), "second", "third")))

    (change,) = found.changes
    assert (change.what, change.number, change.uids) == ("changed", "2.1.3", (f"p:{key(6)}",))
    assert [piece.text for piece in change.pieces if piece.what != "same"] == ["second", "third"]
    assert texts(apply(report(), found, [change.id]))[5] == (
        "2.1.3",
        "Nobody wrote down who would call back after the third visit.",
    )


def test_emphasis_set_in_word_is_a_change():
    def change(word):
        paragraph(word, THIRD).runs[0].bold = True

    assert told(compared(edited(change))) == [
        ("changed", "2.1.3", "**Nobody wrote down who would call back after the second visit.**")
    ]


def test_an_added_paragraph_takes_its_number_and_the_next_ones_move_on():
    found = compared(
        edited(lambda word: copy_after(paragraph(word, "The practice asked"), "A new one, typed."))
    )

    (change,) = found.changes
    assert (change.what, change.number, change.after) == ("added", "2.2.2", "A new one, typed.")
    assert change.follows == "2.2.1"
    assert texts(apply(report(), found, [change.id]))[-4:] == [
        ("2.2.1", "The practice asked once whether home was a safe place to be."),
        ("2.2.2", "A new one, typed."),
        ("2.2.3", "The answer was not shared with any other service that year."),
        ("A.1", "A glossary."),
    ]


def test_a_removed_paragraph():
    def change(word):
        gone = paragraph(word, "The practice asked")._p
        gone.getparent().remove(gone)

    found = compared(edited(change))

    assert [(one.what, one.number) for one in found.changes] == [("removed", "2.2.1")]
    assert texts(accept_all(found))[-2] == (
        "2.2.1",
        "The answer was not shared with any other service that year.",
    )


def test_a_paragraph_or_heading_of_which_only_the_empty_line_is_left():
    def change(word):
        for begins in (THIRD, "Health service"):
            for run in paragraph(word, begins).runs:
                run.text = ""

    found = compared(edited(change))

    assert [(one.what, one.number, one.is_heading) for one in found.changes] == [
        ("removed", "2.1.3", False),
        ("removed", "2.2", True),
    ]


def test_a_moved_paragraph_is_not_also_removed_and_added():
    def change(word):
        paragraph(word, "This report is about")._p.addprevious(paragraph(word, LAST)._p)

    found = compared(edited(change))

    (moved,) = found.changes
    assert (moved.what, moved.number, moved.follows) == ("moved", "2.2.2", "1")
    assert [
        number for number, text in texts(accept_all(found)) if text.startswith("The answer")
    ] == ["1.1"]


def test_a_section_moves_with_its_paragraphs_as_one_change():
    def change(word):
        start = paragraph(word, "Housing service")._p
        for text in ("Health service", "The practice asked", LAST):
            start.addprevious(paragraph(word, text)._p)

    found = compared(edited(change))

    (moved,) = found.changes
    assert (moved.what, moved.is_heading, len(moved.uids)) == ("moved", True, 3)
    assert headings(accept_all(found))[2:4] == [
        ("2.1", "Health service"),
        ("2.2", "Housing service"),
    ]


def test_each_change_is_accepted_for_itself():
    def change(word):
        retype(paragraph(word, THIRD), "second", "third")
        copy_after(paragraph(word, "The practice asked"), "A new one, typed.")
        gone = paragraph(word, LAST)._p
        gone.getparent().remove(gone)

    found = compared(edited(change))
    by_what = {one.what: one.id for one in found.changes}

    assert set(by_what) == {"changed", "added", "removed"}
    result = texts(apply(report(), found, [by_what["added"]]))
    assert (len(result), result[-3][1]) == (10, "A new one, typed.")
    assert len(texts(apply(report(), found, [by_what["removed"]]))) == 8


def test_an_id_stays_the_same_the_next_time_and_a_strange_one_is_refused():
    content = edited(lambda word: retype(paragraph(word, THIRD), "second", "third"))

    assert compared(content).changes[0].id == compared(content).changes[0].id
    with pytest.raises(KeyError):
        apply(report(), compared(content), ["no such change"])


def test_all_bookmarks_lost_and_every_paragraph_is_known_by_its_words():
    found = compared(edited(made.without_bookmarks))

    assert not found.is_other
    assert [one for one in told(found) if one[0] in ("added", "removed")] == []


def test_all_bookmarks_lost_and_what_begins_with_a_list_table_or_quotation_is_known():
    document = made.blocks_first()

    found = compared(edited(made.without_bookmarks, document), document)

    assert found.changes == ()
    assert [(item.number, item.text) for item in found.read if not item.is_heading] == texts(
        document
    )


def test_a_table_changed_under_its_number_is_that_paragraph_though_all_bookmarks_were_lost():
    document = made.blocks_first()

    def change(word):
        made.without_bookmarks(word)
        word.tables[0].cell(1, 1).paragraphs[0].add_run(" again")

    (found,) = compared(edited(change, document), document).changes

    assert (found.what, found.number, found.uids) == ("changed", "1.2", (f"p:{key(2)}",))


def test_an_empty_numbered_line_with_nothing_under_it_is_no_paragraph():
    assert compared(edited(lambda word: copy_after(paragraph(word, THIRD), ""))).changes == ()


def test_a_lost_bookmark_is_said_with_the_change():
    def change(word):
        one = paragraph(word, THIRD)
        for mark in one._p.findall(qn("w:bookmarkStart")):
            one._p.remove(mark)
        retype(one, "second", "third")

    (found,) = compared(edited(change)).changes

    assert (found.what, found.number) == ("changed", "2.1.3")
    assert "mark was lost" in found.notes[0]


def test_a_doubled_bookmark_stays_with_the_words_it_had():
    found = compared(
        edited(
            lambda word: copy_after(
                paragraph(word, THIRD),
                "Something quite different stands here.",
                keeps_bookmark=True,
            )
        )
    )

    (change,) = found.changes
    assert (change.what, change.after) == ("added", "Something quite different stands here.")
    assert "mark of another paragraph" in change.notes[0]


def test_a_divided_paragraph():
    def change(word):
        one = paragraph(word, THIRD)
        copy_after(one, "who would call back after the second visit.")
        one.runs[0].text = "Nobody wrote down"

    changed, added = compared(edited(change)).changes

    assert (changed.what, changed.after) == ("changed", "Nobody wrote down")
    assert (added.what, added.after) == ("added", "who would call back after the second visit.")
    assert "divided" in added.notes[0]
    assert "2.1.3" in added.notes[0]


def test_joined_paragraphs():
    def change(word):
        first, second = paragraph(word, "The practice asked")._p, paragraph(word, LAST)._p
        for element in list(second)[1:]:
            first.append(element)
        second.getparent().remove(second)

    changed, removed = sorted(compared(edited(change)).changes, key=lambda one: one.what)

    assert (changed.number, removed.number) == ("2.2.1", "2.2.2")
    assert changed.notes == ("2.2.2 was joined to it in Word.",)
    assert removed.notes == ("Its words were joined to 2.2.1 in Word.",)


def test_a_bookmark_that_stayed_before_a_new_paragraph():
    def change(word):
        one = paragraph(word, THIRD)
        twin = copy_after(one, None)
        one.runs[0].text = "In that autumn a letter came."
        assert twin.find(qn("w:bookmarkStart")) is None

    found = compared(edited(change))

    assert told(found) == [("added", "2.1.3", "In that autumn a letter came.")]


def test_headings_changed_added_and_removed():
    def change(word):
        retype(paragraph(word, "Health service"), "Health", "Mental health")
        new = copy_after(
            paragraph(word, "Health service".replace("Health", "Mental health")), "Schools"
        )
        paragraph(word, LAST)._p.addnext(new)
        gone = paragraph(word, "Housing service")._p
        gone.getparent().remove(gone)

    found = compared(edited(change))

    assert sorted(told(found)) == [
        ("added", "2.2", "Schools"),
        ("changed", "2.2", "Mental health service"),
        ("removed", "2.1", "Housing service"),
    ]
    assert headings(accept_all(found)) == [
        ("1", "Introduction"),
        ("2", "The facts"),
        ("2.1", "Mental health service"),
        ("2.2", "Schools"),
        ("", "Appendix A"),
    ]


def test_all_accepted_is_what_the_file_says():
    def change(word):
        retype(paragraph(word, THIRD), "second", "third")
        copy_after(paragraph(word, "The practice asked"), "A new one, typed.")
        paragraph(word, "This report is about")._p.addprevious(paragraph(word, LAST)._p)
        word.tables[0].cell(1, 1).paragraphs[0].add_run(" again")

    found = compared(edited(change))
    result = accept_all(found)

    assert [text for _, text in texts(result)] == [
        item.text for item in found.read if not item.is_heading
    ]
    assert compared(made.exported(result), result).changes == ()


def test_an_unnumbered_paragraph_that_was_typed_belongs_to_the_one_before():
    def change(word):
        new = copy_after(paragraph(word, "and left."), "He came again in July.")
        assert new.find(qn("w:bookmarkStart")) is None

    assert told(compared(edited(change))) == [
        (
            "changed",
            "2.1.1",
            "The housing officer called twice:\n\n- in May\n- in June\n\nand left.\n\n"
            "He came again in July.",
        )
    ]


def test_tracked_changes_are_read_as_accepted_and_said():
    def change(word):
        one = paragraph(word, THIRD)
        inserted = OxmlElement("w:ins")
        inserted.set(qn("w:id"), "77")
        inserted.set(qn("w:author"), "Somebody")
        run = copy.deepcopy(one.runs[0]._r)
        inserted.append(run)
        run.find(qn("w:t")).text = " This was added."
        one._p.append(inserted)

    found = compared(edited(change))

    assert told(found)[0][2].endswith("second visit. This was added.")
    assert found.doubts == (
        "The file has tracked changes. They were read as if all of them were accepted.",
    )


def test_a_paragraph_deleted_with_tracked_changes_is_removed():
    def change(word):
        one = paragraph(word, THIRD)
        for run in list(one._p.findall(qn("w:r"))):
            gone = OxmlElement("w:del")
            run.addprevious(gone)
            gone.append(run)
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:del"))
        one._p.get_or_add_pPr().append(mark)

    found = compared(edited(change))

    assert [(one.what, one.number) for one in found.changes] == [("removed", "2.1.3")]


def test_comments_are_told_with_the_words_they_are_about():
    def change(word):
        one = paragraph(word, THIRD)
        word.add_comment(one.runs, text="Is this so?", author="B. Reader")

    (comment,) = compared(edited(change)).comments

    assert (comment.by, comment.text, comment.number, comment.key) == (
        "B. Reader",
        "Is this so?",
        "2.1.3",
        key(6),
    )
    assert comment.words == "Nobody wrote down who would call back after the second visit."


def test_another_title_is_said_and_not_taken():
    found = compared(edited(lambda word: retype(word.paragraphs[0], "Adult A", "Adult B")))

    assert found.changes == ()
    assert found.doubts == (
        "The title page says “Overview report: Adult B”. A title is not taken from Word: change it"
        " here if it is meant.",
    )


def test_a_file_of_another_document_is_noticed():
    other = WrittenDocument(
        "Another",
        (made.section("1", "Elsewhere", WrittenParagraph("1.1", "Of other things.", key(500))),),
    )

    found = compared(made.exported(other))

    assert (found.is_other, found.changes) == (True, ())
    assert "does not come from this document" in found.doubts[0]


def test_a_file_in_which_nothing_is_left_of_the_document_but_where_it_came_from():
    def change(word):
        made.without_bookmarks(word)
        for at, one in enumerate(word.paragraphs):
            for run in one.runs:
                run.text = f"Other words, {at}. " if run.text.strip() else ""

    found = compared(edited(change))

    assert not found.is_other
    assert {one.what for one in found.changes} == {"added", "removed"}


def test_a_file_without_any_text():
    out = io.BytesIO()
    Document().save(out)

    found = compared(out.getvalue())

    assert (found.is_other, found.changes) == (True, ())


def test_two_megabytes_in_one_paragraph():
    long = " ".join(f"On day {n * 7919 % 1_000_003} nobody came, {n**3}." for n in range(60_000))

    found = compared(edited(lambda word: copy_after(paragraph(word, THIRD), long)))

    (change,) = found.changes
    assert (change.what, change.after) == ("added", long)
    assert len(change.after) > 2_000_000


def test_numbers_made_by_hand_stay_and_what_is_new_has_the_number_that_word_counts():
    document = WrittenDocument(
        "By hand",
        (
            made.section(
                "3",
                "Begun at three",
                WrittenParagraph("3.4", "Four comes first here.", key(1)),
                WrittenParagraph("3.9", "And nine comes after it.", key(2)),
            ),
        ),
    )

    found = compared(
        edited(lambda word: copy_after(paragraph(word, "Four"), "New."), document), document
    )

    assert texts(accept_all(found, document)) == [
        ("3.4", "Four comes first here."),
        ("3.5", "New."),
        ("3.9", "And nine comes after it."),
    ]
