"""Words made comparable: stems, without the little words that every sentence has."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*")
_STOP_WORDS = (
    "a an the and or but nor so if then than that this these those there here it its they them "
    "their he him his she her hers we us our you your i me my who whom whose which what when "
    "where while why how as at by for from in into of off on onto out over to up with within "
    "without under about after before during until since through between against is are was were "
    "be been being am do does did done has have had having will would shall should can could may "
    "might must not no never also very more most some any all both each every other such only own "
    "same too just however therefore thus further both either neither again once were s t d said "
    "was one stated noted recorded"
)
STOP = frozenset(_STOP_WORDS.split())
# Said in other words, or with another form of the same word. The first stands for all.
ALIKE = (
    "tell told tells telling inform informed informs advise advised",
    "get got gets getting obtain obtained receive received form formed",
    "see saw seen sees",
    "go went gone goes",
    "take took taken takes convey conveyed",
    "give gave given gives provide provided provides",
    "leave left leaves",
    "meet met meets meeting meetings",
    "hold held holds convene convened",
    "find found finds discover discovered",
    "make made makes",
    "call called calls calling phone phoned telephone telephoned ring rang ringed",
    "say says",
    "begin began begun start started starts commence commenced",
    "die died dies death dead deceased",
    "kill killed killing homicide murder murdered",
    "marry married marriage wedding",
    "bear born birth",
    "buy bought", "bring brought", "think thought", "know known knew knows", "speak spoke spoken",
    "break broke broken", "hit struck strike", "fall fell fallen", "sell sold", "send sent",
    "police officers officer constable", "gp gps doctor surgery", "house home property address",
    "child children", "woman women", "man men", "mum mother", "dad father",
    "incident event", "homosexual gay", "refer referred referral referrals", "agency agencies organisation organisations",
    "assess assessed assessment assessments", "divorce divorced", "separate separated separation",
    "complete completed completion", "arrest arrested arrests", "fracture fractured", "move moved moves",
)  # fmt: skip
_SAME = {word: group.split()[0] for group in ALIKE for word in group.split()}
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
    "e",
)


def stem(word):
    """A word without its ending; other forms of one word come out the same."""
    word = word.lower()
    if word in _SAME:
        return _SAME[word]
    word = word.removesuffix("'s").removesuffix("'")
    if word in _SAME:
        return _SAME[word]
    if len(word) < 4 or word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if word.endswith("y") else word


def stems_in(text):
    """[(start, end, stem)] of the words that say something."""
    return [
        (match.start(), match.end(), stem(match[0]))
        for match in _WORD.finditer(text)
        if match[0].lower() not in STOP
    ]


def stem_set(text):
    return frozenset(one for _, _, one in stems_in(text))
