"""Where somebody works or learns, told by what stands before it: "worked at", "her manager at", "Year 4 at".

Few employers and schools have "Ltd" or "School" in their name; what they are is said by the sentence.
"""

import re

from reports.leaks.hits import LOW, Found
from reports.leaks.vocabulary import context, given_names, words

EMPLOYER, SCHOOL, WENT = "employer", "school", "went"
_AS = r"(?:\s+as\s+(?:an?|the|their)(?:\s[a-z-]+){1,4}?|\s+(?:full|part)[- ]time|\s+shifts|\s+nights|\s+in\s+\w+(?:\s\w+)?)?"
_NAME_NEXT = r"[\s(]+(?:(?:the|an?|his|her|their)\s+(?:local\s+)?)?(?=(?-i:[A-Z]))"
_LEADS = {
    EMPLOYER: (
        rf"\b(?:(?:work(?:s|ed|ing)?|volunteer(?:s|ed|ing)?){_AS}\s+(?:at|for)|volunteer(?:s|ed|ing)?\s+with"
        r"|(?:he|she|who|(?-i:[A-Z0-9]))\s+(?:was|is|became|had been)\s+(?:then\s+)?an?\s+(?!(?:in-?|out-?)?patient)(?:[a-z-]+\s){1,3}?at"
        rf"|employed{_AS}\s+(?:at|by|with)|employment\s+(?:at|with)"
        r"|(?:dismissed|sacked|laid off|made redundant)\s+(?:by|from)"
        r"|(?:jobs?|shifts?|apprenticeship|placement|work experience)\s+(?:at|with)"
        r"|(?:\b(?:his|her|their|my)|'s)\s+(?:\w+\s){0,2}?(?:manager|boss|supervisor|colleagues?|workmates?|employers?|workplace|place of work)"
        r"(?:\s+(?:at|from|with|was|is|called|named)|,|\s(?=\()))"
    ),
    SCHOOL: (
        r"\b(?:(?:pupils?|students?|reception|year\s+(?:[0-9]{1,2}|\w+)|head\s?teacher|teachers?|lessons?)\s+(?:at|of)"
        r"|(?:study|studies|studied|studying|taught|educated|enrolled|excluded|expelled)\s+(?:at|from)"
        r"|(?:the|his|her|their)\s+(?:\w+\s)?(?:school|nursery|college)(?:\s+(?:was|is|called|named)|,|\s(?=\()))"
    ),
    WENT: r"\b(?:(?:went|goes|going)\s+to|attend(?:s|ed|ing)?|(?:start(?:s|ed|ing)?|began)\s+at)",
}
_LEADS = {kind: re.compile(f"{lead}{_NAME_NEXT}", re.I) for kind, lead in _LEADS.items()}
_FURTHER = re.compile(
    r"[^.!?\n\ue000]{0,60}?\b(?:and|then|later|but)\s+(?:(?:then|later|also|now|afterwards|subsequently|previously)\s+)?"
    rf"(?:at|for|with){_NAME_NEXT}",
    re.I,
)
_CAPITAL = r"(?:[A-Z][\w'&-]*[\w']|[A-Z])(?!\w)"
_RUN = re.compile(
    rf"(?:St\.?\s)?{_CAPITAL}(?:(?:\s(?:of|the|and|&))?\s{_CAPITAL}){{0,4}}(?:\s?[0-9]+)?"
)
_STAND_IN = re.compile(r"(?<! of) [A-Z]$|[0-9]$")  # "School A", "Employer 2"
_SHORT_FORM = re.compile(r"[A-Z]{2}")  # a meeting or a service, such as a MARAC
_PUBLIC = context("work.public")
_NO_EMPLOYER = context("work.no_employer")
_NO_NAME = words("ordinary") | words("bodies") | words("places") | words("roles")
_MOST_FURTHER = 5


class WorkAndSchool:
    """`places` and `public` are Places that may be named, `known` the keys of pseudonyms and of names."""

    def __init__(self, places, public, known):
        self.places, self.public, self.known = places, public, known

    def find(self, text):
        """Founds, each LOW: after such words a place or a thing may be named as well."""
        for kind, lead in _LEADS.items():
            for match in lead.finditer(text.text):
                run = _RUN.match(text.text, match.end())
                yield from self._judged(text, run, kind)
                if kind == EMPLOYER:
                    yield from self._further(text, run)

    def _further(self, text, run):
        """ "Worked for Greggs and later at the Nisa"."""
        for _ in range(_MOST_FURTHER):
            match = _FURTHER.match(text.text, run.end())
            if not match:
                return
            run = _RUN.match(text.text, match.end())
            yield from self._judged(text, run, EMPLOYER)

    def _judged(self, text, run, kind):
        keys = [text.keys[at] for at in text.within(*run.span())]
        if _STAND_IN.search(run[0]) or not self._is_name(text, *run.span(), keys, kind):
            return
        if kind == WENT and _SHORT_FORM.search(run[0]):
            return
        said = SCHOOL if kind == WENT else kind
        may_be = "may be" if kind == WENT else "seems to be"
        why = f"This {may_be} the {said} of somebody; it is not among the bodies that may be named."
        yield Found(*run.span(), said, why, LOW)

    def _is_name(self, text, start, end, keys, kind):
        own = [key for key in keys if len(key) > 1 and key not in _NO_NAME | self.known]
        if kind == EMPLOYER and "".join(keys) not in _NO_EMPLOYER and "&" in text.text[start:end]:
            return True  # "B&Q"
        if not own or _PUBLIC.intersection(keys) or keys[0] in words("titles") - {"st"}:
            return False
        if self.places.names(keys) or self.public.names(keys):
            return False
        if kind != WENT:
            return not all(text.is_ordinary(key) for key in own)
        is_general = any(key in words("bodies") or key in given_names() for key in keys)
        return not is_general and not any(text.is_ever_small(key) for key in own)
