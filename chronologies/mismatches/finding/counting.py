"""An agency's report says how often; its own chronology has clearly another number."""

from typing import NamedTuple

from chronologies.mismatches.finding.case import CHRONOLOGY_ONLY, IMR_ONLY, Found
from chronologies.mismatches.finding.figures import Figures
from chronologies.mismatches.finding.tallies import tells_of_several

SURE, UNSURE = 0.66, 0.5
A_QUARTER, A_TENTH = 0.25, 0.1
SPAN = 400  # days beyond the chronology in which a report may still be about its time
NAMED = 50  # entries that one result stands on


class Counted(NamedTuple):
    """Entries of an agency that are surely, and that may be, what its report counts."""

    sure: list
    maybe: list
    others: int  # of that person and time, whatever their kind

    @property
    def days(self):
        """Two rows of one day can be one contact."""
        return len({(account.start, account.end) for account in self.sure})


def not_as_often(engine, body, notes):
    span, seen = engine.index.spans.get(body), set()
    figures, found = Figures(engine, body, notes), []
    for note in notes:
        for claim in figures.claims_of(note):
            if claim.about not in seen and not _is_elsewhere(claim.period, span):
                seen.add(claim.about)
                found += _compared(engine, body, claim, span)
    return found


def _is_elsewhere(period, span):
    """Whether the chronology is of another time altogether."""
    first, last = _bounds(period)
    return (last is not None and last < span[0] - SPAN) or (
        first is not None and first > span[1] + SPAN
    )


def _reaches_beyond(period, span):
    first, last = _bounds(period)
    return (first is not None and first < span[0] - SPAN) or (
        last is not None and last > span[1] + SPAN
    )


def _bounds(period):
    return (period.first, period.last) if period else (None, None)


def _compared(engine, body, claim, span):
    counted = _count(engine, body, claim)
    if is_clear(claim.low, len(counted.maybe)):
        if any(map(tells_of_several, counted.maybe)):
            return []
        score = _score(claim, claim.low - len(counted.maybe))
        in_other_words = not counted.maybe and counted.others >= claim.low
        if in_other_words or _reaches_beyond(claim.period, span):
            score = UNSURE
        return [_found(engine, body, claim, IMR_ONLY, counted.maybe, score)]
    if is_clear(counted.days, claim.high):
        score = UNSURE if claim.narrowed else _score(claim, counted.days - claim.high)
        return [_found(engine, body, claim, CHRONOLOGY_ONLY, counted.sure, score)]
    return []


def is_clear(more, fewer):
    """One entry may tell of two contacts, and one of fifty may be overlooked by whoever counts."""
    apart = more - fewer
    return apart > 0 and (apart / more >= A_QUARTER or (apart > 1 and apart / more >= A_TENTH))


def _score(claim, apart):
    return SURE if claim.is_all_said and apart > 1 else UNSURE


def _count(engine, body, claim):
    sure, maybe, others = [], [], 0
    for account in engine.index.rows_of(body):
        in_time = claim.period.holds(account) if claim.period else (True, True)
        about = _is_about(engine, account, claim.persons) if in_time[1] else (False, False)
        if not about[1]:
            continue
        others += 1
        kind = claim.tally.counts(f"{account.text}\n{account.action}")
        if kind[1]:
            maybe.append(account)
            if kind[0] and in_time[0] and about[0]:
                sure.append(account)
    return Counted(sure, maybe, others)


def _is_about(engine, account, persons):
    """(surely, possibly): an entry that names nobody can be about anybody."""
    if not persons:
        return True, True
    named = {*account.persons, *engine.reader.persons_in(account.text)}
    return named.issuperset(persons), not named or not named.isdisjoint(persons)


def _found(engine, body, claim, kind, entries, score):
    return Found(
        kind=kind,
        entries=tuple(account.id for account in entries[:NAMED]),
        bodies=(body,),
        missing_from=body,
        passages=(claim.note.id,),
        score=score,
        date=claim.period.value if claim.period else None,
        explanation=engine.say.not_as_often(claim, entries),
        about=f"note {claim.note.id} {claim.about}",
    )
