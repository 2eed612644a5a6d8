"""The address of every page of the resolver, filled in with the rows of a world."""

import uuid

from django.urls import URLPattern, get_resolver, reverse


def names(resolver=None, space=""):
    """Every named page: "reviews:trail". A page without a name is a mistake of its own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)


_BY_PK = {
    **{f"actionplans:paper-{step}": "plan_paper" for step in ("detail", "file")},
    **{f"actionplans:batch-{step}": "plan_batch" for step in ("detail", "columns", "save")},
    **{f"desk:filter-{step}": "saved_filter" for step in ("rename", "remove", "first")},
    **{f"actionplans:request-{step}": "update_request" for step in ("detail", "sheet", "return")},
    "desk:account-close": "account",
    "desk:account-reopen": "account",
    "reviews:appointment-end": "appointment",
    "reviews:role-end": "holder",
    "reviews:delegation-create": "holder",
    "reviews:delegation-end": "delegation",
    "reviews:invitation-again": "waited_for",
    "reviews:invitation-withdraw": "waited_for",
    "reviews:person-change": "person",
    "reviews:person-detail": "person",
    "reviews:person-identity": "person",
    "reviews:person-reveal": "person",
    "reviews:relationship-withdraw": "relationship",
    "chronologies:person-rename": "person",
    "reviews:share-end": "share",
    "reviews:notification-link-end": "notification_link",
    "reviews:notification-duplicate": "possible_duplicate",
    "reviews:panel-member-detail": "seat",
    "reviews:panel-member-change": "seat",
    "reviews:panel-member-leave": "seat",
    "reviews:panel-declare": "seat",
    "reviews:panel-declaration-withdraw": "declaration",
    "reviews:conflict-record": "seat",
    "reviews:conflict-end": "conflict",
    "reviews:contract-terms": "seat",
    "reviews:contract-day-add": "seat",
    "reviews:contract-day-withdraw": "day_used",
    "reviews:chair-hand-over": "seat",
    "reviews:joint-end": "joint",
    **dict.fromkeys(
        ["reviews:concern-detail", "reviews:concern-give", "reviews:concern-close"], "concern"
    ),
    **dict.fromkeys(["reviews:early-action-move", "reviews:early-action-done"], "early_action"),
    "reviews:request-answer": "question",
    "reviews:request-draft": "question",
    "reviews:request-register": "question",
    **dict.fromkeys(
        [
            "reviews:submission-prepare",
            "reviews:submission-hand-in",
            "reviews:submission-take-back",
            "reviews:submission-file-remove",
            "reviews:submission-receipt",
            "reviews:submission-receipt-file",
        ],
        "reported",
    ),
    **dict.fromkeys(
        [
            "reviews:request-receipt",
            "reviews:request-receipt-file",
            "reviews:request-return",
            "reviews:request-accept",
        ],
        "nil",
    ),
    **dict.fromkeys(
        [
            "reviews:request-detail",
            "reviews:interview-list",
            "reviews:interview-add",
            "reviews:interview-correct",
            "reviews:interview-file",
            "reviews:request-asked-file",
            "reviews:request-template-file",
            "reviews:request-chronology-file",
            "reviews:request-nil",
            "reviews:request-extension",
            "reviews:request-extension-answer",
            "reviews:request-withdraw",
        ],
        "request",
    ),
    **dict.fromkeys(
        ["reviews:check", "reviews:check-detail", "reviews:check-ask", "reviews:check-ask-end"],
        "checked",
    ),
    "reviews:checklist-version": "checklist",
    "reviews:query-raise": "checked",
    "reviews:query-answers-send": "came_back",
    **dict.fromkeys(["reviews:query-reword", "reviews:query-send"], "query_raised"),
    **dict.fromkeys(
        [
            "reviews:query-detail",
            "reviews:query-answer-file",
            "reviews:query-answer",
            "reviews:query-accept",
            "reviews:query-dispute",
            "reviews:query-again",
            "reviews:query-withdraw",
            "chronologies:query-found",
        ],
        "query",
    ),
    **dict.fromkeys(
        [
            "reviews:submission-sign-off",
            "reviews:submission-file",
            "reviews:submission-detail",
            "reviews:submission-changes",
            "reviews:submission-download",
            "chronologies:beside",
        ],
        "reported",
    ),
    "reviews:scoping-detail": "scoping",
    "reviews:scoping-answer": "scoping",
    **dict.fromkeys(
        [
            "reviews:proceeding",
            "reviews:proceeding-date-add",
            "reviews:proceeding-status",
            "reviews:proceeding-post-add",
            "reviews:hold-begin",
        ],
        "proceeding",
    ),
    "reviews:proceeding-date-move": "proceeding_event",
    "reviews:proceeding-post": "proceeding_post",
    "reviews:proceeding-post-end": "proceeding_post",
    "reviews:hold-release": "hold",
    "reviews:disclosure-mark": "terms",
    **dict.fromkeys(
        [
            "reviews:disclosure-schedule",
            "reviews:disclosure-download",
            "reviews:disclosure-pdf-file",
            "reviews:disclosure-hand-over",
        ],
        "schedule",
    ),
    "reviews:disclosure-handed": "handed",
    "reviews:correspondent": "correspondent",
    "reviews:contact-add": "correspondent",
    "reviews:contact-correct": "contact",
    "reviews:contact-hold": "correspondent",
    "reviews:contact-details": "correspondent",
    "reviews:contact-details-enter": "correspondent",
    "reviews:engagement-decide": "correspondent",
    "reviews:wish-add": "correspondent",
    "reviews:wish-answer": "wish",
    "reviews:term-change": "terms_text",
    "reviews:meeting-invitation-returned": "invitation",
    "reviews:agenda-change": "agenda_item",
    "reviews:agenda-remove": "agenda_item",
    "reviews:meeting-pack": "pack",
    "reviews:meeting-pack-file": "pack",
    "reviews:paper-file": "paper",
    "reviews:paper-withdraw": "paper",
    "reviews:meeting-decision-withdraw": "meeting_decision",
    "reviews:meeting-action-move": "meeting_action",
    "reviews:meeting-action-done": "meeting_action",
    "reviews:meeting-action-chase": "meeting_action",
    "reviews:term-withdraw": "terms_text",
    "reviews:wording-version": "wording",
    "reviews:message-detail": "message",
    "reviews:reminder-why": "mailing",
    "reviews:rule-set-version": "rule_set",
    "reviews:task-list-version": "task_list",
    "reviews:clock-pause-end": "pause",
    "reviews:clock-pause-told": "pause",
    "reviews:clock-pause-take-back": "pause",
    "reviews:clock-extension-told": "extension",
    "reviews:clock-extension-take-back": "extension",
    "reviews:letter-detail": "letter",
    "reviews:letter-change": "letter",
    "reviews:letter-finish": "letter",
    "reviews:letter-set-aside": "letter",
    "reviews:letter-register": "letter_sent",
    "reviews:letter-correct": "letter_sent",
    "reviews:letter-word-file": "letter_sent",
    "reviews:letter-pdf-file": "letter_sent",
    **dict.fromkeys(
        [f"chronologies:mismatch-{step}" for step in ("detail", "judge", "query")], "mismatch"
    ),
    "actionplans:recommendation-remove": "draft",
    "actionplans:row-settle": "row_waiting",
    "actionplans:row-owner": "row_waiting",
    "findings:evidence-note": "evidence",
    "findings:evidence-remove": "evidence",
    "findings:cite-passage": "passage",
    "findings:cite-contact": "contact",
    "findings:cell-untie": "term_passage",
    "findings:count-detail": "count",
    "findings:count-remove": "count",
    "findings:lesson-unrest": "lesson_finding",
    **dict.fromkeys(
        ["chronologies:event-detail", "chronologies:event-dissolve", "chronologies:account-remove"],
        "event",
    ),
    "chronologies:theme-end": "theme",
    "chronologies:export-detail": "export",
    "chronologies:export-file": "export",
    "reports:layout-version": "layout",
    "reports:uncite": "paragraph",
    "reports:rendering-detail": "rendering",
    "reports:rendering-file": "rendering",
    **{f"reports:release-{page}": "release" for page in ("detail", "file", "after")},
    "reports:release-step": "release_proposed",
    **{f"reports:brought-{step}": "report_brought" for step in ("detail", "discard", "file")},
    "reports:word-copy-file": "word_copy",
    **{f"reports:scan-{step}": "scan" for step in ("detail", "decide")},
    **{
        f"reports:{page}": "word_return"
        for page in ("word-return", "word-return-discard", "word-return-file")
    },
    "reports:family-change": "family_reading",
    "reports:remark-settle": "remark",
    "reports:remark-withdraw": "remark",
    "reports:round-file": "round_answered",
    **{
        f"reports:round-{step}": "round"
        for step in ("detail", "answer", "hand-in", "day", "withdraw")
    },
    "reports:remark-add": "paragraph",
    "reports:section-bring-back": "section_gone",
    "reports:paragraph-bring-back": "paragraph_gone",
    **{
        f"reports:section-{step}": "section"
        for step in ("detail", "preview", "change", "move", "remove")
    },
    **{f"reports:paragraph-{step}": "section" for step in ("add", "insert")},
    **{
        f"reports:paragraph-{step}": "paragraph"
        for step in ("change", "history", "move", "remove", "cite")
    },
}


# What is planned of a meeting needs one that nobody was told of; the rest one that was held.
OF_DRAFT = {
    "reviews:agenda-add",
    "reviews:agenda-change",
    "reviews:agenda-remove",
    "reviews:meeting-cancel",
    "reviews:meeting-change",
    "reviews:meeting-hold",
    "reviews:meeting-send",
}


def address(name, rows):
    """`name` may end in " of context": the same page for a row of the review team's own."""
    name, _, of_context = name.partition(" of ")
    if name == "accounts:invitation-accept":
        return reverse(name, args=[rows.secret])
    if name == "reviews:notify":
        return reverse(name, args=[rows.notify_secret])
    if name == "account_reset_password_from_key":
        return reverse(name, args=["1", "set-password"])
    where = {"reference": rows.one.reference}
    pattern = _argument_names(name)
    if "term" in pattern:
        where["term"] = rows.terms.texts.get().term_id
    if "part" in pattern:
        where["part"] = rows.ours.part.pk
    if "number" in pattern:
        of_data = of_context == "data"
        where["number"] = rows.document_from_data.number if of_data else _number(name, rows)
    if "version" in pattern:
        where["version"] = rows.minutes_sent.number if name == "findings:cite-minutes" else 1
    if "format" in pattern:
        where["format"] = "xlsx"
    if "partnership" in pattern:
        where["partnership"] = rows.one.partnership.slug
    if "agency" in pattern:
        where["agency"] = rows.ours.part.agency_id
    if "kind" in pattern:
        where["kind"] = rows.wording.kind if "wording" in name else rows.letter.kind
    if "milestone" in pattern:
        where["milestone"] = "decided"
    if "review_kind" in pattern:
        where["review_kind"] = rows.rule_set.kind
    if "source" in pattern:
        where["source"] = "entry" if name.startswith("reports:") else "terms"
    if "layout" in pattern:
        where["layout"] = rows.layout.kind
    if "citation" in pattern:
        where["citation"] = rows.citation.pk
    if "asked" in pattern:
        where["asked"] = "person"
    if "code" in pattern:
        where["code"] = rows.task.code
    if "key" in pattern:
        where["key"] = rows.query.key if "query" in name else rows.request.key
    if "interview" in pattern:
        where["interview"] = rows.interview.pk
    if "checked" in pattern:
        where["checked"] = rows.checklist.kind
    if "check" in pattern:
        where["check"] = rows.quality_check.pk
    if "part_code" in pattern:
        where["part_code"] = "case"
    if "pack_number" in pattern:
        where["pack_number"] = rows.office_pack.number
    if "place" in pattern:
        where["place"] = 0
    if "letter" in pattern:
        where["letter"] = rows.office_letter.number
    if "point" in pattern:
        where["point"] = rows.letter_point.number
    if "given" in pattern:
        where["given"] = rows.asked_to_check.pk
    if "answer" in pattern:
        where["answer"] = rows.answered.pk
    if "receipt" in pattern:
        where["receipt"] = rows.receipt.pk
    if "step" in pattern:
        where["step"] = "sign-off" if name == "reports:release-step" else "given"
    if name == "reports:release-file":
        where["file"] = rows.release_file.pk
    elif name == "actionplans:row-evidence-file":
        where["file"] = rows.ours.shown_by.pk
    elif "file" in pattern:
        sent = name == "reviews:submission-download"
        where["file"] = (rows.submission_file if sent else rows.submission_next_file).pk
    if "move" in pattern:
        version = rows.submission if of_context else rows.submission_next
        where["move"] = version.moves.filter(what="handed_in").first().pk
    beside = {"mark": "entry_mark", "comment": "entry_comment", "account": "event_account"}
    where |= {key: getattr(rows, beside[key]).pk for key in pattern & beside.keys()}
    if "earlier" in pattern:
        where["earlier"] = rows.said_before.pk
    if "line" in pattern:
        of_extract = name.startswith("reports:")
        where["line"] = rows.extract_line.position if of_extract else rows.register_line.pk
    if "action" in pattern:
        where["action"] = rows.action.pk
    if "tie" in pattern:
        where["tie"] = rows.tie.pk
    if "first" in pattern:
        where["first"] = rows.ours.recommendation.pk
        # One that progress was reported on cannot be called the same as another and go.
        one = rows.ours.draft if name == "desk:called-one" else rows.theirs.recommendation
        where["second"] = one.pk
    if "pk" in pattern:
        where["pk"] = _row(name, rows, of_context).pk
    return reverse(name, kwargs={key: where[key] for key in pattern})


