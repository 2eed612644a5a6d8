"""What is denied altogether in one place and told in another: "was never known to the police"."""

import re
from dataclasses import dataclass

from reports.checking.contradictions.acronyms import expansions_in
from reports.checking.sentences import NOT
from reports.checking.values import Confidence, Contradiction, Kind

# (what it is about, how it is denied, how it is told). A list that anybody may add to.
CLAIMS = (
    ("previous convictions", r"\bnever (?:been )?convicted\b|\b(?:no|any|without) (?:previous |known |recorded |criminal |relevant )*(?:convictions?|cautions|criminal (?:record|history))\b", r"\b(?:(?:was|has been|had been) convicted (?:of|in)(?! (?:the )?(?:murder|manslaughter|killing))|(?:was|had been) cautioned for|had (?:a|several|two|three|four|previous) (?:previous )?convictions?|previous(?:ly)? (?:convicted|convictions? (?:for|of|includ\w+))|served (?:a|two|three|four) (?:\w+ )?(?:prison )?sentence)\b"),
    ("any arrest", r"\bnever (?:been )?arrested\b|\bno (?:previous |known )?arrests\b", r"\b(?:was|were|had been) arrested\b|\barrested (?:him|her|[A-Z])"),
    ("any trouble with the police", r"\bnever (?:been |come )?(?:in trouble with|to the (?:attention|notice) of) (?:the )?police\b", r"\b(?:was|were|had been) (?:arrested|cautioned|convicted|charged|detained)\b(?! at the scene| (?:of|with|for|on suspicion of) (?:the )?(?:murder|manslaughter|killing))"),
    ("that the abuse was told", r"\b(?:never|not|nor)(?: ever)? (?:report(?:ed)?|disclose[d]?|told|tell|spoken? (?:of|about)|spoke (?:of|about)|mention(?:ed)?|confide[d]?)\b[^.;]{0,50}\b(?:to|in|with) (?:any|a|an) (?:other )?(?:agenc(?:y|ies)|professionals?|services?|practitioners?|officers?|bod(?:y|ies))\b|\b(?:never|not)(?: ever)? (?:told|tell) (?:any|a|an) (?:agency|professional|service|practitioner)\b(?: (?:about|of) (?:the |any |her |his )?(?:domestic )?(?:abuse|violence))?|\bno (?:disclosures?|reports?) (?:of (?:domestic )?(?:abuse|violence) )?(?:was|were) (?:ever )?(?:made|received)\b", r"\b(?:told|disclosed to|confided (?:in|to)|reported to|said to) (?:her |his |the |a |an )?(?:\w+ ){0,2}(?:GP|doctor|midwife|nurse|assistant|health visitor|(?:social|support|key|outreach) worker|police|officers?|teacher|counsellor|IDVA|surgery|hospital|advis[eo]r)\b[^.;]{0,70}\b(?:hit|punched|kicked|slapped|strangled|threaten\w*|abus\w+|violen\w+|assault\w*|afraid of|frightened of|raped|hurt|controll\w+)\b|\bdisclosed (?:the |her |his )?(?:domestic )?(?:abuse|violence) to\b"),
    ("a stay in a refuge", r"\bnever (?:went|gone|moved|stayed|lived|fled|been|entered|in)(?: \w+){0,2} (?:a |the )?refuge\b", r"\b(?:moved|went|fled|admitted|came|travelled)(?: \w+){0,2} (?:in)?to (?:a|the) refuge\b|\b(?:stayed|lived|living|staying) (?:in|at) (?:a|the) refuge\b"),
    ("an order of the court", r"\b(?:never|not) (?:applied for|apply for|had|have|sought|seek|obtained|obtain) (?:a|an|any) (?:non-molestation order|injunction|occupation order|protective order|restraining order)\b|\bno (?:non-molestation order|injunction|occupation order|restraining order)s? (?:was|were) (?:ever )?(?:made|granted|sought|obtained|in place)\b", r"\b(?:non-molestation order|injunction|occupation order|restraining order)\b[^.;]{0,40}\b(?:was|were) (?:granted|made|issued|obtained|served)\b|\b(?:obtained|was granted|applied for) (?:a|an) (?:non-molestation order|injunction|occupation order|restraining order)\b"),
    ("a detention under the Mental Health Act", r"\bnever (?:been )?(?:sectioned|detained under)\b", r"\b(?:was|were|been) (?:sectioned|detained under)\b"),
    ("drugs", r"\b(?:did not|never) (?:used?|take|took|misused?) (?:illegal |illicit |any )?drugs\b|\bno (?:known )?(?:history of|evidence of|concerns about)[^.;,]{0,15}\b(?:drugs?|drug use|substance misuse)\b", r"\b(?:used|smoked|took|taking|using|smoking|addicted to|dependent on|misused) (?:\w+ ){0,2}(?:cannabis|cocaine|heroin|crack|amphetamines?|drugs)\b|\bdrug (?:user|addict)\b"),
    ("self-harm", r"\bnever (?:self[- ]harmed|attempted suicide|threatened (?:suicide|to kill (?:him|her)self))\b|\bno (?:known |recorded )?(?:history|record|evidence) of (?:self[- ]harm|suicid\w+)\b", r"\b(?:self[- ]harmed|attempted suicide|took an overdose|tried to kill (?:him|her)self|threatened (?:suicide|to kill (?:him|her)self))\b"),
    ("children in the home", r"\bno children (?:(?:were )?(?:living|resident|present) |lived |were )?(?:in|at) the (?:household|home|house|flat|property|address)\b", r"\b(?:children|son|daughter|Child \w)\b[^.;]{0,40}\b(?:asleep|upstairs|at home|in the (?:house|flat|home|next room))\b"),
    ("children", r"\b(?:had|have|has|having) no (?:biological )?children\b(?! (?:in|with|at|of|under)\b)|\bwas childless\b|\bnever had children\b", r"\b(?:had|has|have) (?:one|two|three|four|five|six|\d|a|an) (?:\w+ )?(?:child|children|son|sons|daughter|daughters)\b|\bgave birth to\b|\b(?:mother|father) of (?:one|two|three|four|five|\d)\b"),
    ("a risk assessment", r"\bno (?:DASH|RIC|risk assessments?|DASH risk assessments?)(?: risk assessments?)? (?:was|were|had been|has been) (?:ever )?(?:completed|undertaken|carried out|done)\b|\b(?:DASH|risk assessment) was (?:never|not) (?:completed|undertaken|carried out)\b", r"\b(?:DASH|risk assessment)[^.;]{0,40} (?:was|were|had been) (?:completed|undertaken|carried out)\b|\bcompleted (?:a|the) (?:DASH|domestic abuse risk assessment)\b"),
    ("MARAC", r"\b(?:never|not) (?:been )?(?:referred to|heard at|discussed at|considered (?:by|at)) (?:a |the )?MARAC\b|\bno (?:MARAC referral|referral to (?:a |the )?MARAC) was (?:ever )?made\b|\bnever (?:a )?subject (?:of|to) (?:a )?MARAC\b", r"\b(?:was|were|had been) (?:referred to|heard at|discussed at|considered (?:by|at)) (?:a |the )?MARAC\b|\b(?:made|submitted) a (?:MARAC referral|referral to (?:a |the )?MARAC)\b"),
    ("reports to the police", r"\b(?:never|not) (?:been )?reported (?:\w+ ){0,4}to (?:the )?police\b|\bpolice were never (?:called|contacted|informed)\b|\bno (?:calls|reports)(?: \w+){0,4} to (?:the )?police\b", r"\breported (?:\w+ ){0,4}to (?:the )?police\b|\b(?:called|rang|telephoned|contacted) the police\b|\bpolice were (?:called|contacted|informed)\b"),
    ("alcohol", r"\bno (?:known )?(?:history of|concerns about|evidence of|issues? with)[^.;,]{0,15}\balcohol\b|\b(?:did not|never) (?:drink|drank|use alcohol|misuse alcohol)\b", r"\b(?:was|were) (?:dependent on alcohol|alcohol dependent|drunk|intoxicated|an alcoholic|a heavy drinker)\b|\b(?:drank|drinking|drunk) (?:heavily|to excess|daily|every day)\b|\b(?:smelt of alcohol|under the influence of (?:alcohol|drink))\b|\b(?:history of|chronic|long[- ]standing) (?:alcohol|drinking)\b"),
    ("mental health", r"\bno (?:known |recorded |previous )?(?:history of )?mental (?:health (?:problems?|issues?|concerns?|difficulties|history)|illness|ill[- ]health)\b", r"\b(?:was|been|were) (?:diagnosed with|treated for|prescribed medication for|suffering from) (?:depression|anxiety|psychosis|schizophrenia|bipolar)\b|\bhistory of (?:depression|anxiety|self[- ]harm|psychosis|mental)\b|\bdetained under\b"),
    ("a history of domestic abuse", r"\bno (?:known |recorded |previous |reported )?(?:history|record|reports?|incidents?) of (?:domestic (?:abuse|violence)|abuse)\b", r"\b(?:a|long|significant|known|lengthy) (?:\w+ )?history of (?:domestic (?:abuse|violence)|abuse)\b|\b(?:previous|earlier|several|many|numerous) (?:incidents|reports) of domestic (?:abuse|violence)\b"),
    ("a will to take part", r"\b(?:declined|refused|did not wish|chose not) to (?:take part|be involved|contribute|engage with the review|participate)\b", r"\b(?:was interviewed for|contributed to|met with the (?:chair|author|panel) (?:of|for)|took part in|participated in) (?:the|this) review\b"),
)  # fmt: skip
# Of the death: told of nobody in particular.
CONCLUSIONS = (
    ("that the death was predictable", r"\b(?:not|nor|neither)(?: \w+){0,2} predictable\b|\b(?:could not|can ?not) have been predicted\b|\bunpredictable death\b", r"\bwas predictable\b|\bcould have been predicted\b|\bshould have been predicted\b"),
    ("that the death was preventable", r"\b(?:not|nor|neither)(?: \w+){0,4} preventable\b|\b(?:could not|can ?not) have been prevented\b", r"\bwas preventable\b|\bcould have been prevented\b|\bshould have been prevented\b"),
)  # fmt: skip
_CONCLUSIONS = tuple(
    (label, re.compile(no, re.I), re.compile(yes, re.I)) for label, no, yes in CONCLUSIONS
)
_COMPILED = tuple((label, re.compile(no, re.I), re.compile(yes, re.I)) for label, no, yes in CLAIMS)
_BODY = r"(?P<body>(?:[Tt]he )?(?:[A-Z][\w&'-]*(?: (?:and|of|&|for) [A-Z][\w&'-]*| [A-Z][\w&'-]*)*|police|probation(?: service)?|mental health services|(?:adult|children's) social care|social services|(?:his|her|their) GP|the GP|housing(?: services)?|any (?:service|agency|agencies)|specialist domestic abuse services))"
_UNKNOWN = re.compile(
    rf"\b(?:(?:was|were|had been) (?:never|not|un)[ -]?(?:previously )?known to {_BODY}"
    rf"|(?:had|has|have) (?:never had |had no |no )(?:previous |recorded |known |direct )?(?:contact|involvement|dealings) with {_BODY.replace('<body>', '<body2>')}"
    rf"|(?:was|were|had been) never (?:referred to|seen by|in contact with|in touch with) {_BODY.replace('<body>', '<body3>')})(?P<after>.{{0,25}})"
)
_KNEW_NOT = re.compile(
    rf"{_BODY} (?:had|has|have) (?:never had |had no |no )(?:previous |recorded |known |direct |prior )*(?:contact|involvement|dealings|record) (?:with|of) (?=[A-Z])"
    rf"|{_BODY.replace('<body>', '<body2>')} (?:had never (?:met|seen|heard of|known)|never (?:met|saw|knew)|did not know) (?=[A-Z])"
)
_DEALT = r"\b(?:known to|supervised by|under the supervision of|managed by|interviewed by|cautioned by|charged by|detained by|treated by|housed by|rehoused by|under the care of|on the caseload of|referred to|seen by|assessed by|visited by|supported by|arrested by|admitted (?:to|by)|treated (?:at|by)|attended|engaged with|registered with|contacted|told|informed|in contact with|open to|a client of|a patient of|reported to|spoke (?:to|with)|notified|visited|assessed|saw|met|received)\b"
_LIMITED = re.compile(
    r"^\s*(?:as|before|until|prior|at (?:the|that)|in (?:19|20)|during|since|after|between (?=\d|\w+ (?:19|20))|to (?:be|have)|for|other than|except|apart|about|regarding|in relation|with regard|save|on|from|when)\b|\b(?:until|before|prior to|previously|after|other than|except|apart from|with the exception|relevant period|review period|timeframe|between (?=\d|\w+ (?:19|20)))",
    re.I,
)
_OF_OTHERS = re.compile(r"\b(?:neither|other (?:agencies|services)|most|some|if)\b", re.I)


