"""The list before submission: what was looked at, whether it is met, where not, and what to do."""

from reports.checking.checklist.acronym_items import acronyms
from reports.checking.checklist.equality import characteristics
from reports.checking.checklist.following import typed_numbers
from reports.checking.checklist.lists import (
    dated_terms,
    empty_sections,
    lessons_answered,
    lost_lessons,
    lost_recommendations,
    panel_rows,
)
from reports.checking.checklist.prose import (
    AGE_KINDS,
    OTHER_KINDS,
    REFERENCE_KINDS,
    broken_sentences,
    from_contradictions,
    late_dates,
)
from reports.checking.checklist.resting import what_stands
from reports.checking.checklist.wording import blaming, placeholders, real_names


def checklist_of(reading, contradictions, *, phrases=None, names=None):
    """[Item] in the order in which an author goes through them. `phrases` as for wording.blaming, `names`
    as for wording.real_names."""
    return [
        empty_sections(reading),
        dated_terms(reading),
        panel_rows(reading),
        characteristics(reading),
        lessons_answered(reading),
        lost_recommendations(reading),
        lost_lessons(reading),
        what_stands(reading),
        from_contradictions(
            "ages-and-dates", "Does every age go with the dates?", AGE_KINDS, contradictions,
            "Check which is right.",
        ),
        from_contradictions(
            "references-lead-somewhere", "Does every reference lead to something?", REFERENCE_KINDS, contradictions,
            "Point each to where the matter stands now.",
        ),
        *([typed_numbers(reading)] if reading.facts.is_being_written else []),
        from_contradictions(
            "no-contradictions", "Does the document say each thing in one way?", OTHER_KINDS, contradictions,
            "Check which is right against the source, and say it in one way.",
        ),
        late_dates(reading),
        acronyms(reading),
        placeholders(reading),
        *([] if names is None else [real_names(reading, names)]),
        blaming(reading, phrases),
        broken_sentences(reading),
    ]  # fmt: skip
