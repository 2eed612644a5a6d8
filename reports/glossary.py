"""The short forms in a text, and what they stand for.

A text that writes a short form out where it first comes ("the Multi-Agency Risk Assessment Conference
(MARAC)") says itself what it means; for the common ones of this field there is a list, which counts
only where the text says nothing.
"""

import re
from dataclasses import dataclass

# "MA 1" and "FA 2" are pseudonyms.
_SHORT = re.compile(r"\b[A-Z](?:[A-Z]|(?<=[A-Z])[a-z](?=[A-Z])|&){1,9}s?\b(?!\s?\d)")
_WRITTEN_OUT = re.compile(r"\(\s*(?:the\s+)?[“\"'‘]?([A-Z][A-Za-z&]{1,9})[”\"'’]?\s*\)")
_OTHER_WAY = re.compile(r"\b([A-Z][A-Z&]{1,9})\s+\(([^()]{5,90})\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_SMALL = {"of", "and", "the", "for", "in", "to", "on", "with", "by", "a", "at"}
# Roman numbers, and words that stand in capitals for another reason.
_NO_SHORT_FORM = {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "OK", "UK", "TV", "AM", "PM"}

KNOWN = {
    "A&E": "Accident and emergency",
    "ABE": "Achieving best evidence interview",
    "AMHP": "Approved mental health professional",
    "ASB": "Anti-social behaviour",
    "CAADA": "Co-ordinated Action Against Domestic Abuse",
    "CAMHS": "Child and adolescent mental health services",
    "CPS": "Crown Prosecution Service",
    "CSP": "Community safety partnership",
    "DA": "Domestic abuse",
    "DARDR": "Domestic abuse related death review",
    "DASH": "Domestic abuse, stalking and honour-based violence risk checklist",
    "DHR": "Domestic homicide review",
    "DVDS": "Domestic Violence Disclosure Scheme",
    "DVPN": "Domestic violence protection notice",
    "DVPO": "Domestic violence protection order",
    "DWP": "Department for Work and Pensions",
    "GP": "General practitioner",
    "ICB": "Integrated care board",
    "IDVA": "Independent domestic violence adviser",
    "IMR": "Individual management review",
    "IOPC": "Independent Office for Police Conduct",
    "ISVA": "Independent sexual violence adviser",
    "LSCB": "Local safeguarding children board",
    "MAPPA": "Multi-agency public protection arrangements",
    "MARAC": "Multi-agency risk assessment conference",
    "MASH": "Multi-agency safeguarding hub",
    "NHS": "National Health Service",
    "PCC": "Police and crime commissioner",
    "PTSD": "Post-traumatic stress disorder",
    "SAB": "Safeguarding adults board",
    "SAR": "Safeguarding adults review",
    "SIO": "Senior investigating officer",
    "TOR": "Terms of reference",
    "VAWG": "Violence against women and girls",
}


@dataclass(frozen=True)
class Meaning:
    short: str
    long: str = ""  # "" where nothing says it


def glossary_of(texts):
    """[Meaning] of every short form in the texts, by letter."""
    text = "\n".join(texts)
    said = written_out(text)
    found = {_singular(match.group()) for match in _SHORT.finditer(text)} | set(said)
    found -= _NO_SHORT_FORM
    return [
        Meaning(short, said.get(short) or KNOWN.get(short, ""))
        for short in sorted(found, key=str.casefold)
        if sum(letter.isupper() for letter in short) > 1
    ]


def written_out(text):
    """{short form: what the text says it stands for}, the first time that it does."""
    said = {}
    for match in _WRITTEN_OUT.finditer(text):
        if long := _fitting(match[1], text[max(0, match.start() - 160) : match.start()]):
            said.setdefault(match[1], long)
    for match in _OTHER_WAY.finditer(text):
        if _fitting(match[1], match[2]) == match[2].strip():
            said.setdefault(match[1], match[2].strip())
    return said


def _fitting(short, before):
    """The words at the end of `before` whose first letters are those of the short form."""
    words = list(_WORD.finditer(before.replace("-", " ")))
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    place = len(words)
    for letter in reversed(letters):
        place -= 1
        while (
            place >= 0
            and words[place].group().casefold() in _SMALL
            and not _is(words[place], letter)
        ):
            place -= 1
        if place < 0 or not _is(words[place], letter):
            return ""
    return before[words[place].start() :].strip(" ,:“\"'‘")


def _is(word, letter):
    return word.group()[0].casefold() == letter


def _singular(short):
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short
