"""Which agency a text names: by the register, by initials, by what is distinctive in its name, by what
the entries themselves teach in brackets, and by a post that only one agency of the review can have."""

import re
from collections import Counter, defaultdict

from chronologies.mismatches.finding.roles import ROLES
from chronologies.mismatches.finding.tokens import phrase, sentences, words_of

# Words that many bodies share, so that a name without them still tells who is meant.
GENERIC = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "nhs",
        "trust",
        "foundation",
        "service",
        "services",
        "limited",
        "ltd",
        "cic",
        "uk",
        "team",
        "unit",
        "council",
        "borough",
        "city",
        "county",
        "metropolitan",
        "district",
        "practice",
        "centre",
        "center",
        "surgery",
        "partnership",
        "association",
        "group",
        "project",
        "company",
        "community",
        "department",
    ]
)
_TAIL_CODE = re.compile(r"^[A-Z]{3,}$")
_CODE = re.compile(r"[A-Z](?:[a-z]?[A-Z&])[A-Za-z&]{0,6}(?: \d{1,2})?")
NHS_LIKE = frozenset(
    ["nhs", "trust", "foundation", "council", "police", "constabulary", "borough", "hospitals"]
)
OF_MANY = frozenset({"gp", "school"})  # a review often has several; the person tells which is meant
BY_TRADE = 5
_ENGLISH = frozenset(
    [
        "choices",
        "options",
        "action",
        "support",
        "respect",
        "relate",
        "mind",
        "change",
        "links",
        "aspire",
        "hope",
    ]
)


def spellings(name):
    """Every way in which a registered name is likely to be written, as phrases of words."""
    name = re.sub(r"\s*[\[(][^\])]*[\])]", "", name).strip()
    full = phrase(name)
    found = {full}
    if full and full[0] == "the":
        found.add(full[1:])
    pieces = name.split()
    if len(pieces) > 2 and _TAIL_CODE.match(pieces[-1]) and pieces[-1] != "NHS":
        found.add(phrase(" ".join(pieces[:-1])))
    for words in list(found):
        found |= _shortened(words)
    return {words for words in found if words}


def _shortened(words):
    words = words[1:] if words and words[0] == "the" else words
    found = set()
    cut = list(words)
    while len(cut) > 1 and cut[-1] in GENERIC:
        cut.pop()
        if cut and cut[-1] in {"and", "of", "for"}:
            cut.pop()
        if len(cut) > 1 or (cut and not NHS_LIKE & set(words) and len(cut[0]) > 3):
            found.add(tuple(cut))
    if "and" in words:
        head = words[: words.index("and")]
        if len(head) > 1 or (head and len(head[0]) > 6 and head[0] not in _ENGLISH):
            found.add(head)
        found.add(tuple(word for word in words if word != "and"))
    return {f for f in found if not set(f) <= GENERIC}


def initials(name):
    """ "Action Housing and Support" is known as AHS and AH&S, a trust with and without its NHS."""
    words = re.findall(r"[A-Za-z']+|&", name)
    if len(words) > 2 and _TAIL_CODE.match(words[-1]) and words[-1] != "NHS":
        words = words[:-1]
    forms = set()
    for the in (True, False):
        for nhs in ("", "n", "nhs"):
            for joined in ("", "&", "a"):
                letters = "".join(_letter(word, the, nhs, joined) for word in words)
                forms.add(letters)
                if words and words[-1].lower() in {"trust", "service", "services"}:
                    forms.add(letters[:-1])
    if "NHS" in words:  # "RDaSH": the initials of what stands before "NHS Foundation Trust"
        forms |= initials(" ".join(words[: words.index("NHS")]))
    return {form for form in forms if len(form) > 2 or ("&" in form and len(form) > 2)}


def _letter(word, the, nhs, joined):
    low = word.lower()
    if low == "the":
        return "t" if the else ""
    if low == "nhs":
        return nhs
    if low in {"and", "&"}:
        return joined
    return "" if low in {"of", "for"} else low[0]


