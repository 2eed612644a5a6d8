"""Where the golden thread is broken, and what to do about each place.

`broken_of` asks a constant number of questions, of what the reader may see.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode

from actionplans.drafting import clipped
from actionplans.earlier.models import EarlierPoint
from actionplans.models import Action, Recommendation, RecommendationLead
from actionplans.resting.models import RecommendationLesson
from desk.alike import alike
from findings.grid import parts_of
from findings.models import Evidence, Finding, Lesson, LessonFinding, TermAnswer
from reports.checks.links import BrokenLink
from reviews.models import Participation
from reviews.rules import Stage
from reviews.submissions.models import Submission
from reviews.terms.models import Term, TermText

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
            pairs=alike(review, user),
        ),
    ]


def count_of(review, user):
    return sum(kind.count for kind in broken_of(review, user))


def for_documents(review, user):
    """[BrokenLink] for the list before a document is submitted, without what that list looks at itself;
    a sentence where there is nothing to mend here."""
    if why := why_nothing_is_broken(review, user):
        return why
    kinds = broken_of(review, user)
    found = [
        BrokenLink(kind.title, one.name, one.words, one.to_do, one.way)
        for kind in kinds
        if kind.code != "lessons-recommendations"
        for one in kind.places
    ]
    page = reverse("desk:broken-links", args=[review.reference])
    return found + [
        BrokenLink(kind.title, f"{one.first}; {one.second}", "", "Say whether they are one", page)
        for kind in kinds
        for one in kind.pairs
    ]


_BEFORE = {Stage.SCOPING, Stage.DECISION, Stage.COMMISSIONED, Stage.GATHERING}
_AFTER = {Stage.MONITORING, Stage.CLOSED}


def why_nothing_is_broken(review, user):
    """Why what is not tied is nothing to mend here, in a sentence; "" where it is."""
    if review.stage in _BEFORE:
        return "The panel’s analysis has not begun, so there is nothing to mend yet."
    if review.stage in _AFTER and not _has_analysis(review, user):
        return "Only the action plan is followed here: this review holds no findings or lessons."
    return ""


def _has_analysis(review, user):
    return any(
        model.objects.visible_to(user).live().filter(review=review).exists()
        for model in (Finding, Lesson)
    )


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
        is_acted_on=Exists(_actions().filter(**below)),
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


def _actions():
    """Not the points of which a recommendation of an earlier report consists: nobody wrote them as
    something that is to be done by somebody."""
    brought = EarlierPoint.objects.filter(recommendation=OuterRef("recommendation"))
    return Action.objects.live().filter(Q(key__isnull=False) | ~Exists(brought))


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


def _terms(review, user):
    texts = TermText.objects.visible_to(user).filter(
        version__review=review, version__issued_at__isnull=False
    )
    texts = list(texts.numbered().order_by("version__number", "position"))
    if not texts:
        return []
    last = [one for one in texts if one.version_id == texts[-1].version_id]
    last.sort(key=lambda one: one.term.kind != Term.Kind.TERM)  # as everywhere: terms first
    said = (
        TermAnswer.objects.visible_to(user).filter(term__in=[one.term_id for one in last]).latest()
    )
    verdicts = {}
    for answer in said:
        verdicts.setdefault(answer.term_id, {})[answer.participation_id] = answer.verdict
    asked = set(parts_of(review, user).values_list("pk", flat=True))
    return [
        _unanswered(one, review, verdicts.get(one.term_id, {}), asked)
        for one in last
        if not {_Verdict.ANSWERED, _Verdict.PARTLY} & set(verdicts.get(one.term_id, {}).values())
    ]


def _unanswered(text, review, verdicts, asked):
    """Where it is mended depends on how far the agencies were judged; `verdicts` by part."""
    row = f"{reverse('findings:grid', args=[review.reference])}#term-{text.term_id}"
    to_do, way = _way_to_answer(text, review, verdicts, asked, row)
    return Place(
        name=f"{text.term.get_kind_display()} {text.number}",
        words=clipped(text.text, LONGEST),
        href=row,
        to_do=to_do,
        way=way,
        why="" if verdicts else "Not judged yet.",
    )


def _way_to_answer(text, review, verdicts, asked, row):
    to_judge = len(asked - set(verdicts))
    silent = sorted(part for part, one in verdicts.items() if one == _Verdict.SILENT)
    if not verdicts or to_judge:
        whom = f"the other {to_judge}" if verdicts else "each agency"
        return f"Say in the grid how far {whom} answered it", row
    if silent:
        n = len(silent)
        query = urlencode({"kind": "question", "term": text.term_id, "part": silent}, doseq=True)
        way = reverse("reviews:request-ask", args=[review.reference])
        whom = "the agency that is" if n == 1 else f"the {n} agencies that are"
        return f"Ask {whom} silent on it", f"{way}?{query}"
    new = reverse("findings:finding-create", args=[review.reference])
    return "Say in a finding why it stays open", f"{new}?term={text.term_id}"


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
