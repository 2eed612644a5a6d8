"""What left a review of the demonstration: a learning briefing that is out, a corrected report that waits
for its second signature, and a pack at the Home Office whose letter has two points."""

import io
import uuid
from datetime import timedelta

from django.utils import timezone
from docx import Document as Word

from actionplans.papers.kinds import Kind as PaperKind
from actionplans.papers.models import PlanPaper
from desk.demo.report_words import BRIEFING, CORRECTED, LEARNT, REPORT, SUMMARY
from desk.demo.waiting import finish
from findings.services import lessons, writing
from findings.terms import Terms
from reports.homeoffice import letters, packs
from reports.homeoffice import services as office
from reports.leaks.deciding import decide, scan_of, standing
from reports.models import (
    Audience,
    Document,
    Format,
    Handed,
    Layout,
    Pack,
    PlanMark,
    PointAnswer,
    Recipient,
    Rendering,
    Side,
    Variant,
    Verdict,
)
from reports.release import around, publishing, services
from reports.services.documents import begin_document
from reports.services.paragraphs import add_paragraph, change_paragraph
from reports.services.renderings import ask_for_rendering
from reports.services.templates import layouts_for

_SPACE = uuid.UUID("2f64a0bd-7a37-4d0f-9c1e-3d1b5c8e6a90")
_POINTS = (
    "Paragraph 1.2 should say that the purposes of a review include the prevention of abuse.",
    "The letter to the family should be enclosed.",
)


def release_documents(review, *, chair, coordinator):
    """After the plan and its papers. Safe to repeat: documents that somebody has begun are theirs."""
    if Document.objects.filter(review=review).exists():
        return
    _learn(review, by=chair)
    report = _write(
        review, Layout.OVERVIEW_2016, "Overview report into the death of FA 3", REPORT, chair
    )
    summary = _write(review, Layout.EXECUTIVE_SUMMARY, "Executive summary", SUMMARY, chair)
    briefing = _write(
        review, Layout.LEARNING_BRIEFING, "What we learnt from the death of FA 3", BRIEFING, chair
    )
    shorter = [_version(briefing, format_, chair) for format_ in (Format.HTML, Format.PDF)]
    longer = [_version(one, Format.PDF, chair) for one in (report, summary)]
    _publish(review, shorter, chair=chair, coordinator=coordinator)
    _go_to_the_home_office(review, report, longer, by=chair)
    corrected = [_version(report, Format.PDF, chair), longer[1]]
    release = _propose(
        review, corrected, "The report with what the Home Office asked for", 14, chair
    )
    _sign(release, Side.CHAIR, "The panel, at its last meeting", chair)


def _learn(review, *, by):
    """What the documents give as lessons, and what each rests on."""
    term = next(one.term for one in Terms(review, by).current if not one.is_line)
    for found, learnt in LEARNT:
        key = _key("finding", found)
        finding = writing.make_finding(
            review, term=term, kind="practice", text=found, by=by, key=key
        )
        key = _key("lesson", learnt)
        lessons.make_lesson(review, text=learnt, findings=[finding], by=by, key=key)


# --- Documents and their versions -----------------------------------------------------------------


def _write(review, layout, title, words, by):
    """`words`: {code of the section: texts of its paragraphs}"""
    found = layouts_for(review.partnership, timezone.localdate())
    template = next(one for one in found if one.kind == layout)
    key = _key(review.reference, layout)
    document = begin_document(review, template=template, title=title, by=by, key=key)
    for code, texts in words.items():
        section = document.sections.get(code=code)
        for text in texts:
            add_paragraph(section, kind="numbered", text=text, by=by, key=_key(title, code, text))
    return document


def _version(document, format_, by):
    """A final anonymised one, made at once, with everything that the scan found in it decided."""
    asked = ask_for_rendering(
        document,
        variant=Variant.ANONYMISED,
        format_=format_,
        has_plan=document.kind == "overview",
        is_final=True,
        by=by,
        key=_key(document.title, format_, str(document.renderings.count())),
    )
    finish(asked.job_key)
    made = Rendering.objects.select_related("document__review", "stored").get(pk=asked.pk)
    scan = scan_of(made)
    hits = list(scan.hits.all())
    decided = standing(document.review, [one.sign for one in hits])
    if numbers := [one.number for one in hits if one.sign not in decided]:
        decide(
            scan,
            numbers,
            verdict=Verdict.KEEP,
            reason="A service or a place that helps, and nobody’s name",
            by=by,
            key=_key("decided", str(made.pk)),
            seen=0,
        )
    return made


