"""Whatever somebody does to a report in Word: all of it accepted is what the file says."""

import copy
import io
import random

import pytest
from docx import Document

from foundations.office import word_marked
from foundations.office.marked import from_json
from foundations.office.package import Package
from reports.word.back import apply, compare
from reports.word.items import items_of
from tests.reports.word import made


def read(content):
    """Without the child process, which the other tests go through."""
    return from_json(word_marked.marked(content, Package(content)))


def remove(one, _):
    one._p.getparent().remove(one._p)


def move(one, other):
    if one._p is not other._p:
        other._p.addnext(one._p)


def add(one, _):
    made.copy_after(one, "This one was added in Word.")


def double(one, _):
    made.copy_after(one, None, keeps_bookmark=True)


def retype(one, _):
    one.runs[0].text = "Retyped "


def lose(one, _):
    for mark in one._p.xpath("./w:bookmarkStart"):
        one._p.remove(mark)


def divide(one, _):
    text = one.runs[0].text
    one.runs[0].text = text[: len(text) // 2]
    made.copy_after(one, text[len(text) // 2 :])


def join(one, other):
    if one._p is not other._p:
        for element in list(other._p)[1:]:
            one._p.append(copy.copy(element))
        remove(other, None)


EDITS = [remove, move, add, double, retype, lose, divide, join]
STYLES = ("Numbered", "Heading", "Continuation", "Quote")


def edited(seed):
    chance = random.Random(seed)  # noqa: S311 (the same edits each time)
    word = Document(io.BytesIO(made.exported()))
    for _ in range(chance.randint(1, 6)):
        found = [
            one
            for one in word.paragraphs
            if one.text.strip() and one.runs and one.style.name.startswith(STYLES)
        ]
        # Nothing stands before the first heading, where no section is.
        chance.choice(EDITS)(chance.choice(found[1:]), chance.choice(found[1:]))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def said(items):
    return [(one.is_heading, one.fingerprint) for one in items]


@pytest.mark.parametrize("seed", range(30))
def test_any_edits(seed):
    document = made.report()

    found = compare(document, read(edited(seed)))

    assert len({change.id for change in found.changes}) == len(found.changes)
    accepted = apply(document, found, [change.id for change in found.changes])
    assert said(items_of(accepted)) == said(found.read)
    for change in found.changes:
        apply(document, found, [change.id])
