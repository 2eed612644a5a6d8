"""Schools, surgeries, employers and the like, told by what their names end in; and rare combinations."""

import re

from reports.leaks.folding import key_of
from reports.leaks.hits import LOW, MEDIUM, Found
from reports.leaks.vocabulary import context, words

_WORD = r"[A-Z][A-Za-z'-]+"
_NAME = rf"(?:(?:St\.?|The|{_WORD})[ ])(?:(?:{_WORD}|of|and|the|&)[ ]){{0,4}}?"
_KINDS = (
    (
        "school",
        MEDIUM,
        r"(?:(?:Primary|Infants?|Junior|Secondary|High|Nursery|Grammar|Community|Comprehensive|Special|C of E|Catholic)[ ]){0,3}(?:School|Academy)|(?:Sixth Form )?College|Pre-?school|Nursery|Playgroup",
    ),
    ("school", LOW, r"Juniors|Infants|C of E|CofE"),
    (
        "GP practice",
        MEDIUM,
        r"Surgery|Medical (?:Centre|Practice)|Health Centre|Group Practice|Family Practice|Doctors",
    ),
    ("place of worship", LOW, r"Church|Mosque|Temple|Gurdwara|Synagogue|Chapel"),
    (
        "place",
        LOW,
        r"Care Home|Nursing Home|Children's Home|Hostel|Pub|Inn|Arms|Hotel|Restaurant|Cafe|Takeaway|Nightclub|Supermarket|Factory|Warehouse",
    ),
    ("employer", LOW, r"Ltd|Limited|plc|PLC|LLP|& Sons?|Cars|Taxis|Builders|Logistics"),
)
_BODIES = [
    (kind, severity, re.compile(rf"(?<![\w-]){_NAME}(?:{ending})(?![\w-])"))
    for kind, severity, ending in _KINDS
]
_GENERIC = context("bodies.generic")
_PEOPLES = (
    "Polish|Romanian|Pakistani|Indian|Bangladeshi|Somali|Nigerian|Ghanaian|Kenyan|Zimbabwean|Jamaican|Turkish"
    "|Kurdish|Iranian|Iraqi|Afghan|Albanian|Lithuanian|Latvian|Bulgarian|Hungarian|Czech|Slovak|Portuguese|Spanish"
    "|Italian|French|German|Russian|Ukrainian|Chinese|Vietnamese|Thai|Filipino|Filipina|Brazilian|American"
    "|Australian|Canadian|Syrian|Lebanese|Egyptian|Moroccan|Algerian|Sudanese|Eritrean|Ethiopian|Ugandan|Gambian"
    "|Sri Lankan|Nepalese|Tamil|Greek|Cypriot|Irish|Estonian|Serbian|Croatian|Kosovan|Israeli|Malaysian"
)
_WORK = (
    "butcher|baker|chef|cook|waiter|waitress|hairdresser|barber|beautician|plumber|electrician|builder|roofer|plasterer"
    "|joiner|carpenter|bricklayer|farmer|gamekeeper|fisherman|miner|soldier|sailor|airman|gurkha|marine|firefighter"
    "|police officer|prison officer|paramedic|nurse|midwife|doctor|surgeon|dentist|pharmacist|vet|optician|teacher"
    "|headteacher|lecturer|professor|solicitor|barrister|judge|magistrate|councillor|vicar|priest|imam|pastor"
    "|accountant|architect|engineer|pilot|taxi driver|lorry driver|bus driver|train driver|postman|shopkeeper"
    "|publican|landlady|florist|jeweller|mechanic|welder|scaffolder|dancer|singer|musician|artist|actor|actress"
    "|model|footballer|boxer|jockey|journalist|photographer|translator|interpreter|seamstress|tailor"
)
_RARE = (
    (
        re.compile(rf"\b(?:{_PEOPLES})(?:[- ]born)?\s+(?:national\s+)?(?:\w+\s)?(?:{_WORK})\b"),
        "Nationality and work together may tell who it is.",
    ),
    (
        re.compile(r"\b(?:twins?|triplets?|quadruplets)\b", re.I),
        "Twins are rare: this may tell who it is.",
    ),
    (
        re.compile(
            r"\b(?:children|sons|daughters|siblings|boys|girls|brothers|sisters)\b[^.\n]{0,40}?\b(?:aged|ages)\b\s*"
            r"(?:[0-9]{1,2}|\w+)(?:,\s*(?:[0-9]{1,2}|\w+)){0,5}\s*(?:,|and|&)\s*(?:[0-9]{1,2}|\w+)\b(?!\s*(?:to|-))",
            re.I,
        ),
        "The ages of several children together may tell who they are.",
    ),
    (
        re.compile(
            rf"\b(?:the|an?) only (?:\w+ ){{0,2}}(?:{_WORK}|family|woman|man|couple|household)\b[^.\n]{{0,60}}\b(?:in|on|of) (?:the |a )?(?:village|street|town|estate|hamlet|island|school)\b",
            re.I,
        ),
        "Somebody of whom there is only one in a small place can be recognised.",
    ),
)


class Bodies:
    def __init__(self, places):
        self.places = places

    def find(self, text):
        for kind, severity, pattern in _BODIES:
            for match in pattern.finditer(text.text):
                start, keys = self._own_words(match)
                if keys and not self.places.names(keys):
                    why = f"This is the name of a {kind}, which is not among the bodies that may be named."
                    yield Found(start, match.end(), kind, why, severity)

    @staticmethod
    def _own_words(match):
        """Where the name begins, and its keys; none where only general words stand before its end."""
        pieces = list(re.finditer(r"[A-Za-z']+", match[0]))
        joins = [number for number, piece in enumerate(pieces) if piece[0] == "and"]
        at = joins[-1] + 1 if joins else 0  # "Beck and Hill Surgery" is told by its second word
        while at < len(pieces) - 1 and key_of(pieces[at][0]) in _GENERIC | words(
            "ordinary"
        ) - words("places"):
            at += 1
        keys = [key_of(piece[0]) for piece in pieces]
        own = [
            piece
            for piece, key in zip(pieces[at:-1], keys[at:-1], strict=True)
            if key not in _GENERIC | words("ordinary") and not piece[0].isupper()
        ]
        return match.start() + pieces[at].start(), keys[at:] if own else []


class Combinations:
    def find(self, text):
        for pattern, why in _RARE:
            for match in pattern.finditer(text.text):
                yield Found(*match.span(), "combination", why, LOW)
