"""The house's own layouts, used until a partnership has made its own.

The order of the headings follows the layouts of 2013 and 2016 as published reports show them; the
guidance, and what a panel looks for, are this service's own words. A section is
(code, heading, what to write, what a quality panel looks for) with more where it is needed.
"""

from datetime import date

from reports.layouts.overview import OVERVIEW_2013, OVERVIEW_2016
from reports.layouts.shorter import (
    EXECUTIVE_SUMMARY,
    FAMILY_COPY,
    LEARNING_BRIEFING,
    LEARNING_SHEET,
    SUMMARY_2013,
)

SINCE = date(2011, 4, 13)
_BUILT_IN = (
    "Built into this service: the headings as published reports have them, the guidance in our own "
    "words. Not an official text. To be checked against current guidance before use."
)

# layout: (title, the sections of each version, the first one first)
LAYOUTS = {
    "overview-2016": ("Overview report, layout of 2016", [OVERVIEW_2016]),
    "overview-2013": ("Overview report, layout of 2013", [OVERVIEW_2013]),
    "executive-summary": ("Executive summary", [EXECUTIVE_SUMMARY]),
    "executive-summary-2013": ("Executive summary, layout of 2013", [SUMMARY_2013]),
    "learning-briefing": ("Learning briefing", [LEARNING_BRIEFING, LEARNING_SHEET]),
    "family-copy": ("Note that goes with the family’s copy", [FAMILY_COPY]),
}


def install(templates, sections):
    """Safe to repeat: what is there stays as it is, and a later version is used in the place of the
    earlier. `templates` and `sections` are the models. A migration has words of its own
    (_house_layouts): a version that stands here is in databases, and only a new one reaches them."""
    every = [
        (layout, title, version, rows)
        for layout, (title, versions) in LAYOUTS.items()
        for version, rows in enumerate(versions, start=1)
    ]
    for layout, title, version, rows in every:
        made, is_new = templates.objects.get_or_create(
            kind=layout,
            partnership=None,
            version=version,
            defaults={"effective_from": SINCE, "title": title, "source": _BUILT_IN},
        )
        if is_new:
            sections.objects.bulk_create(
                sections(template=made, position=position, **fields_of(*row))
                for position, row in enumerate(rows, start=1)
            )


def fields_of(code, heading, guidance, looks_for, more=None):
    """The fields of a SectionTemplate."""
    words = {"guidance": guidance, "looks_for": looks_for}
    return {"code": code, "heading": heading, **words, **(more or {})}
