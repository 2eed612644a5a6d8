"""Who leads: telling bodies, offices and people apart in one cell.

"TRFT, Assistant Chief Nurse", "Housing & IDVA", "Jo Bloggs/Sam Sample", "Jo Bloggs CSP Coordinator
Westshire Council": the bodies become agencies, what is left is an office or somebody's name.
"""

import itertools
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from actionplans.plan import Lead
from actionplans.vocabulary import (
    BODY_WORDS,
    COMMON_CAPITALS,
    EMPTY_BODY_WORDS,
    EVERYBODY,
    GIVEN_NAMES,
    NOTHING,
    OFFICE_WORDS,
    PLACEHOLDER,
    TASK_WORDS,
    THEMES,
    TITLES,
)
from actionplans.wording import key, said

SMALL = frozenset({"the", "of", "for", "in", "a", "at", "to", "on"})
SEPARATOR = re.compile(
    r"\s*[;\n|•]\s*|\s*/\s*|,\s*|\s+[-–—]\s+|\s+(?:and|&|\+|with)\s+|\s*\(\s*|\s*\)\s*|:\s+"
)
NAME_WORD = re.compile(
    r"^(?:[A-Z]\.?|(?:Mc|Mac|O['’]|D['’]|De|Le|La)?[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-[A-Za-zÀ-ÿ][a-zà-ÿ]+)*)$"
)
ACRONYM = re.compile(r"^(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z&]{2,10}$")
BROKEN_HYPHEN = re.compile(r"(?<=[a-z])-\s+(?=[A-Z][a-z])")
PREPOSITIONS = frozenset(
    {"for", "of", "at", "in", "from", "within", "to", "on", "and", "with", "the", "&"}
)
CLOSE_ENOUGH = 94
DEFINED = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<short>[A-Za-z&]{2,10})[)\]]$")
BEFORE_BODY = re.compile(
    r"^(?:[\w /-]{0,40}\b)?(?:recommendations?|actions?|action plans?|plans?|imrs?|updates?|progress|part \w{1,3}"
    r"|section \w{1,3}|appendix \w{1,3})\s*(?:[-–—:]+|\b(?:for|from|by|to)\b)\s*(?:the\b\s*)?",
    re.IGNORECASE,
)
AFTER_BODY = re.compile(
    r"(?:[\s:–—-]*\b(?:(?:single |individual )?(?:agency )?recommendations?|actions?|action plan|imr|updates?)\b)+[\s:]*$",
    re.IGNORECASE,
)


@dataclass
class Spoken:
    """One body as this review or this file names it."""

    name: str
    known: bool
    strong: bool = True  # a name, not a passing description such as "crisis team"


@dataclass
class Names:
    """The bodies a review knows and a file speaks of, found by name, alias or initials."""

    known: bool = False  # whether the review said which agencies take part
    by_key: dict[str, Spoken] = field(default_factory=dict)
    by_initials: dict[str, set[str]] = field(default_factory=dict)
    by_some_initials: dict[str, set[str]] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, agencies):
        names = cls(known=bool(agencies))
        for agency in agencies:
            name, aliases = _names_of(agency)
            names._add(name, Spoken(name, known=True))
            for alias in aliases:
                strong = _is_a_name(alias)
                names._add(alias, Spoken(name, known=True, strong=strong))
        return names

    def learn(self, text):
        """A body the file names in a banner, heading or sentence. What is known already stays."""
        text = said(text)
        found = DEFINED.match(text)
        name = found["name"] if found else text
        spoken = self.find(text) or self.find(name) or Spoken(name, known=False)
        for one in {text, name, *([found["short"]] if found else [])}:
            self._add(one, spoken)
        return spoken

    def _add(self, text, spoken):
        plain = _key(text)
        if not plain:
            return
        self.by_key.setdefault(plain, spoken)
        self.longest = max(self.longest, len(plain.split()))
        every, some = initials(text)
        for letters in every:
            self.by_initials.setdefault(letters, set()).add(spoken.name)
        for letters in some:
            self.by_some_initials.setdefault(letters, set()).add(spoken.name)

    def find(self, text):
        """The body a text names from end to end, or None."""
        plain = _key(text)
        if plain in self.by_key:
            return self.by_key[plain]
        return self._by_initials(text) or self._by_likeness(plain)

    def _by_initials(self, text):
        letters = re.sub(r"[.\s]", "", text)
        if not ACRONYM.match(letters) or letters.upper() in COMMON_CAPITALS:
            return None
        letters = letters.casefold()
        candidates = self.by_initials.get(letters) or self.by_some_initials.get(letters, set())
        if len(candidates) != 1:
            return None
        name = next(iter(candidates))
        return next(one for one in self.by_key.values() if one.name == name)

    def _by_likeness(self, plain):
        if len(plain) < 10:
            return None
        close = [
            spoken
            for other, spoken in self.by_key.items()
            if len(other) >= 10 and fuzz.ratio(plain, other) >= CLOSE_ENOUGH
        ]
        return close[0] if len({one.name for one in close}) == 1 else None


