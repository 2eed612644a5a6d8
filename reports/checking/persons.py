"""Who is spoken of in a text: by pseudonym, by part ("the victim") and by kin ("MA 1's mother")."""

import re
from collections import Counter
from typing import NamedTuple

from reports.checking.facts import PersonFact

KIN = {
    "mother": "female", "mum": "female", "father": "male", "dad": "male", "sister": "female", "brother": "male",
    "daughter": "female", "son": "male", "wife": "female", "husband": "male", "aunt": "female", "uncle": "male",
    "niece": "female", "nephew": "male", "grandmother": "female", "grandfather": "male", "partner": "",
    "ex-partner": "", "girlfriend": "female", "boyfriend": "male", "cousin": "", "friend": "", "neighbour": "",
    "stepfather": "male", "step-father": "male", "stepmother": "female", "step-mother": "female", "stepson": "male",
    "stepdaughter": "female", "employer": "", "parents": "", "family": "", "children": "", "child": "",
}  # fmt: skip
_KIN = "|".join(sorted(KIN, key=len, reverse=True))
DEGREE = r"(?:(?:older|younger|elder|eldest|youngest|elderly|late|adult|former|estranged|step|half|maternal|paternal)[ -])?"
_OF_KIN = re.compile(rf"'s? {DEGREE}({_KIN})\b", re.I)
_PRONOUN_KIN = re.compile(rf"\b(his|her) {DEGREE}({_KIN})\b", re.I)
# A pseudonym made of a word and a letter or number: "MA 1", "Adult A", "Child 2", "IDVA 2".
_CODE = re.compile(
    r"\b(?:[A-Z]{2,5} ?\d{1,2}|(?:Adult|Child|Male|Female|Person|Subject|Victim|Perpetrator|Sibling|Partner|Friend"
    r"|Witness|Neighbour|Worker|Mother|Father|Sister|Brother|Son|Daughter|Man|Woman|Mr|Mrs|Ms|Miss) (?:\d{1,2}[A-Z]?|[A-Z]))"
    r"(?![\w-]|\.\d)"
)
_NO_PERSON = re.compile(
    r"^(?:CID|SARA|DASH|RIC|PPN|MG|GP|NHS|MAPPA|MARAC|ISO|PH|IMR|DHR|BST|GMT|UK|EU|COVID|CAT)\b"
)
# What a person does, and not a body or a thing: a capitalised word before one of these is a name.
_ACTS = (
    "told|said|disclosed|lived|died|moved|married|reported|stated|described|felt|feared|drank|worked|"
    "was (?:\\d\\d|born|aged|arrested|seen|pregnant|married|found|killed|assaulted|convicted|sentenced|admitted|told|discussed|referred|visited|asked|offered|taken|"
    "interviewed|stabbed|murdered|charged|released|living|afraid|frightened|strangled|discharged|cautioned)|"
    "did not|had (?:been|a|two|three|no|never)|attended|declined|denied|separated|met|went|left|returned|called"
)
_NAME = re.compile(rf"\b([A-Z][a-z]{{2,}})(?=(?:'s)?,? (?:who )?(?:{_ACTS})\b)")
_NOT_A_NAME_WORDS = (
    "the this that they there these those she her his him who police panel review report officer "
    "officers staff agency agencies service services children child adult adults mother father "
    "sister brother partner family housing health council probation court hospital records record "
    "neighbour neighbours victim perpetrator nobody somebody both neither each all some many most "
    "others professionals practitioners social worker respect refuge headway lifeline january "
    "february march april may june july august september october november december spring summer "
    "autumn winter monday tuesday wednesday thursday friday saturday sunday safeguarding "
    "education school doctor paramedics ambulance nurse midwife advocate chair author what when "
    "where which while and but then it its authority department trust association society company "
    "line care services support unit team board partnership office centre practice surgery group "
    "manager"
)
_NOT_A_NAME = frozenset(_NOT_A_NAME_WORDS.split())
_PARTS = {
    "victim": re.compile(r"\bthe (?:victim|deceased)\b(?!s)", re.I),
    "perpetrator": re.compile(r"\bthe (?:alleged )?perpetrator\b(?!s)", re.I),
}
_SAID_PART = r"(?:,? ?[\[(,]?\s*the (?:alleged )?|\s*[|\t][^|\n]*[|\t]\s*)(victim|perpetrator)\b"
_SEXES = {
    "she": "female",
    "her": "female",
    "hers": "female",
    "he": "male",
    "him": "male",
    "his": "male",
}


class Mention(NamedTuple):
    start: int
    end: int
    person: str  # the name, or "MA 1's mother"
    is_possessive: bool


