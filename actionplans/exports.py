"""The action plan as a workbook or a PDF: exactly the rows that its asker may see."""

import hashlib
import io
from dataclasses import dataclass

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone

from actionplans.documents import grouped, shown_row
from actionplans.forms import PlanFilterForm
from actionplans.models import ProgressNote, Recommendation, RecommendationLead, Update
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING, Part, render_parts
from foundations.vault.downloads import PDF, XLSX

PART_ROWS = 250  # of a PDF
LONG_ROW = 18  # lines, about half a page
CHARACTERS = 45  # of a line in the widest column
HEADINGS = (
    "Number",
    "Part of",
    "Group",
    "Recommendation",
    "Level",
    "Scope",
    "Addressed to",
    "Theme",
    "Lead agencies",
    "Lead as written",
    "Actions",
    "Milestones",
    "Target date as written",
    "Earliest",
    "Latest",
    "Status",
    "Claimed in the file",
    "Outcome",
    "Decision",
    "Updates in the file",
    "Progress reported here",
    "What the plan leaves open",
    "To be checked",
    "Other columns",
    "Place in the file",
)
WIDTHS = (
    9,
    9,
    24,
    60,
    11,
    14,
    24,
    20,
    30,
    30,
    50,
    40,
    20,
    12,
    12,
    22,
    20,
    40,
    16,
    40,
    40,
    30,
    30,
    30,
    18,
)


@dataclass(frozen=True)
class Made:
    content: bytes
    name: str
    format: str
    rows: int

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def visible_recommendations(review, user):
    return Recommendation.objects.visible_to(user).filter(review=review).live()


def leads_in(recommendations):
    """(participation, agency) of those who lead any of these, by name."""
    leads = RecommendationLead.objects.filter(recommendation__in=recommendations.order_by())
    return list(
        leads.order_by("participation__agency__name")
        .values_list("participation", "participation__agency__name")
        .distinct()
    )


def filtered(review, user, chosen):
    """The filters as filled in, and what they leave of what this person may see.

    They choose by lead, status and date, so only among what is read with those.
    """
    visible = visible_recommendations(review, user)
    whole = Recommendation.objects.read_as_a_whole(user).filter(review=review).live()
    form = PlanFilterForm(chosen, leads=leads_in(whole))
    form.is_valid()
    return form, (form.choose(whole) if form.chooses else visible).in_plan_order()


def make(review, user, *, format_, chosen):
    """Written with the rights that this person has now."""
    form, recommendations = filtered(review, user, chosen)
    notes = ProgressNote.objects.visible_to(user).select_related("participation__agency", "verdict")
    recommendations = recommendations.for_display(user).prefetch_related(
        Prefetch("updates", Update.objects.visible_to(user)), Prefetch("progress_notes", notes)
    )
    rows = [shown_row(one) for one in recommendations]
    content = _WRITERS[format_](review, rows, is_whole=not form.written)
    return Made(content, f"{review.reference} action plan.{format_}", format_, len(rows))


# --- Excel --------------------------------------------------------------------------------------


def _workbook(review, rows, *, is_whole):
    stream = io.BytesIO()
    lines = (_line(row) for row in rows)
    write_workbook([Sheet("Action plan", HEADINGS, lines, WIDTHS)], stream, marking=MARKING)
    return stream.getvalue()


def _line(row):
    one = row.recommendation
    shown = one if row.is_whole else Recommendation(review=one.review)
    return (
        row.number,
        row.part_of,
        row.group,
        row.text,
        row.level,
        row.scope,
        row.addressed_to,
        row.theme,
        "\n".join(row.leads),
        row.lead_as_written,
        "\n".join(_action_line(action) for action in row.actions),
        "\n".join(row.milestones),
        shown.target_as_written or shown.target.text,
        shown.target_earliest.isoformat() if shown.target_earliest else "",
        shown.target_latest.isoformat() if shown.target_latest else "",
        row.words,
        row.claim,
        row.outcome,
        row.decision,
        "\n".join(_update_line(update) for update in one.updates.all()),
        "\n".join(_note_line(note) for note in one.progress_notes.all()),
        "\n".join(row.flags),
        "\n".join(doubt["message"] for doubt in shown.open_doubts_for_readers),
        "\n".join(f"{heading}: {text}" for heading, text in shown.other.items()),
        shown.where,
    )


def _action_line(action):
    text = f"{action.number} {action.text}".strip()
    return f"{text} ({action.note})" if action.note else text


def _update_line(update):
    label = update.label.strip().rstrip(":")
    return f"{label}: {update.text}" if label else update.text


def _note_line(note):
    at = timezone.localtime(note.at)
    who = f", {note.participation.agency.name}" if note.participation else ""
    became, _ = note.became
    said = f"{at:%-d %B %Y}{who}, {became}"
    return f"{said}: {note.note}" if note.note else said


# --- PDF ----------------------------------------------------------------------------------------


def _pdf(review, rows, *, is_whole):
    made_at = timezone.localtime()
    whole = [row.recommendation for row in rows if row.is_whole]
    overdue = sum(one.is_overdue for one in whole)
    facts = [
        ("Recommendations", f"{len(rows):,}"),
        ("Overdue", f"{overdue:,}"),
        ("As it stood on", f"{made_at:%-d %B %Y, %H:%M}"),
    ]
    if not is_whole:
        facts.append(("Shown", "A part of the plan, chosen by filters"))
    return render_parts(
        _parts(review, rows, facts), title=f"Action plan, {review.reference}", processes=1
    )


def _parts(review, rows, facts):
    """A plan without rows is still a document."""
    for start in range(0, max(len(rows), 1), PART_ROWS):
        some = [_printed(heading, row) for heading, row in grouped(rows[start : start + PART_ROWS])]
        html = render_to_string(
            "actionplans/pdf_part.html",
            {
                "title": "Action plan",
                "kind": f"Review {review.reference}",
                "reference": review.reference,
                "facts": facts,
                "landscape": True,
                "continues": start > 0,
                "rows": some,
            },
        )
        yield Part(html, some[0]["heading"] if some else "Action plan")


def _printed(heading, row):
    reported = _reported(row.recommendation)
    done = [*(f"{action.text} {action.note}" for action in row.actions), *row.milestones, *reported]
    lines = max(_lines(done), _lines([row.text]), 2 * _lines([row.outcome, row.claim, row.target]))
    return {
        "heading": heading,
        "row": row,
        "reported": reported,
        # Kept whole, a row as tall as a page would push the heading of the table off it.
        "is_long": lines > LONG_ROW,
    }


def _lines(texts):
    """About so many lines of the widest column."""
    return sum(1 + len(line) // CHARACTERS for text in texts for line in text.splitlines())


def _reported(one):
    """What was reported of it: by the file, then here, in the order of time."""
    updates = [_update_line(update) for update in one.updates.all()]
    return [*updates, *(_note_line(note) for note in reversed(one.progress_notes.all()))]


_WRITERS = {"xlsx": _workbook, "pdf": _pdf}
MEDIA_TYPES = {"xlsx": XLSX, "pdf": PDF}
