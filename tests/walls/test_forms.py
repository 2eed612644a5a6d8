"""Whatever else is sent along with a form that is filled in rightly, it changes nothing else."""

import uuid

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from actionplans.earlier.undoing import fates_of, sign_of
from actionplans.editing.milestones import lines_of
from actionplans.editing.milestones import sign_of as sign_of_lines
from actionplans.editing.whole import sign_of as sign_of_row
from actionplans.editing.whole import words_of_row
from actionplans.models import Recommendation
from actionplans.progress.forms import seen_of as row_seen
from actionplans.resting.queries import own_of
from actionplans.rows.models import PlanRow
from actionplans.seeing.repeats import digest_of
from chronologies.mismatches.services.judging import seen_of
from reports.copies.forms import token_of
from reports.copies.rounds import answer_line
from reports.homeoffice.form import form_of
from reports.homeoffice.forms import shown_of
from reports.homeoffice.services import newest_answer
from reports.services import word
from reviews.rules import Material, Role
from reviews.services import share
from tests.chronologies.files import csv_of
from tests.days import today
from tests.factories.agencies import AgencyFactory
from tests.factories.findings import LessonFactory
from tests.walls.access_table import TABLE
from tests.walls.addresses import address
from tests.walls.copies_rows import seen_to_send
from tests.walls.wordpages_rows import a_report

pytestmark = pytest.mark.usefixtures("for_now")
POISON = "zqpoison"
NOT_OURS = {"auth", "contenttypes", "sessions", "account", "guardian"}


def told(rows):
    return row_seen(PlanRow.objects.get(pk=rows.ours.row.pk))


def key():
    return str(uuid.uuid4())


def review_form(**more):
    return {"kind": "statutory", "label": "dhr"} | more


def a_day(name):
    on = today()
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def a_paper():
    day = {"as_of_day": "20", "as_of_month": "11", "as_of_year": "2025"}
    return {"kind": "summary", "key": key()} | day


def a_layout(rows):
    day = {"effective_from_day": "1", "effective_from_month": "1", "effective_from_year": "2030"}
    section = {"heading_0": "All", "level_0": "1", "code_0": "", "place_0": "1"}
    said = {"title": "Ours", "source": "The board", "seen": rows.layout.pk, "rows": 1, "key": key()}
    return said | day | section


def said_by_the_panel(rows, **said):
    """While drafts are shared with it."""
    share(rows.one, material=Material.DOCUMENTS, with_role=Role.PANEL_MEMBER, by=rows.chair)
    return said | {"key": key()}


def all_answered(rows):
    answer_line(rows.extract_line, verdict="accurate", by=rows.holder.user, key=uuid.uuid4())
    return {}