# --- What left ------------------------------------------------------------------------------------


def _propose(review, renderings, note, days, by):
    """Under a cooling-off of so many days."""
    return services.propose(
        review,
        renderings=renderings,
        not_before=timezone.localdate() + timedelta(days=days),
        note=note,
        by=by,
        key=_key("propose", note),
    )


def _sign(release, side, agreed_by, by):
    key = _key("sign", str(release.number), side)
    release.refresh_from_db()
    services.sign_off(release, side=side, agreed_by=agreed_by, seen=release.digest, by=by, key=key)


def _publish(review, renderings, *, chair, coordinator):
    """The briefing is out today; the family had it before, and one step of the day is still to be done."""
    release, today = (
        _propose(review, renderings, "For team meetings", 0, chair),
        timezone.localdate(),
    )
    _sign(release, Side.CHAIR, "The panel, by e-mail", chair)
    _sign(release, Side.PARTNERSHIP, "The board of the partnership", coordinator)
    services.move_first_day(
        release,
        to=today,
        reason="It is for the training of this week, and the family have read it",
        agreed_by="The board of the partnership",
        by=chair,
        key=_key("first day"),
    )
    around.hand_over(
        release,
        audience=Audience.FAMILY,
        whom="Adult child 3, through the advocate",
        how=Handed.How.IN_PERSON,
        on=today,
        files=list(release.files.all()),
        note="They asked that it be read at the training of new staff.",
        by=chair,
        key=_key("handed"),
    )
    publishing.publish(
        release,
        on=today,
        title="What we learnt from the death of FA 3",
        addresses=["https://www.eastwold.example/community-safety/learning"],
        by=coordinator,
        key=_key("publish"),
    )
    *done, _ = release.plan.order_by("pk")
    for step in done:
        key = _key("done", str(step.days), step.what)
        around.mark(step, what=PlanMark.What.DONE, on=today, by=coordinator, key=key)


def _go_to_the_home_office(review, report, renderings, *, by):
    """The pack, the letter that came, a point that led to a changed paragraph, and one that is open."""
    pack = _send_pack(review, renderings, by=by)
    letter = letters.enter_letter(
        review,
        content=_letter(),
        name="Letter of the quality assurance panel.docx",
        on=timezone.localdate(),
        outcome="publish",
        pack=pack,
        by=by,
        key=_key("letter"),
    )
    first, _ = letters.enter_points(letter, _POINTS, seen=0, by=by, key=_key("points"))
    purposes = report.sections.get(code="introduction").paragraphs.order_by("position")[1]
    changed = change_paragraph(
        purposes, text=CORRECTED, kind="numbered", seen=purposes.changes, by=by
    )
    letters.answer_point(
        first,
        how=PointAnswer.How.PARAGRAPH,
        words="",
        paragraph=changed,
        called="1.2",
        by=by,
        key=_key("answer"),
    )


def _send_pack(review, renderings, *, by):
    office.answer_form(
        review,
        {"coercive-control": "Yes"},
        why="Chapter on the analysis of the report",
        seen=0,
        by=by,
        key=_key("form"),
    )
    asked = packs.ask_for_pack(
        review,
        to=Recipient.HOME_OFFICE,
        renderings=renderings,
        papers=list(PlanPaper.objects.filter(review=review, kind=PaperKind.PLAN)[:1]),
        by=by,
        key=_key("pack"),
    )
    finish(asked.job_key)
    pack = Pack.objects.get(key=asked.key)
    office.record_sending(
        pack,
        on=timezone.localdate(),
        to_whom="The quality assurance panel",
        why="",
        seen=0,
        by=by,
        key=_key("sent"),
    )
    return pack


def _letter():
    """As it came: a Word file with a numbered list."""
    word, stream = Word(), io.BytesIO()
    word.add_paragraph(
        "Thank you for the report. The panel asks for these changes before it is published:"
    )
    for text in _POINTS:
        word.add_paragraph(text, style="List Number")
    word.save(stream)
    return stream.getvalue()


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
