"""What the document rests on, and the short forms that it uses."""

from chronologies.models import Entry
from foundations.gov.prose import table_of
from reports.glossary import glossary_of
from reports.models import Citation, Paragraph


def entries(document, *, say=str):
    """The entries that its paragraphs cite, in the order in which they happened."""
    standing = Citation.objects.live().filter(
        paragraph__section__document=document,
        paragraph__removed_at=None,
        paragraph__section__removed_at=None,
    )
    rows = Entry.objects.filter(pk__in=standing.values("entry")).merged_in_time()
    return table_of(
        ("Date", "Agency", "What happened", "What was done"),
        [
            (
                (say(one.date) if one.date else "") or "–",
                one.participation.agency.name if one.participation else "Review team",
                one.text or "–",
                one.action or "–",
            )
            for one in rows.select_related("participation__agency")
        ],
    )


def glossary(document):
    """Of the short forms in its words; those that nothing writes out say so."""
    rows = Paragraph.objects.live().filter(
        section__document=document, section__removed_at=None, block=""
    )
    texts = rows.values_list("text", flat=True)
    return table_of(
        ("Short form", "What it stands for"),
        [(one.short, one.long or "Not written out yet") for one in glossary_of(texts)],
    )