def _names_of(agency):
    """An agency as a plain name, or as anything with a name, a short name and aliases."""
    if isinstance(agency, str):
        return agency, ()
    also = [getattr(agency, "short_name", "") or "", *(getattr(agency, "aliases", None) or ())]
    return agency.name, tuple(one if isinstance(one, str) else one.name for one in also if one)


def _is_a_name(alias):
    """ "RMBC Adult Services" is a name; "offender manager" and "adult safeguarding" describe."""
    words = [
        word
        for word in re.findall(r"[\w&'’.-]+", alias)
        if word.casefold() not in SMALL | {"and", "&"}
    ]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _key(text):
    words = re.sub(r"(?<=\w)&(?=\w)", "ⓐ", text)  # H&NS keeps its ampersand, Health & Care does not
    plain = key(words)
    return re.sub(r"^the ", "", plain)


def initials(name):
    """How a name is cut down to initials, with and without "the", "and" and "NHS": (all, some of them)."""
    words = [word for word in re.findall(r"[A-Za-z][\w'’]*|&", name)]
    if len(words) < 2:
        return set(), set()
    choices = []
    for word in words:
        low = word.casefold()
        if low in {"and", "&"}:
            choices.append(("", "a", "&"))
        elif low in SMALL or low == "nhs":
            choices.append(("", low[0]))
        else:
            choices.append((low[0],))
    if sum(len(choice) > 1 for choice in choices) > 6:
        return set(), set()
    ways = {"".join(one) for one in itertools.product(*choices)}
    starts = {way[:size] for way in ways for size in range(4, len(way))}
    ends = {way[-3:] for way in ways if len(way) > 3}
    return {way for way in ways if len(way) > 1}, starts | ends


@dataclass
class _Piece:
    """A part of a cell between separators: a body, an office, a person, or words of no sure kind."""

    kind: str
    text: str
    agencies: list[str] = field(default_factory=list)
    before: str = ""  # the separator in front


def read_lead(text, names, *, kind="lead", banner=None):
    """The Lead of a cell, with the bodies nobody has heard of. `kind` is lead, agency or officer."""
    written = said(text.replace("\n", " / ") if "\n" in text.strip() else text)
    if said(text).casefold() in NOTHING:
        return Lead(), []
    if PLACEHOLDER.fullmatch(written.strip("() []")):
        return Lead(as_written=written), []
    if EVERYBODY.match(written):
        return _everybody(written, names)
    whole = names.find(written)
    if whole and (whole.strong or banner is None):
        return Lead((whole.name,), as_written=written, source="cell"), []
    pieces = [_classified(piece, names, kind, banner) for piece in _pieces(text, names)]
    return _assembled(pieces, written)


