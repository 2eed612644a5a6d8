"""A token in every text field of every row, and whose each token is.

The oracle below was written from the design alone: it asks no product code who may see what.
"""

import itertools
import re
from dataclasses import dataclass, replace

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

TOKEN = re.compile(r"zq\d{5,}x")
NOT_OURS = {"audit", "auth", "contenttypes", "sessions", "account", "guardian"}

# Text fields that hold no words of anybody's, and why.
WORDLESS = {
    "accounts.invitation.digest": "a digest",
    "accounts.user.password": "a digest",
    "actionplans.planbatch.left": "made from the file, whose words are tokens",
    "actionplans.planbatch.sha256": "a digest",
    "actionplans.planpaper.data": "made from the plan, whose words are tokens",
    "actionplans.planpaper.review_ids": "ids",
    "actionplans.planpaper.sha256": "a digest",
    "actionplans.plansheet.counts": "numbers",
    "actionplans.plansheet.job_key": "ids",
    "actionplans.plansheet.sign": "a digest",
    "actionplans.plansheet.taken": "ids",
    "actionplans.plansheet.warnings": "our own words",
    "actionplans.sheetline.asked": "made from the file, whose words are tokens",
    "actionplans.sheetline.changes": "made from the file, whose words are tokens",
    "actionplans.sheetline.notes": "our own words",
    "actionplans.sheetline.number": "made from the file, whose words are tokens",
    "actionplans.sheetline.problems": "our own words",
    "actionplans.planimport.mapping": "our own names of columns",
    "actionplans.planimport.summary": "made from the file, whose words are tokens",
    "actionplans.earlierpoint.finding_kind": "our own words",
    "actionplans.earlierpoint.leads": "made from the file, whose words are tokens",
    "actionplans.earlierpoint.parts": "made from the file, whose words are tokens",
    "actionplans.earlierpoint.places": "numbers",
    "actionplans.earlierreport.bodies": "made from the file, whose words are tokens",
    "actionplans.earlierreport.lines": "made from the file, whose words are tokens",
    "actionplans.earlierreport.sha256": "a digest",
    "actionplans.recommendation.digest": "a digest",
    "actionplans.repeatjudgement.words": "a digest",
    "actionplans.savedfilter.chosen": "our own names of filters, and ids",
    "actionplans.savedfilter.name": "its user's own word, who alone sees it",
    "actionplans.action.file_words": "made from the file, whose words are tokens",
    **{
        f"actionplans.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("progressnote.note", "progressnote.evidence", "progressnote.why_none"),
            *("datemove.old_as_written", "datemove.reason", "datemove.old_text"),
            *("datemove.old_base", "datemove.new_text", "datemove.new_base"),
            *("decision.rationale", "decision.condition", "decision.body", "decision.post"),
            *("decision.on_text", "decision.on_base"),
            *("verdict.reason", "impact.how", "impact.by_whom", "evidencefile.name"),
            *("recommendationversion.reason", "recommendationversion.snapshot"),
            "repeatjudgement.reason",
            *("actionversion.reason", "actionversion.snapshot"),
            *("nationalstep.department", "nationalstep.words"),
            *("nationalstep.on_text", "nationalstep.on_base"),
        )
    },
    "actionplans.recommendation.part_kind": "our own words",
    "agencies.agency.key": "made from the name",
    "agencies.agency.short_key": "made from the short name",
    "agencies.alias.key": "made from the name",
    "agencies.partnership.slug": "made from the name",
    "chronologies.chronologyimport.job_key": "ids",
    "chronologies.chronologyimport.mapping": "our own names of columns",
    "chronologies.chronologyimport.summary": "made from the file, whose words are tokens",
    "chronologies.columnmapping.headings": "a digest",
    "chronologies.declinedsuggestion.suggestion": "a digest",
    "chronologies.entry.digest": "a digest",
    "findings.countreading.rows": "a digest",
    **{
        f"findings.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("findingversion.reason", "findingversion.snapshot"),
            *("lessonversion.reason", "lessonversion.snapshot"),
        )
    },
    "reports.paragraphversion.text": "kept as it is: the world writes the tokens",
    **{
        f"reports.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("familyreading.how_long", "familyreading.with_whom", "familyreading.said"),
            *("familyreading.on_text", "familyreading.on_base", "familychange.words"),
            *("remark.words", "remark.suggested", "remarkmove.words"),
            "roundday.why",
            *("extractanswer.proposed", "extractanswer.because", "extractanswer.name"),
        )
    },
    "reports.extractline.number": "a number",
    "reports.extractline.references": "keys and numbers",
    "reports.checkanswer.about": "made from the document, whose words are tokens",
    "reports.checkanswer.code": "a digest, or our own words",
    "reports.checkanswer.item": "our own words",
    "reports.checkanswer.read": "a digest",
    "reports.checkanswer.reason": "kept as it is: the world writes the tokens",
    "reports.foundbefore.digest": "a digest",
    "reports.keptpart.digest": "a digest",
    "reports.rendering.job_key": "ids",
    "reports.rendering.places": "our own words and pseudonyms",
    "reports.rendering.sha256": "a digest",
    "reports.rendering.values": "made from the document, whose words are tokens",
    "reports.handed.files": "ids",
    "reports.releasedfile.sha256": "a digest",
    "reports.releasedfile.title": "the document’s, as it was when it was proposed",
    "reports.signoff.files": "ids and digests",
    **{
        f"reports.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("release.note", "signoff.agreed_by", "coolingoff.reason", "coolingoff.agreed_by"),
            *("takedownmove.reason", "takedownmove.agreed_by"),
            *("publication.title", "publication.addresses", "ending.reason", "ending.done"),
            *("handed.whom", "handed.note", "planstep.what", "planstep.whose"),
            *("planmark.whose", "planmark.note"),
        )
    },
    "reports.broughtreport.sha256": "a digest",
    "reports.hit.kind": "our own words",
    "reports.hit.person": "our own words and pseudonyms",
    "reports.hit.sign": "a digest",
    "reports.hitdecision.reason": "kept as it is: the world writes the tokens",
    "reports.scan.job_key": "ids",
    "reports.scan.sha256": "a digest",
    **{
        f"reports.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("formanswer.value", "formanswer.why", "packsent.to_whom", "packsent.why"),
            *("officeletter.name", "letterpoint.text", "pointanswer.words"),
            *("officewithdrawal.why", "doubt.text", "broughtreport.name", "wordreturn.name"),
            *("blamingphrase.words", "blamingphrase.why", "blamingphrase.instead"),
        )
    },
    "reports.formanswer.code": "our own words",
    "reports.officeletter.read": "made from the file",
    "reports.officeletter.sha256": "a digest",
    "reports.packasked.papers": "ids",
    "reports.packasked.renderings": "ids",
    "reports.pack.form": "made from the answers, whose words are tokens",
    "reports.pack.missing": "our own sentences",
    "reports.pack.sha256": "a digest",
    "reports.packpart.name": "our own words",
    "reports.packpart.sha256": "a digest",
    "reports.packpart.title": "our own words",
    "reports.pointanswer.called": "a number",
    "reports.doubt.printed": "a number",
    "reports.wordcopy.held": "ids, digests and counts",
    "reports.wordreturn.decided": "ids and our own words",
    "reports.wordreturn.sha256": "a digest",
    "reports.section.code": "our own words",
    "reports.sectiontemplate.code": "our own words",
    "chronologies.entry.part_kind": "our own words",
    "chronologies.export.job_key": "ids",
    "chronologies.judgement.evidence": "a digest",
    "chronologies.judgement.explanation": "kept as it is: the world writes the tokens",
    "chronologies.judgement.reason": "kept as it is: the world writes the tokens",
    "chronologies.mismatch.also_kinds": "our own words",
    "chronologies.mismatch.evidence": "a digest",
    "chronologies.mismatch.key": "a digest",
    "chronologies.export.places": "ids",
    "post.job.key": "ids",
    "post.job.kind": "our own words",
    "post.job.payload": "ids, which the sweep asserts",
    "post.job.problem": "our own sentences",
    "post.job.result": "counts, which the sweep asserts",
    "post.message.body": "a link, which the sweep asserts",
    "post.message.calendar": "reference, time and place, as the mail has them",
    "post.message.calendar_method": "our own words",
    "post.message.key": "ids",
    "post.message.subject": "our own words, which the sweep asserts",
    "post.message.to": "the address it goes to",
    "reviews.draft.page": "an address, which holds ids",
    "reviews.pack.job_key": "ids",
    "reviews.pack.papers": "ids",
    "reviews.bankholiday.name": "a public day",
    "reviews.bankholiday.source": "where it was proclaimed",
    "reviews.notification.marks": "digests",
    "reviews.notificationlink.digest": "a digest",
    "reviews.leftopen.kind": "our own words",
    "reviews.reminder.item": "ids",
    "reviews.reminder.rule": "our own words",
    "reviews.listedtask.check_key": "our own words",
    "reviews.listedtask.code": "our own words, which stand in addresses",
    "reviews.taskmark.code": "our own words",
    "reviews.requestmove.sha256": "a digest",
    "reviews.checklistitem.code": "our own words",
    "reviews.answer.name": "kept as it is: the world writes the tokens",
    "reviews.answer.text": "kept as it is: the world writes the tokens",
    "reviews.checkmark.note": "kept as it is: the world writes the tokens",
    "reviews.querymove.words": "kept as it is: the world writes the tokens",
    "reviews.ownpoint.places": "numbers",
    "reviews.submissionmove.reason": "kept as it is: the world writes the tokens",
    **{
        f"reviews.interview.{field}": "kept as it is: the world writes the tokens"
        for field in (
            *("post", "on_base", "on_text", "by_whom", "about", "answered_by", "answered_on_base"),
            *("answered_on_text", "agreed_to", "conditions", "why_not", "because"),
        )
    },
    **{
        f"reviews.{field}": "kept as it is: the world writes the tokens"
        for field in (
            "requestanswer.destroyed_base",
            "requestanswer.destroyed_text",
            "requestanswer.destroyed_under",
            "requestanswer.text",
            "requestmove.reason",
        )
    },
    "reviews.review.reference": "stands in addresses: it identifies nobody by design",
    "vault.datakey.scope": "ids",
    "vault.datakey.wrapped": "sealed",
    **{
        f"reviews.{field}": "sealed once issued: the world writes the tokens"
        for field in (
            "termsversion.purposes",
            "termsversion.scope_from_base",
            "termsversion.scope_from_text",
            "termsversion.scope_reason",
            "termsversion.scope_to_base",
            "termsversion.scope_to_text",
            "termsversion.why",
            "termtext.text",
        )
    },
    **{
        f"reviews.{field}": "kept as frozen: the world writes the tokens"
        for field in (
            "handingover.post",
            "handingover.request",
            "scheduleline.agencies",
            "scheduleline.description",
            "scheduleline.name",
            "scheduleline.reason",
        )
    },
    "reviews.handedline.sha256": "a digest",
    "reviews.scheduleline.sha256": "a digest",
    "reviews.scheduleline.source": "our own words, which stand in addresses",
    "reviews.sensitivitymark.source": "our own words, which stand in addresses",
    "vault.filekey.scope": "ids",
    "vault.storedfile.body": "the file, whose words are tokens",
    "vault.storedfile.sha256": "a digest",
}

