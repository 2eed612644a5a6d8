"""Where the golden thread is broken, and what to do about each place.

`broken_of` asks a constant number of questions, of what the reader may see.
"""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from actionplans.drafting import clipped
from actionplans.models import Action, Recommendation, RecommendationLead
from actionplans.resting.models import RecommendationLesson, ToldApart
from findings.models import Evidence, Finding, Lesson, LessonFinding, TermAnswer
from reviews.models import Participation
from reviews.submissions.models import Submission
from reviews.terms.models import TermText

ALIKE = 0.6  # of the words of both, those that both have
MOST_OF_ONE = 0.9  # of the words of the shorter one
FEWEST_WORDS = 4
LONGEST = 240
_STANDS = (
    Q(entry=None) | Q(entry__withdrawn_at=None),
    Q(passage=None) | Q(passage__file__removed_at=None),
    Q(contact=None) | Q(contact__corrected_by=None),
)
_Verdict = TermAnswer.Verdict


@dataclass(frozen=True)
class Place:
    """One broken link: what it is about, and where it is mended."""

    name: str  # "Finding 3"
    words: str
    href: str
    to_do: str  # "Put evidence under it"
    way: str  # where that is done
    why: str = ""


@dataclass(frozen=True)
class Pair:
    first: Recommendation
    second: Recommendation


@dataclass
class Kind:
    code: str
    title: str
    help: str
    places: list = field(default_factory=list)
    pairs: list = field(default_factory=list)

    @property
    def count(self):
        return len(self.places) + len(self.pairs)


def broken_of(review, user):
    """[Kind] of every kind of broken link, those without any included."""
    return [
        Kind(
            "findings",
            "Findings without evidence",
            "A finding is only as good as what it rests on.",
            _findings(review, user),
        ),
        Kind(
            "lessons-findings",
            "Lessons that rest on no finding",
            "A lesson says what a finding taught.",
            _lessons_without_finding(review, user),
        ),
        Kind(
            "lessons-recommendations",
            "Lessons without a recommendation",
            "Each needs a recommendation, or a reason why there is none.",
            _lessons_without_recommendation(review, user),
        ),
        *_recommendations(review, user),
        Kind(
            "terms",
            "Terms of reference without an answer",
            "Of no agency is it said so far that it answered them, even in part.",
            _terms(review, user),
        ),
        Kind(
            "agencies",
            "Agencies that sent a report and appear nowhere",
            "Nothing of what they sent stands under any finding.",
            _agencies(review, user),
        ),
        Kind(
            "alike",
            "Recommendations that read nearly the same",
            "The same thing asked for twice is easily done once and counted twice.",
            pairs=_alike(review, user),
        ),
    ]


def count_of(review, user):
    return sum(kind.count for kind in broken_of(review, user))


# --- Findings and lessons -----------------------------------------------------------------------


def _findings(review, user):
    under = Evidence.objects.live().filter(finding=OuterRef("pk"))
    rows = Finding.objects.visible_to(user).live().filter(review=review)
    rows = rows.annotate(had=Exists(under)).filter(~Exists(under.filter(*_STANDS)))
    return [
        Place(
            name=f"Finding {one.number}",
            words=clipped(one.text, LONGEST),
            href=one.get_absolute_url(),
            to_do="Put evidence under it",
            way=reverse("findings:evidence-add", args=[review.reference, one.number]),
            why="What stood under it was withdrawn since." if one.had else "",
        )
        for one in rows.select_related("review").order_by("number")
    ]


def _lessons(review, user):
    return (
        Lesson.objects.visible_to(user)
        .live()
        .filter(review=review)
        .select_related("review", "participation__agency")
        .order_by("number")
    )


def _lessons_without_finding(review, user):
    ties = LessonFinding.objects.live().filter(lesson=OuterRef("pk"), finding__removed_at=None)
    return [
        Place(
            name=_name_of(one),
            words=clipped(one.text, LONGEST),
            href=one.get_absolute_url(),
            to_do="Say which findings it rests on",
            way=one.get_absolute_url(),
        )
        for one in _lessons(review, user).filter(~Exists(ties))
    ]


def _lessons_without_recommendation(review, user):
    ties = RecommendationLesson.objects.live().filter(
        lesson=OuterRef("pk"), recommendation__withdrawn_at=None
    )
    new = reverse("actionplans:recommendation-create", args=[review.reference])
    return [
        Place(
            name=_name_of(one),
            words=clipped(one.text, LONGEST),
            href=one.get_absolute_url(),
            to_do="Write a recommendation, or say on its page why there is none",
            way=f"{new}?lesson={one.number}",
        )
        for one in _lessons(review, user).filter(~Exists(ties), why_no_recommendation="")
    ]


def _name_of(lesson):
    part = lesson.participation
    return f"Lesson {lesson.number} of {part.agency}" if part else f"Lesson {lesson.number}"


# --- Recommendations ----------------------------------------------------------------------------


def _recommendations(review, user):
    """Of a whole with parts, what its parts have counts for it, and what it has for them."""
    below = {"recommendation": OuterRef("pk")}
    rows = Recommendation.objects.visible_to(user).live().filter(review=review)
    rows = rows.annotate(
        is_tied=Exists(
            RecommendationLesson.objects.live().filter(lesson__removed_at=None, **below)
        ),
        is_led=Exists(RecommendationLead.objects.filter(**below)),
        is_acted_on=Exists(Action.objects.live().filter(**below)),
    )
    rows = list(rows.select_related("review").order_by("position", "pk"))
    for name in ("is_tied", "is_led", "is_acted_on"):
        _share(rows, name)
    wholes = [one for one in rows if one.parent_id is None]
    return [
        Kind(
            "recommendations-lessons",
            "Recommendations that rest on no lesson",
            "Whoever must act on it asks why.",
            [
                _place(one, "Tie it to its lessons", "recommendation-rest")
                for one in wholes
                if not one.is_tied
            ],
        ),
        Kind(
            "recommendations-leads",
            "Recommendations that nobody leads",
            "What is everybody’s is nobody’s.",
            [_place(one, *_way_to_lead(one)) for one in wholes if not one.is_led],
        ),
        Kind(
            "recommendations-actions",
            "Recommendations without an action",
            "An action says who does what by when.",
            [_place(one, "Add an action", "action-add") for one in wholes if not one.is_acted_on],
        ),
    ]


