from findings.models.counts import Count, CountReading
from findings.models.findings import SOURCES, Evidence, Finding, FindingVersion
from findings.models.kept import Kept, KeptQuerySet
from findings.models.lessons import Lesson, LessonFinding, LessonVersion
from findings.models.terms import TermAnswer, TermPassage

__all__ = [
    "SOURCES",
    "Count",
    "CountReading",
    "Evidence",
    "Finding",
    "FindingVersion",
    "Kept",
    "KeptQuerySet",
    "Lesson",
    "LessonFinding",
    "LessonVersion",
    "TermAnswer",
    "TermPassage",
]
