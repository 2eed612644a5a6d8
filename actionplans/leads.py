"""Who leads: telling bodies, offices and people apart in one cell.

"NVFT, Assistant Chief Nurse", "Housing & IDVA", "Jo Bloggs/Sam Sample", "Jo Bloggs CSP Coordinator
Westshire Council": the bodies become agencies, what is left is an office or somebody's name.
"""

import itertools
import re
from dataclasses import dataclass, field

from actionplans.bodies import ACRONYM, bare, is_body, is_unknown_acronym, name_key
from actionplans.plan import Lead
from actionplans.vocabulary import (
    BODY_WORDS,
    COMMON_CAPITALS,
    COUNCIL,
    EMPTY_BODY_WORDS,
    EVERYBODY,
    FORUMS,
    GIVEN_NAMES,
    LEADING,
    NOTHING,
    OFFICE_WORDS,
    PART_OF_A_BODY,
    PLACEHOLDER,
    RANKS,
    SUPPORTING,
    TASK_WORDS,
    TITLES,
)
from actionplans.wording import said

SEPARATOR = re.compile(
    r"\s*[;\n|•]\s*|\s*/\s*|,\s*|\s+[-–—]\s+|\s+(?:and|&|\+|with)\s+|\s*\(\s*|\s*\)\s*"
)
UNSURE_SEPARATORS = {"and", "&", "+", "with"}
DASHES = {"-", "–", "—"}
NAME_WORD = re.compile(
    r"^(?:[A-Z]\.?|(?:Mc|Mac|O['’]|D['’]|De|Le|La)?[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-[A-Za-zÀ-ÿ][a-zà-ÿ]+)*)$"
)
BROKEN_HYPHEN = re.compile(r"(?<=[a-z])-\s+(?=[A-Z][a-z])")
CRIME_COMMISSIONER = re.compile(r"\bpolice,? (?:and|&) crime\b", re.IGNORECASE)
REACHED_AT = re.compile(r"\S+@\S+|(?:tel|ext|phone)\.?:?\s*[\d ]{3,}|\b0\d[\d ]{8,}")
AND_FIRST = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
# "Head of Safeguarding for Westshire Police" works there; "Matron for A&E" is an office.
EMPLOYED = {"for", "at", "from", "within"}
PREPOSITIONS = EMPLOYED | {"of", "in", "to", "on", "and", "with", "the", "&"}
ALONE_A_BODY = {"police", "probation", "housing", "health"}


@dataclass
class Piece:
    """What stands between two separators of a lead cell."""

    agencies: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    person: str = ""
    office: str = ""


def read_lead(text, names, *, kind="lead", banner=None):
    """(Lead, bodies nobody has heard of) of a cell. `kind` is "lead", "agency" or "officer"."""
    written = " / ".join(said(line) for line in text.split("\n") if said(line))
    text = REACHED_AT.sub(" ", text)
    if written.casefold() in NOTHING:
        return Lead(), []
    if PLACEHOLDER.fullmatch(written.strip("() []")):
        return Lead(as_written=written), []
    if EVERYBODY.match(written):
        return _everybody(written, names)
    whole = names.find(written)
    if whole and (whole.strong or banner is None):
        return Lead((whole.name,), as_written=written, source="cell"), []
    pieces = [(before, _piece(part, names, kind, banner)) for before, part in _parts(text, names)]
    return _assembled(pieces, written)


def _everybody(written, names):
    """ "All agencies", or those it goes on to list."""
    listed = re.split(r"\b(?:including|namely|i\.e\.|ie)\b:?|:\s", written, maxsplit=1)
    if len(listed) < 2:
        return Lead((written,), as_written=written, source="cell"), []
    bodies = [AND_FIRST.sub("", said(one)).strip(" .()") for one in re.split(r"[,;/]", listed[1])]
    found = [(names.find(one), one) for one in bodies if one]
    agencies = tuple(spoken.name if spoken else one for spoken, one in found)
    unknown = [one for spoken, one in found if not spoken]
    return Lead(agencies, as_written=written, source="cell"), unknown


def learn_bodies(banner, names):
    """Each body of a banner by itself: "Northshire Care Group and Local Area Team" are two."""
    lead, unknown = read_lead(banner, names, kind="agency")
    for body in unknown or lead.agencies:
        if not EVERYBODY.match(body):
            names.learn(body)
    if len(lead.agencies) <= 1 and not EVERYBODY.match(banner):
        names.learn(banner)