def _share(rows, name):
    of_parts = {one.parent_id for one in rows if one.parent_id and getattr(one, name)}
    for one in rows:
        if one.pk in of_parts:
            setattr(one, name, True)


def _way_to_lead(one):
    if one.is_made_here:
        return "Say who leads it", "recommendation-change"
    return "Add an action with a lead", "action-add"


def _place(one, to_do, page):
    at = [one.review.reference, one.pk]
    return Place(
        name=f"{one}, {one.group}" if one.own_point_id else str(one),
        words=clipped(one.text, LONGEST),
        href=one.get_absolute_url(),
        to_do=to_do,
        way=reverse(f"actionplans:{page}", args=at),
    )


# --- Terms and agencies -------------------------------------------------------------------------


_JUDGE = "Say in the grid how far each agency answered it"
_ASK = "Ask an agency, or say in a finding why it stays open"


def _terms(review, user):
    texts = TermText.objects.visible_to(user).filter(
        version__review=review, version__issued_at__isnull=False
    )
    texts = list(texts.numbered().order_by("version__number", "position"))
    if not texts:
        return []
    last = [one for one in texts if one.version_id == texts[-1].version_id]
    said = (
        TermAnswer.objects.visible_to(user).filter(term__in=[one.term_id for one in last]).latest()
    )
    judged = {answer.term_id for answer in said}
    answered = {
        answer.term_id for answer in said if answer.verdict in (_Verdict.ANSWERED, _Verdict.PARTLY)
    }
    way = reverse("findings:grid", args=[review.reference])
    return [
        Place(
            name=f"{one.term.get_kind_display()} {one.number}",
            words=clipped(one.text, LONGEST),
            href=way,
            to_do=_ASK if one.term_id in judged else _JUDGE,
            way=way,
            why="" if one.term_id in judged else "Not judged yet.",
        )
        for one in last
        if one.term_id not in answered
    ]


def _agencies(review, user):
    """Those whose report was sent; a request answered in words or with nil is no report."""
    reports = (
        Submission.objects.visible_to(user).sent().filter(request__participation=OuterRef("pk"))
    )
    cited = Evidence.objects.live().filter(finding__removed_at=None, finding__review=review)
    mine = Q(entry__participation=OuterRef("pk")) | Q(
        passage__file__submission__request__participation=OuterRef("pk")
    )
    parts = Participation.objects.visible_to(user).contributing().filter(review=review)
    parts = parts.filter(Exists(reports), ~Exists(cited.filter(mine, *_STANDS)))
    way = reverse("findings:grid", args=[review.reference])
    return [
        Place(
            name=str(part.agency),
            words="",
            href=part.get_absolute_url(),
            to_do="Look at what it says under each term, and put it under a finding",
            way=way,
        )
        for part in parts.select_related("agency", "review").order_by("agency__name")
    ]


# --- Recommendations that read alike --------------------------------------------------------------

_STEMS = """
select r.id, tsvector_to_array(to_tsvector('english', r.text))
from actionplans_recommendation r where r.id = any(%s)
"""


def _alike(review, user):
    """Pairs, agencies' own and the panel's alike, but for those that somebody told apart."""
    rows = Recommendation.objects.visible_to(user).live().filter(review=review)
    rows = {one.pk: one for one in rows.select_related("review", "own_point")}
    apart = set(
        ToldApart.objects.filter(first__in=rows, second__in=rows).values_list("first", "second")
    )
    return [
        Pair(rows[first], rows[second])
        for first, second in _near(_stems(list(rows)))
        if (first, second) not in apart and not _are_kin(rows[first], rows[second])
    ]


def _are_kin(first, second):
    """A whole and its part, or two parts of one whole, read alike by their nature."""
    return first.parent_id == second.pk or second.parent_id == first.pk


def _stems(ids):
    """{id: the words of a recommendation as PostgreSQL's full-text search has them}"""
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [ids])
        return {pk: frozenset(words) for pk, words in cursor.fetchall()}


def _near(stems):
    """Pairs of ids, the smaller first. Only those that share a rarer word are compared at all."""
    holding = {}
    for pk, words in stems.items():
        for word in words:
            holding.setdefault(word, []).append(pk)
    rare = {word for word, pks in holding.items() if len(pks) <= max(10, len(stems) // 4)}
    seen = set()
    for word in rare:
        pks = sorted(holding[word])
        seen |= {(a, b) for at, a in enumerate(pks) for b in pks[at + 1 :]}
    same = {}
    for pk, words in stems.items():
        same.setdefault(words, []).append(pk)
    for pks in same.values():  # word for word, however common the words
        pks = sorted(pks)
        seen |= {(a, b) for at, a in enumerate(pks) for b in pks[at + 1 :]}
    return sorted(pair for pair in seen if _is_alike(stems[pair[0]], stems[pair[1]]))


def _is_alike(one, other):
    if not one or not other:
        return False
    both, fewer = len(one & other), min(len(one), len(other))
    if fewer < FEWEST_WORDS:
        return one == other
    return both / len(one | other) >= ALIKE or (
        both / fewer >= MOST_OF_ONE and fewer * 2 >= max(len(one), len(other))
    )
