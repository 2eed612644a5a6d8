"""A report on its way in, and a document that was taken to Word and came back, of a world's first review."""

import io
import uuid
from functools import partial

from docx import Document as Word

from foundations.office.marked import marked_of
from reports.models import Doubt
from reports.services import bringing, word

NAME = "report.docx"


def bring_word_files(rows, mark):
    """After the documents. The database keeps the words of these rows, so that they are marked from the
    first."""
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    say = partial(mark, review=rows.one.reference, place=every, kind="report led")
    by = rows.chair
    rows.report_brought = bringing.bring(
        rows.one,
        content=a_report(say("It was brought")),
        name=f"{say('brought')}.docx",
        by=by,
        key=uuid.uuid4(),
    )
    rows.report_doubt = Doubt.objects.create(
        document=rows.document, paragraph=rows.paragraph, kind="place", text=say("Look again")
    )
    rows.word_copy = word.take_away(rows.document, by=by, key=uuid.uuid4())
    content = edited(rows.word_copy.stored.content, say("It was added in Word"))
    rows.word_return = word.bring_back(
        rows.document,
        marked_of(content, NAME),
        content=content,
        name=f"{say('returned')}.docx",
        by=by,
        key=uuid.uuid4(),
    )


def a_report(words="It is all said"):
    file = Word()
    file.add_heading("1. The facts", 1)
    file.add_paragraph(f"1.1\t{words}")
    return _saved(file)


def edited(content, words):
    file = Word(io.BytesIO(content))
    file.add_paragraph(words)
    return _saved(file)


def _saved(file):
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
