"""What an agency's report says against what its own chronology has, both ways."""

import re
from collections import defaultdict

from chronologies.mismatches.finding.case import CHRONOLOGY_ONLY, IMR_ONLY, Account, Found
from chronologies.mismatches.finding.counting import not_as_often
from chronologies.mismatches.finding.facets import INCIDENT_STEMS
from chronologies.mismatches.finding.tokens import sentences, words_of
from chronologies.mismatches.finding.vocabulary import REFER
from foundations.dates import find_dates

NEAR = 2  # days by which the report and the chronology may be off
STEM = 5
SPAN = 400  # days beyond the chronology in which a date may still be about it
SAYS_IT = 4  # rare stems in common from which a sentence tells of an entry
_DIGIT = re.compile(r"\d")


class Notes:
    def __init__(self, engine):
        self.engine, self.index = engine, engine.index
        by_body = defaultdict(list)
        for note in engine.case.notes:
            by_body[note.body].append(note)
        self.by_body = by_body
        self.said = {body: _Said(notes) for body, notes in by_body.items()}

    def find(self):
        found = []
        for body, said in self.said.items():
            span = self.index.spans.get(body)
            if span:
                found += self._not_in_chronology(body, said, span)
                found += self._not_in_report(body, said)
                found += not_as_often(self.engine, body, self.by_body[body])
        return found

    def _not_in_chronology(self, body, said, span):
        found, seen = [], set()
        for note, sentence, value in said.dated:
            start, end = value.earliest.toordinal(), value.latest.toordinal()
            if not span[0] - SPAN <= start <= span[1] + SPAN or (start, end) in seen:
                continue
            account = Account(("note", note.id), body, start, end, text=sentence)
            if self.index.around(body, account, NEAR) or not self._is_event(account):
                continue
            seen.add((start, end))
            found.append(
                Found(
                    kind=IMR_ONLY,
                    entries=(),
                    bodies=(body,),
                    missing_from=body,
                    passages=(note.id,),
                    score=0.7 if start == end else 0.6,
                    date=value,
                    explanation=self.engine.say.not_in_chronology(note, sentence),
                    about=f"note {note.id} {start} {end}",
                )
            )
        return found

    def _is_event(self, account):
        """Something that the agency or a person of the review did, not a policy or a meeting of staff."""
        signals = self.engine.reader.read(account)
        return bool(
            signals.contacts
            or self.engine.reader.persons_in(account.text)
            or any(word.startswith(INCIDENT_STEMS) for word in words_of(account.text.lower())[0])
        )

    def _not_in_report(self, body, said):
        passed_over = [
            account
            for account in self.index.rows_of(body)
            if account.is_exact
            and self._matters(account)
            and said.covers(account)
            and not said.tells_of(account, self.engine.rarity)
        ]
        return [
            Found(
                kind=CHRONOLOGY_ONLY,
                entries=(account.id,),
                bodies=(body,),
                missing_from=body,
                score=0.65,
                explanation=self.engine.say.not_in_report(account),
                about="report",
            )
            for account in passed_over
        ]

    def _matters(self, account):
        """A report passes over much; what it should not pass over is a referral or a high risk."""
        signals = self.index.signals[account.id]
        return any(c.act == REFER for c in signals.contacts) or any(
            grade.level == 3 for grade in signals.grades
        )


class _Said:
    """The sentences of one agency's report with the dates in them."""

    def __init__(self, notes):
        self.dated, self.days, self._stems = [], [], defaultdict(set)
        number = 0
        for note in notes:
            for sentence in sentences(note.text):
                number += 1
                for word in words_of(sentence)[1]:
                    if len(word) >= STEM:
                        self._stems[word[:STEM]].add(number)
                if _DIGIT.search(sentence):
                    self._take(note, sentence)

    def _take(self, note, sentence):
        for date in find_dates(sentence, limits=False):
            value = date.reading.value
            if value.earliest and value.latest:
                start, end = value.earliest.toordinal(), value.latest.toordinal()
                self.days.append((start, end))
                if value.precision in {"day", "minute", "month"}:
                    self.dated.append((note, sentence, value))

    def covers(self, account):
        """Whether the report tells of the time at all."""
        starts = [start for start, _ in self.days]
        return bool(starts) and min(starts) <= account.start <= max(starts)

    def tells_of(self, account, rarity):
        if any(start - NEAR <= account.start <= end + NEAR for start, end in self.days):
            return True
        counts = defaultdict(int)
        for word in rarity.rare_words(account.words):
            if len(word) >= STEM:
                for number in self._stems.get(word[:STEM], ()):
                    counts[number] += 1
        return max(counts.values(), default=0) >= SAYS_IT
