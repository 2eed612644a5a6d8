"""Chooses, of the columns of a table, the one that fits each of ours best."""

import re
from dataclasses import dataclass
from datetime import time

from chronologies.headings import (
    ACTION,
    COMMENT,
    DATE,
    DATE_TO,
    DAY,
    MONTH,
    PERSON,
    SOURCE,
    TEXT,
    TIME,
    YEAR,
    meanings,
    plain,
)
from chronologies.layout import is_dated
from chronologies.wording import clean, shows_undated

PROSE = 5  # words
WEAK = 8  # a heading that scores no more for another column may yet be the event's

_TIME = re.compile(
    r"(?i)(?:c\.?|circa|approx\.?)? ?\d{1,2}(?:[:.]?\d{2})?(?::\d\d)? ?(?:hrs?|hours|[ap]\.?m\.?)?"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YES_NO = re.compile(r"(?i)y|n|yes|no|n/?a|not? known|unknown|✓")


@dataclass
class Holding:
    """What stands in one column of the sample."""

    filled: int = 0
    dated: float = 0.0
    timed: float = 0.0
    coded: float = 0.0
    numbers: float = 0.0
    yes_no: float = 0.0
    length: float = 0.0
    prose: float = 0.0

    @classmethod
    def of(cls, cells, register):
        texts = [(clean(cell.text), cell) for cell in cells if cell.text]
        if not texts:
            return cls()
        count = len(texts)

        def share(test):
            return sum(1 for text, cell in texts if test(text, cell)) / count

        return cls(
            filled=count,
            dated=share(lambda text, cell: is_dated(cell) or shows_undated(text)),
            timed=share(
                lambda text, cell: isinstance(cell.value, time) or bool(_TIME.fullmatch(text))
            ),
            coded=share(lambda text, cell: len(text) <= 60 and bool(register.find(text).all)),
            numbers=share(lambda text, cell: bool(NUMBER.fullmatch(text))),
            yes_no=share(lambda text, cell: bool(_YES_NO.fullmatch(text))),
            length=sum(len(text) for text, _ in texts) / count,
            prose=share(lambda text, cell: len(text.split()) >= PROSE),
        )


class Chooser:
    """Gives each of our columns the one of theirs that fits it best."""

    def __init__(self, headings, holdings, said, silent):
        self.headings, self.holdings = headings, holdings
        self.scores = [self._scores(heading) for heading in headings]
        self.columns = {}
        self.silent = silent
        self.has_guessed = False
        self.free = set(range(len(headings)))
        for i, heading in enumerate(headings):
            if plain(heading) in said:
                self.free.discard(i)
                if column := said[plain(heading)]:
                    self.columns[column] = (*self.columns.get(column, ()), i)

    @staticmethod
    def _scores(heading):
        scores = meanings(heading)
        if " – " in heading:  # a heading under a heading: the lower one speaks first
            lower = meanings(heading.rsplit(" – ", 1)[1])
            scores = {**scores, **lower} if lower else scores
        return scores

    def choose(self):
        self._choose_dates()
        self._take(TEXT, self._text_score, least=6)
        for column, score in sorted(self._pairs(), key=lambda pair: -pair[1][0]):
            _, i = score
            if i in self.free and column not in self.columns and column not in self.silent:
                self._give(column, i)
        self._choose_prose_for_text()
        self._choose_prose_for_comment()
        return self.columns

    def _give(self, column, i):
        self.columns[column] = (i,)
        self.free.discard(i)

    def _take(self, column, score, *, least):
        if column in self.silent or column in self.columns:
            return
        scored = [(score(i), -i) for i in self.free]
        best = max(scored, default=(0, 0))
        if best[0] >= least:
            self._give(column, -best[1])

    def _choose_dates(self):
        self._take(DATE, self._date_score, least=4)
        if DATE not in self.silent and DATE in self.columns:
            self.has_guessed = not self.scores[self.columns[DATE][0]].get(DATE)
        for part in (DATE_TO, DAY, MONTH, YEAR):
            for i in sorted(self.free):
                if self.scores[i].get(part) and self._may_be_part(part, i):
                    self._give(part, i)
                    break
        lone = {MONTH, YEAR, DAY} & self.columns.keys()
        if DATE not in self.columns and DATE not in self.silent and len(lone) == 1:
            self._promote(lone.pop())

    def _promote(self, part):
        """A column of years, or of months with their years, that stands alone is the date."""
        (i,) = self.columns.pop(part)
        if self.holdings[i].dated >= 0.6 or (part == YEAR and not self.holdings[i].filled):
            self.columns[DATE] = (i,)
        else:
            self.free.add(i)

    def _may_be_part(self, part, i):
        held = self.holdings[i]
        if part == DATE_TO:
            return DATE in self.columns and (held.dated > 0.5 or not held.filled)
        if DATE in self.columns:
            return part == YEAR and held.numbers > 0.5
        return True

    def _date_score(self, i):
        said, held = self.scores[i].get(DATE), self.holdings[i]
        if said == 0 or self.scores[i].get(DATE_TO) or held.prose > 0.5:
            return 0
        if {YEAR, MONTH, DAY} & self.scores[i].keys() and (held.numbers > 0.8 or held.dated < 0.6):
            return 0
        score = (said or 0) + 6 * held.dated
        if said is None and held.dated < 0.6:
            return 0
        return score if held.dated or not held.filled or said else 0

    def _text_score(self, i):
        said, held = self.scores[i].get(TEXT), self.holdings[i]
        if said == 0 or held.numbers > 0.5 or held.dated > 0.5 or held.yes_no > 0.5:
            return 0
        other = max((self.scores[i].get(column, 0) for column in (ACTION, COMMENT)), default=0)
        if said is None or other > max(said, WEAK):
            return 0
        return said - max(0, other - said) + 6 * held.prose + min(held.length, 120) / 60

    def _pairs(self):
        for i in self.free:
            for column in (TIME, PERSON, ACTION, COMMENT, SOURCE):
                if score := self._score(column, i):
                    yield column, (score, i)

    def _score(self, column, i):
        said, held = self.scores[i].get(column), self.holdings[i]
        if said == 0 or (held.yes_no > 0.5 and column != ACTION):
            return 0
        if column == TIME:
            return (
                (said or 0) + 6 * held.timed
                if said or (held.timed > 0.6 and held.numbers <= 0.9)
                else 0
            )
        if column == PERSON:
            if held.prose > 0.5 and not held.coded:
                return 0
            return (
                (said or 0) + 5 * held.coded
                if said or (held.coded > 0.6 and held.length < 40)
                else 0
            )
        if not said or held.numbers > 0.9:
            return 0
        if column == SOURCE:
            return said - (6 if held.length > 80 else 0)
        return said + 2 * held.prose

    def _choose_prose_for_text(self):
        """No heading says where the event is: it is where most is written."""
        if TEXT in self.columns or TEXT in self.silent:
            return
        prose = self._prose(self.free, least=15)
        if prose is None:
            taken = (self.columns.get(column, ()) for column in (COMMENT, ACTION))
            prose = self._prose({i for indexes in taken for i in indexes}, least=15)
        if prose is not None:
            self.columns = {key: value for key, value in self.columns.items() if prose not in value}
            self._give(TEXT, prose)
            self.has_guessed = True

    def _choose_prose_for_comment(self):
        """What is asked beside the event and answered in sentences is a comment on it."""
        if COMMENT in self.columns or COMMENT in self.silent:
            return
        asked = {i for i in self.free if self.headings[i].rstrip().endswith("?")}
        prose = self._prose(asked, least=15)
        if prose is not None:
            self._give(COMMENT, prose)

    def _prose(self, among, *, least):
        scored = [
            (held.filled * held.length * (0.2 + held.prose), -i)
            for i in among
            if (held := self.holdings[i]).length >= least and held.prose >= 0.3 and held.dated < 0.5
        ]
        return -max(scored)[1] if scored else None