def _everybody(written, names):
    listed = re.split(r"\b(?:including|namely|i\.e\.|ie)\b:?|:\s", written, maxsplit=1)
    if len(listed) < 2:
        return Lead((written,), as_written=written, source="cell"), []
    bodies = [
        re.sub(r"^(?:and|&)\s+", "", said(one), flags=re.IGNORECASE)
        for one in re.split(r"[,;/]", listed[1])
    ]
    bodies = [one.strip(" .()") for one in bodies if one.strip(" .()")]
    found = [(names.find(one), one) for one in bodies]
    agencies = tuple(spoken.name if spoken else one for spoken, one in found)
    return Lead(agencies, as_written=written, source="cell"), [
        one for spoken, one in found if not spoken
    ]


# --- Taking the cell apart --------------------------------------------------------------------


def _pieces(text, names):
    """The parts of a cell, cut at its separators but never inside a name that is known."""
    text = BROKEN_HYPHEN.sub("-", text)
    text = "\n".join(said(line) for line in text.split("\n") if said(line))
    held = _known_spans(text, names)
    pieces, start, before = [], 0, ""
    for match in SEPARATOR.finditer(text):
        if any(left < match.end() and match.start() < right for left, right in held):
            continue
        if not _divides(text, start, match, held, names):
            continue
        if said(text[start : match.start()]):
            pieces.append(_Piece("", said(text[start : match.start()]), before=before))
        start, before = match.end(), match[0]
    if said(text[start:]):
        pieces.append(_Piece("", said(text[start:]), before=before))
    return pieces


def _known_spans(text, names):
    """Where known names of several words stand, so that "Housing and Support" stays whole."""
    words = [(match.start(), match.end()) for match in re.finditer(r"[^\s,;/()|]+", text)]
    spans = []
    for size in range(min(names.longest + 2, len(words)), 0, -1):
        for position in range(len(words) - size + 1):
            start, end = words[position][0], words[position + size - 1][1]
            if any(left < end and start < right for left, right in spans):
                continue
            plain = _key(text[start:end])
            if plain in names.by_key and (size > 1 or names.by_key[plain].strong):
                spans.append((start, end))
    return spans


def _divides(text, start, match, held, names):
    """Whether "and", "&" or a dash stands between two leads, or inside one office or name."""
    sign = match[0].strip()
    if sign not in {"and", "&", "+", "with", "-", "–", "—"}:
        return True
    left = said(re.split(r"[;\n/,]", text[start : match.start()])[-1])
    right = said(re.split(r"[;\n/,]|\s(?:and|&)\s", text[match.end() :])[0])
    if sign in {"-", "–", "—"}:
        return not _is_department(left, right, names)
    lone = [
        len(side.split()) == 1 and not names.find(side) and not _is_unknown_acronym(side)
        for side in (left, right)
    ]
    if any(lone) and not all(lone):
        return False
    return (_is_lead(left, names) and _is_lead(right, names)) and not _is_one_office(left, right)


def _is_department(left, right, names):
    """ "Westshire County Council – Children's Services" is one body."""
    other = names.find(right) or _has_office(right) or _looks_like_person(right)
    return not other and (_is_body(left) or names.find(left) is not None)


def _is_lead(text, names):
    return bool(
        names.find(text)
        or _looks_like_person(text)
        or _is_unknown_acronym(text)
        or (
            _is_body(text)
            and (
                len(text.split()) > 1
                or text.casefold() in {"police", "probation", "housing", "health"}
            )
        )
        or _office_at_end(text)
    )


def _is_one_office(left, right):
    """ "Head of Nursing and Quality" is one; so is the Police and Crime Commissioner."""
    if re.match(r"crime\b|wellbeing\b|well-being\b", right, re.IGNORECASE):
        return True
    return (
        _office_at_end(right)
        and len(left.split()) == 1
        and not _office_at_end(left)
        and not _is_body(left)
    )


# --- What each part is ------------------------------------------------------------------------