# What kind of thing the words of a field are, for the oracle.
KINDS = {
    "accounts.user.email": "name",
    "accounts.user.name": "name",
    "actionplans.planimport.name": "plan file",
    "actionplans.plansheet.name": "plan file",
    "actionplans.plansheet.problem": "plan file",
    "actionplans.plansheet.reason": "plan file",
    "actionplans.planimport.problem": "plan file",
    "agencies.agency.name": "agency",
    "agencies.agency.short_name": "agency",
    "agencies.alias.name": "register",
    "agencies.partnership.name": "partnership",
    "agencies.staff.job_title": "post",
    "chronologies.chronologyimport.problem": "file",
    "chronologies.chronologyimport.reason": "file",
    "chronologies.columnmapping.mapping": "nobody's",
    "chronologies.export.chosen": "nobody's",
    "chronologies.mismatch.date_base": "mismatch told",
    "chronologies.mismatch.date_text": "mismatch told",
    "chronologies.sourcefile.name": "entry",
    "reviews.panelmember.name": "panel",
    "reviews.panelmember.organisation": "panel",
    "reviews.panelmember.position": "panel",
    "reviews.panelmember.specialism": "panel",
    "reviews.proceeding.body": "proceeding",
    **{
        f"reviews.{field}": "submission inside"
        for field in (
            "submission.note",
            "submission.signed_by_words",
            "submissionfile.found",
            "submissionfile.passed_over",
        )
    },
    "reviews.person.area": "people",
    "reviews.person.pseudonym": "review",
    "vault.storedfile.name": "nobody's",
}
KIND_OF_MODEL = {
    "actionplans.action": "plan",
    "actionplans.askingschedule": "limits",
    "actionplans.planrow": "plan",
    "actionplans.earlierpoint": "plan file",
    "actionplans.earlierreport": "plan file",
    "actionplans.milestone": "plan",
    "actionplans.datemove": "plan",
    "actionplans.decision": "plan",
    "actionplans.impact": "plan",
    "actionplans.nationalstep": "plan",
    "actionplans.verdict": "plan",
    "actionplans.progressnote": "plan",
    "actionplans.recommendation": "plan",
    "actionplans.toldapart": "plan led",
    "actionplans.update": "plan",
    "chronologies.entry": "entry",
    "chronologies.entryversion": "history",
    "chronologies.judgement": "mismatch led",
    "chronologies.mismatch": "mismatch",
    "findings.count": "analysis",
    "findings.evidence": "analysis",
    "findings.finding": "analysis",
    "findings.findingversion": "analysis led",
    "findings.lesson": "analysis",
    "findings.lessonversion": "analysis led",
    "findings.termanswer": "analysis",
    "reports.accuracyround": "extract",
    "reports.blamingphrase": "tasks",
    "reports.broughtreport": "report led",
    "reports.checkanswer": "report led",
    "reports.foundbefore": "report led",
    "reports.doubt": "report led",
    "reports.hit": "report led",
    "reports.hitdecision": "report led",
    "reports.roundday": "extract",
    "reports.scan": "report led",
    "reports.formanswer": "report led",
    "reports.letterpoint": "report led",
    "reports.officeletter": "report submitted",
    "reports.officewithdrawal": "report led",
    "reports.pack": "report submitted",
    "reports.packasked": "report led",
    "reports.packpart": "report submitted",
    "reports.packsent": "report submitted",
    "reports.pointanswer": "report led",
    "reports.wordcopy": "report led",
    "reports.wordreturn": "report led",
    "reports.document": "report",
    "reports.documenttemplate": "tasks",
    "reports.paragraph": "report",
    "reports.paragraphversion": "report led",
    "reports.keptpart": "report led",
    "reports.rendering": "report led",
    "reports.section": "report",
    "reports.sectiontemplate": "tasks",
    "chronologies.entrycomment": "comment",
    "chronologies.eventgroup": "mark",
    "chronologies.mark": "mark",
    "chronologies.theme": "theme",
    "reviews.circumstances": "intake",
    "reviews.consentword": "intake",
    "reviews.conflict": "conflict",
    "reviews.contractterms": "panel led",
    "reviews.dayused": "panel led",
    "reviews.declaration": "panel led",
    "reviews.contactentry": "family",
    "reviews.contacthold": "family",
    "reviews.correspondent": "family",
    "reviews.decisioncriterion": "intake",
    "reviews.duedate": "clock",
    "reviews.leftopen": "course",
    "reviews.listedtask": "tasks",
    "reviews.stagemove": "course",
    "reviews.statechange": "course",
    "reviews.tasklist": "tasks",
    "reviews.taskmark": "course",
    "reviews.extension": "clock",
    "reviews.pause": "clock",
    "reviews.reached": "clock",
    "reviews.remindersteps": "limits",
    "reviews.ruleset": "limits",
    "reviews.timelimit": "limits",
    "reviews.told": "clock",
    "reviews.earlierparticulars": "panel led",
    "reviews.earlyaction": "early action",
    "reviews.earlyactionmove": "early action",
    "reviews.jointcommission": "joint",
    "reviews.engagementdecision": "family",
    "reviews.knownperson": "scoping",
    "reviews.hold": "proceeding led",
    "reviews.holdrelease": "proceeding led",
    "reviews.letter": "letter",
    "reviews.notification": "notification",
    "reviews.notificationlink": "notification",
    "reviews.proceeding": "proceeding led",
    "reviews.proceedingevent": "proceeding led",
    "reviews.proceedingpost": "proceeding led",
    "reviews.proceedingstatus": "proceeding led",
    "reviews.sensitivitymark": "proceeding led",
    "reviews.registerline": "letter",
    "reviews.actionchase": "meeting led",
    "reviews.agendaline": "meeting",
    "reviews.attendance": "meeting",
    "reviews.meeting": "meeting",
    "reviews.meetingaction": "meeting action",
    "reviews.meetingactionmove": "meeting action",
    "reviews.meetingdecision": "meeting",
    "reviews.meetingmove": "meeting",
    "reviews.minutes": "meeting",
    "reviews.paper": "meeting",
    "reviews.panelmember": "panel led",
    "reviews.personversion": "people",
    "reviews.relationship": "people",
    "reviews.review": "review",
    "reviews.reviewdecision": "intake",
    "reviews.interview": "request",
    "reviews.request": "request",
    "reviews.requestanswer": "request",
    "reviews.requestdraft": "request draft",
    "reviews.requestmove": "request",
    "reviews.answer": "query",
    "reviews.checklist": "tasks",
    "reviews.checklistitem": "tasks",
    "reviews.checkmark": "check",
    "reviews.query": "query",
    "reviews.querymove": "query",
    "reviews.ownpoint": "submission",
    "reviews.passage": "submission",
    "reviews.submission": "submission",
    "reviews.submissionfile": "submission",
    "reviews.submissionmove": "submission inside",
    "reviews.scopinganswer": "scoping",
    "reviews.scopingrequest": "scoping",
    "reviews.urgentconcern": "concern",
    "reviews.wish": "family",
    "reviews.wishanswer": "family",
    "reviews.wording": "wording",
}

