"""Who killed and who was killed: nobody can be both, and a report that has it the wrong way round once is soon read so."""

import re
from collections import defaultdict

from reports.checking.values import Confidence, Contradiction, Kind

_KILLED_NEXT = re.compile(
    r"\b(?:murder|manslaughter|killing|homicide) of $|\b(?:killed|murdered|killing) $", re.I
)
_LIFE_NEXT = re.compile(r"\btook $", re.I)
_OWN_LIFE = re.compile(r"^'s life\b", re.I)
_WAS_KILLED = re.compile(
    r"^,? (?:who )?was (?:murdered|killed|unlawfully killed)\b(?! in an? (?:accident|collision))",
    re.I,
)
_KILLS = re.compile(
    r"^(?:'s)?,? (?:who )?(?:(?:was|had been) (?:charged with|convicted of|found guilty of|guilty of)|pleaded guilty to|plea (?:of guilty )?to|admitted"
    r"|(?:was )?sentenced for) (?:the )?(?:murder|manslaughter|killing)\b|^(?:,? who)? (?:had )?(?:killed|murdered|took) (?=[A-Z])",
    re.I,
)


def find(reading):
    killed, kills = defaultdict(list), defaultdict(list)
    for sentence in reading.narrative:
        if sentence.is_denied or sentence.is_hypothetical:
            continue
        for mention in sentence.mentions:
            if is_killed(sentence.text, mention):
                killed[mention.person].append((sentence, mention))
            if _KILLS.match(sentence.text[mention.end :]):
                kills[mention.person].append((sentence, mention))
    for person in killed.keys() & kills.keys():
        yield _contradiction(person, killed[person][0], kills[person][0])


def is_killed(text, mention):
    before, after = text[: mention.start], text[mention.end :]
    is_life_taken = _LIFE_NEXT.search(before) and _OWN_LIFE.match(after)
    return bool(
        is_life_taken
        or (_KILLED_NEXT.search(before) and "'s " not in mention.person)
        or _WAS_KILLED.match(after)
    )


def _contradiction(person, killed, kills):
    return Contradiction(
        Kind.WHO,
        tuple(sentence.place() for sentence, _ in (killed, kills)),
        f"{person} is said to have been killed in one place, and to have killed in the other.",
        Confidence.HIGH,
    )
