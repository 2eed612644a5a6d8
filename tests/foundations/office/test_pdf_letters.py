"""Names in the letters of many languages come out of a PDF as they went in, or it is said which cannot."""

import io
import re
import string
import unicodedata
from collections import Counter

import pikepdf
import pytest

from foundations.office.pdf import Part, RenderFailed, font_assets, render_parts, render_pdf
from foundations.office.pdf_fonts import STACK, Letters, told
from tests.foundations.office.pdf_samples import (
    TEMPLATES,
    broken_rules,
    chronology,
    entries,
    page_texts,
)

NAMES = {
    "Welsh": "Siân Llŷr a Gŵyl y Dŵr, Ŵyn Ŷsgol",
    "Polish": "Łukasz Żółć, Zażółć gęślą jaźń",
    "Urdu": "فاطمہ بی بی، نور جہاں ہاشمی، بڑے ڈاکٹر کا گھر۔ پٹھان ژالہ چھوٹا تنبیہ ثریا",
    "Pashto": "ګلالۍ ښکلې",
    "Kurdish": "ئاوێنە ڕۆژ",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Ukrainian": "Олександр Шевченко",
    "Vietnamese": "Nguyễn Thị Ngọc Hường",
    "Yoruba": "Ọlọ́run Ẹ̀kọ́",
    "Turkish": "Gülşah Yıldırım",
    "Signs": "☐ ☑ ✓ → ≥ ½ €",
}
STACKED = {
    "Bengali": "শ্রীমতী রহিমা খাতুন ক্ষমা",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Hindi": "प्रिया शर्मा, क्षत्रिय",
    "Gujarati": "જ્ઞાનેશ પટેલ",
    "Tamil": "தமிழ்ச்செல்வி",
    "Pictures": "❤️ 👨‍👩‍👧 👍🏽",
}


def drawn(text):
    return render_pdf(chronology([entries(1)[0] | {"text": text}]))


def fonts_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {str(font) for sheet in document.pages for font in _base_fonts(sheet)}
    return sorted({re.sub("(-(Bold|Medium|SemiBold))+$", "", name[8:]) for name in names})


def _base_fonts(sheet):
    return [font.BaseFont for font in sheet.Resources.Font.values()]


def said_of(pdf):
    """The texts that go with lines whose shapes do not tell them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(operands[1].ActualText)
            for sheet in document.pages
            for operands, operator in pikepdf.parse_content_stream(sheet)
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]


def test_letters_of_a_title_that_stand_close_are_no_two_words():
    """What is copied or looked for, a number or a name, comes out without a gap: 7A, Yo."""
    begin = string.ascii_uppercase + string.digits
    words = [one + other for one in begin for other in string.ascii_letters + string.digits]

    content = render_pdf(chronology(entries(1), title=" ".join(words)))

    found = {word for page in page_texts(content) for word in page.split()}
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_comes_out_of_a_pdf_as_it_went_in(name):
    pdf = drawn(f"Seen by {name}")

    letters = Counter(unicodedata.normalize("NFC", page_texts(pdf)[0]))
    lost = Counter(unicodedata.normalize("NFC", name)) - letters
    assert lost == Counter()
    assert broken_rules(pdf) == []


@pytest.mark.parametrize("name", STACKED.values(), ids=STACKED)
def test_a_line_whose_letters_stack_goes_with_its_text(name):
    pdf = drawn(f"Seen by {name}.")

    assert said_of(pdf) == [f"Seen by {name}."]
    assert broken_rules(pdf) == []


def test_a_letter_and_its_accent_that_came_apart_are_drawn_as_one():
    assert "Siân Llŵyd" in page_texts(drawn("Sia\u0302n Llw\u0302yd"))[0]


def test_a_joined_pdf_and_its_footer_have_the_letters_too():
    sheet = chronology([entries(1)[0] | {"text": NAMES["Urdu"]}])

    pdf = render_parts([Part(sheet, "1")], title="فاطمہ", marking="CYFRINACHOL Ŵ ☑")

    assert "CYFRINACHOL Ŵ ☑" in page_texts(pdf)[0]
    assert broken_rules(pdf) == []


def test_only_the_fonts_that_a_text_needs_are_asked_for():
    letters = Letters(font_assets())

    found = [letters.faces_for(text) for text in ("Siân Llŷr, Łukasz", "Mrs فاطمہ", "प्रिया ☑")]

    assert [[face.family for face in faces] for faces in found] == [
        [],
        ["IBM Plex Sans Arabic"] * 2,
        ["Noto Sans Devanagari"] * 2 + ["DejaVu Sans"] * 2,
    ]


def test_letters_are_drawn_with_fonts_of_ours_on_a_machine_that_has_none(
    monkeypatch, tmp_path, no_renderer_waits
):
    nothing = tmp_path / "fonts.conf"
    nothing.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(nothing))

    pdf = drawn(f"{NAMES['Urdu']} {STACKED['Gurmukhi']} {NAMES['Greek']} ☑ 🫶")

    assert fonts_of(pdf) == [
        "DejaVu-Sans",
        "IBM-Plex-Sans-Arabic",
        "Inter",
        "Inter-Greek",
        "Noto-Emoji",
        "Noto-Sans-Gurmukhi",
    ]


def test_letters_that_no_font_has_are_named():
    with pytest.raises(RenderFailed) as refused:
        drawn("The neighbour, 王小, said so.")

    assert str(refused.value) == (
        "The text has letters that no font here can draw: 小 (U+5C0F CJK UNIFIED IDEOGRAPH-5C0F), "
        "王 (U+738B CJK UNIFIED IDEOGRAPH-738B). Nothing was made. Spell a name in Latin letters, as "
        "a passport does, leave another sign out, and make it again."
    )


def test_the_next_document_is_drawn_after_one_that_was_refused():
    with pytest.raises(RenderFailed):
        drawn("ሰላም")

    assert "Seen at home" in page_texts(drawn("Seen at home"))[0]


def test_many_letters_that_no_font_has_are_counted():
    said = told(list(range(0x4E00, 0x4E0D)))

    assert said.count("U+") == 10
    assert "and 3 more. Nothing was made." in said


def test_bullets_of_word_that_lost_their_font_are_bullets_and_ticks():
    text = page_texts(drawn("\uf0b7 asked \uf0fc answered"))[0]

    assert "• asked ✓ answered" in text


def test_signs_that_nobody_sees_cost_nothing():
    text = page_texts(drawn("a\u200bb\u200ec\u2066d\u2069e\ufefff\u00adg"))[0]

    assert re.search("a.?b.?c.?d.?e.?f.?g", text)


def test_the_sheet_asks_for_the_fonts_in_their_order():
    sheet = TEMPLATES.get_template("pdf/print.css").source

    assert sheet.count(f"{STACK}, sans-serif") == sheet.count("sans-serif") == 2
