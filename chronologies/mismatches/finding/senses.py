"""What each class of verb says: which bodies the account's own agency dealt with, and which way.

Each gives (body, way, named, personal). `speaker` is the body before the verb, if one stands there;
`has_person` says that a person of the review does.
"""

from chronologies.mismatches.finding.signals import IN, OUT, THERE, WITH
from chronologies.mismatches.finding.vocabulary import (
    ASK,
    CARRY,
    COME,
    END,
    MEET,
    REFER,
    SAY,
    TAKE,
    TELL,
)


def _pair(reading, sender, receivers, has_person):
    """Of a sending: out where our own agency sends, in where it receives."""
    own = reading.own
    sender_body, sender_named = sender if sender else (own, True)
    if has_person and not sender:
        for body, named in receivers:
            yield body, THERE, named, True
    elif sender_body == own:
        for body, named in receivers:
            yield body, OUT, named, False
    elif not receivers or any(body == own for body, _ in receivers):
        yield sender_body, IN, sender_named, False
    else:
        reading.others = [(sender_body, body) for body, _ in receivers if body != sender_body]


def _refer(reading, clause, speaker, has_person, is_first):
    by = reading.bodies(clause.objects, "by")
    source = by or reading.bodies(clause.objects, "from")
    receivers = reading.bodies(clause.objects, "to", "into")
    if clause.is_passive:
        yield from _pair(reading, source[0] if source else None, receivers, False)
    elif source and not speaker:
        yield from _pair(reading, source[0], receivers, False)
    else:
        yield from _pair(reading, speaker, receivers, has_person)


def _referral(reading, clause, speaker, has_person, is_first):
    source = reading.bodies(clause.objects, "from", "by")
    receivers = reading.bodies(clause.objects, "to", "into")
    if source and speaker and speaker[0] not in {reading.own, source[0][0]}:
        receivers = [speaker]  # somebody else received it
    sender = source[0] if source else speaker
    if not sender and not receivers:
        return
    yield from _pair(reading, sender, receivers, has_person and not source)


def _tell(reading, clause, speaker, has_person, is_first):
    if clause.is_passive:
        by = reading.bodies(clause.objects, "by", "from")
        if by and has_person and not speaker:
            # "MA 1 was advised by X": X spoke to a person, not to whoever writes.
            if clause.asks is None and by[0][0] != reading.own:
                yield by[0][0], THERE, by[0][1], True
        elif by:
            yield from _pair(reading, by[0], [speaker] if speaker else [], False)
        elif speaker and speaker[0] != reading.own:
            yield speaker[0], OUT, speaker[1], False
        else:
            receivers = reading.bodies(clause.objects, "to", "with")
            yield from _pair(reading, None, receivers, False)
        return
    receivers = reading.bodies(clause.objects, "", "to", "with")
    if not speaker and not receivers:
        return
    if speaker and speaker[0] != reading.own:
        if clause.tells_person and not receivers:
            for body, named in reading.bodies(clause.subjects):
                yield body, THERE, named, True
            return
        if not is_first:
            return
    yield from _pair(reading, speaker, receivers, has_person)


def _ask(reading, clause, speaker, has_person, is_first):
    if clause.is_passive:
        yield from _tell(reading, clause, speaker, has_person, is_first)
        return
    receivers = reading.bodies(clause.objects, "", "from", "of")
    receivers = receivers or reading.bodies(clause.objects, "to")
    if speaker and speaker[0] != reading.own and not is_first:
        return
    yield from _pair(reading, speaker, receivers, has_person)


def _take(reading, clause, speaker, has_person, is_first):
    senders = reading.bodies(clause.objects, "from", "by") or (
        reading.bodies(clause.objects[:1], "") if clause.end - clause.start > 1 else []
    )
    if has_person or (speaker and speaker[0] != reading.own):
        return
    for body, named in senders[:1]:
        yield body, IN, named, False


def _meet(reading, clause, speaker, has_person, is_first):
    group = reading.bodies(clause.objects, "", "with", "between", "and") + reading.bodies(
        clause.subjects
    )
    for body, named in group:
        yield body, WITH, named, False


def _come(reading, clause, speaker, has_person, is_first):
    own = reading.own
    for body, named in reading.bodies(clause.objects, "with"):
        yield body, WITH, named, False
    for body, named in reading.bodies(clause.objects, "by"):
        yield body, IN, named, False
    if speaker and speaker[0] != own:
        is_here = any(body == own for body, _ in reading.bodies(clause.objects))
        yield speaker[0], WITH if is_here else THERE, speaker[1], not is_here
    elif has_person and clause.word.startswith("attend"):
        for body, named in reading.bodies(clause.objects, "", "at"):
            yield body, THERE, named, True


def _carry(reading, clause, speaker, has_person, is_first):
    own = reading.own
    if speaker and speaker[0] != own and not has_person:
        return
    goes_alone = clause.word in {"went", "presented", "attended"}
    for body, named in reading.bodies(clause.objects, "", "to", "at"):
        yield body, THERE, named, goes_alone
    for body, named in reading.bodies(clause.objects, "by"):
        yield body, THERE, named, True


def _say(reading, clause, speaker, has_person, is_first):
    own = reading.own
    receivers = [] if clause.word == "agreed" else reading.bodies(clause.objects, "to")
    if speaker and speaker[0] != own:
        if is_first and (not receivers or any(body == own for body, _ in receivers)):
            yield speaker[0], IN, speaker[1], False
    else:
        for body, named in receivers:
            yield body, THERE if has_person else OUT, named, has_person


def _end(reading, clause, speaker, has_person, is_first):
    if speaker and speaker[0] != reading.own:
        yield speaker[0], IN, speaker[1], False


def _help(reading, clause, speaker, has_person, is_first):
    for body, named in reading.bodies(
        clause.objects[:1] + [m for m in clause.objects[1:] if m.follows]
    ):
        yield body, THERE, named, False


def _ambulance(reading, clause, speaker, has_person, is_first):
    body = reading.names.who("ambulance", own=reading.own, persons=reading.account.persons)
    if body is not None:
        yield body, THERE, False, True


def _letter(reading, clause, speaker, has_person, is_first):
    if speaker and speaker[0] != reading.own:
        yield speaker[0], IN, speaker[1], False


SENSES = {
    REFER: _refer, "referral": _referral, TELL: _tell, ASK: _ask, TAKE: _take, MEET: _meet,
    COME: _come, CARRY: _carry, SAY: _say, END: _end, "help": _help, "ambulance": _ambulance,
    "letter": _letter,
}  # fmt: skip
