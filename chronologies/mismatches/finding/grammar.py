"""One sentence as clauses: who did what to whom, whether it happened, and whether it was promised.

Not a grammar of English. A clause is a verb of the vocabulary with the mentions before it (its
subjects, where no preposition leads them) and after it, up to the next verb.
"""

from dataclasses import dataclass, field

from chronologies.mismatches.finding.tokens import phrase
from chronologies.mismatches.finding.vocabulary import (
    AFTER_UNREAL,
    ASK,
    AUXILIARIES,
    BLANKS,
    BREAKS,
    CARRY,
    CONDITIONS,
    DOINGS,
    MAKES_DO,
    NEGATIONS,
    PHRASES,
    PREPOSITIONS,
    PROMISES,
    REFER,
    TAKE,
    TELL,
    UNREAL,
    VERBS,
)

MENTIONS = frozenset({"body", "role", "person"})
_PASSIVE = frozenset(["was", "were", "been", "being", "be", "is", "are"])
_ADVERBS = frozenset(
    ["also", "then", "later", "not", "again", "subsequently", "initially", "therefore", "fully"]
)
_REACH_OF_NOT = 5
_REACH_OF_UNREAL = 8
DOING_WORDS = frozenset(DOINGS.split()) | frozenset(word + "s" for word in DOINGS.split())


def add_vocabulary(lexicon):
    for act, forms in VERBS.items():
        for word in forms.split():
            lexicon.add((word,), ("verb", act))
    for text, act in PHRASES.items():
        lexicon.add(phrase(text), ("verb", act))
    for kind, texts in (
        ("not", NEGATIONS),
        ("unreal", UNREAL),
        ("after", AFTER_UNREAL),
        ("promise", PROMISES),
        ("if", CONDITIONS),
    ):
        for text in texts:
            lexicon.add(phrase(text), (kind, text))
    for text in AFTER_UNREAL:
        first = text.split()[0]
        if first in {"should", "could", "may", "might"}:
            lexicon.add(phrase(text), ("unreal", text))
        elif first == "would" and text == "would be":
            lexicon.add(phrase(text), ("promise", text))


@dataclass(slots=True)
class Mention:
    kind: str
    value: object
    start: int
    end: int
    lead: str = ""  # the preposition before it
    owner: str | None = None  # "MA 1's GP"
    follows: bool = False  # stands in a list behind another


@dataclass(slots=True)
class Clause:
    act: str
    word: str
    start: int
    end: int
    subjects: list = field(default_factory=list)
    objects: list = field(default_factory=list)
    is_passive: bool = False
    is_real: bool = True
    is_promise: bool = False
    is_conditional: bool = False
    is_inherited: bool = False  # its subject is the clause's before
    asks: int | None = None  # where what the other is to do begins
    is_pronoun: bool = False  # its subject is only "he" or "she"
    tells_person: bool = False  # "told her", "contacted MA 1"


def clauses_of(written, words, hits):
    """The clauses of a sentence; mentions before any verb go with the first."""
    mentions, verbs, marks = _sorted_out(written, words, hits)
    if not verbs:
        return [], mentions, marks
    clauses = []
    for number, (start, end, act) in enumerate(verbs):
        before = verbs[number - 1][1] if number else 0
        after = verbs[number + 1][0] if number + 1 < len(verbs) else len(words)
        clause = Clause(act, words[start], start, end)
        zone = [m for m in mentions if before <= m.start < start]
        clause.subjects = (
            [] if clauses and _is_joined(words, before, start) else _subjects(zone, words, start)
        )
        if not clause.subjects and clauses and not _is_new_start(words, before, start):
            clause.subjects = clauses[-1].subjects
            clause.is_inherited = True
        clause.objects = [m for m in mentions if end <= m.start < after]
        if act == "referral":
            _move_destination(clause)
        clause.is_pronoun = not zone and bool(_HE_OR_SHE & set(words[before:start]))
        clause.tells_person = words[end : end + 1] in (["her"], ["him"], ["them"]) or any(
            m.kind == "person" and not m.lead for m in clause.objects
        )
        clause.asks = _infinitive(words, clause, after)
        if clause.asks is not None:
            clause.objects = [m for m in clause.objects if m.start < clause.asks]
        clause.is_passive = _is_passive(words, clause)
        _weigh(clause, words, marks, before, after)
        clauses.append(clause)
    return clauses, mentions, marks


def _sorted_out(written, words, hits):
    mentions, verbs, marks = [], [], []
    for start, end, labels in hits:
        for kind, value in labels:
            if kind in MENTIONS:
                if not is_proper(kind, written, start, end):
                    continue
                _add_mention(mentions, Mention(kind, value, start, end), written, words)
            elif kind == "verb":
                verbs.append((start, end, value))
            else:
                marks.append((start, end, kind))
    return mentions, verbs, marks


def is_proper(kind, written, start, end):
    """A name of one word has its capital; a code of two or three letters has only capitals."""
    word = written[start]
    if end - start > 1 or kind == "person":
        return True
    if len(word) <= 3 and word.lower() not in {"gp", "gps", "a&e"}:
        return word.upper() == word
    return kind == "role" or word[0].isupper()