# {page: (who, a form filled in rightly)}
FORMS = {
    "agencies:agency-create": ("coordinator", lambda r: {"name": "New body", "kind": "other"}),
    "agencies:agency-change": ("coordinator", lambda r: {"name": "Renamed", "kind": "other"}),
    "agencies:agency-successor": ("coordinator", lambda r: {"successor": AgencyFactory().pk}),
    "desk:account-close": ("administrator", lambda r: {}),
    "reviews:appoint": (
        "coordinator",
        lambda r: {
            "email": "new@agency.example",
            "role": "board_reader",
            "partnership": r.one.partnership_id,
        },
    ),
    "reviews:review-create": (
        "coordinator",
        lambda r: review_form(partnership=r.one.partnership_id, reference="DHR-NEW"),
    ),
    "reviews:review-change": ("coordinator", lambda r: review_form()),
    "reviews:review-stage": ("coordinator", lambda r: {"stage": "analysis"}),
    "reviews:person-add": ("coordinator", lambda r: {"pseudonym": "XY 9", "role": "victim"}),
    "reviews:participation-add": ("coordinator", lambda r: {"agency": AgencyFactory().pk}),
    "reviews:invite": (
        "coordinator",
        lambda r: {"email": "new@agency.example", "role": "panel_member"},
    ),
    "reviews:role-end": ("coordinator", lambda r: {}),
    "reviews:share-create": (
        "chair",
        lambda r: {"material": "chronology", "with_role": "panel_member"},
    ),
    "reviews:share-end": ("chair", lambda r: {}),
    "chronologies:entry-add": ("author_own", lambda r: {"text": "New words", "key": key()}),
    "chronologies:entry-change": (
        "author_own",
        lambda r: {"text": "New words", "seen": r.ours.entry.versions.count()},
    ),
    "chronologies:entry-query": ("chair", lambda r: {"text": "Which visit?", "key": key()}),
    "chronologies:mismatch-look": ("chair", lambda r: {}),
    "chronologies:mismatch-judge": (
        "chair",
        lambda r: {
            "verdict": "accepted",
            "reason": "Both stand",
            "key": key(),
            "seen": seen_of(r.mismatch),
        },
    ),
    "chronologies:mismatch-query": (
        "chair",
        lambda r: {"text": "Was it done?", "key": key(), "how": "preview"},
    ),
    "chronologies:query-found": (
        "author_own",
        lambda r: {"entries": [r.ours.entry.pk], "key": key()},
    ),
    "chronologies:mark-add": ("chair", lambda r: {"kind": "good", "key": key()}),
    "chronologies:mark-remove": ("chair", lambda r: {}),
    "chronologies:entry-tie": ("chair", lambda r: {}),
    "chronologies:comment-add": (
        "chair",
        lambda r: {"text": "Ask them", "audience": "panel", "key": key()},
    ),
    "chronologies:comment-remove": ("chair", lambda r: {}),
    **dict.fromkeys(
        ["chronologies:suggestion-take", "chronologies:suggestion-decline"],
        ("chair", lambda r: {"suggestion": "0" * 64, "key": key()}),
    ),
    "chronologies:event-create": (
        "chair",
        lambda r: {"entries": [r.third.entry.pk], "key": key()},
    ),
    **dict.fromkeys(
        ["chronologies:event-accept", "chronologies:event-decline"],
        (
            "chair",
            lambda r: {"first": r.third.entry.pk, "second": r.context.pk, "key": key()},
        ),
    ),
    "chronologies:event-dissolve": ("chair", lambda r: {}),
    "chronologies:account-remove": ("chair", lambda r: {}),
    "chronologies:theme-list": (
        "coordinator",
        lambda r: {"name": "Dowry", "partnership": r.one.partnership_id},
    ),
    "chronologies:theme-end": ("coordinator", lambda r: {}),
    "reviews:query-raise": (
        "chair",
        lambda r: {"about": "whole", "text": "Was it received?", "key": key()},
    ),
    "reviews:query-answer": ("author_own", lambda r: {"kind": "no_record", "key": key()}),
    "reviews:query-accept": ("chair", lambda r: {"key": key()}),
    "reviews:query-answers-send": ("author_own", lambda r: {"key": key()}),
    "reviews:check-ask-end": ("chair", lambda r: {}),
    "chronologies:person-rename": (
        "chair",
        lambda r: {
            "pseudonym": "XY 8",
            "chosen_by": "family",
            "reason": "They asked",
            "seen": r.person.versions.count(),
        },
    ),
    "chronologies:entry-withdraw": ("author_own", lambda r: {"reason": "Somebody else"}),
    "chronologies:doubt-settle": ("author_own", lambda r: {}),
    "chronologies:chronology-submit": ("officer_own", lambda r: {}),
    "chronologies:chronology-complete": ("author_own", lambda r: {"key": key()}),
    "chronologies:import-upload": (
        "author_own",
        lambda r: {"key": key(), "file": SimpleUploadedFile("one.csv", csv_of())},
    ),
    "chronologies:import-save": ("author_own", lambda r: {}),
    "chronologies:import-discard": ("author_own", lambda r: {}),
    "chronologies:import-kind": ("author_own", lambda r: {"is_further": "yes"}),
    "reports:layout-create": ("coordinator", a_layout),
    "reports:document-begin": (
        "chair",
        lambda r: {"template": r.layout.pk, "title": "Summary", "key": key()},
    ),
    "reports:brought-upload": (
        "chair",
        lambda r: {
            "key": key(),
            "kind": "overview",
            "file": SimpleUploadedFile("one.docx", a_report()),
        },
    ),
    "reports:brought-detail": ("chair", lambda r: {}),
    "reports:brought-discard": ("chair", lambda r: {}),
    "reports:doubts": ("chair", lambda r: {"chosen": [r.report_doubt.pk]}),
    "reports:word": (
        "chair",
        lambda r: {
            "key": key(),
            "file": SimpleUploadedFile("one.docx", r.word_copy.stored.content),
        },
    ),
    "reports:scan-list": (
        "chair",
        lambda r: {"key": key(), "file": SimpleUploadedFile("one.txt", b"All is said.")},
    ),
    "reports:scan-decide": (
        "chair",
        lambda r: {"hit": ["0"], "verdict": "change", "seen": "999999999", "key": key()},
    ),
    "reports:word-take-away": ("chair", lambda r: {"key": key()}),
    "reports:word-return": (
        "chair",
        lambda r: {"accept": [word.compared(r.word_return).changes[0].id]},
    ),
    "reports:word-return-discard": ("chair", lambda r: {}),
    "reports:remark-add": (
        "panel_shared",
        lambda r: said_by_the_panel(
            r,
            kind="comment",
            words="By whom?",
            read=token_of(r.paragraph.versions.order_by("number").last(), r.remark.by),
        ),
    ),
    "reports:remark-settle": (
        "chair",
        lambda r: {"what": "declined", "words": "It was so", "seen": 0, "key": key()},
    ),
    "reports:remark-withdraw": ("panel_shared", said_by_the_panel),
    "reports:family-add": (
        "chair",
        lambda r: {
            "correspondent": r.correspondent.pk,
            "rendering": r.rendering.pk,
            "on_month": "2",
            "on_year": "2026",
            "how": "alone",
            "key": key(),
        },
    ),
    "reports:family-change": ("chair", lambda r: {"words": "It was so", "key": key()}),
    "reports:round-send": (
        "chair",
        lambda r: {
            "chosen": [r.extract_line.paragraph_id],
            "due_day": "1",
            "due_month": "1",
            "due_year": "2090",
            "seen": seen_to_send(r),
            "key": key(),
        },
    ),
    "reports:round-answer": ("author_own", lambda r: {"verdict": "accurate", "key": key()}),
    "reports:round-hand-in": ("author_own", all_answered),
    "reports:round-day": (
        "chair",
        lambda r: {
            "to_day": "1",
            "to_month": "6",
            "to_year": "2091",
            "why": "They asked for more time",
            "seen": r.round.due.isoformat(),
            "key": key(),
        },
    ),
    "reports:round-withdraw": ("chair", lambda r: {"because": "Sent too early"}),
    "reports:document-rename": (
        "chair",
        lambda r: {"title": "Another title", "seen": r.document.changes},
    ),
    "reports:checks": ("chair", lambda r: {}),
    "reports:check-answer": (
        "chair",
        lambda r: {"says": "no", "reason": "Not yet", "seen": 0, "key": key()},
    ),
    "reports:blaming-phrases": (
        "coordinator",
        lambda r: {
            "own-words": "asked for it",
            "own-why": "It was not asked for",
            "own-instead": "what was done",
            "own-key": key(),
            "add": "yes",
        },
    ),
    "reports:document-set-aside": ("chair", lambda r: {}),
    "reports:document-share": ("chair", lambda r: {}),
    "reports:document-unshare": ("chair", lambda r: {}),
    "reports:rendering-ask": (
        "chair",
        lambda r: {"variant": "confidential", "format": "pdf", "key": key()},
    ),
    "reports:data-form-change": (
        "chair",
        lambda r: (
            {line.name: line.value for part in form_of(r.one)[1:2] for line in part.lines}
            | {"stalking": "Yes", "why": "Read", "seen": newest_answer(r.one), "key": key()}
            | {"shown": shown_of(form_of(r.one)[1])}
        ),
    ),
    "reports:pack-make": (
        "chair",
        lambda r: {
            "to": "commissioner",
            "renderings": [r.rendering.pk],
            "meant": [r.rendering.pk],
            "key": key(),
        },
    ),
    "reports:pack-sent": (
        "chair",
        lambda r: {
            "to_whom": "The unit",
            "on_day": str(r.pack_sent.on.day),
            "on_month": str(r.pack_sent.on.month),
            "on_year": str(r.pack_sent.on.year),
            "why": "Wrong unit",
            "seen": r.pack_sent.pk,
            "key": key(),
        },
    ),
    "reports:office-letter-add": (
        "chair",
        lambda r: {
            "file": SimpleUploadedFile("one.docx", r.office_letter.stored.content),
            "outcome": "again",
            "on_day": "1",
            "on_month": "6",
            "on_year": "2026",
            "key": key(),
        },
    ),
    "reports:office-letter": ("chair", lambda r: {"text": "One point", "seen": 3, "key": key()}),
    "reports:office-withdraw": (
        "chair",
        lambda r: {"what": "letter", "why": "Of another review", "key": key()},
    ),
    "reports:office-answer": (
        "chair",
        lambda r: {"how": "not", "words": "Because", "key": key()},
    ),
    "reports:release-propose": (
        "chair",
        lambda r: {"renderings": [r.rendering_final.pk], "key": key()} | a_day("not_before"),
    ),
    "reports:release-step": (
        "chair",
        lambda r: {
            "agreed_by": "The panel",
            "has_read": "on",
            "seen": r.release_proposed.digest,
            "key": key(),
        },
    ),
    "reports:release-after": (
        "chair",
        lambda r: (
            {
                "audience": "coroner",
                "whom": "Coroner",
                "files": [r.release_file.pk],
                "how": "email",
                "key": key(),
            }
            | a_day("on")
        ),
    ),
    "reports:section-add": (
        "chair",
        lambda r: {"heading": "More", "is_numbered": "on", "place": "start", "key": key()},
    ),
    "reports:section-change": (
        "chair",
        lambda r: {"heading": "Other", "is_numbered": "on", "seen": r.section.changes},
    ),
    "reports:section-move": ("chair", lambda r: {"place": "start"}),
    "reports:section-remove": ("chair", lambda r: {}),
    "reports:section-bring-back": ("chair", lambda r: {}),
    "reports:paragraph-add": (
        "chair",
        lambda r: {"text": "New", "kind": "numbered", "place": "last", "key": key()},
    ),
    "reports:paragraph-insert": (
        "chair",
        lambda r: {"block": "panel", "place": "last", "key": key()},
    ),
    "reports:paragraph-change": (
        "chair",
        lambda r: {"text": "Other", "kind": "numbered", "seen": r.paragraph.changes},
    ),
    "reports:paragraph-move": ("chair", lambda r: {"place": f"{r.section.pk}:start"}),
    "reports:paragraph-remove": ("chair", lambda r: {}),
    "reports:paragraph-bring-back": ("chair", lambda r: {}),
    "reports:paragraph-cite": ("chair", lambda r: {"chosen": [r.ours.entry.pk]}),
    "reports:uncite": ("chair", lambda r: {}),
    "findings:finding-create": (
        "chair",
        lambda r: {"term": r.finding.term_id, "kind": "good", "text": "It was", "key": key()},
    ),
    "findings:finding-change": (
        "chair",
        lambda r: {
            "term": r.finding.term_id,
            "kind": "good",
            "text": "It was",
            "reason": "Clearer",
            "seen": r.finding.changes,
        },
    ),
    "findings:finding-remove": ("chair", lambda r: {"reason": "Twice"}),
    "findings:evidence-add": ("chair", lambda r: {"chosen": [r.context.pk]}),
    "findings:evidence-add-passages": ("chair", lambda r: {"chosen": [r.passage.pk]}),
    "findings:evidence-add-minutes": ("chair", lambda r: {"chosen": [r.minutes_sent.pk]}),
    "findings:evidence-add-contacts": ("chair", lambda r: {"chosen": [r.contact.pk]}),
    "findings:evidence-note": ("chair", lambda r: {"note": "The beginning"}),
    "findings:evidence-remove": ("chair", lambda r: {}),
    **{
        f"findings:cite-{what}": (
            "chair",
            lambda r: {"finding": r.finding_of_team.pk, "key": key()},
        )
        for what in ("entry", "passage", "minutes", "contact")
    },
    "findings:cell-judge": (
        "chair",
        lambda r: {
            "verdict": "nil",
            "key": key(),
            "seen": r.ours.part.term_answers.order_by("pk").last().pk,
        },
    ),
    "findings:cell-untie": ("chair", lambda r: {}),
    "findings:count-create": ("chair", lambda r: {"title": "All", "by": "entries", "key": key()}),
    "findings:count-remove": ("chair", lambda r: {}),
    "findings:lesson-create": ("chair", lambda r: {"text": "Learn", "key": key()}),
    "findings:lesson-change": (
        "chair",
        lambda r: {"text": "Learn", "reason": "Clearer", "seen": r.lesson.changes},
    ),
    "findings:lesson-why": ("chair", lambda r: {"why": "Because", "seen": r.lesson.changes}),
    "findings:lesson-remove": ("chair", lambda r: {"reason": "Twice"}),
    "findings:lesson-rest": ("chair", lambda r: {"findings": [r.finding_of_team.pk]}),
    "findings:lesson-unrest": ("chair", lambda r: {}),
    "actionplans:row-update": (
        "lead_own",
        lambda r: {"words": "Trained", "answer": "on_track", "seen": told(r), "key": key()},
    ),
    "actionplans:request-detail": (
        "coordinator",
        lambda r: {
            f"row-{r.ours.row.pk}-answer": "no_change",
            f"row-{r.ours.row.pk}-seen": told(r),
            "key": key(),
        },
    ),
    "actionplans:asking-schedule": (
        "coordinator",
        lambda r: {
            "is_on": "yes",
            "every_months": "1",
            "day": "5",
            "leads_after": "7",
            "coordinator_after": "14",
            "board_after": "21",
            "title": "Ours",
            "source": "The board",
            "effective_from_day": "1",
            "effective_from_month": "1",
            "effective_from_year": "2030",
            "seen": "1",
            "key": key(),
        },
    ),
    "actionplans:asking-agency": ("coordinator", lambda r: {"key": key()}),
    "actionplans:asking-hand-over": ("coordinator", lambda r: {"key": key()}),
    "actionplans:decision-add": (
        "coordinator",
        lambda r: {
            "answer": "noted",
            "rationale": "For others",
            "body": "Cabinet",
            "post": "Member",
            "decided_on_year": "2020",
            "key": key(),
        },
    ),
    "actionplans:national-step-add": (
        "coordinator",
        lambda r: {"step": "chased", "happened_on_year": "2020", "key": key()},
    ),
    "actionplans:paper-create": ("chair", lambda r: a_paper()),
    "actionplans:papers-create": ("coordinator", lambda r: a_paper()),
    "actionplans:row-settle": (
        "coordinator",
        lambda r: {"verdict": "returned", "reason": "Where is the register?"},
    ),
    "actionplans:row-impact": (
        "lead_own",
        lambda r: {"changed": "yes", "how": "An audit", "by_whom": "Quality group", "key": key()},
    ),
    "actionplans:row-done": (
        "lead_own",
        lambda r: {"words": "Trained", "evidence": "Minutes", "seen": told(r), "key": key()},
    ),
    "actionplans:doubt-settle": ("chair", lambda r: {}),
    "actionplans:recommendation-create": (
        "chair",
        lambda r: {"text": "Train all", "reach": "multi", "key": key()},
    ),
    "actionplans:recommendation-change": (
        "chair",
        lambda r: {"text": "Train some", "reach": "multi", "reason": "Clearer", "seen": 1},
    ),
    "actionplans:action-change": (
        "chair",
        lambda r: {"text": "Write two courses", "reason": "Clearer", "seen": 1},
    ),
    "actionplans:action-remove": ("chair", lambda r: {"reason": "Twice"}),
    "actionplans:recommendation-milestones": (
        "chair",
        lambda r: {
            "lines": "Agreed by May 2090",
            "reason": "Clearer",
            "seen": sign_of_lines(lines_of(r.ours.recommendation)),
        },
    ),
    "actionplans:row-owner": (
        "coordinator",
        lambda r: {
            "lead": r.row_waiting.lead_id,
            "target_text": "May 2090",
            "reason": "Agreed",
            "seen": sign_of_row(words_of_row(r.row_waiting)),
        },
    ),
    "actionplans:plan-order": (
        "chair",
        lambda r: {"what": f"recommendation {r.theirs.recommendation.pk} up"},
    ),
    "actionplans:recommendation-follow": ("chair", lambda r: {"level": "national"}),
    "actionplans:recommendation-rest": (
        "chair",
        lambda r: {"lessons": [str(LessonFactory(review=r.one, number=900).number)]},
    ),
    "actionplans:recommendation-unrest": ("chair", lambda r: {}),
    "actionplans:recommendation-drafts": ("chair", lambda r: {"chosen": [r.ours.draft.pk]}),
    "actionplans:recommendation-remove": ("chair", lambda r: {"reason": "Twice"}),
    "actionplans:own-points": (
        "chair",
        lambda r: {
            "points": [own.point.pk for own in own_of(r.one, r.chair) if own.part == r.ours.part]
        },
    ),
    "actionplans:action-add": ("chair", lambda r: {"text": "Write a course", "key": key()}),
    "actionplans:earlier-detail": (
        "chair",
        lambda r: (
            {"seen": 1, "kind_1": "finding", "sort_1": "missed"}
            | {"kind_2": "lesson", "kind_3": "recommendation"}
        ),
    ),
    "actionplans:earlier-bodies": ("chair", lambda r: {"seen": 1}),
    "actionplans:earlier-save": ("chair", lambda r: {"seen": 1}),
    "actionplans:earlier-discard": ("chair", lambda r: {}),
    "actionplans:earlier-undo": (
        "chair",
        lambda r: {"reason": "Wrong review", "seen": sign_of(fates_of(r.brought))},
    ),
    "desk:filter-save": ("coordinator", lambda r: {"name": "Late ones", "key": key()}),
    "desk:filter-rename": ("coordinator", lambda r: {"name": "Late ones"}),
    "desk:filter-first": ("coordinator", lambda r: {}),
    "desk:filter-remove": ("coordinator", lambda r: {}),
    "desk:repeat-judge": (
        "chair",
        lambda r: {
            "verdict": "repeat",
            "reason": "Said twice",
            "seen": digest_of(
                Recommendation.objects.get(pk=r.ours.recommendation.pk),
                Recommendation.objects.get(pk=r.said_before.pk),
            ),
            "key": key(),
        },
    ),
    "desk:called-one": ("chair", lambda r: {"keep": r.ours.recommendation.pk}),
    "desk:told-apart": ("chair", lambda r: {"reason": "Other staff"}),
    "actionplans:import-save": ("chair", lambda r: {}),
    "actionplans:sheet-rows": (
        "chair",
        lambda r: {
            "which": "chosen",
            "rows": [r.ours.row.pk],
            "level": "local",
            "reason": "Agreed",
            "key": key(),
        },
    ),
    "actionplans:sheet-paste": (
        "chair",
        lambda r: {
            "text": f"Row\tNumber\tLevel\n{r.ours.row.pk}\t{r.ours.row.number}\tLocal",
            "reason": "Agreed",
            "key": key(),
        },
    ),
    "actionplans:sheet-choices": ("chair", lambda r: {}),
    "actionplans:sheet-save": ("chair", lambda r: {}),
    "actionplans:sheet-discard": ("chair", lambda r: {}),
    "actionplans:batch-save": ("coordinator", lambda r: {}),
    "actionplans:import-discard": ("chair", lambda r: {}),
}