def _classified(piece, names, kind, banner):
    text = piece.text.strip(" .,:;-–")
    spoken = names.find(text)
    if spoken and (spoken.strong or (banner is None and kind != "officer")):
        return _Piece("body", text, [spoken.name], piece.before)
    inside = _names_inside(text, names)
    if inside and not spoken:
        return _with_bodies(text, inside, names, piece.before)
    if (
        _looks_like_person(text)
        and not _is_body(text)
        and (kind != "agency" or _person_for_sure(text))
    ):
        return _Piece("person", text, before=piece.before)
    person, rest = _person_first(text, names)
    if person:
        return _Piece("person+office", f"{person}\x00{rest}", before=piece.before)
    if _has_office(text):
        return _office_with_unknown_body(text, piece.before)
    if _is_body(text) or _is_unknown_acronym(text):
        own = kind != "officer" or not _is_task(text)
        return _Piece(
            "unknown body" if own and not (banner and _is_task(text)) else "office",
            text,
            before=piece.before,
        )
    if _is_task(text):
        return _Piece(
            "unknown body" if kind == "agency" and banner is None else "office",
            text,
            before=piece.before,
        )
    return _Piece(
        "person" if kind == "officer" and _capitalised(text) else "unknown",
        text,
        before=piece.before,
    )


def _names_inside(text, names):
    """Known names at the start or end of a text: [(start, end, Spoken)]."""
    words = list(re.finditer(r"\S+", text))
    found = []
    for size in range(len(words) - 1, 0, -1):
        head = text[: words[size - 1].end()]
        tail = text[words[-size].start() :]
        spoken = names.find(head.strip(",:-–"))
        if spoken and spoken.strong and not any(one[0] == 0 for one in found):
            found.append((0, len(head), spoken))
        spoken = names.find(tail.strip(",:-–"))
        if spoken and spoken.strong and not any(one[1] == len(text) for one in found):
            found.append((words[-size].start(), len(text), spoken))
    found += _names_between(text, words, names, found)
    return sorted(set((s, e, id(n)) for s, e, n in found) and found, key=lambda one: one[0])


def _names_between(text, words, names, found):
    """A name in the middle counts where a person's name stands before it."""
    if found and found[0][0] == 0:
        return []
    between = []
    for position in range(2, min(4, len(words))):
        if not _looks_like_person(text[: words[position - 1].end()]):
            continue
        for size in range(min(names.longest, len(words) - position - 1), 0, -1):
            start, end = words[position].start(), words[position + size - 1].end()
            spoken = names.find(text[start:end])
            if (
                spoken
                and spoken.strong
                and not any(one[0] < end and start < one[1] for one in found)
            ):
                return [(start, end, spoken)]
    return between


def _with_bodies(text, inside, names, before):
    """A body with an office or a name beside it.

    A body at the end is the employer, and what stands before it is the whole title: "Jo Bloggs CSP
    Coordinator Westshire Council" leads for both and is the "CSP Coordinator".
    """
    agencies = list(dict.fromkeys(spoken.name for _, _, spoken in inside))
    if not any(spoken.known for _, _, spoken in inside) and re.search(r"\s[-–—]\s", text):
        return _Piece("unknown body", text, before=before)
    at_start = [one for one in inside if one[0] == 0]
    at_end = [one for one in inside if one[1] == len(text) and one[0] > 0]
    rest = text
    if at_end:
        left = text[: at_end[0][0]].rstrip(" ,-–:(")
        last = left.split()[-1].casefold() if left.split() else ""
        if last in PREPOSITIONS - {"for", "at", "from", "within"} or (
            last in PREPOSITIONS and _weak(at_end[0])
        ):
            return _Piece("office of body", text, agencies, before)
        rest = re.sub(r"\s+(?:for|at|from|within)$", "", left)
        if at_start:
            return _Piece("body+office", rest, agencies, before)
    elif at_start:
        rest = text[at_start[0][1] :].lstrip(" ,-–:)")
        rest = re.sub(r"^['’]s?\s+", "", rest)
    person, office = _person_first(rest, names)
    words = office.split()
    if len(words) > 2 and _is_unknown_acronym(words[-1]) and _bare(words[-2]) in OFFICE_WORDS:
        agencies.append(words[-1])
        office = " ".join(words[:-1])
    if person:
        return _Piece("body+person+office", f"{person}\x00{office}", agencies, before)
    rest = office
    if _looks_like_person(rest) and not _is_body(rest) and not _is_task(rest):
        qualifier = len(rest.split()) < 2
        return _Piece(
            "body" if qualifier else "body+person+office", rest + "\x00", agencies, before
        )
    if all(word.casefold() in EMPTY_BODY_WORDS for word in re.findall(r"\w+", rest)):
        return _Piece("body", text, agencies, before)
    if not (_has_office(rest) or _is_task(rest) or _is_body(rest)):
        return _Piece("body", text, agencies, before)
    return _Piece("body+office", rest, agencies, before)


