"""What was found, as a page shows it and as it is kept: plain values, each finding with the sentences it
stands in and the code by which it is known again."""

import re
from dataclasses import asdict, dataclass

from foundations.gov.prose import UNKNOWN
from reports.checking.codes import code_of
from reports.checking.plain import REFERENCE, plain, sentence_spans
from reports.checking.values import Result

LONGEST = 240  # characters of a sentence before and after what is quoted


@dataclass(frozen=True)
class Side:
    """A sentence with what is meant in it; `name` is what a person calls its paragraph, at `href`."""

    name: str
    href: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class Found:
    """One thing to look at. Where no sentence says it, it is mended at `href`, which `way` names."""

    code: str
    message: str
    sides: tuple[Side, ...] = ()
    confidence: str = ""
    href: str = ""
    way: str = ""

    @property
    def in_words(self):
        """What an answer to it keeps, so that it can be read when the text says something else."""
        quotes = (f"{one.name}: “{one.quote}”" for one in self.sides)
        return "\n".join([self.message, *quotes])


@dataclass(frozen=True)
class FoundItem:
    """One line of the list; `result` as reports.checking.values.Result."""

    key: str
    question: str
    looked_at: str
    result: str
    to_do: str = ""
    found: tuple[Found, ...] = ()

    @property
    def is_for_a_person(self):
        """Nothing could be found, and that does not say that all is well."""
        return self.result != Result.MET and not self.found

    def to_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, said):
        found = tuple(
            Found(**(one | {"sides": tuple(Side(**side) for side in one["sides"])}))
            for one in said["found"]
        )
        return cls(**(said | {"found": found}))


def shown(item, document, refer, digest):
    """The FoundItem of an Item. `refer(kind, key)` gives (words, address) of what a reference leads to,
    or None; `digest` as for codes.code_of."""
    texts = [paragraph.text for _, paragraph in document.paragraphs]
    found = tuple(
        Found(
            code=code_of(item, remark, document, digest),
            message=remark.message,
            sides=tuple(_side(place, texts[place.at], refer) for place in remark.places),
            confidence=str(remark.confidence or ""),
            **_to_section(remark, refer),
        )
        for remark in item.remarks
    )
    return FoundItem(
        key=item.key,
        question=item.question,
        looked_at=item.looked_at,
        result=str(item.result),
        to_do=item.to_do,
        found=tuple({one.code: one for one in found}.values()),
    )


def _to_section(remark, refer):
    found = refer("s", remark.section) if remark.section else None
    return {"href": found[1], "way": "Go to the section"} if found else {}


def _side(place, written, refer):
    clean = plain(written)
    spans = [
        span for span in sentence_spans(clean) if span[0] < place.end and place.start < span[1]
    ]
    start = min([place.start, *(one for one, _ in spans)])
    end = max([place.end, *(one for _, one in spans)])

    def said(a, b):
        return _said(written, clean, a, b, refer)

    found = refer("p", place.key)
    return Side(
        name=place.name,
        href=found[1] if found else "",
        before=_last(said(start, place.start).lstrip()),
        quote=said(place.start, place.end),
        after=_first(said(place.end, end).rstrip()),
    )


def _said(written, clean, start, end, refer):
    """Plain words from one place to another, each reference as it reads."""
    parts, at = [], start
    for match in REFERENCE.finditer(written, start, end):
        found = refer(*match.groups())
        parts += [clean[at : match.start()], found[0] if found else UNKNOWN]
        at = match.end()
    return re.sub(r"\s+", " ", "".join([*parts, clean[at:end]]))


def _last(words):
    return words if len(words) <= LONGEST else f"… {words[-LONGEST:].partition(' ')[2]}"


def _first(words):
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]} …"