@dataclass(frozen=True)
class _Denial:
    about: str
    sentence: object
    span: tuple
    told: re.Pattern
    who: frozenset | None  # None: of the death itself
    is_absolute: bool


def find(reading):
    names = _other_names(reading)
    for denial in _denials(reading, names):
        found = [
            (s, m)
            for s in reading.narrative
            for m in [denial.told.search(s.text)]
            if m and _gainsays(denial, s, m)
        ]
        if found:
            yield _contradiction(denial, found[:3])


def _denials(reading, names):
    for sentence in reading.narrative:
        if not sentence.is_denied:
            continue
        yield from _conclusions_denied(sentence)
        if sentence.is_hypothetical or sentence.dates or _OF_OTHERS.search(sentence.text):
            continue
        yield from _claims_denied(sentence)
        if not sentence.is_told:
            yield from _contacts_denied(sentence, names)


def _conclusions_denied(sentence):
    """What the review concludes of the death, whoever is named with it."""
    for label, denied, told in _CONCLUSIONS:
        for match in denied.finditer(sentence.text):
            yield _Denial(label, sentence, match.span(), told, None, True)


def _claims_denied(sentence):
    who = frozenset([sentence.subject]) if sentence.subject else frozenset()
    for label, denied, told in _COMPILED:
        for match in denied.finditer(sentence.text):
            after = sentence.text[match.end() : match.end() + 60]
            if not _LIMITED.search(after) and not sentence.is_told_besides(*match.span()):
                is_absolute = "never" in match[0].lower()
                yield _Denial(label, sentence, match.span(), told, who, is_absolute)


