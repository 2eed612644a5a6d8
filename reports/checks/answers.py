"""What was found and what is asked, each with what was last said of it."""

from dataclasses import dataclass

from reports.checks.found import FoundItem
from reports.checks.questions import EQUALITY, QUESTIONS, REPORT
from reports.models import CheckAnswer


@dataclass(frozen=True)
class Line:
    """A finding or a question; `answer` is the last one, or None."""

    code: str
    item: str
    message: str
    about: str
    heading: str  # the question that it stands under
    found: object = None  # a Found, None of a question
    answer: CheckAnswer | None = None

    @property
    def is_question(self):
        return self.found is None

    @property
    def is_open(self):
        return self.answer is None or not self.answer.settles


@dataclass(frozen=True)
class ItemLines:
    """One line of the list, with its findings; and with a question, where only a person can tell."""

    item: FoundItem
    lines: tuple[Line, ...] = ()
    questions: tuple[Line, ...] = ()

    @property
    def open(self):
        return [one for one in self.lines if one.is_open]

    @property
    def settled(self):
        return [one for one in self.lines if not one.is_open]

    @property
    def settled_in_words(self):
        many = len(self.settled)
        return f"{many} finding{'' if many == 1 else 's'} that somebody has judged"

    @property
    def unanswered(self):
        return [one for one in self.questions if one.is_open]

    @property
    def is_in_order(self):
        return not self.open and not self.unanswered

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.open:
            return f"{len(self.open)} to look at", "yellow"
        if self.unanswered:
            many = len(self.unanswered)
            return ("For a person to say" if many == 1 else f"{many} for a person to say"), "blue"
        if self.lines or self.item.is_for_a_person:
            return "Settled by a person", "green"
        return "Passes", "green"


class Answers:
    """Of one document; one query."""

    def __init__(self, document):
        self.rows = list(
            CheckAnswer.objects.filter(document=document).select_related("by").order_by("pk")
        )
        self._last = {one.code: one for one in self.rows}

    def last(self, code):
        return self._last.get(code)

    def beside(self, items):
        """[ItemLines] of FoundItems, and of the questions that no reading of the text can answer."""
        found = [self._of(item) for item in items]
        return [*found, ItemLines(_PERSONS, (), self._questions(REPORT))]

    def _of(self, item):
        lines = tuple(
            Line(
                one.code,
                item.key,
                one.message,
                one.in_words,
                item.question,
                one,
                self.last(one.code),
            )
            for one in item.found
        )
        questions = self._questions(item.key)
        if item.is_for_a_person and item.key != EQUALITY:
            questions += (self._line(item.key, item.key, item.question),)
        return ItemLines(item, lines, questions)

    def _questions(self, key):
        return tuple(
            self._line(one.code, one.item, one.words) for one in QUESTIONS if one.item == key
        )

    def _line(self, code, item, words):
        return Line(code, item, words, words, words, None, self.last(code))

    def of_before(self, lists):
        """[CheckAnswer] that counted until the text or the data changed, the newest first."""
        now = {one.code for each in lists for one in (*each.lines, *each.questions)}
        return [one for code, one in reversed(self._last.items()) if code not in now]


_PERSONS = FoundItem(
    key=REPORT,
    question="What only somebody who has read the whole of it can say",
    looked_at="",
    result="for a person to judge",
)


def counted(lists):
    """(lines of the list in order, all of them, things still open)"""
    still = sum(len(one.open) + len(one.unanswered) for one in lists)
    return sum(one.is_in_order for one in lists), len(lists), still


def line_with(code, lists):
    """The Line with this code, or None where the text no longer gives cause for it."""
    every = (one for each in lists for one in (*each.lines, *each.questions))
    return next((one for one in every if one.code == code), None)