class People:
    """Everybody a text speaks of, by name: the PersonFacts that are known, and who else is found in it."""

    def __init__(self, text, known=()):
        self.facts = {one.pseudonym: one for one in known}
        for name in map(_tidy, _found_names(text)):
            self.facts.setdefault(name, PersonFact(name))
        names = {alias: fact.pseudonym for fact in self.facts.values() for alias in _called(fact)}
        self._names = {_key(alias): name for alias, name in names.items()}
        self._pattern = _any_of(names)
        self._parts = self._who_is_what(text)

    def _who_is_what(self, text):
        """{"victim": the name of the one victim}, where exactly one person is said to be it."""
        parts = {
            part: {f.pseudonym for f in self.facts.values() if part in f.role.lower()}
            for part in _PARTS
        }
        if self._pattern:
            for match in re.finditer(rf"({self._pattern.pattern}){_SAID_PART}", text, re.I):
                name = self._names.get(_key(match[1]))
                if name and not any(parts.values()):
                    parts[match[2].lower()].add(name)
        return {part: next(iter(names)) for part, names in parts.items() if len(names) == 1}

    def called(self, part):
        """{every name under which a text speaks of the "victim" or the "perpetrator"}"""
        return {f"the {part}", self.known_as(part)}

    def known_as(self, part):
        """The name of the one "victim" or "perpetrator", else those words."""
        return self._parts.get(part, f"the {part}")

    def mentions(self, text):
        """[Mention] in order, none inside another; "his mother" is left to whoever knows who he is."""
        found = []
        if self._pattern:
            for match in self._pattern.finditer(text):
                found.append((match.start(), match.end(), self._names[_key(match[0])]))
        for part, pattern in _PARTS.items():
            for match in pattern.finditer(text):
                found.append((match.start(), match.end(), self._parts.get(part, f"the {part}")))
        return [self._with_kin(text, *one) for one in sorted(found)]

    def _with_kin(self, text, start, end, person):
        kin = _OF_KIN.match(text, end)
        if kin:
            return Mention(
                start,
                kin.end(),
                f"{person}'s {kin[1].lower()}",
                text[kin.end() : kin.end() + 1] == "'",
            )
        return Mention(start, end, person, text[end : end + 1] == "'")

    def sex_of(self, person):
        if person in self.facts:
            return self.facts[person].sex
        return KIN.get(person.rpartition("'s ")[2], "") if "'s " in person else ""


def pronoun_kin(text):
    """[(start, end, kin)] of "his mother" and the like."""
    return [(match.start(), match.end(), match[2].lower()) for match in _PRONOUN_KIN.finditer(text)]


def sex_of_pronoun(word):
    return _SEXES.get(word.lower(), "")


def _found_names(text):
    codes = Counter(
        _tidy(match[0]) for match in _CODE.finditer(text) if not _NO_PERSON.match(match[0])
    )
    acting = Counter(m[1] for m in _NAME.finditer(text) if m[1].lower() not in _NOT_A_NAME)
    names = [name for name, often in acting.items() if often > 1 and _is_mostly_alone(name, text)]
    many, acting_ones = Counter(), set()
    for code, often in codes.items():
        family = code.rpartition(" ")[0]
        many[family] += often
        if family not in acting_ones and _acts(code, text):
            acting_ones.add(family)
    kept = [code for code in codes if many[code.rpartition(" ")[0]] > 1]
    return [code for code in kept if code.rpartition(" ")[0] in acting_ones] + names


def _acts(code, text):
    return re.search(
        rf"{_spaced(code)}(?:'s?)? (?:[a-z]+ed|was|had|has|is|told|said|did|met|saw|and|went|left)\b|, aged",
        text,
    )


def _is_mostly_alone(name, text):
    """ "Sarah", not the last word of "Victim Support" nor a word that is also written small."""
    in_phrase = len(re.findall(rf"[A-Z][\w&]+ {name}\b|\b{name} [A-Z][a-z]|[Tt]he {name}\b", text))
    return in_phrase * 3 <= len(re.findall(rf"\b{name}\b", text)) and not re.search(
        rf"\b{name.lower()}\b", text
    )


def _called(fact):
    return [name for name in (fact.pseudonym, *fact.aliases) if name.strip()]


def _any_of(names):
    if not names:
        return None
    spaced = "|".join(_spaced(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-]|\.\d)")


def _spaced(name):
    """However many spaces stand before the number: "MA1" is "MA 1"."""
    words = re.findall(r"[A-Za-z']+|\d+[A-Z]?|[^\sA-Za-z\d]+", name)
    return (
        r"\s*".join(map(re.escape, words))
        if re.search(r"\d", name)
        else r"\s+".join(map(re.escape, name.split()))
    )


def _key(name):
    return re.sub(r"\s", "", name)


def _tidy(name):
    spaced = (
        re.sub(r"(?<=[A-Za-z])\s*(?=\d)", " ", name) if re.match(r"[A-Z]{2,5} ?\d", name) else name
    )
    return " ".join(spaced.split())
