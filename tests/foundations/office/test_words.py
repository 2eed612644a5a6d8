import pytest

from foundations.office.reading import read_file
from tests.foundations.office import corpus
from tests.foundations.office.corpus import (
    cell,
    control,
    deleted,
    docx,
    inserted,
    paragraph,
    row,
    run,
    table,
)

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Agency"/>'
    '<w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="List Number"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def level(depth, style, pattern, start=1):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


LEVELS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2.") + level(2, "lowerRoman", "%3.")
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "·")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1")}{level(1, "decimal", "%1.%2")}'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
)


def read(body):
    return read_file(docx(body, styles=STYLES, numbering=NUMBERING), "plan.docx")


def first_table(body):
    return read(body).parts[0]


def texts(part):
    return [found.texts for found in part.rows]


def labels(body):
    return [found.cells[0].label for found in read(body).parts[-1].rows]


def test_a_plain_table_is_read_row_by_row():
    part = first_table(corpus.CHRONOLOGY)

    assert (part.kind, part.name) == ("table", 1)
    assert texts(part) == [
        ("Date", "Event"),
        ("3 May 2011", "Home visit. No reply."),
        ("4 May 2011", "Telephone call."),
    ]


def test_a_table_knows_what_stands_above_it():
    body = (
        paragraph("Agency plan", style="berschrift2")
        + paragraph("Subject: Adult 1")
        + corpus.CHRONOLOGY
        + paragraph("Second part")
        + corpus.CHRONOLOGY
    )

    first, second = read(body).parts[:2]

    assert (first.above, first.heading) == (("Agency plan", "Subject: Adult 1"), "Agency plan")
    assert (second.above, second.heading, second.name) == (("Second part",), "Agency plan", 2)


def test_a_style_based_on_a_heading_is_one():
    part = first_table(paragraph("Housing", style="Own") + corpus.CHRONOLOGY)

    assert part.heading == "Housing"


def test_a_cell_merged_across_is_read_once():
    part = first_table(table(row(cell("HOUSING", span=3)), row("1", "Review", "Done")))

    assert texts(part) == [("HOUSING", "", ""), ("1", "Review", "Done")]
    assert [one.origin for one in part.rows[0].cells] == [None, (1, 0), (1, 0)]


def test_a_cell_merged_down_is_read_once():
    part = first_table(
        table(
            row(cell("3 May", merge="restart"), "Visit"),
            row(cell(merge="continue"), "Call"),
            row(cell("4 May", merge="restart"), "Letter"),
        )
    )

    assert texts(part) == [("3 May", "Visit"), ("", "Call"), ("4 May", "Letter")]
    assert [found.cells[0].origin for found in part.rows] == [None, (1, 0), None]


def test_a_block_merged_both_ways_points_to_its_corner():
    part = first_table(
        table(
            row("A", cell("Block", span=2, merge="restart")),
            row("B", cell(span=2, merge="continue")),
        )
    )

    assert [one.origin for found in part.rows for one in found.cells] == [
        None, None, (1, 1), None, (1, 1), (1, 1),
    ]  # fmt: skip


def test_columns_left_out_at_the_side_keep_the_others_in_place():
    part = first_table(
        table(row("Date", "Event", "Note"), row("Visit", properties='<w:gridBefore w:val="1"/>'))
    )

    assert texts(part)[1] == ("", "Visit")


def test_tracked_changes_are_read_as_accepted():
    event = paragraph(runs=run("Visit ") + deleted("cancelled") + inserted(run("made")))

    document = read(table(row("3 May", cell(event))))

    assert texts(document.parts[0]) == [("3 May", "Visit made")]
    assert document.warnings == (
        "The document has tracked changes. It was read as if all of them were accepted.",
    )


def test_deleted_rows_are_left_out_and_inserted_ones_read():
    part = first_table(
        table(
            row("1", "Kept"),
            row("2", "Gone", properties='<w:del w:id="1" w:author="A"/>'),
            row("3", "New", properties='<w:ins w:id="2" w:author="A"/>'),
        )
    )

    assert texts(part) == [("1", "Kept"), ("3", "New")]


def test_moved_text_is_read_where_it_went():
    gone = f'<w:moveFrom w:id="1" w:author="A">{run("Visit")}</w:moveFrom>'
    come = f'<w:moveTo w:id="2" w:author="A">{run("Visit")}</w:moveTo>'

    part = first_table(table(row(cell(paragraph(runs=gone)), cell(paragraph(runs=come)))))

    assert texts(part) == [("", "Visit")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = '<w:del w:id="1" w:author="A"/>'

    part = first_table(table(row("1", cell(paragraph("Home ", mark=mark), paragraph("visit")))))

    assert part.rows[0].cells[1].items == ("Home visit",)


def test_content_controls_hide_nothing():
    dated = f"<w:sdt><w:sdtContent>{cell('3 May')}</w:sdtContent></w:sdt>"
    whole = control(row("4 May", cell(control(paragraph(runs=control(run("Call")))))))

    part = first_table(control(table(f"<w:tr>{dated}{cell('Visit')}</w:tr>", whole)))

    assert texts(part) == [("3 May", "Visit"), ("4 May", "Call")]


def test_the_prompt_of_an_empty_content_control_is_not_text():
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Click or tap to enter a date.')}</w:sdtContent></w:sdt>"
    )

    part = first_table(table(row(cell(paragraph(runs=prompt)), "Visit")))

    assert texts(part) == [("", "Visit")]


def test_content_inserted_from_another_file_is_named():
    document = read(corpus.CHRONOLOGY + '<w:altChunk r:id="x1"/>')

    assert document.warnings == (
        "Part of the document was inserted from another file and was not read. Open it in Word, save "
        "it and upload it again.",
    )


