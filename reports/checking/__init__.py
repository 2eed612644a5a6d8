"""The quality panel's eyes: what a report says in two ways, and what is missing before it is submitted.

    checked = check(document, facts)

Works on plain values, with rules and open word lists; nothing is sent anywhere and nothing is stored.
"""

from dataclasses import dataclass

from reports.checking.checklist import checklist_of
from reports.checking.contradictions import contradictions_in
from reports.checking.facts import Facts
from reports.checking.reading import Reading
from reports.checking.values import Contradiction, Item

__all__ = ["Checked", "Facts", "check"]


@dataclass(frozen=True)
class Checked:
    contradictions: tuple[Contradiction, ...]
    items: tuple[Item, ...]


def check(document, facts=None, *, phrases=None, names=None):
    """Reads a WrittenDocument beside the Facts of its review. `phrases`: a list of blaming.Phrase, else the house list.
    `names`: finds the real names of the people in a text, as reviews.people.names.Names does; None where there is no register."""
    reading = Reading(document, facts or Facts())
    contradictions = contradictions_in(reading)
    return Checked(
        tuple(contradictions),
        tuple(checklist_of(reading, contradictions, phrases=phrases, names=names)),
    )
