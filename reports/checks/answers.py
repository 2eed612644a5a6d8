"""What was found and what is asked, each with what was last said of it."""

from dataclasses import dataclass

from reports.checking.values import Result
from reports.checks.found import FoundItem
from reports.checks.questions import EQUALITY, OF_THE_WHOLE, QUESTIONS, REPORT
from reports.models import CheckAnswer, Kind

_ASKED = frozenset({EQUALITY, REPORT})
_WAYS = {
    "terms-dated": ("reviews:terms", "Go to the terms of reference"),
    "panel-complete": ("reviews:panel-list", "Go to the panel"),
    "lessons-answered": ("findings:lesson-list", "Go to the lessons"),
}


@dataclass(frozen=True)
class Line:
    """A finding or a question; `answer` is the last one, or None."""

    code: str
    item: str
    message: str
    about: str
    heading: str  # the question that it stands under
    found: object = None  # a Found; of a question what reading found beside it, or None
    answer: CheckAnswer | None = None
    is_question: bool = False

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
    def way(self):
        """(name of the page where what it is about is kept, in words), or None."""
        return _WAYS.get(self.item.key) if self.open else None

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
        self.kind = document.kind
        self.rows = list(
            CheckAnswer.objects.filter(document=document).select_related("by").order_by("pk")
        )
        self._last = {one.code: one for one in self.rows}

    def last(self, code):
        return self._last.get(code)

    def beside(self, items):
        """[ItemLines] of FoundItems, and of the questions that no reading of the text can answer; those
        that are asked of this kind of document."""
        return [self._of(item) for item in (*items, _PERSONS) if self._is_asked(item.key)]

    def _is_asked(self, key):
        return self.kind == Kind.OVERVIEW or key not in OF_THE_WHOLE

    def _of(self, item):
        if item.key in _ASKED:
            return ItemLines(item, (), tuple(self._asked(item)))
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
            if item.result != Result.MET  # where it passes, they say by what
        )
        questions = ()
        if item.is_for_a_person:
            questions = (self._question(item.key, item.key, item.question),)
        return ItemLines(item, lines, questions)

    def _asked(self, item):
        """The questions of a line that only a person can answer, with what reading found of each."""
        for one in QUESTIONS:
            if one.item == item.key:
                beside = (each for each in item.found if each.message.startswith(one.about or "\n"))
                yield self._question(one.code, item.key, one.words, next(beside, None))

    def _question(self, code, item, words, found=None):
        return Line(code, item, words, words, words, found, self.last(code), is_question=True)

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