def _contacts_denied(sentence, names):
    """ "X was never known to the police", and "the police had no contact with X"."""
    for match in _UNKNOWN.finditer(sentence.text):
        if sentence.subject and not _LIMITED.search(match["after"]):
            yield _no_contact(sentence, match, match.start("after"), sentence.subject, names)
    for match in _KNEW_NOT.finditer(sentence.text):
        person = next((m for m in sentence.mentions if m.start == match.end()), None)
        if person and not _LIMITED.search(sentence.text[person.end : person.end + 25]):
            yield _no_contact(sentence, match, person.end, person.person, names)


def _no_contact(sentence, match, end, who, names):
    body = next(
        value for key, value in match.groupdict().items() if key.startswith("body") and value
    )
    told = _dealing_with(body, names)
    return _Denial(
        f"contact with {body}",
        sentence,
        (match.start(), end),
        told,
        frozenset([who]),
        "never" in match[0],
    )


def _other_names(reading):
    """{words: acronym} and the other way round."""
    names = {}
    for one in expansions_in(reading):
        names[one.words.lower()] = one.acronym
        names[one.acronym.lower()] = one.words
    return names


def _dealing_with(body, names):
    body = re.sub(r"^the ", "", body, flags=re.I)
    if body.startswith("any "):
        return re.compile(r"(?!)")
    called = {body, names.get(body.lower(), body)}
    if "police" in body.lower():
        called.add("police")
    called = "|".join(rf"{re.escape(one)}" for one in sorted(called, key=len, reverse=True))
    return re.compile(
        rf"{_DEALT} (?:by |to |with |the |a |at )*(?:{called})\b|\b(?:{called}) (?:had |had been |was |were )?{_DEALT}",
        re.I,
    )


def _gainsays(denial, sentence, match):
    if denial.who is None:
        before = sentence.text[max(0, match.start() - 30) : match.start()]
        return not NOT.search(before) and not re.search(r"\b(?:if|whether|or)\b", before, re.I)
    if sentence is denial.sentence or sentence.is_hypothetical or sentence.is_denied:
        return False
    who = sentence.subject_before(match.start(), match.end())
    named = sentence.people | ({who} if who else set())
    if denial.who:
        return bool(denial.who & named) and (who in denial.who or len(named) == 1)
    return not named


def _contradiction(denial, found):
    return Contradiction(
        Kind.DENIALS,
        (denial.sentence.place(*denial.span), *(s.place(m.start(), m.end()) for s, m in found)),
        f"One place denies {denial.about}"
        + (f" of {next(iter(denial.who))}" if denial.who else "")
        + (", others tell" if len(found) > 1 else ", another tells")
        + " of it.",
        Confidence.HIGH if denial.is_absolute else Confidence.MEDIUM,
    )