# --- Taking the cell apart ------------------------------------------------------------------------


def _parts(text, names):
    """[(separator before, part)] of a cell, cut at separators but never inside a known name."""
    text = BROKEN_HYPHEN.sub("-", text)
    text = "\n".join(said(line) for line in text.split("\n") if said(line))
    held = _known_spans(text, names)
    parts, start, before = [], 0, ""
    for match in SEPARATOR.finditer(text):
        inside = any(left < match.end() and match.start() < right for left, right in held)
        if inside or not _divides(text, start, match, names):
            continue
        parts.append((before, said(text[start : match.start()])))
        start, before = match.end(), match[0]
    parts.append((before, said(text[start:])))
    cut = [(sign, LEADING.sub("", AND_FIRST.sub("", part))) for sign, part in parts]
    return [(sign, part) for sign, part in cut if part and not SUPPORTING.match(part)]


def _known_spans(text, names):
    """Where known names of several words stand, so that "Housing and Support" stays whole."""
    words = [(match.start(), match.end()) for match in re.finditer(r"[^\s,;/()|]+", text)]
    spans = []
    for size in range(min(names.longest + 2, len(words)), 0, -1):
        for position in range(len(words) - size + 1):
            start, end = words[position][0], words[position + size - 1][1]
            if any(left < end and start < right for left, right in spans):
                continue
            spoken = names.by_key.get(name_key(text[start:end]))
            if spoken and (size > 1 or spoken.strong):
                spans.append((start, end))
    return spans


def _divides(text, start, match, names):
    """Whether "and", "&" or a dash stands between two leads, or inside one office or name."""
    sign = match[0].strip()
    if sign not in UNSURE_SEPARATORS | DASHES:
        return True
    left = said(re.split(r"[;\n/,]", text[start : match.start()])[-1])
    right = said(re.split(r"[;\n/,]|\s(?:and|&)\s", text[match.end() :])[0])
    if sign in DASHES:
        return not _is_department(left, right, names)
    lone = [_is_lone_word(side, names) for side in (left, right)]
    if any(lone) and not all(lone):
        return False
    return _is_lead(left, names) and _is_lead(right, names) and not _is_one_office(left, right)


def _is_lone_word(text, names):
    return len(text.split()) == 1 and not names.find(text) and not is_unknown_acronym(text)


def _is_department(left, right, names):
    """Whether a dash joins: "Westshire County Council – Children's Services" is one body."""
    other = names.find(right) or _has_office(right) or _looks_like_person(right)
    return not other and (is_body(left) or names.find(left) is not None)


def _is_lead(text, names):
    several_words = len(text.split()) > 1 or text.casefold() in ALONE_A_BODY
    return bool(
        names.find(text)
        or _looks_like_person(text)
        or is_unknown_acronym(text)
        or (is_body(text) and several_words)
        or _is_office(text)
    )


def _is_one_office(left, right):
    """Whether two halves are one: "Head of Nursing and Quality", the Police and Crime Commissioner."""
    if re.match(r"crime\b|well-?being\b", right, re.IGNORECASE):
        return True
    return (
        _is_office(right) and len(left.split()) == 1 and not _is_office(left) and not is_body(left)
    )


# --- What each part is ------------------------------------------------------------------------------


def _piece(part, names, kind, banner):
    text = part.strip(" .,:;-–")
    spoken = names.find(text)
    if spoken and (spoken.strong or (banner is None and kind != "officer")):
        return Piece([spoken.name])
    if spoken and not spoken.strong and banner:
        return Piece(office=text)
    if not spoken and (inside := _names_inside(text, names)):
        return _with_bodies(text, inside, names)
    if (
        _looks_like_person(text)
        and not is_body(text)
        and (kind != "agency" or _is_surely_person(text))
    ):
        return Piece(person=text)
    person, office = _person_first(text, names)
    if person or _has_office(text):
        return _of_office(person, office)
    return _unknown(text, names, kind, banner)


