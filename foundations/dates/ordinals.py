"""First to fourth, as quarters, halves and weeks are counted."""

from foundations.dates.words import NUMBERS

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": None, "final": None}
ORDINALS |= {f"{n}{ending}": n for n, ending in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"))}
ORDINALS |= {str(n): n for n in range(1, 5)} | {
    w: NUMBERS[w] for w in ("one", "two", "three", "four")
}
ORDINAL_WORD = "first|second|third|fourth|1st|2nd|3rd|4th"
OF = r"(?: of| in|,)?(?: the)?(?: year)? ?"