# Fields that may be shown to whoever the oracle allows, but that no page shows, and why.
_COUNTS_FROM = "what a relative date counts from"
_AS_READ = "a date is shown as it was read, or as written beside it"
_KEPT = "kept as the file has it; pages show what was read from it"
SILENT = {
    "actionplans.planrow.owner_as_written": "for whoever may report on a row that is followed",
    "actionplans.action.claimed_completed_base": _COUNTS_FROM,
    "actionplans.action.claimed_completed_text": _AS_READ,
    "actionplans.action.lead_as_written": _KEPT,
    "actionplans.action.outcome": _KEPT,
    "actionplans.action.target_base": _COUNTS_FROM,
    "actionplans.action.target_text": _AS_READ,
    "actionplans.earlierpoint.lead_as_written": _KEPT,
    "actionplans.milestone.target_base": _COUNTS_FROM,
    "actionplans.milestone.target_text": _AS_READ,
    "actionplans.recommendation.claimed_completed_base": _COUNTS_FROM,
    "actionplans.recommendation.claimed_completed_text": _AS_READ,
    "actionplans.recommendation.lead_people": _KEPT,
    "actionplans.recommendation.lead_role": _KEPT,
    "actionplans.recommendation.number_as_written": _KEPT,
    "actionplans.recommendation.part": "named only for a sheet or a table",
    "actionplans.recommendation.target_base": _COUNTS_FROM,
    "actionplans.recommendation.target_text": _AS_READ,
    "actionplans.update.date_base": _COUNTS_FROM,
    "actionplans.update.date_text": _AS_READ,
    "chronologies.chronologyimport.reason": "shown with the versions that the import made",
    "chronologies.entry.date_base": _COUNTS_FROM,
    "chronologies.mismatch.date_base": _COUNTS_FROM,
    "chronologies.mismatch.date_text": _AS_READ,
    "chronologies.entry.part": "named only for a sheet or a table",
    **{
        f"reviews.{field}_{part}": why
        for field in (
            "duedate.original",
            "extension.agreed_on",
            "extension.before",
            "pause.agreed_on",
            "reached.on",
            "stagemove.on",
            "statechange.on",
            "told.on",
        )
        for part, why in {"base": _COUNTS_FROM, "text": _AS_READ}.items()
    },
    "reviews.contactentry.on_base": _COUNTS_FROM,
    "reviews.contactentry.on_text": _AS_READ,
    "reviews.knownperson.known_from_base": _COUNTS_FROM,
    "reviews.knownperson.known_from_text": _AS_READ,
    "reviews.knownperson.known_to_base": _COUNTS_FROM,
    "reviews.knownperson.known_to_text": _AS_READ,
    "reviews.notification.death_base": _COUNTS_FROM,
    "reviews.notification.death_text": _AS_READ,
    "reviews.panelmember.joined_base": _COUNTS_FROM,
    "reviews.panelmember.joined_text": _AS_READ,
    "reviews.proceedingevent.on_base": _COUNTS_FROM,
    "reviews.proceedingevent.on_text": _AS_READ,
    "reviews.proceedingstatus.on_base": _COUNTS_FROM,
    "reviews.proceedingstatus.on_text": _AS_READ,
    "reviews.review.scope_from_base": _COUNTS_FROM,
    "reviews.review.scope_from_text": _AS_READ,
    "reviews.review.scope_to_base": _COUNTS_FROM,
    "reviews.review.scope_to_text": _AS_READ,
    "reviews.scopinganswer.destroyed_base": _COUNTS_FROM,
    "reviews.scopinganswer.destroyed_text": _AS_READ,
    "reviews.passage.text": "the words of its blocks, which are shown",
    "reviews.wish.raised_base": _COUNTS_FROM,
    "reviews.wish.raised_text": _AS_READ,
}


