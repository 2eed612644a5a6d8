"""Addresses: those of the register, and whatever else is written like one."""

import re

from reports.leaks.finders.phrases import Places, bodies_in
from reports.leaks.folding import fold, key_of
from reports.leaks.hits import HIGH, LOW, MEDIUM, Found
from reports.leaks.vocabulary import words

_TYPES = {
    "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl", "drive": "dr",
    "crescent": "cres", "court": "ct", "place": "pl", "terrace": "terr", "gardens": "gdns",
    "grove": "gr", "square": "sq", "way": "", "rise": "", "mews": "", "walk": "", "hill": "",
    "view": "", "row": "", "green": "", "park": "", "parade": "", "croft": "", "fold": "",
    "mount": "", "villas": "", "towers": "", "heights": "", "mansions": "", "buildings": "",
}  # fmt: skip
_ALL_TYPES = "|".join(sorted({*_TYPES, *filter(None, _TYPES.values())}, key=len, reverse=True))
_SURE_TYPES = "Street|Road|Avenue|Lane|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Rd|Ave"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_OUTWARD = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPS-UW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
_POSTCODE = re.compile(rf"(?<![A-Za-z0-9]){_OUTWARD}\s{{0,2}}{_INWARD}(?![A-Za-z0-9])")
_APART = (
    r"[ \xa0.,/_-]{0,2}"  # what may stand between any two signs of a postcode that is looked for
)
_SMALL_POSTCODE = re.compile(rf"(?<![a-z0-9]){_OUTWARD} ?{_INWARD}(?![a-z0-9])".lower())
_ANY_ADDRESS = re.compile(
    rf"(?<![\w.,/-])(?:(?:Flat|Apartment|Room|Unit)\s[0-9A-Z]+,?\s+)?[0-9]{{1,4}}[A-Za-z]?,?[ ]"
    rf"(?:[A-Z][A-Za-z'.-]+[ ]){{1,3}}(?:{_SURE_TYPES})(?![a-z])"
)
_OFFICIAL = re.compile(
    r"\b(?:council|office|department|unit|home office|trust|police|station|centre|headquarters|hq|ltd"
    r"|limited|town hall|civic|university|college|secretariat|partnership|charity|registered|website"
    r"|www|telephone|enquiries|service|panel|commissioner|association|house)\b",
    re.I,
)
_TYPE = rf"(?P<type>{_ALL_TYPES})\.?"
_NUMBERED = re.compile(
    rf".*?(?P<number>(?<![0-9])[0-9]{{1,4}}\s?[a-zA-Z]?)\s+(?P<street>[A-Za-z].*?)(?:\s{_TYPE})?",
    re.I,
)
_UNNUMBERED = re.compile(rf"(?P<street>.+?)\s{_TYPE}", re.I)
_BEFORE_STREET = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,4}\s?[A-Za-z]?),?\s{1,3}$")
_NUMBER = re.compile(r"(?:flat|apartment|unit|room)?\s*[0-9]{1,4}\s?[a-z]?\b", re.I)


