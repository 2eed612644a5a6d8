"""Every reading of case material leaves one event, every refusal one, and none holds a word."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from tests.walls.access_table import TABLE
from tests.walls.addresses import address, form_data

pytestmark = pytest.mark.usefixtures("for_now")

# The bytes of a file among the columns that are asked for, or all that a version of a document says: no
# page shows them, and a file that is handed out comes in pieces.
WHOLE = re.compile(
    r""""body", "\w+"\."is_sealed"|"reports_rendering"\."values"(?! -> 'sections')"""
)
# What each page that shows or hands out case material leaves in the trail when it is read.
READ = {
    "chronologies:chronology": "entries.read",
    "chronologies:context-chronology": "entries.read",
    "chronologies:entry-detail": "entries.read",
    "chronologies:entry-detail of context": "entries.read",
    "chronologies:combined": "combined.read",
    "chronologies:combined-undated": "combined.read",
    **{
        f"chronologies:mismatch-{page}": "mismatch.read"
        for page in ("list", "detail", "judge", "query")
    },
    "chronologies:mismatch-export": "export.made",
    **dict.fromkeys(
        [
            f"chronologies:{name}"
            for name in ("mark-add", "entry-tie", "comment-add", "event-create")
        ],
        "entries.read",
    ),
    **dict.fromkeys(
        [
            f"chronologies:{name}"
            for name in ("suggestion-list", "event-list", "event-detail", "event-suggestions")
        ],
        "mark.read",
    ),
    "chronologies:timeline": "timeline.read",
    "chronologies:density": "timeline.read",
    "chronologies:around": "timeline.read",
    "chronologies:import-detail": "entries.read",
    "chronologies:import-columns": "entries.read",
    "chronologies:import-problems": "file.downloaded",
    "chronologies:import-file": "file.downloaded",
    "chronologies:export-file": "file.downloaded",
    **{
        f"findings:{name}": "finding.read"
        for name in (
            *("finding-list", "finding-detail", "grid", "cell", "count-list", "count-detail"),
            *("lesson-list", "lesson-detail", "lesson-own", "evidence-add"),
            *("evidence-add-passages", "evidence-add-minutes", "evidence-add-contacts"),
            *("cite-entry", "cite-passage", "cite-minutes", "cite-contact"),
        )
    },
    **{
        f"reports:{name}": "document.read"
        for name in (
            *("document-list", "document-detail", "document-whole", "section-detail", "removed"),
            *("paragraph-history", "paragraph-cite"),
            *("brought-detail", "doubts", "word", "word-return"),
            *("remark-list", "remark-add", "remark-settle", "round-send"),
            *("family-copy", "family-change"),
            *("rendering-list", "rendering-detail"),
            *("checks", "check-answer"),
        )
    },
    "reports:document-detail of data": "document.read",
    **{f"reports:scan-{step}": "scan.read" for step in ("list", "detail")},
    **{
        f"reports:{name}": "file.downloaded"
        for name in (
            "round-file",
            "brought-file",
            "word-copy-file",
            "word-return-file",
            "rendering-file",
            "section-preview",
        )
    },
    **{f"reports:round-{step}": "extract.read" for step in ("detail", "answer")},
    **dict.fromkeys([f"reports:{name}" for name in ("home-office", "data-form")], "office.read"),
    **dict.fromkeys(
        [f"reports:office-{name}" for name in ("letter", "answer", "withdraw")], "office.read"
    ),
    **dict.fromkeys(
        [f"reports:{name}" for name in ("pack-file", "office-letter-file", "office-answers-file")],
        "file.downloaded",
    ),
    "reports:release-list": "release.read",
    "reports:register": "release.read",
    "reports:register-export": "export.made",
    "reports:release-detail": "release.read",
    "reports:release-file": "file.downloaded",
    "actionplans:plan": "plan.read",
    "actionplans:plan-export": "export.made",
    "actionplans:recommendation-detail": "plan.read",
    **{
        f"actionplans:row-{step}": "plan.read"
        for step in ("detail", "update", "done", "settle", "impact")
    },
    "actionplans:row-evidence-file": "file.downloaded",
    "actionplans:to-settle": "plan.read",
    "actionplans:national": "plan.read",
    "actionplans:national-all": "plan.read",
    "actionplans:paper-detail": "plan.read",
    "actionplans:paper-file": "file.downloaded",
    "actionplans:request-detail": "plan.read",
    "actionplans:request-sheet": "export.made",
    "actionplans:asking-rows": "plan.read",
    "actionplans:asking-agency": "plan.read",
    **{
        f"actionplans:{step}": "plan.read"
        for step in (
            *("action-change", "action-remove", "recommendation-milestones"),
            *("row-owner", "plan-order"),
        )
    },
    "actionplans:import-detail": "plan.read",
    "actionplans:import-columns": "plan.read",
    "actionplans:sheet-detail": "plan.read",
    "actionplans:sheet-rows": "plan.read",
    "actionplans:sheet-download": "export.made",
    "actionplans:sheet-file": "file.downloaded",
    "actionplans:batch-columns": "plan.read",
    "actionplans:import-problems": "file.downloaded",
    "actionplans:import-file": "file.downloaded",
    **{
        f"actionplans:earlier-{step}": "earlier.read"
        for step in ("detail", "lines", "bodies", "undo")
    },
    "actionplans:earlier-file": "file.downloaded",
    "actionplans:own-points": "plan.read",
    "actionplans:recommendation-create": "finding.read",
    "actionplans:recommendation-drafts": "plan.read",
    "actionplans:recommendation-rest": "finding.read",
    **{
        f"desk:{step}": "thread.read"
        for step in ("thread", "broken-links", "told-apart", "called-one")
    },
    **{
        f"desk:{page}": "plan.read"
        for page in (
            *("plans", "plans-changes", "plans-published", "said-before"),
            *("review-plans", "review-plans-changes", "repeat-judge"),
        )
    },
    **{
        f"desk:{page}": "export.made"
        for page in (
            *("plans-export", "plans-changes-export", "plans-published-export"),
            *("review-plans-export", "review-plans-changes-export"),
        )
    },
    "reviews:trail": "trail.read",
    "desk:board-export": "export.made",
    "reviews:course": "course.read",
    "reviews:tasks": "course.read",
    "reviews:task-mark": "course.read",
    "reviews:clock": "clock.read",
    "reviews:clock-history": "clock.read",
    "reviews:register": "register.read",
    "reviews:person-detail": "register.read",
    "reviews:genogram": "register.read",
    "reviews:genogram-file": "export.made",
    "reviews:terms-version": "terms.read",
    "reviews:terms-compare": "terms.read",
    "reviews:meeting-list": "meeting.read",
    "reviews:meeting-detail": "meeting.read",
    "reviews:minutes-version": "meeting.read",
    "reviews:minutes-write": "meeting.read",
    "reviews:meeting-actions": "meeting.read",
    "reviews:meeting-calendar": "file.downloaded",
    "reviews:meeting-pack-file": "file.downloaded",
    "reviews:paper-file": "file.downloaded",
    "reviews:panel-list": "panel.read",
    "reviews:panel-member-detail": "panel.read",
    "reviews:proceedings": "proceedings.read",
    "reviews:proceeding": "proceedings.read",
    "reviews:disclosure": "disclosure.read",
    "reviews:disclosure-schedule": "disclosure.read",
    "reviews:disclosure-download": "disclosure.exported",
    "reviews:disclosure-pdf-file": "disclosure.exported",
    "reviews:disclosure-handed": "disclosure.exported",
    "reviews:family": "family.read",
    "reviews:correspondent": "family.read",
    "reviews:contact-correct": "family.read",
    "reviews:wish-list": "family.read",
    "reviews:wish-answer": "family.read",
    "reviews:request-board": "request.read",
    "reviews:request-board-file": "export.made",
    "reviews:request-detail": "request.read",
    "reviews:request-answer": "request.read",
    "reviews:interview-list": "interview.read",
    "reviews:interview-correct": "interview.read",
    "reviews:interview-file": "file.downloaded",
    "reviews:request-receipt": "request.read",
    "reviews:submission-prepare": "request.read",
    "reviews:submission-receipt": "request.read",
    "reviews:submission-receipt of sent": "request.read",
    "reviews:submission-receipt-file": "file.downloaded",
    "reviews:submission-receipt-file of sent": "file.downloaded",
    "reviews:request-asked-file": "file.downloaded",
    "reviews:request-template-file": "file.downloaded",
    "reviews:request-chronology-file": "file.downloaded",
    "reviews:request-receipt-file": "file.downloaded",
    "reviews:check": "check.read",
    "reviews:check-detail": "check.read",
    "reviews:query-answers-send": "request.read",
    "reviews:query-answer-file": "file.downloaded",
    **{
        f"reviews:query-{step}": "query.read"
        for step in (
            *("list", "detail", "raise", "reword", "send", "answer"),
            *("accept", "dispute", "again", "withdraw"),
        )
    },
    "chronologies:query-found": "query.read",
    "chronologies:entry-query": "entries.read",
    "reviews:submission-sign-off": "submission.read",
    "reviews:submission-detail": "submission.read",
    "reviews:submission-file": "file.downloaded",
    "reviews:submission-download": "file.downloaded",
    "chronologies:beside": "submission.read",
    "reviews:letter-list": "letters.read",
    "reviews:letter-detail": "letters.read",
    "reviews:letter-change": "letters.read",
    "reviews:letter-word-file": "file.downloaded",
    "reviews:letter-pdf-file": "file.downloaded",
    "reviews:notification-detail": "notification.read",
    "reviews:notification-detail of review": "notification.read",
    "reviews:decision-list": "intake.read",
    "reviews:concern-list": "intake.read",
    "reviews:concern-detail": "intake.read",
    "reviews:early-actions": "intake.read",
    "reviews:scoping-board": "intake.read",
    "reviews:scoping-detail": "intake.read",
}
# These read of several reviews: each of them is told.
ACROSS = {
    *("desk:plans", "desk:plans-changes", "desk:said-before", "desk:repeat-judge"),
    "actionplans:asking-rows",
}
# What each page that changes something at a click leaves when its small form is sent.
DONE = {
    "desk:account-close": "user.closed",
    "desk:account-reopen": "user.reopened",
    "reviews:appointment-end": "role.ended",
    "reviews:role-end": "role.ended",
    "reviews:delegation-end": "role.delegation_ended",
    "reviews:share-end": "share.withdrawn",
    "reviews:notification-link-end": "notification.link_ended",
    "reviews:relationship-withdraw": "relationship.withdrawn",
    "reviews:terms-confirm": "terms.confirmed",
    "reviews:term-withdraw": "term.withdrawn",
    "reviews:agenda-remove": "meeting.agenda_changed",
    "reviews:meeting-hold": "meeting.held",
    "reviews:minutes-send": "minutes.sent",
    "chronologies:chronology-submit": "chronology.submitted",
    "chronologies:chronology-export": "export.made",
    "chronologies:export-create": "export.made",
    "chronologies:timeline-export": "export.made",
    "chronologies:doubt-settle": "entry.doubt_settled",
    "chronologies:doubt-settle of context": "entry.doubt_settled",
    "chronologies:mark-remove": "mark.removed",
    "chronologies:comment-remove": "comment.removed",
    "chronologies:event-dissolve": "event.ungrouped",
    "chronologies:account-remove": "event.ungrouped",
    "chronologies:theme-end": "theme.ended",
    "chronologies:import-discard": "import.discarded",
    "findings:evidence-remove": "evidence.removed",
    "findings:cell-untie": "passage.untied",
    "findings:count-remove": "count.removed",
    "findings:lesson-unrest": "lesson.unrested",
    "reports:document-unshare": "document.unshared",
    "reports:document-set-aside": "document.set_aside",
    "reports:checks": "document.check_kept",
    "reports:brought-discard": "import.discarded",
    "reports:word-return-discard": "import.discarded",
    "reports:section-remove": "section.removed",
    "reports:section-bring-back": "section.brought_back",
    "reports:paragraph-remove": "paragraph.removed",
    "reports:paragraph-bring-back": "paragraph.brought_back",
    "reports:uncite": "citation.removed",
    "actionplans:doubt-settle": "entry.doubt_settled",
    "actionplans:import-discard": "import.discarded",
    "actionplans:import-save": "plan.imported",
    "actionplans:sheet-discard": "import.discarded",
    "actionplans:sheet-save": "plan.sheet_saved",
    "actionplans:batch-save": "plan.imported",
    "actionplans:earlier-discard": "import.discarded",
    "actionplans:recommendation-unrest": "recommendation.unrested",
    "desk:told-apart": "recommendation.told_apart",
}


def whoever_reaches(page, world):
    """Somebody whom the page reaches, the coordinator where it can be."""
    reached = [who for who in world.placements if page.status(who) == 200]
    return world.placements["coordinator" if "coordinator" in reached else reached[0]]


def events_of(ask):
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    response = ask()
    return response, list(Event.objects.filter(pk__gt=last).order_by("pk"))


@pytest.mark.parametrize("name", [name for name, page in TABLE.items() if page.reads])
def test_reading_leaves_exactly_what_is_declared(name, world):
    url, placement = address(name, world.rows), whoever_reaches(TABLE[name], world)

    with placement.standing() as client, CaptureQueriesContext(connection) as asked:
        _, events = events_of(lambda: client.get(url))

    if name in ACROSS:
        assert len(events) == len({event.stream for event in events}) == 2
        events = events[:1]
    assert [event.type for event in events] == ([READ[name]] if name in READ else [])
    assert {event.actor for event in events} <= {f"user:{placement.user.pk}"}
    assert [one["sql"] for one in asked if WHOLE.search(one["sql"])] == []


@pytest.mark.parametrize("name", DONE)
def test_changing_leaves_exactly_what_is_declared(name, world):
    url, placement = address(name, world.rows), whoever_reaches(TABLE[name], world)

    with placement.standing() as client:
        _, events = events_of(lambda: client.post(url, form_data(name)))

    assert [event.type for event in events] == [DONE[name]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_refusal_leaves_one_event_and_a_miss_none(method, world):
    wrong = {}
    for name, page in TABLE.items():
        url = address(name, world.rows)
        for status, expected in ((403, ["access.refused"]), (404, [])):
            for who in [who for who in world.placements if page.status(who) == status][:1]:
                with world.placements[who].standing() as client:
                    _, events = events_of(lambda c=client, u=url: getattr(c, method)(u))
                if [event.type for event in events] != expected:
                    wrong[name, who] = [event.type for event in events]

    assert wrong == {}


def test_a_refusal_in_a_review_is_told_in_its_trail(world):
    rows, panel = world.rows, world.placements["panel"]

    _, (event,) = events_of(lambda: panel.client.get(address("reviews:access", rows)))

    assert event.stream == f"review:{rows.one.reference}"
    assert event.data == {"page": "reviews:access"}


def test_no_event_holds_a_word_that_somebody_wrote(world):
    """Numbers, codes, digests, names of public bodies: nothing from an entry, plan or person."""
    rows = world.rows
    for name, page in TABLE.items():
        with whoever_reaches(page, world).standing() as client:
            url = address(name, rows)
            _, read = events_of(lambda c=client, u=url: c.get(u))
            _, done = events_of(lambda c=client, u=url, n=name: c.post(u, form_data(n)))
            told = json.dumps([event.data for event in [*read, *done]])
            for words in (
                rows.ours.entry.text,
                rows.ours.recommendation.text,
                rows.context.text,
                "MA 1",
                "Quillfeather",
                "Harbour Steps",
                "chronology.csv",
                rows.chair.name,
                rows.ours.author.name,
                "@agency.example",
            ):
                assert words not in told, name


# --- Ways of reading that the list above does not go -----------------------------------------------

WAYS = {
    "as a fragment": ("chronologies:entry-detail", {}, {"HX-Request": "true"}, "entries.read"),
    "side by side": ("chronologies:around", {"agency": "team"}, {}, "timeline.read"),
    "by a search": ("chronologies:combined", {"words": "zqsearched"}, {}, "combined.read"),
    "by a page number": ("chronologies:combined", {"page": "9"}, {}, "combined.read"),
    "as a print": ("actionplans:plan-export", {}, {}, "export.made"),
}


@pytest.mark.parametrize("way", WAYS)
def test_reading_another_way_leaves_one_event_too(way, world):
    name, asked, headers, type_ = WAYS[way]
    client = world.placements["chair"].client

    _, events = events_of(lambda: client.get(address(name, world.rows), asked, headers=headers))

    assert [event.type for event in events] == [type_]
    assert "zqsearched" not in json.dumps([event.data for event in events])