class Names:
    """The phrases that name each body, and the posts that imply one."""

    def __init__(self, bodies, lexicon, *, trade=None, seen=None):
        self.bodies = {body.id: body for body in bodies}
        self.lexicon = lexicon
        self.trade = trade or {}  # body: Counter of role names that its own entries show
        self.seen = seen or {}  # body: Counter of persons that its own entries name
        self._words = {body.id: _fitting_words(body) for body in bodies}
        self._role_of = {}
        self._taken = set()
        self._add_register(bodies)
        self._add_roles()

    def _add_register(self, bodies):
        claims = defaultdict(set)
        sure = set()
        for body in bodies:
            for name in (body.name, *body.other_names):
                full = phrase(name)
                claims[full].add(body.id)
                sure.add(full)
                for words in spellings(name):
                    claims[words].add(body.id)
            for name in (body.name, *body.other_names):
                for code in initials(name):
                    claims[(code,)].add(body.id)
        for words, owners in claims.items():
            if len(owners) > 1 and words in sure:
                owners = {o for o in owners if self._is_full(o, words)} or owners
            if len(owners) == 1:
                self._name(words, next(iter(owners)))

    def _is_full(self, owner, words):
        body = self.bodies[owner]
        return any(phrase(name) == words for name in (body.name, *body.other_names))

    def _name(self, words, body):
        self._taken.add(words)
        self.lexicon.add(words, ("body", body))

    def _add_roles(self):
        for role in ROLES:
            fits = self._fits(role)
            self._role_of[role.name] = fits
            for text in role.phrases:
                words = phrase(text)
                if words not in self._taken:
                    self.lexicon.add(words, ("role", role.name))

    def _fits(self, role):
        """The bodies that fit a post best: none, one, or several of which only the person can tell."""
        scores = {}
        for id_, body in self.bodies.items():
            scores[id_] = self._name_fits(role, body)
        if trader := self._by_trade(role):
            scores[trader] += BY_TRADE
        best = max(scores.values(), default=0)
        return tuple(id_ for id_, score in scores.items() if best and score == best)

    def _name_fits(self, role, body):
        names = self._words[body.id]
        wanted = [phrase(words) for words in role.name_words]
        score = sum(
            4 if place == 0 else 2 for place, words in enumerate(wanted) if _stands_in(words, names)
        )
        if score and any(words[:1] == name[:1] for words in wanted for name in names):
            score += 1
        if body.kind in role.kinds and (score or body.kind != "council"):
            score += 4
        return min(score, 1) if role.name in OF_MANY else score

    def _by_trade(self, role):
        """Whose own entries speak of that trade, far more than any other's?"""
        shown = Counter({id_: counts[role.name] for id_, counts in self.trade.items()})
        top = shown.most_common(2)
        if not top or top[0][1] < 3 or (len(top) > 1 and top[1][1] * 2.5 > top[0][1]):
            return None
        return top[0][0]

    @property
    def known(self):
        """All that reading goes by: the same for two lists of names that read alike."""
        seen = {
            body: frozenset(p for p, n in persons.items() if n)
            for body, persons in self.seen.items()
        }
        return (
            frozenset(self._taken),
            frozenset(self._role_of.items()),
            frozenset(seen.items()),
        )

    @property
    def implied(self):
        return self._role_of

    def who(self, role, *, own, persons=()):
        """The body meant by a post in an entry of `own`, or None. A GP is the person's own GP."""
        fits = self._role_of.get(role, ())
        if own in fits:
            return own
        if len(fits) > 1:
            fits = self._theirs(fits, persons)
        return fits[0] if len(fits) == 1 else None

    def _theirs(self, fits, persons):
        know = [b for b in fits if any(self.seen.get(b, {}).get(p) for p in persons)]
        only = [
            b for b in know
            if all(self.seen.get(b, {}).get(p) for p in persons)
        ]  # fmt: skip
        if len(know) == 1:
            return know
        return only if len(only) == 1 else ()

    def learn(self, accounts):
        """Codes that the entries give an agency in brackets, where all that do so agree."""
        taught = defaultdict(set)
        for account in accounts:
            for code, body in self._taught_by(account):
                taught[code].add(body)
        for code, owners in sorted(taught.items()):
            words = phrase(code)
            if len(owners) == 1 and words not in self._taken:
                self._name(words, owners.pop())

    def _taught_by(self, account):
        for text in (account.text, account.action, account.comment):
            if "[" in text or "(" in text:
                for sentence in sentences(text):
                    written, words = words_of(sentence)
                    for _, end, labels in self.lexicon.find(words):
                        if code := _code_after(written, words, end):
                            for kind, value in labels:
                                body = self._meant(kind, value, account)
                                if body is not None:
                                    yield code, body

    def _meant(self, kind, value, account):
        if kind == "role":
            return self.who(value, own=account.body, persons=account.persons)
        return value if kind == "body" else None


def _code_after(written, words, at):
    """ "South Yorkshire Probation Service [SYPS]": the code in brackets behind a name."""
    stop = at
    while stop < len(words) and stop - at < 2 and words[stop] in GENERIC:
        stop += 1
    if stop + 2 < len(written) and written[stop] in "[(":
        close = next(
            (i for i in range(stop + 1, min(stop + 4, len(written))) if written[i] in ")]"), 0
        )
        code = " ".join(written[stop + 1 : close]) if close else ""
        return code if _CODE.fullmatch(code) else None
    return None


def _fitting_words(body):
    return [phrase(name) for name in (body.name, *body.other_names)]


def _stands_in(words, names):
    size = len(words)
    return any(
        tuple(name[at : at + size]) == words for name in names for at in range(len(name) - size + 1)
    )