def _unknown(text, names, kind, banner):
    """Words with no office, no person and no body that anybody knows."""
    if banner and name_key(banner).startswith(f"{name_key(text)} ") and len(text.split()) > 1:
        return Piece([names.find(banner).name if names.find(banner) else banner])
    task = _is_task(text)
    if task and banner and is_body(text) and not COUNCIL.search(banner):
        return Piece([text], [text])  # a department, and the banner is no council
    forum = text.upper() in FORUMS and kind != "officer" and not banner
    if (
        task
        and not forum
        and (kind == "officer" or banner or (kind != "agency" and not is_body(text)))
    ):
        return Piece(office=text)
    if kind == "officer" and re.fullmatch(r"[A-Z]{2}", text):
        return Piece(person=text)
    looks_named = all(word[:1].isupper() for word in text.split()) and len(text.split()) > 1
    if kind == "officer" and looks_named and not is_body(text) and not is_unknown_acronym(text):
        return Piece(person=text)
    return Piece([text], [text])


def _of_office(person, office):
    """An office, in front of it or behind it perhaps the initials of a body nobody explained."""
    office, body = _cut_unknown_body(office, at_start=not person)
    return Piece([body] if body else [], [body] if body else [], person, office)


def _cut_unknown_body(office, *, at_start):
    words = office.split()
    if len(words) > 2 and is_unknown_acronym(words[-1]) and bare(words[-2]) not in PREPOSITIONS:
        return " ".join(words[:-1]), words[-1]
    if at_start and len(words) > 1 and is_unknown_acronym(words[0]):
        return " ".join(words[1:]), words[0]
    return office, ""


@dataclass(frozen=True)
class Inside:
    start: int
    end: int
    spoken: object


def _names_inside(text, names):
    """Known names at the start and end of a text, and in the middle behind a person's name."""
    if CRIME_COMMISSIONER.search(text):
        return []
    words = list(re.finditer(r"\S+", text))
    first = last = None
    for size in range(len(words) - 1, 0, -1):
        head, start = text[: words[size - 1].end()], words[-size].start()
        first = first or _strong(names.find(head.strip(",:-–")), 0, len(head))
        last = last or _strong(names.find(text[start:].strip(",:-–")), start, len(text))
    if first and last and last.start < first.end:
        last = None
    middle = None if first else _name_behind_person(text, words, names, last)
    return [one for one in (first, middle, last) if one]


def _strong(spoken, start, end):
    usable = spoken and spoken.strong and not spoken.alone
    return Inside(start, end, spoken) if usable else None


def _name_behind_person(text, words, names, last):
    for position in range(2, min(4, len(words))):
        if not _looks_like_person(text[: words[position - 1].end()]):
            continue
        for size in range(min(names.longest, len(words) - position - 1), 0, -1):
            start, end = words[position].start(), words[position + size - 1].end()
            found = _strong(names.find(text[start:end]), start, end)
            if found and not (last and last.start < end):
                return found
    return None


def _with_bodies(text, inside, names):
    """A body with an office or a name beside it.

    A body at the end is the employer, and what stands before it is the whole title: "Jo Bloggs CSP
    Coordinator Westshire Council" leads for both and is the "CSP Coordinator".
    """
    agencies = list(dict.fromkeys(one.spoken.name for one in inside))
    if not any(one.spoken.known for one in inside) and re.search(r"\s[-–—]\s", text):
        return Piece([text], [text])
    first = inside[0] if inside[0].start == 0 else None
    last = inside[-1] if inside[-1].end == len(text) and inside[-1].start > 0 else None
    if last is None:
        return _beside_body(
            re.sub(r"^['’]s?\s+", "", text[inside[0].end :].lstrip(" ,-–:)")) if first else text,
            agencies,
            names,
        )
    before = text[: last.start].rstrip(" ,-–:(")
    joint = bare(before.split()[-1])
    if joint in PREPOSITIONS and (joint not in EMPLOYED or last.end - last.start <= 5):
        return Piece(agencies, office=text)
    title = re.sub(r"\s+(?:for|at|from|within)$", "", before)
    return Piece(agencies, office=title) if first else _beside_body(title, agencies, names)


def _beside_body(rest, agencies, names):
    person, office = _person_first(rest, names)
    office, body = (
        _cut_unknown_body(office, at_start=False) if _has_office(office) else (office, "")
    )
    unknown = [body] if body else []
    agencies = [*agencies, *unknown]
    if person:
        return Piece(agencies, unknown, person, office)
    if _looks_like_person(office) and not is_body(office) and not _is_task(office):
        return Piece(agencies, unknown, office)
    says_nothing = all(bare(word) in EMPTY_BODY_WORDS for word in re.findall(r"\w+", office))
    means_office = _has_office(office) or _is_task(office) or is_body(office)
    return Piece(agencies, unknown, office=office if means_office and not says_nothing else "")


