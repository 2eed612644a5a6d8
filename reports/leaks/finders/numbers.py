"""Numbers that lead to one person: telephone, NHS, insurance, vehicle, crime and case references."""

import re

from reports.leaks.hits import HIGH, LOW, MEDIUM, Found
from reports.leaks.vocabulary import context

FEWEST_FIGURES, FEWEST_ALONE = 4, 6  # of a number with its letters, and of figures alone
FEWEST_SIGNS = 5  # of a number of letters with fewer figures, such as a plate
_COUNTED_WORD = re.compile(r"[a-z]+[0-9]{1,2}(?:[ap]m)?")  # "room 12" is a word and a count
_PHONE = re.compile(r"(?<![0-9A-Za-z/.,-])(?:\+44|0044|\(?0)[ 0-9()./-]{8,16}[0-9](?![0-9A-Za-z])")
_LOST_ZERO = re.compile(r"(?<![0-9A-Za-z/.,-])7[0-9]{3}[ ]?[0-9]{6}(?![0-9])")
_PUBLIC_PHONE = re.compile(r"0(?:8|3|500|9|70)")
_NHS = re.compile(
    r"(?<![0-9A-Za-z.,/-])([0-9]{3})([ -]?)([0-9]{3})\2([0-9]{4})(?![0-9A-Za-z/]|[.,-][0-9])"
)
_NHS_SAID = re.compile(r"\bNHS\s*(?:no|num(?:ber)?|#|id)?\.?\s*:?\s*(?:is\s+)?$", re.I)
_NINO = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?[0-9]{2}\s?[0-9]{2}"
    r"\s?[0-9]{2}\s?[A-D](?![A-Za-z0-9])",
    re.I,
)
_PLATES = (
    (
        re.compile(
            r"(?<![A-Za-z0-9])[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2}\s?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])"
        ),
        HIGH,
    ),
    (re.compile(r"(?<![A-Za-z0-9])[A-HJ-NPR-TV-Y][0-9]{1,3}\s?[A-HJ-PR-Y]{3}(?![A-Za-z0-9])"), LOW),
    (
        re.compile(r"(?<![A-Za-z0-9])[A-HJ-PR-Y]{3}\s?[0-9]{1,3}\s?[A-HJ-NPR-TV-Y](?![A-Za-z0-9])"),
        LOW,
    ),
)
_CAR = re.compile(
    r"\b(?:car|van|vehicle|registration|registered|reg|vrm|plate|motor|index)\b", re.I
)
_REFERENCE = re.compile(
    r"\b(?P<what>crime|incident|occurrence|log|custody|CAD|STORM|PNC(?:ID)?|URN|NICHE|case|court|hospital"
    r"|patient|client|service user|SWIFT|Liquidlogic|Carefirst|payroll|collar|exhibit|coroner'?s?|inquest)"
    r"(?:\s+record)?\s*(?P<word>no|num(?:ber)?s?|ref(?:erence)?s?|id|#)?(?:\s+(?:no|number))?\s*[.:#]{0,2}\s*"
    r"(?P<number>(?=[A-Z0-9/-]*[0-9]{3})[A-Z]{0,4}[0-9][A-Z0-9/-]{2,20}[A-Z0-9])\b",
    re.I,
)
_LOG_OF_DAY = re.compile(
    r"\b(?:incident|log|CAD)\s+(?:no\.?\s*|number\s*)?[0-9]{1,4}\s+(?:of|-)\s+[0-9]{1,2}[A-Za-z0-9 ./-]{4,18}",
    re.I,
)
_GRAVE = context("numbers.grave")
_POLICE = re.compile(
    r"(?<![A-Za-z0-9/])(?:[A-Z]{2}/)?[0-9]{2}[A-Z]{0,2}/[0-9]{4,7}/[0-9]{2}(?![0-9/])"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_OFFICE_MAIL = re.compile(
    r"\.(?:gov|nhs|police|mod|ac|sch|parliament)(?:\.uk|\.net)?$|@nhs\.net$|\.org(?:\.uk)?$|\.cjsm\.net$|\.wales$",
    re.I,
)
# A style sheet begins its rules so: "@media (max-width: 40rem) {".
_STYLE_RULE = (
    r"(?:media|page|import|charset|font-face|keyframes|supports|layer|namespace|container|property)"
    r"\b[^{};]{0,200}[{;]"
)
_HANDLE = re.compile(rf"(?<![\w@./])@(?!{_STYLE_RULE})[A-Za-z][A-Za-z0-9_.]{{2,29}}\b")
_PROFILE = re.compile(
    r"\b(?:facebook|instagram|twitter|x|tiktok|snapchat|linkedin|onlyfans|youtube)\.com/(?:in/|user/|@|u/)?[\w.-]{3,40}",
    re.I,
)
_HANDLE_SAID = re.compile(
    r"\b(?:instagram|snapchat|facebook|twitter|tiktok|whatsapp|xbox|username|user name|handle|screen name)"
    r"(?:\s+(?:name|user|username|account|handle|profile))?\s*(?:was|is|:|called|named|as)\s*[\"']?"
    r"(?P<handle>[a-z0-9_.]*[0-9_.][a-z0-9_.]{2,30})",
    re.I,
)
_SORT_CODE = re.compile(r"\b[0-9]{2}-[0-9]{2}-[0-9]{2}\b[\s,;]{1,3}(?:\w+ ){0,3}[0-9]{8}\b")


class Numbers:
    def __init__(self, register):
        self.own = {}
        for one in register.people:
            for number in one.numbers:
                self._learn(one.pseudonym, number)
        wanted = sorted(self.own, key=len, reverse=True)
        spaced = (r"[\s./()-]{0,2}".join(map(re.escape, key)) for key in wanted)
        self.pattern = (
            re.compile(rf"(?<![0-9a-z])(?:{'|'.join(spaced)})(?![0-9a-z])", re.I)
            if wanted
            else None
        )

    def _learn(self, who, number):
        """A number of the register may stand behind a word that says what it is: "NHS 943 476 5919"."""
        for part in re.findall(r"[\w+][\w+ ./()@-]*", number):
            if "@" in part:
                self.own.setdefault(part.strip().lower(), who)
                continue
            key = re.sub(r"[^0-9a-z]", "", part.lower())
            figures = key.lstrip("abcdefghijklmnopqrstuvwxyz")
            if sum(map(str.isdigit, key)) >= FEWEST_FIGURES or _is_registered(key):
                self.own.setdefault(key, who)
            for plate in _plates_in(part):
                self.own.setdefault(plate, who)
            if sum(map(str.isdigit, figures)) >= FEWEST_ALONE:
                self._learn_figures(who, figures)

    def _learn_figures(self, who, figures):
        """As they are written with a country code, and without the 0 that a spreadsheet drops."""
        self.own.setdefault(figures, who)
        if figures.startswith("44"):
            self.own.setdefault(f"0{figures[2:]}", who)
        if figures.startswith("0") and figures.isdigit():
            self.own.setdefault(figures[1:], who)
            self.own.setdefault(f"44{figures[1:]}", who)

    def find(self, text):
        if self.pattern:
            for match in self.pattern.finditer(text.text):
                key = re.sub(r"[^0-9a-z]", "", match[0].lower())
                who = self.own.get(key) or self.own.get(match[0].lower(), "")
                why = (
                    f"This is a number of {who}."
                    if "@" not in match[0]
                    else f"This is an address of {who}."
                )
                yield Found(*match.span(), "number", why, HIGH, who)
        for finder in (_phones, _nhs, _codes, _references, _online):
            yield from finder(text)


def _is_registered(key):
    """Letters and figures mixed as in no word and no count: "ab12cde"."""
    has_both = any(map(str.isdigit, key)) and any(map(str.isalpha, key))
    return len(key) >= FEWEST_SIGNS and has_both and not _COUNTED_WORD.fullmatch(key)


def _plates_in(written):
    """The keys of the plates among other words: "blue van, AB12 CDE"."""
    for pattern, _ in _PLATES:
        for match in pattern.finditer(written.upper()):
            yield re.sub(r"\s", "", match[0].lower())


def _phones(text):
    for match in _PHONE.finditer(text.text):
        figures = re.sub(r"[^0-9]", "", match[0].replace("+44", "0", 1).replace("(0)", ""))
        figures = re.sub(r"^00440?", "0", figures)
        if len(figures) not in (10, 11) or _is_date_like(match[0]):
            continue
        if figures.startswith("07") and not figures.startswith("070"):
            yield Found(*match.span(), "telephone number", "This is a mobile number.", HIGH)
        elif not _PUBLIC_PHONE.match(figures) and figures[1] in "12":
            yield Found(*match.span(), "telephone number", "This is a telephone number.", MEDIUM)
    for match in _LOST_ZERO.finditer(text.text):
        yield Found(
            *match.span(), "telephone number", "This may be a mobile number without its 0.", LOW
        )


def _is_date_like(number):
    return bool(re.search(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}", number))


def _nhs(text):
    for match in _NHS.finditer(text.text):
        is_said = bool(_NHS_SAID.search(text.text[max(0, match.start() - 24) : match.start()]))
        is_valid = nhs_number_is_valid(match[1] + match[3] + match[4])
        if is_valid:
            severity = HIGH if match[2] or is_said else MEDIUM
            yield Found(
                *match.span(),
                "NHS number",
                "This is an NHS number: its last figure fits.",
                severity,
            )
        elif is_said:
            why = "This is called an NHS number, though its last figure does not fit."
            yield Found(*match.span(), "NHS number", why, MEDIUM)


def nhs_number_is_valid(figures):
    """Whether the tenth figure is the check of the nine before it, modulo 11."""
    if len(set(figures)) == 1:
        return False
    check = (
        11
        - sum(int(one) * weight for one, weight in zip(figures, range(10, 1, -1), strict=False))
        % 11
    )
    return check != 10 and check % 11 == int(figures[9])


def _codes(text):
    for match in _NINO.finditer(text.text):
        yield Found(
            *match.span(), "National Insurance number", "This is a National Insurance number.", HIGH
        )
    for pattern, severity in _PLATES:
        for match in pattern.finditer(text.text):
            is_near = _CAR.search(text.text[max(0, match.start() - 70) : match.end() + 40])
            if is_near or severity == HIGH:
                grave = HIGH if is_near else MEDIUM
                yield Found(
                    *match.span(),
                    "vehicle registration",
                    "This is written like the registration of a vehicle.",
                    grave,
                )
    for match in _SORT_CODE.finditer(text.text):
        yield Found(*match.span(), "bank account", "This is written like a bank account.", HIGH)


def _references(text):
    for pattern in (_POLICE, _LOG_OF_DAY):
        for match in pattern.finditer(text.text):
            yield Found(
                *match.span(), "reference number", "This is written like a police reference.", HIGH
            )
    for match in _REFERENCE.finditer(text.text):
        what = match["what"].lower()
        if _is_year(match["number"]) or not (match["word"] or what in _GRAVE):
            continue
        severity = HIGH if what in _GRAVE else MEDIUM
        yield Found(*match.span(), "reference number", f"This is a {what} reference.", severity)


def _is_year(number):
    return bool(re.fullmatch(r"(?:19|20)[0-9]{2}(?:[/-](?:[0-9]{2}|(?:19|20)[0-9]{2}))?", number))


def _online(text):
    for match in _EMAIL.finditer(text.text):
        is_office = _OFFICE_MAIL.search(match[0])
        severity = LOW if is_office else HIGH
        why = (
            "This is an e-mail address of an office." if is_office else "This is an e-mail address."
        )
        yield Found(*match.span(), "e-mail address", why, severity)
    for pattern in (_HANDLE, _PROFILE, _HANDLE_SAID):
        for match in pattern.finditer(text.text):
            yield Found(
                *match.span(), "social media", "This leads to an account of social media.", MEDIUM
            )
