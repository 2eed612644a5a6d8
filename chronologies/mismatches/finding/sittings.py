"""Attended, an entry says, and the minutes of that day do not have the agency as present."""

import re

from chronologies.mismatches.finding.case import ATTENDED, Found
from chronologies.mismatches.finding.claims import of as sentences_of

_BEING_THERE = re.compile(
    r"\b(?:attended|took part in|was represented at|present at)\b.*\bmeeting\b"
)


def not_in_minutes(engine, account):
    """Only where minutes say who was there, and a meeting was on the very day."""
    if not account.is_exact:
        return []
    found = []
    for sitting in engine.sittings_on(account.start):
        for sentence, low, _ in sentences_of(account):
            if sitting.present and account.body not in sitting.present and _BEING_THERE.search(low):
                found.append(
                    Found(
                        kind=ATTENDED,
                        entries=(account.id,),
                        bodies=(account.body,),
                        score=0.7,
                        explanation=engine.say.not_in_minutes(account, sentence),
                        about=f"minutes {sitting.id}",
                    )
                )
    return found[:1]
