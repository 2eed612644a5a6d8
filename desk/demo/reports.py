"""The overview report of the demonstration, under way: some sections written with what they rest on,
others still empty, one paragraph that was changed, and an executive summary that was just begun."""

import uuid

from django.utils import timezone

from actionplans.models import Recommendation
from chronologies.models import Entry
from desk.demo.waiting import finish
from findings.models import Finding, Lesson
from reports.models import Document, Format, Layout, Variant
from reports.services.citing import cite
from reports.services.documents import begin_document, share_document
from reports.services.paragraphs import add_paragraph, change_paragraph
from reports.services.renderings import ask_for_rendering
from reports.services.templates import layouts_for

_SPACE = uuid.UUID("7c1d7c3e-2f3b-4a53-9d0c-5c0f2b9e4a17")

# code of the section: (kind, text, words of the entries and of the findings that it rests on)
_WRITTEN = {
    "tribute": [
        ("numbered", "The members of the panel offer their condolences to the family and friends of FA 2.", ()),
        ("quotation", "She rang our mother every evening. She was the one who remembered birthdays.", ()),
    ],
    "introduction": [
        ("numbered", "This report looks at how agencies met FA 2 in the years before her death, and at what can be learnt from it.", ()),
        ("numbered", "A review does not ask who is to blame. It asks:\n\n- what is to be learnt;\n- how that is put into practice, and by when;\n- how the response to domestic abuse gets better because of it.", ()),
    ],
    "methodology": [
        ("numbered", "Each agency gave a chronology of its contacts. The chronologies were merged and compared before the Multi-Agency Risk Assessment Conference (MARAC) referral of February 2024 was looked at.", ("MARAC referral sent",)),
    ],
    "chronology": [
        ("numbered", "The police first recorded an incident in the household years before. It was assessed by itself.", ("First recorded incident",)),
        ("numbered", "FA 2 was met outside her work and threatened. What was known of earlier calls was not looked at again.^[The risk assessment of 2019 was on file.]", ("waiting outside her work", "Risk not reviewed")),
        ("continuation", "Two accounts of the months after it do not agree, and the panel could not settle which is right.", ()),
    ],
    "analysis": [
        ("numbered", "The referral to MARAC was sent to all partners. The specialist service has no record of one.", ("MARAC referral sent", "No referral received")),
        ("numbered", "Three agencies knew a part each:\n\n| Agency | What it knew |\n|---|---|\n| Police | The calls |\n| Housing | The wish to move |\n| Surgery | The letter |", ("asked to be rehoused",)),
    ],
}  # fmt: skip
_BETTER = "A request to be moved after an assault was treated as one for another home, and nobody asked FA 2 what she was afraid of."


def write_report(review, *, chair):
    """After findings, lessons and recommendations. Safe to repeat."""
    if Document.objects.filter(review=review).exists():
        return
    report = _begin(review, Layout.OVERVIEW_2016, "Overview report into the death of FA 2", chair)
    for code, rows in _WRITTEN.items():
        section = report.sections.get(code=code)
        for kind, text, words in rows:
            made = _write(section, kind, text, by=chair)
            if rests := _resting(review, words, chair):
                cite(made, rests, by=chair)
    _conclude(review, report, by=chair)
    share_document(report, by=chair)
    _keep_version(report, by=chair)
    _begin(review, Layout.EXECUTIVE_SUMMARY, "Executive summary", chair)


def _begin(review, layout, title, by):
    found = layouts_for(review.partnership, timezone.localdate())
    template = next(one for one in found if one.kind == layout)
    return begin_document(
        review, template=template, title=title, by=by, key=_key(review.reference, layout)
    )


def _write(section, kind, text, *, by):
    return add_paragraph(section, kind=kind, text=text, by=by, key=_key(section.code, text))


def _resting(review, words, by):
    entries = Entry.objects.visible_to(by).filter(review=review).live()
    found = [entries.filter(text__contains=one).first() for one in words]
    found += [entries.filter(action__contains=one).first() for one in words]
    return list(dict.fromkeys(filter(None, found)))


def _conclude(review, report, *, by):
    """One that was put in better words, rests on conclusions, and refers to another paragraph."""
    analysis = report.sections.get(code="analysis")
    first = _write(analysis, "numbered", "Housing did not ask FA 2 why she wanted to move.", by=by)
    better = change_paragraph(first, text=_BETTER, kind="numbered", seen=first.changes, by=by)
    rests = [
        Finding.objects.visible_to(by).live().filter(review=review, text__contains="moved").first(),
        Lesson.objects.visible_to(by).live().filter(review=review).first(),
        Recommendation.objects.visible_to(by).live().filter(review=review).first(),
    ]
    if rests := list(filter(None, rests)):
        cite(better, rests, by=by)
    told = f"What was not asked is told in paragraph [[p:{better.key}]]."
    _write(report.sections.get(code="conclusions"), "numbered", told, by=by)


def _keep_version(report, *, by):
    """One version, made before the demonstration goes on."""
    asked = ask_for_rendering(
        report,
        variant=Variant.CONFIDENTIAL,
        format_=Format.PDF,
        has_plan=False,  # its recommendations are drafts still
        by=by,
        key=_key(report.review.reference, "version"),
    )
    finish(asked.job_key)


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