# What whoever leads any part of a recommendation reads of it.
READ_BY_EVERY_LEAD = {"actionplans.recommendation.number", "actionplans.recommendation.text"}
# Words that a row can hold only once something has happened to it: the day of that.
ONLY_WITH = {
    "reviews.contactentry.corrected_because": "corrects_id",
    "reviews.conflict.ended_because": "ended_on",
    "reviews.dayused.withdrawn_because": "withdrawn_on",
    "reviews.declaration.withdrawn_because": "withdrawn_on",
    "reviews.jointcommission.ended_because": "ended_on",
    "reviews.earlyaction.done": "done_at",
    "reviews.meeting.cancelled_because": "cancelled_at",
    "reviews.meetingaction.done": "done_at",
    "reviews.meetingdecision.withdrawn_because": "withdrawn_at",
    "reviews.paper.withdrawn_because": "withdrawn_at",
    "reviews.extension.taken_back_why": "taken_back_at",
    "reviews.letter.set_aside_because": "set_aside_at",
    "reports.accuracyround.withdrawn_because": "withdrawn_at",
    "reviews.panelmember.left_because": "left_on",
    "reviews.pause.taken_back_why": "taken_back_at",
    "reviews.proceedingevent.because": "moves_id",
    "reviews.proceedingpost.ended_because": "ended_on",
    "reviews.urgentconcern.closing": "closed_at",
}


