"""What a document says in two ways.

Every finder is a function of a Reading that gives Contradictions. Each looks for one kind, and says
nothing where it is not sure: who reads a list with many wrong lines stops reading it.
"""

from reports.checking.contradictions import (
    acronyms,
    ages,
    announced,
    by_whom,
    circumstances,
    clocks,
    contacts,
    counts,
    couples,
    days,
    deed_counts,
    deeds,
    denials,
    durations,
    elder,
    from_birth,
    happenings,
    how_often,
    independence,
    killings,
    knowing,
    lengths,
    lives,
    milestones,
    order,
    outcomes,
    parts,
    pleas,
    pregnancies,
    proceedings,
    pronouns,
    references,
    relations,
    retold,
    retold_dates,
    scope,
    shares,
    sides,
    slips,
    statements,
    states,
    steps,
    stretches,
    totals,
    weekdays,
)

FINDERS = (
    sides.find, milestones.find, happenings.find, retold_dates.find, slips.find, retold.find, deeds.find, by_whom.find, deed_counts.find, how_often.find, killings.find, circumstances.find, scope.find, statements.find, ages.find, totals.find, announced.find, counts.find, shares.find, parts.find,
    durations.find, steps.find, days.find, order.find, outcomes.find, pleas.find, proceedings.find, denials.find, lives.find, stretches.find, states.find, from_birth.find, relations.find,
    couples.find, pregnancies.find, lengths.find, weekdays.find, clocks.find, contacts.find, elder.find, knowing.find, independence.find, pronouns.find, acronyms.find, references.find,
)  # fmt: skip


def contradictions_in(reading):
    """[Contradiction] in the order of the document, each pair of places once."""
    found = {}
    for find in FINDERS:
        for one in find(reading):
            found.setdefault((one.kind, tuple((p.at, p.start) for p in one.places)), one)
    told = [
        one for one in found.values() if not any(_says_more(other, one) for other in found.values())
    ]
    return sorted(told, key=lambda one: (one.places[0].at, one.places[0].start))


def _says_more(one, other):
    """Whether one stands within the same places and is shorter: it says what differs."""
    return (
        one is not other
        and len(one.places) == len(other.places) > 1
        and all(
            _within(a, b) for a, b in zip(sorted(one.places), sorted(other.places), strict=True)
        )
        and sum(p.end - p.start for p in one.places) < sum(p.end - p.start for p in other.places)
    )


def _within(place, other):
    return place.at == other.at and other.start <= place.start and place.end <= other.end
