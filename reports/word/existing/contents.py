"""Contents pages and page numbers, which are no text of a report: each is told with where it stood."""

import re

CONTENTS = re.compile(r"(?:table of )?contents(?: page)?|index", re.I)
TOC_STYLE = re.compile(r"toc\b|table of contents|contents heading", re.I)
WITH_PAGE = re.compile(r"\S.{0,160}?(?:\t|\.{3,}|…|\s{3,})[\s.…]*(\d{1,3})", re.S)
PAGE = re.compile(
    r"(?:page\s+)?(\d{1,3})(?:\s+of\s+\d{1,3})|page\s+(\d{1,3})|[-–]\s*(\d{1,3})\s*[-–]", re.I
)
BARE = re.compile(r"\d{1,3}")
LAST_NUMBER = re.compile(r"[\s.…]*\d{1,3}\s*$")
LEAD = re.compile(r"^\s*\d{1,2}(?:\.\d{1,3})*\.?\s+")
LEAST = 3  # lines that make a contents page
LEAST_BARE = 5  # bare numbers that rise page by page
PAGES_BETWEEN = 3


def set_apart(entries):
    """(entries that are text, [(what, text)] of those that are not)."""
    taken = {}
    _by_style(entries, taken)
    _by_look(entries, taken)
    _page_numbers(entries, taken)
    rest = [entry for at, entry in enumerate(entries) if at not in taken]
    return rest, [(what, entries[at].block.text.strip()) for at, what in sorted(taken.items())]


def _by_style(entries, taken):
    for at, entry in enumerate(entries):
        if not entry.is_table and TOC_STYLE.match(entry.block.style):
            taken[at] = "contents"


def _by_look(entries, taken):
    """Lines that end with page numbers which do not fall, three or more of them together."""
    run, last = [], 0
    for at, entry in enumerate([*entries, None]):
        page = _page_of(entry) if entry and at not in taken else 0
        if page and page >= last:
            run.append(at)
            last = page
            continue
        if len(run) >= LEAST or (run and _tell_of_what_follows(entries, run)):
            _take(entries, run, taken)
        run, last = ([at], page) if page else ([], 0)


def _tell_of_what_follows(entries, run):
    """Fewer lines are contents where each of them stands again further on, without the page."""
    later = {_letters(one.text) for one in entries[run[-1] + 1 :] if not one.is_table}
    return all(_letters(LAST_NUMBER.sub("", entries[at].text)) in later for at in run)


def _letters(text):
    """What it says, whatever number or dots stand around it."""
    return LEAD.sub("", text).strip(" .…\t").casefold()


def _page_of(entry):
    if entry.is_table or entry.block.level:
        return 0
    found = WITH_PAGE.fullmatch(entry.block.text.strip())
    return int(found[1]) if found else 0


def _take(entries, run, taken):
    taken.update(dict.fromkeys(run, "contents"))
    before = run[0] - 1
    if before >= 0 and not entries[before].is_table and CONTENTS.fullmatch(entries[before].text):
        taken[before] = "contents"


def _page_numbers(entries, taken):
    bare, last = [], 0
    for at, entry in enumerate(entries):
        if entry.is_table or at in taken:
            continue
        text = entry.block.text.strip()
        if PAGE.fullmatch(text):
            taken[at] = "page number"
        elif BARE.fullmatch(text) and not entry.block.label and int(text) > last:
            bare.append(at)
            last = int(text)
    numbers = [int(entries[at].text) for at in bare]
    if len(bare) >= LEAST_BARE and numbers[-1] - numbers[0] <= PAGES_BETWEEN * len(bare):
        taken.update(dict.fromkeys(bare, "page number"))
