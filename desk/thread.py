"""The golden thread of a recommendation: down to what it rests on, up to what was done about it.

Every row comes through `visible_to` of its own model: what a reader may not see is not hinted at.
"""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils import timezone

from actionplans.drafting import clipped
from actionplans.models import Action, ProgressNote
from actionplans.resting.models import RecommendationLesson
from findings.models import Evidence, Finding, LessonFinding
from findings.queries import KIND_COLOURS
from reviews import citing
from reviews.terms.models import TermText
from reviews.wording.blocks import blocks_of

LONGEST_QUOTED = 1_200


@dataclass(frozen=True)
class Quoted:
    """One piece of evidence, in the words of whoever wrote it."""

    source: str  # "Chronology of Ours Police"
    when: str
    words: str
    href: str
    note: str = ""
    gone: str = ""  # why it does not stand any more
    action: str = ""  # of an entry
    blocks: tuple = ()  # of minutes, which have a form of their own


@dataclass
class FindingStep:
    finding: Finding
    term: str = ""
    evidence: list = field(default_factory=list)

    @property
    def colour(self):
        return KIND_COLOURS[self.finding.kind]


@dataclass
class LessonStep:
    lesson: object
    findings: list = field(default_factory=list)


@dataclass
class Thread:
    lessons: list
    actions: list
    notes: list

    @property
    def counts(self):
        findings = {step.finding.pk for lesson in self.lessons for step in lesson.findings}
        evidence = {
            (quoted.source, quoted.when, quoted.href, quoted.words)
            for lesson in self.lessons
            for step in lesson.findings
            for quoted in step.evidence
        }
        return {
            "lessons": len(self.lessons),
            "findings": len(findings),
            "evidence": len(evidence),
            "actions": len(self.actions),
            "notes": len(self.notes),
        }


def thread_of(one, user):
    """The whole of it, in a constant number of queries."""
    ties = RecommendationLesson.objects.visible_to(user).live().filter(recommendation=one)
    ties = ties.filter(lesson__removed_at=None).select_related(
        "lesson__review", "lesson__participation__agency"
    )
    steps = [LessonStep(tie.lesson) for tie in ties.order_by("lesson__number")]
    _add_findings(steps, one.review, user)
    actions = Action.objects.visible_to(user).live().filter(recommendation=one)
    notes = ProgressNote.objects.visible_to(user).filter(recommendation=one)
    return Thread(
        lessons=steps,
        actions=list(actions.select_related("lead__agency")),
        notes=list(notes.select_related("by", "participation__agency", "row__action", "verdict")),
    )


def _add_findings(steps, review, user):
    links = (
        LessonFinding.objects.visible_to(user)
        .live()
        .filter(lesson__in=[step.lesson for step in steps], finding__removed_at=None)
    )
    links = list(links.select_related("finding__review").order_by("finding__number"))
    words = _words_of_terms(review, {link.finding.term_id for link in links}, user)
    quoted = _evidence(review, {link.finding_id for link in links}, user)
    by_lesson = {step.lesson.pk: step for step in steps}
    for link in links:
        found = link.finding
        by_lesson[link.lesson_id].findings.append(
            FindingStep(found, words.get(found.term_id, ""), quoted.get(found.pk, []))
        )


def _words_of_terms(review, terms, user):
    """{id of a term: its number and words in the version that was issued last}"""
    if not terms:
        return {}
    texts = TermText.objects.visible_to(user).filter(
        version__review=review, version__issued_at__isnull=False
    )
    found = {}
    for text in texts.numbered().order_by("version__number"):  # the later says it over the earlier
        if text.term_id in terms:
            found[text.term_id] = f"{text.term.get_kind_display()} {text.number}: {text.text}"
    return found


def _evidence(review, findings, user):
    """{id of a finding: [Quoted]}, entries in the order of time and before all else."""
    rows = Evidence.objects.visible_to(user).live().filter(finding__in=findings)
    rows = rows.select_related(
        "entry__participation__agency",
        "passage__file__submission__request__participation__agency",
        "minutes__meeting",
        "contact__correspondent",
    )
    found = {}
    for row in sorted(rows, key=_place):
        found.setdefault(row.finding_id, []).append(_quoted(row, review))
    return found


def _place(row):
    if row.entry:
        return (0, row.entry.date.sort_key, row.pk)
    return (1, (), row.pk)


def _quoted(row, review):
    shown = {
        "entry": _of_entry,
        "passage": _of_passage,
        "minutes": _of_minutes,
        "contact": _of_contact,
    }[row.source]
    return replace(shown(getattr(row, row.source), review), note=row.note)


def _of_entry(entry, review):
    entry.review = review
    part = entry.participation
    source = f"Chronology of {part.agency}" if part else "Context from the review team"
    at = entry.withdrawn_at
    gone = f"Withdrawn on {timezone.localtime(at):%-d %B %Y}" if at else ""
    return Quoted(
        source,
        str(entry.date) or "No date",
        clipped(entry.text, LONGEST_QUOTED),
        entry.get_absolute_url(),
        gone=gone,
        action=clipped(entry.action, LONGEST_QUOTED),
    )


def _of_passage(passage, review):
    version = passage.file.submission
    part = version.request.participation
    gone = "The file was taken out of the report" if passage.file.removed_at else ""
    part.review = review
    source = f"{version.title} of {part.agency}"
    words = clipped(passage.text, LONGEST_QUOTED)
    return Quoted(source, passage.title, words, version.get_absolute_url(), gone=gone)


def _of_minutes(minutes, review):
    minutes.meeting.review = review
    source, blocks = f"Minutes of {minutes.meeting}", tuple(blocks_of(minutes.text))
    return Quoted(source, "", "", minutes.get_absolute_url(), blocks=blocks)


def _of_contact(contact, review):
    href = reverse("reviews:correspondent", args=[review.reference, contact.correspondent_id])
    words = clipped(contact.note, LONGEST_QUOTED)
    return Quoted("Contact with family or others", str(contact.on), words, href)


# --- The other way: what an entry led to ----------------------------------------------------------


def led_to(source, rows, review, user):
    """{id: Uses} of the recommendations that came of entries, headings, minutes or contacts."""
    cited = Evidence.objects.visible_to(user).live().filter(**{f"{source}__in": rows})
    cited = list(cited.filter(finding__removed_at=None).values_list(f"{source}_id", "finding"))
    if not cited:
        return {}
    links = (
        LessonFinding.objects.visible_to(user)
        .live()
        .filter(finding__in={finding for _, finding in cited}, lesson__removed_at=None)
    )
    lessons = {}
    for finding, lesson in links.values_list("finding", "lesson"):
        lessons.setdefault(finding, set()).add(lesson)
    ties = (
        RecommendationLesson.objects.visible_to(user)
        .live()
        .filter(lesson__in=set().union(*lessons.values()), recommendation__withdrawn_at=None)
    )
    reached = {}
    for tie in ties.select_related("recommendation__review"):
        reached.setdefault(tie.lesson_id, []).append(tie.recommendation)
    found = {}
    for pk, finding in cited:
        for lesson in lessons.get(finding, ()):
            found.setdefault(pk, {}).update({one.pk: one for one in reached.get(lesson, ())})
    return {pk: _uses(ones.values()) for pk, ones in found.items() if ones}


def _uses(recommendations):
    links = [
        (
            f"{one}: {clipped(one.text, 160)}",
            reverse("desk:thread", args=[one.review.reference, one.pk]),
        )
        for one in sorted(recommendations, key=lambda one: (one.position, one.pk))
    ]
    return citing.Uses(title="Recommendations that it led to", links=tuple(links))
