"""What the review concludes: figures, lessons, recommendations."""

from django.db.models import F

from actionplans.models import Recommendation
from findings.models import Count, Lesson
from findings.questions import come_to
from foundations.gov.prose import escaped, table_of


def counts(document):
    """Each saved count with what it comes to now."""
    rows = Count.objects.live().filter(review=document.review).order_by("pk")
    came = [(one, come_to(document.review, one.question)) for one in rows]
    lines = [
        (one.title, f"{now.value:,}" if now else "Cannot be counted any more") for one, now in came
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
    """As they stand in the plan, with drafts that the panel still weighs, which say so."""
    rows = Recommendation.objects.live().filter(review=document.review)
    rows = rows.order_by("is_draft", "position", "pk")
    return "\n\n".join(
        f"**Recommendation {escaped(one.number or place)}{' (draft)' if one.is_draft else ''}.** "
        f"{_words(one.text)}"
        for place, one in enumerate(rows, start=1)
    )


def _words(text):
    """Somebody's words as they are, with their paragraphs."""
    return "\n\n".join(escaped(part) for part in text.split("\n\n") if part.strip())
