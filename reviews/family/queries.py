"""How things stand with each person in the log, and what waits."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from foundations.dates import PartialDate, parse
from reviews.family.models import ContactEntry, Correspondent, How, Wish
from reviews.letters.models import RegisterLine
from reviews.wording.kinds import Kind


@dataclass(frozen=True)
class Line:
    """One person in the list: what was last, what is next, what is open."""

    correspondent: Correspondent
    last: PartialDate | None
    next_on: date | None
    open_wishes: int
    state: tuple[str, str]  # in words, colour of its tag


def line_of(correspondent, *, on):
    """From what `for_display` fetched with it."""
    entries = correspondent.entries.all()  # newest first
    last = entries[0] if entries else None
    return Line(
        correspondent=correspondent,
        last=last.on if last else None,
        next_on=last.next_on if last else None,
        open_wishes=sum(wish.answer is None for wish in correspondent.wishes.all()),
        state=_state(correspondent, last, on),
    )


def _state(correspondent, last, on):
    hold, decision = correspondent.hold_on(on), correspondent.decision
    if hold:
        return f"Not before {hold.not_before:%-d %B %Y}", "red"
    if decision and decision.is_stop:
        if decision.revisit_on <= on:
            return "Look again at the decision", "orange"
        return f"No contact, look again {decision.revisit_on:%-d %B %Y}", "grey"
    if last is None:
        return "Not contacted yet", "yellow"
    if last.next_on and last.next_on < on:
        return "Next contact overdue", "orange"
    return "In touch", "green"


@dataclass
class Waiting:
    """What of the log of one review asks for something, in numbers."""

    people: int = 0
    left_alone: int = 0  # whom it was decided not to contact for now
    wishes: int = 0
    questions: int = 0  # of these, without an answer
    due: int = 0  # people to contact, or decisions to look at again


def waiting_of(user, reviews, *, on=None):
    """{review id: Waiting}, for those who keep the logs of these reviews; empty for others."""
    on, found = on or timezone.localdate(), {}
    people = Correspondent.objects.visible_to(user).filter(review__in=reviews)
    for correspondent in people.for_display():
        one = found.setdefault(correspondent.review_id, Waiting())
        line = line_of(correspondent, on=on)
        one.people += 1
        one.left_alone += correspondent.is_left_alone
        one.wishes += len(correspondent.wishes.all())
        one.questions += line.open_wishes
        one.due += line.state[1] in ("orange", "yellow")
    return found


def wishes_by_state(wishes):
    """The open ones first, then those that nobody has told them of, then the rest."""
    order = ["red", "yellow", "green"]
    return sorted(wishes, key=lambda wish: (order.index(wish.state[1]), wish.pk))


def open_wishes(user, review):
    """For whoever writes the report: what it has yet to answer."""
    rows = Wish.objects.visible_to(user).filter(review=review).for_display()
    return [wish for wish in rows if wish.answer is None]


# --- Letters that are a contact -----------------------------------------------------------------

_HOW = {
    RegisterLine.How.EMAIL: How.EMAIL,
    RegisterLine.How.SECURE: How.EMAIL,
    RegisterLine.How.TELEPHONE: How.TELEPHONE,
}


def logged(user, letter):
    """(the log of whoever a letter went to, the entry in it), as far as there are any."""
    log = Correspondent.objects.visible_to(user).filter(person=letter.person_id).first()
    entries = ContactEntry.objects.visible_to(user).standing().filter(letter=letter)
    return log, entries.first()


def contact_from(letter):
    """What a letter that was sent says of a contact; the rest is for whoever enters it."""
    sent = letter.sent
    return {
        "letter": letter,
        "on": parse(f"{sent.on:%-d %B %Y}").value,
        "direction": ContactEntry.Direction.OURS,
        "how": _HOW.get(sent.how, How.LETTER),
        "leaflet": ContactEntry.Leaflet.FAMILY if letter.kind == Kind.FAMILY_FIRST else "",
        "response": ContactEntry.Response.AWAITED,
    }