def text_fields():
    """Every column that can hold words, of every model that is ours."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
    for model in apps.get_models():
        if model._meta.app_label in NOT_OURS:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds) and not field.choices:
                yield model, field, f"{model._meta.label_lower}.{field.attname}"


def kind_of(model, path):
    return KINDS.get(path) or KIND_OF_MODEL.get(model._meta.label_lower)


@dataclass(frozen=True)
class Tag:
    """What a token stands for: a kind of thing, in a review, of some agencies ("team": of none)."""

    kind: str
    path: str
    review: str = ""
    places: frozenset = frozenset()
    whose: int = 0
    beside: frozenset = frozenset()  # agencies that it would tell of besides


class Canary:
    def __init__(self):
        self.tags = {}
        self._numbers = itertools.count(1)

    def token(self, tag):
        token = f"zq{next(self._numbers):05d}x"  # TOKEN finds it
        self.tags[token] = tag
        return token

    def merge(self, old, kept):
        """What was one agency's is now the other's."""
        for token, tag in self.tags.items():
            if tag.review and old in tag.places:
                self.tags[token] = replace(tag, places=tag.places - {old} | {kept})

    def seen_in(self, text):
        return set(TOKEN.findall(text)) & set(self.tags)

    def seed(self):
        """A token of its own in every text field of every row there is."""
        for model, field, path in text_fields():
            if path in WORDLESS:
                continue
            for row in model._base_manager.all():
                if getattr(row, "is_finished", False):
                    continue  # the database keeps its words, which were tokens from the first
                if path in ONLY_WITH and getattr(row, ONLY_WITH[path]) is None:
                    continue
                shaped = _shaped(path, field, lambda row=row, path=path: self._of(row, path))
                model._base_manager.filter(pk=row.pk).update(**{field.attname: shaped(row)})

    def _of(self, row, path):
        row = handed_in_as(row) or row
        review, places = where(row)
        beside = _leading(row)
        if path in READ_BY_EVERY_LEAD:
            places |= beside
        whose = row.pk if path.startswith("accounts.user") else 0
        return self.token(Tag(kind_of_row(row, path), path, review, places, whose, beside))


OF_VERSION = {f"reviews.{one}" for one in ("submission", "submissionfile", "passage", "ownpoint")}


def handed_in_as(row):
    """A stored file has no page; what an agency handed in is shown by its name on the pages of it."""
    if row._meta.label_lower != "vault.storedfile":
        return None
    files = apps.get_model("reviews", "SubmissionFile").objects
    return files.filter(stored=row.pk).order_by("pk").first()


def kind_of_row(row, path):
    """Of a meeting, what the panel was not given is its leaders' alone."""
    kind = kind_of(type(row), path)
    if kind == "report" and not _is_out(row):
        return "report led"
    if kind == "comment":
        return f"comment {row.audience}"
    if row._meta.label_lower == "reviews.query" and not row.was_sent:
        return "query not sent"
    if path == "chronologies.mismatch.explanation" and row.passage_links.exists():
        return "mismatch of report"
    if row._meta.label_lower in OF_VERSION:
        if not _version(row).is_sent:
            return "submission draft"
        if path == "vault.storedfile.name":
            return "submission"
    of_plan = kind == "plan" or row._meta.label_lower == "actionplans.recommendation"
    if of_plan and getattr(getattr(row, "recommendation", row), "is_draft", False):
        return "plan draft"  # and what hangs on it
    if row._meta.label_lower == "findings.evidence":
        return f"analysis of {row.source}"
    return "meeting led" if kind == "meeting" and not _is_given(row) else kind


def _is_out(row):
    """Whether a document, a section or a paragraph is one that its authors share."""
    document = row if row._meta.model_name == "document" else None
    while document is None:
        if row.removed_at:
            return False
        row = row.section if hasattr(row, "section_id") else row.document
        document = row if row._meta.model_name == "document" else None
    return document.state == "with-panel"


def _version(row):
    file = getattr(row, "file", row)
    return getattr(file, "submission", file)


def _is_given(row):
    meeting, label = getattr(row, "meeting", row), row._meta.label_lower
    if meeting.sent_at is None:
        return False
    with_minutes = meeting.minutes.filter(sent_at__isnull=False).exists()
    if label == "reviews.agendaline":
        return meeting.agenda_given_at is not None
    if label == "reviews.paper":
        return row.audience == "panel" and row.withdrawn_at is None
    if label == "reviews.minutes":
        return row.sent_at is not None
    if label == "reviews.attendance":
        return with_minutes
    if label == "reviews.meetingdecision":
        return with_minutes and row.withdrawn_at is None
    return True


