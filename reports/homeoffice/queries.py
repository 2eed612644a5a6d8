"""Packs, letters and their points as their pages and papers show them."""

from dataclasses import dataclass, field

from foundations.office.differences import pieces_of
from reports.models import LetterPoint, OfficeLetter, PointAnswer
from reports.outline import Outline


@dataclass(frozen=True)
class Answered:
    """A point with its newest answer, what that changed, and the answers before it."""

    point: LetterPoint
    answer: PointAnswer | None = None
    earlier: tuple = ()
    called: str = ""  # the paragraph by its number of today, or as it was called
    href: str = ""
    pieces: tuple = field(default=())
    is_withdrawn: bool = False  # by itself or with its letter

    @property
    def is_open(self):
        return self.answer is None and not self.is_withdrawn

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.is_withdrawn:
            return "Withdrawn", "grey"
        if self.is_open:
            return "Open", "orange"
        changed = self.answer.how != PointAnswer.How.NOT
        return ("Answered: changed", "green") if changed else ("Answered: not changed", "blue")

    @property
    def asked(self):
        """For the paper that goes back: what was entered by mistake may be of another review."""
        return "–" if self.is_withdrawn else self.point.text

    @property
    def paragraph(self):
        """For the paper that goes back."""
        return "" if self.is_withdrawn else self.called

    @property
    def said(self):
        """For the paper that goes back."""
        if self.is_withdrawn:
            return "Withdrawn: it was entered by mistake"
        if self.is_open:
            return "Not answered yet"
        if self.answer.how != PointAnswer.How.PARAGRAPH:
            return f"{self.answer.get_how_display().split(',')[0]}. {self.answer.words}"
        done = "Changed" if self.answer.before else "Written anew"
        return f"{done}. {self.answer.words}".strip()


def points_of(letter):
    """[Answered], by number; a constant number of queries and those of each document that changed."""
    answers = {}
    rows = PointAnswer.objects.filter(point__letter=letter).order_by("pk")
    rows = rows.select_related("by", "before", "after", "paragraph__section__document__review")
    for one in rows:
        answers.setdefault(one.point_id, []).append(one)
    places = _Places()
    points = letter.points.select_related("withdrawal__by")
    return [
        _answered(one, answers.get(one.pk, []), places, letter.is_withdrawn or one.is_withdrawn)
        for one in points
    ]


def _answered(point, answers, places, is_withdrawn):
    if not answers:
        return Answered(point, is_withdrawn=is_withdrawn)
    *earlier, answer = answers
    called, href = places.of(answer)
    before, after = answer.before, answer.after
    pieces = pieces_of(before.text if before else "", after.text) if after else ()
    return Answered(point, answer, tuple(earlier), called, href, tuple(pieces), is_withdrawn)


class _Places:
    """Of paragraphs in several documents; each of these is counted through once."""

    def __init__(self):
        self._outlines = {}

    def of(self, answer):
        """(the number, the address); no address where the paragraph was taken out since."""
        paragraph = answer.paragraph
        if paragraph is None:
            return "", ""
        document = paragraph.section.document
        if document.pk not in self._outlines:
            self._outlines[document.pk] = Outline(document)
        placed, one = self._outlines[document.pk].placed_paragraph(paragraph)
        if placed is None:
            return f"{answer.called}, taken out since", ""
        number = one.number or answer.called
        return number, f"{placed.section.get_absolute_url()}#p-{paragraph.key}"


def answered_letters(review):
    """[(OfficeLetter, [Answered])] of those whose points were entered, and that stand."""
    letters = OfficeLetter.objects.filter(review=review, withdrawal=None).order_by("number")
    pairs = [(one, points_of(one)) for one in letters.select_related("withdrawal")]
    return [(letter, points) for letter, points in pairs if points]
