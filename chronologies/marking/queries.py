"""What the review says beside entries, as far as somebody may see it, in a constant number of queries."""

from dataclasses import dataclass, field

from django.db.models import Count

from chronologies.filtering import visible_entries
from chronologies.marking.models import (
    EntryComment,
    EntryTerm,
    EntryTheme,
    EventAccount,
    EventGroup,
    Mark,
)
from chronologies.models import Entry
from foundations.dates.fields import in_time_order
from reviews import rules
from reviews.access import access_of
from reviews.terms.queries import newest_texts


@dataclass
class Beside:
    """What stands beside one entry."""

    marks: list = field(default_factory=list)
    themes: list = field(default_factory=list)  # EntryTheme
    terms: list = field(default_factory=list)  # TermText
    comments: list = field(default_factory=list)
    account: EventAccount | None = None

    def __bool__(self):
        return bool(self.marks or self.themes or self.terms or self.comments or self.account)

    @property
    def tags(self):
        """[(words, colour)] for a row: what else a mark says stands on the entry's page."""
        return [(mark.words, mark.colour) for mark in self.marks]

    @property
    def named_terms(self):
        return [text.title for text in self.terms]


def beside(entries, review, user, *, comments=True):
    """{entry id: Beside} of a page of entries."""
    ids = [entry.pk for entry in entries]
    found = {pk: Beside() for pk in ids}
    if comments:
        rows = EntryComment.objects.visible_to(user).live().filter(entry__in=ids)
        for comment in rows.for_display():
            found[comment.entry_id].comments.append(comment)
    if rules.can_read_analysis(access_of(user), review):
        _add_analysis(found, ids, review, user)
    return found


def _add_analysis(found, ids, review, user):
    def live(model):
        return model.objects.visible_to(user).live().filter(entry__in=ids)

    for mark in live(Mark).for_display():
        found[mark.entry_id].marks.append(mark)
    for tie in live(EntryTheme).select_related("theme", "made_by").order_by("theme__name"):
        found[tie.entry_id].themes.append(tie)
    ties = list(live(EntryTerm).values_list("entry", "term"))
    texts = {one.term_id: one for one in newest_texts(review, user)} if ties else {}
    for text in texts.values():
        for entry, term in ties:
            if term == text.term_id:
                found[entry].terms.append(text)
    for account in live(EventAccount).select_related("group__review"):
        found[account.entry_id].account = account


def comments_on(entries, user):
    """{entry id: how many comments this person may read}, of those that have any."""
    rows = EntryComment.objects.visible_to(user).live().filter(entry__in=[e.pk for e in entries])
    return dict(rows.order_by().values_list("entry").annotate(Count("pk")))


@dataclass(frozen=True)
class MarkedEntry:
    """An entry in the combined chronology."""

    entry: Entry
    beside: Beside
    may_mark: bool = False
    said: str = ""  # announced after a change in place


# --- One event, several accounts ----------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """What stands at one place of the combined chronology: an entry, or an event's accounts."""

    rows: tuple[MarkedEntry, ...]
    event: EventGroup | None = None
    elsewhere: int = 0  # accounts that the filters leave out


