"""The findings that rest on an entry, a heading, minutes or a contact, for the pages of those."""

from django.urls import reverse

from findings.models import Evidence
from findings.models.kept import reviews_of
from reviews import citing, rules
from reviews.access import access_of

TITLE = "Findings that rest on it"
_WAY = {
    citing.ENTRY: lambda row: ("findings:cite-entry", row.pk),
    citing.PASSAGE: lambda row: ("findings:cite-passage", row.pk),
    citing.MINUTES: lambda row: ("findings:cite-minutes", row.meeting.number, row.number),
    citing.CONTACT: lambda row: ("findings:cite-contact", row.pk),
}


def findings_on(source, rows, review, user):
    if review.pk not in reviews_of(user):
        return {}
    evidence = Evidence.objects.visible_to(user).live().filter(finding__removed_at=None)
    links = {}
    for one in evidence.filter(**{f"{source}__in": rows}).select_related("finding__review"):
        target = getattr(one, f"{source}_id")
        links.setdefault(target, []).append((str(one.finding), one.finding.get_absolute_url()))
    may = rules.can_lead_analysis(access_of(user), review) and not review.has_ended
    uses = {row.pk: _uses(source, row, review, links.get(row.pk, ()), may) for row in rows}
    return {pk: one for pk, one in uses.items() if one.links or one.way}


def _uses(source, row, review, links, may):
    way = ()
    if may and _stands(source, row):
        name, *where = _WAY[source](row)
        way = ("Use as evidence", reverse(name, args=[review.reference, *where]))
    return citing.Uses(TITLE, tuple(links), way)


def _stands(source, row):
    if source == citing.ENTRY:
        return not row.is_withdrawn
    if source == citing.CONTACT:
        return not row.is_corrected
    if source == citing.PASSAGE:
        return bool(row.text.strip())
    return row.sent_at is not None


def point_at_findings():
    citing.register(findings_on)