def poison(rows, form):
    """Every column there is: words that nobody should keep, and rows of another review."""
    others = {
        "review": rows.two.pk,
        "partnership": rows.two.partnership_id,
        "participation": rows.foreign.part.pk,
        "agency": rows.foreign_body.part.agency_id,
        "user": rows.chair.pk,
        "by": rows.chair.pk,
        "recommendation": rows.foreign.recommendation.pk,
        "source_file": rows.foreign.import_.source_file_id,
        "entry": rows.foreign.entry.pk,
    }
    sent = {}
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS:
            continue
        for field in model._meta.concrete_fields:
            value = others.get(field.name, rows.chair.pk if field.is_relation else POISON)
            sent |= {field.name: value, field.attname: value}
    return {name: value for name, value in sent.items() if name not in form}


def fields_of(client, url):
    """What the page itself asks for; filling those in is not slipping anything in."""
    response = client.get(url)
    form = (response.context or {}).get("form") if response.status_code == 200 else None
    return set(form.fields) if form else set()


def elsewhere(rows):
    """All that is of the other review, and of the other agencies of this one."""
    kept = {}
    of = [rows.theirs.part.pk, rows.third.part.pk, rows.foreign.part.pk, rows.foreign_body.part.pk]
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if model._meta.app_label in NOT_OURS or model._meta.label_lower.startswith("audit."):
            continue
        found = model._base_manager.none()
        if "participation" in names:
            found = model._base_manager.filter(participation__in=of)
        elif "review" in names:
            found = model._base_manager.filter(review=rows.two)
        kept[model._meta.label_lower] = sorted(map(str, found.values()))
    kept["people"] = sorted(map(str, _people(rows)))
    return kept


