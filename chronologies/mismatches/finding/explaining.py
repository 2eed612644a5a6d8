"""Each finding in a sentence or two that blames nobody, with both sides in their own words."""

from chronologies.mismatches.finding.reading import QUOTED
from chronologies.mismatches.finding.signals import IN, OUT, WITH
from foundations.dates import PartialDate

_LEADS = {
    OUT: "{own} records contact made with {other}",
    IN: "{own} records contact from {other}",
    WITH: "{own} records that {other} took part",
}
_THERE = "{own} records that {other} was involved"


DAYS = 12  # that one sentence lists


class Say:
    def __init__(self, names):
        self.names = names  # body: name

    def unanswered(self, account, contact, nearest):
        lead = _LEADS.get(contact.way, _THERE).format(
            own=self.names[account.body], other=self.names[contact.body]
        )
        text = f"{lead} ({when_of(account)}): {quoted(contact.quote)} "
        text += f"No matching entry supplied by {self.names[contact.body]}."
        if contact.asks:
            text += " Nothing supplied shows that what was asked was done."
        if nearest is not None:
            text += (
                f" The nearest of {self.names[contact.body]} ({when_of(nearest)}) says: "
                f"{quoted(nearest.text or nearest.action)}"
            )
        return text

    def also_missing(self, first, rest):
        others = [self.names[each.missing_from] for each in rest]
        return first.explanation.replace(
            f"No matching entry supplied by {self.names[first.missing_from]}.",
            "No matching entry supplied by "
            + ", ".join([self.names[first.missing_from], *others[:-1]])
            + f" or {others[-1]}.",
        )

    @staticmethod
    def also_said(first, rest):
        """What others say of the same, without repeating that nothing was supplied."""
        more = [
            each.explanation.split(" No matching entry")[0].split(" No later entry")[0]
            for each in rest
        ]
        return " ".join([first.explanation, *dict.fromkeys(more)])

    def unreceived(self, account, body, quote):
        return (
            f"{self.names[account.body]} records ({when_of(account)}) that something from "
            f"{self.names[body]} had not reached it: {quoted(quote)}"
        )

    def between(self, account, sender, receiver, quote):
        return (
            f"{self.names[account.body]} records contact between {self.names[sender]} and "
            f"{self.names[receiver]} ({when_of(account)}): {quoted(quote)} "
            f"No matching entry supplied by either."
        )

    def promised(self, account, promises, target):
        """Each doer with what they were to do; a person of the review goes unnamed."""
        by_doer = {}
        for each in promises:
            doer = "" if each.by is None else f" by {self._doer(each.by, account.body)}"
            doer = " by all agencies" if each.is_for_all else doer
            by_doer.setdefault(doer, {})[quoted(each.quote)] = True
        told = [f"{doer}: {' '.join(quotes)}" for doer, quotes in by_doer.items()]
        first = told[0].replace(":", f" ({when_of(account)}):", 1)
        return (
            f"{self.names[account.body]} records something to be done"
            f"{' And'.join([first, *told[1:]])} "
            f"No later entry supplied by {self.names[target]} shows it done."
        )

    def _doer(self, body, own):
        return "itself" if body == own else self.names[body]

    def differing(self, one, other, topic, quote, other_quote):
        return (
            f"Two accounts differ about {topic}. {self.names[one.body]} ({when_of(one)}): {quoted(quote)} "
            f"{self.names[other.body]} ({when_of(other)}): {quoted(other_quote)}"
        )

    def dated_otherwise(self, account, retold, other):
        return (
            f"{self.names[account.body]} ({when_of(account)}) gives the event as {retold.text}: "
            f"{quoted(retold.quote)} {self._whose(other)} has it at {when_of(other)}: "
            f"{quoted(other.text or other.action)}"
        )

    def retold(self, origin, told):
        first = told[0]
        text = (
            f"{self._whose(origin)} ({when_of(origin)}): {quoted(origin.text or origin.action)} "
            f"{self.names[first.body]} has what may be the same event at {when_of(first)}, "
            f"without saying when it was: {quoted(first.text or first.action)}"
        )
        if len(told) > 1:
            others = ", ".join(f"{self.names[a.body]} ({when_of(a)})" for a in told[1:])
            text += f" So have {others}."
        return text

    def not_in_chronology(self, note, quote):
        return (
            f"The report of {self.names[note.body]} says under “{note.title}”: {quoted(quote)} "
            f"No matching entry in its own chronology."
        )

    def not_in_report(self, account):
        return (
            f"The chronology of {self.names[account.body]} has ({when_of(account)}): "
            f"{quoted(account.text or account.action)} Its report does not mention it."
        )

    def not_as_often(self, claim, entries):
        """With both numbers, what was counted, of whom and when, and the days of what was."""
        number = f"{len(entries)} such entr{'y' if len(entries) == 1 else 'ies'}"
        days = len({(account.start, account.end) for account in entries})
        if 0 < days < len(entries):
            number += f" of {days} day{'' if days == 1 else 's'}"
        of = f"{claim.tally.label}; {_whom(claim.persons)}; {_time(claim.period)}"
        return (
            f"The report of {self.names[claim.note.body]} says under “{claim.note.title}”: "
            f"{quoted(claim.sentence)} Its own chronology has "
            f"{number if entries else 'no such entry'} ({of}), against {claim.figure} in the report"
            f"{': ' if entries else ''}{_days_of(entries)}."
        )

    def not_in_minutes(self, account, quote):
        return (
            f"{self.names[account.body]} records being at a meeting ({when_of(account)}): {quoted(quote)} "
            f"The minutes of that day do not list it as present."
        )

    def _whose(self, account):
        return self.names[account.body] if account.body is not None else "The review’s own context"


def date_of(account):
    earliest, latest, text, precision, circa, base = account.date
    return PartialDate(text, earliest, latest, precision, circa, base or None)


def when_of(account):
    return (account.date and str(date_of(account))) or "not dated"


def _whom(persons):
    return f"about {' and '.join(persons)}" if persons else "about anybody"


def _time(period):
    if period is None:
        return "at any time"
    return str(period.value) if period.value else "all of the review’s time"


def _days_of(entries):
    """As a list in words; no more of them than can be read."""
    days = list(dict.fromkeys(map(when_of, entries)))
    if len(days) > DAYS:
        days = [*days[:DAYS], f"{len(days) - DAYS} more"]
    return " and ".join(filter(None, (", ".join(days[:-1]), *days[-1:])))


def quoted(text):
    """In quotation marks, and at the end of its sentence whichever way it was written."""
    words = clip(text)
    return f"“{words}”" if words.endswith((".", "!", "?", "…")) else f"“{words}”."


def clip(text):
    text = " ".join(text.split())
    if _marks(text) % 2 or _marks(text[1:-1]) == _marks(text) - 2 == 0:
        text = text.strip('“”"')  # one mark of two, or two around the whole
    if len(text) <= QUOTED:
        return text
    return text[:QUOTED].rsplit(" ", 1)[0] + " …"


def _marks(text):
    return sum(text.count(mark) for mark in '“”"')
