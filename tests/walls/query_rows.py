"""What each agency of a world was checked for and asked about: a query in each state that a wall can
stand between, and a member of the panel who was asked to check."""

import uuid
from functools import partial

from chronologies.querying import services as entries
from reviews.checking.lists import install_if_missing
from reviews.querying.services import answering, deciding
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews_checking import (
    ChecklistFactory,
    ChecklistItemFactory,
    asked_to_check,
    marked,
)
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_querying import answered, in_days, raised, returned_with, sent
from tests.factories.reviews_requests import submitted


def check_and_query(rows, mark):
    install_if_missing()
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        _check_and_query(each, mark)
    ours, one = rows.ours, rows.one
    rows.checked, rows.quality_check = ours.checked, ours.quality_check
    rows.query, rows.query_raised, rows.answered = ours.query, ours.query_raised, ours.answered
    rows.came_back = ours.came_back
    rows.checklist = ChecklistFactory(partnership=one.partnership, kind="imr")
    ChecklistItemFactory(checklist=rows.checklist)
    rows.checker = with_role(Role.PANEL_MEMBER, one)
    seat = PanelMemberFactory(review=one, user=rows.checker)
    rows.asked_to_check = asked_to_check(ours.checked, member=seat, by=rows.chair)


def _check_and_query(each, mark):
    """The database keeps what is said of a query, so that the words are marked from the first."""
    part, by = each.part, each.author
    say = partial(mark, review=part.review.reference, place=part.agency_id)
    own, ours = partial(say, kind="query"), partial(say, kind="query not sent")
    each.checked = submitted(part, kind="report", by=by)
    each.quality_check = marked(each.checked, by=by, only=1, note=say("Thin", kind="check"))
    each.query_raised = raised(each.checked, by=by, text=ours("When was it?"))
    each.query = sent(part, by=by, text=ours("Was it received?"))
    each.answered = answering.answer(
        each.query,
        by=by,
        key=uuid.uuid4(),
        kind="disagree",
        text=own("It was sent"),
        content=f"Date,Text\n4 May,{own('Sent')}\n".encode(),
        name=f"{own('log')}.csv",
    )
    each.came_back, (query,) = returned_with(ours("And then?"), part=part, by=by, kind="report")
    answered(query, by=by, text=own("Nothing"))
    about = entries.ask_about(
        each.entry, text=ours("Which visit?"), due=in_days(), by=by, key=uuid.uuid4()
    )
    entries.answer_found(
        about, entries=[each.entry], by=by, key=uuid.uuid4(), text=own("That of March")
    )
    deciding.dispute(about, by=by, key=uuid.uuid4(), reason=own("Two accounts"))
    for row in (each.query, each.query_raised, each.came_back):
        row.refresh_from_db()
