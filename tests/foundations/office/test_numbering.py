import pytest

from foundations.office.numbering import written


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (1, "lowerLetter", "a"),
        (27, "upperLetter", "AA"),
        (4, "lowerRoman", "iv"),
        (1949, "upperRoman", "MCMXLIX"),
        (22, "ordinal", "22nd"),
        (12, "ordinal", "12th"),
        (5, "none", ""),
        (0, "lowerLetter", "0"),
    ],
)
def test_written_as_word_writes_it(number, style, text):
    assert written(number, style) == text
