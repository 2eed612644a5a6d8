"""Reads an entry for what might be marked on it. Suggestions only: a person decides on each.

The rules are few and open, and their words are data (`vocabulary`). What is found says by which
words it was found, so that whoever decides need not look for them.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache

from chronologies.marking.models import Mark
from chronologies.marking.suggesting import vocabulary as v

NOBODY = r"(?!)"
MOST_CONTACTS = 3
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_DENIED = re.compile(v.DENIED, re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A mark that the words of an entry suggest."""

    kind: str
    words: tuple[str, ...]  # as written, that led to it
    said: dict = field(default_factory=dict, hash=False)  # as services.set_mark takes it

    @property
    def digest(self):
        """The same while the words are: what an agency is called by now is no part of it."""
        plain = {name: value for name, value in self.said.items() if isinstance(value, str)}
        told = [
            str(self.kind),
            plain,
            sorted(" ".join(words.split()).casefold() for words in self.words),
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def reads(self):
        """As the mark would read."""
        said = {name: value for name, value in self.said.items() if name != "note"}
        reads = Mark(kind=self.kind, **said).words
        note = self.said.get("note")
        return f"{reads}: {note}" if note else reads


class Reader:
    """The rules for one review: `bodies` is {participation: its names}, `persons` its people."""

    def __init__(self, bodies, persons):
        self.bodies, self.persons = bodies, {person.pseudonym: person for person in persons}
        self.whose, names = self._names()
        self.body = "(?P<body>" + ("|".join(names) or NOBODY) + ")"
        person = "|".join(re.escape(name) for name in _longest_first(self.persons)) or NOBODY
        self.person = f"(?:{person})"
        self.mentions = re.compile(rf"\b{self.person}\b")
        self.contact = [
            (direction, [self._compiled(pattern) for pattern in patterns])
            for direction, patterns in v.CONTACT
        ]
        self.seen = [
            (value, [self._compiled(pattern) for pattern in patterns]) for value, patterns in v.SEEN
        ]
        self.keys = {
            what: self._compiled("|".join(patterns)) for what, patterns in v.KEY_EVENTS.items()
        }
        self.any_body = re.compile(rf"\b{self.body}\b", re.IGNORECASE)

    def _names(self):
        """({name in small letters: participation}, patterns of all names, the longest first)."""
        whose, patterns = {}, {}
        kinds = {}
        for part, names in self.bodies.items():
            kinds.setdefault(part.agency.kind, []).append(part)
            for name in names:
                whose.setdefault(name.casefold(), part)
                patterns[name] = _spaced(re.escape(name).replace("\\ ", " "))
        self.kinds = {
            pattern: kinds[kind][0] if len(kinds.get(kind, ())) == 1 else None
            for kind, words in v.BODIES.items()
            for pattern in words
        }
        ordered = [patterns[name] for name in _longest_first(patterns)]
        return whose, [*ordered, *(_spaced(one) for one in _longest_first(self.kinds))]

    def _compiled(self, pattern):
        pattern = _spaced(pattern).replace("{body}", self.body).replace("{person}", self.person)
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)

    # --- an entry -------------------------------------------------------------------------------

    def suggestions(self, entry):
        """What the entry's words suggest, in the order of the kinds of mark."""
        sentences = [
            sentence
            for text in (entry.text, entry.action, entry.comment)
            for sentence in _SENTENCES.split(text)
            if sentence
        ]
        return [
            *self._key(sentences),
            *_plainly(Mark.Kind.MISSED, v.MISSED, sentences),
            *_plainly(Mark.Kind.GOOD, v.GOOD, sentences),
            *_plainly(Mark.Kind.POLICY, v.POLICY, sentences, denied=False),
            *self._risk(entry, sentences),
            *self._seen(entry, sentences),
            *self._contacts(entry, sentences),
        ]

    def _key(self, sentences):
        found = {}
        for sentence in sentences:
            for what, pattern in self.keys.items():
                if what not in found and (words := _not_denied(pattern, sentence)):
                    found[what] = words
        if found:
            note = ", ".join(found)
            yield Suggestion(
                Mark.Kind.KEY, tuple(found.values()), {"note": note[0].upper() + note[1:]}
            )

    def _risk(self, entry, sentences):
        for sentence in sentences:
            tool, named = _tool(sentence)
            if named and _not_done(named, sentence):
                continue
            grade, graded = _grade(sentence)
            score = _score(sentence) if tool or grade else ""
            if not (grade or (tool and score)):
                continue
            said = {"tool": tool, "score": score, "grade": grade}
            said |= self._assessor(entry, sentence) | self._whose(entry, sentence)
            words = tuple(filter(None, dict.fromkeys([named, score, graded])))
            yield Suggestion(Mark.Kind.RISK, words, {k: w for k, w in said.items() if w})
            return

    def _assessor(self, entry, sentence):
        by = re.search(r"\bby (?:the |an? )?", sentence, re.IGNORECASE)
        while by:
            rest = sentence[by.end() :]
            if body := self.any_body.match(rest):
                part = self._part(body["body"])
                if part is None or part.pk != entry.participation_id:
                    return {"counterpart": part} if part else {"counterpart_name": body["body"]}
            if who := re.match(rf"(?:{v.ASSESSORS})\b", rest, re.IGNORECASE):
                return {"counterpart_name": who.group()}
            by = re.compile(r"\bby (?:the |an? )?", re.IGNORECASE).search(sentence, by.end())
        return {}

    def _seen(self, entry, sentences):
        for value, patterns in self.seen:
            for sentence in sentences:
                for pattern in patterns:
                    match = pattern.search(sentence)
                    denied = match and _DENIED.search(sentence[: match.start()])
                    if match and not (denied and value != "not_seen"):
                        said = {"seen": value} | self._whose(entry, match.group())
                        if "person" not in said:
                            said |= self._whose(entry, sentence)
                        yield Suggestion(Mark.Kind.SEEN, (match.group(),), said)
                        return

    def _whose(self, entry, words):
        """The one whom the words name, or the one whom the entry is about."""
        named = {name.group() for name in self.mentions.finditer(words)} or set(entry.persons)
        known = [self.persons[name] for name in named if name in self.persons]
        return {"person": known[0]} if len(known) == 1 else {}

    def _contacts(self, entry, sentences):
        found = {}
        for sentence in sentences:
            if not self.any_body.search(sentence):
                continue
            for direction, patterns in self.contact:
                for match in (m for pattern in patterns for m in pattern.finditer(sentence)):
                    part, written = self._part(match["body"]), match["body"]
                    if part is not None and part.pk == entry.participation_id:
                        continue
                    if self._is_somebody_elses(sentence[: match.start()], match.group()):
                        continue
                    if part is None and self._is_own_kind(entry, written):
                        continue
                    with_whom = {"counterpart": part} if part else {"counterpart_name": written}
                    who = part.pk if part else written.casefold()
                    found.setdefault(
                        who,
                        Suggestion(
                            Mark.Kind.CONTACT,
                            (match.group(),),
                            {"direction": direction} | with_whom,
                        ),
                    )
        yield from list(found.values())[:MOST_CONTACTS]

    def _is_somebody_elses(self, before, words):
        """ "She contacted the police" is no contact of the agency; nor is "did not contact"."""
        if _DENIED.search(before):
            return True
        first = words.split(maxsplit=1)[0].casefold()
        if first not in _DONE_BY_SOMEBODY:
            return False
        last = before.split()[-3:]
        return bool({word.strip(",").casefold() for word in last} & v.NOT_THE_AGENCY) or bool(
            self.mentions.search(" ".join(last))
        )

    def _is_own_kind(self, entry, written):
        kind = entry.participation.agency.kind if entry.participation else ""
        return any(
            re.fullmatch(pattern, written, re.IGNORECASE) for pattern in v.BODIES.get(kind, ())
        )

    def _part(self, written):
        """Whose name it is; None for a body that takes no part, or that could be several."""
        plain = " ".join(written.split())
        if part := self.whose.get(plain.casefold()):
            return part
        for pattern, part in self.kinds.items():
            if re.fullmatch(pattern, plain, re.IGNORECASE):
                return part
        return None