def _add_mention(mentions, mention, written, words):
    last = mentions[-1] if mentions else None
    gap = _gap(words, last.end, mention.start) if last else None
    if (
        last
        and last.kind == "person"
        and mention.kind != "person"
        and _owns(written, last, mention)
    ):
        mention.owner = last.value
        mention.lead = last.lead
    if last and gap == [] and last.kind == "body" and _is_same(last, mention):
        last.end = mention.end  # "the SYP officer": one mention
        return
    if last and last.kind == "body" and gap in (["["], ["("]) and mention.kind != "person":
        last.end = mention.end + 1
        return
    if last and last.kind == "role" and mention.kind == "body" and _is_whose(gap):
        last.kind, last.value, last.end = "body", mention.value, mention.end
        return
    mention.lead = mention.lead or _lead(words, mention.start)
    if last and gap is not None and _is_list(gap):
        mention.follows = True
        mention.lead = mention.lead if mention.lead not in {"", "and"} else last.lead
    elif mention.lead == "and":
        mention.lead = ""
    mentions.append(mention)


def _is_whose(gap):
    """ "A housing officer from X": one mention."""
    return bool(gap) and len(gap) <= 5 and gap[-1] in _OF and not {"to", "and", ","} & set(gap)


_OF = frozenset({"from", "of", "at", "in"})


def _is_same(body, mention):
    return mention.kind == "role" or (mention.kind == "body" and mention.value == body.value)


def _gap(words, start, end):
    return [word for word in words[start:end] if word not in BLANKS]


def _owns(written, person, mention):
    return written[person.end - 1].endswith(("'s", "s'")) and mention.start - person.end <= 2


def _is_list(gap):
    return (bool(gap) and len(gap) <= 4 and all(word in _JOINTS for word in gap)) or (
        bool(gap) and gap[-1] in {"and", ","} and len(gap) <= 3 and not set(gap) & _NO_LIST
    )  # fmt: skip


_JOINTS = frozenset({"and", ",", "]", "[", ")", "(", "worker", "workers", "or"})
_NO_LIST = PREPOSITIONS - {"and"} | BREAKS | AUXILIARIES | frozenset({"that", "who"})


def _lead(words, at):
    """The preposition that leads to a mention, over "the", "his" and one or two describing words."""
    plain_words = 0
    while at > 0:
        at -= 1
        word = words[at]
        if word in PREPOSITIONS:
            return "" if plain_words and word == "to" else word
        if word in BLANKS or word in {":", '"'}:
            continue
        plain_words += 1
        if plain_words > 1 or word in AUXILIARIES or word in BREAKS or word in _STOPS:
            return ""
    return ""


_STOPS = frozenset({",", "]", ")", "[", "(", "that", "who", "whom", "when", "where", "as", "whose"})


def _subjects(zone, words, verb):
    """Those that no preposition leads, the last group of them; or whoever "who" points back to."""
    if not zone:
        return []
    last = zone[-1]
    if _gap(words, last.end, verb)[:1] == ["who"]:
        return [last]
    free = [m for m in zone if not m.lead or m.lead == "about"]
    group = []
    for mention in reversed(free):
        if group and not (group[-1].follows and mention.end <= group[-1].start):
            break
        group.append(mention)
        if not mention.follows:
            break
    return group[::-1]


_HE_OR_SHE = frozenset({"he", "she"})


def _move_destination(clause):
    """ "made an adult safeguarding referral": whoever stands before the word is where it goes."""
    if any(m.lead == "to" for m in clause.objects) or not clause.subjects:
        return
    if clause.subjects[-1].end == clause.start and clause.subjects[-1].kind != "person":
        last = clause.subjects.pop()
        last.lead = "to"
        clause.objects.insert(0, last)


def _infinitive(words, clause, after):
    """Where "asked them to complete", "suggested that she calls" says what is to be done."""
    if clause.word not in MAKES_DO:
        return None
    for at in range(clause.end, min(after, len(words) - 1)):
        if words[at] in {"to", "that"}:
            for doing in range(at + 1, min(at + 5, len(words))):
                if words[doing] in DOING_WORDS:
                    return doing
    return None


def _is_joined(words, before, start):
    """ "X told Y and left": the second verb has the first one's subject."""
    at = start - 1
    while at > before and (words[at] in AUXILIARIES or words[at] in _ADVERBS):
        at -= 1
    return at >= before and words[at] in {"and", "but"}


def _is_new_start(words, before, start):
    return any(word in {":"} for word in words[before:start])


def _is_passive(words, clause):
    if clause.word.endswith("ing"):
        return False
    at = clause.start - 1
    while at >= 0 and words[at] in _ADVERBS:
        at -= 1
    if at >= 0 and words[at] in _PASSIVE:
        return True
    return bool(
        clause.objects
        and clause.objects[0].lead == "by"
        and clause.act in {REFER, TELL, ASK, CARRY}
    )


def _weigh(clause, words, marks, before, after):
    """Whether it happened, was only thought of, or was promised, by the words around."""
    for start, end, kind in marks:
        gap = words[end : clause.start] if end <= clause.start else None
        if gap is not None and start >= before - 1:
            broken = bool(set(gap) & BREAKS)
            if (kind == "not" and len(gap) <= _REACH_OF_NOT and not broken) or (
                kind == "unreal" and len(gap) <= _REACH_OF_UNREAL and not broken
            ):
                clause.is_real = False
            elif kind == "promise" and len(gap) <= 2 and not broken:
                clause.is_promise = True
        elif clause.end <= start < after:
            if kind == "after" and clause.act == "referral" and start - clause.end <= 6:
                clause.is_real = False
            elif kind == "not" and clause.act in {"referral", TAKE} and start - clause.end <= 4:
                clause.is_real = (
                    clause.is_real and clause.end - clause.start < 2 and clause.act == TAKE
                )
        if kind == "if":
            clause.is_conditional = clause.is_conditional or start >= clause.end or start < 2
