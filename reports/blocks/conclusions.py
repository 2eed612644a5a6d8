"""What the review concludes: figures, lessons, recommendations."""

from django.db.models import F

from actionplans.models import Recommendation
from findings.models import Count, Lesson
from findings.questions import come_to
from foundations.gov.prose import escaped, table_of
from reports.checking.unfinished import NOT_COUNTED
from reports.models import Block, Paragraph


def counts(document, *, is_final):
    """Each saved count with what it comes to now; one that cannot be counted is not in a final version."""
    rows = Count.objects.live().filter(review=document.review).order_by("pk")
    came = [(one, come_to(document.review, one.question)) for one in rows]
    lines = [
        (one.title, f"{now.value:,}" if now else NOT_COUNTED)
        for one, now in came
        if now or not is_final
    ]
    return table_of(("What was counted", "How many"), lines)


def lessons(document):
    """The panel's first, then each agency's own under its name."""
    rows = Lesson.objects.live().filter(review=document.review)
    rows = rows.select_related("participation__agency").order_by(
        F("participation__agency__name").asc(nulls_first=True), "number"
    )
    parts, whose = [], None
    for one in rows:
        agency = one.participation.agency.name if one.participation else None
        if agency != whose:
            whose = agency
            parts.append(f"**{escaped(agency)}**")
        parts.append(f"**Lesson {one.number}.** {_words(one.text)}")
    return "\n\n".join(parts)


def recommendations(document):
    """As they stand in the plan, with drafts that the panel still weighs, which say so. The panel's first,
    then each group's, such as an agency's own, and those for each body, where they are for several, under
    its name: two of them can have one number."""
    parts, last = [], (False, "")
    for called, one, body in _recommended(document):
        under = one.is_draft, body.casefold()
        if body and under != last:
            parts.append(f"**{escaped(body)}**")
        last = under
        parts.append(
            f"**{escaped(called)}{' (draft)' if one.is_draft else ''}.** {_words(one.text)}"
        )
    return "\n\n".join(parts)


def drafts_shown(document):
    """What the drafts are called that stand among its recommendations: a final version waits for them."""
    blocks = Paragraph.objects.live().filter(
        section__document=document,
        section__removed_at=None,
        block=Block.RECOMMENDATIONS,
    )
    if not blocks.exists():
        return []
    drafts = [(called, body) for called, one, body in _recommended(document) if one.is_draft]
    return [f"{called} ({body})" if body else called for called, body in drafts]


def _recommended(document):
    """[(what it is called, Recommendation, whose it is or "")] in the order of reading."""
    rows = Recommendation.objects.live().filter(review=document.review)
    rows = list(rows.order_by("is_draft", "position", "pk"))
    said = [one.group or one.addressed_to for one in rows]
    several = len({body.casefold() for body in said if body}) > 1
    bodies = said if several else [one.group for one in rows]
    places = list(dict.fromkeys(["", *(body.casefold() for body in bodies)]))
    named = [
        (f"Recommendation {one.number or n}", one, body)
        for n, (one, body) in enumerate(zip(rows, bodies, strict=True), start=1)
    ]
    return sorted(named, key=lambda told: (told[1].is_draft, places.index(told[2].casefold())))


def _words(text):
    """Somebody's words as they are, with their paragraphs."""
    return "\n\n".join(escaped(part) for part in text.split("\n\n") if part.strip())