class OneEach:
    """Entries in time with each event at the place of its first account.

    `entries` are those that somebody chose of what they may see: an account among the others is
    neither shown nor counted. An entry that is in no event, or alone of its event, stands alone.
    """

    def __init__(self, entries, review, user):
        self.entries, self.review, self.user = entries, review, user
        self.undated = set()  # accounts without a date
        self.groups = self._groups()
        self.places = {pks[0]: group for group, pks in self.groups.items()}
        self.followers = [pk for pks in self.groups.values() for pk in pks[1:]]

    def _groups(self):
        """{event: ids of its accounts, in time}, of two accounts or more."""
        if not rules.can_read_analysis(access_of(self.user), self.review):
            return {}
        rows = EventAccount.objects.visible_to(self.user).live()
        rows = rows.filter(entry__in=self.entries.order_by().values("pk"))
        found = {}
        order = ["group", *in_time_order("entry__date"), "entry__position", "entry"]
        columns = ("group", "entry", "entry__date_earliest", "entry__date_latest")
        for group, entry, earliest, latest in rows.order_by(*order).values_list(*columns):
            found.setdefault(group, []).append(entry)
            if not (earliest or latest):
                self.undated.add(entry)
        return {group: pks for group, pks in found.items() if len(pks) > 1}

    def leads(self, rows):
        return rows.exclude(pk__in=self.followers) if self.followers else rows

    def counts(self, *, undated):
        """(how many events stand in the list, how many accounts they have together) of what has a
        date, or of what has none."""
        here = [pks for pks in self.groups.values() if (pks[0] in self.undated) == undated]
        return len(here), sum(len(pks) for pks in here)

    def blocks(self, leads, *, may_mark):
        """The blocks of one page of leads."""
        with_them = {entry.pk: entry for entry in leads}
        here = [self.places[pk] for pk in with_them if pk in self.places]
        also = [pk for group in here for pk in self.groups[group][1:]]
        if also:
            rows = self.entries.filter(pk__in=also).for_display()
            with_them |= {entry.pk: entry for entry in rows}
        said = beside(list(with_them.values()), self.review, self.user)
        whole = self._counted(here)

        def marked(pk):
            return MarkedEntry(with_them[pk], said[pk], may_mark)

        for entry in leads:
            group = self.places.get(entry.pk)
            if group is None:
                yield Block((marked(entry.pk),))
            else:
                rows = tuple(marked(pk) for pk in self.groups[group])
                event = rows[0].beside.account.group
                yield Block(rows, event, whole[group] - len(rows))

    def _counted(self, groups):
        """Of each event, the accounts that this person may see at all."""
        if not groups:
            return {}
        rows = EventAccount.objects.visible_to(self.user).live().filter(group__in=groups)
        rows = rows.filter(entry__withdrawn_at=None).order_by()
        return dict(rows.values_list("group").annotate(Count("pk")))


@dataclass(frozen=True)
class ShownEvent:
    group: EventGroup
    accounts: tuple[EventAccount, ...]  # that this person may see, in time
    sees_all: bool

    @property
    def note(self):
        """A note may tell what every account says: it is for those who see them all."""
        return self.group.note if self.sees_all else ""

    @property
    def when(self):
        return str(self.accounts[0].entry.date) or "No date given"

    @property
    def agencies(self):
        names = (
            one.entry.participation.agency.name if one.entry.participation else "Review team"
            for one in self.accounts
        )
        return list(dict.fromkeys(names))


def shown_events(groups, user):
    """The events of a page with the accounts that somebody may see: two queries."""
    rows = EventAccount.objects.visible_to(user).live().filter(group__in=groups)
    rows = rows.select_related(
        "entry__review", "entry__participation__agency", "entry__source_file", "made_by"
    ).defer("entry__search")
    of_group = {}
    order = [*in_time_order("entry__date"), "entry__position", "entry"]
    for account in rows.order_by(*order):
        of_group.setdefault(account.group_id, []).append(account)
    all_ = EventAccount.objects.live().filter(group__in=groups).order_by()
    counted = dict(all_.values_list("group").annotate(Count("pk")))
    return [
        ShownEvent(group, tuple(of_group[group.pk]), counted[group.pk] == len(of_group[group.pk]))
        for group in groups
        if group.pk in of_group
    ]


# --- Entries on which something might be marked ---------------------------------------------------


def entries_to_scan(review, user):
    """Only what the rules read, so that a long chronology passes quickly."""
    rows = visible_entries(review, user).merged_in_time()
    return rows.select_related("participation__agency").only(
        "text", "action", "comment", "persons", "participation__agency__kind"
    )
