"""Which paragraphs of a document are about an agency, and which are another one's."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field

from actionplans.models import Recommendation
from actionplans.resting.models import RecommendationLesson
from findings.models import Evidence, Lesson, LessonFinding
from reports.models import Citation
from reviews.models import Participation

_OF_A_FILE = "file__submission__request__participation"
# The ways from what is cited to the agency that gave it.
GIVEN_BY = (
    "entry__participation",
    "answer__query__participation",
    f"passage__{_OF_A_FILE}",
)
UNDER_A_FINDING = ("entry__participation", f"passage__{_OF_A_FILE}")
_SHORT = 4  # so short a name is looked for as it is written: "IT" is not "it"


@dataclass(frozen=True)
class Candidate:
    """A written paragraph of a document, and what ties it to the agency: `why`, "" for nothing."""

    placed: object
    number: str
    paragraph: object
    why: str
    others: tuple = field(default_factory=tuple)  # names of other agencies that it is about too

    @property
    def is_of_others(self):
        """About another agency, and in nothing about this one: not this one's to read."""
        return bool(self.others) and not self.why


def candidates(outline, participation):
    """[Candidate] of all that is written in an Outline with texts, in the order of reading; a constant
    number of queries. What is inserted from the data tells of every agency, and is none."""
    parts = list(
        Participation.objects.filter(review=participation.review_id)
        .select_related("agency")
        .prefetch_related("agency__aliases", "agency__duplicates")
    )
    names = {part.pk: _names_of(part.agency) for part in parts}
    called = {part.pk: part.agency.short for part in parts}
    given = _given(outline.document)
    return [
        _candidate(placed, one, participation.pk, names, called, given)
        for placed, one in outline.paragraphs
        if not one.paragraph.is_block
    ]


def offered(found):
    """[(PlacedSection, Candidate)] of those that the agency may be sent."""
    return [(one.placed, one) for one in found if not one.is_of_others]


def seen_in(found):
    """What a sender has before them, in short: another text, or another agency that one of these is
    about, makes another one."""
    said = [(one.paragraph.pk, one.paragraph.changes, one.others) for one in found]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _candidate(placed, one, own, names, called, given):
    rests_on = given.get(one.paragraph.pk, frozenset())
    named = {pk for pk, pattern in names.items() if pattern.search(one.paragraph.text)}
    why = [
        words
        for holds, words in (
            (own in rests_on, "rests on what it gave"),
            (own in named, "names it"),
        )
        if holds
    ]
    others = sorted({called[pk] for pk in (rests_on | named) - {own} if pk in called})
    return Candidate(placed, one.number, one.paragraph, " and ".join(why), tuple(others))


def _given(document):
    """{id of a paragraph: ids of the participations on whose material it rests}: what it cites, and what that
    rests on in its turn. What a paragraph, finding or lesson once rested on counts, as its words may have
    stayed."""
    found, findings, lessons, recommendations = (defaultdict(set) for _ in range(4))
    rows = Citation.objects.filter(paragraph__section__document=document)
    cited = rows.values_list("paragraph", "finding", "lesson", "recommendation", *GIVEN_BY)
    for paragraph, finding, lesson, recommendation, *parts in cited:
        found[paragraph].update(parts)
        findings[finding].add(paragraph)
        lessons[lesson].add(paragraph)
        recommendations[recommendation].add(paragraph)
    under = RecommendationLesson.objects.filter(recommendation__in=_ids(recommendations))
    _pass_on(recommendations, under.values_list("recommendation", "lesson"), lessons)
    under = LessonFinding.objects.filter(lesson__in=_ids(lessons))
    _pass_on(lessons, under.values_list("lesson", "finding"), findings)
    told_by = (
        (findings, Evidence, "finding", UNDER_A_FINDING),
        (lessons, Lesson, "pk", ("participation",)),
        (recommendations, Recommendation, "pk", (f"own_point__{_OF_A_FILE}",)),
    )
    for paragraphs_of, model, key, ways in told_by:
        rows = model.objects.filter(**{f"{key}__in": _ids(paragraphs_of)})
        for one, *parts in rows.values_list(key, *ways):
            for paragraph in paragraphs_of[one]:
                found[paragraph].update(parts)
    return {paragraph: frozenset(parts - {None}) for paragraph, parts in found.items()}


def _ids(paragraphs_of):
    return [pk for pk in paragraphs_of if pk is not None]


def _pass_on(paragraphs_of, ties, further):
    """What cites the one thing of a tie rests on the other as well."""
    for one, other in ties:
        further[other] |= paragraphs_of[one]


def _names_of(agency):
    """A pattern that finds the agency under any of its names, and within no longer word."""
    names = {agency.name, agency.short_name, *agency.other_names} - {""}
    return re.compile("|".join(_pattern(name) for name in sorted(names, key=len, reverse=True)))


def _pattern(name):
    words = r"\s+".join(re.escape(word) for word in name.split())
    words = words if len(name) <= _SHORT else f"(?i:{words})"
    return rf"(?<!\w){words}(?!\w)"