def _shaped(path, field, token):
    """How the field holds words."""
    if path in {
        *("reviews.ownpoint.doubts", "actionplans.earlierpoint.doubts"),
    }:
        return lambda row: [token()]
    if path == "actionplans.earlierreport.doubts":
        return lambda row: [token()] if row.is_open else []
    if path in {"reviews.submissionfile.doubts", "reviews.submissionfile.margins"}:
        return lambda row: [token()] if row.part == "main" else []  # an appendix is not read out
    if path.endswith((".doubts", ".flags")):

        def doubts(row):
            return [item | {"message": token()} for item in getattr(row, field.attname)]

        return doubts
    shapes = {
        "accounts.user.email": lambda row: f"{token()}@agency.example",
        "actionplans.recommendation.other": lambda row: {token(): token()},
        "actionplans.recommendation.targets": lambda row: [],
        "chronologies.columnmapping.mapping": lambda row: {"text": token()},
        "chronologies.entry.other": lambda row: {token(): token()},
        "chronologies.entryversion.snapshot": lambda row: row.snapshot | {"text": token()},
        "chronologies.export.chosen": lambda row: {"words": token()},
        "findings.count.question": lambda row: {"words": token(), "count": "entries"},
        "findings.lesson.why_no_recommendation": lambda row: (
            token() if row.why_no_recommendation else ""
        ),
        "chronologies.mark.tool": lambda row: token() if row.kind == "risk" else "",
        "chronologies.mark.score": lambda row: token() if row.kind == "risk" else "",
        "chronologies.mark.counterpart_name": lambda row: token() if row.counterpart_name else "",
        "reviews.ownpoint.others": lambda row: [[token(), token()]],
        "reviews.passage.blocks": lambda row: [item | {"text": token()} for item in row.blocks],
        "reviews.submission.signed_by_words": lambda row: token() if row.on_behalf else "",
        "reviews.submissionfile.found": lambda row: row.found | {"metadata": [["Author", token()]]},
        "reviews.submissionfile.passed_over": lambda row: [
            item | {"text": token()} for item in row.passed_over
        ],
        "reviews.personversion.snapshot": lambda row: row.snapshot | {"area": token()},
        # A row has one owner, and a deputy where one came.
        "reviews.attendance.deputy": lambda row: token() if row.deputy else "",
        "reviews.attendance.post": lambda row: token() if row.post else "",
        "reviews.meetingaction.post": lambda row: token() if row.post else "",
        "reviews.paper.name": lambda row: token() if row.name else "",
        "reviews.letter.set_aside_because": lambda row: token() if row.is_set_aside else "",
    }
    if isinstance(field, ArrayField):
        return lambda row: [token()]
    return shapes.get(path, lambda row: token())


def where(row):
    """(reference of the review, agencies) that a row belongs to; "" and none for registers."""
    if row._meta.label_lower == "reviews.sensitivitymark":
        return row.review.reference, frozenset(row.concerns.values_list("agency", flat=True))
    if row._meta.app_label == "findings":
        return _concluded(row)
    if row._meta.app_label == "reports":
        return _reported(row)
    owners = (
        "row",
        *(
            "mismatch",
            "entry",
            "row",
            "recommendation",
            "source_file",
            "letter",
            "decision",
            "answer",
            "request",
        ),
        *("correspondent", "wish", "proceeding", "hold", "submission", "file"),
        *("query", "quality_check", "checklist", "report", "note"),
    )
    if row._meta.label_lower in {"actionplans.action", "actionplans.planrow"}:
        row = getattr(row, "row", row)
        return row.review.reference, frozenset(row.leads.values_list("agency", flat=True))
    for step in owners:
        if row._meta.label_lower != "chronologies.entry" and getattr(row, f"{step}_id", None):
            return where(getattr(row, step))
    label = row._meta.label_lower
    if label == "chronologies.mismatch":
        agencies = row.parts.values_list("participation__agency", flat=True)
        return row.review.reference, frozenset(agencies)
    if label == "actionplans.repeatjudgement":
        later, earlier = where(row.later), where(row.earlier)
        return later[0], later[1] | earlier[1]
    if label == "actionplans.actionversion":
        return where(row.action)
    if label == "actionplans.toldapart":
        first, second = where(row.first), where(row.second)
        return first[0], first[1] | second[1]
    if label == "reviews.told":
        return where(row.extension or row.pause)
    if label == "reviews.leftopen":
        return where(row.change)
    if label == "reviews.listedtask":
        return where(row.task_list)
    if label == "reviews.timelimit":
        return where(row.rule_set)
    if label == "reviews.conflict":
        agency = row.participation.agency_id if row.participation_id else "team"
        return row.member.review.reference, frozenset({agency})
    if label in {"reviews.meetingactionmove", "reviews.actionchase"}:
        return where(row.action)
    if hasattr(row, "meeting_id"):
        return row.meeting.review.reference, _concerned(row)
    if hasattr(row, "member_id"):
        return where(row.member)
    if label == "reviews.review":
        return row.reference, frozenset()
    if label == "agencies.agency":
        return "", frozenset({row.pk})
    if label == "agencies.partnership":
        return "", frozenset({row.pk})
    if label == "reviews.earlyactionmove":
        return where(row.action)
    if label == "reviews.earlyaction":
        return row.review.reference, frozenset({row.owner.agency_id})
    if label == "reviews.urgentconcern":
        parts = (part for part in (row.raised_for, row.owner) if part)
        return row.review.reference, frozenset(part.agency_id for part in parts)
    if label.startswith("reviews.notification"):
        review = getattr(row, "review", None)
        return review.reference if review else "", frozenset({row.partnership_id})
    if label in {
        *("reviews.wording", "reviews.ruleset", "reviews.tasklist", "reviews.remindersteps"),
        *("reviews.checklist", "chronologies.theme", "actionplans.askingschedule"),
    }:
        return "", frozenset({row.partnership_id or "the house"})
    if label == "chronologies.eventgroup":
        told = row.accounts.values_list("entry__participation__agency", flat=True)
        return row.review.reference, frozenset(told)
    if label == "actionplans.recommendation":  # whoever leads a part of it reads its text alone
        leads = row.lead_links.filter(is_accountable=True)
        return row.review.reference, frozenset(
            leads.values_list("participation__agency", flat=True)
        )
    if label == "reviews.posting" and row.review_id is None:
        return "", frozenset({row.partnership_id})
    if hasattr(row, "participation_id"):
        place = row.participation.agency_id if row.participation_id else "team"
        return row.review.reference, frozenset({place})
    if hasattr(row, "review_id"):
        return row.review.reference, frozenset()
    return "", frozenset()


