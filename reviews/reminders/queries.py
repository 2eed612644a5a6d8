"""Messages and reminders as their readers look at them."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from foundations.post.models import Delivery, Message
from reviews.access import access_of
from reviews.models import Review
from reviews.reminders.kinds import kind_of
from reviews.reminders.models import Posting, Reminder, Step
from reviews.reminders.planning import open_things, plan, under_way

COLOURS = {"queued": "blue", "sent": "green", "failed": "red", "bounced": "red"}
WORDS_OF_STEP = {
    Step.BEFORE: "because it is due soon",
    Step.DUE: "because it is due on that day",
    Step.OVERDUE: "because its day has passed",
    Step.LEAD: "because its day has passed and you are a sign-off officer of the agency",
    Step.COORDINATOR: "because its day has passed and you coordinate the review",
}


# --- Messages -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One message in the list, with the reviews that it is about as far as the reader may know."""

    message: Message
    reviews: tuple
    is_settled: bool

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.is_settled:
            return "Dealt with", "grey"
        return self.message.get_state_display(), COLOURS[self.message.state]


def messages_of(user, *, state="", review=None):
    """The newest first."""
    postings = Posting.objects.visible_to(user)
    if review:
        postings = postings.filter(review=review)
    if state == "not_arrived":
        postings = postings.not_arrived()
    elif state:
        postings = postings.filter(message__state=state)
    return Message.objects.filter(pk__in=postings.values("message")).order_by("-pk")


def lines_of(user, messages):
    """A constant number of queries."""
    found = defaultdict(list)
    postings = Posting.objects.visible_to(user).filter(message__in=[one.pk for one in messages])
    for posting in postings.select_related("review"):
        found[posting.message_id].append(posting)
    return [_line(message, found[message.pk]) for message in messages]


def _line(message, postings):
    reviews = {posting.review for posting in postings if posting.review_id}
    settled = message.did_not_arrive and all(posting.settled_at for posting in postings)
    return Line(message, tuple(sorted(reviews, key=str)), settled)


@dataclass(frozen=True)
class Opened:
    """One message with all that happened to it."""

    line: Line
    attempts: list
    settled: list
    is_all_theirs: bool  # it is about nothing that the reader may not see

    @property
    def message(self):
        return self.line.message

    @property
    def body(self):
        """In a demonstration, where nobody gets mail."""
        shown = settings.DEMO and self.is_all_theirs and not self.message.holds_secret
        return self.message.body if shown else ""

    @property
    def choices(self):
        """What can be done about it: (value, words)."""
        message = self.message
        if message.state == Message.State.SENT:
            return [("came_back", "It came back: it did not reach them")]
        if not message.did_not_arrive:
            return []
        again = [] if message.is_forgotten else [("again", "Try again to send it")]
        settle = [] if self.line.is_settled else [("settle", "They were told in another way")]
        return again + settle


def open_message(user, message):
    about = Posting.objects.filter(message=message)
    postings = list(about.visible_to(user).select_related("review", "settled_by"))
    return Opened(
        line=_line(message, postings),
        attempts=list(Delivery.objects.filter(message=message)),
        settled=[posting for posting in postings if posting.settled_at],
        is_all_theirs=len(postings) == about.count(),
    )


def not_arrived(user, reviews):
    """{review id: messages that did not arrive and that nobody has dealt with}"""
    counted = defaultdict(set)
    rows = Posting.objects.visible_to(user).not_arrived().filter(review__in=reviews)
    for review_id, message_id in rows.values_list("review", "message"):
        counted[review_id].add(message_id)
    return {review_id: len(messages) for review_id, messages in counted.items()}


@dataclass(frozen=True)
class Tomorrow:
    """What one person would be sent."""

    email: str
    lines: tuple  # (review, things)


def planned_for(user, day):
    """What would be sent on a day in the reviews that somebody runs, as things stand now."""
    access = access_of(user)
    mine = Review.objects.visible_to(user).filter(pk__any_of=access.reviews_with("run_review"))
    rows = []
    for person, items in plan(day, under_way().filter(pk__in=mine.values("pk"))).items():
        counts = defaultdict(int)
        for item in items:
            if item.owed.part_id not in access.conflicts:
                counts[item.review] += 1
        if counts:
            lines = sorted(counts.items(), key=lambda line: str(line[0]))
            rows.append(Tomorrow(person.email, tuple(lines)))
    return rows


# --- Why did I get this? ------------------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """One line of a message, to the one who got it."""

    reminder: Reminder
    sentence: str
    page: str  # where it is done, while it is open
    came: str = ""  # why, of what has no day to be done by: its date is that on which it came

    @property
    def because(self):
        return self.came or WORDS_OF_STEP[Step(self.reminder.step)]

    @property
    def state(self):
        """(in words, colour of its tag)"""
        return ("Still open", "blue") if self.page else ("Settled since", "green")


def reasons_of(user, mailing):
    """What they may still see of it, and whether each is still open."""
    reminders = Reminder.objects.visible_to(user).filter(mailing=mailing)
    reminders = list(reminders.select_related("review"))
    at_hand = Review.objects.filter(pk__in={one.review_id for one in reminders})
    still = open_things(at_hand)
    found = []
    for one in reminders:
        kind, owed = kind_of(one.rule), still.get((one.rule, one.item))
        sentence = kind.sentence if kind else "It is of a kind that is no longer in use."
        came = kind.because if kind else ""
        found.append(Reason(one, sentence, owed.page if owed else "", came))
    return found
