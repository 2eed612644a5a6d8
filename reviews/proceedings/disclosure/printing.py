"""A frozen schedule as a tagged PDF: the lines that its asker may see."""

from django.template.loader import render_to_string

from foundations.office.pdf import MARKING, Part, render_parts
from reviews.proceedings.disclosure.queries import handed_of, lines_of
from reviews.proceedings.disclosure.sources import source_of

PART_ROWS = 250


def as_pdf(user, schedule):
    return render_parts(
        _parts(user, schedule), title=f"{schedule}, {schedule.review.reference}", processes=1
    )


def _parts(user, schedule):
    """A schedule without lines is still a document."""
    lines = [(line, source_of(line.source).label) for line in lines_of(user, schedule)]
    for start in range(0, max(len(lines), 1), PART_ROWS):
        some = lines[start : start + PART_ROWS]
        yield _part("lines", "Lines", schedule, lines=some, continues=start > 0)
    if handed := handed_of(user, schedule):
        yield _part("handed", "Handed over", schedule, handed=handed, continues=True)


def _part(template, label, schedule, **context):
    review = schedule.review
    facts = [
        ("Frozen on", f"{schedule.frozen_on:%-d %B %Y}"),
        ("Partnership", review.partnership.name),
    ]
    html = render_to_string(
        f"reviews/proceedings/schedule_pdf_{template}.html",
        {
            "title": str(schedule),
            "kind": f"Review {review.reference}",
            "reference": review.reference,
            "marking": MARKING,
            "facts": facts,
            "landscape": True,
            **context,
        },
    )
    return Part(html, label)