def _number(name, rows):
    """Of a version of the terms: what changes one needs a draft. Of a doubt: the first."""
    if name == "findings:cite-minutes":
        return rows.meeting.number
    if name.startswith("reports:"):
        begun = name == "reports:document-set-aside"
        return (rows.document_begun if begun else rows.document).number
    if name.startswith("findings:"):
        return (rows.lesson if "lesson" in name else rows.finding).number
    if name.startswith("reviews:submission") or name == "chronologies:beside":
        return rows.submission.number
    if name in OF_DRAFT:
        return rows.meeting_draft.number
    if name.startswith(("reviews:meeting", "reviews:minutes", "reviews:paper")):
        return rows.meeting.number
    if name in {"reviews:terms-version", "reviews:terms-confirm"}:
        return rows.terms.number
    return rows.terms_draft.number if name.startswith("reviews:term") else 0


def _row(name, rows, of_context):
    if name in _BY_PK:
        return getattr(rows, _BY_PK[name])
    room, _, page = name.partition(":")
    if page.startswith("notification-"):
        return rows.notification_of_review if of_context else rows.notification
    if room == "agencies":
        return rows.ours.part.agency
    if page == "earlier-undo":
        return rows.brought
    if page.startswith("earlier"):
        return rows.earlier
    if name in {"desk:thread", "desk:repeat-judge"}:
        return rows.ours.recommendation
    if name.startswith("actionplans:row-"):
        return rows.ours.row
    if name.startswith("actionplans:sheet-"):
        return rows.plan_sheet
    if room == "actionplans":
        return rows.plan_import if page.startswith("import") else rows.ours.recommendation
    if of_context:
        return rows.context
    return rows.ours.import_ if page.startswith("import") else rows.ours.entry


def _argument_names(name):
    space, _, page = name.rpartition(":")
    resolver = get_resolver()
    if space:
        _, resolver = resolver.namespace_dict[space]
    return set(resolver.reverse_dict.getlist(page)[0][0][0][1]) | (
        {"reference"} if "reference" in str(resolver.reverse_dict.getlist(page)) else set()
    )


def form_data(name):
    """A small form; only downloads need something in it."""
    if name.partition(" of ")[0] in {
        "chronologies:export-create",
        "chronologies:chronology-export",
    }:
        return {"format": "xlsx", "key": str(uuid.uuid4())}
    if name == "chronologies:timeline-export":
        return {"format": "pdf", "key": str(uuid.uuid4())}
    if name == "reviews:meeting-pack-create":
        return {"key": str(uuid.uuid4())}
    return {}
