"""How somebody was killed, where they were found, by whom, with how many wounds, and what the coroner concluded; how
the home was held, and how the arrest came: each is one thing."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind

_DEATH = r"\b(?:kill\w*|murder\w*|homicide|fatal\w*|died|death|dead|deceased|body|lifeless|unresponsive|post[- ]mortem|pathologist|weapon|stab\w*|strangl\w*)\b"
# What can be one of several, in words that are one and the same to a reader. A list that anybody may add to.
WEAPONS = (
    "knife|knives|blade|dagger|machete", "hammer|mallet", "axe|hatchet", "gun|shotgun|rifle|pistol|firearm",
    "bottle", "scissors", "bat|baseball bat", "screwdriver", "brick|stone|rock", "sword", "crowbar|iron bar|metal bar",
    "rope|cord|flex|cable|ligature", "belt", "scarf", "tie|dressing[- ]gown cord", "pillow|cushion", "dumb-?bell", "spade|shovel", "saucepan|frying pan|pan",
)  # fmt: skip
CAUSES = (
    "strangulation|strangled|asphyxia\\w*|compression of (?:the|her|his) neck|suffocat\\w*|smother\\w*|pressure (?:on|to) (?:the|her|his) neck",
    "stab wounds?|stabbing|stabbed(?: to death)?|knife wounds?|stab injur(?:y|ies)|haemorrhage from [\\w ]*stab\\w*",
    "head injur(?:y|ies)|blunt (?:force )?(?:trauma|injur(?:y|ies))|beaten to death|bludgeoned",
    "gunshot wounds?|shooting|shot(?: dead)?",
    "drown(?:ing|ed)", "overdose|poison(?:ing|ed)|toxicity", "burns|smoke inhalation|burnt to death|burned to death",
)  # fmt: skip
ROOMS = (
    "kitchen", "bedroom|bed", "living room|lounge|sitting room|front room", "bathroom|bath|shower", "hall(?:way)?", "garden|yard",
    "stairs|stairway|staircase|landing", "garage|shed", "cellar|basement", "car|vehicle|van", "dining room", "conservatory", "loft|attic",
    "street|road|pavement", "woods?|woodland|park|field", "canal|river|lake|reservoir",
)  # fmt: skip
PLACES = (
    "home|scene|flat|house|home address|property|bungalow",
    "hospital|infirmary|hospice|ambulance|accident and emergency|A&E",
)
FINDERS = (
    "mother|mum", "father|dad", "sister", "brother", "son", "daughter", "husband", "wife", "partner|boyfriend|girlfriend", "neighbours?",
    "police|officers?|police officers?", "landlord|landlady", "friend", "carer|care worker|support worker", "paramedics?|ambulance crew",
    "postman|passer-by|member of the public|dog walker", "uncle", "aunt", "cousin", "colleague", "parents",
)  # fmt: skip


CONCLUSIONS = (
    "unlawful(?:ly)? kill(?:ing|ed)", "open (?:verdict|conclusion)", "suicide|took (?:her|his) own life",
    "misadventure|accident(?:al death)?", "natural causes", "lawful(?:ly)? kill(?:ing|ed)",
)  # fmt: skip
TENURES = (
    "owned|owned outright|mortgaged|owner[- ]occupied|owner[- ]occupiers?|bought", "rented privately|privately rented|private rent(?:al|ed)|private tenancy|private landlord",
    "council (?:tenancy|tenants?|house|flat|property)|social (?:housing|tenancy)|housing association(?: \\w+)?|rented(?: the \\w+)? from the (?:council|local authority|housing association)|tenants? of the council",
)  # fmt: skip
FLOORS = (
    "ground[- ]floor",
    "first[- ]floor",
    "second[- ]floor",
    "third[- ]floor",
    "fourth[- ]floor",
    "(?:fifth|sixth|seventh|eighth|ninth|tenth|top)[- ]floor",
)
ARRESTS = (
    "(?:arrested|detained) (?:\\w+ ){0,3}at the (?:scene|flat|house|address)",
    "(?:handed|gave) (?:himself|herself) (?:in|up)|surrendered|walked into (?:a|the) police station|attended (?:a|the) police station and (?:confessed|admitted|said)",
    "arrested (?:\\w+ ){0,3}at (?:the|an) (?:airport|port|ferry terminal)|arrested (?:abroad|overseas)",
)  # fmt: skip

_THE = r"(?:an? |the |her |his |their |(?:adult|ma|fa) \w+'s )?"
_ADJECTIVES = r"(?:(?!and |or )[\w-]+ ){0,2}?"
_AND_MORE = r"(?:(?: and|,)(?: by| with| of| from)? {the}{adjectives}(?P<more>{choices})\b)?"
# (what it is, the choices, where it is said; {choices} stands for any of them)
THINGS = (
    ("the weapon", WEAPONS, r"(?:killed|murdered|stabbed to death|beaten to death|strangled|bludgeoned|fatally \w+|died)\b[^.;,]{0,50}?\b(?:with|using) {the}{adjectives}(?P<v>{choices})\b"),
    ("the weapon", WEAPONS, r"(?:murder weapon|weapon used|killed by a blow from)(?: to kill \w+ ?\w*)?,?(?: (?:was|is|being))? {the}{adjectives}(?P<v>{choices})\b"),
    ("the weapon", WEAPONS, r"\bweapon (?:was|is|being) {the}{adjectives}(?P<v>{choices})\b"),
    ("the cause of death", CAUSES, r"cause of (?:\w+(?: \w+)?'s |her |his )?death (?:was|is|being|as|to be|given as|recorded as|established as|found to be|was given as|was recorded as)[^.;]{0,40}?\b(?P<v>{choices})\b"),
    ("the cause of death", CAUSES, r"\b(?:died|death was caused|killed|death resulted|death was)\b(?: as a result)? (?:of|from|by|due to)[^.;]{0,40}?\b(?P<v>{choices})\b"),
    ("the cause of death", CAUSES, r"\b(?:was|been) (?P<v>strangled|suffocated|smothered|drowned|beaten|stabbed|shot) to death\b"),
    ("the place of the body", ROOMS, r"\b(?:found|discovered|lay|lying|was)\b[^.;]{0,45}?\b(?:in|on|at) {the}{adjectives}(?P<v>{choices})\b"),
    ("the place of death", PLACES, r"\b(?:died|pronounced dead|declared dead|pronounced deceased|life was pronounced extinct)\b(?: \w+){0,3}? (?:at|in) {the}{adjectives}(?P<v>{choices})\b"),
    ("the place of death", PLACES, r"\b(?P<v>{choices})\b[^.;]{0,25},? where (?:she|he|they)(?: \w+){0,2}? died\b"),
    ("who found the body", FINDERS, r"\b(?:found|discovered)(?: \w+){0,3}? by {the}(?:own |former )?(?P<v>{choices})\b"),
)  # fmt: skip


# Told of no death: of one person, with no day, since it may change.
OTHER_THINGS = (
    ("the conclusion of the inquest", CONCLUSIONS, r"\b(?:coroner|inquest)\b(?:(?!heard|consider|told|whether)[^.;]){0,70}?\b(?P<v>{choices})\b"),
    ("how the home was held", TENURES, r"\b(?:flat|house|home|bungalow|property|tenants?|tenancy|owners?)\b[^.;]{0,50}?\b(?P<v>{choices})\b"),
    ("how the home was held", TENURES, r"\b(?P<v>{choices})\b[^.;,]{0,20}\b(?:flat|house|home|bungalow|property)\b"),
    ("how the home was held", TENURES, r"\b(?P<v>rented the (?:flat|house|home|property) from the (?:council|local authority|housing association))\b"),
    ("the floor of the home", FLOORS, r"\b(?P<v>{choices}) (?:flat|maisonette|apartment)\b"),
    ("the floor of the home", FLOORS, r"\b(?:flat|home|maisonette|apartment|lived)\b[^.;]{0,30}? on the (?P<v>{choices})\b"),
    ("how the arrest came", ARRESTS, r"\b(?P<v>{choices})\b"),
)  # fmt: skip
_DATELESS = frozenset(what for what, _, _ in OTHER_THINGS) - {"the conclusion of the inquest"}


def _compiled(choices, pattern):
    parts = {"{the}": _THE, "{adjectives}": _ADJECTIVES, "{choices}": "|".join(choices)}
    words = re.sub(
        r"\{(?:the|adjectives|choices)\}", lambda match: parts[match[0]], pattern + _AND_MORE
    )
    groups = [re.compile(rf"(?:{one})$", re.I) for one in choices]
    return groups, re.compile(words, re.I)


_THINGS = tuple((what, *_compiled(choices, pattern)) for what, choices, pattern in THINGS)
_OTHER_THINGS = tuple((what, *_compiled(*rest)) for what, *rest in OTHER_THINGS)
_OTHER = re.compile(
    r"\b(?:coroner|inquest|flat|house|home|bungalow|property|tenan\w+|owner\w*|arrested|detained|himself|herself|surrendered|police station|maisonette|apartment|lived)\b",
    re.I,
)
_WOUNDS = re.compile(
    rf"(?<!least )(?<!than )(?<!over )\b(?P<n>{NUMBER}) (?:separate |individual |distinct |fatal )?(?:stab|knife|puncture|incised)(?: and \w+)? (?:wounds?|injur(?:y|ies))(?! (?:to|in) (?:his|her|their|the) (?!body))"
    rf"|\bstabbed (?:[\w']+ ){{0,2}}?(?P<n2>{NUMBER})(?: times)?\b(?! in| occasions)",
    re.I,
)
_OF_DEATH = re.compile(_DEATH, re.I)
_ABOUT_A_BODY = re.compile(
    r"\b(?:dead|body|deceased|lifeless|unresponsive|fatal\w*|stab\w*|collapsed|murder\w*|killed)\b",
    re.I,
)
_EXPERT = re.compile(r"\b(?:post[- ]mortem|pathologist|coroner|inquest|court|judge|jury)\b", re.I)
_ELSE = re.compile(
    r"\b(?:attempted|threat\w*|tried to|survived|not|never|could|unlike|dog|cat|suspected|initially|at first|previous\w*|earlier|another)\b",
    re.I,
)


_DOES_TO = re.compile(
    r"\b(?:killed|murdered|stabbed|strangled|beat|bludgeoned|shot|struck|hit|attacked|killing|murdering|death of|murder of|killing of) $",
    re.I,
)


class Told(NamedTuple):
    who: str
    values: frozenset
    words: str
    sentence: object
    start: int
    end: int


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        is_of_death = _OF_DEATH.search(sentence.text)
        if sentence.is_hypothetical or not (is_of_death or _OTHER.search(sentence.text)):
            continue
        if _ELSE.search(sentence.text) or (sentence.is_told and not _EXPERT.search(sentence.text)):
            continue
        for what, one in (*(_told(sentence) if is_of_death else ()), *_told_besides(sentence)):
            told[what].append(one)
    for what, several in told.items():
        yield from _differing(what, several)


def _who(sentence, start, end):
    """Whoever died, or "" where the sentence does not name them."""
    text = sentence.text
    done_to = [
        m.person for m in sentence.mentions if _DOES_TO.search(text[max(0, m.start - 20) : m.start])
    ]
    victim = sentence.passage.reading.people.called("victim") & sentence.people
    if done_to or victim:
        return next(iter(done_to or victim))
    return sentence.subject_before(start, end) or ""


def _told(sentence):
    for what, groups, pattern in _THINGS:
        values, spans = set(), []
        for match in pattern.finditer(sentence.text):
            if what == "the place of the body" and not _ABOUT_A_BODY.search(sentence.text):
                continue
            if what == "who found the body" and not _ABOUT_A_BODY.search(sentence.text):
                continue
            said = [word for word in (match["v"], match["more"]) if word]
            values |= {at for at, one in enumerate(groups) if any(map(one.match, said))}
            spans.append(match.span())
        if values:
            yield what, _one(sentence, values, *spans[0])
    for match in _WOUNDS.finditer(sentence.text):
        yield (
            "the number of wounds",
            _one(sentence, [worth(match["n"] or match["n2"])], *match.span()),
        )


def _told_besides(sentence):
    for what, groups, pattern in _OTHER_THINGS:
        is_known = sentence.people or "family home" in sentence.text
        if what in _DATELESS and (sentence.nearest_date or not is_known):
            continue
        for match in pattern.finditer(sentence.text):
            said = [word for word in (match["v"], match["more"]) if word]
            values = {at for at, one in enumerate(groups) if any(map(one.match, said))}
            if values:
                yield what, _one(sentence, values, *match.span())


def _one(sentence, values, start, end):
    who = _who(sentence, start, end)
    return Told(who, frozenset(values), sentence.text[start:end], sentence, start, end)


def _differing(what, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if one.sentence.passage is other.sentence.passage or one.values & other.values:
                continue
            if one.who and other.who and one.who != other.who:
                continue
            if what in _DATELESS and not _is_one_home(one, other):
                continue
            yield Contradiction(
                Kind.STATES,
                tuple(told.sentence.place(told.start, told.end) for told in (one, other)),
                f"{what[0].upper()}{what[1:]} is given as “{one.words}” and as “{other.words}”.",
                Confidence.MEDIUM,
            )
            return


def _is_one_home(one, other):
    """One person's, or the one home of a family."""
    is_of_family = all("family home" in told.sentence.text for told in (one, other))
    return is_of_family or bool(one.who and one.who == other.who)
