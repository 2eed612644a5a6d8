"""The short forms in a text, and what they stand for.

A text that writes a short form out where it first comes ("the Multi-Agency Risk Assessment Conference
(MARAC)") says itself what it means; for the common ones of this field there is a list, which counts
only where the text says nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass

from reports.checking.contradictions.acronyms import explained_in
from reports.checking.plain import plain, sentence_spans
from reports.checking.short_forms import KNOWN as WELL_KNOWN
from reports.checking.short_forms import RANKS, name_of, uses_in, words_in

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


_TWO_CAPITALS = re.compile(r"[A-Z][a-z]?[A-Z]|&")
_KNOWN = {name_of(short): short for short in KNOWN}


@dataclass(frozen=True)
class Meaning:
    short: str
    long: str = ""  # "" where nothing says it


def glossary_of(texts, names=()):
    """[Meaning] of every short form in Markdown texts, by letter. `names` are pseudonyms, which are none."""
    texts = [plain(text) for text in texts]
    sentences = [text[a:b] for text in texts for a, b in sentence_spans(text)]
    sentences = [one for one in sentences if _TWO_CAPITALS.search(one)]
    said = _written_out(sentences)
    words = words_in(texts) - said.keys() - _KNOWN.keys()
    forms = Counter()
    for sentence in sentences:
        for name, match in uses_in(sentence, words, _places_of(names, sentence)):
            if not _is_number_of(match, sentence):
                forms[name, match[0].removesuffix("s")] += 1
    forms = _without_plurals(forms, said.keys() | _KNOWN.keys())
    written = {}
    for (name, form), _ in forms.most_common():
        written.setdefault(name, form)
    found = [
        Meaning(*said[name]) if name in said else Meaning(form, KNOWN.get(_KNOWN.get(name), ""))
        for name, form in written.items()
    ]
    return sorted(
        (one for one in found if one.long or not _needs_none(one.short)),
        key=lambda one: one.short.casefold(),
    )


def _written_out(sentences):
    """{name: (short form, what the text says it stands for)}, the first time that it does."""
    said = {}
    for sentence in sentences:
        for short, long, *_ in explained_in(sentence):
            said.setdefault(name_of(short), (short.removesuffix("s"), long))
    return said


def _without_plurals(forms, explained):
    """MARACS is no other one than MARAC."""
    names = {name for name, _ in forms} | explained
    return Counter(
        {
            (name, form): many
            for (name, form), many in forms.items()
            if name in explained or name.removesuffix("S") not in names - {name}
        }
    )


def _places_of(names, sentence):
    return [(at, at + len(name)) for name in names if (at := sentence.find(name)) >= 0]


def _is_number_of(match, sentence):
    """ "MA 1" and "FA 2" are pseudonyms."""
    return sentence[match.end() :].lstrip(" ")[:1].isdigit()


def _needs_none(short):
    return name_of(short) in WELL_KNOWN | RANKS