_DONE_BY_SOMEBODY = frozenset(
    [
        "informed",
        "notified",
        "contacted",
        "alerted",
        "e-mailed",
        "emailed",
        "wrote",
        "liaised",
        "call",
        "called",
        "report",
        "reported",
        "attended",
        "visited",
    ]
)


def _longest_first(names):
    return sorted(names, key=lambda name: (-len(name), name))


def _spaced(pattern):
    return re.sub(r" (?![?*{+])", r"\\s+", pattern)


@lru_cache(maxsize=256)
def _whole(pattern, flags=re.IGNORECASE):
    return re.compile(rf"(?<!\w)(?:{_spaced(pattern)})(?!\w)", flags)


def _not_denied(pattern, sentence):
    for match in pattern.finditer(sentence):
        if not _DENIED.search(sentence[: match.start()]):
            return match.group()
    return ""


def _plainly(kind, patterns, sentences, *, denied=True):
    for sentence in sentences:
        match = _whole("|".join(patterns)).search(sentence)
        if match and not (denied and _DENIED.search(sentence[: match.start()])):
            yield Suggestion(kind, (match.group(),))
            return


def _tool(sentence):
    """(what the tool is called, as it is written)."""
    for pattern, name in v.TOOLS.items():
        match = _whole(pattern).search(sentence)
        if match and (name not in v.IN_CAPITALS or match.group().split()[0].isupper()):
            return name, match.group()
    return "", ""


def _not_done(named, sentence):
    return any(
        _whole(pattern.replace("{tool}", re.escape(named))).search(sentence)
        for pattern in v.NOT_DONE
    )


def _grade(sentence):
    for words, grade in v.GRADES.items():
        for pattern in v.GRADED:
            match = _whole(pattern.replace("{grade}", f"(?:{words})")).search(sentence)
            if match and not _DENIED.search(sentence[: match.start()]):
                after = sentence[match.end() :].lstrip()
                if not re.match(v.OTHER_RISKS, after, re.IGNORECASE):
                    return grade, match.group()
    return "", ""


def _score(sentence):
    for pattern in v.SCORES:
        if match := re.search(_spaced(pattern), sentence, re.IGNORECASE):
            return " ".join(match["score"].split())
    return ""
