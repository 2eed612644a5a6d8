"""Whether what a paragraph rests on still stands as it did when it was cited."""

from reports.checking.facts import LooseFact
from reports.models import Citation, Paragraph

WITHDRAWN, TAKEN_AWAY, CORRECTED, CHANGED = (
    "Withdrawn since",
    "Taken away since",
    "Corrected since",
    "Changed since",
)
# What it is called in a list that is the same for all who write: who was spoken to, not all of them know.
_CALLED = {
    "entry": "An entry",
    "finding": "A finding",
    "lesson": "A lesson",
    "recommendation": "A recommendation",
    "passage": "A report",
}
_ELSE = "Something"


def since(citation):
    """What befell the cited since, in words; "" where it stands as it was. The citation came through
    Citation.objects.with_changes()."""
    cited = citation.cited
    if citation.source == "entry" and cited.withdrawn_at:
        return WITHDRAWN
    if _is_gone(citation, cited):
        return TAKEN_AWAY
    if citation.is_corrected:
        return CORRECTED
    return CHANGED if _changes(citation, cited) != citation.version else ""


def _is_gone(citation, cited):
    held = cited.file if citation.source == "passage" else cited
    return bool(getattr(held, "withdrawn_at", None) or getattr(held, "removed_at", None))


def _changes(citation, cited):
    return getattr(cited, "changes", citation.changes_kept)


def loosened_in(document):
    """[LooseFact] of the paragraphs that stand in a document, in the order of citing; two queries.

    Whoever asks writes the document: nothing here asks who looks, and nothing is said of the words."""
    rows = Citation.objects.live().filter(
        paragraph__in=Paragraph.objects.live().filter(
            section__document=document, section__removed_at=None
        )
    )
    rows = rows.for_display().with_changes().select_related("paragraph").order_by("pk")
    return [
        LooseFact(
            paragraph=str(one.paragraph.key),
            what=_CALLED.get(one.source, _ELSE),
            since=told.lower(),
            of=f"{one.source} {one.cited.pk}, {_changes(one, one.cited)}",
        )
        for one in rows
        if (told := since(one))
    ]
