import pytest

from foundations.dates import read_time


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("22:15", "22:15"),
        ("2215", "22:15"),
        ("22.15hrs", "22:15"),
        ("9.05 am", "09:05"),
        ("10pm", "22:00"),
        ("12 am", "00:00"),
        ("12:30pm", "12:30"),
        ("10 o'clock", "10:00"),
        ("midday", "12:00"),
        ("about 10pm", "about 22:00"),
        ("2200 approx", "about 22:00"),
        ("22:00 - 23:30", "22:00 to 23:30"),
        ("evening", "evening"),
        ("Later that day", "Later that day"),
        ("25:15", "25:15"),
        ("", None),
    ],
)
def test_a_time_of_its_own_cell(written, read):
    assert read_time(written) == read