def test_text_boxes_are_read_once():
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="wps"><w:txbxContent>{paragraph("Boxed")}</w:txbxContent>'
        f"</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{paragraph('Boxed')}</w:txbxContent>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    part = first_table(table(row("3 May", cell(paragraph(runs=run("Visit") + box)))))

    assert texts(part) == [("3 May", "Visit\nBoxed")]


def test_a_nested_table_is_kept_apart_from_its_cell():
    inner = table(row("a", "Letter"), row("b", "Visit"))

    part = first_table(table(row("1", cell("Actions:", inner, paragraph()))))

    found = part.rows[0].cells[1]
    assert (found.text, found.items) == ("Actions:", ("Actions:",))
    assert [[one.texts for one in one_table] for one_table in found.nested] == [
        [("a", "Letter"), ("b", "Visit")]
    ]


@pytest.mark.parametrize("hidden", ["<w:vanish/>", '<w:rStyle w:val="Secret"/>'])
def test_hidden_text_is_left_out_and_named(hidden):
    event = paragraph(runs=run("Visit") + run(" by ward staff", hidden))

    document = read(table(row("3 May", cell(event))))

    assert texts(document.parts[0]) == [("3 May", "Visit")]
    assert document.warnings == ("The document has hidden text, which was left out.",)


def test_text_that_is_not_hidden_after_all_is_read():
    event = paragraph(runs=run("Visit", '<w:vanish w:val="0"/>'))

    assert texts(first_table(table(row("3 May", cell(event))))) == [("3 May", "Visit")]


def test_paragraphs_and_lists_in_a_cell_are_its_items():
    actions = cell(
        "Actions:", paragraph("Review", listed=(2, 0)), paragraph("Train", listed=(1, 0))
    )

    found = first_table(table(row("1", actions))).rows[0].cells[1]

    assert found.items == ("Actions:", "Review", "Train")
    assert found.numbered == (False, True, True)
    assert found.labels == ("", "", "1.")
    assert found.text == "Actions:\nReview\nTrain"


def test_a_number_that_word_gives_is_the_label_of_a_cell():
    rows = [row(cell(paragraph(listed=(1, 0))), text) for text in ("Review", "Train")]

    part = first_table(table(*rows))

    assert [found.cells[0].label for found in part.rows] == ["1.", "2."]
    assert texts(part) == [("", "Review"), ("", "Train")]


def test_line_breaks_and_tabs_stay_inside_a_paragraph():
    runs = "<w:r><w:t>Visit</w:t><w:br/><w:t>No</w:t><w:tab/><w:t>reply</w:t></w:r>"

    found = first_table(table(row("1", cell(paragraph(runs=runs))))).rows[0].cells[1]

    assert (found.text, found.items) == ("Visit\nNo\treply", ("Visit\nNo\treply",))


@pytest.mark.parametrize("written", ["19", "19 "])
def test_a_raised_ordinal_belongs_to_its_number(written):
    runs = run(written) + run("th", '<w:vertAlign w:val="superscript"/>') + run(" June 2014")

    assert texts(first_table(table(row("1", cell(paragraph(runs=runs)))))) == [
        ("1", "19th June 2014")
    ]


def test_rows_with_nothing_in_them_are_left_out():
    part = first_table(table(row("1", "Visit"), row("", ""), row("2", "Call")))

    assert [found.number for found in part.rows] == [1, 3]


def test_a_table_in_the_strict_format_is_read_alike():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = corpus.docx_parts(corpus.CHRONOLOGY)
    parts["word/document.xml"] = parts["word/document.xml"].replace(corpus.W, strict)

    assert len(read_file(corpus.archive(parts), "plan.docx").parts[0].rows) == 3


def test_paragraphs_come_last_with_style_level_and_label():
    body = (
        paragraph("Housing", style="berschrift2")
        + paragraph("Review the policy", listed=(1, 0))
        + paragraph("in writing", listed=(1, 1))
        + paragraph("Closing words")
        + corpus.CHRONOLOGY
    )

    part = read(body).parts[-1]

    assert (part.kind, part.name) == ("paragraphs", "paragraphs")
    assert [
        (found.number, one.text, one.style, one.level, one.label)
        for found in part.rows
        for one in found.cells
    ] == [
        (1, "Housing", "Heading 2", None, ""),
        (2, "Review the policy", "Normal", 0, "1."),
        (3, "in writing", "Normal", 1, "a."),
        (4, "Closing words", "Normal", None, ""),
    ]


def test_numbers_run_on_across_headings_and_letters_begin_again():
    body = "".join(
        paragraph("x", listed=(1, depth)) if depth is not None else paragraph("Next", style="Own")
        for depth in (0, 1, 1, 2, 2, None, 0, 1, 2)
    )

    assert labels(body) == ["1.", "a.", "b.", "i.", "ii.", "", "2.", "a.", "i."]


def test_lists_of_one_definition_count_together_unless_told_to_begin_again():
    body = "".join(paragraph("x", listed=(number, 0)) for number in (1, 3, 4, 4))

    assert labels(body) == ["1.", "2.", "1.", "2."]


def test_a_label_may_name_the_levels_above():
    body = "".join(paragraph("x", listed=(5, depth)) for depth in (0, 1, 1, 0, 1))

    assert labels(body) == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_list_may_come_with_the_style():
    assert labels(paragraph("x", style="Numbered") + paragraph("y", style="Numbered")) == [
        "1.",
        "2.",
    ]


def test_a_bullet_has_a_level_and_no_label():
    found = read(paragraph("x", listed=(2, 0))).parts[0].rows[0].cells[0]

    assert (found.level, found.label, found.numbered) == (0, "", (True,))


def test_a_document_without_words_has_no_parts():
    assert read(paragraph()).parts == []
