"""Findings that are one question to one agency, or one sentence about several, are told as one."""

from collections import defaultdict

from chronologies.mismatches.finding.case import ATTENDED, CONTENT, PROMISED, RECEIVED, SENT

_MISSING = frozenset({SENT, RECEIVED, ATTENDED})


def joined(found, engine):
    of_notes = [each for each in found if each.anchor is None]
    return of_notes + _of_entries([each for each in found if each.anchor is not None], engine)


def _of_entries(found, engine):
    found = _one_topic(found, engine)
    found = _one_day(found, engine)
    found = _one_sentence(found, engine)
    return _one_promise(found, engine)


def _one_topic(found, engine):
    """What an entry and another agency differ about is told once; that nothing else answers to the
    entry goes with it."""
    groups = defaultdict(list)
    for each in found:
        is_topic = each.kind == CONTENT or (each.kind in _MISSING and each.lead is not None)
        if is_topic and len(each.bodies) == 2:
            groups[each.entries[0], frozenset(each.bodies)].append(each)
        else:
            groups[id(each)].append(each)
    joined_ = []
    for group in groups.values():
        if any(each.kind == CONTENT for each in group):
            joined_.append(_merged(group, engine.say.also_said))
        else:
            joined_ += group
    return joined_


def _one_sentence(found, engine):
    """ "Contacted the police, housing and the IDVA": one finding, however many have no entry."""
    groups = defaultdict(list)
    for each in found:
        if each.kind in _MISSING and each.lead is not None and len(set(each.bodies)) == 2:
            groups[each.entries[0], each.kind, each.lead.quote].append(each)
        else:
            groups[id(each)].append(each)
    return [_merged(group, engine.say.also_missing) for group in groups.values()]


def _one_day(found, engine):
    """Several agencies place one at an event of one day of which it has no entry."""
    groups = defaultdict(list)
    for each in found:
        account = engine.index.by_id[each.entries[0]]
        is_alone = each.kind in _MISSING and each.lead is not None and len(set(each.bodies)) == 2
        if is_alone and account.is_exact and account.persons:
            groups[each.missing_from, account.start].append(each)
        else:
            groups[id(each)].append(each)
    merged = []
    for group in groups.values():
        merged += [_merged(part, engine.say.also_said) for part in _by_person(group, engine)]
    return merged


def _by_person(group, engine):
    """Parts of a group that speak of a person in common, each from another agency."""
    parts = []
    for each in sorted(group, key=lambda f: (-f.score, f.entries[0])):
        persons = set(engine.index.by_id[each.entries[0]].persons)
        for part, people, bodies in parts:
            if people & persons and each.bodies[0] not in bodies:
                part.append(each)
                people &= persons
                bodies.add(each.bodies[0])
                break
        else:
            parts.append(([each], persons, {each.bodies[0]}))
    return [part for part, _, _ in parts]


def _one_promise(found, engine):
    """What was to be done by one body, as entries of the same agency and days have it."""
    groups = defaultdict(list)
    for each in found:
        account = engine.index.by_id[each.entries[0]]
        if each.kind == PROMISED and account.is_dated:
            groups[account.body, each.missing_from, each.also, account.first].append(each)
        else:
            groups[id(each)].append(each)
    return [_merged(group, engine.say.also_said) for group in groups.values()]


def _merged(group, say):
    group = sorted(group, key=lambda f: (f.kind != CONTENT, -f.score, f.entries[0], f.about))
    first, *rest = group
    if not rest:
        return first
    every = sorted(group, key=lambda f: f.entries[0])
    first.entries = tuple(dict.fromkeys(e for f in (first, *every) for e in f.entries))
    first.bodies = tuple(dict.fromkeys(b for f in (first, *every) for b in f.bodies))
    kinds = dict.fromkeys(k for f in (first, *every) for k in (f.kind, *f.also))
    first.also = tuple(k for k in kinds if k != first.kind)
    first.explanation = say(first, rest)
    return first
