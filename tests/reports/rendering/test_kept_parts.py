"""A report whose parts are kept says what one says that was drawn whole, and never what another one says."""

import io
import uuid
from dataclasses import replace

import pytest
from pypdf import PdfReader

from foundations.office.pdf_book import Chapter, render_book
from foundations.vault.sealing import Unreadable
from reports.models import KeptPart, Variant
from reports.rendering.files import drawn
from reports.rendering.kept import KeptParts
from reports.rendering.paper import Sheets
from tests.factories.reports import begun
from tests.factories.reviews import ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules, page_texts, pages_without_tags
from tests.reports.rendering.made_up import gathered, paragraph, plan, section

LINES = "She rang, and nobody rang back. " * 250  # more than the least of a chapter


def key(number):
    return str(uuid.UUID(int=number))


def chapter(number, text=LINES):
    link = f"As told in [[p:{key(1 + number % 3)}]].^[Note of {number}.]"
    yield section(
        str(number),
        f"Chapter {number}",
        paragraph(f"{number}.1", link, key=key(number)),
        paragraph(f"{number}.2", text, key=key(100 + number)),
        key=key(200 + number),
    )
    within = paragraph(f"{number}.3.1", "It was not asked.", key=key(300 + number))
    yield section(f"{number}.3", "Within", within, level=2, key=key(400 + number))


def report(texts=None, **more):
    texts = texts or {}
    sections = [one for n in (1, 2, 3) for one in chapter(n, texts.get(n, LINES))]
    return gathered(*sections, **({"has_chapters": True, "plan": plan(8)} | more))


def in_one_piece(one):
    """All its chapters on one long sheet, each on a new page as it is when it is drawn by itself."""
    sheets = Sheets(one)
    said = {name: sheets.context[name] for name in ("sections", "plan", "notes")}
    style = "<style>h2 { break-before: page; margin-top: 8mm }</style></head>"
    html = sheets._html(said).replace("</head>", style)
    return render_book(
        sheets.front,
        [Chapter("text", html)],
        title=f"{one.title}, {one.reference}",
        marking=one.marking,
        middle=one.said_version,
    )


def drawn_for(document, variant, one):
    """(file, how many parts were drawn for it)"""
    kept = KeptParts(document, variant)
    file = drawn(one, "pdf", kept)
    new = len(kept._new)
    kept.settle()
    return file, new


def of_each_variant():
    return [KeptPart.objects.filter(variant=one) for one in Variant]


@pytest.fixture
def document(db):
    return begun(ReviewFactory())


def test_parts_give_the_pages_and_words_of_the_whole():
    parts, whole = drawn(report(), "pdf"), in_one_piece(report())

    assert parts.pages == whole.pages
    assert page_texts(parts.content) == page_texts(whole.content)


def test_it_keeps_the_rules_of_accessible_documents():
    made = drawn(report(), "pdf")

    assert broken_rules(made.content) == []
    assert pages_without_tags(made.content) == []


def test_each_chapter_begins_on_a_page_that_the_contents_name():
    texts = page_texts(drawn(report(), "pdf").content)

    for number in (1, 2, 3):
        heading = f"{number} Chapter {number}\n"
        page = next(n for n, text in enumerate(texts, 1) if n > 2 and heading in text)
        assert f"{number} Chapter {number} {page}" in " ".join(texts[1].split())


def test_an_unchanged_report_is_drawn_from_what_was_kept(document):
    first, _ = drawn_for(document, Variant.CONFIDENTIAL, report())

    again, new = drawn_for(document, Variant.CONFIDENTIAL, report())

    assert new == 0
    assert again == first


def test_after_a_change_in_one_section_its_chapter_alone_is_drawn(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    changed = report({2: LINES.replace("nobody", "somebody")})

    file, new = drawn_for(document, Variant.CONFIDENTIAL, changed)

    assert new == 1
    assert file == drawn(changed, "pdf")


def test_a_number_that_moves_is_right_in_every_chapter_that_says_it(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    more = report({1: f"{LINES}^[One more.]"})

    file, _ = drawn_for(document, Variant.CONFIDENTIAL, more)

    assert file == drawn(more, "pdf")


def test_a_new_version_of_the_same_words_draws_its_front_and_footer_alone(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    next_one = report(version=4)

    file, new = drawn_for(document, Variant.CONFIDENTIAL, next_one)

    assert new == 2
    assert file == drawn(next_one, "pdf")


def test_what_is_final_bears_no_watermark_of_the_draft_that_was_kept(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())

    file, _ = drawn_for(document, Variant.CONFIDENTIAL, report(is_draft=False))

    assert not any("DRAFT" in text for text in page_texts(file.content))


def test_nothing_of_the_confidential_variant_comes_into_the_anonymised_one(document):
    secret = report({2: f"Quillfeather lived there. {LINES}"})
    drawn_for(document, Variant.CONFIDENTIAL, secret)

    file, new = drawn_for(document, Variant.ANONYMISED, report(variant="anonymised"))

    assert new == KeptPart.objects.filter(variant=Variant.ANONYMISED).count()
    digests = [set(rows.values_list("digest", flat=True)) for rows in of_each_variant()]
    assert digests[0].isdisjoint(digests[1])
    said = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(file.content)).pages)
    assert "Quillfeather" not in said
    assert file == drawn(report(variant="anonymised"), "pdf")


def test_a_part_kept_for_another_review_is_never_used(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    other = begun(ReviewFactory())

    _, new = drawn_for(other, Variant.CONFIDENTIAL, report())

    assert new == KeptPart.objects.filter(document=other).count() > 0
    digests = KeptPart.objects.filter(document=document).values_list("digest", flat=True)
    assert not KeptPart.objects.filter(document=other, digest__in=digests).exists()


def test_a_part_that_was_put_among_those_of_another_review_does_not_open_there(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    theirs = begun(ReviewFactory())
    KeptPart.objects.update(document=theirs)

    one = KeptPart.objects.first()

    with pytest.raises(Unreadable):
        _ = one.drawn


def test_what_a_drawing_has_no_use_for_is_kept_no_longer(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())
    before = KeptPart.objects.count()

    drawn_for(document, Variant.CONFIDENTIAL, report({2: "Other words."}))
    assert KeptPart.objects.count() <= before + 1

    drawn_for(document, Variant.CONFIDENTIAL, report({2: "Other words."}, plan=None))
    assert KeptPart.objects.count() < before


def test_what_is_kept_is_sealed(document):
    drawn_for(document, Variant.CONFIDENTIAL, report())

    raw = list(KeptPart.objects.raw("select id, drawn::text as body from reports_keptpart"))

    assert raw
    assert all(b"%PDF".hex() not in one.body for one in raw)


def test_a_section_alone_has_its_numbers_notes_and_mark():
    content = Sheets(replace(report(), version=0)).section(key(202))

    text = " ".join(" ".join(page_texts(content)).split())
    for words in ("2.1", "2.3.1", "Note of 2.", "DRAFT", "OFFICIAL-SENSITIVE", "Draft, not kept"):
        assert words in text
    for words in ("Note of 1.", "Note of 3.", "3.2"):
        assert words not in text
    assert broken_rules(content) == []
    assert pages_without_tags(content) == []


def test_a_section_deep_down_keeps_the_order_of_headings():
    content = Sheets(report()).section(key(402))

    assert "2.3.1" in page_texts(content)[0]
    assert broken_rules(content) == []


def test_a_section_that_is_not_there_has_no_sheet():
    with pytest.raises(KeyError):
        Sheets(report()).section(key(999))