def _leading(row):
    """The agencies that lead anything of the recommendation that a row belongs to."""
    for step in ("note", "row", "recommendation"):
        held = getattr(row, step, None)
        row = held if isinstance(held, models.Model) else row
    if row._meta.label_lower != "actionplans.recommendation":
        return frozenset()
    return frozenset(row.leads.values_list("agency", flat=True))


def _concluded(row):
    """A finding concerns every agency on which it rests; a count all those of the review."""
    label = row._meta.model_name
    for owner in ("finding", "lesson", "count"):
        if label != owner and getattr(row, f"{owner}_id", None):
            return where(getattr(row, owner))
    if label == "finding":
        parts = set()
        for one in row.evidence.filter(removed_at=None):
            parts |= where(one.entry or one.passage)[1] if one.entry or one.passage else set()
        return row.review.reference, frozenset(parts)
    if label == "count":
        parts = row.review.participations.values_list("agency", flat=True)
        return row.review.reference, frozenset(parts)
    if label == "termpassage":
        return where(row.passage)
    review = row.term.review if label == "termanswer" else row.review
    part = row.participation
    return review.reference, frozenset({part.agency_id} if part else ())


def _reported(row):
    """A document tells of every agency of its review."""
    for owner in (
        *("line", "round", "remark", "reading", "hit", "point", "letter", "pack"),
        *("paragraph", "section", "document", "scan", "release"),
    ):
        if getattr(row, f"{owner}_id", None):
            return _reported(getattr(row, owner))
    if hasattr(row, "review_id"):
        parts = row.review.participations.values_list("agency", flat=True)
        return row.review.reference, frozenset(parts)
    layout = getattr(row, "template", row)
    return "", frozenset({layout.partnership_id or "the house"})


def _concerned(row):
    """The agencies that a row of a meeting is about, or that have to do something."""
    if row._meta.label_lower == "reviews.paper":
        return frozenset(row.concerns.values_list("agency", flat=True))
    part = getattr(row, "participation", None)
    return frozenset({part.agency_id}) if part else frozenset()


# --- The oracle ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One live role of one person, as the design speaks of it."""

    role: str
    review: str = ""
    agency: int = 0
    partnership: int = 0


@dataclass(frozen=True)
class Given:
    """A live share: of what, whose (0: everybody's), to people of which role and agency."""

    material: str
    review: str
    whose: int
    role: str
    agency: int = 0


WRITERS = {"imr_author", "sign_off_officer"}
AGENCY_PEOPLE = WRITERS | {"action_lead"}


@dataclass(frozen=True)
class Writer:
    """Whose name stands beside the rows of one place."""

    pk: int
    review: str
    place: object


def tokens_for(tags, me, standings, shares, writers, conflicts=()):
    """(what pages must show, what they may show) of all tokens, to somebody who stands like this.

    `conflicts` are the (review, agency) that they have a conflict with; agency 0: all of it.
    """
    standings = [
        s for s in standings if not {(s.review, 0), (s.review, s.agency or "none")} & set(conflicts)
    ]
    plain = {
        t
        for t, tag in tags.items()
        if _reaches(tag, standings, shares) and not _in_conflict(tag, conflicts)
    }
    naming = {"entry", "plan", "meeting action", "submission", "mismatch told"}
    rows = [tags[t] for t in plain if tags[t].kind in naming]
    agencies = {place for tag in rows for place in tag.places} | {s.agency for s in standings}
    agencies |= {agency for _, agency in conflicts}  # they know with whom
    roles = {s.role for s in standings}
    reviews = {s.review for s in standings}
    led = {s.review for s in standings if s.role in LEADERS}
    led |= {tags[t].review for t in plain if tags[t].kind == "analysis"}  # the grid names them all
    agencies |= {place for tag in tags.values() if tag.review in led for place in tag.places}
    places = {(tag.review, place) for tag in rows for place in tag.places}
    keeper = roles & {"coordinator", "administrator"}
    must, may = set(), set()
    for token, tag in tags.items():
        if token in plain:
            (may if tag.path in SILENT else must).add(token)
        elif tag.kind == "post":
            # The administrator reads all; a coordinator those of the people of their own reviews.
            if "administrator" in roles:
                must.add(token)
            elif keeper:
                may.add(token)
        elif tag.kind in {"limits", "tasks"} and "chair" in roles:
            may.add(token)  # those that the clock of their review counts by
        elif tag.kind == "theme" and tag.places & {"the house", *_themes_of(standings)}:
            # The chair of a review, and whoever of its panel reads the analysis, choose by them.
            if "chair" in roles or any(g.material == "analysis" for g in shares):
                may.add(token)
        elif tag.kind == "wording" and roles & (LEADERS | WRITERS):
            # The templates of what agencies write come filled in, with the pack of a request.
            if tag.places & {"the house", *(s.partnership for s in standings)}:
                may.add(token)
        elif tag.kind == "agency":
            # Keepers read the register, a chair chooses a panel member's body from it; others
            # learn of a body from a row that names it.
            if keeper or "chair" in roles or tag.places & agencies:
                may.add(token)
        elif tag.kind == "name":
            # One's own, those of people beside rows one may see, of leaders, and keepers all.
            named = {w for w in writers if w.pk == tag.whose}
            if (
                tag.whose == me
                or keeper
                or any((w.review, w.place) in places or w.review in led for w in named)
                or any(w.place == "leader" and w.review in reviews for w in named)
            ):
                may.add(token)
        elif tag.kind == "partnership" and (
            # Leaders choose or see with whom a review is commissioned together.
            roles & (LEADERS | {"administrator"}) or tag.places & {s.partnership for s in standings}
        ):
            may.add(token)
    return must, may


def _themes_of(standings):
    """The partnerships of the reviews that somebody stands in."""
    reviews = apps.get_model("reviews", "Review").objects
    here = reviews.filter(reference__in={s.review for s in standings})
    return set(here.values_list("partnership", flat=True))


