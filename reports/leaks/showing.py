"""What a scan found, as a person decides of it: each place, the gravest first, those alike together."""

from dataclasses import dataclass
from itertools import groupby

from reports.leaks.deciding import standing
from reports.leaks.hits import LOW, RANK
from reports.models import HitDecision, Scan, Severity
from reports.outline import Outline
from reports.rendering.telling import NO_NUMBER

UNDECIDED = "undecided"
_SHOWN = 90  # characters on either side


@dataclass(frozen=True)
class Line:
    """One hit with its words. `decision` is what stands for it, or None; `decided_in` another Scan, where the
    same words stood in the same surroundings and it was decided."""

    number: int
    severity: str
    kind: str
    person: str
    part: str
    location: str
    before: str
    words: str
    after: str
    why: str
    decision: HitDecision | None
    decided_in: Scan | None
    href: str = ""  # where it stands in the document today
    place: str = (
        ""  # what that is called: "paragraph 5.3", or the heading itself where it has no number
    )

    @property
    def where(self):
        return ", ".join(dict.fromkeys((self.part, self.location)))

    @property
    def state(self):
        return str(self.decision.verdict) if self.decision else UNDECIDED

    @property
    def just_before(self):
        return self.before[-_SHOWN:]

    @property
    def just_after(self):
        return self.after[:_SHOWN]

    @property
    def is_slight(self):
        return self.severity == LOW

    @property
    def alike(self):
        """The same for those of which one decision is likely to fit all."""
        return self.severity, self.kind, self.person, " ".join(self.words.casefold().split())

    @property
    def before_where(self):
        """ "in version 2": where it was decided."""
        rendering = self.decided_in.rendering
        return f"in version {rendering.number}" if rendering else "in another file"


@dataclass(frozen=True)
class Group:
    """Lines that are alike, of which the page shows `lines`; `total` are in the scan."""

    lines: tuple
    total: int

    @property
    def first(self):
        return self.lines[0]

    @property
    def severity(self):
        return Severity(self.first.severity).label


def ways_of(scan):
    """{where: (address, what it is called)} of what stands in the document of a scanned version today."""
    keys = scan.told.get("keys") or {}
    if not (keys and scan.rendering_id):
        return {}
    outline = Outline(scan.rendering.document)
    found = {where: outline.refer(*key) for where, key in keys.items()}
    return {
        where: (one[1], one[0] if where.endswith(NO_NUMBER) else where)
        for where, one in found.items()
        if one
    }


def lines_of(scan):
    """[Line], the gravest first, then by kind, then those alike, then in the order of the file."""
    hits = list(scan.hits.order_by("number"))
    decided = standing(scan.review_id, [hit.sign for hit in hits])
    others = {one.hit.scan_id for one in decided.values()} - {scan.pk}
    rows = Scan.objects.filter(pk__in=others).select_related("rendering")
    scans = {one.pk: one for one in rows.only("rendering__number")}
    told = scan.told.get("hits", [])
    ways = ways_of(scan)
    lines = [_line(hit, told[hit.number], decided.get(hit.sign), scans, ways) for hit in hits]
    return sorted(lines, key=lambda one: (RANK[one.severity], one.alike, one.number))


def _line(hit, told, decision, scans, ways):
    part, location, before, words, after, why = told
    href, place = ways.get(location, ("", ""))
    return Line(
        number=hit.number,
        severity=hit.severity,
        kind=hit.kind,
        person=hit.person,
        part=part,
        location=location,
        before=before,
        words=words,
        after=after,
        why=why,
        decision=decision,
        decided_in=scans.get(decision.hit.scan_id) if decision else None,
        href=href,
        place=place,
    )


def chosen(lines, numbers, alike, of_kind=frozenset()):
    """The lines with these numbers, all that are like the ones with those, and all of the kind of others. What
    is not slight is never decided by its kind alone."""
    words = {one.alike for one in lines if one.number in alike}
    kinds = {one.kind for one in lines if one.number in of_kind and one.is_slight}
    return [
        one
        for one in lines
        if one.number in numbers or one.alike in words or (one.is_slight and one.kind in kinds)
    ]


def grouped(shown, lines):
    """[(words for a severity and kind, how many there are, [Group])] of the lines that are shown."""
    found = []
    for _, same in groupby(shown, key=lambda one: (one.severity, one.kind)):
        same = list(same)
        first = same[0]
        groups = [
            Group(tuple(those), sum(one.alike == alike for one in lines))
            for alike, those in groupby(same, key=lambda one: one.alike)
        ]
        total = sum((one.severity, one.kind) == (first.severity, first.kind) for one in lines)
        found.append((f"{Severity(first.severity).label}: {first.kind}", total, groups))
    return found


def newest(lines):
    """The newest decision that whoever sees these lines is shown, or 0."""
    return max((one.decision.pk for one in lines if one.decision), default=0)


def states(lines):
    """{state: how many}"""
    found = dict.fromkeys((UNDECIDED, "change", "keep"), 0)
    for one in lines:
        found[one.state] += 1
    return found