def _weak(one):
    return len(one[2].name.split()) > 1 and one[1] - one[0] <= 5


def _office_with_unknown_body(text, before):
    """ "NWP Head of Safeguarding": initials nobody explained, in front of an office, are a body."""
    words = text.split()
    if len(words) > 1 and _is_unknown_acronym(words[0]):
        return _Piece("unknown body+office", f"{words[0]}\x00{' '.join(words[1:])}", before=before)
    if (
        len(words) > 2
        and _is_unknown_acronym(words[-1])
        and words[-2].casefold() not in PREPOSITIONS
    ):
        return _Piece(
            "unknown body+office", f"{words[-1]}\x00{' '.join(words[:-1])}", before=before
        )
    return _Piece("office", text, before=before)


def _person_first(text, names):
    """("Jo Bloggs", "CSP Coordinator") of a name with an office behind it, or ("", text)."""
    words = text.split()
    start = 1 if words and _bare(words[0]) in TITLES else 0
    for size in (3, 2):
        name, rest = words[start : start + size], words[start + size :]
        if len(name) < size or not rest:
            continue
        if all(_could_be_name(word) for word in name) and (
            _has_office(" ".join(rest)) or ACRONYM.match(rest[0])
        ):
            if not names.find(" ".join(name)):
                return " ".join(words[: start + size]), " ".join(rest)
    return "", text


def _bare(word):
    return re.sub(r"[^\w/&'-]", "", word).casefold()


def _could_be_name(word):
    plain = _bare(word)
    return bool(NAME_WORD.match(word.strip(",.") if len(word) > 2 else word)) and not (
        plain in OFFICE_WORDS or plain in BODY_WORDS or plain in TASK_WORDS
    )


def _looks_like_person(text):
    words = text.split()
    titled = bool(words) and _bare(words[0]) in TITLES
    rest = words[1:] if titled else words
    if titled and 1 <= len(rest) <= 3:
        return all(re.match(r"^[A-Za-z][\w'’.-]+$", word) for word in rest) and not any(
            _bare(word) in OFFICE_WORDS | BODY_WORDS for word in rest
        )
    return 2 <= len(words) <= 4 and all(_could_be_name(word) for word in words)


def _person_for_sure(text):
    words = text.split()
    return _bare(words[0]) in TITLES or (
        2 <= len(words) <= 3 and words[0].casefold() in GIVEN_NAMES
    )


def _has_office(text):
    return any(_bare(word) in OFFICE_WORDS for word in re.split(r"[\s/]+", text))


def _office_at_end(text):
    words = re.split(r"[\s/]+", text.strip())
    return bool(words) and (
        _bare(words[-1]) in OFFICE_WORDS or _bare(words[0]) in {"head", "director", "lead", "chief"}
    )


def _is_task(text):
    words = [_bare(word) for word in re.split(r"[\s/]+", text) if _bare(word)]
    return bool(words) and all(
        word in TASK_WORDS
        or word in OFFICE_WORDS
        or word in EMPTY_BODY_WORDS
        or word.upper() in COMMON_CAPITALS
        for word in words
    )


def _is_body(text):
    """Whether a text ends, or begins, as the name of a body does."""
    words = [_bare(word) for word in re.findall(r"[\w&'’/.-]+", text)]
    if not words or words[-1] in OFFICE_WORDS:
        return False
    return words[-1] in BODY_WORDS or any(
        word in BODY_WORDS - {"care", "health", "housing", "practice", "partners"} for word in words
    )


