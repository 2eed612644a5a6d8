"""A message that did not arrive, the reminders in it, and the days of a partnership."""

from datetime import date

from foundations.post.models import Delivery, Message
from reviews.reminders.steps import install
from tests.factories.reviews_reminders import (
    DeliveryFactory,
    MailingFactory,
    MessageFactory,
    PostingFactory,
    ReminderFactory,
    ReminderStepsFactory,
)


def remind(rows):
    """The coordinator was reminded; messages went to each agency, and none of them arrived."""
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        each.message = MessageFactory(state=Message.State.FAILED)
        DeliveryFactory(message=each.message, outcome=Delivery.Outcome.REFUSED, code=550)
        PostingFactory(message=each.message, review=each.part.review, participation=each.part)
    rows.message = rows.ours.message
    rows.mailing = MailingFactory(user=rows.coordinator)
    ReminderFactory(
        mailing=rows.mailing,
        review=rows.one,
        participation=rows.ours.part,
        item=str(rows.scoping.pk),
    )
    install()
    rows.reminder_steps = ReminderStepsFactory(
        partnership=rows.one.partnership, effective_from=date(2027, 1, 1)
    )