def _people(rows):
    model = type(rows.chair)
    return model.objects.filter(pk=rows.chair.pk).values("email", "name", "is_active", "groups")


def words_kept():
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_stat_user_tables where relname !~ '^(django|auth|pg)_'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table} t where t::text like %s", [f"%{POISON}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                yield table


def test_every_form_that_one_click_sends_is_here():
    """Pages whose form asks for a whole choice of columns are tried in their own rooms."""
    first = {name for name in TABLE if name.partition(":")[0] != "reviews"}
    tried = {name for name, page in TABLE.items() if page.form} & first
    own_rooms = {
        "agencies:agency-merge",  # it changes the agency's part in every review
        "desk:account-reopen",
        "chronologies:names-replace",  # it asks for the password again
        "chronologies:import-columns",
        "findings:cell-tie",  # in this world no heading is left to tie
        "findings:lesson-own",  # nor a lesson to take over
        "chronologies:import-again",
        "chronologies:export-create",
        "chronologies:chronology-export",
        "chronologies:timeline-export",
        "actionplans:batch-columns",
        "actionplans:request-return",
        "actionplans:batch-upload",
        "actionplans:import-columns",
        "actionplans:import-kind",
        "actionplans:import-upload",
        "actionplans:sheet-bring",
        "actionplans:earlier-upload",
    }
    same = {name for name in tried if "context" in name}

    assert tried - same - set(FORMS) == own_rooms


@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_what_it_asks_for_and_nothing_else(name, world):
    rows, (who, filled) = world.rows, FORMS[name]
    client, url = world.placements[who].client, address(name, world.rows)
    form = filled(rows)
    extra = poison(rows, form)
    asked = tuple(fields_of(client, url))
    extra = {name: value for name, value in extra.items() if not name.startswith(asked)}
    before = elsewhere(rows)

    response = client.post(url, {**extra, **form})

    assert response.status_code in {200, 302}
    assert elsewhere(rows) == before
    assert list(words_kept()) == []
