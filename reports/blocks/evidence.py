"""What the document rests on, and the short forms that it uses."""

from chronologies.models import Entry
from foundations.gov.prose import table_of
from reports.checking.unfinished import NOT_WRITTEN_OUT
from reports.glossary import glossary_of
from reports.models import Block, Citation, Paragraph


def entries(document, *, say=str):
    """The entries that its paragraphs cite, in the order in which they happened. One that its agency
    withdrew is no longer shared with anybody, whoever cited it before."""
    standing = Citation.objects.live().filter(
        paragraph__section__document=document,
        paragraph__removed_at=None,
        paragraph__section__removed_at=None,
    )
    rows = Entry.objects.live().filter(pk__in=standing.values("entry")).merged_in_time()
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


def glossary(document, *, text_of, is_final):
    """Of the short forms in its words and in what is inserted; `text_of(block)` gives the Markdown of that.
    Those that nothing writes out say so, and are not in a final version."""
    rows = Paragraph.objects.live().filter(section__document=document, section__removed_at=None)
    texts = [
        text_of(block) if block else text
        for block, text in rows.in_order().values_list("block", "text")
        if block != Block.GLOSSARY
    ]
    names = document.review.people.values_list("pseudonym", flat=True)
    lines = [
        (one.short, one.long or NOT_WRITTEN_OUT)
        for one in glossary_of(texts, names)
        if one.long or not is_final
    ]
    return table_of(("Short form", "What it stands for"), lines)
