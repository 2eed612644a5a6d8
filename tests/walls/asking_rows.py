"""The coordinator was asked for an update, nobody answered, and they were told so."""

from datetime import date

from actionplans.asking.models import Step
from tests.factories.actionplans_asking import (
    AskingScheduleFactory,
    EscalationFactory,
    RequestedRowFactory,
    RequestMessageFactory,
    RoundFactory,
    UpdateRequestFactory,
)


def ask_for_updates_of_actions(rows):
    for review, part in ((rows.one, rows.ours), (rows.two, rows.foreign)):
        RoundFactory(partnership=review.partnership)
        request = UpdateRequestFactory(
            partnership=review.partnership,
            user=rows.coordinator if review == rows.one else rows.foreign.author,
        )
        RequestedRowFactory(request=request, row=part.row)
        RequestMessageFactory(request=request)
        EscalationFactory(
            partnership=review.partnership, row=part.row, step=Step.COORDINATOR, user=request.user
        )
        if review == rows.one:
            rows.update_request = request
    rows.asking_schedule = AskingScheduleFactory(
        partnership=rows.one.partnership, effective_from=date(2027, 1, 1)
    )
