"""What the panel of the demonstration concludes: findings with evidence of all four kinds and one with
none yet, a term that nobody answered, figures, and lessons of the panel and of the agencies."""

import uuid
from datetime import time, timedelta

from django.utils import timezone

from agencies.models import Agency
from chronologies.marking.services.ties import tie
from chronologies.models import Entry
from findings.learning import own_points
from findings.models import Finding
from findings.services import counts, evidence, lessons, terms, writing
from findings.terms import Terms
from reviews.family.models import ContactEntry
from reviews.meetings.services import minutes, planning, sending
from reviews.meetings.times import on_the_wall
from reviews.models import Participation
from reviews.rules import Material, Role
from reviews.services import share
from reviews.submissions.models import Passage

_SPACE = uuid.UUID("c2f7b1d4-6f0f-4a1c-8f5b-0a7f3e9d6b21")

_MINUTES = """# Threat of February 2024
The panel read the accounts of the police and of the specialist service side by side. The police record that a MARAC referral went to all partners. The service has no record of receiving it.

# Housing
The panel asked why a request to move took seven months to answer.
"""

# number of the term, kind, what was found, with what words its entries are found
_FINDINGS = [
    (1, "missed", "The risk to FA 2 was assessed call by call. Nobody saw that the calls became more frequent, and the assessment of 2019 was not looked at again before the threat of 2024.", ("First recorded incident", "waiting outside her work", "Risk not reviewed")),
    (4, "systems", "The police sent the MARAC referral of February 2024 to all partners. The surgery filed its letter unread, and the specialist service has no record of one.", ("MARAC referral sent", "No referral received", "brought to a clinician")),
    (1, "good", "The specialist service supported FA 2 for five months after the assault of 2019, and she came back to it herself.", ("Referral received from the police", "telephoned herself")),
    (2, "practice", "A request to be moved after an assault was given medium priority, and nobody asked FA 2 what she was afraid of.", ("asked to be rehoused",)),
    (7, "practice", "Officers had no list of earlier calls before them, and no time to look for one.", ()),
]  # fmt: skip

# agency, {number of the term: (how far, note)}; terms that stand nowhere are not judged yet
_ANSWERS = {
    "Police": {1: ("answered", ""), 2: ("answered", ""), 3: ("partly", "Nothing on what FA 2 asked for in 2022."), 4: ("partly", "Says what was sent, not to whom."), 5: ("silent", ""), 6: ("answered", ""), 7: ("partly", "")},
    "Housing": {1: ("partly", "Only from 2019."), 2: ("partly", "The seven months are not explained."), 3: ("silent", ""), 4: ("silent", ""), 5: ("silent", ""), 7: ("nil", "")},
    "IDVA": {1: ("answered", ""), 3: ("answered", ""), 4: ("answered", ""), 5: ("silent", "")},
    "GP": {1: ("partly", ""), 5: ("silent", "")},
    "Adult care": {5: ("nil", "Looked after her mother, not her."), 6: ("partly", "")},
    "Eastwold Probation Trust": {1: ("partly", ""), 5: ("silent", "")},
}  # fmt: skip


def conclude(review, *, chair):
    """After the chronologies and reports are in. Safe to repeat."""
    if Finding.objects.filter(review=review).exists():
        return
    named = [one for one in Terms(review, chair).current if not one.is_line]
    met = _meet(review, chair)
    found = [_find(review, named[n - 1].term, *said, by=chair) for n, *said in _FINDINGS]
    _rest_on_more(review, found, met, by=chair)
    _judge(review, named, by=chair)
    _count(review, by=chair)
    _learn(review, found, by=chair)
    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=chair)


def _meet(review, by):
    day = timezone.localdate() - timedelta(weeks=3)
    meeting = planning.plan_meeting(
        review,
        key=_key("meeting"),
        by=by,
        starts_at=on_the_wall(day, time(10)),
        ends_at=on_the_wall(day, time(12, 30)),
        place="Town Hall, room 2",
    )
    sending.hold_meeting(meeting, by=by)
    written = minutes.write_minutes(meeting, text=_MINUTES, why="", seen=0, by=by)
    minutes.send_minutes(written, by=by)
    written.refresh_from_db()
    return written


def _find(review, term, kind, text, words, *, by):
    finding = writing.make_finding(
        review, term=term, kind=kind, text=text, by=by, key=_key("finding", text)
    )
    entries = Entry.objects.visible_to(by).filter(review=review).live()
    rows = [entries.filter(text__contains=one).first() for one in words]
    rows += [entries.filter(action__contains=one).first() for one in words]
    rows = list(dict.fromkeys(filter(None, rows)))
    if rows:
        evidence.put_under(finding, rows, by=by)
    for entry in rows:
        tie(entry, terms=[term], by=by)
    return finding


def _rest_on_more(review, found, met, *, by):
    """Headings, minutes and what the family said, each with what of it bears on the finding."""
    assessed, referred, _, moved, _ = found
    for finding, words in ((assessed, "four occasions"), (moved, "six occasions")):
        heading = Passage.objects.visible_to(by).filter(text__contains=words).first()
        if heading:
            evidence.put_under(finding, [heading], note="The number of occasions.", by=by)
    evidence.put_under(referred, [met], note="The first part.", by=by)
    said = ContactEntry.objects.visible_to(by).filter(correspondent__review=review)
    if contact := said.standing().first():
        evidence.put_under(moved, [contact], note="What her brother said of the flat.", by=by)


def _judge(review, named, *, by):
    for name, said in _ANSWERS.items():
        part = _part(review, name)
        for number, (verdict, note) in said.items():
            terms.judge(
                named[number - 1].term,
                part,
                verdict=verdict,
                note=note,
                by=by,
                key=_key("answer", name, str(number)),
            )
        headings = Passage.objects.visible_to(by).filter(
            file__submission__request__participation=part, file__submission__state="sent"
        )
        if heading := headings.filter(text__contains="occasions").first():
            terms.tie(named[0].term, [heading], by=by)


def _count(review, *, by):
    for title, question in (
        ("Entries on a referral to MARAC or to the specialist service", {"words": "referral"}),
        ("Police contacts", {"place": str(_part(review, "Police").pk)}),
        ("Contacts from 2019 to 2020", {"start": "2019", "end": "2020", "count": "events"}),
    ):
        counts.make_count(review, title=title, question=question, by=by, key=_key("count", title))


def _learn(review, found, *, by):
    assessed, referred, supported, moved, _ = found
    for text, rests, why in (
        ("Risk that is assessed call by call is not seen to grow. Somebody has to look at all calls together.", [assessed], ""),
        ("A referral is not made until somebody has said that it came.", [referred], ""),
        ("Whoever asks for another lock or another home may be asking for help.", [moved], ""),
        ("Support that lasts months is something to come back to.", [supported], "It is what the service does already, and the panel asks for no change."),
    ):  # fmt: skip
        lesson = lessons.make_lesson(
            review, text=text, findings=rests, by=by, key=_key("lesson", text)
        )
        if why:
            lessons.say_why_none(lesson, why=why, seen=lesson.changes, by=by)
    police = _part(review, "Police")
    waiting, _ = own_points(review, by)
    theirs = [one for one in waiting if one.file.submission.participation == police]
    for lesson in lessons.take_over(review, theirs, by=by):
        lessons.rest_on(lesson, [assessed], by=by)


def _part(review, name):
    return Participation.objects.get(review=review, agency=Agency.objects.named(name)[0])


def _key(*words):
    return uuid.uuid5(_SPACE, ":".join(words))
