"""How far apart two entries may be and still tell of one thing: the wider, the less exact they are."""

from chronologies.mismatches.finding.vocabulary import CARRY, COME, MEET, REFER

# Days by which the other side's entry may be off, for two exact days.
SLACK = {REFER: 14, MEET: 3, COME: 2, CARRY: 2, "ambulance": 2, "help": 4, "letter": 10}
USUAL_SLACK = 7
WIDEST = 45
REACH = 120  # days within which an entry may be the same thing under another date
FOLLOW_UP = 150  # days within which what was promised leaves an entry


def width(account):
    if account.start is None or account.end is None:
        return 0
    return account.end - account.start


def slack(act, *accounts):
    """A month, a season or "about" widen the window by a part of their own width."""
    wide = max(width(account) for account in accounts)
    open_ended = any((a.start is None) != (a.end is None) for a in accounts)
    return min(SLACK.get(act, USUAL_SLACK) + wide // 6 + (10 if open_ended else 0), WIDEST)


IN_THE_POST = 21  # days that a receipt may come after a sending that takes time
BEFORE_SENDING = 3


def fits(contact, account, other):
    """Whether the other account can tell of this contact: a receipt comes after, hardly before."""
    apart = gap(account, other)
    allowed = slack(contact.act, account, other)
    if contact.takes_time and contact.way in {"out", "in"}:
        late = _apart(account, other) if contact.way == "out" else _apart(other, account)
        early = _apart(other, account) if contact.way == "out" else _apart(account, other)
        wide = max(width(account), width(other)) // 6
        return late <= max(IN_THE_POST + wide, allowed) and early <= BEFORE_SENDING + wide
    return apart <= allowed


def is_tight(one, other):
    """Both known to within a few days."""
    return width(one) <= 4 and width(other) <= 4


def gap(one, other):
    """Days between two accounts, 0 where they can be of one day; None where one has no date."""
    if not one.is_dated or not other.is_dated:
        return None
    return max(0, _apart(one, other), _apart(other, one))


def _apart(earlier, later):
    """How many days the second begins after the first ends. An open bound is taken at its known end."""
    end = earlier.end if earlier.end is not None else earlier.start
    start = later.start if later.start is not None else later.end
    return start - end


def is_later(one, other):
    """Whether one can be after the other."""
    last = one.end if one.end is not None else one.start
    return other.is_dated and one.is_dated and last >= other.first
