"""What somebody is from birth, told in two ways: a woman or a man, of which country, of how many children."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.contradictions.pronouns import sexes_told
from reports.checking.numbers import NUMBER, worth
from reports.checking.persons import KIN
from reports.checking.values import Confidence, Contradiction, Kind

_SEX_WORDS = {
    **dict.fromkeys(
        ["woman", "female", "lady", "girl", "mother", "grandmother", "widow"], "female"
    ),
    **dict.fromkeys(
        ["man", "male", "gentleman", "boy", "father", "grandfather", "widower"], "male"
    ),
}
_SEX = re.compile(
    rf"(?:,|,? who| \()? ?(?:was |is |being )?(?:then |also |described as )?an? (?:(?!of |to |by |with |who |and |or |for |in |the |from |that )[\w-]+,? ){{0,5}}?(?P<word>{'|'.join(_SEX_WORDS)})\b(?!'s|s'|-)",
    re.I,
)
# British is left out: one may be born Polish and become it.
NATIONS = (
    "Afghan|Albanian|Algerian|American|Angolan|Australian|Austrian|Bangladeshi|Belarusian|Belgian|Bosnian|Brazilian|Bulgarian|Cameroonian|Canadian"
    "|Chilean|Chinese|Colombian|Congolese|Croatian|Cypriot|Czech|Danish|Dutch|Egyptian|Eritrean|Estonian|Ethiopian|Filipino|Filipina|Finnish|French"
    "|Gambian|Georgian|German|Ghanaian|Greek|Hungarian|Indian|Iranian|Iraqi|Irish|Israeli|Italian|Ivorian|Jamaican|Japanese|Jordanian|Kenyan|Kosovan"
    "|Latvian|Lebanese|Libyan|Lithuanian|Malawian|Malaysian|Maltese|Mauritian|Moldovan|Moroccan|Nepalese|Nigerian|Norwegian|Pakistani|Palestinian"
    "|Peruvian|Polish|Portuguese|Romanian|Russian|Rwandan|Senegalese|Serbian|Sierra Leonean|Slovak|Slovakian|Slovenian|Somali|Spanish|Sudanese|Swedish"
    "|Swiss|Syrian|Tanzanian|Thai|Tunisian|Turkish|Ugandan|Ukrainian|Venezuelan|Vietnamese|Yemeni|Zambian|Zimbabwean"
)
_SAME_NATION = {"filipina": "filipino", "slovakian": "slovak"}
_NATION = re.compile(
    rf"\b(?:(?:was|is) (?:an? |originally |by birth )*|, an? (?:[\d\w-]+ )??|of )(?P<word>{NATIONS})(?=[.,;)]|$| (?:national|citizen|man|woman|nationality|origin|descent|by birth|by origin|in origin|and (?:was|had|is|came|moved|lived|worked|spoke))\b)"
    rf"|\b(?P<word2>{NATIONS}) (?:national\b|citizen\b|by birth|by nationality)|\bnationality (?:was|is|as) (?P<word3>{NATIONS})\b"
)
_CHILDREN = r"(?:siblings|children|brothers and sisters|sisters and brothers)"
_BORN_INTO = re.compile(
    rf"\b(?:one|family) of (?P<n1>{NUMBER}) {_CHILDREN}\b"
    rf"|\b(?:eldest|oldest|youngest|middle|second|third|fourth|second[- ]youngest|second[- ]eldest) (?:child |one )?of (?P<n2>{NUMBER})(?: {_CHILDREN}\b|(?=[.,;]|$))"
    r"|\b(?P<alone>(?:an|the) only child|(?:no|without) (?:siblings|brothers or sisters)|neither brothers nor sisters)\b(?! (?:of (?:the|their) (?:marriage|relationship)|to))"
    rf"|\bhad (?P<n3>{NUMBER}) (?:siblings|brothers and sisters)\b"
    r"|\b(?P<one>(?:had|with) (?:an?|one) (?:older |younger |elder |twin )?(?:brother|sister))\b(?!-)"
    rf"|\bhad (?P<n4>{NUMBER}) (?:(?:older|younger|elder) )?(?:brothers|sisters)\b(?: and (?P<more>{NUMBER}|an?) (?:(?:older|younger|elder) )?(?:brothers?|sisters?)\b)?",
    re.I,
)
_NOT_WHOLE = re.compile(
    r"\b(?:half|step|adopt\w*|foster|surviving|twins?|died|deceased)\b|\bhalf-|\bstep-", re.I
)
_KIN_BETWEEN = re.compile(rf"\b(?:{'|'.join(KIN)}|parents?|children|who|whom)\b", re.I)
_DOUBLE = re.compile(r"\b(?:dual|both|half|mixed|part|also|or)\b", re.I)
MANY = 10**3


class Told(NamedTuple):
    """`low` and `high` bound a number; of what is no number both are the word."""

    low: object
    high: object
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end].strip(" ,(")


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        if not (sentence.is_hypothetical or (sentence.is_denied and not _is_alone(sentence))):
            for who, thing, one in _all_told(sentence):
                told[who, thing].append(one)
    sexes = sexes_told(reading) if told else {}
    for (who, thing), several in told.items():
        if thing == "sex":
            yield from _against_known(who, several, sexes.get(who))
        yield from _differing(who, thing, several)


def _is_alone(sentence):
    """ "Had no siblings" denies nothing that another place could tell of somebody else."""
    return any(match["alone"] for match in _BORN_INTO.finditer(sentence.text))


def _all_told(sentence):
    for mention in sentence.mentions:
        match = _SEX.match(sentence.text, mention.end)
        if match:
            sex = _SEX_WORDS[match["word"].lower()]
            yield mention.person, "sex", Told(sex, sex, sentence, *match.span())
    yield from _nations(sentence)
    if not _NOT_WHOLE.search(sentence.text):
        yield from _families(sentence)


def _nations(sentence):
    found = [
        (match, (match["word"] or match["word2"] or match["word3"]).lower())
        for match in _NATION.finditer(sentence.text)
    ]
    if len(found) == 1 and not _DOUBLE.search(sentence.text):
        match, word = found[0]
        nation = _SAME_NATION.get(word, word)
        if who := _whose(sentence, match):
            yield who, "nationality", Told(nation, nation, sentence, *match.span())


def _families(sentence):
    """Of how many children somebody is one."""
    for match in _BORN_INTO.finditer(sentence.text):
        if who := _whose(sentence, match):
            yield who, "number of children", Told(*_born_into(match), sentence, *match.span())


def _born_into(match):
    if match["alone"]:
        return 1, 1
    if words := match["n1"] or match["n2"]:
        return worth(words), worth(words)
    if match["n3"]:  # "three siblings" is often said of three in all
        return worth(match["n3"]), worth(match["n3"]) + 1
    if match["one"]:
        return 2, MANY
    more = match["more"]
    others = 0 if not more else 1 if more.lower() in {"a", "an"} else worth(more)
    return worth(match["n4"]) + others + 1, MANY


def _whose(sentence, match):
    """Whoever stands before it, with none of their kin between."""
    before = [one for one in sentence.mentions if one.end <= match.start()]
    lead = sentence.text[before[-1].end if before else 0 : match.start()]
    if _KIN_BETWEEN.search(lead):
        return (
            sentence.subject
            if not before and sentence.subject and "'s " in sentence.subject
            else None
        )
    return sentence.subject_before(match.start(), match.end())


def _against_known(who, several, known):
    for one in several:
        if known and one.low != known:
            yield Contradiction(
                Kind.STATES,
                (one.sentence.place(one.start, one.end),),
                f"{who} is “{one.words}” here, and {known} in the rest of the document.",
                Confidence.MEDIUM,
            )


def _differing(who, thing, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if one.sentence.passage is not other.sentence.passage and _apart(one, other):
                yield Contradiction(
                    Kind.RELATIONS if thing == "number of children" else Kind.STATES,
                    tuple(told.sentence.place(told.start, told.end) for told in (one, other)),
                    f"{who} is “{one.words}” in one place and “{other.words}” in the other.",
                    Confidence.HIGH,
                )
                return


def _apart(one, other):
    if isinstance(one.low, str):
        return one.low != other.low
    return one.high < other.low or other.high < one.low
