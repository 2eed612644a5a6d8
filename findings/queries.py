"""Findings with what each rests on and what rests on it, as one person may see them."""

from dataclasses import dataclass, field

from django.db.models import Count, Max

from findings.models import Evidence, Finding, LessonFinding
from reviews.submissions.models import Submission
from reviews.submissions.shown import shown
from reviews.wording.blocks import blocks_of

KIND_COLOURS = {"missed": "orange", "good": "green", "systems": "blue", "practice": "purple"}


@dataclass(frozen=True)
class Line:
    """A finding in a list."""

    finding: Finding
    term: object  # NamedTerm
    evidence: int = 0
    has_more: bool = False
    lessons: tuple = ()

    @property
    def colour(self):
        return KIND_COLOURS[self.finding.kind]

    @property
    def is_bare(self):
        return not self.evidence and not self.has_more


def lines_of(findings, terms, user):
    """In three queries, whatever the number of findings."""
    findings = list(findings)
    visible = _counted(Evidence.objects.visible_to(user), findings)
    there = _counted(Evidence.objects.all(), findings)
    lessons = lessons_on(findings, user)
    return [
        Line(
            finding=one,
            term=terms.named.get(one.term_id),
            evidence=visible.get(one.pk, 0),
            has_more=there.get(one.pk, 0) > visible.get(one.pk, 0),
            lessons=tuple(lessons.get(one.pk, ())),
        )
        for one in findings
    ]


def _counted(evidence, findings):
    rows = evidence.live().filter(finding__in=findings).order_by().values("finding")
    return dict(rows.annotate(n=Count("pk")).values_list("finding", "n"))


def lessons_on(findings, user):
    """{id of the finding: [Lesson]}"""
    ties = LessonFinding.objects.visible_to(user).standing().filter(finding__in=findings)
    found = {}
    for tie in ties.select_related("lesson__review", "lesson__participation__agency").order_by(
        "lesson__number"
    ):
        found.setdefault(tie.finding_id, []).append(tie.lesson)
    return found


# --- Evidence in full ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownEvidence:
    """One piece, with its own words."""

    evidence: Evidence
    runs: tuple = ()  # of a heading's text
    blocks: list = field(default_factory=list)  # of minutes
    newer: int | None = None  # the version of the report that was sent since

    @property
    def source(self):
        return self.evidence.source

    @property
    def about(self):
        """For those who hear a link alone."""
        one = self.evidence
        return {
            "entry": lambda: f"the entry of {one.entry.date or 'no date'}",
            "passage": lambda: f"the heading “{one.passage.title}”",
            "minutes": lambda: f"the minutes of {one.minutes.meeting}",
            "contact": lambda: f"the contact of {one.contact.on or 'no date'}",
        }[self.source]()


def evidence_of(finding, user):
    """(what this person may read of it, whether there is more)"""
    rows = Evidence.objects.visible_to(user).live().filter(finding=finding).for_display()
    found = list(rows.order_by("pk"))
    passages = {one.pk: one.passage for one in found if one.passage_id}
    runs = dict(zip(passages, (each.runs for each in shown(passages.values())), strict=True))
    newest = _newest_of(passages.values())
    evidence = [
        ShownEvidence(
            evidence=one,
            runs=runs.get(one.pk, ()),
            blocks=blocks_of(one.minutes.text) if one.minutes_id else [],
            newer=_newer(one.passage, newest) if one.passage_id else None,
        )
        for one in found
    ]
    return evidence, finding.evidence.live().count() > len(found)


def _newest_of(passages):
    requests = {one.file.submission.request_id for one in passages}
    if not requests:
        return {}
    rows = Submission.objects.sent().filter(request__in=requests).order_by().values("request")
    return dict(rows.annotate(last=Max("number")).values_list("request", "last"))


def _newer(passage, newest):
    version = passage.file.submission
    last = newest.get(version.request_id)
    return last if last and last > version.number else None


@dataclass(frozen=True)
class Change:
    """What a finding or lesson said until then."""

    at: object
    by: object
    reason: str
    said: tuple  # of (label, words)


def history_of(finding, terms):
    """Newest first; each with what it said before."""
    kinds = dict(Finding.Kind.choices)
    for version in finding.versions.select_related("by"):
        kept = version.snapshot
        term = terms.named.get(kept.get("term"))
        said = [
            ("Under", term.title if term else ""),
            ("Kind", kinds.get(kept.get("kind"), "")),
            ("Finding", kept.get("text", "")),
        ]
        yield Change(version.at, version.by, version.reason, tuple(one for one in said if one[1]))