def _is_published(tag):
    reviews = apps.get_model("reviews", "Review").objects
    return reviews.filter(reference=tag.review, stage__in=["monitoring", "closed"]).exists()


LEADERS = {"coordinator", "chair"}
WRITERS = {"imr_author", "sign_off_officer"}
AGENCY_PEOPLE = WRITERS | {"action_lead"}
PLAN_READERS = LEADERS | {"home_office_reader"}
# What a board reads of a plan that is published.
PUBLISHED = {
    f"actionplans.{field}"
    for field in (
        *("recommendation.number", "recommendation.text", "recommendation.target_as_written"),
        *("action.number", "action.text", "action.target_as_written"),
    )
}


def _in_conflict(tag, conflicts):
    """Rows of that agency, and files in which the rows of all agencies stand."""
    here = {agency for review, agency in conflicts if review == tag.review}
    return bool(here & (tag.places | tag.beside) or (here and tag.kind == "plan file"))


def _reaches(tag, standings, shares):
    """Case material: whether words of this kind are for somebody who stands like this."""
    here = [s for s in standings if tag.review and s.review == tag.review]
    roles = {s.role for s in here}
    own = {s.agency for s in here if s.role in WRITERS} & tag.places
    led = {s.agency for s in here if s.role in AGENCY_PEOPLE} & tag.places

    def given(material):
        return any(
            (g.material, g.review) == (material, tag.review)
            and any(g.role == s.role and g.agency in (0, s.agency) for s in here)
            and (not g.whose or g.whose in tag.places)
            for g in shares
        )

    match tag.kind:
        case "review":
            return bool(here)
        case "entry":
            return bool(roles & LEADERS or own or given("chronology"))
        case "mark":
            return bool(roles & LEADERS or (given("analysis") and given("chronology")))
        case "comment chair":
            return bool(roles & LEADERS)
        case "comment panel":
            return bool(roles & LEADERS or ("panel_member" in roles and given("chronology")))
        case "comment agency":
            return bool(roles & LEADERS or own)
        case "history":  # of an agency's own making; a share is of what an entry says now
            return bool(roles & LEADERS or own)
        case "mismatch":  # it quotes an entry
            told = given("mismatches") and given("chronology")
            return bool(roles & LEADERS or told)
        case "mismatch of report":
            told = given("mismatches") and given("submission")
            return bool(roles & LEADERS or told)
        case "mismatch told":  # of what kind, whom it concerns, and when
            return bool(roles & LEADERS or given("mismatches"))
        case "mismatch led":  # what was made of it
            return bool(roles & LEADERS)
        case "file":
            return bool("coordinator" in roles or own)
        case "plan":
            shared = given("action_plan") or given("analysis")
            board = "board_reader" in roles and tag.path in PUBLISHED and _is_published(tag)
            return bool(roles & PLAN_READERS or led or shared or board)
        case "plan repeat":  # while the words stay as they were, which in this world are tokens
            return False
        case "plan draft":
            return bool(roles & LEADERS or given("analysis"))
        case "plan file" | "plan led":
            return bool(roles & LEADERS)
        case "notification":
            coordinated = {s.partnership for s in standings if s.role == "coordinator"}
            return bool(coordinated & tag.places or roles & LEADERS)
        case "concern" | "early action":
            return bool(roles & LEADERS or led)
        case "scoping" | "request" | "query":
            return bool(roles & LEADERS or own)
        case "query not sent" | "check":  # what the review thinks of it is its leaders'
            return bool(roles & LEADERS)
        case "submission":
            return bool(roles & LEADERS or own or given("submission"))
        case "submission inside":
            return bool(roles & LEADERS or own)
        case "request draft" | "submission draft":  # nobody else's until it is sent
            return bool(own)
        case "analysis" | "analysis of minutes":
            return bool(roles & LEADERS or given("analysis"))
        case "analysis of entry":
            return bool(roles & LEADERS or (given("analysis") and given("chronology")))
        case "analysis of passage":
            return bool(roles & LEADERS or (given("analysis") and given("submission")))
        case "analysis led" | "analysis of contact":
            return bool(roles & LEADERS)
        case "report":
            return bool(roles & LEADERS or given("documents"))
        case "extract":  # what a draft tells of an agency, and what it said to that
            return bool(roles & LEADERS or own)
        case "report led":  # drafts, what was taken out, and what anything used to say
            return bool(roles & LEADERS)
        case "report submitted":  # the reader comes with the stage, and finds what went there
            return bool(roles & (LEADERS | {"home_office_reader"}))
        case "released":  # everybody's who has to do with the review
            return bool(here)
        case "intake":
            return bool(roles & LEADERS)
        case "panel" | "proceeding":
            return bool(roles & (LEADERS | {"panel_member"}))
        case "panel led" | "proceeding led" | "conflict" | "joint":
            return bool(roles & LEADERS)
        case "course":
            return bool(roles & LEADERS)
        case "meeting":
            return bool(roles & (LEADERS | {"panel_member"}))
        case "meeting led":
            return bool(roles & LEADERS)
        case "meeting action":
            return bool(roles & (LEADERS | {"panel_member"}) or led)
        case "clock":
            return bool(roles & LEADERS)
        case "letter":
            return bool(roles & LEADERS)
        case "people" | "family":
            return bool(roles & LEADERS)
        case "terms":
            return bool(roles & LEADERS)
        case "issued terms":
            return bool(roles & (LEADERS | {"panel_member"}) or own)
        case "wording" | "limits" | "tasks" | "theme":
            mine = {s.partnership for s in standings if s.role == "coordinator"}
            return bool(mine and ("the house" in tag.places or mine & tag.places))
        case "register":
            return bool({s.role for s in standings} & {"coordinator", "administrator"})
    return False
