"""Everything that was read, so that a rule finds the entries it needs without looking at all."""

from bisect import bisect_left, bisect_right
from collections import defaultdict

from chronologies.mismatches.finding import when
from chronologies.mismatches.finding.claims import ending_in
from chronologies.mismatches.finding.kinship import KIN
from chronologies.mismatches.finding.signals import IN, OUT

NEAREST = 12  # of one agency around a day: more than that are not looked at


class Index:
    """Accounts by agency and day, contacts by pair of agencies and day."""

    def __init__(self, accounts, signals, spans, rarity):
        self.accounts, self.signals, self.spans = accounts, signals, spans
        self.rarity = rarity
        self.by_id = {account.id: account for account in accounts}
        by_body, by_pair, by_name = defaultdict(list), defaultdict(list), defaultdict(list)
        later = defaultdict(list)
        for account in accounts:
            by_body[account.body].append(account)
            its = signals[account.id]
            for body in {contact.body for contact in its.contacts} | its.meant:
                by_pair[account.body, body].append(account)
            for body in {contact.body for contact in its.contacts if contact.is_later}:
                later[account.body, body].append(account)
            for body in its.named:
                by_name[account.body, body].append(account)
        self._ended = _Row([a for a in accounts if ending_in(a)])
        self._graded = _Row([a for a in accounts if signals[a.id].grades])
        self._by_body = {body: _Row(rows) for body, rows in by_body.items()}
        self._by_name = {pair: _Row(rows) for pair, rows in by_name.items()}
        self._by_pair = {pair: _Row(rows) for pair, rows in by_pair.items()}
        self._later = {pair: _Row(rows) for pair, rows in later.items()}

    def around(self, body, account, days):
        """Those of an agency that can be within so many days of an account, nearest first."""
        row = self._by_body.get(body)
        return row.around(account, days) if row else []

    def after(self, body, account, days):
        row = self._by_body.get(body)
        return row.after(account, days) if row else []

    def dealing(self, body, other, account, days):
        """Those of an agency that speak of contact with another, around an account."""
        row = self._by_pair.get((body, other))
        return row.around(account, days) if row else []

    def telling_later(self, body, other, account, days):
        """Those that tell of contact with another as of a step after their own day."""
        row = self._later.get((body, other))
        return row.around(account, days) if row else []

    def naming(self, body, other, account, days):
        """Those of an agency that name another in whatever way, around an account."""
        row = self._by_name.get((body, other))
        return row.around(account, days) if row else []

    def rows_of(self, body):
        row = self._by_body.get(body)
        return row.dated + row.undated if row else []

    def who_deal_with(self, account):
        """Entries of any agency that speak of contact with this one's, around it."""
        found = []
        for (_, other), row in self._by_pair.items():
            if other == account.body:
                found += row.around(account, when.REACH) + (
                    row.undated if not account.is_dated else row.undated[:NEAREST]
                )
        return found

    def undated_dealing(self, body, other):
        row = self._by_pair.get((body, other))
        return row.undated if row else []

    def undated_of(self, body):
        row = self._by_body.get(body)
        return row.undated[:NEAREST] if row else []

    def graded_near(self, account, days):
        """Entries of anybody that grade a risk, around an account."""
        return self._graded.around(account, days)

    def ending_near(self, account, days):
        """Entries of anybody that say how a matter for the police ended."""
        return self._ended.around(account, days)

    def ever_dealing(self, body, other):
        row = self._by_pair.get((body, other))
        return (row.dated + row.undated)[:NEAREST] if row else []

    def likeness(self, one, other):
        """The share of telling words that two entries have in common, by the shorter of them."""
        shared = self.rarity.in_common(one, other)
        if shared < KIN / 2:
            return 0
        return shared / max(1.0, min(self.rarity.weight_of(one), self.rarity.weight_of(other)))

    def in_common(self, one, other):
        """The weight of the telling words of two entries; a letter or two ("c", "re") tell nothing."""
        weights = [self.rarity[word] for word in one.words & other.words if len(word) > 2]
        return sum(weight for weight in weights if weight >= 0.4)

    def covers(self, body, account):
        first, last = self.spans.get(body, (None, None))
        return first is not None and account.is_dated and first <= account.first <= last


class _Row:
    def __init__(self, accounts):
        self.dated = sorted(
            (a for a in accounts if a.is_dated), key=lambda a: (a.first, a.last, a.order)
        )
        self.undated = [a for a in accounts if not a.is_dated]
        self.days = [a.first for a in self.dated]
        self.wide = [a for a in self.dated if when.width(a) > 40]
        self.wide_days = [a.first for a in self.wide]

    def around(self, account, days):
        if not account.is_dated:
            return []
        near = _window(
            self.dated, self.days, account.first - days - 40, account.last + days, account
        )
        if self.wide:
            near += _window(
                self.wide, self.wide_days, account.first - days - 400, account.last + days, account
            )
        found = {}
        for other in near:
            apart = when.gap(account, other)
            if apart <= days and other is not account:
                found[other.id] = (apart, other.first, other.order, other)
        return [row[3] for row in sorted(found.values(), key=lambda row: row[:3])[:NEAREST]]

    def after(self, account, days):
        """Later entries, and those of the same day that stand further down."""
        if not account.is_dated:
            return []
        start = bisect_left(self.days, account.first)
        stop = bisect_right(self.days, account.last + days)
        return [
            a for a in self.dated[start : min(stop, start + 4 * NEAREST)]
            if (a.first, a.order) > (account.first, account.order) and a is not account
        ]  # fmt: skip


def _window(rows, days, first, last, account):
    """At most so many on either side of a day, however many there are in the window."""
    start, stop = bisect_left(days, first), bisect_right(days, last)
    if stop - start > 4 * NEAREST:
        middle = bisect_left(days, account.first, start, stop)
        start, stop = max(start, middle - 2 * NEAREST), min(stop, middle + 2 * NEAREST)
    return rows[start:stop]


OTHER_WAY = {OUT: IN, IN: OUT}
