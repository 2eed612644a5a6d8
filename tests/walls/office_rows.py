"""What review one sent to the Home Office, the letter that came back, and a point that was answered
twice. The database keeps all of these words, so that they are marked from the first."""

import uuid
from functools import partial

from django.utils import timezone

from reports.homeoffice import letters, services
from tests.factories.reports_homeoffice import a_letter, asked_for, pack_of


def go_to_the_home_office(rows, mark):
    """After versions of the documents were made."""
    every = frozenset(rows.one.participations.values_list("agency", flat=True))
    say = partial(mark, review=rows.one.reference, place=every, kind="report led")
    told = partial(mark, review=rows.one.reference, place=every, kind="report submitted")
    by, today = rows.chair, timezone.localdate()
    services.answer_form(
        rows.one,
        {"region": say("The north"), "coercive-control": "Yes"},
        why=say("Told by the police"),
        seen=0,
        by=by,
        key=uuid.uuid4(),
    )
    rows.office_pack = pack_of(rows.one, [rows.rendering], by=by)
    rows.pack_asked = asked_for(rows.one, [rows.rendering], by=by)
    rows.pack_sent = services.record_sending(
        rows.office_pack,
        on=today,
        to_whom=told("The unit"),
        why="",
        seen=0,
        by=by,
        key=uuid.uuid4(),
    )
    rows.office_letter = letters.enter_letter(
        rows.one,
        content=a_letter("Explain this", "And that"),
        name=f"{told('letter')}.docx",
        on=today,
        outcome="publish",
        pack=rows.office_pack,
        by=by,
        key=uuid.uuid4(),
    )
    texts = [say(one) for one in ("Explain this", "And that", "Of another report")]
    rows.letter_point, _, mistaken = letters.enter_points(
        rows.office_letter, texts, seen=0, by=by, key=uuid.uuid4()
    )
    why = say("Of another report")
    letters.withdraw(rows.office_letter, point=mistaken, why=why, by=by, key=uuid.uuid4())
    for words in (say("Nothing to change"), say("It is said elsewhere")):
        letters.answer_point(rows.letter_point, how="not", words=words, by=by, key=uuid.uuid4())