class Addresses:
    def __init__(self, register):
        self.streets, self.houses, self.postcodes, self.outward = {}, {}, {}, {}
        self.areas = {}
        self.may_be_named = Places(register.places).words | words("ordinary")
        for one in register.people:
            if one.address_rule == "address":
                continue
            is_hidden = one.address_rule == "nothing"
            for address in one.addresses:
                further = self._learn(one.pseudonym, fold(address))
                self._learn_areas(one.pseudonym, further if is_hidden else ())
            if is_hidden:
                self._learn_areas(one.pseudonym, _lines_of(fold(one.area)))
        self.streets = [(re.compile(key, re.I), known) for key, known in self.streets.items()]
        self.houses = [(re.compile(key, re.I), who) for key, who in self.houses.items()]
        self.areas = [(re.compile(key, re.I), who) for key, who in self.areas.items()]
        halves = "|".join(map(re.escape, self.outward))
        codes = "|".join(_APART.join(code) for code in self.postcodes)
        self.apart = re.compile(rf"(?<![A-Z0-9])(?:{codes})(?![A-Z0-9])", re.I) if codes else None
        self.halves = rf"(?<![\w£])(?:{halves})(?![\w-])(?!\s?{_INWARD})" if halves else None

    def _learn(self, who, address):
        """The lines that tell neither house nor street: where these stand."""
        for match in _POSTCODE.finditer(address.upper()):
            code = re.sub(r"\s", "", match[0])
            self.postcodes[code] = who
            self.outward.setdefault(code[:-3], who)
            address = address.replace(match[0], " ")
        lines = _lines_of(address)
        if lines and _NUMBER.fullmatch(lines[0]) and len(lines) > 1:
            lines = [f"{lines[0]} {lines[1]}", *lines[2:]]
        learned = [
            line for line in lines[:2] if self._learn_line(who, line, is_first=line == lines[0])
        ]
        return [line for line in lines if line not in learned]

    def _learn_areas(self, who, lines):
        """Villages and towns, but for those that a body is called by that may be named."""
        for line in lines:
            is_named = all(key_of(word) in self.may_be_named for word in re.split(r"[\s-]+", line))
            if (
                len(line) > 2
                and line[0].isalpha()
                and not is_named
                and not re.search("[0-9]", line)
            ):
                self.areas.setdefault(rf"(?<!\w){_spaced(line)}(?!\w)", who)

    def _learn_line(self, who, line, *, is_first):
        """Whether it is "12 Example Street", "Example Street", or the name of a house."""
        numbered, street = _NUMBERED.fullmatch(line), _UNNUMBERED.fullmatch(line)
        if numbered:
            key = _street(numbered["street"], numbered["type"])
            number = numbered["number"].replace(" ", "").lower()
            self._street_of(key, who, number, is_told_alone=bool(numbered["type"]))
        elif street:
            self._street_of(
                _street(street["street"], street["type"]), who, None, is_told_alone=True
            )
        elif is_first and len(line) > 4 and not line.isdigit():
            self.houses.setdefault(rf"(?<!\w){_spaced(line)}(?!\w)", who)
        else:
            return False
        return True

    def _street_of(self, key, who, number, *, is_told_alone):
        known = self.streets.setdefault(rf"(?<!\w){key}", _Street(who))
        known.is_told_alone = known.is_told_alone or is_told_alone
        if number:
            known.numbers.setdefault(number, who)

    def find(self, text):
        for pattern, street in self.streets:
            for match in pattern.finditer(text.text):
                yield from _in_street(text.text, match, street)
        for pattern, who in self.houses:
            for match in pattern.finditer(text.text):
                yield Found(*match.span(), "address", f"This is the house of {who}.", MEDIUM, who)
        yield from self._areas(text)
        yield from self._postcodes(text)
        for match in _ANY_ADDRESS.finditer(text.text):
            severity = LOW if _is_official(text, match) else MEDIUM
            yield Found(*match.span(), "address", "This looks like an address.", severity)

    def _areas(self, text):
        """Where it is the place that is meant, and no body that is called by it."""
        bodies = bodies_in(text) if self.areas else ()
        for pattern, who in self.areas:
            for match in pattern.finditer(text.text):
                at = next(iter(text.within(*match.span())), None)
                if at is None or at in bodies or not text.may_be_name(at):
                    continue
                if not (text.begins_sentence(at) and text.is_ever_small(text.keys[at])):
                    why = f"This is the area of {who}, which may not be told."
                    yield Found(*match.span(), "address", why, LOW, who)

    def _postcodes(self, text):
        places = [*_POSTCODE.finditer(text.text), *_SMALL_POSTCODE.finditer(text.text)]
        for match in places:
            code = re.sub(r"\s", "", match[0]).upper()
            who = self.postcodes.get(code, "")
            if who:
                yield Found(*match.span(), "postcode", f"This is the postcode of {who}.", HIGH, who)
            elif match[0][0].isupper():
                severity = LOW if _is_official(text, match) else HIGH
                yield Found(*match.span(), "postcode", "This is a full postcode.", severity)
        for match in self.apart.finditer(text.text) if self.apart else ():
            who = self.postcodes[re.sub(r"[^A-Z0-9]", "", match[0].upper())]
            why = f"This is the postcode of {who}."
            yield Found(*match.span(), "postcode", why, HIGH, who)
        for match in re.finditer(self.halves, text.text) if self.halves else ():
            who = self.outward[match[0]]
            why = f"This is the first half of the postcode of {who}."
            yield Found(*match.span(), "postcode", why, LOW, who)


class _Street:
    """A street of the register: whose houses stand in it, by number."""

    def __init__(self, who):
        self.who, self.numbers, self.is_told_alone = who, {}, False


def _lines_of(address):
    return [line.strip() for line in re.split(r"[,\n;]", address) if line.strip()]


def _in_street(text, match, street):
    before = _BEFORE_STREET.search(text, max(0, match.start() - 10), match.start())
    number = before[1].replace(" ", "").lower() if before else ""
    if number in street.numbers:
        who = street.numbers[number]
        why = f"This is the address of {who}."
        yield Found(before.start(), match.end(), "address", why, HIGH, who)
    elif street.is_told_alone:
        why = f"This is the street of {street.who}."
        yield Found(*match.span(), "address", why, LOW, street.who)


def _street(name, kind):
    """The name of a street with its kind written out or short."""
    if not kind:
        return rf"{_spaced(name)}(?!\w)"
    kind = kind.lower().rstrip(".")
    whole = next((one for one, short in _TYPES.items() if kind in (one, short) and kind), kind)
    short = _TYPES.get(whole)
    kinds = rf"(?:{whole}|{short}\.?)" if short else whole
    return rf"{_spaced(name)}\s{{1,3}}{kinds}(?!\w)"


def _spaced(words):
    """With any white space between its words, and with or without its apostrophes and points."""
    return r"[\s-]{1,3}".join(
        re.escape(word).replace("'", "'?").replace(r"\.", r"\.?")
        for word in re.split(r"[\s-]+", words)
    )


def _is_official(text, match):
    """Among words that tell of an office: the address of a body rather than of somebody."""
    around = text.text[max(0, match.start() - 160) : match.end() + 120]
    return bool(_OFFICIAL.search(around))