def _person_first(text, names):
    """A name with an office behind it, as ("Jo Bloggs", "CSP Coordinator"); else ("", text)."""
    words = text.split()
    start = 1 if words and bare(words[0]) in TITLES else 0
    for size in (3, 2):
        name, rest = words[start : start + size], words[start + size :]
        is_name = len(name) == size and all(_could_be_name(word) for word in name)
        has_office = rest and (_has_office(" ".join(rest)) or ACRONYM.match(rest[0]))
        if is_name and has_office and not names.find(" ".join(name)):
            return " ".join(words[: start + size]), " ".join(rest)
    return "", text


def _could_be_name(word):
    stripped = word.strip(",.") if len(word) > 2 else word
    return (
        bool(NAME_WORD.match(stripped)) and bare(word) not in OFFICE_WORDS | BODY_WORDS | TASK_WORDS
    )


def _looks_like_person(text):
    words = text.split()
    if len(words) > 1 and bare(words[0]) in RANKS:
        rest = list(itertools.dropwhile(lambda word: bare(word) in RANKS, words))
        plain = all(re.match(r"^[A-Za-z][\w'’.-]+$", word) for word in rest)
        return (
            0 < len(rest) <= 3
            and plain
            and not any(bare(word) in OFFICE_WORDS | BODY_WORDS | TASK_WORDS for word in rest)
        )
    return 2 <= len(words) <= 4 and all(_could_be_name(word) for word in words)


def _is_surely_person(text):
    words = text.split()
    return bare(words[0]) in TITLES or (len(words) <= 3 and words[0].casefold() in GIVEN_NAMES)


def _words(text):
    return [bare(word) for word in re.split(r"[\s/]+", text) if bare(word)]


def _has_office(text):
    return any(word in OFFICE_WORDS for word in _words(text))


def _is_office(text):
    words = _words(text)
    return bool(words) and (
        words[-1] in OFFICE_WORDS or words[0] in {"head", "director", "lead", "chief"}
    )


def _is_task(text):
    """Whether a text says what somebody works on, as "Adult Safeguarding", and names nobody."""
    words = _words(text)
    return bool(words) and all(
        word in TASK_WORDS | OFFICE_WORDS | EMPTY_BODY_WORDS or word.upper() in COMMON_CAPITALS
        for word in words
    )


# --- Putting it together --------------------------------------------------------------------------

JOINTS = {"/": "/", "and": " and ", "&": " & ", "-": " - ", "–": " – "}


def _assembled(pieces, written):
    pieces = _with_teams(pieces)
    agencies = dict.fromkeys(name for _, piece in pieces for name in piece.agencies)
    unknown = dict.fromkeys(name for _, piece in pieces for name in piece.unknown)
    people = [said(piece.person).strip(" .,") for _, piece in pieces if piece.person]
    role = ""
    for sign, piece in pieces:
        if piece.office:
            role = f"{role}{JOINTS.get(sign.strip(), ', ')}{piece.office}" if role else piece.office
    source = "cell" if agencies else ""
    return Lead(tuple(agencies), role or None, tuple(people), written, source), list(unknown)


def _with_teams(pieces):
    """Of "Community Safety Team, Westshire Council" the council leads, and the team is where."""
    bodies = [piece for _, piece in pieces if piece.agencies and not _is_team(piece)]
    joined = any(sign.strip() in UNSURE_SEPARATORS | {"/"} for sign, _ in pieces)
    if not bodies or joined:
        return pieces
    return [
        (sign, Piece(office=piece.unknown[0]) if _is_team(piece) else piece)
        for sign, piece in pieces
    ]


def _is_team(piece):
    words = _words(piece.unknown[0]) if piece.unknown and not piece.office else []
    generic = all(word in TASK_WORDS | PART_OF_A_BODY for word in words)
    return len(words) > 1 and words[-1] in PART_OF_A_BODY and generic


def one_spelling(people_of_rows):
    """The same person with and without a hyphen is one: {as found: as it is written best}."""
    spellings = {}
    for person in itertools.chain.from_iterable(people_of_rows):
        spellings.setdefault(re.sub(r"[\s-]+", "", person).casefold(), []).append(person)
    best = {}
    for found in spellings.values():
        hyphened = [one for one in found if "-" in one] or found
        best.update(dict.fromkeys(found, max(hyphened, key=hyphened.count)))
    return best
