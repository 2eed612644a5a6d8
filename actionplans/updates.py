"""What was reported since, and when: text under dates such as "November 2014:"."""

import re

from actionplans.plan import Update
from actionplans.vocabulary import NOTHING
from actionplans.wording import said
from foundations.dates import PartialDate, find_dates, parse

LABEL_WORDS = re.compile(
    r"^(?:(?:progress|status|latest|further|quarterly|position|current|new|final|interim|annual|mid[- ]year|response)\s+)*"
    r"(?:update[ds]?|progress|position|review(?:ed)?|report(?:ed)?|note|comment|response)?\s*"
    r"(?:as at|as of|at|on|in|for|of|to)?\s*[-–—:(]*\s*$",
    re.IGNORECASE,
)
AFTER_LABEL = re.compile(
    r"^\s*(?:update|progress|position|response|review)?\s*\)?\s*(?:[:;]|[-–—]\s)\s*", re.IGNORECASE
)
# "Jan 19:" opens an update of January 2019; running text gives no such date away.
SHORT_LABEL = re.compile(
    r"^(?:update[ds]?\s*[-–—:]?\s*)?(?P<date>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"[\s-]*'?\d{2})\s*(?:[:;]|[-–—]\s|$)\s*",
    re.IGNORECASE,
)
WORTH_A_LABEL = {
    "day",
    "minute",
    "month",
    "season",
    "quarter",
    "year",
    "part-month",
    "part-year",
    "range",
    "months",
}


def split_label(text):
    """(label with its punctuation, the text after it, date), or None where no date opens the text."""
    if short := SHORT_LABEL.match(text):
        value = parse(short["date"]).value
        if value.precision == "month":
            return short[0].strip(), text[short.end() :].strip(), value
    for found in find_dates(text[:80]):
        value = found.reading.value
        if value.precision not in WORTH_A_LABEL or not LABEL_WORDS.match(text[: found.start]):
            return None
        rest = text[found.end :]
        closing = AFTER_LABEL.match(rest)
        if closing:
            end = found.end + closing.end()
        elif re.fullmatch(r"[\s.)\]]*", rest):
            end = len(text)
        else:
            return None
        return text[:end].strip(), text[end:].strip(), value
    return None


def is_label(text):
    """Whether a paragraph is the date of what follows, and nothing more."""
    found = split_label(text)
    return found is not None and not found[1]


def read_updates(items, *, label=None):
    """The paragraphs of a progress cell, divided where a date labels what follows."""
    updates = []
    current_label, date, texts = label, _date_of(label), []

    def close():
        if texts or (current_label and current_label != label):
            updates.append(Update(" ".join(texts), current_label, date))

    for item in items:
        if item.text.casefold() in NOTHING:
            continue
        found = split_label(item.text)
        if found is None:
            texts.append(item.written)
            continue
        close()
        current_label, text, date = found
        texts = [text] if text else []
    close()
    return tuple(updates)


def _date_of(label):
    """The date of a column of updates: "Update June 2023", "Progress Jan 19"."""
    if not label:
        return PartialDate.none()
    if found := find_dates(said(label)):
        return found[0].reading.value
    rest = re.search(r"(?:update[ds]?|progress|position)\W*(.+)$", said(label), re.IGNORECASE)
    value = parse(rest[1]).value if rest else PartialDate.none()
    return value if value.is_bounded else PartialDate.none()