def _is_unknown_acronym(text):
    """Initials of a body nobody explained: "RMBC", "RDaSH", and no rank, task or word in capitals."""
    capitals = sum(letter.isupper() for letter in text)
    common = COMMON_CAPITALS | {
        word.upper() for word in TASK_WORDS | OFFICE_WORDS | BODY_WORDS if len(word) > 3
    }
    return (
        bool(ACRONYM.match(text))
        and text.upper() not in common
        and capitals * 2 >= len(text)
        and (len(text) <= 6 or capitals < len(text))
    )


def _capitalised(text):
    return all(word[:1].isupper() for word in text.split())


# --- Putting it together ----------------------------------------------------------------------


def _assembled(pieces, written):
    agencies, offices, people, unknown = [], [], [], []
    for piece in pieces:
        head, _, tail = piece.text.partition("\x00")
        agencies += [name for name in piece.agencies if name not in agencies]
        if piece.kind in {"unknown body", "unknown"}:
            agencies.append(head)
            unknown.append(head)
        elif piece.kind == "unknown body+office":
            agencies.append(head)
            unknown.append(head)
            offices.append((piece.before, tail))
        elif "person" in piece.kind:
            people.append(_tidy_person(head))
            if tail:
                offices.append((piece.before, tail))
        elif "office" in piece.kind:
            offices.append((piece.before, piece.text))
    role = ""
    for sign, office in offices:
        role = f"{role}{_between(sign)}{office}" if role else office
    source = "cell" if agencies else ""
    return Lead(tuple(agencies), role or None, tuple(people), written, source), unknown


def _between(sign):
    plain = sign.strip()
    return {"/": "/", ",": ", ", "and": " and ", "&": " & ", "-": " - ", "–": " – "}.get(
        plain, ", "
    )


def _tidy_person(text):
    return said(BROKEN_HYPHEN.sub("-", text)).strip(" .,")


def one_spelling(people_of_rows):
    """The same person with and without a hyphen is one: {as found: as written best}."""
    seen = {}
    for person in itertools.chain.from_iterable(people_of_rows):
        seen.setdefault(re.sub(r"[\s-]+", "", person).casefold(), []).append(person)
    best = {}
    for spellings in seen.values():
        chosen = max(spellings, key=lambda one: (spellings.count(one), "-" in one))
        hyphened = [one for one in spellings if "-" in one]
        chosen = max(hyphened, key=hyphened.count) if hyphened else chosen
        best.update(dict.fromkeys(spellings, chosen))
    return best


# --- Banners ----------------------------------------------------------------------------------


def body_of_heading(text, names):
    """The body a banner, heading or sheet name speaks for, or None when it names a theme."""
    plain = said(text).strip(" :.-–")
    spoken = names.find(plain)
    if spoken:
        return plain if spoken.strong else None
    bare = BEFORE_BODY.sub("", AFTER_BODY.sub("", plain)).strip(" :.-–")
    if not bare or THEMES.match(bare) or THEMES.match(plain):
        return None
    if names.find(bare):
        return bare
    words = bare.split()
    if len(words) > 14 or re.search(r"[?!]", bare):
        return None
    shaped = _is_body(bare) or bare.isupper() or _is_unknown_acronym(bare)
    return bare if shaped or (len(words) <= 5 and _is_a_name(bare)) else None


def learn_bodies(banner, names):
    """The bodies of a banner, each by itself: "Northshire Care Group and Local Area Team" are two."""
    lead, unknown = read_lead(banner, names, kind="agency")
    for body in unknown or lead.agencies:
        if not EVERYBODY.match(body):
            names.learn(body)
    if len(lead.agencies) <= 1 and not EVERYBODY.match(banner):
        names.learn(banner)


def bodies_in_sentence(text):
    """Bodies a sentence names: "The DHR Panel recommends that the Safer Westshire Partnership:"."""
    found = re.findall(r"(?:[A-Z][\w'’&-]*\s+(?:(?:of|and|for|the|&)\s+)*)+[A-Z][\w'’&-]*", text)
    return [one for one in (re.sub(r"^The\s+", "", said(one)) for one in found) if _is_body(one)]
